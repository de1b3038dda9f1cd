"""The one door to the lines: which ones a figure means, how many they are, and in which groups.

A number, its groups and the rows behind it all come from `lines`, so that they can't disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Max, Min, Model, QuerySet, Value, When
from django.db.models.functions import Coalesce, Least

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.words import Scope
from amparo.cases import queries as cases
from amparo.insight.models import Happening, Standing, SurvivorLine, SuspectLine
from amparo.insight.rules.periods import Span
from amparo.insight.words import BANDS_OF, AgeGroup
from amparo.insight.words.registry import Selection, Waiting
from amparo.investigations.words import ATTRIBUTION_LABELS
from amparo.kernel import clock
from amparo.kernel.errors import Refused
from amparo.ledger import queries as ledger
from amparo.staff import queries as staff

SEE = "insight:figure:see"
LINES = "insight:line:see"
_MODELS: dict[str, type[Model]] = {"suspect": SuspectLine, "survivor": SurvivorLine, "happening": Happening}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What figures are narrowed to."""

    period: str = ""
    span: Span = field(default_factory=Span)
    office: UUID | None = None
    district: str = ""
    type: str = ""
    programme: str = ""
    group: str = ""
    attribution: str = ""
    # A unit of a partner, for what units do alone.
    unit: UUID | None = None

    def filters(self) -> tuple[str, ...]:
        """Which filters are set."""
        span = "span" if not self.period and self.span != Span() else ""
        named = ("period", "office", "district", "type", "programme", "group", "attribution")
        return tuple(name for name in (*(one for one in named if getattr(self, one)), span) if name)


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose lines a reader's figures are made of. `exact` readers work with the cases themselves; to the others
    groups below `least` are hidden."""

    offices: frozenset[UUID] | None
    exact: bool
    least: int
    today: date
    as_of: datetime | None
    entries: int
    behind: int


def reach(actor: Actor) -> Reach:
    """Whose figures somebody sees. Raises Refused where none at all. Cost: three queries."""
    scopes = policy.acts()[SEE].roles
    held = [(role.office_id, scopes[role.role]) for role in actor.roles if role.role in scopes]
    if not held:
        raise Refused(permission=SEE)
    everywhere = any(scope is Scope.ANY for _, scope in held)
    standing = Standing.objects.filter(pk=1).first()
    size = ledger.size()
    as_of = standing.at if standing else None
    return Reach(
        offices=None if everywhere else frozenset(office for office, _ in held),
        exact=not everywhere and policy.has(actor, LINES),
        least=staff.least_shown(),
        today=(as_of or clock.now()).date(),
        as_of=as_of,
        entries=standing.entries if standing else 0,
        behind=size - (standing.entries if standing else 0),
    )


def narrowed(rows: QuerySet[Model], chosen: Chosen, reach: Reach) -> QuerySet[Model]:
    """The lines that the reader's offices and choice leave, whatever the period."""
    if reach.offices is not None:
        rows = rows.filter(office_id__in=reach.offices)
    if chosen.office is not None:
        rows = rows.filter(office_id=chosen.office)
    if chosen.district:
        rows = rows.filter(office_id__in=[one.id for one in access.offices() if one.district == chosen.district])
    if chosen.type:
        rows = rows.filter(type=chosen.type)
    if chosen.programme:
        rows = rows.filter(programme=chosen.programme)
    if chosen.group:
        rows = rows.filter(band__in=[band.value for band in BANDS_OF[AgeGroup(chosen.group)]])
    if chosen.attribution:
        rows = rows.filter(attribution=chosen.attribution)
    if chosen.unit is not None and rows.model is Happening:
        rows = rows.filter(unit_id=chosen.unit)
    return rows


def lines(selection: Selection, chosen: Chosen, reach: Reach) -> QuerySet[Model]:
    """The lines of a selection. Every number and every list of insight begins here."""
    rows = _MODELS[selection.table]._default_manager.filter(**dict(selection.where))
    rows = narrowed(rows, chosen, reach)
    if chosen.span.first is not None:
        rows = rows.filter(**{f"{selection.day}__gte": chosen.span.first.toordinal()})
    if chosen.span.last is not None:
        rows = rows.filter(**{f"{selection.day}__lte": chosen.span.last.toordinal()})
    return rows


def count(selection: Selection, chosen: Chosen, reach: Reach) -> int:
    """How many lines there are. Cost: one query."""
    return lines(selection, chosen, reach).count()


def tally(selection: Selection, chosen: Chosen, reach: Reach, columns: Sequence[str]) -> dict[tuple[object, ...], int]:
    """How many lines there are in each group. Cost: one query."""
    rows = lines(selection, chosen, reach).order_by().values(*columns).annotate(lines_here=Count("id"))
    return {tuple(row[:-1]): row[-1] for row in rows.values_list(*columns, "lines_here")}


def by_year(selection: Selection, chosen: Chosen, reach: Reach, column: str) -> dict[tuple[int, int], int]:
    """How many lines there are by the year of their day and one more column. Cost: two queries.

    The year is found by comparing day numbers, which needs no calendar in the database.
    """
    rows = lines(selection, chosen, reach).order_by()
    year = _year(rows, selection.day)
    if year is None:
        return {}
    grouped = rows.values(column, in_year=year).annotate(lines_here=Count("id"))
    return {(row[0], row[1]): row[2] for row in grouped.values_list("in_year", column, "lines_here")}


