"""The pages of figures, put together from blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.insight.errors import NoSuchIndicator
from amparo.insight.models import Line
from amparo.insight.queries import counting, parts
from amparo.insight.queries.blocks import (
    BarLine,
    Big,
    Block,
    Cell,
    FigurePage,
    Head,
    counted,
    few,
    number,
    percent,
    widths,
)
from amparo.insight.queries.counting import Chosen
from amparo.insight.queries.reader import Reader, label_of, labels_of
from amparo.insight.rules.survival import kaplan_meier, quantile
from amparo.insight.words import STEP_LABELS, Result, Step
from amparo.insight.words.registry import (
    DURATIONS,
    INDICATORS,
    PAGE_LABELS,
    PEOPLE,
    Counted,
    Disposition,
    Indicator,
    Outcomes,
    Page,
    Pending,
    Selection,
    Share,
    Waiting,
)
from amparo.web import formats
from amparo.web.sheets import Code, Column, Listing, Notice, Table

ROWS_SHOWN = 50
# Years in which pending cases are gathered: up to one, two, three, and more.
_AGES = (183, 365, 730, 1095)


def reader_for(actor: Actor, chosen: Chosen) -> Reader:
    """Somebody with her choice. Raises Refused."""
    return Reader(actor, chosen, counting.reach(actor))


def indicator_of(id_: str) -> Indicator:
    found = INDICATORS.get(id_)
    if found is None:
        raise NoSuchIndicator
    return found


# ---- pages ------------------------------------------------------------------------------------------------------


def overview(reader: Reader) -> FigurePage:
    """The director's first look: people reached, where cases stop, how long people wait. Cost: some ten queries."""
    found = parts.steps(reader)
    evidence = INDICATORS["complaint-to-evidence"]
    adjourned = INDICATORS["adjournments"]
    return FigurePage(
        title=_("Where cases stop, and how long people wait"),
        overline=reader.overline(),
        lede_bold=_lede_bold(reader, found),
        lede=_lede(reader, found, evidence),
        bigs=tuple(_big(reader, indicator) for indicator in PEOPLE),
        blocks=(
            parts.funnel(reader, found),
            parts.years(reader),
            parts.waiting(reader, evidence),
            parts.groups(reader, adjourned, title=_("Why hearings did not take place"), name="adjournments"),
        ),
        behind=reader.reach.behind,
    )


def _shares(reader: Reader, found: Mapping[tuple[int, str], int]) -> tuple[int, int, int]:
    """Reported, with a verdict, convicted."""

    def reached(at: Step) -> int:
        return sum(n for (step, _e), n in found.items() if step >= at)

    return reached(Step.REPORTED), reached(Step.VERDICT), reached(Step.CONVICTED)


def _lede_bold(reader: Reader, found: Mapping[tuple[int, str], int]) -> str:
    reported, _verdict, convicted = _shares(reader, found)
    if not reported:
        return _("No suspect was reported in this period.")
    if not reader.parts(convicted, reported) or Step.CONVICTED in parts.hidden_steps(reader, found):
        return _("Too few people were convicted to say how many of those reported.")
    return _("%(part)s of every 100 reported suspects were convicted.") % {
        "part": number_format(round(100 * convicted / reported))
    }


def _lede(reader: Reader, found: Mapping[tuple[int, str], int], evidence: Indicator) -> str:
    _reported, verdicts, convicted = _shares(reader, found)
    said = []
    hidden = parts.hidden_steps(reader, found) if found else frozenset()
    if verdicts and reader.parts(convicted, verdicts) and not hidden & {Step.VERDICT, Step.CONVICTED}:
        said.append(
            _("Of those with a verdict, %(part)s of 100 were.")
            % {"part": number_format(round(100 * convicted / verdicts))}
        )
    measure = evidence.measure
    assert isinstance(measure, Waiting)  # noqa: S101 - as the registry says
    curve = kaplan_meier(reader.waits(measure))
    half = quantile(curve, 0.5)
    if half.days is not None and (reader.exact or curve.people >= reader.reach.least):
        said.append(
            _("Half of survivors waited %(time)s or longer to give evidence.") % {"time": parts.days_said(half.days)}
        )
    return " ".join(said)


