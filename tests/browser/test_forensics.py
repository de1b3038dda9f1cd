"""A nurse examines at night: consent, the body map by pointer, by keyboard and without a script, sealing, release."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.house import House
from tests.browser.landing import follow
from tests.browser.person import Person

TABLET = {"width": 820, "height": 1180}
PAGES = (
    "section/injuries/", "section/genital/", "section/history/", "consent/", "finding/", "sign/", "specimen/",
)  # fmt: skip


@pytest.fixture
def esther(browser: Browser, lively: House) -> Iterator[Person]:
    context = browser.new_context(base_url=lively.url, locale="en-GB", viewport=TABLET, has_touch=True)
    person = Person(context, lively)
    person.sign_in("Esther Example")
    yield person
    person.nothing_went_wrong()
    context.close()


def _draft(person: Person) -> None:
    """Open the demonstration's examination that is not sealed yet, on its drawings."""
    person.goto("/examinations/")
    row = person.page.get_by_role("listitem").filter(has_text="Not sealed").first
    follow(row.get_by_role("link").first)
    follow(person.page.get_by_role("navigation", name="Sections").get_by_role("link", name=re.compile("Injuries")))
    expect(person.page.get_by_role("heading", name="Injuries")).to_be_visible()


def _count(person: Person) -> int:
    return person.page.locator("ol.pins > li").count()


def test_a_place_is_pressed_on_the_figure_and_moved_by_keys(esther: Person) -> None:
    _draft(esther)
    page = esther.page
    before = _count(esther)
    follow(page.get_by_role("group", name="Front", exact=True).get_by_role("link", name="Add a finding: belly"))
    expect(page.get_by_label("Where?")).to_have_value("belly")
    place = page.get_by_role("application")
    place.focus()
    was = page.locator("[name=y]").input_value()
    for _ in range(9):
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("ArrowRight")
    assert page.locator("[name=y]").input_value() != was
    expect(page.get_by_label("Where?")).not_to_have_value("belly")
    page.get_by_role("radio", name="Bruise").check()
    follow(page.get_by_role("button", name="Save the finding"))
    assert _count(esther) == before + 1


def test_a_finding_is_recorded_by_keyboard_alone(esther: Person) -> None:
    _draft(esther)
    page = esther.page
    before = _count(esther)
    link = page.get_by_role("group", name="Back", exact=True).get_by_role("link", name="Add a finding: right thigh")
    link.focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Abrasion").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save the finding").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Abrasion, right thigh").first).to_be_visible()
    assert _count(esther) == before + 1


def test_a_shape_is_drawn_with_the_pointer_and_comes_back(esther: Person) -> None:
    _draft(esther)
    page = esther.page
    follow(page.get_by_role("link", name="Add a finding", exact=True))
    box = page.locator("[data-pick] svg").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.35)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + box["width"] / 2 + 4 * step, box["y"] + box["height"] * 0.35 + 2 * step)
    page.mouse.up()
    assert "," in page.locator("[name=line]").input_value()
    page.get_by_role("radio", name="Laceration").check()
    follow(page.get_by_role("button", name="Save the finding"))
    expect(page.locator("svg polyline.stroke").first).to_be_attached()


def test_what_is_typed_is_kept_while_it_is_typed(esther: Person) -> None:
    _draft(esther)
    page = esther.page
    page.get_by_label("General observation").fill("Holds the left arm. تمسك ذراعها")
    expect(page.locator("#kept")).to_have_text(re.compile(r"Saved \d\d:\d\d:\d\d"))
    page.reload()
    expect(page.get_by_label("General observation")).to_have_value("Holds the left arm. تمسك ذراعها")


def test_without_a_script_a_place_is_chosen_and_the_server_draws_it(browser: Browser, lively: House) -> None:
    context = browser.new_context(base_url=lively.url, locale="en-GB", viewport=TABLET, java_script_enabled=False)
    person = Person(context, lively, scripts=False)
    person.sign_in("Esther Example")
    _draft(person)
    before = _count(person)
    follow(person.page.get_by_role("link", name="Add a finding", exact=True))
    person.page.get_by_label("Where?").select_option("left_knee")
    person.page.get_by_role("radio", name="Burn").check()
    person.page.get_by_label("Length in mm").fill("12")
    follow(person.page.get_by_role("button", name="Save the finding"))
    assert _count(person) == before + 1
    expect(person.page.get_by_text("Burn, left knee").first).to_be_visible()
    person.nothing_went_wrong()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_an_examination_have_no_barriers(esther: Person, scheme: str) -> None:
    _draft(esther)
    page = esther.page
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    base = page.url.split("section/")[0]
    for path in PAGES:
        page.goto(base + path)
        found = Axe().run(page).response["violations"]
        grave = [
            f"{path} {one['id']}: {node['html'][:120]}"
            for one in found
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"][:2]
        ]
        assert grave == []
        assert page.evaluate("document.documentElement.scrollWidth") <= TABLET["width"], path
