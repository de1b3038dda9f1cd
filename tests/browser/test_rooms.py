"""What one case asks of its team beyond the main road: interview, threat, conference, route, evidence for the court."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.house import House
from tests.browser.landing import follow
from tests.browser.person import Person
from tests.browser.test_pages import DESK, PHONE, _violations

BRUNO, CHANDRA, DALIA = "Bruno Muster", "आशा नमूना", "سلمى مثال"
JALIL, NOOR, OKSANA = "Jalil Sample", "Noor Sample", "Oksana Zrazok"
# They work where there is no desk.
IN_THE_FIELD = {BRUNO, DALIA}
TITLE = "Weavers' Yard"
AGENCY, UNIT = "Police of the Weavers (invented)", "Station at the Yard"


def _day(days: int = 0) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%d")


def _moment(minutes: int) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")


class Office:
    """Colleagues, each at a browser of her own, and the case that they share."""

    def __init__(self, browser: Browser, house: House) -> None:
        self._browser, self._house = browser, house
        self._there: dict[str, Person] = {}
        self.case = ""

    def by(self, name: str, path: str = "") -> Person:
        if name not in self._there:
            size = PHONE if name in IN_THE_FIELD else DESK
            context = self._browser.new_context(base_url=self._house.url, locale="en-GB", viewport=size)
            self._there[name] = Person(context, self._house)
            self._there[name].sign_in(name)
        if path:
            self._there[name].goto(path)
        return self._there[name]

    def at_case(self, name: str) -> Person:
        person = self.by(name, self.case)
        person.title_is(TITLE)
        return person

    def room(self, of: str) -> str:
        return self.case.replace("/case/", of)

    def nothing_went_wrong(self) -> None:
        for person in self._there.values():
            person.nothing_went_wrong()

    def end(self) -> None:
        for person in self._there.values():
            person.context.close()


@pytest.fixture(scope="module")
def office(browser: Browser, house: House) -> Iterator[Office]:
    """A case with a survivor who agreed to our help, a suspect, a team, and a partner to talk to."""
    there = Office(browser, house)
    _partner(there)
    _case(there)
    yield there
    there.end()


@pytest.fixture(autouse=True)
def _nothing_goes_wrong(office: Office) -> Iterator[None]:
    yield
    office.nothing_went_wrong()


def _partner(office: Office) -> None:
    oksana = office.by(OKSANA, "/partners/agencies/add/")
    oksana.choose("Kind", "Police")
    oksana.write("Name", AGENCY)
    oksana.press("Add the agency")
    oksana.press("Add a unit")
    oksana.title_is("Add a unit")
    oksana.choose("Kind", "Station")
    oksana.write("Name", UNIT)
    oksana.press("Add the unit")
    oksana.sees(UNIT)


def _case(office: Office) -> None:
    jalil = office.by(JALIL, "/cases/new/")
    jalil.write("What shall we call it?", TITLE)
    jalil.choose("What is it about?", "Domestic servitude")
    jalil.press("Open the case")
    jalil.title_is(TITLE)
    office.case = jalil.path
    for part, name in (("Survivor", "Anna Beispiel"), ("Suspect", "Oskar Beispiel")):
        jalil.goto(f"{office.room('/cases/')}people/add/")
        jalil.choose("What part?", part)
        jalil.write("Name", name)
        jalil.press("Save")
        jalil.title_is(TITLE)
    for member in (f"{BRUNO}, Investigator", f"{CHANDRA}, Lawyer", f"{DALIA}, Caseworker"):
        jalil.goto(f"{office.room('/cases/')}team/add/")
        jalil.choose("Who?", member)
        jalil.press("Save")
        expect(jalil.row(member.split(",")[0])).to_be_visible()
    dalia = office.by(DALIA, f"{office.room('/cases/')}consents/add/")
    dalia.choose("For what?", "Our own help to her")
    dalia.press("Save")
    expect(dalia.row("Our own help to her")).to_be_visible()


def _is_in_order(person: Person) -> None:
    """No barrier on this page, and no need to scroll it sideways."""
    assert _violations(person.page, "light") == []
    size = person.page.viewport_size
    assert size is not None
    assert person.page.evaluate("document.documentElement.scrollWidth") <= size["width"]


# ---- interviews ---------------------------------------------------------------------------------------------


def test_an_interview_is_planned_held_written_down_gone_through_and_sealed(office: Office) -> None:
    bruno = office.by(BRUNO, f"{office.room('/investigations/')}interviews/")
    bruno.press("Plan", bruno.part("Whom to ask"))
    bruno.title_is("Plan an interview with SV-")
    bruno.sees("Nothing was told before: this is the first time.")
    bruno.choose("What it is for", "A first statement")
    bruno.write("Why is it needed?", "Nobody has asked her yet.")
    bruno.write("When", _moment(-90))
    bruno.choose("Who asks is", "Trained to interview survivors")
    bruno.choose("Who sits beside her or him", "Somebody whom she or he chose")
    bruno.press("Plan it")
    bruno.sees("The interview is planned.")

    bruno.press("It was held")
    bruno.title_is("It was held")
    _is_in_order(bruno)
    bruno.write("It ended", _moment(-150))
    bruno.write("What was promised", "You get a copy of what you said.")
    bruno.press("Save")
    bruno.sees("Some answers need another look")
    expect(bruno.field("What was promised")).to_have_value("You get a copy of what you said.")
    bruno.write("It ended", _moment(-30))
    bruno.write("Kept by", _day(3))
    bruno.write("When will she or he be told what came of it?", _day(7))
    bruno.press("Save")
    bruno.sees("Held on")

    bruno.press("Write it down")
    bruno.title_is("Write down what was said")
    bruno.write("What was said", "They kept my papers in the office.")
    bruno.press("Save")
    bruno.press("It was gone through")
    bruno.title_is("It was gone through")
    bruno.choose("How", "It was read aloud")
    bruno.write("What she or he put right", "It was the shop, not the office.")
    bruno.press("Save")
    bruno.press("Seal it")
    bruno.title_is("Seal the interview")
    bruno.press("Seal it")
    bruno.sees("It is sealed.")
    expect(bruno.part("What was said")).to_contain_text("It was the shop, not the office.")
    bruno.press("She or he was told")
    bruno.sees("Written down: she or he was told.")

    # The promise waits on the case's page, and whoever plans another one reads first what she told.
    expect(office.at_case(DALIA).part("Promises to survivors")).to_contain_text("You get a copy of what you said.")
    bruno.goto(f"{office.room('/investigations/')}interviews/")
    bruno.press("Plan", bruno.part("Whom to ask"))
    bruno.sees("It was told once before.")
    bruno.press("Plan it")
    bruno.sees("Some answers need another look")


# ---- threats ------------------------------------------------------------------------------------------------


def test_a_threat_is_written_down_acted_on_and_mitigated(office: Office) -> None:
    dalia = office.by(DALIA, f"{office.room('/investigations/')}threats/report/")
    dalia.choose("Who is threatened?", "SV-")
    dalia.choose("How?", "Followed or watched")
    dalia.date("When", year=_day()[:4], month=_day()[5:7], day=_day()[8:])
    dalia.choose("Who threatens?", "People around a suspect")
    dalia.choose("Danger", "High: it may happen any day")
    dalia.write("In one sentence", "A grey car follows her from the yard.")
    dalia.press("Save")
    dalia.sees("The threat is written down. Agree on what is done now.")
    threat = dalia.path
    expect(office.by(JALIL, "/").page.locator("main")).to_contain_text("A grey car follows her from the yard.")

    # Nothing is mitigated before something is done.
    dalia.press("Enough is done for now")
    dalia.sees("Nothing has been done about this threat yet.")
    dalia.goto(threat)
    dalia.press("Add a measure")
    dalia.title_is("Add a measure")
    _is_in_order(dalia)
    dalia.choose("What", "Company on the way")
    dalia.write("Details", "Her sister walks with her to Sample Bridge.")
    dalia.press("Save")
    done = dalia.part("What is done")
    expect(done).to_contain_text("Her sister walks with her to Sample Bridge.")
    dalia.press("Done", done)
    dalia.sees("The measure is done.")
    dalia.press("Enough is done for now")
    dalia.sees("It is mitigated; look at it again in time.")

    # Where she is safe is for her caseworkers alone.
    bruno = office.by(BRUNO, threat)
    expect(bruno.part("What is done")).to_contain_text("Company on the way")
    expect(bruno.page.locator("main")).not_to_contain_text("Sample Bridge")

    dalia.press("Close it")
    dalia.title_is("Close a threat")
    dalia.choose("Why", "Who threatened is kept from it")
    dalia.press("Save")
    expect(dalia.part("What is known")).to_contain_text("Who threatened is kept from it")
    expect(office.by(JALIL, "/").page.locator("main")).not_to_contain_text("A grey car follows her from the yard.")


# ---- conferences --------------------------------------------------------------------------------------------


def test_a_case_conference_is_planned_held_and_gives_somebody_a_task(office: Office) -> None:
    chandra = office.at_case(CHANDRA)
    chandra.press("Plan a conference", chandra.part("Case conferences"))
    chandra.title_is("Plan a case conference")
    chandra.write("Day", _day())
    chandra.choose("Which agencies sit at the table?", AGENCY)
    chandra.choose("What is to be shared there?", "Evidence")
    chandra.write("What it is about", "Who fetches her papers from the shop.")
    chandra.press("Plan it")
    chandra.title_is("Case conference")
    # She has not agreed to it, and there is time to ask her.
    chandra.sees("Not everything may be shared there.")

    chandra.press("It was held")
    chandra.title_is("The conference was held")
    _is_in_order(chandra)
    chandra.write("Who was there", "Inspector Ejemplo of the station")
    chandra.write("What is to be done?", "Fetch the papers together")
    chandra.choose("Who?", BRUNO)
    chandra.press("Save")
    chandra.sees("Some answers need another look")
    expect(chandra.field("What is to be done?")).to_have_value("Fetch the papers together")
    chandra.write("Decisions", "The station sends two officers along.")
    chandra.press("Save")
    expect(chandra.part("Decisions")).to_contain_text("The station sends two officers along.")
    expect(chandra.part("Tasks that came of it")).to_contain_text("Fetch the papers together")
    expect(office.at_case(BRUNO).part("Tasks")).to_contain_text("Fetch the papers together")


# ---- the route ----------------------------------------------------------------------------------------------


def test_a_route_is_drawn_as_far_as_it_is_known_and_says_what_cannot_be(office: Office) -> None:
    bruno = office.by(BRUNO, f"{office.room('/cases/')}incidents/")
    stages = (("Recruitment", "Hill District", "2025", "3"), ("Exploitation", "Weavers' Yard", "2025", "2"))
    for stage, place, year, month in stages:
        bruno.press("Add a stage")
        bruno.title_is("Add a stage of the route")
        bruno.choose("Which part of it?", stage)
        bruno.write("Where?", place)
        bruno.date("Since when?", year=year, month=month)
        bruno.press("Add")
        expect(bruno.row(place)).to_be_visible()
    bruno.sees("A later stage lies before an earlier one.")
    _is_in_order(bruno)
    bruno.press("Take out", bruno.row("Weavers' Yard"))
    bruno.sees("It is taken out.")
    expect(bruno.page.get_by_text("A later stage lies before an earlier one.")).to_have_count(0)


# ---- evidence -----------------------------------------------------------------------------------------------


def _registered(office: Office, what: str, seal: str) -> str:
    """An object under its seal, in Bruno's hands; gives its page."""
    bruno = office.by(BRUNO, f"{office.room('/evidence/cases/')}register/object/")
    bruno.choose("Kind", "An object or clothing")
    bruno.write("What it is", what)
    bruno.write("Number of the seal", seal)
    bruno.choose("Condition", "Intact")
    bruno.write("Where it is kept", "Locker 7")
    bruno.press("Register it")
    bruno.sees("The item is registered.")
    return bruno.path


