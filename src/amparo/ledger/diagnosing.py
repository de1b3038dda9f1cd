"""Telling apart what happened to entries between two heads that hold: edited, inserted, removed, reordered.

Every entry's text names its own place, and its leaf shows whether the text is whole. So the entries that a
head was signed over are looked for by the place that they claim, and the head's root says whether they were
found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product

from amparo.ledger import merkle
from amparo.ledger.findings import Finding, Kind, one_of, place
from amparo.ledger.models import Root
from amparo.ledger.spool import Spool
from amparo.ledger.walking import Doubt, Walk, frontier_of, joined

# More ways than these to choose among entries that claim one place are not tried.
_TRIES = 512
_NAMED = 10


@dataclass(frozen=True, slots=True)
class _Found:
    at: int
    claim: int
    leaf: bytes


@dataclass(slots=True)
class _Story:
    """What was learned so far, in order of the places claimed."""

    inserted: list[int] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    edited: list[tuple[int, int]] = field(default_factory=list)
    inverted: bool = False
    moved: list[int] = field(default_factory=list)
    last_at: int = -1


def diagnose(walk: Walk, spool: Spool) -> Iterator[Finding]:
    """Say what happened in the doubtful parts of a walk."""
    if not walk.doubts:
        return
    spool.index_odd()
    story = _Story()
    for doubt in walk.doubts:
        _one(doubt, walk, spool, story)
    for stored in _outside(walk, spool):
        story.inserted.append(stored)
    yield from _told(story, walk)


def _one(doubt: Doubt, walk: Walk, spool: Spool, story: _Story) -> None:
    claimed: dict[int, list[_Found]] = {at: [] for at in range(doubt.start, doubt.stop)}
    for row in spool.odd_between(doubt.start, doubt.stop):
        claimed[row[1]].append(_Found(*row))
    missing = [at for at, found in claimed.items() if not found]
    story.removed += missing
    chosen, proven = _chosen(doubt, claimed, bool(missing))
    kept = {found.at for found in chosen}
    story.inserted += [found.at for options in claimed.values() for found in options if found.at not in kept]
    if doubt.signed and not missing and not proven and not any(found.at in walk.edited for found in chosen):
        story.edited.append((doubt.start, doubt.stop))
    _follow(chosen, story)


def _follow(chosen: Sequence[_Found], story: _Story) -> None:
    for found in chosen:
        if found.at < story.last_at:
            story.inverted = True
        story.last_at = max(story.last_at, found.at)
        if found.at != found.claim and len(story.moved) < _NAMED:
            story.moved.append(found.claim)


def _chosen(doubt: Doubt, claimed: dict[int, list[_Found]], has_gap: bool) -> tuple[list[_Found], bool]:
    """One entry for each place, and whether they are those that the head was signed over."""
    options = [found for found in claimed.values() if found]
    first = [found[0] for found in options]
    before, root = _frontier(doubt.start), _root(doubt.stop)
    if has_gap or before is None or root is None:
        return first, False
    for choice in islice(product(*options), _TRIES):
        if before.extend([found.leaf for found in choice]).root() == root:
            return list(choice), True
    return first, False


def _frontier(size: int) -> merkle.Frontier | None:
    if size == 0:
        return merkle.Frontier.empty()
    row = Root.objects.filter(size=size).values_list("root", "peaks").first()
    return None if row is None else frontier_of(size, bytes(row[0]), bytes(row[1]))


def _root(size: int) -> bytes | None:
    found = Root.objects.filter(size=size).values_list("root", flat=True).first()
    return None if found is None else bytes(found)


def _outside(walk: Walk, spool: Spool) -> Iterator[int]:
    """Doubtful entries that claim a place where no entry is missing from a head."""
    spans = joined(walk.doubts)
    edges = [0, *(edge for span in spans for edge in span), 1 << 62]
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        yield from (at for at, _, _ in spool.odd_between(start, stop))
    yield from (at for at, _, _ in spool.odd_between(-(1 << 62), 0))


def runs(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring numbers as (first, after the last)."""
    start = stop = -1
    for at in sorted(set(places)):
        if at != stop:
            if stop > start:
                yield start, stop
            start = at
        stop = at + 1
    if stop > start:
        yield start, stop


def _told(story: _Story, walk: Walk) -> Iterator[Finding]:
    for start, stop in runs(story.removed):
        if stop == walk.size:
            text = f"The end of the ledger was removed: {place(start, stop)} are signed for, but not there."
            yield Finding(Kind.TAIL_REMOVED, text, entry=start)
        else:
            text = f"Removed from the ledger: {place(start, stop)}."
            yield Finding(Kind.ENTRY_REMOVED, text, entry=start)
    for start, stop in runs(story.inserted):
        text = f"Inserted into the ledger: what now stands as {place(start, stop)}; no signed head covers it."
        yield Finding(Kind.ENTRY_INSERTED, text, entry=start)
    for start, stop in _joined(story.edited):
        text = f"{one_of(start, stop)} was edited and its fingerprint made to fit: the signed head differs."
        yield Finding(Kind.ENTRY_EDITED, text, entry=start)
    if story.inverted:
        named = ", ".join(map(str, sorted(story.moved)))
        text = f"Entries stand in another order than they were written in; out of place are {named}."
        yield Finding(Kind.ENTRIES_REORDERED, text, entry=min(story.moved))


def _joined(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans that touch, as one."""
    joined: list[tuple[int, int]] = []
    for start, stop in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], stop)
        else:
            joined.append((start, stop))
    yield from joined
