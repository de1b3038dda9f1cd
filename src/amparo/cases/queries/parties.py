"""People in a case."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access import queries as staff
from amparo.access.actors import Actor
from amparo.access.asking import OfCase
from amparo.access.policy import Subject
from amparo.cases import rules
from amparo.cases.models import (
    Party,
    Track,
)
from amparo.cases.queries.heads import CaseHead, case_head, heads, rows_of_case
from amparo.cases.words import (
    PARTY_LABELS,
    PartyRole,
    TrackKind,
)
from amparo.kernel.recall import once
from amparo.kernel.words import Compartment, Sight
from amparo.vault import sealing

SUSPECT_SIDE = (PartyRole.SUSPECT, PartyRole.ASSOCIATE)
SURVIVOR_SIDE = (
    PartyRole.SURVIVOR, PartyRole.FAMILY, PartyRole.CAREGIVER, PartyRole.GUARDIAN, PartyRole.WITNESS,
    PartyRole.REPORTER,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartyView:
    id: UUID
    person_id: UUID
    code: str
    role: PartyRole
    level: Compartment
    trafficking: str
    trafficking_by: str
    trafficking_on: date | None
    relation: str
    related_to: UUID | None
    left_on: date | None
    relationship: str
    no_contact: str
    version: int


def parties(actor: Actor, case_id: UUID, roles: Sequence[PartyRole] | None = None) -> list[PartyView]:
    """People in a case as codes; words about them only for those who see their compartment. Cost: three queries."""
    everybody = once("parties", (actor.account_id, case_id), lambda: _parties(actor, case_id))
    return [view for view in everybody if roles is None or view.role in roles]


_PARTIES = OfCase("cases:party:see", Party, lambda rows: rows.select_related("person").order_by("joined_on", "id"))


def _parties(actor: Actor, case_id: UUID) -> list[PartyView]:
    found = rows_of_case(actor, _PARTIES, case_id)
    opened = sealing.open_rows([row for row in found if _words_seen(actor, row)], "relationship", "no_contact")
    words = dict(zip([row.id for row in found if _words_seen(actor, row)], opened, strict=True))
    return [_party(row, words.get(row.id)) for row in found]


def _words_seen(actor: Actor, row: Party) -> bool:
    subject = Subject(office=row.office_id, cases=frozenset([row.case_id]), person=row.person_id)
    return policy.sight(actor, Compartment(row.level), subject) >= Sight.PARTIAL


def _party(row: Party, words: sealing.Opened | None) -> PartyView:
    return PartyView(
        id=row.id,
        person_id=row.person_id,
        code=row.person.code,
        role=PartyRole(row.role),
        level=Compartment(row.level),
        trafficking=row.trafficking,
        trafficking_by=row.trafficking_by or "",
        trafficking_on=row.trafficking_on,
        relation=(row.relation or "") if words else "",
        related_to=row.related_to_id if words else None,
        left_on=row.left_on,
        relationship=words.text("relationship") if words else "",
        no_contact=words.text("no_contact") if words else "",
        version=row.version,
    )


def survivors_of(actor: Actor, case_id: UUID) -> dict[UUID, str]:
    """The survivors who are in a case now, by code."""
    found = parties(actor, case_id, [PartyRole.SURVIVOR])
    return {party.person_id: party.code for party in found if party.left_on is None}


def other_parties(actor: Actor, case_id: UUID, person_id: UUID | None = None) -> list[tuple[str, str]]:
    """Who else has a part in a case, as choices by code, to say what somebody is to them."""
    others = [view for view in parties(actor, case_id) if view.left_on is None and view.person_id != person_id]
    return [(str(view.person_id), f"{view.code}, {PARTY_LABELS[view.role]}") for view in others]


def party(actor: Actor, party_id: UUID) -> tuple[CaseHead, PartyView]:
    row = policy.load(actor, "cases:party:see", Party, party_id)
    head = case_head(actor, row.case_id)
    return head, next(view for view in parties(actor, head.id) if view.id == party_id)


def cases_of_persons(actor: Actor, person_ids: Collection[UUID]) -> dict[UUID, list[CaseHead]]:
    """The cases of many persons that the actor may see, newest first. Cost: four queries for any number."""
    pairs = list(Party.objects.filter(person_id__in=person_ids).values_list("person_id", "case_id").distinct())
    known = heads(actor, {case for _person, case in pairs})
    found: dict[UUID, list[CaseHead]] = {person: [] for person in person_ids}
    for person, case in pairs:
        if case in known:
            found[person].append(known[case])
    return {person: sorted(some, key=lambda head: head.opened_at, reverse=True) for person, some in found.items()}


def those_in_cases(person_ids: Collection[UUID]) -> set[UUID]:
    """Those of these people who have a part in any case; for who erases what a report alone knows of them."""
    return set(Party.objects.filter(person_id__in=person_ids).values_list("person_id", flat=True))


def cases_of_one_survivor(person_id: UUID) -> list[UUID]:
    """The cases in which a person is the only survivor; her other records are no other survivor."""
    hers = Party.objects.filter(person_id=person_id, role=PartyRole.SURVIVOR).values_list("case_id", flat=True)
    others = Party.objects.filter(case_id__in=hers, role=PartyRole.SURVIVOR).exclude(
        person_id__in=staff.records_of(person_id)
    )
    return list(set(hers) - set(others.values_list("case_id", flat=True)))


def cases_before_the_law(person_id: UUID) -> int:
    """How many cases of a person have an accountability track that has not come to its end."""
    ids = Party.objects.filter(person_id=person_id).values("case_id")
    rows = Track.objects.filter(case_id__in=ids, kind=TrackKind.ACCOUNTABILITY)
    return rows.exclude(state__in=rules.TERMINAL[TrackKind.ACCOUNTABILITY]).count()
