"""What is known of a plan: for commands, pages and papers alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.words import PartyRole
from amparo.investigations import queries as investigations
from amparo.investigations.words import OutcomeState
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.ledger.records import Record
from amparo.operations import rules
from amparo.operations.models import Approval, Care, Member, Operation, PlaceDay, Result, Risk, Whereabouts
from amparo.operations.rules import Filled
from amparo.operations.words import STANDING, Choice
from amparo.vault import sealing, tokens

TOKEN_FIELD = "operations.place_day"
CORE = ("objective", "legal_basis", "authority", "timeline", "go_items", "abort_rules", "unexpected", "numbers")


def now() -> datetime:
    return clock.now()


def today() -> date:
    """The present day where the reader works."""
    return clock.now().astimezone(timezone.get_current_timezone()).date()


def lines_of(words: sealing.Opened, column: str) -> list[str]:
    """A column that holds one line for each item."""
    return [str(item) for item in words.items(column)]


def differing(row: Record, fresh: Mapping[str, object]) -> list[str]:
    """Which sealed columns of a row hold other words than these."""
    columns = list(fresh)
    words = sealing.open_row(row, *columns).words
    return [name for name in columns if (words.get(name) or None) != (fresh[name] or None)]


# ---- the authority in the lead -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Authority:
    """Ids of the agency in the lead, and of its unit."""

    agency_id: UUID | None
    unit_id: UUID | None

    @property
    def ids(self) -> list[UUID]:
        return [key for key in (self.agency_id, self.unit_id) if key is not None]


def authority_words(agency_id: UUID | None, unit_id: UUID | None) -> dict[str, sealing.Words]:
    """As it is sealed: which authority leads tells where an operation is."""
    pairs = {"agency": agency_id, "unit": unit_id}
    return {name: str(key) for name, key in pairs.items() if key is not None}


def authority_in(words: sealing.Opened) -> Authority:
    table = words.table("authority")
    agency, unit = table.get("agency"), table.get("unit")
    return Authority(UUID(str(agency)) if agency else None, UUID(str(unit)) if unit else None)


def authority_of(operation: Operation) -> Authority:
    return authority_in(sealing.open_row(operation, "authority"))


# ---- its people, cases and conditions ------------------------------------------------------------------------------


def case_ids(operation_id: UUID) -> tuple[UUID, ...]:
    """The cases that an operation is about, in the order in which they were added."""
    return access.cases_of_operations([operation_id]).get(operation_id, ())


def team_accounts(operation_id: UUID) -> frozenset[UUID]:
    """Accounts of the colleagues who go along."""
    rows = Member.objects.filter(operation_id=operation_id, account_id__isnull=False)
    return frozenset(key for key in rows.values_list("account_id", flat=True) if key is not None)


def approvals_given(operation: Operation) -> list[UUID]:
    """Who stands behind the plan as it is now."""
    rows = Approval.objects.filter(operation=operation, plan=operation.plan, choice=Choice.APPROVED)
    return list(rows.order_by("at", "id").values_list("account_id", flat=True))


def go_items(operation: Operation) -> list[str]:
    return lines_of(sealing.open_row(operation, "go_items"), "go_items")


def survivors(actor: Actor, operation_id: UUID) -> dict[UUID, tuple[UUID, str]]:
    """Survivors of its cases whom the actor sees: the case and the code of each."""
    return _people(actor, operation_id, PartyRole.SURVIVOR)


def suspects(actor: Actor, operation_id: UUID) -> dict[UUID, tuple[UUID, str]]:
    """Suspects of its cases whom the actor sees: the case and the code of each."""
    return _people(actor, operation_id, PartyRole.SUSPECT)


def _people(actor: Actor, operation_id: UUID, role: PartyRole) -> dict[UUID, tuple[UUID, str]]:
    found: dict[UUID, tuple[UUID, str]] = {}
    for case_id in case_ids(operation_id):
        for party in cases.parties(actor, case_id, [role]):
            if party.left_on is None:
                found.setdefault(party.person_id, (case_id, party.code))
    return found


def filled(actor: Actor, operation: Operation) -> Filled:
    """What there is of a plan, as it is asked for when it is proposed."""
    words = sealing.open_row(operation, *CORE)
    cares = list(Care.objects.filter(operation=operation))
    opened = sealing.open_rows(cares, "medical", "interpreter", "transport", "safe_place")
    whole = {row.person_id for row, one in zip(cares, opened, strict=True) if len(one.words) == 4}
    return Filled(
        objective=bool(words.text("objective")),
        legal_basis=bool(words.text("legal_basis")),
        authority=authority_in(words).agency_id is not None,
        place=Whereabouts.objects.filter(operation=operation).exists(),
        go_items=len(lines_of(words, "go_items")),
        abort_rules=len(lines_of(words, "abort_rules")),
        risks=Risk.objects.filter(operation=operation).count(),
        team=Member.objects.filter(operation=operation).count(),
        survivors=frozenset(survivors(actor, operation.id)),
        cared=frozenset(whole),
        unexpected=bool(words.text("unexpected")),
    )


def outcomes_by_person(actor: Actor, operation_id: UUID) -> dict[UUID, UUID]:
    """The relief or restraint of each person that came of an operation. Cost: one query."""
    rows = policy.visible(actor, "operations:plan:see", Result.objects.filter(operation_id=operation_id))
    return dict(rows.order_by("created_at", "id").values_list("person_id", "outcome_id"))


def waits_for_verification(operation_id: UUID) -> bool:
    """Whether a relief or restraint that came of it, or what was put right in it, is neither verified nor withdrawn."""
    keys = list(Result.objects.filter(operation_id=operation_id).values_list("outcome_id", flat=True))
    return any(now.state is OutcomeState.PROVISIONAL for now in investigations.outcomes_now(keys).values())


# ---- where and when ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Where:
    """Where and when, for those who may know."""

    operation_id: UUID
    place: str
    meeting: str
    starts: datetime
    ends: datetime
    version: int


def whereabouts(actor: Actor, operation_id: UUID) -> Where | None:
    """Where and when an operation is; None for who may not know, and for everybody once it is over."""
    return whereabouts_of(actor, [operation_id]).get(operation_id)


def whereabouts_of(actor: Actor, operation_ids: Iterable[UUID]) -> dict[UUID, Where]:
    """The same for many. Cost: one query and the keys."""
    rows = list(
        policy.visible(actor, "operations:place:see", Whereabouts.objects.filter(operation_id__in=set(operation_ids)))
    )
    for row in rows:
        readings.opened(row.operation_id, Compartment.OPERATION)
    return {row.operation_id: where for row, where in zip(rows, _opened(rows), strict=True)}


def _opened(rows: Sequence[Whereabouts]) -> list[Where]:
    opened = sealing.open_rows(rows, "place", "meeting", "starts", "ends")
    return [
        Where(
            row.operation_id,
            words.text("place"),
            words.text("meeting"),
            datetime.fromisoformat(words.text("starts")),
            datetime.fromisoformat(words.text("ends")),
            row.version,
        )
        for row, words in zip(rows, opened, strict=True)
    ]


def touching(operation: Operation) -> list[Operation]:
    """Plans of others that stand for the same place about the same days, and whose leads do not know of this one.

    For the command that tells it to one person alone: nobody else may be shown what comes out of it.
    """
    mine = list(Whereabouts.objects.filter(operation=operation))
    if not mine:
        return []
    where = _opened(mine)[0]
    place = rules.same_place(where.place)
    wanted = [tokens.token(TOKEN_FIELD, f"{place} {day}") for day in rules.days_around(where.starts, where.ends)]
    rows = PlaceDay.objects.filter(token__in=wanted, operation__state__in=STANDING).exclude(operation=operation)
    found = set(rows.values_list("operation_id", flat=True))
    others = list(Whereabouts.objects.filter(operation_id__in=found).select_related("operation"))
    team = team_accounts(operation.id)
    return [
        row.operation
        for row, theirs in zip(others, _opened(others), strict=True)
        # Tokens are short: that it is the same place is read, by the machine alone.
        if rules.same_place(theirs.place) == place
        and not rules.know_of_each_other(
            team, operation.lead_id, team_accounts(row.operation_id), row.operation.lead_id
        )
    ]
