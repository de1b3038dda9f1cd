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


def _offered(name: CodeList, *kept: str) -> list[tuple[str, str]]:
    """Codes in use of a list of the organisation, to choose from; those that a case has already stay among them."""
    labels = dict(staff.code_list(name))
    labels |= {code: _said(name, code) for code in kept if code and code not in labels}
    return [(code, str(label)) for code, label in labels.items()]


def _listed(name: CodeList) -> list[tuple[str, str]]:
    """Every code of a list of the organisation, in use or not: what cases may have."""
    return list(staff.code_labels(name).items())


def _said(name: CodeList, *codes: str) -> str:
    """Codes of a list of the organisation in words. Cost: none, or one look-up of a setting."""
    known = staff.code_labels(name) if any(codes) else {}
    return ", ".join(known.get(code, code) for code in codes if code)


def programmes_offered(kept: str = "") -> list[tuple[str, str]]:
    """Programmes of the organisation to choose from; the one that a case has already stays among them."""
    return _offered(CodeList.PROGRAMMES, kept)


def programmes() -> list[tuple[str, str]]:
    """Every programme of the organisation, ended ones among them."""
    return _listed(CodeList.PROGRAMMES)


def programme_said(code: str) -> str:
    """A programme in words. Cost: none, or one look-up of a setting."""
    return _said(CodeList.PROGRAMMES, code)


def tags_offered(*kept: str) -> list[tuple[str, str]]:
    return _offered(CodeList.CASE_TAGS, *kept)


def tags_said(codes: Iterable[str]) -> str:
    return _said(CodeList.CASE_TAGS, *codes)


def jurisdictions_offered(kept: str = "") -> list[tuple[str, str]]:
    return _offered(CodeList.JURISDICTIONS, kept)


def jurisdiction_said(code: str) -> str:
    return _said(CodeList.JURISDICTIONS, code)


def filters_offered() -> dict[str, list[tuple[str, str]]]:
    """What a list of cases can be narrowed to of the organisation's own lists, by the filter's name."""
    lists = {"tag": CodeList.CASE_TAGS, "programme": CodeList.PROGRAMMES, "jurisdiction": CodeList.JURISDICTIONS}
    return {name: _listed(one) for name, one in lists.items()}


def kinds_said(codes: Iterable[str]) -> str:
    """Kinds in words, as one line. Cost: none, or one look-up of a setting where one of them was added."""
    found = tuple(codes)
    return labelled(CASE_TYPE_LABELS if CASE_TYPE_LABELS.keys() >= set(found) else kind_labels(), found)
