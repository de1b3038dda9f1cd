"""Cases as their readers may see them: one, some, and lists by keyset."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.asking import OfCase, OfReader
from amparo.access.policy import Subject
from amparo.cases.models import (
    Case,
    Track,
)
from amparo.cases.words import (
    CaseState,
    Risk,
    TrackKind,
)
from amparo.kernel import codes
from amparo.kernel.errors import NotFound
from amparo.kernel.recall import recall
from amparo.kernel.words import Compartment, Sight
from amparo.ledger.records import Record
from amparo.vault import sealing
from amparo.vault.prepared import IDS, Prepared

R = TypeVar("R", bound=Record)
PAGE = 50
MOST_TYPES = 4
MOST_TAGS = 8


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What every page of a case starts with."""

    id: UUID
    code: str
    title: str
    office_id: UUID
    state: CaseState
    version: int
    types: tuple[str, ...]
    programme: str
    tags: tuple[str, ...]
    jurisdiction: str
    risk: Risk
    opened_at: datetime
    reported_on: date
    closed_at: datetime | None

    @property
    def beside_code(self) -> str:
        """What the case is called, to stand beside its code; empty for whoever knows it by its code alone."""
        return "" if self.title == self.code else self.title

    @property
    def subject(self) -> Subject:
        """The case as the policy sees it; parts of it add their compartment."""
        return Subject(office=self.office_id, cases=frozenset([self.id]))

    def part(self, level: Compartment) -> Subject:
        return Subject(office=self.office_id, cases=frozenset([self.id]), level=level)


def _head(row: Case, title: str) -> CaseHead:
    return CaseHead(
        id=row.id,
        code=row.code,
        title=title,
        office_id=row.office_id,
        state=CaseState(row.state),
        version=row.version,
        types=tuple(row.types),
        programme=row.programme,
        tags=tuple(row.tags or ()),
        jurisdiction=row.jurisdiction or "",
        risk=Risk(row.risk),
        opened_at=row.opened_at,
        reported_on=row.reported_on,
        closed_at=row.closed_at,
    )


def case_head(actor: Actor, case_id: UUID) -> CaseHead:
    """The head of a case that the actor may see. Raises NotFound. Cost: three queries, once in a reading request."""

    def load(keys: set[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], CaseHead]:
        row = policy.load(actor, "cases:case:see", Case, case_id)
        # What else the request asks of this case need not look for its office.
        recall("case offices", [case_id], lambda _keys: {case_id: row.office_id})
        head = _head(row, _titles(actor, [row])[row.id])
        recall("heads", keys, lambda _keys: dict.fromkeys(keys, head))
        return dict.fromkeys(keys, head)

    key = (actor.account_id, case_id)
    return recall("case heads", [key], load)[key]


def in_case(actor: Actor, permission: str, rows: QuerySet[R], case_id: UUID) -> QuerySet[R]:
    """The rows of one case for which the policy says yes; the queryset must be narrowed to the case already."""
    office = recall("case offices", [case_id], _offices).get(case_id)
    return rows.none() if office is None else policy.visible_in_case(actor, permission, rows, office, case_id)


def rows_of_case(actor: Actor, asked: OfCase[R], case_id: UUID, *values: object) -> list[R]:
    """The same, prepared: what a page asks of every case. Cost: one query, none where nothing may be seen."""
    office = recall("case offices", [case_id], _offices).get(case_id)
    return [] if office is None else asked.rows(actor, office, case_id, *values)


def _offices(case_ids: set[UUID]) -> dict[UUID, UUID]:
    return dict(Case.objects.filter(pk__in=case_ids).values_list("id", "office_id"))


_THESE = OfReader("cases:case:see", Case, lambda rows, keys: rows.filter(pk__in=keys), IDS)


def heads(actor: Actor, case_ids: Iterable[UUID]) -> dict[UUID, CaseHead]:
    """Heads of those of these cases that the actor may see. Cost: two queries, once in a reading request."""

    def load(keys: set[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], CaseHead]:
        rows = _THESE.rows(actor, [case for _account, case in keys])
        titles = _titles(actor, rows)
        return {(actor.account_id, row.id): _head(row, titles[row.id]) for row in rows}

    found = recall("heads", [(actor.account_id, case) for case in case_ids], load)
    return {case: head for (_account, case), head in found.items()}


def _titles(actor: Actor, rows: Sequence[Case]) -> dict[UUID, str]:
    """What cases are called by those who see some of their court part; the code by everybody else."""
    seen = [row for row in rows if reads_words(actor, row.office_id, row.id)]
    opened = zip(seen, sealing.open_rows(seen, "title"), strict=True)
    return {row.id: row.code for row in rows} | {row.id: words.text("title") for row, words in opened}


def reads_words(actor: Actor, office: UUID, case_id: UUID) -> bool:
    """Whether free words of a case's court part may be shown: what it is called, why it is linked."""
    subject = Subject(office=office, cases=frozenset([case_id]), level=Compartment.LEGAL)
    return policy.decide(actor, "cases:words:read", subject).allowed


