"""People in a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from amparo.access import commands as access
from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import rules
from amparo.cases.commands.around import case_for, hold_case, refuse_closed
from amparo.cases.errors import (
    AlreadyEnded,
    AlreadyParty,
    NoSuchPerson,
)
from amparo.cases.models import (
    Party,
)
from amparo.cases.words import (
    PartyRole,
)
from amparo.kernel import clock
from amparo.kernel.dates import AgeEstimate, PartialDate
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.people import commands as people
from amparo.people import queries as people_queries
from amparo.people.words import PersonKind

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


@command
def add_party(
    *,
    actor: Actor,
    case_id: UUID,
    person_id: UUID,
    role: PartyRole,
    relationship: str = "",
    relation: str = "",
    related_to: UUID | None = None,
    no_contact: str = "",
    trafficking: str = "",
    trafficking_by: str = "",
    trafficking_on: date | None = None,
    joined_on: date | None = None,
) -> UUID:
    """Give a person a part in a case. **Needs** cases:party:change. **Ledger** party.joined.

    Raises AlreadyParty, RelationIncomplete, RelatedElsewhere, NothingDecided, DateInFuture.
    """
    case = case_for(actor, "cases:party:change", case_id)
    rules.check_relation(relation, related_to, person_id, _persons_in(case_id))
    rules.check_trafficking(trafficking, trafficking_by, trafficking_on, clock.today())
    head = people_queries.head(person_id)
    party = Party(
        case=case,
        office_id=case.office_id,
        person_id=head.id,
        role=role,
        level=head.level,
        trafficking=trafficking,
        trafficking_by=trafficking_by or None,
        trafficking_on=trafficking_on,
        relation=relation or None,
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
    people.check_person(actor, person_id)
    return party.id


def _persons_in(case_id: UUID) -> set[UUID]:
    return set(Party.objects.filter(case_id=case_id).values_list("person_id", flat=True))


@command
def change_party(
    *,
    actor: Actor,
    party_id: UUID,
    expected: int,
    relationship: str,
    relation: str,
    related_to: UUID | None,
    no_contact: str,
    trafficking: str,
    trafficking_by: str,
    trafficking_on: date | None,
) -> UUID:
    """Change what is known of a person's part. **Needs** cases:party:change. **Ledger** party.changed.

    Raises Changed, RelationIncomplete, RelatedElsewhere, NothingDecided, DateInFuture.
    """
    party = policy.load(actor, "cases:party:change", Party, party_id, seen_by="cases:party:see")
    hold_case(party.case_id)
    refuse_closed(party.case)
    rules.check_relation(relation, related_to, party.person_id, _persons_in(party.case_id))
    rules.check_trafficking(trafficking, trafficking_by, trafficking_on, clock.today())
    fresh: dict[str, object] = {
        "relationship": relationship,
        "relation": relation or None,
        "related_to_id": related_to,
        "no_contact": no_contact,
        "trafficking": trafficking,
        "trafficking_by": trafficking_by or None,
        "trafficking_on": trafficking_on,
    }
    writing.update(party, expected=expected, **fresh)
    facts = {"role": party.role, "fields": list(fresh)}
    writing.note(Verb.PARTY_CHANGED, subject=party.id, case=party.case_id, office=party.office_id, facts=facts)
    return party.id


@command
def end_party(*, actor: Actor, party_id: UUID) -> UUID:
    """End a person's part in a case; what was written stays. **Needs** cases:party:change. **Ledger** party.left."""
    party = policy.load(actor, "cases:party:change", Party, party_id, seen_by="cases:party:see")
    hold_case(party.case_id)
    refuse_closed(party.case)
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
    relation: str = "",
    related_to: UUID | None = None,
    trafficking: str = "",
    trafficking_by: str = "",
    trafficking_on: date | None = None,
    no_contact: str = "",
) -> UUID:
    """Add somebody to a case: a person known by her code, or a new one. **Needs** cases:party:change.

    **Ledger** person.added for a new person, party.joined. Raises NotFound for a code that the actor may not see.
    """
    case = case_for(actor, "cases:party:change", case_id)
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
        relation=relation,
        related_to=related_to,
        trafficking=trafficking,
        trafficking_by=trafficking_by,
        trafficking_on=trafficking_on,
        no_contact=no_contact,
    )
