"""Lists: agencies, services for those who refer, officials, and the register of agreements."""

from __future__ import annotations

import functools
import operator
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.partners import rules
from amparo.partners.models import Agency, Agreement, Facility, Official, Unit
from amparo.partners.queries.choices import MOST, Choices, names_of, official_names, post_titles, posts_of
from amparo.partners.queries.places import districts_of
from amparo.partners.queries.releases import term_of
from amparo.partners.words import (
    ACCESS_LABELS,
    AGENCY_LABELS,
    AGREEMENT_LABELS,
    COST_LABELS,
    DATA_CLASS_LABELS,
    FACILITY_LABELS,
    LANGUAGE_LABELS,
    MOST_CHOICES,
    SERVICE_LABELS,
    STANDING_LABELS,
    STATE_LABELS,
    AgreementState,
    Cost,
    Labels,
    Standing,
    State,
)
from amparo.vault import sealing
from amparo.vault.sealing import Opened
from amparo.web import formats
from amparo.web.sheets import Button, Crumb, Empty, Listing, Name, Notice, Part, Row, Tag, Text, Tone, Urgency, dotted

PAGE = 50
# What a directory says about a place is asked again once a year at the latest.
STALE_DAYS = 365

STATE_TONES: Mapping[str, Tone] = {State.ACTIVE: "ok", State.SUSPENDED: "warn", State.CLOSED: ""}
STANDING_TONES: Mapping[str, Tone] = {
    Standing.LIVE: "ok",
    Standing.NOT_YET: "",
    Standing.PAST_REVIEW: "danger",
    Standing.ENDED: "",
}
D = TypeVar("D", Agency, Facility)


@dataclass(frozen=True, slots=True)
class AgencyFilter:
    """What of the directory is asked for; empty is everything. `district` is a token, never a name."""

    kind: str = ""
    district: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class ServiceFilter:
    service: str = ""
    district: str = ""
    language: str = ""
    access: str = ""
    free: bool = False
    night: bool = False


def crumbs() -> tuple[Crumb, ...]:
    return (Crumb(_("Partners"), reverse("partners:directory")),)


def said_of(labels: Labels, codes: Collection[str]) -> str:
    """Codes of a list as words, in the order of the list."""
    return _(", ").join(str(label) for code, label in labels.items() if code in codes)


def district_choices(actor: Actor, *, facilities: bool = False) -> Choices:
    """Districts that occur, by their tokens, as choices of a filter. Cost: three queries."""
    if facilities:
        found = districts_of(policy.visible(actor, "partners:facility:see", Facility.objects.all()))
    else:
        found = districts_of(policy.visible(actor, "partners:agency:see", Agency.objects.all()))
    return sorted(((str(token), name) for token, name in found.items()), key=lambda pair: pair[1].casefold())


def _in_district(rows: QuerySet[D], token: str) -> QuerySet[D]:
    return rows.filter(district_token=int(token)) if token.isdecimal() and len(token) < 15 else rows


def _beyond(rows: QuerySet[D], after: UUID | None) -> QuerySet[D]:
    if after is None:
        return rows
    # Looked up among what may be seen, so that the number of a hidden row answers like a wrong one.
    kind = rows.filter(pk=after).values_list("kind", flat=True).first()
    if kind is None:
        raise NotFound
    return rows.filter(Q(kind__gt=kind) | Q(kind=kind, id__gt=after))


def _url(name: str, asked: Mapping[str, str | bool], after: UUID | None = None) -> str:
    chosen = {key: value for key, value in asked.items() if value}
    if after is not None:
        chosen["after"] = str(after)
    return reverse(name) + (f"?{urlencode(chosen)}" if chosen else "")


# ---- agencies ----------------------------------------------------------------------------------------------


def directory(actor: Actor, asked: AgencyFilter, after: UUID | None = None) -> Listing:
    """Agencies by kind, a page at a time. Cost: six queries for any number."""
    rows = policy.visible(actor, "partners:agency:see", Agency.objects.all())
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.state:
        rows = rows.filter(state=asked.state)
    rows = _in_district(rows, asked.district)
    found = list(_beyond(rows, after).order_by("kind", "id")[: PAGE + 1])
    page = found[:PAGE]
    chosen = {"kind": asked.kind, "district": asked.district, "state": asked.state}
    return Listing(
        title=_("Partners"),
        lede=_("Who works on cases with us: agencies, where they are, who is in which post, what was agreed on."),
        buttons=_directory_buttons(actor),
        notices=_overdue(actor),
        rows=_agency_rows(page),
        empty=Empty(_("No agency is written down that fits.")),
        next_url=_url("partners:directory", chosen, page[-1].id) if len(found) > PAGE else "",
        previous_url=_url("partners:directory", chosen) if after is not None else "",
    )


