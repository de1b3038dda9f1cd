"""Every write about reports. What a report becomes as a case is the screening journey's work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.cases import commands as cases
from amparo.intake import queries
from amparo.intake.errors import (
    AlreadyAcknowledged,
    AlreadyDecided,
    DangerTaken,
    InFuture,
    NoDanger,
    NotAPartner,
    NothingToCompare,
    ReasonNeeded,
    WindowTaken,
)
from amparo.intake.models import Message, Report, ReportFile, ReportNote, ReportPerson
from amparo.intake.rules import known_as
from amparo.intake.words import (
    DECLINE_LABELS,
    OPEN_STATES,
    Channel,
    Danger,
    Lack,
    Medical,
    Part,
    State,
    Teller,
    Told,
)
from amparo.kernel import clock, ids
from amparo.kernel.codes import ENTROPY_BYTES, make_code
from amparo.kernel.dates import AgeEstimate, PartialTime
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.partners import queries as partners
from amparo.people import commands as people
from amparo.people.rules import NewContact
from amparo.people.words import PersonKind
from amparo.staff import queries as staff
from amparo.vault import sealing
from amparo.web import uploads

KIND_OF: dict[Part, PersonKind] = {
    Part.SURVIVOR: PersonKind.SURVIVOR,
    Part.REPORTER: PersonKind.REPORTER,
    Part.SUSPECT: PersonKind.SUSPECT,
    Part.FAMILY: PersonKind.FAMILY,
    Part.WITNESS: PersonKind.WITNESS,
}


@dataclass(frozen=True, slots=True)
class Telling:
    """What somebody told us, as one call gives it. All but the danger and the channel may be unknown."""

    channel: Channel
    danger: Danger
    received_at: datetime | None = None
    danger_words: str = field(default="", repr=False)
    medical: Medical = Medical.UNKNOWN
    incident: PartialTime | None = None
    summary: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    place: str = field(default="", repr=False)
    district: str = ""
    language: str = field(default="", repr=False)
    partner_id: UUID | None = None
    partner_name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Tellers:
    """Who told us, about whom, and how to reach them safely."""

    teller: Teller | None = None
    reporter_name: str = field(default="", repr=False)
    survivor_name: str = field(default="", repr=False)
    survivor_age: int | None = None
    suspect_name: str = field(default="", repr=False)
    contact: NewContact | None = None
    safe_contact: str = field(default="", repr=False)


# ---- taking ----------------------------------------------------------------------------------------------


@command
def take_report(*, actor: Actor, office_id: UUID, telling: Telling, tellers: Tellers) -> UUID:
    """Take a report, with the people whom it names, in one act.

    **Needs** intake:report:take. **Ledger** report.taken, person.added, duplicates.checked.
    Raises InFuture, NameMissing, PhoneMistyped, NotAPartner.
    """
    policy.check_new(actor, "intake:report:take", Subject(office=office_id))
    check_partner(actor, telling.partner_id)
    report = insert_report(actor, office_id, telling, tellers)
    cases.drop_drafts(actor.account_id)
    return report.id


def check_partner(actor: Actor, agency_id: UUID | None) -> None:
    """Raises NotAPartner for an agency that is not in the directory, or with which nobody works any more."""
    if agency_id is not None and str(agency_id) not in dict(partners.recipient_choices(actor)):
        raise NotAPartner(field="partner_id")


def insert_report(
    actor: Actor, office_id: UUID, telling: Telling, tellers: Tellers, report_id: UUID | None = None
) -> Report:
    """Write a report with its people, inside the command that takes it. Raises InFuture, NameMissing, PhoneMistyped."""
    now = clock.now()
    received = telling.received_at or now
    if received > now:
        raise InFuture(field="received_at")
    if telling.incident is not None and telling.incident.at > now:
        raise InFuture(field="incident_day")
    report = Report(
        id=report_id or ids.new_id(),
        office_id=office_id,
        code=_free_code(),
        channel=telling.channel,
        received_at=received,
        anonymous=tellers.teller is Teller.ANONYMOUS,
        danger=telling.danger,
        medical=telling.medical,
        district=telling.district,
        incident_at=telling.incident.at if telling.incident else None,
        incident_known=known_as(telling.incident),
        incident_about=bool(telling.incident and telling.incident.about),
        partner_id=telling.partner_id,
    )
    writing.insert(
        report,
        partner_name=telling.partner_name,
        danger_words=telling.danger_words,
        summary=telling.summary,
        text=telling.text,
        place=telling.place,
        language=telling.language,
        safe_contact=tellers.safe_contact,
    )
    facts = {"channel": telling.channel, "danger": telling.danger is Danger.YES}
    writing.note(Verb.REPORT_TAKEN, subject=report.id, office=office_id, facts=facts)
    _insert_people(actor, report, tellers)
    _check_duplicates(actor, report)
    return report


def _free_code() -> str:
    while True:
        code = make_code("RP", ids.entropy(ENTROPY_BYTES))
        if not Report.objects.filter(code=code).exists():
            return code


def _insert_people(actor: Actor, report: Report, tellers: Tellers) -> None:
    by_survivor = tellers.teller is Teller.SURVIVOR
    contact = (tellers.contact,) if tellers.contact else ()
    if tellers.survivor_name or tellers.survivor_age is not None or (by_survivor and contact):
        estimate = _stated_age(tellers.survivor_age)
        mine = contact if by_survivor else ()
        _insert_person(actor, report, Part.SURVIVOR, tellers.survivor_name, mine, estimate)
    if not by_survivor and (tellers.reporter_name or contact):
        _insert_person(actor, report, Part.REPORTER, tellers.reporter_name, contact)
    if tellers.suspect_name:
        _insert_person(actor, report, Part.SUSPECT, tellers.suspect_name)


def _stated_age(age: int | None) -> AgeEstimate | None:
    return None if age is None else AgeEstimate(age, age, clock.today(), "stated")


def _insert_person(
    actor: Actor,
    report: Report,
    part: Part,
    name: str,
    contacts: Sequence[NewContact] = (),
    estimate: AgeEstimate | None = None,
) -> UUID:
    person = people.add_person(
        actor=actor,
        office_id=report.office_id,
        kind=KIND_OF[part],
        name=name,
        age_estimate=estimate,
        contacts=contacts,
        held=True,
    )
    writing.insert(ReportPerson(report=report, office_id=report.office_id, person_id=person, part=part))
    _note_change(report, "people")
    return person


def _note_change(report: Report, *fields: str) -> None:
    facts = {"fields": list(fields)}
    writing.note(Verb.REPORT_CHANGED, subject=report.id, case=report.case_id, office=report.office_id, facts=facts)


def _check_duplicates(actor: Actor, report: Report) -> None:
    facts = {"hits": queries.count_alike(actor, report.id)}
    writing.note(Verb.DUPLICATES_CHECKED, subject=report.id, office=report.office_id, facts=facts)


def hold(report_id: UUID) -> None:
    """Let nobody else change a report until this command ends.

    What is put beside a report is guarded by what the report says of itself. Accepting it changes that, for all that
    stands beside it: what comes at the same moment must come wholly before or wholly after. On SQLite there is one
    writer anyway.
    """
    Report.objects.select_for_update().filter(pk=report_id).values_list("id", flat=True).first()


def held(actor: Actor, permission: str, report_id: UUID) -> Report:
    """A report as it stays until this command ends. Raises NotFound, Refused."""
    hold(report_id)
    return queries.loaded(actor, permission, report_id)


@command
def add_person(*, actor: Actor, report_id: UUID, part: Part, name: str, contacts: Sequence[NewContact] = ()) -> UUID:
    """Add one more person to a report. **Needs** intake:report:words.

    **Ledger** person.added, report.changed, duplicates.checked.
    Raises NameMissing, PhoneMistyped, AlreadyDecided.
    """
    report = _open(held(actor, "intake:report:words", report_id))
    person = _insert_person(actor, report, part, name, contacts)
    _check_duplicates(actor, report)
    return person


@command
def add_note(*, actor: Actor, report_id: UUID, text: str) -> UUID:
    """Write down what happened since. **Needs** intake:report:words. **Ledger** report.changed."""
    report = held(actor, "intake:report:words", report_id)
    note = ReportNote(report=report, office_id=report.office_id, case_id=report.case_id, handed_at=report.handed_at)
    writing.insert(note, text=text)
    _note_change(report, "notes")
    return note.id


@command
def add_file(*, actor: Actor, report_id: UUID, upload_id: UUID) -> UUID:
    """Put a file that has arrived beside a report. **Needs** intake:report:words.

    **Ledger** report.file_added. Raises UploadGone.
    """
    return insert_file(actor, held(actor, "intake:report:words", report_id), upload_id).id


def insert_file(actor: Actor, report: Report, upload_id: UUID, message_id: UUID | None = None) -> ReportFile:
    """Take over a file that waits, inside the command that it came with. Raises UploadGone."""
    got = uploads.claim(actor, upload_id, report.id)
    file = ReportFile(
        message_id=message_id,
        report=report,
        office_id=report.office_id,
        case_id=report.case_id,
        handed_at=report.handed_at,
        address=got.address,
        stored_bytes=got.stored_bytes,
    )
    details: dict[str, sealing.Words] = {
        "name": got.name,
        "type": got.media_type,
        "bytes": got.plain_bytes,
        "sha256": got.sha256,
        "salt": got.salt.hex(),
    }
    writing.insert(file, details=details)
    facts = {"bytes": got.plain_bytes}
    writing.note(Verb.REPORT_FILE_ADDED, subject=file.id, case=report.case_id, office=report.office_id, facts=facts)
    return file


@command
def change_report(
    *,
    actor: Actor,
    report_id: UUID,
    expected: int | None = None,
    danger: Danger,
    danger_words: str = "",
    medical: Medical | None = None,
    incident: PartialTime | None = None,
    summary: str = "",
    place: str = "",
    district: str = "",
    language: str = "",
    safe_contact: str = "",
    partner_id: UUID | None = None,
    partner_name: str = "",
) -> UUID:
    """Change what is known; what was told stays as it was written. **Needs** intake:report:words.

    **Ledger** report.changed. Raises Changed, AlreadyDecided, InFuture, NotAPartner.
    """
    report = _open(queries.loaded(actor, "intake:report:words", report_id))
    if partner_id != report.partner_id:
        check_partner(actor, partner_id)
    if incident is not None and incident.at > clock.now():
        raise InFuture(field="incident_day")
    fresh: dict[str, object] = {
        "danger": danger,
        "danger_words": danger_words,
        "medical": medical or report.medical,
        "incident_at": incident.at if incident else None,
        "incident_known": known_as(incident),
        "incident_about": bool(incident and incident.about),
        "summary": summary,
        "place": place,
        "district": district,
        "language": language,
        "safe_contact": safe_contact,
        "partner_id": partner_id,
        "partner_name": partner_name,
    }
    writing.update(report, expected=expected, **fresh)
    _note_change(report, *fresh)
    return report.id


# ---- danger, medical care, acknowledgement ---------------------------------------------------------------


@command
def take_danger(*, actor: Actor, report_id: UUID) -> UUID:
    """Take it on to see to an immediate danger; pressed again by the same person it changes nothing.

    **Needs** intake:report:acknowledge. **Ledger** report.danger_taken. Raises DangerTaken, NoDanger.
    """
    report = queries.loaded(actor, "intake:report:acknowledge", report_id)
    if report.danger == Danger.NO:
        raise NoDanger
    if report.danger_taken_by == actor.account_id:
        return report.id
    if report.danger_taken_by is not None:
        raise DangerTaken
    writing.update(report, danger_taken_by=actor.account_id, danger_taken_at=clock.now())
    writing.note(Verb.REPORT_DANGER_TAKEN, subject=report.id, case=report.case_id, office=report.office_id)
    return report.id


@command
def take_medical(*, actor: Actor, report_id: UUID) -> UUID:
    """Take it on that the survivor is seen by a clinician in time. **Needs** intake:report:acknowledge.

    **Ledger** report.changed. Raises WindowTaken.
    """
    report = queries.loaded(actor, "intake:report:acknowledge", report_id)
    if report.medical_taken_by == actor.account_id:
        return report.id
    if report.medical_taken_by is not None:
        raise WindowTaken
    writing.update(report, medical_taken_by=actor.account_id, medical_taken_at=clock.now())
    _note_change(report, "medical_taken_by")
    return report.id


@command
def end_medical(*, actor: Actor, report_id: UUID, outcome: Medical) -> UUID:
    """Say how the medical care ended. **Needs** intake:report:acknowledge. **Ledger** report.changed."""
    report = queries.loaded(actor, "intake:report:acknowledge", report_id)
    writing.update(report, medical=outcome)
    _note_change(report, "medical")
    return report.id


@command
def acknowledge(*, actor: Actor, report_id: UUID) -> UUID:
    """Say that who told us knows that it arrived. **Needs** intake:report:acknowledge.

    **Ledger** report.acknowledged. Raises AlreadyAcknowledged, AlreadyDecided.
    """
    report = _open(queries.loaded(actor, "intake:report:acknowledge", report_id))
    if report.state == State.ACKNOWLEDGED:
        raise AlreadyAcknowledged
    now = clock.now()
    writing.update(report, state=State.ACKNOWLEDGED, acknowledged_at=now, acknowledged_by=actor.account_id)
    facts = {"days": (now - report.received_at).days}
    writing.note(Verb.REPORT_ACKNOWLEDGED, subject=report.id, office=report.office_id, facts=facts)
    return report.id


# ---- deciding --------------------------------------------------------------------------------------------


def _open(report: Report) -> Report:
    if report.state not in OPEN_STATES:
        raise AlreadyDecided
    return report


def to_decide(actor: Actor, report_id: UUID) -> Report:
    """A report about which it is still open what becomes of it. Raises NotFound, Refused, AlreadyDecided."""
    return _open(queries.loaded(actor, "intake:report:accept", report_id))


def decide(actor: Actor, report: Report, state: State, **values: object) -> None:
    """Keep what becomes of a report, inside the command that notes it."""
    decision = {"state": state, "decided_at": clock.now(), "decided_by": actor.account_id}
    writing.update(report, expected=report.version, **(decision | values))


@command
def decline(*, actor: Actor, report_id: UUID, reason: str, told: Told, remark: str = "") -> UUID:
    """Decline a report, with a coded reason and who was told. **Needs** intake:report:accept.

    **Ledger** report.declined. Raises ReasonNeeded, AlreadyDecided.
    """
    report = to_decide(actor, report_id)
    known = {str(code) for code in DECLINE_LABELS} | {code for code, _label in staff.code_list("decline_reasons")}
    if reason not in known:
        raise ReasonNeeded(field="reason")
    decide(actor, report, State.DECLINED, reason=reason, told=told, remark=remark)
    facts = {"reason": reason}
    writing.note(Verb.REPORT_DECLINED, subject=report.id, office=report.office_id, facts=facts)
    return report.id


@command
def mark_insufficient(*, actor: Actor, report_id: UUID, lack: Lack, remark: str = "") -> UUID:
    """Say that there is not enough to go on. **Needs** intake:report:accept.

    **Ledger** report.insufficient. Raises AlreadyDecided.
    """
    report = to_decide(actor, report_id)
    decide(actor, report, State.INSUFFICIENT, reason=lack, remark=remark)
    facts = {"reason": lack}
    writing.note(Verb.REPORT_INSUFFICIENT, subject=report.id, office=report.office_id, facts=facts)
    return report.id


@command
def mark_duplicate(*, actor: Actor, report_id: UUID, remark: str = "") -> UUID:
    """Say that this was told before. **Needs** intake:report:accept. **Ledger** report.duplicate.

    Raises AlreadyDecided.
    """
    report = to_decide(actor, report_id)
    decide(actor, report, State.DUPLICATE, remark=remark)
    writing.note(Verb.REPORT_DUPLICATE, subject=report.id, office=report.office_id)
    return report.id


@command
def pass_duplicate(*, actor: Actor, report_id: UUID) -> UUID:
    """Ask the supervisor whether somebody in the records is the same person; what she sees, intake does not.

    **Needs** intake:report:acknowledge. **Ledger** duplicates.referred. Raises NothingToCompare.
    """
    report = queries.loaded(actor, "intake:report:acknowledge", report_id)
    if report.duplicate_asked_at is not None:
        return report.id
    if not queries.count_alike(actor, report.id):
        raise NothingToCompare
    writing.update(report, duplicate_asked_by=actor.account_id, duplicate_asked_at=clock.now())
    writing.note(Verb.DUPLICATES_REFERRED, subject=report.id, office=report.office_id)
    return report.id


@command
def accept(*, actor: Actor, report_id: UUID, case_id: UUID, is_new: bool) -> UUID:
    """Make a report part of a case, and end intake's sight of its words and people.

    For the screening journey, which makes or finds the case and gives it its people.
    **Needs** intake:report:accept. **Ledger** report.accepted, person.changed. Raises AlreadyDecided.
    """
    report = to_decide(actor, report_id)
    now = clock.now()
    decide(actor, report, State.ACCEPTED, case_id=case_id, handed_at=now)
    for table in (ReportNote, ReportFile, Message):
        for row in table._base_manager.filter(report_id=report.id):
            writing.update(row, case_id=case_id, handed_at=now)
    facts = {"case": case_id, "new": is_new}
    writing.note(Verb.REPORT_ACCEPTED, subject=report.id, case=case_id, office=report.office_id, facts=facts)
    people.hand_over_identity(actor=actor, person_ids=[named.person_id for named in queries.people_of(report.id)])
    return report.id
