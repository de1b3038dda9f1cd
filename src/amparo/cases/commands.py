"""Every write about cases, their people, notes, tasks, promises, incidents and consents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from amparo.access import commands as access
from amparo.access import policy
from amparo.access import queries as access_queries
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.cases import rules
from amparo.cases.errors import (
    AlreadyEnded,
    AlreadyParty,
    CanNotHandOver,
    CaseIsClosed,
    ClosingAsked,
    ClosingNotReady,
    ConsentEnded,
    HandOverNotYours,
    NoBasis,
    NoSuchPerson,
    NotASurvivorHere,
    NothingAsked,
    NotOnThisTeam,
    OwnRequest,
    SameCase,
)
from amparo.cases.models import (
    Basis,
    Case,
    CaseLink,
    Closing,
    Draft,
    HandOver,
    Incident,
    Note,
    Party,
    SurvivorPromise,
    Task,
    Track,
    TrackChange,
)
from amparo.cases.rules import BasisFacts, Check, IncidentFacts, Question
from amparo.cases.words import (
    BasisKind,
    CaseState,
    ConsentState,
    NoteKind,
    PartyRole,
    PromiseState,
    Risk,
    TaskState,
    TrackKind,
)
from amparo.kernel import clock, codes, ids
from amparo.kernel.dates import AgeEstimate, PartialDate
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment, Role
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.people import commands as people
from amparo.people import queries as people_queries
from amparo.people.words import PersonKind
from amparo.vault import sealing

DRAFT_DAYS = 7
KIND_OF: Mapping[PartyRole, PersonKind] = {
    PartyRole.SURVIVOR: PersonKind.SURVIVOR,
    PartyRole.FAMILY: PersonKind.FAMILY,
    PartyRole.CAREGIVER: PersonKind.FAMILY,
    PartyRole.GUARDIAN: PersonKind.FAMILY,
    PartyRole.WITNESS: PersonKind.WITNESS,
    PartyRole.REPORTER: PersonKind.REPORTER,
    PartyRole.SUSPECT: PersonKind.SUSPECT,
    PartyRole.ASSOCIATE: PersonKind.SUSPECT,
    PartyRole.OFFICIAL: PersonKind.OFFICIAL,
}


def _subject(case: Case, level: Compartment | None = None) -> Subject:
    return Subject(office=case.office_id, cases=frozenset([case.id]), level=level)


def _case(actor: Actor, permission: str, case_id: UUID, level: Compartment | None = None) -> Case:
    """The open case for an act on one of its parts. Raises NotFound, Refused, CaseIsClosed."""
    case = policy.load(actor, "cases:case:see", Case, case_id)
    if not policy.decide(actor, permission, _subject(case, level)).allowed:
        policy.check_new(actor, permission, _subject(case, level))
    _refuse_closed(case)
    return case


def _refuse_closed(case: Case) -> None:
    if case.state == CaseState.CLOSED:
        raise CaseIsClosed


# ---- the case ---------------------------------------------------------------------------------------------------


@command
def open_case(
    *,
    actor: Actor,
    office_id: UUID,
    types: Sequence[str],
    title: str,
    risk: Risk,
    reported_on: date,
    origin: str = "report",
    summary: str = "",
) -> UUID:
    """Open a case with its four tracks. **Needs** cases:case:open. **Ledger** case.opened, track.changed."""
    policy.check_new(actor, "cases:case:open", Subject(office=office_id))
    case = Case(
        office_id=office_id,
        code=codes.make_code("CASE", ids.entropy(codes.ENTROPY_BYTES)),
        types=list(types),
        risk=risk,
        origin=origin,
        opened_at=clock.now(),
        reported_on=reported_on,
    )
    writing.insert(case, title=title, summary=summary)
    writing.note(Verb.CASE_OPENED, subject=case.id, case=case.id, office=office_id, facts={"origin": origin})
    for kind in TrackKind:
        state = rules.FIRST_STATE[kind]
        writing.insert(Track(case=case, office_id=office_id, kind=kind, state=state, since_on=reported_on))
        _keep_change(case, kind, "none", state, reported_on)
    return case.id


@command
def change_case(
    *,
    actor: Actor,
    case_id: UUID,
    expected: int,
    title: str,
    types: Sequence[str],
    risk: Risk,
    summary: str | None = None,
) -> UUID:
    """Change what a case is called and about. `summary` of None leaves it. **Needs** cases:case:change.

    **Ledger** case.changed. Raises Changed.
    """
    case = _case(actor, "cases:case:change", case_id)
    fresh: dict[str, object] = {"title": title, "types": list(types), "risk": risk}
    if summary is not None:
        fresh["summary"] = summary
    writing.update(case, expected=expected, **fresh)
    writing.note(Verb.CASE_CHANGED, subject=case.id, case=case.id, office=case.office_id, facts={"fields": list(fresh)})
    return case.id


def _keep_change(case: Case, kind: TrackKind, before: str, after: str, on: date) -> None:
    writing.insert(TrackChange(case=case, office_id=case.office_id, kind=kind, state=after, on=on))
    facts = {"track": kind, "from": before, "to": after}
    writing.note(Verb.TRACK_CHANGED, subject=case.id, case=case.id, office=case.office_id, facts=facts)


@command
def change_track(*, actor: Actor, case_id: UUID, kind: TrackKind, state: str, on: date | None = None) -> UUID:
    """Move a track to another state; the state that it has already changes nothing.

    **Needs** cases:track:change. **Ledger** track.changed. Raises TrackNotOpen.
    """
    case = _case(actor, "cases:track:change", case_id)
    track = Track.objects.get(case=case, kind=kind)
    if track.state == state:
        return case.id
    rules.check_move(kind, track.state, state)
    before = track.state
    day = on or clock.today()
    writing.update(track, state=state, since_on=day)
    _keep_change(case, kind, before, state, day)
    return case.id


@command
def lead_track(*, actor: Actor, case_id: UUID, kind: TrackKind, account_id: UUID) -> UUID:
    """Give a track its lead, who has to be on the team. **Needs** cases:track:change. **Ledger** track.led."""
    case = _case(actor, "cases:track:change", case_id)
    _must_see(case, account_id)
    writing.update(Track.objects.get(case=case, kind=kind), lead_id=account_id)
    facts = {"track": kind, "account": account_id}
    writing.note(Verb.TRACK_LED, subject=case.id, case=case.id, office=case.office_id, facts=facts)
    return case.id


def _must_see(case: Case, account_id: UUID) -> None:
    """Only somebody who sees a case can be asked to do something in it. Raises NotOnThisTeam."""
    on_team = {member.account_id for member in access_queries.team_of(case.id)}
    if account_id not in on_team and account_id not in access_queries.supervisors_of(case.office_id):
        raise NotOnThisTeam(field="assigned")


# ---- people in the case -----------------------------------------------------------------------------------------


@command
def add_party(
    *,
    actor: Actor,
    case_id: UUID,
    person_id: UUID,
    role: PartyRole,
    relationship: str = "",
    related_to: UUID | None = None,
    no_contact: str = "",
    trafficking: str = "",
    joined_on: date | None = None,
) -> UUID:
    """Give a person a part in a case. **Needs** cases:party:change. **Ledger** party.joined. Raises AlreadyParty."""
    case = _case(actor, "cases:party:change", case_id)
    head = people_queries.head(person_id)
    party = Party(
        case=case,
        office_id=case.office_id,
        person_id=head.id,
        role=role,
        level=head.level,
        trafficking=trafficking,
        related_to_id=related_to,
        joined_on=joined_on or clock.today(),
    )
    try:
        with transaction.atomic():
            writing.insert(party, relationship=relationship, no_contact=no_contact)
    except IntegrityError as error:
        raise AlreadyParty(field="person") from error
    access.tie(person_id, case.id, case.office_id)
    facts = {"person": person_id, "role": role}
    writing.note(Verb.PARTY_JOINED, subject=party.id, case=case.id, office=case.office_id, facts=facts)
    return party.id


@command
def change_party(
    *, actor: Actor, party_id: UUID, expected: int, relationship: str, no_contact: str, trafficking: str
) -> UUID:
    """Change what is known of a person's part. **Needs** cases:party:change. **Ledger** party.changed."""
    party = policy.load(actor, "cases:party:change", Party, party_id, seen_by="cases:party:see")
    _refuse_closed(party.case)
    fresh = {"relationship": relationship, "no_contact": no_contact, "trafficking": trafficking}
    writing.update(party, expected=expected, **fresh)
    facts = {"role": party.role, "fields": list(fresh)}
    writing.note(Verb.PARTY_CHANGED, subject=party.id, case=party.case_id, office=party.office_id, facts=facts)
    return party.id


