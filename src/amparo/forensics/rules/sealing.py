"""What must be there before a record is sealed, and how long a release may live."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from amparo.forensics.errors import (
    AgencyMissing,
    AppointmentPast,
    EndsBeforeBegin,
    NotARecipient,
    NotInFuture,
    UntilTooFar,
)
from amparo.kernel.words import Role

LONGEST_RELEASE_DAYS = 180
PHOTOGRAPHS = "photographs"
# Who may receive a report, and the purposes of consents that are for her or him.
RECIPIENTS: Mapping[Role, tuple[str, ...]] = {
    Role.POLICE: ("police",),
    Role.PROSECUTOR: ("prosecution",),
    Role.INVESTIGATOR: ("services", "police", "prosecution"),
    Role.LAWYER: ("services", "prosecution"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a record before it is sealed."""

    consent_asked: bool
    examiner: str
    qualification: str
    done: frozenset[str]
    refused: frozenset[str]
    sections: tuple[str, ...]


def check_planned(planned_at: datetime, now: datetime) -> None:
    """An appointment lies ahead. Raises AppointmentPast."""
    if planned_at <= now:
        raise AppointmentPast(field="planned_at")


def missing(record: Standing) -> tuple[str, ...]:
    """What must still be there: codes of sections. A part that nobody came to stands in the record as not done."""
    found = []
    if not (record.examiner and record.qualification):
        found.append("before")
    if not record.consent_asked:
        found.append("consent")
    return tuple(found)


def not_done(record: Standing) -> tuple[str, ...]:
    """Sections that are neither done nor refused."""
    return tuple(code for code in record.sections if code not in record.done | record.refused)


def check_times(started: datetime, ended: datetime | None, now: datetime) -> None:
    """Raise NotInFuture or EndsBeforeBegin."""
    if started > now:
        raise NotInFuture(field="started_at")
    if ended is not None and ended > now:
        raise NotInFuture(field="ended_at")
    if ended is not None and ended < started:
        raise EndsBeforeBegin(field="ended_at")


def check_until(until: date, today: date, consent_until: date | None) -> None:
    """Raise UntilTooFar for a release that is over at once, lasts too long, or outlives its consent."""
    last = today + timedelta(days=LONGEST_RELEASE_DAYS)
    if consent_until is not None:
        last = min(last, consent_until)
    if not today < until <= last:
        raise UntilTooFar(days=LONGEST_RELEASE_DAYS, field="until_on")


def check_recipient(roles: Iterable[Role], purpose: str) -> None:
    """Raise NotARecipient where a consent of this purpose is not for somebody of these roles."""
    if not any(purpose in RECIPIENTS.get(role, ()) for role in roles):
        raise NotARecipient(field="recipient_id")


# They work for an agency of their own: what they get needs an agreement with it beside her consent.
OUTSIDE = (Role.POLICE, Role.PROSECUTOR)


def check_agency(roles: Iterable[Role], agency_id: UUID | None) -> None:
    """Raise AgencyMissing where somebody of another agency is to get something, and nobody said which."""
    if agency_id is None and set(roles) & set(OUTSIDE):
        raise AgencyMissing(field="agency_id")


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What decides whether a release may be read now."""

    state: str
    until_on: date
    classes: frozenset[str]
    consent_live: bool
    consent_classes: frozenset[str]


def readable(release: ReleaseFacts, today: date) -> frozenset[str]:
    """What of a release may be read now; nothing once it or its consent has ended (invariant 2).

    The report is one paper: where any part of it has lost its consent, none of it is shown.
    """
    if release.state != "open" or today > release.until_on or not release.consent_live:
        return frozenset()
    found = release.classes & release.consent_classes
    paper = release.classes - {PHOTOGRAPHS}
    return found if paper <= release.consent_classes else found - paper
