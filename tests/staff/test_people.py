from __future__ import annotations

import json
import re
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from amparo.access import commands as access
from amparo.access import queries as access_queries
from amparo.access.errors import InvitationSpent, NothingToHandOver, OwnAccount, SameColleague
from amparo.access.models import Account
from amparo.kernel import clock
from amparo.kernel.errors import Refused
from amparo.kernel.words import Role
from amparo.ledger.models import Entry
from amparo.staff import commands
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
NEW = "quite another pass phrase"


def invite_quirin(cast: Cast) -> tuple[str, str]:
    """Returns the words on the page, and the page."""
    typed = {"name": "Quirin Sample", "login_name": "quirin", "role": "lawyer", "office_id": str(cast.office)}
    answer = cast.client("hugo").post(reverse("staff:invite"), typed)
    page = answer.content.decode()
    return " ".join(re.findall(r'<li class="code">(\w+)</li>', page)), page


# ---- invitations ------------------------------------------------------------------------------------------------


def test_the_words_of_an_invitation_open_the_account(cast: Cast) -> None:
    words, page = invite_quirin(cast)
    assert len(words.split()) == 6
    assert "Quirin Sample" in page
    browser = Client()
    answer = browser.post(reverse("staff:welcome"), {"words": words.upper(), "password": NEW, "again": NEW})
    assert (answer.status_code, answer["Location"]) == (303, "/sign-in/")
    assert browser.post("/sign-in/", {"login": "quirin", "password": NEW})["Location"] == "/"


def test_the_words_are_shown_once_and_stored_nowhere(cast: Cast) -> None:
    words, _page = invite_quirin(cast)
    held = Account.objects.latest("created_at")
    assert all(word not in held.invitation for word in words.split())
    page = cast.client("hugo").get(reverse("staff:person", args=[held.id])).content.decode()
    # One of the seven alone may be a word of the page itself.
    shown = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert all(" ".join(pair) not in shown for pair in pairwise(words.split()))


def test_sending_the_invitation_twice_invites_once(cast: Cast) -> None:
    browser = cast.client("hugo")
    typed = {
        "name": "Quirin Sample",
        "login_name": "quirin",
        "role": "lawyer",
        "office_id": str(cast.office),
        "form_id": "0e3b9f0e-7c52-4bb9-9d94-7a3f7b3c1a10",
    }
    assert browser.post(reverse("staff:invite"), typed).status_code == 200
    before = Account.objects.count()
    assert browser.post(reverse("staff:invite"), typed).status_code == 302
    assert Account.objects.count() == before


def test_words_work_once(cast: Cast) -> None:
    words, _page = invite_quirin(cast)
    commands.activate(words=words, password=NEW)
    with pytest.raises(InvitationSpent):
        commands.activate(words=words, password=NEW)


def test_words_end_after_seven_days(cast: Cast) -> None:
    words, _page = invite_quirin(cast)
    with clock.set_to(clock.now() + timedelta(days=7, seconds=1)), pytest.raises(InvitationSpent):
        commands.activate(words=words, password=NEW)


def test_wrong_words_are_said_at_their_field_and_nothing_is_opened(cast: Cast) -> None:
    invite_quirin(cast)
    typed = {"words": "six other words that nobody gave", "password": NEW, "again": NEW}
    answer = Client().post(reverse("staff:welcome"), typed)
    assert answer.status_code == 422
    assert 'id="id_words_error"' in answer.content.decode()


def test_whoever_guesses_words_is_stopped(cast: Cast) -> None:
    stranger = Client(REMOTE_ADDR="203.0.113.7")
    typed = {"words": "six words that are mere guesses", "password": NEW, "again": NEW}
    answers = [stranger.post(reverse("staff:welcome"), typed).status_code for _time in range(21)]
    assert (answers[0], answers[-1]) == (422, 429)


def test_a_sign_in_name_is_given_once(cast: Cast) -> None:
    typed = {"name": "Another Bruno", "login_name": "BRUNO", "role": "lawyer", "office_id": str(cast.office)}
    answer = cast.client("hugo").post(reverse("staff:invite"), typed)
    assert answer.status_code == 422
    assert 'id="id_login_name_error"' in answer.content.decode()


@pytest.mark.parametrize("who", ["jalil", "kofi", "lina", "bruno"])
def test_only_a_system_keeper_invites(cast: Cast, who: str) -> None:
    assert cast.client(who).get(reverse("staff:invite")).status_code == 403
    with pytest.raises(Refused):
        commands.invite(actor=cast.actor(who), office_id=cast.office, name="X Sample", login_name="x", role=Role.LAWYER)


# ---- accounts ---------------------------------------------------------------------------------------------------


def test_a_reset_takes_the_password_away_and_gives_new_words(cast: Cast) -> None:
    browser = cast.client("bruno")
    answer = cast.client("hugo").post(reverse("staff:reset_sign_in", args=[cast.accounts["bruno"]]))
    words = " ".join(re.findall(r'<li class="code">(\w+)</li>', answer.content.decode()))
    assert browser.get(reverse("staff:own")).status_code == 302
    assert Client().post("/sign-in/", {"login": "bruno", "password": PASSWORD}).status_code == 422
    commands.activate(words=words, password=NEW)
    assert Client().post("/sign-in/", {"login": "bruno", "password": NEW}).status_code == 302


