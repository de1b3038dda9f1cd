"""Orders of a court or an authority: in force, varied, lifted, ended, breached; and who is reminded of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from amparo.cases.models import Case
from amparo.investigations.words import Agency
from amparo.journeys import closing
from amparo.kernel import clock, ids
from amparo.kernel.errors import NotFound, Refused
from amparo.prosecution import commands, queries, rules
from amparo.prosecution.commands import Terms
from amparo.prosecution.errors import (
    NotAccusedHere,
    NotASurvivorHere,
    OrderDaysCrossed,
    OrderMoveRefused,
    OrderStillRuns,
    OutsideOrder,
)
from amparo.prosecution.models import Breach, Order
from amparo.prosecution.queries.file import MOST
from amparo.prosecution.words import Mistake, OrderEvent, OrderKind, OrderState, Standing
from amparo.staff import commands as staff
from amparo.staff import queries as settings
from amparo.staff.queries.settings import numbers, stored
from amparo.staff.words import Key, Number
from tests.cast import Cast
from tests.prosecution.court import Court, in_court

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = NOW.date()
CONDITIONS = "Not within 200 metres of the school"


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.set_to(NOW):
        yield


@pytest.fixture
def court(cast: Cast) -> Court:
    return in_court(cast)


def ordered(
    court: Court, until: date | None = None, *, since: date = TODAY - timedelta(days=30), **given: Any
) -> Order:
    terms = Terms(Agency.COURT, since, until, issued_by="Example District Court", conditions=CONDITIONS)
    wanted: dict[str, Any] = {"kind": OrderKind.PROTECTION, "person_id": court.case.survivor, "terms": terms, **given}
    key = commands.issue_order(
        actor=court.cast.chandra, proceeding_id=court.proceeding, accused_id=court.case.suspect, **wanted
    )
    return Order.objects.get(pk=key)


def state(order: Order) -> str:
    return Order.objects.get(pk=order.id).state


# ---- rules -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "since", "until", "breached", "stands"),
    [
        (OrderState.IN_FORCE, -5, None, False, Standing.IN_FORCE),
        (OrderState.IN_FORCE, 0, 0, False, Standing.IN_FORCE),
        (OrderState.IN_FORCE, 3, None, False, Standing.AHEAD),
        (OrderState.IN_FORCE, -5, 5, True, Standing.BREACHED),
        (OrderState.IN_FORCE, -5, -1, True, Standing.ENDED),
        (OrderState.EXPIRED, -5, -1, True, Standing.EXPIRED),
        (OrderState.MISTAKEN, -5, None, True, Standing.MISTAKEN),
    ],
)
def test_how_an_order_stands_follows_from_its_state_its_days_and_its_breaches(
    state: OrderState, since: int, until: int | None, breached: bool, stands: Standing
) -> None:
    last = None if until is None else TODAY + timedelta(days=until)
    assert rules.standing(state, TODAY + timedelta(days=since), last, breached, TODAY) is stands


@pytest.mark.parametrize("state", [one for one in OrderState if one is not OrderState.IN_FORCE])
@pytest.mark.parametrize("event", [OrderEvent.VARY, OrderEvent.LIFT, OrderEvent.EXPIRE])
def test_what_is_over_does_not_end_twice(state: OrderState, event: OrderEvent) -> None:
    with pytest.raises(OrderMoveRefused):
        rules.next_order_state(state, event)


# ---- commands --------------------------------------------------------------------------------------------------


def test_an_order_is_about_an_accused_and_for_a_survivor_of_the_case(court: Court) -> None:
    with pytest.raises(NotASurvivorHere):
        ordered(court, person_id=court.case.suspect)
    with pytest.raises(NotAccusedHere):
        commands.issue_order(
            actor=court.cast.chandra,
            proceeding_id=court.proceeding,
            kind=OrderKind.BAIL,
            accused_id=court.case.survivor,
            person_id=None,
            terms=Terms(Agency.COURT, TODAY),
        )
    with pytest.raises(OrderDaysCrossed):
        ordered(court, TODAY - timedelta(days=31))


def test_her_words_in_an_order_go_with_her(court: Court) -> None:
    hers, of_the_case = ordered(court), ordered(court, kind=OrderKind.BAIL, person_id=None)
    assert (hers.key_owner, of_the_case.key_owner) == (court.case.survivor, court.case.id)


def test_an_order_with_other_terms_takes_the_place_of_the_one_before(court: Court) -> None:
    old = ordered(court, TODAY)
    longer = Terms(Agency.COURT, TODAY, TODAY + timedelta(days=365), conditions="As before")
    key = commands.vary_order(actor=court.cast.chandra, order_id=old.id, terms=longer)
    new = Order.objects.get(pk=key)
    old.refresh_from_db()
    assert (old.state, old.ended_on) == (OrderState.VARIED, TODAY)
    assert (new.follows_id, new.person_id, new.kind) == (old.id, old.person_id, old.kind)
    commands.take_back_order(actor=court.cast.chandra, order_id=new.id, reason=Mistake.TWICE)
    assert (state(new), state(old)) == (OrderState.MISTAKEN, OrderState.IN_FORCE)


def test_an_order_that_was_varied_stands_until_the_first_day_of_the_one_that_takes_its_place(court: Court) -> None:
    old, first = ordered(court), TODAY + timedelta(days=9)
    longer = Terms(Agency.COURT, first, None, conditions="As before")
    new = commands.vary_order(actor=court.cast.chandra, order_id=old.id, terms=longer)
    page = reverse("desk:case", args=[court.case.id])
    assert reverse("prosecution:order", args=[old.id]) in court.cast.client("chandra").get(page).content.decode()
    assert [str(tag.label) for tag in queries.order(court.cast.chandra, old.id).tags] == ["In force"]
    commands.record_breach(actor=court.cast.dalia, order_id=old.id, on=TODAY)
    assert len(queries.order_notices(court.cast.chandra, court.case.id)) == 1
    with clock.set_to(datetime.combine(first, NOW.timetz())):
        assert [str(tag.label) for tag in queries.order(court.cast.chandra, old.id).tags] == ["Varied"]
        assert [str(tag.label) for tag in queries.order(court.cast.chandra, new).tags] == ["In force"]


def test_an_order_expires_only_after_its_last_day(court: Court) -> None:
    runs, ended = ordered(court, TODAY), ordered(court, TODAY - timedelta(days=1))
    with pytest.raises(OrderStillRuns):
        commands.expire_order(actor=court.cast.dalia, order_id=runs.id)
    commands.expire_order(actor=court.cast.dalia, order_id=ended.id)
    assert state(ended) == OrderState.EXPIRED
    commands.bring_order_back(actor=court.cast.chandra, order_id=ended.id, reason=Mistake.MISTOLD)
    assert state(ended) == OrderState.IN_FORCE


def test_a_breach_lies_in_the_time_of_the_order_and_leaves_it_in_force(court: Court) -> None:
    order = ordered(court)
    with pytest.raises(OutsideOrder):
        commands.record_breach(actor=court.cast.dalia, order_id=order.id, on=TODAY - timedelta(days=31))
    commands.record_breach(actor=court.cast.dalia, order_id=order.id, on=TODAY, what="He stood at the gate")
    assert state(order) == OrderState.IN_FORCE
    assert "Breached, and in force" in repr(queries.order(court.cast.chandra, order.id).tags)
    commands.take_back_breach(actor=court.cast.dalia, breach_id=Breach.objects.get().id, reason=Mistake.MISTOLD)
    sheet = queries.order(court.cast.chandra, order.id)
    assert [str(tag.label) for tag in sheet.tags] == ["In force"]
    assert "He stood at the gate" in repr(sheet)


def test_a_caseworker_watches_orders_and_changes_none(court: Court) -> None:
    order = ordered(court)
    for actor in (court.cast.dalia, court.cast.mateo, court.cast.iris):
        with pytest.raises((NotFound, Refused)):
            commands.lift_order(actor=actor, order_id=order.id, on=TODAY)
    with pytest.raises((NotFound, Refused)):
        commands.record_breach(actor=court.cast.mateo, order_id=order.id, on=TODAY)


# ---- what people see -------------------------------------------------------------------------------------------


def said(court: Court, who: str, until: date = TODAY) -> list[tuple[str, str]]:
    due = queries.due_for(getattr(court.cast, who), until)
    return [(str(one.title), one.urgency) for one in due if "order" in str(one.title)]


def test_today_says_before_an_order_ends_and_when_it_has_ended(court: Court) -> None:
    ordered(court, TODAY - timedelta(days=1))
    ordered(court, TODAY + timedelta(days=14), kind=OrderKind.BAIL)
    ordered(court, TODAY + timedelta(days=15), kind=OrderKind.NO_CONTACT)
    ends = [("An order has ended: Protection order", "late"), ("An order ends: Bail", "soon")]
    assert said(court, "dalia") == said(court, "chandra") == ends
    assert said(court, "mateo") == said(court, "iris") == []
    fresh = numbers() | {Number.ORDER_ENDING_DAYS: 15}
    staff.set_numbers(actor=court.cast.kofi, expected=stored(Key.NUMBERS)[0], numbers=fresh)
    assert settings.order_ending_days() == 15
    assert len(said(court, "dalia")) == 3


def test_an_order_of_the_fourth_proceeding_is_on_the_page_of_the_case(court: Court) -> None:
    for _one in range(3):
        court = in_court(court.cast, court.case)
    order = ordered(court)
    page = court.cast.client("chandra").get(reverse("desk:case", args=[court.case.id])).content.decode()
    assert reverse("prosecution:order", args=[order.id]) in page


def test_orders_of_closed_cases_crowd_no_other_out_of_today(court: Court) -> None:
    closed = in_court(court.cast)
    older = ordered(closed, TODAY - timedelta(days=9), kind=OrderKind.BAIL)
    ordered(court, TODAY - timedelta(days=1))
    row = Order.objects.filter(pk=older.id).values().get()
    Order.objects.bulk_create(Order(**row | {"id": ids.new_id()}) for _one in range(MOST))
    Case.objects.filter(pk=closed.case.id).update(state="closed")
    assert said(court, "chandra") == [("An order has ended: Protection order", "late")]


def test_what_is_over_or_mistaken_is_on_no_list(court: Court) -> None:
    ended, lifted, wrong = (ordered(court, TODAY - timedelta(days=1)) for _ in range(3))
    commands.expire_order(actor=court.cast.chandra, order_id=ended.id)
    commands.lift_order(actor=court.cast.chandra, order_id=lifted.id, on=TODAY - timedelta(days=2))
    commands.take_back_order(actor=court.cast.chandra, order_id=wrong.id, reason=Mistake.ELSEWHERE)
    assert said(court, "chandra") == []
    assert queries.order_notices(court.cast.chandra, court.case.id) == ()
    assert "orders" not in [one.id for one in queries.sections_of_case(court.cast.chandra, court.case.id)]
    assert len([m for m in queries.marks_of_case(court.cast.chandra, court.case.id) if m.label == "order"]) == 2


def test_who_sees_dates_only_sees_that_there_is_an_order_and_not_its_conditions(court: Court) -> None:
    order = ordered(court, TODAY + timedelta(days=5))
    whole, dates = (queries.order(getattr(court.cast, who), order.id) for who in ("chandra", "dalia"))
    assert CONDITIONS in repr(whole)
    assert "Example District Court" in repr(whole)
    for page in (dates, queries.proceeding(court.cast.dalia, court.proceeding)):
        assert CONDITIONS not in repr(page)
        assert "Example District Court" not in repr(page)
        assert "Protection order" in repr(page)


def test_a_case_is_not_closed_while_nobody_looked_at_an_order_that_ended(court: Court) -> None:
    order = ordered(court, TODAY - timedelta(days=1))
    head = queries.order_for(court.cast.chandra, queries.CHANGE, order.id).head
    assert not next(one for one in closing.checklist(head).checks if one.code == "orders_looked_at").met
    commands.expire_order(actor=court.cast.chandra, order_id=order.id)
    assert next(one for one in closing.checklist(head).checks if one.code == "orders_looked_at").met


def test_a_breach_leads_on_to_writing_down_a_threat_and_stands_on_the_page_of_the_case(court: Court) -> None:
    chandra, dalia = court.cast.client("chandra"), court.cast.client("dalia")

    def send(client: Any, name: str, key: UUID, **typed: object) -> str:
        url = reverse(f"prosecution:{name}", args=[key])
        assert client.get(url).status_code == 200
        answer = client.post(url, {"form_id": str(ids.new_public_id()), **typed})
        assert answer.status_code == 302, answer.content
        return str(answer.headers["Location"])

    typed = {"kind": "no_contact", "accused_id": court.case.suspect, "person_id": court.case.survivor}
    days = {"authority": "court", "from_on": "2026-11-01", "until_on": "2027-11-01", "conditions": CONDITIONS}
    send(chandra, "issue_order", court.proceeding, **typed, **days)
    order = Order.objects.get()
    threat = send(dalia, "record_breach", order.id, on="2026-11-20", what="A call at night")
    assert threat == reverse("journeys:threat_of_breach", args=[Breach.objects.get().id])
    given = dalia.get(threat).context["form"].initial
    assert (given["person_id"], given["by_person_id"]) == (str(court.case.survivor), str(court.case.suspect))
    assert (given["happened"].isoformat(), given["summary"]) == ("2026-11-20", "A call at night")
    # Neither wrote it nor reads what orders and breaches say.
    assert court.cast.client("bruno").get(threat).context["form"].initial["summary"] == ""
    assert threat in chandra.get(reverse("prosecution:order", args=[order.id])).content.decode()
    answer = dalia.post(threat, {
        "form_id": str(ids.new_public_id()), "person_id": str(court.case.survivor), "kind": "message", "by": "suspect",
        "by_person_id": str(court.case.suspect), "happened_day": "20", "happened_month": "11", "happened_year": "2026",
        "risk": "low", "summary": "A call at night",
    })  # fmt: skip
    assert answer.status_code == 302, answer.context["form"].errors
    page = dalia.get(reverse("desk:case", args=[court.case.id])).content.decode()
    assert "An order was breached." in page
    fresh = send(chandra, "vary_order", order.id, **days | {"from_on": "2026-11-22"})
    assert fresh == reverse("prosecution:order", args=[Order.objects.exclude(pk=order.id).get().id])
    assert "An order was breached." not in dalia.get(reverse("desk:case", args=[court.case.id])).content.decode()
