"""Items entered: physical, digital, by reference."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.access.actors import Actor
from amparo.cases.queries import CaseHead
from amparo.evidence.commands.chain import SPECIMEN, Line, case_for, noted, recorded
from amparo.evidence.commands.hands import Outside
from amparo.evidence.errors import (
    ByReferenceOnly,
    FileMissing,
    HashUnreadable,
    NotOfThisCase,
    PartyMissing,
    SealUsed,
)
from amparo.evidence.models import EvidenceItem, ItemFile
from amparo.evidence.rules import Party
from amparo.evidence.words import (
    Authority,
    Category,
    Condition,
    Form,
    Kind,
    State,
    Storage,
)
from amparo.kernel import codes, ids
from amparo.kernel.dates import PartialDate
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.vault import sealing
from amparo.vault.store import Erasure
from amparo.web import uploads

_HASH = re.compile(r"[0-9a-f]{32,128}")


def _parent(head: CaseHead, parent_id: UUID | None) -> EvidenceItem | None:
    if parent_id is None:
        return None
    parent = EvidenceItem.objects.filter(pk=parent_id, case_id=head.id).first()
    if parent is None:
        raise NotOfThisCase(field="parent_id")
    return parent


def _new_item(head: CaseHead, form: Form, category: Category, parent_id: UUID | None) -> EvidenceItem:
    return EvidenceItem(
        case_id=head.id,
        office_id=head.office_id,
        parent=_parent(head, parent_id),
        code=codes.make_code("EV", ids.entropy(codes.ENTROPY_BYTES)),
        form=form,
        category=category,
        state=State.ELSEWHERE if form is Form.REFERENCE else State.HELD,
    )


@command
def register_physical(
    *,
    actor: Actor,
    case_id: UUID,
    category: Category,
    description: str,
    found: PartialDate | None = None,
    found_where: str = "",
    found_by: str = "",
    legal_authority: str = "",
    packaging: str = "",
    seal: str = "",
    place: str = "",
    storage: Storage | None = None,
    condition: Condition | None = None,
    parent_id: UUID | None = None,
    collected_at: datetime | None = None,
    from_outside: Outside | None = None,
) -> UUID:
    """Register an object that the actor holds from now on. **Needs** evidence:item:register.

    Its chain begins with `collected` and, with a `seal`, `sealed`.
    **Ledger** item.registered, custody.recorded. Raises SealUsed, InFuture, NotOfThisCase, CaseIsClosed.
    """
    return _begin(
        actor,
        case_for(actor, case_id),
        category=category,
        description=description,
        found=found,
        found_where=found_where,
        found_by=found_by,
        legal_authority=legal_authority,
        packaging=packaging,
        seal=seal,
        place=place,
        storage=storage,
        condition=condition,
        parent_id=parent_id,
        collected_at=collected_at,
        from_outside=from_outside,
    )


@command
def register_specimen(
    *,
    actor: Actor,
    case_id: UUID,
    description: str,
    category: Category = Category.BIOLOGICAL,
    packaging: str = "",
    seal: str = "",
    place: str = "",
    storage: Storage | None = None,
    parent_id: UUID | None = None,
    collected_at: datetime | None = None,
) -> UUID:
    """Register a specimen or kit of an examination that the actor holds from now on.

    **Needs** evidence:specimen:register. **Ledger** item.registered, custody.recorded.
    Raises SealUsed, InFuture, NotOfThisCase, CaseIsClosed.
    """
    return _begin(
        actor,
        case_for(actor, case_id, SPECIMEN),
        category=category,
        description=description,
        packaging=packaging,
        seal=seal,
        place=place,
        storage=storage,
        parent_id=parent_id,
        collected_at=collected_at,
    )


def _begin(
    actor: Actor,
    head: CaseHead,
    *,
    category: Category,
    description: str,
    found: PartialDate | None = None,
    found_where: str = "",
    found_by: str = "",
    legal_authority: str = "",
    packaging: str = "",
    seal: str = "",
    place: str = "",
    storage: Storage | None = None,
    condition: Condition | None = None,
    parent_id: UUID | None = None,
    collected_at: datetime | None = None,
    from_outside: Outside | None = None,
) -> UUID:
    """An object and the first lines of its chain; the caller has asked the policy."""
    item = _new_item(head, Form.PHYSICAL, category, parent_id)
    item.storage = storage or ""
    item.found = found.isoformat() if found else ""
    item.holder_id = actor.account_id
    writing.insert(
        item,
        description=description,
        found_where=found_where,
        found_by=found_by,
        legal_authority=legal_authority,
        packaging=packaging,
    )
    noted(item, Verb.ITEM_REGISTERED, {"category": category, "form": Form.PHYSICAL})
    giver = Party(name=from_outside.name, organisation=from_outside.organisation) if from_outside else None
    me = Party(actor.account_id)
    first = Line(
        Kind.COLLECTED,
        at=collected_at,
        from_=giver,
        to=me,
        place=place,
        condition=condition or "",
        order=legal_authority,
    )
    recorded(actor, item, first)
    if seal:
        try:
            recorded(actor, item, Line(Kind.SEALED, at=collected_at, seal_after=seal))
        except SealUsed as error:
            raise SealUsed(field="seal") from error
    return item.id


@command
def register_digital(
    *,
    actor: Actor,
    case_id: UUID,
    category: Category,
    description: str,
    may_show_abuse: bool,
    upload_id: UUID | None = None,
    received: uploads.Received | None = None,
    veil_words: str = "",
    found: PartialDate | None = None,
    found_where: str = "",
    found_by: str = "",
    legal_authority: str = "",
    parent_id: UUID | None = None,
    collected_at: datetime | None = None,
) -> UUID:
    """Register a file that was sent (`upload_id`), or that is kept already (`received`).

    `veil_words` say what a picture shows, for who decides whether to look. **Needs** evidence:item:register.
    **Ledger** item.registered, file.stored, custody.recorded. Raises ByReferenceOnly, FileMissing, UploadGone.
    """
    head = case_for(actor, case_id)
    if may_show_abuse:
        raise ByReferenceOnly(field="may_show_abuse")
    kept = received
    if upload_id is not None:
        kept = uploads.claim(actor, upload_id, head.id)
    if kept is None:
        raise FileMissing(field="file")
    item = _new_item(head, Form.FILE, category, parent_id)
    item.storage = Storage.ENCRYPTED
    item.found = found.isoformat() if found else ""
    item.holder_id = actor.account_id
    writing.insert(
        item,
        description=description,
        veil_words=veil_words,
        found_where=found_where,
        found_by=found_by,
        legal_authority=legal_authority,
    )
    noted(item, Verb.ITEM_REGISTERED, {"category": category, "form": Form.FILE})
    row = ItemFile(
        item=item,
        case_id=head.id,
        office_id=head.office_id,
        address=kept.address,
        stored_bytes=kept.stored_bytes,
        salt_of_key=kept.salt,
    )
    details: sealing.Words = {
        "name": kept.name,
        "media_type": kept.media_type,
        "sha256": kept.sha256,
        "bytes": kept.plain_bytes,
    }
    writing.insert(row, details=details)
    # The hash of the stored, sealed bytes: that of the plain ones would tell who has the same file.
    noted(item, Verb.FILE_STORED, {"sha256": kept.address, "bytes": kept.stored_bytes})
    line = Line(Kind.COLLECTED, at=collected_at, to=Party(actor.account_id), order=legal_authority)
    recorded(actor, item, line)
    return item.id


@command
def discard_upload(*, actor: Actor, case_id: UUID, upload_id: UUID) -> None:
    """Destroy a file that was sent and must not be kept. **Needs** evidence:item:register. **Ledger** nothing:
    the file became part of nothing. Raises UploadGone."""
    head = case_for(actor, case_id)
    kept = uploads.claim(actor, upload_id, head.id)
    transaction.on_commit(lambda: _erase(kept.address, upload_id))


def _erase(address: str, upload_id: UUID) -> None:
    uploads.store().delete(address, Erasure(upload_id, "by_reference_only"))


@command
def register_by_reference(
    *,
    actor: Actor,
    case_id: UUID,
    category: Category,
    description: str,
    authority: Authority,
    holding_authority: str,
    their_reference: str,
    supplied_hash: str = "",
    may_show_abuse: bool = False,
    legal_authority: str = "",
    parent_id: UUID | None = None,
) -> UUID:
    """Register what an authority holds: nothing of it comes to us. **Needs** evidence:item:register.

    **Ledger** item.by_reference. Raises PartyMissing, HashUnreadable, NotOfThisCase.
    """
    head = case_for(actor, case_id)
    if not holding_authority:
        raise PartyMissing(field="holding_authority")
    plain_hash = re.sub(r"[\s:-]", "", supplied_hash).lower()
    if plain_hash and not (_HASH.fullmatch(plain_hash) and len(plain_hash) % 2 == 0):
        raise HashUnreadable(field="supplied_hash")
    item = _new_item(head, Form.REFERENCE, category, parent_id)
    item.authority = authority
    item.may_show_abuse = may_show_abuse
    writing.insert(
        item,
        description=description,
        holding_authority=holding_authority,
        their_reference=their_reference,
        supplied_hash=plain_hash,
        legal_authority=legal_authority,
    )
    noted(item, Verb.ITEM_BY_REFERENCE, {"authority": authority})
    return item.id
