"""The board: how many kits are where, how many of them need somebody, and each of them in a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.queries import CaseHead
from amparo.kernel.errors import NotFound
from amparo.kits.models import UsedKit
from amparo.kits.queries.alarms import any_of, conditions, page_url
from amparo.kits.queries.reach import (
    COUNT,
    REQUEST,
    SEE,
    STOCK,
    days_of,
    facility_names,
    limits,
    today,
)
from amparo.kits.rules import alarms
from amparo.kits.rules.alarms import Limits
from amparo.kits.words import ALARM_LABELS, ENDED, SHORT_LABELS, STATE_LABELS, Alarm, State
from amparo.web import formats
from amparo.web.sheets import Button, Code, Crumb, Empty, Listing, Name, Part, Row, Tag, Tone

PAGE = 50


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader asked the board for."""

    state: str = ""
    facility: str = ""
    alarm: bool = False

    @property
    def is_any(self) -> bool:
        return bool(self.state or self.facility or self.alarm)

    def query(self, **more: str) -> str:
        values = {"state": self.state, "facility": self.facility, "alarm": "on" if self.alarm else ""} | more
        return urlencode({name: value for name, value in values.items() if value})


@dataclass(frozen=True, slots=True)
class Station:
    """One line of the drawing: a state, how many kits are there, and how many of them need somebody."""

    label: str
    url: str
    count: int
    late: int
    width: float
    late_width: float
    current: bool

    @property
    def start(self) -> float:
        """Where the bar begins when it grows from the right."""
        return round(100 - self.width, 2)

    @property
    def late_start(self) -> float:
        return round(100 - self.late_width, 2)


@dataclass(frozen=True, slots=True)
class Board:
    """The board as its page shows it. `facilities` are choices of the filter."""

    listing: Listing
    stations: tuple[Station, ...]
    whole: int
    facilities: tuple[tuple[str, str], ...]
    counts_only: bool


def crumbs() -> tuple[Crumb, ...]:
    return (Crumb(_("Kits"), reverse("kits:board")),)


def may_work(actor: Actor) -> bool:
    """Whether kits are part of somebody's work: for menus."""
    return any(policy.has(actor, permission) for permission in (SEE, COUNT, STOCK))


def board(actor: Actor, chosen: Chosen, after: UUID | None = None) -> Board:
    """Used kits by state, and those that were asked for. Raises NotFound for who has nothing to do with kits.

    Cost: about a dozen queries for any number of kits.
    """
    if not may_work(actor):
        raise NotFound(permission=SEE)
    allowed, now = limits(), today()
    lists = policy.has(actor, SEE)
    all_kits = policy.visible(actor, SEE if lists else COUNT, UsedKit.objects.all())
    facilities = _facilities(all_kits)
    here = all_kits.filter(facility_id=chosen.facility) if chosen.facility in dict(facilities) else all_kits
    stations = _stations(here, chosen, allowed, now)
    listing = _listing(actor, here, chosen, after, allowed, now) if lists else _counts(actor, stations)
    return Board(listing, stations, sum(one.count for one in stations), facilities, not lists)


def _facilities(rows: QuerySet[UsedKit]) -> tuple[tuple[str, str], ...]:
    ids = list(rows.order_by().values_list("facility_id", flat=True).distinct())
    names = facility_names(ids)
    return tuple(sorted(((str(key), names.get(key, "")) for key in ids), key=lambda pair: pair[1].casefold()))


def _stations(rows: QuerySet[UsedKit], chosen: Chosen, allowed: Limits, now: date) -> tuple[Station, ...]:
    late = any_of(conditions(allowed, now))
    counted = rows.order_by().values("state").annotate(count=Count("id"), late=Count("id", filter=late))
    found = {line["state"]: (line["count"], line["late"]) for line in counted}
    top = max((count for count, _late in found.values()), default=0) or 1
    stations = []
    for state in State:
        count, pressing = found.get(state, (0, 0))
        stations.append(
            Station(
                label=str(STATE_LABELS[state]),
                url=f"{reverse('kits:board')}?{chosen.query(state=state.value)}#list",
                count=count,
                late=pressing,
                width=round(100 * count / top, 2),
                late_width=round(100 * pressing / top, 2),
                current=chosen.state == state,
            )
        )
    return tuple(stations)


