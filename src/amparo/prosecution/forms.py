"""What is asked in the court room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.investigations.words import AGENCY_LABELS, Agency
from amparo.prosecution.words import (
    ADJOURN_LABELS,
    APPELLANT_LABELS,
    ATTENDANCE_LABELS,
    ATTRITION_LABELS,
    CHARGE_EVENT_LABELS,
    EXHIBIT_EVENT_LABELS,
    GROUND_LABELS,
    HEARING_LABELS,
    ICCS_LABELS,
    MEASURE_LABELS,
    MISTAKE_LABELS,
    ORDER_LABELS,
    OUTCOME_LABELS,
    PROTECTED_LABELS,
    PURPOSE_LABELS,
    SENTENCE_LABELS,
    SIDE_LABELS,
    TOLD_LABELS,
    TOWARD_LABELS,
    Appellant,
    ChargeEvent,
    ExhibitEvent,
    Ground,
    HearingState,
    Measure,
    Mistake,
    OrderKind,
    Outcome,
    Protected,
    Purpose,
    SentenceKind,
    Stage,
    Toward,
)
from amparo.web.fields import ChoiceField, DayField, ManyField, MomentField, TextField, options
from amparo.web.forms import Form

Choices = list[tuple[str, str]]
MOST_COUNTS = 999
MOST_MONTHS = 1200
MOST_MONEY = 10**15


class CodeField(ChoiceField):
    """One of a list; it cleans to what the commands take: a word of a code list, an id, or None for no answer."""

    def __init__(self, kind: Callable[[str], object], **rest: Any) -> None:
        self._kind, self._made = kind, rest
        super().__init__(**rest)

    def offering(self, choices: Choices) -> CodeField:
        """The same question with these choices; how many there are decides how it looks."""
        return CodeField(self._kind, **self._made | {"choices": choices})

    def clean(self, value: object) -> object:
        chosen = super().clean(value)
        return self._kind(chosen) if chosen else None


class Choosing(Form):
    """A form that is told what can be chosen: `offered` names its options, each with the field that it is for."""

    offered: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **rest: Any) -> None:
        given = {name: rest.pop(option) for option, name in self.offered.items()}
        super().__init__(*args, **rest)
        for name, choices in given.items():
            field = self.fields[name]
            assert isinstance(field, CodeField)  # noqa: S101 - else the form itself is wrong
            self.fields[name] = field.offering(choices)


def _granted(said: str) -> bool:
    return said == "yes"


def _appealed(said: str) -> Outcome | None:
    """What took the place of a verdict; None where it stands."""
    return None if said == "stands" else Outcome(said)


def _number(label: object, most: int, *, required: bool = True, least: int = 1) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=required)  # type: ignore[arg-type]


class ProceedingForm(Choosing):
    agency_kind = CodeField(Agency, label=_("Who has the complaint"), choices=options(AGENCY_LABELS))
    complaint_on = DayField(label=_("Day of the complaint"))
    agency_place = CodeField(UUID, label=_("Station or office, from the partners"), choices=[], required=False)
    agency = TextField(label=_("Station or office, in words"), limit=200, required=False)
    complaint_no = TextField(label=_("Number of the complaint"), limit=100, required=False)
    court_place = CodeField(UUID, label=_("Court, from the partners"), choices=[], required=False)
    court = TextField(label=_("Court, in words"), limit=200, required=False)
    court_no = TextField(label=_("Number at the court"), limit=100, required=False)
    jurisdiction = TextField(label=_("Jurisdiction"), limit=200, required=False)
    officials = TextField(label=_("Officials, with their posts"), limit=2000, rows=3, required=False)

    layout = (
        (_("The complaint"), "", ["agency_kind", "complaint_on", "agency_place", "agency", "complaint_no"]),
        (_("The court, as far as known"), "", ["court_place", "court", "court_no", "jurisdiction", "officials"]),
    )
    offered: ClassVar = {"agencies": "agency_place", "courts": "court_place"}


class StageForm(Choosing):
    stage = CodeField(Stage, label=_("Stage"), choices=[])
    on = DayField(label=_("Day"))

    offered: ClassVar = {"stages": "stage"}


class ChargeForm(Choosing):
    accused_id = CodeField(UUID, label=_("Accused"), choices=[])
    survivor_id = CodeField(UUID, label=_("For what was done to"), choices=[], required=False)
    section = TextField(label=_("Section of the law"), limit=500, help_text=_("As the law of the place names it."))
    iccs = ChoiceField(
        label=_("International classification"),
        choices=options(ICCS_LABELS),
        required=False,
        help_text=_("For statistics. Leave it empty if you are not sure."),
    )
    counts = _number(_("Counts"), MOST_COUNTS)
    attempted = forms.BooleanField(label=_("Attempt only"), required=False)
    on = DayField(label=_("Proposed on"))

    offered: ClassVar = {"accused": "accused_id", "survivors": "survivor_id"}


class ChargeMoveForm(Choosing):
    event = CodeField(ChargeEvent, label=_("What happened to the charge"), choices=[])
    on = DayField(label=_("Day"))
    reason = ChoiceField(
        label=_("Why it ended"),
        choices=options(ATTRITION_LABELS),
        required=False,
        help_text=_("Needed when it was declined, withdrawn or dismissed."),
    )
    section = TextField(label=_("Section of the law, if amended"), limit=500, required=False)
    counts = _number(_("Counts, if amended"), MOST_COUNTS, required=False)

    offered: ClassVar = {"events": "event"}

    def __init__(self, *args: Any, events: list[ChargeEvent], **rest: Any) -> None:
        super().__init__(*args, events=[(event.value, CHARGE_EVENT_LABELS[event]) for event in events], **rest)
        if ChargeEvent.AMEND not in events:
            del self.fields["section"]
            del self.fields["counts"]


class HearingForm(Form):
    purpose = CodeField(Purpose, label=_("What for"), choices=options(PURPOSE_LABELS))
    listed_at = MomentField(label=_("Day and time"))
    court = TextField(label=_("Court, if another one"), limit=200, required=False)
    judge = TextField(label=_("Judge"), limit=200, required=False)


def _offer_survivors(form: Form, survivors: Choices) -> None:
    """Let every question about survivors be answered with these."""
    for name in ("travelled", "waited", "testified", "without_news"):
        if name in form.fields:
            before = form.fields[name]
            form.fields[name] = ManyField(
                label=before.label, choices=survivors, required=False, help_text=before.help_text
            )


class _DayForm(Form):
    """What every day in court is asked about, held or not."""

    attendance = ManyField(label=_("Present"), choices=options(ATTENDANCE_LABELS), required=False)
    witnesses_summoned = _number(_("Witnesses summoned"), 999, required=False, least=0)
    witnesses_present = _number(_("Witnesses who came"), 999, required=False, least=0)
    travelled = ManyField(label=_("Survivors who travelled there"), choices=[], required=False)
    waited = ManyField(label=_("Survivors who had to wait"), choices=[], required=False)
    testified = ManyField(label=_("Survivors who gave evidence"), choices=[], required=False)
    without_news = ManyField(
        label=_("Survivors who want no news of the court"),
        choices=[],
        required=False,
        help_text=_("All others are told within two days: a promise is set for each."),
    )
    outcome = TextField(label=_("Orders and outcome"), limit=4000, rows=4, required=False)
    next_at = MomentField(
        label=_("Next hearing"), required=False, help_text=_("It is listed at once, for the same purpose.")
    )

    def __init__(self, *args: Any, survivors: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        _offer_survivors(self, survivors)


class HoldForm(_DayForm):
    layout = (
        (_("What the court did"), "", ["outcome", "next_at"]),
        (_("Who was there"), "", ["attendance", "witnesses_summoned", "witnesses_present"]),
        (_("The survivors"), "", ["travelled", "waited", "testified", "without_news"]),
    )


class AdjournForm(_DayForm):
    reason = ChoiceField(label=_("Why"), choices=options(ADJOURN_LABELS))
    party = ChoiceField(label=_("On whom it rests"), choices=options(SIDE_LABELS))
    testified = None  # type: ignore[assignment]

    layout = (
        (_("Why, and when next"), "", ["reason", "party", "next_at", "outcome"]),
        (_("Who was there"), "", ["attendance", "witnesses_summoned", "witnesses_present"]),
        (_("The survivors"), "", ["travelled", "waited", "without_news"]),
    )


class ToldForm(Form):
    on = DayField(label=_("When did you tell her"))
    how = ChoiceField(label=_("How"), choices=options(TOLD_LABELS))


class MeasureForm(Choosing):
    person_id = CodeField(UUID, label=_("For whom"), choices=[])
    measure = CodeField(Measure, label=_("Protection"), choices=options(MEASURE_LABELS))
    on = DayField(label=_("Requested on"))

    offered: ClassVar = {"survivors": "person_id"}


class MeasureDecisionForm(Form):
    granted = CodeField(_granted, label=_("What the court said"), choices=[("yes", _("Granted")), ("no", _("Refused"))])
    on = DayField(label=_("Day"))


class VerdictForm(Form):
    outcome = CodeField(Outcome, label=_("Verdict"), choices=options(OUTCOME_LABELS))
    on = DayField(label=_("Pronounced on"))
    note = TextField(label=_("Reasons in short"), limit=4000, rows=4, required=False)


class AppealForm(Form):
    by = CodeField(Appellant, label=_("Who appealed"), choices=options(APPELLANT_LABELS))
    on = DayField(label=_("Day"))


class AppealDecisionForm(Form):
    outcome = CodeField(
        _appealed,
        label=_("What the higher court said"),
        choices=[("stands", _("The verdict stands")), *options(OUTCOME_LABELS)],
    )
    on = DayField(label=_("Day"))


class SentenceForm(Form):
    kind = CodeField(SentenceKind, label=_("Sentence"), choices=options(SENTENCE_LABELS))
    custody_months = _number(_("Months of custody"), MOST_MONTHS, required=False)
    fine = _number(_("Fine"), MOST_MONEY, required=False)
    currency = TextField(label=_("Currency"), limit=3, required=False, help_text=_("Three letters, such as KHR."))
    on = DayField(label=_("Pronounced on"))
    note = TextField(label=_("Conditions and remarks"), limit=2000, rows=3, required=False)


class CompensationForm(Choosing):
    person_id = CodeField(UUID, label=_("To whom"), choices=[])
    amount = _number(_("Amount"), MOST_MONEY)
    currency = TextField(label=_("Currency"), limit=3, help_text=_("Three letters, such as KHR."))
    on = DayField(label=_("Ordered on"))

    offered: ClassVar = {"survivors": "person_id"}


class PaymentForm(Form):
    amount = _number(_("Amount that she received"), MOST_MONEY)
    on = DayField(label=_("Day"))


class TermsForm(Form):
    authority = CodeField(Agency, label=_("Who issued it"), choices=options(AGENCY_LABELS))
    issued_by = TextField(label=_("Which court or office"), limit=200, required=False)
    number = TextField(label=_("Number of the order"), limit=100, required=False)
    from_on = DayField(label=_("In force from"))
    until_on = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave it empty if the order has no end. It stands on Today before."),
    )
    conditions = TextField(label=_("Conditions"), limit=4000, rows=4, required=False)

    layout = (
        (_("The order"), "", ["kind", "accused_id", "person_id", "conditions"]),
        (_("How long"), "", ["from_on", "until_on"]),
        (_("Who issued it"), "", ["authority", "issued_by", "number"]),
    )


class OrderForm(Choosing, TermsForm):
    kind = CodeField(OrderKind, label=_("What was ordered"), choices=options(ORDER_LABELS))
    accused_id = CodeField(UUID, label=_("Accused"), choices=[])
    person_id = CodeField(
        UUID, label=_("For whom"), choices=[], required=False, help_text=_("If it protects a survivor.")
    )

    offered: ClassVar = {"accused": "accused_id", "survivors": "person_id"}


class DayForm(Form):
    on = DayField(label=_("Day"))


class BreachForm(DayForm):
    what = TextField(
        label=_("What happened"),
        limit=2000,
        rows=3,
        required=False,
        help_text=_("In a sentence. If somebody is in danger, the next page asks about the threat."),
    )


class MistakeForm(Form):
    reason = CodeField(Mistake, label=_("Why"), choices=options(MISTAKE_LABELS))


class WhyForm(Form):
    """What every correction is asked about; what stood there before stays readable beside it."""

    mistake = CodeField(Mistake, label=_("Why it is put right"), choices=options(MISTAKE_LABELS))
    remark = TextField(label=_("Remark"), limit=500, rows=2, required=False)


class SentenceCorrectionForm(SentenceForm, WhyForm):
    layout = (
        (_("As it was pronounced"), "", ["kind", "custody_months", "fine", "currency", "on", "note"]),
        (_("Why"), "", ["mistake", "remark"]),
    )


class CompensationCorrectionForm(WhyForm):
    ordered = _number(_("Amount that was ordered"), MOST_MONEY)
    currency = TextField(label=_("Currency"), limit=3, help_text=_("Three letters, such as KHR."))
    ordered_on = DayField(label=_("Ordered on"))
    paid = _number(_("What she received in all"), MOST_MONEY, least=0)
    paid_on = DayField(label=_("Last payment on"), required=False)

    layout = (
        (_("What was ordered"), "", ["ordered", "currency", "ordered_on"]),
        (_("What she received"), "", ["paid", "paid_on"]),
        (_("Why"), "", ["mistake", "remark"]),
    )


class HearingCorrectionForm(WhyForm):
    listed_at = MomentField(label=_("Day and time"))
    state = CodeField(HearingState, label=_("What came of it"), choices=options(HEARING_LABELS))
    reason = ChoiceField(label=_("Why it was adjourned"), choices=options(ADJOURN_LABELS), required=False)
    party = ChoiceField(label=_("On whom it rests"), choices=options(SIDE_LABELS), required=False)
    outcome = TextField(label=_("Orders and outcome"), limit=4000, rows=4, required=False)
    travelled = ManyField(label=_("Survivors who travelled there"), choices=[], required=False)
    waited = ManyField(label=_("Survivors who had to wait"), choices=[], required=False)
    testified = ManyField(label=_("Survivors who gave evidence"), choices=[], required=False)

    layout = (
        (_("As it was"), "", ["listed_at", "state", "reason", "party", "outcome"]),
        (_("The survivors"), "", ["travelled", "waited", "testified"]),
        (_("Why"), "", ["mistake", "remark"]),
    )

    def __init__(self, *args: Any, survivors: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        _offer_survivors(self, survivors)


class FinalForm(Form):
    on = DayField(label=_("Final since"))


class ExhibitForm(Choosing):
    item_id = CodeField(UUID, label=_("Item of evidence"), choices=[])
    mark = TextField(
        label=_("Mark"), limit=60, required=False, help_text=_("As the court names it, such as P-7. It can come later.")
    )
    on = DayField(label=_("Proposed on"))

    offered: ClassVar = {"items": "item_id"}


class ExhibitMoveForm(Choosing):
    event = CodeField(ExhibitEvent, label=_("What happened to the exhibit"), choices=[])
    on = DayField(label=_("Day"))
    mark = TextField(label=_("Mark"), limit=60, required=False, help_text=_("Needed when it was tendered."))
    objections = TextField(
        label=_("Objections, and what the court said to them"),
        limit=2000,
        rows=3,
        required=False,
        help_text=_("Needed when it was excluded."),
    )

    offered: ClassVar = {"events": "event"}

    def __init__(self, *args: Any, events: list[ExhibitEvent], **rest: Any) -> None:
        super().__init__(*args, events=[(event.value, EXHIBIT_EVENT_LABELS[event]) for event in events], **rest)


class DisclosureForm(Choosing):
    toward = CodeField(Toward, label=_("To which side"), choices=options(TOWARD_LABELS))
    to_whom = TextField(label=_("To whom there"), limit=200, required=False, help_text=_("Name and post."))
    on = DayField(label=_("Day"))
    ground = CodeField(Ground, label=_("On what it rests"), choices=options(GROUND_LABELS))
    order = TextField(
        label=_("The order, or the section of the law"),
        limit=400,
        required=False,
        help_text=_("Court, number and day. A summons is not an order: ask a lawyer."),
    )
    basis_id = CodeField(UUID, label=_("The consent"), choices=[], required=False)
    version = TextField(
        label=_("SHA-256 of the version that was given"),
        limit=100,
        required=False,
        help_text=_("Only when it was another version, such as a redacted one. Else it is the file as it is held."),
    )

    layout = (
        (_("To whom"), "", ["toward", "to_whom", "on"]),
        (_("On what it rests"), "", ["ground", "order", "basis_id"]),
        (_("What was given"), "", ["version"]),
    )

    offered: ClassVar = {"consents": "basis_id"}


class ProtectForm(Form):
    toward = CodeField(Toward, label=_("Which side"), choices=options(TOWARD_LABELS))
    why = CodeField(Protected, label=_("Why not"), choices=options(PROTECTED_LABELS))
    order = TextField(label=_("Remark"), limit=400, rows=2, required=False)
    on = DayField(label=_("Day"))
