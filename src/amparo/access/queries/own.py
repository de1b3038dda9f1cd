"""What concerns the reader's own account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amparo.access.actors import Actor
from amparo.access.models import Account, Notice
from amparo.vault import sealing
from amparo.vault.prepared import ID, Prepared


@dataclass(frozen=True, slots=True)
class OwnPage:
    language: str
    theme: str
    mail_notices: bool
    login_name: str


def own_page(actor: Actor) -> OwnPage:
    row = Account.objects.get(pk=actor.account_id)
    login_name = sealing.open_row(row, "login_name").text("login_name")
    return OwnPage(row.language, row.theme, row.mail_notices, login_name)


def login_name_of(account_id: UUID) -> str:
    """The sign-in name as it was typed, for its owner's authenticator. Empty where there is no such account."""
    row = Account.objects.filter(pk=account_id).first()
    return sealing.open_row(row, "login_name").text("login_name") if row is not None else ""


@dataclass(frozen=True, slots=True)
class NoticeView:
    id: UUID
    kind: str
    case_id: UUID | None
    at: datetime


_UNREAD = Prepared(
    lambda account_id: Notice.objects.filter(account_id=account_id, read_at=None).order_by("-at")[:6], ID
)


def unread_notices(actor: Actor) -> list[NoticeView]:
    """What the actor was not told yet, newest first. Cost: one query."""
    return [NoticeView(row.id, row.kind, row.case_id, row.at) for row in _UNREAD.rows(actor.account_id)]
