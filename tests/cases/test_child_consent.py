"""Whose consent a child's age asks for, wherever a consent of a case is recorded."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from amparo.cases import commands
from amparo.cases.errors import AssentMissing, BestInterestsUnexplained, TooYoungAlone
from amparo.cases.models import Basis
from amparo.cases.words import BasisKind, PartyRole
from amparo.kernel import clock
from amparo.kernel.dates import AgeEstimate, PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from tests.cast import CaseAtHand, Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 17)


@pytest.fixture(autouse=True)
def _a_day_in_may() -> Iterator[None]:
    with clock.set_to(datetime(2026, 5, 17, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def at_hand(cast: Cast) -> CaseAtHand:
    return cast.case()


def _child(cast: Cast, at_hand: CaseAtHand, **age: Any) -> UUID:
    key = cast.person(name="Lila Sample", **age)
    commands.add_party(actor=cast.dalia, case_id=at_hand.id, person_id=key, role=PartyRole.SURVIVOR)
    return key


def _record(cast: Cast, at_hand: CaseAtHand, person: UUID, kind: BasisKind, **more: Any) -> Basis:
    key = commands.record_basis(actor=cast.dalia, case_id=at_hand.id, person_id=person, kind=kind, **more)
    return Basis.objects.get(pk=key)


def test_a_child_of_six_does_not_consent_alone(cast: Cast, at_hand: CaseAtHand) -> None:
    child = _child(cast, at_hand, birth=PartialDate(2020, 1, 5))
    with pytest.raises(TooYoungAlone) as refused:
        _record(cast, at_hand, child, BasisKind.CONSENT, giver="self")
    assert refused.value.field == "giver"
    with pytest.raises(AssentMissing):
        _record(cast, at_hand, child, BasisKind.CONSENT, giver="caregiver")
    with pytest.raises(TooYoungAlone):
        _record(cast, at_hand, child, BasisKind.ASSENT, giver="self")
    assert not Basis.objects.filter(person_id=child).exists()
    assert _record(cast, at_hand, child, BasisKind.ASSENT).giver == "caregiver"


def test_best_interests_of_a_child_need_a_reason(cast: Cast, at_hand: CaseAtHand) -> None:
    child = _child(cast, at_hand, birth=PartialDate(2020, 1, 5))
    with pytest.raises(BestInterestsUnexplained):
        _record(cast, at_hand, child, BasisKind.BEST_INTERESTS)
    with pytest.raises(TooYoungAlone):
        _record(cast, at_hand, child, BasisKind.BEST_INTERESTS, giver="self", reason="She wants it.")
    held = _record(cast, at_hand, child, BasisKind.BEST_INTERESTS, reason="Her uncle is the suspect.")
    assert held.giver == "organisation"


@pytest.mark.parametrize("answer", [{"giver": "self"}, {}])
def test_a_no_counts_at_every_age(cast: Cast, at_hand: CaseAtHand, answer: dict[str, str]) -> None:
    child = _child(cast, at_hand, birth=PartialDate(2020, 1, 5))
    assert _record(cast, at_hand, child, BasisKind.CONSENT, refused=True, **answer).giver == "self"


def test_the_fifteenth_birthday_is_the_day_that_counts(cast: Cast, at_hand: CaseAtHand) -> None:
    fifteen_today = _child(cast, at_hand, birth=PartialDate(2011, 5, 17))
    fifteen_tomorrow = _child(cast, at_hand, birth=PartialDate(2011, 5, 18))
    assert _record(cast, at_hand, fifteen_today, BasisKind.CONSENT)
    with pytest.raises(TooYoungAlone):
        _record(cast, at_hand, fifteen_today, BasisKind.CONSENT, from_on=date(2026, 5, 16))
    for from_on in (None, date(2026, 5, 18)):
        with pytest.raises(TooYoungAlone):
            _record(cast, at_hand, fifteen_tomorrow, BasisKind.CONSENT, from_on=from_on)


def test_of_a_span_of_ages_the_youngest_counts(cast: Cast, at_hand: CaseAtHand) -> None:
    perhaps = _child(cast, at_hand, age_estimate=AgeEstimate(13, 17, TODAY, "appearance"))
    with pytest.raises(TooYoungAlone):
        _record(cast, at_hand, perhaps, BasisKind.CONSENT)
    surely = _child(cast, at_hand, age_estimate=AgeEstimate(16, 19, TODAY, "appearance"))
    assert _record(cast, at_hand, surely, BasisKind.CONSENT)


def test_where_the_age_is_not_known_she_is_taken_at_her_word(cast: Cast, at_hand: CaseAtHand) -> None:
    assert _record(cast, at_hand, _child(cast, at_hand), BasisKind.CONSENT).giver == "self"
