"""What the justice system does, as far as we see it: kits, people trained, what units do, the scorecard."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.insight.queries import parts
from amparo.insight.queries.blocks import BarLine, Block, Cell, Head, Link, number, percent
from amparo.insight.queries.reader import Reader
from amparo.insight.words.registry import INDICATORS
from amparo.partners import queries as partners
from amparo.strengthening import queries as strengthening
from amparo.strengthening.queries.practice import PracticeRow, half_dots
from amparo.web import formats

# Units whose work is drawn on one page, those with the most files first.
MOST_UNITS = 12


def blocks(reader: Reader) -> tuple[Block, ...]:
    """The blocks of the page."""
    return (
        parts.groups(reader, INDICATORS["kits-unsent"], title=_("Kits, by how far they came")),
        parts.groups(reader, INDICATORS["trained"], title=_("People trained")),
        *units(reader),
        scorecard(reader),
    )


def units(reader: Reader) -> list[Block]:
    """What each unit does: the share of checked files in which a step was taken, before and now."""
    span = reader.chosen.span
    found: dict[object, list[PracticeRow]] = {}
    for row in strengthening.practice_rows(reader.actor, since=span.first, until=span.last):
        if reader.chosen.office in (None, row.office_id):
            found.setdefault(row.unit_id, []).append(row)
    if not found:
        return [Block("units", _("What each unit does"), said=_("No file was checked in this period."))]
    names = partners.names_of(found)  # type: ignore[arg-type]
    items = strengthening.newest_checklist().items
    order = sorted(found, key=lambda unit: (-len(found[unit]), str(unit)))
    made = []
    for unit in order[:MOST_UNITS]:
        rows, title = found[unit], names.get(unit, "")  # type: ignore[call-overload]
        name = f"unit-{unit}"
        if not reader.exact and len(rows) < reader.reach.least:
            made.append(parts.too_few(name, title, reader, half=True))
            continue
        said = ngettext("%(count)s file checked.", "%(count)s files checked.", len(rows)) % {"count": number(len(rows))}
        shares = [row.score for row in rows]
        done, applies = sum(score.yes for score in shares), sum(score.applicable for score in shares)
        made.append(
            Block(
                name,
                title,
                remark=f"{said} {percent(done, applies)}",
                drawings=(half_dots(rows, items),),
                notes=(_("The share of steps that were taken, of those that applied. ○ earlier half, ● later half."),),
                half=True,
            )
        )
    return made


def scorecard(reader: Reader) -> Block:
    """The programme's scorecard: what was measured, by whom and how; nothing of it is worked out here."""
    rows = strengthening.scorecard_rows(reader.actor)
    if not rows:
        return Block("scorecard", _("Scorecard"), said=_("Nothing was measured yet."))
    lines = [
        BarLine(
            f"{row.indicator}, {row.place}" if row.place else row.indicator,
            (
                Cell(formats.mean(float(row.value))),
                Cell(f"{formats.mean(float(row.low))} – {formats.mean(float(row.high))}"),
                Cell(number(row.n)),
                Cell(f"{formats.month_and_year(row.from_on)} – {formats.month_and_year(row.until_on)}", quiet=True),
                Cell(row.source, quiet=True),
            ),
        )
        for row in rows
    ]
    return Block(
        "scorecard",
        _("Scorecard"),
        first=_("Measure"),
        heads=(
            Head(_("Value")),
            Head(_("95 % interval")),
            Head(_("asked")),
            Head(_("Period"), False),
            Head(_("Source"), False),
        ),
        lines=tuple(lines),
        bars=False,
        links=tuple[Link, ...](),
        notes=(_("Measured by surveys and studies, with their own method: no figure of Amparo is in it."),),
    )
