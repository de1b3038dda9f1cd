"""Forms of the examination."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.evidence.words import Storage
from amparo.forensics import words
from amparo.forensics.commands import Seen, Taken, Talk
from amparo.forensics.queries.record import FindingView
from amparo.forensics.rules.figures import View
from amparo.forensics.words import Answer, Degree, InjuryType, Item, SpecimenPurpose, SpecimenType
from amparo.forensics.words.body import REGION_LABELS
from amparo.forensics.words.sections import Kind, Part, Question
from amparo.kernel import clock
from amparo.vault.sealing import Words
from amparo.web.fields import ChoiceField, Choices, DayField, ManyField, MomentField, TextField, options
from amparo.web.forms import Form, Group
from amparo.web.uploads import UploadField


def _radio(label: Any, labels: Mapping[Any, Any], *, required: bool = False, **rest: Any) -> forms.ChoiceField:
    """Radio buttons of which none needs to be chosen, and none is called so."""
    return forms.ChoiceField(
        label=label, choices=options(labels), widget=forms.RadioSelect, required=required, **rest
    )  # fmt: skip


def _select(label: Any, labels: Mapping[Any, Any], **rest: Any) -> ChoiceField:
    return ChoiceField(label=label, choices=options(labels), widget=forms.Select, required=False, **rest)


class PlaceForm(Form):
    """Where somebody is examined: a facility of the list, or its name."""

    facility_id = ChoiceField(label=_("Where?"), choices=[], required=False, widget=forms.Select)
    facility = TextField(label=_("Name of the place, if it is not in the list"), limit=200, required=False)

    def __init__(self, *args: Any, facilities: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        places = list(facilities)
        if places:
            chosen: Any = self.fields["facility_id"]
            chosen.choices = [("", _("Choose")), *places]
        else:
            del self.fields["facility_id"]
            self.fields["facility"].label = _("Where?")


class ReplanForm(PlaceForm):
    planned_at = MomentField(label=_("When?"))

    field_order = ("planned_at", "facility_id", "facility")


class CancelPlanForm(Form):
    reason = TextField(label=_("Why?"), limit=1000, rows=2)


class WhoForm(PlaceForm):
    """Who is examined, where, and which figure is drawn."""

    person_id = ChoiceField(label=_("Who is examined?"), choices=[])
    figure = ChoiceField(label=_("Which figure is drawn?"), choices=options(words.FIGURE_LABELS), initial="adult")
    anatomy = ChoiceField(
        label=_("Which genital outlines?"), choices=options(words.ANATOMY_LABELS), initial="female"
    )  # fmt: skip

    def __init__(self, *args: Any, survivors: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        chosen: Any = self.fields["person_id"]
        chosen.choices = survivors


class PlanForm(WhoForm):
    planned_at = MomentField(label=_("When?"))

    field_order = ("person_id", "planned_at", "facility_id", "facility", "figure", "anatomy")


class BeginForm(WhoForm):
    started_at = MomentField(label=_("Since when?"), required=False, help_text=_("Now, if you leave it out."))

    field_order = ("person_id", "facility_id", "facility", "started_at", "figure", "anatomy")


# ---- sections ----------------------------------------------------------------------------------------------


def _field_of(question: Question) -> forms.Field:
    if question.kind is Kind.CHOICE:
        labels = question.choices or {}
        made = _radio if len(labels) <= 3 else _select
        return made(question.label, labels, help_text=question.hint)
    if question.kind is Kind.MANY:
        return ManyField(
            label=question.label, choices=options(question.choices or {}), required=False, help_text=question.hint
        )
    rows = 8 if question.limit > 4000 else 3 if question.kind is Kind.WORDS else 0
    return TextField(
        label=question.label, limit=question.limit, rows=rows, required=False, help_text=question.hint
    )  # fmt: skip


class SectionForm(Form):
    """The questions of one section, whichever it is. Nothing is required: what nobody knows is left out."""

    def __init__(self, *args: Any, part: Part, with_times: bool = False, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._part = part
        if with_times:
            self.fields["started_at"] = MomentField(label=_("Began"))
            self.fields["ended_at"] = MomentField(
                label=_("Ended"), required=False, help_text=_("Fill it in at the end. Now, if you leave it out.")
            )
        for question in part.questions:
            self.fields[question.code] = _field_of(question)

    @property
    def layout(self) -> tuple[Group, ...]:  # type: ignore[override]
        times = ((_("When"), "", ["started_at", "ended_at"]),) if "started_at" in self.fields else ()
        groups = tuple((group.legend, group.hint, [one.code for one in group.questions]) for group in self._part.groups)
        return (*times, *groups)

    def answers(self) -> dict[str, Words]:
        """What was answered, by question."""
        return {one.code: self.cleaned_data.get(one.code) or "" for one in self._part.questions}


# ---- consent -----------------------------------------------------------------------------------------------

_ASKED = {"": _("Not asked yet"), Answer.GIVEN: _("Yes"), Answer.REFUSED: _("No")}
CONSENT_GROUPS: tuple[tuple[Any, tuple[Item, ...]], ...] = (
    (_("To tell and to be examined"), (Item.HISTORY, Item.EXAMINATION, Item.GENITAL, Item.CLINICAL)),
    (_("To take and to keep"), words.SPECIMEN_ITEMS),
    (_("Photographs"), (Item.PHOTOGRAPHS, Item.PHOTOGRAPHS_GENITAL)),
    (_("To tell others"), (Item.FOLLOW_UP, *words.RELEASE_ITEMS)),
)


class ConsentForm(Form):
    """One answer for each item, and how it came about."""

    recipient_kind = _radio(_("For the last three: to whom?"), words.RECIPIENT_LABELS, initial="police")
    recipient = TextField(
        label=_("Which one?"), limit=200, required=False, help_text=_("One station or office, by its name.")
    )
    explained = ManyField(label=_("What did you explain?"), choices=options(words.EXPLAINED_LABELS), required=False)
    giver = _radio(_("Who decides?"), words.GIVER_LABELS, required=True, initial="self")
    capacity = _radio(_("Is she or he able to decide?"), words.CAPACITY_LABELS, required=True, initial="able")
    proxy = TextField(
        label=_("If somebody else decides: who, what are they to her or him, and why?"), limit=1000, rows=2,
        required=False,
    )  # fmt: skip
    freely = forms.BooleanField(
        label=_("She or he decides freely: nobody presses or promises anything"), required=False
    )
    method = _radio(_("How is it confirmed?"), words.METHOD_LABELS, required=True, initial="written")
    witness = TextField(label=_("Who witnessed it?"), limit=200, required=False)
    language = TextField(label=_("In which language, and who interpreted?"), limit=200, required=False)

    def __init__(self, *args: Any, standing: Mapping[Item, Answer], **rest: Any) -> None:
        super().__init__(*args, **rest)
        for item, label in words.ITEM_LABELS.items():
            answer = standing.get(Item(item))
            now = Answer.REFUSED if answer is Answer.WITHDRAWN else answer
            self.fields[str(item)] = _radio(label, _ASKED, initial=now or "")

    @property
    def rows(self) -> list[tuple[Any, list[Any]]]:
        return [(legend, [self[str(item)] for item in items]) for legend, items in CONSENT_GROUPS]

    def answers(self) -> dict[Item, Answer]:
        """The items that were asked about, with their answers."""
        given = {item: self.cleaned_data.get(str(item)) for item in Item}
        return {item: Answer(answer) for item, answer in given.items() if answer}

    def talk(self) -> Talk:
        names = (
            "giver", "capacity", "proxy", "method", "witness", "language", "explained", "freely", "recipient",
        )  # fmt: skip
        told = {name: self.cleaned_data[name] for name in names}
        return Talk(**told, recipient_kind=self.cleaned_data["recipient_kind"] or "police")


# ---- findings and photographs ------------------------------------------------------------------------------


class FindingForm(Form):
    region = ChoiceField(label=_("Where?"), choices=[], widget=forms.Select)
    x = forms.FloatField(required=False, widget=forms.HiddenInput)
    y = forms.FloatField(required=False, widget=forms.HiddenInput)
    line = forms.CharField(required=False, widget=forms.HiddenInput)
    type = ChoiceField(label=_("What is it?"), choices=options(words.INJURY_LABELS), widget=forms.RadioSelect)
    length_mm = forms.IntegerField(label=_("Length in mm"), required=False, min_value=0)
    width_mm = forms.IntegerField(label=_("Width in mm"), required=False, min_value=0)
    depth_mm = forms.IntegerField(label=_("Depth in mm"), required=False, min_value=0)
    shape = _select(_("Shape"), words.SHAPE_LABELS)
    colour = TextField(label=_("Colour"), limit=120, required=False)
    edges = TextField(label=_("Edges"), limit=200, required=False)
    around = TextField(label=_("Around it"), limit=300, required=False)
    inside = TextField(label=_("In it"), limit=300, required=False)
    age = _select(_("How old does it look?"), words.AGE_LABELS)
    remark = TextField(
        label=_("Anything else that you see"), limit=2000, rows=3, required=False,
        help_text=_("Observations only. Words such as “caused by” and “because” belong in the opinion."),
    )  # fmt: skip

    layout = (
        (_("What and where"), "", ["region", "type"]),
        (_("How large"), "", ["length_mm", "width_mm", "depth_mm"]),
        (_("How it looks"), "", ["shape", "colour", "edges", "around", "inside", "age", "remark"]),
    )

    def __init__(self, *args: Any, view: View, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._view = view
        labelled = [(one.code, REGION_LABELS[one.code]) for one in view.regions]
        self.fields["region"] = ChoiceField(label=_("Where?"), choices=labelled, widget=forms.Select)

    def seen(self) -> Seen:
        given = self.cleaned_data
        kept = {name: given[name] for name in ("region", "x", "y", "line", "length_mm", "width_mm", "depth_mm")}
        said = {name: given[name] for name in ("shape", "colour", "edges", "around", "inside", "age", "remark")}
        return Seen(view=self._view.code, type=InjuryType(given["type"]), **kept, **said)


class PhotoForm(Form):
    file = UploadField(label=_("Photograph"), help_text=_("It is sealed as it arrives and never stays on this device."))
    finding_id = ChoiceField(label=_("Of which finding?"), choices=[], required=False, widget=forms.Select)
    is_genital = forms.BooleanField(label=_("It shows genitals or breasts"), required=False)
    has_scale = forms.BooleanField(label=_("A scale lies beside the injury"), required=False)
    why_no_scale = TextField(label=_("If not: why is there none?"), limit=400, required=False)
    caption = TextField(label=_("What it shows"), limit=400, required=False)

    def __init__(self, *args: Any, put_url: str, found: Sequence[FindingView], **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["file"]
        field.put_url = put_url
        of_what: Any = self.fields["finding_id"]
        of_what.choices = [("", _("An overview")), *((str(one.id), f"{one.number}. {one.title}") for one in found)]


# ---- specimens ---------------------------------------------------------------------------------------------


class SpecimenForm(Form):
    type = ChoiceField(label=_("What is it?"), choices=[], widget=forms.Select)
    purpose = ChoiceField(label=_("What for?"), choices=options(words.PURPOSE_LABELS), initial="forensic")
    taken_at = MomentField(label=_("Taken at"), required=False, help_text=_("Now, if you leave it out."))
    site = TextField(label=_("From where on the body"), limit=300, required=False)
    container = TextField(label=_("Container"), limit=200, required=False)
    seal = TextField(label=_("Number of the seal"), limit=60, required=False)
    storage = _select(_("How it is kept"), words.STORAGE_LABELS)
    place = TextField(label=_("Where it is kept now"), limit=200, required=False)
    tests = TextField(label=_("Tests asked for"), limit=400, required=False)
    destination = _select(_("Where it goes"), words.DESTINATION_LABELS)
    remark = TextField(label=_("Remark"), limit=600, required=False)

    layout = (
        (_("The specimen"), "", ["type", "purpose", "taken_at", "site"]),
        (_("Packed and sealed"), "", ["container", "seal", "storage", "place"]),
        (_("What happens with it"), "", ["tests", "destination", "remark"]),
    )

    def __init__(self, *args: Any, allowed: Sequence[SpecimenType], **rest: Any) -> None:
        super().__init__(*args, **rest)
        labelled = [(one.value, words.SPECIMEN_LABELS[one]) for one in allowed]
        self.fields["type"] = ChoiceField(label=_("What is it?"), choices=labelled, widget=forms.Select)

    def taken(self) -> Taken:
        given = self.cleaned_data
        return Taken(
            type=SpecimenType(given["type"]),
            purpose=SpecimenPurpose(given["purpose"]),
            taken_at=given["taken_at"],
            storage=Storage(given["storage"]) if given["storage"] else None,
            **{name: given[name] for name in ("site", "container", "seal", "place", "tests", "destination", "remark")},
        )


class DescribeSpecimenForm(Form):
    site = TextField(label=_("From where on the body"), limit=300, required=False)
    tests = TextField(label=_("Tests asked for"), limit=400, required=False)
    destination = _select(_("Where it goes"), words.DESTINATION_LABELS)
    remark = TextField(label=_("Remark"), limit=600, required=False)


class KitForm(Form):
    kit_id = ChoiceField(label=_("Which kit?"), choices=[], required=False, widget=forms.Select)
    number = TextField(label=_("Number on the kit"), limit=60, required=False)
    lot = TextField(label=_("Lot and expiry"), limit=80, required=False)
    seal = TextField(label=_("Number of the seal that closes it"), limit=60, required=False)
    place = TextField(label=_("Where it is kept now"), limit=200, required=False)
    reported = _radio(
        _("Does she or he want it to go to the police now?"),
        {"yes": _("Yes, it is reported"), "no": _("No, it is kept until she or he decides")},
        initial="yes",
        required=True,
    )

    def __init__(self, *args: Any, kits: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        known = list(kits)
        if known:
            chosen: Any = self.fields["kit_id"]
            chosen.choices = [("", _("Not in the list")), *known]
        else:
            del self.fields["kit_id"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("number") and not data.get("kit_id"):
            self.add_error("number", _("Write the number that is printed on the kit."))
        return data


# ---- afterwards --------------------------------------------------------------------------------------------


class SignForm(Form):
    ended_at = MomentField(label=_("The examination ended"), required=False, help_text=_("Now, if you leave it out."))
    signed_as = TextField(label=_("Your name, as you sign"), limit=200)
    attested = forms.BooleanField(
        label=_("I saw and recorded this myself. It is true and complete to the best of my knowledge."), required=False
    )


class OpinionForm(Form):
    """A degree for each finding and one for all together, what they rest on, and what else it could be."""

    def __init__(self, *args: Any, found: Sequence[FindingView], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._numbers = [one.number for one in found]
        explained = {
            degree: f"{words.DEGREE_LABELS[degree]}: {words.DEGREE_MEANINGS[degree]}" for degree in Degree
        }  # fmt: skip
        for one in found:
            self.fields[f"degree_{one.number}"] = _select(
                f"{one.number}. {one.title}", words.DEGREE_LABELS, empty=_("Not judged")
            )
        self.fields["overall"] = _radio(_("All findings together"), explained)
        self.fields["basis"] = TextField(
            label=_("What it rests on"), limit=6000, rows=4, required=False,
            help_text=_("The findings, the history as it was told, and what is known from the field."),
        )  # fmt: skip
        self.fields["alternatives"] = TextField(
            label=_("Which other causes did you consider?"), limit=6000, rows=3, required=False,
            help_text=_("Also where none is likely: say so, and why."),
        )  # fmt: skip
        self.fields["text"] = TextField(label=_("Your opinion, in words"), limit=12_000, rows=5, required=False)

    @property
    def layout(self) -> tuple[Group, ...]:  # type: ignore[override]
        names = [f"degree_{number}" for number in self._numbers]
        each = ((_("Each finding"), "", names),) if names else ()
        return (*each, (_("Together"), "", ["overall", "basis", "alternatives", "text"]))

    def degrees(self) -> dict[int, Degree]:
        given = {number: self.cleaned_data.get(f"degree_{number}") for number in self._numbers}
        return {number: Degree(degree) for number, degree in given.items() if degree}


class AddendumForm(Form):
    text = TextField(
        label=_("What is added"), limit=20_000, rows=6,
        help_text=_("It stands beside the record with your name and the time. The record itself does not change."),
    )  # fmt: skip


class ReleaseForm(Form):
    basis_ids = ManyField(label=_("Under which consent?"), choices=[])
    recipient_id = ChoiceField(label=_("To whom?"), choices=[])
    agency_id = ChoiceField(label=_("For which agency does she or he work?"), choices=[], required=False)
    until_on = DayField(label=_("Until when may it be read?"))
    language = ChoiceField(label=_("In which language?"), choices=[], widget=forms.Select)
    reason = TextField(label=_("What for?"), limit=1000, rows=2, required=False)

    def __init__(
        self, *args: Any, consents: Choices, recipients: Choices, agencies: Choices, languages: Choices, **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        self.fields["basis_ids"] = ManyField(
            label=_("Under which consent?"), choices=consents,
            help_text=_("What they name is released, and nothing else."),
        )  # fmt: skip
        self.fields["recipient_id"] = ChoiceField(label=_("To whom?"), choices=recipients)
        self.fields["agency_id"] = ChoiceField(
            label=_("For which agency does she or he work?"), required=False, widget=forms.Select,
            choices=agencies, empty=_("For our own organisation"),
            help_text=_("The police and the prosecution: those are listed with which an agreement holds today."),
        )  # fmt: skip
        self.fields["language"] = ChoiceField(
            label=_("In which language?"), choices=languages, widget=forms.Select
        )  # fmt: skip
        self.fields["until_on"].initial = clock.today() + timedelta(days=30)


class ReportForm(Form):
    language = ChoiceField(label=_("In which language?"), choices=[], widget=forms.Select)

    def __init__(self, *args: Any, languages: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["language"] = ChoiceField(
            label=_("In which language?"), choices=languages, widget=forms.Select
        )  # fmt: skip


class FollowUpForm(Form):
    due_on = DayField(label=_("When?"))
    need = TextField(
        label=_("For what? In words that her caseworker may read"), limit=300,
        help_text=_("Such as: a check-up. Nothing about tests or treatment."),
    )  # fmt: skip
    clinical = TextField(
        label=_("For the clinic only"), limit=1000, rows=2, required=False,
        help_text=_("Tests and treatment that are due then. It is kept with her health."),
    )  # fmt: skip


class FollowUpEndForm(Form):
    state = ChoiceField(
        label=_("What happened?"),
        choices=[pair for pair in options(words.FOLLOW_UP_LABELS) if pair[0] != "open"],
    )
