"""Forms of the case, its people, its team and what they do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.access.rules import BOX_DAYS
from amparo.access.words import COMPARTMENT_LABELS, FOUND_LABELS, ConflictState
from amparo.cases import words
from amparo.cases.queries import MOST_TAGS
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

    tag = ChoiceField(label=_("Tag"), choices=[], required=False, widget=forms.Select)
    programme = ChoiceField(label=_("Programme"), choices=[], required=False, widget=forms.Select)
    jurisdiction = ChoiceField(label=_("Jurisdiction"), choices=[], required=False, widget=forms.Select)

    def __init__(self, *args: Any, kinds: Choices, own: Mapping[str, Choices], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["type"] = ChoiceField(
            label=_("Kind"), choices=kinds, required=False, empty=_("All"), widget=forms.Select
        )
        # The organisation's own lists: what it has not filled is not asked for.
        for name, choices in own.items():
            field, found = self.fields[name], list(choices)
            if not found:
                del self.fields[name]
            elif isinstance(field, forms.ChoiceField):
                field.choices = [("", _("All")), *found]


class CaseForm(Form):
    title = TextField(
        label=_("What shall we call it?"),
        help_text=_("A place or a matter, never a person’s name."),
        limit=120,
    )
    types = ManyField(label=_("What is it about?"), choices=[])
    risk = ChoiceField(label=_("How great is the danger now?"), choices=options(words.RISK_LABELS))

    def __init__(
        self,
        *args: Any,
        kinds: Choices,
        programmes: Choices = (),
        tags: Choices = (),
        jurisdictions: Choices = (),
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        self.fields["types"] = ManyField(label=_("What is it about?"), choices=kinds)
        if programmes:
            self.fields["programme"] = ChoiceField(label=_("Programme"), choices=programmes, required=False)
        if jurisdictions:
            self.fields["jurisdiction"] = ChoiceField(
                label=_("Jurisdiction"), choices=jurisdictions, required=False, widget=forms.Select
            )
        if tags:
            self.fields["tags"] = ManyField(label=_("Tags"), choices=tags, required=False)

    def clean_tags(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["tags"]
        if len(chosen) > MOST_TAGS:
            raise forms.ValidationError(_("Choose up to eight tags."))
        return chosen

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
        (_("Part in the case"), "", ["role", "relation", "related_to", "relationship", "no_contact"]),
        (_("Trafficking"), "", ["trafficking", "trafficking_by", "trafficking_on"]),
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
    relation = ChoiceField(
        label=_("What is she or he to somebody in the case?"), choices=options(words.PARTY_RELATION_LABELS),
        required=False, widget=forms.Select, empty=_("Nothing, or not known"),
    )  # fmt: skip
    related_to = ChoiceField(label=_("To whom?"), choices=[], required=False, widget=forms.Select)
    relationship = TextField(label=_("More about how they are related"), limit=300, required=False)
    trafficking = ChoiceField(
        label=_("What was found about trafficking?"), choices=options(words.TRAFFICKING_LABELS), required=False,
        widget=forms.Select, empty=_("Not looked into"),
    )  # fmt: skip
    trafficking_by = ChoiceField(
        label=_("Who decided that?"), choices=options(words.DECIDER_LABELS), required=False, widget=forms.Select,
        empty=_("Nobody yet, or not known"),
    )  # fmt: skip
    trafficking_on = DayField(label=_("When?"), required=False)
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

    def __init__(self, *args: Any, others: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        _offer_others(self, others)

    def clean_languages(self) -> list[str]:
        return [part.strip() for part in self.cleaned_data["languages"].split(",") if part.strip()]

    def clean_related_to(self) -> UUID | None:
        return _person(self.cleaned_data["related_to"])


class PartyChangeForm(Form):
    relation = PartyForm.base_fields["relation"]
    related_to = PartyForm.base_fields["related_to"]
    relationship = PartyForm.base_fields["relationship"]
    trafficking = PartyForm.base_fields["trafficking"]
    trafficking_by = PartyForm.base_fields["trafficking_by"]
    trafficking_on = PartyForm.base_fields["trafficking_on"]
    no_contact = PartyForm.base_fields["no_contact"]

    def __init__(self, *args: Any, others: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        _offer_others(self, others)

    def clean_related_to(self) -> UUID | None:
        return _person(self.cleaned_data["related_to"])


def _person(chosen: str) -> UUID | None:
    return UUID(chosen) if chosen else None


def _offer_others(form: Form, others: Choices) -> None:
    """Let somebody of the case be chosen; where nobody else is, nothing is asked."""
    found, field = list(others), form.fields["related_to"]
    if not found:
        del form.fields["relation"], form.fields["related_to"]
    elif isinstance(field, forms.ChoiceField):
        field.choices = [("", _("Nobody")), *found]


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


class DeclareForm(Form):
    """That the reader knows somebody in a case: whom, or the case as a whole."""

    whom = ChoiceField(label=_("Whom do you know?"), choices=[])
    reason = TextField(
        label=_("How?"), help_text=_("Such as: a cousin, a neighbour. Few words are enough."), limit=500, rows=2
    )

    def __init__(self, *args: Any, people: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        everybody = [*people, ("case", _("Somebody else, or the case as a whole"))]
        self.fields["whom"] = ChoiceField(label=_("Whom do you know?"), choices=everybody)

    def clean_whom(self) -> UUID | None:
        chosen = self.cleaned_data["whom"]
        return None if chosen == "case" else UUID(chosen)


class ConflictForm(Form):
    is_conflict = ChoiceField(
        label=_("What do you find?"),
        choices=[
            ("yes", FOUND_LABELS[ConflictState.BARRED]),
            ("no", FOUND_LABELS[ConflictState.NONE]),
        ],
    )
    answer = TextField(label=_("How do you know?"), limit=500, rows=2)

    def clean_is_conflict(self) -> bool:
        return bool(self.cleaned_data["is_conflict"] == "yes")


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
