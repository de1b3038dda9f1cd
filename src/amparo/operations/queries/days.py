"""What operations tell the desk: what is due, what waits for a decision, and marks on a case's tracks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.moments import Due, Moment
from amparo.cases.words import TrackKind
from amparo.operations.models import Approval, Conflict, Operation
from amparo.operations.queries.conflicts import SEE as SEE_CONFLICT
from amparo.operations.queries.lessons import lessons_open
from amparo.operations.queries.page import STATE_TONES
from amparo.operations.queries.plan import today, whereabouts_of
from amparo.operations.queries.reading import SEE
from amparo.operations.rules import BRIEF_DAYS_BEFORE, DEBRIEF_DAYS
from amparo.operations.words import AHEAD, STATE_LABELS, ConflictState, State
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.sheets import Code, Empty, Row, Section, Tag

MOST = 100


def _url(row: Operation, part: str = "") -> str:
    return reverse("operations:operation", args=[row.id]) + part


def _placed(actor: Actor, permission: str, *states: State) -> list[Operation]:
    """The operations in which the actor has a place, in some states. Cost: one query, none without a place."""
    if not actor.operations:
        return []
    rows = Operation.objects.filter(pk__in=actor.operations, state__in=states)
    return list(policy.visible(actor, permission, rows).order_by("created_at", "id")[:MOST])


def due_for(actor: Actor, until: date) -> list[Due]:
    """Briefings and debriefs of the operations that the actor carries out, due by a day. Cost: two queries."""
    rows = _placed(
        actor, "operations:operation:carry_out", State.APPROVED, State.BRIEFED, State.EXECUTED, State.ABORTED
    )
    if not rows:
        return []
    where = whereabouts_of(actor, [row.id for row in rows if row.state in AHEAD])
    zone, now = timezone.get_current_timezone(), today()
    found = []
    for row in rows:
        place = where.get(row.id)
        day = place.starts.astimezone(zone).date() if place is not None else None
        match State(row.state):
            case State.APPROVED if day is not None:
                found.append(_due(row, day - timedelta(days=BRIEF_DAYS_BEFORE), _("Brief the team"), _("Brief"), now))
            case State.BRIEFED if day is not None:
                found.append(_due(row, day, _("An operation is on this day"), _("Open"), now))
            case State.EXECUTED | State.ABORTED if row.over_on is not None:
                found.append(_due(row, row.over_on + timedelta(days=DEBRIEF_DAYS), _("Debrief"), _("Debrief"), now))
            case _:
                continue
    return [due for due in found if due.due_on is not None and due.due_on <= until]


def _due(row: Operation, on: date, title: str, label: str, now: date) -> Due:
    return Due(on, title, (_("Operation"), Code(row.code)), _url(row), label, "late" if on < now else "")


def waiting_for(actor: Actor) -> list[Due]:
    """Plans that wait for the actor's approval, and plans that touch for who keeps them apart.

    Cost: three queries at most, none for most people.
    """
    found = [
        Due(None, _("Approve an operation"), (_("Operation"), Code(row.code)), _url(row), _("Read and decide"))
        for row in _undecided(actor)
    ]
    if policy.has(actor, SEE_CONFLICT):
        rows = policy.visible(actor, SEE_CONFLICT, Conflict.objects.filter(state=ConflictState.OPEN))
        if rows.exists():
            url = reverse("operations:conflicts")
            found.append(Due(None, _("Two plans touch"), _("Nobody else was told."), url, _("See whom to ask"), "soon"))
    if policy.has(actor, "operations:lesson:take_up") and lessons_open(actor, limit=1):
        url = reverse("journeys:lessons")
        found.append(Due(None, _("Lessons of operations wait"), _("Without name, place or case."), url, _("Read them")))
    return found


def _undecided(actor: Actor) -> list[Operation]:
    rows = _placed(actor, "operations:plan:approve", State.PROPOSED)
    if not rows:
        return []
    decided = set(
        Approval.objects.filter(operation__in=rows, account_id=actor.account_id).values_list("operation_id", "plan")
    )
    return [row for row in rows if (row.id, row.plan) not in decided]


# ---- on the page of a case -----------------------------------------------------------------------------------------


def _of_case(actor: Actor, case_id: UUID) -> list[Operation]:
    """Operations about a case in which the actor has a place. Cost: two queries, none without a place."""
    if not actor.operations:
        return []
    keys = access.operations_of_case(case_id) & actor.operations
    if not keys:
        return []
    return list(policy.visible(actor, SEE, Operation.objects.filter(pk__in=keys)).order_by("created_at", "id"))


def marks_of_case(actor: Actor, case_id: UUID) -> list[Moment]:
    """Operations on the track of relief, for those who have a place in them: ahead by its day, over by its day."""
    rows = _of_case(actor, case_id)
    where = whereabouts_of(actor, [row.id for row in rows if row.state in AHEAD]) if rows else {}
    zone = timezone.get_current_timezone()
    marks = []
    for row in rows:
        place = where.get(row.id)
        day = place.starts.astimezone(zone).date() if place is not None else row.over_on
        if day is None:
            continue
        kind = "open" if row.state in AHEAD else "miss" if row.abort_reason else "done"
        title = _("Operation: %(state)s") % {"state": STATE_LABELS[row.state]}
        marks.append(Moment(TrackKind.RELIEF, day, _("operation"), title, kind, _url(row)))  # type: ignore[arg-type]
    return marks


def sections_of_case(actor: Actor, case_id: UUID) -> list[Section]:
    """Operations about a case for those who have a place in them, and the way to plan one for who may.

    Somebody without a place is told nothing, not even that there is none.
    """
    rows = _of_case(actor, case_id)
    head = cases.case_head(actor, case_id)
    may = policy.decide(actor, "operations:operation:plan", head.subject).allowed
    if not rows and not may:
        return []
    url = reverse("operations:plan", args=[case_id]) if may else ""
    return [
        Section(
            _("Operations"),
            id="operations",
            column=2,
            rows=_rows(actor, rows),
            remark=_("Only those in which you have a place."),
            empty=Empty(_("You have a place in none."), _("Plan one") if may else "", url),
            link_label=_("Plan one") if may and rows else "",
            link_url=url if rows else "",
        )
    ]


def _rows(actor: Actor, rows: Sequence[Operation]) -> tuple[Row, ...]:
    where = whereabouts_of(actor, [row.id for row in rows]) if rows else {}
    zone, now = timezone.get_current_timezone(), today()
    lines = []
    for row in rows:
        place = where.get(row.id)
        day = place.starts.astimezone(zone).date() if place is not None else row.over_on
        state = State(row.state)
        lines.append(
            Row(
                title=Code(row.code),
                when=formats.near_day(day, now) if day is not None else "",
                url=_url(row),
                tag=Tag(STATE_LABELS[state], STATE_TONES[state]),
            )
        )
    return tuple(lines)