def _year(rows: QuerySet[Model], day: str) -> Case | None:
    """The year of a day, for a database; None where there is no line. Cost: one query."""
    edge = rows.aggregate(first=Min(day), last=Max(day))
    if edge["first"] is None:
        return None
    first, last = date.fromordinal(edge["first"]).year, date.fromordinal(edge["last"]).year
    whens = [
        When(**{f"{day}__lt": date(year + 1, 1, 1).toordinal()}, then=Value(year)) for year in range(first, last + 1)
    ]
    return Case(*whens, default=Value(last), output_field=IntegerField())


def crossed(selection: Selection, reach: Reach, by: str, column: str) -> dict[tuple[str, str], int]:
    """How many lines there are for each choice of a filter and each code of a column, whatever is chosen.

    Args:
        by: one of the filters but the office, as `Chosen` names it.
        column: empty for no codes.

    Cost: one query, two for the period.
    """
    rows = lines(selection, Chosen(), reach).order_by()
    said: Callable[[object], str] = str
    if by == "period":
        year = _year(rows, selection.day)
        if year is None:
            return {}
        rows, name = rows.annotate(in_year=year), "in_year"
    elif by == "district":
        places = {str(one.id): one.district for one in access.offices()}
        name, said = "office_id", lambda key: places.get(str(key), "")
    elif by == "group":
        groups = {band.value: one.value for one, bands in BANDS_OF.items() for band in bands}
        name, said = "band", lambda key: groups.get(str(key), "")
    else:
        name = by
    found: dict[tuple[str, str], int] = {}
    columns = dict.fromkeys([name, *([column] if column else [])])
    grouped = rows.values(*columns).annotate(lines_here=Count("id"))
    for row in grouped.values_list(*columns, "lines_here"):
        # A list by the filter's own column has it once.
        at = (said(row[0]), str(row[-2]) if column else "")
        found[at] = found.get(at, 0) + row[-1]
    return found


def choices(by: str, reach: Reach) -> list[str]:
    """What a filter offers to those who see figures alone. Cost: one query at most."""
    match by:
        case "period":
            return [str(year) for year in years(reach)]
        case "district":
            return sorted({one.district for one in access.offices() if one.district})
        case "type":
            return [str(kind) for kind in cases.kind_labels()]
        case "programme":
            return [code for code, _label in cases.programmes()]
        case "group":
            return [one.value for one in AgeGroup]
        case "attribution":
            return list(ATTRIBUTION_LABELS)
    raise ValueError(by)


def units() -> list[str]:
    """The units of whom something is counted. Cost: one query by an index."""
    found = Happening.objects.filter(unit_id__isnull=False).order_by().values_list("unit_id", flat=True).distinct()
    return [str(unit) for unit in found]


def years(reach: Reach) -> list[int]:
    """The years from the first report on, the last ten of them at most. Cost: one query by an index."""
    first = SuspectLine.objects.aggregate(day=Min("reported"))["day"]
    last = reach.today.year
    return list(range(min(last, max(last - 9, date.fromordinal(first).year if first else last)), last + 1))


def group(selection: Selection, column: str, value: object) -> Selection:
    """The part of a selection that one group is."""
    return replace(selection, where=(*selection.where, (column, value)))


def waits(measure: Waiting, chosen: Chosen, reach: Reach) -> list[tuple[int, bool, int]]:
    """How many people by the days that they waited, and whether it happened. Cost: one query.

    Something that is noted as of before its start, as of a day that a calendar can't tell apart, took no time.
    """
    today = reach.today.toordinal()
    rows = lines(measure.rows, chosen, reach).order_by()
    starts, stop = F(measure.start), F(measure.stop)
    end = Coalesce(stop, Least(Coalesce(F(measure.left), today), today))
    found: dict[tuple[int, bool], int] = {}
    grouped = rows.values(took=end - starts, open=Coalesce(stop * 0, 1))
    for took, is_open, people in grouped.annotate(lines_here=Count("id")).values_list("took", "open", "lines_here"):
        key = (max(0, took), not is_open)
        found[key] = found.get(key, 0) + people
    return [(days, happened, people) for (days, happened), people in found.items()]


def outcome_waits(
    selection: Selection, start: str, stop: str, result: str, chosen: Chosen, reach: Reach
) -> list[tuple[int, str, int]]:
    """How many people by days and by what became of them; "open" comes back as "". Cost: one query."""
    today = reach.today.toordinal()
    rows = lines(selection, chosen, reach).order_by().values(took=Coalesce(F(stop), today) - F(start))
    found: dict[tuple[int, str], int] = {}
    for took, what, people in rows.annotate(lines_here=Count("id")).values_list("took", result, "lines_here"):
        key = (max(0, took), "" if what == "open" else what)
        found[key] = found.get(key, 0) + people
    return [(days, what, people) for (days, what), people in found.items()]


def pending(start: str, stop: str, selection: Selection, chosen: Chosen, reach: Reach) -> QuerySet[Model]:
    """Lines that had begun and not ended at the end of the chosen period, or today."""
    last = min(chosen.span.last or reach.today, reach.today).toordinal()
    everything = replace(chosen, span=Span(), period="")
    rows = lines(selection, everything, reach).filter(**{f"{start}__lte": last})
    return rows.exclude(**{f"{stop}__lte": last})
