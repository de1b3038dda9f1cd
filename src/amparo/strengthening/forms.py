"""What is asked in the room of strengthening."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.strengthening.words import (
    ANCHORS,
    DOMAIN_LABELS,
    MEASURE_LABELS,
    METHOD_LABELS,
    MODE_LABELS,
    OCCASION_LABELS,
    PER_LABELS,
    PROGRESS_LABELS,
    SKILL_LABELS,
    WITHDRAWN_LABELS,
    Domain,
)
from amparo.web.fields import ChoiceField, Choices, DayField, TextField, options
from amparo.web.forms import Form, Group


def _offer(form: Form, name: str, choices: Choices) -> None:
    """Give a field its choices; without any it is not asked."""
    found = list(choices)
    if not found:
        del form.fields[name]
        return
    old = form.fields[name]
    form.fields[name] = ChoiceField(
        label=old.label, help_text=old.help_text, required=old.required, choices=found, widget=forms.Select
    )


class PlanContactForm(Form):
    on = DayField(label=_("Day"))
    skill = ChoiceField(label=_("Skill"), choices=options(SKILL_LABELS))
    mode = ChoiceField(label=_("How"), choices=options(MODE_LABELS))
    unit_id = ChoiceField(label=_("Unit"), choices=[], required=False)
    official_id = ChoiceField(label=_("Official"), choices=[], required=False)
    pseudonym = ChoiceField(
        label=_("Case, by pseudonym"),
        choices=[],
        required=False,
        help_text=_("From the page of a case, its team adds the case itself."),
    )
    aim = TextField(
        label=_("Aim"),
        limit=1000,
        rows=3,
        required=False,
        help_text=_("About the work. No names of survivors or suspects."),
    )
    layout: tuple[Group, ...] = (
        (_("With whom"), _("Choose the unit, the official, or both."), ["unit_id", "official_id"]),
        (_("What"), "", ["on", "skill", "mode", "pseudonym", "aim"]),
    )

    def __init__(self, *args: Any, units: Choices, officials: Choices, pseudonyms: Choices = (), **rest: Any) -> None:
        super().__init__(*args, **rest)
        _offer(self, "unit_id", units)
        _offer(self, "official_id", officials)
        _offer(self, "pseudonym", pseudonyms)


class ChangeContactForm(Form):
    on = DayField(label=_("Day"))
    skill = ChoiceField(label=_("Skill"), choices=options(SKILL_LABELS))
    mode = ChoiceField(label=_("How"), choices=options(MODE_LABELS))
    aim = TextField(label=_("Aim"), limit=1000, rows=3, required=False)


class DoContactForm(Form):
    on = DayField(label=_("Day"))
    done = TextField(
        label=_("What was done together"),
        limit=4000,
        rows=5,
        help_text=_("About the work. No names of survivors or suspects: others read this too."),
    )
    next_step = TextField(label=_("Next step"), limit=500, required=False)
    next_on = DayField(label=_("By when"), required=False)


class ReviewContactForm(Form):
    progress = ChoiceField(label=_("How far the skill has come"), choices=options(PROGRESS_LABELS))
    review = TextField(label=_("What was seen"), limit=2000, rows=4, required=False)


class OpenFileForm(Form):
    unit_id = ChoiceField(label=_("Unit whose file it is"), choices=[])
    on = DayField(label=_("Day on which the file is looked at"))
    pseudonym = ChoiceField(label=_("Case, by pseudonym"), choices=[], required=False)
    remark = TextField(label=_("Remark"), limit=2000, rows=2, required=False)

    def __init__(self, *args: Any, units: Choices = (), pseudonyms: Choices = (), **rest: Any) -> None:
        super().__init__(*args, **rest)
        _offer(self, "unit_id", units)
        _offer(self, "pseudonym", pseudonyms)


class SheetWordsForm(Form):
    well = TextField(
        label=_("What else went well"),
        limit=2000,
        rows=4,
        required=False,
        help_text=_("This is said first. What the figures show is added by itself."),
    )
    next_steps = TextField(label=_("Next steps that are proposed"), limit=2000, rows=4, required=False)


class DraftSheetForm(SheetWordsForm):
    from_on = DayField(label=_("From"))
    until_on = DayField(
        label=_("Until"), help_text=_("Periods of one unit never overlap, so that nothing counts twice.")
    )
    field_order = ("from_on", "until_on", "well", "next_steps")


class ValidateForm(Form):
    on = DayField(label=_("Day"))
    validated_with = TextField(label=_("With whom of the unit"), limit=300, help_text=_("Post and name."))
    comment = TextField(label=_("What they said"), limit=2000, rows=4, required=False)


class AssessForm(Form):
    """For each domain a level with its anchors, and a note of what it rests on."""

    occasion = ChoiceField(label=_("Point"), choices=options(OCCASION_LABELS))
    on = DayField(label=_("Day"))
    assessors = TextField(
        label=_("Who assessed"), limit=500, help_text=_("Name and post, of the unit's own people too.")
    )

    def __init__(self, *args: Any, with_occasion: bool = True, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if not with_occasion:
            del self.fields["occasion"]
        groups: list[Group] = [("", "", ["occasion", "on", "assessors"])]
        for domain in Domain:
            levels = [(str(at), f"{at}. {anchor}") for at, anchor in enumerate(ANCHORS[domain], 1)]
            self.fields[f"level_{domain}"] = ChoiceField(
                label=_("Level"),
                choices=[*levels, ("", _("Not assessed"))],
                required=False,
                widget=forms.RadioSelect,
            )
            # The list above has its own word for "none", so the field adds no other.
            self.fields[f"level_{domain}"].choices = [*levels, ("", _("Not assessed"))]  # type: ignore[attr-defined]
            self.fields[f"note_{domain}"] = TextField(label=_("What it rests on"), limit=2000, rows=2, required=False)
            groups.append((DOMAIN_LABELS[domain], "", [f"level_{domain}", f"note_{domain}"]))
        self.layout = tuple(groups)


class IdentifyForm(Form):
    agency_id = ChoiceField(label=_("Agency"), choices=[])
    unit_id = ChoiceField(label=_("Unit, if it is about one"), choices=[], required=False)
    domain = ChoiceField(label=_("Domain"), choices=options(DOMAIN_LABELS))
    title = TextField(label=_("The problem in a few words"), limit=200)
    problem = TextField(
        label=_("The problem"), limit=4000, rows=5, help_text=_("What happens again and again, and to whom.")
    )
    target = TextField(label=_("How one will see that it is solved"), limit=500, required=False)

    def __init__(self, *args: Any, agencies: Choices, units: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        _offer(self, "agency_id", agencies)
        _offer(self, "unit_id", units)


class ChangeReformForm(Form):
    title = TextField(label=_("The problem in a few words"), limit=200)
    problem = TextField(label=_("The problem"), limit=4000, rows=5)
    target = TextField(label=_("How one will see that it is solved"), limit=500, required=False)


class LinkForm(Form):
    thing = ChoiceField(label=_("Observation"), choices=[])

    def __init__(self, *args: Any, things: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["thing"] = ChoiceField(label=_("Observation"), choices=things, widget=forms.Select)


class AgreeForm(Form):
    on = DayField(label=_("Day"))
    commitment = TextField(label=_("What the agency will do"), limit=4000, rows=4)
    committed_by = TextField(label=_("Who said so"), limit=300, help_text=_("Post and name."))


class MoveReformForm(Form):
    on = DayField(label=_("Day"))
    note = TextField(label=_("What happened"), limit=2000, rows=3)


class CheckForm(MoveReformForm):
    holds = ChoiceField(
        label=_("Does it hold?"),
        choices=[("yes", _("Yes, it is done as adopted")), ("no", _("No, it is not done any more"))],
    )
    field_order = ("on", "holds", "note")


class ScoreForm(Form):
    measure = ChoiceField(label=_("Measure"), choices=options(MEASURE_LABELS))
    indicator = TextField(
        label=_("What exactly was measured"), limit=300, help_text=_("In the same words each time: they make a series.")
    )
    place = TextField(label=_("Place"), limit=120, required=False)
    occasion = ChoiceField(label=_("Point"), choices=options(OCCASION_LABELS))
    per = ChoiceField(label=_("The value is a share"), choices=options(PER_LABELS))
    value = forms.DecimalField(label=_("Value"), max_digits=10, decimal_places=3)
    low = forms.DecimalField(label=_("Lower bound"), max_digits=10, decimal_places=3)
    high = forms.DecimalField(label=_("Upper bound"), max_digits=10, decimal_places=3)
    n = forms.IntegerField(label=_("n: how many were asked or looked at"), required=False, min_value=1)
    method = ChoiceField(label=_("Method"), choices=options(METHOD_LABELS), required=False, widget=forms.Select)
    source = TextField(
        label=_("Source"), limit=500, required=False, help_text=_("Author, title, year: so that others find it.")
    )
    from_on = DayField(label=_("Measured from"), required=False)
    until_on = DayField(label=_("Measured until"), required=False)
    remark = TextField(label=_("Remark"), limit=1000, rows=2, required=False)
    layout: tuple[Group, ...] = (
        (_("What"), "", ["measure", "indicator", "place", "occasion"]),
        (_("The figure"), _("With the interval that the study gives."), ["per", "value", "low", "high", "n"]),
        (
            _("Where it comes from"),
            _("Without all of these it is not entered."),
            ["method", "source", "from_on", "until_on", "remark"],
        ),
    )


class WithdrawScoreForm(Form):
    reason = ChoiceField(label=_("Why"), choices=options(WITHDRAWN_LABELS))


class ChecklistForm(Form):
    text = TextField(
        label=_("The next version"),
        limit=60_000,
        rows=24,
        help_text=_("Standard items stay as they are. Add own [[item]] parts below them."),
    )
