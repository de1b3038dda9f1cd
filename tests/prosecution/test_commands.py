from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError

from amparo.cases import commands as cases
from amparo.cases import queries as case_queries
from amparo.cases.models import SurvivorPromise
from amparo.cases.words import BasisKind, PartyRole, TrackKind
from amparo.investigations import queries as investigations
from amparo.investigations.models import SuspectStatus
from amparo.investigations.words import Status
from amparo.kernel import clock
from amparo.kernel.dates import PartialDate
from amparo.kernel.errors import NotFound, Refused
from amparo.people.words import PersonKind
from amparo.prosecution import commands, models, queries
from amparo.prosecution.commands import Day
from amparo.prosecution.errors import (
    AlreadyRequested,
    AlreadyTold,
    ChargeMoveRefused,
    HearingMoveRefused,
    NotAccusedHere,
    NotYetHeld,
    PartyMissing,
    ReasonMissing,
    SameOutcome,
    StageBeforeComplaint,
    StageReached,
    StillOpen,
    VerdictExists,
)
from amparo.prosecution.models import Appearance, Charge, Hearing, Sentence, SpecialMeasure, Verdict
from amparo.prosecution.models import StageReached as Reached
from amparo.prosecution.words import (
    Appellant,
    ChargeEvent,
    ChargeState,
    HearingState,
    Measure,
    Outcome,
    Purpose,
    SentenceKind,
    Stage,
    VerdictState,
)
from tests.cast import Cast
from tests.prosecution.court import EVIDENCE, FILED, VERDICT, Court, in_court

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.set_to(NOW):
        yield


def track(court: Court) -> str:
    head = case_queries.case_head(court.cast.chandra, court.case.id)
    return next(t.state for t in case_queries.tracks(head) if t.kind is TrackKind.ACCOUNTABILITY)


def standing(court: Court) -> Status | None:
    found = investigations.standings(court.cast.chandra, court.case.id).get(court.case.suspect)
    return found[0] if found else None


def convict(court: Court, charge: Charge, outcome: Outcome = Outcome.CONVICTED) -> Verdict:
    key = commands.pronounce(actor=court.cast.chandra, charge_id=charge.id, outcome=outcome, on=TODAY)
    return Verdict.objects.get(pk=key)


# ---- the track and the stages follow ---------------------------------------------------------------------------


def test_a_filed_charge_makes_the_suspect_charged_and_goes_to_the_prosecution(cast: Cast) -> None:
    court = in_court(cast)
    court.charge()
    assert standing(court) is Status.CHARGED
    assert track(court) == "with_prosecution"
    assert court.row().stage == Stage.CHARGED


def test_a_proposed_charge_changes_nothing_about_the_suspect(cast: Cast) -> None:
    court = in_court(cast)
    court.charge(file=False)
    assert standing(court) is None
    assert track(court) == "investigating"


def test_the_first_listed_hearing_moves_the_case_into_court(cast: Cast) -> None:
    court = in_court(cast)
    court.charge()
    court.hearing()
    assert track(court) == "in_court"


def test_an_appeal_and_a_lawyer_s_word_move_the_track_to_its_end(cast: Cast) -> None:
    court = in_court(cast)
    charge = court.charge()
    court.hold(court.hearing())
    verdict = convict(court, charge)
    commands.lodge_appeal(actor=cast.chandra, verdict_id=verdict.id, by=Appellant.DEFENCE, on=TODAY)
    assert track(court) == "on_appeal"
    with pytest.raises(StillOpen):
        commands.confirm_final(actor=cast.chandra, proceeding_id=court.proceeding, on=TODAY)
    commands.decide_appeal(actor=cast.chandra, verdict_id=verdict.id, outcome=None, on=TODAY)
    assert track(court) == "in_court"
    assert [due.url for due in queries.waiting_for(cast.chandra)]
    commands.confirm_final(actor=cast.chandra, proceeding_id=court.proceeding, on=TODAY)
    assert track(court) == "final"
    assert Verdict.objects.get(pk=verdict.id).state == VerdictState.FINAL
    assert queries.waiting_for(cast.chandra) == []


