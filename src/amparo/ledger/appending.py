"""Appending events: leaf, tree, signature, in the transaction of the change itself."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from amparo.kernel import clock, digest, ids
from amparo.kernel.digest import JsonValue
from amparo.ledger import merkle
from amparo.ledger.models import Entry, Root, Tile
from amparo.ledger.signatures import ORIGIN as ORIGIN
from amparo.ledger.signatures import head_message
from amparo.ledger.verbs import Verb
from amparo.vault import signing
from amparo.vault.prepared import Prepared

if TYPE_CHECKING:
    from amparo.ledger.records import Record

SALT_BYTES = 32
# Any fixed number will do; all writers of one database must share it.
_ADVISORY_LOCK = 0x616D7061726F


@dataclass(frozen=True, slots=True)
class Event:
    """One act. `touched` are the rows that it changed, `rows` the commitments to them."""

    verb: Verb
    actor_id: UUID
    office_id: UUID | None
    case_id: UUID | None
    subject_id: UUID | None
    at: datetime
    facts: dict[str, JsonValue]
    touched: tuple[tuple[type[Record], UUID], ...] = ()
    rows: tuple[JsonValue, ...] = ()

    def committed(self, rows: Sequence[JsonValue]) -> Event:
        return replace(self, rows=tuple(rows))

    def body(self, index: int) -> bytes:
        """The canonical form (RFC 8785) that the leaf commits to."""
        return digest.canonical(
            {
                "v": 1,
                "index": index,
                "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
                "verb": self.verb.value,
                "actor": str(self.actor_id),
                "office": _text(self.office_id),
                "case": _text(self.case_id),
                "subject": _text(self.subject_id),
                "facts": self.facts,
                "rows": list(self.rows),
            }
        )


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def leaf_of(salt: bytes, body: bytes) -> bytes:
    """The leaf of an event: it can be shown to a witness without telling anything about the event."""
    return merkle.leaf_hash(hashlib.sha256(salt + body).digest())


def last_frontier() -> merkle.Frontier:
    """The tree as of the last commit."""
    last = _LAST_ROOT.rows()
    return merkle.Frontier.from_bytes(last[0][0], bytes(last[0][1])) if last else merkle.Frontier.empty()


_LAST_ROOT = Prepared(lambda: Root.objects.order_by("-size").values_list("size", "peaks")[:1])


def append(events: Sequence[Event]) -> None:
    """Append events as the last act of a transaction, and sign the new root.

    Cost: O(events + log size); one lock, which the commit releases.
    """
    _take_turn()
    before = last_frontier()
    entries = [_entry(event, before.size + offset) for offset, event in enumerate(events)]
    after = before.extend([bytes(entry.leaf) for entry in entries])
    Entry.objects.bulk_create(entries)
    _complete_tiles(before.size, after.size)
    root = after.root()
    Root(
        size=after.size,
        root=root,
        peaks=after.to_bytes(),
        signature=signing.sign(head_message(after.size, root)),
        at=clock.now(),
    ).save(force_insert=True)


def _take_turn() -> None:
    """Wait until no other writer appends. SQLite's immediate transactions already hold that lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])


def _entry(event: Event, index: int) -> Entry:
    salt = ids.entropy(SALT_BYTES)
    body = event.body(index)
    return Entry(
        index=index,
        at=event.at,
        verb=event.verb.value,
        actor_id=event.actor_id,
        office_id=event.office_id,
        case_id=event.case_id,
        subject_id=event.subject_id,
        body=body.decode(),
        salt=salt,
        leaf=leaf_of(salt, body),
    )


class StoredHashes:
    """Reads subtree roots of one height: of complete tiles in one row, of the last tile one by one."""

    def hashes(self, level: int, start: int, stop: int) -> Sequence[bytes]:
        number, offset = divmod(start, merkle.TILE_WIDTH)
        tile = Tile.objects.filter(level=level, number=number).first()
        if tile is not None:
            whole = bytes(tile.hashes)
            return [whole[i * 32 : i * 32 + 32] for i in range(offset, offset + stop - start)]
        if level == 0:
            leaves = Entry.objects.filter(index__gte=start, index__lt=stop).order_by("index")
            return [bytes(leaf) for leaf in leaves.values_list("leaf", flat=True)]
        below = Tile.objects.filter(level=level - 1, number__gte=start, number__lt=stop).order_by("number")
        return [bytes(root) for root in below.values_list("root", flat=True)]


def _complete_tiles(old_size: int, new_size: int) -> None:
    reader = StoredHashes()
    width = merkle.TILE_WIDTH
    for level, number in merkle.completed_tiles(old_size, new_size):
        hashes = reader.hashes(level, number * width, (number + 1) * width)
        row = Tile(level=level, number=number, hashes=b"".join(hashes), root=merkle.subtree_root(hashes))
        row.save(force_insert=True)
