from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from amparo.ledger.merkle import (
    EMPTY_ROOT,
    TILE_WIDTH,
    Frontier,
    Hash,
    ProofInvalid,
    completed_tiles,
    consistency_proof,
    inclusion_proof,
    inclusion_proofs,
    leaf_hash,
    node_hash,
    subtree_root,
    verify_consistency,
    verify_inclusion,
)

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "ledger_tree.json").read_text(encoding="utf-8")
)
VECTOR_LEAVES = [leaf_hash(bytes.fromhex(data)) for data in VECTORS["leaves"]]
LARGEST = 600
BIG = 70_000
SIZES = st.integers(min_value=0, max_value=LARGEST)


def unhex(values: Sequence[str]) -> list[Hash]:
    return [bytes.fromhex(value) for value in values]


def number_leaves(count: int) -> list[Hash]:
    return [leaf_hash(number.to_bytes(4, "big")) for number in range(count)]


LEAVES = number_leaves(LARGEST)


@cache
def naive_root(start: int, stop: int) -> Hash:
    """MTH of RFC 6962 section 2.1, written out recursively over LEAVES."""
    count = stop - start
    if count == 0:
        return sha256(b"").digest()
    if count == 1:
        return LEAVES[start]
    split = 1
    while split * 2 < count:
        split *= 2
    left, right = naive_root(start, start + split), naive_root(start + split, stop)
    return sha256(b"\x01" + left + right).digest()


class TileStore:
    """Keeps complete tiles as bytes, their roots, and the leaf hashes after them; counts what is read."""

    def __init__(self) -> None:
        self.frontier = Frontier.empty()
        self.tiles: dict[tuple[int, int], bytes] = {}
        self.roots: dict[tuple[int, int], Hash] = {}
        self.tail: list[Hash] = []
        self.reads: list[tuple[int, int, int]] = []

    def grow(self, leaves: Sequence[Hash]) -> None:
        grown = self.frontier.extend(leaves)
        self.tail.extend(leaves)
        for level, index in completed_tiles(self.frontier.size, grown.size):
            if level == 0:
                row, self.tail = self.tail[:TILE_WIDTH], self.tail[TILE_WIDTH:]
            else:
                first = index * TILE_WIDTH
                row = [self.roots[level - 1, child] for child in range(first, first + TILE_WIDTH)]
            self.tiles[level, index] = b"".join(row)
            self.roots[level, index] = subtree_root(row)
        self.frontier = grown

    def hashes(self, level: int, start: int, stop: int) -> Sequence[Hash]:
        self.reads.append((level, start, stop))
        tile = start // TILE_WIDTH
        assert (stop - 1) // TILE_WIDTH == tile, "one call never crosses a tile"
        data = self.tiles.get((level, tile))
        if data is not None:
            first = tile * TILE_WIDTH
            return [data[32 * (at - first) : 32 * (at - first + 1)] for at in range(start, stop)]
        if level:
            return [self.roots[level - 1, child] for child in range(start, stop)]
        held = self.frontier.size - len(self.tail)
        return self.tail[start - held : stop - held]


def store_of(leaves: Sequence[Hash]) -> TileStore:
    store = TileStore()
    store.grow(leaves)
    return store


STORE = store_of(LEAVES)


@pytest.fixture(scope="module")
def big_store() -> TileStore:
    return store_of(number_leaves(BIG))


def flipped(value: bytes, bit: int) -> bytes:
    changed = bytearray(value)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def with_flipped(values: Sequence[bytes], at: int, bit: int) -> list[bytes]:
    return [flipped(value, bit) if position == at else value for position, value in enumerate(values)]


def test_the_hashes_are_those_of_rfc_6962() -> None:
    assert EMPTY_ROOT.hex() == VECTORS["empty_root"]
    assert Frontier.empty().root() == EMPTY_ROOT
    assert leaf_hash(b"L123456").hex() == VECTORS["hashes"]["leaf_of_L123456"]
    assert node_hash(b"N123", b"N456").hex() == VECTORS["hashes"]["node_of_N123_and_N456"]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_published_roots_come_out(size: int) -> None:
    assert Frontier.empty().extend(VECTOR_LEAVES[:size]).root().hex() == VECTORS["roots"][size - 1]


