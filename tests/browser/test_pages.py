"""What holds for every page: readable by all, quiet, light, never wider than a telephone, strictly headed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.house import House
from tests.browser.landing import follow
from tests.browser.person import Person
from tests.browser.places import PLACES, go_to

pytestmark = pytest.mark.slow

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
MOST_BYTES = 100_000
GRAVE = {"serious", "critical"}


class Colleagues:
    """Whoever is needed, each at her own browser, for all tests of this file."""

    def __init__(self, browser: Browser, house: House) -> None:
        self._browser, self._house = browser, house
        self._there: dict[str, Person] = {}

    def at(self, place: str) -> Page:
        """The page of a place, before the one who works there."""
        name = PLACES[place][0]
        if name not in self._there:
            context = self._browser.new_context(base_url=self._house.url, locale="en-GB", viewport=DESK)
            self._there[name] = Person(context, self._house)
            self._there[name].sign_in(name)
        return go_to(self._there[name], place)

    def end(self) -> None:
        for person in self._there.values():
            person.nothing_went_wrong()
            person.context.close()


@pytest.fixture(scope="module")
def colleagues(browser: Browser, lively: House) -> Iterator[Colleagues]:
    """At the end nobody has met a complaint in the console, a request elsewhere, or a broken page."""
    there = Colleagues(browser, lively)
    yield there
    there.end()


@pytest.fixture(scope="module", params=PLACES)
def page(request: pytest.FixtureRequest, colleagues: Colleagues) -> Page:
    """Each page of the product, opened once for all that is asked of it."""
    return colleagues.at(request.param)


def _violations(page: Page, scheme: Literal["light", "dark"]) -> list[str]:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    # Colours on their way from one scheme to the other are nobody's contrast.
    page.evaluate("document.getAnimations().forEach(one => one.finish())")
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]}" for one in found if one["impact"] in GRAVE for node in one["nodes"][:3]
    ]


def test_a_page_has_no_barrier_in_light_and_dark(page: Page) -> None:
    assert _violations(page, "dark") == []
    assert _violations(page, "light") == []


def test_a_page_needs_no_sideways_scrolling_on_a_telephone(page: Page) -> None:
    page.set_viewport_size(PHONE)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(DESK)
    assert wide <= PHONE["width"]


def test_no_address_holds_more_than_words_of_ours_and_ids(page: Page) -> None:
    addresses = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    assert addresses
    for address in addresses:
        for piece in re.split(r"[/?&=#]", str(address)):
            assert _is_ours(piece), address


@pytest.mark.parametrize("place", ["today", "reports", "take-report", "cases", "case", "item", "hearings", "client"])
def test_a_first_visit_costs_less_than_a_hundred_kilobytes(colleagues: Colleagues, place: str) -> None:
    page = colleagues.at(place)
    quiet = page.context.new_cdp_session(page)
    quiet.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[int] = []

    def weigh(response: Response) -> None:
        sizes.append(int(response.request.sizes()["responseBodySize"]))

    page.on("response", weigh)
    page.reload(wait_until="networkidle")
    page.remove_listener("response", weigh)
    quiet.detach()
    assert sum(sizes) < MOST_BYTES


@pytest.mark.parametrize("place", ["today", "case", "item", "examination"])
def test_an_answer_is_strictly_headed_by_the_server_too(colleagues: Colleagues, place: str) -> None:
    """Every address is held to it by the policy's walk; here, what comes over the wire."""
    answer = colleagues.at(place).reload()
    assert answer is not None
    headers = answer.headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def _is_ours(piece: str) -> bool:
    try:
        UUID(piece)
    except ValueError:
        # A word of ours, also before an id, a paper's name, or where a list goes on: after a day and an id.
        known = r"[a-z0-9_-]{0,40}(\.pdf)?|[a-z]{1,12}-[0-9a-f-]{36}|\d{4}-\d\d-\d\d_[0-9a-f-]{36}"
        return re.fullmatch(known, piece) is not None
    return True


# ---- keys, veil, drafts ------------------------------------------------------------------------------------


def test_keys_lead_to_search_to_a_new_thing_and_to_help(colleagues: Colleagues) -> None:
    page = colleagues.at("reports")
    page.keyboard.press("/")
    expect(page.get_by_label("Find a case, person code or item")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", level=1, name="Take a report")).to_be_visible()


def test_court_mode_hides_the_case_covers_other_windows_and_is_left_by_the_same_keys(colleagues: Colleagues) -> None:
    page = colleagues.at("case")
    mode, title = page.get_by_text("Court mode is on.", exact=True), page.locator("h1").inner_text()
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("h1")).to_have_text(title)
    page.bring_to_front()
    page.keyboard.press("g")
    page.keyboard.press("v")
    expect(mode).to_be_visible()
    expect(page.locator("h1")).not_to_have_text(title)
    assert _violations(page, "light") == _violations(page, "dark") == []
    cover = other.get_by_text("Court mode is on in another window.")
    expect(cover).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("v")
    expect(mode).to_be_hidden()
    expect(page.locator("h1")).to_have_text(title)
    expect(cover).to_be_hidden()
    other.close()


