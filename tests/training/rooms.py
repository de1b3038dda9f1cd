"""A curriculum, a session and people to train."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from amparo.kernel import clock
from amparo.training import commands
from amparo.training.commands import NewParticipant, Plan
from amparo.training.commands.tests import Entered
from amparo.training.models import Enrolment
from amparo.training.rules.content import Module, Question
from amparo.training.words import Audience, Occasion, PersonKind, QuestionKind
from tests.cast import Cast

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
TODAY = NOW.date()

SINGLE = Question(
    "single", QuestionKind.SINGLE, "What comes first?", ("The form", "Her safety", "The file"), frozenset({1})
)
MULTIPLE = Question(
    "several", QuestionKind.MULTIPLE, "What is written?", ("Who", "When", "Gossip"), frozenset({0, 1}), points=2
)
EITHER = Question("either", QuestionKind.TRUE_FALSE, "No injury, no crime.", ("True", "False"), frozenset({1}))
SHORT = Question(
    "short", QuestionKind.SHORT, "What do you tell her?", points=3, rubric="One point for each: when, who, where."
)
BANK = (SINGLE, MULTIPLE, EITHER, SHORT)


@dataclass(slots=True)
class AtHand:
    """A session of two days that began yesterday, with people on its list by name."""

    version: UUID
    session: UUID
    people: dict[str, UUID]

    def row(self, name: str) -> Enrolment:
        return Enrolment.objects.get(pk=self.people[name])


def version(
    cast: Cast,
    *,
    least_score: int = 0,
    audience: Audience = Audience.POLICE,
    title: str = "First response",
    aims: str = "",
) -> UUID:
    key = commands.add_curriculum(actor=cast.oksana, audience=audience, title=title, aims=aims, least_score=least_score)
    commands.save_module(actor=cast.oksana, version_id=key, module=Module("m", "The first hour", 120, "Ask first."))
    for question in BANK:
        commands.save_question(actor=cast.oksana, version_id=key, question=question)
    return key


def plan(starts_on: date, days: int = 2, **more: object) -> Plan:
    wanted: dict[str, object] = {
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=days - 1),
        "place": "Example Hall",
        "district": "Lakeside",
        "language": "en",
        "trainer_ids": (),
    }
    return Plan(**(wanted | more))  # type: ignore[arg-type]


def person(name: str, **more: object) -> NewParticipant:
    wanted: dict[str, object] = {"kind": PersonKind.OFFICIAL, "audience": Audience.POLICE, "name": name}
    return NewParticipant(**(wanted | more))  # type: ignore[arg-type]


NAMES = ("Femi Ejemplo", "سامر مثال", "राम नमूना", "សុខា គំរូ")


def session(
    cast: Cast, *, version_id: UUID | None = None, names: tuple[str, ...] = NAMES, least_score: int = 0
) -> AtHand:
    """Began yesterday as the clock stands, ends today."""
    key = version_id or version(cast, least_score=least_score)
    first = clock.today() - timedelta(days=1)
    made = commands.plan_session(
        actor=cast.oksana, version_id=key, plan=plan(first, trainer_ids=(cast.oksana.account_id,))
    )
    people = {
        name: commands.enrol_new(actor=cast.oksana, session_id=made, person=person(name, is_another=True))
        for name in names
    }
    return AtHand(key, made, people)


def attend(cast: Cast, at: AtHand, *names: str) -> None:
    """Let people be there on both days; all of them where none is named."""
    days = [clock.today() - timedelta(days=1), clock.today()]
    present = {at.people[name]: days for name in names or tuple(at.people)}
    commands.record_attendance(actor=cast.oksana, session_id=at.session, present=present)


# Seven points of seven: one, two, one and three.
PERFECT = Entered({"single": [1], "several": [0, 1], "either": [1]}, {"short": 3})
POOR = Entered({"single": [0], "several": [2], "either": [1]}, {"short": 0})


def take(cast: Cast, at: AtHand, occasion: Occasion, lines: dict[str, Entered]) -> None:
    given = {at.people[name]: line for name, line in lines.items()}
    commands.enter_tests(actor=cast.oksana, session_id=at.session, occasion=occasion, lines=given)


def held(cast: Cast, at: AtHand) -> None:
    attend(cast, at)
    commands.hold_session(actor=cast.oksana, session_id=at.session)
