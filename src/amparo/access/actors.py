"""Who acts: never optional, loaded once for each request with roles, teams and bars."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet, Value

from amparo.access.models import Account, Bar, CaseGrant, OperationPlace, OperationTie, RoleHeld, SamePerson, Tie
from amparo.kernel import clock
from amparo.kernel.words import Role
from amparo.vault.prepared import ID, IDS, MOMENT, Prepared


@dataclass(frozen=True, slots=True)
class HeldRole:
    role: Role
    office_id: UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody signed in, as of this request. A role taken away is gone at the next request."""

    account_id: UUID
    office_id: UUID
    roles: tuple[HeldRole, ...] = ()
    grants: frozenset[tuple[UUID, Role]] = frozenset()
    # Operations in which the actor has a place, and in which role; none about a case that is barred.
    places: frozenset[tuple[UUID, Role]] = frozenset()
    barred_cases: frozenset[UUID] = frozenset()
    barred_persons: frozenset[UUID] = frozenset()
    barred_operations: frozenset[UUID] = frozenset()
    sign_in_id: UUID | None = None
    # This sign-in is shown to others: what the policy gives it is narrower, as `COURT_SIGHT` and `COURT_ACTS` say.
    court: bool = False
    language: str = field(default="en", compare=False)
    # The door through which a stranger's words come; such an actor holds no role, and may what `CHANNELS` says.
    channel: str = ""

    def holds(self, *roles: Role) -> bool:
        return any(held.role in roles for held in self.roles)

    @property
    def operations(self) -> frozenset[UUID]:
        """The operations in which the actor has a place, in whichever role."""
        return frozenset(operation for operation, _role in self.places)

    def offices_as(self, role: Role) -> frozenset[UUID]:
        return frozenset(held.office_id for held in self.roles if held.role is role)


# Acts that nobody in person does: set-up, schedules. It holds no role, so the policy gives it nothing.
SYSTEM_ID = UUID("00000000-0000-7000-8000-000000000001")


@dataclass(frozen=True, slots=True)
class SystemActor:
    """The named system actor of set-up and command line; commands for people refuse it."""

    account_id: UUID = SYSTEM_ID


SYSTEM_ACTOR = SystemActor()


REPORT_SITE = "report_site"
REPORT_SITE_ID = UUID("00000000-0000-7000-8000-000000000002")


def report_site(office_id: UUID) -> Actor:
    """The reporting site, writing to one office what a stranger sent. It reads nothing but its own conversation."""
    return Actor(account_id=REPORT_SITE_ID, office_id=office_id, channel=REPORT_SITE)


def _live(now: datetime) -> Q:
    return (Q(ends_at=None) | Q(ends_at__gt=now)) & Q(starts_at__lte=now)


def _roles_held(account_id: UUID, now: datetime) -> QuerySet[RoleHeld, tuple[str, UUID]]:
    held = RoleHeld.objects.filter(_live(now), account_id=account_id, confirmed_at__isnull=False)
    return held.order_by("starts_at", "id").values_list("role", "office_id")


def _grants_and_places(account_id: UUID, now: datetime) -> QuerySet[CaseGrant, tuple[UUID, str, str]]:
    granted = CaseGrant.objects.filter(_live(now), account_id=account_id)
    placed = OperationPlace.objects.filter(_live(now), account_id=account_id)
    return granted.values_list("case_id", "role", Value("case")).union(
        placed.values_list("operation_id", "role", Value("operation")), all=True
    )


# Every request and every act begins with these.
_ROLES = Prepared(_roles_held, ID, MOMENT)
_GRANTS_AND_PLACES = Prepared(_grants_and_places, ID, MOMENT)
_BARS = Prepared(lambda key: Bar.objects.filter(account_id=key, lifted_at=None).values_list("case_id", "person_id"), ID)
_CASES_OF_PERSONS = Prepared(lambda keys: Tie.objects.filter(person_id__in=keys).values_list("case_id", flat=True), IDS)
_JOINED = Prepared(
    lambda joined, kept: SamePerson.objects.filter(Q(joined_id__in=joined) | Q(kept_id__in=kept)).values_list(
        "joined_id", "kept_id"
    ),
    IDS,
    IDS,
)
_OPERATIONS_ABOUT = Prepared(
    lambda cases: OperationTie.objects.filter(case_id__in=cases).values_list("operation_id", flat=True), IDS
)


def actor_for(account: Account, sign_in_id: UUID | None = None, *, court: bool = False) -> Actor:
    """Load everything that the policy needs to know of somebody. Cost: three queries, four where there are bars."""
    now = clock.now()
    held = [(key, Role(role), kind) for key, role, kind in _GRANTS_AND_PLACES.rows(account.id, now)]
    cases, persons = barred(account.id)
    walled = barred_operations(cases)
    return Actor(
        account_id=account.id,
        office_id=account.office_id,
        roles=tuple(HeldRole(Role(role), office) for role, office in _ROLES.rows(account.id, now)),
        grants=frozenset((key, role) for key, role, kind in held if kind == "case"),
        places=frozenset((key, role) for key, role, kind in held if kind == "operation" and key not in walled),
        barred_cases=cases,
        barred_persons=persons,
        barred_operations=walled,
        sign_in_id=sign_in_id,
        court=court,
        language=account.language,
    )


def actor_of(account_id: UUID) -> Actor:
    """The actor of an account that is there. Cost: four queries."""
    return actor_for(Account.objects.get(pk=account_id))


def barred(account_id: UUID) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """Barred cases and persons; a bar against a person covers every case in which the person has a part."""
    bars = _BARS.rows(account_id)
    cases = {case for case, _ in bars if case is not None}
    persons = {person for _, person in bars if person is not None}
    if persons:
        persons = same_persons(persons)
        cases |= set(_CASES_OF_PERSONS.rows(persons))
    return frozenset(cases), frozenset(persons)


def same_persons(person_ids: Collection[UUID]) -> set[UUID]:
    """These records and all that are the same persons. Cost: one query for each step from record to record."""
    found, fresh = set(person_ids), set(person_ids)
    while fresh:
        near = {key for pair in _JOINED.rows(fresh, fresh) for key in pair}
        fresh = near - found
        found |= fresh
    return found


def barred_operations(cases: frozenset[UUID]) -> frozenset[UUID]:
    """The operations about any of these cases. Cost: one query, none without a case."""
    if not cases:
        return frozenset()
    return frozenset(_OPERATIONS_ABOUT.rows(cases))
