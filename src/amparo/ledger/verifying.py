"""Is everything as it was recorded? Answered from the database alone, without any passphrase.

Entries are held against their leaves, leaves against every signed head, kept hashes against leaves, and every
row of casework against the last commitment that an entry made to it. What that can't show is a ledger that
somebody rewrote whole and signed anew, or cut at its end: for this something kept elsewhere is needed, a
checkpoint or the verifier key from the recovery sheet.

Cost: one pass over entries and one over rows, in constant memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

from amparo.kernel.errors import N_
from amparo.ledger import diagnosing, merkle
from amparo.ledger.findings import CannotCheck, Finding, Kind, Report
from amparo.ledger.holding import Files, Rows
from amparo.ledger.models import Root
from amparo.ledger.notes import ED25519, Checkpoint, NoteInvalid, SignedNote, VerifierKey
from amparo.ledger.signatures import ORIGIN, Signatures
from amparo.ledger.spool import Spool
from amparo.ledger.walking import Walk, Walker, one_moment
from amparo.vault import signing
from amparo.vault.store import FolderStore

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Outside:
    """What was kept apart from the database: a verifier key, a checkpoint, or neither."""

    key: VerifierKey | None = None
    checkpoint: SignedNote | None = None


def read_key(text: str) -> VerifierKey:
    """A verifier key in its text form. Raises CannotCheck."""
    try:
        key = VerifierKey.parse(text.strip())
    except NoteInvalid as error:
        raise CannotCheck(reason=N_("the file holds no verifier key")) from error
    if key.algorithm != ED25519 or key.name != ORIGIN:
        raise CannotCheck(reason=N_("the verifier key is not one of a ledger of Amparo"))
    return key


def read_checkpoint(text: str) -> SignedNote:
    """A checkpoint with its signatures. Raises CannotCheck."""
    try:
        note = SignedNote.parse(text)
        Checkpoint.parse(note.text)
    except NoteInvalid as error:
        raise CannotCheck(reason=N_("the file holds no checkpoint")) from error
    return note


def verify(
    own_key: VerifierKey | None,
    store: FolderStore,
    *,
    outside: Outside | None = None,
    read_files: bool = False,
    progress: Progress = lambda what, done: None,
) -> Report:
    """Hold everything that is stored against the ledger, and the ledger against its signatures.

    Args:
        own_key: the verifier key that lies with the database; used where `outside` brings none.
        read_files: also hash every stored file; else only look whether it is there and how large it is.
        progress: hears what is being done, and how far it is.

    Raises: CannotCheck.
    """
    outside = outside or Outside()
    key = outside.key or own_key
    if key is None:
        raise CannotCheck(reason=N_("there is no verifier key; give the one from the recovery sheet with --key"))
    with one_moment(), closing(Spool()) as spool:
        signatures = Signatures(key.public_key, expected=Root.objects.count())
        seen = Checkpoint.parse(outside.checkpoint.text) if outside.checkpoint else None
        walker = Walker(
            signatures,
            spool,
            marks=[seen.size] if seen else [],
            progress=lambda done: progress("entries", done),
        )
        walk = walker.run()
        findings = [*walk.findings, *diagnosing.diagnose(walk, spool), *_unsigned(signatures.wrong(), walk)]
        findings += _compared(outside, key, seen, walk)
        progress("rows", 0)
        rows = Rows(spool)
        findings += rows.findings()
        progress("files", 0)
        files = Files(store, read=read_files)
        findings += files.findings()
    names = [name for name, given in (("key", outside.key), ("checkpoint", outside.checkpoint)) if given]
    return Report(
        entries=walk.entries,
        heads=walk.heads,
        rows=rows.rows,
        files=files.files,
        files_read=read_files,
        root=walk.root,
        key=key.render(),
        outside=tuple(names),
        findings=tuple(findings),
    )


def _unsigned(wrong: list[int], walk: Walk) -> Iterator[Finding]:
    """Heads that fit the entries, not the key: a run up to the end was signed anew, others were altered."""
    if not wrong:
        return
    later = Root.objects.filter(size__gte=wrong[0]).order_by("-size").values_list("size", flat=True)
    unbroken = 0
    for size, stored in zip(reversed(wrong), later.iterator(chunk_size=1_000), strict=False):
        if size != stored:
            break
        unbroken += 1
    for size in wrong[: len(wrong) - unbroken]:
        text = f"The head of {size} entries was altered: its signature does not fit."
        yield Finding(Kind.ROOT_ALTERED, text, entry=size - 1)
    if unbroken:
        first = wrong[-unbroken]
        text = f"Signed with another key: {unbroken} of {walk.heads} heads, from entry {first - 1} on."
        yield Finding(Kind.SIGNED_WITH_ANOTHER_KEY, text, entry=first - 1)


def _compared(outside: Outside, key: VerifierKey, seen: Checkpoint | None, walk: Walk) -> Iterator[Finding]:
    """The checkpoint that was kept elsewhere against the ledger that is here."""
    if outside.checkpoint is None or seen is None:
        return
    if seen.origin != ORIGIN:
        raise CannotCheck(reason=N_("the checkpoint is of another log"))
    line = next((line for line in outside.checkpoint.signatures if line.key_id == key.key_id), None)
    if line is None:
        yield Finding(Kind.SIGNED_WITH_ANOTHER_KEY, "The checkpoint was signed with another key than this one.")
    elif not signing.is_signed(key.public_key, outside.checkpoint.text.encode(), line.blob):
        raise CannotCheck(reason=N_("the checkpoint is damaged: its signature does not fit"))
    if seen.size > walk.size:
        text = f"The end of the ledger was removed: it has {walk.size} entries, and had {seen.size} before."
        yield Finding(Kind.TAIL_REMOVED, text, entry=walk.size)
        return
    here = walk.marked.get(seen.size) or _stored_root(seen.size)
    if here is not None and here != seen.root:
        text = f"The ledger was rewritten: its first {seen.size} entries are not those that the checkpoint saw."
        yield Finding(Kind.FORK, text, entry=seen.size - 1)


def _stored_root(size: int) -> bytes | None:
    if size == 0:
        return merkle.EMPTY_ROOT
    found = Root.objects.filter(size=size).values_list("root", flat=True).first()
    return None if found is None else bytes(found)
