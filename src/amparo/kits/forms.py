"""Forms of kits and of requests to laboratories."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from amparo.kits.words import (
    DISCARD_LABELS,
    OUTCOME_LABELS,
    READER_LABELS,
    REJECTION_LABELS,
    STATE_LABELS,
    TEST_LABELS,
    Kind,
    Reader,
)
from amparo.web.fields import ChoiceField, Choices, DayField, ManyField, MomentField, TextField, options
from amparo.web.forms import EmptyForm, Form

_NOW = _("Leave this out if it is now.")
_TODAY = _("Leave this out if it is today.")
_SEAL = _("Number on the seal, as you read it")


class _Choosing(Form):
    """A form some of whose choices are places, people or things of the case."""

    unchosen: Any = _("Choose")

    def __init__(self, *args: Any, chosen: dict[str, Choices] | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name, choices in (chosen or {}).items():
            field = self.fields.get(name)
            if field is None:
                continue
            many = isinstance(field, forms.MultipleChoiceField)
            if not list(choices) and not field.required:
                del self.fields[name]
            elif isinstance(field, forms.ChoiceField):
                field.choices = list(choices) if many else [("", self.unchosen), *choices]


def _chosen(label: Any, *, required: bool = True, **rest: Any) -> ChoiceField:
    return ChoiceField(label=label, choices=[], required=required, widget=forms.Select, **rest)


class BoardFilter(_Choosing):
    unchosen = _("All")
    state = ChoiceField(
        label=_("State"), choices=options(STATE_LABELS), required=False, empty=_("All"), widget=forms.Select
    )
    facility = _chosen(_("Facility"), required=False)
    alarm = forms.BooleanField(label=_("Only those that need somebody"), required=False)


# ---- stock -----------------------------------------------------------------------------------------------------


class SendForm(_Choosing):
    facility_id = _chosen(_("Facility"))
    serials = TextField(
        label=_("Serial numbers"),
        limit=6000,
        rows=5,
        help_text=_("One on each line, as printed on the boxes. A scanner can type them."),
    )
    lot = TextField(label=_("Lot"), limit=60, required=False)
    expires_on = DayField(label=_("Good until"))
    sent_on = DayField(label=_("Sent on"), required=False, help_text=_TODAY)
    arrived = forms.BooleanField(label=_("They are at the facility already"), required=False)

    layout = (
        (_("Where they go"), "", ["facility_id", "sent_on", "arrived"]),
        (_("The kits"), "", ["serials", "lot", "expires_on"]),
    )

    def clean_serials(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["serials"].splitlines() if line.strip()]


class DiscardForm(Form):
    why = ChoiceField(label=_("Why is it not used?"), choices=options(DISCARD_LABELS))


# ---- the path --------------------------------------------------------------------------------------------------


class StepForm(_Choosing):
    """All that may be written down of a step; each kind keeps its own fields."""

    who = TextField(label=_("Who"), limit=400)
    laboratory_id = _chosen(_("Laboratory"))
    seal_read = TextField(label=_SEAL, limit=60, required=False, help_text=_("Leave this out if it has none."))
    seal_gone = forms.BooleanField(label=_("The seal is broken or gone"), required=False)
    comes_here = ChoiceField(
        label=_("Who has it now?"),
        choices=[("yes", _("I have it in my hands")), ("no", _("The police or another authority has it"))],
    )
    place = TextField(label=_("Where it is now"), limit=200, required=False)
    until = DayField(label=_("Until which day"))
    second_id = _chosen(_("Who is there with you"), required=True)
    paper = TextField(label=_("Receipt, request or order"), limit=400, required=False)
    at = MomentField(label=_("When"), required=False, help_text=_NOW)
    reason = TextField(label=_("Anything that others should know"), limit=1000, rows=2, required=False)

    def __init__(self, *args: Any, kind: Kind, here: bool, **rest: Any) -> None:
        """`here`: the kit is in the reader's hands, so that the seal can be read and the chain goes on."""
        super().__init__(*args, **rest)
        wanted = _FIELDS[kind] | ({"seal_read", "seal_gone"} if kind in _SEALED and here else set())
        for name in list(self.fields):
            if name not in wanted | {"at", "reason"}:
                del self.fields[name]
        for name, (label, required, hint) in _SAID.get(kind, {}).items():
            if name in self.fields:
                field = self.fields[name]
                field.label, field.required, field.help_text = label, required, hint


