from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from amparo.cases import commands, queries, rules
from amparo.cases.errors import AlreadyEnded, NoBasis, NotASurvivorHere, NotYetHappened
from amparo.cases.models import HistoricEvent
from amparo.cases.words import RouteStage
from amparo.kernel import ids
from amparo.kernel.dates import PartialDate
from amparo.kernel.errors import NotFound, Refused
from amparo.ledger.models import Entry
from tests.cast import CaseAtHand, Cast

pytestmark = pytest.mark.django_db
PLACE = "The ferry town, Рыбацкий"
days = st.dates(date(2000, 1, 1), date(2030, 1, 1))


def stage(
    cast: Cast,
    case: CaseAtHand,
    what: RouteStage = RouteStage.TRANSIT,
    happened: PartialDate | None = None,
    by: str = "bruno",
    person: UUID | None = None,
) -> UUID:
    return commands.record_stage(
        actor=cast.actor(by),
        case_id=case.id,
        person_id=person or case.survivor,
        stage=what,
        happened=happened or PartialDate(2025, 3),
        place=PLACE,
        how="By lorry",
    )


@given(st.lists(st.tuples(days, days).map(lambda pair: (min(pair), max(pair))), max_size=6))
def test_a_period_lies_between_the_first_and_the_last_day_of_all_in_its_order(
    periods: list[tuple[date, date]],
) -> None:
    shares = rules.shares(periods)
    assert len(shares) == len(periods)
    assert all(0 <= low <= high <= 1 for low, high in shares)
    by_day = sorted(range(len(periods)), key=lambda place: periods[place][0])
    assert [shares[place][0] for place in by_day] == sorted(low for low, _high in shares)


def test_only_what_surely_lies_before_is_marked() -> None:
    first, last = RouteStage.RECRUITMENT, RouteStage.EXPLOITATION
    assert rules.against_order([(first, PartialDate(2025, 3)), (last, PartialDate(2025, 2))])
    assert not rules.against_order([(first, PartialDate(2025, 3)), (last, PartialDate(2025))])
    assert not rules.against_order([(first, PartialDate(2025, 3)), (last, PartialDate(2025, 4))])
    # Recruited a second time: one recruitment before it is enough.
    again = [(first, PartialDate(2024)), (first, PartialDate(2026)), (last, PartialDate(2025))]
    assert not rules.against_order(again)
    assert not rules.against_order([])


def test_a_stage_needs_a_basis_a_survivor_and_a_day_that_came(cast: Cast) -> None:
    case = cast.case()
    with pytest.raises(NotASurvivorHere):
        stage(cast, case, person=case.suspect)
    with pytest.raises(NotYetHappened):
        stage(cast, case, happened=PartialDate(2190))
    with pytest.raises(NoBasis):
        stage(cast, cast.case(basis=False))
    assert not HistoricEvent.objects.exists()


def test_who_writes_and_reads_a_route(cast: Cast) -> None:
    case = cast.case()
    stage(cast, case)
    with pytest.raises(Refused):
        stage(cast, case, by="dalia")
    (read,) = next(iter(queries.routes(cast.bruno, case.id).values()))
    assert (read.place, read.how, read.happened) == (PLACE, "By lorry", PartialDate(2025, 3))
    (summary,) = next(iter(queries.routes(cast.dalia, case.id).values()))
    assert (summary.place, summary.how, summary.stage) == ("", "", RouteStage.TRANSIT)
    for who in ("iris", "stranger", "femi", "noor"):
        assert queries.routes(cast.actor(who), case.id) == {}


def test_a_mistaken_stage_is_taken_out_once(cast: Cast) -> None:
    case = cast.case()
    key = stage(cast, case)
    with pytest.raises(Refused):
        commands.withdraw_stage(actor=cast.dalia, stage_id=key)
    with pytest.raises(NotFound):
        commands.withdraw_stage(actor=cast.iris, stage_id=key)
    commands.withdraw_stage(actor=cast.bruno, stage_id=key)
    assert queries.routes(cast.bruno, case.id) == {}
    with pytest.raises(AlreadyEnded):
        commands.withdraw_stage(actor=cast.bruno, stage_id=key)


def test_no_place_reaches_the_ledger(cast: Cast) -> None:
    stage(cast, cast.case())
    assert "ferry" not in Entry.objects.get(verb="route.recorded").body


def test_a_route_is_written_by_its_form_and_drawn(cast: Cast) -> None:
    case = cast.case()
    client = cast.client("bruno")
    url = reverse("cases:add_stage", args=[case.id])
    assert client.get(url).status_code == 200
    typed = {
        "form_id": str(ids.new_public_id()),
        "person_id": str(case.survivor),
        "stage": "recruitment",
        "place": PLACE,
    }
    answer = client.post(url, typed)
    assert answer.status_code == 422
    assert PLACE in answer.content.decode()
    assert client.post(url, typed | {"happened_year": "2025"}).status_code == 302
    page = client.get(reverse("cases:incidents", args=[case.id])).content.decode()
    assert PLACE in page
    assert "<svg" in page
    page = cast.client("dalia").get(reverse("cases:incidents", args=[case.id])).content.decode()
    assert PLACE not in page
    assert "Recruitment" in page


def test_the_page_costs_the_same_with_more_stages(cast: Cast) -> None:
    case = cast.case()
    client = cast.client("bruno")
    url = reverse("cases:incidents", args=[case.id])
    counts = []
    for year in (2022, 2024):
        stage(cast, case, RouteStage.RECRUITMENT, PartialDate(year))
        stage(cast, case, RouteStage.TRANSIT, PartialDate(year, 5, 2))
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        counts.append(len(seen))
    assert counts[0] == counts[1]
