"""Figures that may leave the organisation: counts by code after suppression, from which every paper is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from amparo.insight.queries import counting, parts
from amparo.insight.queries.reader import Reader, labels_of
from amparo.insight.rules.auditing import Pack, Period
from amparo.insight.rules.suppressing import hide_chain, hide_line
from amparo.insight.rules.survival import aalen_johansen, kaplan_meier, quantile
from amparo.insight.words import ENDING_LABELS, Ending, Step
from amparo.insight.words.registry import (
    DURATIONS,
    INDICATORS,
    PEOPLE,
    RESULT_ORDER,
    Counted,
    Outcomes,
    Share,
    Waiting,
)
from amparo.kernel.digest import JsonValue

Counts = dict[str, int | None]
WHOLE = 10_000


def figures(reader: Reader) -> dict[str, JsonValue]:
    """All figures of a period as they may leave, whoever asks: small numbers are hidden from everybody."""
    shown = Reader(reader.actor, reader.chosen, replace(reader.reach, exact=False, offices=None))
    return {
        "people": dict(_people(shown)),
        **_attrition(shown),
        "adjournments": dict(_adjournments(shown)),
        "waits": {one.id: _wait(shown, one.measure) for one in DURATIONS if isinstance(one.measure, Waiting)},
    }


def _people(reader: Reader) -> Counts:
    found: Counts = {}
    for one in PEOPLE:
        measure = one.measure
        assert isinstance(measure, Counted)  # noqa: S101 - people reached are counted
        count = reader.count(measure.rows)
        found[one.id] = count if count >= reader.reach.least else None
    return found


def _attrition(reader: Reader) -> dict[str, JsonValue]:
    steps = parts.steps(reader)
    least = reader.reach.least
    stopped = [sum(people for (step, _e), people in steps.items() if step == at) for at in Step]
    chain = hide_chain(stopped, least)
    reached: list[JsonValue] = [
        None if chain is None or at in chain else sum(stopped[at:]) for at in range(len(stopped))
    ]
    by_reason = {ending: sum(n for (_s, e), n in steps.items() if e == ending) for ending in ENDING_LABELS}
    convicted = stopped[Step.CONVICTED]
    by_reason[Ending.WAITING] -= convicted
    last = len(by_reason)
    hidden = None
    if chain is not None:
        is_hidden = Step.CONVICTED in chain
        hidden = hide_line(
            [*by_reason.values(), convicted],
            least,
            forced=[last] if is_hidden else [],
            open_=[] if is_hidden else [last],
        )
    may_tell = chain is not None and Step.CONVICTED not in chain and hidden is not None and not hidden & parts.TOLD
    return {
        "outcomes": _outcomes(reader, may_tell=may_tell),
        "reached": reached,
        "endings": {
            code or "waiting": None if hidden is None or at in hidden else count
            for at, (code, count) in enumerate(by_reason.items())
        },
    }


def _adjournments(reader: Reader) -> Counts:
    indicator = INDICATORS["adjournments"]
    measure = indicator.measure
    assert isinstance(measure, Share)  # noqa: S101 - as the registry says
    found = {str(key): n for (key,), n in reader.tally(measure.rows, "reason").items()}
    codes = [*labels_of(indicator), *(code for code in found if code not in labels_of(indicator))]
    counts = [found.get(code, 0) for code in codes]
    listed = reader.count(measure.of)
    held = listed - sum(counts)
    hidden = hide_line([*counts, held], reader.reach.least)
    shown: Counts = {code: None if hidden is None or at in hidden else counts[at] for at, code in enumerate(codes)}
    shown["held"] = None if hidden is None or len(counts) in hidden else held
    shown["listed"] = listed if listed >= reader.reach.least and hidden is not None else None
    return shown


def _wait(reader: Reader, measure: Waiting) -> JsonValue:
    curve = kaplan_meier(reader.waits(measure))
    least = reader.reach.least
    if curve.people < least or curve.events < least or 0 < curve.people - curve.events < least:
        return None
    shown = parts.in_groups(curve, least)
    half, three, nine = (quantile(curve, share) for share in (0.5, 0.75, 0.9))
    return {
        "people": curve.people,
        "half": [half.days, half.low, half.high],
        "three_quarters": three.days,
        "nine_tenths": nine.days,
        "points": [[p.day, _parts(p.share), _parts(p.low or 0.0), _parts(p.high or 0.0)] for p in parts.thinned(shown)],
    }


def _parts(share: float) -> int:
    """A share in ten-thousandths: a whole number is the same in every database and every digest."""
    return round(share * WHOLE)


def _outcomes(reader: Reader, *, may_tell: bool) -> JsonValue:
    measure = INDICATORS["outcomes"].measure
    assert isinstance(measure, Outcomes)  # noqa: S101 - as the registry says
    tally = counting.outcome_waits(
        measure.rows, measure.start, measure.stop, measure.result, reader.chosen, reader.reach
    )
    counts = [sum(n for _d, what, n in tally if what == cause) for cause in ("", *RESULT_ORDER)]
    # Shown whole or not at all: the same people stand in the funnel and among the reasons, joined there.
    if min(counts) < reader.reach.least or not may_tell:
        return None
    last = aalen_johansen(tally, RESULT_ORDER).last()
    return {str(cause): _parts(share) for cause, share in last.items()}


def pack(name: str, first: int, last: int, found: Mapping[str, JsonValue]) -> Pack:
    """The counts of a release as named cells, as they are held against other releases."""
    cells: dict[str, int | None] = {}
    for part in ("people", "endings", "adjournments"):
        for code, count in _table(found.get(part)).items():
            cells[f"{part}.{code}"] = count if isinstance(count, int) else None
    reached = found.get("reached")
    for at, count in enumerate(reached if isinstance(reached, list) else []):
        cells[f"reached.{at}"] = count if isinstance(count, int) else None
    return Pack(name, Period(first, last), cells)


def _table(value: JsonValue) -> Mapping[str, JsonValue]:
    return value if isinstance(value, dict) else {}
