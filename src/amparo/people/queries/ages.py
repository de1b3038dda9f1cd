"""How old somebody is, as far as that is known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.kernel import clock
from amparo.kernel.dates import AgeEstimate, AgeRange, PartialDate
from amparo.people import rules
from amparo.people.models import Person
from amparo.people.queries.records import of_all, records_together
from amparo.vault import sealing
from amparo.vault.sealing import Opened
from amparo.web import formats


def birth_of(opened: Opened) -> tuple[PartialDate | None, AgeEstimate | None]:
    """The birth and the estimated age, as far as they are known."""
    written = opened.text("birth")
    birth = PartialDate.parse(written) if written else None
    return birth, rules.unpacked_estimate(dict(opened.table("age_estimate")))


def death_of(opened: Opened) -> rules.Death | None:
    """That she has died, and when as far as that is known; None where nobody has said so."""
    return rules.unpacked_death(dict(opened.table("death")))


def birth_among(records: Iterable[Opened]) -> tuple[PartialDate | None, AgeEstimate | None]:
    """The birth and estimated age of the first of her records that knows either."""
    return next((known for known in map(birth_of, records) if any(known)), (None, None))


def death_among(records: Iterable[Opened]) -> rules.Death | None:
    """Her death, if one of her records knows of it; one that knows the day goes first."""
    deaths = [death for death in map(death_of, records) if death is not None]
    return next((death for death in deaths if death.on is not None), deaths[0] if deaths else None)


def _birth(person_id: UUID) -> tuple[PartialDate | None, AgeEstimate | None]:
    rows = records_together([person_id]).get(person_id, [])
    return birth_among(sealing.open_rows(rows, "birth", "age_estimate"))


def age_at_event(person_id: UUID, event: PartialDate) -> AgeRange | None:
    """Her possible ages at an event; for commands and for readers who were let in to the event."""
    return rules.age_on(*_birth(person_id), event)


def is_minor_at(person_id: UUID, event: PartialDate) -> bool | None:
    """Whether she was under age at an event; None where that is not known."""
    return rules.minor_on(*_birth(person_id), event)


def is_minor_now(person_id: UUID) -> bool | None:
    """Whether she is under age today; None where that is not known."""
    return is_minor_at(person_id, PartialDate.on(clock.today()))


def counted_bands(events: Mapping[UUID, date]) -> dict[UUID, rules.Band]:
    """The bands of ages at a day for each person, for counting only: a band, never a birthday.

    Cost: three queries, and one more for each step from record to record where some were joined.
    """
    together = records_together(events)
    rows = of_all(together)
    births = sealing.open_rows(rows, "birth", "age_estimate")
    opened = dict(zip((row.id for row in rows), births, strict=True))
    return {
        key: rules.band_of(rules.age_on(*birth_among(opened[row.id] for row in records), PartialDate.on(events[key])))
        for key, records in together.items()
    }


def counted_as(person_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Under which record somebody is counted, where records were joined. Cost: one query for each step, mostly one."""
    into: dict[UUID, UUID] = {}
    wanted = set(person_ids)
    while wanted:
        joined = Person.objects.filter(pk__in=wanted, merged_into_id__isnull=False)
        found = {key: kept for key, kept in joined.values_list("id", "merged_into_id") if kept is not None}
        into |= found
        wanted = set(found.values()) - set(into)
    return {key: _last(key, into) for key in into if key in set(person_ids)}


def _last(key: UUID, into: Mapping[UUID, UUID]) -> UUID:
    while key in into:
        key = into[key]
    return key


def band_text(records: Iterable[Opened], today: date) -> str:
    """The age in a wide band, as everybody on the team may know it, from all of somebody's records."""
    ages = rules.age_on(*birth_among(records), PartialDate.on(today))
    band = rules.band_of(ages)
    if band.low is None and band.high is None:
        return ""
    if band.low is None:
        return _("under %(years)s") % {"years": (band.high or 0) + 1}
    if band.high is None:
        return _("%(years)s or older") % {"years": band.low}
    return _("%(low)s to %(high)s years old") % {"low": band.low, "high": band.high}


def death_text(opened: Opened) -> str:
    """When somebody died, as far as that is known; empty where nobody has said that she did."""
    death = death_of(opened)
    if death is None:
        return ""
    return formats.partial_date(death.on) if death.on else _("When is not known")


def age_text(opened: Opened, event: PartialDate) -> str:
    """The age at an event, as exactly as it is known."""
    ages = rules.age_on(*birth_of(opened), event)
    if ages is None:
        return ""
    if ages.low == ages.high:
        return ngettext("%(count)s year", "%(count)s years", ages.low) % {"count": ages.low}
    return _("between %(low)s and %(high)s years") % {"low": ages.low, "high": ages.high}
