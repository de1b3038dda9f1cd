"""Forms of aftercare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.aftercare.queries.forms import DomainForm, ItemForm
from amparo.aftercare.rules.definition import MOST_BYTES
from amparo.aftercare.words import (
    DECISION_LABELS,
    DOMAIN_LABELS,
    END_LABELS,
    OUTCOME_LABELS,
    PLACEMENT_LABELS,
    PROGRESS_LABELS,
    PROVIDER_LABELS,
    SAFE_LABELS,
    SERVICE_LABELS,
    Decision,
    Domain,
    EndReason,
    Outcome,
    PlacementKind,
    Progress,
    ServiceState,
    ServiceType,
)
from amparo.web.fields import ChoiceField, DayField, TextField, options
from amparo.web.forms import Form

Choices = Sequence[tuple[str, str]]


class EnrolForm(Form):
    on = DayField(label=_("Enrolled on"))


class EndClientForm(Form):
    reason = ChoiceField(label=_("Why does it end?"), choices=options(END_LABELS))
    on = DayField(label=_("Ended on"))

    def clean_reason(self) -> EndReason:
        return EndReason(self.cleaned_data["reason"])


class SafetyPlanForm(Form):
    """Her plan, question by question, so that it can be written together."""

    chosen = TextField(
        label=_("What will she or he do?"),
        help_text=_("In her or his own words. The plan belongs to the one who follows it."),
        limit=4000,
        rows=4,
        required=False,
    )
    warnings = TextField(
        label=_("How does she or he notice that danger comes near?"),
        help_text=_("Signs, moods, days of the week, people who turn up."),
        limit=4000,
        rows=3,
        required=False,
    )
    contacts = TextField(
        label=_("Who can be called, and who may know?"),
        help_text=_("Also who must not know."),
        limit=4000,
        rows=3,
        required=False,
    )
    way_out = TextField(
        label=_("How does she or he get out, and where to?"),
        help_text=_("The way, what to take along, children, money, papers."),
        limit=4000,
        rows=3,
        required=False,
    )
    code_word = TextField(
        label=_("Code word"),
        help_text=_("A word that means: I need help now."),
        limit=100,
        required=False,
    )


class ReviewForm(Form):
    review_words = TextField(label=_("What did you find together?"), limit=4000, rows=3, required=False)
    review_on = DayField(label=_("Next review"))


class AgreeForm(Form):
    review_on = DayField(
        label=_("When will you look at it together again?"),
        help_text=_("After four weeks at first, sooner in danger."),
    )


class CarePlanForm(Form):
    matters = TextField(
        label=_("What matters most to her or him now?"),
        help_text=_("In her or his own words."),
        limit=4000,
        rows=4,
    )


class GoalForm(Form):
    domain = ChoiceField(label=_("Part of life"), choices=options(DOMAIN_LABELS))
    words = TextField(label=_("The goal"), help_text=_("In her or his own words: “I want …”"), limit=1000, rows=3)
    due_on = DayField(label=_("By when?"), required=False)

    def clean_domain(self) -> Domain:
        return Domain(self.cleaned_data["domain"])


class GoalProgressForm(Form):
    progress = ChoiceField(label=_("How far is it?"), choices=options(PROGRESS_LABELS))
    remark = TextField(label=_("What has happened?"), limit=2000, rows=3, required=False)

    def clean_progress(self) -> Progress:
        return Progress(self.cleaned_data["progress"])


class ApprovalForm(Form):
    approved = ChoiceField(
        label=_("Your decision"),
        choices=[("yes", _("Approve the plan")), ("no", _("Give it back, something is missing"))],
    )
    answer = TextField(
        label=_("What do you write to the caseworker?"),
        help_text=_("Needed when you give it back."),
        limit=4000,
        rows=3,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("approved") == "no" and not data.get("answer"):
            self.add_error("answer", _("Say what is missing, so that it can be added."))
        return data


class ServiceForm(Form):
    type = ChoiceField(label=_("Kind of service"), choices=options(SERVICE_LABELS))
    what = TextField(label=_("What exactly?"), limit=1000, rows=2)
    provider_kind = ChoiceField(label=_("Who does it?"), choices=options(PROVIDER_LABELS))
    provider = TextField(label=_("Name of the provider"), limit=300, required=False)
    due_on = DayField(label=_("By when?"), required=False)

    def __init__(self, *args: Any, goals: Choices = (), **rest: Any) -> None:
        super().__init__(*args, **rest)
        if goals:
            self.fields["goal_id"] = ChoiceField(
                label=_("For which goal?"),
                choices=goals,
                required=False,
                empty=_("For no goal in particular"),
            )

    def clean_type(self) -> ServiceType:
        return ServiceType(self.cleaned_data["type"])


class ServiceStateForm(Form):
    state = ChoiceField(label=_("What became of it?"), choices=[])
    remark = TextField(label=_("Remark"), limit=2000, rows=3, required=False)

    def __init__(self, *args: Any, steps: Choices = (), **rest: Any) -> None:
        super().__init__(*args, **rest)
        field = ChoiceField(label=_("What became of it?"), choices=steps)
        self.fields = {"state": field, "remark": self.fields["remark"]}

    def clean_state(self) -> ServiceState:
        return ServiceState(self.cleaned_data["state"])


class TaskForm(Form):
    title = TextField(
        label=_("What is to be done?"),
        help_text=_("The whole team of the case reads this. Write nothing that only care should know."),
        limit=200,
    )
    due_on = DayField(label=_("By when?"), required=False)

    def __init__(self, *args: Any, team: Choices = (), **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["assigned_id"] = ChoiceField(label=_("Who does it?"), choices=team)


class StartAssessmentForm(Form):
    rated_on = DayField(label=_("Day of the assessment"), help_text=_("The day on which you last spoke or met."))

    def __init__(self, *args: Any, kinds: Choices = (), **rest: Any) -> None:
        super().__init__(*args, **rest)
        if len(kinds) > 1:
            self.fields["instrument"] = ChoiceField(label=_("Instrument"), choices=kinds)


class AssessmentForm(Form):
    """One group for each domain. Everything may be left out, so that a draft can be saved at any time."""

    def __init__(self, *args: Any, domains: Sequence[DomainForm] = (), **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["environment"] = TextField(
            label=_("Where will she or he live, and with whom?"),
            help_text=_(
                "Score against the place she or he will live in, not against the shelter. Name no address here."
            ),
            limit=1000,
            rows=2,
            required=False,
        )
        self._domains = domains
        for domain in domains:
            for item in domain.items:
                self.fields[f"score_{item.code}"] = _anchors(item)
                self.fields[f"why_{item.code}"] = TextField(
                    label=_("What does this rest on?"), limit=500, required=False
                )

    @property
    def parts(self) -> Iterator[tuple[str, str, str, list[forms.BoundField], str]]:
        """Each domain with its code, label, hint and fields, and the code of the one that follows."""
        following = [domain.code for domain in self._domains][1:] + [""]
        for domain, after in zip(self._domains, following, strict=True):
            names = [name for item in domain.items for name in (f"score_{item.code}", f"why_{item.code}")]
            yield domain.code, domain.label, domain.hint, [self[name] for name in names], after

    def given(self) -> dict[str, tuple[str, str]]:
        """The answers by item, as the command takes them."""
        codes = [name.removeprefix("score_") for name in self.fields if name.startswith("score_")]
        data = self.cleaned_data
        return {code: (data.get(f"score_{code}", ""), data.get(f"why_{code}", "")) for code in codes}


def _anchors(item: ItemForm) -> forms.ChoiceField:
    # Django's own field adds no empty choice: nothing is chosen until somebody chooses.
    return forms.ChoiceField(
        label=item.label, help_text=item.child, choices=item.choices, widget=forms.RadioSelect, required=False
    )


class DecisionForm(Form):
    decision = ChoiceField(label=_("Your decision"), choices=options(DECISION_LABELS))
    reason = TextField(
        label=_("Why?"), help_text=_("In plain sentences that she or he could read."), limit=4000, rows=4
    )
    floor_reason = TextField(
        label=_("If a statement about safety is scored 2 or less: why is she or he restored all the same?"),
        limit=4000,
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, recent: Choices = (), **rest: Any) -> None:
        super().__init__(*args, **rest)
        field = ChoiceField(label=_("On which assessment?"), choices=recent)
        self.fields = {"assessment_id": field, **self.fields}

    def clean_decision(self) -> Decision:
        return Decision(self.cleaned_data["decision"])


class PlanFollowUpsForm(Form):
    closing_on = DayField(
        label=_("From which day?"), help_text=_("Follow-ups are planned 3, 6 and 12 months after it.")
    )


class FollowUpForm(Form):
    on = DayField(label=_("When?"))
    outcome = ChoiceField(label=_("How is she or he?"), choices=options(OUTCOME_LABELS))
    safe = ChoiceField(label=_("Is she or he safe?"), choices=options(SAFE_LABELS))
    words = TextField(label=_("What did you learn?"), limit=4000, rows=3, required=False)

    def clean_outcome(self) -> Outcome:
        return Outcome(self.cleaned_data["outcome"])

    def clean_safe(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["safe"])


class PlacementForm(Form):
    kind = ChoiceField(label=_("What kind of place?"), choices=options(PLACEMENT_LABELS))
    from_on = DayField(label=_("Since when?"))
    to_on = DayField(label=_("Until when?"), required=False)
    address = TextField(
        label=_("Address"),
        help_text=_("Kept apart and sealed. Only her or his caseworkers read it."),
        limit=1000,
        rows=2,
        required=False,
    )
    district = TextField(label=_("District"), limit=120, required=False)

    def clean_kind(self) -> PlacementKind:
        return PlacementKind(self.cleaned_data["kind"])


class EndPlacementForm(Form):
    to_on = DayField(label=_("Until when?"))


class InstrumentForm(Form):
    file = TextField(
        label=_("The text of the definition file"),
        help_text=_("Open the file and copy everything in it to here. TOML or JSON, with the parts of the example."),
        limit=MOST_BYTES,
        rows=12,
    )
    acknowledged = forms.BooleanField(
        label=_("Our organisation may use this instrument, and follows the conditions of its licence."),
        required=False,
    )

    def clean_file(self) -> bytes:
        return str(self.cleaned_data["file"]).encode()
