"""What was entered wrongly is put right: what it said before stays readable, with the reason, and nothing counts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.prosecution import queries, rules
from amparo.prosecution.commands.hearings import Day, write_appearances
from amparo.prosecution.commands.reach import CHARGE_CHANGE, CHARGE_SEE, mark_reached, noted, open_head
from amparo.prosecution.errors import ToldOfIt
from amparo.prosecution.models import (
    Appearance,
    Compensation,
    Correction,
    Hearing,
    Proceeding,
    Sentence,
    StageReached,
    Verdict,
)
from amparo.prosecution.words import (
    CUSTODIAL,
    TRIAL_PURPOSES,
    Corrected,
    HearingState,
    Mistake,
    Outcome,
    SentenceKind,
    Stage,
)
from amparo.vault.sealing import Words

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Why:
    """Why something is put right: a reason, and a remark where that is not enough."""

    reason: Mistake
    remark: str = ""


def _keep(what: Corrected, row: Hearing | Sentence | Compensation, proceeding_id: UUID, was: Values, why: Why) -> None:
    """Keep what a row said before, sealed: also what stands open in the row itself."""
    owner = row.person_id if isinstance(row, Compensation) else row.case_id
    kept = Correction(
        case_id=row.case_id,
        office_id=row.office_id,
        proceeding_id=proceeding_id,
        what=what,
        of_id=row.id,
        reason=why.reason,
        key_owner=owner,
    )
    said: dict[str, Words] = {name: queries.kept_value(value) for name, value in was.items() if value}
    writing.insert(kept, was=said, remark=why.remark)


def _changed(before: Values, after: Values) -> list[str]:
    return sorted(name for name in after if after[name] != before[name])


# ---- hearings ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a day in court, as it was in truth."""

    state: HearingState
    listed_at: datetime
    reason: str = ""
    party: str = ""
    travelled: frozenset[UUID] = frozenset()
    waited: frozenset[UUID] = frozenset()
    testified: frozenset[UUID] = frozenset()
    outcome: str = ""


@command
def correct_hearing(*, actor: Actor, hearing_id: UUID, result: Result, why: Why) -> UUID:
    """Put right what was entered about a hearing that is over: its day, its result, and who had to come.

    The stage "trial begun" follows. Put back on the list, it can come to its end once more. **Needs**
    prosecution:hearing:change. **Ledger** hearing.corrected, hearing.changed, promise.made.
    Raises NotYetHeld, ReasonMissing, PartyMissing, NextTooEarly, ToldOfIt.
    """
    row = policy.load(actor, queries.HEARING_CHANGE, Hearing, hearing_id, seen_by=queries.HEARING_SEE)
    open_head(actor, row.case_id)
    rules.refuse_listed(HearingState(row.state))
    rules.check_result(result.state, queries.local_day(result.listed_at), queries.today(), result.reason, result.party)
    after = Hearing.objects.filter(pk=row.next_id).values_list("listed_at", flat=True).first() if row.next_id else None
    rules.refuse_earlier(result.listed_at, after)
    came = list(Appearance.objects.filter(hearing=row))
    was_vacated = row.state == HearingState.VACATED
    is_listed = result.state is HearingState.LISTED
    if is_listed and any(one.told_on for one in came):
        raise ToldOfIt
    was_on = queries.local_day(row.listed_at)
    is_adjourned = result.state is HearingState.ADJOURNED
    fresh: dict[str, object] = {
        "listed_at": result.listed_at,
        "state": result.state,
        "reason": result.reason if is_adjourned else "",
        "party": result.party if is_adjourned else "",
        "outcome": result.outcome,
    }
    before = queries.result_of(row)
    _keep(Corrected.HEARING, row, row.proceeding_id, before, why)
    writing.update(row, expected=None, **fresh)
    offered = [person for person, _code in queries.survivors_of_hearing(actor, row)]
    for one in came:
        # Whom the actor can't see she was not asked about: what is written down of her stays.
        if is_listed or one.person_id in offered:
            _correct_appearance(one, result)
    known = {one.person_id for one in came}
    _add_appearances(actor, row, result, [person for person in offered if person not in known], everyone=was_vacated)
    after_it = queries.result_of(row)
    noted(Verb.HEARING_CORRECTED, row, fields=_changed(before, after_it), reason=why.reason)
    if row.purpose in TRIAL_PURPOSES:
        _follow_trial(row.proceeding, was_on)
    return row.id


