"""Contacts with officials, and the next steps that were agreed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases.words import PartyRole
from amparo.investigations import queries, rules
from amparo.investigations.commands.around import has_part, open_case
from amparo.investigations.errors import AgencyMissing, ContactWithdrawn, NameMissing, NoSuchOfficial, NothingAgreed
from amparo.investigations.models import OfficialContact
from amparo.investigations.words import Agency, ContactKind, WithdrawReason, agency_of
from amparo.kernel.dates import PartialDate
from amparo.ledger import writing
from amparo.ledger.verbs import Facts, Verb
from amparo.ledger.writing import command
from amparo.partners import queries as partners
from amparo.partners.queries import Place
from amparo.vault import sealing

RECORD = "investigations:official:record"
SEE = "investigations:official:see"


@dataclass(frozen=True, slots=True)
class Contacted:
    """Who was contacted, and where: of the directory, of the case, or by name alone.

    `agency_kind` is needed only where nothing of the directory tells it.
    """

    known_id: UUID | None = None
    unit_id: UUID | None = None
    official_id: UUID | None = None
    name: str = field(default="", repr=False)
    agency: str = field(default="", repr=False)
    agency_kind: Agency | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """What a contact was, what was agreed, and what comes next."""

    kind: ContactKind
    on: date
    agreed: str = field(default="", repr=False)
    next_step: str = field(default="", repr=False)
    next_on: date | None = None


@command
def record_contact(*, actor: Actor, case_id: UUID, who: Contacted, talk: Talk) -> UUID:
    """Write down a contact with an official, known or only named. **Needs** investigations:official:record.

    **Ledger** official.contacted. Raises NameMissing, NoSuchOfficial, AgencyMissing, InFuture, NotOfThisCase.
    """
    head = open_case(actor, RECORD, case_id)
    row = OfficialContact(case_id=head.id, office_id=head.office_id, **_clear(actor, head.id, who, talk))
    writing.insert(row, **_words(who, talk))
    _noted(Verb.OFFICIAL_CONTACTED, row, {"kind": talk.kind, "official": who.known_id})
    return row.id


def _clear(
    actor: Actor, case_id: UUID, who: Contacted, talk: Talk, old: OfficialContact | None = None
) -> dict[str, Any]:
    """The columns of a contact that are no words; `old` is the one that it puts right."""
    if not (who.known_id or who.official_id or who.name):
        raise NameMissing(field="name")
    if who.official_id is not None:
        has_part(actor, case_id, who.official_id, PartyRole.OFFICIAL)
    rules.refuse_future(PartialDate.on(talk.on), queries.today(), field="on")
    return {
        "official_id": who.official_id,
        "known_id": who.known_id,
        **_where(actor, who, old),
        "kind": talk.kind,
        "on": talk.on,
        "next_on": talk.next_on,
    }


def _where(actor: Actor, who: Contacted, old: OfficialContact | None) -> dict[str, Any]:
    """Agency and unit, as the directory says it today.

    One that is put right keeps what it said then, while official and unit are the same: posts change.
    """
    if old is not None and old.partner_id is not None and _is_same(who, old):
        kept = who.agency_kind or Agency(old.agency_kind)
        return {"partner_id": old.partner_id, "unit_id": old.unit_id, "agency_kind": kept}
    place = _place(actor, who, old)
    kind = who.agency_kind or (place and agency_of(place.kind))
    if kind is None:
        raise AgencyMissing(field="agency_kind")
    return {"partner_id": place and place.agency_id, "unit_id": place and place.unit_id, "agency_kind": kind}


def _is_same(who: Contacted, old: OfficialContact) -> bool:
    return (who.known_id, who.official_id, who.unit_id) == (old.known_id, old.official_id, old.unit_id)


def _place(actor: Actor, who: Contacted, old: OfficialContact | None) -> Place | None:
    """Where it was: the unit that was chosen, else where the official of the directory is in office."""
    if who.unit_id is not None:
        place = partners.place_of_unit(actor, who.unit_id)
        if place is None:
            raise NoSuchOfficial(field="unit_id")
    was_chosen = old is not None and who.known_id == old.known_id
    if who.known_id and not was_chosen and str(who.known_id) not in dict(partners.official_choices(actor)):
        raise NoSuchOfficial(field="official_id")
    if who.unit_id is not None:
        return place
    return partners.place_of_official(actor, who.known_id) if who.known_id else None


def _words(who: Contacted, talk: Talk) -> dict[str, str]:
    return {"name": who.name, "agency": who.agency, "agreed": talk.agreed, "next_step": talk.next_step}


def _noted(verb: Verb, row: OfficialContact, facts: Facts | None = None) -> None:
    writing.note(verb, subject=row.id, case=row.case_id, office=row.office_id, facts=facts or {})


def _standing(actor: Actor, contact_id: UUID) -> OfficialContact:
    """A contact that was not withdrawn, in a case that is open. Raises NotFound, Refused, ContactWithdrawn."""
    row = policy.load(actor, RECORD, OfficialContact, contact_id, seen_by=SEE)
    open_case(actor, RECORD, row.case_id)
    if row.withdraw_reason:
        raise ContactWithdrawn
    return row


@command
def withdraw_contact(*, actor: Actor, contact_id: UUID, reason: WithdrawReason) -> UUID:
    """Take back a contact that never was; it stays readable, and nothing counts it.

    **Needs** investigations:official:record. **Ledger** official.contact_withdrawn.
    Raises ContactWithdrawn, ReasonOfOther.
    """
    row = _standing(actor, contact_id)
    rules.refuse_reason(reason, is_corrected=False)
    writing.update(row, withdraw_reason=reason)
    _noted(Verb.OFFICIAL_CONTACT_WITHDRAWN, row, {"reason": reason})
    return row.id


@command
def correct_contact(*, actor: Actor, contact_id: UUID, reason: WithdrawReason, who: Contacted, talk: Talk) -> UUID:
    """Put a contact right: what was written stays readable beside what stands instead.

    **Needs** investigations:official:record. **Ledger** official.contact_corrected. Raises ContactWithdrawn,
    ReasonOfOther, NameMissing, NoSuchOfficial, AgencyMissing, InFuture, NotOfThisCase. Returns the new one.
    """
    old = _standing(actor, contact_id)
    rules.refuse_reason(reason, is_corrected=True)
    new = OfficialContact(case_id=old.case_id, office_id=old.office_id, **_clear(actor, old.case_id, who, talk, old))
    # A step that is done is not asked for again; another one is.
    if sealing.open_row(old, "next_step").text("next_step") == talk.next_step:
        new.next_done_on = old.next_done_on
    writing.update(old, withdraw_reason=reason)
    writing.insert(new, **_words(who, talk))
    _noted(Verb.OFFICIAL_CONTACT_CORRECTED, old, {"reason": reason, "instead": new.id})
    return new.id


@command
def do_next_step(*, actor: Actor, contact_id: UUID) -> UUID:
    """Say that what was agreed as next step is done. **Needs** investigations:official:record.

    **Ledger** official.step_done. Raises NothingAgreed.
    """
    row = policy.load(actor, RECORD, OfficialContact, contact_id, seen_by=SEE)
    if row.next_done_on is not None or row.next_step is None or row.withdraw_reason:
        raise NothingAgreed
    writing.update(row, next_done_on=queries.today())
    _noted(Verb.OFFICIAL_STEP_DONE, row)
    return row.id
