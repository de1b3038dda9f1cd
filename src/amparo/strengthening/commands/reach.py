"""What the commands of this room share: who may, which unit, and what a case is called here."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.cases import queries as cases
from amparo.cases.commands import hold_case
from amparo.cases.errors import CaseIsClosed
from amparo.cases.words import CaseState
from amparo.kernel import codes, ids
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.partners import queries as partners
from amparo.strengthening.models import Pseudonym

PREFIX: Final = "PS"
_BITS: Final = 40


def new_subject(actor: Actor) -> Subject:
    """Something new of the programme, made by this actor at her office."""
    return Subject(office=actor.office_id, own=actor.account_id, level=Compartment.PROGRAMME)


def check_new(actor: Actor, permission: str) -> None:
    policy.check_new(actor, permission, new_subject(actor))


def check_partner(*keys: UUID | None) -> None:
    """Refuse a unit, official or agency that is not there. Raises NotFound."""
    wanted = {key for key in keys if key is not None}
    if wanted - set(partners.names_of(wanted)):
        raise NotFound


def case_named(actor: Actor, case_id: UUID | None, pseudonym: str) -> UUID | None:
    """The case that is meant: one that the actor sees, or one that she knows by its pseudonym only.

    A case that is named for the first time gets its pseudonym. **Ledger** pseudonym.made. Raises NotFound.
    """
    if case_id is None:
        return _by_pseudonym(actor, pseudonym) if pseudonym else None
    hold_case(case_id)
    head = cases.case_head(actor, case_id)
    if head.state is CaseState.CLOSED:
        raise CaseIsClosed
    if not Pseudonym.objects.filter(case_id=head.id).exists():
        code = codes.make_code(PREFIX, ids.entropy(16), bits=_BITS)
        row = writing.insert(Pseudonym(case_id=head.id, office_id=head.office_id, code=code))
        writing.note(Verb.PSEUDONYM_MADE, subject=row.id, case=head.id, office=head.office_id)
    return head.id


def _by_pseudonym(actor: Actor, code: str) -> UUID:
    rows = policy.visible(actor, "strengthening:practice:see", Pseudonym.objects.filter(code=code))
    found = rows.values_list("case_id", flat=True).first()
    if found is None:
        raise NotFound
    return found