def _correct_appearance(row: Appearance, result: Result) -> None:
    """Who put a hearing back on the list is asked about each survivor once more when it is held."""
    values: dict[str, object] = {
        "travelled": row.person_id in result.travelled,
        "waited": row.person_id in result.waited,
        "testified": row.person_id in result.testified and result.state is HearingState.HELD,
    }
    if result.state is HearingState.LISTED:
        values = dict.fromkeys(values, False) | {"tell_by": None}
    writing.update(row, expected=None, **values)


def _add_appearances(actor: Actor, row: Hearing, result: Result, people: list[UUID], *, everyone: bool) -> None:
    """Who came to a hearing that was cancelled by mistake, or who was left out before, has come all the same."""
    if result.state not in (HearingState.HELD, HearingState.ADJOURNED):
        return
    named = result.travelled | result.waited | result.testified
    day = Day(
        travelled=result.travelled,
        waited=result.waited,
        testified=result.testified if result.state is HearingState.HELD else frozenset(),
        without_news=frozenset(queries.without_news(row.case_id)),
    )
    write_appearances(actor, row, day, [person for person in people if everyone or person in named])


def _follow_trial(proceeding: Proceeding, was_on: date) -> None:
    """Let "trial begun" follow the hearings where it followed one of this day; where people typed it, it stays."""
    held = Hearing.objects.filter(proceeding=proceeding, state=HearingState.HELD, purpose__in=TRIAL_PURPOSES)
    days = [queries.local_day(at) for at in held.values_list("listed_at", flat=True)]
    stage = StageReached.objects.filter(proceeding=proceeding, stage=Stage.TRIAL).first()
    if stage is None or stage.on == was_on:
        _set_stage(proceeding, Stage.TRIAL, min(days, default=None))


def _set_stage(proceeding: Proceeding, stage: Stage, on: date | None) -> None:
    """A stage was reached on a day, or was not reached at all; the proceeding stands at the highest that is left."""
    row = StageReached.objects.filter(proceeding=proceeding, stage=stage).first()
    if row is None and on is not None:
        mark_reached(proceeding, stage, on)
    elif row is not None and on is None:
        writing.delete(row)
        left = StageReached.objects.filter(proceeding=proceeding).values_list("stage", flat=True)
        writing.update(proceeding, stage=rules.highest(map(Stage, left)))
        noted(Verb.PROCEEDING_CHANGED, proceeding, fields=["stage"])
    elif row is not None and on is not None and row.on != on:
        writing.update(row, on=on)
        noted(Verb.PROCEEDING_CHANGED, proceeding, fields=["stage"])


# ---- sentences ---------------------------------------------------------------------------------------------


def _sentence(actor: Actor, sentence_id: UUID) -> tuple[Sentence, Verdict]:
    row = policy.load(actor, CHARGE_CHANGE, Sentence, sentence_id, seen_by=CHARGE_SEE)
    open_head(actor, row.case_id)
    rules.refuse_taken_back(row.mistake)
    return row, Verdict.objects.select_related("charge__proceeding").get(pk=row.verdict_id)