def _big(reader: Reader, indicator: Indicator) -> Big:
    measure = indicator.measure
    assert isinstance(measure, Counted)  # noqa: S101 - people reached are counted
    count = reader.count(measure.rows)
    hide = not reader.is_open(measure.rows, count)
    cell = reader.cell(count, reader.rows_url(indicator), hide=hide)
    return Big(str(indicator.name), cell, url=reader.indicator_url(indicator))


def attrition(reader: Reader) -> FigurePage:
    """Where cases stop: the funnel, the reasons, the districts, the reports before it."""
    found = parts.steps(reader)
    return FigurePage(
        title=str(PAGE_LABELS[Page.ATTRITION]),
        overline=reader.overline(),
        lede_bold=_lede_bold(reader, found),
        blocks=(
            parts.funnel(reader, found),
            parts.endings(reader, found),
            parts.groups(reader, INDICATORS["reports"], title=_("What became of reports")),
            shares(reader, Page.ATTRITION),
            parts.years(reader),
            parts.districts(reader, INDICATORS["stopped"]),
            parts.months(
                reader,
                _rows(INDICATORS["reports"]),
                "report-months",
                _("Reports by month"),
                reader.rows_url(INDICATORS["reports"]),
            ),
        ),
        behind=reader.reach.behind,
    )


def durations(reader: Reader) -> FigurePage:
    """How long people wait: a curve for each way, and what became of those reported."""
    evidence = DURATIONS[0]
    blocks = []
    for indicator in DURATIONS:
        if isinstance(indicator.measure, Outcomes):
            blocks.append(parts.outcomes(reader, indicator))
        else:
            blocks.append(parts.waiting(reader, indicator, half=indicator is not evidence))
    return FigurePage(
        title=str(PAGE_LABELS[Page.DURATIONS]),
        overline=reader.overline(),
        lede_bold=_lede(reader, {}, evidence),
        blocks=tuple(blocks),
        behind=reader.reach.behind,
    )


def courts(reader: Reader) -> FigurePage:
    """Hearings that did not take place, by reason and party; clearance, disposition and age of what is pending."""
    adjourned = INDICATORS["adjournments"]
    return FigurePage(
        title=str(PAGE_LABELS[Page.COURTS]),
        overline=reader.overline(),
        lede_bold=_adjourned_said(reader, adjourned),
        blocks=(
            parts.groups(reader, adjourned, title=_("Why hearings did not take place")),
            parts.groups(reader, adjourned, column="party", title=_("On whom it rested"), name="parties"),
            shares(reader, Page.COURTS),
            pending_ages(reader, INDICATORS["pending-age"]),
            parts.months(
                reader,
                Selection("happening", "day", (("kind", "hearing"), ("first", True))),
                "hearing-months",
                _("Hearings by month"),
            ),
        ),
        behind=reader.reach.behind,
    )


def _adjourned_said(reader: Reader, indicator: Indicator) -> str:
    measure = indicator.measure
    assert isinstance(measure, Share)  # noqa: S101 - as the registry says
    part, whole = reader.count(measure.rows), reader.count(measure.of)
    if not whole or not reader.parts(part, whole):
        return ""
    return _("%(part)s of every 100 listed hearings did not take place.") % {
        "part": number_format(round(100 * part / whole))
    }


def restoration(reader: Reader) -> FigurePage:
    """How many of those in aftercare are restored, and which goals they reached."""
    goals = INDICATORS["goals-met"]
    return FigurePage(
        title=str(PAGE_LABELS[Page.RESTORATION]),
        overline=reader.overline(),
        blocks=(
            shares(reader, Page.RESTORATION),
            domains(reader, goals),
            parts.groups(reader, INDICATORS["in-aftercare"], title=_("Who was taken into aftercare")),
            parts.groups(reader, INDICATORS["relieved"], title=_("Who brought relief")),
        ),
        behind=reader.reach.behind,
    )


