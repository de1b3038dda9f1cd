"""Forms of the people who work here."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.account.forms import ReauthenticateForm as PasswordAgainForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from amparo.access.commands import login_token
from amparo.kernel.words import Role
from amparo.staff import commands, rules
from amparo.staff.rules import Clock, Helpline
from amparo.staff.words import (
    AREA_LABELS,
    LANGUAGE_LABELS,
    MILESTONE_LABELS,
    NUMBER_GROUPS,
    NUMBER_HINTS,
    NUMBER_LABELS,
    REPORT_RETENTION_LABELS,
    RETENTION_LABELS,
    THEME_LABELS,
    Milestone,
    Number,
    RestorationArea,
)
from amparo.web.fields import ChoiceField, DayField, TextField, options
from amparo.web.forms import Form

Choices = list[tuple[str, str]]


# ---- signing in -------------------------------------------------------------------------------------------------


class SignInForm(LoginForm):  # type: ignore[misc]
    """Sign-in name and password; the name is looked up by its blind token and never stored as typed."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Sign-in name")
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false", "dir": "auto"}
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""

    def clean_login(self) -> str:
        return login_token(self.cleaned_data["login"])


class _Code:
    """Takes a code once, whatever process it is typed at: the library remembers used ones in its own process only."""

    fields: dict[str, forms.Field]
    authenticator: Authenticator

    def dress(self, label: Any, hint: Any) -> None:
        field = self.fields["code"]
        field.label, field.help_text = label, hint
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs |= {"inputmode": "numeric", "dir": "ltr", "spellcheck": "false"}

    def claim(self, code: str) -> str:
        if self.authenticator.type != Authenticator.Type.TOTP:
            return code
        if not commands.claim_code(self.authenticator.user_id, _digits(code)):
            raise get_adapter().validation_error("incorrect_code")
        return code


def _digits(code: str) -> str:
    return "".join(char for char in code if char.isdigit())


_CODE_HINT = _("Six digits from the app on your telephone, or one of your recovery codes.")


class SecondStepForm(_Code, AuthenticateForm):  # type: ignore[misc]
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress(_("Code"), _CODE_HINT)

    def clean_code(self) -> str:
        return self.claim(super().clean_code())


class SecondStepAgainForm(_Code, ReauthenticateForm):  # type: ignore[misc]
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress(_("Code"), _CODE_HINT)

    def clean_code(self) -> str:
        return self.claim(super().clean_code())


class FirstCodeForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator; it is used up with that."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label, field.help_text = _("Code that the app shows now"), _("Six digits.")
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs |= {"inputmode": "numeric", "dir": "ltr"}

    def clean_code(self) -> str:
        code: str = super().clean_code()
        commands.claim_code(self.user.pk, _digits(code))
        return code


class PasswordForm(PasswordAgainForm):  # type: ignore[misc]
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""


# ---- passwords --------------------------------------------------------------------------------------------------


