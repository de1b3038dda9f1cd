"""Case conferences, and whether what is to be shared there is covered by consents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from django.db.models import Q

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.asking import OfCase, OfReader
from amparo.cases import rules
from amparo.cases.models import Conference, Task
from amparo.cases.queries.bases import consents_for_partners
from amparo.cases.queries.heads import CaseHead, case_head, in_case, rows_of_case
from amparo.cases.queries.parties import parties, survivors_of
from amparo.cases.queries.tasks import TaskView, views_of
from amparo.cases.rules import Shared
from amparo.cases.words import ConferenceState, PartyRole
from amparo.kernel.words import Compartment
from amparo.partners import queries as partners
from amparo.vault import sealing
from amparo.vault.prepared import DAY, ID, IDS

SEE = "cases:conference:see"
CHANGE = "cases:conference:change"


class Table(Protocol):
    """Who sits at a table, and what is to be shared there."""

    @property
    def agencies(self) -> Sequence[str]: ...
    @property
    def classes(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Gap:
    """What one agency may not learn of one survivor: no consent of hers to it names it."""

    agency: str
    code: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConferenceView:
    id: UUID
    on: date
    state: ConferenceState
    convened_by: str
    agencies: tuple[str, ...]
    classes: tuple[str, ...]
    uncovered: int
    task_ids: tuple[UUID, ...]
    about: str
    present: str
    decisions: str
    version: int


def consent_gaps(actor: Actor, case_id: UUID, table: Table) -> dict[tuple[UUID, UUID], frozenset[str]]:
    """By agency and survivor, which classes no consent lets go there today; the caller has asked the policy."""
    people = list(survivors_of(actor, case_id))
    live = consents_for_partners(case_id).values()
    consents = [Shared(person, one.agency_id, one.classes) for person, one in live]
    return rules.not_covered([UUID(key) for key in table.agencies], people, table.classes, consents)


_OF_CASE = OfCase(SEE, Conference, lambda rows: rows.order_by("-on", "-id")[:200])


def conferences(actor: Actor, case_id: UUID) -> list[ConferenceView]:
    """Conferences of a case, newest first. Cost: five queries."""
    return _views(rows_of_case(actor, _OF_CASE, case_id), case_id)


def _views(rows: Sequence[Conference], case_id: UUID) -> list[ConferenceView]:
    if not rows:
        return []
    readings.opened(case_id, Compartment.NARRATIVE)
    names = access.names_of(row.convened_by for row in rows)
    agencies = partners.agency_names({UUID(key) for row in rows for key in row.agencies})
    opened = sealing.open_rows(rows, "about", "present", "decisions")
    return [
        ConferenceView(
            id=row.id,
            on=row.on,
            state=ConferenceState(row.state),
            convened_by=names.get(row.convened_by, ""),
            agencies=tuple(agencies.get(UUID(key), "") for key in row.agencies),
            classes=tuple(row.classes),
            uncovered=len(row.gaps),
            task_ids=tuple(UUID(key) for key in row.tasks),
            about=words.text("about"),
            present=words.text("present"),
            decisions=words.text("decisions"),
            version=row.version,
        )
        for row, words in zip(rows, opened, strict=True)
    ]


def conference(actor: Actor, conference_id: UUID) -> tuple[CaseHead, ConferenceView, list[Gap]]:
    """A conference with what no consent covers today. Raises NotFound."""
    row = policy.load(actor, SEE, Conference, conference_id)
    head = case_head(actor, row.case_id)
    codes = {party.person_id: party.code for party in parties(actor, head.id, [PartyRole.SURVIVOR])}
    found = consent_gaps(actor, head.id, row)
    names = partners.agency_names({agency for agency, _person in found})
    gaps = [Gap(names.get(a, ""), codes.get(p, ""), tuple(sorted(missing))) for (a, p), missing in found.items()]
    return head, _views([row], head.id)[0], gaps


def tasks_of_conference(actor: Actor, case_id: UUID, view: ConferenceView) -> list[TaskView]:
    """The tasks that came of a conference, as far as the actor sees tasks."""
    rows = in_case(actor, "cases:task:see", Task.objects.filter(case_id=case_id, pk__in=view.task_ids), case_id)
    return views_of(list(rows.order_by("due_on", "id")))


@dataclass(frozen=True, slots=True)
class ConferenceDue:
    id: UUID
    case_id: UUID
    on: date


_OWN = OfReader(
    CHANGE,
    Conference,
    lambda rows, me, own, until: rows.filter(
        Q(convened_by=me) | Q(case_id__in=own), state=ConferenceState.PLANNED, on__lte=until
    ).order_by("on", "id")[:100],
    ID,
    IDS,
    DAY,
)


def own_conferences(actor: Actor, until: date) -> list[ConferenceDue]:
    """Conferences of the actor's cases, or that she convened, up to a day. Cost: one query.

    Whoever convened one may have left: it stays with the team.
    """
    roles = policy.acts()[CHANGE].roles
    own = {case for case, role in actor.grants if role in roles}
    found = _OWN.rows(actor, actor.account_id, own, until)
    return [ConferenceDue(row.id, row.case_id, row.on) for row in found]
