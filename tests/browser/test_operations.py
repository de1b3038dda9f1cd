"""Bruno plans an operation, two people approve it, the team carries it out, and where it was is gone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from amparo.kernel import clock
from tests.browser.landing import follow
from tests.browser.test_pages import PHONE, _violations

if TYPE_CHECKING:
    from tests.browser.conftest import SignIn
    from tests.browser.house import House
    from tests.browser.person import Person

OBJECTIVE = "Two sisters are out of the laundry"
PLACE = "Laundry behind Sample Bridge"


def test_from_the_plan_to_the_debrief(lively: House, sign_in: SignIn) -> None:
    bruno = sign_in(lively, "Bruno Muster")
    address = _planned(bruno)
    _parts(bruno, address)
    _proposed(bruno)

    # Somebody of the same case, and an auditor, are not told that it is there.
    for outside in ("Chandra Namuna", "Grace Sample"):
        other = sign_in(lively, outside)
        answer = other.page.goto(address)
        assert answer is not None
        assert answer.status == 404
        assert other.page.get_by_text(PLACE).count() == 0

    for name in ("Jalil Sample", "Kofi Example"):
        who = sign_in(lively, name)
        who.goto("/")
        who.sees("Approve an operation")
        who.goto(address)
        who.sees(PLACE)
        who.press("Approve")
        who.press("I approve this plan")
        expect(who.page.get_by_text("You have approved the plan.")).to_be_visible()
    jalil = sign_in(lively, "Jalil Sample")
    gone = jalil.page.goto(address)
    assert gone is not None
    assert gone.status == 404

    bruno.goto(address)
    with bruno.page.expect_download() as paper:
        bruno.press("Briefing sheet")
    assert paper.value.suggested_filename == "briefing.pdf"
    bruno.press("Record the briefing")
    for box in bruno.group("Who was briefed").get_by_role("checkbox").all():
        box.check()
    bruno.press("Everybody is briefed")
    _carried_out(bruno)
    bruno.press("Debrief")
    bruno.write("What went well", "Nobody was hurt")
    bruno.write("What to do differently", "Two interpreters")
    bruno.write("Lessons about how the system works", "The unit asked for an order that it may give itself")
    bruno.press("Save")
    expect(bruno.page.get_by_text("The debrief is written down.")).to_be_visible()
    assert bruno.page.get_by_text(PLACE).count() == 0
    bruno.nothing_went_wrong()


def test_a_plan_that_one_of_two_sends_back_is_changed_and_asked_about_again(lively: House, sign_in: SignIn) -> None:
    bruno = sign_in(lively, "Bruno Muster")
    address = _planned(bruno)
    _parts(bruno, address)
    _proposed(bruno)
    jalil = sign_in(lively, "Jalil Sample")
    jalil.goto(address)
    jalil.press("Approve")
    jalil.press("I approve this plan")
    jalil.sees("You have approved the plan.")

    kofi = sign_in(lively, "Kofi Example", viewport=PHONE)
    kofi.goto(address)
    kofi.press("Send back")
    kofi.title_is("Send the plan back")
    assert _violations(kofi.page, "light") == []
    kofi.press("Send back")
    kofi.sees("Some answers need another look")
    kofi.write("What has to change", "Nobody drives the second car.")
    kofi.press("Send back")
    kofi.sees("The plan is sent back.")

    # The one approval counts no more: both are asked about the plan as it is then.
    bruno.goto(address)
    bruno.sees("Nobody drives the second car.")
    _proposed(bruno)
    jalil.goto("/")
    jalil.sees("Approve an operation")


def _proposed(bruno: Person) -> None:
    bruno.press("Propose")
    for name in ("Jalil Sample", "Kofi Example"):
        bruno.page.get_by_label(name).check()
    bruno.press("Ask for approval")
    bruno.sees("The operation is proposed.")


def _planned(bruno: Person) -> str:
    """Begin the plan on the page of the first case of the list; gives its address."""
    bruno.goto("/cases/?mine=on&state=open")
    follow(bruno.page.locator("main .rows a, main tbody a").first)
    bruno.press("Plan one", bruno.part("Operations"))
    bruno.write("Objective", OBJECTIVE)
    bruno.write("Legal basis", "Order of the magistrate")
    bruno.choose("Authority in the lead", "Police Service")
    bruno.press("Begin the plan")
    expect(bruno.page.get_by_text("The plan is begun.")).to_be_visible()
    return bruno.path


def _parts(bruno: Person, address: str) -> None:
    bruno.press("Say it", bruno.part("Place and time"))
    begins = (clock.now() + timedelta(days=4)).replace(hour=5, minute=0)
    bruno.write("Place", PLACE)
    bruno.write("Where the team meets before", "Yard of the office")
    bruno.write("Begins", begins.strftime("%Y-%m-%dT%H:%M"))
    bruno.write("Ends", (begins + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M"))
    bruno.press("Save")
    bruno.press("Change", bruno.part("Objective and legal basis"))
    bruno.write("Steps, with their hour", "05:00 in\n05:30 out")
    bruno.write("Conditions, all of which must be met", "The magistrate is there")
    bruno.write("Reasons to stop at once", "A weapon is seen")
    bruno.write("If we find survivors, children or hurt people whom nobody knew of", "The second car drives")
    bruno.press("Save")
    bruno.press("Add somebody", bruno.part("Team"))
    bruno.choose("What this person does", "Stays with survivors")
    bruno.choose("Colleague", "Dalia Mithal")
    bruno.press("Add")
    bruno.press("Add a risk", bruno.part("Risks"))
    bruno.write("What may happen", "The owner is warned")
    bruno.choose("How likely", "Possible")
    bruno.choose("How bad", "Grave")
    bruno.write("What we do about it", "Nobody telephones after six")
    bruno.press("Save")
    care = bruno.part("Care for each survivor")
    expect(care).to_be_visible()
    bruno.page.wait_for_load_state()
    for _each in range(care.get_by_role("link", name="Plan", exact=True).count()):
        bruno.press("Plan", care)
        bruno.choose("Who stays with her from the first minute", "Dalia Mithal")
        for label in ("Medical help", "Interpreter", "Transport", "Safe place for the first night"):
            bruno.write(label, "It is ready")
        bruno.press("Save")
        expect(care).to_be_visible()
    expect(care.get_by_role("link", name="Plan", exact=True)).to_have_count(0)
    assert bruno.path == address


def _carried_out(bruno: Person) -> None:
    bruno.press("It was carried out")
    bruno.group("Conditions that were met").get_by_role("checkbox").check()
    for group in bruno.page.get_by_role("group", name="What became of this person").all():
        group.get_by_role("radio").last.check()
    for choice in bruno.page.get_by_label("What became of this person").all():
        if choice.evaluate("one => one.tagName") == "SELECT":
            choice.select_option("not_out")
    bruno.press("Save what came of it")
    expect(bruno.page.get_by_text("It is written down.")).to_be_visible()
