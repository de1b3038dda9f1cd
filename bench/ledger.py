"""The ledger: appending against plain durable commits, verifying against bare SHA-256, proofs at a million."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from amparo.access.actors import SYSTEM_ACTOR
from amparo.ledger import checkpoints, merkle, verifying, writing
from amparo.ledger.models import Entry
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.vault import keyring, signing
from amparo.vault.store import FolderStore
from bench.figures import Figure, ms, timed

_COMMITS = 200
_MILLION = 1_000_000


def figures() -> Iterator[Figure]:
    yield _append()
    yield from _verify()
    yield from _proofs()


# ---- appending --------------------------------------------------------------------------------------------------


@command
def _one_act(*, actor: object) -> None:
    writing.note(Verb.NAMES_OPENED, subject=uuid4(), facts={"reason": "call"})


def _append() -> Figure:
    """An act with one entry, its head and its signature, durable; against an INSERT that is committed as durably."""
    ours = timed(lambda: _one_act(actor=SYSTEM_ACTOR), times=_COMMITS)
    beside = Path(str(settings.DATABASES["default"]["NAME"])).parent
    with tempfile.TemporaryDirectory(dir=beside) as folder, _plain(Path(folder)) as plain:
        body = os.urandom(400)
        bare = timed(lambda: plain.execute("INSERT INTO t VALUES (?)", (body,)), times=_COMMITS)
    return Figure(
        "append one entry, durable",
        ms(ours.wall),
        "ms wall",
        f"plain durable commit {ms(bare.wall)} ms, factor {ours.wall / bare.wall:.1f}; {ms(ours.cpu)} ms CPU",
    )


def _plain(folder: Path) -> closing[sqlite3.Connection]:
    plain = sqlite3.connect(folder / "plain.sqlite3", isolation_level=None)
    plain.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t(b BLOB)")
    return closing(plain)


# ---- verifying --------------------------------------------------------------------------------------------------


def _verify() -> Iterator[Figure]:
    key = checkpoints.verifier_key(signing.public_key(keyring.held().signing))
    store = FolderStore(Path(settings.BLOBS))
    found = verifying.verify(key, store)
    if not found.is_intact:
        raise RuntimeError("the ledger that is measured does not verify")
    whole = timed(lambda: verifying.verify(key, store), times=1, warm=0)
    bodies = [row.encode() for row in Entry.objects.values_list("body", flat=True).iterator()]
    bare = timed(lambda: [hashlib.sha256(body).digest() for body in bodies], times=3)
    count = len(bodies)
    yield Figure(
        f"verify {count:,} entries and {found.rows:,} rows",
        round(whole.cpu, 2),
        "s CPU",
        f"bare SHA-256 of all entries {bare.cpu:.3f} s; {whole.cpu / count * 1e6:.0f} us an entry",
    )


# ---- proofs -----------------------------------------------------------------------------------------------------


class _Kept:
    """The subtree roots of a made-up tree, level by level, as complete tiles give them."""

    def __init__(self, leaves: int) -> None:
        width = merkle.TILE_WIDTH
        rows = [[hashlib.sha256(number.to_bytes(8, "big")).digest() for number in range(leaves)]]
        while len(rows[-1]) >= width:
            below = rows[-1]
            rows.append([merkle.subtree_root(below[n * width : (n + 1) * width]) for n in range(len(below) // width)])
        self.rows = rows

    def hashes(self, level: int, start: int, stop: int) -> Sequence[bytes]:
        return self.rows[level][start:stop]


def _proofs() -> Iterator[Figure]:
    """An inclusion proof in a tree of a million entries, made and checked."""
    kept = _Kept(_MILLION)
    root = merkle.Frontier.empty().extend(kept.rows[0]).root()
    index = 765_432
    path = merkle.inclusion_proof(kept, index, _MILLION)
    made = timed(lambda: merkle.inclusion_proof(kept, index, _MILLION), times=50)
    leaf = kept.rows[0][index]
    checked = timed(lambda: merkle.verify_inclusion(leaf, index, _MILLION, path, root), times=50)
    goal = "under 1 ms CPU"
    yield Figure("inclusion proof among 1,000,000, made", ms(made.cpu), "ms CPU", "", goal, made.cpu < 0.001)
    yield Figure("inclusion proof among 1,000,000, checked", ms(checked.cpu), "ms CPU", "", goal, checked.cpu < 0.001)