def test_a_stage_is_reached_once_and_not_before_the_complaint(cast: Cast) -> None:
    court = in_court(cast)
    with pytest.raises(StageBeforeComplaint):
        commands.reach_stage(
            actor=cast.chandra, proceeding_id=court.proceeding, stage=Stage.ENROLLED, on=date(2025, 3, 9)
        )
    commands.reach_stage(actor=cast.chandra, proceeding_id=court.proceeding, stage=Stage.ENROLLED, on=FILED)
    with pytest.raises(StageReached):
        commands.reach_stage(actor=cast.chandra, proceeding_id=court.proceeding, stage=Stage.ENROLLED, on=FILED)


def test_an_earlier_stage_that_is_added_late_does_not_set_the_proceeding_back(cast: Cast) -> None:
    court = in_court(cast)
    court.charge()
    commands.reach_stage(actor=cast.chandra, proceeding_id=court.proceeding, stage=Stage.RESTRAINED, on=FILED)
    assert court.row().stage == Stage.CHARGED


# ---- charges and verdicts ---------------------------------------------------------------------------------------


def test_somebody_who_is_no_suspect_of_the_case_is_not_charged(cast: Cast) -> None:
    court = in_court(cast)
    with pytest.raises(NotAccusedHere):
        commands.propose_charge(
            actor=cast.chandra,
            proceeding_id=court.proceeding,
            accused_id=court.case.survivor,
            section="Section 1",
            on=FILED,
        )


def test_a_charge_does_not_end_without_a_reason(cast: Cast) -> None:
    charge = in_court(cast).charge()
    with pytest.raises(ReasonMissing):
        commands.move_charge(actor=cast.chandra, charge_id=charge.id, event=ChargeEvent.DISMISS, on=TODAY)


def test_no_verdict_falls_on_a_charge_that_was_never_filed(cast: Cast) -> None:
    court = in_court(cast)
    charge = court.charge(file=False)
    with pytest.raises(ChargeMoveRefused):
        convict(court, charge)
    assert not Verdict.objects.exists()


def test_nobody_types_a_conviction_as_a_move_of_the_charge(cast: Cast) -> None:
    charge = in_court(cast).charge()
    with pytest.raises(ChargeMoveRefused):
        commands.move_charge(actor=cast.chandra, charge_id=charge.id, event=ChargeEvent.CONVICT, on=TODAY)


def test_a_second_verdict_on_one_charge_is_refused(cast: Cast) -> None:
    court = in_court(cast)
    charge = court.charge()
    convict(court, charge)
    with pytest.raises(VerdictExists):
        convict(court, charge, Outcome.ACQUITTED)
    assert Charge.objects.get(pk=charge.id).state == ChargeState.CONVICTED


def test_a_verdict_rolls_up_to_the_charge_the_suspect_and_the_stages(cast: Cast) -> None:
    court = in_court(cast)
    verdict = convict(court, court.charge())
    assert Charge.objects.get().state == ChargeState.CONVICTED
    assert standing(court) is Status.CONVICTED
    event = SuspectStatus.objects.get(status=Status.CONVICTED)
    assert event.verdict_id == verdict.id
    assert {Stage.VERDICT, Stage.CONVICTED, Stage.AS_CHARGED} <= set(Reached.objects.values_list("stage", flat=True))


def test_a_lesser_offence_is_a_conviction_but_not_as_charged(cast: Cast) -> None:
    court = in_court(cast)
    convict(court, court.charge(), Outcome.LESSER)
    assert standing(court) is Status.CONVICTED
    assert court.row().stage == Stage.CONVICTED


def test_an_acquittal_on_one_charge_says_nothing_while_another_is_open(cast: Cast) -> None:
    court = in_court(cast)
    first, second = court.charge("Section 1"), court.charge("Section 2")
    convict(court, first, Outcome.ACQUITTED)
    assert standing(court) is Status.CHARGED
    commands.move_charge(
        actor=cast.chandra, charge_id=second.id, event=ChargeEvent.WITHDRAW, on=TODAY, reason="withdrawn"
    )
    assert standing(court) is Status.ACQUITTED


