"""Kits that need somebody: as conditions of the database, and as things that are due."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.asking import OfReader
from amparo.cases import queries as cases
from amparo.cases.moments import Due
from amparo.kits.models import Kit, LabRequest, UsedKit
from amparo.kits.queries.reach import ASK, GIVE, MANAGE, days_of, facility_names, limits, today
from amparo.kits.rules import alarms
from amparo.kits.rules.alarms import Limits
from amparo.kits.words import (
    ALARM_LABELS,
    AT_LABORATORY,
    ENDED,
    Alarm,
    BoxState,
    RequestState,
    State,
)
from amparo.vault.prepared import DAY
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.sheets import Code, Name, Part, Urgency

MOST = 100
WAITING_REQUESTS = (RequestState.SUBMITTED, RequestState.RECEIVED, RequestState.IN_ANALYSIS)


def conditions(allowed: Limits, on: date) -> dict[Alarm, Q]:
    """What `rules.alarms.of_kit` says, as conditions over used kits; a test holds the two together."""
    return _conditions(*_edges(allowed, on))


def _edges(allowed: Limits, on: date) -> tuple[date, date, date, date]:
    """The days before which a report, a sending and a result are late, and up to which a keeping ends soon."""
    picked_up, sent, result = (on - timedelta(days=days) for days in (allowed.picked_up, allowed.sent, allowed.result))
    return picked_up, sent, result, on + timedelta(days=allowed.ending)


def _conditions(picked_up: date, sent: date, result: date, ending: date) -> dict[Alarm, Q]:
    open_still = ~Q(state__in=ENDED)
    return {
        Alarm.NOT_PICKED_UP: Q(state=State.REPORTED, reported_on__lt=picked_up),
        Alarm.NOT_SENT: Q(state__in=(State.PICKED_UP, State.STORED), sent_on=None, reported_on__lt=sent),
        Alarm.NO_RESULT: Q(state__in=AT_LABORATORY, sent_on__lt=result),
        Alarm.KEEPING_ENDS: open_still & Q(until__lte=ending),
        Alarm.ENDS_BEFORE_LIMITATION: open_still & Q(until__lt=F("limitation_on")),
    }


def any_of(found: dict[Alarm, Q]) -> Q:
    """Kits with at least one alarm."""
    either = Q(pk__in=[])
    for one in found.values():
        either |= one
    return either


# ---- for the desk ----------------------------------------------------------------------------------------------


_LATE = OfReader(
    GIVE,
    UsedKit,
    lambda rows, *edges: rows.filter(any_of(_conditions(*edges))).order_by("id")[:MOST],
    DAY,
    DAY,
    DAY,
    DAY,
)
_LATE_REQUESTS = OfReader(
    ASK,
    LabRequest,
    lambda rows, late: rows.filter(state__in=WAITING_REQUESTS, used=None, submitted_on__lt=late).order_by(
        "submitted_on", "id"
    )[:MOST],
    DAY,
)


def due_for(actor: Actor, until: date) -> list[Due]:
    """Kits that are late, or will be by `until`, for who can do something about them. Cost: about nine queries."""
    found: list[Due] = []
    if policy.has(actor, GIVE):
        allowed = limits()
        found += [*_kits_due(actor, until, allowed), *_requests_due(actor, until, allowed)]
    if policy.has(actor, MANAGE):
        found += _stock_due(actor, until, limits())
    return found


def _kits_due(actor: Actor, until: date, allowed: Limits) -> list[Due]:
    kits = _LATE.rows(actor, *_edges(allowed, until))
    heads = cases.heads(actor, {kit.case_id for kit in kits})
    now = today()
    found = []
    for kit in kits:
        for raised in alarms.of_kit(days_of(kit), allowed, until)[:1]:
            head = heads.get(kit.case_id)
            found.append(
                Due(
                    due_on=raised.due_on,
                    title=(Code(kit.code), ALARM_LABELS[raised.alarm]),
                    meta=Code(head.code) if head else "",
                    url=page_url(kit.kit_id),
                    action_label=_("See the kit"),
                    urgency=_urgency(raised.due_on, now),
                    case_id=kit.case_id,
                )
            )
    return found


def page_url(kit_id: UUID) -> str:
    return reverse("kits:kit", args=[kit_id])


def _urgency(due: date, now: date) -> Urgency:
    return "late" if due <= now else "soon"


def _requests_due(actor: Actor, until: date, allowed: Limits) -> list[Due]:
    """Requests without a kit: those with one are late with it."""
    now = today()
    found = []
    for row in _LATE_REQUESTS.rows(actor, until - timedelta(days=allowed.result)):
        due = (row.submitted_on or now) + timedelta(days=allowed.result)
        found.append(
            Due(
                due_on=due,
                title=(Code(row.code), ALARM_LABELS[Alarm.NO_RESULT]),
                meta=_("Request to a laboratory"),
                url=reverse("kits:request", args=[row.id]),
                action_label=_("See the request"),
                urgency=_urgency(due, now),
                case_id=row.case_id,
            )
        )
    return found


def _stock_due(actor: Actor, until: date, allowed: Limits) -> list[Due]:
    """One line for each facility whose kits expire."""
    soon = until + timedelta(days=allowed.expiry)
    rows = policy.visible(actor, MANAGE, Kit.objects.filter(state=BoxState.AT_FACILITY, expires_on__lte=soon))
    counted = list(rows.values("facility_id").annotate(count=Count("id"), first=Min("expires_on")).order_by("first"))
    names = facility_names([line["facility_id"] for line in counted])
    now = today()
    return [
        Due(
            due_on=line["first"],
            title=_expiring(line["count"], line["first"], now),
            meta=Name(names.get(line["facility_id"], "")),
            url=reverse("kits:stock") + f"?facility={line['facility_id']}",
            action_label=_("See the stock"),
            urgency=_urgency(line["first"], now),
        )
        for line in counted
    ]


def _expiring(count: int, first: date, now: date) -> tuple[Part, ...]:
    if first < now:
        said = ngettext(
            "%(count)s kit in stock has expired or will", "%(count)s kits in stock have expired or will", count
        )
    else:
        said = ngettext("%(count)s kit in stock expires", "%(count)s kits in stock expire", count)
    day = _("the first on %(day)s") % {"day": formats.near_day(first, now)}
    return (said % {"count": count}, "·", day)


def waiting_for(actor: Actor) -> list[Due]:
    """Nothing of this room waits for one person alone."""
    return []
