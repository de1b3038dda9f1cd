"""Forms of referrals and releases: shapes of input in plain words; what is allowed is decided by the commands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.referrals.words import (
    CANCEL_LABELS,
    CHANNEL_LABELS,
    DECLINE_LABELS,
    OF_LABELS,
    RECALL_LABELS,
    SAID,
    SHOWN_LABELS,
    URGENCY_LABELS,
    Event,
    ReleaseEvent,
    Urgency,
)
from amparo.web.fields import ChoiceField, Choices, DayField, ManyField, TextField, options
from amparo.web.forms import Form

_TODAY = _("Leave this out if it is today.")


def _filter(label: Any, choices: Any, empty: Any) -> ChoiceField:
    return ChoiceField(label=label, choices=choices, required=False, empty=empty, widget=forms.Select)


class BoardFilterForm(Form):
    show = _filter(_("How far"), options(SHOWN_LABELS), _("Only what is open"))
    of = _filter(_("Kind"), options(OF_LABELS), _("Cases and reports"))
    partner = _filter(_("Partner"), [], _("All partners"))

    def __init__(self, *args: Any, both: bool, partners: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["partner"] = _filter(_("Partner"), partners, _("All partners"))
        if not both:
            del self.fields["of"]


class _Choosing(Form):
    """A form some of whose choices are people, partners or things of the case; what has no choice is left out."""

    def __init__(self, *args: Any, chosen: dict[str, Choices], **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name, choices in chosen.items():
            field = self.fields.get(name)
            if field is None:
                continue
            many, found = isinstance(field, forms.MultipleChoiceField), list(choices)
            if not found and (many or not field.required):
                del self.fields[name]
            elif isinstance(field, forms.ChoiceField):
                radio = isinstance(field.widget, forms.RadioSelect)
                field.choices = found if many or radio else [("", _("Choose")), *found]


def _chosen(label: Any, *, required: bool = True, **rest: Any) -> ChoiceField:
    return ChoiceField(label=label, choices=[], required=required, widget=forms.Select, **rest)


# ---- referrals ---------------------------------------------------------------------------------------------


class _AskedForm(_Choosing):
    facility_id = _chosen(
        _("At which of their places?"), required=False, help_text=_("Leave it out where they decide themselves.")
    )
    urgency = ChoiceField(label=_("How soon?"), choices=options(URGENCY_LABELS), initial=Urgency.SOON)
    due_on = DayField(
        label=_("By when should she be helped?"),
        required=False,
        help_text=_("If you leave it out: in two days, two weeks or six weeks, as it is urgent."),
    )
    asked = TextField(
        label=_("What are they asked to do?"),
        limit=2000,
        rows=3,
        help_text=_("They read this in any case: write nothing here that tells who she is or what happened."),
    )
    classes = ManyField(
        label=_("What may they be told beside this?"),
        choices=[],
        required=False,
        help_text=_("As little as they need. Her consent must name each; without her name they get her code."),
    )
    narrative = TextField(
        label=_("Her story, as far as they need it"),
        limit=2000,
        rows=3,
        required=False,
        help_text=_("A few sentences, so that she need not tell it again."),
    )
    health = TextField(label=_("Health, as far as they need it"), limit=2000, rows=2, required=False)
    care = TextField(label=_("Care, as far as they need it"), limit=2000, rows=2, required=False)

    def __init__(self, *args: Any, seen: frozenset[str], **rest: Any) -> None:
        super().__init__(*args, **rest)
        for part in SAID:
            if part not in seen:
                del self.fields[part.value]


class DraftForm(_AskedForm):
    person_id = ChoiceField(label=_("Who is referred?"), choices=[], widget=forms.RadioSelect)
    agency_id = _chosen(_("To which partner?"))
    service = _chosen(_("For which service?"))

    layout = (
        (_("Who, and where to"), "", ["person_id", "service", "agency_id", "facility_id"]),
        (_("What is asked"), "", ["urgency", "due_on", "asked"]),
        (_("What it carries"), "", ["classes", "narrative", "health", "care"]),
    )


class ChangeForm(_AskedForm):
    layout = (
        (_("What is asked"), "", ["facility_id", "urgency", "due_on", "asked"]),
        (_("What it carries"), "", ["classes", "narrative", "health", "care"]),
    )


class ConsentForm(_Choosing):
    basis_id = ChoiceField(label=_("On which consent does it leave?"), choices=[], widget=forms.RadioSelect)
    words = TextField(label=_("Remark"), limit=1000, rows=2, required=False)


_SAID_OF: dict[Event, Any] = {
    Event.SEND: _("How it was sent, and to whom there"),
    Event.ACKNOWLEDGE: _("Who there has it"),
    Event.ACCEPT: _("Who there will meet her, and where"),
    Event.DECLINE: _("What they said"),
    Event.UNAVAILABLE: _("What they said"),
    Event.NOT_WANTED: _("What she said, as far as she wants it written"),
    Event.DELIVER: _("What was done for her"),
    Event.FEEDBACK: _("What they told, and what she says of it"),
    Event.CLOSE: _("Remark"),
    Event.CANCEL: _("Remark, and who there was told"),
}


class StepForm(Form):
    """A step of a referral; each keeps its own fields."""

    reason = ChoiceField(label=_("Why?"), choices=options(DECLINE_LABELS), widget=forms.Select)
    appointment_on = DayField(label=_("First appointment"), required=False)
    on = DayField(label=_("When"), required=False, help_text=_TODAY)
    words = TextField(label=_("Remark"), limit=1000, rows=3, required=False)

    def __init__(self, *args: Any, event: Event, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["words"].label = _SAID_OF[event]
        reason = self.fields["reason"]
        if event is Event.CANCEL and isinstance(reason, forms.ChoiceField):
            reason.choices = [("", _("Choose")), *options(CANCEL_LABELS)]
        elif event is not Event.DECLINE:
            del self.fields["reason"]
        if event is not Event.ACCEPT:
            del self.fields["appointment_on"]


# ---- releases ----------------------------------------------------------------------------------------------


class ReleaseForm(_Choosing):
    basis_id = ChoiceField(
        label=_("To whom, on which consent?"),
        choices=[],
        widget=forms.RadioSelect,
        help_text=_("One partner for each release. It gets no more than this consent names."),
    )
    classes = ManyField(label=_("What goes out?"), choices=[], help_text=_("As little as they need."))
    item_ids = ManyField(label=_("Which evidence?"), choices=[], required=False)
    papers = TextField(
        label=_("Which papers beside the evidence?"),
        limit=4000,
        rows=3,
        required=False,
        help_text=_("One on each line, as the paper is called. Nothing is copied: the list says what went."),
    )
    purpose = TextField(label=_("What for?"), limit=1000, rows=2)
    channel = ChoiceField(label=_("How does it go?"), choices=options(CHANNEL_LABELS))
    until_on = DayField(label=_("Until when may they keep and use it?"))

    layout = (
        (_("To whom"), "", ["basis_id", "purpose"]),
        (_("What it carries"), "", ["classes", "item_ids", "papers"]),
        (_("How, and until when"), "", ["channel", "until_on"]),
    )

    def clean_papers(self) -> list[str]:
        return [line.strip()[:300] for line in self.cleaned_data["papers"].splitlines() if line.strip()]


class DecideForm(Form):
    answer = ChoiceField(
        label=_("May it go?"),
        choices=[("yes", _("Yes: it is needed, and no more than that goes")), ("no", _("No: it is stopped"))],
    )
    remark = TextField(label=_("Remark"), limit=1000, rows=2, required=False)


class ReleaseStepForm(Form):
    reason = ChoiceField(label=_("Why?"), choices=options(RECALL_LABELS))
    on = DayField(label=_("When"), required=False, help_text=_TODAY)
    remark = TextField(label=_("Remark"), limit=1000, rows=2, required=False)

    def __init__(self, *args: Any, event: ReleaseEvent, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if event is not ReleaseEvent.RECALL:
            del self.fields["reason"]
