"""The base of every form: it knows its groups, its version and its number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.web.fields import PartialDateField

Validator = Callable[[Any], None]
Group = tuple[str | Promise, str | Promise, list[str]]

_NO_FILE = _("“%(question)s” has no file yet. Choose one.")
# What is said of a question without an answer, and what to do. The first kind that fits says it.
_MISSING: tuple[tuple[type[forms.Field], Promise], ...] = (
    (PartialDateField, _("“%(question)s” has no date yet. A year alone is enough.")),
    (forms.DateTimeField, _("“%(question)s” has no day and time yet. Write both.")),
    (forms.DateField, _("“%(question)s” has no day yet. Choose it, or write it.")),
    (forms.TimeField, _("“%(question)s” has no time yet. Write hours and minutes.")),
    (forms.IntegerField, _("“%(question)s” has no number yet. Write it in figures.")),
    (forms.MultipleChoiceField, _("“%(question)s” has no answer yet. Choose at least one.")),
    (forms.ChoiceField, _("“%(question)s” has no answer yet. Choose one.")),
    (forms.BooleanField, _("“%(question)s” is not ticked yet. Nothing goes on before it is.")),
    (forms.Field, _("“%(question)s” is still empty. Write something there.")),
)
_TOO_SMALL = _("Write %(limit_value)s or a larger number.")
_TOO_LARGE = _("Write %(limit_value)s or a smaller number.")


class Form(forms.Form):
    """A form whose errors help. `layout` puts fields under legends: (legend, hint, field names)."""

    layout: tuple[Group, ...] = ()
    use_required_attribute = False

    def full_clean(self) -> None:
        """Fields may have been put in until now, so that only now each is told how to ask for its answer."""
        for name, field in self.fields.items():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _missing(field) % {"question": self[name].label}
            if isinstance(field, forms.IntegerField):
                field.validators = [_in_our_words(one) for one in field.validators]
        super().full_clean()

    @property
    def holds_answers(self) -> bool:
        """Whether something that was typed or chosen is in it, for what is said over its errors."""
        return any(_is_answer(bound.data) for bound in self.visible_fields())

    @property
    def groups(self) -> Iterator[tuple[str | Promise, str | Promise, list[BoundField]]]:
        for legend, hint, names in self.layout:
            members = [self[name] for name in names if name in self.fields]
            if members:
                yield legend, hint, members


def _is_answer(data: object) -> bool:
    return any(map(_is_answer, data)) if isinstance(data, list) else data not in (None, "", False)


def _in_our_words(validator: Validator) -> Validator:
    """The bounds of a number, telling what to write."""
    match validator:
        case MinValueValidator():
            return MinValueValidator(validator.limit_value, _TOO_SMALL)
        case MaxValueValidator():
            return MaxValueValidator(validator.limit_value, _TOO_LARGE)
    return validator


def _missing(field: forms.Field) -> str:
    if isinstance(field.widget, forms.FileInput):
        return str(_NO_FILE)
    return str(next(said for kind, said in _MISSING if isinstance(field, kind)))


class EmptyForm(Form):
    """A form of one button."""


def number_of(data: object) -> UUID | None:
    """The form's own number, by which a double press is known; None where it is missing or nonsense."""
    try:
        return UUID(str(data))
    except ValueError:
        return None
