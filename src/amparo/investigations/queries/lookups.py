"""What other rooms and forms need to know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.queries import CaseHead
from amparo.cases.words import PartyRole
from amparo.investigations import rules
from amparo.investigations.errors import ContactWithdrawn
from amparo.investigations.models import Lead, OfficialContact, Outcome, Relief, Restraint, SuspectStatus
from amparo.investigations.queries.words import status_said
from amparo.investigations.rules import StatusEvent
from amparo.investigations.words import (
    STATUS_LABELS,
    LeadState,
    OutcomeEvent,
    OutcomeState,
    Status,
)
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Compartment
from amparo.partners import queries as partners
from amparo.vault import sealing

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """What the dates of a case's incidents are compared with."""

    person_id: UUID
    code: str
    began: PartialDate
    minor: bool | None


def incident_facts(actor: Actor, case_id: UUID) -> list[IncidentFacts]:
    """Dates of the incidents that count and that the actor may know of, for comparing; no words of them are shown."""
    with readings.collecting():
        found = cases.incidents(actor, case_id)
    return [IncidentFacts(i.person_id, i.code, PartialDate.parse(i.began), i.minor) for i in found if i.counts]


def people_of(actor: Actor, case_id: UUID, role: PartyRole) -> list[tuple[str, str]]:
    """Ids and codes of the people who have a part in a case now, as choices of a form."""
    found = cases.parties(actor, case_id, [role])
    return [(str(party.person_id), party.code) for party in found if party.left_on is None]


@dataclass(frozen=True, slots=True)
class ToContact:
    """Whom and where a contact may be with; `parties` are those of the officials who are of the case alone."""

    officials: list[tuple[str, str]]
    units: list[tuple[str, str]]
    parties: frozenset[str]


def officials_to_contact(actor: Actor, case_id: UUID) -> ToContact:
    """Officials of the directory who are in office, and those of the case who are not in it. Cost: about 15 queries."""
    party = people_of(actor, case_id, PartyRole.OFFICIAL)
    both = partners.officials_among([UUID(key) for key, _code in party])
    alone = [(key, code) for key, code in party if UUID(key) not in both]
    return ToContact(
        officials=[*partners.official_choices(actor), *alone],
        units=partners.unit_choices(actor),
        parties=frozenset(key for key, _code in alone),
    )


def who_may(case_id: UUID, permission: str) -> dict[UUID, str]:
    """Colleagues on the team who may do this in it, with their names; the caller has asked the policy for the case."""
    roles = policy.acts()[permission].roles
    return {member.account_id: member.name for member in access.team_of(case_id) if member.role in roles}


def team_choices(case_id: UUID, permission: str) -> list[tuple[str, str]]:
    """Those of the team who may do this, as choices; the caller has asked the policy for the case."""
    return [(str(key), name) for key, name in who_may(case_id, permission).items()]


def head_for(actor: Actor, permission: str, case_id: UUID, level: Compartment | None = None) -> CaseHead:
    """The case for a form that makes something in it. Raises NotFound, Refused."""
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, permission, head.part(level) if level else head.subject)
    return head


def events_of(case_id: UUID) -> dict[UUID, list[StatusEvent]]:
    """Every suspect's status events in a case that stand, oldest first; the caller has asked the policy."""
    found: dict[UUID, list[StatusEvent]] = {}
    for row in SuspectStatus.objects.filter(case_id=case_id, withdraw_reason="").order_by("first_on", "id"):
        found.setdefault(row.person_id, []).append(event_of(row))
    return found


def event_of(row: SuspectStatus) -> StatusEvent:
    return StatusEvent(Status(row.status), PartialDate.parse(row.happened))


