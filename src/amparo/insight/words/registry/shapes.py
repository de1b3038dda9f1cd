"""What an indicator is made of: selections of lines, and what is measured of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Said: TypeAlias = str | Promise
Table = Literal["suspect", "survivor", "happening"]


class Page(StrEnum):
    ATTRITION = "attrition"
    DURATIONS = "durations"
    COURTS = "courts"
    RESTORATION = "restoration"
    SYSTEM = "system"
    PEOPLE = "people"


PAGE_LABELS: dict[Page, Said] = {
    Page.PEOPLE: _("People reached"),
    Page.ATTRITION: _("Where cases stop"),
    Page.DURATIONS: _("How long people wait"),
    Page.COURTS: _("Courts"),
    Page.RESTORATION: _("Restoration"),
    Page.SYSTEM: _("Justice system"),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Some lines. `where` are conditions on columns, `day` the column that a period asks about."""

    table: Table
    day: str
    where: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """How many lines there are."""

    rows: Selection


@dataclass(frozen=True, slots=True)
class Share:
    """How many lines there are of others; `percent` is false where it says how many for each one.

    `among` is the indicator whose list has those that are counted as one of its groups. `within_convicted` says that
    they are a part of the convicted, who stand in the funnel.
    """

    rows: Selection
    of: Selection
    percent: bool = True
    among: str = ""
    within_convicted: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """Days from one day of a line to another. `left` ends the following of who will not get there any more."""

    rows: Selection
    start: str
    stop: str
    left: str = "ended"


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Days from one day of a line to the first of several outcomes, of which only one can happen."""

    rows: Selection
    start: str
    stop: str
    result: str


@dataclass(frozen=True, slots=True)
class Disposition:
    """Those pending at the end of a period, by those resolved in it, in days."""

    came: Selection
    resolved: Selection


@dataclass(frozen=True, slots=True)
class Pending:
    """How long those that are open at the end of the period have been pending."""

    rows: Selection
    start: str
    stop: str


Measure: TypeAlias = Counted | Share | Waiting | Outcomes | Disposition | Pending


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure, and everything that a reader must know before she believes it.

    `split` is a column by which its rows are also shown in groups.
    """

    id: str
    page: Page
    name: Said
    measure: Measure
    numerator: Said
    denominator: Said
    definition: Said
    source: Said
    once: Said
    silent: Said
    split: str = ""
