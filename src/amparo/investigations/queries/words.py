"""How the room says days, states and events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.queries import CaseHead
from amparo.investigations.models import OfficialContact, SuspectStatus
from amparo.investigations.words import (
    SOURCE_LABELS,
    STATUS_LABELS,
    Agency,
    OutcomeState,
    Status,
)
from amparo.kernel import clock
from amparo.kernel.dates import PartialDate
from amparo.web import formats
from amparo.web.sheets import (
    Crumb,
    Tone,
    Urgency,
)

if TYPE_CHECKING:
    pass


MOST = 200
# Today shows so many of a kind that wait; the next ones come up as these are decided.
AT_ONCE = 6
SOON_DAYS = 7
STATE_TONES: Mapping[str, Tone] = {
    OutcomeState.PROVISIONAL: "warn",
    OutcomeState.VERIFIED: "ok",
    OutcomeState.WITHDRAWN: "",
}
STATUS_TONES: Mapping[str, Tone] = {
    Status.SOUGHT: "warn",
    Status.ABSCONDED: "danger",
    Status.BAILED: "warn",
    Status.ARRESTED: "on",
    Status.RESTRAINED: "on",
    Status.CHARGED: "on",
    Status.CONVICTED: "on",
}
MARKED = {Status.IDENTIFIED, Status.ARRESTED, Status.RESTRAINED, Status.BAILED, Status.ABSCONDED}


def today() -> date:
    """The present day where the reader works."""
    return clock.now().astimezone(timezone.get_current_timezone()).date()


def crumbs(head: CaseHead) -> tuple[Crumb, ...]:
    return (
        Crumb(_("Cases"), reverse("cases:cases")),
        Crumb(head.code, reverse("desk:case", args=[head.id]), code=True),
    )


def room_crumbs(head: CaseHead) -> tuple[Crumb, ...]:
    return (*crumbs(head), Crumb(_("Investigation"), reverse("investigations:room", args=[head.id])))


def said_of(happened: str) -> str:
    return formats.partial_date(PartialDate.parse(happened))


def status_said(row: SuspectStatus) -> str:
    return _("%(date)s: %(status)s. Source: %(source)s.") % {
        "date": said_of(row.happened),
        "status": STATUS_LABELS[row.status],
        "source": SOURCE_LABELS[row.source],
    }


def urgency_of(due: date | None, now: date) -> Urgency:
    if due is None:
        return ""
    if due < now:
        return "late"
    return "soon" if due <= now + timedelta(days=SOON_DAYS) else ""


def due_said(due: date | None, now: date) -> str:
    if due is None:
        return _("no day")
    if due < now:
        late = (now - due).days
        return ngettext("%(count)s day late", "%(count)s days late", late) % {"count": late}
    return formats.near_day(due, now)


def first_met(actor: Actor, case_id: UUID, agency_kind: Agency) -> date | None:
    """The day of the first contact with an agency about a case, as far as the actor may know. Cost: one query."""
    rows = OfficialContact.objects.filter(case_id=case_id, agency_kind=agency_kind, withdraw_reason="")
    seen = cases.in_case(actor, "investigations:official:see", rows, case_id)
    return seen.order_by("on").values_list("on", flat=True).first()
