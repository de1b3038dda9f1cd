"""Forms of data protection, short enough to be filled in by somebody who is frightened."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.protection.words import AUTHORITY_LABELS, KIND_LABELS, PEOPLE_LABELS, RISK_LABELS
from amparo.web.fields import ChoiceField, DayField, ManyField, MomentField, TextField, options
from amparo.web.forms import Form

_MOST_PEOPLE = 10_000_000


def _people() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("About how many people"), required=False, min_value=0, max_value=_MOST_PEOPLE,
        help_text=_("As far as you can say."),
    )  # fmt: skip


class ReportForm(Form):
    what = TextField(
        label=_("What happened?"),
        limit=4000,
        rows=4,
        help_text=_(
            "In plain words, without names: a telephone was lost, a letter went to the wrong address, a file lay open."
        ),
    )
    noticed_at = MomentField(
        label=_("When was it noticed?"), required=False, help_text=_("Leave this out if it is now.")
    )
    happened_on = DayField(label=_("When did it happen, if that is known?"), required=False)
    kinds = ManyField(label=_("What is it about?"), choices=options(KIND_LABELS), required=False)
    people = _people()


class AssessForm(Form):
    kinds = ManyField(label=_("What is it about?"), choices=options(KIND_LABELS))
    people = _people()
    risk = ChoiceField(label=_("How great is the risk to them?"), choices=options(RISK_LABELS))
    risk_words = TextField(label=_("Why"), limit=2000, rows=3, required=False)
    done = TextField(
        label=_("What was done?"),
        limit=4000,
        rows=4,
        required=False,
        help_text=_("Sign-ins ended, a telephone wiped, a letter fetched back, somebody moved to a safe place."),
    )


class DecideForm(Form):
    authority = ChoiceField(label=_("The authority"), choices=options(AUTHORITY_LABELS))
    authority_at = MomentField(label=_("When it was told"), required=False)
    authority_reason = TextField(label=_("Why it need not be told, or why so late"), limit=1000, rows=2, required=False)
    people = ChoiceField(label=_("The people whom it is about"), choices=options(PEOPLE_LABELS))
    people_on = DayField(label=_("When they were told"), required=False)
    people_reason = TextField(label=_("Why they need not be told"), limit=1000, rows=2, required=False)

    layout = (
        (_("The authority"), "", ["authority", "authority_at", "authority_reason"]),
        (_("The people"), "", ["people", "people_on", "people_reason"]),
    )


class CloseForm(Form):
    learned = TextField(label=_("What changes, so that it does not happen again?"), limit=2000, rows=3, required=False)


class AssessmentForm(Form):
    title = TextField(label=_("What it is about"), limit=200)
    processing = TextField(
        label=_("What is done with the data"),
        limit=4000,
        rows=4,
        help_text=_("Whose data, which kinds, who sees them, how long they are kept."),
    )
    need = TextField(label=_("Why it is needed, and why less would not do"), limit=4000, rows=4)
    risks = TextField(label=_("What may go wrong for people"), limit=4000, rows=4)
    measures = TextField(label=_("What is done against it"), limit=4000, rows=4)
    review_on = DayField(label=_("To be looked at again by"))