def standings(actor: Actor, case_id: UUID) -> dict[UUID, tuple[Status, str]]:
    """How each suspect stands now, with the label, as far as the actor may see. Cost: one query."""
    standing = SuspectStatus.objects.filter(case_id=case_id, withdraw_reason="")
    rows = cases.in_case(actor, "investigations:suspect:see", standing, case_id).order_by("first_on", "id")
    events: dict[UUID, list[StatusEvent]] = {}
    for row in rows:
        events.setdefault(row.person_id, []).append(event_of(row))
    return {
        person: (now, str(STATUS_LABELS[now])) for person, found in events.items() if (now := rules.standing(found))
    }


def persons_relieved(actor: Actor, since: date, until: date) -> list[UUID]:
    """People whose first relief fell into a period and is verified: each counts once, in one period."""
    return _counted(policy.visible(actor, "investigations:outcome:see", Relief.objects.all()), since, until)


def persons_restrained(actor: Actor, since: date, until: date) -> list[UUID]:
    """Suspects whose first restraint fell into a period and is verified: each counts once, in one period."""
    return _counted(policy.visible(actor, "investigations:outcome:see", Restraint.objects.all()), since, until)


def _counted(rows: Iterable[Outcome], since: date, until: date) -> list[UUID]:
    verified = [row for row in rows if row.state == OutcomeState.VERIFIED]
    return [row.person_id for row in rules.counted_once(verified) if since <= row.first_on <= until]


@dataclass(frozen=True, slots=True)
class OutcomeNow:
    """How a relief or restraint stands; of one that was put right, how what stands instead of it does."""

    person_id: UUID
    state: OutcomeState


def outcomes_now(outcome_ids: Iterable[UUID]) -> dict[UUID, OutcomeNow]:
    """How each relief or restraint stands; the caller has asked the policy for what they came of.

    Cost: four queries, and two more where one was put right again.
    """
    now = {key: key for key in outcome_ids}
    while later := _written_instead(set(now.values())):
        now = {key: later.get(latest, latest) for key, latest in now.items()}
    wanted = set(now.values())
    rows: list[Outcome] = [*Relief.objects.filter(pk__in=wanted), *Restraint.objects.filter(pk__in=wanted)]
    found = {row.id: OutcomeNow(row.person_id, OutcomeState(row.state)) for row in rows}
    return {key: found[latest] for key, latest in now.items() if latest in found}


def _written_instead(outcome_ids: set[UUID]) -> dict[UUID, UUID]:
    """What was written instead of those of them that were put right."""
    found: dict[UUID, UUID] = {}
    for model in (Relief, Restraint):
        rows = model._base_manager.filter(instead_of_id__in=outcome_ids)
        found |= {old: new for old, new in rows.values_list("instead_of_id", "id") if old}
    return found


@dataclass(frozen=True, slots=True)
class LeadForm:
    head: CaseHead
    version: int
    values: Mapping[str, object]
    is_open: bool


def lead_for(actor: Actor, permission: str, lead_id: UUID) -> LeadForm:
    """A lead as its form shows it. Raises NotFound, Refused."""
    row = policy.load(actor, permission, Lead, lead_id, seen_by="investigations:lead:see")
    words = sealing.open_row(row, "title", "question", "result")
    readings.opened(row.case_id, Compartment.INVESTIGATION)
    values = {
        "kind": row.kind,
        "title": words.text("title"),
        "question": words.text("question"),
        "result": words.text("result"),
        "assigned_id": str(row.assigned_id),
        "due_on": row.due_on,
        "outcome": row.outcome,
    }
    return LeadForm(cases.case_head(actor, row.case_id), row.version, values, row.state == LeadState.OPEN)


def outcome_head(actor: Actor, permission: str, kind: str, outcome_id: UUID) -> CaseHead:
    """The case of a relief or restraint. Raises NotFound, Refused."""
    model: type[Outcome] = Relief if kind == "relief" else Restraint
    row = policy.load(actor, permission, model, outcome_id, seen_by="investigations:outcome:see")
    return cases.case_head(actor, row.case_id)


@dataclass(frozen=True, slots=True)
class ToCorrect:
    """What was entered by mistake, as the form that puts it right shows it."""

    head: CaseHead
    values: dict[str, object]