def test_a_reset_removes_the_second_step(cast: Cast) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user_id=cast.accounts["bruno"], type="totp", data={"secret": "-"})
    commands.reset_sign_in(actor=cast.hugo, account_id=cast.accounts["bruno"])
    assert not Authenticator.objects.filter(user_id=cast.accounts["bruno"]).exists()


def test_nobody_resets_or_closes_their_own_account(cast: Cast) -> None:
    with pytest.raises(OwnAccount):
        commands.reset_sign_in(actor=cast.hugo, account_id=cast.accounts["hugo"])
    answer = cast.client("hugo").post(reverse("staff:disable", args=[cast.accounts["hugo"]]))
    assert answer.status_code == 409
    assert "Nobody can do this to their own account." in answer.content.decode()


def test_an_account_is_closed_and_opened_again(cast: Cast) -> None:
    keeper, bruno = cast.client("hugo"), cast.accounts["bruno"]
    keeper.post(reverse("staff:disable", args=[bruno]))
    assert "Closed" in keeper.get(reverse("staff:organisation")).content.decode()
    keeper.post(reverse("staff:enable", args=[bruno]))
    assert Client().post("/sign-in/", {"login": "bruno", "password": PASSWORD}).status_code == 302


def confirm_newest_role(cast: Cast, account_id: UUID) -> None:
    newest = access_queries.account(cast.kofi, account_id).roles[-1]
    access.confirm_role(actor=cast.kofi, role_id=newest.id)


def test_a_role_is_given_in_an_office_and_ended(cast: Cast) -> None:
    keeper, bruno = cast.client("hugo"), cast.accounts["bruno"]
    typed = {"role": "supervisor", "office_id": str(cast.other_office)}
    assert keeper.post(reverse("staff:give_role", args=[bruno]), typed).status_code == 302
    confirm_newest_role(cast, bruno)
    assert cast.bruno.offices_as(Role.SUPERVISOR) == {cast.other_office}
    role = next(one for one in access_queries.account(cast.hugo, bruno).roles if one.role is Role.SUPERVISOR)
    keeper.post(reverse("staff:end_role", args=[bruno, role.id]))
    assert not cast.bruno.holds(Role.SUPERVISOR)


def test_a_role_can_end_by_itself_on_a_day(cast: Cast) -> None:
    keeper, bruno = cast.client("hugo"), cast.accounts["bruno"]
    day = (clock.today() + timedelta(days=3)).isoformat()
    typed = {"role": "supervisor", "office_id": str(cast.office), "until": day}
    keeper.post(reverse("staff:give_role", args=[bruno]), typed)
    confirm_newest_role(cast, bruno)
    assert cast.bruno.holds(Role.SUPERVISOR)
    with clock.set_to(clock.now() + timedelta(days=5)):
        assert not cast.bruno.holds(Role.SUPERVISOR)


def test_details_are_changed_by_a_system_keeper_and_seen_by_nobody_else(cast: Cast) -> None:
    bruno = cast.accounts["bruno"]
    keeper = cast.client("hugo")
    address = reverse("staff:change_person", args=[bruno])
    version = access_queries.account(cast.hugo, bruno).version
    keeper.post(address, {"name": "Bruno Beispiel", "contact": "Room 4", "seen_version": str(version)})
    page = keeper.get(reverse("staff:person", args=[bruno])).content.decode()
    assert "Bruno Beispiel" in page
    assert "Room 4" in page
    others = cast.client("dalia").get(reverse("staff:person", args=[bruno])).content.decode()
    assert "Bruno Beispiel" in others
    assert "Room 4" not in others
    assert "Sign-in name" not in others


def test_everybody_sees_who_works_here_and_only_keepers_see_how_to_change_it(cast: Cast) -> None:
    for who, may in (("bruno", False), ("jalil", False), ("hugo", True)):
        page = cast.client(who).get(reverse("staff:organisation")).content.decode()
        assert "Dalia" in page or "سلمى" in page
        assert ("Invite a colleague" in page) is may


def test_somebody_without_a_role_sees_no_colleague(cast: Cast) -> None:
    page = cast.client("iris").get(reverse("staff:organisation")).content.decode()
    assert "Bruno" not in page
    assert cast.client("iris").get(reverse("staff:person", args=[cast.accounts["bruno"]])).status_code == 404


def test_offices_are_added_and_changed(cast: Cast) -> None:
    keeper = cast.client("hugo")
    typed = {"name": "Valley", "district": "Lowland", "time_zone": "Asia/Kolkata", "calling_code": "91"}
    assert keeper.post(reverse("staff:add_office"), typed).status_code == 302
    office = next(one for one in access_queries.offices() if one.name == "Valley")
    changed = typed | {"name": "Green Valley", "seen_version": str(office.version)}
    keeper.post(reverse("staff:change_office", args=[office.id]), changed)
    assert access_queries.office(office.id).name == "Green Valley"
    wrong = keeper.post(reverse("staff:add_office"), typed | {"calling_code": "+91"})
    assert wrong.status_code == 422


