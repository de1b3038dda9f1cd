"""What is signed for a head, and checking many such signatures with all processors.

Nothing here knows Django, since processes of their own import it.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeAlias

from amparo.ledger.notes import Checkpoint
from amparo.vault import signing

# The name of the log, under which it also signs, so it holds no space.
ORIGIN = "amparo-ledger"

Head: TypeAlias = tuple[int, bytes, bytes]

_BATCH = 2_000
# Fewer heads than this are checked before another process would have started.
_WORTH_PROCESSES = 20_000


def head_message(size: int, root: bytes) -> bytes:
    """What is signed for a head."""
    return Checkpoint(ORIGIN, size, root).body().encode()


def wrong_ones(public: bytes, heads: Sequence[Head]) -> list[int]:
    """Sizes of the heads that the holder of `public` did not sign."""
    return [
        size for size, root, signature in heads if not signing.is_signed(public, head_message(size, root), signature)
    ]


class Signatures:
    """Takes heads in any number and tells in the end which were not signed with this key."""

    def __init__(self, public: bytes, *, expected: int = 0) -> None:
        """`expected` is how many heads will come, about."""
        self._public = public
        self._waiting: list[Head] = []
        self._wrong: list[int] = []
        self._running: deque[Future[list[int]]] = deque()
        self._pool = _pool() if expected >= _WORTH_PROCESSES else None

    def holds(self, size: int, root: bytes, signature: bytes) -> bool:
        """Whether one head is signed, asked now."""
        return not wrong_ones(self._public, [(size, root, signature)])

    def queue(self, size: int, root: bytes, signature: bytes) -> None:
        self._waiting.append((size, root, signature))
        if len(self._waiting) >= _BATCH:
            self._send()

    def _send(self) -> None:
        heads, self._waiting = self._waiting, []
        if self._pool is None:
            self._wrong += wrong_ones(self._public, heads)
            return
        self._running.append(self._pool.submit(wrong_ones, self._public, heads))
        while len(self._running) > 16:
            self._wrong += self._running.popleft().result()

    def wrong(self) -> list[int]:
        """Sizes of all queued heads that were not signed with this key, in order."""
        self._send()
        while self._running:
            self._wrong += self._running.popleft().result()
        if self._pool is not None:
            self._pool.shutdown()
        return sorted(self._wrong)


def _pool() -> ProcessPoolExecutor:
    # Forking would take over an open database; a fresh process imports only what it needs.
    return ProcessPoolExecutor(os.cpu_count() or 1, mp_context=multiprocessing.get_context("spawn"))
