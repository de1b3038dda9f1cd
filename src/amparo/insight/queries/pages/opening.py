"""The records behind the rows of a number: which ones somebody may open, and how they stand in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import Model, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import queries as access
from amparo.cases import queries as cases
from amparo.insight.models import Happening, Line, SuspectLine
from amparo.insight.queries.reader import Reader, labels_in, said_in
from amparo.insight.words import STEP_LABELS, Kind, Labels, Step
from amparo.insight.words.registry import Disposition, Indicator, Selection
from amparo.intake import queries as intake
from amparo.partners import queries as partners
from amparo.strengthening import queries as strengthening
from amparo.strengthening.words import ANSWER_LABELS
from amparo.training import queries as training
from amparo.web import formats
from amparo.web.sheets import Code, Column, Name, Table, Text


def openable(reader: Reader, selection: Selection) -> Q:
    """Which lines somebody may open: those of cases that she sees, and those whose own record she does."""
    kind = dict(selection.where).get("kind")
    if kind == Kind.PRACTICE:
        return Q(source_id__in=strengthening.visible_file_ids(reader.actor))
    if kind == Kind.TRAINED:
        return Q(source_id__in=training.visible_enrolment_ids(reader.actor))
    of_cases = Q(case_id__in=_cases(reader))
    if kind == Kind.REPORT:
        return of_cases | Q(case_id=None, source_id__in=intake.seen(reader.actor, "intake:report:see").values("id"))
    return of_cases


def _cases(reader: Reader) -> object:
    if reader.exact:
        return cases.visible_ids(reader.actor)
    return {case for case, _role in reader.actor.grants} - reader.actor.barred_cases


def table_of(reader: Reader, indicator: Indicator, rows: Sequence[Model]) -> Table:
    """Some lines as a table: what each is about, linked with it, and what it was counted for."""
    lines = [row for row in rows if isinstance(row, Line)]
    if isinstance(lines[0], Happening) and lines[0].kind == Kind.PRACTICE:
        return _practice(cast("list[Happening]", lines))
    found = _Around.of(reader, lines)
    day = _day(indicator)
    columns = [Column(_("Record")), Column(_("Office")), Column(_("Type")), Column(_("Day"))]
    if isinstance(lines[0], SuspectLine):
        columns.append(Column(_("As far as")))
    return Table(_("Rows"), tuple(columns), tuple(found.row(line, day) for line in lines))


def _day(indicator: Indicator) -> str:
    """The column of the day by which a line is counted."""
    measure = indicator.measure
    return measure.resolved.day if isinstance(measure, Disposition) else measure.rows.day


@dataclass(frozen=True, slots=True)
class _Around:
    """What is said of lines besides what stands in them."""

    heads: Mapping[UUID, cases.CaseHead]
    offices: Mapping[UUID, str]
    sessions: Mapping[UUID, str]
    types: Labels

    @classmethod
    def of(cls, reader: Reader, lines: Sequence[Line]) -> _Around:
        trained = [line.source_id for line in lines if isinstance(line, Happening) and line.kind == Kind.TRAINED]
        return cls(
            cases.heads(reader.actor, [line.case_id for line in lines if line.case_id]),
            {one.id: one.name for one in access.offices()},
            training.urls_of_enrolments(trained) if trained else {},
            labels_in("type"),
        )

    def row(self, line: Line, day: str) -> tuple[Text, ...]:
        on = getattr(line, day)
        cells: list[Text] = [
            self._record(line),
            self.offices.get(line.office_id, ""),
            said_in(self.types, line.type),
            formats.short_day_and_year(date.fromordinal(on)) if on else "",
        ]
        if isinstance(line, SuspectLine):
            cells.append(str(STEP_LABELS[Step(line.step)]))
        return tuple(cells)

    def _record(self, line: Line) -> Text:
        head = self.heads.get(line.case_id) if line.case_id else None
        if head is not None:
            return Code(head.code, reverse("desk:case", args=[head.id]))
        if isinstance(line, Happening) and line.kind == Kind.TRAINED:
            return Name(_("One person at a training"), url=self.sessions.get(line.source_id, ""))
        if isinstance(line, Happening) and line.kind == Kind.REPORT:
            return Name(_("A report"), url=reverse("intake:report", args=[line.source_id]))
        return _("no case")


def _practice(lines: Sequence[Happening]) -> Table:
    """Steps of observed files: each leads to the observation."""
    names = partners.names_of({line.unit_id for line in lines if line.unit_id})
    items = strengthening.item_labels()
    return Table(
        _("Rows"),
        (Column(_("Unit")), Column(_("Step")), Column(_("Taken")), Column(_("Day"))),
        tuple(
            (
                Name(names.get(line.unit_id, "") if line.unit_id else ""),
                Name(items.get(line.reason, line.reason), url=reverse("strengthening:file", args=[line.source_id])),
                str(ANSWER_LABELS[line.code]),
                formats.short_day_and_year(date.fromordinal(line.day)),
            )
            for line in lines
        ),
    )
