"""Referring somebody to a service, and every step until it is closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.commands import hold_case, require_basis
from amparo.cases.queries import CaseHead
from amparo.cases.words import CaseState
from amparo.evidence.commands import Source, keep_copy, number_copy
from amparo.evidence.words import CopyOf, Way
from amparo.kernel import clock, codes, digest, ids
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Facts, Verb
from amparo.ledger.writing import command
from amparo.partners import queries as partners
from amparo.referrals import rules
from amparo.referrals.errors import (
    CaseClosed,
    ConsentGone,
    NoConsent,
    NotAPlace,
    NotInCase,
    NotYours,
    WrongStep,
)
from amparo.referrals.models import Referral, ReferralStep
from amparo.referrals.queries import reach
from amparo.referrals.queries.reach import CHANGE
from amparo.referrals.queries.sheet import referral_sheet
from amparo.referrals.words import LEVELS, PENDING, REFERRABLE, SAID, Event, Part, State, Urgency
from amparo.vault.sealing import Words


@dataclass(frozen=True, slots=True)
class Asked:
    """What a referral asks and carries. `words` are those of each kind of data; `due_on` follows from `urgency`."""

    urgency: Urgency
    asked: str
    parts: Sequence[str] = ()
    words: Mapping[Part, str] = field(default_factory=dict)
    facility_id: UUID | None = None
    due_on: date | None = None


@command
def draft_referral(
    *, actor: Actor, case_id: UUID, person_id: UUID, agency_id: UUID, service: str, asked: Asked
) -> UUID:
    """Draft what a partner is asked to do for somebody of a case; nothing leaves yet.

    **Needs** referrals:referral:change, of the part of the case to which the service belongs, and a basis for her
    words. **Ledger** referral.drafted. Raises NotInCase, NotAPlace, NotYours, WordsWithoutClass, DueWrong, NoBasis,
    CaseClosed.
    """
    level = LEVELS[service]
    head = open_head(actor, CHANGE, case_id, level)
    _check_person(actor, case_id, person_id)
    require_basis(case_id, person_id)
    _check_place(actor, agency_id, asked.facility_id)
    _check_asked(actor, head, asked)
    now = clock.today()
    due = asked.due_on or rules.due_of(asked.urgency, now)
    row = Referral(
        office_id=head.office_id,
        case_id=case_id,
        person_id=person_id,
        agency_id=agency_id,
        facility_id=asked.facility_id,
        code=codes.make_code("RF", ids.entropy(codes.ENTROPY_BYTES)),
        service=service,
        level=level,
        urgency=asked.urgency,
        classes=_in_order(asked.parts),
        since_on=now,
        due_on=due,
        next_by=rules.next_by(State.DRAFT, now, due, asked.urgency),
    )
    writing.insert(row, asked=asked.asked, **_said(asked))
    _noted(row, Verb.REFERRAL_DRAFTED, {"urgency": row.urgency, "due": due})
    return row.id


def open_head(actor: Actor, permission: str, case_id: UUID, level: Compartment | None = None) -> CaseHead:
    """A case, held open until this command ends. Raises NotFound, Refused, CaseClosed."""
    hold_case(case_id)
    head = reach.head_for(actor, permission, case_id, level)
    if head.state is CaseState.CLOSED:
        raise CaseClosed
    return head


def _check_person(actor: Actor, case_id: UUID, person_id: UUID) -> None:
    if all(str(person_id) != key for key, _name in reach.person_choices(actor, case_id)):
        raise NotInCase(field="person_id")


def _check_place(actor: Actor, agency_id: UUID, facility_id: UUID | None) -> None:
    if all(str(agency_id) != key for key, _name in partners.recipient_choices(actor)):
        raise NotAPlace(field="agency_id")
    if facility_id is None:
        return
    if all(str(facility_id) != key for key, _name in partners.facility_choices(actor, agency_id=agency_id)):
        raise NotAPlace(field="facility_id")


def _check_asked(actor: Actor, head: CaseHead, asked: Asked) -> None:
    if set(asked.parts) - set(reach.referrable(actor, head)):
        raise NotYours(field="classes")
    rules.check_words(asked.parts, asked.words)
    if asked.due_on is not None:
        rules.check_due(asked.due_on, clock.today())


def _in_order(parts: Sequence[str]) -> list[str]:
    return [part.value for part in REFERRABLE if part in parts]


def _said(asked: Asked) -> dict[str, Words]:
    return {part.value: asked.words.get(part, "") for part in SAID}


@command
def change_referral(*, actor: Actor, referral_id: UUID, asked: Asked, expected: int | None = None) -> UUID:
    """Change what has not left yet; what was ready to be sent needs its consent anew.

    **Needs** referrals:referral:change, and to see all that it carries. **Ledger** referral.changed.
    Raises WrongStep, NotAllSeen, NotAPlace, NotYours, WordsWithoutClass, DueWrong, CaseClosed.
    """
    row = reach.load_referral(actor, CHANGE, referral_id)
    head = open_head(actor, CHANGE, row.case_id, Compartment(row.level))
    if row.state not in PENDING:
        raise WrongStep
    reach.check_all_seen(actor, row)
    _check_place(actor, row.agency_id, asked.facility_id)
    _check_asked(actor, head, asked)
    due = asked.due_on or row.due_on
    writing.update(
        row,
        expected=expected,
        state=State.DRAFT,
        basis_id=None,
        facility_id=asked.facility_id,
        urgency=asked.urgency,
        classes=_in_order(asked.parts),
        due_on=due,
        next_by=rules.next_by(State.DRAFT, row.since_on, due, asked.urgency),
        asked=asked.asked,
        **_said(asked),
    )
    _noted(row, Verb.REFERRAL_CHANGED, {"fields": ["asked", "classes", "due"]})
    return row.id


@command
def give_consent(*, actor: Actor, referral_id: UUID, basis_id: UUID, words: str = "") -> UUID:
    """Say on which consent a referral leaves: hers, live, naming this partner and all that is carried.

    **Needs** referrals:referral:change. **Ledger** referral.moved. Raises WrongStep, NoConsent, CaseClosed.
    """
    row = reach.load_referral(actor, CHANGE, referral_id)
    open_head(actor, CHANGE, row.case_id, Compartment(row.level))
    state = rules.next_state(State(row.state), Event.CONSENT)
    if not _may_leave(row, basis_id):
        raise NoConsent(field="basis_id")
    _moved(row, Event.CONSENT, state, clock.today(), words, {"basis_id": basis_id}, {"consent": basis_id})
    return row.id


def _may_leave(row: Referral, basis_id: UUID | None) -> bool:
    if basis_id is None or basis_id not in cases.basis_ids_of(row.case_id, row.person_id):
        return False
    return rules.covers(reach.named(basis_id), row.agency_id, row.classes)


@command
def move_referral(
    *,
    actor: Actor,
    referral_id: UUID,
    event: Event,
    on: date | None = None,
    reason: str = "",
    appointment_on: date | None = None,
    words: str = "",
) -> UUID:
    """Say how far a referral is. Sending asks its consent anew, and who sends it must see all that it carries.

    **Needs** referrals:referral:change. **Ledger** referral.moved. Raises WrongStep, DayWrong, ReasonMissing,
    ConsentGone, NotAllSeen.
    """
    row = reach.load_referral(actor, CHANGE, referral_id)
    state = rules.next_state(State(row.state), event)
    now = clock.today()
    day = on or now
    rules.check_day(day, row.since_on, now)
    rules.check_reason(event, reason)
    if event is Event.CONSENT:
        raise WrongStep
    if event is Event.SEND:
        reach.check_all_seen(actor, row)
        if not _may_leave(row, row.basis_id):
            raise ConsentGone
    values: dict[str, object] = {"reason": reason} if reason else {}
    if event is Event.ACCEPT:
        values["appointment_on"] = appointment_on
    _moved(row, event, state, day, words, values, {"reason": reason or None})
    return row.id


def _moved(
    row: Referral, event: Event, state: State, on: date, words: str, values: Mapping[str, object], facts: Facts
) -> None:
    by = rules.next_by(state, on, row.due_on, Urgency(row.urgency))
    writing.update(row, expected=row.version, state=state, since_on=on, next_by=by, **values)
    step = ReferralStep(
        office_id=row.office_id,
        case_id=row.case_id,
        person_id=row.person_id,
        referral=row,
        level=row.level,
        event=event,
        on=on,
    )
    writing.insert(step, words=words)
    _noted(row, Verb.REFERRAL_MOVED, {"event": event, "state": state, "on": on, **facts})


@command
def record_sheet(*, actor: Actor, referral_id: UUID) -> UUID:
    """Keep in the ledger that the sheet is printed, before it leaves. Returns the copy whose number stands on it.

    **Needs** referrals:referral:change, and to see all that it carries. **Ledger** copy.issued, referral.printed.
    Raises as `referral_sheet` does.
    """
    row = reach.load_referral(actor, CHANGE, referral_id)
    source = Source(CopyOf.REFERRAL, row.id, (row.code,), row.case_id, row.office_id)
    new = number_copy(actor, source, agency_id=row.agency_id)
    sheet = digest.sha256(referral_sheet(actor, referral_id, new.mark, new.at))
    copy_id = keep_copy(new, Way.MARKED, copy=sheet)
    _noted(row, Verb.REFERRAL_PRINTED, {"sheet": sheet})
    return copy_id


def stop_without_consent(basis_id: UUID) -> int:
    """Stop every referral that has not left and rests on this consent. Returns how many.

    Inside a command that has asked the policy and ended the consent.
    """
    rows = list(Referral.objects.filter(basis_id=basis_id, state__in=PENDING).order_by("id"))
    reason = "consent_withdrawn"
    for row in rows:
        facts = {"reason": reason, "consent": basis_id}
        _moved(row, Event.CANCEL, State.CANCELLED, max(clock.today(), row.since_on), "", {"reason": reason}, facts)
    return len(rows)


def _noted(row: Referral, verb: Verb, facts: Facts) -> None:
    writing.note(verb, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
