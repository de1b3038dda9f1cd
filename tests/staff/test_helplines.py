"""A number is shown to strangers with a source and a call that is young enough, and no longer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amparo.kernel import clock
from amparo.kernel.errors import Changed, NotFound, Refused
from amparo.staff import commands, queries
from amparo.staff.errors import CheckedInFuture, OfficeUnknown, SourceMissing
from amparo.staff.queries import settings as held
from amparo.staff.rules import HELPLINE_DAYS, Helpline
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ON = date(2026, 5, 1)


def line(code: str = "night", *, days_ago: int = 0, **more: object) -> Helpline:
    called = clock.today() - timedelta(days=days_ago)
    given = {"name": "Example Line", "number": "000 EXAMPLE", "note": "free", "source": "Its page", "checked_by": ""}
    return Helpline(code=code, checked_on=called, **(given | more))  # type: ignore[arg-type]


def save(cast: Cast, one: Helpline, *, is_new: bool = True) -> None:
    commands.save_helpline(actor=cast.jalil, expected=held.stored("helplines")[0], line=one, is_new=is_new)


@pytest.mark.parametrize(("age", "shown"), [(0, True), (1, True), (HELPLINE_DAYS, True), (HELPLINE_DAYS + 1, False)])
def test_it_is_shown_for_ninety_days_after_the_call(age: int, shown: bool) -> None:
    one = Helpline("x", "Line", "000", "", "Its page", ON - timedelta(days=age), "somebody")
    assert one.is_shown(ON) == shown


@pytest.mark.parametrize("lacking", ["source", "checked_by"])
def test_without_a_source_or_a_caller_it_is_never_shown(lacking: str) -> None:
    given = {"source": "Its page", "checked_by": "somebody"} | {lacking: ""}
    assert not Helpline("x", "Line", "000", "", checked_on=ON, **given).is_shown(ON)


def test_there_is_no_number_that_nobody_entered(cast: Cast) -> None:
    assert queries.helplines_shown() == ()


def test_who_saves_it_answers_for_the_call(cast: Cast) -> None:
    save(cast, line(checked_by="somebody else"))
    assert [one.checked_by for one in queries.helplines_shown()] == [str(cast.accounts["jalil"])]


def test_an_old_call_hides_it_and_a_new_one_shows_it_again(cast: Cast) -> None:
    save(cast, line(days_ago=HELPLINE_DAYS + 1))
    assert queries.helplines_shown() == ()
    assert [one.code for one in queries.helplines_hidden()] == ["night"]
    page = cast.client("jalil").get("/organisation/settings/").content.decode()
    assert "Hidden: call it again" in page
    save(cast, line(), is_new=False)
    assert [one.code for one in queries.helplines_shown()] == ["night"]
    assert queries.helplines_hidden() == ()


def test_one_out_of_use_is_neither_shown_nor_asked_for(cast: Cast) -> None:
    save(cast, line(days_ago=HELPLINE_DAYS + 1, is_active=False))
    assert queries.helplines_shown() == queries.helplines_hidden() == ()


def test_it_is_refused_without_a_source_with_a_call_to_come_or_over_another_change(cast: Cast) -> None:
    with pytest.raises(SourceMissing):
        save(cast, line(source=""))
    with pytest.raises(CheckedInFuture):
        save(cast, line(days_ago=-1))
    with pytest.raises(NotFound):
        save(cast, line("none"), is_new=False)
    save(cast, line())
    with pytest.raises(Changed):
        commands.save_helpline(actor=cast.jalil, expected=0, line=line(), is_new=False)


@pytest.mark.parametrize("who", ["amina", "bruno", "dalia", "iris", "grace"])
def test_only_who_keeps_the_settings_may(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        commands.save_helpline(actor=cast.actor(who), expected=0, line=line(), is_new=True)
    with pytest.raises(Refused):
        commands.set_reports_office(actor=cast.actor(who), expected=0, office_id=cast.office)


def test_a_number_with_letters_can_not_be_dialled() -> None:
    assert line(number="000 EXAMPLE").dial == ""
    assert line(number="+999 555-0101").dial == "+9995550101"


def test_reports_go_to_one_office_until_the_site_is_closed(cast: Cast) -> None:
    assert queries.reports_office() is None
    commands.set_reports_office(actor=cast.jalil, expected=0, office_id=cast.office)
    assert queries.reports_office() == cast.office
    with pytest.raises(OfficeUnknown):
        commands.set_reports_office(actor=cast.jalil, expected=1, office_id=cast.accounts["jalil"])
    commands.set_reports_office(actor=cast.jalil, expected=1, office_id=None)
    assert queries.reports_office() is None


def test_the_pages_take_what_was_typed(cast: Cast) -> None:
    client = cast.client("kofi")
    data = {"code": "night", "name": "Line", "number": "000 EXAMPLE", "source": "Its page", "is_active": "on",
            "checked_on": clock.today().isoformat()}  # fmt: skip
    assert client.post("/organisation/settings/helplines/add/", data).status_code == 302
    assert client.get("/organisation/settings/helplines/night/").status_code == 200
    assert client.post("/organisation/settings/reports/", {"office": str(cast.office)}).status_code == 302
    page = client.get("/organisation/settings/").content.decode()
    assert "000 EXAMPLE" in page
    assert "Read and answered by" in page


def test_a_helpline_is_due_for_those_who_can_change_it_from_a_fortnight_before_it_vanishes(cast: Cast) -> None:
    for code, age in (("young", HELPLINE_DAYS - 15), ("nearly", HELPLINE_DAYS - 14), ("old", HELPLINE_DAYS + 1)):
        save(cast, line(code, days_ago=age))
    save(cast, line("unused", days_ago=HELPLINE_DAYS + 1, is_active=False))
    today = clock.today()
    for actor in (cast.jalil, cast.kofi, cast.hugo):
        found = queries.due_for(actor, today)
        assert [(due.url.split("/")[-2], due.urgency) for due in found] == [("nearly", "soon"), ("old", "late")]
        assert [due.due_on for due in found] == [today + timedelta(days=14), today - timedelta(days=1)]
    for name in ("amina", "bruno", "dalia", "lina", "pedro", "iris", "grace"):
        assert queries.due_for(cast.actor(name), today) == []


def test_helplines_cost_today_one_question_and_those_who_change_no_settings_none(cast: Cast) -> None:
    for number in range(3):
        save(cast, line(f"line{number}", days_ago=HELPLINE_DAYS))
    for actor, questions in ((cast.jalil, 1), (cast.dalia, 0)):
        with CaptureQueriesContext(connection) as asked:
            queries.due_for(actor, clock.today())
        assert len(asked) == questions
