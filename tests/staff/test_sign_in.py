from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from amparo.access import commands as access
from amparo.access import queries as access_queries
from amparo.access.actors import SYSTEM_ACTOR
from amparo.access.errors import LastKeeper, RoleEnded
from amparo.access.models import Account, RoleHeld, SignIn
from amparo.kernel import clock
from amparo.kernel.words import Role
from amparo.ledger import writing
from amparo.ledger.models import Entry
from amparo.ledger.verbs import Verb
from amparo.staff.models import UsedCode
from amparo.staff.sessions import at_rest
from tests.cast import PASSWORD, Cast, dismiss_everybody

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"


def send(browser: Client, login: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    return browser.post(SIGN_IN, {"login": login, "password": password} | more)


def is_in(browser: Client) -> bool:
    return browser.get(reverse("staff:own")).status_code == 200


def said(answer: HttpResponse) -> str:
    """The page without what differs every time: the form's secret, and what was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    text = re.sub(r"hx-headers=\'[^\']*\'", "", text)
    return re.sub(r'name="login" value="[^"]*"', "", text)


# ---- in and out -------------------------------------------------------------------------------------------------


def test_the_right_name_and_password_sign_in(cast: Cast) -> None:
    browser = Client()
    answer = send(browser, "bruno")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_in(browser)
    assert Entry.objects.filter(verb="signed_in", actor_id=cast.accounts["bruno"]).count() == 1


@pytest.mark.parametrize("typed", ["BRUNO", " bruno", "Brunó"])
def test_capitals_spaces_and_accents_of_a_sign_in_name_do_not_matter(cast: Cast, typed: str) -> None:
    browser = Client()
    send(browser, typed)
    assert is_in(browser)


def test_a_wrong_password_an_unknown_name_and_a_closed_account_answer_alike(cast: Cast) -> None:
    access.disable(actor=cast.hugo, account_id=cast.accounts["femi"])
    answers = [
        send(Client(), "bruno", "a wrong pass phrase"),
        send(Client(), "nobody-of-that-name"),
        send(Client(), "femi"),
        send(Client(), "femi", "a wrong pass phrase"),
    ]
    assert {answer.status_code for answer in answers} == {422}
    assert len({said(answer) for answer in answers}) == 1
    assert "The sign-in name or the password is not right." in said(answers[0])


def test_an_unknown_name_costs_one_hash_as_a_known_one_does(cast: Cast, settings: SettingsWrapper) -> None:
    settings.PASSWORD_HASHERS = ["tests.staff.hashing.CountingHasher"]
    from tests.staff.hashing import CountingHasher

    counts = []
    for name in ("bruno", "nobody-of-that-name"):
        CountingHasher.count = 0
        send(Client(), name, "a wrong pass phrase")
        counts.append(CountingHasher.count)
    assert counts == [1, 1]


def test_the_session_gets_a_new_number_at_sign_in(cast: Cast) -> None:
    browser = Client()
    browser.get(SIGN_IN)
    session = browser.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    browser.cookies["__Host-amparo"] = before
    send(browser, "bruno")
    assert browser.session.session_key != before
    assert not Session.objects.filter(pk=at_rest(before)).exists()


def test_nothing_that_rests_in_the_database_is_the_number_of_a_session(cast: Cast) -> None:
    browser = Client()
    send(browser, "bruno")
    number = browser.session.session_key
    assert number not in everything_stored()
    stored = Session.objects.latest("expire_date").pk
    thief = Client()
    thief.cookies["__Host-amparo"] = stored
    assert not is_in(thief)
    assert is_in(browser)


def test_what_one_session_holds_opens_in_no_other(cast: Cast) -> None:
    keeper, other = Client(), Client()
    send(keeper, "hugo")
    send(other, "bruno")
    source = Session.objects.get(pk=at_rest(keeper.session.session_key))
    Session.objects.filter(pk=at_rest(other.session.session_key)).update(session_data=source.session_data)
    assert not is_in(other)
    assert is_in(keeper)


def test_signing_out_ends_the_sign_in_and_its_session(cast: Cast) -> None:
    browser = Client()
    send(browser, "bruno")
    stolen = browser.cookies["__Host-amparo"].value
    answer = browser.post(reverse("staff:sign_out"))
    assert (answer.status_code, answer["Location"]) == (303, SIGN_IN)
    assert SignIn.objects.get(account_id=cast.accounts["bruno"]).ended_at is not None
    thief = Client()
    thief.cookies["__Host-amparo"] = stolen
    assert not is_in(thief)
    assert Entry.objects.latest("index").verb == "signed_out"


def test_signing_out_by_a_mere_link_is_not_possible(cast: Cast) -> None:
    browser = cast.client("bruno")
    assert browser.get(reverse("staff:sign_out")).status_code == 405
    assert is_in(browser)


def test_where_one_wanted_to_go_is_where_one_arrives_but_never_elsewhere(cast: Cast) -> None:
    assert send(Client(), "bruno", next="/own/")["Location"] == "/own/"
    assert send(Client(), "bruno", next="https://elsewhere.example/")["Location"] == "/"
    assert send(Client(), "bruno", next="//elsewhere.example/")["Location"] == "/"


@pytest.mark.parametrize(
    "address", ["/sign-up/", "/signup/", "/password/reset/", "/sign-in/email/", "/accounts/login/", "/admin/"]
)
def test_there_is_no_way_to_sign_up_or_to_reset_a_password_by_oneself(cast: Cast, address: str) -> None:
    assert cast.client("bruno").get(address).status_code == 404


# ---- endings ----------------------------------------------------------------------------------------------------


def test_nobody_stays_in_after_being_disabled_in_the_middle_of_a_session(cast: Cast) -> None:
    browser = cast.client("bruno")
    assert is_in(browser)
    access.disable(actor=cast.hugo, account_id=cast.accounts["bruno"])
    assert not is_in(browser)
    assert send(browser, "bruno").status_code == 422


def test_a_role_that_was_taken_away_is_gone_at_the_next_request(cast: Cast) -> None:
    browser = cast.client("jalil")
    assert browser.get(reverse("staff:ledger")).status_code == 200
    held = access_queries.account(cast.hugo, cast.accounts["jalil"]).roles[0]
    access.end_role(actor=cast.hugo, role_id=held.id)
    assert browser.get(reverse("staff:ledger")).status_code == 403


def test_an_idle_sign_in_ends(cast: Cast, settings: SettingsWrapper) -> None:
    browser = cast.client("bruno")
    SignIn.objects.update(seen_at=clock.now() - settings.IDLE_LIMIT - timedelta(seconds=1))
    assert not is_in(browser)


def test_a_sign_in_ends_after_a_days_work_however_busy(cast: Cast, settings: SettingsWrapper) -> None:
    browser = cast.client("bruno")
    SignIn.objects.update(started_at=clock.now() - settings.SIGN_IN_LIMIT - timedelta(seconds=1))
    assert not is_in(browser)


def test_a_sign_in_that_was_ended_elsewhere_is_refused(cast: Cast) -> None:
    here, there = cast.client("bruno"), cast.client("bruno")
    other = SignIn.objects.filter(account_id=cast.accounts["bruno"]).latest("started_at")
    assert "End this one" in here.get(reverse("staff:own")).content.decode()
    here.post(reverse("staff:end_own_sign_in", args=[other.id]))
    assert is_in(here)
    assert not is_in(there)


def test_nobody_ends_somebody_elses_sign_in_from_the_own_page(cast: Cast) -> None:
    cast.client("bruno")
    row = SignIn.objects.get(account_id=cast.accounts["bruno"])
    answer = cast.client("dalia").post(reverse("staff:end_own_sign_in", args=[row.id]))
    assert answer.status_code == 404
    row.refresh_from_db()
    assert row.ended_at is None


def test_a_system_keeper_ends_all_sign_ins_of_a_colleague(cast: Cast) -> None:
    browser = cast.client("bruno")
    cast.client("hugo").post(reverse("staff:end_sign_ins", args=[cast.accounts["bruno"]]))
    assert not is_in(browser)


def test_a_new_password_ends_the_other_sign_ins_and_keeps_this_one(cast: Cast) -> None:
    here, there = Client(), Client()
    send(here, "bruno")
    send(there, "bruno")
    new = "quite another pass phrase"
    typed = {"present": PASSWORD, "password": new, "again": new}
    assert here.post(reverse("staff:change_password"), typed).status_code == 302
    assert is_in(here)
    assert not is_in(there)
    assert send(Client(), "bruno").status_code == 422
    assert send(Client(), "bruno", new).status_code == 302


@pytest.mark.parametrize(
    ("present", "password", "again", "at"),
    [
        ("not the present one", "quite another pass phrase", "quite another pass phrase", "present"),
        (PASSWORD, "fourteen chars", "fourteen chars", "password"),
        (PASSWORD, "quite another pass phrase", "quite another pass phrase.", "again"),
    ],
)
def test_a_password_that_can_not_be_taken_is_said_at_its_field(
    cast: Cast, present: str, password: str, again: str, at: str
) -> None:
    typed = {"present": present, "password": password, "again": again}
    answer = cast.client("bruno").post(reverse("staff:change_password"), typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'id="id_{at}_error"' in page
    assert password not in page


# ---- attempts ---------------------------------------------------------------------------------------------------


def test_a_strangers_failures_slow_only_the_stranger(cast: Cast) -> None:
    stranger = Client(REMOTE_ADDR="203.0.113.7")
    last = [send(stranger, "bruno", "a wrong pass phrase") for _time in range(6)][-1]
    assert "too many attempts" in said(last)
    assert "too many attempts" in said(send(stranger, "bruno"))
    browser = Client(REMOTE_ADDR="198.51.100.4")
    assert send(browser, "bruno").status_code == 302


def test_failures_against_one_name_do_not_hinder_another_from_the_same_place(cast: Cast) -> None:
    for _time in range(6):
        send(Client(), "bruno", "a wrong pass phrase")
    assert send(Client(), "dalia").status_code == 302


def test_fifty_failures_from_one_place_end_in_a_pause_there(cast: Cast) -> None:
    stranger = Client(REMOTE_ADDR="203.0.113.7")
    answers = [send(stranger, f"name{number}", "a wrong pass phrase") for number in range(35)]
    assert "too many attempts" in said(answers[-1])
    assert send(Client(REMOTE_ADDR="198.51.100.4"), "bruno").status_code == 302


# ---- the database says nothing ----------------------------------------------------------------------------------


def everything_stored() -> str:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [
                bytes(cell).decode("latin-1") if isinstance(cell, bytes | memoryview) else str(cell)
                for row in cursor.fetchall()
                for cell in row
            ]
    return "\n".join(found)


def test_sign_in_names_and_names_are_not_in_the_database_in_clear(cast: Cast) -> None:
    access.invite(
        actor=SYSTEM_ACTOR,
        office_id=cast.office,
        name="Quirin Sample",
        login_name="quirinsample",
        contact="+999 123 4567",
        role=Role.LAWYER,
        secret="six words of an invitation here",
    )
    access.activate(actor=SYSTEM_ACTOR, secret="six words of an invitation here", password=PASSWORD)
    send(Client(), "quirinsample")
    stored = everything_stored().casefold()
    for canary in ("quirin", "123 4567", "six words of", PASSWORD):
        assert canary not in stored


# ---- second step ------------------------------------------------------------------------------------------------


STEP_SECONDS = 30
TIME_TO_TYPE = 3


def code_at(secret: str, steps: int = 0) -> str:
    left = STEP_SECONDS - time.time() % STEP_SECONDS
    if left < TIME_TO_TYPE:
        time.sleep(left)  # Nobody types a code that is about to change.
    return format_hotp_value(hotp_value(secret, int(time.time()) // STEP_SECONDS + steps))


def set_up(browser: Client) -> str:
    """Set up a second step, as the person at the screen does. Returns the secret that the app holds."""
    page = browser.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    secret: str = page.context["form"].secret
    answer = browser.post(reverse("mfa_activate_totp"), {"code": code_at(secret, -1)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def test_without_a_second_step_one_gets_no_further_than_to_set_it_up(cast: Cast, settings: SettingsWrapper) -> None:
    settings.SECOND_STEP_REQUIRED = True
    browser = Client()
    send(browser, "bruno")
    assert browser.get(reverse("staff:own"))["Location"] == reverse("mfa_activate_totp")
    set_up(browser)
    assert is_in(browser)


def test_a_password_alone_does_not_sign_in_once_there_is_a_second_step(cast: Cast) -> None:
    first = Client()
    send(first, "bruno")
    secret = set_up(first)
    browser = Client()
    assert send(browser, "bruno")["Location"] == reverse("mfa_authenticate")
    assert not is_in(browser)
    assert browser.get(reverse("mfa_authenticate")).status_code == 200
    browser.post(reverse("mfa_authenticate"), {"code": code_at(secret)})
    assert is_in(browser)
    last = Entry.objects.filter(verb="signed_in").latest("index")
    assert '"method":"second_step"' in last.body


def test_a_code_works_once(cast: Cast) -> None:
    first = Client()
    send(first, "bruno")
    secret = set_up(first)
    code = code_at(secret)
    browsers = [Client(), Client()]
    for browser in browsers:
        send(browser, "bruno")
        browser.post(reverse("mfa_authenticate"), {"code": code})
    assert [is_in(browser) for browser in browsers] == [True, False]


def test_a_code_is_used_up_even_where_no_process_remembers_it(cast: Cast) -> None:
    from django.core.cache import cache

    first = Client()
    send(first, "bruno")
    secret = set_up(first)
    code = code_at(secret)
    one, two = Client(), Client()
    send(one, "bruno")
    one.post(reverse("mfa_authenticate"), {"code": code})
    cache.clear()
    send(two, "bruno")
    two.post(reverse("mfa_authenticate"), {"code": f"{code[:3]} {code[3:]}"})
    assert not is_in(two)


def test_the_code_that_set_the_second_step_up_does_not_sign_in(cast: Cast) -> None:
    first = Client()
    send(first, "bruno")
    secret = set_up(first)
    browser = Client()
    send(browser, "bruno")
    browser.post(reverse("mfa_authenticate"), {"code": code_at(secret, -1)})
    assert not is_in(browser)


@pytest.mark.parametrize(("steps", "is_taken"), [(-3, False), (-1, True), (1, True), (3, False)])
def test_a_clock_may_be_half_a_minute_off_and_no_more(cast: Cast, steps: int, is_taken: bool) -> None:
    first = Client()
    send(first, "bruno")
    secret = set_up(first)
    UsedCode.objects.all().delete()
    browser = Client()
    send(browser, "bruno")
    browser.post(reverse("mfa_authenticate"), {"code": code_at(secret, steps)})
    assert is_in(browser) is is_taken


def test_recovery_codes_are_shown_once_and_work_once(cast: Cast) -> None:
    first = Client()
    send(first, "bruno")
    set_up(first)
    page = first.get(reverse("mfa_view_recovery_codes"))
    codes = page.context["unused_codes"]
    assert len(codes) == 10
    assert codes[0] in page.content.decode()
    assert codes[0] not in first.get(reverse("mfa_view_recovery_codes")).content.decode()
    browsers = [Client(), Client()]
    for browser in browsers:
        send(browser, "bruno")
        browser.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert [is_in(browser) for browser in browsers] == [True, False]


def test_secrets_of_second_steps_rest_sealed_from_the_first_page_on(cast: Cast) -> None:
    browser = Client()
    send(browser, "bruno")
    secret = browser.get(reverse("mfa_activate_totp")).context["form"].secret
    waiting = Session.objects.get(pk=at_rest(browser.session.session_key))
    assert secret not in waiting.session_data
    assert browser.session["mfa.totp.secret"] == secret
    browser.post(reverse("mfa_activate_totp"), {"code": code_at(secret)})
    codes = browser.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    held = Authenticator.objects.filter(user_id=cast.accounts["bruno"])
    assert held.count() == 2
    stored = everything_stored()
    assert secret not in stored
    assert not any(code in stored for code in codes)


@pytest.mark.parametrize("kind", ["totp", "recovery_codes"])
def test_a_second_step_copied_to_another_account_opens_nothing(cast: Cast, kind: str) -> None:
    thief, victim = Client(raise_request_exception=False), Client(raise_request_exception=False)
    send(thief, "bruno")
    secret = set_up(thief)
    codes = thief.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    send(victim, "femi")
    set_up(victim)
    own = Authenticator.objects.get(user_id=cast.accounts["bruno"], type=kind)
    Authenticator.objects.filter(user_id=cast.accounts["femi"], type=kind).update(data=own.data)
    browser = Client(raise_request_exception=False)
    send(browser, "femi")
    code = code_at(secret) if kind == "totp" else codes[0]
    answer = browser.post(reverse("mfa_authenticate"), {"code": code})
    assert "was altered in storage" in answer.content.decode()
    assert not is_in(browser)


def test_the_ledger_keeps_that_a_second_step_was_set_up(cast: Cast, django_capture_on_commit_callbacks: object) -> None:
    browser = Client()
    send(browser, "bruno")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        set_up(browser)
    last = Entry.objects.latest("index")
    assert last.verb == "account.second_step_changed"
    assert last.subject_id == cast.accounts["bruno"]


def test_changing_the_second_step_later_asks_for_the_password_again(cast: Cast) -> None:
    browser = Client()
    send(browser, "bruno")
    set_up(browser)
    SignIn.objects.update(started_at=clock.now() - timedelta(minutes=11))
    answer = browser.get(reverse("mfa_deactivate_totp"))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/again/")
    asked = browser.get(answer["Location"])
    assert asked.status_code == 200


def test_where_everybody_needs_a_second_step_nobody_removes_it(cast: Cast, settings: SettingsWrapper) -> None:
    browser = Client()
    send(browser, "bruno")
    set_up(browser)
    settings.SECOND_STEP_REQUIRED = True
    browser.post("/sign-in/again/", {"password": PASSWORD})
    page = browser.post(reverse("mfa_deactivate_totp"))
    assert "be removed" in page.content.decode()
    assert Authenticator.objects.filter(user_id=cast.accounts["bruno"], type="totp").exists()


# ---- the demonstration ------------------------------------------------------------------------------------------


@writing.command
def create_instance(*, actor: object, demo: bool) -> None:
    writing.note(Verb.INSTANCE_CREATED, facts={"demo": demo})


@pytest.fixture
def demo(db: None, settings: SettingsWrapper) -> Cast:
    from tests.cast import hire_everybody

    dismiss_everybody()
    create_instance(actor=SYSTEM_ACTOR, demo=True)
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    return hire_everybody()


HERE = {"SERVER_NAME": "localhost", "REMOTE_ADDR": "127.0.0.1"}
ENTER = "/sign-in/demo/"


def enter(account: UUID, **extra: str) -> tuple[Client, HttpResponse]:
    browser = Client(**(HERE | extra))  # type: ignore[arg-type]
    return browser, browser.post(ENTER, {"account": str(account)})


def test_in_the_demonstration_one_press_signs_in_as_anybody(demo: Cast) -> None:
    browser, answer = enter(demo.accounts["bruno"])
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_in(browser)
    assert '"method":"demo"' in Entry.objects.filter(verb="signed_in").latest("index").body


def test_one_press_leads_to_where_one_wanted_to_go_but_never_elsewhere(demo: Cast) -> None:
    for wanted, led_to in (("/own/", "/own/"), ("https://elsewhere.example/", "/")):
        browser = Client(**HERE)  # type: ignore[arg-type]
        answer = browser.post(ENTER, {"account": str(demo.accounts["bruno"]), "next": wanted})
        assert answer["Location"] == led_to


def test_in_the_demonstration_the_sign_in_page_names_the_whole_cast(demo: Cast) -> None:
    page = Client(**HERE).get(SIGN_IN).content.decode()  # type: ignore[arg-type]
    for name in ("Bruno Muster", "سلمى مثال", "Hugo Muster"):
        assert name in page
    assert "Follows leads and gathers evidence." in page
    assert page.count(f'action="{ENTER}"') == len(demo.accounts)


def test_signing_in_by_one_press_never_works_by_get(demo: Cast) -> None:
    assert Client(**HERE).get(ENTER, {"account": str(demo.accounts["bruno"])}).status_code == 404  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "extra",
    [
        {"REMOTE_ADDR": "192.0.2.9"},
        {"REMOTE_ADDR": "nonsense"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
    ],
)
def test_signing_in_by_one_press_works_at_this_machine_only(demo: Cast, extra: dict[str, str]) -> None:
    browser, answer = enter(demo.accounts["bruno"], **extra)
    assert answer.status_code == 404
    assert not is_in(browser)
    assert "Bruno" not in browser.get(SIGN_IN).content.decode()


def test_signing_in_by_one_press_is_missing_where_the_ledger_does_not_begin_with_it(
    cast: Cast, settings: SettingsWrapper
) -> None:
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["localhost"]
    dismiss_everybody()
    create_instance(actor=SYSTEM_ACTOR, demo=True)
    browser, answer = enter(cast.accounts["bruno"])
    assert answer.status_code == 404
    assert "Bruno" not in browser.get(SIGN_IN).content.decode()


def test_signing_in_by_one_press_is_missing_in_an_instance_that_is_no_demonstration(
    db: None, settings: SettingsWrapper
) -> None:
    from tests.cast import hire_everybody

    dismiss_everybody()
    create_instance(actor=SYSTEM_ACTOR, demo=False)
    people = hire_everybody()
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["localhost"]
    assert enter(people.accounts["bruno"])[1].status_code == 404


def test_signing_in_by_one_press_is_missing_without_the_setting(demo: Cast, settings: SettingsWrapper) -> None:
    settings.DEMO = False
    assert enter(demo.accounts["bruno"])[1].status_code == 404


def test_signing_in_by_one_press_is_missing_where_others_are_served(demo: Cast, settings: SettingsWrapper) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "amparo.example"]
    assert enter(demo.accounts["bruno"])[1].status_code == 404


def test_another_sites_form_can_not_sign_anybody_in(demo: Cast) -> None:
    browser = Client(enforce_csrf_checks=True, **HERE)  # type: ignore[arg-type]
    assert browser.post(ENTER, {"account": str(demo.accounts["bruno"])}).status_code == 403
    assert not is_in(browser)


def test_a_closed_account_can_not_be_chosen(demo: Cast) -> None:
    access.disable(actor=demo.hugo, account_id=demo.accounts["bruno"])
    assert enter(demo.accounts["bruno"])[1].status_code == 404


# ---- keepers ----------------------------------------------------------------------------------------------------


def test_the_last_system_keeper_can_not_be_disabled(cast: Cast) -> None:
    second = access.invite(
        actor=SYSTEM_ACTOR, office_id=cast.office, name="Sam Sample", login_name="sam", role=Role.SYSTEM, secret="x"
    )
    access.activate(actor=SYSTEM_ACTOR, secret="x", password=PASSWORD)
    cast.accounts["sam"] = second
    access.disable(actor=cast.sam, account_id=cast.accounts["hugo"])
    role = access_queries.account(cast.sam, second).roles[0]
    with pytest.raises(LastKeeper):
        access.end_role(actor=cast.sam, role_id=role.id)
    assert Account.objects.get(pk=second).is_active


def test_a_role_that_has_ended_is_not_ended_again(cast: Cast) -> None:
    held = access_queries.account(cast.hugo, cast.accounts["bruno"]).roles[0]
    access.end_role(actor=cast.hugo, role_id=held.id)
    ended_at = RoleHeld.objects.get(pk=held.id).ends_at
    with pytest.raises(RoleEnded):
        access.end_role(actor=cast.hugo, role_id=held.id)
    assert RoleHeld.objects.get(pk=held.id).ends_at == ended_at
