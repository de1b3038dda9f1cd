"""Forms of screening."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.cases.words import BASIS_LABELS, RISK_LABELS, Risk
from amparo.kernel.words import Role
from amparo.web.fields import ChoiceField, Choices, ManyField, TextField, options
from amparo.web.forms import Form

FIRST_TASKS = {
    "call": _("Call her back, the way she said is safe"),
    "examine": _("Bring her to a clinician in time"),
    "safety": _("Draft a safety plan with her"),
    "evidence": _("Secure what can get lost: messages, clothes, recordings"),
}


class AcceptForm(Form):
    """A report becomes a case. What the report says already is filled in."""

    title = TextField(
        label=_("What the case is called"), limit=120,
        help_text=_("A place or a matter, never a name: it stands in lists."),
    )  # fmt: skip
    types = ManyField(label=_("What kind of case?"), choices=())
    risk = ChoiceField(label=_("How high is the risk?"), choices=options(RISK_LABELS), initial=Risk.MEDIUM)
    summary = TextField(label=_("In one sentence"), limit=300, rows=2, required=False)
    basis = ChoiceField(
        label=_("Why may we keep what was told about her?"), choices=options(BASIS_LABELS),
        widget=forms.Select, empty=_("Choose"),
    )  # fmt: skip
    basis_reason = TextField(label=_("In your own words"), limit=2000, required=False)
    caseworker = ChoiceField(label=_("Caseworker"), choices=(), required=False, widget=forms.Select)
    investigator = ChoiceField(label=_("Investigator"), choices=(), required=False, widget=forms.Select)
    lawyer = ChoiceField(label=_("Lawyer"), choices=(), required=False, widget=forms.Select)
    tasks = ManyField(label=_("What has to be done by tomorrow?"), choices=options(FIRST_TASKS), required=False)

    layout = (
        (_("The case"), "", ["title", "types", "risk", "summary"]),
        (
            _("The team"),
            _("From here on only they see what was told."),
            ["caseworker", "investigator", "lawyer"],
        ),
        (_("What we may keep"), "", ["basis", "basis_reason"]),
        ("", "", ["tasks"]),
    )

    def __init__(
        self,
        *args: Any,
        team: Mapping[Role, Sequence[tuple[str, str]]],
        types: Choices,
        with_survivor: bool = True,
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        for role, people in team.items():
            _offer(self, role.value, [("", _("Nobody yet")), *people])
        _offer(self, "types", types)
        if not with_survivor:
            del self.fields["basis"], self.fields["basis_reason"]


def _offer(form: Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(name)
    field.choices = list(choices)


class AcceptIntoForm(Form):
    code = TextField(label=_("Code of the case"), limit=40, help_text=_("It begins with CASE."))
    people = ManyField(
        label=_("Who of the report is new to the case?"), choices=(), required=False,
        help_text=_("Leave out who has a part in it already under another code."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Choices = (), **rest: Any) -> None:
        super().__init__(*args, **rest)
        _offer(self, "people", people)
        if not list(people):
            del self.fields["people"]
