"""Every write of evidence. Custody events are only ever added; an item's columns follow from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.errors import CaseIsClosed
from amparo.cases.queries import CaseHead
from amparo.cases.words import CaseState
from amparo.evidence import queries, rules
from amparo.evidence.errors import (
    ByReferenceOnly,
    FileMissing,
    HashUnreadable,
    NothingToSee,
    NotOfThisCase,
    NotOfThisForm,
    NotReceiver,
    PartyMissing,
    SealUsed,
    SecondMissing,
)
from amparo.evidence.models import CustodyEvent, EvidenceItem, ItemFile, Seal
from amparo.evidence.rules import Chain, Party, Step
from amparo.evidence.words import (
    OTHER_KINDS,
    Authority,
    Category,
    Condition,
    ExportReason,
    Form,
    Gap,
    Kind,
    RefusalReason,
    State,
    Storage,
)
from amparo.kernel import clock, codes, ids
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Facts, Verb
from amparo.ledger.writing import command
from amparo.vault import sealing
from amparo.vault.chunks import BlobAltered
from amparo.vault.store import BlobMissing, Erasure
from amparo.web import uploads

SEE = "evidence:item:see"
REGISTER = "evidence:item:register"
RECORD = "evidence:custody:record"
VIEW = "evidence:file:view"
# Who examines takes specimens and hands them on, and has nothing else to do with evidence.
SPECIMEN = "evidence:specimen:register"
GIVE = "evidence:specimen:give"

_HASH = re.compile(r"[0-9a-f]{32,128}")


@dataclass(frozen=True, slots=True)
class Outside:
    """Somebody who does not work here: a name, an organisation, or both."""

    name: str = ""
    organisation: str = ""


# ---- one line of a chain -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """What a command writes into one custody event."""

    kind: Kind
    at: datetime | None = None
    from_: Party | None = None
    to: Party | None = None
    second_id: UUID | None = None
    given_at: datetime | None = None
    place: str = ""
    seal_before: str = ""
    seal_after: str = ""
    unbroken: bool | None = None
    condition: str = ""
    order: str = ""
    reason: str = ""
    reason_code: str = ""
    about_seq: int | None = None
    about_gap: Gap | None = None


def _step(actor: Actor, chain: Chain, line: _Line, now: datetime) -> Step:
    return Step(
        seq=chain.last_seq + 1,
        kind=line.kind,
        actor=actor.account_id,
        at=rules.settled(line.at or now, chain),
        from_=line.from_,
        to=line.to,
        second=line.second_id,
        given_at=line.given_at,
        place=line.place,
        seal_before=line.seal_before,
        seal_after=line.seal_after,
        unbroken=line.unbroken,
        order=line.order,
        reason=line.reason,
        about_seq=line.about_seq,
        about_gap=line.about_gap,
    )


def _append(actor: Actor, item: EvidenceItem, line: _Line) -> tuple[Step, Chain]:
    """Add a line to an item's chain if the rules allow it, and let the item follow. The caller notes it."""
    now = clock.now()
    chain = queries.chain_of(item)
    step = _step(actor, chain, line, now)
    rules.refuse_impossible(chain, step, now)
    if line.second_id is not None and line.second_id not in access.names_of([line.second_id]):
        raise SecondMissing(field="second_id")
    if step.seal_after:
        _use_seal(item, step.seal_after)
    follows = rules.after(chain, step)
    pending = follows.pending
    # First, so that of two people who write at the same moment one is told to look again.
    writing.update(
        item,
        state=follows.state,
        last_seq=follows.last_seq,
        holder_id=follows.holder.account if follows.holder else None,
        pending_id=pending.to.account if pending and pending.to else None,
        pending_at=pending.at if pending else None,
        open_gaps=len(follows.open_gaps),
        isolation_by=follows.asked_by,
    )
    row = CustodyEvent(
        item=item,
        case_id=item.case_id,
        office_id=item.office_id,
        seq=step.seq,
        kind=step.kind,
        actor_id=actor.account_id,
        second_id=line.second_id,
        from_id=line.from_.account if line.from_ else None,
        to_id=line.to.account if line.to else None,
        occurred_at=step.at,
        recorded_at=now,
        given_at=line.given_at,
        condition=line.condition,
        unbroken=line.unbroken,
        about_seq=line.about_seq,
        about_gap=line.about_gap or "",
        reason_code=line.reason_code,
    )
    writing.insert(
        row,
        from_party=_sealed_party(line.from_),
        to_party=_sealed_party(line.to),
        place=line.place,
        seal_before=line.seal_before,
        seal_after=line.seal_after,
        order=line.order,
        reason=line.reason,
    )
    return step, follows


def _sealed_party(party: Party | None) -> sealing.Words:
    if party is None or party.account is not None or not party:
        return None
    return {"name": party.name, "organisation": party.organisation}