def test_a_conviction_that_an_appeal_overturned_is_an_acquittal_and_its_sentence_is_set_aside(cast: Cast) -> None:
    court = in_court(cast)
    charge = court.charge()
    verdict = convict(court, charge)
    commands.enter_sentence(
        actor=cast.chandra, verdict_id=verdict.id, kind=SentenceKind.CUSTODY, custody_months=24, on=TODAY
    )
    assert court.row().stage == Stage.SENTENCED
    commands.lodge_appeal(actor=cast.chandra, verdict_id=verdict.id, by=Appellant.DEFENCE, on=TODAY)
    with pytest.raises(SameOutcome):
        commands.decide_appeal(actor=cast.chandra, verdict_id=verdict.id, outcome=Outcome.CONVICTED, on=TODAY)
    commands.decide_appeal(actor=cast.chandra, verdict_id=verdict.id, outcome=Outcome.ACQUITTED, on=TODAY)
    assert standing(court) is Status.ACQUITTED
    assert Charge.objects.get(pk=charge.id).state == ChargeState.ACQUITTED
    assert Sentence.objects.get().ended_on == TODAY


def test_compensation_that_is_paid_in_parts_adds_up(cast: Cast) -> None:
    court = in_court(cast)
    key = commands.order_compensation(
        actor=cast.chandra,
        proceeding_id=court.proceeding,
        person_id=court.case.survivor,
        amount=500,
        currency="khr",
        on=TODAY,
    )
    for part in (200, 100):
        commands.pay_compensation(actor=cast.chandra, compensation_id=key, amount=part, on=TODAY)
    order = models.Compensation.objects.get(pk=key)
    assert (order.paid, order.currency) == (300, "KHR")


# ---- hearings ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "party", "error"), [("", "court", ReasonMissing), ("judge_absent", "", PartyMissing)]
)
def test_an_adjournment_without_reason_or_party_is_refused(
    cast: Cast, reason: str, party: str, error: type[Exception]
) -> None:
    hearing = in_court(cast).hearing()
    with pytest.raises(error):
        commands.adjourn_hearing(actor=cast.chandra, hearing_id=hearing.id, reason=reason, party=party, day=Day())
    assert Hearing.objects.get(pk=hearing.id).state == HearingState.LISTED


def test_the_database_refuses_an_adjournment_without_a_reason_too(cast: Cast) -> None:
    hearing = in_court(cast).hearing()
    with pytest.raises(IntegrityError):
        Hearing.objects.filter(pk=hearing.id).update(state=HearingState.ADJOURNED)


def test_an_adjourned_hearing_lists_the_next_one_in_the_same_step(cast: Cast) -> None:
    court = in_court(cast)
    first = court.adjourn(court.hearing(), next_at=EVIDENCE)
    after = Hearing.objects.get(pk=first.next_id)
    assert (after.listed_at, after.purpose, after.state) == (EVIDENCE, first.purpose, HearingState.LISTED)
    assert queries.words_of_hearing(after)["judge"] == "Judge Muster"


def test_what_happened_is_written_down_once(cast: Cast) -> None:
    court = in_court(cast)
    held = court.hold(court.hearing())
    with pytest.raises(HearingMoveRefused):
        court.adjourn(held)


def test_a_hearing_that_lies_ahead_was_not_held(cast: Cast) -> None:
    court = in_court(cast)
    with pytest.raises(NotYetHeld):
        court.hold(court.hearing(VERDICT, Purpose.VERDICT))


def test_after_a_hearing_the_survivor_is_promised_to_be_told_in_two_days(cast: Cast) -> None:
    court = in_court(cast)
    hearing = court.hold(court.hearing(EVIDENCE, Purpose.SURVIVOR_EVIDENCE))
    telling = court.appearance(hearing)
    assert telling.tell_by == EVIDENCE.date() + timedelta(days=2)
    assert SurvivorPromise.objects.get(pk=telling.promise_id).due_on == telling.tell_by


def test_who_wants_no_news_is_promised_none_and_is_asked_again_next_time(cast: Cast) -> None:
    court = in_court(cast)
    hearing = court.hold(court.hearing(), without_news=frozenset({court.case.survivor}))
    assert court.appearance(hearing).tell_by is None
    assert not SurvivorPromise.objects.exists()
    assert queries.without_news(court.case.id) == {court.case.survivor}


