"""What is begun while its case is being closed comes wholly before, and keeps it open, or wholly after."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import transaction

from amparo.cases.errors import CaseIsClosed, ClosingNotReady
from amparo.cases.models import Case, Track
from amparo.cases.rules import TERMINAL
from amparo.cases.words import CaseState, TrackKind
from amparo.investigations import commands as investigations
from amparo.investigations.errors import MeasuresOpen, ThreatIsClosed
from amparo.investigations.models import Threat, ThreatMeasure
from amparo.investigations.words import MeasureKind, ThreatClosed, Threatener, ThreatKind, ThreatRisk
from amparo.journeys import closing
from amparo.kernel import clock
from amparo.kernel.dates import PartialDate
from amparo.referrals.errors import CaseClosed
from amparo.referrals.models import Referral
from tests.cast import CaseAtHand, Cast
from tests.other import Other
from tests.referrals import story

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def _ready(cast: Cast, *, asked: bool = True) -> CaseAtHand:
    """A case with nothing left to settle."""
    case = cast.case(team=("bruno", "dalia"))
    for kind in TrackKind:
        Track.objects.filter(case_id=case.id, kind=kind).update(state=min(TERMINAL[kind]))
    if asked:
        _ask(cast, case.id)
    return case


def _ask(cast: Cast, case: UUID) -> None:
    closing.ask_to_close(actor=cast.dalia, case_id=case, reason="goals_met", remark="")


def _approve(cast: Cast, case: UUID) -> None:
    closing.approve_closing(actor=cast.jalil, case_id=case, answer="Agreed.")


def _threaten(cast: Cast, case: CaseAtHand) -> UUID:
    return investigations.report_threat(
        actor=cast.bruno,
        case_id=case.id,
        person_id=case.survivor,
        by=Threatener.UNKNOWN,
        kind=ThreatKind.WATCHED,
        happened=PartialDate.on(clock.today()),
        risk=ThreatRisk.LOW,
        summary="Somebody waits",
    )


@pytest.mark.parametrize("step", [_ask, _approve])
def test_a_threat_that_is_reported_first_keeps_its_case_open(cast: Cast, step: Callable[[Cast, UUID], None]) -> None:
    case = _ready(cast, asked=step is _approve)
    before = Case.objects.get(pk=case.id).state
    with transaction.atomic():
        _threaten(cast, case)
        other = Other(lambda: step(cast, case.id))
        assert other.is_waiting()
    with pytest.raises(ClosingNotReady):
        other.end()
    assert Case.objects.get(pk=case.id).state == before


def test_no_threat_is_reported_into_a_case_that_was_closed_first(cast: Cast) -> None:
    case = _ready(cast)
    with transaction.atomic():
        _approve(cast, case.id)
        other = Other(lambda: _threaten(cast, case))
        assert other.is_waiting()
    with pytest.raises(CaseIsClosed):
        other.end()
    assert Case.objects.get(pk=case.id).state == CaseState.CLOSED
    assert not Threat.objects.exists()


def test_nobody_is_referred_from_a_case_that_was_closed_first(cast: Cast) -> None:
    case = _ready(cast)
    told = story.begin(cast, case)
    with transaction.atomic():
        _approve(cast, case.id)
        other = Other(told.draft)
        assert other.is_waiting()
    with pytest.raises(CaseClosed):
        other.end()
    assert not Referral.objects.exists()


def _measure(cast: Cast, threat: UUID) -> None:
    investigations.add_measure(
        actor=cast.bruno,
        threat_id=threat,
        kind=MeasureKind.MOVED,
        responsible_id=cast.accounts["dalia"],
        due_on=clock.today(),
    )


def _end(cast: Cast, threat: UUID) -> None:
    investigations.close_threat(actor=cast.dalia, threat_id=threat, reason=min(ThreatClosed))


def test_a_measure_that_is_agreed_on_first_keeps_its_threat_open(cast: Cast) -> None:
    threat = _threaten(cast, _ready(cast, asked=False))
    with transaction.atomic():
        _measure(cast, threat)
        other = Other(lambda: _end(cast, threat))
        assert other.is_waiting()
    with pytest.raises(MeasuresOpen):
        other.end()


def test_no_measure_is_agreed_on_against_a_threat_that_was_closed_first(cast: Cast) -> None:
    threat = _threaten(cast, _ready(cast, asked=False))
    with transaction.atomic():
        _end(cast, threat)
        other = Other(lambda: _measure(cast, threat))
        assert other.is_waiting()
    with pytest.raises(ThreatIsClosed):
        other.end()
    assert not ThreatMeasure.objects.exists()