@command
def end_party(*, actor: Actor, party_id: UUID) -> UUID:
    """End a person's part in a case; what was written stays. **Needs** cases:party:change. **Ledger** party.left."""
    party = policy.load(actor, "cases:party:change", Party, party_id, seen_by="cases:party:see")
    _refuse_closed(party.case)
    if party.left_on is not None:
        raise AlreadyEnded
    writing.update(party, left_on=clock.today())
    writing.note(
        Verb.PARTY_LEFT,
        subject=party.id,
        case=party.case_id,
        office=party.office_id,
        facts={"role": party.role},
    )
    return party.id


def _survivor(case_id: UUID, person_id: UUID) -> None:
    if not Party.objects.filter(case_id=case_id, person_id=person_id, role=PartyRole.SURVIVOR).exists():
        raise NotASurvivorHere(field="person")


# ---- bases and consents -----------------------------------------------------------------------------------------


def _facts_of(row: Basis) -> BasisFacts:
    return BasisFacts(BasisKind(row.kind), ConsentState(row.state), row.from_on, row.until_on)


def require_basis(case_id: UUID, person_id: UUID) -> None:
    """Refuse new words about a survivor without a live basis (invariant 1). Raises NoBasis."""
    if not _has_basis(case_id, person_id):
        raise NoBasis


