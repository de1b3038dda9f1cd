"""Dalia refers a survivor on a consent that names the shelter, prints the sheet, and takes the consent back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.landing import follow

if TYPE_CHECKING:
    from tests.browser.conftest import SignIn
    from tests.browser.house import House
    from tests.browser.person import Person

SHELTER = "Sister House Network"
ASKED = "A bed near the school, for her and the child"


def test_a_survivor_is_referred_and_takes_her_consent_back(lively: House, sign_in: SignIn) -> None:
    dalia = sign_in(lively, "Dalia Mithal")
    referral = _drafted(dalia)

    # Without a consent that names the shelter nothing leaves; recording one begins with what is known.
    dalia.press("Say on which consent")
    dalia.sees("None of her consents names this partner")
    dalia.press("Record a consent")
    expect(dalia.field("To which partner?")).to_contain_text(SHELTER)
    dalia.choose("What may they get?", "Care and assessments")
    dalia.press("Save")
    dalia.goto(referral)
    dalia.press("Say on which consent")
    dalia.page.get_by_role("radio").first.check()
    dalia.press("It may leave on this consent")
    dalia.sees("It can be sent.")

    with dalia.page.expect_download() as paper:
        dalia.press("Sheet for them (PDF)")
    assert paper.value.suggested_filename == "referral.pdf"
    dalia.press("It is sent")
    dalia.press("Record it")
    dalia.press("They accept her")
    dalia.write("Who there will meet her, and where", "The sister on duty, side door")
    dalia.press("Record it")
    expect(dalia.row("The sister on duty, side door")).to_be_visible()

    # The investigator of the same case is not told that she was sent to a shelter.
    bruno = sign_in(lively, "Bruno Muster")
    answer = bruno.page.goto(referral)
    assert answer is not None
    assert answer.status == 404

    _taken_back(dalia, referral)
    dalia.nothing_went_wrong()


def _drafted(dalia: Person) -> str:
    """Draft a referral from the page of the first case of the list; gives its address."""
    dalia.goto("/cases/?mine=on&state=open")
    follow(dalia.page.locator("main .rows a, main tbody a").first)
    part = dalia.part("Referrals and releases")
    follow(part.get_by_role("link", name="refer somebody").or_(part.get_by_role("link", name="Refer somebody")).first)
    if dalia.page.get_by_role("heading", level=1, name="Refer somebody").count() == 0:
        dalia.press("Refer somebody")
    dalia.group("Who is referred?").get_by_role("radio").first.check()
    dalia.choose("For which service?", "Safe house")
    dalia.choose("To which partner?", SHELTER)
    dalia.write("What are they asked to do?", ASKED)
    dalia.write("Care, as far as they need it", "She sleeps badly")
    dalia.press("Save the draft")
    dalia.sees("their kind is not ticked")
    expect(dalia.field("Care, as far as they need it")).to_have_value("She sleeps badly")
    dalia.choose("What may they be told beside this?", "Care and assessments")
    dalia.press("Save the draft")
    dalia.sees("Nothing has left yet")
    return dalia.path


def _taken_back(dalia: Person, referral: str) -> None:
    code = dalia.page.locator("main .head .code").first.inner_text()
    dalia.press("Referrals and releases")
    follow(dalia.page.locator("main a[href^='/case/']").first)
    dalia.press("All", dalia.part("Consent today"))
    follow(dalia.row("Care and assessments").get_by_role("link", name="She takes it back"))
    dalia.sees(f"{code} is out already")
    dalia.press("She takes it back")
    dalia.sees("From now on nothing more is given or written on this basis.")
    dalia.goto("/")
    dalia.sees("Tell them that the consent was taken back:")
    dalia.goto(referral)
    dalia.press("They were told: stop it")
    dalia.choose("Why?", "She took her consent back")
    dalia.press("Record it")
    dalia.sees("Stopped on")


def test_a_release_waits_for_somebody_else_who_sees_all_of_it(lively: House, sign_in: SignIn) -> None:
    """The demonstration has one that the lawyer prepared: the investigator approves it, the supervisor can't."""
    bruno = sign_in(lively, "Bruno Muster")
    bruno.goto("/")
    follow(bruno.row("Release to approve").get_by_role("link", name="Read and decide"))
    release = bruno.path
    jalil = sign_in(lively, "Jalil Sample")
    jalil.goto(release)
    jalil.sees("we do not say whether")
    answer = jalil.page.goto(f"{release}decide/")
    assert answer is not None
    assert answer.status == 403
    bruno.press("Decide")
    bruno.choose("May it go?", "Yes: it is needed, and no more than that goes")
    bruno.press("Record it")
    bruno.sees("It can be sent.")
    bruno.nothing_went_wrong()
