"""Who is walled off from a case, what was given to be compared, and who may know somebody in a case."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.models import Bar, Conflict, OwnDetail, Tie
from amparo.access.queries.names import names_of
from amparo.access.words import CONFLICT_LABELS, ConflictKind, ConflictState, DetailKind, DetailOf
from amparo.kernel.errors import NotFound
from amparo.vault import sealing


@dataclass(frozen=True, slots=True)
class BarView:
    id: UUID
    account_id: UUID
    name: str
    reason: str
    of_person: bool


def bars_of_case(actor: Actor, case_id: UUID) -> list[BarView]:
    """Who is walled off from a case now: from itself, or from somebody who has a part in it."""
    return _bar_views(policy.visible(actor, "access:bar:see", _bars_on(case_id).filter(lifted_at=None)))


def bar_of_case(actor: Actor, case_id: UUID, bar_id: UUID) -> BarView:
    """One bar that concerns a case, in force or lifted. Raises NotFound."""
    found = _bar_views(policy.visible(actor, "access:bar:see", _bars_on(case_id).filter(pk=bar_id)))
    if not found:
        raise NotFound(permission="access:bar:see")
    return found[0]


def _bars_on(case_id: UUID) -> QuerySet[Bar]:
    parties = Tie.objects.filter(case_id=case_id).values("person_id")
    return Bar.objects.filter(Q(case_id=case_id) | Q(person_id__in=parties)).order_by("created_at")


def _bar_views(bars: QuerySet[Bar]) -> list[BarView]:
    rows = list(bars)
    names = names_of(row.account_id for row in rows)
    opened = sealing.open_rows(rows, "reason")
    found = dict(Conflict.objects.filter(bar_id__in=[row.id for row in rows]).values_list("bar_id", "kind"))
    # A bar that a comparison set has no words of its own until somebody has decided on it.
    said = {bar: str(CONFLICT_LABELS[ConflictKind(kind)]) for bar, kind in found.items()}
    return [
        BarView(
            r.id, r.account_id, names.get(r.account_id, ""), o.text("reason") or said.get(r.id, ""),
            r.person_id is not None,
        )
        for r, o in zip(rows, opened, strict=True)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class DetailView:
    """What somebody who works here gave of herself, or of somebody close to her, to be compared."""

    account_id: UUID
    office_id: UUID
    kind: DetailKind
    whose: DetailOf
    token: int = field(repr=False)
    value: str = field(repr=False)


def own_details(account_id: UUID) -> list[DetailView]:
    """What one colleague gave: for herself, and to be compared. Cost: one query and the keys."""
    return _details(OwnDetail.objects.filter(account_id=account_id).order_by("created_at", "id"))


def own_details_given(account_id: UUID) -> int:
    """How many details one gave for conflict checks. Cost: one query."""
    return OwnDetail.objects.filter(account_id=account_id).count()


def details_with(tokens: Collection[int]) -> list[DetailView]:
    """What anybody who works here gave that has one of these tokens; some by chance. Cost: one query."""
    return _details(OwnDetail.objects.filter(token__in=set(tokens)).order_by("id")) if tokens else []


def _details(rows: QuerySet[OwnDetail]) -> list[DetailView]:
    found = list(rows)
    return [
        DetailView(r.account_id, r.office_id, DetailKind(r.kind), DetailOf(r.whose), r.token, opened.text("value"))
        for r, opened in zip(found, sealing.open_rows(found, "value"), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class ConflictView:
    """That a colleague may know a person or a case. `reason` is what she said of it herself.

    Once it is decided: by whom, when, and the `answer` to how that is known.
    """

    id: UUID
    account_id: UUID
    name: str
    kind: ConflictKind
    whose: DetailOf
    is_barred: bool
    case_id: UUID | None
    person_id: UUID | None
    reason: str = field(repr=False)
    state: ConflictState
    decided_by: str
    decided_at: datetime | None
    answer: str = field(repr=False)


_MOST_CONFLICTS = 50


def conflicts_waiting(actor: Actor) -> list[ConflictView]:
    """What nobody has decided on yet, for who may bar and is not concerned. Cost: four queries, one where none."""
    if not policy.has(actor, "access:bar:set"):
        return []
    return _conflict_views(actor, Conflict.objects.filter(state=ConflictState.OPEN))


def conflict(actor: Actor, conflict_id: UUID) -> ConflictView:
    """One, decided or not. Raises NotFound, also to whom it is about."""
    found = _conflict_views(actor, Conflict.objects.filter(pk=conflict_id))
    if not found:
        raise NotFound(permission="access:bar:set")
    return found[0]


def found_about(actor: Actor) -> frozenset[UUID]:
    """What the ledger keeps of conflicts that were found about the reader herself, and the bars. Cost: one query."""
    rows = Conflict.objects.filter(account_id=actor.account_id).exclude(kind=ConflictKind.DECLARED)
    return frozenset(key for pair in rows.values_list("id", "bar_id") for key in pair if key is not None)


def _conflict_views(actor: Actor, chosen: QuerySet[Conflict]) -> list[ConflictView]:
    others = policy.visible(actor, "access:bar:set", chosen).exclude(account_id=actor.account_id)
    rows = list(others.order_by("created_at", "id")[:_MOST_CONFLICTS])
    if not rows:
        return []
    names = names_of(key for row in rows for key in (row.account_id, row.decided_by) if key)
    bars = list(Bar.objects.filter(pk__in=[row.bar_id for row in rows if row.bar_id]))
    said = {bar.id: o.text("reason") for bar, o in zip(bars, sealing.open_rows(bars, "reason"), strict=True)}
    return [
        ConflictView(
            id=row.id,
            account_id=row.account_id,
            name=names.get(row.account_id, ""),
            kind=ConflictKind(row.kind),
            whose=DetailOf(row.whose),
            is_barred=row.bar_id is not None,
            case_id=row.case_id,
            person_id=row.person_id,
            reason=said.get(row.bar_id, "") if row.bar_id else "",
            state=ConflictState(row.state),
            decided_by=names.get(row.decided_by, "") if row.decided_by else "",
            decided_at=row.decided_at,
            answer=opened.text("answer"),
        )
        for row, opened in zip(rows, sealing.open_rows(rows, "answer"), strict=True)
    ]
