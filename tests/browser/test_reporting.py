"""A stranger reports from her phone, leaves, comes back, and is answered; in a browser, with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import SignIn
from tests.browser.house import House
from tests.browser.landing import PATIENCE_MS, follow
from tests.browser.person import Person

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
FIRST_PAGE_BYTES = 30_000


def site(house: House, name: str = "report") -> str:
    return f"http://{name}.localhost:{urlsplit(house.url).port}"


@dataclass
class Stranger:
    """A browser that nobody knows."""

    page: Page
    base: str
    wrong: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)

    def press(self, name: str) -> None:
        place = self.page.locator("main")
        button = place.get_by_role("button", name=name, exact=True)
        follow(button.or_(place.get_by_role("link", name=name, exact=True)).first)

    def title_is(self, name: str) -> None:
        expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()

    def barriers(self) -> list[str]:
        found = []
        for scheme in ("dark", "light"):
            self.page.emulate_media(color_scheme=_scheme(scheme), reduced_motion="reduce")
            found += Axe().run(self.page).response["violations"]
        return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]

    def is_narrow(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"])


def _scheme(name: str) -> Literal["light", "dark"]:
    return "dark" if name == "dark" else "light"


@pytest.fixture(scope="module")
def open_house(browser: Browser, house: House) -> House:
    """The supervisor chooses who answers, and enters a number that she has called."""
    context = browser.new_context(base_url=house.url, locale="en-GB")
    jalil = Person(context, house)
    jalil.sign_in("Jalil Sample")
    jalil.goto("/organisation/settings/reports/")
    jalil.choose("Which office reads and answers them?", "Harbour")
    jalil.press("Save")
    jalil.sees("Read and answered by")
    jalil.goto("/organisation/settings/helplines/add/")
    jalil.write("Code", "night_line")
    jalil.write("Name of the service", "Example Night Line")
    jalil.write("Number", "000 EXAMPLE")
    jalil.write("Where the number was read", "https://night-line.example/numbers")
    today = jalil.page.evaluate("new Date().toISOString().slice(0, 10)")
    jalil.write("The day on which you called it", today)
    jalil.press("Save")
    jalil.sees("Shown")
    jalil.nothing_went_wrong()
    context.close()
    return house


@pytest.fixture(params=["with scripts", "without scripts"])
def stranger(request: pytest.FixtureRequest, browser: Browser, open_house: House) -> Iterator[Stranger]:
    context = browser.new_context(viewport=PHONE, locale="en-GB", java_script_enabled=request.param == "with scripts")
    yield from _stranger(context, open_house)


@pytest.fixture
def scripted(browser: Browser, open_house: House) -> Iterator[Stranger]:
    yield from _stranger(browser.new_context(viewport=PHONE, locale="en-GB"), open_house)


def _stranger(context: BrowserContext, house: House) -> Iterator[Stranger]:
    context.set_default_timeout(PATIENCE_MS)
    one = Stranger(context.new_page(), site(house))
    context.on("weberror", lambda error: one.wrong.append(f"script: {error.error}"))
    context.on("response", lambda answer: one.wrong.append(f"{answer.status}") if answer.status >= 500 else None)
    context.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith((one.base, "data:", house.elsewhere))
            else one.wrong.append(f"asked elsewhere: {asked.url}")
        ),
    )
    yield one
    assert one.wrong == []
    context.close()


def _tell(one: Stranger) -> str:
    """From the first page to the code that was typed back. Returns the code."""
    one.go("/")
    one.title_is("You can tell us what happened")
    expect(one.page.get_by_text("000 EXAMPLE").first).to_be_visible()
    one.press("Begin")
    one.page.get_by_label("Yes, someone is in danger now").check()
    one.press("Save and go on")
    one.title_is("Get to safety first, if you can")
    one.press("Go on telling us")
    one.title_is("Who is it about?")
    one.page.get_by_label("A child", exact=True).check()
    one.press("Save and go on")
    one.page.get_by_label("What happened?").fill("She is not let out of the house.\nشكرا")
    one.press("Save and go on")
    one.press("Skip this question")
    one.press("Skip this question")
    one.press("Skip this question")
    one.page.set_input_files("#id_file", {"name": "door.ogg", "mimeType": "audio/ogg", "buffer": b"OggS knocking"})
    one.press("Save and go on")
    one.page.get_by_label("Only here: I will come back with the code").check()
    one.press("Save and go on")
    one.title_is("Is this what you want to tell us?")
    expect(one.page.get_by_text("door.ogg")).to_be_visible()
    one.press("Send")
    one.title_is("We have it. This is your code")
    code = " ".join(one.page.locator(".secret .code").all_inner_texts())
    assert len(code.split()) == 7
    one.press("I have it. Go on")
    one.page.get_by_label("Your code").fill(code)
    one.press("This is my code")
    one.title_is("No new answer yet")
    return code


def test_a_report_is_told_answered_and_taken_up_again(stranger: Stranger, sign_in: SignIn, open_house: House) -> None:
    code = _tell(stranger)
    follow(stranger.page.get_by_role("link", name="Leave this page"))
    expect(stranger.page.get_by_role("heading", name="The weather")).to_be_visible()

    amina = sign_in(open_house, "Amina Sample")
    amina.goto("/reports/")
    found = amina.page.get_by_role("link", name=re.compile("RP-"))
    for address in dict.fromkeys(one.get_attribute("href") for one in found.all()):
        amina.goto(str(address))
        if amina.page.get_by_text("Nothing was written since the report.").count():
            break
    amina.sees("Through the reporting site")
    amina.sees("She is not let out of the house.")
    amina.sees("door.ogg")
    amina.press("Answer", amina.part("Messages"))
    amina.write("Your answer", "Thank you. Is she alone in the morning?")
    amina.press("Send the answer")
    amina.sees("Not read yet")

    stranger.go("/en/back/")
    stranger.page.get_by_label("Your code").fill(code.upper())
    stranger.press("Open")
    stranger.title_is("There is an answer")
    expect(stranger.page.get_by_text("Is she alone in the morning?")).to_be_visible()
    stranger.page.get_by_label("Write to us").fill("Before seven, yes.")
    stranger.press("Send")
    expect(stranger.page.get_by_text("You wrote to us.")).to_be_visible()

    amina.goto("/")
    amina.sees("Read what who reported wrote since")
    amina.press("Read", amina.row("Read what who reported wrote since"))
    amina.sees("Before seven, yes.")
    amina.press("Mark as read", amina.part("Messages"))
    amina.sees("The messages are marked as read.")


def test_who_must_leave_goes_on_another_time_with_a_code(stranger: Stranger) -> None:
    one = stranger
    one.go("/en/3/")
    one.page.get_by_label("What happened?").fill("Half told.\nمقطوع")
    one.press("Save, and go on another time")
    one.title_is("Go on another time")
    one.press("Give me a code")
    one.title_is("This is your code to go on")
    code = " ".join(one.page.locator(".secret .code").all_inner_texts())
    one.press("I have it. Leave now")
    expect(one.page.get_by_role("heading", name="The weather")).to_be_visible()
    assert one.page.context.cookies(one.base) == []
    one.go("/en/3/")
    expect(one.page.get_by_label("What happened?")).to_have_value("")
    one.go("/en/back/")
    one.page.get_by_label("Your code").fill(code)
    one.press("Open")
    one.title_is("Is this what you want to tell us?")
    expect(one.page.get_by_text("Half told.")).to_be_visible()
    one.press("Delete all that I wrote, and leave")
    expect(one.page.get_by_role("heading", name="The weather")).to_be_visible()
    one.go("/en/back/")
    one.page.get_by_label("Your code").fill(code)
    one.press("Open")
    expect(one.page.get_by_text("This code opens nothing here.").first).to_be_visible()


def test_the_pages_have_no_barriers_and_fit_a_phone(scripted: Stranger) -> None:
    one = scripted
    for path in ("/", "/ar/", *(f"/en/{n}/" for n in range(1, 9)), "/ar/4/", "/en/now/", "/en/check/", "/en/back/"):
        one.go(path)
        assert one.barriers() == [], path
        assert one.is_narrow(), path
    code = _tell(one)
    assert one.barriers() == []
    one.page.get_by_label("Write to us").fill("More.")
    one.press("Send")
    assert one.barriers() == []
    one.page.context.clear_cookies()
    one.go("/en/3/")
    one.page.get_by_label("What happened?").fill("Again.")
    one.press("Save and go on")
    one.go("/en/later/")
    assert one.barriers() == []
    one.press("Give me a code")
    assert one.barriers() == []
    assert one.is_narrow()
    one.go("/en/check/")
    one.press("Send")
    one.title_is("We have it. This is your code")
    assert one.barriers() == []
    assert one.is_narrow()
    one.press("Show me numbers instead")
    expect(one.page.get_by_role("button", name="Show me numbers instead")).to_have_count(0)
    assert one.is_narrow()
    one.press("I have it. Go on")
    one.page.get_by_label("Your code").fill(code)
    one.press("This is my code")
    expect(one.page.get_by_role("alert")).to_be_visible()
    assert one.barriers() == []


def test_the_first_page_is_light_and_asks_for_little(scripted: Stranger) -> None:
    sizes: list[int] = []
    scripted.page.on("response", lambda answer: sizes.append(len(answer.body()) if answer.status == 200 else 0))
    scripted.go("/")
    scripted.page.wait_for_load_state("networkidle")
    assert len(sizes) <= 3
    assert sum(sizes) < FIRST_PAGE_BYTES


@pytest.mark.parametrize("key", ["Escape", "Shift"])
def test_a_key_pressed_three_times_leads_away_and_back_shows_nothing(scripted: Stranger, key: str) -> None:
    one = scripted
    one.go("/en/3/")
    one.page.get_by_label("What happened?").fill("A secret.")
    one.press("Save and go on")
    one.go("/en/3/")
    expect(one.page.get_by_label("What happened?")).to_have_value("A secret.")
    assert one.page.title() == "Notes"
    for _ in range(3):
        one.page.keyboard.press(key)
    expect(one.page.get_by_role("heading", name="The weather")).to_be_visible()
    assert one.page.context.cookies(one.base) == []
    for _ in range(3):
        one.page.go_back()
        assert "A secret." not in one.page.content()
        if one.page.get_by_label("What happened?").count():
            expect(one.page.get_by_label("What happened?")).to_have_value("")


def test_writing_between_two_presses_does_not_lead_away(scripted: Stranger) -> None:
    scripted.go("/en/3/")
    scripted.page.get_by_label("What happened?").press("Escape")
    for key in ("Shift+A", "Escape", "b", "Shift+C", "Escape"):
        scripted.page.get_by_label("What happened?").press(key)
    scripted.title_is("What happened?")


@pytest.mark.parametrize("name", ["report", "facts"])
def test_leaving_a_public_site_keeps_the_staff_signed_in(sign_in: SignIn, open_house: House, name: str) -> None:
    """In one browser: at work in one tab, on a public site in another."""
    jalil = sign_in(open_house, "Jalil Sample")
    before = {cookie["name"]: cookie["value"] for cookie in jalil.context.cookies(open_house.url)}
    jalil.context.remove_listener("request", jalil._asked)
    public = jalil.context.new_page()
    public.goto(f"{site(open_house, name)}/en/nowhere/")
    follow(public.get_by_role("link", name="Leave this page"))
    expect(public.get_by_role("heading", name="The weather")).to_be_visible()
    assert {cookie["name"]: cookie["value"] for cookie in jalil.context.cookies(open_house.url)} == before
    jalil.goto("/own/")
    expect(jalil.page.get_by_role("button", name="Sign out")).to_be_visible()


def test_the_code_can_be_printed_large_and_alone(scripted: Stranger) -> None:
    one = scripted
    one.go("/en/3/")
    one.page.get_by_label("What happened?").fill("To be printed.")
    one.press("Save and go on")
    one.go("/en/check/")
    one.press("Send")
    one.page.emulate_media(media="print")
    expect(one.page.locator(".secret")).to_be_visible()
    for hidden in ("#leave", ".tongues", ".button", "form"):
        expect(one.page.locator(hidden).first).to_be_hidden()
    size = one.page.locator(".secret").evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    assert size >= 24
