"""How each participant of a session stands: attendance, scores, certificate; and what the group learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amparo.training.models import Certificate, Enrolment, Session
from amparo.training.queries.contents import content_of_session
from amparo.training.queries.register import Person, people_by_id
from amparo.training.queries.sittings import OpenedSitting, opened_sittings
from amparo.training.rules import gain, marking, steps
from amparo.training.rules.content import Content
from amparo.training.rules.gain import Estimate, Scores
from amparo.training.rules.marking import Score
from amparo.training.words import Occasion


@dataclass(frozen=True, slots=True)
class Result:
    """One person in one session. `scores` has an occasion only where a test was handed in."""

    enrolment: Enrolment
    person: Person
    attendance: float
    scores: dict[Occasion, Score]
    earned: bool
    certificate: Certificate | None

    @property
    def percents(self) -> Scores:
        """The final scores; what is missing or not marked yet is not in it."""
        return {occasion: score.percent for occasion, score in self.scores.items() if score.percent is not None}


def score_of(content: Content, sitting: OpenedSitting) -> Score:
    return marking.score(content.asked(Occasion(sitting.row.occasion)), sitting.answers, sitting.marks)


def results(session: Session, content: Content | None = None) -> list[Result]:
    """Everybody on the list of a session, by name. Cost: eight queries, however many people."""
    told = content or content_of_session(session)
    rows = list(Enrolment.objects.filter(session=session))
    persons = people_by_id(row.participant_id for row in rows)
    scores: dict[UUID, dict[Occasion, Score]] = {}
    for one in opened_sittings(session.id):
        scores.setdefault(one.row.enrolment_id, {})[Occasion(one.row.occasion)] = score_of(told, one)
    live = Certificate.objects.filter(enrolment__session=session, withdrawn_on=None)
    certificates = {row.enrolment_id: row for row in live}
    days = [date.fromisoformat(day) for day in session.days]
    found = [
        _result(row, persons[row.participant_id], scores.get(row.id, {}), certificates.get(row.id), days, told)
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.person.name.casefold(), one.enrolment.code))


def _result(
    row: Enrolment,
    person: Person,
    scores: dict[Occasion, Score],
    certificate: Certificate | None,
    days: Sequence[date],
    content: Content,
) -> Result:
    share = steps.attendance([date.fromisoformat(day) for day in row.attended], days)
    post = scores[Occasion.POST].percent if Occasion.POST in scores else None
    earned = steps.has_earned(
        steps.Standing(share, post), least_attendance=content.least_attendance, least_score=content.least_score
    )
    return Result(row, person, share, scores, earned, certificate)


def earners(session: Session) -> list[UUID]:
    """Enrolments that have earned a certificate and have none that stands."""
    return [one.enrolment.id for one in results(session) if one.earned and one.certificate is None]


@dataclass(frozen=True, slots=True)
class Learned:
    """The group: how those who took each test did, and by how much the same people did better than before."""

    levels: dict[Occasion, Estimate]
    gains: dict[Occasion, Estimate]


def learned(found: Sequence[Result]) -> Learned:
    people = [one.percents for one in found]
    levels = {occasion: gain.level(people, occasion) for occasion in Occasion}
    gains = {later: gain.gain(people, later) for later in Occasion if later is not Occasion.PRE}
    return Learned(
        {occasion: one for occasion, one in levels.items() if one is not None},
        {occasion: one for occasion, one in gains.items() if one is not None},
    )