@pytest.mark.parametrize("size", sorted(int(size) for size in VECTORS["large_roots"]))
def test_the_published_roots_of_larger_trees_come_out(size: int) -> None:
    leaves = [leaf_hash(bytes((number & 0xFF, number >> 8 & 0xFF))) for number in range(size)]
    assert Frontier.empty().extend(leaves).root() == b64decode(VECTORS["large_roots"][str(size)])


@pytest.mark.parametrize("vector", VECTORS["inclusion"])
def test_the_published_inclusion_proofs_come_out_and_verify(vector: dict[str, Any]) -> None:
    index, size, proof = vector["index"], vector["size"], unhex(vector["proof"])
    root = bytes.fromhex(VECTORS["roots"][size - 1])
    assert inclusion_proof(store_of(VECTOR_LEAVES), index, size) == proof
    verify_inclusion(VECTOR_LEAVES[index], index, size, proof, root)


@pytest.mark.parametrize("vector", VECTORS["consistency"])
def test_the_published_consistency_proofs_come_out_and_verify(vector: dict[str, Any]) -> None:
    old_size, new_size, proof = vector["old_size"], vector["new_size"], unhex(vector["proof"])
    old_root, new_root = (bytes.fromhex(VECTORS["roots"][size - 1]) for size in (old_size, new_size))
    assert consistency_proof(store_of(VECTOR_LEAVES), old_size, new_size) == proof
    verify_consistency(old_size, new_size, old_root, new_root, proof)


def test_the_root_equals_the_recursive_definition_at_every_size() -> None:
    frontier = Frontier.empty()
    for size, leaf in enumerate(LEAVES):
        assert frontier.size == size
        assert frontier.root() == naive_root(0, size)
        frontier = frontier.append(leaf)
    assert frontier.root() == naive_root(0, LARGEST)


@given(st.lists(SIZES, max_size=6))
def test_extending_in_any_portions_equals_appending_one_by_one(cuts: list[int]) -> None:
    size = max(cuts, default=0)
    extended = Frontier.empty()
    for start, stop in zip([0, *sorted(cuts)], sorted(cuts), strict=False):
        extended = extended.extend(LEAVES[start:stop])
    appended = Frontier.empty()
    for leaf in LEAVES[:size]:
        appended = appended.append(leaf)
    assert extended == appended


@given(SIZES)
def test_a_frontier_survives_storage(size: int) -> None:
    frontier = Frontier.empty().extend(LEAVES[:size])
    assert Frontier.from_bytes(size, frontier.to_bytes()) == frontier


@given(SIZES, SIZES)
def test_stored_peaks_of_another_number_are_refused(size: int, other: int) -> None:
    data = Frontier.empty().extend(LEAVES[:size]).to_bytes()
    if size.bit_count() == other.bit_count():
        other = size + 1 if size % 2 == 0 else size - 1
    with pytest.raises(ValueError, match="do not fit"):
        Frontier.from_bytes(other, data)


def test_a_frontier_with_cut_peaks_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Frontier.from_bytes(1, LEAVES[0][:-1])
    with pytest.raises(ValueError, match="do not fit"):
        Frontier.from_bytes(-1, LEAVES[0])
    with pytest.raises(ValueError, match="peaks"):
        Frontier(3, (LEAVES[0],))
    with pytest.raises(ValueError, match="negative"):
        Frontier(-1, (LEAVES[0],))
    with pytest.raises(ValueError, match="32 bytes"):
        Frontier(1, (b"short",))
    with pytest.raises(ValueError, match="32 bytes"):
        Frontier.empty().append(b"short")


