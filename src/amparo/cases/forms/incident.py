"""Forms of what happened: incidents and routes."""

from __future__ import annotations

from typing import Any

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
    summary = TextField(
        label=_("In one sentence"), help_text=_("Colleagues on the case read this instead of asking her again."),
        limit=500, rows=2,
    )  # fmt: skip
    place = TextField(label=_("Where?"), limit=300, required=False)
    narrative = TextField(label=_("What happened, in her or his words"), limit=40_000, rows=8, required=False)

    def __init__(self, *args: Any, survivors: Choices, whole: bool, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["person_id"] = ChoiceField(label=_("Who suffered it?"), choices=survivors)
        if not whole:
            del self.fields["place"], self.fields["narrative"]

    @property
    def layout(self) -> tuple[Group, ...]:  # type: ignore[override]
        return (
            (_("Who and when"), "", ["person_id", "began", "ended"]),
            (
                _("What kind of violence"),
                _("Answer in order and stop at the first “yes”: the kind follows from it."),
                [question.value for question in Question],
            ),
            (_("Around it"), "", ["relation", "goods", "held", "harmful", "exploitation", "controls"]),
            (_("In words"), "", ["summary", "place", "narrative"]),
        )


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
    summary = IncidentForm.base_fields["summary"]
    place = IncidentForm.base_fields["place"]
    narrative = IncidentForm.base_fields["narrative"]

    layout: tuple[Group, ...] = (
        (_("When"), "", ["began", "ended"]),
        (_("Around it"), "", ["relation", "goods", "held", "harmful", "exploitation", "controls"]),
        (_("In words"), "", ["summary", "place", "narrative"]),
    )

    def __init__(self, *args: Any, whole: bool, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if not whole:
            del self.fields["place"], self.fields["narrative"]


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
