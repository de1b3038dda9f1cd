"""Forms of operations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.forms import BooleanField, Select
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.investigations.words import ATTRIBUTION_LABELS, RELIEVED_LABELS, RESTRAINED_LABELS
from amparo.operations.words import (
    ABORT_LABELS,
    DUTY_LABELS,
    HAPPENING_LABELS,
    HARM_LABELS,
    LIKELIHOOD_LABELS,
    SETTLED_LABELS,
)
from amparo.web.fields import ChoiceField, DayField, ManyField, MomentField, TextField, options
from amparo.web.forms import Form

Choices = Iterable[tuple[str, str | Promise]]
NOT_OUT = "not_out"
_ONE_A_LINE = _("One to a line.")


def lines(text: str) -> list[str]:
    """What was typed, one item for each line that holds something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _authority(form: Form, agencies: Choices, units: Choices) -> None:
    form.fields["agency_id"] = ChoiceField(
        label=_("Authority in the lead"),
        choices=agencies,
        required=False,
        help_text=_("It decides and carries the responsibility; we go along."),
    )
    form.fields["unit_id"] = ChoiceField(label=_("Its unit"), choices=units, required=False)


class PlanForm(Form):
    objective = TextField(
        label=_("Objective"),
        limit=4000,
        rows=3,
        help_text=_("Who is to be out of what afterwards. Neither place nor time, which have a form of their own."),
    )
    legal_basis = TextField(label=_("Legal basis"), limit=4000, rows=3, required=False)

    def __init__(self, *args: Any, agencies: Choices, units: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        _authority(self, agencies, units)


class CoreForm(Form):
    layout = (
        (_("What and why"), "", ["objective", "legal_basis", "agency_id", "unit_id"]),
        (_("How it goes"), "", ["timeline"]),
        (_("Go or no-go"), "", ["go_items", "abort_rules"]),
        (_("People whom we do not expect"), "", ["unexpected"]),
    )
    objective = TextField(
        label=_("Objective"),
        limit=4000,
        rows=3,
        help_text=_("Who is to be out of what afterwards. Neither place nor time, which have a form of their own."),
    )
    legal_basis = TextField(label=_("Legal basis"), limit=4000, rows=3, required=False)
    timeline = TextField(label=_("Steps, with their hour"), limit=6000, rows=6, required=False, help_text=_ONE_A_LINE)
    go_items = TextField(
        label=_("Conditions, all of which must be met"), limit=6000, rows=5, required=False, help_text=_ONE_A_LINE
    )
    abort_rules = TextField(
        label=_("Reasons to stop at once"), limit=6000, rows=4, required=False, help_text=_ONE_A_LINE
    )
    unexpected = TextField(
        label=_("If we find survivors, children or hurt people whom nobody knew of"),
        limit=4000,
        rows=3,
        required=False,
        help_text=_("Who stays with them, who drives, and where there is room."),
    )

    def __init__(self, *args: Any, agencies: Choices, units: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        _authority(self, agencies, units)


class NumbersForm(Form):
    numbers = TextField(
        label=_("Whom else to call"),
        limit=4000,
        rows=6,
        required=False,
        help_text=_("Hospital, duty prosecutor, shelter. Never the name or number of a survivor: the paper travels."),
    )


class PlaceForm(Form):
    place = TextField(label=_("Place"), limit=1000, rows=2)
    meeting = TextField(label=_("Where the team meets before"), limit=1000, rows=2)
    starts = MomentField(label=_("Begins"))
    ends = MomentField(label=_("Ends"))


class MemberForm(Form):
    duty = ChoiceField(label=_("What this person does"), choices=options(DUTY_LABELS))
    account_id = ChoiceField(label=_("Colleague"), choices=[], required=False)
    name = TextField(
        label=_("Name or post, if not in the list"),
        limit=200,
        required=False,
        help_text=_("For officers of the authority, interpreters, drivers."),
    )
    phone = TextField(label=_("Telephone on the day"), limit=60, required=False)

    def __init__(self, *args: Any, colleagues: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        label, hint = self.fields["account_id"].label, _("Sees the whole plan from then on.")
        self.fields["account_id"] = ChoiceField(label=label, choices=colleagues, required=False, help_text=hint)


class RiskForm(Form):
    hazard = TextField(label=_("What may happen"), limit=1000, rows=2)
    likelihood = ChoiceField(label=_("How likely"), choices=options(LIKELIHOOD_LABELS))
    harm = ChoiceField(label=_("How bad"), choices=options(HARM_LABELS))
    mitigation = TextField(label=_("What we do about it"), limit=2000, rows=3)


class ChangeRiskForm(RiskForm):
    strike = BooleanField(label=_("Strike this risk from the plan"), required=False)


class CareForm(Form):
    stays_id = ChoiceField(label=_("Who stays with her from the first minute"), choices=[])
    medical = TextField(label=_("Medical help"), limit=2000, rows=2, help_text=_("Who, where, and what is ready."))
    interpreter = TextField(
        label=_("Interpreter"), limit=1000, help_text=_("Language and person, or that none is needed.")
    )
    transport = TextField(label=_("Transport"), limit=1000)
    safe_place = TextField(label=_("Safe place for the first night"), limit=1000, rows=2)

    def __init__(self, *args: Any, team: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        label = self.fields["stays_id"].label
        self.fields["stays_id"] = ChoiceField(label=label, choices=team)
        self.order_fields(["stays_id", "medical", "interpreter", "transport", "safe_place"])


class AddCaseForm(Form):
    case_id = ChoiceField(label=_("Case"), choices=[])

    def __init__(self, *args: Any, cases: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["case_id"] = ChoiceField(label=_("Case"), choices=cases)


class ProposeForm(Form):
    approvers = ManyField(label=_("Who is asked"), choices=[])

    def __init__(self, *args: Any, colleagues: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        hint = _("Two or more. They see the plan, its place and its time until it is decided.")
        self.fields["approvers"] = ManyField(label=_("Who is asked"), choices=colleagues, help_text=hint)


class DeclineForm(Form):
    reason = TextField(label=_("What has to change"), limit=2000, rows=4)


class BriefForm(Form):
    present = ManyField(label=_("Who was briefed"), choices=[])

    def __init__(self, *args: Any, team: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["present"] = ManyField(label=_("Who was briefed"), choices=team)


class ExecuteForm(Form):
    """Conditions, then for each person what became of her or him and whose work that was."""

    on = DayField(label=_("Day"))

    def __init__(self, *args: Any, items: Sequence[str], people: Sequence[tuple[str, str, bool]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        groups: list[tuple[str | Promise, str | Promise, list[str]]] = [(_("When"), "", ["on"])]
        if items:
            choices = [(str(number), item) for number, item in enumerate(items)]
            self.fields["met"] = ManyField(label=_("Conditions that were met"), choices=choices, required=False)
            groups.append((_("Go or no-go"), "", ["met"]))
        for key, code, is_survivor in people:
            self._ask(key, is_survivor)
            groups.append((code, _("Survivor") if is_survivor else _("Suspect"), [key, f"{key}_part"]))
        self.layout = tuple(groups)

    def _ask(self, key: str, is_survivor: bool) -> None:
        labels = RELIEVED_LABELS if is_survivor else RESTRAINED_LABELS
        nothing = _("Not out of it by this operation") if is_survivor else _("Not restrained by this operation")
        choices = [*options(labels), (NOT_OUT, nothing)]
        # Lists, and no rows of buttons: there may be many people.
        self.fields[key] = ChoiceField(label=_("What became of this person"), choices=choices, widget=Select)
        self.fields[f"{key}_part"] = ChoiceField(
            label=_("Our part in it"), choices=options(ATTRIBUTION_LABELS), required=False, widget=Select
        )

    def clean(self) -> dict[str, Any]:
        """Where something was achieved it must be said whose work it was."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for key in [name for name in self.fields if f"{name}_part" in self.fields]:
            if data.get(key) not in (None, NOT_OUT) and not data.get(f"{key}_part"):
                self.add_error(f"{key}_part", _("Say whose work it was: relief is counted by it."))
        return data


class AbortForm(Form):
    reason = ChoiceField(label=_("Why"), choices=options(ABORT_LABELS))
    words = TextField(label=_("In words"), limit=4000, rows=4, required=False)


class HappeningForm(Form):
    kind = ChoiceField(label=_("What it was"), choices=options(HAPPENING_LABELS))
    on = DayField(label=_("Day"))
    words = TextField(label=_("What happened"), limit=4000, rows=4, help_text=_("Survivors by their code."))
    done = TextField(label=_("What was done about it"), limit=4000, rows=3, required=False)


class DebriefForm(Form):
    went_well = TextField(label=_("What went well"), limit=8000, rows=4)
    to_change = TextField(label=_("What to do differently"), limit=8000, rows=4)
    survivors_said = TextField(label=_("What survivors said about it"), limit=8000, rows=3, required=False)
    lessons = TextField(
        label=_("Lessons about how the system works"),
        limit=8000,
        rows=4,
        required=False,
        help_text=_("One to a line. They are read outside the operation: no name, no place, no case."),
    )
    unit_id = ChoiceField(label=_("Unit that they are about"), choices=[], required=False)

    def __init__(self, *args: Any, units: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        hint = _("The one in the lead, if you leave it out.")
        label = self.fields["unit_id"].label
        self.fields["unit_id"] = ChoiceField(label=label, choices=units, required=False, help_text=hint)


class KeeperForm(Form):
    account_id = ChoiceField(label=_("Who keeps plans apart"), choices=[])

    def __init__(self, *args: Any, colleagues: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["account_id"] = ChoiceField(label=_("Who keeps plans apart"), choices=colleagues)


class SettleForm(Form):
    outcome = ChoiceField(label=_("How it was settled"), choices=options(SETTLED_LABELS))