@given(SIZES, SIZES)
def test_every_tile_is_named_once_when_it_becomes_complete(first: int, second: int) -> None:
    scale = 300
    old_size, new_size = sorted((first * scale, second * scale))

    def complete(size: int) -> set[tuple[int, int]]:
        return {(level, index) for level in range(4) for index in range(size // TILE_WIDTH ** (level + 1))}

    named = list(completed_tiles(old_size, new_size))
    assert len(named) == len(set(named))
    assert set(named) == complete(new_size) - complete(old_size)
    assert named == sorted(named), "lower levels come first"


def test_a_shrinking_tree_names_no_tiles() -> None:
    with pytest.raises(ValueError, match="only grows"):
        list(completed_tiles(2, 1))


@pytest.mark.parametrize("count", [0, 3, 255])
def test_a_subtree_with_gaps_has_no_root(count: int) -> None:
    with pytest.raises(ValueError, match="power of two"):
        subtree_root(LEAVES[:count])


@pytest.mark.parametrize("size", [*range(1, 40), 255, 256, 257, 511, 512, 513, LARGEST])
def test_every_inclusion_proof_of_a_tree_verifies(size: int) -> None:
    root = naive_root(0, size)
    for index in range(size):
        verify_inclusion(LEAVES[index], index, size, inclusion_proof(STORE, index, size), root)


@pytest.mark.parametrize("new_size", [*range(40), 255, 256, 257, 512, LARGEST])
def test_every_consistency_proof_of_a_tree_verifies(new_size: int) -> None:
    new_root = naive_root(0, new_size)
    for old_size in range(new_size + 1):
        proof = consistency_proof(STORE, old_size, new_size)
        verify_consistency(old_size, new_size, naive_root(0, old_size), new_root, proof)


@st.composite
def inclusion_claims(draw: st.DrawFn) -> tuple[int, int]:
    size = draw(st.integers(min_value=1, max_value=LARGEST))
    return draw(st.integers(min_value=0, max_value=size - 1)), size


@st.composite
def consistency_claims(draw: st.DrawFn) -> tuple[int, int]:
    new_size = draw(st.integers(min_value=2, max_value=LARGEST))
    return draw(st.integers(min_value=1, max_value=new_size - 1)), new_size


@given(inclusion_claims(), st.data())
def test_an_inclusion_claim_with_one_changed_bit_is_refused(claim: tuple[int, int], data: st.DataObject) -> None:
    index, size = claim
    proof, root = inclusion_proof(STORE, index, size), naive_root(0, size)
    bit = data.draw(st.integers(min_value=0, max_value=255))
    with pytest.raises(ProofInvalid):
        verify_inclusion(flipped(LEAVES[index], bit), index, size, proof, root)
    with pytest.raises(ProofInvalid):
        verify_inclusion(LEAVES[index], index, size, proof, flipped(root, bit))
    for at in range(len(proof)):
        with pytest.raises(ProofInvalid):
            verify_inclusion(LEAVES[index], index, size, with_flipped(proof, at, bit), root)


@given(inclusion_claims(), st.integers(min_value=-1, max_value=LARGEST + 1))
def test_an_inclusion_proof_is_refused_at_another_index(claim: tuple[int, int], other: int) -> None:
    index, size = claim
    other = -1 if other == index else other
    proof = inclusion_proof(STORE, index, size)
    with pytest.raises(ProofInvalid):
        verify_inclusion(LEAVES[index], other, size, proof, naive_root(0, size))


@given(inclusion_claims(), st.integers(min_value=0, max_value=LARGEST))
def test_an_inclusion_proof_is_refused_against_the_tree_of_another_size(claim: tuple[int, int], other: int) -> None:
    index, size = claim
    other = size - 1 if other == size else other
    proof = inclusion_proof(STORE, index, size)
    with pytest.raises(ProofInvalid):
        verify_inclusion(LEAVES[index], index, other, proof, naive_root(0, other))


@given(inclusion_claims(), st.data())
def test_an_inclusion_proof_with_a_hash_more_or_less_is_refused(claim: tuple[int, int], data: st.DataObject) -> None:
    index, size = claim
    proof, root = inclusion_proof(STORE, index, size), naive_root(0, size)
    at = data.draw(st.integers(min_value=0, max_value=len(proof)))
    with pytest.raises(ProofInvalid):
        verify_inclusion(LEAVES[index], index, size, [*proof[:at], root, *proof[at:]], root)
    if at < len(proof):
        with pytest.raises(ProofInvalid):
            verify_inclusion(LEAVES[index], index, size, [*proof[:at], *proof[at + 1 :]], root)


@given(consistency_claims(), st.data())
def test_a_consistency_claim_with_one_changed_bit_is_refused(claim: tuple[int, int], data: st.DataObject) -> None:
    old_size, new_size = claim
    proof = consistency_proof(STORE, old_size, new_size)
    old_root, new_root = naive_root(0, old_size), naive_root(0, new_size)
    bit = data.draw(st.integers(min_value=0, max_value=255))
    with pytest.raises(ProofInvalid):
        verify_consistency(old_size, new_size, flipped(old_root, bit), new_root, proof)
    with pytest.raises(ProofInvalid):
        verify_consistency(old_size, new_size, old_root, flipped(new_root, bit), proof)
    for at in range(len(proof)):
        with pytest.raises(ProofInvalid):
            verify_consistency(old_size, new_size, old_root, new_root, with_flipped(proof, at, bit))


@given(consistency_claims(), SIZES)
@example((2, 4), 0)
@example((6, 8), 8)
def test_a_consistency_proof_is_refused_for_other_sizes(claim: tuple[int, int], other: int) -> None:
    old_size, new_size = claim
    proof = consistency_proof(STORE, old_size, new_size)
    old_root, new_root = naive_root(0, old_size), naive_root(0, new_size)
    if other != old_size:
        with pytest.raises(ProofInvalid):
            verify_consistency(other, new_size, naive_root(0, other), new_root, proof)
    if other != new_size:
        with pytest.raises(ProofInvalid):
            verify_consistency(old_size, other, old_root, naive_root(0, other), proof)


@given(consistency_claims(), st.data())
def test_a_consistency_proof_with_a_hash_more_or_less_is_refused(claim: tuple[int, int], data: st.DataObject) -> None:
    old_size, new_size = claim
    proof = consistency_proof(STORE, old_size, new_size)
    old_root, new_root = naive_root(0, old_size), naive_root(0, new_size)
    at = data.draw(st.integers(min_value=0, max_value=len(proof)))
    with pytest.raises(ProofInvalid):
        verify_consistency(old_size, new_size, old_root, new_root, [*proof[:at], new_root, *proof[at:]])
    if at < len(proof):
        with pytest.raises(ProofInvalid):
            verify_consistency(old_size, new_size, old_root, new_root, [*proof[:at], *proof[at + 1 :]])


def test_an_interior_hash_cannot_stand_for_a_leaf_of_a_smaller_tree() -> None:
    with pytest.raises(ProofInvalid, match="too long"):
        verify_inclusion(LEAVES[1], 0, 1, [LEAVES[0]], naive_root(0, 2))


def test_a_root_cannot_stand_for_its_own_first_leaf() -> None:
    with pytest.raises(ProofInvalid, match="too short"):
        verify_inclusion(naive_root(0, 2), 0, 2, [], naive_root(0, 2))


@pytest.mark.parametrize("old_size", [1, 2, 3, 4])
def test_trees_of_different_sizes_are_not_consistent_without_a_proof(old_size: int) -> None:
    root = naive_root(0, 5)
    with pytest.raises(ProofInvalid, match="too short"):
        verify_consistency(old_size, 5, root, root, [])


def test_a_rewritten_leaf_breaks_consistency_with_the_old_root() -> None:
    forged = store_of([*LEAVES[:99], leaf_hash(b"forged"), *LEAVES[100:]])
    proof = consistency_proof(forged, 300, LARGEST)
    with pytest.raises(ProofInvalid, match="old root"):
        verify_consistency(300, LARGEST, naive_root(0, 300), forged.frontier.root(), proof)


def test_an_empty_tree_is_a_prefix_of_every_tree_but_only_with_its_own_root() -> None:
    verify_consistency(0, 5, EMPTY_ROOT, naive_root(0, 5), [])
    with pytest.raises(ProofInvalid, match="empty tree"):
        verify_consistency(0, 5, naive_root(0, 1), naive_root(0, 5), [])


def test_two_roots_for_one_size_are_refused() -> None:
    with pytest.raises(ProofInvalid, match="two roots"):
        verify_consistency(5, 5, naive_root(0, 5), naive_root(0, 6), [])


def test_a_tree_that_shrank_is_refused() -> None:
    with pytest.raises(ProofInvalid, match="larger"):
        verify_consistency(6, 5, naive_root(0, 6), naive_root(0, 5), [])
    with pytest.raises(ProofInvalid, match="larger"):
        verify_consistency(-1, 5, EMPTY_ROOT, naive_root(0, 5), [])


def test_a_hash_of_another_length_is_refused() -> None:
    with pytest.raises(ProofInvalid, match="32 bytes"):
        verify_inclusion(LEAVES[0], 0, 1, [], b"")
    with pytest.raises(ProofInvalid, match="32 bytes"):
        verify_consistency(1, 2, LEAVES[0], naive_root(0, 2), [LEAVES[1][:-1]])


def test_a_proof_for_a_leaf_outside_the_tree_is_not_made() -> None:
    for index, size in ((0, 0), (5, 5), (-1, 5)):
        with pytest.raises(ValueError, match="no leaf"):
            inclusion_proof(STORE, index, size)
    with pytest.raises(ValueError, match="larger"):
        consistency_proof(STORE, 6, 5)


def test_a_reader_that_lacks_hashes_is_noticed() -> None:
    with pytest.raises(ValueError, match="level 0 has 10 of the 11 hashes"):
        inclusion_proof(store_of(LEAVES[:10]), 0, 11)


@given(SIZES, SIZES, st.integers(min_value=0, max_value=LARGEST - 1))
def test_tiles_that_grew_in_portions_prove_what_the_recursive_definition_says(
    first: int, second: int, index: int
) -> None:
    old_size, new_size = sorted((first, second))
    store = store_of(LEAVES[:old_size])
    store.grow(LEAVES[old_size:new_size])
    assert store.frontier.root() == naive_root(0, new_size)
    verify_consistency(
        old_size,
        new_size,
        naive_root(0, old_size),
        naive_root(0, new_size),
        consistency_proof(store, old_size, new_size),
    )
    if index < new_size:
        proof = inclusion_proof(store, index, new_size)
        verify_inclusion(LEAVES[index], index, new_size, proof, naive_root(0, new_size))


@given(st.integers(min_value=1, max_value=BIG), st.data())
@example(65_536, None)
def test_proofs_across_three_levels_verify_and_read_few_tiles(
    big_store: TileStore, size: int, data: st.DataObject | None
) -> None:
    index = data.draw(st.integers(min_value=0, max_value=size - 1)) if data else size // 2
    leaf = leaf_hash(index.to_bytes(4, "big"))
    proof = inclusion_proof(big_store, index, size)
    root = big_root(big_store, size)
    big_store.reads.clear()
    assert inclusion_proof(big_store, index, size) == proof
    assert len(big_store.reads) == len(set(big_store.reads)) <= 6
    verify_inclusion(leaf, index, size, proof, root)
    big_store.reads.clear()
    path = consistency_proof(big_store, size, BIG)
    assert len(big_store.reads) == len(set(big_store.reads)) <= 6
    verify_consistency(size, BIG, root, big_store.frontier.root(), path)


@given(st.lists(st.integers(min_value=0, max_value=BIG - 1), max_size=30))
def test_proofs_of_many_leaves_are_those_of_each_and_read_no_tile_twice(
    big_store: TileStore, indices: list[int]
) -> None:
    one_by_one = [inclusion_proof(big_store, index, BIG) for index in indices]
    big_store.reads.clear()
    assert inclusion_proofs(big_store, indices, BIG) == one_by_one
    assert len(big_store.reads) == len(set(big_store.reads))


def big_root(store: TileStore, size: int) -> Hash:
    whole, rest = divmod(size, TILE_WIDTH)
    tail = number_leaves_between(whole * TILE_WIDTH, size)
    peaks: list[Hash] = []
    start = 0
    while start < whole:
        width = 1 << (whole - start).bit_length() - 1
        peaks.append(subtree_root([store.roots[0, tile] for tile in range(start, start + width)]))
        start += width
    return Frontier(whole * TILE_WIDTH, tuple(peaks)).extend(tail).root() if rest or peaks else EMPTY_ROOT


def number_leaves_between(start: int, stop: int) -> list[Hash]:
    return [leaf_hash(number.to_bytes(4, "big")) for number in range(start, stop)]
