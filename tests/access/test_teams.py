"""Who is on the team of a case, until when, and who is walled off from it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.access import commands, queries, rules
from amparo.access.actors import SYSTEM_ACTOR
from amparo.access.errors import BarLifted, LastDayRefused
from amparo.access.models import Bar
from amparo.cases import commands as cases
from amparo.cases import queries as case_queries
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Role
from amparo.ledger.models import Entry
from amparo.vault import sealing

if TYPE_CHECKING:
    from tests.cast import CaseAtHand, Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 4)
OUTSIDE = [("femi", Role.POLICE), ("mateo", Role.PROSECUTOR), ("grace", Role.AUDITOR)]


@pytest.fixture
def at_hand(cast: Cast) -> CaseAtHand:
    return cast.case(team=("bruno", "dalia"))


# ---- until when -------------------------------------------------------------------------------------------------


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _add(cast: Cast, at_hand: CaseAtHand, who: str, role: Role, until_on: date | None = None) -> UUID:
    return cases.add_to_team(
        actor=cast.jalil, case_id=at_hand.id, account_id=cast.accounts[who], role=role, until_on=until_on
    )


def _last_day(at_hand: CaseAtHand, cast: Cast, who: str) -> date | None:
    [member] = [one for one in queries.team_of(at_hand.id) if one.account_id == cast.accounts[who]]
    return member.last_day


@pytest.mark.parametrize(("who", "role"), [("chandra", Role.LAWYER), *OUTSIDE])
def test_a_place_on_a_team_ends_with_its_last_day(cast: Cast, at_hand: CaseAtHand, who: str, role: Role) -> None:
    last = TODAY + timedelta(days=10)
    with clock.set_to(_noon(TODAY)):
        _add(cast, at_hand, who, role, last)
        assert _last_day(at_hand, cast, who) == last
    with clock.set_to(datetime.combine(last, time(23, 59, 59), UTC)):
        assert _opens(cast, at_hand, who)
    with clock.set_to(datetime.combine(last + timedelta(days=1), time(), UTC)):
        assert not _opens(cast, at_hand, who)
        assert cast.accounts[who] not in [member.account_id for member in queries.team_of(at_hand.id)]


def test_the_last_day_ends_where_the_office_is(cast: Cast, at_hand: CaseAtHand) -> None:
    with clock.set_to(_noon(TODAY)), clock.days_of(ZoneInfo("Asia/Phnom_Penh")):
        _add(cast, at_hand, "femi", Role.POLICE, TODAY)
        assert _last_day(at_hand, cast, "femi") == TODAY
    with clock.set_to(datetime(2026, 5, 4, 16, 59, tzinfo=UTC)):
        assert _opens(cast, at_hand, "femi")
    with clock.set_to(datetime(2026, 5, 4, 17, tzinfo=UTC)):
        assert not _opens(cast, at_hand, "femi")


@pytest.mark.parametrize("until_on", [TODAY - timedelta(days=1), date(1, 1, 1), date(9999, 12, 31)])
def test_a_last_day_that_has_passed_or_never_comes_is_refused(cast: Cast, at_hand: CaseAtHand, until_on: date) -> None:
    with clock.set_to(_noon(TODAY)), pytest.raises(LastDayRefused) as refused:
        _add(cast, at_hand, "femi", Role.POLICE, until_on)
    assert refused.value.field == "until_on"
    assert not _opens(cast, at_hand, "femi")


@pytest.mark.parametrize(("who", "role"), OUTSIDE)
def test_who_comes_from_outside_has_an_end_also_where_none_was_named(
    cast: Cast, at_hand: CaseAtHand, who: str, role: Role
) -> None:
    with clock.set_to(_noon(TODAY)):
        _add(cast, at_hand, who, role)
        assert _last_day(at_hand, cast, who) == TODAY + timedelta(days=rules.BOX_DAYS)


def test_a_colleague_has_no_end_unless_one_is_named(cast: Cast, at_hand: CaseAtHand) -> None:
    _add(cast, at_hand, "chandra", Role.LAWYER)
    assert _last_day(at_hand, cast, "chandra") is None


def test_the_last_day_moves_by_adding_the_same_person_again(cast: Cast, at_hand: CaseAtHand) -> None:
    with clock.set_to(_noon(TODAY)):
        first = _add(cast, at_hand, "femi", Role.POLICE, TODAY + timedelta(days=5))
        assert _add(cast, at_hand, "femi", Role.POLICE) == first
        assert _add(cast, at_hand, "femi", Role.POLICE, TODAY + timedelta(days=5)) == first
        second = _add(cast, at_hand, "femi", Role.POLICE, TODAY + timedelta(days=9))
        assert _last_day(at_hand, cast, "femi") == TODAY + timedelta(days=9)
    noted = Entry.objects.filter(case_id=at_hand.id, subject_id__in=(first, second)).order_by("index")
    assert [entry.verb for entry in noted] == ["grant.given", "grant.ended", "grant.given"]
    assert json.loads(noted[2].body)["facts"]["until"] == "2026-05-13"


def test_a_place_that_ends_is_handed_on_with_its_end(cast: Cast, at_hand: CaseAtHand) -> None:
    last = clock.today() + timedelta(days=7)
    _add(cast, at_hand, "chandra", Role.LAWYER, last)
    commands.give_role(actor=SYSTEM_ACTOR, account_id=cast.accounts["esther"], role=Role.LAWYER, office_id=cast.office)
    offered = cases.offer_case(actor=cast.chandra, case_id=at_hand.id, to_id=cast.accounts["esther"], role=Role.LAWYER)
    cases.receive_case(actor=cast.esther, handover_id=offered)
    assert _last_day(at_hand, cast, "esther") == last


@given(st.sampled_from(Role), st.none() | st.dates(), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_nobody_from_outside_is_ever_without_an_end(role: Role, asked: date | None, today: date) -> None:
    try:
        last = rules.last_day(role, asked, today)
    except LastDayRefused:
        assert asked is not None
        assert not today <= asked <= today + timedelta(days=3653)
        return
    assert last is not None or role not in rules.TIME_BOXED
    assert last is None or today <= last
    assert asked is None or last == asked


ZONES = ("UTC", "Asia/Phnom_Penh", "Asia/Kolkata", "America/Santiago", "Africa/Cairo", "Pacific/Apia")


@given(st.sampled_from(ZONES), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_day_ends_when_the_next_one_begins(zone: str, day: date) -> None:
    with clock.days_of(ZoneInfo(zone)):
        assert clock.last_day_before(clock.end_of(day)) == day
        assert clock.last_day_before(clock.end_of(day) + timedelta(microseconds=1)) > day


# ---- bars -------------------------------------------------------------------------------------------------------


def _barred(cast: Cast, who: str = "bruno", **what: UUID) -> UUID:
    return commands.set_bar(
        actor=cast.jalil, account_id=cast.accounts[who], office_id=cast.office, reason="The wrong Bruno.", **what
    )


def _opens(cast: Cast, at_hand: CaseAtHand, who: str = "bruno") -> bool:
    try:
        case_queries.case_head(cast.actor(who), at_hand.id)
    except NotFound:
        return False
    return True


@pytest.mark.parametrize("who", ["jalil", "lina"])
def test_a_bar_that_is_lifted_opens_the_case_again_to_its_team(cast: Cast, who: str) -> None:
    at_hand = cast.case()
    bar = _barred(cast, case_id=at_hand.id)
    assert not _opens(cast, at_hand)
    commands.lift_bar(actor=cast.actor(who), bar_id=bar, reason="Set by mistake.")
    assert _opens(cast, at_hand)
    assert queries.bars_of_case(cast.jalil, at_hand.id) == []


def test_the_reason_of_lifting_is_kept_sealed_and_the_ledger_has_no_word_of_it(cast: Cast) -> None:
    at_hand = cast.case()
    bar = _barred(cast, case_id=at_hand.id)
    commands.lift_bar(actor=cast.jalil, bar_id=bar, reason="Set by mistake.")
    assert sealing.open_row(Bar.objects.get(pk=bar), "lift_reason").text("lift_reason") == "Set by mistake."
    noted = Entry.objects.latest("index")
    assert (noted.verb, noted.subject_id, noted.case_id) == ("bar.lifted", bar, at_hand.id)
    assert json.loads(noted.body)["facts"] == {"account": str(cast.accounts["bruno"])}


@pytest.mark.parametrize("who", ["amina", "bruno", "chandra", "dalia", "hugo", "kofi", "grace", "stranger"])
def test_nobody_else_lifts_a_bar(cast: Cast, who: str) -> None:
    bar = _barred(cast, case_id=cast.case().id)
    with pytest.raises(NotFound):
        commands.lift_bar(actor=cast.actor(who), bar_id=bar, reason="I would like to see it.")
    assert Bar.objects.get(pk=bar).lifted_at is None


def test_who_is_barred_does_not_lift_her_own_bar(cast: Cast) -> None:
    at_hand = cast.case()
    for bar in (_barred(cast, "jalil", case_id=at_hand.id), _barred(cast, "lina", person_id=at_hand.suspect)):
        who = "jalil" if Bar.objects.get(pk=bar).case_id else "lina"
        with pytest.raises(NotFound):
            commands.lift_bar(actor=cast.actor(who), bar_id=bar, reason="It is in my way.")


def test_a_bar_is_lifted_once(cast: Cast) -> None:
    bar = _barred(cast, case_id=cast.case().id)
    commands.lift_bar(actor=cast.jalil, bar_id=bar, reason="Set by mistake.")
    entries = Entry.objects.count()
    with pytest.raises(BarLifted):
        commands.lift_bar(actor=cast.lina, bar_id=bar, reason="Once more.")
    assert Entry.objects.count() == entries


def test_a_bar_against_a_person_of_the_case_is_among_its_bars(cast: Cast) -> None:
    at_hand, other = cast.case(), cast.case()
    on_case, on_person = _barred(cast, case_id=at_hand.id), _barred(cast, "chandra", person_id=at_hand.suspect)
    found = queries.bars_of_case(cast.jalil, at_hand.id)
    assert [(bar.id, bar.of_person) for bar in found] == [(on_case, False), (on_person, True)]
    assert queries.bars_of_case(cast.jalil, other.id) == []
    with pytest.raises(NotFound):
        queries.bar_of_case(cast.jalil, other.id, on_person)
