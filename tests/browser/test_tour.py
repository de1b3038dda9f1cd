"""Pictures of the product for docs/guide/tour.md.

With AMPARO_TEST_PICTURES=1 they are taken anew for the guide; else they go to a temporary folder.
Whoever changes a page looks at its picture afterwards.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.house import House
from tests.browser.landing import follow
from tests.browser.person import Person

_GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "pictures"
_MOST_BYTES = 150_000
_MOST_HEIGHT = 2200
_COLOURS = 96
_DESK = {"width": 1280, "height": 900}
_PHONE = {"width": 390, "height": 844}
# The oldest case of the demonstration has gone all the way; the other one has a hearing tomorrow.
_LONG_CASE = "Bar at Net Makers' Row"
_OPEN_CASE = "Old Ferry Road after the market"


def _case(page: Page, title: str) -> str:
    """The address of a case; of two with one title the older."""
    page.goto("/cases/")
    return str(page.get_by_role("link", name=title, exact=True).last.get_attribute("href"))


def _follow(page: Page, link: str) -> None:
    page.goto(str(page.locator(link).first.get_attribute("href")))


def _at(address: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.goto(address)

    return go


def _in_case(title: str, *links: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.goto(_case(page, title))
        for link in links:
            _follow(page, link)

    return go


def _unsealed_examination(page: Page) -> None:
    """The newest examination, on its drawings."""
    page.goto("/examinations/")
    _follow(page, "main .rows a[href^='/examinations/']")
    _follow(page, "nav a[href$='/section/injuries/']")


def _urgent_report(page: Page) -> None:
    page.goto("/")
    _follow(page, "main a[href^='/reports/']")


def _item_with_a_gap(page: Page) -> None:
    page.goto(_case(page, _OPEN_CASE).replace("/case/", "/evidence/cases/"))
    links = page.locator("main .rows a[href^='/evidence/']")
    for address in dict.fromkeys(str(link.get_attribute("href")) for link in links.all()):
        page.goto(address)
        if page.get_by_role("link", name="Explain the gap").count():
            return
    raise AssertionError("the demonstration has an item with a gap")


def _care(title: str) -> Callable[[Page], None]:
    """The aftercare of the case's survivor, rather than of her relatives."""

    def go(page: Page) -> None:
        case = _case(page, title)
        page.goto(case)
        links = page.locator(f"main a[href^='{case.replace('/case/', '/care/')}']:not([href$='/enrol/'])")
        for address in dict.fromkeys(str(link.get_attribute("href")) for link in links.all()):
            page.goto(address)
            if page.get_by_role("heading", level=1, name="SV-").count():
                return
        raise AssertionError("the survivor of this case is enrolled")

    return go


def _assessing(page: Page) -> None:
    _care(_OPEN_CASE)(page)
    _follow(page, "main a[href$='/assess/']")
    follow(page.get_by_role("button", name="Begin"))
    page.get_by_role("heading", level=1, name="Assessment").wait_for()


def _proposed_operation(page: Page) -> None:
    page.goto("/operations/")
    _follow(page, ".board section:nth-of-type(2) a[href^='/operations/']")


def _evaluated_training(page: Page) -> None:
    page.goto("/training/?state=followed_up")
    _follow(page, "main .rows a[href^='/training/sessions/']")


def _unit(page: Page) -> None:
    page.goto("/strengthening/")
    _follow(page, "main a[href^='/strengthening/units/']")


def _kept_kit(page: Page) -> None:
    page.goto("/kits/")
    _follow(page, "main .rows a[href^='/kits/']")


def _disclosure_log(page: Page) -> None:
    """Of the first proceeding in the calendar that has exhibits."""
    page.goto("/court/")
    for hearing in [str(link.get_attribute("href")) for link in page.locator("main a[href^='/court/hearing/']").all()]:
        page.goto(hearing)
        _follow(page, "main a[href^='/court/proceeding/']")
        if page.locator("main a[href$='/disclosure/']").count():
            _follow(page, "main a[href$='/disclosure/']")
            return
    raise AssertionError("the demonstration has a proceeding with exhibits")


def _report_of_a_stranger(page: Page) -> None:
    """Of those that came through the site the one with a conversation."""
    page.goto("/")
    page.goto(str(page.locator("a[href$='#messages']").first.get_attribute("href")))


_INVESTIGATION = "section[aria-labelledby=suspects] a[href^='/investigations/']"


def _threat(page: Page) -> None:
    page.goto("/")
    page.goto(str(page.locator("main a[href^='/investigations/threats/']").first.get_attribute("href")))


def _interview_to_plan(page: Page) -> None:
    """With somebody who has told it before."""
    _in_case(_LONG_CASE, _INVESTIGATION, "a[href$='/interviews/']")(page)
    page.goto(str(page.locator("section[aria-labelledby=whom] a[href*='/interviews/']").first.get_attribute("href")))


def _conference(page: Page) -> None:
    page.goto("/week/")
    page.goto(str(page.locator("main a[href^='/cases/conference/']").first.get_attribute("href")))