_SEALED = frozenset({Kind.PICK_UP, Kind.SEND, Kind.RETURN, Kind.DESTROY, Kind.RELEASE})
_FIELDS: dict[Kind, set[str]] = {
    Kind.REPORT: set(),
    Kind.PROLONG: {"until"},
    Kind.PICK_UP: {"who", "paper"},
    Kind.STORE: {"place", "who"},
    Kind.SEND: {"laboratory_id", "who", "paper"},
    Kind.ARRIVE: {"paper"},
    Kind.BEGIN: set(),
    Kind.COMPLETE: {"paper"},
    Kind.RETURN: {"comes_here", "seal_read", "seal_gone", "who", "place", "paper"},
    Kind.RETAIN: {"until", "paper"},
    Kind.DESTROY: {"paper", "second_id", "place"},
    Kind.RELEASE: {"who", "paper"},
}
_SAID: dict[Kind, dict[str, tuple[Any, bool, Any]]] = {
    Kind.PICK_UP: {
        "who": (_("Who picks it up: name and unit"), True, _("As on the receipt.")),
        "paper": (_("Receipt"), False, ""),
    },
    Kind.STORE: {"place": (_("In which store"), True, ""), "who": (_("Who keeps it there"), False, "")},
    Kind.SEND: {
        "who": (_("Who brings or receives it"), False, ""),
        "paper": (_("Request"), False, _("Its number and day.")),
    },
    Kind.RETURN: {
        "who": (_("Who brought it"), False, ""),
        "place": (_("Where it is now"), True, ""),
        "paper": (_("Receipt"), False, ""),
    },
    Kind.RETAIN: {"paper": (_("On the strength of"), False, _("A law, a rule or an order."))},
    Kind.DESTROY: {"paper": (_("Order"), True, _("Of the court or prosecutor, with its number and day."))},
    Kind.RELEASE: {
        "who": (_("Who took it"), True, _("Herself, or whom she asked to.")),
        "paper": (_("Receipt"), False, ""),
    },
}


class LimitationForm(Form):
    until = DayField(
        label=_("A case can be brought until"),
        required=False,
        help_text=_("Ask a lawyer. Leave it out where the law sets no limit, or nobody knows."),
    )


class NumberForm(EmptyForm):
    safe = forms.BooleanField(
        label=_("She wants the number, and can keep it where nobody finds it who would harm her."),
        error_messages={"required": _("Ask her first. Without a safe place she is better off without a paper.")},
    )


# ---- requests --------------------------------------------------------------------------------------------------


class DraftForm(_Choosing):
    laboratory_id = _chosen(_("Laboratory"))
    kit_id = _chosen(_("Examination kit"), required=False)
    item_ids = ManyField(label=_("Items of evidence"), choices=[], required=False)
    person_id = _chosen(
        _("About whom are they?"), required=False, help_text=_("What is asked and answered goes when she is erased.")
    )
    tests = ManyField(label=_("Tests"), choices=options(TEST_LABELS))
    question = TextField(
        label=_("What should they find out?"),
        limit=1000,
        rows=3,
        required=False,
        help_text=_("Without names: a laboratory needs numbers only."),
    )

    layout = (
        (_("What is examined"), "", ["kit_id", "item_ids", "person_id"]),
        (_("By whom, and what for"), "", ["laboratory_id", "tests", "question"]),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("kit_id") and not data.get("item_ids"):
            raise ValidationError(_("Choose the kit, an item or both."), code="kits.nothing_to_examine")
        return data


class MoveForm(Form):
    on = DayField(label=_("When"), required=False, help_text=_TODAY)
    their_reference = TextField(label=_("Their number"), limit=200, required=False)
    remark = TextField(label=_("Remark"), limit=1000, rows=2, required=False)


class RejectForm(MoveForm):
    rejection = ChoiceField(label=_("Why?"), choices=options(REJECTION_LABELS))

    field_order = ("rejection", "on", "their_reference", "remark")


class ResultForm(Form):
    reader = ChoiceField(label=_("For whom is the report written?"), choices=options(READER_LABELS))
    outcome = ChoiceField(label=_("In short"), choices=options(OUTCOME_LABELS))
    words = TextField(label=_("What they wrote"), limit=4000, rows=6, required=False)
    on = DayField(label=_("Reported on"), required=False, help_text=_TODAY)

    def __init__(self, *args: Any, readers: list[Reader], **rest: Any) -> None:
        super().__init__(*args, **rest)
        field = self.fields["reader"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(reader.value, READER_LABELS[reader]) for reader in readers]
