"""The ledger's Merkle tree: hashing, growing, proving and checking, over SHA-256.

The rules are those of RFC 6962 section 2.1; the two checks are the iterative algorithms of RFC 9162
sections 2.1.3.2 and 2.1.4.2, so that they share no code with the generators that they judge. Interior
hashes are kept as the 256-wide tiles of C2SP tlog-tiles. Nothing here reads a file, a clock or a database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol, TypeAlias

Hash: TypeAlias = bytes

HASH_SIZE = 32
TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
EMPTY_ROOT: Hash = sha256(b"").digest()

_LEAF = b"\x00"
_NODE = b"\x01"

Span: TypeAlias = tuple[int, int]


class ProofInvalid(ValueError):
    """A proof does not show what it is said to show."""


class HashReader(Protocol):
    """Answers for the roots of complete subtrees of height 8 x level; level 0 holds the leaf hashes.

    One call never crosses a tile. A reader that would have to hash a whole tile to answer for the level
    above is too slow at a million leaves: keep `subtree_root` of each complete tile beside the tile.
    """

    def hashes(self, level: int, start: int, stop: int) -> Sequence[Hash]:
        """Return the hashes with index start..stop-1 at this level, in order."""


def leaf_hash(data: bytes) -> Hash:
    return sha256(_LEAF + data).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    return sha256(_NODE + left + right).digest()


def _parents(row: Sequence[Hash]) -> list[Hash]:
    # The hash is written out instead of calling node_hash: the call costs a fifth of a bulk append.
    return [sha256(_NODE + left + right).digest() for left, right in zip(row[::2], row[1::2], strict=True)]


def subtree_root(hashes: Sequence[Hash]) -> Hash:
    """Return the root over a power of two of hashes, such as those of one complete tile.

    Raises: ValueError when the count is not a power of two.
    """
    if len(hashes).bit_count() != 1:
        raise ValueError("a complete subtree holds a power of two of hashes")
    row = hashes
    while len(row) > 1:
        row = _parents(row)
    return row[0]


@dataclass(frozen=True, slots=True)
class Frontier:
    """The roots of the complete subtrees that the first `size` leaves split into, largest first.

    It is all that appending and computing the root need, at most 64 hashes.
    """

    size: int
    peaks: tuple[Hash, ...]

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError("a tree has no negative size")
        if len(self.peaks) != self.size.bit_count():
            raise ValueError(f"a tree of {self.size} leaves has {self.size.bit_count()} peaks")
        _require_hashes(self.peaks)

    @classmethod
    def empty(cls) -> Frontier:
        return cls(0, ())

    def append(self, leaf: Hash) -> Frontier:
        return self.extend((leaf,))

    def extend(self, leaves: Sequence[Hash]) -> Frontier:
        """Return the frontier after these leaf hashes.

        Cost: one hash for each leaf, amortised, and one pass over the leaves for each level.
        """
        _require_hashes(leaves)
        higher = list(self.peaks)
        lower: list[Hash] = []
        row = list(leaves)
        height = 0
        while row:
            if self.size >> height & 1:
                row.insert(0, higher.pop())
            if len(row) & 1:
                lower.append(row.pop())
            row = _parents(row)
            height += 1
        return Frontier(self.size + len(leaves), (*higher, *reversed(lower)))

    def root(self) -> Hash:
        return _joined(self.peaks)

    def to_bytes(self) -> bytes:
        return b"".join(self.peaks)

    @classmethod
    def from_bytes(cls, size: int, data: bytes) -> Frontier:
        """Read back what `to_bytes` wrote.

        Raises: ValueError when the data does not hold the number of hashes that the size asks for.
        """
        if size < 0 or len(data) != HASH_SIZE * size.bit_count():
            raise ValueError("the stored peaks do not fit the tree size")
        return cls(size, tuple(data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE)))


def completed_tiles(old_size: int, new_size: int) -> Iterator[tuple[int, int]]:
    """Name the (level, index) of each tile that growing from the old to the new size completes.

    Lower levels come first, so that a writer can build each tile from tiles that it has already written.

    Raises: ValueError when the tree would shrink.
    """
    if not 0 <= old_size <= new_size:
        raise ValueError("a ledger only grows")
    level, width = 0, TILE_WIDTH
    while width <= new_size:
        for index in range(old_size // width, new_size // width):
            yield level, index
        level, width = level + 1, width * TILE_WIDTH


def inclusion_proof(reader: HashReader, index: int, size: int) -> list[Hash]:
    """Return the audit path of leaf `index` in the tree of the first `size` leaves, leaf's sibling first.

    Raises: ValueError when the tree has no such leaf, or when the reader answers with a wrong count.
    Cost: reads at most two tiles for each level; about 250 hashes for each tile read.
    Source: RFC 6962 section 2.1.1.
    """
    return inclusion_proofs(reader, [index], size)[0]


def inclusion_proofs(reader: HashReader, indices: Iterable[int], size: int) -> list[list[Hash]]:
    """Return the audit paths of several leaves in one tree, as `inclusion_proof` does of one.

    Cost: reads each tile that the paths touch once, whichever of them share it.
    """
    tiles = _Tiles(reader, size)
    return [_path(tiles, index, size) for index in indices]


def _path(tiles: _Tiles, index: int, size: int) -> list[Hash]:
    if not 0 <= index < size:
        raise ValueError("the tree has no leaf with this index")
    return [tiles.root(span) for span in _inclusion_spans(index, size)]


def consistency_proof(reader: HashReader, old_size: int, new_size: int) -> list[Hash]:
    """Return the proof that the tree of `old_size` leaves is a prefix of the tree of `new_size` leaves.

    It is empty when the old tree is empty or the sizes are equal.

    Raises: ValueError when the sizes are out of order, or when the reader answers with a wrong count.
    Cost: as for `inclusion_proof`.
    Source: RFC 6962 section 2.1.2.
    """
    if not 0 <= old_size <= new_size:
        raise ValueError("the old tree cannot be larger than the new one")
    if old_size in (0, new_size):
        return []
    tiles = _Tiles(reader, new_size)
    return [tiles.root(span) for span in _consistency_spans(old_size, new_size)]


def verify_inclusion(leaf: Hash, index: int, size: int, proof: Sequence[Hash], root: Hash) -> None:
    """Return only when the proof leads from the leaf hash at `index` to the root of `size` leaves.

    The size and the root must come from one checkpoint: a proof alone does not fix the size.

    Raises: ProofInvalid.
    Source: RFC 9162 section 2.1.3.2.
    """
    _check_lengths((leaf, root, *proof))
    if not 0 <= index < size:
        raise ProofInvalid("the index lies outside the tree")
    found = leaf
    for sibling, left in zip(proof, _sides(index, size - 1, len(proof)), strict=True):
        found = node_hash(sibling, found) if left else node_hash(found, sibling)
    if found != root:
        raise ProofInvalid("the proof leads to another root")


def verify_consistency(old_size: int, new_size: int, old_root: Hash, new_root: Hash, proof: Sequence[Hash]) -> None:
    """Return only when the proof shows that the new tree begins with every leaf of the old one.

    Raises: ProofInvalid.
    Source: RFC 9162 section 2.1.4.2.
    """
    _check_lengths((old_root, new_root, *proof))
    if not 0 <= old_size <= new_size:
        raise ProofInvalid("the old tree is larger than the new one")
    if old_size in (0, new_size):
        _verify_trivial_consistency(old_size, new_size, old_root, new_root, proof)
        return
    if not proof:
        raise ProofInvalid("the proof is too short")
    path = list(proof)
    if old_size.bit_count() == 1:
        path.insert(0, old_root)
    position, last = old_size - 1, new_size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    found_old = found_new = path[0]
    for sibling, left in zip(path[1:], _sides(position, last, len(path) - 1), strict=True):
        if left:
            found_old = node_hash(sibling, found_old)
            found_new = node_hash(sibling, found_new)
        else:
            found_new = node_hash(found_new, sibling)
    if found_old != old_root:
        raise ProofInvalid("the proof leads to another old root")
    if found_new != new_root:
        raise ProofInvalid("the proof leads to another new root")


def _verify_trivial_consistency(
    old_size: int, new_size: int, old_root: Hash, new_root: Hash, proof: Sequence[Hash]
) -> None:
    if proof:
        raise ProofInvalid("the proof is too long")
    if old_size == 0 and old_root != EMPTY_ROOT:
        raise ProofInvalid("the old root is not that of an empty tree")
    if old_size == new_size and old_root != new_root:
        raise ProofInvalid("two roots for one size")


def _sides(position: int, last: int, count: int) -> list[bool]:
    """Tell for each of `count` proof hashes whether it stands to the left, climbing from this position in
    a row whose last position is `last`; refuse a count that does not end at the root."""
    sides: list[bool] = []
    for _ in range(count):
        if last == 0:
            raise ProofInvalid("the proof is too long")
        left = bool(position & 1) or position == last
        if left:
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        sides.append(left)
        position, last = position >> 1, last >> 1
    if last:
        raise ProofInvalid("the proof is too short")
    return sides


def _inclusion_spans(index: int, size: int) -> list[Span]:
    start, stop = 0, size
    spans: list[Span] = []
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            spans.append((middle, stop))
            stop = middle
        else:
            spans.append((start, middle))
            start = middle
    return spans[::-1]


def _consistency_spans(old_size: int, new_size: int) -> list[Span]:
    start, stop = 0, new_size
    spans: list[Span] = []
    while stop != old_size:
        middle = start + _split(stop - start)
        if old_size <= middle:
            spans.append((middle, stop))
            stop = middle
        else:
            spans.append((start, middle))
            start = middle
    if start:
        # The verifier already holds the old root, so a leading subtree equal to the old tree is left out.
        spans.append((start, stop))
    return spans[::-1]


def _split(count: int) -> int:
    return 1 << (count - 1).bit_length() - 1


def _joined(peaks: Sequence[Hash]) -> Hash:
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


class _Tiles:
    """The tiles that proofs in one tree touch, each read once."""

    __slots__ = ("_reader", "_rows", "_size")

    def __init__(self, reader: HashReader, size: int) -> None:
        self._reader = reader
        self._size = size
        self._rows: dict[tuple[int, int], Sequence[Hash]] = {}

    def root(self, span: Span) -> Hash:
        """Return the tree hash of leaves start..stop-1, a subtree of the whole tree."""
        start, stop = span
        peaks: list[Hash] = []
        while start < stop:
            height = (stop - start).bit_length() - 1
            peaks.append(self._complete(height, start >> height))
            start += 1 << height
        return _joined(peaks)

    def _complete(self, height: int, index: int) -> Hash:
        level, rise = divmod(height, TILE_HEIGHT)
        first = index << rise
        tile, offset = divmod(first, TILE_WIDTH)
        return subtree_root(self._row(level, tile)[offset : offset + (1 << rise)])

    def _row(self, level: int, tile: int) -> Sequence[Hash]:
        row = self._rows.get((level, tile))
        if row is None:
            start = tile * TILE_WIDTH
            stop = min(start + TILE_WIDTH, self._size >> TILE_HEIGHT * level)
            row = self._reader.hashes(level, start, stop)
            if len(row) != stop - start:
                raise ValueError(f"level {level} has {len(row)} of the {stop - start} hashes from {start}")
            self._rows[level, tile] = row
        return row


def _require_hashes(hashes: Sequence[Hash]) -> None:
    if any(len(value) != HASH_SIZE for value in hashes):
        raise ValueError(f"a hash has {HASH_SIZE} bytes")


def _check_lengths(hashes: Sequence[Hash]) -> None:
    if any(len(value) != HASH_SIZE for value in hashes):
        raise ProofInvalid(f"a hash has {HASH_SIZE} bytes")
