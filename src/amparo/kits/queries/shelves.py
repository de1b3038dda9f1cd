"""The stock: how many kits each facility has, what expires, and each kit that is about nobody yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel.errors import NotFound
from amparo.kits.models import Kit
from amparo.kits.queries.alarms import page_url
from amparo.kits.queries.boards import crumbs
from amparo.kits.queries.reach import MANAGE, STOCK, facility_names, limits, load_stock, today
from amparo.kits.rules import alarms
from amparo.kits.words import ALARM_LABELS, BOX_LABELS, DISCARD_LABELS, Alarm, BoxState
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import Button, Code, Crumb, Empty, Fact, Listing, Name, Part, Row, Section, Sheet, Tag

PAGE = 50
_THERE = (BoxState.ON_THE_WAY, BoxState.AT_FACILITY)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The stock of one facility. Widths are percentages of the fullest shelf."""

    name: str
    url: str
    here: int
    expiring: int
    expired: int
    coming: int
    first: str
    width: float
    expiring_width: float
    current: bool

    @property
    def start(self) -> float:
        """Where the bar begins when it grows from the right."""
        return round(100 - self.width, 2)

    @property
    def expiring_start(self) -> float:
        return round(100 - self.expiring_width, 2)


@dataclass(frozen=True, slots=True)
class Stock:
    listing: Listing
    shelves: tuple[Shelf, ...]


def stock(actor: Actor, facility: str = "", after: str = "") -> Stock:
    """The stock of the office's facilities. Raises NotFound for who has nothing to do with it.

    Cost: about a dozen queries for any number of kits.
    """
    if not policy.has(actor, STOCK):
        raise NotFound(permission=STOCK)
    rows = policy.visible(actor, STOCK, Kit.objects.filter(state__in=_THERE))
    shelves = _shelves(rows, facility)
    chosen = rows.filter(facility_id=facility) if facility else rows
    return Stock(_listing(actor, chosen, facility, after, shelves), shelves)


def _shelves(rows: QuerySet[Kit], facility: str) -> tuple[Shelf, ...]:
    now = today()
    soon = now + timedelta(days=limits().expiry)
    here = Q(state=BoxState.AT_FACILITY)
    counted = list(
        rows.order_by()
        .values("facility_id")
        .annotate(
            here=Count("id", filter=here),
            coming=Count("id", filter=~here),
            expired=Count("id", filter=here & Q(expires_on__lt=now)),
            expiring=Count("id", filter=here & Q(expires_on__lte=soon)),
            first=Min("expires_on", filter=here),
        )
    )
    names = facility_names([line["facility_id"] for line in counted])
    top = max((line["here"] for line in counted), default=0) or 1
    shelves = [
        Shelf(
            name=names.get(line["facility_id"], ""),
            url=f"{reverse('kits:stock')}?facility={line['facility_id']}#list",
            here=line["here"],
            expiring=line["expiring"] - line["expired"],
            expired=line["expired"],
            coming=line["coming"],
            first=formats.day(line["first"]) if line["first"] else "",
            width=round(100 * line["here"] / top, 2),
            expiring_width=round(100 * line["expiring"] / top, 2),
            current=str(line["facility_id"]) == facility,
        )
        for line in counted
    ]
    return tuple(sorted(shelves, key=lambda shelf: shelf.name.casefold()))


def _listing(actor: Actor, rows: QuerySet[Kit], facility: str, after: str, shelves: tuple[Shelf, ...]) -> Listing:
    wanted = rows
    cut = _cut(after)
    if cut is not None:
        wanted = wanted.filter(Q(expires_on__gt=cut[0]) | Q(expires_on=cut[0], id__gt=cut[1]))
    found = list(wanted.order_by("expires_on", "id")[: PAGE + 1])
    shown = found[:PAGE]
    url, more = reverse("kits:stock"), f"facility={facility}&" if facility else ""
    last = shown[-1] if shown else None
    may = policy.has(actor, MANAGE)
    register = Button(_("Register kits"), reverse("kits:send"), key="n")
    return Listing(
        title=_("Kits in stock"),
        crumbs=crumbs(),
        lede_bold=_lede(shelves),
        buttons=(register,) if may else (),
        rows=_rows(shown),
        empty=Empty(_("No kit is in stock."), _("Register kits") if may else "", reverse("kits:send") if may else ""),
        next_url=f"?{more}after={last.expires_on}_{last.id}" if last and len(found) > PAGE else "",
        previous_url=f"{url}?{more}" if after else "",
    )