def _directory_buttons(actor: Actor) -> tuple[Button, ...]:
    found = [
        Button(_("Find a service"), reverse("partners:services"), "quiet"),
        Button(_("Officials"), reverse("partners:officials"), "quiet"),
        Button(_("Agreements"), reverse("partners:agreements"), "quiet"),
        Button(_("What is missing where"), reverse("partners:gaps"), "quiet"),
    ]
    if policy.has(actor, "partners:agency:change"):
        found.insert(0, Button(_("Add an agency"), reverse("partners:add_agency"), key="n"))
    return tuple(found)


def _overdue(actor: Actor) -> tuple[Notice, ...]:
    old = Agreement.objects.filter(review_on__lt=clock.today(), state=AgreementState.SIGNED)
    late = policy.visible(actor, "partners:agreement:see", old).count()
    if not late:
        return ()
    said = ngettext(
        "%(count)s agreement is past its review and releases nothing.",
        "%(count)s agreements are past their review and release nothing.",
        late,
    ) % {"count": late}
    see = Button(_("See the agreements"), reverse("partners:agreements"), "quiet")
    return (Notice(said, "warn", action=see),)


def _agency_rows(rows: Sequence[Agency]) -> tuple[Row, ...]:
    keys = [row.id for row in rows]
    units = Counter(Unit.objects.filter(agency_id__in=keys, state=State.ACTIVE).values_list("agency_id", flat=True))
    places = Counter(
        Facility.objects.filter(agency_id__in=keys, state=State.ACTIVE).values_list("agency_id", flat=True)
    )
    stands = standings(keys)
    opened = sealing.open_rows(rows, "name", "district")
    return tuple(
        _agency_row(row, words, units[row.id], places[row.id], stands.get(row.id))
        for row, words in zip(rows, opened, strict=True)
    )


def standings(agency_ids: Collection[UUID]) -> dict[UUID, Standing]:
    """How the agreements of agencies stand today, the best of each. Cost: one query."""
    order = [Standing.ENDED, Standing.NOT_YET, Standing.PAST_REVIEW, Standing.LIVE]
    best: dict[UUID, Standing] = {}
    for row in Agreement.objects.filter(agency_id__in=list(agency_ids)):
        stand = rules.standing(term_of(row), clock.today())
        best[row.agency_id] = max(best.get(row.agency_id, stand), stand, key=order.index)
    return best


def _agency_row(row: Agency, words: Opened, units: int, places: int, stand: Standing | None) -> Row:
    meta: list[Part] = [str(AGENCY_LABELS[row.kind])]
    if words.text("district"):
        meta.append(Name(words.text("district")))
    if units:
        meta.append(ngettext("%(count)s unit", "%(count)s units", units) % {"count": units})
    if places:
        meta.append(ngettext("%(count)s facility", "%(count)s facilities", places) % {"count": places})
    return Row(
        title=Name(words.text("name")),
        url=reverse("partners:agency", args=[row.id]),
        meta=dotted(meta),
        tag=_agency_tag(row, stand),
    )


def _agency_tag(row: Agency, stand: Standing | None) -> Tag:
    if row.state != State.ACTIVE:
        return Tag(STATE_LABELS[row.state], STATE_TONES[row.state])
    if stand is None:
        return Tag(_("No agreement"))
    if stand is Standing.LIVE:
        return Tag(_("Agreement in force"), "ok")
    return Tag(_("Past its review"), "danger") if stand is Standing.PAST_REVIEW else Tag(STANDING_LABELS[stand])


# ---- services ----------------------------------------------------------------------------------------------


def _holding(column: str, code: str) -> Q:
    # A list inside a column can't be searched alike on both databases, but its places can.
    return functools.reduce(operator.or_, (Q(**{f"{column}__{place}": code}) for place in range(MOST_CHOICES)))


