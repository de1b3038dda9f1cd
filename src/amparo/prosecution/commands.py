"""Every write of the court room. Stages, suspects' status and the track follow from what happens."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.cases import commands as case_commands
from amparo.cases import queries as cases
from amparo.cases.errors import AlreadyEnded, CaseIsClosed
from amparo.cases.queries import CaseHead
from amparo.cases.words import CaseState, PartyRole, TrackKind
from amparo.investigations import commands as investigation_commands
from amparo.investigations import queries as investigations
from amparo.investigations.words import Agency, Source, Status
from amparo.kernel import clock
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.prosecution import queries, rules
from amparo.prosecution.errors import (
    AlreadyRequested,
    AlreadyTold,
    ChargeMoveRefused,
    FeedEnded,
    MeasureDecided,
    NotAccusedHere,
    NotASurvivorHere,
    NotYetHeld,
    SameOutcome,
    StageBeforeComplaint,
    VerdictExists,
)
from amparo.prosecution.errors import StageReached as StageReachedAlready
from amparo.prosecution.models import (
    Appearance,
    Charge,
    ChargeStep,
    Compensation,
    Feed,
    Hearing,
    Proceeding,
    Sentence,
    SpecialMeasure,
    StageReached,
    Verdict,
)
from amparo.prosecution.words import (
    CUSTODIAL,
    TRIAL_PURPOSES,
    Appellant,
    ChargeEvent,
    ChargeState,
    HearingEvent,
    HearingState,
    Measure,
    MeasureState,
    Outcome,
    Purpose,
    SentenceKind,
    Stage,
    VerdictEvent,
    VerdictState,
)
from amparo.web import formats

CHARGE_CHANGE = "prosecution:charge:change"
CHARGE_SEE = "prosecution:charge:see"


def _open_head(actor: Actor, case_id: UUID) -> CaseHead:
    head = cases.case_head(actor, case_id)
    if head.state is CaseState.CLOSED:
        raise CaseIsClosed
    return head


def _has_part(actor: Actor, case_id: UUID, person_id: UUID, role: PartyRole) -> bool:
    return any(party.person_id == person_id for party in cases.parties(actor, case_id, [role]))


def _track(actor: Actor, case_id: UUID, state: str, on: date, *, only_from: Collection[str]) -> None:
    """Move the accountability track where it stands in one of some states and may go there."""
    head = cases.case_head(actor, case_id)
    track = next((t for t in cases.tracks(head) if t.kind is TrackKind.ACCOUNTABILITY), None)
    if track is not None and track.state in only_from and state in track.moves:
        case_commands.change_track(actor=actor, case_id=case_id, kind=TrackKind.ACCOUNTABILITY, state=state, on=on)


def _reach(row: Proceeding, stage: Stage, on: date) -> None:
    """Write down that a proceeding reached a stage, once; the proceeding stands at the highest one."""
    if StageReached.objects.filter(proceeding=row, stage=stage).exists():
        return
    writing.insert(StageReached(case_id=row.case_id, office_id=row.office_id, proceeding=row, stage=stage, on=on))
    order = list(Stage)
    if order.index(stage) > order.index(Stage(row.stage)):
        writing.update(row, stage=stage)
    facts = {"stage": stage}
    writing.note(Verb.STAGE_REACHED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)


# ---- proceedings -------------------------------------------------------------------------------------------


@command
def open_proceeding(
    *,
    actor: Actor,
    case_id: UUID,
    agency_kind: Agency,
    complaint_on: date,
    agency: str = "",
    complaint_no: str = "",
    court: str = "",
    court_no: str = "",
    jurisdiction: str = "",
    officials: str = "",
) -> UUID:
    """Open a proceeding with its complaint. **Needs** prosecution:proceeding:change.

    **Ledger** proceeding.opened. Raises InFuture.
    """
    head = _open_head(actor, case_id)
    policy.check_new(actor, queries.CHANGE, head.part(Compartment.LEGAL))
    rules.refuse_future(complaint_on, queries.today(), field="complaint_on")
    row = Proceeding(case_id=head.id, office_id=head.office_id, agency_kind=agency_kind, complaint_on=complaint_on)
    writing.insert(
        row,
        agency=agency,
        complaint_no=complaint_no,
        court=court,
        court_no=court_no,
        jurisdiction=jurisdiction,
        officials=officials,
    )
    facts = {"stage": Stage.REPORTED}
    writing.note(Verb.PROCEEDING_OPENED, subject=row.id, case=head.id, office=head.office_id, facts=facts)
    _reach(row, Stage.REPORTED, complaint_on)
    return row.id


def _proceeding(actor: Actor, proceeding_id: UUID, permission: str = queries.CHANGE) -> Proceeding:
    row = policy.load(actor, permission, Proceeding, proceeding_id, seen_by=queries.SEE)
    _open_head(actor, row.case_id)
    return row


@command
def change_proceeding(
    *,
    actor: Actor,
    proceeding_id: UUID,
    expected: int,
    agency_kind: Agency,
    complaint_on: date,
    agency: str,
    complaint_no: str,
    court: str,
    court_no: str,
    jurisdiction: str,
    officials: str,
) -> UUID:
    """Change numbers and names of a proceeding. **Needs** prosecution:proceeding:change.

    **Ledger** proceeding.changed. Raises InFuture, Changed.
    """
    row = _proceeding(actor, proceeding_id)
    rules.refuse_future(complaint_on, queries.today(), field="complaint_on")
    fresh = {
        "agency_kind": agency_kind,
        "complaint_on": complaint_on,
        "agency": agency,
        "complaint_no": complaint_no,
        "court": court,
        "court_no": court_no,
        "jurisdiction": jurisdiction,
        "officials": officials,
    }
    writing.update(row, expected=expected, **fresh)
    complaint = StageReached.objects.get(proceeding=row, stage=Stage.REPORTED)
    if complaint.on != complaint_on:
        writing.update(complaint, on=complaint_on)
    facts = {"fields": list(fresh)}
    writing.note(Verb.PROCEEDING_CHANGED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id


@command
def reach_stage(*, actor: Actor, proceeding_id: UUID, stage: Stage, on: date) -> UUID:
    """Write down the day on which a stage was reached. **Needs** prosecution:proceeding:change.

    **Ledger** stage.reached. Raises InFuture, StageBeforeComplaint, StageReached.
    """
    row = _proceeding(actor, proceeding_id)
    rules.refuse_future(on, queries.today())
    if on < row.complaint_on:
        raise StageBeforeComplaint(field="on")
    if StageReached.objects.filter(proceeding=row, stage=stage).exists():
        raise StageReachedAlready
    _reach(row, stage, on)
    if stage in (Stage.ENROLLED, Stage.TRIAL):
        _track(actor, row.case_id, "in_court", on, only_from={"investigating", "with_prosecution"})
    return row.id


@command
def confirm_final(*, actor: Actor, proceeding_id: UUID, on: date) -> UUID:
    """Say that everything in a proceeding is decided for good: a lawyer's word, never the program's.

    **Needs** prosecution:proceeding:change. **Ledger** stage.reached, track.changed.
    Raises StillOpen, InFuture.
    """
    row = _proceeding(actor, proceeding_id)
    rules.refuse_future(on, queries.today())
    verdicts = list(Verdict.objects.filter(charge__proceeding=row))
    rules.refuse_open(_states(row), [VerdictState(verdict.state) for verdict in verdicts])
    for verdict in verdicts:
        if verdict.state != VerdictState.FINAL:
            writing.update(verdict, state=rules.next_verdict_state(VerdictState(verdict.state), VerdictEvent.FINALISE))
    _reach(row, Stage.FINAL, on)
    if not Proceeding.objects.filter(case_id=row.case_id).exclude(stage=Stage.FINAL).exists():
        going = {"investigating", "with_prosecution", "in_court", "on_appeal"}
        _track(actor, row.case_id, "final", on, only_from=going)
    return row.id


def _states(row: Proceeding) -> list[ChargeState]:
    return [ChargeState(state) for state in Charge.objects.filter(proceeding=row).values_list("state", flat=True)]


# ---- charges -----------------------------------------------------------------------------------------------


@command
def propose_charge(
    *,
    actor: Actor,
    proceeding_id: UUID,
    accused_id: UUID,
    section: str,
    on: date,
    survivor_id: UUID | None = None,
    iccs: str = "",
    counts: int = 1,
    attempted: bool = False,
) -> UUID:
    """Propose what somebody is to be charged with. **Needs** prosecution:charge:change.

    **Ledger** charge.proposed. Raises NotAccusedHere, NotASurvivorHere, InFuture.
    """
    row = _proceeding(actor, proceeding_id, CHARGE_CHANGE)
    if not _has_part(actor, row.case_id, accused_id, PartyRole.SUSPECT):
        raise NotAccusedHere(field="accused_id")
    if survivor_id is not None and not _has_part(actor, row.case_id, survivor_id, PartyRole.SURVIVOR):
        raise NotASurvivorHere(field="survivor_id")
    rules.refuse_future(on, queries.today())
    charge = Charge(
        case_id=row.case_id,
        office_id=row.office_id,
        proceeding=row,
        accused_id=accused_id,
        survivor_id=survivor_id,
        iccs=iccs,
        counts=counts,
        attempted=attempted,
        since_on=on,
    )
    writing.insert(charge, section=section)
    _keep_step(charge, on)
    facts = {"accused": accused_id}
    writing.note(Verb.CHARGE_PROPOSED, subject=charge.id, case=row.case_id, office=row.office_id, facts=facts)
    return charge.id


def _keep_step(charge: Charge, on: date) -> None:
    writing.insert(
        ChargeStep(
            case_id=charge.case_id,
            office_id=charge.office_id,
            charge=charge,
            state=charge.state,
            on=on,
            reason=charge.reason,
        )
    )


def _move(
    charge: Charge, event: ChargeEvent, on: date, *, reason: str = "", more: Mapping[str, object] | None = None
) -> None:
    before = charge.state
    after = rules.next_charge_state(ChargeState(before), event)
    values = {"state": after, "since_on": on, "reason": reason, **(more or {})}
    writing.update(charge, expected=None, **values)
    _keep_step(charge, on)
    facts = {"from": before, "to": after, "reason": reason or None}
    writing.note(Verb.CHARGE_CHANGED, subject=charge.id, case=charge.case_id, office=charge.office_id, facts=facts)


def _charge(actor: Actor, charge_id: UUID) -> Charge:
    charge = policy.load(actor, CHARGE_CHANGE, Charge, charge_id, seen_by=CHARGE_SEE)
    _open_head(actor, charge.case_id)
    return charge


@command
def move_charge(
    *,
    actor: Actor,
    charge_id: UUID,
    event: ChargeEvent,
    on: date,
    reason: str = "",
    section: str | None = None,
    counts: int | None = None,
) -> UUID:
    """File, amend, decline, withdraw or dismiss a charge. **Needs** prosecution:charge:change.

    Filing makes the suspect charged and the track go to the prosecution. **Ledger** charge.changed.
    Raises ChargeMoveRefused, ReasonMissing, InFuture.
    """
    charge = _charge(actor, charge_id)
    rules.refuse_future(on, queries.today())
    rules.refuse_bare_end(event, reason)
    if event not in rules.BY_PEOPLE:
        raise ChargeMoveRefused
    more: dict[str, object] = {}
    if event is ChargeEvent.AMEND:
        more = {name: value for name, value in (("section", section), ("counts", counts)) if value is not None}
    _move(charge, event, on, reason=reason if event in rules.NEEDS_REASON else "", more=more)
    if event is ChargeEvent.FILE:
        _filed(actor, charge, on)
    else:
        _roll_up(actor, charge, None, on)
    return charge.id


def _filed(actor: Actor, charge: Charge, on: date) -> None:
    _reach(charge.proceeding, Stage.CHARGED, on)
    known = investigations.events_of(charge.case_id).get(charge.accused_id, [])
    if all(event.status is not Status.CHARGED for event in known):
        investigation_commands.record_status(
            actor=actor,
            case_id=charge.case_id,
            person_id=charge.accused_id,
            status=Status.CHARGED,
            happened=PartialDate.on(on),
            source=Source.PROSECUTOR,
        )
    _track(actor, charge.case_id, "with_prosecution", on, only_from={"investigating"})


# ---- hearings ----------------------------------------------------------------------------------------------


@command
def list_hearing(
    *,
    actor: Actor,
    proceeding_id: UUID,
    listed_at: datetime,
    purpose: Purpose,
    court: str = "",
    judge: str = "",
) -> UUID:
    """List a day in court; the first one moves the track into court. **Needs** prosecution:hearing:change.

    **Ledger** hearing.listed.
    """
    row = _proceeding(actor, proceeding_id, queries.HEARING_CHANGE)
    hearing = _insert_hearing(row, listed_at, purpose, court, judge)
    only_from = {"investigating", "with_prosecution"}
    _track(
        actor,
        row.case_id,
        "in_court",
        min(queries.local_day(listed_at), queries.today()),
        only_from=only_from,
    )
    return hearing.id


def _insert_hearing(row: Proceeding, listed_at: datetime, purpose: str, court: str, judge: str) -> Hearing:
    hearing = Hearing(
        case_id=row.case_id, office_id=row.office_id, proceeding=row, listed_at=listed_at, purpose=purpose
    )
    writing.insert(hearing, court=court, judge=judge)
    facts = {"purpose": purpose}
    writing.note(Verb.HEARING_LISTED, subject=hearing.id, case=row.case_id, office=row.office_id, facts=facts)
    return hearing


def _hearing(actor: Actor, hearing_id: UUID, event: HearingEvent) -> tuple[Hearing, HearingState]:
    row = policy.load(actor, queries.HEARING_CHANGE, Hearing, hearing_id, seen_by=queries.HEARING_SEE)
    _open_head(actor, row.case_id)
    return row, rules.next_hearing_state(HearingState(row.state), event)


@command
def change_hearing(
    *,
    actor: Actor,
    hearing_id: UUID,
    expected: int,
    listed_at: datetime,
    purpose: Purpose,
    court: str,
    judge: str,
) -> UUID:
    """Change a listed hearing before it takes place. **Needs** prosecution:hearing:change.

    **Ledger** hearing.changed. Raises HearingMoveRefused, Changed.
    """
    row, _state = _hearing(actor, hearing_id, HearingEvent.CHANGE)
    fresh = {"listed_at": listed_at, "purpose": purpose, "court": court, "judge": judge}
    writing.update(row, expected=expected, **fresh)
    facts = {"fields": list(fresh)}
    writing.note(Verb.HEARING_CHANGED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id


@dataclass(frozen=True, slots=True)
class Day:
    """What a day in court was like: who was there, and what it cost the survivors."""

    attendance: Sequence[str] = ()
    witnesses_summoned: int | None = None
    witnesses_present: int | None = None
    travelled: frozenset[UUID] = frozenset()
    waited: frozenset[UUID] = frozenset()
    testified: frozenset[UUID] = frozenset()
    without_news: frozenset[UUID] = frozenset()
    outcome: str = ""


@command
def hold_hearing(*, actor: Actor, hearing_id: UUID, day: Day, next_at: datetime | None = None) -> UUID:
    """Write down that a hearing took place; each survivor who wants it is promised to be told in two days.

    **Needs** prosecution:hearing:change. **Ledger** hearing.held, promise.made. Raises HearingMoveRefused,
    NotYetHeld, NextTooEarly.
    """
    row, state = _hearing(actor, hearing_id, HearingEvent.HOLD)
    held_on = queries.local_day(row.listed_at)
    if held_on > queries.today():
        raise NotYetHeld
    rules.refuse_earlier(row.listed_at, next_at)
    _end_hearing(row, state, day)
    writing.note(
        Verb.HEARING_HELD,
        subject=row.id,
        case=row.case_id,
        office=row.office_id,
        facts={"purpose": row.purpose},
    )
    _next_hearing(row, next_at)
    _appearances(actor, row, day)
    if row.purpose in TRIAL_PURPOSES:
        _reach(row.proceeding, Stage.TRIAL, held_on)
    _track(actor, row.case_id, "in_court", held_on, only_from={"investigating", "with_prosecution"})
    return row.id


@command
def adjourn_hearing(
    *, actor: Actor, hearing_id: UUID, reason: str, party: str, next_at: datetime | None = None, day: Day
) -> UUID:
    """Write down why a hearing did not take place and on whom it rests, and list the next one.

    **Needs** prosecution:hearing:change. **Ledger** hearing.adjourned, hearing.listed, promise.made.
    Raises HearingMoveRefused, ReasonMissing, PartyMissing, NextTooEarly.
    """
    row, state = _hearing(actor, hearing_id, HearingEvent.ADJOURN)
    rules.refuse_bare_adjournment(reason, party)
    rules.refuse_earlier(row.listed_at, next_at)
    _end_hearing(row, state, day, reason=reason, party=party)
    facts = {"reason": reason, "party": party}
    writing.note(Verb.HEARING_ADJOURNED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    _next_hearing(row, next_at)
    _appearances(actor, row, day)
    return row.id


def _end_hearing(row: Hearing, state: HearingState, day: Day, *, reason: str = "", party: str = "") -> None:
    writing.update(
        row,
        state=state,
        reason=reason,
        party=party,
        attendance=sorted(day.attendance),
        witnesses_summoned=day.witnesses_summoned,
        witnesses_present=day.witnesses_present,
        outcome=day.outcome,
    )


def _next_hearing(row: Hearing, next_at: datetime | None) -> None:
    if next_at is None:
        return
    words = queries.words_of_hearing(row)
    after = _insert_hearing(row.proceeding, next_at, row.purpose, words["court"], words["judge"])
    writing.update(row, next_id=after.id)
    facts = {"fields": ["next"]}
    writing.note(Verb.HEARING_CHANGED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)


def _appearances(actor: Actor, row: Hearing, day: Day) -> None:
    """One row for each survivor, and a promise to tell her, unless she wants no news."""
    heard_on = min(queries.local_day(row.listed_at), queries.today())
    parties = cases.parties(actor, row.case_id, [PartyRole.SURVIVOR])
    people = [(party.person_id, party.code) for party in parties if party.left_on is None]
    for person, _code in queries.survivors_heard(row.proceeding, people):
        wants = person not in day.without_news
        by = rules.tell_by(heard_on)
        promise = None
        if wants:
            text = _("Tell her what happened in court on %(day)s") % {"day": formats.day(heard_on)}
            promise = case_commands.make_promise(
                actor=actor, case_id=row.case_id, person_id=person, text=text, due_on=by
            )
        writing.insert(
            Appearance(
                case_id=row.case_id,
                office_id=row.office_id,
                hearing=row,
                person_id=person,
                travelled=person in day.travelled,
                waited=person in day.waited,
                testified=person in day.testified,
                wants_news=wants,
                tell_by=by if wants else None,
                promise_id=promise,
            )
        )
        facts = {"fields": ["appearance"]}
        writing.note(Verb.HEARING_CHANGED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)


@command
def vacate_hearing(*, actor: Actor, hearing_id: UUID) -> UUID:
    """Take a hearing off the list. **Needs** prosecution:hearing:change. **Ledger** hearing.vacated.

    Raises HearingMoveRefused.
    """
    row, state = _hearing(actor, hearing_id, HearingEvent.VACATE)
    writing.update(row, state=state)
    writing.note(Verb.HEARING_VACATED, subject=row.id, case=row.case_id, office=row.office_id)
    return row.id


@command
def prepare_survivor(*, actor: Actor, hearing_id: UUID) -> UUID:
    """Say that the survivor was prepared for a hearing. **Needs** prosecution:survivor:prepare.

    **Ledger** hearing.changed. Raises HearingMoveRefused.
    """
    permission = "prosecution:survivor:prepare"
    row = policy.load(actor, permission, Hearing, hearing_id, seen_by=queries.HEARING_SEE)
    rules.next_hearing_state(HearingState(row.state), HearingEvent.CHANGE)
    writing.update(row, prepared_on=queries.today())
    facts = {"fields": ["prepared"]}
    writing.note(Verb.HEARING_CHANGED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id


@command
def tell_survivor(*, actor: Actor, appearance_id: UUID, on: date, how: str) -> UUID:
    """Say that a survivor was told what happened; the promise to her is kept with it.

    **Needs** prosecution:outcome:tell. **Ledger** outcome.told, promise.kept. Raises AlreadyTold, InFuture.
    """
    row = policy.load(actor, queries.TELL, Appearance, appearance_id, seen_by=queries.HEARING_SEE)
    if row.told_on is not None:
        raise AlreadyTold
    rules.refuse_future(on, queries.today())
    writing.update(row, told_on=on, told_by=actor.account_id, told_how=how)
    facts = {"person": row.person_id}
    writing.note(Verb.OUTCOME_TOLD, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    if row.promise_id is not None:
        _keep_promise(actor, row.promise_id)
    return row.id


def _keep_promise(actor: Actor, promise_id: UUID) -> None:
    try:
        case_commands.keep_promise(actor=actor, promise_id=promise_id)
    except AlreadyEnded:
        # Somebody marked the promise itself before: both say the same.
        return


# ---- special measures --------------------------------------------------------------------------------------


@command
def request_measure(*, actor: Actor, proceeding_id: UUID, person_id: UUID, measure: Measure, on: date) -> UUID:
    """Write down that a protection in court was asked for. **Needs** prosecution:proceeding:change.

    **Ledger** measure.requested. Raises NotASurvivorHere, AlreadyRequested, InFuture.
    """
    row = _proceeding(actor, proceeding_id)
    if not _has_part(actor, row.case_id, person_id, PartyRole.SURVIVOR):
        raise NotASurvivorHere(field="person_id")
    rules.refuse_future(on, queries.today())
    same = SpecialMeasure.objects.filter(proceeding=row, person_id=person_id, measure=measure)
    if same.exclude(state=MeasureState.REFUSED).exists():
        raise AlreadyRequested
    asked = SpecialMeasure(
        case_id=row.case_id,
        office_id=row.office_id,
        proceeding=row,
        person_id=person_id,
        measure=measure,
        requested_on=on,
    )
    writing.insert(asked)
    facts = {"measure": measure}
    writing.note(Verb.MEASURE_REQUESTED, subject=asked.id, case=row.case_id, office=row.office_id, facts=facts)
    return asked.id


@command
def decide_measure(*, actor: Actor, measure_id: UUID, granted: bool, on: date) -> UUID:
    """Write down what the court said to a request. **Needs** prosecution:proceeding:change.

    **Ledger** measure.decided. Raises MeasureDecided, InFuture.
    """
    row = policy.load(actor, queries.CHANGE, SpecialMeasure, measure_id, seen_by=queries.SEE)
    if row.state != MeasureState.REQUESTED:
        raise MeasureDecided
    rules.refuse_future(on, queries.today())
    writing.update(row, state=MeasureState.GRANTED if granted else MeasureState.REFUSED, decided_on=on)
    facts = {"measure": row.measure, "granted": granted}
    writing.note(Verb.MEASURE_DECIDED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id


# ---- verdicts ----------------------------------------------------------------------------------------------


@command
def pronounce(*, actor: Actor, charge_id: UUID, outcome: Outcome, on: date, note: str = "") -> UUID:
    """Enter the verdict on one charge; the charge, the suspect's status and the stages follow from it.

    **Needs** prosecution:charge:change.
    **Ledger** verdict.pronounced, charge.changed, suspect.status, stage.reached.
    Raises VerdictExists, ChargeMoveRefused, InFuture.
    """
    charge = _charge(actor, charge_id)
    if Verdict.objects.filter(charge=charge).exists():
        raise VerdictExists
    rules.refuse_future(on, queries.today())
    rules.next_charge_state(ChargeState(charge.state), rules.BY_VERDICT[outcome])
    verdict = Verdict(case_id=charge.case_id, office_id=charge.office_id, charge=charge, outcome=outcome, on=on)
    writing.insert(verdict, note=note)
    facts = {"verdict": outcome}
    writing.note(Verb.VERDICT_PRONOUNCED, subject=verdict.id, case=charge.case_id, office=charge.office_id, facts=facts)
    _move(charge, rules.BY_VERDICT[outcome], on)
    for stage in rules.stages_of_verdict(_states(charge.proceeding)):
        _reach(charge.proceeding, stage, on)
    _roll_up(actor, charge, verdict, on)
    return verdict.id


def _roll_up(actor: Actor, charge: Charge, verdict: Verdict | None, on: date) -> None:
    """Let the suspect's status follow from all charges against her or him in the case. Nobody types it."""
    rows = list(Charge.objects.filter(case_id=charge.case_id, accused_id=charge.accused_id))
    status = rules.rolled_up([ChargeState(row.state) for row in rows])
    if status is None:
        return
    behind = verdict or Verdict.objects.filter(charge__in=rows).order_by("-on", "-id").first()
    if behind is None or _stands_so_by_verdict(charge, status):
        return
    investigation_commands.record_status_by_verdict(
        actor=actor,
        case_id=charge.case_id,
        person_id=charge.accused_id,
        status=status,
        on=on,
        verdict_id=behind.id,
    )


