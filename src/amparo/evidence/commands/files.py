"""Looking at files, copies, and isolation."""

from __future__ import annotations

from uuid import UUID

from amparo.access.actors import Actor
from amparo.evidence import queries
from amparo.evidence.commands.chain import REGISTER, VIEW, Line, append, item_for, noted, recorded
from amparo.evidence.errors import (
    NothingToSee,
)
from amparo.evidence.models import CustodyEvent, EvidenceItem
from amparo.evidence.words import (
    Authority,
    ExportReason,
    Kind,
)
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
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


@command
def record_copy(*, actor: Actor, item_id: UUID, why: ExportReason, reason: str) -> UUID:
    """Record that the actor takes a copy of the file out, before she does. **Needs** evidence:file:view.

    **Ledger** file.exported. Raises NothingToSee.
    """
    item = item_for(actor, VIEW, item_id)
    if queries.file_of(item) is None:
        raise NothingToSee
    append(actor, item, Line(Kind.COPIED, reason=reason, reason_code=why))
    noted(item, Verb.FILE_EXPORTED, {"reason": why})
    return item.id


@command
def record_export(*, actor: Actor, item_id: UUID, why: ExportReason, reason: str) -> UUID:
    """Record that the actor takes an export for a court out, before she does, with the hash of its manifest.

    Returns the line of the chain that says so: by it the export is made. **Needs** evidence:file:view.

    **Ledger** item.exported. Raises NothingToSee.
    """
    item = item_for(actor, VIEW, item_id)
    if queries.file_of(item) is None:
        raise NothingToSee
    step, _chain = append(actor, item, Line(Kind.COPIED, reason=reason, reason_code=why))
    copy_id = CustodyEvent.objects.get(item_id=item.id, seq=step.seq).id
    # Whoever else writes into this chain waits now: the ledger's entry follows on the very lines that go out.
    papers = queries.court_papers(actor, item.id, copy_id)
    noted(item, Verb.ITEM_EXPORTED, {"reason": why, "manifest": papers.sha256})
    return copy_id


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
