"""Kits that are about nobody yet: sent to a facility, received there, discarded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.evidence.rules import seal_key
from amparo.kernel import clock, codes, ids
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.kits import queries
from amparo.kits.errors import ExpiryPast, InFuture, NotInStock, NotOnItsWay, SerialsMissing, SerialUsed
from amparo.kits.models import Kit
from amparo.kits.queries.reach import MANAGE
from amparo.kits.words import BoxState, Discard
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.vault import sealing

MOST = 100


@command
def send_kits(
    *,
    actor: Actor,
    facility_id: UUID,
    serials: Sequence[str],
    expires_on: date,
    lot: str = "",
    sent_on: date | None = None,
    arrived: bool = False,
) -> UUID:
    """Register kits of one lot that are on their way to a facility, or there already (`arrived`).

    **Needs** kits:stock:manage. **Ledger** kits.registered. Returns the facility.
    Raises SerialsMissing, SerialUsed, ExpiryPast, InFuture.
    """
    policy.check_new(actor, MANAGE, Subject(office=actor.office_id, level=Compartment.PROGRAMME))
    today = clock.today()
    sent = sent_on or today
    _refuse_days(sent, expires_on, today)
    if all(str(facility_id) != key for key, _name in queries.facility_choices(actor)):
        raise NotFound
    found = list(dict.fromkeys(serial.strip() for serial in serials if seal_key(serial)))
    if not 1 <= len(found) <= MOST:
        raise SerialsMissing(field="serials")
    for serial in found:
        kit = Kit(
            office_id=actor.office_id,
            facility_id=facility_id,
            code=codes.make_code("KIT", ids.entropy(codes.ENTROPY_BYTES)),
            state=BoxState.AT_FACILITY if arrived else BoxState.ON_THE_WAY,
            expires_on=expires_on,
            sent_on=sent,
            received_on=sent if arrived else None,
        )
        _insert(kit, serial, lot)
    facts = {"facility": facility_id, "count": len(found)}
    writing.note(Verb.KITS_REGISTERED, subject=facility_id, office=actor.office_id, facts=facts)
    return facility_id


def _refuse_days(sent: date, expires_on: date, today: date) -> None:
    if sent > today:
        raise InFuture(field="sent_on")
    if expires_on < today:
        raise ExpiryPast(field="expires_on")


def _insert(kit: Kit, serial: str, lot: str) -> None:
    """Save a kit whose serial number is new in its office. Raises SerialUsed."""
    token = queries.serial_token(serial)
    same = list(Kit.objects.filter(office_id=kit.office_id, serial_token=token))
    key = seal_key(serial)
    if any(seal_key(words.text("serial")) == key for words in sealing.open_rows(same, "serial")):
        raise SerialUsed(field="serials")
    kit.serial_token, kit.turn = token, len(same)
    try:
        with transaction.atomic():
            writing.insert(kit, serial=serial, lot=lot)
    except IntegrityError as error:
        raise SerialUsed(field="serials") from error


@command
def receive_kits(*, actor: Actor, kit_ids: Sequence[UUID], on: date | None = None) -> UUID:
    """Say that kits have reached their facility. **Needs** kits:stock:manage. **Ledger** kit.received for each.

    Returns the last one. Raises NotOnItsWay, InFuture, SerialsMissing for none.
    """
    today = clock.today()
    if not kit_ids:
        raise SerialsMissing
    if on is not None and on > today:
        raise InFuture(field="on")
    for kit_id in kit_ids:
        kit = queries.load_stock(actor, MANAGE, kit_id)
        if kit.state != BoxState.ON_THE_WAY:
            raise NotOnItsWay
        writing.update(kit, state=BoxState.AT_FACILITY, received_on=on or today)
        writing.note(Verb.KIT_RECEIVED, subject=kit.id, office=kit.office_id, facts={"facility": kit.facility_id})
    return kit_ids[-1]


@command
def discard_kit(*, actor: Actor, kit_id: UUID, why: Discard) -> UUID:
    """Take an unused kit out of stock for good. **Needs** kits:stock:manage. **Ledger** kit.discarded.

    Raises NotInStock.
    """
    kit = queries.load_stock(actor, MANAGE, kit_id)
    if kit.state not in (BoxState.AT_FACILITY, BoxState.ON_THE_WAY):
        raise NotInStock
    writing.update(kit, state=BoxState.DISCARDED, discard=why, ended_on=clock.today())
    writing.note(Verb.KIT_DISCARDED, subject=kit.id, office=kit.office_id, facts={"reason": why})
    return kit.id
