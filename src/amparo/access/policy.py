"""Who may: one decision for one row, and the same decision as a filter for lists.

`decide` and `visible` are derived from the same two tables; a property test holds them together.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from amparo.access.actors import Actor, HeldRole
from amparo.access.models import Bar, CaseGrant, Tie
from amparo.access.table import ACTS, CHANNELS, COURT_ACTS, COURT_SIGHT, SIGHT
from amparo.access.words import Scope
from amparo.kernel import clock
from amparo.kernel.errors import NotFound, Refused
from amparo.kernel.guard import Guard
from amparo.kernel.words import Compartment, Role, Sight
from amparo.ledger.records import Record
from amparo.vault.prepared import ID, Prepared

M = TypeVar("M", bound=Record)

_SIGHT_LETTERS = {"F": Sight.FULL, "P": Sight.PARTIAL, "S": Sight.STATUS, "A": Sight.AGGREGATE}


@dataclass(frozen=True, slots=True)
class Reach:
    """How much, and of whose rows; `closer` is what the same role sees of fewer rows."""

    sight: Sight
    scope: Scope
    closer: Reach | None = None

    @property
    def parts(self) -> tuple[Reach, ...]:
        return (self,) if self.closer is None else (self, self.closer)


@dataclass(frozen=True, slots=True)
class Act:
    """One permission: what must be seen of the row's compartment, and for whose rows by role."""

    needs: Sight
    roles: Mapping[Role, Scope]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a row is about, as the policy sees it. `cases` are those that the row belongs to.

    `over`: a place in the row's operation opens it no more.
    """

    office: UUID | None = None
    cases: frozenset[UUID] = frozenset()
    person: UUID | None = None
    own: UUID | None = None
    handed: bool = False
    level: Compartment | None = None
    operation: UUID | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    allowed: bool
    reason: str


def _reach(text: str) -> Reach | None:
    if text == "-":
        return None
    first, _plus, closer = text.partition("+")
    letter, scope = first.split(":")
    return Reach(_SIGHT_LETTERS[letter], Scope(scope), _reach(closer) if closer else None)


@functools.cache
def sights() -> Mapping[Role, Mapping[Compartment, Reach]]:
    """The first table: what each role sees of each compartment."""
    head, *lines = SIGHT.strip().splitlines()
    compartments = [Compartment(name) for name in head.split()[1:]]
    table: dict[Role, Mapping[Compartment, Reach]] = {}
    for line in lines:
        role, *cells = line.split()
        row = zip(compartments, map(_reach, cells), strict=True)
        table[Role(role)] = {compartment: reach for compartment, reach in row if reach is not None}
    return table


@functools.cache
def acts() -> Mapping[str, Act]:
    """The second table: every permission by its name."""
    table = {}
    for line in ACTS.strip().splitlines():
        name, needs, roles = (part.strip() for part in line.split("|"))
        pairs = (pair.split(":") for pair in roles.split())
        table[name] = Act(
            needs=_SIGHT_LETTERS[needs] if needs else Sight.NONE,
            roles={Role(role): Scope(scope) for role, scope in pairs},
        )
    return table


@functools.cache
def court_acts() -> frozenset[str]:
    """All that may be done in court mode, by whoever may do it."""
    return frozenset(COURT_ACTS.split())


@functools.cache
def court_sights() -> Mapping[Role, Mapping[Compartment, Reach]]:
    """The first table as it is in court mode: never more than `COURT_SIGHT` says, of the same rows."""
    lines = (line.split() for line in COURT_SIGHT.strip().splitlines())
    most = {Compartment(name): _SIGHT_LETTERS[letter] for name, letter in lines}
    return {
        role: {level: _at_most(reach, most[level]) for level, reach in row.items() if level in most}
        for role, row in sights().items()
    }


def _at_most(reach: Reach, most: Sight) -> Reach:
    closer = None if reach.closer is None else _at_most(reach.closer, most)
    return replace(reach, sight=min(reach.sight, most), closer=closer)


def _reaches_of(actor: Actor, role: Role) -> Mapping[Compartment, Reach]:
    return court_sights()[role] if actor.court else sights()[role]


def is_closed_in_court(actor: Actor, permission: str) -> bool:
    """Whether the actor's sign-in is in court mode, which closes this to everybody."""
    return actor.court and permission not in court_acts()


