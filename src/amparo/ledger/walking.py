"""One pass over the stored ledger: every entry against its own leaf, every signed head against the entries.

Where a head does not fit, the walk goes on from the next head whose signature holds, so that one altered
entry does not make all later ones look altered. What lies between is handed to `diagnosing`.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeAlias

from django.db import connection, transaction

from amparo.kernel import digest
from amparo.ledger import merkle
from amparo.ledger.findings import Finding, Kind, place
from amparo.ledger.models import Entry, Root, Tile
from amparo.ledger.signatures import Signatures
from amparo.ledger.spool import Spool

BATCH = 5_000
Stored: TypeAlias = tuple[int, str, str, str, str | None, str | None, str | None, str, bytes, bytes]
Body: TypeAlias = dict[str, object]


@contextmanager
def one_moment() -> Iterator[None]:
    """See the database as of one moment, while others go on writing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Django's own transactions are made for writing here and would keep writers waiting.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _refused(_text: str) -> float:
    raise ValueError("no event holds a fraction")


_read_json = json.JSONDecoder(parse_float=_refused, parse_constant=_refused).decode
_write_json = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def read_body(body: str) -> Body | None:
    """The event of a canonical body; nothing for any other text."""
    try:
        said: object = _read_json(body)
        if not isinstance(said, dict):
            return None
        # The quick writer differs from RFC 8785 in rare spellings only; the slow one decides those.
        if _write_json(said) != body and digest.canonical(said) != body.encode():
            return None
    except (ValueError, RecursionError):
        return None
    return said


def _utc_text(at: str) -> str:
    return at[:26].replace("T", " ").removesuffix(".000000")


def _dashless(value: object) -> str | None:
    return value.replace("-", "") if isinstance(value, str) else None


def _columns_on_sqlite(said: Body) -> tuple[object, ...]:
    return (
        said["verb"],
        _utc_text(str(said["at"])),
        _dashless(said["actor"]),
        _dashless(said["office"]),
        _dashless(said["case"]),
        _dashless(said["subject"]),
    )


def _columns_on_postgresql(said: Body) -> tuple[object, ...]:
    return said["verb"], said["at"], said["actor"], said["office"], said["case"], said["subject"]


# The empty text keeps the driver from reading the moment into an object.
_SQLITE = "verb, at || '', actor_id, office_id, case_id, subject_id"
_POSTGRESQL = (
    "verb, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US') || '+00:00', "
    "actor_id::text, office_id::text, case_id::text, subject_id::text"
)


def stored_entries() -> Iterator[Stored]:
    """All entries as they rest, by their index, without the cost of Django's models."""
    columns = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    # Every name in this statement is ours.
    query = f'SELECT "index", {columns}, body, salt, leaf FROM {Entry._meta.db_table} ORDER BY "index"'  # noqa: S608
    with connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while batch := cursor.fetchmany(BATCH):
            yield from batch


@dataclass(slots=True)
class Seen:
    """One entry as the walk saw it. `claim` is where its body says that it stands."""

    at: int
    claim: int
    leaf: bytes


@dataclass(slots=True)
class Doubt:
    """Entries between two heads, which do not lead from one to the other. `signed`: the second one holds."""

    start: int
    stop: int
    signed: bool = True


@dataclass(slots=True)
class Walk:
    """What the pass over the entries brought."""

    entries: int = 0
    heads: int = 0
    size: int = 0
    root: bytes = merkle.EMPTY_ROOT
    marked: dict[int, bytes] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    edited: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


class Peaks:
    """A growing tree's frontier, quick to add to."""

    def __init__(self) -> None:
        self.size = 0
        self.nodes: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        node, size = leaf, self.size
        while size & 1:
            node = sha256(b"\x01" + self.nodes.pop() + node).digest()
            size >>= 1
        self.nodes.append(node)
        self.size += 1

    def root(self) -> bytes:
        if not self.nodes:
            return merkle.EMPTY_ROOT
        node = self.nodes[-1]
        for peak in self.nodes[-2::-1]:
            node = sha256(b"\x01" + peak + node).digest()
        return node

    def restart(self, frontier: merkle.Frontier) -> None:
        self.size, self.nodes = frontier.size, list(frontier.peaks)


