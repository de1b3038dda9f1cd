"""Forms of what happened: incidents and routes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.cases import words
from amparo.cases.rules import Question
from amparo.web.fields import (
    ChoiceField,
    Choices,
    ManyField,
    PartialDateField,
    TextField,
    options,
)
from amparo.web.forms import Form, Group

YES_NO: Choices = [("yes", _("Yes")), ("no", _("No"))]

QUESTIONS: dict[Question, Any] = {
    Question.GENDER_BASED: _("Was it done because of her or his gender, or did it use unequal power between genders?"),
    Question.PENETRATION: _("Was there any penetration, however slight, without consent?"),
    Question.UNWANTED_CONTACT: _(
        "Was there any other unwanted sexual contact, an attempt at rape, or genital cutting?"
    ),
    Question.PHYSICAL: _("Was there physical violence?"),
    Question.MARRIAGE: _("Was it a forced marriage?"),
    Question.DENIAL: _("Were money, work, schooling or services denied?"),
    Question.PSYCHOLOGICAL: _("Were there insults, threats or cruelty?"),
}


_AROUND = [
    "relation", "perpetrators", "weapon", "goods", "held", "harmful", "exploitation", "controls", "previous",
    "reported_elsewhere",
]  # fmt: skip


class QuestionsForm(Form):
    """The elimination questions; after the first "yes" the rest may stay open."""

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for question, label in QUESTIONS.items():
            required = question is Question.GENDER_BASED
            # Without an empty choice: an unanswered question is one where nothing is chosen.
            self.fields[question.value] = forms.ChoiceField(
                label=label, choices=YES_NO, widget=forms.RadioSelect, required=required
            )

    def answers(self) -> dict[Question, bool]:
        given = {q: self.cleaned_data.get(q.value) for q in Question}
        return {question: answer == "yes" for question, answer in given.items() if answer}


class IncidentForm(QuestionsForm):
    person_id = ChoiceField(label=_("Who suffered it?"), choices=[])
    began = PartialDateField(label=_("When did it happen, or begin?"))
    ended = PartialDateField(label=_("When did it end?"), required=False)
    relation = ChoiceField(
        label=_("What is the alleged perpetrator to her or him?"), choices=options(words.RELATION_LABELS),
        widget=forms.Select,
    )  # fmt: skip
    goods = forms.BooleanField(label=_("Money, food or favours were given for it"), required=False)
    held = forms.BooleanField(label=_("She or he was taken away or held"), required=False)
    harmful = forms.BooleanField(label=_("It was part of a harmful traditional practice"), required=False)
    exploitation = ManyField(
        label=_("Kinds of exploitation"), choices=options(words.EXPLOITATION_LABELS), required=False
    )
    controls = ManyField(
        label=_("How was she or he controlled?"), choices=options(words.CONTROL_LABELS), required=False
    )
    weapon = ChoiceField(
        label=_("Weapon"), choices=options(words.WEAPON_LABELS), required=False, widget=forms.Select,
        empty=_("Not known"),
    )  # fmt: skip
    perpetrators = ManyField(
        label=_("Which suspects of the case?"),
        help_text=_("Those who are said to have done it. A suspect is not guilty of it by this."),
        choices=[], required=False,
    )  # fmt: skip
    previous = ChoiceField(
        label=_("Did anything like it happen to her or him before?"), choices=options(words.PREVIOUS_LABELS),
        required=False, widget=forms.Select, empty=_("Not asked"),
    )  # fmt: skip
    reported_elsewhere = ManyField(
        label=_("Where else was it reported?"), choices=options(words.REPORTED_ELSEWHERE_LABELS), required=False
    )
    summary = TextField(
        label=_("In one sentence"), help_text=_("Colleagues on the case read this instead of asking her again."),
        limit=500, rows=2,
    )  # fmt: skip
    place = TextField(label=_("Where?"), limit=300, required=False)
    narrative = TextField(label=_("What happened, in her or his words"), limit=40_000, rows=8, required=False)

    def __init__(self, *args: Any, survivors: Choices, suspects: Choices, whole: bool, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["person_id"] = ChoiceField(label=_("Who suffered it?"), choices=survivors)
        _offer(self, suspects, whole)

    def clean_perpetrators(self) -> list[UUID]:
        return [UUID(key) for key in self.cleaned_data["perpetrators"]]

    def clean_reported_elsewhere(self) -> list[str]:
        return _one_or_others(self.cleaned_data["reported_elsewhere"])

    @property
    def layout(self) -> tuple[Group, ...]:  # type: ignore[override]
        return (
            (_("Who and when"), "", ["person_id", "began", "ended"]),
            (
                _("What kind of violence"),
                _("Answer in order and stop at the first “yes”: the kind follows from it."),
                [question.value for question in Question],
            ),
            (_("Around it"), "", _AROUND),
            (_("In words"), "", ["summary", "place", "narrative"]),
        )


def _offer(form: Form, suspects: Choices, whole: bool) -> None:
    """Ask only for what this reader can answer: suspects whom she sees, and words that she may read."""
    field, offered = form.fields["perpetrators"], list(suspects)
    if not offered:
        del form.fields["perpetrators"]
    elif isinstance(field, forms.MultipleChoiceField):
        field.choices = offered
    if not whole:
        del form.fields["place"], form.fields["narrative"]


def _one_or_others(chosen: list[str]) -> list[str]:
    if "nowhere" in chosen and len(chosen) > 1:
        raise forms.ValidationError(_("Choose “nowhere else” alone, or the places without it."))
    return chosen


class IncidentChangeForm(Form):
    """What is known of an incident but whom it befell, and the questions, which have a form of their own."""

    began = IncidentForm.base_fields["began"]
    ended = IncidentForm.base_fields["ended"]
    relation = IncidentForm.base_fields["relation"]
    goods = IncidentForm.base_fields["goods"]
    held = IncidentForm.base_fields["held"]
    harmful = IncidentForm.base_fields["harmful"]
    exploitation = IncidentForm.base_fields["exploitation"]
    controls = IncidentForm.base_fields["controls"]
    weapon = IncidentForm.base_fields["weapon"]
    perpetrators = IncidentForm.base_fields["perpetrators"]
    previous = IncidentForm.base_fields["previous"]
    reported_elsewhere = IncidentForm.base_fields["reported_elsewhere"]
    summary = IncidentForm.base_fields["summary"]
    place = IncidentForm.base_fields["place"]
    narrative = IncidentForm.base_fields["narrative"]

    layout: tuple[Group, ...] = (
        (_("When"), "", ["began", "ended"]),
        (_("Around it"), "", _AROUND),
        (_("In words"), "", ["summary", "place", "narrative"]),
    )

    def __init__(self, *args: Any, suspects: Choices, whole: bool, **rest: Any) -> None:
        super().__init__(*args, **rest)
        _offer(self, suspects, whole)

    def clean_perpetrators(self) -> list[UUID]:
        return [UUID(key) for key in self.cleaned_data["perpetrators"]]

    def clean_reported_elsewhere(self) -> list[str]:
        return _one_or_others(self.cleaned_data["reported_elsewhere"])


class FindingForm(Form):
    """What was found of an incident. Without a finding that it has already: that would change nothing."""

    state = ChoiceField(label=_("What was found?"), choices=[])
    reason = TextField(
        label=_("Why?"),
        help_text=_("What was compared, and with what. Without names: the team reads it."),
        limit=1000, rows=4,
    )  # fmt: skip

    def __init__(self, *args: Any, findings: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["state"] = ChoiceField(label=_("What was found?"), choices=findings, widget=forms.RadioSelect)


class RouteForm(Form):
    person_id = ChoiceField(label=_("Whose way?"), choices=[])
    stage = ChoiceField(label=_("Which part of it?"), choices=options(words.ROUTE_STAGE_LABELS))
    place = TextField(
        label=_("Where?"),
        help_text=_("A town, district or country is enough. A house or an address belongs elsewhere."),
        limit=120,
    )
    happened = PartialDateField(label=_("Since when?"))
    how = TextField(label=_("How?"), help_text=_("By whom she was taken, on which way."), limit=500, required=False)

    def __init__(self, *args: Any, survivors: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["person_id"] = ChoiceField(label=_("Whose way?"), choices=survivors)
