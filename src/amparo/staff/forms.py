"""Forms of the people who work here."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _

from amparo.access.commands import login_token


class SignInForm(LoginForm):  # type: ignore[misc]
    """Sign-in name and password; the name is looked up by its blind token and never stored as typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Sign-in name")
        self.fields["login"].widget.attrs.pop("placeholder", None)
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""

    def clean_login(self) -> str:
        return login_token(self.cleaned_data["login"])