def outcome_to_correct(actor: Actor, kind: str, outcome_id: UUID) -> ToCorrect:
    """A relief or restraint that stands, for who may take it out of the counts. Raises NotFound, Refused."""
    model: type[Outcome] = Relief if kind == "relief" else Restraint
    row = policy.load(actor, "investigations:outcome:see", model, outcome_id)
    act = "record" if row.state == OutcomeState.PROVISIONAL else "verify"
    head = outcome_head(actor, f"investigations:outcome:{act}", kind, outcome_id)
    rules.next_outcome_state(OutcomeState(row.state), OutcomeEvent.WITHDRAW)
    values = {
        "person_id": str(row.person_id),
        "how": row.how,
        "attribution": row.attribution,
        "happened": PartialDate.parse(row.happened),
    }
    return ToCorrect(head, values)


@dataclass(frozen=True, slots=True)
class ContactToCorrect:
    """A contact as the form that puts it right shows it, and what that form offers."""

    head: CaseHead
    values: dict[str, object]
    offered: ToContact


def contact_to_correct(actor: Actor, contact_id: UUID) -> ContactToCorrect:
    """A contact that stands. Raises NotFound, Refused, ContactWithdrawn."""
    row = policy.load(
        actor, "investigations:official:record", OfficialContact, contact_id, seen_by="investigations:official:see"
    )
    if row.withdraw_reason:
        raise ContactWithdrawn
    names = ("name", "agency", "agreed", "next_step")
    words = sealing.open_row(row, *names)
    chosen = row.known_id or row.official_id
    # What the directory tells is not asked for again: it would stay with whoever is chosen instead.
    is_told = row.known_id or row.unit_id or row.partner_id
    place = partners.place_of_official(actor, row.known_id) if row.known_id else None
    own_unit = row.unit_id if place is None or place.unit_id != row.unit_id else None
    values: dict[str, object] = {
        "official_id": str(chosen) if chosen else "",
        "unit_id": str(own_unit) if own_unit else "",
        "agency_kind": "" if is_told else row.agency_kind,
        "kind": row.kind,
        "on": row.on,
        "next_on": row.next_on,
        **{name: words.text(name) for name in names},
    }
    return ContactToCorrect(cases.case_head(actor, row.case_id), values, _with_present(actor, row))


def _with_present(actor: Actor, row: OfficialContact) -> ToContact:
    """Whom and where a contact may be with, and whom and where it was even if that is not offered now."""
    found = officials_to_contact(actor, row.case_id)
    names = partners.names_of({key for key in (row.known_id, row.unit_id) if key})
    if row.official is not None:
        present, label = row.official_id, row.official.code
    else:
        present, label = row.known_id, names.get(row.known_id, "") if row.known_id else ""
    return ToContact(
        officials=_offered(found.officials, present, label or _("Name erased")),
        units=_offered(found.units, row.unit_id, names.get(row.unit_id, "") if row.unit_id else ""),
        parties=found.parties | ({str(row.official_id)} if row.official_id else set()),
    )


def _offered(found: list[tuple[str, str]], present: UUID | None, label: str) -> list[tuple[str, str]]:
    if present is None or str(present) in dict(found):
        return found
    return [*found, (str(present), label)]


@dataclass(frozen=True, slots=True)
class StatusToWithdraw:
    head: CaseHead
    said: str


def status_for(actor: Actor, permission: str, status_id: UUID) -> StatusToWithdraw:
    """A suspect's status as it is asked whether to withdraw it. Raises NotFound, Refused."""
    row = policy.load(actor, permission, SuspectStatus, status_id, seen_by="investigations:suspect:see")
    return StatusToWithdraw(cases.case_head(actor, row.case_id), status_said(row))


def contact_head(actor: Actor, contact_id: UUID) -> CaseHead:
    row = policy.load(actor, "investigations:official:see", OfficialContact, contact_id)
    return cases.case_head(actor, row.case_id)
