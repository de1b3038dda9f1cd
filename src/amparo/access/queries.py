"""Reading who works here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import REPORT_SITE_ID, Actor, barred, same_persons
from amparo.access.errors import SameColleague
from amparo.access.models import (
    Account,
    Bar,
    CaseGrant,
    Conflict,
    Notice,
    Office,
    OperationTie,
    OwnDetail,
    Reading,
    RoleHeld,
    SamePerson,
    SignIn,
    Tie,
)
from amparo.access.words import CONFLICT_LABELS, ROLE_LABELS, ConflictKind, ConflictState, DetailKind, DetailOf
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.kernel.recall import once, recall
from amparo.kernel.text import listed
from amparo.kernel.words import Compartment, Role
from amparo.vault import sealing
from amparo.vault.prepared import ID, IDS, MOMENT, Prepared


@dataclass(frozen=True, slots=True)
class Colleague:
    id: UUID
    name: str
    office_id: UUID
    office: str
    roles: tuple[Role, ...]
    is_active: bool
    is_invited: bool

    @property
    def role_label(self) -> str:
        return listed((str(ROLE_LABELS[role]) for role in self.roles), translation.get_language())


@dataclass(frozen=True, slots=True)
class OfficeView:
    id: UUID
    name: str
    district: str
    time_zone: str
    calling_code: str
    version: int


@dataclass(frozen=True, slots=True)
class TeamMember:
    account_id: UUID
    name: str
    role: Role
    until: datetime | None

    @property
    def role_label(self) -> str:
        return str(ROLE_LABELS[self.role])

    @property
    def last_day(self) -> date | None:
        return clock.last_day_before(self.until) if self.until else None


def _live(at: datetime | None = None) -> Q:
    now = at or clock.now()
    return (Q(ends_at=None) | Q(ends_at__gt=now)) & Q(starts_at__lte=now)


def _held(at: datetime | None = None) -> Q:
    """Of roles: those that count now."""
    return _live(at) & Q(confirmed_at__isnull=False)


def names_of(account_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of colleagues by account; who works here is known to all who work here. Cost: two queries at most."""
    return recall("names", account_ids, _names)


_ACCOUNTS = Prepared(lambda account_ids: Account.objects.filter(pk__in=account_ids), IDS)


def _names(account_ids: set[UUID]) -> dict[UUID, str]:
    rows = _ACCOUNTS.rows(account_ids)
    names = {row.pk: opened.text("name") for row, opened in zip(rows, sealing.open_rows(rows, "name"), strict=True)}
    return names | ({REPORT_SITE_ID: _("The reporting site")} if REPORT_SITE_ID in account_ids else {})


def offices() -> list[OfficeView]:
    return [_office(row) for row in Office.objects.filter(closed_at=None).order_by("district", "name")]


def office(office_id: UUID) -> OfficeView:
    return _office(Office.objects.get(pk=office_id))


def _office(row: Office) -> OfficeView:
    return OfficeView(row.id, row.name, row.district, row.time_zone, row.calling_code, row.version)


def colleagues(
    actor: Actor, *, roles: Sequence[Role] = (), office_id: UUID | None = None, active_only: bool = True
) -> list[Colleague]:
    """Colleagues by name, optionally those who hold one of some roles, or of one office. Cost: five queries."""
    rows = policy.visible(actor, "access:account:see", Account.objects.all())
    if active_only:
        rows = rows.filter(is_active=True)
    return _colleagues(rows, roles, office_id)


_HELD = Prepared(lambda now: RoleHeld.objects.filter(_held(now)).order_by("starts_at"), MOMENT)
_PLACES = Prepared(lambda: Office.objects.values_list("id", "name"))


def _colleagues(rows: Iterable[Account], roles: Sequence[Role], office_id: UUID | None) -> list[Colleague]:
    held: dict[UUID, list[RoleHeld]] = {}
    for row in _HELD.rows(clock.now()):
        held.setdefault(row.account_id, []).append(row)
    accounts = [a for a in rows if _matches(held.get(a.id, []), roles, office_id)]
    places = dict(_PLACES.rows())
    opened = sealing.open_rows(accounts, "name")
    found = [
        Colleague(
            id=account.id,
            name=words.text("name"),
            office_id=account.office_id,
            office=places.get(account.office_id, ""),
            roles=tuple(dict.fromkeys(Role(row.role) for row in held.get(account.id, []))),
            is_active=account.is_active,
            is_invited=bool(account.invitation),
        )
        for account, words in zip(accounts, opened, strict=True)
    ]
    return sorted(found, key=lambda colleague: colleague.name.casefold())


