"""What is asked in the room of investigations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.investigations.words import (
    AGENCY_LABELS,
    ATTRIBUTION_LABELS,
    CONTACT_LABELS,
    CORRECT_LABELS,
    DROP_LABELS,
    INTERPRETING_LABELS,
    INTERVIEW_PURPOSE_LABELS,
    LEAD_LABELS,
    LEAD_OUTCOME_LABELS,
    MEASURE_LABELS,
    ONLY_BY_VERDICT,
    OWN_REPLY_LABELS,
    QUALIFICATION_LABELS,
    RELIEVED_LABELS,
    REPLY_LABELS,
    RESTRAINED_LABELS,
    REVIEWED_LABELS,
    SOURCE_LABELS,
    STATUS_LABELS,
    SUPPORT_LABELS,
    THREAT_CLOSED_LABELS,
    THREAT_KIND_LABELS,
    THREAT_RISK_LABELS,
    THREATENER_LABELS,
    WITHDRAW_LABELS,
    AskReply,
    Source,
    WithdrawReason,
)
from amparo.web.fields import ChoiceField, DayField, ManyField, MomentField, PartialDateField, TextField, options
from amparo.web.forms import Form, Group

Choices = list[tuple[str, str]]


class LeadForm(Form):
    kind = ChoiceField(label=_("What kind of lead"), choices=options(LEAD_LABELS))
    title = TextField(label=_("Lead"), limit=200)
    question = TextField(label=_("What to find out"), limit=4000, rows=4, required=False)
    assigned_id = ChoiceField(label=_("Who does it"), choices=[])
    due_on = DayField(label=_("By when"), required=False)

    def __init__(self, *args: Any, team: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["assigned_id"] = ChoiceField(label=_("Who does it"), choices=team)


class CloseLeadForm(Form):
    outcome = ChoiceField(label=_("What came of it"), choices=options(LEAD_OUTCOME_LABELS))
    result = TextField(
        label=_("Result"),
        limit=10_000,
        rows=5,
        help_text=_("Write down what speaks for the suspect as well: the court has to see both."),
    )


class AskForm(Form):
    """Something that a partner is asked to do for a lead."""

    known_id = ChoiceField(label=_("Of which official?"), choices=[], required=False, widget=forms.Select)
    unit_id = ChoiceField(label=_("Or of which unit?"), choices=[], required=False, widget=forms.Select)
    name = TextField(label=_("Name or post, if not in the lists"), limit=200, required=False)
    reader_id = ChoiceField(
        label=_("Who of theirs on the team reads and answers it here?"),
        choices=[],
        required=False,
        widget=forms.Select,
        help_text=_("She or he reads exactly the words below, and nothing else of the lead."),
    )
    asked = TextField(
        label=_("What are they asked to do?"),
        limit=2000,
        rows=3,
        help_text=_("Write no more than they need to do it."),
    )
    due_on = DayField(label=_("By when do they answer?"))
    asked_on = DayField(label=_("Asked on"), required=False, help_text=_("Leave this out if it is today."))

    def __init__(self, *args: Any, officials: Choices, units: Choices, readers: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        offered = (("known_id", officials), ("unit_id", units), ("reader_id", readers))
        for name, found in offered:
            field = self.fields[name]
            if found and isinstance(field, forms.ChoiceField):
                none = _("Nobody: we ask them ourselves") if name == "reader_id" else _("None of them")
                field.choices = [("", none), *found]
            else:
                del self.fields[name]


class AnsweredForm(Form):
    reply = ChoiceField(label=_("What became of it?"), choices=options(REPLY_LABELS), initial=AskReply.ANSWER)
    answer = TextField(
        label=_("What did they answer?"),
        limit=4000,
        rows=4,
        required=False,
        help_text=_("Write down what speaks for the suspect as well: the court has to see both."),
    )
    on = DayField(label=_("When"), required=False, help_text=_("Leave this out if it is today."))


class AnswerHereForm(Form):
    reply = ChoiceField(label=_("Your answer"), choices=options(OWN_REPLY_LABELS))
    answer = TextField(
        label=_("In your words"),
        limit=4000,
        rows=5,
        required=False,
        help_text=_("What you found, or why it cannot be done, or who else should be asked."),
    )
    on = DayField(label=_("When"), required=False, help_text=_("Leave this out if it is today."))


class StatusForm(Form):
    status = ChoiceField(
        label=_("Status"),
        choices=[pair for pair in options(STATUS_LABELS) if pair[0] not in ONLY_BY_VERDICT],
        help_text=_("Convicted and acquitted are not in this list: they follow from the verdict."),
    )
    happened = PartialDateField(label=_("When"))
    source = ChoiceField(
        label=_("Who says so"), choices=[pair for pair in options(SOURCE_LABELS) if pair[0] != Source.VERDICT]
    )
    conditions = TextField(label=_("Conditions, such as to keep away"), limit=2000, rows=3, required=False)
    remark = TextField(label=_("Remark"), limit=2000, rows=3, required=False)


class OutcomeForm(Form):
    """Of a relief or a restraint; `people` and `hows` are of its kind."""

    person_id = ChoiceField(label=_("Who"), choices=[])
    how = ChoiceField(label=_("How"), choices=[])
    attribution = ChoiceField(label=_("Our part in it"), choices=options(ATTRIBUTION_LABELS))
    happened = PartialDateField(label=_("When"))

    def __init__(self, *args: Any, people: Choices, is_relief: bool, **rest: Any) -> None:
        super().__init__(*args, **rest)
        hows = RELIEVED_LABELS if is_relief else RESTRAINED_LABELS
        self.fields["person_id"] = ChoiceField(label=_("Survivor") if is_relief else _("Suspect"), choices=people)
        self.fields["how"] = ChoiceField(label=_("How"), choices=options(hows))


class WithdrawForm(Form):
    reason = ChoiceField(label=_("Why"), choices=options(WITHDRAW_LABELS))


class ContactWithdrawForm(Form):
    reason = ChoiceField(
        label=_("Why"), choices=[pair for pair in options(WITHDRAW_LABELS) if pair[0] != WithdrawReason.NOT_LASTING]
    )


class OutcomeCorrectForm(OutcomeForm):
    reason = ChoiceField(label=_("What was wrong?"), choices=options(CORRECT_LABELS))
    layout: tuple[Group, ...] = (
        ("", "", ["reason"]),
        (_("What stands instead"), "", ["person_id", "how", "attribution", "happened"]),
    )


class StatusWithdrawForm(Form):
    reason = ChoiceField(
        label=_("Why"), choices=[pair for pair in options(WITHDRAW_LABELS) if pair[0] != WithdrawReason.NOT_LASTING],
        help_text=_("What did not last is no mistake: add the status that came after it."),
    )  # fmt: skip


class ContactForm(Form):
    layout: tuple[Group, ...] = (
        (_("Whom"), "", ["official_id", "name", "unit_id", "agency", "agency_kind"]),
        (_("What was it?"), "", ["kind", "on", "agreed"]),
        (_("What comes next"), "", ["next_step", "next_on"]),
    )
    official_id = ChoiceField(label=_("Official"), choices=[], required=False, widget=forms.Select)
    name = TextField(
        label=_("Name or post, if not in the list"),
        limit=200,
        required=False,
        help_text=_("What somebody does in office only: nothing private, nothing political."),
    )
    unit_id = ChoiceField(
        label=_("Unit"),
        help_text=_("Only where it is another one than where the official is in office."),
        choices=[],
        required=False,
        widget=forms.Select,
    )
    agency = TextField(label=_("Name of the station, office or court, if not in the list"), limit=200, required=False)
    agency_kind = ChoiceField(
        label=_("Kind of agency"),
        help_text=_("Only where nothing was chosen from the lists."),
        choices=options(AGENCY_LABELS),
        required=False,
        widget=forms.Select,
        empty=_("As the directory says"),
    )
    kind = ChoiceField(label=_("Kind of contact"), choices=options(CONTACT_LABELS))
    on = DayField(label=_("Day"))
    agreed = TextField(label=_("What was agreed"), limit=4000, rows=4, required=False)
    next_step = TextField(label=_("Next step"), limit=500, required=False)
    next_on = DayField(label=_("By when"), required=False)

    def __init__(self, *args: Any, officials: Choices, units: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name, found in (("official_id", officials), ("unit_id", units)):
            field = self.fields[name]
            if found and isinstance(field, forms.ChoiceField):
                field.choices = [("", _("None of them")), *found]
            else:
                del self.fields[name]


class ContactCorrectForm(ContactForm):
    layout: tuple[Group, ...] = (("", "", ["reason"]), *ContactForm.layout)
    reason = ChoiceField(label=_("What was wrong?"), choices=options(CORRECT_LABELS))


class InterviewForm(Form):
    layout: tuple[Group, ...] = (
        (_("What for"), "", ["has_read", "purpose", "why"]),
        (_("When and where"), "", ["planned_at", "place"]),
        (
            _("Who is in the room"),
            "",
            ["interviewer_id", "asks", "qualification", "support", "supporter", "interpreting", "interpreter"],
        ),
    )
    has_read = forms.BooleanField(label=_("I have read what she or he told before"), required=False)
    purpose = ChoiceField(label=_("What it is for"), choices=options(INTERVIEW_PURPOSE_LABELS))
    why = TextField(
        label=_("Why is it needed?"),
        help_text=_("What is missing in what is known, and what it is needed for."),
        limit=2000,
        rows=3,
    )
    planned_at = MomentField(label=_("When"))
    place = TextField(
        label=_("Where"), help_text=_("Quiet, private, and safe to go to and to leave."), limit=300, required=False
    )
    interviewer_id = ChoiceField(label=_("Who of the team holds it or is responsible"), choices=[])
    asks = TextField(
        label=_("Who asks, if it is somebody else"),
        help_text=_("An officer or magistrate, by post and name."),
        limit=200,
        required=False,
    )
    qualification = ChoiceField(label=_("Who asks is"), choices=options(QUALIFICATION_LABELS))
    support = ChoiceField(label=_("Who sits beside her or him"), choices=options(SUPPORT_LABELS))
    supporter = TextField(label=_("Name of the support person"), limit=200, required=False)
    interpreting = ChoiceField(label=_("Interpreter"), choices=options(INTERPRETING_LABELS))
    interpreter = TextField(label=_("Name of the interpreter"), limit=200, required=False)

    def __init__(self, *args: Any, team: Choices, told: int = 0, **rest: Any) -> None:
        super().__init__(*args, **rest)
        label = self.fields["interviewer_id"].label
        self.fields["interviewer_id"] = ChoiceField(label=label, choices=team)
        if not told:
            del self.fields["has_read"]


class HeldForm(Form):
    began_at = MomentField(label=_("It began"))
    ended_at = MomentField(label=_("It ended"))
    recordings = ManyField(
        label=_("It is recorded on"),
        help_text=_("Register a recording as evidence first: then it is here."),
        choices=[],
        required=False,
    )
    promises = TextField(
        label=_("What was promised"),
        help_text=_("Each promise on a line of its own. It stays on the case’s page until it is kept."),
        limit=1200,
        rows=3,
        required=False,
    )
    promised_by = DayField(label=_("Kept by"), required=False)
    feedback_on = DayField(
        label=_("When will she or he be told what came of it?"),
        help_text=_("Whoever speaks once waits for an answer. Leave it out only if none was agreed."),
        required=False,
    )

    def __init__(self, *args: Any, items: Choices, is_survivor: bool, is_official: bool, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field = self.fields["recordings"]
        self.fields["recordings"] = ManyField(
            label=field.label, help_text=field.help_text, choices=items, required=False
        )
        if not items:
            del self.fields["recordings"]
        if not is_survivor:
            del self.fields["promises"], self.fields["promised_by"]
        if is_official:
            del self.fields["feedback_on"]

    def clean_promises(self) -> str:
        typed: str = self.cleaned_data["promises"]
        if any(len(line) > 300 for line in typed.splitlines()):
            raise forms.ValidationError(_("A promise is one short sentence: up to 300 characters."))
        return typed


class AccountForm(Form):
    account = TextField(
        label=_("What was said"),
        help_text=_("In her or his own words, with the questions. What speaks for a suspect belongs in it as well."),
        limit=40_000,
        rows=16,
    )


class ReviewForm(Form):
    how = ChoiceField(label=_("How"), choices=options(REVIEWED_LABELS))
    on = DayField(label=_("Day"))
    corrections = TextField(
        label=_("What she or he put right"),
        help_text=_("The first wording stays as it was said."),
        limit=10_000,
        rows=4,
        required=False,
    )


class AddendumForm(Form):
    words = TextField(label=_("What is added"), limit=10_000, rows=6)


class DropInterviewForm(Form):
    reason = ChoiceField(label=_("Why"), choices=options(DROP_LABELS))


class ThreatForm(Form):
    """`people` who may be threatened; `suspects` whom the writer may name."""

    layout: tuple[Group, ...] = (
        (_("Who, and how"), "", ["person_id", "kind", "happened"]),
        (_("By whom"), "", ["by", "by_person_id"]),
        (_("How great is the danger?"), "", ["risk", "summary", "account"]),
    )
    person_id = ChoiceField(label=_("Who is threatened?"), choices=[])
    kind = ChoiceField(label=_("How?"), choices=options(THREAT_KIND_LABELS))
    happened = PartialDateField(label=_("When"))
    by = ChoiceField(label=_("Who threatens?"), choices=options(THREATENER_LABELS))
    by_person_id = ChoiceField(label=_("Which suspect, if it is known"), choices=[], required=False)
    risk = ChoiceField(label=_("Danger"), choices=options(THREAT_RISK_LABELS))
    summary = TextField(
        label=_("In one sentence"),
        help_text=_("The whole team reads it. Never where she or he is now."),
        limit=300,
    )
    account = TextField(
        label=_("What happened"),
        help_text=_("Only investigators and lawyers of the team read it."),
        limit=4000,
        rows=4,
        required=False,
    )

    def __init__(self, *args: Any, people: Choices, suspects: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        label = self.fields["person_id"].label
        choices = [*people, (COLLEAGUE, str(_("A colleague")))]
        self.fields["person_id"] = ChoiceField(label=label, choices=choices)
        if suspects:
            label = self.fields["by_person_id"].label
            self.fields["by_person_id"] = ChoiceField(
                label=label, choices=suspects, required=False, empty=_("Not known, or nobody of them")
            )
        else:
            del self.fields["by_person_id"]


COLLEAGUE = "colleague"


class AssessForm(Form):
    risk = ChoiceField(label=_("Danger now"), choices=options(THREAT_RISK_LABELS))
    summary = TextField(
        label=_("In one sentence"),
        help_text=_("The whole team reads it. Never where she or he is now."),
        limit=300,
    )
    account = TextField(label=_("What happened"), limit=4000, rows=4, required=False)

    def __init__(self, *args: Any, reads_account: bool, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if not reads_account:
            del self.fields["account"]


class MeasureForm(Form):
    kind = ChoiceField(label=_("What"), choices=options(MEASURE_LABELS))
    responsible_id = ChoiceField(label=_("Who does it"), choices=[])
    due_on = DayField(label=_("By when"))
    details = TextField(
        label=_("Details"),
        help_text=_("Kept like a protected address: the caseworkers of the team read it, and nobody else."),
        limit=1000,
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, team: Choices, knows_address: bool, **rest: Any) -> None:
        super().__init__(*args, **rest)
        label = self.fields["responsible_id"].label
        self.fields["responsible_id"] = ChoiceField(label=label, choices=team)
        if not knows_address:
            del self.fields["details"]


class CloseThreatForm(Form):
    reason = ChoiceField(label=_("Why"), choices=options(THREAT_CLOSED_LABELS))