def services(actor: Actor, asked: ServiceFilter, after: UUID | None = None) -> Listing:
    """Active places by kind, for those who refer somebody. Cost: nine queries for any number."""
    rows = policy.visible(actor, "partners:facility:see", Facility.objects.filter(state=State.ACTIVE))
    for column, code in (("services", asked.service), ("languages", asked.language), ("access", asked.access)):
        if code:
            rows = rows.filter(_holding(column, code))
    if asked.free:
        rows = rows.filter(cost=Cost.FREE)
    if asked.night:
        rows = rows.filter(day_and_night=True)
    rows = _in_district(rows, asked.district)
    found = list(_beyond(rows, after).order_by("kind", "id")[: PAGE + 1])
    page = found[:PAGE]
    chosen = {
        "service": asked.service, "district": asked.district, "language": asked.language, "access": asked.access,
        "free": "on" if asked.free else "", "night": "on" if asked.night else "",
    }  # fmt: skip
    remark = _("Places with a protected address are in no district's list: look for them without a district.")
    return Listing(
        title=_("Find a service"),
        crumbs=crumbs(),
        lede=_("Look at the day on which it was checked before you send somebody there."),
        remark=remark if asked.district else "",
        rows=service_rows(page, with_agency=True),
        empty=Empty(_("No place is written down that fits. Ask for less, or look in another district.")),
        next_url=_url("partners:services", chosen, page[-1].id) if len(found) > PAGE else "",
        previous_url=_url("partners:services", chosen) if after is not None else "",
    )


def service_rows(rows: Sequence[Facility], *, with_agency: bool = False) -> tuple[Row, ...]:
    """Places on a few lines each: what they do, when, for whom, and how old this is. Cost: four queries."""
    agencies = names_of({row.agency_id for row in rows}) if with_agency else {}
    opened = sealing.open_rows(rows, "name", "hours", "contact")
    shown = [row for row in rows if row.level != Compartment.ADDRESS]
    where = zip(shown, sealing.open_rows(shown, "district"), strict=True)
    districts = {row.id: words.text("district") for row, words in where}
    return tuple(
        _service_row(row, words, districts.get(row.id), agencies.get(row.agency_id, ""))
        for row, words in zip(rows, opened, strict=True)
    )


def _service_row(row: Facility, words: Opened, district: str | None, agency: str) -> Row:
    meta: list[Part] = [str(FACILITY_LABELS[row.kind])]
    if agency:
        meta.append(Name(agency))
    if district is None:
        meta.append(_("Address protected"))
    elif district:
        meta.append(Name(district))
    if row.verified_on is not None and is_stale(row):
        meta.append(_("last checked %(day)s") % {"day": formats.near_day(row.verified_on, clock.today())})
    lines: list[Text] = [
        said_of(SERVICE_LABELS, row.services),
        dotted(_when_and_cost(row, words.text("hours"))),
        dotted(
            [part for part in (said_of(LANGUAGE_LABELS, row.languages), said_of(ACCESS_LABELS, row.access)) if part]
        ),
    ]
    return Row(
        title=Name(words.text("name")),
        url=reverse("partners:facility", args=[row.id]),
        meta=dotted(meta),
        lines=tuple(line for line in lines if line),
        tag=checked_tag(row),
    )


def _when_and_cost(row: Facility, hours: str) -> list[Part]:
    """What somebody typed stands by itself, so that the line runs as the reader's language does."""
    parts: list[Part] = [_("Day and night")] if row.day_and_night else []
    if hours:
        parts.append(Name(hours))
    return [*parts, cost_of(row)] if cost_of(row) else parts


def cost_of(row: Facility) -> str:
    return "" if row.cost == Cost.UNKNOWN else str(COST_LABELS[row.cost])


def hours_of(row: Facility, hours: str) -> str:
    return _(", ").join(part for part in (_("Day and night") if row.day_and_night else "", hours) if part)


def checked_tag(row: Agency | Facility) -> Tag:
    """When it was checked last, or that it is too long ago. What is not active says that instead."""
    if row.state != State.ACTIVE:
        return Tag(STATE_LABELS[row.state], STATE_TONES[row.state])
    if row.verified_on is None:
        return Tag(_("Never checked"), "warn")
    if is_stale(row):
        return Tag(_("Check again"), "warn")
    return Tag(_("Checked %(day)s") % {"day": formats.near_day(row.verified_on, clock.today())})


