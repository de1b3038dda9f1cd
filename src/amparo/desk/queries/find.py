"""Finding by code, telephone or name. What may not be seen is not found, and is not counted either."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.views.around import case_url
from amparo.evidence import queries as evidence
from amparo.forensics import queries as forensics
from amparo.intake import queries as intake
from amparo.kernel import codes
from amparo.kernel.errors import Invalid
from amparo.kits import queries as kits
from amparo.operations import queries as operations
from amparo.people import queries as people
from amparo.people.words import PREFIX_OF, PersonKind
from amparo.protection import queries as protection
from amparo.referrals import queries as referrals
from amparo.web.sheets import Code, Empty, Name, Row, Section, Sheet

T = TypeVar("T")
_MOST_SHOWN = 20
_CASE = "CASE"
_PERSONS = frozenset(PREFIX_OF.values())
# What the first letters of a code name, and who finds it.
_ITEMS: Mapping[str, tuple[str | Promise, Callable[[Actor, str], Row | None]]] = {
    "EV": (gettext_lazy("Item of evidence"), evidence.find_by_code),
    "CP": (gettext_lazy("A copy that left"), evidence.find_copy_by_code),
    "RP": (gettext_lazy("Report"), intake.find_by_code),
    "BR": (gettext_lazy("Something that got out"), protection.find_by_code),
    "RF": (gettext_lazy("Referral"), referrals.find_by_code),
    "RS": (gettext_lazy("Release"), referrals.find_release_by_code),
    "KIT": (gettext_lazy("Kit"), kits.find_by_code),
    "LR": (gettext_lazy("Request to a laboratory"), kits.find_request_by_code),
    "EX": (gettext_lazy("Examination"), forensics.find_by_code),
    "RL": (gettext_lazy("Report of an examination"), forensics.find_release_by_code),
    "OP": (gettext_lazy("Operation"), operations.find_by_code),
}


def found_sheet(actor: Actor, typed: str) -> Sheet:
    """What was found. A whole code is asked of the one room that it belongs to."""
    code = _code(typed)
    prefix = code.partition("-")[0]
    if prefix in _ITEMS:
        sections = _item(actor, prefix, code)
    elif prefix == _CASE:
        sections = _case(actor, code)
    else:
        sections = _people(actor, _person(actor, code) if prefix in _PERSONS else _named(actor, typed))
    nothing = Empty(_("Nothing that you can see. Try a whole code, a whole name or a whole number."))
    return Sheet(title=_("Found"), sections=sections or (Section(_("Nothing found"), column=0, empty=nothing),))


def _code(typed: str) -> str:
    """The code that was meant; empty for a name or a number."""
    try:
        return codes.parse_code(typed)
    except codes.CodeMistyped:
        return ""


def _item(actor: Actor, prefix: str, code: str) -> tuple[Section, ...]:
    title, find = _ITEMS[prefix]
    row = find(actor, code)
    return () if row is None else (Section(title, column=0, rows=(row,)),)


def _case(actor: Actor, code: str) -> tuple[Section, ...]:
    case = cases.find_by_code(actor, code)
    if case is None:
        return ()
    row = Row(
        title=Name(case.title),
        when=Code(case.code),
        meta=cases.kinds_said(case.types),
        url=case_url(case.id),
    )
    return (Section(_("Case"), column=0, rows=(row,)),)


def _people(actor: Actor, hits: Sequence[people.Hit]) -> tuple[Section, ...]:
    """Survivors and suspects on lists of their own."""
    survivors = [hit for hit in hits if hit.kind is not PersonKind.SUSPECT]
    suspects = [hit for hit in hits if hit.kind is PersonKind.SUSPECT]
    lists = ((_("Survivors, family and others"), survivors), (_("Suspects"), suspects))
    return tuple(_hits_section(actor, title, found) for title, found in lists if found)


def _person(actor: Actor, code: str) -> list[people.Hit]:
    hit = people.find_by_code(actor, code)
    return [] if hit is None else [hit]


def _named(actor: Actor, typed: str) -> list[people.Hit]:
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
            lines=tuple((Code(head.code, case_url(head.id)), Name(head.beside_code)) for head in heads[hit.id]),
        )
        for hit in hits
        if hit.id in labels
    )