@command
def correct_sentence(
    *,
    actor: Actor,
    sentence_id: UUID,
    kind: SentenceKind,
    on: date,
    why: Why,
    custody_months: int | None = None,
    fine: int | None = None,
    currency: str = "",
    note: str = "",
) -> UUID:
    """Put a sentence right that was entered wrongly; the stage follows. **Needs** prosecution:charge:change.

    **Ledger** sentence.corrected. Raises TakenBack, NoSentence, MonthsMissing, CurrencyMissing, InFuture.
    """
    row, verdict = _sentence(actor, sentence_id)
    rules.refuse_future(on, queries.today())
    rules.check_sentence(Outcome(verdict.outcome), kind, custody_months, fine, currency)
    fresh: dict[str, object] = {
        "kind": kind,
        "on": on,
        "custody_months": custody_months,
        "fine": fine,
        "currency": currency.upper() if fine else "",
        "note": note,
    }
    before = queries.terms_of_sentence(row)
    _keep(Corrected.SENTENCE, row, verdict.charge.proceeding_id, before, why)
    writing.update(row, expected=None, **fresh)
    noted(Verb.SENTENCE_CORRECTED, row, fields=_changed(before, fresh), reason=why.reason)
    _follow_sentences(verdict)
    return row.id


@command
def take_back_sentence(*, actor: Actor, sentence_id: UUID, why: Why) -> UUID:
    """Say that a sentence never was: it stays readable, and nothing counts it. **Needs** prosecution:charge:change.

    **Ledger** sentence.taken_back. Raises TakenBack.
    """
    row, verdict = _sentence(actor, sentence_id)
    _keep(Corrected.SENTENCE, row, verdict.charge.proceeding_id, {}, why)
    writing.update(row, mistake=why.reason)
    noted(Verb.SENTENCE_TAKEN_BACK, row, reason=why.reason)
    _follow_sentences(verdict)
    return row.id


def _follow_sentences(verdict: Verdict) -> None:
    proceeding = verdict.charge.proceeding
    known = Sentence.objects.filter(verdict__charge__proceeding=proceeding, kind__in=CUSTODIAL, mistake="")
    _set_stage(proceeding, Stage.SENTENCED, min(known.values_list("on", flat=True), default=None))


# ---- compensation ------------------------------------------------------------------------------------------


def _compensation(actor: Actor, compensation_id: UUID) -> Compensation:
    row = policy.load(actor, queries.CHANGE, Compensation, compensation_id, seen_by=queries.SEE)
    open_head(actor, row.case_id)
    rules.refuse_taken_back(row.mistake)
    return row


@command
def correct_compensation(
    *,
    actor: Actor,
    compensation_id: UUID,
    ordered: int,
    currency: str,
    ordered_on: date,
    paid: int,
    paid_on: date | None,
    why: Why,
) -> UUID:
    """Put right what was ordered, and what she received in all. **Needs** prosecution:proceeding:change.

    **Ledger** compensation.corrected. Raises TakenBack, CurrencyMissing, InFuture.
    """
    row = _compensation(actor, compensation_id)
    rules.check_amount(ordered, currency)
    rules.refuse_future(ordered_on, queries.today(), field="ordered_on")
    if paid_on is not None:
        rules.refuse_future(paid_on, queries.today(), field="paid_on")
    fresh: dict[str, object] = {
        "ordered": ordered,
        "currency": currency.upper(),
        "ordered_on": ordered_on,
        "paid": paid,
        "paid_on": paid_on if paid else None,
    }
    before = {name: getattr(row, name) for name in fresh}
    _keep(Corrected.COMPENSATION, row, row.proceeding_id, before, why)
    writing.update(row, expected=None, **fresh)
    return noted(Verb.COMPENSATION_CORRECTED, row, fields=_changed(before, fresh), reason=why.reason)


@command
def take_back_compensation(*, actor: Actor, compensation_id: UUID, why: Why) -> UUID:
    """Say that a compensation was never ordered: it stays readable, and nothing counts it.

    **Needs** prosecution:proceeding:change. **Ledger** compensation.taken_back. Raises TakenBack.
    """
    row = _compensation(actor, compensation_id)
    _keep(Corrected.COMPENSATION, row, row.proceeding_id, {}, why)
    writing.update(row, mistake=why.reason)
    return noted(Verb.COMPENSATION_TAKEN_BACK, row, reason=why.reason)
