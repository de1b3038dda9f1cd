"""Trainings over the year: three curricula, sessions in the offices, participants, tests and certificates."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from amparo.access.actors import SYSTEM_ACTOR
from amparo.desk.synthetic import texts_of_training as texts
from amparo.desk.synthetic.agenda import Diary, Line
from amparo.desk.synthetic.names import named
from amparo.desk.synthetic.places import PLACES, Place
from amparo.desk.synthetic.stage import Stage
from amparo.partners import queries as partners
from amparo.training import commands as training
from amparo.training.commands import NewParticipant, Plan
from amparo.training.commands.tests import Entered
from amparo.training.queries.certificates import live_certificates
from amparo.training.rules.content import Module, Question, read_options
from amparo.training.rules.steps import days_of, due_on
from amparo.training.words import (
    Audience,
    CancelReason,
    DoorPurpose,
    Occasion,
    PersonKind,
    QuestionKind,
    WithdrawReason,
)

_TRAINER = "oksana"
# Days before now, curriculum, place, how many take part, days of training. Negative: still to come.
_SESSIONS = (
    (345, "interviews", 0, 12, 3),
    (318, "examination", 1, 10, 2),
    (290, "trial", 0, 9, 2),
    (262, "interviews", 1, 14, 3),
    (228, "examination", 2, 12, 2),
    (204, "interviews", 2, 12, 3),
    (188, "trial", 1, 10, 2),
    (150, "interviews_2", 0, 16, 3),
    (95, "examination", 0, 14, 2),
    (60, "interviews_2", 2, 12, 3),
    (9, "trial", 2, 11, 2),
    (-12, "interviews_2", 1, 10, 3),
)
_CANCELLED = 290
_TAKEN_BACK = 262
_EVALUATED_AFTER = 4
_SHARES = {Occasion.PRE: 0.42, Occasion.POST: 0.78, Occasion.THREE: 0.70, Occasion.SIX: 0.66}
_TAKEN = {Occasion.PRE: 0.97, Occasion.POST: 0.94, Occasion.THREE: 0.72, Occasion.SIX: 0.58}


@dataclass(slots=True)
class _Person:
    """Somebody on a list, and how well she does: the same on every occasion, so that gains are of people."""

    key: UUID
    bent: float


def play(stage: Stage) -> None:
    """Put the curricula and all sessions of the year on the agenda."""
    versions: dict[str, UUID] = {}
    stage.agenda.start(_curricula(stage, versions))
    for number, (ago, which, place, size, days) in enumerate(_SESSIONS):
        rng = stage.dice("training", number)
        stage.agenda.start(_session(stage, versions, rng, ago, which, PLACES[place], size, days))


def _curricula(stage: Stage, versions: dict[str, UUID]) -> Line:
    yield stage.until - timedelta(days=400)
    actor = stage.actor(_TRAINER)
    for name, written in texts.CURRICULA.items():
        versions[name] = training.add_curriculum(
            actor=actor,
            audience=Audience(written.audience),
            title=written.title,
            aims=written.aims,
            least_attendance=written.least_attendance,
            least_score=written.least_score,
        )
        _fill(stage, versions[name], written)
    yield stage.until - timedelta(days=190)
    second = training.begin_version(actor=stage.actor(_TRAINER), version_id=versions["interviews"])
    versions["interviews_2"] = second
    added = texts.ADDED_MODULE
    training.save_module(
        actor=stage.actor(_TRAINER), version_id=second, module=Module("mvideo", added[0], added[1], added[2])
    )


def _fill(stage: Stage, version: UUID, written: texts.Written) -> None:
    actor = stage.actor(_TRAINER)
    for at, (title, minutes, aim) in enumerate(written.modules):
        training.save_module(actor=actor, version_id=version, module=Module(f"m{at}", title, minutes, aim))
    for at, (kind, words, lines, points) in enumerate(written.questions):
        options, right = read_options(lines)
        rubric = lines if kind == "short" else ""
        question = Question(f"q{at}", QuestionKind(kind), words, options, right, points, rubric)
        training.save_question(actor=actor, version_id=version, question=question)


def _session(
    stage: Stage,
    versions: dict[str, UUID],
    rng: random.Random,
    ago: int,
    which: str,
    place: Place,
    size: int,
    length: int,
) -> Line:
    """One session from its plan to the last test that its time allows."""
    first = _monday(stage.until - timedelta(days=ago))
    diary = Diary(rng, max(first - timedelta(days=30), stage.until - timedelta(days=395)))
    yield diary.on(min(first, stage.until) - timedelta(days=20 if ago > 0 else 3))
    written = texts.CURRICULA[which.removesuffix("_2")]
    days = days_of(first.date(), first.date() + timedelta(days=length - 1))
    session = training.plan_session(
        actor=stage.actor(_TRAINER),
        version_id=versions[which],
        plan=Plan(
            starts_on=days[0],
            ends_on=days[-1],
            place=f"{written.room}, {place.streets[0]}",
            district=place.district,
            language="en",
            trainer_ids=(stage.accounts[_TRAINER],),
            guest_trainers=written.guest,
            invited=place.station if written.audience == Audience.POLICE else "",
        ),
    )
    people = [_Person(key, rng.uniform(-0.18, 0.18)) for key in _enrolled(stage, rng, session, written, place, size)]
    if ago == _CANCELLED:
        yield diary.on(first - timedelta(days=2))
        training.cancel_session(actor=stage.actor(_TRAINER), session_id=session, reason=CancelReason.PARTNER)
        return
    yield diary.on(first + timedelta(hours=1))
    _test(stage, rng, session, written, Occasion.PRE, people)
    yield diary.on(first + timedelta(days=length - 1, hours=8))
    _attend(stage, rng, session, people, days)
    _test(stage, rng, session, written, Occasion.POST, people)
    _say(stage, rng, session, len(people))
    if ago < _EVALUATED_AFTER:
        return
    training.hold_session(actor=stage.actor(_TRAINER), session_id=session)
    yield diary.after(2, 5)
    training.issue_certificates(actor=stage.actor(_TRAINER), session_id=session)
    if ago == _TAKEN_BACK:
        yield diary.after(1, 2)
        _withdraw_one(stage, session)
    if ago < 2 * _EVALUATED_AFTER:
        return
    yield diary.after(2, 8)
    training.evaluate_session(actor=stage.actor(_TRAINER), session_id=session, words=rng.choice(texts.EVALUATIONS))
    for occasion in (Occasion.THREE, Occasion.SIX):
        yield diary.on(_noon(due_on(days[-1], occasion), first) + timedelta(days=rng.randint(0, 6)))
        _test(stage, rng, session, written, occasion, people)
    yield diary.after(40, 60)
    training.close_follow_up(actor=stage.actor(_TRAINER), session_id=session)


def _monday(moment: datetime) -> datetime:
    start = moment - timedelta(days=moment.weekday())
    return start.replace(hour=8, minute=0, second=0, microsecond=0)


def _noon(day: date, like: datetime) -> datetime:
    return like.replace(year=day.year, month=day.month, day=day.day, hour=12)


def _enrolled(
    stage: Stage,
    rng: random.Random,
    session: UUID,
    written: texts.Written,
    place: Place,
    size: int,
) -> list[UUID]:
    """Enrol invented people of the place: the officials whom we know, community members, and others in post."""
    found = _known(stage, session, written, place) + _neighbours(stage, session, written, place)
    for _number in range(size - len(found)):
        name = named(rng, rng.choice(("female", "male"))).full
        person = NewParticipant(
            PersonKind.OFFICIAL,
            Audience(written.audience),
            name,
            post=f"{rng.choice(written.posts)}, {getattr(place, written.unit)}",
            contact=f"post{rng.randrange(100, 999)}@agency.invalid",
            district=place.district,
            is_another=True,
        )
        found.append(training.enrol_new(actor=stage.actor(_TRAINER), session_id=session, person=person))
    return found


# Which of the officials around an office belong to whom a curriculum is for.
_OF_AUDIENCE = {"police": "police", "prosecutors": "prosecution", "judges": "court"}
# A chair of the women's committee and a teacher learn what first responders learn; invented.
_FROM_THE_QUARTER = ("Women's committee of the quarter", "Teacher, girls' school")


def _known(stage: Stage, session: UUID, written: texts.Written, place: Place) -> list[UUID]:
    """Officials who have a record with partners: chosen from the list, and not written a second time."""
    actor, found = stage.actor(_TRAINER), []
    for official in stage.offices[place.key].officials:
        record = stage.partners[f"official:{official.person_id}"]
        if official.agency != _OF_AUDIENCE.get(written.audience):
            continue
        person = NewParticipant(
            PersonKind.OFFICIAL,
            Audience(written.audience),
            partners.names_of([record])[record],
            post=official.post,
            district=place.district,
            official_id=record,
            is_another=True,
        )
        found.append(training.enrol_new(actor=actor, session_id=session, person=person))
    return found


def _neighbours(stage: Stage, session: UUID, written: texts.Written, place: Place) -> list[UUID]:
    """Whom people turn to before anybody official: they take part in what the police learn."""
    if written.audience != Audience.POLICE:
        return []
    rng = stage.dice("neighbours", str(place.key), written.title)
    return [
        training.enrol_new(
            actor=stage.actor(_TRAINER),
            session_id=session,
            person=NewParticipant(
                PersonKind.COMMUNITY,
                Audience.COMMUNITY,
                named(rng, "female").full,
                post=post,
                district=place.district,
                is_another=True,
            ),
        )
        for post in _FROM_THE_QUARTER
    ]


def _withdraw_one(stage: Stage, session: UUID) -> None:
    """One certificate was issued by mistake, and is taken back."""
    actor = stage.actor(_TRAINER)
    papers = live_certificates(actor, session)[:1]
    for key in papers:
        training.withdraw_certificate(actor=actor, certificate_id=key, reason=WithdrawReason.MARKING)


def _attend(stage: Stage, rng: random.Random, session: UUID, people: Sequence[_Person], days: Sequence[date]) -> None:
    present = {one.key: [day for day in days if rng.random() < 0.95] if rng.random() < 0.96 else [] for one in people}
    training.record_attendance(actor=stage.actor(_TRAINER), session_id=session, present=present)


def _test(
    stage: Stage,
    rng: random.Random,
    session: UUID,
    written: texts.Written,
    occasion: Occasion,
    people: Sequence[_Person],
) -> None:
    """Hand in a test for most of them: later ones are missing more often."""
    lines = {
        one.key: _answers(rng, written, min(0.97, max(0.05, _SHARES[occasion] + one.bent)))
        for one in people
        if rng.random() < _TAKEN[occasion]
    }
    if lines:
        training.enter_tests(actor=stage.actor(_TRAINER), session_id=session, occasion=occasion, lines=lines)


def _answers(rng: random.Random, written: texts.Written, share: float) -> Entered:
    answers: dict[str, list[int]] = {}
    marks: dict[str, int] = {}
    for at, (kind, _words, lines, points) in enumerate(written.questions):
        if kind == "short":
            marks[f"q{at}"] = sum(rng.random() < share for _point in range(points))
            continue
        options, right = read_options(lines)
        wrong = [place for place in range(len(options)) if place not in right]
        knows = rng.random() < share
        answers[f"q{at}"] = sorted(right) if knows else [rng.choice(wrong or sorted(right))]
    return Entered(answers, marks)


def _say(stage: Stage, rng: random.Random, session: UUID, size: int) -> None:
    """What participants say, through the session's own link."""
    door = training.open_door(actor=stage.actor(_TRAINER), session_id=session, purpose=DoorPurpose.FEEDBACK)
    for _number in range(rng.randint(5, size)):
        answers = {name: str(rng.choice((3, 4, 4, 5, 5))) for name in ("useful", "clear", "safe")}
        if rng.random() < 0.3:
            answers["words"] = rng.choice(texts.WISHES)
        training.give_feedback(actor=SYSTEM_ACTOR, door_id=door, answers=answers)
    training.close_door(actor=stage.actor(_TRAINER), door_id=door)