def _cut(after: str) -> tuple[date, UUID] | None:
    day, _between, key = after.partition("_")
    try:
        return date.fromisoformat(day), UUID(key)
    except ValueError:
        return None


def _lede(shelves: tuple[Shelf, ...]) -> str:
    here, bad = sum(shelf.here for shelf in shelves), sum(shelf.expiring + shelf.expired for shelf in shelves)
    empty = sum(1 for shelf in shelves if not shelf.here)
    said = [ngettext("%(count)s kit in stock.", "%(count)s kits in stock.", here) % {"count": here}]
    if bad:
        said.append(ngettext("%(count)s expires soon.", "%(count)s expire soon.", bad) % {"count": bad})
    if empty:
        said.append(
            ngettext("%(count)s facility has none.", "%(count)s facilities have none.", empty) % {"count": empty}
        )
    return " ".join(said)


def _rows(kits: list[Kit]) -> tuple[Row, ...]:
    opened = sealing.open_rows(kits, "serial", "lot")
    names = facility_names([kit.facility_id for kit in kits])
    allowed, now = limits(), today()
    rows = []
    for kit, words in zip(kits, opened, strict=True):
        raised = alarms.of_stock(kit.expires_on, allowed, now)
        meta: list[Part] = [Name(names.get(kit.facility_id, "")), "·", Code(words.text("serial"))]
        rows.append(
            Row(
                title=Code(kit.code),
                when=formats.near_day(kit.expires_on, now),
                when_tone="late" if raised and raised.alarm is Alarm.EXPIRED else "soon" if raised else "",
                meta=tuple(meta),
                url=page_url(kit.id),
                tag=_tag(kit, raised),
            )
        )
    return tuple(rows)


def _tag(kit: Kit, raised: alarms.Raised | None) -> Tag:
    if raised is not None and kit.state in _THERE:
        return Tag(ALARM_LABELS[raised.alarm], "danger" if raised.alarm is Alarm.EXPIRED else "warn")
    return Tag(BOX_LABELS[BoxState(kit.state)], "on" if kit.state == BoxState.AT_FACILITY else "")


def stock_page(actor: Actor, kit_id: UUID) -> Sheet:
    """A kit that is about nobody yet, or never was. Raises NotFound, also for one that was used. Cost: ten queries."""
    kit = load_stock(actor, STOCK, kit_id)
    if kit.state == BoxState.USED:
        raise NotFound(permission=STOCK)
    words = sealing.open_row(kit, "serial", "lot")
    raised = alarms.of_stock(kit.expires_on, limits(), today()) if kit.state in _THERE else None
    names = facility_names([kit.facility_id])
    facts = [
        Fact(_("Facility"), Name(names.get(kit.facility_id, ""))),
        Fact(_("Serial number"), Code(words.text("serial")), dir_auto=False),
        Fact(_("Lot"), Code(words.text("lot") or "–"), dir_auto=False),
        Fact(_("Good until"), formats.day(kit.expires_on)),
        Fact(_("Sent to the facility"), formats.day(kit.sent_on)),
    ]
    if kit.received_on is not None:
        facts.append(Fact(_("Reached it"), formats.day(kit.received_on)))
    if kit.state == BoxState.DISCARDED and kit.ended_on is not None:
        facts.append(Fact(_("Discarded"), (formats.day(kit.ended_on), DISCARD_LABELS[kit.discard])))
    return Sheet(
        title=_("An unused kit"),
        crumbs=(*crumbs(), Crumb(_("Stock"), reverse("kits:stock"))),
        code=Code(kit.code),
        tags=(_tag(kit, raised),),
        lede_bold=str(BOX_LABELS[BoxState(kit.state)]),
        buttons=_acts(actor, kit),
        sections=(Section(_("About the kit"), id="about", facts=tuple(facts)),),
    )


def _acts(actor: Actor, kit: Kit) -> tuple[Button, ...]:
    found = [Button(_("Print the label"), reverse("kits:label", args=[kit.id]), "quiet")]
    if policy.decide(actor, MANAGE, policy.subject_of(kit)).allowed and kit.state in _THERE:
        if kit.state == BoxState.ON_THE_WAY:
            found.insert(0, Button(_("It has arrived"), reverse("kits:receive", args=[kit.id]), post=True))
        found.append(Button(_("Discard it"), reverse("kits:discard", args=[kit.id]), "quiet"))
    return tuple(found)