def roles_for(actor: Actor, permission: str) -> Mapping[Role, Scope]:
    """Which roles may do this, and to whose rows; none where court mode closes it."""
    return {} if is_closed_in_court(actor, permission) else acts()[permission].roles


# ---- one row ----------------------------------------------------------------------------------------------------


def _in_scope(scope: Scope, actor: Actor, held: HeldRole, subject: Subject) -> bool:
    match scope:
        case Scope.ANY:
            return True
        case Scope.OFFICE:
            return subject.office == held.office_id
        case Scope.HELD:
            return subject.office == held.office_id and not subject.handed
        case Scope.TEAM:
            return any((case, held.role) in actor.grants for case in subject.cases)
        case Scope.OWN:
            return subject.own == actor.account_id
        case Scope.PLACE:
            return (subject.operation, held.role) in actor.places and not subject.over


def _is_barred(actor: Actor, subject: Subject) -> bool:
    return (
        bool(subject.cases & actor.barred_cases)
        or (subject.person is not None and subject.person in actor.barred_persons)
        or (subject.operation is not None and subject.operation in actor.barred_operations)
    )


def _reaches(actor: Actor, held: HeldRole, subject: Subject, needs: Sight) -> bool:
    if needs is Sight.NONE or subject.level is None:
        return True
    reach = _reaches_of(actor, held.role).get(subject.level)
    return reach is not None and any(
        part.sight >= needs and _in_scope(part.scope, actor, held, subject) for part in reach.parts
    )


@functools.cache
def channels() -> Mapping[str, frozenset[str]]:
    """What each door for strangers lets in."""
    lines = (line.split("|") for line in CHANNELS.strip().splitlines())
    return {name.strip(): frozenset(acts.split()) for name, acts in lines}


def decide(actor: Actor, permission: str, subject: Subject) -> Decision:
    """Whether this actor may do this to this subject, and why."""
    if actor.channel:
        allowed = permission in channels()[actor.channel] and subject.office == actor.office_id
        return Decision(allowed, actor.channel if allowed else "not through this door")
    if is_closed_in_court(actor, permission):
        return Decision(False, "court mode")
    act = acts()[permission]
    if _is_barred(actor, subject):
        return Decision(False, "barred")
    for held in actor.roles:
        scope = act.roles.get(held.role)
        if scope is None or not _in_scope(scope, actor, held, subject):
            continue
        if _reaches(actor, held, subject, act.needs):
            return Decision(True, held.role.value)
    return Decision(False, "no role covers this")


def sight(actor: Actor, compartment: Compartment, subject: Subject) -> Sight:
    """How much of a compartment the actor sees on this subject: the most that any held role gives."""
    if _is_barred(actor, subject):
        return Sight.NONE
    best = Sight.NONE
    for held in actor.roles:
        reach = _reaches_of(actor, held.role).get(compartment)
        for part in reach.parts if reach is not None else ():
            if _in_scope(part.scope, actor, held, subject):
                best = max(best, part.sight)
    return best


def has(actor: Actor, permission: str) -> bool:
    """Whether the actor could do this to anything at all: for menus, never instead of `decide`."""
    roles = roles_for(actor, permission)
    return any(held.role in roles for held in actor.roles)


# An empty Q would vanish when joined with "or", so both are said in full.
_NOTHING = Q(pk__in=[])
_EVERYTHING = ~Q(pk__in=[])


# ---- lists ------------------------------------------------------------------------------------------------------


def _grants_of(actor: Actor, role: Role) -> QuerySet[CaseGrant]:
    now = clock.now()
    live = Q(ends_at=None) | Q(ends_at__gt=now)
    return CaseGrant.objects.filter(live, account_id=actor.account_id, role=role, starts_at__lte=now)


def _in_cases(guard: Guard, cases: QuerySet[CaseGrant] | frozenset[UUID]) -> Q:
    chosen: Any = cases if isinstance(cases, frozenset) else cases.values("case_id")
    if guard.case:
        return Q(**{f"{guard.case}__in": chosen})
    if guard.person:
        return Q(**{f"{guard.person}__in": Tie.objects.filter(case_id__in=chosen).values("person_id")})
    return _NOTHING


