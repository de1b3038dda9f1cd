"""Forms of insight: what figures are narrowed to, and releases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.cases.words import CASE_TYPE_LABELS
from amparo.insight.queries.counting import Chosen
from amparo.insight.rules.lines import place_code
from amparo.insight.rules.periods import Span, span_between, span_of
from amparo.insight.words import GROUP_LABELS
from amparo.investigations.words import ATTRIBUTION_LABELS
from amparo.kernel.errors import AppError
from amparo.web.fields import ChoiceField, Choices, DayField, as_validation, options
from amparo.web.forms import Form


def _select(label: Any, choices: Choices, empty: Any) -> ChoiceField:
    return ChoiceField(label=label, choices=choices, required=False, widget=forms.Select, empty=empty)


def periods(first: int, last: int) -> list[tuple[str, str]]:
    """Years and their quarters, newest first."""
    found = []
    for year in range(last, first - 1, -1):
        found.append((str(year), str(year)))
        found += [(f"{year}q{quarter}", f"{year} · Q{quarter}") for quarter in (4, 3, 2, 1)]
    return found


class FilterForm(Form):
    """What figures are narrowed to. It stands in the address: codes and ids of offices, nothing of anybody.

    Free days are for who works with the cases: with them, others could cut out the days of one report.
    """

    period = _select(_("Period"), (), _("All time"))
    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("To"), required=False)
    office = _select(_("Office"), (), _("All"))
    district = _select(_("District"), (), _("All"))
    type = _select(_("Case type"), options(CASE_TYPE_LABELS), _("All"))
    group = _select(_("Survivor's age"), options(GROUP_LABELS), _("All"))
    attribution = _select(_("Attribution"), options(ATTRIBUTION_LABELS), _("All"))

    def __init__(
        self, *args: Any, offices: Iterable[tuple[str, str]], districts: Iterable[str], today: date, free_days: bool,
        **rest: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **rest)
        self._places = tuple(districts)
        self._set("period", periods(today.year - 9, today.year), _("All time"))
        self._set("office", list(offices), _("All"))
        self._set("district", [(place_code(place), place) for place in self._places], _("All"))
        if not free_days:
            del self.fields["first"], self.fields["last"]
        if len(list(self.fields["office"].choices)) < 3:  # type: ignore[attr-defined]
            del self.fields["office"], self.fields["district"]

    def _set(self, name: str, choices: list[tuple[str, str]], empty: Any) -> None:
        self.fields[name].choices = [("", empty), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last:
            try:
                span_between(first, last)
            except AppError as error:
                self.add_error("last", as_validation(error))
        return data

    def chosen(self) -> Chosen:
        """The choice; what could not be used is left out."""
        data = (
            self.cleaned_data if self.is_valid() else {**getattr(self, "cleaned_data", {}), "first": None, "last": None}
        )
        period = data.get("period") or ""
        span = span_of(period)
        if not period and (data.get("first") or data.get("last")):
            span = Span(data.get("first"), data.get("last"))
        return Chosen(
            period=period,
            span=span,
            office=UUID(data["office"]) if data.get("office") else None,
            district=next((place for place in self._places if place_code(place) == data.get("district")), ""),
            type=data.get("type") or "",
            group=data.get("group") or "",
            attribution=data.get("attribution") or "",
        )


class ReleaseForm(Form):
    """The period of figures that are to leave the organisation."""

    period = ChoiceField(label=_("Period"), choices=(), widget=forms.Select)

    def __init__(self, *args: Any, today: date, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["period"].choices = [("", _("Choose")), *periods(today.year - 9, today.year)]  # type: ignore[attr-defined]
