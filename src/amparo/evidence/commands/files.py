"""Looking at files, copies, and isolation."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from amparo.access.actors import Actor
from amparo.evidence import queries
from amparo.evidence.commands.chain import (
    REGISTER,
    VIEW,
    Line,
    append,
    item_for,
    noted,
    recorded,
    refuse_while_she_decides,
)
from amparo.evidence.commands.copies import NewCopy, Source, keep_copy, number_copy
from amparo.evidence.errors import CopyChanged, NothingToSee, NotOfOneCase
from amparo.evidence.models import CustodyEvent, EvidenceItem
from amparo.evidence.queries.items import FileView
from amparo.evidence.words import (
    Authority,
    CopyOf,
    ExportReason,
    Kind,
    Way,
)
from amparo.kernel import digest
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.vault import sealing
from amparo.vault.chunks import BlobAltered
from amparo.vault.store import BlobMissing
from amparo.web import uploads


def verify_file(actor: Actor, item: EvidenceItem) -> None:
    file = queries.file_of(item)
    if file is None:
        raise NothingToSee
    try:
        same = uploads.sha256_of(file.blob) == file.sha256
    except (BlobAltered, BlobMissing):
        same = False
    recorded(actor, item, Line(Kind.VERIFIED_HASH, unbroken=same))


@command
def record_view(*, actor: Actor, item_id: UUID) -> UUID:
    """Record that the actor looks at the file, before she does. **Needs** evidence:file:view.

    **Ledger** file.viewed. Raises NothingToSee.
    """
    item = item_for(actor, VIEW, item_id)
    if queries.file_of(item) is None:
        raise NothingToSee
    append(actor, item, Line(Kind.VIEWED))
    noted(item, Verb.FILE_VIEWED, {"part": "whole"})
    return item.id


def record_copy(*, actor: Actor, item_id: UUID, why: ExportReason, reason: str, agency_id: UUID | None = None) -> UUID:
    """Record that the actor takes a copy of the file out, before she does: it gets a number.

    `agency_id`: whom it is for; our own office without one. Returns the copy: by it the file is fetched.
    **Needs** evidence:file:view. **Ledger** copy.issued, file.exported.
    Raises NothingToSee, NobodyToGetIt, WaitsForHer, CopyChanged.
    """
    item, file = _item_to_copy(actor, item_id, agency_id)
    source = Source(CopyOf.FILE, item.id, (item.code,), item.case_id, item.office_id)
    new = number_copy(actor, source, agency_id=agency_id)
    # Before the transaction: a PDF may take half a minute, and nobody else could write meanwhile.
    made = queries.marked_copy(file, new.mark)
    marked = digest.sha256(made) if made is not None else None
    return _keep_file_copy(actor=actor, new=new, original=file.sha256, marked=marked, why=why, reason=reason)


def _item_to_copy(actor: Actor, item_id: UUID, agency_id: UUID | None) -> tuple[EvidenceItem, FileView]:
    item = item_for(actor, VIEW, item_id)
    file = queries.file_of(item)
    if file is None:
        raise NothingToSee
    _refuse_outside(item, agency_id)
    return item, file


@command
def _keep_file_copy(
    *, actor: Actor, new: NewCopy, original: str, marked: str | None, why: ExportReason, reason: str
) -> UUID:
    """Keep a copy that was made, if the actor may still take it, of the same file. Raises as `record_copy` does."""
    item, file = _item_to_copy(actor, new.row.source_id, new.row.agency_id)
    if (file.sha256, item.case_id, item.office_id) != (original, new.row.case_id, new.row.office_id):
        raise CopyChanged
    way = Way.BESIDE if marked is None else Way.MARKED
    copy_id = keep_copy(new, way, original=original, copy=marked or original)
    append(actor, item, Line(Kind.COPIED, reason=reason, reason_code=why, copy_id=copy_id))
    noted(item, Verb.FILE_EXPORTED, {"reason": why})
    return copy_id


@command
def record_export(
    *, actor: Actor, item_ids: Sequence[UUID], why: ExportReason, reason: str, agency_id: UUID | None = None
) -> UUID:
    """Record that the actor takes an export of items of one case for a court out, before she does.

    The hash of its manifest goes into the ledger, for each item. Returns the copy: by it the export is made.
    **Needs** evidence:file:view. **Ledger** copy.issued, item.exported. Raises NothingToSee, NotOfOneCase,
    NobodyToGetIt, WaitsForHer.
    """
    # In one order, so that two who export the same items never wait for each other.
    items = [queries.exportable(actor, item_id) for item_id in sorted(set(item_ids))]
    if len({item.case_id for item in items}) != 1:
        raise NotOfOneCase(field="items")
    for item in items:
        _refuse_outside(item, agency_id)
    first = items[0]
    source = Source(CopyOf.COURT, first.id, tuple(item.code for item in items), first.case_id, first.office_id)
    new = number_copy(actor, source, agency_id=agency_id)
    copy_id = keep_copy(new, Way.BESIDE)
    for item in items:
        append(actor, item, Line(Kind.COPIED, reason=reason, reason_code=why, copy_id=copy_id))
    # Whoever else writes into these chains waits now: the ledger's entries follow on the very lines that go out.
    papers = queries.court_papers(actor, new.row)
    writing.update(new.row, details={"copy": papers.sha256, "language": new.language})
    for item in items:
        noted(item, Verb.ITEM_EXPORTED, {"reason": why, "manifest": papers.sha256})
    return copy_id


def copy_again(*, actor: Actor, copy_id: UUID) -> UUID:
    """Record once more a copy that the actor did not fetch in time: of the same, for the same, with a new number.

    **Needs** evidence:file:view. **Ledger** as the first. Raises NotFound and what the first may raise.
    """
    row = queries.own_copy(actor, copy_id)
    events = list(CustodyEvent.objects.filter(copy_id=row.id).order_by("item_id"))
    # Before words are opened: she may have left the case since.
    items = [item_for(actor, VIEW, event.item_id).id for event in events]
    why = ExportReason(events[0].reason_code)
    reason = sealing.open_row(events[0], "reason").text("reason")
    if row.of == CopyOf.COURT:
        return record_export(actor=actor, item_ids=items, why=why, reason=reason, agency_id=row.agency_id)
    return record_copy(actor=actor, item_id=items[0], why=why, reason=reason, agency_id=row.agency_id)


def _refuse_outside(item: EvidenceItem, agency_id: UUID | None) -> None:
    """What is kept until she decides goes to nobody outside."""
    if agency_id is not None:
        refuse_while_she_decides(item)


@command
def ask_isolation(*, actor: Actor, item_id: UUID, reason: str) -> UUID:
    """Ask that a file that should never have been sent is isolated. **Needs** evidence:item:register.

    From now on nobody is shown it; a second colleague confirms. **Ledger** custody.recorded. Raises AlreadyAsked.
    """
    item = item_for(actor, REGISTER, item_id)
    recorded(actor, item, Line(Kind.ISOLATION_ASKED, reason=reason))
    return item.id


@command
def confirm_isolation(*, actor: Actor, item_id: UUID, authority: Authority, reason: str) -> UUID:
    """Confirm as the second person that a file is isolated; nothing shows it again.

    `authority` is who it is handed to. **Needs** evidence:item:register. **Ledger** item.isolated.
    Raises NotAsked, SamePerson.
    """
    item = item_for(actor, REGISTER, item_id)
    append(actor, item, Line(Kind.ISOLATED, reason=reason))
    writing.update(item, authority=authority, may_show_abuse=True)
    noted(item, Verb.ITEM_ISOLATED, {"authority": authority})
    return item.id