def _signs(office: Office, item: str) -> Person:
    """Noor, who was named as the second person, finds it among what waits for her, and signs."""
    noor = office.by(NOOR, "/")
    follow(noor.page.locator(f"main a[href='{item}confirm/']"))
    noor.page.get_by_label("Yes, I was there and saw it").check()
    noor.press("Sign it")
    noor.sees("Your answer is recorded.")
    return noor


def test_a_sealed_item_is_opened_before_a_second_person_who_signs(office: Office) -> None:
    item = _registered(office, "A tin with papers", "W 100-1")
    bruno = office.by(BRUNO)
    bruno.press("Open it")
    bruno.title_is("Open and seal again")
    _is_in_order(bruno)
    bruno.choose("Who is there with you", NOOR)
    bruno.write("Number on the old seal, as you read it", "W 100-1")
    bruno.write("Why it is opened, and what was done", "The papers were photographed one by one.")
    bruno.press("Record it")
    bruno.sees("Some answers need another look")
    expect(bruno.field("Number on the old seal, as you read it")).to_have_value("W 100-1")
    bruno.write("Number of the new seal", "W 100-2")
    bruno.press("Record it")
    bruno.sees("It is recorded, and waits for the second person.")
    noor = _signs(office, item)
    expect(noor.row("W 100-2")).to_contain_text("two people")
    expect(noor.page.get_by_text("gap", exact=True)).to_have_count(0)