def domains(reader: Reader, indicator: Indicator) -> Block:
    """Goals met of those set, by part of a life: both are shown or neither."""
    measure = indicator.measure
    assert isinstance(measure, Share)  # noqa: S101 - as the registry says
    labels = labels_of(indicator)
    found = reader.tally(measure.of, "code", "reason")
    title = str(indicator.name)
    if not found:
        return replace(parts.nothing("goals-met", title, half=True), said=_("No goal was set in this period."))
    if not reader.is_open(measure.of):
        return parts.too_few("goals-met", title, reader, half=True)
    lines = []
    counts: list[int] = []
    for code in labels:
        met = found.get((code, "met"), 0)
        counts += [met, sum(n for (c, _r), n in found.items() if c == code) - met]
    hidden = reader.hidden(counts)
    for at, (_code, label) in enumerate(labels.items()):
        met, rest = counts[2 * at], counts[2 * at + 1]
        if hidden & {2 * at, 2 * at + 1}:
            lines.append(BarLine(str(label), (few(), few(), Cell())))
            continue
        lines.append(
            BarLine(
                str(label),
                (counted(met), counted(met + rest), Cell(percent(met, met + rest))),
                data=100 * met / (met + rest) if met + rest else 0.0,
                span=100.0,
            )
        )
    return Block(
        "goals-met",
        title,
        first=_("Part of a life"),
        heads=(Head(_("Met")), Head(_("Set")), Head(_("Share"))),
        lines=tuple(lines),
        notes=parts.definition(indicator),
        links=parts.links(reader, "goals-met", reader.rows_url(indicator)),
        half=True,
    )


def system(reader: Reader) -> FigurePage:
    """What the justice system does: people trained, practice, kits."""
    from amparo.insight.queries import justice

    return FigurePage(
        title=str(PAGE_LABELS[Page.SYSTEM]),
        overline=reader.overline(),
        blocks=justice.blocks(reader),
        behind=reader.reach.behind,
    )


# ---- tables of shares -------------------------------------------------------------------------------------------


def shares(reader: Reader, page: Page) -> Block:
    """Every share of a page, each with both of its numbers."""
    hidden = parts.hidden_steps(reader, parts.steps(reader)) if page is Page.ATTRITION else frozenset()
    lines = [_share_line(reader, one, hidden) for one in INDICATORS.values() if one.page is page]
    return Block(
        f"shares-{page}",
        _("In numbers"),
        first=_("Figure"),
        heads=(Head(_("Number")), Head(_("of")), Head(_("Figure"))),
        lines=tuple(line for line in lines if line is not None),
        bars=False,
        links=parts.links(reader, f"shares-{page}"),
        notes=(_("Each figure has a page of its own, which says how it is counted."),),
    )


def _share_line(reader: Reader, indicator: Indicator, hidden: frozenset[int]) -> BarLine | None:
    """A share with both of its numbers. A step that the funnel hides is hidden here too."""
    measure, url = indicator.measure, reader.indicator_url(indicator)
    if isinstance(measure, Disposition):
        return _disposition(reader, indicator, measure)
    if not isinstance(measure, Share):
        return None
    part, whole = reader.count(measure.rows), reader.count(measure.of)
    label = str(indicator.name)
    if measure.rows.day == measure.of.day:
        enough = reader.parts(min(part, whole), max(part, whole)) or whole == 0
    else:
        enough = _both_enough(reader, part, whole)
    if indicator.split == "result":
        enough = enough and _says_enough(reader, measure.rows)
    if not enough or hidden & steps_in(measure) or not reader.is_open(measure.of, whole):
        return BarLine(label, (few(), few(), Cell()), url=url)
    said = percent(part, whole) if measure.percent else _each(part, whole)
    return BarLine(
        label,
        (
            counted(part, reader.rows_url(indicator)),
            counted(whole, reader.rows_url(indicator, part="of")),
            Cell(said, strong=True, value=round(part / whole, 4) if whole else None),
        ),
        url=url,
    )


def steps_in(measure: Share) -> frozenset[int]:
    """The steps of the funnel that a share tells of."""
    conditions = (*measure.rows.where, *measure.of.where)
    return frozenset(int(str(value)) for column, value in conditions if column == "step__gte")


def _both_enough(reader: Reader, part: int, whole: int) -> bool:
    return reader.exact or min(part, whole) >= reader.reach.least or whole == 0