@dataclass(frozen=True)
class Shot:
    name: str
    who: str
    go: Callable[[Page], None]
    size: dict[str, int] | None = None
    scheme: str = "light"
    language: str = "en"


SHOTS = (
    Shot("today-supervisor-desktop", "Jalil Sample", _at("/")),
    Shot("today-caseworker-desktop", "Dalia Mithal", _at("/")),
    Shot("today-lawyer-desktop", "Chandra Namuna", _at("/week/")),
    Shot("today-intake-phone", "Amina Sample", _at("/"), _PHONE),
    Shot("take-report-desktop", "Amina Sample", _at("/reports/take/")),
    Shot("take-report-phone", "Amina Sample", _at("/reports/take/"), _PHONE),
    Shot("report-desktop", "Amina Sample", _urgent_report),
    Shot("reporting-answer-desktop", "Amina Sample", _report_of_a_stranger),
    Shot("case-desktop", "Jalil Sample", _in_case(_LONG_CASE)),
    Shot("case-phone", "Jalil Sample", _in_case(_LONG_CASE), _PHONE),
    Shot("case-dark", "Jalil Sample", _in_case(_LONG_CASE), scheme="dark"),
    Shot("person-desktop", "Dalia Mithal", _in_case(_OPEN_CASE, "main a[href^='/people/']")),
    Shot("consents-desktop", "Dalia Mithal", _in_case(_OPEN_CASE, "a[href$='/consents/']")),
    Shot("incident-desktop", "Bruno Muster", _in_case(_OPEN_CASE, "a[href$='/incidents/']", "a[href$='/add/']")),
    Shot("investigation-desktop", "Bruno Muster", _in_case(_LONG_CASE, _INVESTIGATION)),
    Shot("threat-desktop", "Dalia Mithal", _threat),
    Shot("threat-phone", "Dalia Mithal", _threat, _PHONE),
    Shot("plan-interview-desktop", "Bruno Muster", _interview_to_plan),
    Shot("route-desktop", "Bruno Muster", _in_case(_LONG_CASE, "a[href$='/incidents/']")),
    Shot("conference-desktop", "Chandra Namuna", _conference),
    Shot("evidence-item-desktop", "Bruno Muster", _item_with_a_gap),
    Shot("evidence-item-phone", "Bruno Muster", _item_with_a_gap, _PHONE),
    Shot("hearings-desktop", "Chandra Namuna", _at("/court/")),
    Shot("proceeding-desktop", "Chandra Namuna", _in_case(_LONG_CASE, "main a[href^='/court/proceeding/']")),
    Shot("assessment-desktop", "Dalia Mithal", _assessing),
    Shot("aftercare-desktop", "Dalia Mithal", _care(_LONG_CASE)),
    Shot("aftercare-dark-phone", "Dalia Mithal", _care(_LONG_CASE), _PHONE, scheme="dark"),
    Shot("training-desktop", "Oksana Zrazok", _evaluated_training),
    Shot("training-phone", "Oksana Zrazok", _evaluated_training, _PHONE),
    Shot("follow-up-desktop", "Oksana Zrazok", _at("/training/follow-up/")),
    Shot("operations-desktop", "Bruno Muster", _at("/operations/")),
    Shot("operations-phone", "Bruno Muster", _at("/operations/"), _PHONE),
    Shot("operation-desktop", "Kofi Example", _proposed_operation),
    Shot("plans-that-touch-desktop", "Jalil Sample", _at("/operations/touching/")),
    Shot("examination-desktop", "Esther Example", _unsealed_examination),
    Shot("examination-phone", "Esther Example", _unsealed_examination, _PHONE),
    Shot("examination-arabic", "Esther Example", _unsealed_examination, language="ar"),
    Shot("disclosure-log-desktop", "Chandra Namuna", _disclosure_log),
    Shot("kits-desktop", "Noor Sample", _at("/kits/")),
    Shot("kit-desktop", "Noor Sample", _kept_kit),
    Shot("kit-phone", "Noor Sample", _kept_kit, _PHONE),
    Shot("laboratories-desktop", "Jalil Sample", _at("/kits/laboratories/")),
    Shot("partners-desktop", "Oksana Zrazok", _at("/partners/")),
    Shot("services-phone", "Dalia Mithal", _at("/partners/services/"), _PHONE),
    Shot("gaps-desktop", "Kofi Example", _at("/partners/gaps/")),
    Shot("gaps-arabic", "Kofi Example", _at("/partners/gaps/"), language="ar"),
    Shot("insight-desktop", "Jalil Sample", _at("/insight/")),
    Shot("insight-phone", "Jalil Sample", _at("/insight/"), _PHONE),
    Shot("insight-arabic", "Jalil Sample", _at("/insight/"), language="ar"),
    Shot("insight-durations-dark", "Jalil Sample", _at("/insight/durations/"), scheme="dark"),
    Shot("insight-system-desktop", "Kofi Example", _at("/insight/system/")),
    Shot("strengthening-unit-desktop", "Oksana Zrazok", _unit),
    Shot("scorecard-phone", "Oksana Zrazok", _at("/strengthening/scorecard/"), _PHONE),
    Shot("facts-desktop", "Pedro Exemplo", _at("/facts/")),
    Shot("ledger-desktop", "Grace Sample", _at("/ledger/")),
    Shot("organisation-desktop", "Hugo Muster", _at("/organisation/")),
    Shot("closing-desktop", "Jalil Sample", _in_case(_LONG_CASE, "a[href$='/closing/']")),
    Shot("today-arabic", "Jalil Sample", _at("/"), language="ar"),
    Shot("case-arabic", "Jalil Sample", _in_case(_LONG_CASE), language="ar"),
    Shot("case-arabic-phone", "Jalil Sample", _in_case(_LONG_CASE), _PHONE, language="ar"),
)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _GUIDE if os.environ.get("AMPARO_TEST_PICTURES") else tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="module")
def guides(browser: Browser, lively: House) -> Iterator[Callable[[str], Person]]:
    """Those who show their pages, each signed in once."""
    there: dict[str, Person] = {}

    def guide(name: str) -> Person:
        if name not in there:
            there[name] = Person(browser.new_context(base_url=lively.url, viewport=_DESK), lively)
            there[name].sign_in(name)
        return there[name]

    yield guide
    for person in there.values():
        # Her choice is kept with her account, and others sign in as she after this file.
        _speak(person, "en")
        person.nothing_went_wrong()
        person.context.close()