def _scope_filter(scope: Scope, actor: Actor, held: HeldRole, guard: Guard) -> Q:
    match scope:
        case Scope.ANY:
            return _EVERYTHING
        case Scope.OFFICE:
            return Q(**{guard.office: held.office_id}) if guard.office else _NOTHING
        case Scope.HELD:
            if not guard.office:
                return _NOTHING
            inside = Q(**{guard.office: held.office_id})
            return inside & Q(**{f"{guard.handed}__isnull": True}) if guard.handed else inside
        case Scope.TEAM:
            return _in_cases(guard, _grants_of(actor, held.role))
        case Scope.OWN:
            return Q(**{guard.own: actor.account_id}) if guard.own else _NOTHING
        case Scope.PLACE:
            return _in_places(actor, held.role, guard)


def _in_places(actor: Actor, role: Role, guard: Guard) -> Q:
    operations = [operation for operation, held in actor.places if held is role]
    if not operations or not guard.operation:
        return _NOTHING
    inside = Q(**{f"{guard.operation}__in": operations})
    if not guard.until:
        return inside
    return inside & (Q(**{f"{guard.until}__isnull": True}) | Q(**{f"{guard.until}__gt": clock.now()}))


def _level_filter(actor: Actor, held: HeldRole, guard: Guard, needs: Sight) -> Q:
    """The rows whose compartment this role sees well enough."""
    if needs is Sight.NONE or (guard.level is None and not guard.level_column):
        return _EVERYTHING
    seen = {c: [part for part in r.parts if part.sight >= needs] for c, r in _reaches_of(actor, held.role).items()}
    if guard.level is not None:
        return _any_scope(seen.get(guard.level, []), actor, held, guard)
    either = _NOTHING
    for compartment, parts in seen.items():
        if parts:
            either |= Q(**{guard.level_column: compartment}) & _any_scope(parts, actor, held, guard)
    return either


def _any_scope(parts: Iterable[Reach], actor: Actor, held: HeldRole, guard: Guard) -> Q:
    either = _NOTHING
    for part in parts:
        either |= _scope_filter(part.scope, actor, held, guard)
    return either


def _not_barred(actor: Actor, guard: Guard) -> Q:
    clear = Q()
    if actor.barred_cases and (guard.case or guard.person):
        clear &= ~_in_cases(guard, actor.barred_cases) if guard.case else _no_barred_case(actor, guard)
    if actor.barred_persons and guard.person:
        clear &= ~Q(**{f"{guard.person}__in": actor.barred_persons})
    if actor.barred_operations and guard.operation:
        clear &= ~Q(**{f"{guard.operation}__in": actor.barred_operations})
    return clear


def _no_barred_case(actor: Actor, guard: Guard) -> Q:
    barred = Tie.objects.filter(case_id__in=actor.barred_cases).values("person_id")
    return Q(**{f"{guard.person}__isnull": True}) | ~Q(**{f"{guard.person}__in": barred})


def visible(actor: Actor, permission: str, rows: QuerySet[M]) -> QuerySet[M]:
    """The rows of a queryset for which `decide` would say yes. Cost: subqueries only, nothing is fetched."""
    act = acts()[permission]
    guard = rows.model.guard
    either = _NOTHING
    roles = roles_for(actor, permission)
    for held in actor.roles:
        scope = roles.get(held.role)
        if scope is not None:
            either |= _scope_filter(scope, actor, held, guard) & _level_filter(actor, held, guard, act.needs)
    return rows.filter(either).filter(_not_barred(actor, guard))


@dataclass(frozen=True, slots=True)
class InCase:
    """What an actor sees of a table's rows of one case: none, all, or those of some compartments."""

    allowed: bool
    levels: tuple[Compartment, ...] = ()


def in_case(actor: Actor, permission: str, guard: Guard, office: UUID, case_id: UUID) -> InCase | None:
    """What of one case may be seen by this permission; None where that depends on more of a row than its case."""
    if _depends_on_rows(actor, permission):
        return None
    subject = Subject(office=office, cases=frozenset([case_id]))
    if not guard.level_column:
        return InCase(decide(actor, permission, replace(subject, level=guard.level)).allowed)
    seen = [level for level in Compartment if decide(actor, permission, replace(subject, level=level)).allowed]
    return InCase(bool(seen), tuple(seen))


