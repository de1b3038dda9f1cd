"""One case as it is told: who is in it, where it stands, and the words that fit it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from amparo.access.actors import Actor
from amparo.desk.synthetic.agenda import Diary, Line
from amparo.desk.synthetic.names import Named, named
from amparo.desk.synthetic.plans import SPECIAL, Plan, Trait
from amparo.desk.synthetic.stage import Office, Stage
from amparo.desk.synthetic.texts import MATTERS, Matter
from amparo.kernel.words import Role

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(slots=True)
class Story:
    """What the lines of one case share while it is told."""

    stage: Stage
    plan: Plan
    office: Office
    matter: Matter
    began: datetime
    survivor_name: Named
    gender: str
    suspect_name: Named
    words: dict[str, str]
    title: str
    is_special: bool
    age: int = 0
    team: dict[Role, str] = field(default_factory=dict)
    case_id: UUID | None = None
    survivor: UUID | None = None
    suspect: UUID | None = None
    relative: UUID | None = None
    # Goes up when the case is settled: a case that is opened again begins a new chapter.
    chapter: int = 0
    client: UUID | None = None
    relative_client: UUID | None = None
    open_services: set[UUID] = field(default_factory=set)
    open_tasks: set[UUID] = field(default_factory=set)
    untold: set[UUID] = field(default_factory=set)
    open_promises: set[UUID] = field(default_factory=set)
    # Marks that one line leaves for another.
    marks: set[str] = field(default_factory=set)

    @property
    def case(self) -> UUID:
        assert self.case_id is not None, "the case is opened first"  # noqa: S101
        return self.case_id

    @property
    def her(self) -> UUID:
        assert self.survivor is not None, "the survivor is in the case from its first day"  # noqa: S101
        return self.survivor

    def has(self, trait: Trait) -> bool:
        return self.plan.has(trait)

    def dice(self, line: str) -> random.Random:
        return self.stage.dice("story", self.plan.number, line)

    def diary(self, line: str, at: datetime) -> Diary:
        return Diary(self.dice(line), at)

    def by(self, role: Role) -> Actor:
        """The colleague on this case's team with a role; the office's supervisor stands outside the team."""
        return self.stage.actor(self.team[role])

    def account(self, role: Role) -> UUID:
        return self.stage.accounts[self.team[role]]

    def say(self, rng: random.Random, texts: tuple[str, ...]) -> str:
        return rng.choice(texts).format_map(self.words)

    def go(self, line: Line) -> None:
        """Let another line of this case begin; it ends when the case is settled for closing."""
        chapter = self.chapter
        self.stage.agenda.start(line, lambda: self.chapter != chapter)


def new_story(stage: Stage, plan: Plan) -> Story:
    """A story that has not begun: its people are named, and nothing is written yet."""
    rng = stage.dice("story", plan.number)
    office = stage.offices[plan.office]
    matter = MATTERS[plan.matter]
    gender = "female" if rng.randrange(6) else "male"
    survivor = named(rng, gender, script=(0, 1, 2)[plan.number % 3] if plan.number in (1, 2, 4) else None)
    began = stage.until - timedelta(days=plan.days_ago)
    place = office.place
    words = {
        "first": survivor.full.split()[0],
        "street": rng.choice(place.streets),
        "village": rng.choice(place.villages),
        "place": rng.choice(place.villages),
        "month": _MONTHS[(began - timedelta(days=rng.randrange(20, 200))).month - 1],
        "court": place.court,
        "station": place.station,
        "hospital": place.hospital,
    }
    suspect = named(rng, "female" if rng.randrange(7) == 0 else "male")
    title = rng.choice(matter.titles).format_map(words)
    is_special = plan.number < len(SPECIAL)
    return Story(
        stage,
        plan,
        office,
        matter,
        began,
        survivor,
        gender,
        suspect,
        words,
        title=title,
        is_special=is_special,
    )
