"""The medical window of a report: how long help is still in time, drawn and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.intake import rules
from amparo.intake.models import Report
from amparo.intake.rules import Known, Window
from amparo.intake.words import Medical, State
from amparo.kernel import clock
from amparo.staff import queries as staff
from amparo.web import formats
from amparo.web.drawing import WindowBar, medical_window

MEDICAL_OPEN = (Medical.NEEDED, Medical.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Desk:
    """What every page of reports needs to know once: the hour, the limits, the days."""

    now: datetime
    limits: tuple[int, int]
    acknowledge_days: int
    screening_days: int
    zone: ZoneInfo
    years: Mapping[str, int]

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()


def desk_now() -> Desk:
    """Read the settings once for a page. Cost: five queries."""
    return Desk(
        now=clock.now(),
        limits=(staff.medical_window_hours(), staff.medical_last_hours()),
        acknowledge_days=staff.acknowledge_days(),
        screening_days=staff.screening_days(),
        zone=ZoneInfo(timezone.get_current_timezone_name()),
        years=staff.report_retention(),
    )


def kept_until(row: Report, desk: Desk) -> date | None:
    """Until when a report is kept that became no case."""
    decided_on = row.decided_at.astimezone(desk.zone).date() if row.decided_at else None
    return rules.kept_until(State(row.state), decided_on, desk.years)


def window_of(report: Report, desk: Desk) -> Window | None:
    """The medical window of a report, None where nobody knows when it happened."""
    known = Known(report.incident_known)
    return rules.medical_window(report.incident_at, known, report.incident_about, desk.limits)


def is_open_window(report: Report, window: Window | None, desk: Desk) -> bool:
    """Whether help within the window is still in time and still needed."""
    return window is not None and report.medical in MEDICAL_OPEN and not window.is_over(desk.now)


def bar(window: Window, desk: Desk) -> WindowBar:
    """The window as it is drawn."""
    return medical_window(window.since, desk.now, limits=desk.limits, rtl=formats.is_rtl())


def window_words(window: Window, desk: Desk) -> str:
    """How long is left, and the clock time at which it ends."""
    if window.is_first_over(desk.now):
        end = _until(window.last_at, desk)
        return _("The first %(hours)s hours are over. Emergency contraception and samples until %(end)s.") % {
            "hours": desk.limits[0], "end": end,
        }  # fmt: skip
    left = formats.duration(window.left(desk.now))
    return _("%(left)s left: until %(end)s.") % {"left": left, "end": _until(window.ends_at, desk)}


def _until(moment: datetime, desk: Desk) -> str:
    """A moment with its time of the day, however far off."""
    local = moment.astimezone(desk.zone)
    if abs((local.date() - desk.today).days) <= 1:
        return formats.when(moment, desk.now, desk.zone)
    day = formats.near_day(local.date(), desk.today)
    return _("%(day)s, %(time)s") % {"day": day, "time": formats.clock(local)}
