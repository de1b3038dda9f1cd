"""What a reader who sees figures alone may be shown of a list, with or without a filter.

Such a reader chooses one filter at a time. What each choice may show is worked out for all choices together, and beside
what is shown without a filter (`rules.crossing`): whoever looks at one after the other learns of no small group.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from amparo.insight.queries import counting
from amparo.insight.queries.reader import Reader
from amparo.insight.rules.crossing import CLOSED, Shown, alone, chains, crossed
from amparo.insight.rules.suppressing import hide_chain
from amparo.insight.words import Kind, Step
from amparo.insight.words.registry import Selection

ONE_AT_A_TIME = ("period", "district", "type", "programme", "group", "attribution")
EVERY_SUSPECT = Selection("suspect", "reported")
_STEPS = [str(int(step)) for step in Step]


def by(reader: Reader) -> str:
    """The one filter of a reader who sees figures alone; empty without one. Raises ValueError with several.

    With several a small group could be found between them: the form offers one at a time.
    """
    found = reader.chosen.filters()
    if len(found) > 1 or (found and found[0] not in ONE_AT_A_TIME):
        raise ValueError(found)
    return found[0] if found else ""


def is_whole(reader: Reader) -> bool:
    """Whether this reader may see what is shown to her without a filter alone."""
    return reader.exact or not by(reader)


def is_exact(reader: Reader, selection: Selection) -> bool:
    """Whether small numbers of these lines are shown too.

    What units do is no figure about survivors or suspects: whoever sees figures may open each observed file, and its
    lines hold neither the type, the programme nor the age of a case.
    """
    return reader.exact or ("kind", Kind.PRACTICE.value) in selection.where


def is_open(reader: Reader, selection: Selection) -> bool:
    """Whether it may be told how many lines there are."""
    return list_of(reader, selection).is_open


def list_of(reader: Reader, selection: Selection, column: str = "", codes: Sequence[str] = ("",)) -> Shown:
    """What of a list of lines by the codes of a column may be shown; positions are those of the codes.

    Without a column it is a list of one. Lines with another code are one more cell at the end.
    """
    if is_exact(reader, selection):
        return Shown(True)
    return reader.once(("list", selection, column), lambda: _listed(reader, selection, column, codes, ()))


def pair_of(reader: Reader, rows: Selection, of: Selection) -> Shown:
    """What of those in a share, the first cell, and of those outside of it, the second, may be shown."""
    if is_exact(reader, of):
        return Shown(True)
    return reader.once(("pair", rows, of), lambda: _pairs(reader, rows, of)[_place(reader)])


def part_of(reader: Reader, rows: Selection, of: Selection, column: str, codes: Sequence[str]) -> Shown:
    """What of the list of those in a share may be shown; nothing where their number may not."""
    if is_exact(reader, of):
        return Shown(True)
    pairs = _pairs(reader, rows, of)
    if not pairs[_place(reader)].tells([0]):
        return CLOSED
    closed = [at for at, one in enumerate(pairs) if not one.tells([0])]
    return reader.once(("part", rows, of, column), lambda: _listed(reader, rows, column, codes, closed))


def steps_hidden(reader: Reader, selection: Selection) -> frozenset[int] | None:
    """Which steps of the funnel to hide; None where all must be."""
    if reader.exact:
        return frozenset()
    return reader.once(("chain", selection), lambda: _chain(reader, selection))


def _chain(reader: Reader, selection: Selection) -> frozenset[int] | None:
    if not by(reader):
        return hide_chain(_rows(reader, selection, "step", _STEPS)[0], reader.reach.least)
    return chains_by(reader, selection, by(reader))[_choice(reader)]


def chains_by(reader: Reader, selection: Selection, name: str) -> dict[str, frozenset[int] | None]:
    """Which steps of the funnel are hidden under each choice of a filter; None where all are.

    What is shown without a filter by year or by district is what this filter would show.
    """
    rows = _rows(reader, selection, "step", _STEPS, name=name)
    return dict(zip(_every(reader, selection, "step", name), chains(rows, reader.reach.least), strict=True))


def by_year(reader: Reader) -> dict[tuple[int, int], int]:
    """How many suspects there are by the year of the report and the step that they reached. Cost: two queries."""
    if reader.exact:
        return counting.by_year(EVERY_SUSPECT, reader.chosen, reader.reach, "step")
    counts = _counts(reader, EVERY_SUSPECT, "step", "period")
    return {(int(year), int(step)): count for (year, step), count in counts.items()}


def open_by(reader: Reader, selection: Selection, name: str) -> frozenset[str]:
    """The choices of a filter under which it may be told how many lines there are."""
    rows = crossed(_rows(reader, selection, "", ("",), name=name), reader.reach.least)
    every = _every(reader, selection, "", name)
    return frozenset(choice for choice, one in zip(every, rows, strict=True) if one.is_open)


def within(reader: Reader, selection: Selection, column: str, codes: Sequence[str], hidden: Collection[int]) -> Shown:
    """What of a list may be shown under the filter, where others decided what is hidden of it without one."""
    closed = [at for at, one in enumerate(chains_by(reader, EVERY_SUSPECT, by(reader)).values()) if one is None]
    rows = _rows(reader, selection, column, codes, EVERY_SUSPECT)
    return crossed(rows, reader.reach.least, closed=closed, columns=hidden)[_place(reader)]


def sums(reader: Reader, selection: Selection, column: str, codes: Sequence[str]) -> list[int]:
    """How many there are of each code without a filter."""
    rows = _rows(reader, selection, column, codes)
    return [sum(row[at] for row in rows) for at in range(len(codes))]


def _listed(reader: Reader, selection: Selection, column: str, codes: Sequence[str], closed: Collection[int]) -> Shown:
    rows = _rows(reader, selection, column, codes)
    if not by(reader):
        return alone(rows[0], reader.reach.least)
    return crossed(rows, reader.reach.least, closed=closed)[_place(reader)]


def _pairs(reader: Reader, rows: Selection, of: Selection) -> list[Shown]:
    """Those in a share and those outside of it, under every choice of the filter, or without one."""
    parts, wholes = _rows(reader, rows, "", ("",), of), _rows(reader, of, "", ("",))
    pairs = [[part[0], whole[0] - part[0]] for part, whole in zip(parts, wholes, strict=True)]
    if not by(reader):
        return [alone(pairs[0], reader.reach.least)]
    return crossed(pairs, reader.reach.least)


# ---- rows and columns -------------------------------------------------------------------------------------------


Counts = Mapping[tuple[str, str], int]


def _place(reader: Reader) -> int:
    return _choices(reader, by(reader)).index(_choice(reader))


def _choice(reader: Reader) -> str:
    name = by(reader)
    return str(getattr(reader.chosen, name)) if name else ""


def _choices(reader: Reader, name: str) -> list[str]:
    """What a filter offers, whether or not anybody is in it: a choice that is missing would tell of nobody."""
    if not name:
        return [""]
    offered = reader.once(("choices", name), lambda: counting.choices(name, reader.reach))
    is_mine = name == by(reader) and _choice(reader) not in offered
    return [*offered, _choice(reader)] if is_mine else offered


def _counts(reader: Reader, selection: Selection, column: str, name: str) -> Counts:
    """How many lines there are by choice and code. Cost: one query, two for a period; asked of the database once."""
    if name:
        key = ("crossed", selection, column, name)
        return reader.once(key, lambda: counting.crossed(selection, reader.reach, name, column))
    if not column:
        return {("", ""): reader.count(selection)}
    if selection == EVERY_SUSPECT and column == "step":
        # The funnel has asked for the same, and for the reasons.
        found: dict[tuple[str, str], int] = {}
        for (step, _ending), count in reader.tally(selection, "step", "ending").items():
            found["", str(step)] = found.get(("", str(step)), 0) + count
        return found
    return {("", str(code)): count for (code,), count in reader.tally(selection, column).items()}


def _every(reader: Reader, selection: Selection, column: str, name: str) -> list[str]:
    """The choices of a filter, and then those that nobody offers and that have lines."""
    choices = _choices(reader, name)
    there = {choice for choice, _code in _counts(reader, selection, column, name)}
    return [*choices, *sorted(there - set(choices))]


def _rows(
    reader: Reader,
    selection: Selection,
    column: str,
    codes: Sequence[str],
    beside: Selection | None = None,
    *,
    name: str | None = None,
) -> list[list[int]]:
    """For each choice how many there are of each code; other codes, where there are any, at the end of the line.

    The choices are those of `beside`, of which the selection is a part, where two lists are laid beside each other.
    """
    name = by(reader) if name is None else name
    counts = _counts(reader, selection, column, name)
    rest = any(code not in codes for _choice_, code in counts)
    rows = []
    for choice in _every(reader, beside or selection, column if beside is None else "", name):
        row = {code: count for (mine, code), count in counts.items() if mine == choice}
        line = [row.pop(code, 0) for code in codes]
        rows.append([*line, sum(row.values())] if rest else line)
    return rows
