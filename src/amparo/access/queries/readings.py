"""Who has opened guarded parts of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.models import CaseGrant, Reading, RoleHeld, SignIn
from amparo.access.queries.names import names_of
from amparo.kernel.words import Compartment, Role
from amparo.vault.prepared import ID, IDS, Prepared


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
