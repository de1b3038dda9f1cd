"""What is asked in the room of investigations."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from amparo.investigations.words import (
    AGENCY_LABELS,
    ATTRIBUTION_LABELS,
    CONTACT_LABELS,
    LEAD_LABELS,
    LEAD_OUTCOME_LABELS,
    ONLY_BY_VERDICT,
    RELIEVED_LABELS,
    RESTRAINED_LABELS,
    SOURCE_LABELS,
    STATUS_LABELS,
    WITHDRAW_LABELS,
    Source,
)
from amparo.web.fields import ChoiceField, DayField, PartialDateField, TextField, options
from amparo.web.forms import Form

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


class ContactForm(Form):
    kind = ChoiceField(label=_("Kind of contact"), choices=options(CONTACT_LABELS))
    on = DayField(label=_("Day"))
    agency_kind = ChoiceField(label=_("Agency"), choices=options(AGENCY_LABELS))
    agency = TextField(label=_("Name of the station, office or court"), limit=200, required=False)
    official_id = ChoiceField(label=_("Official who is known in this case"), choices=[], required=False)
    name = TextField(
        label=_("Name or post, if not in the list"),
        limit=200,
        required=False,
        help_text=_("What somebody does in office only: nothing private, nothing political."),
    )
    agreed = TextField(label=_("What was agreed"), limit=4000, rows=4, required=False)
    next_step = TextField(label=_("Next step"), limit=500, required=False)
    next_on = DayField(label=_("By when"), required=False)

    def __init__(self, *args: Any, officials: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if officials:
            label = self.fields["official_id"].label
            self.fields["official_id"] = ChoiceField(label=label, choices=officials, required=False)
        else:
            del self.fields["official_id"]