def _stands_so_by_verdict(charge: Charge, status: Status) -> bool:
    decided = [
        event.status
        for event in investigations.events_of(charge.case_id).get(charge.accused_id, [])
        if event.status in (Status.CONVICTED, Status.ACQUITTED)
    ]
    return bool(decided) and decided[-1] is status


def _verdict(actor: Actor, verdict_id: UUID, event: VerdictEvent) -> tuple[Verdict, VerdictState]:
    row = policy.load(actor, CHARGE_CHANGE, Verdict, verdict_id, seen_by=CHARGE_SEE)
    _open_head(actor, row.case_id)
    return row, rules.next_verdict_state(VerdictState(row.state), event)


@command
def lodge_appeal(*, actor: Actor, verdict_id: UUID, by: Appellant, on: date) -> UUID:
    """Write down that somebody appealed; the track goes on appeal. **Needs** prosecution:charge:change.

    **Ledger** charge.changed, track.changed. Raises VerdictMoveRefused, InFuture.
    """
    row, state = _verdict(actor, verdict_id, VerdictEvent.LODGE)
    rules.refuse_future(on, queries.today())
    writing.update(row, state=state, appealed_on=on, appealed_by=by, decided_on=None)
    facts = {"from": row.outcome, "to": state}
    writing.note(Verb.CHARGE_CHANGED, subject=row.charge_id, case=row.case_id, office=row.office_id, facts=facts)
    _track(actor, row.case_id, "on_appeal", on, only_from={"in_court", "final"})
    return row.id


