"""Places in operations."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from amparo.access.commands.teams import refuse_barred
from amparo.access.models import OperationPlace, OperationTie
from amparo.kernel import clock
from amparo.kernel.words import Role
from amparo.ledger import writing


def tie_operation(operation_id: UUID, case_id: UUID, office_id: UUID) -> None:
    """Let the policy know that an operation is about a case, inside the command that notes it.

    Raises Barred where somebody who has a place in the operation is walled off from the case.
    """
    if OperationTie.objects.filter(operation_id=operation_id, case_id=case_id).exists():
        return
    for place in _live_places(operation_id):
        refuse_barred(place.account_id, case_id)
    writing.insert(OperationTie(operation_id=operation_id, case_id=case_id, office_id=office_id))


def place_in_operation(operation_id: UUID, office_id: UUID, account_id: UUID, roles: Sequence[Role]) -> None:
    """Give somebody a place in an operation in some of their roles, inside the command that notes it.

    Raises Barred where one of its cases is closed to her.
    """
    for case_id in OperationTie.objects.filter(operation_id=operation_id).values_list("case_id", flat=True):
        refuse_barred(account_id, case_id)
    there = set(_live_places(operation_id).filter(account_id=account_id).values_list("role", flat=True))
    for role in roles:
        if role not in there:
            place = OperationPlace(
                operation_id=operation_id,
                office_id=office_id,
                account_id=account_id,
                role=role,
                starts_at=clock.now(),
            )
            writing.insert(place)


def leave_operation(operation_id: UUID, account_id: UUID) -> None:
    """End somebody's places in an operation, inside the command that notes it."""
    for place in _live_places(operation_id).filter(account_id=account_id):
        writing.update(place, ends_at=clock.now())


def _live_places(operation_id: UUID) -> QuerySet[OperationPlace]:
    return OperationPlace.objects.filter(operation_id=operation_id).exclude(ends_at__lte=clock.now())
