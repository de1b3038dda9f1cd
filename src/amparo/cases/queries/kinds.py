"""Kinds of cases, those that every organisation has and those that this one added; and its programmes.

Nothing else knows both: forms, pages, filters and figures ask here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils.functional import Promise

from amparo.cases.queries.around import labelled
from amparo.cases.words import CASE_TYPE_LABELS, Labels
from amparo.staff import queries as staff
from amparo.staff.words import CodeList


def kind_labels() -> Labels:
    """Every kind that a case may have, those that were taken out of use among them. Cost: one look-up of a setting."""
    added = staff.code_labels(CodeList.CASE_TYPES)
    return {**CASE_TYPE_LABELS, **{code: added[code] for code in added if code not in CASE_TYPE_LABELS}}


def kinds_offered(kept: Collection[str] = ()) -> list[tuple[str, str | Promise]]:
    """Kinds to choose from: those in use, and those that the case has already, so that no change drops them."""
    in_use = {*CASE_TYPE_LABELS, *(code for code, _label in staff.code_list(CodeList.CASE_TYPES)), *kept}
    return [(str(code), label) for code, label in kind_labels().items() if code in in_use]


def programmes_offered(kept: str = "") -> list[tuple[str, str]]:
    """Programmes of the organisation to choose from; the one that a case has already stays among them."""
    offered = dict(staff.code_list(CodeList.PROGRAMMES))
    if kept and kept not in offered:
        offered[kept] = programme_said(kept)
    return [(code, str(label)) for code, label in offered.items()]


def programme_said(code: str) -> str:
    """A programme in words. Cost: none, or one look-up of a setting."""
    return str(staff.code_labels(CodeList.PROGRAMMES).get(code, code)) if code else ""


def kinds_said(codes: Iterable[str]) -> str:
    """Kinds in words, as one line. Cost: none, or one look-up of a setting where one of them was added."""
    found = tuple(codes)
    return labelled(CASE_TYPE_LABELS if CASE_TYPE_LABELS.keys() >= set(found) else kind_labels(), found)
