"""How old somebody is, as far as that is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.kernel import clock
from amparo.kernel.dates import AgeEstimate, AgeRange, PartialDate
from amparo.people import rules
from amparo.people.models import Person
from amparo.vault import sealing
from amparo.vault.sealing import Opened


def birth_of(opened: Opened) -> tuple[PartialDate | None, AgeEstimate | None]:
    """The birth and the estimated age, as far as they are known."""
    written = opened.text("birth")
    birth = PartialDate.parse(written) if written else None
    return birth, rules.unpacked_estimate(dict(opened.table("age_estimate")))


def death_of(opened: Opened) -> rules.Death | None:
    """That she has died, and when as far as that is known; None where nobody has said so."""
    return rules.unpacked_death(dict(opened.table("death")))


def age_at_event(person_id: UUID, event: PartialDate) -> AgeRange | None:
    """Her possible ages at an event; for commands and for readers who were let in to the event."""
    row = Person.objects.filter(pk=person_id).first()
    return rules.age_on(*birth_of(sealing.open_row(row, "birth", "age_estimate")), event) if row else None


def is_minor_at(person_id: UUID, event: PartialDate) -> bool | None:
    """Whether she was under age at an event; None where that is not known."""
    row = Person.objects.filter(pk=person_id).first()
    return rules.minor_on(*birth_of(sealing.open_row(row, "birth", "age_estimate")), event) if row else None


def is_minor_now(person_id: UUID) -> bool | None:
    """Whether she is under age today; None where that is not known."""
    return is_minor_at(person_id, PartialDate.on(clock.today()))


def counted_bands(events: Mapping[UUID, date]) -> dict[UUID, rules.Band]:
    """The bands of ages at a day for each person, for counting only: a band, never a birthday. Cost: two queries."""
    rows = list(Person.objects.filter(pk__in=events))
    opened = sealing.open_rows(rows, "birth", "age_estimate")
    return {
        row.id: rules.band_of(rules.age_on(*birth_of(words), PartialDate.on(events[row.id])))
        for row, words in zip(rows, opened, strict=True)
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


def band_text(opened: Opened, today: date) -> str:
    """The age in a wide band, as everybody on the team may know it."""
    ages = rules.age_on(*birth_of(opened), PartialDate.on(today))
    band = rules.band_of(ages)
    if band.low is None and band.high is None:
        return ""
    if band.low is None:
        return _("under %(years)s") % {"years": (band.high or 0) + 1}
    if band.high is None:
        return _("%(years)s or older") % {"years": band.low}
    return _("%(low)s to %(high)s years old") % {"low": band.low, "high": band.high}


def age_text(opened: Opened, event: PartialDate) -> str:
    """The age at an event, as exactly as it is known."""
    ages = rules.age_on(*birth_of(opened), event)
    if ages is None:
        return ""
    if ages.low == ages.high:
        return ngettext("%(count)s year", "%(count)s years", ages.low) % {"count": ages.low}
    return _("between %(low)s and %(high)s years") % {"low": ages.low, "high": ages.high}