def _use_seal(item: EvidenceItem, number: str) -> None:
    """Take a seal number for good. Raises SealUsed where it was put on anything in this office before."""
    token = queries.seal_token(number)
    same = list(Seal.objects.filter(office_id=item.office_id, token=token))
    key = rules.seal_key(number)
    if any(rules.seal_key(words.text("number")) == key for words in sealing.open_rows(same, "number")):
        raise SealUsed(field="seal_after")
    row = Seal(item=item, case_id=item.case_id, office_id=item.office_id, token=token, turn=len(same))
    try:
        with transaction.atomic():
            writing.insert(row, number=number)
    except IntegrityError as error:
        raise SealUsed(field="seal_after") from error


def _noted(item: EvidenceItem, verb: Verb, facts: Facts) -> None:
    writing.note(verb, subject=item.id, case=item.case_id, office=item.office_id, facts=facts)


def _recorded(actor: Actor, item: EvidenceItem, line: _Line) -> None:
    step, _chain = _append(actor, item, line)
    _noted(item, Verb.CUSTODY_RECORDED, {"kind": step.kind, "seq": step.seq})


def _item(actor: Actor, permission: str, item_id: UUID) -> EvidenceItem:
    return policy.load(actor, permission, EvidenceItem, item_id, seen_by=SEE)


def _item_to_give(actor: Actor, item_id: UUID) -> EvidenceItem:
    """An item that the actor may hand on: as custody is hers to record, or as a specimen in her own hands."""
    return queries.item_to_give(actor, item_id)


# ---- registering -------------------------------------------------------------------------------------------


def _case_for(actor: Actor, case_id: UUID, permission: str = REGISTER) -> CaseHead:
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, permission, head.part(Compartment.EVIDENCE))
    if head.state is CaseState.CLOSED:
        raise CaseIsClosed
    return head


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
        _case_for(actor, case_id),
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
        _case_for(actor, case_id, SPECIMEN),
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
    _noted(item, Verb.ITEM_REGISTERED, {"category": category, "form": Form.PHYSICAL})
    giver = Party(name=from_outside.name, organisation=from_outside.organisation) if from_outside else None
    me = Party(actor.account_id)
    first = _Line(
        Kind.COLLECTED,
        at=collected_at,
        from_=giver,
        to=me,
        place=place,
        condition=condition or "",
        order=legal_authority,
    )
    _recorded(actor, item, first)
    if seal:
        try:
            _recorded(actor, item, _Line(Kind.SEALED, at=collected_at, seal_after=seal))
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
    head = _case_for(actor, case_id)
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
    _noted(item, Verb.ITEM_REGISTERED, {"category": category, "form": Form.FILE})
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
    _noted(item, Verb.FILE_STORED, {"sha256": kept.address, "bytes": kept.stored_bytes})
    line = _Line(Kind.COLLECTED, at=collected_at, to=Party(actor.account_id), order=legal_authority)
    _recorded(actor, item, line)
    return item.id


@command
def discard_upload(*, actor: Actor, case_id: UUID, upload_id: UUID) -> None:
    """Destroy a file that was sent and must not be kept. **Needs** evidence:item:register. **Ledger** nothing:
    the file became part of nothing. Raises UploadGone."""
    head = _case_for(actor, case_id)
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
    head = _case_for(actor, case_id)
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
    _noted(item, Verb.ITEM_BY_REFERENCE, {"authority": authority})
    return item.id


# ---- from hand to hand -------------------------------------------------------------------------------------


def _receiver(actor: Actor, item: EvidenceItem, to_id: UUID | None, outside: Outside | None) -> Party:
    if to_id is not None:
        if all(key != to_id for key, _name in queries.receivers(actor, item)):
            raise NotReceiver(field="to_id")
        return Party(to_id)
    if outside is None or not (outside.name or outside.organisation):
        raise PartyMissing(field="to_name")
    return Party(name=outside.name, organisation=outside.organisation)


@command
def hand_over(
    *,
    actor: Actor,
    item_id: UUID,
    to_id: UUID | None = None,
    to_outside: Outside | None = None,
    at: datetime | None = None,
    place: str = "",
    order: str = "",
    reason: str = "",
    condition: Condition | None = None,
) -> UUID:
    """Give the item to a colleague, who must receive it, or to somebody outside against a receipt (`order`).

    **Needs** evidence:custody:record, or evidence:specimen:give, and to hold it. **Ledger** custody.offered, outside custody.recorded.
    Raises NotHolder, NotReceiver, PartyMissing, IsPending, TooEarly.
    """
    item = _item_to_give(actor, item_id)
    to = _receiver(actor, item, to_id, to_outside)
    line = _Line(
        Kind.HANDED_OVER,
        at=at,
        from_=Party(actor.account_id),
        to=to,
        place=place,
        order=order,
        reason=reason,
        condition=condition or "",
    )
    if to.account is None:
        _recorded(actor, item, line)
        return item.id
    step, _chain = _append(actor, item, line)
    _noted(item, Verb.CUSTODY_OFFERED, {"to": to.account, "seq": step.seq})
    return item.id