def _has_basis(case_id: UUID, person_id: UUID) -> bool:
    rows = [_facts_of(row) for row in Basis.objects.filter(case_id=case_id, person_id=person_id)]
    return rules.may_write_words(rows, clock.today())


@command
def record_basis(
    *,
    actor: Actor,
    case_id: UUID,
    person_id: UUID,
    kind: BasisKind,
    purpose: str = "services",
    classes: Sequence[str] = (),
    recipient: str = "",
    giver: str = "self",
    method: str = "oral",
    refused: bool = False,
    from_on: date | None = None,
    until_on: date | None = None,
    reason: str = "",
) -> UUID:
    """Keep why words about a person may be kept, and to whom they may go; or that she said no.

    **Needs** cases:basis:record. **Ledger** consent.given, consent.refused or basis.recorded.
    """
    case = _case(actor, "cases:basis:record", case_id)
    row = Basis(
        case=case,
        office_id=case.office_id,
        person_id=person_id,
        kind=kind,
        purpose=purpose,
        classes=list(classes),
        giver=giver,
        method=method,
        state=ConsentState.REFUSED if refused else ConsentState.GIVEN,
        from_on=from_on or clock.today(),
        until_on=until_on,
    )
    writing.insert(row, recipient=recipient, reason=reason)
    where = {"subject": row.id, "case": case.id, "office": case.office_id}
    if refused:
        writing.note(Verb.CONSENT_REFUSED, **where, facts={"purpose": purpose})
    elif kind in (BasisKind.CONSENT, BasisKind.ASSENT):
        facts = {"purpose": purpose, "classes": list(classes), "until": until_on}
        writing.note(Verb.CONSENT_GIVEN, **where, facts=facts)
    else:
        writing.note(Verb.BASIS_RECORDED, **where, facts={"kind": kind, "until": until_on})
    return row.id


