"""What is missing where: by district, and by place."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.partners import rules
from amparo.partners.models import Facility
from amparo.partners.queries.choices import MOST
from amparo.partners.queries.directory import crumbs
from amparo.partners.queries.facility import capacity_of, latest_reports
from amparo.partners.rules import Capacity
from amparo.partners.words import EXAMINING, GAP_LABELS, HAS_LABELS, Gap, Has, State
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import Crumb


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer, drawn as a mark and said in words."""

    has: str
    said: str


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    url: str
    on: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class District:
    name: str
    count: str
    cells: tuple[Cell, ...]
    places: tuple[Place, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class Gaps:
    """The districts with what each has and lacks, those that lack most first."""

    crumbs: tuple[Crumb, ...]
    columns: tuple[str, ...]
    districts: tuple[District, ...]
    lede_bold: str
    fresh_days: int


@dataclass(frozen=True, slots=True)
class _Known:
    id: UUID
    name: str
    capacity: Capacity


def gaps(actor: Actor) -> Gaps:
    """What is missing in each district where we have an office or know a place. Cost: four queries."""
    rows = policy.visible(
        actor,
        "partners:facility:see",
        Facility.objects.filter(state=State.ACTIVE, kind__in=EXAMINING, level=Compartment.PROGRAMME),
    )
    found = list(rows.order_by("id")[:MOST])
    reports = latest_reports([row.id for row in found])
    names: dict[str, str] = {}
    places: dict[str, list[_Known]] = {}
    for office in access.offices():
        names.setdefault(rules.folded_district(office.district), office.district)
    for row, words in zip(found, sealing.open_rows(found, "name", "district"), strict=True):
        folded = rules.folded_district(words.text("district"))
        names.setdefault(folded, words.text("district") or _("District not known"))
        known = _Known(row.id, words.text("name"), capacity_of(reports.get(row.id), row.day_and_night))
        places.setdefault(folded, []).append(known)
    districts = [_district(name, places.get(folded, [])) for folded, name in names.items()]
    districts.sort(key=lambda one: (-_lacking(one), one.name.casefold()))
    return Gaps(
        crumbs=crumbs(),
        columns=tuple(str(GAP_LABELS[gap]) for gap in Gap),
        districts=tuple(districts),
        lede_bold=_said(districts),
        fresh_days=rules.FRESH_DAYS,
    )


def _lacking(district: District) -> int:
    return sum(cell.has == Has.NO for cell in district.cells)


def _said(districts: list[District]) -> str:
    count = sum(1 for one in districts if one.cells[0].has != Has.YES)
    if not count:
        return _("Each district has a trained examiner.")
    return ngettext(
        "In %(count)s district no trained examiner is known.",
        "In %(count)s districts no trained examiner is known.",
        count,
    ) % {"count": count}


def _district(name: str, places: list[_Known]) -> District:
    today = clock.today()
    reports = [place.capacity for place in places]
    answers = {gap: rules.of_district(reports, gap, today) for gap in Gap}
    missing = [str(GAP_LABELS[gap]) for gap in rules.gaps(reports, today)]
    count = ngettext("%(count)s place", "%(count)s places", len(places)) % {"count": len(places)}
    return District(
        name=name,
        count=count if places else _("No place to be examined is known."),
        cells=tuple(_cell(answers[gap]) for gap in Gap),
        places=tuple(_place(place) for place in places),
        missing=_(", ").join(missing),
    )


def _cell(answer: Has) -> Cell:
    return Cell(answer.value, str(HAS_LABELS[answer]))


def _place(place: _Known) -> Place:
    today = clock.today()
    return Place(
        name=place.name,
        url=reverse("partners:facility", args=[place.id]),
        on=formats.near_day(place.capacity.on, today) if place.capacity.on else _("never"),
        cells=tuple(_cell(rules.has(place.capacity, gap, today)) for gap in Gap),
    )
