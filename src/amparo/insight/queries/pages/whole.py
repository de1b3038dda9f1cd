"""The pages of figures, put together from blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.insight.queries import guarding, justice, parts
from amparo.insight.queries.blocks import (
    BarLine,
    Big,
    Block,
    Cell,
    FigurePage,
    Head,
    counted,
    few,
    percent,
)
from amparo.insight.queries.pages import shares
from amparo.insight.queries.reader import Reader, labels_of
from amparo.insight.rules.crossing import alone
from amparo.insight.rules.survival import kaplan_meier, quantile
from amparo.insight.words import Step
from amparo.insight.words.registry import (
    DURATIONS,
    INDICATORS,
    PAGE_LABELS,
    PEOPLE,
    Counted,
    Indicator,
    Outcomes,
    Page,
    Share,
    Waiting,
)


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
    if not reported and reader.exact:
        return _("No suspect was reported in this period.")
    if not reader.parts(convicted, reported) or Step.CONVICTED in parts.hidden_steps(reader):
        return _("Too few people were convicted to say how many of those reported.")
    return _("%(part)s of every 100 reported suspects were convicted.") % {
        "part": number_format(round(100 * convicted / reported))
    }


def _lede(reader: Reader, found: Mapping[tuple[int, str], int], evidence: Indicator) -> str:
    _reported, verdicts, convicted = _shares(reader, found)
    said = []
    hidden = parts.hidden_steps(reader)
    if verdicts and reader.parts(convicted, verdicts) and not hidden & {Step.VERDICT, Step.CONVICTED}:
        said.append(
            _("Of those with a verdict, %(part)s of 100 were.")
            % {"part": number_format(round(100 * convicted / verdicts))}
        )
    measure = evidence.measure
    assert isinstance(measure, Waiting)  # noqa: S101 - as the registry says
    curve = kaplan_meier(reader.waits(measure))
    half = quantile(curve, 0.5)
    if half.days is not None and guarding.is_whole(reader) and guarding.is_open(reader, measure.rows):
        said.append(
            _("Half of survivors waited %(time)s or longer to give evidence.") % {"time": parts.days_said(half.days)}
        )
    return " ".join(said)


def _big(reader: Reader, indicator: Indicator) -> Big:
    measure = indicator.measure
    assert isinstance(measure, Counted)  # noqa: S101 - people reached are counted
    count = reader.count(measure.rows)
    hide = not guarding.is_open(reader, measure.rows)
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
            shares.shares(reader, Page.ATTRITION),
            parts.years(reader),
            parts.districts(reader, INDICATORS["stopped"]),
            parts.months(reader, INDICATORS["reports"], "report-months", _("Reports by month")),
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
            shares.shares(reader, Page.COURTS),
            shares.pending_ages(reader, INDICATORS["pending-age"]),
            parts.months(reader, INDICATORS["hearings"], "hearing-months", _("Hearings by month")),
        ),
        behind=reader.reach.behind,
    )


def _adjourned_said(reader: Reader, indicator: Indicator) -> str:
    measure = indicator.measure
    assert isinstance(measure, Share)  # noqa: S101 - as the registry says
    part, whole = reader.count(measure.rows), reader.count(measure.of)
    if not whole or not guarding.pair_of(reader, measure.rows, measure.of).tells([0]):
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
            shares.shares(reader, Page.RESTORATION),
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
    if not guarding.is_whole(reader):
        return parts.not_with_filter("goals-met", title, half=True)
    mets = [found.get((code, "met"), 0) for code in labels]
    rests = [sum(n for (c, _r), n in found.items() if c == code) - met for code, met in zip(labels, mets, strict=True)]
    if not found:
        return parts.nothing("goals-met", title, reader, _("No goal was set in this period."), half=True)
    # Those that were met and the others are two lists, each of them shown only where its own sum is.
    hidden: set[int] = set()
    if not reader.exact:
        shown = [alone(counts, reader.reach.least) for counts in (mets, rests)]
        if not shares.tells(reader, measure) or not all(one.is_open for one in shown):
            return parts.too_few("goals-met", title, reader, half=True)
        hidden = set(shown[0].hidden | shown[1].hidden)
    lines = []
    for at, (code, label) in enumerate(labels.items()):
        met, rest = mets[at], rests[at]
        if at in hidden:
            lines.append(BarLine(str(label), (few(), few(), Cell())))
            continue
        lines.append(
            BarLine(
                str(label),
                (
                    counted(met, reader.rows_url(indicator, code=code)),
                    counted(met + rest, reader.rows_url(indicator, part="of", code=code)),
                    Cell(percent(met, met + rest)),
                ),
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
    return FigurePage(
        title=str(PAGE_LABELS[Page.SYSTEM]),
        overline=reader.overline(),
        blocks=justice.blocks(reader),
        behind=reader.reach.behind,
    )


PAGES: Mapping[str, tuple[str | Promise, Callable[[Reader], FigurePage]]] = {
    "overview": (gettext_lazy("Overview"), overview),
    "attrition": (PAGE_LABELS[Page.ATTRITION], attrition),
    "durations": (PAGE_LABELS[Page.DURATIONS], durations),
    "courts": (PAGE_LABELS[Page.COURTS], courts),
    "restoration": (PAGE_LABELS[Page.RESTORATION], restoration),
    "system": (PAGE_LABELS[Page.SYSTEM], system),
}