def is_stale(row: Agency | Facility) -> bool:
    """Whether nobody has checked for longer than a year, though somebody did once."""
    return row.verified_on is not None and (clock.today() - row.verified_on).days > STALE_DAYS


# ---- officials ---------------------------------------------------------------------------------------------


def officials(actor: Actor, after: UUID | None = None) -> Listing:
    """Officials with the posts that they hold, newest records first. Cost: about ten queries for any number."""
    rows = policy.visible(actor, "partners:official:see", Official.objects.all()).order_by("-id")
    if after is not None:
        rows = rows.filter(id__lt=after)
    found = list(rows[: PAGE + 1])
    may = policy.has(actor, "partners:official:change")
    add = reverse("partners:add_official")
    url = reverse("partners:officials")
    return Listing(
        title=_("Officials"),
        crumbs=crumbs() if policy.has(actor, "partners:agency:see") else (),
        lede=_("What people do in office: post, unit, period, professional contact. Nothing private or political."),
        buttons=(Button(_("Add an official"), add, key="n"),) if may else (),
        rows=official_rows(found[:PAGE]),
        empty=Empty(_("No official is written down."), _("Add an official") if may else "", add if may else ""),
        next_url=f"{url}?after={found[PAGE - 1].id}" if len(found) > PAGE else "",
        previous_url=url if after is not None else "",
    )


def official_rows(rows: Sequence[Official]) -> tuple[Row, ...]:
    names = official_names(rows)
    posts = posts_of(rows)
    titles = post_titles(posts)
    today = clock.today()
    held: dict[UUID, list[str]] = {}
    for post in posts:
        if rules.is_held(post.from_on, post.until_on, today):
            held.setdefault(post.official_id, []).append(titles[post.id])
    return tuple(
        Row(
            title=Name(names[row.id]) if names.get(row.id) else _("Name erased"),
            url=reverse("partners:official", args=[row.id]),
            meta=dotted([Name(title) for title in held.get(row.id, [])]),
            tag=None if row.id in held else Tag(_("In no post now")),
        )
        for row in rows
    )


# ---- agreements --------------------------------------------------------------------------------------------


def agreements(actor: Actor) -> Listing:
    """The register of agreements, the review that is due first on top. Cost: eight queries."""
    rows = list(policy.visible(actor, "partners:agreement:see", Agreement.objects.all()).order_by("review_on")[:MOST])
    today = clock.today()
    stands = {row.id: rules.standing(term_of(row), today) for row in rows}
    rows.sort(key=lambda row: (stands[row.id] is Standing.ENDED, row.review_on, row.id))
    names = names_of({row.agency_id for row in rows})
    opened = sealing.open_rows(rows, "title")
    return Listing(
        title=_("Agreements"),
        crumbs=crumbs(),
        lede=_("What may be released, to whom, until when. Past its review an agreement releases nothing."),
        rows=tuple(
            agreement_row(row, words, stands[row.id], names.get(row.agency_id, ""))
            for row, words in zip(rows, opened, strict=True)
        ),
        empty=Empty(_("No agreement is written down. It is added on the page of its agency.")),
    )


def agreement_row(row: Agreement, words: Opened, stand: Standing, agency: str = "") -> Row:
    meta: list[Part] = [str(AGREEMENT_LABELS[row.kind])]
    if agency:
        meta.append(Name(agency))
    return Row(
        title=Name(words.text("title")),
        url=reverse("partners:agreement", args=[row.id]),
        when=formats.near_day(row.review_on, clock.today()) if stand is not Standing.ENDED else "",
        when_tone=_review_tone(row.review_on, stand),
        meta=dotted(meta),
        lines=(said_of(DATA_CLASS_LABELS, row.classes) or _("Names no kind of data."),),
        tag=Tag(STANDING_LABELS[stand], STANDING_TONES[stand]),
    )


SOON_DAYS = 60


def _review_tone(review_on: date, stand: Standing) -> Urgency:
    if stand is Standing.PAST_REVIEW:
        return "late"
    return "soon" if stand is Standing.LIVE and (review_on - clock.today()).days <= SOON_DAYS else ""
