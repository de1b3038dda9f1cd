"""Case conferences: who sits at the table, what may be shared there, what was decided, and its tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import queries
from amparo.cases.commands.around import case_for
from amparo.cases.commands.work import set_task
from amparo.cases.errors import ConferenceIsOver, NobodyInvited, NotYetHappened, TaskUnfinished
from amparo.cases.models import Conference
from amparo.cases.words import ConferenceState
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command

CHANGE = "cases:conference:change"


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task that a conference gave somebody of the team."""

    title: str
    assigned_id: UUID | None
    due_on: date | None = None


@command
def plan_conference(
    *, actor: Actor, case_id: UUID, on: date, agencies: Sequence[UUID], classes: Sequence[str], about: str
) -> UUID:
    """Plan to sit down with agencies about a case. **Needs** cases:conference:change.

    **Ledger** conference.planned. Raises NobodyInvited.
    """
    case = case_for(actor, CHANGE, case_id, Compartment.NARRATIVE)
    if not agencies:
        raise NobodyInvited(field="agencies")
    row = Conference(
        case=case,
        office_id=case.office_id,
        on=on,
        convened_by=actor.account_id,
        agencies=[str(key) for key in agencies],
        classes=list(classes),
    )
    writing.insert(row, about=about)
    facts = {"due": on, "agencies": len(agencies), "classes": list(classes)}
    writing.note(Verb.CONFERENCE_PLANNED, subject=row.id, case=case.id, office=case.office_id, facts=facts)
    return row.id


def _planned(actor: Actor, conference_id: UUID) -> Conference:
    row = policy.load(actor, CHANGE, Conference, conference_id, seen_by="cases:conference:see")
    case_for(actor, CHANGE, row.case_id, Compartment.NARRATIVE)
    if row.state != ConferenceState.PLANNED:
        raise ConferenceIsOver
    return row


@command
def hold_conference(
    *,
    actor: Actor,
    conference_id: UUID,
    expected: int,
    on: date,
    present: str,
    decisions: str,
    tasks: Sequence[NewTask] = (),
) -> UUID:
    """Write down what was decided; each task becomes one of the case. Where a consent is missing is kept as it was.

    **Needs** cases:conference:change. **Ledger** conference.held, task.set.
    Raises ConferenceIsOver, NotYetHappened, TaskUnfinished, NotOnThisTeam, Changed.
    """
    row = _planned(actor, conference_id)
    if on > clock.today():
        raise NotYetHappened(field="on")
    gaps = sorted({str(agency) for agency, _person in queries.consent_gaps(actor, row.case_id, row)})
    made = [_task(actor, row.case_id, task) for task in tasks]
    writing.update(
        row,
        expected=expected,
        state=ConferenceState.HELD,
        on=on,
        gaps=gaps,
        tasks=[str(key) for key in made],
        present=present,
        decisions=decisions,
    )
    facts = {"agencies": len(row.agencies), "uncovered": len(gaps), "tasks": len(made)}
    writing.note(Verb.CONFERENCE_HELD, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id


def _task(actor: Actor, case_id: UUID, task: NewTask) -> UUID:
    if not task.title.strip() or task.assigned_id is None:
        raise TaskUnfinished
    return set_task(actor=actor, case_id=case_id, title=task.title, assigned_id=task.assigned_id, due_on=task.due_on)


@command
def drop_conference(*, actor: Actor, conference_id: UUID) -> UUID:
    """Say that it is not held. **Needs** cases:conference:change. **Ledger** conference.dropped.

    Raises ConferenceIsOver.
    """
    row = _planned(actor, conference_id)
    writing.update(row, state=ConferenceState.DROPPED)
    writing.note(Verb.CONFERENCE_DROPPED, subject=row.id, case=row.case_id, office=row.office_id)
    return row.id


def forget_conferences(person_id: UUID) -> int:
    """Empty the words of conferences about a survivor who is being erased; inside a command that notes it.

    They are sealed under the key of the case, which stays, and would outlive her own. Where the case is another
    survivor's too, they are hers as well, and stay. Returns how many rows were emptied.
    """
    rows = list(Conference.objects.filter(case_id__in=queries.cases_of_one_survivor(person_id)))
    for row in rows:
        writing.forget_words(row)
    return len(rows)
