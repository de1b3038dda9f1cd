"""The base of every form: it knows its groups, its version and its number."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise

Group = tuple[str | Promise, str | Promise, list[str]]


class Form(forms.Form):
    """A form whose errors help. `layout` puts fields under legends: (legend, hint, field names)."""

    layout: tuple[Group, ...] = ()
    use_required_attribute = False

    @property
    def groups(self) -> Iterator[tuple[str | Promise, str | Promise, list[BoundField]]]:
        for legend, hint, names in self.layout:
            members = [self[name] for name in names if name in self.fields]
            if members:
                yield legend, hint, members


class EmptyForm(Form):
    """A form of one button."""


def number_of(data: object) -> UUID | None:
    """The form's own number, by which a double press is known; None where it is missing or nonsense."""
    try:
        return UUID(str(data))
    except ValueError:
        return None