@command
def receive(
    *,
    actor: Actor,
    item_id: UUID,
    at: datetime | None = None,
    place: str = "",
    seal_read: str = "",
    seal_gone: bool = False,
    condition: Condition | None = None,
    reason: str = "",
    from_id: UUID | None = None,
    from_outside: Outside | None = None,
    given_at: datetime | None = None,
) -> UUID:
    """Take the item into the actor's hands: what was handed over to her, or what came otherwise.

    Without a hand-over `from_id` or `from_outside` says who gave it, and `given_at` when they gave it out of
    hand. What does not fit the chain opens a gap. **Needs** evidence:custody:record. **Ledger** custody.received.
    Raises NotForYou, PartyMissing, SealUnread, TooEarly.
    """
    item = _item(actor, RECORD, item_id)
    chain = queries.chain_of(item)
    giver: Party | None = None
    if chain.pending is not None:
        giver = Party(chain.pending.actor)
    elif from_id is not None:
        giver = Party(from_id)
    elif from_outside is not None:
        giver = Party(name=from_outside.name, organisation=from_outside.organisation)
    line = _Line(
        Kind.RECEIVED,
        at=at,
        from_=giver,
        to=Party(actor.account_id),
        given_at=given_at,
        place=place,
        seal_before=seal_read,
        unbroken=False if seal_gone else None,
        condition=condition or "",
        reason=reason,
    )
    step, _chain = _append(actor, item, line)
    _noted(item, Verb.CUSTODY_RECEIVED, {"from": giver.account if giver else None, "seq": step.seq})
    return item.id


@command
def refuse(*, actor: Actor, item_id: UUID, why: RefusalReason, reason: str, at: datetime | None = None) -> UUID:
    """Not accept what was handed over: it stays with who gave it. **Needs** evidence:custody:record.

    **Ledger** custody.refused. Raises NotForYou, NotPending, ReasonMissing.
    """
    item = _item(actor, RECORD, item_id)
    step, _chain = _append(actor, item, _Line(Kind.REFUSED, at=at, reason=reason, reason_code=why))
    _noted(item, Verb.CUSTODY_REFUSED, {"reason": why, "seq": step.seq})
    return item.id


@command
def take_back(*, actor: Actor, item_id: UUID) -> UUID:
    """Withdraw a hand-over that nobody has received. **Needs** evidence:custody:record.

    **Ledger** custody.taken_back. Raises NotForYou, NotPending.
    """
    item = _item_to_give(actor, item_id)
    step, _chain = _append(actor, item, _Line(Kind.TAKEN_BACK))
    _noted(item, Verb.CUSTODY_TAKEN_BACK, {"seq": step.seq})
    return item.id


# ---- in one's hands ----------------------------------------------------------------------------------------


@command
def check_seal(
    *,
    actor: Actor,
    item_id: UUID,
    seal_read: str,
    unbroken: bool,
    second_id: UUID | None = None,
    at: datetime | None = None,
    reason: str = "",
) -> UUID:
    """Read the seal and say whether it is whole; another number or a broken seal opens a gap.

    **Needs** evidence:custody:record, or evidence:specimen:give. **Ledger** seal.checked.
    Raises NotSealed, SealUnread.
    """
    item = _item_to_give(actor, item_id)
    line = _Line(Kind.SEAL_CHECKED, at=at, seal_before=seal_read, unbroken=unbroken, second_id=second_id, reason=reason)
    step, _chain = _append(actor, item, line)
    _noted(item, Verb.SEAL_CHECKED, {"unbroken": unbroken, "seq": step.seq})
    return item.id


@command
def open_item(
    *,
    actor: Actor,
    item_id: UUID,
    seal_read: str,
    seal_after: str,
    second_id: UUID,
    reason: str,
    order: str = "",
    at: datetime | None = None,
) -> UUID:
    """Open the item before a second person and put a new seal on. **Needs** evidence:custody:record and to hold it.

    **Ledger** custody.recorded. Raises NotHolder, NotSealed, SealUnread, SealMissing, SealUsed, SecondMissing.
    """
    item = _item(actor, RECORD, item_id)
    line = _Line(
        Kind.OPENED,
        at=at,
        seal_before=seal_read,
        seal_after=seal_after,
        second_id=second_id,
        reason=reason,
        order=order,
    )
    _recorded(actor, item, line)
    return item.id


