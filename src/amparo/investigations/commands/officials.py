"""Contacts with officials, and the next steps that were agreed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases.words import PartyRole
from amparo.investigations import queries, rules
from amparo.investigations.commands.around import has_part, open_case
from amparo.investigations.errors import NameMissing, NothingAgreed
from amparo.investigations.models import OfficialContact
from amparo.investigations.words import Agency, ContactKind
from amparo.kernel.dates import PartialDate
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command


@command
def record_contact(
    *,
    actor: Actor,
    case_id: UUID,
    kind: ContactKind,
    agency_kind: Agency,
    on: date,
    official_id: UUID | None = None,
    name: str = "",
    agency: str = "",
    agreed: str = "",
    next_step: str = "",
    next_on: date | None = None,
) -> UUID:
    """Write down a contact with an official, known or only named. **Needs** investigations:official:record.

    **Ledger** official.contacted. Raises NameMissing, InFuture, NotOfThisCase.
    """
    head = open_case(actor, "investigations:official:record", case_id)
    if official_id is None and not name:
        raise NameMissing(field="name")
    if official_id is not None:
        has_part(actor, head.id, official_id, PartyRole.OFFICIAL)
    rules.refuse_future(PartialDate.on(on), queries.today(), field="on")
    row = OfficialContact(
        case_id=head.id,
        office_id=head.office_id,
        official_id=official_id,
        agency_kind=agency_kind,
        kind=kind,
        on=on,
        next_on=next_on,
    )
    writing.insert(row, name=name, agency=agency, agreed=agreed, next_step=next_step)
    facts = {"kind": kind}
    writing.note(Verb.OFFICIAL_CONTACTED, subject=row.id, case=head.id, office=head.office_id, facts=facts)
    return row.id


@command
def do_next_step(*, actor: Actor, contact_id: UUID) -> UUID:
    """Say that what was agreed as next step is done. **Needs** investigations:official:record.

    **Ledger** official.step_done. Raises NothingAgreed.
    """
    row = policy.load(
        actor,
        "investigations:official:record",
        OfficialContact,
        contact_id,
        seen_by="investigations:official:see",
    )
    if row.next_done_on is not None or row.next_step is None:
        raise NothingAgreed
    writing.update(row, next_done_on=queries.today())
    writing.note(Verb.OFFICIAL_STEP_DONE, subject=row.id, case=row.case_id, office=row.office_id)
    return row.id
