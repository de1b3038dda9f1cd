"""Names of colleagues."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access.actors import REPORT_SITE_ID
from amparo.access.models import Account
from amparo.kernel.recall import recall
from amparo.vault import sealing
from amparo.vault.prepared import IDS, Prepared


def names_of(account_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of colleagues by account; who works here is known to all who work here. Cost: two queries at most."""
    return recall("names", account_ids, _names)


_ACCOUNTS = Prepared(lambda account_ids: Account.objects.filter(pk__in=account_ids), IDS)


def _names(account_ids: set[UUID]) -> dict[UUID, str]:
    rows = _ACCOUNTS.rows(account_ids)
    names = {row.pk: opened.text("name") for row, opened in zip(rows, sealing.open_rows(rows, "name"), strict=True)}
    return names | ({REPORT_SITE_ID: _("The reporting site")} if REPORT_SITE_ID in account_ids else {})