def test_an_item_is_destroyed_on_an_order_and_only_when_the_second_person_has_signed(office: Office) -> None:
    item = _registered(office, "A blanket that nobody needs any more", "W 200-1")
    bruno = office.by(BRUNO)
    bruno.press("Record something else")
    bruno.title_is("Record an event")
    bruno.choose("What happened", "Destroyed, to be confirmed")
    bruno.choose("Who is there with you", NOOR)
    bruno.press("Record it")
    bruno.sees("Some answers need another look")
    bruno.write("Order, request or receipt", "Order of the magistrate, 3 March")
    bruno.press("Record it")
    bruno.sees("The event is recorded.")
    bruno.sees("It counts once Noor Sample has confirmed it.")
    bruno.sees("Bruno Muster holds it, sealed, here: Locker 7.")
    noor = _signs(office, item)
    expect(noor.page.get_by_text("It was destroyed.", exact=True)).to_be_visible()


# ---- the court ----------------------------------------------------------------------------------------------


def test_an_exhibit_is_proposed_disclosed_tendered_and_admitted(office: Office) -> None:
    _registered(office, "A ledger of the shop", "W 300-1")
    chandra = office.by(CHANDRA, f"{office.room('/court/')}open/")
    chandra.choose("Who has the complaint", "Police")
    chandra.write("Day of the complaint", _day())
    chandra.press("Open the proceeding")
    chandra.sees("The proceeding is open.")
    court = chandra.path
    chandra.press("Propose an exhibit")
    chandra.title_is("Propose an exhibit")
    chandra.choose("Item of evidence", "A ledger of the shop")
    chandra.press("Propose the exhibit")
    chandra.sees("The exhibit is proposed.")
    chandra.goto(court)
    follow(chandra.part("Exhibits").locator("a[href^='/court/exhibit/']").first)
    chandra.title_is("Exhibit")
    _is_in_order(chandra)

    chandra.press("It was disclosed")
    chandra.title_is("An exhibit was disclosed")
    chandra.choose("To which side", "The defence")
    chandra.write("Day", _day())
    chandra.choose("On what it rests", "An order of the court")
    chandra.press("Save")
    chandra.sees("Some answers need another look")
    chandra.write("The order, or the section of the law", "Order 7 of the court at the yard")
    chandra.press("Save")
    chandra.sees("The disclosure is in the log.")

    for what, mark in (("It was tendered", "P-7"), ("The court admitted it", "")):
        chandra.press("What the court did")
        chandra.title_is("What the court did with an exhibit")
        chandra.choose("What happened to the exhibit", what)
        chandra.write("Day", _day())
        if mark:
            chandra.write("Mark", mark)
        chandra.press("Save")
        chandra.sees("It is written down.")
    chandra.goto(court)
    chandra.press("Disclosure log")
    chandra.title_is("Disclosure log")
    expect(chandra.page.get_by_role("row").filter(has_text="P-7").first).to_contain_text("Admitted")


# ---- the justice system -------------------------------------------------------------------------------------


def test_a_unit_is_assessed_with_its_own_people_and_the_assessment_put_right(office: Office) -> None:
    oksana = office.by(OKSANA, "/strengthening/")
    follow(oksana.part("Units whose files were not looked at yet").get_by_role("link", name=UNIT))
    oksana.press("Assess the unit")
    oksana.title_is("Assess the unit")
    _is_in_order(oksana)
    oksana.choose("Point", "Baseline")
    oksana.write("Who assessed", "Inspector Ejemplo and Oksana Zrazok")
    oksana.press("Save")
    oksana.sees("Some answers need another look")
    first = oksana.page.get_by_role("group", name="Reporting")
    first.get_by_role("radio").nth(1).check()
    first.get_by_label("What it rests on").fill("The book of complaints of a year")
    oksana.press("Save")
    oksana.sees("The assessment is kept.")
    oksana.press("Correct")
    oksana.title_is("Correct the assessment")
    oksana.page.get_by_role("group", name="Reporting").get_by_role("radio").nth(2).check()
    oksana.press("Save")
    oksana.sees("The assessment is corrected.")
