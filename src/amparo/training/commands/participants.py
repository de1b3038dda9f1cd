"""Who takes part: the register, the list of a session, and who was there on which day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.kernel import clock, codes, ids
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.ledger import wal, writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.partners import queries as partners
from amparo.training.errors import (
    AlreadyEnrolled,
    AlreadyErased,
    AlreadyLinked,
    AttendanceAfterCertificate,
    HasPapers,
    NobodyChosen,
    SameName,
    WrongState,
)
from amparo.training.models import Certificate, Enrolment, Participant, Session, Sitting
from amparo.training.queries.register import is_erased, name_token, same_name
from amparo.training.rules import steps
from amparo.training.words import Audience, How, PersonKind, SessionState

CHANGE = "training:participant:change"
SEE = "training:participant:see"
_CODE = "TR"


@dataclass(frozen=True, slots=True)
class NewParticipant:
    """Somebody who is not in the register yet: a professional record, nothing private."""

    kind: PersonKind
    audience: Audience
    name: str
    post: str = ""
    contact: str = ""
    district: str = ""
    official_id: UUID | None = None
    account_id: UUID | None = None
    # There is somebody else with the same name, and whoever adds this one has looked.
    is_another: bool = False


@command
def enrol_new(*, actor: Actor, session_id: UUID, person: NewParticipant) -> UUID:
    """Put somebody on the list of a session, adding her to the register where she is not in it.

    An official or colleague who is in the register already is the same person, and is not added again.
    **Needs** training:participant:change. **Ledger** participant.added, participant.enrolled.
    Raises NobodyChosen, SameName, AlreadyEnrolled, WrongState.
    """
    known = _known(person)
    return enrol(actor=actor, session_id=session_id, participant_id=known or _added(actor, person))


def _known(person: NewParticipant) -> UUID | None:
    if person.official_id is not None:
        found = Participant.objects.filter(official_id=person.official_id).first()
    elif person.account_id is not None:
        found = Participant.objects.filter(account_id=person.account_id).first()
    else:
        return None
    return found.id if found else None


def _added(actor: Actor, person: NewParticipant) -> UUID:
    policy.check_new(actor, CHANGE, Subject(office=actor.office_id, level=Compartment.PROGRAMME))
    if not person.name.strip():
        raise NobodyChosen(field="name")
    if not person.is_another and same_name(person.name):
        raise SameName(field="name")
    row = Participant(
        office_id=actor.office_id,
        kind=person.kind,
        audience=person.audience,
        official_id=person.official_id,
        account_id=person.account_id,
        name_token=_nobody() if person.official_id else name_token(person.name),
    )
    # Whom partners know has no name here: a copy would outlive the name there.
    name = "" if person.official_id else person.name
    writing.insert(row, name=name, post=person.post, contact=person.contact, district=person.district)
    facts = {"kind": person.kind, "audience": person.audience}
    writing.note(Verb.PARTICIPANT_ADDED, subject=row.id, office=row.office_id, facts=facts)
    return row.id


def _nobody() -> int:
    """In the place of the token of a name that is not kept here: a token would tell who it was."""
    return int.from_bytes(ids.entropy(4))


@command
def enrol(*, actor: Actor, session_id: UUID, participant_id: UUID) -> UUID:
    """Put somebody of the register on the list of a session. **Needs** training:participant:change.

    **Ledger** participant.enrolled. Raises AlreadyEnrolled, WrongState.
    """
    session = _open_session(actor, session_id)
    person = policy.load(actor, CHANGE, Participant, participant_id, seen_by=SEE)
    if Enrolment.objects.filter(session=session, participant=person).exists():
        raise AlreadyEnrolled
    code = codes.make_code(_CODE, ids.entropy(codes.ENTROPY_BYTES))
    row = Enrolment(office_id=session.office_id, session=session, participant=person, code=code)
    writing.insert(row)
    facts = {"participant": person.id}
    writing.note(Verb.PARTICIPANT_ENROLLED, subject=session.id, office=session.office_id, facts=facts)
    return row.id


def _open_session(actor: Actor, session_id: UUID) -> Session:
    session = policy.load(actor, "training:session:change", Session, session_id, seen_by="training:session:see")
    if session.state not in (SessionState.PLANNED, SessionState.HELD):
        raise WrongState
    return session


@command
def strike(*, actor: Actor, enrolment_id: UUID) -> UUID:
    """Take somebody off a list who was put there by mistake. **Needs** training:participant:change.

    **Ledger** participant.struck. Raises HasPapers.
    """
    row = policy.load(actor, CHANGE, Enrolment, enrolment_id, seen_by=SEE)
    papers = (Sitting.objects.filter(enrolment=row), Certificate.objects.filter(enrolment=row))
    if row.attended or any(found.exists() for found in papers):
        raise HasPapers
    session_id = row.session_id
    facts = {"participant": row.participant_id}
    writing.delete(row)
    writing.note(Verb.PARTICIPANT_STRUCK, subject=session_id, office=row.office_id, facts=facts)
    return session_id


@command
def change_participant(
    *,
    actor: Actor,
    participant_id: UUID,
    expected: int,
    audience: Audience,
    name: str = "",
    post: str,
    contact: str,
    district: str,
) -> UUID:
    """Change somebody in the register; certificates that were issued keep the name that stands on them.

    An official's name is changed where partners keep it, and not here.
    **Needs** training:participant:change. **Ledger** participant.changed.
    Raises NobodyChosen, AlreadyErased, Changed.
    """
    row = policy.load(actor, CHANGE, Participant, participant_id, seen_by=SEE)
    values: dict[str, object] = {"post": post, "contact": contact, "district": district}
    if is_erased(row):
        raise AlreadyErased
    fields = ["audience"] if row.audience != audience else []
    if row.official_id is None:
        if not name.strip():
            raise NobodyChosen(field="name")
        values = {"name": name} | values
        writing.update(row, expected=expected, audience=audience, name_token=name_token(name), **values)
    else:
        writing.update(row, expected=expected, audience=audience, **values)
    facts = {"fields": [*fields, *values]}
    writing.note(Verb.PARTICIPANT_CHANGED, subject=row.id, office=row.office_id, facts=facts)
    return row.id


@command
def link_official(*, actor: Actor, participant_id: UUID, official_id: UUID) -> UUID:
    """Say that somebody of the register is an official whom partners know: from now on the name is kept there alone.

    **Needs** training:participant:change. **Ledger** participant.linked.
    Raises NotFound, AlreadyErased, AlreadyLinked.
    """
    row = policy.load(actor, CHANGE, Participant, participant_id, seen_by=SEE)
    if is_erased(row):
        raise AlreadyErased
    if row.official_id is not None or row.account_id is not None:
        raise AlreadyLinked(field="official_id")
    if str(official_id) not in dict(partners.official_choices(actor)):
        raise NotFound
    if Participant.objects.filter(official_id=official_id).exists():
        raise AlreadyLinked(field="official_id")
    writing.update(row, official_id=official_id, kind=PersonKind.OFFICIAL, name="", name_token=_nobody())
    facts = {"official": official_id}
    writing.note(Verb.PARTICIPANT_LINKED, subject=row.id, office=row.office_id, facts=facts)
    return row.id


@command
def erase_participant(*, actor: Actor, participant_id: UUID) -> UUID:
    """Erase who somebody in the register is, for good: name, post, contact, answers and the names on certificates.

    That somebody took part, passed and was certified stays counted, without who it was.
    **Needs** training:participant:erase. **Ledger** participant.erased. Raises AlreadyErased.
    """
    row = policy.load(actor, "training:participant:erase", Participant, participant_id, seen_by=SEE)
    if is_erased(row):
        raise AlreadyErased
    # The way to her record elsewhere would tell who she was.
    writing.update(row, name_token=_nobody(), official_id=None, account_id=None)
    rows = writing.forget_owner(row.id)
    writing.note(Verb.PARTICIPANT_ERASED, subject=row.id, office=row.office_id, facts={"rows": rows})
    # Free pages and the log would keep the destroyed keys.
    transaction.on_commit(lambda: wal.truncate() and None)
    return row.id


@command
def record_attendance(*, actor: Actor, session_id: UUID, present: Mapping[UUID, Collection[date]]) -> UUID:
    """Keep by list on which days each enrolled person was there; who is not named keeps what is recorded.

    What a telephone has recorded stays marked so. **Needs** training:session:change.
    **Ledger** attendance.recorded. Raises NotADayOfIt, AttendanceAfterCertificate, WrongState.
    """
    session = _open_session(actor, session_id)
    days = [date.fromisoformat(day) for day in session.days]
    changed = 0
    certified = _certified(session)
    for row in Enrolment.objects.filter(session=session, pk__in=list(present)).order_by("created_at"):
        now = _attended(row, present[row.id], days)
        if now == row.attended:
            continue
        if row.id in certified:
            raise AttendanceAfterCertificate
        writing.update(row, attended=now)
        changed += 1
    if changed:
        facts = {"how": How.LIST, "changed": changed}
        writing.note(Verb.ATTENDANCE_RECORDED, subject=session.id, office=session.office_id, facts=facts)
    return session.id


def _attended(row: Enrolment, present: Collection[date], days: Collection[date]) -> dict[str, str]:
    today = clock.today()
    for day in present:
        steps.refuse_wrong_day(day, days, today)
    return {day.isoformat(): row.attended.get(day.isoformat(), How.LIST.value) for day in sorted(present)}


def _certified(session: Session) -> set[UUID]:
    live = Certificate.objects.filter(enrolment__session=session, withdrawn_on=None)
    return set(live.values_list("enrolment_id", flat=True))