def visible_in_case(actor: Actor, permission: str, rows: QuerySet[M], office: UUID, case_id: UUID) -> QuerySet[M]:
    """The same as `visible` for rows that all belong to one case, without asking the database who is on its team.

    The rows must be narrowed to the case already. A property test holds it to `visible`.
    """
    seen = in_case(actor, permission, rows.model.guard, office, case_id)
    if seen is None:
        return visible(actor, permission, rows)
    return without_persons(at_levels(rows, seen.levels), actor.barred_persons) if seen.allowed else rows.none()


def at_levels(rows: QuerySet[M], levels: tuple[Compartment, ...]) -> QuerySet[M]:
    """The rows of some compartments, where each row has its own; of no compartment in particular: all."""
    return rows.filter(**{f"{rows.model.guard.level_column}__in": levels}) if levels else rows


def _depends_on_rows(actor: Actor, permission: str) -> bool:
    """Whether some role of the actor decides by more than the case: by whose row it is, or by a hand-over."""
    by_row = {Scope.OWN, Scope.HELD, Scope.PLACE}
    roles = [held.role for held in actor.roles]
    return any(acts()[permission].roles.get(role) in by_row for role in roles) or any(
        # A place in an operation never opens a row of a case: those say nothing of an operation.
        part.scope in by_row - {Scope.PLACE}
        for role in roles
        for reach in sights()[role].values()
        for part in reach.parts
    )


def without_persons(rows: QuerySet[M], barred: Collection[UUID]) -> QuerySet[M]:
    """The rows that are not about any of these people."""
    guard = rows.model.guard
    return rows.exclude(**{f"{guard.person}__in": barred}) if barred and guard.person else rows


# ---- rows as subjects -------------------------------------------------------------------------------------------


def _value(row: Record, column: str) -> UUID | None:
    return getattr(row, column) if column else None


_CASES_OF_PERSON = Prepared(lambda person: Tie.objects.filter(person_id=person).values_list("case_id", flat=True), ID)


def subject_of(row: Record) -> Subject:
    """What a loaded row is about. Cost: one query for rows that name a person but no case."""
    guard = type(row).guard
    person = _value(row, guard.person)
    case = _value(row, guard.case)
    if case is not None:
        cases = frozenset([case])
    elif person is not None and not guard.case:
        cases = frozenset(_CASES_OF_PERSON.rows(person))
    else:
        cases = frozenset()
    level = Compartment(getattr(row, guard.level_column)) if guard.level_column else guard.level
    return Subject(
        office=_value(row, guard.office),
        cases=cases,
        person=person,
        own=_value(row, guard.own),
        handed=bool(_value(row, guard.handed)),
        level=level,
        operation=_value(row, guard.operation),
        over=_is_over(row, guard.until),
    )


def _is_over(row: Record, column: str) -> bool:
    until: datetime | None = getattr(row, column) if column else None
    return until is not None and until <= clock.now()


def check(actor: Actor, permission: str, row: Record, *, seen_by: str = "") -> None:
    """Raise where the actor may not do this: Refused where she may see the row, NotFound where not even that.

    `seen_by` is the permission by which the row would be seen at all.
    """
    subject = subject_of(row)
    if decide(actor, permission, subject).allowed:
        return
    if seen_by and decide(actor, seen_by, subject).allowed:
        raise Refused(permission=permission)
    raise NotFound(permission=permission)


@functools.cache
def _by_id(model: type[M]) -> Prepared[M]:
    return Prepared(lambda key: model._base_manager.filter(pk=key), ID)


def load(actor: Actor, permission: str, model: type[M], key: UUID, *, seen_by: str = "") -> M:
    """The row by its id, if the actor may do this to it; a hidden one answers like a missing one."""
    row: M | None = next(iter(_by_id(model).rows(key)), None)
    if row is None:
        raise NotFound(permission=permission)
    check(actor, permission, row, seen_by=seen_by)
    return row


def check_new(actor: Actor, permission: str, subject: Subject) -> None:
    """Raise Refused where the actor may not make such a row."""
    if not decide(actor, permission, subject).allowed:
        raise Refused(permission=permission)


def live_bars(account_id: UUID) -> QuerySet[Bar]:
    return Bar.objects.filter(account_id=account_id, lifted_at=None)
