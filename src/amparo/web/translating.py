"""The one place where errors of the house are put into the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext

from amparo.kernel.errors import AppError


def _filled(template: str, error: AppError) -> str:
    if not template:
        return ""
    said = gettext(template)
    return said % error.fields if error.fields else said


def message_of(error: AppError) -> str:
    """What happened, in the reader's language."""
    return _filled(error.template, error)


def hint_of(error: AppError) -> str:
    """What to do next, in the reader's language."""
    return _filled(error.hint_template, error)
