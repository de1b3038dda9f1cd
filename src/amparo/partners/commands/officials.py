"""Officials and their posts: what somebody does in office, and nothing else."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.ledger import wal, writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.partners import naming, rules
from amparo.partners.commands.agencies import SEE as AGENCY_SEE
from amparo.partners.commands.agencies import working
from amparo.partners.errors import (
    AlreadyErased,
    AlreadyHere,
    ErasedWithPerson,
    NameOrPerson,
    NotAnOfficial,
    NotInPost,
    NotOfAgency,
)
from amparo.partners.models import Facility, Official, Post, Unit
from amparo.partners.words import EndReason

CHANGE = "partners:official:change"
SEE = "partners:official:see"


@command
def add_official(
    *,
    actor: Actor,
    office_id: UUID,
    name: str = "",
    contact: str = "",
    person_id: UUID | None = None,
) -> UUID:
    """Begin a professional record: of one of the people of a case who was added as an official, or by a name.

    **Needs** partners:official:change. **Ledger** official.added. Raises NameOrPerson, NotAnOfficial, AlreadyHere.
    """
    subject = Subject(office=office_id, person=person_id, level=Compartment.PROGRAMME)
    policy.check_new(actor, CHANGE, subject)
    _check_person(person_id)
    if person_id is None and not name:
        raise NameOrPerson(field="name")
    row = Official.of(office_id, person_id)
    # Somebody who is among the people of a case has her or his name there, once.
    writing.insert(row, name="" if person_id else name, contact=contact)
    writing.note(Verb.OFFICIAL_ADDED, subject=row.id, office=office_id, facts={"person": person_id})
    return row.id


def _check_person(person_id: UUID | None) -> None:
    if person_id is None:
        return
    if person_id not in naming.names([person_id]):
        raise NotAnOfficial(field="person_id")
    if Official.objects.filter(person_id=person_id).exists():
        raise AlreadyHere


@command
def change_official(*, actor: Actor, official_id: UUID, expected: int, name: str, contact: str) -> UUID:
    """Write an official's name in office and professional contact anew. **Needs** partners:official:change.

    **Ledger** official.changed. Raises Changed, NameOrPerson.
    """
    row = policy.load(actor, CHANGE, Official, official_id, seen_by=SEE)
    if row.person_id is None and not name:
        raise NameOrPerson(field="name")
    writing.update(row, expected=expected, name="" if row.person_id else name, contact=contact)
    writing.note(Verb.OFFICIAL_CHANGED, subject=row.id, office=row.office_id)
    return row.id


@command
def take_post(
    *,
    actor: Actor,
    official_id: UUID,
    agency_id: UUID,
    title: str,
    unit_id: UUID | None = None,
    facility_id: UUID | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
) -> UUID:
    """Write down a post that an official holds or held; several at once are possible, as in life.

    **Needs** partners:official:change. **Ledger** official.posted. Raises NotActive, NotOfAgency, PeriodTurned.
    """
    official = policy.load(actor, CHANGE, Official, official_id, seen_by=SEE)
    agency = working(actor, AGENCY_SEE, agency_id)
    rules.check_period(from_on, until_on)
    _check_place(agency.id, unit_id, facility_id)
    row = Post(
        office_id=official.office_id,
        official_id=official.id,
        owner_id=official.owner_id,
        agency_id=agency.id,
        unit_id=unit_id,
        facility_id=facility_id,
        from_on=from_on,
        until_on=until_on,
    )
    writing.insert(row, title=title)
    facts = {"agency": agency.id, "unit": unit_id, "from": from_on, "until": until_on}
    writing.note(Verb.OFFICIAL_POSTED, subject=official.id, office=row.office_id, facts=facts)
    return row.id


def _check_place(agency_id: UUID, unit_id: UUID | None, facility_id: UUID | None) -> None:
    if unit_id and not Unit.objects.filter(pk=unit_id, agency_id=agency_id).exists():
        raise NotOfAgency(field="place")
    if facility_id and not Facility.objects.filter(pk=facility_id, agency_id=agency_id).exists():
        raise NotOfAgency(field="place")


@command
def end_post(*, actor: Actor, post_id: UUID, until_on: date, reason: EndReason) -> UUID:
    """Say until when a post was held; it stays in the history. **Needs** partners:official:change.

    **Ledger** official.left. Raises NotInPost, PeriodTurned. Returns the official.
    """
    post = policy.load(actor, CHANGE, Post, post_id, seen_by=SEE)
    official = policy.load(actor, CHANGE, Official, post.official_id, seen_by=SEE)
    if post.end_reason or (post.until_on is not None and post.until_on < clock.today()):
        raise NotInPost
    rules.check_period(post.from_on, until_on)
    writing.update(post, until_on=until_on, end_reason=reason)
    facts = {"agency": post.agency_id, "until": until_on, "reason": reason}
    writing.note(Verb.OFFICIAL_LEFT, subject=official.id, office=post.office_id, facts=facts)
    return official.id


@command
def erase_official(*, actor: Actor, official_id: UUID) -> UUID:
    """Erase who an official is, for good: name, contact and titles of posts go with the keys; times and places stay.

    Who is among the people of cases is erased there, and this record with her or him.
    **Needs** partners:official:erase. **Ledger** official.erased. Raises ErasedWithPerson, AlreadyErased.
    """
    row = policy.load(actor, "partners:official:erase", Official, official_id, seen_by=SEE)
    if row.person_id is not None:
        raise ErasedWithPerson
    if row.name is None:
        raise AlreadyErased
    rows = writing.forget_owner(row.owner_id)
    writing.note(Verb.OFFICIAL_ERASED, subject=row.id, office=row.office_id, facts={"rows": rows})
    # Free pages and the log would keep the destroyed keys.
    transaction.on_commit(lambda: wal.truncate() and None)
    return row.id


@command
def make_file(*, actor: Actor, official_id: UUID) -> UUID:
    """Keep in the ledger that everything held about an official was put together to be shown to her or him.

    **Needs** partners:official:file. **Ledger** official.file_made.
    """
    row = policy.load(actor, "partners:official:file", Official, official_id, seen_by=SEE)
    writing.note(Verb.OFFICIAL_FILE_MADE, subject=row.id, office=row.office_id)
    return row.id
