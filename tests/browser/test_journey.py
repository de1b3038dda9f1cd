"""One case from the first call to its last page, played by the cast in a browser, with scripts and without them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.house import House, amparo
from tests.browser.landing import follow
from tests.browser.person import Person

pytestmark = pytest.mark.slow

AMINA, BRUNO, CHANDRA, DALIA = "Amina Sample", "Bruno Muster", "आशा नमूना", "سلمى مثال"
JALIL, NOOR = "Jalil Sample", "Noor Sample"
SURVIVOR, FIRST_NAME, SUSPECT = "नादिया नमूना", "नादिया", "Viktor Muster"
STATEMENT = b"%PDF-1.4\n% an invented statement\n" + b"line of an invented statement\n" * 400
SEAL = "B 0012-77"


def _day(days: int = 0) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%d")


def _moment(minutes: int) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")


class Story:
    """What the chapters share: who sits where, and the pages of the case."""

    def __init__(self, browser: Browser, house: House, *, scripts: bool) -> None:
        self._browser = browser
        self.house = house
        self.scripts = scripts
        # Two stories are told at one house; each has a street of its own.
        self.title = "Mill Road" if scripts else "Harbour Lane"
        self.seal = SEAL if scripts else f"{SEAL}-N"
        self.report = ""
        self.case = ""
        self.proceeding = ""
        self.item = ""
        self.care = ""
        self.has_broken = False
        self._people: dict[str, Person] = {}

    def by(self, name: str) -> Person:
        """Somebody of the cast at her own browser; she stays signed in."""
        if name not in self._people:
            context = self._browser.new_context(
                base_url=self.house.url, locale="en-GB", java_script_enabled=self.scripts
            )
            self._people[name] = Person(context, self.house, scripts=self.scripts)
            self._people[name].sign_in(name)
        return self._people[name]

    def at_case(self, name: str) -> Person:
        person = self.by(name)
        person.goto(self.case)
        return person

    def at_care(self, name: str) -> Person:
        person = self.by(name)
        person.goto(self.care)
        return person

    def at_court(self, name: str) -> Person:
        person = self.by(name)
        person.goto(self.proceeding)
        return person

    def end(self) -> None:
        for person in self._people.values():
            person.context.close()

    def nothing_went_wrong(self) -> None:
        for person in self._people.values():
            person.nothing_went_wrong()


@pytest.fixture(scope="module", params=[True, False], ids=["with-scripts", "without-scripts"])
def story(browser: Browser, house: House, request: pytest.FixtureRequest) -> Iterator[Story]:
    told = Story(browser, house, scripts=request.param)
    yield told
    told.end()


@pytest.fixture(autouse=True)
def _one_after_the_other(story: Story, request: pytest.FixtureRequest) -> Iterator[None]:
    """A chapter is only played when those before it went well."""
    assert not story.has_broken, "an earlier chapter of this story failed"
    before = request.session.testsfailed
    yield
    story.has_broken = request.session.testsfailed > before


# ---- the report ---------------------------------------------------------------------------------------------


def test_a_call_at_night_is_written_down_with_danger_first(story: Story) -> None:
    amina = story.by(AMINA)
    amina.press("Take a report")
    amina.choose("Is anyone in danger now?", "Yes, now")
    amina.write("Who is in danger, of what, and where?", "Her uncle waits before the house.")
    amina.choose("Should she be seen by a clinician?", "Yes: sexual violence, or injuries")
    amina.choose("When did it happen?", "Yesterday")
    amina.write("At what time?", "22:15")
    amina.write("In one sentence", f"A young woman was attacked on her way home, {story.title}")
    amina.write("What was told", "She was on her way home from the mill when two men stopped her.")
    amina.write("Where it happened", f"{story.title}, Lakeside")
    amina.choose("Who tells us?", "Somebody else")
    amina.write("Name of who tells us", "Ruth Sample")
    amina.write("Name of the survivor", SURVIVOR)
    amina.write("Age of the survivor", "24")
    amina.write("Name of the suspect", SUSPECT)
    amina.write("Telephone number of who tells us", "+999 555 0101")
    amina.choose("Is it safe to call there?", "Yes")
    amina.write("When", "weekdays after six")
    amina.write("Code word", "blue scarf")
    amina.write("What else to mind when we answer", "Say that the library calls.")
    amina.choose("How did it come?", "By telephone")
    amina.press("Save the report")
    story.report = amina.path
    amina.sees("Somebody is in danger now.")
    amina.sees("left: until")
    expect(amina.part("Medical care").get_by_role("img")).to_be_visible()


def test_who_takes_the_danger_stands_on_the_report(story: Story) -> None:
    amina = story.by(AMINA)
    amina.press("I am taking this", amina.page.get_by_role("alert"))
    amina.sees("Amina Sample took this on")
    amina.press("I am taking this", amina.part("Medical care"))
    amina.sees("You see to the medical care")
    amina.press("Say how it ended")
    amina.choose("How did it end?", "She was seen by a clinician")
    amina.press("Save")
    expect(amina.part("Medical care")).to_contain_text("Seen by a clinician")


def test_a_file_is_added_and_an_empty_one_is_refused(story: Story) -> None:
    amina = story.by(AMINA)
    amina.press("Add a file", amina.part("What was told"))
    amina.field("File").set_input_files({"name": "empty.pdf", "mimeType": "application/pdf", "buffer": b""})
    amina.press("Save")
    amina.sees("Some answers need another look")
    amina.goto(f"{story.report}files/add/")
    amina.attach("File", "letter.pdf", STATEMENT, "application/pdf")
    amina.press("Save")
    expect(amina.part("What was told")).to_contain_text("letter.pdf")


def test_an_acknowledged_report_becomes_a_case_and_intake_sees_its_words_no_more(story: Story) -> None:
    amina = story.by(AMINA)
    amina.press("Mark as acknowledged")
    amina.sees("The report is acknowledged.")
    amina.press("Open a new case")
    amina.write("What the case is called", story.title)
    amina.choose("What kind of case?", "Sexual violence")
    amina.choose("How high is the risk?", "High")
    amina.choose("Why may we keep what was told about her?", "Report by a third party")
    amina.press("Open the case and hand it over")
    amina.sees("Choose at least one colleague for the team.")
    amina.choose("Caseworker", DALIA)
    amina.choose("What has to be done by tomorrow?", "Call her back, the way she said is safe")
    amina.press("Open the case and hand it over")
    amina.sees("The case is open.")
    expect(amina.page.get_by_text("two men stopped her")).to_have_count(0)


# ---- the team and the survivor ------------------------------------------------------------------------------


def test_the_supervisor_puts_the_team_on_the_case(story: Story) -> None:
    jalil = story.by(JALIL)
    follow(jalil.page.get_by_role("link", name="Cases", exact=True))
    jalil.press(story.title)
    story.case = jalil.path
    jalil.press("Change the team")
    for member in (f"{BRUNO}, Investigator", f"{CHANDRA}, Lawyer"):
        jalil.press("Add to the team")
        jalil.choose("Who?", member)
        jalil.press("Save")
        jalil.sees(member.split(",")[0])


def test_consent_is_recorded_for_one_purpose_and_one_recipient(story: Story) -> None:
    dalia = story.at_case(DALIA)
    for purpose, to, classes in (
        ("Our own help to her", "", []),
        ("Prosecution", "Lakeside prosecution", ["Name and contact", "Statement"]),
    ):
        dalia.press("All", dalia.part("Consent today"))
        dalia.press("Record a consent")
        dalia.choose("For what?", purpose)
        if to:
            dalia.write("To whom?", to)
            dalia.choose("What may they get?", *classes)
        dalia.choose("How?", "In writing")
        dalia.press("Save")
    expect(dalia.part("Consent today")).to_contain_text("Lakeside prosecution")


def test_a_survivor_is_enrolled_and_her_safety_plan_agreed(story: Story) -> None:
    dalia = story.at_case(DALIA)
    dalia.press("Enrol", dalia.part("Aftercare"))
    dalia.press("Enrol")
    story.care = dalia.path
    dalia.press("Write one", dalia.part("Safety plan"))
    dalia.write("What will she or he do?", "She sleeps at her sister's and keeps her papers there.")
    dalia.write("How does she or he notice that danger comes near?", "The white van in the lane.")
    dalia.press("Save the draft")
    dalia.press("She or he agrees to it", dalia.part("Safety plan"))
    dalia.write("When will you look at it together again?", _day(28))
    dalia.press("It is agreed")
    expect(dalia.part("Safety plan")).to_contain_text("Agreed")


def test_a_care_plan_with_a_goal_is_agreed_and_approved_by_somebody_else(story: Story) -> None:
    dalia = story.at_care(DALIA)
    dalia.press("Write one", dalia.part("Care plan and goals"))
    dalia.write("What matters most to her or him now?", "To sleep, and to work again in spring.")
    dalia.press("Save the draft")
    dalia.press("Add a goal", dalia.part("Care plan and goals"))
    dalia.choose("Part of life", "Work, money and learning")
    dalia.write("The goal", "I want to finish the tailoring course.")
    dalia.press("Add it")
    dalia.press("She or he agrees to it", dalia.part("Care plan and goals"))
    dalia.write("When will you look at it together again?", _day(28))
    dalia.press("It is agreed")
    jalil = story.at_care(JALIL)
    jalil.press("Read and decide")
    jalil.sees("I want to finish the tailoring course.")
    jalil.choose("Your decision", "Approve the plan")
    jalil.press("Decide")
    expect(jalil.part("Care plan and goals")).to_contain_text("Approved")


def _assess(person: Person, answer: int) -> None:
    """Score every statement alike, from 1 to 4."""
    person.press("Assess")
    person.press("Begin")
    person.title_is("Assessment")
    person.write("Where will she or he live, and with whom?", "With her sister, in a house of their own.")
    for group in person.page.locator("fieldset fieldset").all():
        group.get_by_label(f"{answer} – ").check()
    person.press("Complete the assessment")
    person.sees("The assessment is complete.")


def test_the_first_assessment_is_completed(story: Story) -> None:
    _assess(story.at_care(DALIA), 1)
    dalia = story.at_care(DALIA)
    expect(dalia.page.locator("main")).not_to_contain_text("The next assessment was due")


# ---- the investigation ----------------------------------------------------------------------------------------


def test_the_kind_of_an_incident_follows_from_the_questions(story: Story) -> None:
    bruno = story.at_case(BRUNO)
    bruno.press("Record one", bruno.part("What happened"))
    bruno.date("When did it happen, or begin?", year="2026", month="2", day="30")
    bruno.choose("Was it done because of her or his gender, or did it use unequal power between genders?", "Yes")
    bruno.choose("Was there any penetration, however slight, without consent?", "Yes")
    bruno.write("In one sentence", "Attacked by two men on the way home.")
    bruno.write("What happened, in her or his words", "They stopped me where the lane is narrow.")
    bruno.press("Save")
    bruno.sees("Some answers need another look")
    yesterday = datetime.now(UTC) - timedelta(days=1)
    bruno.date(
        "When did it happen, or begin?", year=str(yesterday.year), month=str(yesterday.month), day=str(yesterday.day)
    )
    expect(bruno.field("What happened, in her or his words")).to_have_value("They stopped me where the lane is narrow.")
    bruno.press("Save")
    expect(bruno.page.get_by_role("heading", name="Rape")).to_be_visible()


def test_leads_suspect_and_relief_are_recorded(story: Story) -> None:
    bruno = story.at_case(BRUNO)
    bruno.press("Investigation")
    room = bruno.path
    bruno.press("Open a lead")
    bruno.choose("What kind of lead", "A vehicle")
    bruno.write("Lead", "The white van in the lane")
    bruno.write("What to find out", "Whose is it, and who drove it?")
    bruno.press("Open the lead")
    bruno.sees("The lead is open.")
    bruno.press("Close", bruno.part("Leads"))
    bruno.choose("What came of it", "Found out")
    bruno.write("Result", "It belongs to the mill. The foreman drove it.")
    bruno.press("Close the lead")
    bruno.goto(room)
    bruno.press("Add", bruno.part("Suspects"))
    bruno.choose("Status", "Identified")
    bruno.date("When", year=_day()[:4])
    bruno.choose("Who says so", "Our own work")
    bruno.press("Save")
    bruno.press("Record relief")
    bruno.choose("How", "Brought to safety")
    bruno.choose("Our part in it", "We supported those who did it")
    bruno.date("When", year=_day()[:4], month=_day()[5:7], day=_day()[8:])
    bruno.press("Record relief")
    bruno.sees("The relief is recorded, to be verified.")


def test_relief_counts_once_a_second_person_has_verified_it(story: Story) -> None:
    jalil = story.at_case(JALIL)
    jalil.press("Investigation")
    jalil.press("Verify")
    jalil.press("I checked it")
    jalil.sees("It is verified")


# ---- evidence -------------------------------------------------------------------------------------------------


def _evidence_of_case(story: Story, name: str) -> Person:
    person = story.by(name)
    person.goto(f"/evidence/cases/{urlsplit(story.case).path.split('/')[2]}/")
    return person


def test_an_object_is_registered_under_its_seal(story: Story) -> None:
    bruno = _evidence_of_case(story, BRUNO)
    bruno.press("Register an item")
    bruno.choose("What do you register?", "An object: clothing, a swab, a device, a paper")
    bruno.choose("Could this show the sexual abuse of a child?", "No")
    bruno.press("Continue")
    bruno.choose("Kind", "An object or clothing")
    bruno.write("What it is", "A blue scarf, torn at one end")
    bruno.write("Packaging", "Paper bag")
    bruno.write("Number of the seal", story.seal)
    bruno.choose("Condition", "Intact")
    bruno.write("Where it is kept", "Locker 4")
    bruno.press("Register it")
    story.item = bruno.path
    bruno.sees("The item is registered.")


def test_a_file_becomes_evidence_and_stays_veiled(story: Story) -> None:
    bruno = _evidence_of_case(story, BRUNO)
    bruno.press("Register an item")
    bruno.choose("What do you register?", "A file: a picture, a recording, a document")
    bruno.choose("Could this show the sexual abuse of a child?", "No")
    bruno.press("Continue")
    bruno.choose("Could this show the sexual abuse of a child?", "No")
    bruno.attach("File", "lane.png", _picture(), "image/png")
    bruno.choose("Kind", "A photograph")
    bruno.write("What it is", "Photograph of the lane")
    bruno.write("What it shows, in plain words", "The place where the van stood, without people.")
    bruno.press("Register it")
    bruno.sees("The item is registered.")
    bruno.sees("Veiled.")
    bruno.press("Lift the veil")
    expect(bruno.page.locator("main img").first).to_be_visible()


def _picture() -> bytes:
    from io import BytesIO

    from PIL import Image

    drawn = BytesIO()
    Image.effect_noise((320, 200), 60).save(drawn, "PNG")
    return drawn.getvalue()


def test_custody_goes_on_only_when_the_other_has_received_it(story: Story) -> None:
    bruno = story.by(BRUNO)
    bruno.goto(story.item)
    bruno.press("Hand over")
    bruno.choose("To a colleague", NOOR)
    bruno.press("Hand over")
    bruno.sees("Handed over, not yet received")
    noor = story.by(NOOR)
    noor.goto(story.item)
    noor.press("Receive it")
    noor.write("Number on the seal, as you read it", story.seal)
    noor.choose("Condition", "Intact")
    noor.write("Where you put it", "Evidence room, shelf 2")
    noor.press("I have it")
    noor.sees("It is in your hands now.")


# ---- the court ------------------------------------------------------------------------------------------------


def test_a_proceeding_begins_with_the_complaint(story: Story) -> None:
    chandra = story.at_case(CHANDRA)
    chandra.press("Open a proceeding", chandra.part("Court"))
    chandra.choose("Who has the complaint", "Police")
    chandra.write("Day of the complaint", _day())
    chandra.write("Station or office, in words", "Lakeside station")
    chandra.write("Number of the complaint", "FIR 12/2026")
    chandra.write("Court, in words", "Lakeside court")
    chandra.press("Open the proceeding")
    chandra.sees("The proceeding is open.")
    story.proceeding = chandra.path


def test_a_charge_is_proposed_and_filed(story: Story) -> None:
    chandra = story.at_court(CHANDRA)
    chandra.press("Propose a charge")
    chandra.choose("Accused", "SP-")
    chandra.write("Section of the law", "Section 12")
    chandra.press("Propose the charge")
    chandra.press("Change", chandra.part("Charges"))
    chandra.choose("What happened to the charge", "Filed with the court")
    chandra.write("Day", _day())
    chandra.press("Save")
    expect(chandra.part("Charges")).to_contain_text("Filed")


def test_an_adjourned_hearing_says_why_and_on_whom_it_rests(story: Story) -> None:
    chandra = story.at_court(CHANDRA)
    chandra.press("List a hearing")
    chandra.choose("What for", "Witnesses")
    chandra.write("Day and time", _moment(-120))
    chandra.press("List the hearing")
    chandra.sees("has passed. What happened?")
    chandra.press("Write it down")
    chandra.press("It was adjourned")
    chandra.choose("Why", "Witness absent, summons not served")
    chandra.choose("On whom it rests", "The police")
    chandra.write("Next hearing", _moment(-60))
    chandra.choose("Survivors who travelled there", "SV-")
    chandra.press("Save")
    chandra.sees("It is written down. Now tell the survivor.")


def test_the_next_hearing_is_held_and_the_survivor_is_told(story: Story) -> None:
    chandra = story.at_court(CHANDRA)
    chandra.press("Write it down")
    chandra.press("It was held")
    chandra.write("Orders and outcome", "The witness was heard.")
    chandra.press("Save")
    chandra.goto(story.proceeding)
    while chandra.page.locator("main").get_by_role("link", name="I told her", exact=True).count():
        chandra.press("I told her")
        chandra.write("When did you tell her", _day())
        chandra.choose("How", "By telephone")
        chandra.press("I told her")
        chandra.sees("The promise to her is kept.")
        chandra.goto(story.proceeding)


def test_a_verdict_and_a_sentence_end_the_proceeding(story: Story) -> None:
    chandra = story.at_court(CHANDRA)
    chandra.press("Verdict", chandra.part("Charges"))
    chandra.choose("Verdict", "Convicted as charged")
    chandra.write("Pronounced on", _day())
    chandra.press("Enter the verdict")
    chandra.sees("The verdict is entered.")
    follow(chandra.part("Verdicts and sentences").get_by_role("link").first)
    chandra.press("Enter a sentence")
    chandra.choose("Sentence", "Custody")
    chandra.write("Months of custody", "84")
    chandra.write("Pronounced on", _day())
    chandra.press("Enter the sentence")
    chandra.sees("The sentence is entered.")
    chandra.goto(story.proceeding)
    chandra.press("It is final")
    chandra.press("It is final")
    chandra.sees("The proceeding is final.")


# ---- restoration and the end ------------------------------------------------------------------------------------


def test_restored_is_decided_on_a_second_assessment_by_the_supervisor(story: Story) -> None:
    _assess(story.at_care(DALIA), 4)
    jalil = story.at_care(JALIL)
    jalil.press("Decide", jalil.part("Restoration"))
    jalil.choose("Your decision", "Restored")
    jalil.write("Why?", "She lives safely, works and knows whom to call.")
    jalil.press("Decide")
    jalil.sees("The decision is kept.")
    expect(jalil.part("Restoration")).to_contain_text("Restored")


def test_everything_that_was_promised_and_planned_is_settled(story: Story) -> None:
    dalia = story.at_care(DALIA)
    dalia.press("Review it", dalia.part("Safety plan"))
    dalia.write("What did you find together?", "It held.")
    dalia.write("Next review", _day(90))
    dalia.press("It is reviewed")
    dalia.press("Plan 3, 6 and 12 months")
    dalia.press("Plan it")
    dalia.goto(story.case)
    dalia.press("Write down a promise")
    dalia.write("What was promised?", "I come along when you fetch your papers.")
    dalia.write("By when?", _day(3))
    dalia.press("Save")
    dalia.title_is(story.title)
    dalia.sees("I come along when you fetch your papers.")
    dalia.press_all("Kept", dalia.part("Promises to survivors"))
    dalia.press_all("Done", dalia.part("Tasks"))
    jalil = story.at_case(JALIL)
    jalil.press("Move the track", jalil.row("System", jalil.part("Where the tracks stand")))
    jalil.choose("New state", "Learned from")
    jalil.press("Move the track")


def test_the_case_closes_when_somebody_else_agrees(story: Story) -> None:
    dalia = story.at_case(DALIA)
    dalia.press("Closing", dalia.part("Team"))
    expect(dalia.part("Checklist").get_by_text("open", exact=True)).to_have_count(0)
    dalia.press("Ask to close")
    dalia.choose("Why can the case close?", "Goals met, and the survivor agrees")
    dalia.press("Ask")
    expect(dalia.page.get_by_role("link", name="Approve", exact=True)).to_have_count(0)
    jalil = story.by(JALIL)
    jalil.goto("/")
    jalil.press("Decide", jalil.part("Waiting for you"))
    jalil.press("Approve")
    jalil.press("Close it")
    jalil.goto(story.case)
    jalil.sees("Closed")


def test_the_ledger_tells_who_did_what(story: Story) -> None:
    jalil = story.by(JALIL)
    follow(jalil.page.get_by_text("More", exact=True))
    follow(jalil.page.get_by_role("link", name="Ledger", exact=True))
    expect(jalil.page.locator("main")).to_contain_text(JALIL)
    expect(jalil.page.locator("main")).not_to_contain_text(SURVIVOR)


def test_nothing_was_altered_behind_anybodys_back(story: Story) -> None:
    done = amparo("verify", "--dir", story.house.folder, "--files")
    assert done.returncode == 0, done.stdout


def test_no_page_of_the_whole_journey_broke_or_complained(story: Story) -> None:
    story.nothing_went_wrong()
