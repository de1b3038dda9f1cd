"""Sign-ins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from amparo.access.actors import Actor
from amparo.access.models import SignIn
from amparo.kernel import clock


@dataclass(frozen=True, slots=True)
class SignInView:
    id: UUID
    device: str
    started_at: datetime
    seen_at: datetime
    is_this: bool
    in_court: bool = False


def own_sign_ins(actor: Actor) -> list[SignInView]:
    now = clock.now()
    live = SignIn.objects.filter(
        account_id=actor.account_id,
        ended_at=None,
        seen_at__gt=now - settings.IDLE_LIMIT,
        started_at__gt=now - settings.SIGN_IN_LIMIT,
    )
    rows = live.order_by("-seen_at")[:20]
    return [SignInView(r.id, r.device, r.started_at, r.seen_at, r.id == actor.sign_in_id) for r in rows]


_JUST_NOW = timedelta(minutes=10)


def just_signed_in_at(sign_in_id: str | None) -> datetime | None:
    """When a sign-in began, if that is so lately that its password was typed a moment ago."""
    if not sign_in_id:
        return None
    young = SignIn.objects.filter(pk=sign_in_id, ended_at=None, started_at__gt=clock.now() - _JUST_NOW)
    return young.values_list("started_at", flat=True).first()


def open_sign_in(account_id: UUID, key: str | None) -> SignInView | None:
    """The sign-in that a session names, unless it was ended; the caller knows when it is too old."""
    row = SignIn.objects.filter(pk=key, account_id=account_id, ended_at=None).first() if key else None
    return (
        None
        if row is None
        else SignInView(row.id, row.device, row.started_at, row.seen_at, True, row.court_at is not None)
    )