def _says_enough(reader: Reader, resolved: Selection) -> bool:
    """Whether those resolved may be told: less the convicted, whom the funnel shows, they are a group too."""
    if reader.exact:
        return True
    convicted = reader.count(counting.group(resolved, "result", Result.CONVICTED.value))
    return reader.parts(convicted, reader.count(resolved))


def _each(part: int, whole: int) -> str:
    if whole == 0:
        return _("nothing to divide by")
    return number_format(round(part / whole, 1), decimal_pos=1)


def _disposition(reader: Reader, indicator: Indicator, measure: Disposition) -> BarLine:
    open_ = counting.pending("charged", "ended", measure.came, reader.chosen, reader.reach).count()
    resolved = reader.count(measure.resolved)
    label, url = str(indicator.name), reader.indicator_url(indicator)
    enough = _both_enough(reader, min(open_, resolved), resolved) and _says_enough(reader, measure.resolved)
    if not enough or not reader.is_open(measure.came):
        return BarLine(label, (few(), few(), Cell()), url=url)
    span = reader.chosen.span
    days = _days_of(reader, span.first, span.last, measure)
    said = _("nothing to divide by")
    if resolved and days:
        said = formats.duration_days(round(open_ * days / resolved))
    return BarLine(label, (counted(open_), counted(resolved), Cell(said, strong=True)), url=url)


def _days_of(reader: Reader, first: date | None, last: date | None, measure: Disposition) -> int:
    """How long the period is; all time begins with the first that came."""
    end = min(last or reader.reach.today, reader.reach.today)
    if first is None:
        rows = counting.lines(measure.came, reader.chosen, reader.reach).order_by(measure.came.day)
        day = rows.values_list(measure.came.day, flat=True).first()
        if day is None:
            return 0
        first = date.fromordinal(int(str(day)))
    return max(0, (end - first).days + 1)


def pending_ages(reader: Reader, indicator: Indicator) -> Block:
    """How long those that are pending have been pending."""
    measure = indicator.measure
    assert isinstance(measure, Pending)  # noqa: S101 - as the registry says
    rows = counting.pending(measure.start, measure.stop, measure.rows, reader.chosen, reader.reach)
    end = min(reader.chosen.span.last or reader.reach.today, reader.reach.today).toordinal()
    groups = [0] * (len(_AGES) + 1)
    for began in rows.values_list(measure.start, flat=True):
        groups[sum(end - int(str(began)) > edge for edge in _AGES)] += 1
    title = str(indicator.name)
    if not sum(groups):
        return parts.nothing("pending-age", title, half=True)
    if not reader.is_open(measure.rows):
        return parts.too_few("pending-age", title, reader, half=True)
    hidden = reader.hidden(groups)
    labels = [_("up to 6 months"), _("6 to 12 months"), _("1 to 2 years"), _("2 to 3 years"), _("over 3 years")]
    bars = widths([None if at in hidden else count for at, count in enumerate(groups)])
    lines = [
        BarLine(
            label,
            (few(), Cell()) if at in hidden else (counted(groups[at]), Cell(percent(groups[at], sum(groups)))),
            data=bars[at],
        )
        for at, label in enumerate(labels)
    ]
    return Block(
        "pending-age",
        title,
        remark=_("%(count)s pending.") % {"count": number(sum(groups))} if len(hidden) < len(groups) else "",
        first=_("Pending for"),
        heads=(Head(_("People")), Head(_("of all pending"))),
        lines=tuple(lines),
        notes=parts.definition(indicator),
        links=parts.links(reader, "pending-age", reader.rows_url(indicator)),
        half=True,
    )


PAGES: Mapping[str, tuple[str | Promise, Callable[[Reader], FigurePage]]] = {
    "overview": (gettext_lazy("Overview"), overview),
    "attrition": (PAGE_LABELS[Page.ATTRITION], attrition),
    "durations": (PAGE_LABELS[Page.DURATIONS], durations),
    "courts": (PAGE_LABELS[Page.COURTS], courts),
    "restoration": (PAGE_LABELS[Page.RESTORATION], restoration),
    "system": (PAGE_LABELS[Page.SYSTEM], system),
}


# ---- one indicator --------------------------------------------------------------------------------------------


