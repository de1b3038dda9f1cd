"""What the sign-in library asks of us: blind sign-in names, sealed second steps, sign-ins kept in the ledger."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any
from uuid import UUID

import segno
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import unstash_login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model, logout, update_session_auth_hash
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from amparo.access import commands as access
from amparo.access import queries
from amparo.access.actors import actor_of
from amparo.kernel.errors import NotFound
from amparo.staff import commands
from amparo.staff.devices import device_of
from amparo.vault import words_at_rest

_SECOND_STEP = {
    "mfa/email/totp_activated": "added",
    "mfa/email/totp_deactivated": "removed",
    "mfa/email/recovery_codes_generated": "codes_renewed",
}


_SECRETS = "staff.second_step"


def display_name(account: AbstractBaseUser) -> str:
    """The name of an account, for the sign-in library's own pages."""
    return queries.names_of([account.pk]).get(account.pk, "")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; colleagues are invited."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The sign-in name or the password is not right."),
        "too_many_login_attempts": _("There were too many attempts from here. Wait five minutes and try again."),
        "incorrect_code": _("This code is not right, or it was used before. Wait for the next one."),
        "incorrect_password": _("This is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Closed accounts answer like wrong passwords: the library would tell them apart."""
        found: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return found if found is not None and found.is_active else None

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Counted for an account and a source together: a stranger's failures elsewhere lock nobody out.
        return f"{credentials.get('username', '')}:{self.get_client_ip(request)}"

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Start a session with a new number, and keep the sign-in."""
        super().login(request, user)
        self.keep_sign_in(request, user, _method(request, user))

    def keep_sign_in(self, request: HttpRequest, user: AbstractBaseUser, method: str) -> None:
        """Keep that a session begins; the guard of every request looks for this row."""
        request.session["sign_in"] = str(
            access.start_sign_in(
                actor=actor_of(user.pk),
                device=device_of(request.headers.get("User-Agent", "")),
                method=method,
            )
        )

    def is_reauthentication_required(self, *, app: str, **rest: Any) -> bool:
        """Who sets up a first second step right after signing in need not type the password again."""
        began = queries.just_signed_in_at(self.request.session.get("sign_in"))
        if app == "allauth.mfa" and began is not None:
            older = Authenticator.objects.filter(user_id=self.request.user.pk, created_at__lt=began)
            return bool(older.exists())
        return bool(super().is_reauthentication_required(app=app, **rest))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The library's own letters are never sent: notices of ours carry no personal detail."""

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """The library calls this when a second step changes: the ledger keeps it, and no letter goes out."""
        action = _SECOND_STEP.get(template_prefix)
        if action:
            commands.note_second_step(actor=actor_of(user.pk), action=action)


def _method(request: HttpRequest, user: AbstractBaseUser) -> str:
    steps = {record.get("method") for record in get_authentication_records(request, user)}
    return "second_step" if "mfa" in steps else "password"


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second steps rest sealed, each for its own account: copied to another it does not open."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or it was used before. Wait for the next one."),
        "cannot_delete_authenticator": _("Here everybody signs in with a second step, so it can't be removed."),
    }

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return queries.login_name_of(user.pk)

    def build_totp_svg(self, url: str) -> str:
        """Black on white with its margin, so that telephones read it on dark pages too."""
        drawn = BytesIO()
        segno.make(url).save(drawn, kind="svg", light="#fff", dark="#000", scale=4, xmldecl=False)
        return drawn.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not settings.SECOND_STEP_REQUIRED

    def encrypt(self, text: str) -> str:
        return base64.b64encode(words_at_rest.seal(_SECRETS, text, place=self._whose())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return words_at_rest.open_sealed(_SECRETS, base64.b64decode(encrypted_text), place=self._whose())

    def _whose(self) -> str:
        """Whose second step this request is about: who is signed in, or who has just given the password.

        The library seals and opens none but theirs, and does not tell whose it is.
        """
        request = self.request
        if request.user.is_authenticated:
            return str(request.user.pk)
        login = unstash_login(request, peek=True)
        if login is None:
            raise NotFound
        return str(login.user.pk)


def sign_in_as(request: HttpRequest, account_id: UUID) -> str:
    """Sign somebody of the demonstration in. Returns where to go on. Raises NotFound."""
    account = get_user_model().objects.filter(pk=account_id, is_active=True).first()
    if account is None:
        raise NotFound
    adapter = get_adapter(request)
    DefaultAccountAdapter.login(adapter, request, account)
    adapter.keep_sign_in(request, account, "demo")
    return str(get_next_redirect_url(request) or settings.LOGIN_REDIRECT_URL)


def sign_out(request: HttpRequest) -> None:
    """End the session, whoever it belongs to, and forget what it held."""
    logout(request)


def stay_signed_in(request: HttpRequest, account_id: UUID) -> None:
    """After a new password: this session goes on under a new number, all others are refused."""
    update_session_auth_hash(request, get_user_model().objects.get(pk=account_id))


def second_step_of(account_id: UUID) -> tuple[bool, int]:
    """Whether an authenticator is set up, and how many recovery codes are left."""
    held = {row.type: row for row in Authenticator.objects.filter(user_id=account_id)}
    codes = held.get(Authenticator.Type.RECOVERY_CODES)
    left = len(codes.wrap().get_unused_codes()) if codes is not None else 0
    return Authenticator.Type.TOTP in held, left
