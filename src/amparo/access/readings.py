"""Which guarded parts of which cases a request has opened so far.

Queries say so when they open words; the shell writes it to the ledger before the answer leaves, once for
each sign-in, case and compartment.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from amparo.kernel.words import Compartment

# Dates in court and officials' names are everybody's daily work; recording each look would bury the rest.
UNGUARDED = frozenset({Compartment.LEGAL, Compartment.PROGRAMME, Compartment.AUDIT, Compartment.STAFF})

_opened: ContextVar[set[tuple[UUID, Compartment]] | None] = ContextVar("readings", default=None)


@contextmanager
def collecting() -> Iterator[set[tuple[UUID, Compartment]]]:
    """Collect what is opened inside."""
    opened: set[tuple[UUID, Compartment]] = set()
    token = _opened.set(opened)
    try:
        yield opened
    finally:
        _opened.reset(token)


def opened(case_id: UUID | None, *compartments: Compartment) -> None:
    """Say that words of these compartments of a case (or report) are being shown."""
    sink = _opened.get()
    if sink is not None and case_id is not None:
        sink.update((case_id, part) for part in compartments if part not in UNGUARDED)
