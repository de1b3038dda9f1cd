"""Figures that may leave the organisation: counts by code after suppression, from which every paper is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from amparo.cases import queries as cases
from amparo.insight.queries import counting, parts
from amparo.insight.queries.reader import Reader, labels_of
from amparo.insight.rules.auditing import Pack, Period
from amparo.insight.rules.crossing import CLOSED, chains, crossed
from amparo.insight.rules.suppressing import hide_chain, hide_line
from amparo.insight.rules.survival import Curve, aalen_johansen, kaplan_meier, quantile
from amparo.insight.words import ENDING_LABELS, Ending, Step
from amparo.insight.words.registry import (
    DURATIONS,
    INDICATORS,
    PEOPLE,
    RESULT_ORDER,
    Counted,
    Outcomes,
    Selection,
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


def figures_of_programme(reader: Reader, programme: str) -> dict[str, JsonValue]:
    """The figures of a programme's cases in a period as they may leave, beside those of all cases.

    What of each programme may be shown is worked out for all of them together, and beside what is shown of all cases
    of the period (`rules.crossing`): whoever has all these papers learns of no small group. How long people wait is
    told without a curve, and what became of them not at all: the differences of two curves are not looked at.
    """
    shown = Reader(reader.actor, reader.chosen, replace(reader.reach, exact=False, offices=None))
    beside = _Beside(shown, programme)
    return {
        "programme": programme,
        "people": dict(beside.people()),
        **beside.attrition(),
        "adjournments": dict(beside.adjournments()),
        "waits": {one.id: beside.wait(one.measure) for one in DURATIONS if isinstance(one.measure, Waiting)},
    }


@dataclass(frozen=True, slots=True)
class _Beside:
    """One programme among all, in one period: each list has a row for every programme, and one for cases without."""

    reader: Reader
    programme: str

    @property
    def least(self) -> int:
        return self.reader.reach.least

    @property
    def programmes(self) -> list[str]:
        known = [code for code, _label in cases.programmes()]
        return list(dict.fromkeys([*known, self.programme]))

    def rows(self, selection: Selection, column: str, codes: Sequence[str]) -> list[list[int]]:
        """This programme first, then the others, those without one and with an unknown one as the last."""
        columns = ("programme", *([column] if column else []))
        tally = self.reader.tally(selection, *columns)
        named = [self.programme, *(one for one in self.programmes if one != self.programme)]
        rows = [[0] * len(codes) for _one in (*named, "")]
        for key, people in tally.items():
            at = named.index(str(key[0])) if str(key[0]) in named else len(named)
            rows[at][codes.index(str(key[1])) if column else 0] += people
        return rows

    def people(self) -> Counts:
        found: Counts = {}
        for one in PEOPLE:
            measure = one.measure
            assert isinstance(measure, Counted)  # noqa: S101 - people reached are counted
            rows = self.rows(measure.rows, "", ("",))
            found[one.id] = rows[0][0] if crossed(rows, self.least)[0].is_open else None
        return found

    def attrition(self) -> dict[str, JsonValue]:
        tally = self.reader.tally(parts.EVERY_SUSPECT, "programme", "step", "ending")
        named = [self.programme, *(one for one in self.programmes if one != self.programme)]
        by_row: list[dict[tuple[int, str], int]] = [{} for _one in (*named, "")]
        for (programme, step, ending), people in tally.items():
            at = named.index(str(programme)) if str(programme) in named else len(named)
            key = (int(str(step)), str(ending))
            by_row[at][key] = by_row[at].get(key, 0) + people
        stopped = [_stopped(row) for row in by_row]
        hidden_steps = chains(stopped, self.least)
        mine = hidden_steps[0]
        return {
            "outcomes": None,
            "reached": [None if mine is None or at in mine else sum(stopped[0][at:]) for at in range(len(Step))],
            "endings": self._endings(by_row, hidden_steps),
        }

    def _endings(
        self, by_row: Sequence[Mapping[tuple[int, str], int]], hidden_steps: Sequence[frozenset[int] | None]
    ) -> Counts:
        reasons = [_reasons(row) for row in by_row]
        whole = {key: sum(row.get(key, 0) for row in by_row) for row in by_row for key in row}
        columns = _reasons_hidden(_stopped(whole), _reasons(whole), self.least)
        shown, mine = CLOSED, hidden_steps[0]
        if columns is not None and mine is not None:
            closed = [at for at, steps in enumerate(hidden_steps) if steps is None]
            shown = crossed(reasons, self.least, closed=closed, columns=columns)[0]
            # The convicted stand in the funnel as well: shown in one of both they would be known in the other.
            if (Step.CONVICTED in mine) != (len(reasons[0]) - 1 in shown.hidden):
                shown = CLOSED
        return {
            code or "waiting": None if not shown.is_open or at in shown.hidden else reasons[0][at]
            for at, code in enumerate(ENDING_LABELS)
        }

    def adjournments(self) -> Counts:
        codes, measure = _adjournment_codes(self.reader)
        counts = self.rows(measure.rows, "reason", codes)
        listed = [row[0] for row in self.rows(measure.of, "", ("",))]
        rows = [[*row, whole - sum(row)] for row, whole in zip(counts, listed, strict=True)]
        shown = crossed(rows, self.least)[0]
        names = [*codes, "held"]
        found: Counts = {
            name: None if not shown.is_open or at in shown.hidden else rows[0][at] for at, name in enumerate(names)
        }
        found["listed"] = listed[0] if shown.is_open else None
        return found

    def wait(self, measure: Waiting) -> JsonValue:
        named = [self.programme, *(one for one in self.programmes if one != self.programme)]
        tallies = [self._of(code).waits(measure) for code in named]
        pairs = [_waited(tally) for tally in tallies]
        whole = _waited(self.reader.waits(measure))
        pairs.append([whole[at] - sum(pair[at] for pair in pairs) for at in range(2)])
        shown = crossed(pairs, self.least)[0]
        if not shown.is_open or shown.hidden:
            return None
        return _wait_said(kaplan_meier(tallies[0])) | {"points": []}

    def _of(self, programme: str) -> Reader:
        return replace(self.reader, chosen=replace(self.reader.chosen, programme=programme), _known={})


def _waited(tally: Sequence[tuple[int, bool, int]]) -> list[int]:
    """How many came to the end of a wait, and how many have not."""
    ended = sum(people for _days, happened, people in tally if happened)
    return [ended, sum(people for _days, _happened, people in tally) - ended]


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
    stopped, by_reason = _stopped(steps), _reasons(steps)
    chain = hide_chain(stopped, least)
    reached: list[JsonValue] = [
        None if chain is None or at in chain else sum(stopped[at:]) for at in range(len(stopped))
    ]
    hidden = _reasons_hidden(stopped, by_reason, least)
    may_tell = chain is not None and Step.CONVICTED not in chain and hidden is not None and not hidden & parts.TOLD
    return {
        "outcomes": _outcomes(reader, may_tell=may_tell),
        "reached": reached,
        "endings": {
            code or "waiting": None if hidden is None or at in hidden else by_reason[at]
            for at, code in enumerate(ENDING_LABELS)
        },
    }


def _stopped(steps: Mapping[tuple[int, str], int]) -> list[int]:
    """How many went so far and no further, by step."""
    return [sum(people for (step, _ending), people in steps.items() if step == at) for at in Step]


def _reasons(steps: Mapping[tuple[int, str], int]) -> list[int]:
    """How many ended for each reason; the convicted, for whom nobody waits any more, as the last."""
    found = {ending: sum(n for (_step, e), n in steps.items() if e == ending) for ending in ENDING_LABELS}
    convicted = _stopped(steps)[Step.CONVICTED]
    found[Ending.WAITING] -= convicted
    return [*found.values(), convicted]


def _reasons_hidden(stopped: Sequence[int], reasons: Sequence[int], least: int) -> frozenset[int] | None:
    """Which reasons to hide beside the funnel; None where all must be."""
    chain = hide_chain(stopped, least)
    if chain is None:
        return None
    is_hidden, last = Step.CONVICTED in chain, len(reasons) - 1
    return hide_line(reasons, least, forced=[last] if is_hidden else [], open_=[] if is_hidden else [last])


def _adjournment_codes(reader: Reader) -> tuple[list[str], Share]:
    """The reasons for which hearings did not take place, unknown ones as the last, and what is counted."""
    indicator = INDICATORS["adjournments"]
    measure = indicator.measure
    assert isinstance(measure, Share)  # noqa: S101 - as the registry says
    known, found = labels_of(indicator), reader.tally(measure.rows, "reason")
    return [*known, *(str(code) for (code,) in found if str(code) not in known)], measure


def _adjournments(reader: Reader) -> Counts:
    codes, measure = _adjournment_codes(reader)
    found = {str(key): n for (key,), n in reader.tally(measure.rows, "reason").items()}
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
    points: list[JsonValue] = [
        [p.day, _parts(p.share), _parts(p.low or 0.0), _parts(p.high or 0.0)] for p in parts.thinned(shown)
    ]
    return _wait_said(curve) | {"points": points}


def _wait_said(curve: Curve) -> dict[str, JsonValue]:
    half, three, nine = (quantile(curve, share) for share in (0.5, 0.75, 0.9))
    return {
        "people": curve.people,
        "half": [half.days, half.low, half.high],
        "three_quarters": three.days,
        "nine_tenths": nine.days,
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


def pack(name: str, first: int, last: int, found: Mapping[str, JsonValue], programme: str = "") -> Pack:
    """The counts of a release as named cells, as they are held against other releases."""
    cells: dict[str, int | None] = {}
    for part in ("people", "endings", "adjournments"):
        for code, count in _table(found.get(part)).items():
            cells[f"{part}.{code}"] = count if isinstance(count, int) else None
    reached = found.get("reached")
    for at, count in enumerate(reached if isinstance(reached, list) else []):
        cells[f"reached.{at}"] = count if isinstance(count, int) else None
    return Pack(name, Period(first, last), cells, programme)


def _table(value: JsonValue) -> Mapping[str, JsonValue]:
    return value if isinstance(value, dict) else {}
