"""One small form for each question. Nothing is required: each can be skipped."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.reporting.words import (
    ABOUT_LABELS,
    DANGER_LABELS,
    QUESTION_LABELS,
    REACH_LABELS,
    WHEN_LABELS,
    Question,
)
from amparo.web.fields import Choices, PartialDateField, TextField, options
from amparo.web.forms import Form


def _radios(label: Any, choices: Choices, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=list(choices), widget=forms.RadioSelect, required=False, help_text=hint
    )


class Asked(Form):
    """A question. The first field's label is the page's title, unless the page has one of its own."""

    own_title = False

    def __init__(self, *args: Any, districts: Choices = (), **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._districts = list(districts)

    def values(self) -> dict[str, str]:
        """What is to be kept, as plain text."""
        return {name: str(value or "") for name, value in self.cleaned_data.items()}


class DangerForm(Asked):
    danger = _radios(
        QUESTION_LABELS[Question.DANGER],
        options(DANGER_LABELS),
        _("We ask this first, so that we can show you who helps today. “I'm not sure” is a good answer."),
    )


class AboutForm(Asked):
    own_title = True
    about = _radios(_("Choose what fits best"), options(ABOUT_LABELS))
    name = TextField(
        label=_("A name, if you want to give one"),
        limit=200,
        required=False,
        help_text=_("Any name is fine. Leave it empty if you prefer."),
    )


class WhatForm(Asked):
    text = TextField(
        label=QUESTION_LABELS[Question.WHAT],
        limit=30_000,
        rows=8,
        required=False,
        help_text=_("In your own words, as much or as little as you want. Any language is fine."),
    )


class WhenForm(Asked):
    own_title = True
    when = _radios(_("Choose what fits best"), options(WHEN_LABELS))
    day = PartialDateField(
        label=_("If it was earlier: as much of the day as you know"),
        help_text=_("A year alone is enough."),
        required=False,
    )

    def values(self) -> dict[str, str]:
        day = self.cleaned_data.get("day")
        return {"when": self.cleaned_data["when"], "day": day.isoformat() if day else ""}


class WhereForm(Asked):
    own_title = True
    district = forms.ChoiceField(label=_("District"), required=False)
    place = TextField(
        label=_("The place, as roughly as you want"),
        limit=300,
        required=False,
        help_text=_("A town, a road, a kind of place. An exact address is not needed."),
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field = self.fields["district"]
        if self._districts and isinstance(field, forms.ChoiceField):
            field.choices = [("", _("I'm not sure")), *self._districts]
        else:
            del self.fields["district"]


class WhoForm(Asked):
    own_title = True
    who = TextField(label=_("A name, if you know one"), limit=200, required=False)
    who_more = TextField(
        label=_("Anything else about them"),
        limit=3_000,
        rows=4,
        required=False,
        help_text=_("What they do, how they look, where they can be found."),
    )


class FilesForm(Asked):
    """Its files come sealed, beside the form."""


class ReachForm(Asked):
    own_title = True
    reach = _radios(
        _("Choose what is safe"),
        options(REACH_LABELS),
        _("We use no other way than the one that you choose."),
    )
    safe = TextField(
        label=_("If in another way: how, when, and what we must not say"),
        limit=800,
        rows=4,
        required=False,
        help_text=_("Such as a number, the hours when you are alone, who else may pick up, a word to say first."),
    )


FORMS: dict[Question, type[Asked]] = {
    Question.DANGER: DangerForm,
    Question.ABOUT: AboutForm,
    Question.WHAT: WhatForm,
    Question.WHEN: WhenForm,
    Question.WHERE: WhereForm,
    Question.WHO: WhoForm,
    Question.FILES: FilesForm,
    Question.REACH: ReachForm,
}


class CodeForm(Form):
    """A code, typed as it was written down."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=400,
        strip=True,
        widget=forms.Textarea(
            attrs={"rows": 3, "dir": "ltr", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type your code first.")},
    )


class MessageForm(Form):
    text = TextField(label=_("Write to us"), limit=10_000, rows=5, required=False)


class OwnNumberForm(Form):
    """The number that somebody was given for something of hers."""

    number = TextField(
        label=_("Your number"), limit=100, help_text=_("It begins with MY. Spaces and lines do not matter.")
    )
