"""Forms of the case: shapes of input in plain words; what is allowed is decided by the commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.access.rules import BOX_DAYS
from amparo.access.words import COMPARTMENT_LABELS
from amparo.cases import words
from amparo.cases.rules import Question
from amparo.cases.words import BasisKind
from amparo.kernel.words import Compartment
from amparo.people.words import GENDER_LABELS
from amparo.web.fields import (
    ChoiceField,
    Choices,
    DayField,
    ManyField,
    MomentField,
    PartialDateField,
    TextField,
    options,
)
from amparo.web.forms import Form, Group

YES_NO: Choices = [("yes", _("Yes")), ("no", _("No"))]


class CaseFilterForm(Form):
    state = ChoiceField(
        label=_("State"),
        choices=options(words.STATE_LABELS),
        required=False,
        empty=_("All"),
        widget=forms.Select,
    )
    type = ChoiceField(label=_("Kind"), choices=[], required=False, widget=forms.Select)
    risk = ChoiceField(
        label=_("Risk"),
        choices=options(words.RISK_LABELS),
        required=False,
        empty=_("All"),
        widget=forms.Select,
    )
    mine = forms.BooleanField(label=_("Only my own"), required=False)

    def __init__(self, *args: Any, kinds: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["type"] = ChoiceField(
            label=_("Kind"), choices=kinds, required=False, empty=_("All"), widget=forms.Select
        )


class CaseForm(Form):
    title = TextField(
        label=_("What shall we call it?"),
        help_text=_("A place or a matter, never a person’s name."),
        limit=120,
    )
    types = ManyField(label=_("What is it about?"), choices=[])
    risk = ChoiceField(label=_("How great is the danger now?"), choices=options(words.RISK_LABELS))

    def __init__(self, *args: Any, kinds: Choices, programmes: Choices = (), **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["types"] = ManyField(label=_("What is it about?"), choices=kinds)
        if programmes:
            self.fields["programme"] = ChoiceField(label=_("Programme"), choices=programmes, required=False)

    def clean_types(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["types"]
        if len(chosen) > 4:
            raise forms.ValidationError(_("Choose up to four: those that matter most."))
        return chosen


class NewCaseForm(CaseForm):
    reported_on = DayField(label=_("When did it reach us?"))
    summary = TextField(
        label=_("In two or three sentences"),
        help_text=_("Without names. Only people who work on it can read it."),
        limit=4000,
        rows=4,
        required=False,
    )


class TrackForm(Form):
    state = ChoiceField(label=_("New state"), choices=[])
    on = DayField(label=_("Since when?"), required=False, help_text=_("Today, if you leave it out."))

    def __init__(self, *args: Any, moves: Sequence[str], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["state"] = ChoiceField(
            label=_("New state"), choices=[(move, words.TRACK_STATE_LABELS[move]) for move in moves]
        )


class LeadForm(Form):
    account_id = ChoiceField(label=_("Who leads it?"), choices=[])

    def __init__(self, *args: Any, team: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["account_id"] = ChoiceField(label=_("Who leads it?"), choices=team)


class PartyForm(Form):
    layout: tuple[Group, ...] = (
        (_("Part in the case"), "", ["role", "relationship", "trafficking", "no_contact"]),
        (
            _("Somebody we already know"),
            _("If you have her or his code, nothing else is needed."),
            ["known_code"],
        ),
        (
            _("Somebody new"),
            _("Everything here can be left out and added later."),
            ["name", "known_as", "gender", "birth", "languages"],
        ),
    )
    role = ChoiceField(label=_("What part?"), choices=options(words.PARTY_LABELS), widget=forms.RadioSelect)
    relationship = TextField(label=_("How related to others in the case?"), limit=300, required=False)
    trafficking = ChoiceField(
        label=_("Trafficking"), choices=options(words.TRAFFICKING_LABELS), required=False, widget=forms.Select,
        empty=_("Not looked into"),
    )  # fmt: skip
    no_contact = TextField(
        label=_("Terms of no contact"),
        help_text=_("For a suspect under an order."),
        limit=1000,
        rows=2,
        required=False,
    )
    known_code = TextField(label=_("Code"), limit=40, required=False)
    name = TextField(label=_("Name"), help_text=_("As she or he writes it, in any script."), limit=300, required=False)
    known_as = TextField(label=_("How to call her or him"), limit=100, required=False)
    gender = ChoiceField(
        label=_("Gender"),
        choices=options(GENDER_LABELS),
        required=False,
        widget=forms.Select,
        empty=_("Not asked"),
    )
    birth = PartialDateField(label=_("Born"), required=False)
    languages = TextField(label=_("Languages"), help_text=_("With commas between them."), limit=200, required=False)

    def clean_languages(self) -> list[str]:
        return [part.strip() for part in self.cleaned_data["languages"].split(",") if part.strip()]


class PartyChangeForm(Form):
    relationship = PartyForm.base_fields["relationship"]
    trafficking = PartyForm.base_fields["trafficking"]
    no_contact = PartyForm.base_fields["no_contact"]


class BasisForm(Form):
    layout: tuple[Group, ...] = (
        ("", "", ["person_id", "answer", "kind", "purpose", "agency_id", "recipient", "classes"]),
        (_("How it was given"), "", ["giver", "method", "from_on", "until_on", "reason"]),
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
    from_on = DayField(label=_("From"), required=False, help_text=_("Today, if you leave it out."))
    until_on = DayField(label=_("Until"), required=False)
    reason = TextField(
        label=_("What was explained, and why this basis"),
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


class NoteForm(Form):
    compartment = ChoiceField(
        label=_("Who may read it?"),
        help_text=_("Only people whose work needs this part of the case."),
        choices=[],
    )
    kind = ChoiceField(label=_("What kind of note?"), choices=options(words.NOTE_LABELS), widget=forms.Select)
    person_id = ChoiceField(label=_("About whom?"), choices=[], required=False)
    happened_at = MomentField(label=_("When was it?"), required=False, help_text=_("Now, if you leave it out."))
    text = TextField(label=_("Note"), limit=20_000, rows=8)

    def __init__(
        self, *args: Any, compartments: Sequence[Compartment], people: Choices, draft_url: str, **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        self.fields["compartment"] = ChoiceField(
            label=_("Who may read it?"),
            help_text=_("Only people whose work needs this part of the case."),
            choices=[(c.value, COMPARTMENT_LABELS[c]) for c in compartments],
        )
        self.fields["person_id"] = ChoiceField(
            label=_("About whom?"),
            choices=people,
            required=False,
            widget=forms.Select,
            empty=_("The case as a whole"),
        )
        self.fields["text"].widget.attrs |= {"data-draft-url": draft_url}


class CorrectionForm(Form):
    text = TextField(
        label=_("The note as it should read"),
        help_text=_("The old one stays readable beside it."),
        limit=20_000,
        rows=8,
    )


class TaskForm(Form):
    title = TextField(label=_("What is to be done?"), help_text=_("Without names: codes are fine."), limit=200)
    assigned = ChoiceField(label=_("By whom?"), choices=[])
    due_on = DayField(label=_("By when?"), required=False)
    track = ChoiceField(label=_("For which track?"), choices=options(words.TRACK_LABELS), widget=forms.Select)

    def __init__(self, *args: Any, team: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["assigned"] = ChoiceField(label=_("By whom?"), choices=team)


class TaskChangeForm(TaskForm):
    track = None  # type: ignore[assignment]


class DropForm(Form):
    reason = ChoiceField(label=_("Why?"), choices=options(words.DROP_LABELS))


class PromiseForm(Form):
    person_id = ChoiceField(label=_("Promised to whom?"), choices=[])
    text = TextField(label=_("What was promised?"), limit=300, rows=2)
    due_on = DayField(label=_("By when?"))

    def __init__(self, *args: Any, survivors: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["person_id"] = ChoiceField(label=_("Promised to whom?"), choices=survivors)


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


class LinkForm(Form):
    other = TextField(label=_("Code of the other case"), limit=40)
    kind = ChoiceField(label=_("What links them?"), choices=options(words.LINK_LABELS))
    reason = TextField(label=_("How do we know?"), limit=500, rows=2, required=False)


class TeamForm(Form):
    member = ChoiceField(
        label=_("Who?"), help_text=_("People who are barred from the case can’t be chosen."), choices=[]
    )
    reason = TextField(label=_("For what?"), limit=500, rows=2, required=False)
    until_on = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, members: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["member"] = ChoiceField(label=_("Who?"), choices=members, widget=forms.Select)
        self.fields["until_on"].help_text = _(
            "The last day on the team. If you leave it out, police, prosecutors and auditors see the case for "
            "%(days)s days, and colleagues until they are taken off. To move it, add the same person again."
        ) % {"days": BOX_DAYS}


class OfferForm(Form):
    member = ChoiceField(label=_("To whom?"), choices=[])
    note = TextField(label=_("What should she or he know?"), limit=2000, rows=4, required=False)

    def __init__(self, *args: Any, members: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["member"] = ChoiceField(label=_("To whom?"), choices=members, widget=forms.Select)


class BarForm(Form):
    account_id = ChoiceField(label=_("Who must not see this case?"), choices=[])
    reason = TextField(label=_("Why?"), help_text=_("Such as: a relative of the suspect."), limit=500, rows=2)

    def __init__(self, *args: Any, members: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["account_id"] = ChoiceField(
            label=_("Who must not see this case?"), choices=members, widget=forms.Select
        )


class LiftBarForm(Form):
    reason = TextField(label=_("Why is it lifted?"), help_text=_("Such as: a mistake in the name."), limit=500, rows=2)


class ConferenceForm(Form):
    on = DayField(label=_("Day"))
    agencies = ManyField(label=_("Which agencies sit at the table?"), choices=[])
    classes = ManyField(label=_("What is to be shared there?"), choices=options(words.DATA_CLASS_LABELS))
    about = TextField(label=_("What it is about"), limit=2000, rows=3)

    def __init__(self, *args: Any, agencies: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["agencies"] = ManyField(label=self.fields["agencies"].label, choices=agencies)


class ConferenceHeldForm(Form):
    """What was decided, and up to three tasks that come of it."""

    layout: tuple[Group, ...] = (
        (_("What was decided"), "", ["on", "present", "decisions"]),
        (_("First task"), "", ["title_1", "assigned_1", "due_1"]),
        (_("Second task"), "", ["title_2", "assigned_2", "due_2"]),
        (_("Third task"), _("More go on the case’s page."), ["title_3", "assigned_3", "due_3"]),
    )
    on = DayField(label=_("It was held on"))
    present = TextField(label=_("Who was there"), help_text=_("Names and posts."), limit=2000, rows=3)
    decisions = TextField(
        label=_("Decisions"), help_text=_("The whole team reads it; partners do not."), limit=10_000, rows=6
    )

    def __init__(self, *args: Any, team: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for number in range(1, 4):
            self.fields[f"title_{number}"] = TextField(label=_("What is to be done?"), limit=200, required=False)
            who = ChoiceField(label=_("Who?"), choices=team, required=False, widget=forms.Select)
            self.fields[f"assigned_{number}"] = who
            self.fields[f"due_{number}"] = DayField(label=_("By when?"), required=False)


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
