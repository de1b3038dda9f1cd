"""Partners as choices of a form, and their names, for this room and those above."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.kernel.recall import recall
from amparo.ledger.records import Record
from amparo.partners import naming, rules
from amparo.partners.models import Agency, Agreement, Facility, Official, Post, Unit
from amparo.partners.words import AgencyKind, FacilityKind, State
from amparo.vault import sealing
from amparo.vault.prepared import IDS, Prepared

# A select with more lines helps nobody; an organisation with more partners chooses them by agency.
MOST = 1000
CHOOSE = "partners:facility:choose"

Choices = list[tuple[str, str]]
M = TypeVar("M", bound=Record)


def agency_choices(actor: Actor) -> Choices:
    """Active agencies that the actor may know of, by name. Cost: two queries."""
    rows = Agency.objects.filter(state=State.ACTIVE)
    return _sorted(_names(_some(actor, "partners:agency:see", rows)))


def recipient_choices(actor: Actor) -> Choices:
    """Active agencies by name, for who gives something to one: also without the directory. Cost: two queries."""
    permission = "partners:agency:see" if policy.has(actor, "partners:agency:see") else "partners:agency:choose"
    return _sorted(_names(_some(actor, permission, Agency.objects.filter(state=State.ACTIVE))))


def unit_choices(actor: Actor, agency_id: UUID | None = None) -> Choices:
    """Active units with their agencies, of all or of one, by name. Cost: four queries."""
    rows = Unit.objects.filter(state=State.ACTIVE)
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    units = _some(actor, "partners:agency:see", rows)
    agencies = _names(list(Agency.objects.filter(pk__in={row.agency_id for row in units})))
    names = _names(units)
    return _sorted({row.id: said(agencies.get(row.agency_id, ""), names[row.id]) for row in units})


def facility_choices(actor: Actor, *, kinds: Collection[FacilityKind] = (), agency_id: UUID | None = None) -> Choices:
    """Active facilities by name, of all kinds or some. Cost: two queries.

    Who documents or keeps proof may choose one by its name, without the directory.
    """
    rows = Facility.objects.filter(state=State.ACTIVE)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    return _sorted(_names(_some(actor, CHOOSE, rows)))


def official_choices(actor: Actor) -> Choices:
    """Officials who hold a post today, each with it, by name. Cost: about eight queries."""
    rows = list(policy.visible(actor, "partners:official:see", Official.objects.all()).order_by("id")[:MOST])
    names = official_names(rows)
    today = clock.today()
    posts = [post for post in posts_of(rows) if rules.is_held(post.from_on, post.until_on, today)]
    titles = post_titles(posts)
    held: dict[UUID, str] = {post.official_id: titles[post.id] for post in posts}
    return _sorted({row.id: _officeholder(names.get(row.id, ""), held[row.id]) for row in rows if row.id in held})


def _officeholder(name: str, title: str) -> str:
    return _("%(name)s, %(post)s") % {"name": name, "post": title} if name else title


def _some(actor: Actor, permission: str, rows: QuerySet[M]) -> list[M]:
    return list(policy.visible(actor, permission, rows).order_by("id")[:MOST])


def _names(rows: Sequence[Record]) -> dict[UUID, str]:
    return {row.id: words.text("name") for row, words in zip(rows, sealing.open_rows(rows, "name"), strict=True)}


def _sorted(names: dict[UUID, str]) -> Choices:
    return sorted(((str(key), name) for key, name in names.items()), key=lambda pair: (pair[1].casefold(), pair[0]))


def said(*parts: str) -> str:
    """Names of the places of one post, the larger first."""
    return _(", ").join(part for part in parts if part)


# ---- names -------------------------------------------------------------------------------------------------


_AGENCIES = Prepared(lambda keys: Agency.objects.filter(pk__in=keys), IDS)
_UNITS = Prepared(lambda keys: Unit.objects.filter(pk__in=keys), IDS)
_FACILITIES = Prepared(lambda keys: Facility.objects.filter(pk__in=keys), IDS)
_AGREEMENTS = Prepared(lambda keys: Agreement.objects.filter(pk__in=keys), IDS)
_OFFICIALS = Prepared(lambda keys: Official.objects.filter(pk__in=keys), IDS)


def names_of(ids: Collection[UUID]) -> dict[UUID, str]:
    """Names of agencies, units, facilities, officials and agreements; the caller has asked the policy.

    An id of nothing is left out. Cost: six queries for any number, once in a reading request.
    """
    return recall("partner names", ids, _names_of)


def _names_of(wanted: set[UUID]) -> dict[UUID, str]:
    rows: list[Record] = [*_AGENCIES.rows(wanted), *_UNITS.rows(wanted), *_FACILITIES.rows(wanted)]
    agreements, officials = _AGREEMENTS.rows(wanted), _OFFICIALS.rows(wanted)
    titles = zip(agreements, sealing.open_rows(agreements, "title"), strict=True)
    return _names(rows) | official_names(officials) | {row.id: words.text("title") for row, words in titles}


@dataclass(frozen=True, slots=True)
class Body:
    """An agency, or a unit with the name of its agency before its own."""

    name: str
    agency_id: UUID


def bodies_of(ids: Collection[UUID]) -> dict[UUID, Body]:
    """Agencies and units by name, for a link to the page of the agency; the caller has asked the policy.

    Cost: four queries for any number, none for nothing.
    """
    wanted = set(ids)
    if not wanted:
        return {}
    units = _UNITS.rows(wanted)
    names = _names([*_AGENCIES.rows(wanted | {row.agency_id for row in units}), *units])
    found = {key: Body(name, key) for key, name in names.items() if key in wanted}
    of_units = {row.id: Body(said(names.get(row.agency_id, ""), names[row.id]), row.agency_id) for row in units}
    return found | of_units


def agency_names(ids: Collection[UUID]) -> dict[UUID, str]:
    """Names of agencies alone; the caller has asked the policy. Cost: two queries, once in a reading request."""
    return recall("agency names", ids, lambda wanted: _names(_AGENCIES.rows(wanted)))


def agency_kinds(ids: Collection[UUID]) -> dict[UUID, AgencyKind]:
    """What kind of body each of these agencies is. Cost: one query, none for nothing."""
    wanted = set(ids)
    return {row.id: AgencyKind(row.kind) for row in _AGENCIES.rows(wanted)} if wanted else {}


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is in office: the agency, its kind, and the unit where it is one."""

    agency_id: UUID
    kind: AgencyKind
    unit_id: UUID | None = None


