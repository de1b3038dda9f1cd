"""Forms of partners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.partners.words import (
    ACCESS_LABELS,
    AGENCY_LABELS,
    AGREEMENT_LABELS,
    CAPACITY_SOURCE_LABELS,
    COST_LABELS,
    DATA_CLASS_LABELS,
    END_LABELS,
    FACILITY_LABELS,
    HAS_LABELS,
    LANGUAGE_LABELS,
    LEVEL_LABELS,
    OPEN_LABELS,
    SERVICE_LABELS,
    STATE_LABELS,
    UNIT_LABELS,
    Cost,
    Has,
)
from amparo.web.fields import ChoiceField, DayField, ManyField, TextField, options
from amparo.web.forms import Form
from amparo.web.uploads import UploadField

Choices = Sequence[tuple[str, str]]


def _filter(label: Any, choices: Any) -> ChoiceField:
    return ChoiceField(label=label, choices=choices, required=False, empty=_("All"), widget=forms.Select)


class AgencyFilterForm(Form):
    kind = _filter(_("Kind"), options(AGENCY_LABELS))
    district = _filter(_("District"), [])
    state = _filter(_("State"), options(STATE_LABELS))

    def __init__(self, *args: Any, districts: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["district"] = _filter(_("District"), districts)


class ServiceFilterForm(Form):
    service = _filter(_("Service"), options(SERVICE_LABELS))
    district = _filter(_("District"), [])
    language = _filter(_("Language"), options(LANGUAGE_LABELS))
    access = _filter(_("Accessible"), options(ACCESS_LABELS))
    free = forms.BooleanField(label=_("Free of charge"), required=False)
    night = forms.BooleanField(label=_("Day and night"), required=False)

    def __init__(self, *args: Any, districts: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["district"] = _filter(_("District"), districts)


_DISTRICT_HINT = _("As it is written elsewhere, so that lists find it.")


class AgencyForm(Form):
    name = TextField(label=_("Name"), limit=200)
    kind = ChoiceField(label=_("Kind"), choices=options(AGENCY_LABELS))
    district = TextField(label=_("District"), limit=80, required=False, help_text=_DISTRICT_HINT)
    address = TextField(label=_("Address"), limit=500, rows=2, required=False)
    contact = TextField(label=_("Professional contact"), limit=500, rows=2, required=False)
    hours = TextField(label=_("Opening hours"), limit=300, required=False)


class UnitForm(Form):
    name = TextField(label=_("Name"), limit=200)
    kind = ChoiceField(label=_("Kind"), choices=options(UNIT_LABELS))
    contact = TextField(label=_("Professional contact"), limit=500, rows=2, required=False)


class FacilityForm(Form):
    name = TextField(
        label=_("Name"), limit=200, help_text=_("A name that says nothing about where it is, if the place is secret.")
    )
    kind = ChoiceField(label=_("Kind"), choices=options(FACILITY_LABELS))
    protected = forms.BooleanField(
        label=_("The address is protected"),
        required=False,
        help_text=_("For shelters and other places that nobody may find. A caseworker adds the address afterwards."),
    )
    district = TextField(label=_("District"), limit=80, required=False, help_text=_DISTRICT_HINT)
    address = TextField(label=_("Address"), limit=500, rows=2, required=False)
    services = ManyField(label=_("Services"), choices=options(SERVICE_LABELS), required=False)
    day_and_night = forms.BooleanField(label=_("Day and night"), required=False)
    hours = TextField(label=_("Opening hours"), limit=300, required=False)
    cost = ChoiceField(label=_("Cost"), choices=options(COST_LABELS), initial=Cost.UNKNOWN)
    languages = ManyField(label=_("Languages"), choices=options(LANGUAGE_LABELS), required=False)
    access = ManyField(label=_("Accessible"), choices=options(ACCESS_LABELS), required=False)
    contact = TextField(label=_("Contact for referrals"), limit=500, rows=2, required=False)
    how = TextField(label=_("How to refer, and who is taken in"), limit=1000, rows=3, required=False)

    layout = (
        ("", "", ["name", "kind"]),
        (_("Where"), "", ["protected", "district", "address"]),
        (_("What and when"), "", ["services", "day_and_night", "hours", "cost"]),
        (_("For whom"), "", ["languages", "access"]),
        (_("Referring somebody"), "", ["contact", "how"]),
    )


class OpenAddressForm(Form):
    reason = ChoiceField(label=_("Why do you need it?"), choices=options(OPEN_LABELS))


class AddressForm(Form):
    address = TextField(label=_("Address"), limit=500, rows=3)
    district = TextField(label=_("District"), limit=80, required=False)


class CapacityForm(Form):
    on = DayField(label=_("On which day was it so?"))
    source = ChoiceField(label=_("How do we know?"), choices=options(CAPACITY_SOURCE_LABELS))
    examiners = forms.IntegerField(
        label=_("How many trained examiners?"),
        min_value=0,
        max_value=999,
        required=False,
        help_text=_("Leave it empty where nobody asked; write 0 where there is none."),
    )
    trained_until = DayField(
        label=_("Trained until"), required=False, help_text=_("The day on which the first of them needs it again.")
    )
    kits = forms.IntegerField(
        label=_("How many kits in stock?"), min_value=0, max_value=99_999, required=False,
        help_text=_("Counted, or told. Leave it empty where nobody asked."),
    )  # fmt: skip
    cold_store = ChoiceField(label=_("Is there a cold store that works?"), choices=options(HAS_LABELS),
                             initial=Has.UNKNOWN)  # fmt: skip
    child_room = ChoiceField(label=_("Is there a room for children?"), choices=options(HAS_LABELS),
                             initial=Has.UNKNOWN)  # fmt: skip
    remark = TextField(label=_("Remark"), limit=1000, rows=3, required=False)


class OfficialForm(Form):
    """Of a new one with the first post, or of one who is there; the name is left out where cases keep it."""

    name = TextField(
        label=_("Name"),
        limit=300,
        help_text=_("As she or he uses it in office. What is written here can be asked for and read by that person."),
    )
    contact = TextField(label=_("Professional contact"), limit=500, rows=2, required=False)

    def __init__(self, *args: Any, named: bool = True, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if not named:
            del self.fields["name"]


class PostForm(Form):
    title = TextField(label=_("Post"), limit=200)
    place = ChoiceField(label=_("Where"), choices=[])
    from_on = DayField(label=_("Since"), required=False)
    until_on = DayField(label=_("Until"), required=False, help_text=_("Only for a post that has ended."))

    def __init__(self, *args: Any, places: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["place"] = ChoiceField(label=_("Where"), choices=places, widget=forms.Select)


class EndPostForm(Form):
    until_on = DayField(label=_("Last day in this post"))
    reason = ChoiceField(label=_("Why"), choices=options(END_LABELS))


class AgreementForm(Form):
    title = TextField(label=_("Title"), limit=200)
    kind = ChoiceField(label=_("Kind"), choices=options(AGREEMENT_LABELS))
    classes = ManyField(
        label=_("What may be released?"), choices=options(DATA_CLASS_LABELS), required=False,
        help_text=_("Consent is asked besides, for each person."),
    )  # fmt: skip
    purpose = TextField(label=_("What for?"), limit=2000, rows=3, required=False)
    level = ChoiceField(label=_("How sensitive is it?"), choices=options(LEVEL_LABELS))
    method = TextField(label=_("How is it handed over?"), limit=500, rows=2, required=False)
    retention_months = forms.IntegerField(
        label=_("For how many months may they keep it?"), min_value=0, max_value=1200, required=False
    )
    valid_from = DayField(label=_("In force from"))
    review_on = DayField(
        label=_("Review by"),
        help_text=_("From the day after it releases nothing, until somebody has reviewed it. Three years at most."),
    )

    layout = (
        ("", "", ["title", "kind"]),
        (_("What, and what for"), "", ["classes", "purpose", "level", "method", "retention_months"]),
        (_("When"), "", ["valid_from", "review_on"]),
    )


class PaperForm(Form):
    file = UploadField(label=_("The signed paper"), help_text=_("A scan or a PDF. It is sealed as it arrives."))

    def __init__(self, *args: Any, put_url: str, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field = self.fields["file"]
        if isinstance(field, UploadField):
            field.put_url = put_url


class ReviewForm(Form):
    review_on = DayField(label=_("Next review by"))
