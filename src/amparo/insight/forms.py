"""Forms of insight: what figures are narrowed to, and releases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.insight.errors import OneAtATime
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

    Who sees figures alone chooses one of them at a time, and whole years: with several, or with single days, a few
    people could be cut out.
    """

    period = _select(_("Period"), (), _("All time"))
    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("To"), required=False)
    office = _select(_("Office"), (), _("All"))
    district = _select(_("District"), (), _("All"))
    type = _select(_("Case type"), (), _("All"))
    programme = _select(_("Programme"), (), _("All"))
    group = _select(_("Survivor's age"), options(GROUP_LABELS), _("All"))
    attribution = _select(_("Attribution"), options(ATTRIBUTION_LABELS), _("All"))
    # It stands in the addresses of what units do, and is chosen there.
    unit = ChoiceField(label=_("Unit"), choices=(), required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, offices: Iterable[tuple[str, str]], districts: Iterable[str], units: Iterable[str],
        years: Sequence[int], types: Choices, programmes: Choices, exact: bool, **rest: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **rest)
        self._places, self._exact = tuple(districts), exact
        offered = periods(years[0], years[-1]) if exact else [(str(year), str(year)) for year in reversed(years)]
        self._set("period", offered, _("All time"))
        self._set("office", list(offices), _("All"))
        self._set("district", [(place_code(place), place) for place in self._places], _("All"))
        self._set("type", list(types), _("All"))
        self._set("programme", list(programmes), _("All"))
        if not list(programmes):
            del self.fields["programme"]
        self.fields["unit"].choices = [("", ""), *((one, one) for one in units)]  # type: ignore[attr-defined]
        if not exact:
            del self.fields["first"], self.fields["last"], self.fields["office"]
        elif len(list(self.fields["office"].choices)) < 3:  # type: ignore[attr-defined]
            del self.fields["office"], self.fields["district"]

    def _set(self, name: str, choices: list[tuple[str, Any]], empty: Any) -> None:
        self.fields[name].choices = [("", empty), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last:
            try:
                span_between(first, last)
            except AppError as error:
                self.add_error("last", as_validation(error))
        several = [name for name, value in data.items() if value and name != "unit"]
        if not self._exact and len(several) > 1:
            self.add_error(several[-1], as_validation(OneAtATime(field=several[-1])))
        return data

    def chosen(self) -> Chosen:
        """The choice; what could not be used is left out."""
        data = (
            self.cleaned_data if self.is_valid() else {**getattr(self, "cleaned_data", {}), "first": None, "last": None}
        )
        if not self._exact and not self.is_valid():
            data = {}
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
            programme=data.get("programme") or "",
            group=data.get("group") or "",
            attribution=data.get("attribution") or "",
            unit=UUID(data["unit"]) if data.get("unit") else None,
        )


class ReleaseForm(Form):
    """The period of figures that are to leave the organisation, and one programme or all cases."""

    period = ChoiceField(label=_("Period"), choices=(), widget=forms.Select)
    programme = ChoiceField(
        label=_("Programme"),
        choices=(),
        required=False,
        widget=forms.Select,
        help_text=_("For a donor's report. Figures of one programme go to nobody but whom you give the report."),
    )

    def __init__(self, *args: Any, today: date, programmes: Choices = (), **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["programme"].choices = [("", _("All cases")), *programmes]  # type: ignore[attr-defined]
        if not programmes:
            del self.fields["programme"]
        self.fields["period"].choices = [("", _("Choose")), *periods(today.year - 9, today.year)]  # type: ignore[attr-defined]