@command
def move(*, actor: Actor, item_id: UUID, place: str, at: datetime | None = None, reason: str = "") -> UUID:
    """Put the item somewhere else; the holder stays. **Needs** evidence:custody:record and to hold it.

    **Ledger** custody.recorded. Raises NotHolder.
    """
    item = _item(actor, RECORD, item_id)
    _recorded(actor, item, _Line(Kind.MOVED, at=at, place=place, reason=reason))
    return item.id


@command
def explain_gap(*, actor: Actor, item_id: UUID, seq: int, gap: Gap, reason: str) -> UUID:
    """Write the explanation beside a gap, which stays. **Needs** evidence:custody:record. **Ledger** gap.explained.

    Raises NoSuchGap, ReasonMissing.
    """
    item = _item(actor, RECORD, item_id)
    step, _chain = _append(actor, item, _Line(Kind.GAP_EXPLAINED, about_seq=seq, about_gap=gap, reason=reason))
    _noted(item, Verb.GAP_EXPLAINED, {"seq": step.seq})
    return item.id


@command
def record_event(
    *,
    actor: Actor,
    item_id: UUID,
    kind: Kind,
    at: datetime | None = None,
    place: str = "",
    outside: Outside | None = None,
    second_id: UUID | None = None,
    seal_read: str = "",
    seal_after: str = "",
    condition: Condition | None = None,
    order: str = "",
    reason: str = "",
    about_seq: int | None = None,
) -> UUID:
    """Record any other custody event (`OTHER_KINDS`). **Needs** evidence:custody:record.

    `outside` is the laboratory or the owner; `about_seq` the line that a correction is about.
    **Ledger** custody.recorded. Raises what `rules.refuse_impossible` raises.
    """
    item = _item(actor, RECORD, item_id)
    if kind not in OTHER_KINDS:
        raise NotOfThisForm
    if kind is Kind.VERIFIED_HASH:
        _verify(actor, item)
        return item.id
    party = Party(name=outside.name, organisation=outside.organisation) if outside else None
    came_back = kind is Kind.LAB_RETURNED
    line = _Line(
        kind,
        at=at,
        from_=party if came_back else None,
        to=Party(actor.account_id) if came_back else party,
        second_id=second_id,
        place=place,
        seal_before=seal_read,
        seal_after=seal_after,
        condition=condition or "",
        order=order,
        reason=reason,
        about_seq=about_seq,
    )
    _recorded(actor, item, line)
    return item.id


# ---- files -------------------------------------------------------------------------------------------------


def _verify(actor: Actor, item: EvidenceItem) -> None:
    file = queries.file_of(item)
    if file is None:
        raise NothingToSee
    try:
        same = uploads.sha256_of(file.blob) == file.sha256
    except (BlobAltered, BlobMissing):
        same = False
    _recorded(actor, item, _Line(Kind.VERIFIED_HASH, unbroken=same))


@command
def record_view(*, actor: Actor, item_id: UUID) -> UUID:
    """Record that the actor looks at the file, before she does. **Needs** evidence:file:view.

    **Ledger** file.viewed. Raises NothingToSee.
    """
    item = _item(actor, VIEW, item_id)
    if queries.file_of(item) is None:
        raise NothingToSee
    _append(actor, item, _Line(Kind.VIEWED))
    _noted(item, Verb.FILE_VIEWED, {"part": "whole"})
    return item.id


@command
def record_copy(*, actor: Actor, item_id: UUID, why: ExportReason, reason: str) -> UUID:
    """Record that the actor takes a copy of the file out, before she does. **Needs** evidence:file:view.

    **Ledger** file.exported. Raises NothingToSee.
    """
    item = _item(actor, VIEW, item_id)
    if queries.file_of(item) is None:
        raise NothingToSee
    _append(actor, item, _Line(Kind.COPIED, reason=reason, reason_code=why))
    _noted(item, Verb.FILE_EXPORTED, {"reason": why})
    return item.id


@command
def ask_isolation(*, actor: Actor, item_id: UUID, reason: str) -> UUID:
    """Ask that a file that should never have been sent is isolated. **Needs** evidence:item:register.

    From now on nobody is shown it; a second colleague confirms. **Ledger** custody.recorded. Raises AlreadyAsked.
    """
    item = _item(actor, REGISTER, item_id)
    _recorded(actor, item, _Line(Kind.ISOLATION_ASKED, reason=reason))
    return item.id


@command
def confirm_isolation(*, actor: Actor, item_id: UUID, authority: Authority, reason: str) -> UUID:
    """Confirm as the second person that a file is isolated; nothing shows it again.

    `authority` is who it is handed to. **Needs** evidence:item:register. **Ledger** item.isolated.
    Raises NotAsked, SamePerson.
    """
    item = _item(actor, REGISTER, item_id)
    _append(actor, item, _Line(Kind.ISOLATED, reason=reason))
    writing.update(item, authority=authority, may_show_abuse=True)
    _noted(item, Verb.ITEM_ISOLATED, {"authority": authority})
    return item.id
