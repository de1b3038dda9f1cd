"""A prepared question answers as the queryset that it was made of; one that looks at its values can not be made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from amparo.cases.models import Case, Party, Task
from amparo.kernel import clock, ids
from amparo.vault.models import DataKey
from amparo.vault.prepared import DAY, ID, IDS, MOMENT, NUMBERS, WORD, Prepared

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db


def _fields(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_it_gives_the_rows_of_its_queryset(cast: Cast) -> None:
    first, second = cast.case(), cast.case()
    prepared = Prepared(
        lambda case, now: Party.objects.filter(case_id=case, created_at__lt=now).order_by("id"), ID, MOMENT
    )
    for at_hand in (first, second):
        found = prepared.rows(at_hand.id, clock.now())
        plain = Party.objects.filter(case_id=at_hand.id).order_by("id")
        assert [_fields(row) for row in found] == [_fields(row) for row in plain]
        assert found
    assert prepared.rows(first.id, Case.objects.get(pk=first.id).opened_at) == []


def test_rows_beside_a_row_come_in_the_same_question(cast: Cast) -> None:
    at_hand = cast.case()
    prepared = Prepared(lambda case: Party.objects.select_related("person").filter(case_id=case).order_by("id"), ID)
    with CaptureQueriesContext(connection) as asked:
        codes = [row.person.code for row in prepared.rows(at_hand.id)]
    assert codes == [row.person.code for row in Party.objects.filter(case_id=at_hand.id).order_by("id")]
    assert len(asked) == 1


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_lists_of_any_length(cast: Cast, count: int) -> None:
    keys = sorted(cast.case().id for _ in range(count))
    cast.case()
    prepared = Prepared(lambda wanted: Case.objects.filter(pk__in=wanted).order_by("id"), IDS)
    assert [row.id for row in prepared.rows(keys)] == keys


def test_an_empty_list_may_leave_nothing_out(cast: Cast) -> None:
    at_hand = cast.case()
    prepared = Prepared(lambda no: Case.objects.exclude(pk__in=no).values_list("id", flat=True), IDS)
    assert prepared.rows([]) == [at_hand.id]
    assert prepared.rows([at_hand.id]) == []


def test_a_very_long_list_is_asked_for_as_it_comes(cast: Cast) -> None:
    at_hand = cast.case()
    keys = [ids.new_id() for _ in range(600)]
    prepared = Prepared(lambda wanted: Case.objects.filter(pk__in=wanted), IDS)
    assert [row.id for row in prepared.rows([*keys, at_hand.id])] == [at_hand.id]


def test_tuples_numbers_days_and_words(cast: Cast) -> None:
    cast.case()
    number, owner = DataKey.objects.values_list("number", "owner_id").first() or (0, UUID(int=0))
    pairs = Prepared(lambda some: DataKey.objects.filter(number__in=some).values_list("number", "owner_id"), NUMBERS)
    assert pairs.rows([number]) == [(number, owner)]
    risks = Prepared(lambda risk, on: Case.objects.filter(Q(risk=risk), reported_on__lte=on), WORD, DAY)
    risk = Case.objects.get().risk
    assert len(risks.rows(risk, clock.today())) == 1
    assert risks.rows("other", clock.today()) == []


def test_a_second_question_is_not_compiled_again(cast: Cast) -> None:
    built = []

    def build(case: UUID) -> Any:
        built.append(case)
        return Task.objects.filter(case_id=case)

    prepared = Prepared(build, ID)
    for _ in range(3):
        assert prepared.rows(cast.case().id) == []
    assert len(built) == 1


def test_nothing_is_no_value() -> None:
    with pytest.raises(TypeError, match="nothing is no value"):
        Prepared(lambda case: Case.objects.filter(pk=case), ID).rows(None)


def test_a_value_that_is_looked_at_is_found_out() -> None:
    looked = Prepared(lambda case: Case.objects.filter(state="open" if case else "closed"), ID)
    with pytest.raises(TypeError, match="looked at while it was built"):
        looked.rows(ids.new_id())


def test_a_look_at_the_clock_is_found_out() -> None:
    """Else the moment of the first page would stand in every later one."""
    for late in (
        Prepared(lambda: Case.objects.filter(opened_at__lt=clock.now())),
        Prepared(lambda: Case.objects.filter(reported_on__lt=clock.today())),
    ):
        with pytest.raises(TypeError, match="looked at the clock"):
            late.rows()


def test_what_would_ask_more_than_once_is_refused() -> None:
    with pytest.raises(TypeError, match="one question"):
        Prepared(lambda: Case.objects.prefetch_related("links")).rows()
