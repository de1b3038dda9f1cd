"""The programme's scorecard: reliance, performance, confidence and prevalence as they were measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.strengthening.models import ScoreObservation
from amparo.strengthening.queries.naming import home_crumb
from amparo.strengthening.queries.units import period_said
from amparo.strengthening.words import (
    MEASURE_LABELS,
    MEASURE_QUESTIONS,
    METHOD_LABELS,
    OCCASION_LABELS,
    PER_LABELS,
    WITHDRAWN_LABELS,
    Measure,
    Occasion,
)
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.drawing import SpanInput, SpanPoint, Spans, span_lines
from amparo.web.drawing.spans import PointKind
from amparo.web.sheets import (
    Button,
    Column,
    Crumb,
    Empty,
    Fact,
    Listing,
    Name,
    Notice,
    Row,
    Section,
    Sheet,
    Table,
    Tag,
    Text,
)

SEE = "strengthening:score:see"
CHANGE = "strengthening:score:change"
MOST = 600
_KINDS: Mapping[str, PointKind] = {Occasion.BASELINE: "open", Occasion.MIDDLE: "half", Occasion.END: "done"}


@dataclass(frozen=True, slots=True)
class ScorecardRow:
    """One measured value that stands, with its origin."""

    id: UUID
    measure: Measure
    indicator: str
    place: str
    occasion: Occasion
    per: int
    value: Decimal
    low: Decimal
    high: Decimal
    n: int
    method: str
    source: str
    from_on: date
    until_on: date


def scorecard_rows(actor: Actor, *, measure: Measure | None = None, place: str = "") -> list[ScorecardRow]:
    """Values that were not withdrawn, series by series in time. Cost: two queries."""
    rows = policy.visible(actor, SEE, ScoreObservation.objects.filter(withdrawn_on=None))
    if measure is not None:
        rows = rows.filter(measure=measure)
    found = list(rows.order_by("from_on", "id")[:MOST])
    opened = sealing.open_rows(found, "indicator", "source", "place")
    lines = [_row(row, words) for row, words in zip(found, opened, strict=True)]
    folded = place.casefold().strip()
    return [line for line in lines if not folded or line.place.casefold() == folded]


def _row(row: ScoreObservation, words: sealing.Opened) -> ScorecardRow:
    return ScorecardRow(
        id=row.id, measure=Measure(row.measure), indicator=words.text("indicator"), place=words.text("place"),
        occasion=Occasion(row.occasion), per=int(row.per), value=row.value, low=row.low, high=row.high, n=row.n,
        method=row.method, source=words.text("source"), from_on=row.from_on, until_on=row.until_on,
    )  # fmt: skip


def _number(value: Decimal) -> str:
    return number_format(value.normalize() if value != value.to_integral() else value.to_integral())


def value_said(row: ScorecardRow) -> str:
    """ "34 (29 to 39) of every 100"."""
    return _("%(value)s (%(low)s to %(high)s) %(per)s") % {
        "value": _number(row.value),
        "low": _number(row.low),
        "high": _number(row.high),
        "per": PER_LABELS[str(row.per)],
    }


def may_see_scores(actor: Actor) -> bool:
    return policy.has(actor, SEE)


def scorecard_drawing(rows: Sequence[ScorecardRow]) -> Spans:
    """The series of one measure with their intervals."""
    return _drawn(_series(rows))


Series = tuple[str, str]


def scorecard(actor: Actor, place: str = "") -> Sheet:
    """The four measures, each series drawn with its intervals. Cost: three queries."""
    policy.check_new(actor, SEE, policy.Subject(office=actor.office_id, level=ScoreObservation.guard.level))
    rows = scorecard_rows(actor)
    may = policy.has(actor, CHANGE)
    places = sorted({row.place for row in rows}, key=str.casefold)
    return Sheet(
        title=_("Scorecard"),
        crumbs=(home_crumb(), Crumb(_("Scorecard"))),
        lede=_("Is the justice system used, does it work, is it trusted, and is there less of the crime?"),
        remark=_("Everything here was measured by somebody who is named. Nothing is worked out from our own cases."),
        buttons=_buttons(may),
        sections=tuple(_measure(measure, [row for row in rows if row.measure is measure]) for measure in Measure)
        if places
        else (Section(_("Values"), column=0, empty=_nothing(may)),),
    )


def _buttons(may: bool) -> tuple[Button, ...]:
    whole = Button(_("All values"), reverse("strengthening:scores"), "quiet")
    return (Button(_("Enter a value"), reverse("strengthening:enter_score"), key="n"), whole) if may else (whole,)


def _nothing(may: bool) -> Empty:
    url = reverse("strengthening:enter_score") if may else ""
    return Empty(_("Nothing was measured yet."), _("Enter a value") if may else "", url)


def _series(rows: Sequence[ScorecardRow]) -> dict[Series, list[ScorecardRow]]:
    series: dict[Series, list[ScorecardRow]] = {}
    for row in sorted(rows, key=lambda row: (row.indicator.casefold(), row.place.casefold(), row.from_on)):
        series.setdefault((row.indicator, row.place), []).append(row)
    return series


def _measure(measure: Measure, rows: Sequence[ScorecardRow]) -> Section:
    series = _series(rows)
    return Section(
        MEASURE_LABELS[measure],
        id=str(measure),
        column=0,
        remark=(MEASURE_QUESTIONS[measure], _("Baseline ○, middle ◎, end ●, each with its interval.")),
        notices=tuple(_different(places, found) for places, found in series.items() if _differ(found)),
        drawing=_drawn(series) if rows else None,
        table=_table(series) if rows else None,
        empty=Empty(_("Nothing was measured yet.")),
    )


def _differ(rows: Sequence[ScorecardRow]) -> bool:
    return len({row.method for row in rows}) > 1 or len({row.per for row in rows}) > 1


def _different(series: Series, rows: Sequence[ScorecardRow]) -> Notice:
    methods = ", ".join(dict.fromkeys(str(METHOD_LABELS[row.method]) for row in rows))
    said = _("%(indicator)s, %(place)s: measured in different ways (%(methods)s). A difference may come from that.")
    return Notice(said % {"indicator": series[0], "place": series[1], "methods": methods}, "warn")


def _drawn(series: Mapping[Series, Sequence[ScorecardRow]]) -> Spans:
    """All series of a measure on one scale from nought: that of the highest bound."""
    top = _top(max(float(row.high) / row.per for rows in series.values() for row in rows))
    lines = [
        SpanInput(
            f"{place}: {indicator}",
            tuple(
                SpanPoint(
                    _KINDS[row.occasion],
                    float(row.value) / row.per / top,
                    f"{OCCASION_LABELS[row.occasion]}: {value_said(row)}, n = {row.n}",
                    float(row.low) / row.per / top,
                    float(row.high) / row.per / top,
                )
                for row in rows
            ),
            _change(rows),
        )
        for (indicator, place), rows in series.items()
    ]
    ticks = [(part / 4, f"{formats.mean(100 * top * part / 4)} %") for part in range(5)]
    return span_lines(lines, ticks, _("Measured values with their intervals"), rtl=formats.is_rtl())


def _top(highest: float) -> float:
    """The end of the scale: the next of 1, 2, 4, 10, 20, 40 or 100 of a hundred, and so on below one."""
    for end in (0.001, 0.002, 0.004, 0.01, 0.02, 0.04, 0.1, 0.2, 0.4, 1.0):
        if highest <= end:
            return end
    return 1.0


def _change(rows: Sequence[ScorecardRow]) -> str:
    """What can be said of the first and the last value: a change, or that their intervals overlap."""
    if len(rows) < 2:
        return _("measured once")
    first, last = rows[0], rows[-1]
    if first.method != last.method:
        return _("different methods")
    one, other = (first.low / first.per, first.high / first.per), (last.low / last.per, last.high / last.per)
    if one[0] <= other[1] and other[0] <= one[1]:
        return _("intervals overlap")
    moved = 100 * (last.value / last.per - first.value / first.per)
    word = _("higher by %(points)s points") if moved > 0 else _("lower by %(points)s points")
    return word % {"points": _number(abs(moved).quantize(Decimal("0.1")))}


def _table(series: Mapping[Series, Sequence[ScorecardRow]]) -> Table:
    lines: list[tuple[Text, ...]] = [
        (
            Name(indicator),
            Name(place),
            Name(str(OCCASION_LABELS[row.occasion]), url=reverse("strengthening:score", args=[row.id])),
            value_said(row),
            number_format(row.n),
            METHOD_LABELS[row.method],
            period_said(row.from_on, row.until_on),
        )
        for (indicator, place), rows in series.items()
        for row in rows
    ]
    return Table(
        _("Measured values"),
        (
            Column(_("Indicator")), Column(_("Place")), Column(_("Point")), Column(_("Value and interval")),
            Column(_("n"), number=True), Column(_("Method")), Column(_("Period")),
        ),
        tuple(lines),
    )  # fmt: skip


def listing(actor: Actor) -> Listing:
    """Every value that was ever entered, withdrawn ones too, the newest first. Cost: three queries."""
    policy.check_new(actor, SEE, policy.Subject(office=actor.office_id, level=ScoreObservation.guard.level))
    rows = list(policy.visible(actor, SEE, ScoreObservation.objects.all()).order_by("-id")[:MOST])
    opened = sealing.open_rows(rows, "indicator", "source", "place")
    may = policy.has(actor, CHANGE)
    return Listing(
        title=_("All values"),
        crumbs=(home_crumb(), Crumb(_("Scorecard"), reverse("strengthening:scorecard")), Crumb(_("All values"))),
        buttons=(Button(_("Enter a value"), reverse("strengthening:enter_score"), key="n"),) if may else (),
        rows=tuple(
            Row(
                title=(Name(line.indicator), "·", Name(line.place)),
                url=reverse("strengthening:score", args=[row.id]),
                when=OCCASION_LABELS[row.occasion],
                lines=(value_said(line),),
                meta=Name(line.source),
                tag=Tag(_("Withdrawn"), "warn") if row.withdrawn_on else Tag(MEASURE_LABELS[row.measure]),
            )
            for row, line in ((row, _row(row, words)) for row, words in zip(rows, opened, strict=True))
        ),
        empty=_nothing(may),
    )


def score_page(actor: Actor, score_id: UUID) -> Sheet:
    """One value with everything that lets others judge it. Raises NotFound. Cost: two queries."""
    row = policy.load(actor, SEE, ScoreObservation, score_id)
    words = sealing.open_row(row, "indicator", "source", "place", "remark")
    line = _row(row, words)
    may = policy.decide(actor, CHANGE, policy.subject_of(row)).allowed and row.withdrawn_on is None
    facts = [
        Fact(_("Measure"), MEASURE_LABELS[row.measure]),
        Fact(_("Point"), OCCASION_LABELS[row.occasion]),
        Fact(_("n"), number_format(row.n)),
        Fact(_("Method"), METHOD_LABELS[row.method]),
        Fact(_("Source"), Name(line.source)),
        Fact(_("Period"), period_said(row.from_on, row.until_on)),
        Fact(_("Place"), Name(line.place)),
    ]
    if words.text("remark"):
        facts.append(Fact(_("Remark"), Name(words.text("remark"))))
    if row.withdrawn_on:
        facts.append(Fact(_("Withdrawn"), f"{formats.day(row.withdrawn_on)}: {WITHDRAWN_LABELS[row.withdrawn]}"))
    url = reverse("strengthening:withdraw_score", args=[row.id])
    return Sheet(
        title=Name(line.indicator),
        crumbs=(home_crumb(), Crumb(_("Scorecard"), reverse("strengthening:scorecard")), Crumb(line.indicator)),
        tags=(Tag(_("Withdrawn"), "warn"),) if row.withdrawn_on else (),
        lede_bold=value_said(line),
        buttons=(Button(_("Withdraw"), url, "quiet"),) if may else (),
        sections=(Section(_("Where it comes from"), id="origin", column=0, facts=tuple(facts)),),
    )


def check_change(actor: Actor, score_id: UUID) -> None:
    """Refuse the form to who may not change a value. Raises NotFound, Refused."""
    policy.load(actor, CHANGE, ScoreObservation, score_id, seen_by=SEE)