def _speak(person: Person, language: str) -> None:
    """Choose a language on one's own page."""
    if person.page.locator("html").get_attribute("lang") == language:
        return
    person.goto("/own/change/")
    person.page.locator(f"input[name=language][value={language}]").check()
    follow(person.page.locator("main form button.button"))
    person.page.wait_for_url("**/own/")


def _keep(picture: bytes, path: Path) -> int:
    """Store a picture in its most frequent colours, so that flat colours stay exactly as they are; returns its size."""
    with Image.open(BytesIO(picture)) as whole:
        shown = whole.convert("RGB").crop((0, 0, whole.width, min(whole.height, _MOST_HEIGHT)))
    counted = sorted(shown.getcolors(shown.width * shown.height), reverse=True)[:_COLOURS]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _count, colour in counted for part in colour])
    path.parent.mkdir(parents=True, exist_ok=True)
    shown.quantize(palette=palette, dither=Image.Dither.NONE).save(path, optimize=True)
    return path.stat().st_size


def test_the_sign_in_page_shows_who_can_be_tried(browser: Browser, lively: House, pictures: Path) -> None:
    context = browser.new_context(base_url=lively.url, viewport=_DESK)
    page = context.new_page()
    page.goto("/sign-in/")
    assert page.get_by_role("button", name="Enter as Jalil Sample").is_visible()
    assert _keep(page.screenshot(full_page=True), pictures / "sign-in-desktop.png") < _MOST_BYTES
    context.close()


def test_the_reporting_site_asks_one_thing_at_a_time(browser: Browser, lively: House, pictures: Path) -> None:
    """As somebody whom nobody knows, up to the code with which she comes back."""
    site = f"http://report.localhost:{urlsplit(lively.url).port}"
    context = browser.new_context(base_url=site, viewport=_PHONE, locale="en-GB")
    page = context.new_page()
    page.goto("/")
    follow(page.get_by_role("link", name="Begin"))
    assert page.get_by_role("heading", name="Is anyone in danger now?").is_visible()
    assert _keep(page.screenshot(full_page=True), pictures / "reporting-question-phone.png") < _MOST_BYTES
    page.goto("/en/3/")
    page.get_by_label("What happened?").fill("Words that nobody ever said.")
    follow(page.get_by_role("button", name="Save and go on"))
    page.goto("/en/check/")
    follow(page.get_by_role("button", name="Send"))
    assert page.get_by_role("heading", name="We have it. This is your code").is_visible()
    assert _keep(page.screenshot(full_page=True), pictures / "reporting-code-phone.png") < _MOST_BYTES
    context.close()


def test_the_facts_site_shows_a_fact_to_anybody(browser: Browser, lively: House, pictures: Path) -> None:
    site = f"http://facts.localhost:{urlsplit(lively.url).port}"
    context = browser.new_context(base_url=site, viewport=_PHONE, locale="en-GB")
    page = context.new_page()
    page.goto("/en/")
    _follow(page, "main a[href*='/facts/']")
    assert page.get_by_role("heading", name="What this does not mean").is_visible()
    assert _keep(page.screenshot(full_page=True), pictures / "public-fact-phone.png") < _MOST_BYTES
    context.close()


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_a_picture_shows_the_page_in_good_order(guides: Callable[[str], Person], pictures: Path, shot: Shot) -> None:
    person = guides(shot.who)
    _speak(person, shot.language)
    page = person.page
    size = shot.size or _DESK
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.emulate_media(color_scheme=shot.scheme)  # type: ignore[arg-type]
    shot.go(page)
    assert page.locator("html").get_attribute("dir") == ("rtl" if shot.language == "ar" else "ltr")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert _keep(page.screenshot(full_page=True), pictures / f"{shot.name}.png") < _MOST_BYTES
