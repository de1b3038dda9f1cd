"""Letters that say nothing: that something waits in Amparo, and not what, where or about whom."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from amparo.access.models import Account
from amparo.kernel import ids
from amparo.vault import sealing

log = logging.getLogger("amparo.access")

Send = Callable[[UUID, str, str, int], None]


class RefusedForGood(Exception):
    """The mail server took the letter for none that it will ever take."""


class RefusedForNow(Exception):
    """The mail server did not take the letter, and may take it later."""


def address_of(account_id: UUID) -> tuple[str, str] | None:
    """Address and language of somebody who asked for letters; None where there is nobody to write to."""
    account = Account.objects.filter(pk=account_id, is_active=True, mail_notices=True).first()
    if account is None:
        return None
    address = sealing.open_row(account, "contact").text("contact")
    return (address, account.language) if "@" in address else None


def tell(account_id: UUID) -> None:
    """Write to somebody who asked for it that something waits; after the commit, and never in its way.

    Where letters have their hours, nothing: `commands.send_letters` writes them then.
    """
    if not settings.EMAIL_HOST or settings.MAIL_HOURS:
        return
    found = address_of(account_id)
    if found is None:
        return
    try:
        with post() as send:
            send(ids.new_id(), *found, 1)
    except (OSError, smtplib.SMTPException, RefusedForGood, RefusedForNow) as error:
        log.warning("mail", extra={"event": "mail_not_sent", "code": type(error).__name__})


@contextmanager
def post() -> Iterator[Send]:
    """Open the line to the mail server, over which letters go by number, address, language and count of notices.

    Raises OSError or smtplib.SMTPException where there is none: then nothing was handed over. Of a letter raises
    RefusedForGood and RefusedForNow; anything else leaves unknown whether it was taken.
    """
    connection = get_connection()
    connection.open()

    def send(number: UUID, address: str, language: str, count: int) -> None:
        message = _message(number, address, language, count)
        message.connection = connection
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as error:
            raise _refused(max(code for code, _text in error.recipients.values())) from error
        except smtplib.SMTPResponseException as error:
            raise _refused(error.smtp_code) from error

    try:
        yield send
    finally:
        connection.close()


def _refused(code: int) -> Exception:
    # Source: RFC 5321, 4.2.1: a code from 500 on says that trying again as it is will not help.
    return RefusedForGood() if code >= 500 else RefusedForNow()


def _message(number: UUID, address: str, language: str, count: int) -> EmailMessage:
    with override(language):
        subject = _("Something waits for you")
        waits = ngettext("One notice waits for you.", "%(count)d notices wait for you.", count) % {"count": count}
        text = f"{waits} {_('Please look at your page when you can.')}"
    sender = settings.DEFAULT_FROM_EMAIL
    # Of our own: the framework's would name this machine.
    headers = {"Message-ID": f"<{number}@{sender.rpartition('@')[2]}>"}
    return EmailMessage(subject, text, sender, [address], headers=headers)
