"""Forms about people. Nothing in them is compulsory but what would make no sense without."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.kernel import clock
from amparo.kernel.dates import AgeEstimate, AgeMethod
from amparo.kernel.errors import AppError
from amparo.people.words import (
    ADDRESS_LABELS,
    AGE_METHOD_LABELS,
    CONTACT_LABELS,
    DISABILITY_LABELS,
    GENDER_LABELS,
    KIND_LABELS,
    NAME_LABELS,
    NAMES_REASON_LABELS,
    PHOTO_BASIS_LABELS,
    PersonKind,
)
from amparo.web.fields import ChoiceField, ManyField, PartialDateField, TextField, as_validation, options
from amparo.web.forms import Form
from amparo.web.uploads import UploadField

MOST_LANGUAGES = 8
MOST_CITIZENSHIPS = 5


def _listed(typed: str) -> list[str]:
    """What stands between commas, the Arabic one too."""
    return [part.strip() for part in typed.replace("\u060c", ",").split(",") if part.strip()]


class DetailsForm(Form):
    """Who somebody is. Gives what `commands.add_person` and `change_person` take."""

    name = TextField(
        label=_("Name"), limit=300, required=False, help_text=_("As the person writes it, in any letters.")
    )
    known_as = TextField(label=_("Known as"), limit=100, required=False)
    birth = PartialDateField(label=_("Date of birth"), required=False)
    age_low = forms.IntegerField(label=_("Youngest possible age"), required=False, min_value=0, max_value=130)
    age_high = forms.IntegerField(label=_("Oldest possible age"), required=False, min_value=0, max_value=130)
    age_method = ChoiceField(
        label=_("How the age is known"), choices=options(AGE_METHOD_LABELS), required=False,
        widget=forms.Select, empty=_("Not said"),
    )  # fmt: skip
    gender = ChoiceField(
        label=_("Gender"),
        choices=options(GENDER_LABELS),
        required=False,
        widget=forms.Select,
        empty=_("Not said"),
    )
    languages = TextField(label=_("Languages"), limit=150, required=False, help_text=_("With commas between them."))
    citizenships = TextField(
        label=_("Citizenships"), limit=200, required=False,
        help_text=_("Countries, with commas between them. Write “stateless” if she or he has none."),
    )  # fmt: skip
    needs = TextField(
        label=_("What the person needs"), limit=1000, rows=2, required=False,
        help_text=_("An interpreter, a ramp, medicine, somebody at her side."),
    )  # fmt: skip
    disability = ManyField(
        label=_("What is very hard for the person, or impossible?"), choices=options(DISABILITY_LABELS),
        required=False, help_text=_("Ask; do not judge by the look. Leave it empty as long as nobody has asked."),
    )  # fmt: skip
    has_died = forms.BooleanField(label=_("The person has died"), required=False)
    died = PartialDateField(label=_("Day of death"), required=False)
    identifiers = TextField(label=_("Numbers of papers"), limit=1000, required=False)
    looks = TextField(label=_("How the person looks"), limit=1000, rows=2, required=False)

    layout = (
        ("", "", ["kind", "name", "known_as", "gender"]),
        (
            _("Age"),
            _("The date of birth as far as it is known; without one, an estimate."),
            ["birth", "age_low", "age_high", "age_method"],
        ),
        (_("More"), "", ["languages", "citizenships", "needs", "disability", "identifiers", "looks"]),
        ("", "", ["has_died", "died"]),
    )

    def clean_languages(self) -> list[str]:
        return _listed(self.cleaned_data["languages"])[:MOST_LANGUAGES]

    def clean_citizenships(self) -> list[str]:
        return _listed(self.cleaned_data["citizenships"])[:MOST_CITIZENSHIPS]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        low, high = data.pop("age_low", None), data.pop("age_high", None)
        method: AgeMethod = data.pop("age_method", "") or "stated"
        data["age_estimate"] = None
        if low is None and high is None:
            return data
        ends = [age for age in (low, high) if age is not None]
        try:
            data["age_estimate"] = AgeEstimate(ends[0], ends[-1], clock.today(), method)
        except AppError as error:
            self.add_error("age_low", as_validation(error))
        return data


class PersonForm(DetailsForm):
    """A new person."""

    kind = ChoiceField(label=_("Who is it?"), choices=options(KIND_LABELS), initial=PersonKind.SURVIVOR)

    def clean_kind(self) -> PersonKind:
        return PersonKind(self.cleaned_data["kind"])


class NameForm(Form):
    full = TextField(label=_("Name"), limit=300)
    kind = ChoiceField(label=_("What kind of name"), choices=options(NAME_LABELS), widget=forms.Select)


class SafeField(ChoiceField):
    """Whether a contact is safe to use; cleans to a bool. It has to be answered."""

    def __init__(self, **rest: Any) -> None:
        yes, no = _("Yes, the person said so"), _("No, or not known")
        super().__init__(choices=[("yes", yes), ("no", no)], **rest)

    def prepare_value(self, value: object) -> object:
        return ("yes" if value else "no") if isinstance(value, bool) else value

    def clean(self, value: object) -> bool:
        return bool(super().clean(value) == "yes")


class ContactForm(Form):
    """A way to reach somebody. Whether it is safe has to be said; silence makes nothing safe."""

    kind = ChoiceField(label=_("How"), choices=options(CONTACT_LABELS), initial="phone")
    value = TextField(label=_("Number, address or place"), limit=300)
    whose = TextField(label=_("Whose it is, if not the person's own"), limit=200, required=False)
    is_safe = SafeField(label=_("Is it safe to use?"))
    hours = TextField(
        label=_("When"), limit=200, required=False, help_text=_("Such as: weekdays between 14:00 and 16:00.")
    )
    may_leave_message = forms.BooleanField(label=_("A message may be left"), required=False)
    code_word = TextField(
        label=_("Code word"), limit=100, required=False,
        help_text=_("A word by which she knows that it is us, or tells us that she can't speak."),
    )  # fmt: skip
    rules = TextField(label=_("What else to mind"), limit=1000, rows=2, required=False)


class AddressForm(Form):
    kind = ChoiceField(label=_("Kind of place"), choices=options(ADDRESS_LABELS))
    address = TextField(label=_("Address"), limit=1000, rows=3)
    district = TextField(
        label=_("District"), limit=120, required=False, help_text=_("The only part that a supervisor sees.")
    )


class SameForm(Form):
    code = TextField(
        label=_("Code of the other record"), limit=40, help_text=_("It stands on the page about her or him.")
    )


class JoiningForm(Form):
    reason = TextField(label=_("Why is this one person?"), limit=1000, rows=3)


class AnswerForm(Form):
    is_one = ChoiceField(
        label=_("What do you find?"),
        choices=[("yes", _("One person: join the records")), ("no", _("Two people: leave them apart"))],
    )
    answer = TextField(label=_("How do you know?"), limit=1000, rows=3)


class PartForm(Form):
    reason = TextField(label=_("How do you know that they are two people?"), limit=1000, rows=3)


MOST_DETAILS = 20


class LinesField(TextField):
    """Several things, one a line; cleans to a list without empty lines."""

    default_error_messages: ClassVar = {
        "too_many": _("These are more than %(most)s lines. Leave out those that matter least."),
    }

    def __init__(self, **rest: Any) -> None:
        super().__init__(limit=MOST_DETAILS * 300, rows=3, required=False, **rest)

    def prepare_value(self, value: object) -> object:
        return "\n".join(str(one) for one in value) if isinstance(value, list | tuple) else value

    def clean(self, value: object) -> list[str]:
        lines = list(dict.fromkeys(filter(None, (line.strip() for line in str(super().clean(value)).splitlines()))))
        if len(lines) > MOST_DETAILS:
            raise forms.ValidationError(self.error_messages["too_many"], code="too_many", params={"most": MOST_DETAILS})
        return lines


class OwnDetailsForm(Form):
    """What somebody who works here gives to be compared. Gives what `commands.save_own_details` takes."""

    phones = LinesField(
        label=_("Your own telephone numbers"), help_text=_("One on each line. Private ones, not those of the office.")
    )
    names = LinesField(
        label=_("Your own names"), help_text=_("One on each line: as in your papers, and from before a marriage.")
    )
    close_phones = LinesField(
        label=_("Telephone numbers of people close to you"),
        help_text=_("One on each line: family, and whom you live with. You need not say whose."),
    )
    close_names = LinesField(label=_("Names of people close to you"), help_text=_("One whole name on each line."))


class DeclareForm(Form):
    reason = TextField(
        label=_("How do you know the person?"), limit=500, rows=2,
        help_text=_("Such as: a cousin, a neighbour. Few words are enough."),
    )  # fmt: skip


class PhotoForm(Form):
    file = UploadField(
        label=_("Photograph"),
        help_text=_(
            "JPEG, PNG or WebP. Never a picture that could show the sexual abuse of a child: having one is a crime in"
            " most countries. It is told to the authority and never uploaded."
        ),
    )
    basis = ChoiceField(label=_("Why may it be kept?"), choices=options(PHOTO_BASIS_LABELS))
    about = TextField(
        label=_("Where does it come from?"), limit=300, required=False, help_text=_("Such as: her identity card.")
    )

    def __init__(self, *args: Any, put_url: str, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["file"]
        field.put_url = put_url


class RemovePhotoForm(Form):
    reason = TextField(
        label=_("Why is it taken away?"), limit=500, rows=2,
        help_text=_("Such as: she does not want it kept; it shows somebody else."),
    )  # fmt: skip


class ReasonForm(Form):
    reason = ChoiceField(label=_("Why do you need the names?"), choices=options(NAMES_REASON_LABELS))
