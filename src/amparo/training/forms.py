"""What is asked in the room of training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from amparo.training.rules.content import LETTERS, Question
from amparo.training.words import (
    AUDIENCE_LABELS,
    CANCEL_LABELS,
    FALSE_LABEL,
    FEEDBACK_QUESTIONS,
    FEEDBACK_SCALE,
    FEEDBACK_SCALED,
    LANGUAGE_LABELS,
    OCCASION_LABELS,
    QUESTION_LABELS,
    STATE_LABELS,
    TRUE_LABEL,
    WEEKDAY_LABELS,
    WITHDRAW_LABELS,
    Occasion,
    QuestionKind,
)
from amparo.web.fields import ChoiceField, DayField, ManyField, TextField, options
from amparo.web.forms import Form, Group

Choices = list[tuple[str, str]]


# ---- curricula -----------------------------------------------------------------------------------------------


class OutlineForm(Form):
    title = TextField(label=_("Title"), limit=200)
    aims = TextField(label=_("What participants can do afterwards"), limit=4000, rows=4, required=False)
    least_attendance = forms.IntegerField(
        label=_("Attendance for the certificate, in percent of the days"), min_value=0, max_value=100, initial=80
    )
    least_score = forms.IntegerField(
        label=_("Score at the end for the certificate, in percent"),
        min_value=0,
        max_value=100,
        initial=0,
        help_text=_("0 asks for none: then attendance alone is certified."),
    )


class CurriculumForm(OutlineForm):
    audience = ChoiceField(label=_("For whom"), choices=options(AUDIENCE_LABELS), widget=forms.Select)
    field_order = ("audience", "title", "aims", "least_attendance", "least_score")


class ModuleForm(Form):
    title = TextField(label=_("Module"), limit=200)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=3000, initial=90)
    aim = TextField(label=_("Aim"), limit=1000, rows=3, required=False)


class QuestionForm(Form):
    kind = ChoiceField(label=_("Kind of question"), choices=options(QUESTION_LABELS))
    text = TextField(label=_("Question"), limit=2000, rows=3)
    lines = TextField(
        label=_("Answers, one a line"),
        limit=4000,
        rows=6,
        required=False,
        help_text=_("Begin each right answer with an asterisk: * The patient decides."),
    )
    true_is_right = ChoiceField(
        label=_("For true or false: what is right"),
        choices=[("1", TRUE_LABEL), ("0", FALSE_LABEL)],
        widget=forms.Select,
        required=False,
    )
    rubric = TextField(
        label=_("For a short answer: how it is marked"),
        limit=2000,
        rows=4,
        required=False,
        help_text=_("For what is a point given? Two trainers should give the same."),
    )
    points = forms.IntegerField(label=_("Points"), min_value=1, max_value=20, initial=1)
    occasions = ManyField(
        label=_("Asked"),
        choices=options(OCCASION_LABELS),
        initial=[occasion.value for occasion in Occasion],
        help_text=_("The same questions each time: only then can scores be compared."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") == QuestionKind.TRUE_FALSE and not data.get("true_is_right"):
            self.add_error("true_is_right", ValidationError(_("Say which of the two is right."), code="required"))
        return data


# ---- sessions ------------------------------------------------------------------------------------------------


class FilterForm(Form):
    state = ChoiceField(
        label=_("Step"), choices=options(STATE_LABELS), required=False, widget=forms.Select, empty=_("All")
    )


class RegisterFilterForm(Form):
    audience = ChoiceField(
        label=_("Group"), choices=options(AUDIENCE_LABELS), required=False, widget=forms.Select, empty=_("All")
    )


class PeriodForm(Form):
    since = DayField(label=_("From"))
    until = DayField(label=_("To"))


class SessionForm(Form):
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    left_out = ManyField(label=_("No training on"), choices=options(WEEKDAY_LABELS), required=False)
    place = TextField(label=_("Place"), limit=300)
    district = TextField(label=_("District"), limit=120, required=False)
    language = ChoiceField(label=_("Language"), choices=options(LANGUAGE_LABELS), widget=forms.Select)
    trainer_ids = ManyField(
        label=_("Trainers"), choices=[], required=False, widget=forms.SelectMultiple(attrs={"size": "6"})
    )
    guest_trainers = TextField(label=_("Guest trainers"), limit=500, required=False)
    invited_ids = ManyField(
        label=_("Agencies and units that are invited"),
        choices=[],
        required=False,
        widget=forms.SelectMultiple(attrs={"size": "6"}),
    )
    invited = TextField(label=_("Others who are invited"), limit=1000, rows=2, required=False)
    remark = TextField(label=_("Remark"), limit=4000, rows=3, required=False)
    layout: tuple[Group, ...] = (
        (_("When"), "", ["starts_on", "ends_on", "left_out"]),
        (_("Where and how"), "", ["place", "district", "language", "trainer_ids", "guest_trainers"]),
        (_("For whom"), "", ["invited_ids", "invited", "remark"]),
    )

    def __init__(self, *args: Any, trainers: Choices, invited: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._offer("trainer_ids", trainers)
        if invited:
            self._offer("invited_ids", invited)
        else:
            del self.fields["invited_ids"]

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - two fields of our own
        field.choices = choices


class PlanForm(SessionForm):
    version_id = ChoiceField(label=_("Curriculum"), choices=[], widget=forms.Select)
    layout = (("", "", ["version_id"]), *SessionForm.layout)

    def __init__(self, *args: Any, versions: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        label = self.fields["version_id"].label
        self.fields["version_id"] = ChoiceField(label=label, choices=versions, widget=forms.Select)


class CancelForm(Form):
    reason = ChoiceField(label=_("Why"), choices=options(CANCEL_LABELS))


class EvaluationForm(Form):
    words = TextField(
        label=_("What worked, what did not, what to change"),
        limit=8000,
        rows=6,
        help_text=_("About the training, not about single participants."),
    )


# ---- people --------------------------------------------------------------------------------------------------


class EnrolForm(Form):
    """Somebody of the register, an official, a colleague, or somebody who is new."""

    participant_id = ChoiceField(label=_("Somebody who took part before"), choices=[], required=False)
    official_id = ChoiceField(label=_("An official"), choices=[], required=False)
    account_id = ChoiceField(label=_("One of our own staff"), choices=[], required=False)
    name = TextField(
        label=_("Or somebody new: the name as it shall stand on the certificate"), limit=200, required=False
    )
    audience = ChoiceField(
        label=_("Group"),
        choices=options(AUDIENCE_LABELS),
        required=False,
        widget=forms.Select,
        help_text=_("What she or he works as. Needed for who was never here before."),
    )
    post = TextField(label=_("Post and place of work"), limit=200, required=False)
    district = TextField(label=_("District"), limit=120, required=False)
    contact = TextField(
        label=_("Contact at work"),
        limit=200,
        required=False,
        help_text=_("For reminders of the tests after 3 and 6 months."),
    )
    is_another = forms.BooleanField(label=_("It is somebody else with the same name"), required=False)
    layout = (
        (_("Known already"), _("Choose one."), ["participant_id", "official_id", "account_id"]),
        (_("New"), "", ["name", "audience", "post", "district", "contact", "is_another"]),
    )

    def __init__(self, *args: Any, known: Choices, officials: Choices, staff: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name, choices in (("participant_id", known), ("official_id", officials), ("account_id", staff)):
            if choices:
                label = self.fields[name].label
                self.fields[name] = ChoiceField(label=label, choices=choices, required=False, widget=forms.Select)
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        ways = [name for name in ("participant_id", "official_id", "account_id", "name") if data.get(name)]
        if len(ways) > 1:
            self.add_error(ways[-1], ValidationError(_("Choose one person only."), code="two"))
        if ways in (["official_id"], ["name"]) and not data.get("audience"):
            self.add_error("audience", ValidationError(_("Say what this person works as."), code="required"))
        return data


class PersonForm(Form):
    name = TextField(label=_("Name"), limit=200)
    audience = ChoiceField(label=_("Group"), choices=options(AUDIENCE_LABELS), widget=forms.Select)
    post = TextField(label=_("Post and place of work"), limit=200, required=False)
    district = TextField(label=_("District"), limit=120, required=False)
    contact = TextField(label=_("Contact at work"), limit=200, required=False)

    def __init__(self, *args: Any, is_official: bool, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if is_official:
            # The name is kept with the official's own record, and changed there.
            del self.fields["name"]


class LinkForm(Form):
    official_id = ChoiceField(label=_("Which official is it?"), choices=[], widget=forms.Select)

    def __init__(self, *args: Any, officials: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        label = self.fields["official_id"].label
        self.fields["official_id"] = ChoiceField(label=label, choices=officials, widget=forms.Select)


class WithdrawForm(Form):
    reason = ChoiceField(label=_("Why"), choices=options(WITHDRAW_LABELS))


# ---- for strangers -------------------------------------------------------------------------------------------


class CodeForm(Form):
    code = TextField(
        label=_("Your code"),
        limit=40,
        help_text=_("It stands on your slip and begins with TR."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}
        ),
    )


class TestForm(Form):
    """The questions of a test, each of which can be left out."""

    __test__ = False

    def __init__(self, *args: Any, questions: Sequence[Question], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.questions = questions
        for number, question in enumerate(questions, 1):
            self.fields[f"q-{question.key}"] = _answer_field(number, question)

    @property
    def answers(self) -> dict[str, list[int] | str]:
        """What was chosen, by question."""
        found: dict[str, list[int] | str] = {}
        for question in self.questions:
            value = self.cleaned_data.get(f"q-{question.key}")
            if not value:
                continue
            found[question.key] = value if question.by_hand else [LETTERS.index(letter) for letter in value]
        return found


def _answer_field(number: int, question: Question) -> forms.Field:
    label = f"{number}. {question.text}"
    choices = [(LETTERS[at], option) for at, option in enumerate(question.options)]
    if question.by_hand:
        return TextField(label=label, limit=1000, rows=3, required=False)
    if question.kind is QuestionKind.MULTIPLE:
        return ManyField(label=label, choices=choices, required=False, help_text=_("Several answers can be right."))
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)


class FeedbackForm(Form):
    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name, label in FEEDBACK_QUESTIONS.items():
            if name in FEEDBACK_SCALED:
                choices = list(FEEDBACK_SCALE.items())
                self.fields[name] = forms.ChoiceField(
                    label=str(label), choices=choices, required=False, widget=forms.RadioSelect
                )
            else:
                self.fields[name] = TextField(label=label, limit=1000, rows=4, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not any(data.values()):
            raise ValidationError(_("Answer at least one question."), code="empty")
        return data


class NumberForm(Form):
    number = TextField(label=_("Number of the certificate"), limit=60, help_text=_("It begins with CRT."))
