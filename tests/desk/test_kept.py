"""Whose words are kept past the day that was written down when their cases were closed."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from amparo.cases import queries as cases
from amparo.cases.models import Case, Track
from amparo.cases.words import CaseState, TrackKind
from amparo.journeys import erasing
from amparo.kernel import clock
from amparo.kernel.errors import NotFound, Refused
from amparo.people import queries as people
from tests.cast import CaseAtHand, Cast

pytestmark = pytest.mark.django_db


def closed(case: CaseAtHand, until: date | None) -> None:
    """As the case stands after it was closed; how it gets there is tested with closing."""
    Case.objects.filter(pk=case.id).update(state=CaseState.CLOSED, retain_until=until)
    Track.objects.filter(case_id=case.id, kind=TrackKind.ACCOUNTABILITY).update(state="not_pursued")


def listed(cast: Cast) -> set[UUID]:
    return {one.person_id for one in cases.past_their_day(cast.lina, None, 50)}


def code_of(person: UUID) -> str:
    return people.heads([person])[person].code


def test_only_who_has_no_case_that_must_still_be_kept_is_listed(cast: Cast) -> None:
    case, today = cast.case(), clock.today()
    assert case.survivor not in listed(cast)
    closed(case, today)
    assert case.survivor not in listed(cast)
    closed(case, today - timedelta(days=1))
    assert {case.survivor, case.suspect} <= listed(cast)


def test_who_was_erased_is_listed_no_more(cast: Cast) -> None:
    case = cast.case()
    closed(case, clock.today() - timedelta(days=400))
    erasing.erase_person(actor=cast.lina, person_id=case.survivor)
    assert case.survivor not in listed(cast)
    assert case.suspect in listed(cast)


def test_nobody_else_reads_the_list(cast: Cast) -> None:
    for actor in (cast.jalil, cast.kofi, cast.dalia, cast.hugo):
        with pytest.raises((NotFound, Refused)):
            cases.past_their_day(actor, None, 50)


def test_a_line_leads_to_the_form_with_the_code_in_it(cast: Cast) -> None:
    case = cast.case()
    closed(case, clock.today() - timedelta(days=1))
    client = cast.client("lina")
    page = client.get(reverse("desk:kept")).content.decode()
    url = f"{reverse('desk:erase')}?person={case.survivor}"
    assert code_of(case.survivor) in page
    assert url in page
    assert f'value="{code_of(case.survivor)}"' in client.get(url).content.decode()
    assert client.get(f"{reverse('desk:erase')}?person=nonsense").status_code == 200
    assert reverse("desk:kept") in client.get("/").content.decode()


def test_the_list_goes_on_where_a_page_ends(cast: Cast) -> None:
    case = cast.case()
    closed(case, clock.today() - timedelta(days=1))
    first = cases.past_their_day(cast.lina, None, 1)
    rest = cases.past_their_day(cast.lina, first[0].party_id, 50)
    assert {one.person_id for one in (*first, *rest)} == listed(cast)
    assert first[0] not in rest
