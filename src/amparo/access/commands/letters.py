"""Letters at their hours: one a person that says how many notices wait, never lost, and never sent twice in its hour.

A letter is written together with the mark on its notices, so each notice is in one letter. It is marked as handed
over before it is. If the process dies in between, nobody knows whether the mail server has it: then it is not sent
again, and what is still unread goes into the letter of the next hour.
"""

from __future__ import annotations

import logging
import smtplib
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Min, Q

from amparo.access import mailing, rules
from amparo.access.models import Account, Letter, Notice, Office
from amparo.access.words import LetterState
from amparo.kernel import clock, ids
from amparo.vault import keyring

log = logging.getLogger("amparo.access")

# Longer than any server is waited for, so that nobody is still handing it over.
_UNKNOWN_AFTER = timedelta(minutes=10)
_AGAIN_AFTER = timedelta(minutes=10)
_KEPT = timedelta(days=30)
_MOST = 200


def send_letters() -> int:
    """Write the letters whose hour has come, and send what waits. Returns how many the mail server took.

    Safe to be called at any time, by two processes at once, and to be killed anywhere. Does nothing where letters
    have no hours, and while Amparo is locked.
    """
    if not (settings.EMAIL_HOST and settings.MAIL_HOURS and keyring.is_unlocked()):
        return 0
    now = clock.now()
    _give_up_on_unknown(now)
    _write_due(now)
    return _send_waiting(now)


# ---- writing ----------------------------------------------------------------------------------------------------


def _untold() -> Q:
    return Q(read_at=None, letter_id=None)


def _write_due(now: datetime) -> None:
    first = dict(Notice.objects.filter(_untold()).values_list("account_id").annotate(Min("at")))
    if not first:
        return
    zones = dict(Office.objects.values_list("id", "time_zone"))
    asked = Account.objects.filter(pk__in=first, is_active=True, mail_notices=True)
    for account_id, office_id in asked.values_list("pk", "office_id"):
        slot = rules.last_slot(now, settings.MAIL_HOURS, zones.get(office_id, "UTC"))
        if first[account_id] <= slot and not Letter.objects.filter(account_id=account_id, slot=slot).exists():
            _write(account_id, slot)


def _write(account_id: UUID, slot: datetime) -> None:
    try:
        with transaction.atomic():
            key = _of_earlier_hour(account_id, slot) or _new(account_id, slot)
            Notice.objects.filter(_untold(), account_id=account_id, at__lte=slot).update(letter_id=key)
    except IntegrityError:  # Another process wrote it at the same moment.
        return


def _of_earlier_hour(account_id: UUID, slot: datetime) -> UUID | None:
    """A letter that no mail server took so far becomes the one of this hour: after a bad day there is still one."""
    waiting = Letter.objects.filter(account_id=account_id, state=LetterState.WAITING).first()
    if waiting is None or not _moved(waiting.id, LetterState.WAITING, LetterState.WAITING, slot=slot):
        return None
    return waiting.id


def _new(account_id: UUID, slot: datetime) -> UUID:
    letter = Letter(id=ids.new_id(), account_id=account_id, slot=slot, state=LetterState.WAITING)
    letter.save(force_insert=True)
    return letter.id


def _give_up_on_unknown(now: datetime) -> None:
    under_way = (LetterState.WAITING, LetterState.HANDED)
    Letter.objects.filter(slot__lt=now - _KEPT).exclude(state__in=under_way).delete()
    stuck = Letter.objects.filter(state=LetterState.HANDED, tried_at__lt=now - _UNKNOWN_AFTER)
    for key in stuck.values_list("id", flat=True):
        with transaction.atomic():
            if _moved(key, LetterState.HANDED, LetterState.UNKNOWN):
                Notice.objects.filter(letter_id=key).update(letter_id=None)


# ---- sending ----------------------------------------------------------------------------------------------------


def _send_waiting(now: datetime) -> int:
    pausing = Q(tried_at=None) | Q(tried_at__lt=now - _AGAIN_AFTER)
    waiting = list(Letter.objects.filter(pausing, state=LetterState.WAITING).order_by("slot", "id")[:_MOST])
    if not waiting:
        return 0
    sent = 0
    try:
        with mailing.post() as send:
            for letter in waiting:
                sent += _hand_over(letter, send, now)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("mail", extra={"event": "mail_not_sent", "code": type(error).__name__})
    return sent


def _hand_over(letter: Letter, send: mailing.Send, now: datetime) -> bool:
    """Hand one letter to the mail server, if nobody else does. Returns whether it took it."""
    if not _moved(letter.id, LetterState.WAITING, LetterState.HANDED, tried_at=now):
        return False
    count = Notice.objects.filter(letter_id=letter.id, read_at=None).count()
    found = mailing.address_of(letter.account_id)
    if not count or found is None:
        _moved(letter.id, LetterState.HANDED, LetterState.VOID)
        return False
    try:
        send(letter.id, *found, count)
    except (mailing.RefusedForGood, mailing.RefusedForNow) as error:
        good = isinstance(error, mailing.RefusedForGood)
        _moved(letter.id, LetterState.HANDED, LetterState.REFUSED if good else LetterState.WAITING)
        log.warning("mail", extra={"event": "mail_not_sent", "code": type(error).__name__})
        return False
    _moved(letter.id, LetterState.HANDED, LetterState.SENT)
    return True


def _moved(key: UUID, before: LetterState, after: LetterState, **more: datetime) -> bool:
    """Move a letter on from the state in which it must be. Returns whether it was in it."""
    return bool(Letter.objects.filter(pk=key, state=before).update(state=after, **more))