def frontier_of(size: int, root: bytes, peaks: bytes) -> merkle.Frontier | None:
    """The stored frontier of a head if it leads to its root."""
    try:
        frontier = merkle.Frontier.from_bytes(size, peaks)
    except ValueError:
        return None
    return frontier if frontier.root() == root else None


class Walker:
    """Goes over heads and entries together, both in order, once."""

    def __init__(
        self,
        signatures: Signatures,
        spool: Spool,
        *,
        marks: Iterable[int] = (),
        progress: Callable[[int], None] = lambda done: None,
    ) -> None:
        """`marks` are sizes at which the root is wanted, `progress` hears how many entries are done."""
        self._walk = Walk()
        self._signatures = signatures
        self._spool = spool
        self._marks = sorted(marks)
        self._progress = progress
        self._expected = _columns_on_postgresql if connection.vendor == "postgresql" else _columns_on_sqlite
        self._peaks = Peaks()
        self._pending: list[Seen] = []
        self._in_order = True
        self._trusted = 0
        self._leaves = LeafTiles()

    def run(self) -> Walk:
        entries = stored_entries()
        waiting = next(entries, None)
        heads = Root.objects.order_by("size").values_list("size", "root", "peaks", "signature")
        self._mark_here()
        for size, root, peaks, signature in heads.iterator(chunk_size=BATCH):
            while waiting is not None and waiting[0] < size:
                self._entry(waiting)
                waiting = next(entries, None)
            self._head(size, bytes(root), bytes(peaks), bytes(signature))
        while waiting is not None:
            self._entry(waiting)
            waiting = next(entries, None)
        return self._ended()

    def _entry(self, row: Stored) -> None:
        index, leaf = row[0], bytes(row[9])
        self._walk.entries += 1
        if self._walk.entries % BATCH == 0:
            self._progress(self._walk.entries)
        claim = self._check_entry(index, row, leaf)
        self._pending.append(Seen(index, claim, leaf))
        if claim != index or index != self._peaks.size:
            self._in_order = False
        self._peaks.add(leaf)
        self._leaves.add(index, leaf)
        if self._marks and self._in_order:
            self._mark_here()

    def _mark_here(self) -> None:
        while self._marks and self._marks[0] <= self._peaks.size:
            if self._marks.pop(0) == self._peaks.size:
                self._walk.marked[self._peaks.size] = self._peaks.root()

    def _check_entry(self, index: int, row: Stored, leaf: bytes) -> int:
        """Hold an entry against itself; returns where its body says that it stands."""
        body = row[7]
        own = sha256(b"\x00" + sha256(bytes(row[8]) + body.encode()).digest()).digest()
        said = read_body(body)
        try:
            if said is None:
                raise ValueError
            claim, rows = said["index"], said["rows"]
            if not isinstance(claim, int) or not isinstance(rows, list):
                raise ValueError
            columns_fit = self._expected(said) == row[1:7]
            self._spool.note(claim, rows)
        except (ValueError, KeyError, TypeError):
            self._edited(index, "its text is not an event in the ledger's form")
            return index
        if own != leaf:
            self._edited(index, "its text does not fit the fingerprint that was kept of it")
        elif not columns_fit:
            self._edited(index, "its look-up columns say something else than its text")
        return claim

    def _edited(self, index: int, why: str) -> None:
        self._walk.edited.add(index)
        self._found(Kind.ENTRY_EDITED, f"Entry {index} was edited: {why}.", index)

    def _found(self, kind: Kind, text: str, entry: int) -> None:
        self._walk.findings.append(Finding(kind, text, entry=entry))

    def _head(self, size: int, root: bytes, peaks: bytes, signature: bytes) -> None:
        self._walk.heads += 1
        self._walk.size, self._walk.root = size, root
        fits = self._in_order and self._peaks.size == size and self._peaks.root() == root
        if fits:
            if peaks != b"".join(self._peaks.nodes):
                text = f"The head of {size} entries was altered: its peaks do not fit."
                self._found(Kind.ROOT_ALTERED, text, size - 1)
            self._signatures.queue(size, root, signature)
            self._trust(size)
            return
        frontier = frontier_of(size, root, peaks)
        if frontier is not None and self._signatures.holds(size, root, signature):
            self._doubt(size)
            self._peaks.restart(frontier)
            self._trust(size)
        else:
            text = f"The head of {size} entries was altered: it fits neither the entries nor its signature."
            self._found(Kind.ROOT_ALTERED, text, size - 1)

    def _trust(self, size: int) -> None:
        self._pending.clear()
        self._in_order = True
        self._trusted = size
        self._mark_here()

    def _doubt(self, stop: int, *, signed: bool = True) -> None:
        self._walk.doubts.append(Doubt(self._trusted, stop, signed))
        self._spool.keep_odd((seen.at, seen.claim, seen.leaf) for seen in self._pending)

    def _ended(self) -> Walk:
        walk = self._walk
        if self._pending:
            # A head that does not hold may name any size at all.
            self._doubt(max(self._trusted, min(walk.size, self._pending[-1].at + 1)), signed=False)
        walk.findings += tile_findings(self._leaves, joined(walk.doubts), self._trusted)
        return walk