def test_what_was_typed_comes_back_after_a_reload(colleagues: Colleagues) -> None:
    page = colleagues.at("note")
    page.get_by_label("Note", exact=True).fill("She called at noon and is well.")
    expect(page.get_by_text("Saved ")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Note", exact=True)).to_have_value("She called at noon and is well.")


def test_a_veil_is_lifted_by_choice_and_falls_again(browser: Browser, lively: House) -> None:
    context = browser.new_context(base_url=lively.url, viewport=DESK)
    bruno = Person(context, lively)
    bruno.sign_in("Bruno Muster")
    found = _veiled_picture(bruno)
    assert found, "the demonstration has a picture among its evidence"
    page = bruno.page
    expect(page.locator(".veil img")).to_have_count(0)
    follow(page.get_by_role("button", name="Lift the veil"))
    expect(page.locator(".veil img")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".veil img")).to_have_count(0)
    bruno.nothing_went_wrong()
    context.close()


def _veiled_picture(person: Person) -> bool:
    person.goto("/evidence/")
    links = person.page.locator("main .rows a[href^='/evidence/']")
    addresses = dict.fromkeys(str(link.get_attribute("href")) for link in links.all())
    for address in addresses:
        person.goto(address)
        if person.page.locator(".veil[data-src]").count():
            return True
    return False


def test_a_sign_in_that_ended_gives_back_what_was_typed(browser: Browser, lively: House) -> None:
    context = browser.new_context(base_url=lively.url)
    dalia = Person(context, lively)
    dalia.sign_in("Dalia Mithal")
    go_to(dalia, "note")
    dalia.write("Note", "Words that must not be lost.")
    # In another window of the same browser she signs out.
    other = context.new_page()
    other.goto("/own/")
    follow(other.get_by_role("button", name="Sign out"))
    expect(other.get_by_role("heading", name="Try it as somebody who works here")).to_be_visible()
    dalia.press("Save the note")
    follow(dalia.page.get_by_role("button", name="Enter as Dalia Mithal", exact=True))
    expect(dalia.page.get_by_label("Note", exact=True)).to_have_value("Words that must not be lost.")
    context.close()


def test_of_two_who_change_one_thing_the_second_sees_what_the_first_saved(browser: Browser, lively: House) -> None:
    first, second = (browser.new_context(base_url=lively.url) for _ in range(2))
    one, two = Person(first, lively), Person(second, lively)
    for person in (one, two):
        person.sign_in("Jalil Sample")
        go_to(person, "case")
        person.press("Change", person.page.locator(".head"))
        person.title_is("Change the case")
    one.write("What shall we call it?", "The mill at the river")
    one.press("Save")
    one.title_is("The mill at the river")
    two.write("What shall we call it?", "Another name")
    two.press("Save")
    two.sees("Saved now: The mill at the river")
    expect(two.field("What shall we call it?")).to_have_value("Another name")
    first.close()
    second.close()


def test_a_form_that_was_pressed_twice_is_done_once(browser: Browser, lively: House) -> None:
    context = browser.new_context(base_url=lively.url, java_script_enabled=False)
    jalil = Person(context, lively, scripts=False)
    jalil.sign_in("Jalil Sample")
    go_to(jalil, "case")
    case = jalil.path
    jalil.press("Add a task")
    jalil.write("What is to be done?", "Ask once for the papers")
    jalil.choose("For which track?", "Relief")
    jalil.page.get_by_role("button", name="Save", exact=True).dblclick(no_wait_after=True)
    jalil.page.wait_for_url(f"**{case}**")
    jalil.press("All tasks")
    expect(jalil.page.get_by_text("Ask once for the papers")).to_have_count(1)
    context.close()


def test_words_that_are_too_long_are_counted_and_kept(browser: Browser, lively: House) -> None:
    context = browser.new_context(base_url=lively.url)
    jalil = Person(context, lively)
    jalil.sign_in("Jalil Sample")
    go_to(jalil, "case")
    jalil.press("Add a task")
    jalil.write("What is to be done?", "x" * 201)
    jalil.press("Save")
    jalil.sees("Some answers need another look")
    expect(jalil.field("What is to be done?")).to_have_value("x" * 201)
    context.close()
