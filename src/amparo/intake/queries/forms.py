"""What forms about a report start with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.intake.queries.reading import incident_of
from amparo.intake.queries.reports import Named, loaded, people_of, record, sight_of, url_of
from amparo.kernel.words import Sight
from amparo.partners import queries as partners
from amparo.vault import sealing
from amparo.web.sheets import Crumb


def change_form(actor: Actor, report_id: UUID) -> tuple[int, dict[str, object]]:
    """The version and values of what may be changed."""
    row = loaded(actor, "intake:report:words", report_id)
    record(row)
    words = sealing.open_row(row, "danger_words", "summary", "place", "language", "safe_contact", "partner_name")
    zone = ZoneInfo(timezone.get_current_timezone_name())
    incident = incident_of(row, zone)
    return row.version, {
        "danger": row.danger,
        "medical": row.medical,
        "incident_when": "other" if incident else "",
        "incident_day": replace(incident.local_date(), about=False) if incident else None,
        "incident_time": incident.local().time() if incident and incident.precision == "exact" else None,
        "incident_about": row.incident_about,
        "district": row.district,
        "partner_id": str(row.partner_id) if row.partner_id else "",
        **{
            name: words.text(name)
            for name in ("danger_words", "summary", "place", "language", "safe_contact", "partner_name")
        },
    }


def partner_choices(actor: Actor, report_id: UUID) -> list[tuple[str, str]]:
    """Partners through whom it may have come, with the one that is written down even if nobody works with it now."""
    row = loaded(actor, "intake:report:words", report_id)
    found = partners.recipient_choices(actor)
    if row.partner_id is None or str(row.partner_id) in dict(found):
        return found
    return [*found, (str(row.partner_id), partners.agency_names([row.partner_id])[row.partner_id])]


@dataclass(frozen=True, slots=True)
class ReportHead:
    """What a form about a report starts with."""

    id: UUID
    code: str
    office_id: UUID
    received_on: date
    summary: str
    url: str
    named: tuple[Named, ...]
    anonymous: bool

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        return (Crumb(_("Reports"), reverse("intake:reports")), Crumb(self.code, self.url, code=True))


def head(actor: Actor, permission: str, report_id: UUID) -> ReportHead:
    """The head of a report to which the actor may do this. Raises NotFound, Refused."""
    row = loaded(actor, permission, report_id)
    summary = ""
    if sight_of(actor, row) >= Sight.PARTIAL:
        record(row)
        summary = sealing.open_row(row, "summary").text("summary")
    zone = ZoneInfo(access.office(row.office_id).time_zone)
    return ReportHead(
        id=row.id,
        code=row.code,
        office_id=row.office_id,
        received_on=row.received_at.astimezone(zone).date(),
        summary=summary,
        url=url_of(row.id),
        named=tuple(people_of(row.id)),
        anonymous=row.anonymous,
    )
