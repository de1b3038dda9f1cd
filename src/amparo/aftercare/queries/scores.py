"""Scores of assessments over time, drawn and in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.aftercare.models import Assessment
from amparo.aftercare.queries import instruments
from amparo.aftercare.queries.days import today
from amparo.aftercare.rules import scoring
from amparo.aftercare.words import RatingState
from amparo.staff.queries import restoration_thresholds
from amparo.staff.words import RestorationArea
from amparo.web import formats
from amparo.web.drawing import DomainInput, Profile, Score, restoration_profile

# The areas in which an organisation sets thresholds, by the domains of our own instrument.
_AREA_OF = {
    RestorationArea.SAFETY: "safety",
    RestorationArea.LEGAL: "law",
    RestorationArea.MENTAL: "mind",
    RestorationArea.ECONOMIC: "work",
    RestorationArea.SOCIAL: "people",
    RestorationArea.PHYSICAL: "body",
    RestorationArea.OVERALL: scoring.OVERALL,
}


@dataclass(frozen=True, slots=True)
class Rated:
    """A completed first scoring with what follows from its answers."""

    row: Assessment
    instrument: scoring.Instrument
    answers: Mapping[str, scoring.Answer]
    score: scoring.ProfileScore

    @property
    def id(self) -> UUID:
        return self.row.id

    @property
    def on(self) -> date:
        return self.row.rated_on


def thresholds() -> dict[str, float]:
    """What the organisation set as enough, by domain; empty unless it did. An area of another name counts too."""
    found: dict[str, float] = {}
    for area, least in restoration_thresholds().items():
        found[_AREA_OF[area]] = found[area.value] = float(least)
    return found


def rated(rows: Sequence[Assessment]) -> list[Rated]:
    """Completed assessments with their scores; instruments come with the rows. Cost: one query for the words."""
    done = [row for row in rows if row.state != RatingState.DRAFT]
    known: dict[UUID, scoring.Instrument] = {}
    for row in done:
        if row.instrument_id not in known:
            known[row.instrument_id] = instruments.read(row.instrument)
    opened = instruments.answers_of(done)
    return [
        Rated(row, known[row.instrument_id], answers, scoring.score(known[row.instrument_id], answers))
        for row, answers in zip(done, opened, strict=True)
    ]


def of_one_instrument(found: Sequence[Rated]) -> list[Rated]:
    """Those made with the newest one's instrument: means of different instruments are not compared."""
    ordered = sorted(found, key=lambda one: (one.on, one.row.created_at))
    return [one for one in ordered if one.instrument.code == ordered[-1].instrument.code] if ordered else []


def profile(found: Sequence[Rated]) -> Profile | None:
    """The drawing of all domains over time; None where nothing is complete."""
    series = of_one_instrument(found)
    if not series:
        return None
    language = instruments.language()
    domains = [
        DomainInput(domain.label.in_language(language), tuple(_score(one, domain.code) for one in series))
        for domain in series[-1].instrument.domains
    ]
    return restoration_profile(domains, formats.speech(today()), formats.mean, rtl=formats.is_rtl())


def _score(one: Rated, code: str) -> Score:
    found = next((domain for domain in one.score.domains if domain.code == code), None)
    if found is None:
        return Score(one.on, None, 0, 0)
    return Score(one.on, found.mean, found.scored, found.asked)


def change_in_words(found: Sequence[Rated]) -> str:
    """One sentence: how the domain that matters first has changed since the first assessment."""
    series = of_one_instrument(found)
    if not series:
        return _("No assessment is complete yet.")
    domain = next((d for d in series[-1].instrument.domains if d.is_floor), series[-1].instrument.domains[0])
    label = domain.label.in_language(instruments.language())
    means = [(one.on, mean) for one in series if (mean := _score(one, domain.code).mean) is not None]
    if not means:
        return _("%(domain)s could not be scored yet.") % {"domain": label}
    (first_on, first), (last_on, last) = means[0], means[-1]
    if len(means) == 1:
        return _("%(domain)s stands at %(mean)s of 4.") % {"domain": label, "mean": formats.mean(last)}
    return _moved(label, formats.mean(first), formats.mean(last), _months(first_on, last_on), last - first)


def _moved(domain: str, first: str, last: str, months: int, by: float) -> str:
    if first == last:
        said = ngettext(
            "%(domain)s has stayed at %(last)s for %(count)s month.",
            "%(domain)s has stayed at %(last)s for %(count)s months.",
            months,
        )
    elif by > 0:
        said = ngettext(
            "%(domain)s rose from %(first)s to %(last)s in %(count)s month.",
            "%(domain)s rose from %(first)s to %(last)s in %(count)s months.",
            months,
        )
    else:
        said = ngettext(
            "%(domain)s fell from %(first)s to %(last)s in %(count)s month.",
            "%(domain)s fell from %(first)s to %(last)s in %(count)s months.",
            months,
        )
    return said % {"domain": domain, "first": first, "last": last, "count": months}


def _months(first: date, last: date) -> int:
    """Whole months nearest to the time between two days, at least one."""
    return max(1, round((last - first).days / 30.44))


def overall_text(one: Rated) -> str:
    """The overall mean in short, or how many statements are scored where there is none."""
    if one.score.overall is not None:
        return _("%(mean)s of 4") % {"mean": formats.mean(one.score.overall)}
    scored = sum(domain.scored for domain in one.score.domains)
    asked = sum(domain.asked for domain in one.score.domains)
    return _("%(scored)s of %(asked)s scored") % {"scored": scored, "asked": asked}


def against(one: Rated) -> list[str]:
    """What speaks against restoration in an assessment, each in a sentence."""
    language = instruments.language()
    standing = scoring.standing(one.instrument, one.answers, thresholds())
    items = {item.code: item.label.in_language(language) for item in one.instrument.items}
    domains = {domain.code: domain.label.in_language(language) for domain in one.instrument.domains}
    domains[scoring.OVERALL] = _("Overall")
    return [
        *(_("%(item)s: scored 2 or less.") % {"item": items[code]} for code in standing.low_items),
        *(_("%(domain)s: too few statements are scored.") % {"domain": domains[code]} for code in standing.missing),
        *(
            _("%(domain)s: below what your organisation asks for.") % {"domain": domains[code]}
            for code in standing.below
        ),
    ]
