"""What the sign-in library asks of us: blind sign-in names, sealed second steps, sign-ins kept in the ledger."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from amparo.access import commands, queries
from amparo.access.actors import actor_for
from amparo.access.models import Account
from amparo.staff.devices import device_of
from amparo.vault import words_at_rest


def display_name(account: Account) -> str:
    """The name of an account, for the sign-in library's own pages."""
    return queries.names_of([account.pk]).get(account.pk, "")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; colleagues are invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Account) -> None:
        super().login(request, user)
        request.session["sign_in"] = str(
            commands.start_sign_in(
                actor=actor_for(user),
                session_key=request.session.session_key or "",
                device=device_of(request.headers.get("User-Agent", "")),
                method="password",
            )
        )

    def set_password(self, user: Account, password: str) -> None:
        commands.change_password(actor=actor_for(user), password=password)
        user.refresh_from_db()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The library's own letters are never sent: notices of ours carry no personal detail."""


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second steps rest sealed."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(words_at_rest.seal("staff.second_step", text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return words_at_rest.open_sealed("staff.second_step", base64.b64decode(encrypted_text))
