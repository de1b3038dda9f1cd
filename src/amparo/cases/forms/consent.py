"""Forms of consents and other bases."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.cases import words
from amparo.cases.words import BasisKind
from amparo.web.fields import (
    ChoiceField,
    Choices,
    DayField,
    ManyField,
    TextField,
    options,
)
from amparo.web.forms import Form, Group


class BasisForm(Form):
    layout: tuple[Group, ...] = (
        ("", "", ["person_id", "answer", "kind", "purpose", "agency_id", "recipient", "classes"]),
        (
            _("How it was given"),
            "",
            ["giver", "method", "witness", "language", "interpreter", "explained", "from_on", "until_on", "reason"],
        ),
    )
    person_id = ChoiceField(label=_("Who?"), choices=[])
    answer = ChoiceField(
        label=_("What is recorded?"),
        choices=[
            ("given", _("Yes: words may be kept, or given to the one named below")),
            ("refused", _("She said no")),
        ],
    )
    kind = ChoiceField(
        label=_("On what basis?"),
        choices=options(words.BASIS_LABELS),
        widget=forms.RadioSelect,
        initial=BasisKind.CONSENT,
    )
    purpose = ChoiceField(label=_("For what?"), choices=options(words.PURPOSE_LABELS), widget=forms.Select)
    agency_id = ChoiceField(
        label=_("To which partner?"), choices=[], required=False, widget=forms.Select,
        help_text=_("One recipient for each consent. A referral or release goes to a partner whom a consent names."),
    )  # fmt: skip
    recipient = TextField(
        label=_("Who there, or who else?"), help_text=_("A person, a unit, or somebody who is no partner."),
        limit=200, required=False,
    )  # fmt: skip
    classes = ManyField(label=_("What may they get?"), choices=options(words.DATA_CLASS_LABELS), required=False)
    giver = ChoiceField(
        label=_("Who decided?"), choices=options(words.GIVER_LABELS), initial="self",
        help_text=_("A child does not consent alone: a caregiver does, with the child’s assent."),
    )  # fmt: skip
    method = ChoiceField(label=_("How?"), choices=options(words.METHOD_LABELS), initial="oral")
    witness = TextField(
        label=_("Witness"), help_text=_("Who was there when it was spoken, or the thumbprint given."),
        limit=200, required=False,
    )  # fmt: skip
    language = TextField(label=_("In which language?"), limit=100, required=False)
    interpreter = TextField(
        label=_("Who interpreted?"), help_text=_("Leave it out if nobody had to."), limit=200, required=False
    )
    explained = ManyField(
        label=_("What was explained to her or him?"), choices=options(words.EXPLAINED_LABELS), required=False
    )
    from_on = DayField(label=_("From"), required=False, help_text=_("Today, if you leave it out."))
    until_on = DayField(label=_("Until"), required=False)
    reason = TextField(
        label=_("What else was said, and why this basis"),
        help_text=_("For a decision in a child’s best interests or a legal duty: who decided and why."),
        limit=2000, rows=3, required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, survivors: Choices, agencies: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["person_id"] = ChoiceField(label=_("Who?"), choices=survivors)
        found, field = list(agencies), self.fields["agency_id"]
        if not found:
            del self.fields["agency_id"]
            self.fields["recipient"].label = _("To whom?")
        elif isinstance(field, forms.ChoiceField):
            field.choices = [("", _("None: our own work, or somebody else")), *found]

    def clean_agency_id(self) -> UUID | None:
        chosen = self.cleaned_data["agency_id"]
        return UUID(chosen) if chosen else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        careful = data.get("kind") in (BasisKind.BEST_INTERESTS, BasisKind.LEGAL_DUTY)
        if careful and not data.get("reason"):
            self.add_error("reason", _("Say who decided and why: this basis stands in for her own consent."))
        start, end = data.get("from_on"), data.get("until_on")
        if start and end and end < start:
            self.add_error("until_on", _("The end lies before the beginning."))
        return data


class RenewalForm(BasisForm):
    """A consent that takes the place of an earlier one: the same person, and a yes."""

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, survivors=(), **rest)
        del self.fields["person_id"], self.fields["answer"]
