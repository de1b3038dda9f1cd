"""Forms of the desk."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.cases.words import CLOSURE_LABELS, REOPEN_LABELS
from amparo.web.fields import ChoiceField, TextField, options
from amparo.web.forms import Form


class AskToCloseForm(Form):
    reason = ChoiceField(label=_("Why can the case close?"), choices=options(CLOSURE_LABELS))
    remark = TextField(
        label=_("What should the one who decides know?"),
        help_text=_("Does she know how to come back? Were the others told, where she agreed?"),
        limit=2000,
        rows=4,
        required=False,
    )


class AnswerForm(Form):
    answer = TextField(label=_("Your answer"), limit=2000, rows=3, required=False)


class DeclineForm(Form):
    answer = TextField(label=_("What is still to be done?"), limit=2000, rows=3)


class ReopenForm(Form):
    reason = ChoiceField(label=_("Why is it opened again?"), choices=options(REOPEN_LABELS))


class EraseForm(Form):
    code = TextField(
        label=_("Code of the person"),
        help_text=_("As it stands on every page about her: such as SV-7K4-Q9T-M3X."),
        limit=40,
    )
    sure = forms.BooleanField(
        label=_("She asked for it, or the law asks for it; no law asks to keep her words"), required=True
    )


class SureForm(Form):
    sure = forms.BooleanField(label=_("No law asks to keep these words"), required=True)


class FindForm(Form):
    q = TextField(label=_("Find a case, person code or item"), limit=200)