@command
def decide_appeal(*, actor: Actor, verdict_id: UUID, outcome: Outcome | None, on: date) -> UUID:
    """Enter what a higher court said: None leaves the verdict as it is, an outcome takes its place.

    Sentences of a verdict that was changed are set aside. **Needs** prosecution:charge:change.
    **Ledger** charge.changed, sentence.varied, suspect.status.
    Raises VerdictMoveRefused, SameOutcome, InFuture.
    """
    event = VerdictEvent.UPHOLD if outcome is None else VerdictEvent.VARY
    row, state = _verdict(actor, verdict_id, event)
    rules.refuse_future(on, queries.today())
    before = row.outcome
    if outcome == before:
        raise SameOutcome(field="outcome")
    writing.update(row, state=state, decided_on=on, outcome=outcome or before)
    facts = {"from": VerdictState.APPEALED, "to": state}
    writing.note(Verb.CHARGE_CHANGED, subject=row.charge_id, case=row.case_id, office=row.office_id, facts=facts)
    if outcome is not None:
        charge = Charge.objects.get(pk=row.charge_id)
        _set_sentences_aside(row, on)
        _move(charge, rules.BY_APPEAL[outcome], on)
        _roll_up(actor, charge, row, on)
    if not Verdict.objects.filter(case_id=row.case_id, state=VerdictState.APPEALED).exists():
        _track(actor, row.case_id, "in_court", on, only_from={"on_appeal"})
    return row.id


