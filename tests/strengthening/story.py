"""Strengthening as tests need it: a unit, files of it with answers, and everything that follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from amparo.kernel import clock
from amparo.partners import commands as partners
from amparo.partners.words import AgencyKind, UnitKind
from amparo.strengthening import commands, queries
from amparo.strengthening.commands import Measured, NewContact
from amparo.strengthening.words import (
    Answer,
    Domain,
    Measure,
    Method,
    Mode,
    Occasion,
    Per,
    Skill,
)
from tests.cast import Cast


@dataclass(frozen=True, slots=True)
class Station:
    agency: UUID
    unit: UUID
    official: UUID


def station(cast: Cast, name: str = "Sample Station") -> Station:
    agency = partners.add_agency(
        actor=cast.oksana, office_id=cast.office, kind=AgencyKind.POLICE, name="Sample Police", district="Lakeside"
    )
    unit = partners.add_unit(actor=cast.oksana, agency_id=agency, kind=UnitKind.STATION, name=name)
    official = partners.add_official(actor=cast.oksana, office_id=cast.office, name="Femi Ejemplo")
    partners.take_post(actor=cast.oksana, official_id=official, agency_id=agency, unit_id=unit, title="Inspector")
    return Station(agency, unit, official)


def days_ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def observed(
    cast: Cast, unit: UUID, on: date, answers: Mapping[str, Answer] | None = None, *, complete: bool = True
) -> UUID:
    """A file of a unit; each item that is not given is answered with yes."""
    key = commands.open_file(actor=cast.oksana, unit_id=unit, on=on)
    for item in queries.newest_checklist().keys:
        answer = (answers or {}).get(item, Answer.YES)
        commands.answer_item(actor=cast.oksana, file_id=key, item=item, answer=answer)
    if complete:
        commands.complete_file(actor=cast.oksana, file_id=key)
    return key


def contact(cast: Cast, where: Station, who: str = "oksana", **more: object) -> UUID:
    values: dict[str, object] = {
        "on": clock.today(),
        "skill": Skill.INTERVIEW,
        "mode": Mode.CO_WORK,
        "unit_id": where.unit,
        "official_id": where.official,
        "aim": "Open questions",
    }
    new = NewContact(**(values | more))  # type: ignore[arg-type]
    return commands.plan_contact(actor=cast.actor(who), new=new)


def assessed(cast: Cast, unit: UUID, occasion: Occasion, on: date, level: int = 2) -> UUID:
    return commands.assess_unit(
        actor=cast.oksana,
        unit_id=unit,
        occasion=occasion,
        on=on,
        levels=dict.fromkeys(map(str, Domain), level),
        notes=dict.fromkeys(map(str, Domain), "Seen in the register"),
        assessors="Oksana Zrazok",
    )


def reform(cast: Cast, where: Station) -> UUID:
    return commands.identify_reform(
        actor=cast.oksana,
        agency_id=where.agency,
        unit_id=where.unit,
        domain=Domain.MEDICO_LEGAL,
        title="Kits wait",
        problem="Kits wait on a shelf for months",
    )


def measured(**more: object) -> Measured:
    values: dict[str, object] = {
        "measure": Measure.CONFIDENCE,
        "indicator": "Would report to the police",
        "occasion": Occasion.BASELINE,
        "per": Per.HUNDRED,
        "value": Decimal(31),
        "low": Decimal(27),
        "high": Decimal(35),
        "n": 420,
        "method": Method.HOUSEHOLD,
        "source": "Invented Survey Group, 2024",
        "place": "Lakeside",
        "from_on": date(2024, 3, 1),
        "until_on": date(2024, 4, 30),
    }
    return Measured(**(values | more))  # type: ignore[arg-type]
