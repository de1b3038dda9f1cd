"""Forms of evidence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.evidence.words import (
    AUTHORITY_LABELS,
    CATEGORY_LABELS,
    CONDITION_LABELS,
    EXPORT_LABELS,
    KIND_LABELS,
    REFUSAL_LABELS,
    STORAGE_LABELS,
    Category,
    Kind,
    Storage,
)
from amparo.web.fields import ChoiceField, Choices, ManyField, MomentField, PartialDateField, TextField, options
from amparo.web.forms import Form
from amparo.web.uploads import UploadField

_YES_NO = [("no", _("No")), ("yes", _("Yes, or I am not sure"))]
_NOW = _("Leave this out if it is now.")
_OBJECTS = {code: CATEGORY_LABELS[code] for code in CATEGORY_LABELS}
_FILES = {
    code: CATEGORY_LABELS[code]
    for code in (
        Category.PHOTO,
        Category.VIDEO,
        Category.AUDIO,
        Category.DOCUMENTARY,
        Category.DIGITAL,
        Category.TESTIMONIAL,
    )
}
_STORAGES = {code: STORAGE_LABELS[code] for code in STORAGE_LABELS if code != Storage.ENCRYPTED}


def _abuse() -> ChoiceField:
    return ChoiceField(label=_("Could this show the sexual abuse of a child?"), choices=_YES_NO)


def _second(label: Any, required: bool) -> ChoiceField:
    return ChoiceField(label=label, choices=[], required=required, widget=forms.Select)


class _Choosing(Form):
    """A form some of whose choices are people or items of the case."""

    def __init__(self, *args: Any, chosen: dict[str, Choices] | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name, choices in (chosen or {}).items():
            field = self.fields[name]
            if not list(choices) and not field.required:
                del self.fields[name]
            elif isinstance(field, forms.MultipleChoiceField):
                field.choices = list(choices)
            elif isinstance(field, forms.ChoiceField):
                field.choices = [("", _("Choose")), *choices]


class RegisterForm(Form):
    form = ChoiceField(
        label=_("What do you register?"),
        choices=[
            ("physical", _("An object: clothing, a swab, a device, a paper")),
            ("file", _("A file: a picture, a recording, a document")),
            ("reference", _("Something that an authority holds, by reference only")),
        ],
    )
    may_show_abuse = _abuse()


class _Found(_Choosing):
    found = PartialDateField(label=_("Found on"), required=False)
    found_where = TextField(label=_("Found where"), limit=400, required=False)
    found_by = TextField(label=_("Found by"), limit=200, required=False)
    legal_authority = TextField(
        label=_("Taken on the strength of"),
        limit=400,
        required=False,
        help_text=_("A warrant, an order, or the consent of whose it is."),
    )


class PhysicalForm(_Found):
    category = ChoiceField(label=_("Kind"), choices=options(_OBJECTS))
    description = TextField(label=_("What it is"), limit=400, help_text=_("So that nobody takes another for it."))
    parent_id = _second(_("Part of another item"), required=False)
    collected_at = MomentField(label=_("In your hands since"), required=False, help_text=_NOW)
    from_name = TextField(label=_("Who gave it to you"), limit=200, required=False)
    from_organisation = TextField(label=_("Of which organisation"), limit=200, required=False)
    packaging = TextField(label=_("Packaging"), limit=400, required=False)
    seal = TextField(label=_("Number of the seal"), limit=60, required=False)
    condition = ChoiceField(label=_("Condition"), choices=options(CONDITION_LABELS), required=False)
    place = TextField(label=_("Where it is kept"), limit=200)
    storage = ChoiceField(label=_("How it is kept"), choices=options(_STORAGES), required=False)

    layout = (
        (_("The item"), "", ["category", "description", "parent_id"]),
        (_("Where it comes from"), "", ["found", "found_where", "found_by", "legal_authority"]),
        (_("In your hands"), "", ["collected_at", "from_name", "from_organisation", "condition"]),
        (_("How it is kept"), "", ["packaging", "seal", "place", "storage"]),
    )


class DigitalForm(_Found):
    may_show_abuse = _abuse()
    file = UploadField(
        label=_("File"),
        help_text=_("Any size. It is sealed as it arrives, and its fingerprint is taken on the way."),
    )
    category = ChoiceField(label=_("Kind"), choices=options(_FILES))
    description = TextField(label=_("What it is"), limit=400)
    veil_words = TextField(
        label=_("What it shows, in plain words"),
        limit=400,
        required=False,
        help_text=_("Colleagues read this before they decide whether to look."),
    )
    parent_id = _second(_("Part of another item"), required=False)

    layout = (
        (_("First"), _("If the answer is yes, choose no file: it is registered by reference."), ["may_show_abuse"]),
        (_("The file"), "", ["file", "category", "description", "veil_words", "parent_id"]),
        (_("Where it comes from"), "", ["found", "found_where", "found_by", "legal_authority"]),
    )

    def __init__(self, *args: Any, put_url: str, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["file"].put_url = put_url  # type: ignore[attr-defined]


class ReferenceForm(_Choosing):
    category = ChoiceField(label=_("Kind"), choices=options(CATEGORY_LABELS))
    description = TextField(label=_("What it is, without what it shows"), limit=400)
    authority = ChoiceField(label=_("Who holds it"), choices=options(AUTHORITY_LABELS))
    holding_authority = TextField(label=_("Name of the authority or unit"), limit=200)
    their_reference = TextField(label=_("Their number for it"), limit=200)
    supplied_hash = TextField(
        label=_("Fingerprint that they gave"),
        limit=200,
        required=False,
        help_text=_("MD5, SHA-1, SHA-256 or another, as they wrote it."),
    )
    legal_authority = TextField(label=_("Court or prosecutor's order"), limit=400, required=False)
    may_show_abuse = _abuse()


class HandOverForm(_Choosing):
    to_id = _second(_("To a colleague"), required=False)
    to_name = TextField(label=_("Or to somebody outside: name"), limit=200, required=False)
    to_organisation = TextField(label=_("Organisation"), limit=200, required=False)
    place = TextField(label=_("Where it will be"), limit=200, required=False)
    at = MomentField(label=_("When"), required=False, help_text=_NOW)
    condition = ChoiceField(label=_("Condition"), choices=options(CONDITION_LABELS), required=False)
    order = TextField(label=_("Receipt or order"), limit=400, required=False)
    reason = TextField(label=_("Why"), limit=2000, rows=2, required=False)

    layout = (
        (_("To whom"), _("A colleague must receive it before it counts as handed over."), ["to_id"]),
        (_("Outside"), "", ["to_name", "to_organisation", "order"]),
        (_("How"), "", ["place", "at", "condition", "reason"]),
    )


class ReceiveForm(Form):
    seal_read = TextField(
        label=_("Number on the seal, as you read it"),
        limit=60,
        required=False,
        help_text=_("Leave this out if it never had one."),
    )
    seal_gone = forms.BooleanField(label=_("The seal is broken or gone"), required=False)
    condition = ChoiceField(label=_("Condition"), choices=options(CONDITION_LABELS))
    place = TextField(label=_("Where you put it"), limit=200)
    at = MomentField(label=_("When you got it"), required=False, help_text=_NOW)
    reason = TextField(label=_("Anything that others should know"), limit=2000, rows=2, required=False)


class CameBackForm(ReceiveForm):
    from_name = TextField(label=_("Who gave it to you"), limit=200, required=False)
    from_organisation = TextField(label=_("Organisation"), limit=200, required=False)
    given_at = MomentField(
        label=_("When they gave it out of their hands"),
        required=False,
        help_text=_("If it was on its way for some time, with a courier for example."),
    )
    layout = (
        (_("From whom"), "", ["from_name", "from_organisation", "given_at"]),
        (_("What you got"), "", ["seal_read", "seal_gone", "condition", "place", "at", "reason"]),
    )


class RefuseForm(Form):
    why = ChoiceField(label=_("Why do you not accept it?"), choices=options(REFUSAL_LABELS))
    reason = TextField(label=_("What you saw"), limit=2000, rows=3)


class CheckSealForm(_Choosing):
    seal_read = TextField(label=_("Number on the seal, as you read it"), limit=60)
    unbroken = ChoiceField(
        label=_("Is it whole?"), choices=[("yes", _("Yes, unbroken")), ("no", _("No, broken or tampered with"))]
    )
    second_id = _second(_("Who is there with you"), required=False)
    at = MomentField(label=_("When"), required=False, help_text=_NOW)
    reason = TextField(label=_("What you saw"), limit=2000, rows=2, required=False)


class OpenForm(_Choosing):
    second_id = _second(_("Who is there with you"), required=True)
    seal_read = TextField(label=_("Number on the old seal, as you read it"), limit=60)
    seal_after = TextField(label=_("Number of the new seal"), limit=60)
    reason = TextField(label=_("Why it is opened, and what was done"), limit=2000, rows=3)
    order = TextField(label=_("Order"), limit=400, required=False)
    at = MomentField(label=_("When"), required=False, help_text=_NOW)


class MoveForm(Form):
    place = TextField(label=_("Where it is now"), limit=200)
    at = MomentField(label=_("When"), required=False, help_text=_NOW)
    reason = TextField(label=_("Why"), limit=2000, rows=2, required=False)


class ExplainForm(Form):
    reason = TextField(
        label=_("What happened"),
        limit=2000,
        rows=5,
        help_text=_("Who had it, where it was, and how you know. Name the papers that show it."),
    )


class EventForm(_Choosing):
    kind = ChoiceField(label=_("What happened"), choices=[], widget=forms.Select)
    at = MomentField(label=_("When"), required=False, help_text=_NOW)
    outside_name = TextField(label=_("Name of the expert or owner"), limit=200, required=False)
    outside_organisation = TextField(label=_("Laboratory or organisation"), limit=200, required=False)
    place = TextField(label=_("Where"), limit=200, required=False)
    order = TextField(label=_("Order, request or receipt"), limit=400, required=False)
    seal_read = TextField(label=_("Number on the seal, as you read it"), limit=60, required=False)
    seal_after = TextField(label=_("Number of a new seal"), limit=60, required=False)
    second_id = _second(_("Who is there with you"), required=False)
    condition = ChoiceField(label=_("Condition"), choices=options(CONDITION_LABELS), required=False)
    about_seq = forms.IntegerField(
        label=_("For a correction: the number of the line that is wrong"), required=False, min_value=1
    )
    reason = TextField(label=_("In words"), limit=2000, rows=3, required=False)

    layout = (
        (_("What"), "", ["kind", "at", "reason"]),
        (_("With whom"), "", ["outside_name", "outside_organisation", "place", "second_id"]),
        (_("Seal, condition and papers"), "", ["seal_read", "seal_after", "condition", "order", "about_seq"]),
    )


def kind_choices(kinds: list[Kind]) -> Choices:
    return [(kind.value, KIND_LABELS[kind]) for kind in kinds]


class CopyForm(_Choosing):
    """`to`: our own office first, then the agencies that may be named."""

    to = ChoiceField(
        label=_("Who gets it?"),
        choices=[],
        widget=forms.Select,
        help_text=_(
            "Their name stands on the copy. If they are not in the list, choose our own office, and say it below."
        ),
    )
    why = ChoiceField(label=_("What is the copy for?"), choices=options(EXPORT_LABELS))
    reason = TextField(label=_("On whose request? Who gets it, if they were not in the list?"), limit=2000, rows=2)


class CourtForm(CopyForm):
    items = ManyField(
        label=_("Which items?"),
        choices=[],
        help_text=_("Each goes with its chain of custody; one that has a file goes with its file."),
    )

    field_order = ("items",)


class NumberForm(Form):
    number = TextField(label=_("Number on the copy"), limit=60, help_text=_("It begins with CP."))


class AskIsolationForm(Form):
    reason = TextField(label=_("How you noticed"), limit=2000, rows=3, help_text=_("Without describing what it shows."))


class ConfirmIsolationForm(Form):
    authority = ChoiceField(label=_("Who is it handed to?"), choices=options(AUTHORITY_LABELS))
    reason = TextField(label=_("What was agreed with them"), limit=2000, rows=3, required=False)


class SecondForm(Form):
    seen = ChoiceField(
        label=_("Were you there, and did you see it?"),
        choices=[("yes", _("Yes, I was there and saw it")), ("no", _("No"))],
    )
    reason = TextField(label=_("If not: what you know of it"), limit=2000, rows=3, required=False)


class TakeBackSecondForm(Form):
    reason = TextField(label=_("Why you take it back"), limit=2000, rows=3)


class NotCountedForm(Form):
    reason = TextField(label=_("Why it does not count"), limit=2000, rows=3)
