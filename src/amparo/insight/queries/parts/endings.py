"""Why suspects go no further."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from amparo.insight.queries import guarding
from amparo.insight.queries.blocks import BarLine, Block, Cell, Head, counted, few, percent, widths
from amparo.insight.queries.guarding import EVERY_SUSPECT
from amparo.insight.queries.parts import saying
from amparo.insight.queries.reader import Reader
from amparo.insight.rules.crossing import CLOSED, Shown
from amparo.insight.rules.suppressing import hide_chain, hide_line
from amparo.insight.words import ENDING_LABELS, Ending, Step
from amparo.insight.words.registry import (
    INDICATORS,
    Selection,
)

_OPEN_WAYS = Selection("suspect", "reported", (("step__lt", int(Step.CONVICTED)),))
CONVICTED = len(ENDING_LABELS)


def shown_endings(reader: Reader) -> Shown:
    """What of the reasons may be shown: those of `ENDING_LABELS`, still waiting among them, and then the convicted.

    The convicted stand in the funnel too: hidden there, they are hidden here. Under a filter the list is that of all
    who are not convicted, and neither they nor those still waiting stand in it.
    """
    if reader.exact:
        return Shown(True)
    return reader.once("endings", lambda: _shown_endings(reader))


def _shown_endings(reader: Reader) -> Shown:
    codes = list(ENDING_LABELS)
    counts = guarding.sums(reader, _OPEN_WAYS, "ending", codes)
    steps = [str(int(step)) for step in Step]
    reached = guarding.sums(reader, EVERY_SUSPECT, "step", steps)
    chain = hide_chain(reached, reader.reach.least)
    if chain is None:
        return CLOSED
    is_hidden = Step.CONVICTED in chain
    hidden = hide_line(
        [*counts, reached[Step.CONVICTED]],
        reader.reach.least,
        forced=[CONVICTED] if is_hidden else [],
        open_=[] if is_hidden else [CONVICTED],
    )
    if hidden is None:
        return CLOSED
    if not guarding.by(reader):
        return Shown(True, hidden)
    if guarding.steps_hidden(reader, EVERY_SUSPECT) is None:
        return CLOSED
    return guarding.within(reader, _OPEN_WAYS, "ending", codes, hidden - {CONVICTED})


def endings(reader: Reader, found: Mapping[tuple[int, str], int]) -> Block:
    """Why suspects go no further."""
    indicator = INDICATORS["stopped"]
    by_reason = {ending: sum(n for (_s, e), n in found.items() if e == ending) for ending in ENDING_LABELS}
    convicted = sum(people for (step, _e), people in found.items() if step == Step.CONVICTED)
    by_reason[Ending.WAITING] -= convicted
    title = str(indicator.name)
    whole = sum(by_reason.values())
    if whole == 0:
        return saying.nothing("endings", title, reader)
    codes, counts = list(by_reason), list(by_reason.values())
    shown = shown_endings(reader)
    if not shown.is_open:
        return saying.too_few("endings", title, reader, half=True)
    hidden = shown.hidden
    order = sorted((at for at, code in enumerate(codes) if code), key=lambda at: (at in hidden, -counts[at]))
    bars = dict(zip(order, widths([None if at in hidden else counts[at] for at in order]), strict=True))
    lines = [
        BarLine(
            str(ENDING_LABELS[codes[at]]),
            (few(), Cell())
            if at in hidden
            else (
                counted(counts[at], reader.rows_url(indicator, code=codes[at])),
                Cell(percent(counts[at], whole + convicted)),
            ),
            data=bars[at],
        )
        for at in order
        if not reader.exact or counts[at]
    ]
    return Block(
        "endings",
        title,
        first=_("Reason"),
        heads=(Head(_("People")), Head(_("of all reported"))),
        lines=saying.gathered(lines),
        notes=(*saying.definition(indicator), *saying.why_hidden(reader, bool(hidden))),
        links=saying.links(reader, "endings", reader.rows_url(indicator)),
        half=True,
    )
