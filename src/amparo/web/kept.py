"""Forms that were sent after the sign-in had ended: kept sealed, and given back to the same person only."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.http import HttpRequest, QueryDict

from amparo.access import queries
from amparo.kernel import clock, ids
from amparo.vault import sealing
from amparo.vault.sealing import Words
from amparo.web.models import KeptForm
from amparo.web.requests import ActorRequest

KEPT_FOR = timedelta(minutes=15)
_MARK_AGE_S = 24 * 3600
_SALT = "amparo.web.kept"
_NOT_KEPT = {"csrfmiddlewaretoken", "kept_for", "password", "q"}


def mark(request: ActorRequest) -> str:
    """A signed word in each form that says whose it is, so that it can be kept when it is sent too late."""
    return signing.dumps(str(request.actor.account_id), salt=_SALT)


def keep(request: HttpRequest) -> UUID | None:
    """Keep what was sent without a sign-in, if it says whose it is. Returns the number to ask for it by."""
    try:
        account_id = UUID(signing.loads(request.POST.get("kept_for", ""), salt=_SALT, max_age=_MARK_AGE_S))
    except (signing.BadSignature, ValueError):
        return None
    office_id = queries.office_of_open_account(account_id)
    if office_id is None:
        return None
    typed = request.POST.copy()
    for name in _NOT_KEPT & set(typed):
        del typed[name]
    row = KeptForm(id=ids.new_id(), office_id=office_id, account_id=account_id, until=clock.now() + KEPT_FOR)
    with transaction.atomic():
        sweep()
        sealing.seal(row, typed={"path": request.path, "typed": _plain(typed)})
        row.save(force_insert=True)
    return row.id


def sweep() -> int:
    """Remove forms whose time is over. Returns how many."""
    return KeptForm.objects.filter(until__lt=clock.now()).delete()[0]


def _plain(typed: QueryDict) -> dict[str, Words]:
    """What was typed, as it was typed: an encoded form would be many times as long in most scripts."""
    return {name: list(values) for name, values in typed.lists()}


def take(request: ActorRequest) -> QueryDict | None:
    """Give back what this person had typed on this page, once; nothing to anybody else."""
    try:
        key = UUID(request.GET.get("kept", ""))
    except ValueError:
        return None
    row = KeptForm.objects.filter(pk=key, account_id=request.actor.account_id, until__gt=clock.now()).first()
    if row is None:
        return None
    words = sealing.open_row(row, "typed").table("typed")
    if words.get("path") != request.path:
        return None
    KeptForm.objects.filter(pk=key).delete()
    given = QueryDict(mutable=True)
    for name, values in _table(words.get("typed")).items():
        given.setlist(name, [str(value) for value in values] if isinstance(values, list) else [])
    return given


def _table(value: Words) -> dict[str, Words]:
    return value if isinstance(value, dict) else {}
