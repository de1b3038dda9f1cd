"""Letters that say nothing: that something waits in Amparo, and not what, where or about whom."""

from __future__ import annotations

import logging
import smtplib
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override

from amparo.access.models import Account
from amparo.vault import sealing

log = logging.getLogger("amparo.access")


def tell(account_id: UUID) -> None:
    """Write to somebody who asked for it that something waits; after the commit, and never in its way."""
    if not settings.EMAIL_HOST:
        return
    account = Account.objects.filter(pk=account_id, is_active=True, mail_notices=True).first()
    if account is None:
        return
    address = sealing.open_row(account, "contact").text("contact")
    if "@" not in address:
        return
    with override(account.language):
        subject, text = _("Something waits for you"), _("Please look at your page when you can.")
    try:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [address])
    except (OSError, smtplib.SMTPException) as error:
        log.warning("mail", extra={"event": "mail_not_sent", "code": type(error).__name__})