def indicator_page(reader: Reader, id_: str) -> FigurePage:
    """One figure: its number, its drawing, its groups, and everything that says how it is counted."""
    indicator = indicator_of(id_)
    return FigurePage(
        title=str(indicator.name),
        overline=reader.overline(),
        blocks=tuple(_blocks_of(reader, indicator)),
        definition=(
            (_("What is counted"), str(indicator.numerator)),
            (_("Of what"), str(indicator.denominator)),
            (_("In plain words"), str(indicator.definition)),
            (_("From which records"), str(indicator.source)),
            (_("How nobody counts twice"), str(indicator.once)),
            (_("What it does not say"), str(indicator.silent)),
        ),
        behind=reader.reach.behind,
    )


def _blocks_of(reader: Reader, indicator: Indicator) -> list[Block]:
    measure = indicator.measure
    match measure:
        case Waiting():
            return [parts.waiting(reader, indicator, half=False)]
        case Outcomes():
            return [parts.outcomes(reader, indicator)]
        case Pending():
            return [replace(pending_ages(reader, indicator), half=False)]
        case Disposition():
            return [_alone(reader, indicator)]
        case Share():
            return [_alone(reader, indicator), parts.groups(reader, indicator, title=_("By group"), half=False)]
        case Counted():
            return [
                parts.groups(reader, indicator, title=_("By group"), half=False),
                parts.months(reader, measure.rows, f"{indicator.id}-months", _("By month")),
            ]


def _alone(reader: Reader, indicator: Indicator) -> Block:
    hidden = parts.hidden_steps(reader, parts.steps(reader)) if indicator.page is Page.ATTRITION else frozenset()
    line = _share_line(reader, indicator, hidden)
    return Block(
        f"{indicator.id}-figure",
        _("The figure"),
        first=_("Figure"),
        heads=(Head(_("Number")), Head(_("of")), Head(_("Figure"))),
        lines=() if line is None else (replace(line, url=""),),
        bars=False,
        links=parts.links(reader, f"{indicator.id}-figure"),
    )


def block_of(reader: Reader, name: str) -> Block:
    """A block by its name, wherever it stands: what a download is made of. Raises NoSuchIndicator."""
    for _label, page in PAGES.values():
        for block in page(reader).blocks:
            if block.id == name:
                return block
    for indicator in INDICATORS.values():
        if name == indicator.id or name.startswith(f"{indicator.id}-"):
            for block in _blocks_of(reader, indicator):
                if block.id == name:
                    return block
    raise NoSuchIndicator


# ---- the rows behind a number ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of an indicator's rows is asked for: all, those that they are counted of, or one group."""

    part: str = ""
    code: str = ""
    party: str = ""
    after: int = 0
    has_code: bool = False
    has_party: bool = False


def selection_of(indicator: Indicator, asked: Asked) -> Selection:
    """The lines that a number counts."""
    chosen = _of(indicator) if asked.part == "of" else _rows(indicator)
    if asked.has_code and indicator.split:
        chosen = counting.group(chosen, indicator.split, asked.code)
    if asked.has_party:
        chosen = counting.group(chosen, "party", asked.party)
    return chosen


def _rows(indicator: Indicator) -> Selection:
    measure = indicator.measure
    match measure:
        case Counted() | Share() | Waiting() | Outcomes() | Pending():
            return measure.rows
        case Disposition():
            return measure.resolved


def _of(indicator: Indicator) -> Selection:
    measure = indicator.measure
    return measure.of if isinstance(measure, Share) else _rows(indicator)


