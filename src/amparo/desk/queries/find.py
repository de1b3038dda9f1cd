"""Finding by code, telephone or name. What may not be seen is not found, and is not counted either."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.views.around import case_url
from amparo.cases.words import CASE_TYPE_LABELS
from amparo.kernel.errors import Invalid
from amparo.people import queries as people
from amparo.people.words import PersonKind
from amparo.web.sheets import Code, Empty, Name, Row, Section, Sheet

T = TypeVar("T")
_MOST_SHOWN = 20


def found_sheet(actor: Actor, typed: str) -> Sheet:
    """What was found, with survivors and suspects on lists of their own."""
    hits = _people(actor, typed)
    survivors = [hit for hit in hits if hit.kind is not PersonKind.SUSPECT]
    suspects = [hit for hit in hits if hit.kind is PersonKind.SUSPECT]
    case = _or_none(lambda: cases.find_by_code(actor, typed))
    sections = []
    if case is not None:
        row = Row(
            title=Name(case.title),
            when=Code(case.code),
            meta=cases.labelled(CASE_TYPE_LABELS, case.types),
            url=case_url(case.id),
        )
        sections.append(Section(_("Case"), column=0, rows=(row,)))
    if survivors:
        sections.append(_hits_section(actor, _("Survivors, family and others"), survivors))
    if suspects:
        sections.append(_hits_section(actor, _("Suspects"), suspects))
    if not sections:
        nothing = Empty(_("Nothing that you can see. Try a whole code, a whole name or a whole number."))
        sections.append(Section(_("Nothing found"), column=0, empty=nothing))
    return Sheet(title=_("Found"), sections=tuple(sections))


def _people(actor: Actor, typed: str) -> list[people.Hit]:
    by_code = _or_none(lambda: people.find_by_code(actor, typed))
    if by_code is not None:
        return [by_code]
    found: dict[UUID, people.Hit] = {}
    for search in (people.find_by_phone, people.find_by_name):
        for hit in _or_none(lambda search=search: search(actor, typed)) or []:  # type: ignore[misc]
            found.setdefault(hit.id, hit)
    return list(found.values())


def _or_none(look: Callable[[], T]) -> T | None:
    """A search that its input can't be read for finds nothing: text is no code, and a name is no number."""
    try:
        return look()
    except Invalid:
        return None


def _hits_section(actor: Actor, title: str, hits: Sequence[people.Hit]) -> Section:
    more = _("These are the newest %(count)d. Write more of the name to find others.") % {"count": _MOST_SHOWN}
    return Section(
        title, column=0, rows=_rows(actor, hits[:_MOST_SHOWN]), remark=more if len(hits) > _MOST_SHOWN else ""
    )


def _rows(actor: Actor, hits: Sequence[people.Hit]) -> tuple[Row, ...]:
    labels = people.labels(actor, [hit.id for hit in hits])
    heads = cases.cases_of_persons(actor, list(labels))
    return tuple(
        Row(
            when=Code(hit.code),
            title=labels[hit.id].text,
            lines=tuple((Code(head.code, case_url(head.id)), Name(head.title)) for head in heads[hit.id]),
        )
        for hit in hits
        if hit.id in labels
    )
