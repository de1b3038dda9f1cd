"""What was entered by mistake in court: a verdict, a charge."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from amparo.investigations import queries as investigations
from amparo.investigations.words import Status
from amparo.kernel import clock
from amparo.kernel.errors import NotFound, Refused
from amparo.ledger.models import Entry
from amparo.prosecution import commands, queries
from amparo.prosecution.errors import VerdictMoveRefused
from amparo.prosecution.models import Charge, Sentence, StageReached, Verdict
from amparo.prosecution.words import (
    Appellant,
    Attrition,
    ChargeEvent,
    ChargeState,
    Outcome,
    SentenceKind,
    Stage,
)
from tests.cast import Cast
from tests.prosecution.court import FILED, Court, in_court

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.set_to(NOW):
        yield


@pytest.fixture
def court(cast: Cast) -> Court:
    return in_court(cast)


def convicted(court: Court, charge: Charge, outcome: Outcome = Outcome.CONVICTED) -> Verdict:
    key = commands.pronounce(actor=court.cast.chandra, charge_id=charge.id, outcome=outcome, on=TODAY)
    return Verdict.objects.get(pk=key)


def standing(court: Court) -> Status | None:
    found = investigations.standings(court.cast.chandra, court.case.id).get(court.case.suspect)
    return found[0] if found else None


def stages(court: Court) -> set[str]:
    return set(StageReached.objects.filter(proceeding_id=court.proceeding).values_list("stage", flat=True))


def test_a_verdict_entered_by_mistake_goes_with_all_that_followed_from_it(court: Court) -> None:
    charge = court.charge()
    before = (standing(court), stages(court), court.row().stage)
    verdict = convicted(court, charge)
    commands.enter_sentence(
        actor=court.cast.chandra, verdict_id=verdict.id, kind=SentenceKind.CUSTODY, custody_months=24, on=TODAY
    )
    assert standing(court) is Status.CONVICTED
    commands.take_back_verdict(actor=court.cast.chandra, verdict_id=verdict.id)
    charge.refresh_from_db()
    assert (charge.state, charge.since_on) == (ChargeState.FILED, FILED)
    assert not Verdict.objects.exists()
    assert not Sentence.objects.exists()
    assert (standing(court), stages(court), court.row().stage) == before
    assert Entry.objects.filter(verb="verdict.taken_back", subject_id=verdict.id).exists()
    assert queries.counted_charges([court.case.id])[0].outcome is None


def test_the_right_verdict_can_be_entered_then(court: Court) -> None:
    charge = court.charge()
    commands.take_back_verdict(actor=court.cast.chandra, verdict_id=convicted(court, charge).id)
    convicted(court, charge, Outcome.ACQUITTED)
    assert standing(court) is Status.ACQUITTED
    assert Stage.CONVICTED not in stages(court)


def test_what_another_verdict_carries_stays(court: Court) -> None:
    mistaken, right = court.charge("Section 1"), court.charge("Section 2")
    convicted(court, right, Outcome.LESSER)
    wrong = convicted(court, mistaken)
    assert Stage.AS_CHARGED in stages(court)
    commands.take_back_verdict(actor=court.cast.chandra, verdict_id=wrong.id)
    assert standing(court) is Status.CONVICTED
    assert {Stage.VERDICT, Stage.CONVICTED} <= stages(court)
    assert Stage.AS_CHARGED not in stages(court)
    assert court.row().stage == Stage.CONVICTED


def test_a_verdict_under_appeal_is_not_taken_back(court: Court) -> None:
    verdict = convicted(court, court.charge())
    commands.lodge_appeal(actor=court.cast.chandra, verdict_id=verdict.id, by=Appellant.DEFENCE, on=TODAY)
    with pytest.raises(VerdictMoveRefused):
        commands.take_back_verdict(actor=court.cast.chandra, verdict_id=verdict.id)


def test_nobody_else_takes_a_verdict_back(court: Court) -> None:
    verdict = convicted(court, court.charge())
    for actor in (court.cast.bruno, court.cast.dalia, court.cast.iris):
        with pytest.raises((NotFound, Refused)):
            commands.take_back_verdict(actor=actor, verdict_id=verdict.id)


def test_the_page_says_what_goes_and_leads_back_to_the_court(court: Court) -> None:
    verdict, client = convicted(court, court.charge()), court.cast.client("chandra")
    url = reverse("prosecution:take_back_verdict", args=[verdict.id])
    assert url in client.get(reverse("prosecution:verdict", args=[verdict.id])).content.decode()
    assert "Its sentences go with it" in client.get(url).content.decode()
    answer = client.post(url)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("prosecution:case", args=[court.case.id]))
    assert not Verdict.objects.exists()


def test_a_charge_entered_by_mistake_counts_nowhere(court: Court) -> None:
    wrong, right = court.charge("Section 1"), court.charge("Section 2")
    commands.move_charge(
        actor=court.cast.chandra, charge_id=wrong.id, event=ChargeEvent.WITHDRAW, on=TODAY, reason=Attrition.MISTAKE
    )
    assert [one.id for one in queries.counted_charges([court.case.id])] == [right.id]