def rows_page(reader: Reader, id_: str, asked: Asked) -> Listing:
    """The rows that a number counts: those that this reader may open, and how many others there are.

    Who works with the cases sees those that the policy shows her. Who sees figures alone opens what she is assigned
    to. Cost: five queries, whatever the number of rows.
    """
    indicator = indicator_of(id_)
    selection = selection_of(indicator, asked)
    rows = counting.lines(selection, reader.chosen, reader.reach)
    if isinstance(indicator.measure, Pending):
        measure = indicator.measure
        rows = counting.pending(measure.start, measure.stop, measure.rows, reader.chosen, reader.reach)
    total = rows.count()
    title = _("Rows: %(figure)s") % {"figure": indicator.name}
    back = reverse("insight:indicator", args=[indicator.id]) + reader.query()
    if not reader.exact and (
        total < reader.reach.least or not reader.is_open(selection) or _is_hidden(reader, indicator)
    ):
        return Listing(title, remark=reader.overline(), lede=_("Too few are in it to be shown."))
    mine = rows.filter(case_id__in=_openable(reader))
    seen = mine.count()
    page = list(mine.filter(id__gt=asked.after).order_by("id")[: ROWS_SHOWN + 1])
    shown = page[:ROWS_SHOWN]
    more = reader.query(**_kept(asked), after=str(shown[-1].pk)) if len(page) > ROWS_SHOWN else ""
    if not reader.exact and (asked.has_code or asked.has_party):
        # A group may be hidden for the sake of another one: its number stands in its table, or nowhere.
        bold, rest = "", _("Of this group, you see those of your own cases.")
    else:
        bold = ngettext("%(count)s row.", "%(count)s rows.", total) % {"count": number(total)}
        rest = _openable_said(total, seen)
    return Listing(
        title,
        remark=reader.overline(),
        lede_bold=bold,
        lede=rest,
        notices=(Notice((str(indicator.definition),)),),
        table=_table(reader, indicator, shown) if shown else None,
        next_url=more,
        buttons=(),
        previous_url=back if asked.after else "",
    )


def _is_hidden(reader: Reader, indicator: Indicator) -> bool:
    """Whether the funnel hides a step that these rows would tell of."""
    measure = indicator.measure
    if indicator.page is not Page.ATTRITION or not isinstance(measure, Share):
        return False
    return bool(parts.hidden_steps(reader, parts.steps(reader)) & steps_in(measure))


def _kept(asked: Asked) -> dict[str, str]:
    kept = {"part": asked.part}
    if asked.has_code:
        kept["code"] = asked.code or "-"
    if asked.has_party:
        kept["party"] = asked.party or "-"
    return kept


def _openable(reader: Reader) -> object:
    if reader.exact:
        return cases.visible_ids(reader.actor)
    return {case for case, _role in reader.actor.grants} - reader.actor.barred_cases


def _openable_said(total: int, seen: int) -> str:
    if seen == total:
        return _("You may open all of them.")
    hidden = total - seen
    return ngettext(
        "%(count)s of them lies in a case that you may not open.",
        "%(count)s of them lie in cases that you may not open.",
        hidden,
    ) % {"count": number(hidden)}


def _table(reader: Reader, indicator: Indicator, rows: Sequence[object]) -> Table:
    lines = [row for row in rows if isinstance(row, Line)]
    heads = cases.heads(reader.actor, [line.case_id for line in lines if line.case_id])
    offices = {one.id: one.name for one in access.offices()}
    selection = _rows(indicator)
    columns = [Column(_("Case")), Column(_("Office")), Column(_("Type")), Column(_("Day"))]
    state = _state_column(indicator)
    if state:
        columns.append(Column(state))
    return Table(
        _("Rows"),
        tuple(columns),
        tuple(_row(line, selection, heads, offices, bool(state)) for line in lines),
    )


def _state_column(indicator: Indicator) -> str:
    return _("As far as") if _rows(indicator).table == "suspect" else ""


def _row(
    line: Line, selection: Selection, heads: Mapping[UUID, cases.CaseHead], offices: Mapping[UUID, str], state: bool
) -> tuple[str | Code, ...]:
    head = heads.get(line.case_id) if line.case_id else None
    code: str | Code = _("no case") if head is None else Code(head.code, reverse("desk:case", args=[head.id]))
    day = getattr(line, selection.day)
    cells: list[str | Code] = [
        code,
        offices.get(line.office_id, ""),
        label_of("type", line.type),
        formats.short_day_and_year(date.fromordinal(day)) if day else "",
    ]
    if state:
        cells.append(str(STEP_LABELS[Step(line.step)]))  # type: ignore[attr-defined]
    return tuple(cells)


def may_release(actor: Actor) -> bool:
    """Whether somebody has to do with figures that leave the organisation."""
    return policy.has(actor, "insight:release:see")
