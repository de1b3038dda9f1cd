"""Forms of intake. One page, in the order in which it matters at night: danger, medical care, then words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.intake.rules import incident_of
from amparo.intake.words import (
    AGENCY_LABELS,
    CHANNEL_ASKED,
    DANGER_LABELS,
    DECLINE_LABELS,
    LACK_LABELS,
    MEDICAL_ASKED,
    MEDICAL_OUTCOMES,
    PART_LABELS,
    REFERRAL_BASIS_LABELS,
    SENT_LABELS,
    TELLER_LABELS,
    TOLD_LABELS,
    Channel,
)
from amparo.kernel import clock
from amparo.kernel.dates import PartialDate, PartialTime
from amparo.kernel.errors import AppError
from amparo.people.forms import SafeField
from amparo.web.fields import (
    ChoiceField,
    Choices,
    DayField,
    ManyField,
    MomentField,
    PartialDateField,
    TextField,
    as_validation,
    options,
)
from amparo.web.forms import Form
from amparo.web.uploads import UploadField

_DAYS = (
    ("today", _("Today")),
    ("yesterday", _("Yesterday")),
    ("other", _("Another day")),
    ("", _("Nobody knows")),
)


def _zone() -> ZoneInfo:
    return ZoneInfo(timezone.get_current_timezone_name())


class IncidentForm(Form):
    """When it happened: two taps for today and yesterday, as much as is known for earlier."""

    incident_when = forms.ChoiceField(
        label=_("When did it happen?"), choices=_DAYS, required=False, widget=forms.RadioSelect
    )
    incident_day = PartialDateField(label=_("Which day?"), required=False)
    incident_time = forms.TimeField(
        label=_("At what time?"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("This is not a time of the day. Write it as 14:30.")},
    )
    incident_about = forms.BooleanField(label=_("The time is only about right"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        when = data.pop("incident_when", "")
        day, at = data.pop("incident_day", None), data.pop("incident_time", None)
        about = bool(data.pop("incident_about", False))
        data["incident"] = None
        if "incident_day" in self.errors or "incident_time" in self.errors:
            return data
        if when == "other" and day is None:
            self.add_error("incident_day", _("Write the day, as far as it is known, or choose “Nobody knows”."))
            return data
        try:
            data["incident"] = _incident(when, day, at, about)
        except AppError as error:
            self.add_error("incident_day", as_validation(error))
        return data


def _incident(when: str, day: PartialDate | None, at: time | None, about: bool) -> PartialTime | None:
    today: date = clock.today(_zone())
    chosen = {"today": PartialDate.on(today), "yesterday": PartialDate.on(today - timedelta(days=1))}.get(when, day)
    return incident_of(chosen, at, about, _zone())


class ReportForm(IncidentForm):
    """A report as it is told. Only the danger and the way it came have to be answered."""

    danger = ChoiceField(label=_("Is anyone in danger now?"), choices=options(DANGER_LABELS))
    danger_words = TextField(label=_("Who is in danger, of what, and where?"), limit=1000, rows=2, required=False)
    medical = ChoiceField(
        label=_("Should she be seen by a clinician?"), choices=options(MEDICAL_ASKED), initial="unknown"
    )
    summary = TextField(
        label=_("In one sentence"), limit=300, required=False,
        help_text=_("Without names. Your supervisor reads this sentence, and the case begins with it."),
    )  # fmt: skip
    text = TextField(
        label=_("What was told"), limit=40_000, rows=8, required=False,
        help_text=_("In the words of who tells it. Do not ask for details that only an interview needs."),
    )  # fmt: skip
    place = TextField(label=_("Where it happened"), limit=300, required=False)
    district = ChoiceField(label=_("District"), choices=(), required=False, widget=forms.Select)
    language = TextField(label=_("Language of the conversation"), limit=80, required=False)
    teller = ChoiceField(label=_("Who tells us?"), choices=options(TELLER_LABELS), required=False, empty=_("Not said"))
    reporter_name = TextField(
        label=_("Name of who tells us"), limit=300, required=False, help_text=_("If it is not the survivor.")
    )
    survivor_name = TextField(label=_("Name of the survivor"), limit=300, required=False)
    survivor_age = forms.IntegerField(label=_("Age of the survivor"), required=False, min_value=0, max_value=130)
    suspect_name = TextField(label=_("Name of the suspect"), limit=300, required=False)
    phone = TextField(label=_("Telephone number of who tells us"), limit=60, required=False)
    is_safe = SafeField(label=_("Is it safe to call there?"), required=False, empty=_("Not asked yet"))
    hours = TextField(label=_("When"), limit=200, required=False)
    may_leave_message = forms.BooleanField(label=_("A message may be left"), required=False)
    code_word = TextField(label=_("Code word"), limit=100, required=False)
    safe_contact = TextField(label=_("What else to mind when we answer"), limit=1000, rows=2, required=False)
    channel = ChoiceField(label=_("How did it come?"), choices=options(CHANNEL_ASKED), initial=Channel.PHONE)
    partner_id = ChoiceField(
        label=_("Through which partner?"), choices=(), required=False, widget=forms.Select, empty=_("None of them")
    )
    partner_name = TextField(label=_("Another organisation, by its name"), limit=200, required=False)
    received_at = MomentField(label=_("When did it come?"), required=False, help_text=_("Leave it empty for now."))

    layout = (
        ("", "", ["danger", "danger_words"]),
        (
            _("Medical care"),
            _("Medicine against HIV and pregnancy works in the first days only, counted from the incident."),
            ["medical", "incident_when", "incident_day", "incident_time", "incident_about"],
        ),
        (_("What happened"), "", ["summary", "text", "place", "district", "language"]),
        (
            _("Who"),
            _("A name is never needed to get help."),
            ["teller", "reporter_name", "survivor_name", "survivor_age", "suspect_name"],
        ),
        (
            _("How to answer safely"),
            "",
            ["phone", "is_safe", "hours", "may_leave_message", "code_word", "safe_contact"],
        ),
        (_("How it came"), "", ["channel", "partner_id", "partner_name", "received_at"]),
    )

    def __init__(
        self, *args: Any, districts: Choices, partners: Choices = (), draft_url: str = "", **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        _set_choices(self, "district", districts, str(_("Not said")))
        _offer_partners(self, partners, _("None of them"))
        if draft_url and "text" in self.fields:
            self.fields["text"].widget.attrs |= {"data-draft-url": draft_url}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("phone") and "is_safe" not in self.errors and not self.data.get(self.add_prefix("is_safe")):
            self.add_error("is_safe", _("Say whether it is safe to call this number."))
        through_agency = data.get("partner_id") or data.get("partner_name")
        if "channel" in self.fields and through_agency and data.get("channel") not in _FROM_AGENCIES:
            data["channel"] = Channel.PARTNER.value
        return data


# What an agency brings came through it, whichever of the ways was left as it stood.
_FROM_AGENCIES = (Channel.PARTNER, Channel.OFFICER)


def _offer_partners(form: Form, partners: Choices, empty: str | Promise) -> None:
    """The agencies of the directory; where there is none, only a name can be written."""
    found = list(partners)
    if found:
        _set_choices(form, "partner_id", found, str(empty))
    else:
        del form.fields["partner_id"]


def _set_choices(form: Form, name: str, choices: Choices, empty: str) -> None:
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(name)
    field.choices = [("", empty), *choices]


class ChangeForm(ReportForm):
    """What may be changed afterwards. What was told stays as it was written down; more goes below it."""

    field_names = (
        "danger", "danger_words", "medical", "incident_when", "incident_time", "incident_day",
        "incident_about", "summary", "place", "district", "language", "safe_contact", "partner_id", "partner_name",
    )  # fmt: skip

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name in [name for name in self.fields if name not in self.field_names]:
            del self.fields[name]
        self.fields["medical"].required = False


class AnswerForm(Form):
    text = TextField(
        label=_("Your answer"),
        limit=10_000,
        rows=8,
        help_text=_("Plain words. Ask one thing at a time, and say what happens next."),
    )


class NoteForm(Form):
    text = TextField(label=_("What happened since?"), limit=10_000, rows=5)


class FileForm(Form):
    file = UploadField(label=_("File"), help_text=_("A picture, a recording, a letter. It is sealed as it arrives."))

    def __init__(self, *args: Any, put_url: str, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field = self.fields["file"]
        if isinstance(field, UploadField):
            field.put_url = put_url


class MedicalForm(Form):
    outcome = ChoiceField(label=_("How did it end?"), choices=options(MEDICAL_OUTCOMES))


class PersonForm(Form):
    part = ChoiceField(label=_("Who is it?"), choices=options(PART_LABELS))
    name = TextField(label=_("Name"), limit=300, required=False)
    phone = TextField(label=_("Telephone number"), limit=60, required=False)
    is_safe = SafeField(label=_("Is it safe to call there?"), required=False, empty=_("Not asked yet"))


class DeclineForm(Form):
    reason = ChoiceField(label=_("Why?"), choices=options(DECLINE_LABELS), widget=forms.RadioSelect)
    told = ChoiceField(label=_("Who was told?"), choices=options(TOLD_LABELS))
    remark = TextField(label=_("In your own words"), limit=2000, rows=3, required=False)

    def __init__(self, *args: Any, more: Sequence[tuple[str, str]] = (), **rest: Any) -> None:
        super().__init__(*args, **rest)
        field = self.fields["reason"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*options(DECLINE_LABELS), *more]


class ReferForm(Form):
    partner_id = ChoiceField(label=_("To which partner?"), choices=(), required=False, widget=forms.Select)
    agency = ChoiceField(
        label=_("What kind of agency is it?"), choices=options(AGENCY_LABELS), required=False, widget=forms.Select,
        empty=_("As the directory says"),
        help_text=_("Only where it is not in the list above."),
    )  # fmt: skip
    name = TextField(label=_("Its name"), limit=200, required=False, help_text=_("Only where it is not in the list."))
    remark = TextField(label=_("Whom we spoke to there"), limit=2000, rows=2, required=False)
    sent = ManyField(label=_("What was sent?"), choices=options(SENT_LABELS), required=False)
    basis = ChoiceField(label=_("Why may it be sent?"), choices=options(REFERRAL_BASIS_LABELS))
    told = ChoiceField(label=_("Who was told?"), choices=options(TOLD_LABELS))

    layout = (
        (_("To whom?"), "", ["partner_id", "agency", "name", "remark"]),
        (_("What goes to them"), "", ["sent", "basis", "told"]),
    )

    def __init__(self, *args: Any, partners: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        _offer_partners(self, partners, _("Another one"))
        if "partner_id" not in self.fields:
            self.fields["agency"].help_text = self.fields["name"].help_text = ""


class OnwardForm(Form):
    on = DayField(label=_("When"), required=False, help_text=_("Leave this out if it is today."))
    words = TextField(label=_("What they told, and who"), limit=1000, rows=3, required=False)


class LackForm(Form):
    lack = ChoiceField(label=_("What is missing?"), choices=options(LACK_LABELS))
    remark = TextField(label=_("In your own words"), limit=2000, rows=3, required=False)


class RemarkForm(Form):
    remark = TextField(label=_("Where it was told before"), limit=2000, rows=3, required=False)