@command
def withdraw_consent(*, actor: Actor, basis_id: UUID) -> UUID:
    """End a consent at once. **Needs** cases:basis:record. **Ledger** consent.withdrawn. Raises ConsentEnded."""
    row = policy.load(actor, "cases:basis:record", Basis, basis_id)
    if row.state != ConsentState.GIVEN:
        raise ConsentEnded
    writing.update(row, state=ConsentState.WITHDRAWN, withdrawn_at=clock.now())
    facts = {"purpose": row.purpose}
    writing.note(Verb.CONSENT_WITHDRAWN, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id


# ---- notes and drafts -------------------------------------------------------------------------------------------


@command
def write_note(
    *,
    actor: Actor,
    case_id: UUID,
    compartment: Compartment,
    kind: NoteKind,
    text: str,
    person_id: UUID | None = None,
    happened_at: datetime | None = None,
) -> UUID:
    """Write a note into one compartment; the draft of it is gone with it.

    **Needs** cases:note:write. **Ledger** note.written. Raises NoBasis for notes about a survivor without one.
    """
    case = _case(actor, "cases:note:write", case_id, compartment)
    if person_id is not None:
        _check_words_about(case, person_id)
    elif compartment in _HER_WORDS:
        _check_words_about_anybody(case)
    note = Note(
        case=case,
        office_id=case.office_id,
        compartment=compartment,
        kind=kind,
        person_id=person_id,
        key_owner=person_id or case.id,
        happened_at=happened_at or clock.now(),
    )
    writing.insert(note, text=text)
    facts = {"compartment": compartment, "kind": kind}
    writing.note(Verb.NOTE_WRITTEN, subject=note.id, case=case.id, office=case.office_id, facts=facts)
    Draft.objects.filter(account_id=actor.account_id, place=f"note:{case.id}").delete()
    return note.id


# Notes in these compartments tell of survivors even where nobody is named.
_HER_WORDS = (Compartment.NARRATIVE, Compartment.CARE)


def _check_words_about_anybody(case: Case) -> None:
    """A note about the case as a whole needs a basis for at least one of its survivors, if it has any."""
    survivors = Party.objects.filter(case=case, role=PartyRole.SURVIVOR).values_list("person_id", flat=True)
    if survivors and not any(_has_basis(case.id, person) for person in survivors):
        raise NoBasis


def _check_words_about(case: Case, person_id: UUID) -> None:
    if people_queries.head(person_id).is_erased:
        raise NotFound
    roles = set(Party.objects.filter(case=case, person_id=person_id).values_list("role", flat=True))
    if not roles:
        raise NotFound
    if PartyRole.SURVIVOR in roles:
        require_basis(case.id, person_id)


@command
def correct_note(*, actor: Actor, note_id: UUID, text: str) -> UUID:
    """Write a corrected note beside the old one, which stays readable. **Needs** cases:note:write.

    **Ledger** note.corrected. Raises AlreadyEnded where it was corrected before.
    """
    old = policy.load(actor, "cases:note:write", Note, note_id, seen_by="cases:note:see")
    if old.corrected:
        raise AlreadyEnded
    case = _case(actor, "cases:note:write", old.case_id, Compartment(old.compartment))
    if old.person_id is not None:
        _check_words_about(case, old.person_id)
    note = Note(
        case_id=old.case_id,
        office_id=old.office_id,
        compartment=old.compartment,
        kind=old.kind,
        person_id=old.person_id,
        key_owner=old.key_owner,
        happened_at=old.happened_at,
        corrects_id=old.id,
    )
    writing.insert(note, text=text)
    writing.update(old, corrected=True)
    facts = {"compartment": old.compartment}
    writing.note(Verb.NOTE_CORRECTED, subject=note.id, case=note.case_id, office=note.office_id, facts=facts)
    return note.id


def save_draft(*, actor: Actor, place: str, owner: UUID, typed: str) -> datetime:
    """Keep what is being typed at a place, sealed; not an act of casework, so not in the ledger.

    A note's draft belongs to its case, which the actor has to be able to write into; a report's belongs
    to who takes it. **Needs** cases:draft:keep. Returns when it was kept. Raises NotFound for other places.
    """
    policy.check_new(actor, "cases:draft:keep", Subject(own=actor.account_id))
    if place == "note":
        _case(actor, "cases:task:change", owner)
    elif place != "report" or owner != actor.account_id:
        raise NotFound
    return _keep_draft(actor, f"{place}:{owner}", owner, typed)


def _keep_draft(actor: Actor, place: str, key_owner: UUID, typed: str) -> datetime:
    now = clock.now()
    with transaction.atomic():
        Draft.objects.filter(saved_at__lt=now - timedelta(days=DRAFT_DAYS)).delete()
        row = Draft.objects.filter(account_id=actor.account_id, place=place).first()
        is_new = row is None
        row = row or Draft(id=ids.new_id(), account_id=actor.account_id, place=place)
        row.office_id, row.key_owner, row.saved_at = actor.office_id, key_owner, now
        sealing.seal(row, typed=typed)
        row.save(force_insert=is_new)
    return now


def drop_drafts(owner: UUID) -> None:
    """Drop what was being typed about a person or in her cases, inside the command that erases her."""
    cases = [str(case) for case in Party.objects.filter(person_id=owner).values_list("case_id", flat=True)]
    Draft.objects.filter(Q(key_owner=owner) | Q(place__in=[f"note:{case}" for case in cases])).delete()


# ---- tasks and promises -----------------------------------------------------------------------------------------


@command
def set_task(
    *,
    actor: Actor,
    case_id: UUID,
    title: str,
    assigned_id: UUID,
    due_on: date | None,
    kind: str = "task",
    track: TrackKind = TrackKind.RESTORATION,
) -> UUID:
    """Ask somebody on the team to do something. **Needs** cases:task:change. **Ledger** task.set."""
    case = _case(actor, "cases:task:change", case_id)
    _must_see(case, assigned_id)
    task = Task(case=case, office_id=case.office_id, kind=kind, assigned_id=assigned_id, due_on=due_on, track=track)
    writing.insert(task, title=title)
    facts = {"kind": kind, "due": due_on}
    writing.note(Verb.TASK_SET, subject=task.id, case=case.id, office=case.office_id, facts=facts)
    access.notify(actor, assigned_id, "task", case.id)
    return task.id


@command
def change_task(
    *, actor: Actor, task_id: UUID, expected: int, title: str, assigned_id: UUID, due_on: date | None
) -> UUID:
    """Change a task that is open. **Needs** cases:task:change. **Ledger** task.changed."""
    task = _open_task(actor, task_id)
    _must_see(task.case, assigned_id)
    writing.update(task, expected=expected, title=title, assigned_id=assigned_id, due_on=due_on)
    facts = {"fields": ["title", "assigned", "due"]}
    writing.note(Verb.TASK_CHANGED, subject=task.id, case=task.case_id, office=task.office_id, facts=facts)
    return task.id


def _open_task(actor: Actor, task_id: UUID) -> Task:
    task = policy.load(actor, "cases:task:change", Task, task_id, seen_by="cases:task:see")
    if task.state != TaskState.OPEN:
        raise AlreadyEnded
    return task


@command
def do_task(*, actor: Actor, task_id: UUID) -> UUID:
    """Say that a task is done. **Needs** cases:task:change. **Ledger** task.done."""
    task = _open_task(actor, task_id)
    writing.update(task, state=TaskState.DONE, ended_at=clock.now())
    writing.note(Verb.TASK_DONE, subject=task.id, case=task.case_id, office=task.office_id)
    return task.id


@command
def drop_task(*, actor: Actor, task_id: UUID, reason: str) -> UUID:
    """Drop a task with a reason. **Needs** cases:task:change. **Ledger** task.dropped."""
    task = _open_task(actor, task_id)
    writing.update(task, state=TaskState.DROPPED, ended_at=clock.now(), drop_reason=reason)
    writing.note(Verb.TASK_DROPPED, subject=task.id, case=task.case_id, office=task.office_id, facts={"reason": reason})
    return task.id


@command
def make_promise(
    *, actor: Actor, case_id: UUID, person_id: UUID, text: str, due_on: date, promised_on: date | None = None
) -> UUID:
    """Write down what was promised to a survivor, so that it is kept. **Needs** cases:promise:change.

    **Ledger** promise.made. Raises NotASurvivorHere.
    """
    case = _case(actor, "cases:promise:change", case_id)
    _survivor(case.id, person_id)
    row = SurvivorPromise(
        case=case,
        office_id=case.office_id,
        person_id=person_id,
        promised_by=actor.account_id,
        promised_on=promised_on or clock.today(),
        due_on=due_on,
    )
    writing.insert(row, text=text)
    writing.note(Verb.PROMISE_MADE, subject=row.id, case=case.id, office=case.office_id, facts={"due": due_on})
    return row.id


def _open_promise(actor: Actor, promise_id: UUID) -> SurvivorPromise:
    row = policy.load(actor, "cases:promise:change", SurvivorPromise, promise_id, seen_by="cases:promise:see")
    if row.state != PromiseState.OPEN:
        raise AlreadyEnded
    return row


@command
def keep_promise(*, actor: Actor, promise_id: UUID) -> UUID:
    """Say that a promise was kept. **Needs** cases:promise:change. **Ledger** promise.kept."""
    row = _open_promise(actor, promise_id)
    writing.update(row, state=PromiseState.KEPT, ended_on=clock.today())
    writing.note(Verb.PROMISE_KEPT, subject=row.id, case=row.case_id, office=row.office_id)
    return row.id


@command
def release_promise(*, actor: Actor, promise_id: UUID, reason: str) -> UUID:
    """Say that the survivor lets us off a promise, and why.

    **Needs** cases:promise:change. **Ledger** promise.released.
    """
    row = _open_promise(actor, promise_id)
    writing.update(row, state=PromiseState.RELEASED, ended_on=clock.today(), release_reason=reason)
    facts = {"reason": reason}
    writing.note(Verb.PROMISE_RELEASED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id


# ---- incidents --------------------------------------------------------------------------------------------------


@command
def record_incident(
    *,
    actor: Actor,
    case_id: UUID,
    person_id: UUID,
    began: PartialDate,
    ended: PartialDate | None = None,
    answers: Mapping[Question, bool],
    relation: str = "unknown",
    exploitation: Sequence[str] = (),
    controls: Sequence[str] = (),
    goods_exchanged: bool = False,
    held: bool = False,
    harmful_practice: bool = False,
    place: str = "",
    summary: str = "",
    narrative: str = "",
) -> UUID:
    """Record one act against one survivor; its type is found and its contexts are derived.

    An incident after the report, or one before the survivor's birth year, is flagged and kept.
    **Needs** cases:incident:record for a narrative, cases:incident:summarise without one.
    **Ledger** incident.recorded. Raises NoBasis, AnswersMissing, NotASurvivorHere.
    """
    permission = "cases:incident:record" if narrative else "cases:incident:summarise"
    case = _case(actor, permission, case_id, Compartment.NARRATIVE)
    _survivor(case.id, person_id)
    require_basis(case.id, person_id)
    kind = rules.classify(answers)
    minor = people_queries.is_minor_at(person_id, began)
    facts = IncidentFacts(kind, relation, minor, goods_exchanged, held, harmful_practice)
    derived = rules.contexts(facts)
    row = Incident(
        case=case,
        office_id=case.office_id,
        person_id=person_id,
        began=began.isoformat(),
        ended=ended.isoformat() if ended else "",
        type=kind,
        answers={q.value: a for q, a in answers.items()}
        | {"goods": goods_exchanged, "held": held, "harmful": harmful_practice},
        contexts=list(derived),
        exploitation=list(exploitation),
        controls=list(controls),
        relation=relation,
        minor=minor,
        after_report=began.earliest() > case.reported_on,
    )
    writing.insert(row, place=place, summary=summary, narrative=narrative)
    noted = {"type": kind, "contexts": list(derived)}
    writing.note(Verb.INCIDENT_RECORDED, subject=row.id, case=case.id, office=case.office_id, facts=noted)
    return row.id


@command
def reclassify_incident(*, actor: Actor, incident_id: UUID, expected: int, answers: Mapping[Question, bool]) -> UUID:
    """Answer the questions of an incident again. **Needs** cases:incident:record. **Ledger** incident.classified."""
    row = policy.load(actor, "cases:incident:record", Incident, incident_id, seen_by="cases:incident:see")
    kind = rules.classify(answers)
    kept = row.answers
    facts = IncidentFacts(
        kind,
        row.relation,
        row.minor,
        bool(kept.get("goods")),
        bool(kept.get("held")),
        bool(kept.get("harmful")),
    )
    derived = rules.contexts(facts)
    fresh = {name: kept[name] for name in ("goods", "held", "harmful") if name in kept}
    fresh |= {q.value: a for q, a in answers.items()}
    writing.update(row, expected=expected, type=kind, contexts=list(derived), answers=fresh, state="classified")
    noted = {"type": kind, "contexts": list(derived)}
    writing.note(Verb.INCIDENT_CLASSIFIED, subject=row.id, case=row.case_id, office=row.office_id, facts=noted)
    return row.id


# ---- links, team, hand-over -------------------------------------------------------------------------------------


@command
def link_cases(*, actor: Actor, case_id: UUID, other_id: UUID, kind: str, reason: str = "") -> UUID:
    """Link two cases that the actor both sees. **Needs** cases:case:change. **Ledger** case.linked."""
    case = _case(actor, "cases:case:change", case_id)
    other = policy.load(actor, "cases:case:see", Case, other_id)
    if case.id == other.id:
        raise SameCase(field="other")
    row = CaseLink(case=case, other=other, office_id=case.office_id, kind=kind)
    writing.insert(row, reason=reason)
    facts = {"other": other.id, "kind": kind}
    writing.note(Verb.CASE_LINKED, subject=row.id, case=case.id, office=case.office_id, facts=facts)
    return case.id


@command
def unlink_cases(*, actor: Actor, link_id: UUID) -> UUID:
    """End a link between cases. **Needs** cases:case:change. **Ledger** case.unlinked."""
    row = policy.load(actor, "cases:case:change", CaseLink, link_id, seen_by="cases:case:see")
    writing.update(row, ended_at=clock.now())
    facts = {"other": row.other_id}
    writing.note(Verb.CASE_UNLINKED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.case_id


@command
def add_to_team(*, actor: Actor, case_id: UUID, account_id: UUID, role: Role, reason: str = "") -> UUID:
    """Put a colleague on the team of a case. **Needs** access:grant:give. **Ledger** grant.given."""
    case = policy.load(actor, "cases:case:see", Case, case_id)
    granted = access.give_grant(
        actor=actor, case_id=case.id, office_id=case.office_id, account_id=account_id, role=role, reason=reason
    )
    access.notify(actor, account_id, "on_team", case.id)
    return granted


@command
def take_off_team(*, actor: Actor, case_id: UUID, account_id: UUID) -> UUID:
    """Take a colleague off the team of a case. **Needs** access:grant:give. **Ledger** grant.ended."""
    case = policy.load(actor, "cases:case:see", Case, case_id)
    return access.end_grant(actor=actor, case_id=case.id, office_id=case.office_id, account_id=account_id)


@command
def offer_case(*, actor: Actor, case_id: UUID, to_id: UUID, role: Role, note: str = "") -> UUID:
    """Offer one's own part in a case to a colleague of the office; it stays one's own until she receives it.

    Nobody hands over more than she has: the role is her own on the team, and the colleague holds it too.
    Supervisors form teams and may offer any. **Needs** cases:case:hand_over. **Ledger** handover.offered.
    Raises CanNotHandOver, Barred.
    """
    case = _case(actor, "cases:case:hand_over", case_id)
    may_form_teams = policy.decide(actor, "access:grant:give", _subject(case)).allowed
    if not may_form_teams and (case.id, role) not in actor.grants:
        raise CanNotHandOver(field="member")
    _check_receiver(case, actor.account_id, to_id, role)
    row = HandOver(case=case, office_id=case.office_id, from_id=actor.account_id, to_id=to_id, role=role)
    writing.insert(row, note=note)
    writing.note(Verb.HANDOVER_OFFERED, subject=row.id, case=case.id, office=case.office_id, facts={"to": to_id})
    access.notify(actor, to_id, "case_offered", case.id)
    return row.id


def _check_receiver(case: Case, from_id: UUID, to_id: UUID, role: Role) -> None:
    if to_id == from_id or not access_queries.holds_role(to_id, role, case.office_id):
        raise CanNotHandOver(field="member")
    access.refuse_barred(to_id, case.id)


def _offered(row: HandOver | None, account_id: UUID) -> HandOver:
    if row is None or row.state != "offered" or account_id not in (row.from_id, row.to_id):
        raise HandOverNotYours
    return row


@command
def receive_case(*, actor: Actor, handover_id: UUID) -> UUID:
    """Receive what was offered: from now on it is one's own.

    What was true at the offer has to be true still. **Ledger** handover.received, grant.given, grant.ended.
    Raises HandOverNotYours, CaseIsClosed, CanNotHandOver, Barred.
    """
    row = _offered(HandOver.objects.filter(pk=handover_id, to_id=actor.account_id).first(), actor.account_id)
    case = row.case
    if case.state == CaseState.CLOSED:
        raise CaseIsClosed
    _check_receiver(case, row.from_id, row.to_id, Role(row.role))
    on_team = {(member.account_id, member.role) for member in access_queries.team_of(case.id)}
    if (row.from_id, row.role) not in on_team and row.from_id not in access_queries.supervisors_of(case.office_id):
        raise HandOverNotYours
    writing.update(row, state="received", ended_at=clock.now())
    facts = {"from": row.from_id}
    writing.note(Verb.HANDOVER_RECEIVED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    access.place_on_team(row.case_id, row.office_id, row.to_id, Role(row.role), "", None)
    access.notify(actor, row.from_id, "case_received", row.case_id)
    if any(account == row.from_id for account, _role in on_team):
        access.leave_team(row.case_id, row.from_id)
    for track in Track.objects.filter(case_id=row.case_id, lead_id=row.from_id):
        writing.update(track, lead_id=row.to_id)
        led = {"track": track.kind, "account": row.to_id}
        writing.note(Verb.TRACK_LED, subject=row.case_id, case=row.case_id, office=row.office_id, facts=led)
    return row.case_id


@command
def take_back_case(*, actor: Actor, handover_id: UUID) -> UUID:
    """Take an offer back that was not received yet. **Ledger** handover.taken_back."""
    row = _offered(HandOver.objects.filter(pk=handover_id, from_id=actor.account_id).first(), actor.account_id)
    writing.update(row, state="taken_back", ended_at=clock.now())
    writing.note(Verb.HANDOVER_TAKEN_BACK, subject=row.id, case=row.case_id, office=row.office_id)
    return row.case_id


# ---- closing ----------------------------------------------------------------------------------------------------


@command
def ask_to_close(
    *, actor: Actor, case_id: UUID, reason: str, remark: str, retain_until: date, checks: Sequence[Check]
) -> UUID:
    """Ask somebody else to approve closing; every point of the checklist has to be met.

    **Needs** cases:closing:request. **Ledger** closing.requested. Raises ClosingNotReady.
    """
    case = _case(actor, "cases:closing:request", case_id)
    if case.state != CaseState.OPEN:
        raise ClosingAsked
    missing = rules.open_points(checks)
    if missing:
        raise ClosingNotReady(open=len(missing))
    row = Closing(
        case=case,
        office_id=case.office_id,
        reason=reason,
        asked_by=actor.account_id,
        retain_until=retain_until,
    )
    writing.insert(row, remark=remark)
    writing.update(case, state=CaseState.CLOSING)
    writing.note(Verb.CLOSING_REQUESTED, subject=row.id, case=case.id, office=case.office_id, facts={"reason": reason})
    return row.id


def _asked(case: Case, actor: Actor) -> Closing:
    row = Closing.objects.filter(case=case, state="asked").order_by("-created_at").first()
    if row is None or case.state != CaseState.CLOSING:
        raise NothingAsked
    if row.asked_by == actor.account_id:
        raise OwnRequest
    return row


@command
def approve_closing(*, actor: Actor, case_id: UUID, answer: str = "", checks: Sequence[Check]) -> UUID:
    """Close a case that somebody else asked to close. **Needs** cases:closing:approve. **Ledger** closing.approved.

    Raises NothingAsked, OwnRequest, ClosingNotReady.
    """
    case = _case(actor, "cases:closing:approve", case_id)
    row = _asked(case, actor)
    missing = rules.open_points(checks)
    if missing:
        raise ClosingNotReady(open=len(missing))
    now = clock.now()
    writing.update(row, state="approved", decided_by=actor.account_id, decided_at=now, answer=answer)
    writing.update(
        case, state=CaseState.CLOSED, closed_at=now, closure_reason=row.reason, retain_until=row.retain_until
    )
    facts = {"reason": row.reason}
    writing.note(Verb.CLOSING_APPROVED, subject=row.id, case=case.id, office=case.office_id, facts=facts)
    access.notify(actor, row.asked_by, "closing_approved", case.id)
    return case.id


@command
def decline_closing(*, actor: Actor, case_id: UUID, answer: str) -> UUID:
    """Leave a case open, and say why. **Needs** cases:closing:approve. **Ledger** closing.declined."""
    case = _case(actor, "cases:closing:approve", case_id)
    row = _asked(case, actor)
    writing.update(row, state="declined", decided_by=actor.account_id, decided_at=clock.now(), answer=answer)
    writing.update(case, state=CaseState.OPEN)
    writing.note(Verb.CLOSING_DECLINED, subject=row.id, case=case.id, office=case.office_id)
    access.notify(actor, row.asked_by, "closing_declined", case.id)
    return case.id


@command
def reopen_case(*, actor: Actor, case_id: UUID, reason: str) -> UUID:
    """Open a closed case again; its history stays. **Needs** cases:closing:approve. **Ledger** case.reopened."""
    case = policy.load(actor, "cases:closing:approve", Case, case_id, seen_by="cases:case:see")
    if case.state != CaseState.CLOSED:
        raise NothingAsked
    writing.update(case, state=CaseState.OPEN, closed_at=None, closure_reason="", retain_until=None)
    writing.note(Verb.CASE_REOPENED, subject=case.id, case=case.id, office=case.office_id, facts={"reason": reason})
    return case.id


@command
def add_person_to_case(
    *,
    actor: Actor,
    case_id: UUID,
    role: PartyRole,
    known_code: str = "",
    name: str = "",
    known_as: str = "",
    birth: PartialDate | None = None,
    age_estimate: AgeEstimate | None = None,
    gender: str = "",
    languages: Sequence[str] = (),
    relationship: str = "",
    trafficking: str = "",
    no_contact: str = "",
) -> UUID:
    """Add somebody to a case: a person known by her code, or a new one. **Needs** cases:party:change.

    **Ledger** person.added for a new person, party.joined. Raises NotFound for a code that the actor may not see.
    """
    case = _case(actor, "cases:party:change", case_id)
    if known_code:
        found = people_queries.find_by_code(actor, known_code)
        if found is None:
            raise NoSuchPerson(field="known_code")
        person_id = found.id
    else:
        person_id = people.add_person(
            actor=actor,
            office_id=case.office_id,
            kind=KIND_OF.get(role, PersonKind.WITNESS),
            name=name,
            known_as=known_as,
            birth=birth,
            age_estimate=age_estimate,
            gender=gender,
            languages=languages,
        )
    return add_party(
        actor=actor,
        case_id=case_id,
        person_id=person_id,
        role=role,
        relationship=relationship,
        trafficking=trafficking,
        no_contact=no_contact,
    )
