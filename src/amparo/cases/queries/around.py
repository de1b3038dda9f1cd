"""Links, hand-overs and closing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.asking import OfReader
from amparo.cases import rules
from amparo.cases.models import (
    CaseLink,
    Closing,
    Conference,
    HandOver,
    SurvivorPromise,
    Task,
)
from amparo.cases.queries.heads import CaseHead, heads, reads_words, track_glances
from amparo.cases.words import (
    ConferenceState,
    PromiseState,
    TaskState,
)
from amparo.vault import sealing
from amparo.vault.prepared import ID, IDS, Prepared

# To receive or take back what was offered, and to read what was written with it.
ANSWER = "cases:handover:answer"


@dataclass(frozen=True, slots=True)
class LinkView:
    id: UUID
    head: CaseHead
    kind: str
    reason: str


_LINKS = Prepared(lambda case_id: CaseLink.objects.filter(Q(case_id=case_id) | Q(other_id=case_id), ended_at=None), ID)


def links(actor: Actor, case_id: UUID) -> list[LinkView]:
    """Links of a case to cases that the actor sees as well; a link to a hidden case does not show at all."""
    rows = _LINKS.rows(case_id)
    others = {row.id: row.other_id if row.case_id == case_id else row.case_id for row in rows}
    seen = heads(actor, others.values())
    rows = [row for row in rows if others[row.id] in seen]
    told = [row for row in rows if reads_words(actor, row.office_id, case_id)]
    opened = sealing.open_rows(told, "reason")
    reasons = {row.id: words.text("reason") for row, words in zip(told, opened, strict=True)}
    return [LinkView(row.id, seen[others[row.id]], row.kind, reasons.get(row.id, "")) for row in rows]


@dataclass(frozen=True, slots=True)
class HandOverView:
    id: UUID
    case_id: UUID
    from_id: UUID
    from_name: str
    to_id: UUID
    to_name: str
    state: str
    offered_at: datetime
    ended_at: datetime | None
    code: str
    note: str


def _handed(account_id: UUID, barred: Collection[UUID]) -> QuerySet[HandOver]:
    rows = HandOver.objects.select_related("case").exclude(case_id__in=barred).order_by("-created_at")
    return rows.filter(from_id=account_id)[:5]


def _offered(account_id: UUID, barred: Collection[UUID]) -> QuerySet[HandOver]:
    rows = HandOver.objects.select_related("case").exclude(case_id__in=barred).order_by("-created_at")
    return rows.filter(to_id=account_id, state="offered")[:50]


_HANDED = Prepared(_handed, ID, IDS)
_OFFERED = Prepared(_offered, ID, IDS)


def handovers(actor: Actor, *, to_me: bool) -> list[HandOverView]:
    """Cases offered to the actor and not received yet, or what she offered lately."""
    found = (_OFFERED if to_me else _HANDED).rows(actor.account_id, actor.barred_cases)
    names = access.names_of([*(row.from_id for row in found), *(row.to_id for row in found)])
    reads = policy.has(actor, ANSWER)
    opened = sealing.open_rows(found, *(("note",) if reads else ()))
    return [
        HandOverView(
            id=row.id,
            case_id=row.case_id,
            from_id=row.from_id,
            from_name=names.get(row.from_id, ""),
            to_id=row.to_id,
            to_name=names.get(row.to_id, ""),
            state=row.state,
            offered_at=row.created_at,
            ended_at=row.ended_at,
            code=row.case.code,
            note=words.text("note") if reads else "",
        )
        for row, words in zip(found, opened, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class ClosingView:
    id: UUID
    case_id: UUID
    reason: str
    asked_by: UUID
    asked_by_name: str
    asked_at: datetime
    state: str
    remark: str
    answer: str
    retain_until: date


def _closings(actor: Actor, rows: Sequence[Closing]) -> list[ClosingView]:
    names = access.names_of(row.asked_by for row in rows)
    opened = sealing.open_rows(rows, "remark", "answer")
    return [
        ClosingView(
            id=row.id,
            case_id=row.case_id,
            reason=row.reason,
            asked_by=row.asked_by,
            asked_by_name=names.get(row.asked_by, ""),
            asked_at=row.created_at,
            state=row.state,
            remark=words.text("remark"),
            answer=words.text("answer"),
            retain_until=row.retain_until,
        )
        for row, words in zip(rows, opened, strict=True)
    ]


def closing_of_case(actor: Actor, head: CaseHead) -> ClosingView | None:
    """The last request to close a case, for those who ask or decide; None for everybody else."""
    may = ("cases:closing:request", "cases:closing:approve")
    if not any(policy.decide(actor, permission, head.subject).allowed for permission in may):
        return None
    rows = list(Closing.objects.filter(case_id=head.id).order_by("-created_at")[:1])
    return _closings(actor, rows)[0] if rows else None


_TO_DECIDE = OfReader(
    "cases:closing:approve",
    Closing,
    lambda rows, account_id: rows.filter(state="asked").exclude(asked_by=account_id).order_by("created_at")[:50],
    ID,
)


def closings_to_decide(actor: Actor) -> list[ClosingView]:
    """Requests to close that the actor may decide: never her own."""
    return _closings(actor, _TO_DECIDE.rows(actor, actor.account_id))


def closing_checks(head: CaseHead) -> list[rules.Check]:
    """The case's own part of the closing checklist: tracks terminal; promises, tasks and conferences settled."""
    states = {glance.kind: glance.state for glance in track_glances([head.id]).get(head.id, ())}
    open_tracks = sum(not rules.is_terminal(kind, state) for kind, state in states.items())
    promised = SurvivorPromise.objects.filter(case_id=head.id, state=PromiseState.OPEN).count()
    tasks = Task.objects.filter(case_id=head.id, state=TaskState.OPEN).count()
    planned = Conference.objects.filter(case_id=head.id, state=ConferenceState.PLANNED).count()
    return [
        rules.Check("tracks_terminal", open_tracks == 0, open_tracks),
        rules.Check("promises_settled", promised == 0, promised),
        rules.Check("tasks_settled", tasks == 0, tasks),
        rules.Check("conferences_settled", planned == 0, planned),
    ]


def labelled(labels: Mapping[str, str | Promise], codes_: Iterable[str]) -> str:
    """Labels of codes, as one line."""
    return ", ".join(str(labels.get(code, code)) for code in codes_)


def case_of_link(actor: Actor, link_id: UUID) -> UUID:
    """The case that a link starts from. Raises NotFound."""
    return policy.load(actor, "cases:case:see", CaseLink, link_id).case_id