def joined(doubts: Sequence[Doubt]) -> list[tuple[int, int]]:
    """Where entries are in doubt, as few spans as possible, in order."""
    spans: list[tuple[int, int]] = []
    for doubt in doubts:
        if spans and spans[-1][1] == doubt.start:
            spans[-1] = (spans[-1][0], doubt.stop)
        else:
            spans.append((doubt.start, doubt.stop))
    return spans


def _touches(spans: Sequence[tuple[int, int]], start: int, stop: int) -> bool:
    """Whether any of the spans, which are in order, reaches into start..stop-1."""
    at = bisect_right(spans, start, key=lambda span: span[1])
    return at < len(spans) and spans[at][0] < stop


class LeafTiles:
    """Fingerprints of the complete tiles that the stored leaves make."""

    def __init__(self) -> None:
        self._number = 0
        self._leaves: list[bytes] = []
        self._made: dict[int, bytes] = {}

    def add(self, index: int, leaf: bytes) -> None:
        number = index // merkle.TILE_WIDTH
        if number != self._number:
            self._number, self._leaves = number, []
        self._leaves.append(leaf)
        if len(self._leaves) == merkle.TILE_WIDTH:
            self._made[number] = sha256(b"".join(self._leaves)).digest()

    def fit(self, number: int, hashes: bytes) -> bool:
        return self._made.get(number) == sha256(hashes).digest()


def tile_findings(leaves: LeafTiles, doubts: Sequence[tuple[int, int]], size: int) -> Iterator[Finding]:
    """What is wrong with tiles; those over entries that are in doubt themselves are passed over."""
    level, width = 0, merkle.TILE_WIDTH
    while size >= width:
        for number in _wrong_tiles(level, size // width, leaves):
            start, stop = number * width, (number + 1) * width
            if not _touches(doubts, start, stop):
                text = f"The kept hashes (level {level}) of {place(start, stop)} were altered or removed."
                yield Finding(Kind.TILE_ALTERED, text, entry=start)
        level, width = level + 1, width * merkle.TILE_WIDTH


def _wrong_tiles(level: int, count: int, leaves: LeafTiles) -> Iterator[int]:
    rows = Tile.objects.filter(level=level, number__lt=count).order_by("number")
    expected = 0
    for number, stored, root in rows.values_list("number", "hashes", "root").iterator(chunk_size=256):
        yield from range(expected, number)
        expected = number + 1
        hashes = bytes(stored)
        fits = leaves.fit(number, hashes) if level == 0 else _fits_below(level, number, hashes)
        if not fits or not _is_root(bytes(root), hashes):
            yield number
    yield from range(expected, count)


def _fits_below(level: int, number: int, hashes: bytes) -> bool:
    start, stop = number * merkle.TILE_WIDTH, (number + 1) * merkle.TILE_WIDTH
    below = Tile.objects.filter(level=level - 1, number__gte=start, number__lt=stop).order_by("number")
    return b"".join(bytes(root) for root in below.values_list("root", flat=True)) == hashes


def _is_root(root: bytes, hashes: bytes) -> bool:
    if len(hashes) != merkle.TILE_WIDTH * merkle.HASH_SIZE:
        return False
    parts = [hashes[at : at + merkle.HASH_SIZE] for at in range(0, len(hashes), merkle.HASH_SIZE)]
    return merkle.subtree_root(parts) == root
