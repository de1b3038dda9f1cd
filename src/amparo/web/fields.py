"""Form fields for what the field writes down: text in any script, partial dates, moments, codes of choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.kernel import text
from amparo.kernel.dates import FIRST_YEAR, LAST_YEAR, DateRefused, PartialDate, YearOutOfRange
from amparo.kernel.errors import AppError
from amparo.web.translating import hint_of, message_of

Choices = Iterable[tuple[str, str | Promise]]


def as_validation(error: AppError) -> ValidationError:
    """An error of the house as one of a form field: what happened, and what to do."""
    said = " ".join(part for part in (message_of(error), hint_of(error)) if part)
    return ValidationError(said, code=error.code)


class TextField(forms.CharField):
    """Text as typed: NUL and broken characters refused, length in characters, outer space dropped."""

    def __init__(self, *, limit: int = 200, rows: int = 0, **rest: Any) -> None:
        self.limit = limit
        if rows:
            rest.setdefault("widget", forms.Textarea(attrs={"rows": rows, "dir": "auto"}))
        else:
            rest.setdefault("widget", forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}))
        rest["strip"] = False
        super().__init__(**rest)

    def to_python(self, value: object) -> str:
        if value in self.empty_values:
            return ""
        try:
            return text.check_length(text.tidy(str(value).replace("\r\n", "\n")), self.limit)
        except AppError as error:
            raise as_validation(error) from error

    def validate(self, value: object) -> None:
        # Django's own refusal of NUL sits in a validator that CharField adds; ours has spoken already.
        super().validate(value)


class ChoiceField(forms.ChoiceField):
    """One of a code list; radio buttons up to seven, a list beyond."""

    def __init__(self, *, choices: Choices, empty: str | Promise = "", **rest: Any) -> None:
        options = list(choices)
        if "widget" not in rest:
            rest["widget"] = forms.RadioSelect if len(options) <= 7 else forms.Select
        if rest["widget"] is forms.Select or not rest.get("required", True):
            # Beside radio buttons it is an answer of its own, and chosen already.
            nothing = _("Not said") if rest["widget"] is forms.RadioSelect else _("Choose")
            options = [("", empty or nothing), *options]
        super().__init__(choices=options, **rest)


class ManyField(forms.MultipleChoiceField):
    def __init__(self, *, choices: Choices, **rest: Any) -> None:
        rest.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(choices=list(choices), **rest)


class PartialDateWidget(forms.MultiWidget):
    """Year, month and day in boxes of their own, and whether it is about then."""

    def __init__(self) -> None:
        number = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            widgets={
                "day": forms.TextInput(attrs=number | {"size": "2", "maxlength": "2"}),
                "month": forms.TextInput(attrs=number | {"size": "2", "maxlength": "2"}),
                "year": forms.TextInput(attrs=number | {"size": "4", "maxlength": "4"}),
                "about": forms.CheckboxInput(),
            }
        )

    def decompress(self, value: PartialDate | str | None) -> list[object]:
        if isinstance(value, str):
            value = PartialDate.parse(value) if value else None
        if value is None:
            return ["", "", "", False]
        return [value.day or "", value.month or "", value.year, value.about]


class PartialDateField(forms.MultiValueField):
    """A date of which only the year, or year and month, may be known. Cleans to PartialDate or None."""

    part_labels = (_("Day"), _("Month"), _("Year"), _("About then"))

    def __init__(self, **rest: Any) -> None:
        parts = [forms.CharField(required=False) for _part in range(3)] + [forms.BooleanField(required=False)]
        rest.setdefault("help_text", _("Leave out what nobody knows: a year alone is enough."))
        super().__init__(fields=parts, widget=PartialDateWidget(), require_all_fields=False, **rest)

    def compress(self, data_list: list[Any]) -> PartialDate | None:
        day, month, year, about = data_list or ["", "", "", False]
        if not (day or month or year):
            # The box "about then" counts as an answer for Django, and is none.
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        try:
            return PartialDate.from_parts(year, month, day, about=bool(about))
        except DateRefused as error:
            raise as_validation(error) from error


class DayField(forms.DateField):
    """A full day."""

    def __init__(self, **rest: Any) -> None:
        rest.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        rest.setdefault("error_messages", {"invalid": _("This is not a day of the calendar. Write it as 2026-05-17.")})
        super().__init__(**rest)

    def clean(self, value: object) -> date | None:
        day = super().clean(value)
        if not isinstance(day, date):
            return None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise as_validation(YearOutOfRange(first=FIRST_YEAR, last=LAST_YEAR))
        return day


class MomentField(forms.DateTimeField):
    """A day and time in the reader's office; cleans to an aware moment in UTC."""

    def __init__(self, **rest: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        rest.setdefault("widget", widget)
        rest.setdefault("input_formats", ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"])
        wrong = _("This is not a day and time. Write it as 2026-05-17 14:30.")
        rest.setdefault("error_messages", {"invalid": wrong})
        super().__init__(**rest)

    def clean(self, value: object) -> datetime | None:
        moment = super().clean(value)
        if not isinstance(moment, datetime):
            return None
        # The first and last hours that a computer knows can't be told in another zone.
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return moment.astimezone(UTC)

    def prepare_value(self, value: object) -> object:
        if isinstance(value, datetime) and timezone.is_aware(value):
            return value.astimezone(ZoneInfo(timezone.get_current_timezone_name())).replace(tzinfo=None)
        return value


def options(labels: Mapping[Any, str | Promise]) -> list[tuple[str, str | Promise]]:
    """A code list as choices, in its own order."""
    return [(str(code), label) for code, label in labels.items()]