def _password(label: Any, *, new: bool) -> forms.CharField:
    use = "new-password" if new else "current-password"
    return forms.CharField(label=label, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": use}))


class _NewPassword(Form):
    def clean(self) -> dict[str, Any] | None:
        super().clean()
        first, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if first:
            try:
                validate_password(first)
            except ValidationError as error:
                self.add_error("password", error)
        if first and again and first != again:
            self.add_error("again", _("The two are not the same. Type the password once more."))
        return self.cleaned_data


def password_hint() -> str:
    return " ".join(password_validators_help_texts())


class ChangePasswordForm(_NewPassword):
    present = _password(_("Your present password"), new=False)
    password = _password(_("New password"), new=True)
    again = _password(_("New password, once more"), new=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = password_hint()


class WelcomeForm(_NewPassword):
    words = TextField(
        label=_("Words of your invitation"), limit=200, help_text=_("Six words, as they were given to you.")
    )
    password = _password(_("Password"), new=True)
    again = _password(_("Password, once more"), new=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false", "dir": "ltr"}
        self.fields["password"].help_text = password_hint()


# ---- who works here ---------------------------------------------------------------------------------------------


class InviteForm(Form):
    name = TextField(label=_("Name"), limit=200)
    login_name = TextField(
        label=_("Sign-in name"),
        limit=150,
        help_text=_("What she or he types to sign in. Nobody else sees it."),
    )
    contact = TextField(label=_("Contact"), limit=300, required=False)
    role = forms.ChoiceField(label=_("Role"))
    office_id = forms.ChoiceField(label=_("Office"))

    def __init__(self, *args: Any, roles: Choices, offices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "role", roles)
        _choose(self, "office_id", offices)

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def clean_office_id(self) -> UUID:
        return UUID(self.cleaned_data["office_id"])


def _choose(form: Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = [("", _("Choose")), *choices]


class RoleForm(Form):
    role = forms.ChoiceField(label=_("Role"))
    office_id = forms.ChoiceField(label=_("Office"))
    until = DayField(label=_("Until"), required=False, help_text=_("Leave it empty for a role without an end."))

    def __init__(self, *args: Any, roles: Choices, offices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "role", roles)
        _choose(self, "office_id", offices)

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def clean_office_id(self) -> UUID:
        return UUID(self.cleaned_data["office_id"])


class PersonForm(Form):
    name = TextField(label=_("Name"), limit=200)
    contact = TextField(label=_("Contact"), limit=300, required=False)


class OfficeForm(Form):
    name = TextField(label=_("Name"), limit=80)
    district = TextField(label=_("District"), limit=80)
    time_zone = forms.ChoiceField(label=_("Time zone"), initial="UTC")
    calling_code = forms.RegexField(
        label=_("Calling code of the country"),
        regex=r"^[1-9][0-9]{0,3}$",
        error_messages={"invalid": _("Digits only, without + and without zeros at the start, such as 91.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
        _choose(self, "time_zone", [("UTC", "UTC"), *((zone, zone) for zone in zones)])


class HandOverForm(Form):
    leaving = forms.ChoiceField(label=_("Who leaves"))
    taking = forms.ChoiceField(label=_("Who takes over"))

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "leaving", people)
        _choose(self, "taking", people)


class OwnForm(Form):
    language = ChoiceField(label=_("Language"), choices=options(LANGUAGE_LABELS))
    theme = ChoiceField(label=_("Colours"), choices=options(THEME_LABELS))
    mail_notices = forms.BooleanField(
        label=_("Send me mail when something waits for me"),
        required=False,
        help_text=_("It says only that something waits, never what."),
    )


# ---- settings ---------------------------------------------------------------------------------------------------


class NumbersForm(Form):
    layout = tuple((legend, "", [number.value for number in numbers]) for legend, numbers in NUMBER_GROUPS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, label in NUMBER_LABELS.items():
            bounds = rules.NUMBERS[number]
            self.fields[number.value] = _whole(label, bounds.least, bounds.most, NUMBER_HINTS.get(number, ""))

    def numbers(self) -> dict[Number, int]:
        return {number: self.cleaned_data[number.value] for number in Number}


def _whole(label: Any, least: int, most: int, hint: Any = "") -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, help_text=hint, min_value=least, max_value=most, widget=widget)


class RetentionForm(Form):
    layout = (
        (_("Closed cases, by the reason of closing"), "", list(RETENTION_LABELS)),
        (_("Reports that became no case"), "", list(REPORT_RETENTION_LABELS)),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for reason, label in (RETENTION_LABELS | REPORT_RETENTION_LABELS).items():
            self.fields[reason] = _whole(label, rules.YEARS.least, rules.YEARS.most)


class ThresholdForm(Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for area, label in AREA_LABELS.items():
            field = TextField(label=label, limit=5, required=False)
            field.widget.attrs |= {"inputmode": "decimal", "dir": "ltr"}
            self.fields[area.value] = field


def thresholds_in(data: dict[str, Any]) -> dict[RestorationArea, str]:
    return {area: data[area.value] for area in RestorationArea}


class ClockForm(Form):
    label = TextField(label=_("What has to happen"), limit=200)
    days = _whole(_("Within how many days"), 1, 3650)
    start = forms.ChoiceField(label=_("It starts with"), choices=[("", _("Choose")), *options(MILESTONE_LABELS)])
    stop = forms.ChoiceField(label=_("It stops with"), choices=[("", _("Choose")), *options(MILESTONE_LABELS)])
    is_active = forms.BooleanField(label=_("This clock runs"), required=False)


class NewClockForm(ClockForm):
    code = TextField(label=_("Code"), limit=40, help_text=_("Small letters, digits and low lines, such as appeal_90."))
    field_order = ("code", "label", "days", "start", "stop", "is_active")


def clock_in(code: str, data: dict[str, Any], *, is_example: bool = False) -> Clock:
    return Clock(
        code=code,
        label=data["label"],
        days=data["days"],
        start=Milestone(data["start"]),
        stop=Milestone(data["stop"]),
        is_active=data["is_active"],
        is_example=is_example,
    )


class HelplineForm(Form):
    name = TextField(label=_("Name of the service"), limit=80)
    number = TextField(label=_("Number"), limit=40)
    note = TextField(label=_("What it costs and when somebody answers"), limit=60, required=False)
    source = TextField(
        label=_("Where the number was read"),
        limit=200,
        help_text=_("The page or paper of the service itself, not of somebody who copied it."),
    )
    checked_on = DayField(
        label=_("The day on which you called it"),
        help_text=_("After 90 days without a call the number is no longer shown to anybody."),
    )
    is_active = forms.BooleanField(label=_("Show it on the public sites"), required=False)


class NewHelplineForm(HelplineForm):
    code = TextField(label=_("Code"), limit=40, help_text=_("Small letters, digits and low lines, such as night_line."))
    field_order = ("code", "name", "number", "note", "source", "checked_on", "is_active")


def helpline_in(code: str, data: dict[str, Any]) -> Helpline:
    return Helpline(
        code=code,
        name=data["name"],
        number=data["number"],
        note=data["note"],
        source=data["source"],
        checked_on=data["checked_on"],
        checked_by="",
        is_active=data["is_active"],
    )


class ReportsOfficeForm(Form):
    office = forms.ChoiceField(label=_("Which office reads and answers them?"), required=False)

    def __init__(self, *args: Any, offices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["office"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("None: the site takes no reports")), *offices]


class CodeForm(Form):
    label = TextField(label=_("What people read"), limit=80)
    code = TextField(
        label=_("Code"), limit=40, help_text=_("Small letters, digits and low lines, such as north_coast.")
    )


# ---- the ledger -------------------------------------------------------------------------------------------------


class LedgerFilter(Form):
    verb = forms.ChoiceField(label=_("What"), required=False)
    who = forms.ChoiceField(label=_("Who"), required=False)
    case = TextField(label=_("Code of a case"), limit=40, required=False)

    def __init__(self, *args: Any, verbs: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("verb", verbs), ("who", people)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("All")), *choices]
        self.fields["case"].widget.attrs |= {"dir": "ltr", "spellcheck": "false"}