def _set_sentences_aside(row: Verdict, on: date) -> None:
    for sentence in Sentence.objects.filter(verdict=row, ended_on=None):
        writing.update(sentence, ended_on=on)
        writing.note(Verb.SENTENCE_VARIED, subject=sentence.id, case=row.case_id, office=row.office_id)


@command
def enter_sentence(
    *,
    actor: Actor,
    verdict_id: UUID,
    kind: SentenceKind,
    on: date,
    custody_months: int | None = None,
    fine: int | None = None,
    currency: str = "",
    note: str = "",
) -> UUID:
    """Enter what follows from a conviction. **Needs** prosecution:charge:change.

    **Ledger** sentence.pronounced. Raises NoSentence, MonthsMissing, CurrencyMissing, InFuture.
    """
    row = policy.load(actor, CHARGE_CHANGE, Verdict, verdict_id, seen_by=CHARGE_SEE)
    _open_head(actor, row.case_id)
    rules.refuse_future(on, queries.today())
    rules.check_sentence(Outcome(row.outcome), kind, custody_months, fine, currency)
    sentence = Sentence(
        case_id=row.case_id,
        office_id=row.office_id,
        verdict=row,
        kind=kind,
        custody_months=custody_months,
        fine=fine,
        currency=currency.upper() if fine else "",
        on=on,
    )
    writing.insert(sentence, note=note)
    writing.note(
        Verb.SENTENCE_PRONOUNCED,
        subject=sentence.id,
        case=row.case_id,
        office=row.office_id,
        facts={"kind": kind},
    )
    if kind in CUSTODIAL:
        _reach(row.charge.proceeding, Stage.SENTENCED, on)
    return sentence.id