def test_telling_her_keeps_the_promise_once(cast: Cast) -> None:
    court = in_court(cast)
    telling = court.appearance(court.adjourn(court.hearing()))
    commands.tell_survivor(actor=cast.dalia, appearance_id=telling.id, on=TODAY, how="phone")
    assert SurvivorPromise.objects.get().state == "kept"
    with pytest.raises(AlreadyTold):
        commands.tell_survivor(actor=cast.dalia, appearance_id=telling.id, on=TODAY, how="phone")


def test_a_promise_that_was_kept_elsewhere_does_not_stop_the_telling(cast: Cast) -> None:
    court = in_court(cast)
    telling = court.appearance(court.hold(court.hearing()))
    assert telling.promise_id is not None
    cases.keep_promise(actor=cast.dalia, promise_id=telling.promise_id)
    commands.tell_survivor(actor=cast.dalia, appearance_id=telling.id, on=TODAY, how="phone")
    assert Appearance.objects.get(pk=telling.id).told_by == cast.accounts["dalia"]


def test_only_survivors_of_the_charges_are_told(cast: Cast) -> None:
    case = cast.case()
    other = cast.person()
    cases.add_party(actor=cast.jalil, case_id=case.id, person_id=other, role=PartyRole.SURVIVOR)
    court = in_court(cast, case)
    court.charge()
    hearing = court.hold(court.hearing())
    assert court.appearance(hearing).person_id == case.survivor


def test_a_caseworker_prepares_and_tells_but_does_not_list_hearings(cast: Cast) -> None:
    court = in_court(cast)
    hearing = court.hearing(VERDICT, Purpose.VERDICT)
    commands.prepare_survivor(actor=cast.dalia, hearing_id=hearing.id)
    assert Hearing.objects.get(pk=hearing.id).prepared_on == TODAY
    with pytest.raises(Refused):
        commands.list_hearing(
            actor=cast.dalia, proceeding_id=court.proceeding, listed_at=VERDICT, purpose=Purpose.OTHER
        )
    with pytest.raises(NotFound):
        commands.vacate_hearing(actor=cast.iris, hearing_id=hearing.id)


# ---- measures ---------------------------------------------------------------------------------------------------


def test_a_child_at_the_incident_is_no_error_and_special_measures_are_proposed(cast: Cast) -> None:
    case = cast.case()
    child = cast.person(PersonKind.SURVIVOR, "Mina Sample", birth=PartialDate(2015, 5, 1))
    cases.add_party(actor=cast.jalil, case_id=case.id, person_id=child, role=PartyRole.SURVIVOR)
    cases.record_basis(
        actor=cast.jalil, case_id=case.id, person_id=child, kind=BasisKind.BEST_INTERESTS, reason="Nobody else is there"
    )
    case.survivor = child
    court = in_court(cast, case)
    court.incident(PartialDate(2025, 3, 1))
    ((code, proposed),) = queries.proposals(cast.chandra, case.id, [])
    assert code.startswith("SV-")
    assert Measure.VIDEO_LINK in proposed
    commands.request_measure(
        actor=cast.chandra,
        proceeding_id=court.proceeding,
        person_id=child,
        measure=Measure.VIDEO_LINK,
        on=TODAY,
    )
    ((_code, left),) = queries.proposals(cast.chandra, case.id, SpecialMeasure.objects.all())
    assert Measure.VIDEO_LINK not in left


def test_a_measure_is_requested_again_only_after_a_refusal(cast: Cast) -> None:
    court = in_court(cast)

    def ask() -> SpecialMeasure:
        key = commands.request_measure(
            actor=cast.chandra,
            proceeding_id=court.proceeding,
            person_id=court.case.survivor,
            measure=Measure.SCREEN,
            on=TODAY,
        )
        return SpecialMeasure.objects.get(pk=key)

    first = ask()
    with pytest.raises(AlreadyRequested):
        ask()
    commands.decide_measure(actor=cast.chandra, measure_id=first.id, granted=False, on=TODAY)
    assert ask().state == "requested"


def test_the_sealed_words_of_a_proceeding_are_not_in_the_database_in_plain(cast: Cast) -> None:
    court = in_court(cast)
    stored = bytes(court.row().complaint_no or b"")
    assert stored
    assert b"FIR" not in stored