def find_by_code(actor: Actor, typed: str) -> CaseHead | None:
    """The case with this code, if the actor may see it."""
    row = policy.visible(actor, "cases:case:see", Case.objects.filter(code=codes.parse_code(typed))).first()
    return None if row is None else _head(row, _titles(actor, [row])[row.id])


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What a list of cases is narrowed to; empty means all."""

    state: str = ""
    type: str = ""
    tag: str = ""
    programme: str = ""
    jurisdiction: str = ""
    risk: str = ""
    track: str = ""
    track_state: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class TrackGlance:
    kind: TrackKind
    state: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    head: CaseHead
    tracks: tuple[TrackGlance, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """Up to 50 cases, newest first; `after` names the last one, from which the next page goes on."""

    lines: tuple[CaseLine, ...]
    after: UUID | None


def case_list(actor: Actor, chosen: CaseFilter, after: UUID | None = None, most: int = PAGE) -> CasePage:
    """A page of the cases that the actor may see. Cost: five queries, whatever their number."""
    page = _newest(actor, chosen, after, most)
    more, page = len(page) > most, page[:most]
    titles = _titles(actor, page)
    glances = track_glances([row.id for row in page])
    lines = tuple(CaseLine(_head(row, titles[row.id]), glances.get(row.id, ())) for row in page)
    return CasePage(lines, page[-1].id if more else None)


_OWN_OPEN = OfReader(
    "cases:case:see",
    Case,
    lambda rows, own: rows.filter(state=CaseState.OPEN, pk__in=own).order_by("-opened_at", "-id")[: PAGE + 1],
    IDS,
)


_ALL = OfReader("cases:case:see", Case, lambda rows: rows.order_by("-opened_at", "-id")[: PAGE + 1])
_OPEN = OfReader(
    "cases:case:see", Case, lambda rows: rows.filter(state=CaseState.OPEN).order_by("-opened_at", "-id")[: PAGE + 1]
)


def _newest(actor: Actor, chosen: CaseFilter, after: UUID | None, most: int) -> list[Case]:
    """One more than asked for, where there are more."""
    if after is None and chosen == CaseFilter(state=CaseState.OPEN, mine=True):
        return _OWN_OPEN.rows(actor, {case for case, _role in actor.grants})[: most + 1]
    if after is None and chosen in (CaseFilter(), CaseFilter(state=CaseState.OPEN)):
        return (_OPEN if chosen.state else _ALL).rows(actor)[: most + 1]
    rows = _narrowed(policy.visible(actor, "cases:case:see", Case.objects.all()), chosen, actor)
    if after is not None:
        rows = _older_than(rows, after)
    return list(rows.order_by("-opened_at", "-id")[: most + 1])


def _older_than(rows: QuerySet[Case], after: UUID) -> QuerySet[Case]:
    # Looked up among what may be seen, so that the number of a hidden case answers like a wrong one.
    last = rows.filter(pk=after).values_list("opened_at", flat=True).first()
    if last is None:
        raise NotFound
    return rows.filter(Q(opened_at__lt=last) | Q(opened_at=last, id__lt=after))


def _narrowed(rows: QuerySet[Case], chosen: CaseFilter, actor: Actor) -> QuerySet[Case]:
    if chosen.state:
        rows = rows.filter(state=chosen.state)
    if chosen.risk:
        rows = rows.filter(risk=chosen.risk)
    if chosen.programme:
        rows = rows.filter(programme=chosen.programme)
    if chosen.jurisdiction:
        rows = rows.filter(jurisdiction=chosen.jurisdiction)
    if chosen.type:
        rows = rows.filter(_holds("types", chosen.type, MOST_TYPES))
    if chosen.tag:
        rows = rows.filter(_holds("tags", chosen.tag, MOST_TAGS))
    if chosen.track and chosen.track_state:
        tracks = Track.objects.filter(kind=chosen.track, state=chosen.track_state)
        rows = rows.filter(pk__in=tracks.values("case_id"))
    if chosen.mine:
        rows = rows.filter(pk__in={case for case, _ in actor.grants})
    return rows


def _holds(column: str, code: str, most: int) -> Q:
    """Whether a list of codes has this one: a list inside a column can't be searched alike on both databases, but its
    places can."""
    return functools.reduce(operator.or_, (Q(**{f"{column}__{place}": code}) for place in range(most)))


_TRACKS = Prepared(
    lambda case_ids: Track.objects.filter(case_id__in=case_ids).values_list("case_id", "kind", "state"), IDS
)


def track_glances(case_ids: Iterable[UUID]) -> dict[UUID, tuple[TrackGlance, ...]]:
    """The four tracks of many cases, in their order. Cost: one query."""
    found: dict[UUID, dict[str, str]] = {}
    for case, kind, state in _TRACKS.rows(case_ids):
        found.setdefault(case, {})[kind] = state
    return {
        case: tuple(TrackGlance(kind, states.get(kind, "")) for kind in TrackKind) for case, states in found.items()
    }


def sees(actor: Actor, compartment: Compartment, office: UUID, case_id: UUID) -> bool:
    """Whether words of a compartment of a case may be shown at all, whole or in part."""
    subject = Subject(office=office, cases=frozenset([case_id]))
    return policy.sight(actor, compartment, subject) >= Sight.PARTIAL