# ---- compensation ------------------------------------------------------------------------------------------


@command
def order_compensation(
    *, actor: Actor, proceeding_id: UUID, person_id: UUID, amount: int, currency: str, on: date
) -> UUID:
    """Enter what a court ordered to be paid to a survivor. **Needs** prosecution:proceeding:change.

    **Ledger** compensation.ordered. Raises NotASurvivorHere, CurrencyMissing, InFuture.
    """
    row = _proceeding(actor, proceeding_id)
    if not _has_part(actor, row.case_id, person_id, PartyRole.SURVIVOR):
        raise NotASurvivorHere(field="person_id")
    rules.check_amount(amount, currency)
    rules.refuse_future(on, queries.today())
    order = Compensation(
        case_id=row.case_id,
        office_id=row.office_id,
        proceeding=row,
        person_id=person_id,
        ordered=amount,
        currency=currency.upper(),
        ordered_on=on,
    )
    writing.insert(order)
    writing.note(Verb.COMPENSATION_ORDERED, subject=order.id, case=row.case_id, office=row.office_id)
    return order.id


@command
def pay_compensation(*, actor: Actor, compensation_id: UUID, amount: int, on: date) -> UUID:
    """Enter what the survivor received, added to what she had. **Needs** prosecution:proceeding:change.

    **Ledger** compensation.paid. Raises InFuture.
    """
    order = policy.load(actor, queries.CHANGE, Compensation, compensation_id, seen_by=queries.SEE)
    rules.refuse_future(on, queries.today())
    writing.update(order, paid=order.paid + amount, paid_on=on)
    writing.note(Verb.COMPENSATION_PAID, subject=order.id, case=order.case_id, office=order.office_id)
    return order.id


# ---- calendar feeds ----------------------------------------------------------------------------------------


@command
def make_feed(*, actor: Actor, secret: str) -> UUID:
    """Make a calendar feed of one's own hearings; the secret is kept only as a hash.

    **Needs** prosecution:feed:keep. **Ledger** feed.made.
    """
    policy.check_new(actor, "prosecution:feed:keep", Subject(own=actor.account_id))
    row = Feed(office_id=actor.office_id, account_id=actor.account_id, secret_hash=queries.secret_hash(secret))
    writing.insert(row)
    writing.note(Verb.FEED_MADE, subject=row.id, office=row.office_id)
    return row.id


@command
def revoke_feed(*, actor: Actor, feed_id: UUID) -> UUID:
    """End a calendar feed at once. **Needs** prosecution:feed:keep.

    **Ledger** feed.revoked. Raises FeedEnded.
    """
    row = policy.load(actor, "prosecution:feed:keep", Feed, feed_id)
    if row.revoked_at is not None:
        raise FeedEnded
    writing.update(row, revoked_at=clock.now())
    writing.note(Verb.FEED_REVOKED, subject=row.id, office=row.office_id)
    return row.id
