"""The page of a case's team, as people use it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.urls import reverse

from amparo.access import commands as access
from amparo.access.models import Bar
from amparo.kernel import clock
from amparo.kernel.words import Role

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.cast import CaseAtHand, Cast

pytestmark = pytest.mark.django_db


NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    """Before anybody is hired: nobody has a role earlier than that."""
    with clock.set_to(NOW):
        yield


@pytest.fixture
def at_hand(cast: Cast) -> CaseAtHand:
    return cast.case()


def _page(cast: Cast, at_hand: CaseAtHand, who: str = "jalil") -> str:
    answer = cast.client(who).get(reverse("cases:team", args=[at_hand.id]))
    assert answer.status_code == 200
    return answer.content.decode()


# ---- until when -------------------------------------------------------------------------------------------------


def _add(cast: Cast, at_hand: CaseAtHand, who: str, role: Role, until_on: str) -> HttpResponse:
    typed = {"member": f"{cast.accounts[who]}:{role.value}", "reason": "The trial", "until_on": until_on}
    return cast.client("jalil").post(reverse("cases:add_member", args=[at_hand.id]), typed)


def test_the_team_list_says_until_when_somebody_is_on_it(cast: Cast, at_hand: CaseAtHand) -> None:
    assert _add(cast, at_hand, "mateo", Role.PROSECUTOR, "2027-03-31").status_code == 302
    page = _page(cast, at_hand)
    assert "until 31 March 2027" in page
    assert page.count("until ") == 1


def test_without_a_day_a_police_partner_is_on_the_team_for_ninety_days(cast: Cast, at_hand: CaseAtHand) -> None:
    form = cast.client("jalil").get(reverse("cases:add_member", args=[at_hand.id])).content.decode()
    assert "for 90 days" in form
    assert _add(cast, at_hand, "femi", Role.POLICE, "").status_code == 302
    assert "until 20 February 2027" in _page(cast, at_hand)


def test_a_past_day_is_refused_beside_its_field(cast: Cast, at_hand: CaseAtHand) -> None:
    answer = _add(cast, at_hand, "femi", Role.POLICE, "2026-11-21")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The last day on a team is today at the earliest" in page
    assert 'value="2026-11-21"' in page
    assert "Femi Ejemplo" not in _page(cast, at_hand)


# ---- bars -------------------------------------------------------------------------------------------------------


@pytest.fixture
def bar(cast: Cast, at_hand: CaseAtHand) -> UUID:
    return access.set_bar(
        actor=cast.jalil,
        account_id=cast.accounts["esther"],
        office_id=cast.office,
        case_id=at_hand.id,
        reason="Cousin of the suspect.",
    )


def _lift_url(at_hand: CaseAtHand, bar: UUID) -> str:
    return reverse("cases:lift_bar", args=[at_hand.id, bar])


@pytest.mark.parametrize("who", ["jalil", "lina"])
def test_a_bar_is_lifted_from_the_page_of_the_team(cast: Cast, at_hand: CaseAtHand, bar: UUID, who: str) -> None:
    url = _lift_url(at_hand, bar)
    assert url in _page(cast, at_hand, who)
    browser = cast.client(who)
    asked = browser.get(url).content.decode()
    assert "Esther Example" in asked
    assert "Cousin of the suspect." in asked
    answer = browser.post(url, {"reason": "It was another Esther."})
    assert (answer.status_code, answer["Location"]) == (302, reverse("cases:team", args=[at_hand.id]))
    after = _page(cast, at_hand, who)
    assert "Nobody is barred." in after
    assert url not in after


def test_a_bar_is_not_lifted_without_a_reason(cast: Cast, at_hand: CaseAtHand, bar: UUID) -> None:
    assert cast.client("jalil").post(_lift_url(at_hand, bar), {"reason": " "}).status_code == 422
    assert Bar.objects.get(pk=bar).lifted_at is None


def test_a_bar_that_somebody_else_lifted_meanwhile_says_so(cast: Cast, at_hand: CaseAtHand, bar: UUID) -> None:
    access.lift_bar(actor=cast.lina, bar_id=bar, reason="It was another Esther.")
    answer = cast.client("jalil").post(_lift_url(at_hand, bar), {"reason": "Mine."})
    assert answer.status_code == 409
    assert "This bar was lifted already." in answer.content.decode()


@pytest.mark.parametrize(("who", "status"), [("dalia", 403), ("kofi", 403), ("esther", 404), ("stranger", 404)])
def test_who_may_not_see_bars_neither_reads_nor_lifts_one(
    cast: Cast, at_hand: CaseAtHand, bar: UUID, who: str, status: int
) -> None:
    assert cast.client(who).post(_lift_url(at_hand, bar), {"reason": "Let me in."}).status_code == status
    assert Bar.objects.get(pk=bar).lifted_at is None
    if status == 403:
        page = _page(cast, at_hand, who)
        assert "Cousin of the suspect." not in page
        assert _lift_url(at_hand, bar) not in page


def test_a_bar_is_not_lifted_by_way_of_another_case(cast: Cast, bar: UUID) -> None:
    assert cast.client("jalil").post(_lift_url(cast.case(), bar), {"reason": "Mine."}).status_code == 404
    assert Bar.objects.get(pk=bar).lifted_at is None
