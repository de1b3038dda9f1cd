"""The number by which a survivor asks where her kit is: issued, renewed, withdrawn."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.kernel import clock
from amparo.kits import queries
from amparo.kits.errors import NumberEnded
from amparo.kits.models import KitStep, LabRequest, LabResult, OwnNumber, UsedKit
from amparo.kits.queries.reach import ISSUE
from amparo.ledger import writing
from amparo.ledger.records import Record
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command


@command
def issue_number(*, actor: Actor, kit_id: UUID, number: str) -> UUID:
    """Let `number`, fresh from `rules.numbers.new_number`, tell where a kit is; one given before ends now.

    Only its keyed hash is kept: whoever makes it must show it to the survivor, once.

    **Needs** kits:number:issue. **Ledger** kit.number_issued, without the number.
    """
    used = queries.load_used(actor, ISSUE, kit_id)
    before = queries.live_number(used)
    if before is not None:
        writing.update(before, ended_at=clock.now())
    row = OwnNumber(
        office_id=used.office_id,
        used_id=used.id,
        case_id=used.case_id,
        person_id=used.person_id,
        number_hash=queries.number_hash(number),
        issued_at=clock.now(),
    )
    writing.insert(row)
    _noted(used, Verb.KIT_NUMBER_ISSUED, {"renewed": before is not None})
    return used.kit_id


@command
def withdraw_number(*, actor: Actor, kit_id: UUID) -> UUID:
    """End the number of a kit: from now on it is answered as one that was never given.

    **Needs** kits:number:issue. **Ledger** kit.number_withdrawn. Raises NumberEnded.
    """
    used = queries.load_used(actor, ISSUE, kit_id)
    row = queries.live_number(used)
    if row is None:
        raise NumberEnded
    writing.update(row, ended_at=clock.now())
    _noted(used, Verb.KIT_NUMBER_WITHDRAWN, {})
    return used.kit_id


def drop_numbers(person_id: UUID) -> None:
    """End every number of a person who is being erased; inside a command that notes it."""
    for row in OwnNumber.objects.filter(person_id=person_id, ended_at=None):
        writing.update(row, ended_at=clock.now())


def forget_words(person_id: UUID) -> int:
    """Empty what was written about the kits of a person who is being erased; inside a command that notes it.

    Words of steps and of laboratories are sealed under the key of the case, which stays: they would outlive her own.
    So it is with requests about loose things, where they name her or she is the only survivor of the case.
    Returns how many rows were emptied.
    """
    alone = cases.cases_of_one_survivor(person_id)
    of_nobody = Q(used=None, person_id=None, case_id__in=alone)
    requests = LabRequest.objects.filter(Q(used__person_id=person_id) | Q(person_id=person_id) | of_nobody)
    found: list[Record] = [
        *KitStep.objects.filter(person_id=person_id),
        *requests,
        *LabResult.objects.filter(request__in=requests),
    ]
    for row in found:
        writing.forget_words(row)
    return len(found)


def _noted(used: UsedKit, verb: Verb, facts: dict[str, object]) -> None:
    writing.note(verb, subject=used.id, case=used.case_id, office=used.office_id, facts=facts)