def _matches(held: Sequence[RoleHeld], roles: Sequence[Role], office_id: UUID | None) -> bool:
    if not roles and office_id is None:
        return True
    return any((not roles or row.role in roles) and office_id in (None, row.office_id) for row in held)


_TEAM = Prepared(
    lambda case_id, now: CaseGrant.objects.filter(_live(now), case_id=case_id).order_by("starts_at"), ID, MOMENT
)


def team_of(case_id: UUID) -> list[TeamMember]:
    """Who is on a case's team now; the caller has asked the policy for the case. Cost: three queries."""
    grants = _TEAM.rows(case_id, clock.now())
    names = names_of(grant.account_id for grant in grants)
    return [TeamMember(g.account_id, names.get(g.account_id, ""), Role(g.role), g.ends_at) for g in grants]


_TIES = Prepared(
    lambda person_ids: Tie.objects.filter(person_id__in=person_ids).values_list("person_id", "case_id"), IDS
)


def cases_of_persons(person_ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """The cases in which each person has a part; the caller asks the policy. Cost: one query."""
    wanted = set(person_ids)
    found: dict[UUID, set[UUID]] = {person: set() for person in wanted}
    for person, case in _TIES.rows(wanted):
        found[person].add(case)
    return {person: frozenset(cases) for person, cases in found.items()}


def records_of(person_id: UUID) -> frozenset[UUID]:
    """Every record of the person whose record this is, itself among them. Cost: one query for each step apart."""
    return frozenset(same_persons([person_id]))


_PAIRS = Prepared(
    lambda joined, kept: SamePerson.objects.filter(Q(joined_id__in=joined) | Q(kept_id__in=kept)).values_list(
        "joined_id", "kept_id"
    ),
    IDS,
    IDS,
)


def joined_into(person_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Which record leads to which, for all records of these persons. Cost: one query for each step apart."""
    into: dict[UUID, UUID] = {}
    known, fresh = set(person_ids), set(person_ids)
    while fresh:
        pairs = dict(_PAIRS.rows(fresh, fresh))
        into |= pairs
        fresh = {*pairs, *pairs.values()} - known
        known |= fresh
    return into


_CASELOADS = Prepared(
    lambda account_ids, now: CaseGrant.objects.filter(_live(now), account_id__in=account_ids).values_list(
        "account_id", "case_id"
    ),
    IDS,
    MOMENT,
)


def caseload(account_ids: Iterable[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """Cases on whose team each colleague is now."""
    found: dict[UUID, set[UUID]] = {}
    for account, case in _CASELOADS.rows(set(account_ids), clock.now()):
        found.setdefault(account, set()).add(case)
    return {account: frozenset(cases) for account, cases in found.items()}


def persons_of_caseload(account_id: UUID) -> QuerySet[Tie, UUID]:
    """Who has a part in a case on whose team a colleague is now, for a query around this one."""
    hers = CaseGrant.objects.filter(_live(), account_id=account_id).order_by().values("case_id")
    return Tie.objects.filter(case_id__in=hers).order_by().values_list("person_id", flat=True)


@dataclass(frozen=True, slots=True)
class SignInView:
    id: UUID
    device: str
    started_at: datetime
    seen_at: datetime
    is_this: bool
    in_court: bool = False


def own_sign_ins(actor: Actor) -> list[SignInView]:
    now = clock.now()
    live = SignIn.objects.filter(
        account_id=actor.account_id,
        ended_at=None,
        seen_at__gt=now - settings.IDLE_LIMIT,
        started_at__gt=now - settings.SIGN_IN_LIMIT,
    )
    rows = live.order_by("-seen_at")[:20]
    return [SignInView(r.id, r.device, r.started_at, r.seen_at, r.id == actor.sign_in_id) for r in rows]


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


def supervisors_of(office_id: UUID) -> frozenset[UUID]:
    """Who supervises an office now. Cost: one query."""
    rows = RoleHeld.objects.filter(_held(), role=Role.SUPERVISOR, office_id=office_id)
    return frozenset(rows.values_list("account_id", flat=True))


def offices_supervised(account_id: UUID) -> QuerySet[RoleHeld, UUID]:
    """The offices that somebody supervises now, for a query around this one."""
    rows = RoleHeld.objects.filter(_held(), role=Role.SUPERVISOR, account_id=account_id)
    return rows.order_by().values_list("office_id", flat=True)


@dataclass(frozen=True, slots=True)
class Move:
    """One place on a case's team that would pass to somebody else."""

    grant_id: UUID
    case_id: UUID
    office_id: UUID
    role: Role
    until: datetime | None


@dataclass(frozen=True, slots=True)
class CaseloadMove:
    """What a hand-over of a caseload would move, and how many places would stay, and why."""

    moving: tuple[Move, ...]
    elsewhere: int
    without_role: int
    barred: int


def handover_of(actor: Actor, leaving_id: UUID, taking_id: UUID) -> CaseloadMove:
    """What would happen if one colleague took over another's cases. Cost: six queries."""
    held = set(RoleHeld.objects.filter(_held(), account_id=taking_id).values_list("role", "office_id"))
    cases, _persons = barred(taking_id)
    moving: list[Move] = []
    elsewhere = without_role = barred_from = 0
    for grant in CaseGrant.objects.filter(_live(), account_id=leaving_id).order_by("id"):
        about = policy.Subject(office=grant.office_id, cases=frozenset([grant.case_id]))
        if not policy.decide(actor, "access:grant:give", about).allowed:
            elsewhere += 1
        elif grant.case_id in cases:
            barred_from += 1
        elif (grant.role, grant.office_id) not in held:
            without_role += 1
        else:
            moving.append(Move(grant.id, grant.case_id, grant.office_id, Role(grant.role), grant.ends_at))
    return CaseloadMove(tuple(moving), elsewhere, without_role, barred_from)


def check_hand_over(leaving_id: UUID, taking_id: UUID) -> None:
    """Raise SameColleague where nobody would take over."""
    if leaving_id == taking_id:
        raise SameColleague(field="taking")


@dataclass(frozen=True, slots=True)
class RoleView:
    id: UUID
    role: Role
    office_id: UUID
    office: str
    since: datetime
    until: datetime | None
    is_confirmed: bool
    may_confirm: bool


@dataclass(frozen=True, slots=True)
class AccountView:
    """A colleague's account. The sign-in name and contact are empty for who may not change accounts."""

    id: UUID
    name: str
    office_id: UUID
    office: str
    roles: tuple[RoleView, ...]
    is_active: bool
    invited_until: datetime | None
    disabled_at: datetime | None
    version: int
    login_name: str
    contact: str


def account(actor: Actor, account_id: UUID) -> AccountView:
    """One colleague. Raises NotFound. Cost: four queries and the keys."""
    row = policy.load(actor, "access:account:see", Account, account_id)
    may_change = policy.decide(actor, "access:account:change", policy.subject_of(row)).allowed
    columns = ("name", "login_name", "contact") if may_change else ("name",)
    words = sealing.open_row(row, *columns)
    places = dict(Office.objects.values_list("id", "name"))
    held = RoleHeld.objects.filter(_live(), account_id=row.id).order_by("starts_at", "id")
    return AccountView(
        id=row.id,
        name=words.text("name"),
        office_id=row.office_id,
        office=places.get(row.office_id, ""),
        roles=tuple(_role(actor, one, places) for one in held),
        is_active=row.is_active,
        invited_until=row.invited_until if row.invitation else None,
        disabled_at=row.disabled_at,
        version=row.version,
        login_name=words.text("login_name"),
        contact=words.text("contact"),
    )


def _role(actor: Actor, row: RoleHeld, places: Mapping[UUID, str]) -> RoleView:
    is_confirmed = row.confirmed_at is not None
    others = actor.account_id not in (row.account_id, row.created_by)
    may_confirm = (
        not is_confirmed and others and policy.decide(actor, "access:role:confirm", policy.subject_of(row)).allowed
    )
    office = places.get(row.office_id, "")
    return RoleView(
        row.id, Role(row.role), row.office_id, office, row.starts_at, row.ends_at, is_confirmed, may_confirm
    )


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A role that was given and does not count yet."""

    id: UUID
    account_id: UUID
    name: str
    role: Role
    office: str
    may_confirm: bool


def unconfirmed_roles(actor: Actor) -> list[Unconfirmed]:
    """Roles that wait to be confirmed, of whom the actor may see. Cost: four queries at most."""
    visible = policy.visible(actor, "access:account:see", RoleHeld.objects.filter(_live(), confirmed_at=None))
    rows = list(visible.order_by("starts_at", "id"))
    if not rows:
        return []
    names = names_of(row.account_id for row in rows)
    places = dict(Office.objects.values_list("id", "name"))
    views = [(row, _role(actor, row, places)) for row in rows]
    return [
        Unconfirmed(row.id, row.account_id, names.get(row.account_id, ""), view.role, view.office, view.may_confirm)
        for row, view in views
    ]


def overseers_of(office_id: UUID) -> frozenset[UUID]:
    """Who watches what a system keeper does to an office's accounts: its supervisors, and data protection."""
    rows = RoleHeld.objects.filter(_held()).filter(
        Q(role=Role.PROTECTION) | Q(role=Role.SUPERVISOR, office_id=office_id)
    )
    return frozenset(rows.values_list("account_id", flat=True))


def holders_of(role: Role) -> frozenset[UUID]:
    """Who holds a role now, in any office. Cost: one query."""
    return frozenset(RoleHeld.objects.filter(_held(), role=role).values_list("account_id", flat=True))


def somebody_can_confirm() -> bool:
    """Whether anybody's account is open who may confirm a role. Cost: two queries."""
    confirming = (Role.SUPERVISOR, Role.DIRECTOR, Role.PROTECTION)
    held = RoleHeld.objects.filter(_held(), role__in=confirming).values("account_id")
    return Account.objects.filter(pk__in=held, disabled_at=None).exists()


@dataclass(frozen=True, slots=True)
class OwnPage:
    language: str
    theme: str
    mail_notices: bool
    login_name: str


def own_page(actor: Actor) -> OwnPage:
    row = Account.objects.get(pk=actor.account_id)
    login_name = sealing.open_row(row, "login_name").text("login_name")
    return OwnPage(row.language, row.theme, row.mail_notices, login_name)


def login_name_of(account_id: UUID) -> str:
    """The sign-in name as it was typed, for its owner's authenticator. Empty where there is no such account."""
    row = Account.objects.filter(pk=account_id).first()
    return sealing.open_row(row, "login_name").text("login_name") if row is not None else ""


def cast() -> list[Colleague]:
    """Everybody with an open account and a role, for the demonstration's sign-in page; the caller checks that."""
    return _colleagues(Account.objects.filter(is_active=True), (), None)


@dataclass(frozen=True, slots=True)
class ReadingView:
    """Which guarded parts of a case somebody opened in one sign-in, and when last."""

    account_id: UUID
    name: str
    compartments: tuple[Compartment, ...]
    at: datetime


_MOST_READERS = 20
_READINGS = Prepared(
    lambda case_id: Reading.objects.filter(case_id=case_id).order_by("-at", "-id")[: _MOST_READERS * len(Compartment)],
    ID,
)
_WHOSE = Prepared(lambda keys: SignIn.objects.filter(pk__in=keys).values_list("id", "account_id"), IDS)


def readings_of_case(actor: Actor, case_id: UUID, office_id: UUID) -> list[ReadingView] | None:
    """The last who looked at a case, newest first; None for who may not know. Cost: three queries and the keys."""
    about = policy.Subject(office=office_id, cases=frozenset([case_id]))
    if not policy.decide(actor, "access:reading:see", about).allowed:
        return None
    by_sign_in: dict[UUID, list[Reading]] = {}
    for row in _READINGS.rows(case_id):
        by_sign_in.setdefault(row.sign_in_id, []).append(row)
    whose = dict(_WHOSE.rows(by_sign_in))
    names = names_of(whose.values())
    return [
        ReadingView(
            account_id=whose[key],
            name=names.get(whose[key], ""),
            compartments=tuple(sorted(Compartment(row.compartment) for row in opened)),
            at=opened[0].at,
        )
        for key, opened in list(by_sign_in.items())[:_MOST_READERS]
        if key in whose
    ]


def kinds_that_read(case_id: UUID) -> tuple[Role, ...]:
    """In which roles people have opened guarded parts of a case: never who, which would show covert colleagues.

    The caller has asked the policy. Cost: four queries.
    """
    whose = set(
        SignIn.objects.filter(pk__in=Reading.objects.filter(case_id=case_id).values("sign_in_id")).values_list(
            "account_id", flat=True
        )
    )
    granted = CaseGrant.objects.filter(case_id=case_id, account_id__in=whose).values_list("account_id", "role")
    on_team = set(granted)
    others = whose - {account for account, _role in on_team}
    held = RoleHeld.objects.filter(account_id__in=others, confirmed_at__isnull=False).values_list("role", flat=True)
    roles = {role for _account, role in on_team} | set(held)
    return tuple(role for role in Role if role in roles)


_JUST_NOW = timedelta(minutes=10)


def just_signed_in_at(sign_in_id: str | None) -> datetime | None:
    """When a sign-in began, if that is so lately that its password was typed a moment ago."""
    if not sign_in_id:
        return None
    young = SignIn.objects.filter(pk=sign_in_id, ended_at=None, started_at__gt=clock.now() - _JUST_NOW)
    return young.values_list("started_at", flat=True).first()


@dataclass(frozen=True, slots=True)
class NoticeView:
    id: UUID
    kind: str
    case_id: UUID | None
    at: datetime


_UNREAD = Prepared(
    lambda account_id: Notice.objects.filter(account_id=account_id, read_at=None).order_by("-at")[:6], ID
)


def unread_notices(actor: Actor) -> list[NoticeView]:
    """What the actor was not told yet, newest first. Cost: one query."""
    return [NoticeView(row.id, row.kind, row.case_id, row.at) for row in _UNREAD.rows(actor.account_id)]


def open_sign_in(account_id: UUID, key: str | None) -> SignInView | None:
    """The sign-in that a session names, unless it was ended; the caller knows when it is too old."""
    row = SignIn.objects.filter(pk=key, account_id=account_id, ended_at=None).first() if key else None
    return (
        None
        if row is None
        else SignInView(row.id, row.device, row.started_at, row.seen_at, True, row.court_at is not None)
    )


def office_of_open_account(account_id: UUID) -> UUID | None:
    """The office of an account that is open; None where there is none."""
    return Account.objects.filter(pk=account_id, is_active=True).values_list("office_id", flat=True).first()


def roles_of(account_id: UUID, among: Collection[Role]) -> tuple[Role, ...]:
    """Which of some roles somebody with an open account holds now, in any office. Cost: two queries."""
    if not Account.objects.filter(pk=account_id, is_active=True).exists():
        return ()
    rows = RoleHeld.objects.filter(_held(), account_id=account_id, role__in=among)
    return tuple(dict.fromkeys(Role(role) for role in rows.order_by("starts_at", "id").values_list("role", flat=True)))


def holds_role(account_id: UUID, role: Role, office_id: UUID) -> bool:
    """Whether somebody with an open account holds a role in an office now. Cost: two queries."""
    rows = RoleHeld.objects.filter(_held(), account_id=account_id, role=role, office_id=office_id)
    return rows.exists() and Account.objects.filter(pk=account_id, is_active=True).exists()


_OPERATIONS = Prepared(
    lambda case_id: OperationTie.objects.filter(case_id=case_id).values_list("operation_id", flat=True), ID
)


def operations_of_case(case_id: UUID) -> frozenset[UUID]:
    """The operations that are about a case; the caller keeps those that the actor may see.

    Cost: one query, once in a reading request.
    """
    return once("operations of case", case_id, lambda: frozenset(_OPERATIONS.rows(case_id)))


def cases_of_operations(operation_ids: Iterable[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """The cases that operations are about, in the order in which they were added. Cost: one query."""
    found: dict[UUID, list[UUID]] = {}
    rows = OperationTie.objects.filter(operation_id__in=set(operation_ids)).order_by("created_at", "id")
    for operation, case in rows.values_list("operation_id", "case_id"):
        found.setdefault(operation, []).append(case)
    return {operation: tuple(cases) for operation, cases in found.items()}
