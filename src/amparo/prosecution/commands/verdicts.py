"""Verdicts for each charge, appeals and sentences."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.investigations import commands as investigation_commands
from amparo.investigations import queries as investigations
from amparo.investigations.words import Status
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.prosecution import queries, rules
from amparo.prosecution.commands.reach import (
    CHARGE_CHANGE,
    CHARGE_SEE,
    change_state,
    charge_for,
    charge_states,
    mark_reached,
    move_track,
    open_head,
)
from amparo.prosecution.errors import (
    SameOutcome,
    VerdictExists,
)
from amparo.prosecution.models import (
    Charge,
    ChargeStep,
    Proceeding,
    Sentence,
    StageReached,
    Verdict,
)
from amparo.prosecution.words import (
    CUSTODIAL,
    Appellant,
    ChargeState,
    Outcome,
    SentenceKind,
    Stage,
    VerdictEvent,
    VerdictState,
)


@command
def pronounce(*, actor: Actor, charge_id: UUID, outcome: Outcome, on: date, note: str = "") -> UUID:
    """Enter the verdict on one charge; the charge, the suspect's status and the stages follow from it.

    **Needs** prosecution:charge:change.
    **Ledger** verdict.pronounced, charge.changed, suspect.status, stage.reached.
    Raises VerdictExists, ChargeMoveRefused, InFuture.
    """
    charge = charge_for(actor, charge_id)
    if Verdict.objects.filter(charge=charge).exists():
        raise VerdictExists
    rules.refuse_future(on, queries.today())
    rules.next_charge_state(ChargeState(charge.state), rules.BY_VERDICT[outcome])
    verdict = Verdict(case_id=charge.case_id, office_id=charge.office_id, charge=charge, outcome=outcome, on=on)
    writing.insert(verdict, note=note)
    facts = {"verdict": outcome}
    writing.note(Verb.VERDICT_PRONOUNCED, subject=verdict.id, case=charge.case_id, office=charge.office_id, facts=facts)
    change_state(charge, rules.BY_VERDICT[outcome], on)
    for stage in rules.stages_of_verdict(charge_states(charge.proceeding)):
        mark_reached(charge.proceeding, stage, on)
    roll_up(actor, charge, verdict, on)
    return verdict.id


def roll_up(actor: Actor, charge: Charge, verdict: Verdict | None, on: date) -> None:
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


@command
def take_back_verdict(*, actor: Actor, verdict_id: UUID) -> UUID:
    """Take a verdict away that was entered by mistake, with its sentences and all that followed from it.

    The charge is before the court again. The ledger keeps that it was entered, and what it said.
    **Needs** prosecution:charge:change. **Ledger** verdict.taken_back, suspect.status_withdrawn, suspect.status.
    Raises VerdictMoveRefused, CaseIsClosed.
    """
    row = policy.load(actor, CHARGE_CHANGE, Verdict, verdict_id, seen_by=CHARGE_SEE)
    open_head(actor, row.case_id)
    rules.refuse_taking_back(VerdictState(row.state))
    charge = Charge.objects.get(pk=row.charge_id)
    for sentence in Sentence.objects.filter(verdict=row):
        writing.delete(sentence)
    writing.delete(row)
    _bring_back(charge)
    _forget_stages(charge.proceeding)
    facts = {"verdict": row.outcome, "charge": charge.state}
    writing.note(Verb.VERDICT_TAKEN_BACK, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    investigation_commands.withdraw_statuses_of_verdict(actor=actor, case_id=row.case_id, verdict_id=row.id)
    roll_up(actor, charge, None, queries.today())
    return charge.id


def _bring_back(charge: Charge) -> None:
    """Put a charge back to where it stood before its verdict."""
    wrong, before = ChargeStep.objects.filter(charge=charge).order_by("-created_at", "-id")[:2]
    writing.delete(wrong)
    writing.update(charge, state=before.state, since_on=before.on, reason=before.reason)


def _forget_stages(proceeding: Proceeding) -> None:
    """Forget the stages of a proceeding that no verdict or sentence carries any more."""
    verdicts = Verdict.objects.filter(charge__proceeding=proceeding)
    carried = set(rules.stages_of_verdict(charge_states(proceeding))) if verdicts.exists() else set()
    if Sentence.objects.filter(verdict__in=verdicts, kind__in=CUSTODIAL, mistake="").exists():
        carried.add(Stage.SENTENCED)
    reached = list(StageReached.objects.filter(proceeding=proceeding))
    gone = [stage for stage in reached if stage.stage in rules.STAGES_OF_VERDICT - carried]
    for stage in gone:
        writing.delete(stage)
    if gone:
        left = rules.highest(Stage(stage.stage) for stage in reached if stage not in gone)
        writing.update(proceeding, stage=left)


def _verdict(actor: Actor, verdict_id: UUID, event: VerdictEvent) -> tuple[Verdict, VerdictState]:
    row = policy.load(actor, CHARGE_CHANGE, Verdict, verdict_id, seen_by=CHARGE_SEE)
    open_head(actor, row.case_id)
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
    move_track(actor, row.case_id, "on_appeal", on, only_from={"in_court", "final"})
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
        change_state(charge, rules.BY_APPEAL[outcome], on)
        roll_up(actor, charge, row, on)
    if not Verdict.objects.filter(case_id=row.case_id, state=VerdictState.APPEALED).exists():
        move_track(actor, row.case_id, "in_court", on, only_from={"on_appeal"})
    return row.id


def _set_sentences_aside(row: Verdict, on: date) -> None:
    for sentence in Sentence.objects.filter(verdict=row, ended_on=None, mistake=""):
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
    open_head(actor, row.case_id)
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
        mark_reached(row.charge.proceeding, Stage.SENTENCED, on)
    return sentence.id