def place_of_unit(actor: Actor, unit_id: UUID) -> Place | None:
    """Where a unit belongs to, if the actor may know of it. Cost: two queries."""
    unit = policy.visible(actor, "partners:agency:see", Unit.objects.filter(pk=unit_id)).first()
    return None if unit is None else Place(unit.agency_id, agency_kinds([unit.agency_id])[unit.agency_id], unit.id)


def place_of_official(actor: Actor, official_id: UUID) -> Place | None:
    """Where an official is in office today, the newest post first; None for one who holds no post. Cost: three queries.

    Whom the actor may not see holds none.
    """
    rows = list(policy.visible(actor, "partners:official:see", Official.objects.filter(pk=official_id)))
    today = clock.today()
    held = [post for post in posts_of(rows) if rules.is_held(post.from_on, post.until_on, today)]
    if not held:
        return None
    post = held[-1]
    return Place(post.agency_id, agency_kinds([post.agency_id])[post.agency_id], post.unit_id)


def officials_among(person_ids: Collection[UUID]) -> set[UUID]:
    """Those of these people of cases who are in the directory too. Cost: one query."""
    return set(Official.objects.filter(person_id__in=person_ids).values_list("person_id", flat=True))


def official_names(rows: Sequence[Official]) -> dict[UUID, str]:
    """Names of officials: of those among the people of cases the name that is kept there. Cost: four queries."""
    own = _names(rows)
    elsewhere = naming.names({row.person_id for row in rows if row.person_id})
    return {row.id: elsewhere.get(row.person_id, "") if row.person_id else own[row.id] for row in rows}


def posts_of(rows: Sequence[Official]) -> list[Post]:
    """The posts of officials, the earliest first; those whose beginning nobody knows come before."""
    found = Post.objects.filter(official_id__in=[row.id for row in rows])
    return sorted(found, key=lambda post: (post.from_on or date.min, post.id.bytes))


def post_titles(posts: Sequence[Post]) -> dict[UUID, str]:
    """Posts as one reads them: "Inspector, Harbour Central Station". Cost: about five queries."""
    places = names_of({key for post in posts for key in (post.unit_id, post.facility_id, post.agency_id) if key})
    opened = sealing.open_rows(posts, "title")
    return {
        post.id: said(words.text("title"), places.get(post.unit_id or post.facility_id or post.agency_id, ""))
        for post, words in zip(posts, opened, strict=True)
    }
