"""Notices: that something waits for somebody."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from amparo.access import mailing
from amparo.access.actors import Actor
from amparo.access.commands.acting import AnyActor
from amparo.access.models import Notice
from amparo.kernel import clock, ids


def notify(actor: AnyActor, account_id: UUID, kind: str, case_id: UUID | None = None) -> None:
    """Let somebody know, inside the command that did it; nobody is told of her own acts.

    By e-mail as well where she asked for it: after the commit, and without any detail.
    """
    if account_id == actor.account_id:
        return
    Notice(id=ids.new_id(), account_id=account_id, kind=kind, case_id=case_id, at=clock.now()).save(force_insert=True)
    transaction.on_commit(functools.partial(mailing.tell, account_id))


def read_notices(*, actor: Actor, notice_ids: Sequence[UUID]) -> None:
    """Put away those of one's notices that were on the page; no act of casework, so not in the ledger."""
    mine = Notice.objects.filter(account_id=actor.account_id, pk__in=list(notice_ids), read_at=None)
    mine.update(read_at=clock.now())
