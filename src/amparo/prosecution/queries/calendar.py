"""Hearings by day, and the feed for calendar programs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_text
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar import Calendar, Event

from amparo.access import policy
from amparo.access.actors import Actor, actor_for
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.prosecution.models import (
    Feed,
    Hearing,
)
from amparo.prosecution.queries.file import FEED_PAST_DAYS, HEARING_SEE, MOST, today
from amparo.prosecution.words import (
    HEARING_LABELS,
    PURPOSE_LABELS,
    HearingState,
)
from amparo.web import formats

KEEP = "prosecution:feed:keep"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    time: str
    code: str
    purpose: str
    state: str
    url: str
    is_off: bool


@dataclass(frozen=True, slots=True)
class CalendarDay:
    number: int
    said: str
    is_today: bool
    is_inside: bool
    entries: tuple[CalendarEntry, ...]


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """A month or a week of hearings: as a grid of days, and as a list of the days on which something is."""

    title: str
    lede: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[CalendarDay, ...], ...]
    days: tuple[CalendarDay, ...]
    earlier_url: str
    later_url: str
    other_url: str
    other_label: str
    is_week: bool
    has_feeds: bool


def month(actor: Actor, year: int, number: int) -> CalendarPage:
    """The hearings of a month, in whole weeks. Cost: two queries."""
    first = date(year, number, 1)
    after = (first + timedelta(days=32)).replace(day=1)
    start = first - timedelta(days=first.weekday())
    end = after + timedelta(days=(7 - after.weekday()) % 7)
    before = first - timedelta(days=1)
    days = _days(actor, start, end, inside=(first, after))
    monday = _monday(today() if first <= today() < after else first)
    return CalendarPage(
        title=formats.month_and_year(first),
        lede=_count_said(days),
        weekdays=_weekdays(),
        weeks=tuple(tuple(days[at : at + 7]) for at in range(0, len(days), 7)),
        days=tuple(day for day in days if day.entries and day.is_inside),
        earlier_url=reverse("prosecution:month", args=[before.year, before.month]),
        later_url=reverse("prosecution:month", args=[after.year, after.month]),
        other_url=reverse("prosecution:week", args=[monday.year, monday.month, monday.day]),
        other_label=_("Week"),
        is_week=False,
        has_feeds=policy.has(actor, KEEP),
    )


def week(actor: Actor, day: date) -> CalendarPage:
    """The hearings of the week that a day lies in. Cost: two queries."""
    start = _monday(day)
    end = start + timedelta(days=7)
    days = _days(actor, start, end, inside=(start, end))
    before = start - timedelta(days=7)
    return CalendarPage(
        title=_("Week of %(day)s") % {"day": formats.day(start)},
        lede=_count_said(days),
        weekdays=_weekdays(),
        weeks=(tuple(days),),
        days=tuple(day for day in days if day.entries),
        earlier_url=reverse("prosecution:week", args=[before.year, before.month, before.day]),
        later_url=reverse("prosecution:week", args=[end.year, end.month, end.day]),
        other_url=reverse("prosecution:month", args=[day.year, day.month]),
        other_label=_("Month"),
        is_week=True,
        has_feeds=policy.has(actor, KEEP),
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weekdays() -> tuple[str, ...]:
    monday = date(2024, 1, 1)
    return tuple(date_text(datetime.combine(monday + timedelta(days=at), time(12)), "D") for at in range(7))


def _count_said(days: Sequence[CalendarDay]) -> str:
    count = sum(1 for day in days if day.is_inside for entry in day.entries if not entry.is_off)
    if not count:
        return _("No hearing is listed.")
    return ngettext("%(count)s hearing.", "%(count)s hearings.", count) % {"count": count}


def _days(actor: Actor, start: date, end: date, *, inside: tuple[date, date]) -> list[CalendarDay]:
    tz = timezone.get_current_timezone()
    rows = (
        policy.visible(actor, HEARING_SEE, Hearing.objects.all())
        .filter(
            listed_at__gte=datetime.combine(start, time(), tzinfo=tz),
            listed_at__lt=datetime.combine(end, time(), tzinfo=tz),
        )
        .select_related("case")
        .order_by("listed_at", "id")
    )
    by_day: dict[date, list[CalendarEntry]] = {}
    for row in rows:
        local = row.listed_at.astimezone(tz)
        by_day.setdefault(local.date(), []).append(
            CalendarEntry(
                time=formats.clock(local),
                code=row.case.code,
                purpose=str(PURPOSE_LABELS[row.purpose]),
                state=str(HEARING_LABELS[row.state]) if row.state != HearingState.LISTED else "",
                url=reverse("prosecution:hearing", args=[row.id]),
                is_off=row.state in (HearingState.ADJOURNED, HearingState.VACATED),
            )
        )
    now = today()
    count = (end - start).days
    return [
        CalendarDay(
            number=day.day,
            said=formats.weekday(day),
            is_today=day == now,
            is_inside=inside[0] <= day < inside[1],
            entries=tuple(by_day.get(day, ())),
        )
        for day in (start + timedelta(days=at) for at in range(count))
    ]


@dataclass(frozen=True, slots=True)
class FeedView:
    id: UUID
    made: str


def feeds(actor: Actor) -> list[FeedView]:
    """The reader's own calendar feeds that are alive. Raises Refused."""
    policy.check_new(actor, KEEP, policy.Subject(own=actor.account_id))
    rows = policy.visible(actor, KEEP, Feed.objects.filter(revoked_at=None)).order_by("-created_at")
    tz = timezone.get_current_timezone()
    return [FeedView(row.id, formats.moment(row.created_at, tz)) for row in rows[:20]]


def secret_hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def feed(secret: str) -> bytes:
    """The calendar behind a feed's secret: times and case codes, as its owner may see them at this moment.

    Raises NotFound for a secret that is unknown or ended, or whose owner works here no more.
    """
    row = Feed.objects.filter(secret_hash=secret_hash(secret), revoked_at=None).first()
    account = get_user_model().objects.filter(pk=row.account_id, is_active=True).first() if row else None
    if row is None or account is None:
        raise NotFound
    actor = actor_for(account)
    if not policy.has(actor, KEEP):
        raise NotFound
    since = clock.now() - timedelta(days=FEED_PAST_DAYS)
    rows = policy.visible(
        actor,
        HEARING_SEE,
        Hearing.objects.filter(state__in=[HearingState.LISTED, HearingState.HELD], listed_at__gte=since),
    )
    return _calendar(row.id, rows.select_related("case").order_by("listed_at", "id")[:MOST])


def _calendar(feed_id: UUID, rows: Iterable[Hearing]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Amparo//Hearings//EN")
    calendar.add("version", "2.0")
    for row in rows:
        event = Event()
        # Not the hearing's own id: two feeds side by side must not tell that they hold the same hearing.
        event.add("uid", hashlib.sha256(feed_id.bytes + row.id.bytes).hexdigest())
        event.add("dtstamp", row.updated_at.astimezone(UTC).replace(microsecond=0))
        event.add("dtstart", row.listed_at.astimezone(UTC))
        event.add("summary", row.case.code)
        calendar.add_component(event)
    body: bytes = calendar.to_ical()
    return body
