"""One operation, read once for its page and its paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.kernel.words import Compartment
from amparo.operations.models import Care, Member, Operation, Risk, Whereabouts
from amparo.operations.queries.plan import CORE, Authority, Where, authority_in, lines_of, whereabouts
from amparo.operations.rules import risk_level
from amparo.operations.words import Duty, RiskLevel, State
from amparo.partners import queries as partners
from amparo.vault import sealing
from amparo.web.sheets import Code, Crumb, Row

SEE = "operations:operation:see"
PLAN = "operations:plan:see"


@dataclass(frozen=True, slots=True)
class MemberView:
    id: UUID
    account_id: UUID | None
    name: str
    phone: str
    duty: Duty
    was_briefed: bool


@dataclass(frozen=True, slots=True)
class RiskView:
    id: UUID
    hazard: str
    mitigation: str
    likelihood: int
    harm: int
    level: RiskLevel
    version: int


@dataclass(frozen=True, slots=True)
class CareView:
    """What is ready for one survivor, by code; `safe_place` is empty once the operation's place is hidden."""

    id: UUID
    person_id: UUID
    case_id: UUID
    code: str
    stays_id: UUID
    stays: str
    medical: str
    interpreter: str
    transport: str
    safe_place: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that stands in a plan, for those who may read it."""

    row: Operation
    state: State
    words: sealing.Opened
    authority: Authority
    authority_name: str
    where: Where | None
    place_hidden: bool
    team: tuple[MemberView, ...]
    risks: tuple[RiskView, ...]
    cares: tuple[CareView, ...]

    def lines(self, column: str) -> list[str]:
        return lines_of(self.words, column)


def crumbs(row: Operation | None = None) -> tuple[Crumb, ...]:
    """Where a page of this room stands; with an operation, below its page."""
    board = Crumb(_("Operations"), reverse("operations:board"))
    if row is None:
        return (board,)
    return (board, Crumb(row.code, reverse("operations:operation", args=[row.id]), code=True))


def operation_for(actor: Actor, permission: str, operation_id: UUID) -> Operation:
    """An operation, for a form that does something to it. Raises NotFound, Refused."""
    return policy.load(actor, permission, Operation, operation_id, seen_by=SEE)


def find_by_code(actor: Actor, code: str) -> Row | None:
    """The operation with this code, for who may know of it: only that it is there. Cost: one query."""
    row = policy.visible(actor, SEE, Operation.objects.filter(code=code)).first()
    return None if row is None else Row(title=Code(row.code), url=reverse("operations:operation", args=[row.id]))


def read(actor: Actor, operation_id: UUID) -> Plan:
    """The plan, opened and kept as read. Raises NotFound, Refused. Cost: about 20 queries and the keys."""
    row = operation_for(actor, PLAN, operation_id)
    readings.opened(row.id, Compartment.OPERATION)
    columns = (*CORE, "abort_words", "went_well", "to_change", "survivors_said")
    words = sealing.open_row(row, *columns)
    authority = authority_in(words)
    named = partners.names_of(authority.ids)
    where = whereabouts(actor, row.id)
    team = members(actor, row.id)
    return Plan(
        row=row,
        state=State(row.state),
        words=words,
        authority=authority,
        authority_name=", ".join(named[key] for key in authority.ids if key in named),
        where=where,
        place_hidden=where is None and Whereabouts.objects.filter(operation=row).exists(),
        team=team,
        risks=_risks(actor, row.id),
        cares=_cares(actor, row.id, {one.id: one.name for one in team}, with_place=where is not None),
    )


def members(actor: Actor, operation_id: UUID) -> tuple[MemberView, ...]:
    """Who goes along, the lead first. Cost: one query, the names and the keys."""
    rows = list(
        policy.visible(actor, PLAN, Member.objects.filter(operation_id=operation_id)).order_by("created_at", "id")
    )
    names = access.names_of(row.account_id for row in rows if row.account_id)
    opened = sealing.open_rows(rows, "name", "phone")
    return tuple(_member(row, words, names) for row, words in zip(rows, opened, strict=True))


def _member(row: Member, words: sealing.Opened, names: Mapping[UUID, str]) -> MemberView:
    name = names.get(row.account_id, "") if row.account_id else words.text("name")
    return MemberView(row.id, row.account_id, name, words.text("phone"), Duty(row.duty), row.was_briefed)


def _risks(actor: Actor, operation_id: UUID) -> tuple[RiskView, ...]:
    rows = list(policy.visible(actor, PLAN, Risk.objects.filter(operation_id=operation_id)))
    rows.sort(key=lambda row: (-row.likelihood * row.harm, -row.harm, row.created_at))
    opened = sealing.open_rows(rows, "hazard", "mitigation")
    return tuple(
        RiskView(
            id=row.id,
            hazard=words.text("hazard"),
            mitigation=words.text("mitigation"),
            likelihood=row.likelihood,
            harm=row.harm,
            level=risk_level(row.likelihood, row.harm),
            version=row.version,
        )
        for row, words in zip(rows, opened, strict=True)
    )


def _cares(actor: Actor, operation_id: UUID, team: Mapping[UUID, str], *, with_place: bool) -> tuple[CareView, ...]:
    rows: Sequence[Care] = list(
        policy.visible(actor, PLAN, Care.objects.filter(operation_id=operation_id))
        .select_related("person")
        .order_by("created_at", "id")
    )
    opened = sealing.open_rows(rows, "medical", "interpreter", "transport", "safe_place")
    return tuple(
        CareView(
            id=row.id,
            person_id=row.person_id,
            case_id=row.case_id,
            code=row.person.code,
            stays_id=row.stays_id,
            stays=team.get(row.stays_id, ""),
            medical=words.text("medical"),
            interpreter=words.text("interpreter"),
            transport=words.text("transport"),
            safe_place=words.text("safe_place") if with_place else "",
        )
        for row, words in zip(rows, opened, strict=True)
    )