def _buttons(actor: Actor) -> tuple[Button, ...]:
    found = []
    if policy.has(actor, STOCK):
        found.append(Button(_("Stock"), reverse("kits:stock"), "quiet"))
    if policy.has(actor, REQUEST) or policy.has(actor, COUNT):
        found.append(Button(_("Laboratories"), reverse("kits:laboratories"), "quiet"))
    return tuple(found)


def _lede(stations: Sequence[Station]) -> tuple[str, str]:
    """The sentence of the page: how many need somebody, and how many there are."""
    whole, late = sum(one.count for one in stations), sum(one.late for one in stations)
    if not whole:
        return "", _("No kit has been used yet.")
    needs = ngettext("%(count)s kit needs somebody.", "%(count)s kits need somebody.", late) % {"count": late}
    every = ngettext("%(count)s used kit in all.", "%(count)s used kits in all.", whole) % {"count": whole}
    return (needs if late else _("No kit is late.")), every


def _counts(actor: Actor, stations: Sequence[Station]) -> Listing:
    bold, lede = _lede(stations)
    return Listing(
        title=_("Examination kits"),
        lede_bold=bold,
        lede=lede,
        buttons=_buttons(actor),
        empty=Empty(_("You see how many there are. Each kit is for those who work on its case.")),
    )


def _listing(
    actor: Actor, rows: QuerySet[UsedKit], chosen: Chosen, after: UUID | None, allowed: Limits, now: date
) -> Listing:
    late = any_of(conditions(allowed, now))
    bold, lede = _lede(_stations(rows, Chosen(), allowed, now)) if not chosen.is_any else ("", "")
    wanted = rows
    if chosen.state:
        wanted = wanted.filter(state=chosen.state)
    if chosen.alarm:
        wanted = wanted.filter(late)
    if after is not None:
        wanted = wanted.filter(id__lt=after)
    found = list(wanted.order_by("-id")[: PAGE + 1])
    shown = found[:PAGE]
    url = reverse("kits:board")
    return Listing(
        title=_("Examination kits"),
        lede_bold=bold,
        lede=lede,
        buttons=_buttons(actor),
        rows=lines(actor, shown, allowed, now),
        empty=Empty(_("There is no kit of this kind that you can see."), _("Show all"), url),
        next_url=f"?{chosen.query(after=str(shown[-1].id))}" if len(found) > PAGE else "",
        previous_url=f"{url}?{chosen.query()}" if after is not None else "",
    )


def lines(
    actor: Actor, kits: Sequence[UsedKit], allowed: Limits, now: date, *, with_case: bool = True
) -> tuple[Row, ...]:
    """Used kits as lines of a list, for who may see them. Cost: about nine queries for any number."""
    heads = cases.heads(actor, {kit.case_id for kit in kits}) if with_case else {}
    names = facility_names([key for kit in kits for key in (kit.facility_id, kit.laboratory_id)])
    return tuple(_line(kit, heads, names, allowed, now) for kit in kits)


def _line(kit: UsedKit, heads: Mapping[UUID, CaseHead], names: Mapping[UUID, str], allowed: Limits, now: date) -> Row:
    raised = alarms.of_kit(days_of(kit), allowed, now)
    head = heads.get(kit.case_id)
    meta: list[Part] = [Name(names.get(kit.facility_id, ""))]
    if head is not None:
        meta += ["·", Code(head.code, reverse("desk:case", args=[head.id]))]
    return Row(
        title=Code(kit.code),
        when=formats.near_day(kit.since_on, now),
        meta=tuple(meta),
        lines=tuple(_alarm_said(one, now) for one in raised),
        url=page_url(kit.kit_id),
        tag=Tag(SHORT_LABELS[State(kit.state)], tone_of(State(kit.state), raised)),
    )


def _alarm_said(one: alarms.Raised, now: date) -> str:
    return _("%(alarm)s: %(day)s") % {"alarm": ALARM_LABELS[one.alarm], "day": formats.near_day(one.due_on, now)}


def tone_of(state: State, raised: Sequence[alarms.Raised]) -> Tone:
    """How pressing a state is shown."""
    grave = {Alarm.NOT_PICKED_UP, Alarm.NOT_SENT, Alarm.NO_RESULT, Alarm.ENDS_BEFORE_LIMITATION}
    if any(one.alarm in grave for one in raised):
        return "danger"
    if raised:
        return "warn"
    return "" if state in ENDED else "on"
