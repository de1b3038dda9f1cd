"""What a fact is, what it lacks, and whether it may be published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from amparo.facts.words import Standing, Status
from amparo.kernel.dates import PartialDate
from amparo.kernel.digest import sha256_of

# Two outlets that give a figure alike from the publisher's statement, or the publisher itself.
_LEAST_OUTLETS = 2
_PROVENANCE = (
    "id", "slug", "figure", "statement", "population", "definition", "not_meaning", "caveat", "publisher", "title",
    "reference", "address",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadAt:
    """Where a figure was read, and on which day."""

    outlet: str
    on: date


@dataclass(frozen=True, slots=True)
class Fact:
    """One sourced statement; `share` is the figure said as a part of a whole, where the publisher says it."""

    id: str
    slug: str
    figure: str
    statement: str
    population: str
    definition: str
    not_meaning: str
    caveat: str
    publisher: str
    title: str
    published: PartialDate | None
    reference: str
    address: str
    retrieved_on: date | None
    review_by: date | None
    standing: Standing
    read: tuple[ReadAt, ...]
    status: Status
    share: str = ""
    plain: str = ""
    successor: str = ""
    successor_note: str = ""
    # What is said in another language: by its code, then by the name of the part.
    translated: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    def said(self, language: str) -> tuple[Fact, str]:
        """The fact as it is said in a language, and the language of its words: English where there is no other."""
        words: dict[str, Any] = dict(dict(self.translated).get(language.split("-")[0], ()))
        return (replace(self, **words), language) if words else (self, "en")

    @property
    def digest(self) -> str:
        """Of everything that is shown: hexadecimal SHA-256. A decision about a fact holds for this text alone."""
        return sha256_of({one.name: str(getattr(self, one.name)) for one in fields(self)})


def missing(fact: Fact) -> tuple[str, ...]:
    """The names of the parts of its provenance that a fact lacks; none where it may be published.

    Source: domain rule for every fact shown (publisher, dates, reference, population and definition, number,
    address, retrieval, status, caveat).
    """
    lacking = [name for name in _PROVENANCE if not str(getattr(fact, name)).strip()]
    lacking += [name for name in ("published", "retrieved_on", "review_by") if getattr(fact, name) is None]
    if fact.address.strip() and not fact.address.startswith(("https://", "http://")):
        lacking.append("address")  # It becomes a link on a public page.
    if fact.status in (Status.SUPERSEDED, Status.HISTORIC) and not fact.successor:
        lacking.append("successor")
    outlets = {one.outlet for one in fact.read}
    enough = {Standing.READ: 1, Standing.REPORTED: _LEAST_OUTLETS}.get(fact.standing)
    if enough is None or len(outlets) < enough:
        lacking.append("read")
    if fact.status is Status.DRAFT:
        lacking.append("status")
    return tuple(lacking)


def is_overdue(fact: Fact, today: date) -> bool:
    """Whether the day has passed by which somebody should have looked for a newer figure."""
    return fact.review_by is not None and fact.review_by < today


def broken_links(facts: Mapping[str, Fact]) -> Sequence[str]:
    """Facts whose successor is not in the pack, or is itself no current fact."""
    return [
        fact.id
        for fact in facts.values()
        if fact.successor and (fact.successor not in facts or facts[fact.successor].status is not Status.CURRENT)
    ]