def test_two_keepers_can_not_overwrite_each_other(cast: Cast) -> None:
    bruno = cast.accounts["bruno"]
    browser = cast.client("hugo")
    version = access_queries.account(cast.hugo, bruno).version
    address = reverse("staff:change_person", args=[bruno])
    browser.post(address, {"name": "First Sample", "seen_version": str(version)})
    late = browser.post(address, {"name": "Second Sample", "seen_version": str(version)})
    assert late.status_code == 409
    assert "First Sample" in late.content.decode()
    assert access_queries.account(cast.hugo, bruno).name == "First Sample"


# ---- one's own page ---------------------------------------------------------------------------------------------


def test_language_and_colours_hold_from_the_next_page_on(cast: Cast) -> None:
    browser = cast.client("bruno")
    browser.post(reverse("staff:change_own"), {"language": "ar", "theme": "dark", "mail_notices": "on"})
    page = browser.get(reverse("staff:own")).content.decode()
    assert '<html lang="ar" dir="rtl" data-theme="dark">' in page
    held = Account.objects.get(pk=cast.accounts["bruno"])
    assert (held.language, held.theme, held.mail_notices) == ("ar", "dark", True)


# ---- caseloads --------------------------------------------------------------------------------------------------


def hire_second_investigator(cast: Cast) -> None:
    made = commands.invite(
        actor=cast.hugo, office_id=cast.office, name="Ines Sample", login_name="ines", role=Role.INVESTIGATOR
    )
    commands.activate(words=made.words, password=NEW)
    cast.accounts["ines"] = made.account_id
    confirm_newest_role(cast, made.account_id)


def test_a_caseload_passes_to_a_colleague_in_the_same_role(cast: Cast) -> None:
    hire_second_investigator(cast)
    first, second = cast.case(), cast.case()
    access.hand_over_caseload(actor=cast.jalil, leaving_id=cast.accounts["bruno"], taking_id=cast.accounts["ines"])
    assert cast.ines.grants == {(first.id, Role.INVESTIGATOR), (second.id, Role.INVESTIGATOR)}
    assert cast.bruno.grants == frozenset()
    last = Entry.objects.latest("index")
    assert last.verb == "caseload.handed_over"
    assert json.loads(last.body)["facts"]["count"] == 2


def test_before_a_caseload_passes_the_page_says_what_will_happen(cast: Cast) -> None:
    hire_second_investigator(cast)
    cast.case()
    browser = cast.client("jalil")
    chosen = {"leaving": str(cast.accounts["bruno"]), "taking": str(cast.accounts["ines"])}
    answer = browser.post(reverse("staff:hand_over"), chosen)
    page = browser.get(answer["Location"]).content.decode()
    assert "1 place on a case" in page
    assert "Bruno Muster" in page
    assert cast.bruno.grants
    assert browser.post(answer["Location"]).status_code == 302
    assert not cast.bruno.grants


def test_what_a_colleague_may_not_take_over_stays_where_it_is(cast: Cast) -> None:
    hire_second_investigator(cast)
    open_case, barred_case = cast.case(), cast.case()
    access.set_bar(
        actor=cast.jalil,
        account_id=cast.accounts["ines"],
        office_id=cast.office,
        case_id=barred_case.id,
        reason="Sister of the suspect",
    )
    access.hand_over_caseload(actor=cast.jalil, leaving_id=cast.accounts["bruno"], taking_id=cast.accounts["ines"])
    assert cast.ines.grants == {(open_case.id, Role.INVESTIGATOR)}
    assert cast.bruno.grants == {(barred_case.id, Role.INVESTIGATOR)}


def test_a_caseload_does_not_pass_to_somebody_without_the_role(cast: Cast) -> None:
    cast.case()
    with pytest.raises(NothingToHandOver):
        access.hand_over_caseload(actor=cast.jalil, leaving_id=cast.accounts["bruno"], taking_id=cast.accounts["dalia"])


def test_a_supervisor_of_another_office_hands_nothing_over(cast: Cast) -> None:
    hire_second_investigator(cast)
    cast.case()
    with pytest.raises(NothingToHandOver):
        access.hand_over_caseload(
            actor=cast.stranger, leaving_id=cast.accounts["bruno"], taking_id=cast.accounts["ines"]
        )
    assert cast.client("dalia").get(reverse("staff:hand_over")).status_code == 403


def test_a_caseload_can_not_pass_to_the_same_person(cast: Cast) -> None:
    bruno = cast.accounts["bruno"]
    with pytest.raises(SameColleague):
        access.hand_over_caseload(actor=cast.jalil, leaving_id=bruno, taking_id=bruno)
    chosen = {"leaving": str(bruno), "taking": str(bruno)}
    assert cast.client("jalil").post(reverse("staff:hand_over"), chosen).status_code == 422
