"""Operations: some survivors come to safety by a planned one, some plans lie ahead, one was aborted, two touch.

The rescue of such a story is the operation's: relief and restraint are recorded by it and nowhere else.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from amparo.access import queries as access
from amparo.cases import commands as cases
from amparo.cases import queries as case_queries
from amparo.cases.words import BasisKind, PartyRole
from amparo.desk.synthetic.agenda import Diary, Line
from amparo.desk.synthetic.names import named
from amparo.desk.synthetic.plans import Trait
from amparo.desk.synthetic.stage import Stage
from amparo.desk.synthetic.story import Story
from amparo.investigations import commands as investigations
from amparo.investigations.words import Attribution, Relieved, Restrained, Source, Status
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Role
from amparo.operations import commands, queries
from amparo.operations.commands.day import Relieving, Restraining
from amparo.operations.words import AbortReason, Duty, HappeningKind
from amparo.people import commands as people
from amparo.people.words import PersonKind

_DIRECTOR = "kofi"
_KEEPER = "jalil"
# Stories whose rescue was an operation, by number, and how many more survivors were found there.
_FOUND_TOO = {2: 0, 4: 0, 10: 2}
_ABORTED = 8
_PROPOSED_NOW = 1
_APPROVED_NOW = 3
_PLANNED_NOW = 5
# Beside these, one in so many of the other stories that come to an arrest.
_ONE_IN = 29


def is_one(story: Story) -> bool:
    """Whether the survivor of a story comes to safety by an operation."""
    if story.suspect is None or story.has(Trait.BARRED):
        return False
    return story.plan.number in _FOUND_TOO or (not story.is_special and story.plan.number % _ONE_IN == 13)


@dataclass(slots=True)
class _Made:
    """An operation that is being told."""

    id: UUID
    story: Story
    survivors: list[UUID]

    @property
    def lead(self) -> str:
        return self.story.team[Role.INVESTIGATOR]


def rescue(story: Story, diary: Diary) -> Generator[datetime, None, UUID]:
    """The whole way from the plan to the debrief; gives the relief of the survivor of the story."""
    rng = diary.rng
    yield diary.after(3, 12)
    survivors = [story.her, *(_another(story, diary) for _ in range(_FOUND_TOO.get(story.plan.number, 0)))]
    made = _planned(story, diary, survivors, _place(story, diary))
    yield diary.after(0.2, 1)
    _propose(made)
    yield diary.after(0.2, 1)
    _approve(made, both=True)
    yield diary.after(0.5, 1.5)
    _brief(made)
    where = queries.whereabouts(story.stage.actor(made.lead), made.id)
    assert where is not None  # noqa: S101
    yield diary.on(where.ends + timedelta(hours=1))
    relief = _executed(made, diary)
    story.go(_afterwards(made, diary.at))
    if rng.randrange(3) == 0:
        commands.record_happening(
            actor=story.stage.actor(made.lead),
            operation_id=made.id,
            kind=HappeningKind.THREAT,
            on=diary.day,
            words="A man at the gate said that he knows where the team lives.",
            done="Written into the threat log; the officers drove two colleagues home.",
        )
    return relief


def _afterwards(made: _Made, at: datetime) -> Line:
    """Debrief with its lessons, and the seal once everything is verified."""
    story = made.story
    diary = story.diary("debrief", at)
    yield diary.after(1, 3)
    lessons = diary.rng.sample(_LESSONS, 1 + story.is_special)
    well = "Nobody was hurt. She was with one person from the first minute until the shelter."
    _debrief(made, well, lessons, "That somebody spoke her language before the officers spoke.")
    yield diary.after(14, 30)
    actor = story.stage.actor(made.lead)
    if not queries.waits_for_verification(made.id):
        commands.seal(actor=actor, operation_id=made.id)


def _debrief(made: _Made, well: str, lessons: Sequence[str], said: str = "") -> None:
    commands.debrief(
        actor=made.story.stage.actor(made.lead),
        operation_id=made.id,
        went_well=well,
        to_change="The second car came late: both cars start from the same place next time.",
        survivors_said=said,
        lessons=lessons,
    )


_LEAKED = "Plans were known at the station the evening before: fewer people there need to know."
_LESSONS = (
    "The unit waited for a written order that its head may give himself.",
    "No woman officer was on duty; one was found because we asked two days before.",
    "Officers put questions to a child before the social worker had come.",
    "The arrested were taken past the survivors. A second door was there.",
    "The list of found things was written and signed on the spot, without being asked.",
)


# ---- the parts of a plan -------------------------------------------------------------------------------------------


def _place(story: Story, diary: Diary) -> tuple[str, datetime]:
    day = diary.day + timedelta(days=diary.rng.randint(5, 9))
    return f"{story.words['street']}, {story.words['village']}", datetime.combine(day, time(4, 30), diary.at.tzinfo)


def _planned(story: Story, diary: Diary, survivors: Sequence[UUID], where: tuple[str, datetime]) -> _Made:
    """A whole plan, by the investigator, with the caseworker and an officer."""
    stage, rng = story.stage, diary.rng
    lead = story.team[Role.INVESTIGATOR]
    place, starts = where
    key = commands.plan_operation(
        actor=stage.actor(lead),
        case_id=story.case,
        objective=_objective(len(survivors)),
        legal_basis="Search warrant of the magistrate, and the order of release under the law on bonded labour.",
        agency_id=stage.partners["police"],
        unit_id=stage.partners[f"unit:station:{story.office.place.key}"],
    )
    stage.reach_changed(lead)
    made = _Made(key, story, list(survivors))
    me = stage.actor(lead)
    police = stage.who(story.office, Role.POLICE, rng)
    for login, duty in ((story.team[Role.CASEWORKER], Duty.SURVIVORS), (police, Duty.AUTHORITY)):
        commands.add_member(
            actor=me, operation_id=key, duty=duty, account_id=stage.accounts[login], phone=_phone(rng.randrange(100))
        )
        stage.reach_changed(login)
    for duty, name in ((Duty.INTERPRETER, "សុខា គំរូ (interpreter)"), (Duty.DRIVER, "Second car, district office")):
        commands.add_member(actor=me, operation_id=key, duty=duty, name=name, phone=_phone(rng.randrange(100)))
    _words(made)
    commands.set_whereabouts(
        actor=me,
        operation_id=key,
        expected=0,
        place=place,
        meeting=f"Yard behind {story.office.place.station}",
        starts=starts,
        ends=starts + timedelta(hours=4),
    )
    for hazard, likelihood, harm, done in _RISKS[: 2 + story.is_special]:
        commands.add_risk(actor=me, operation_id=key, hazard=hazard, likelihood=likelihood, harm=harm, mitigation=done)
    _cares(made)
    return made


def _objective(count: int) -> str:
    if count == 1:
        return "One survivor is out of the hands of those who hold her, and in a safe place the same night."
    return f"{count} survivors are out of the hands of those who hold them, and in a safe place the same night."


def _phone(number: int) -> str:
    return f"+999 20 5550 2{number:02d}"


def _words(made: _Made) -> None:
    actor = made.story.stage.actor(made.lead)
    core = queries.core(actor, made.id)
    commands.change_core(
        actor=actor,
        operation_id=made.id,
        expected=core.version,
        objective=str(core.values["objective"]),
        legal_basis=str(core.values["legal_basis"]),
        agency_id=UUID(str(core.values["agency_id"])),
        unit_id=UUID(str(core.values["unit_id"])),
        timeline=_TIMELINE,
        go_items=_GO,
        abort_rules=_STOP,
        unexpected="The caseworker stays with them; the second car drives; the shelter keeps three more beds.",
    )
    commands.change_numbers(
        actor=actor,
        operation_id=made.id,
        expected=core.version + 1,
        numbers=f"{made.story.office.place.hospital}, emergency: {_phone(1)}\nDuty prosecutor: {_phone(2)}",
    )


_TIMELINE = (
    "03:30 The team meets; telephones are collected",
    "04:30 The magistrate and the officers enter; the caseworker and the interpreter follow at once",
    "04:40 Survivors and those who are held apart; nobody is asked what happened",
    "05:30 Both cars leave; the nurse waits at the shelter",
)
_GO = (
    "The warrant is in the hands of the officer in the lead",
    "A woman officer, the interpreter and the caseworker are there",
    "Both cars and the beds in the shelter are confirmed at 22:00",
)
_STOP = (
    "Anybody is seen with a weapon",
    "Somebody there knows that we come",
    "Care for a survivor is not ready",
)
_RISKS = (
    (
        "The owner is warned by somebody at the station",
        2,
        4,
        "Only the officer in the lead knows the place until three.",
    ),
    ("Survivors take the officers for a threat and run", 3, 3, "The interpreter speaks first, in plain clothes."),
    ("Children are parted from their mothers", 2, 3, "Nobody gets into a car before the list of families is read."),
)


def _cares(made: _Made) -> None:
    """For each survivor of the case who is there, also those who are safe already."""
    stage = made.story.stage
    actor = stage.actor(made.lead)
    team = dict(queries.team(actor, made.id))
    caseworker = access.names_of([made.story.account(Role.CASEWORKER)])[made.story.account(Role.CASEWORKER)]
    stays = next(UUID(key) for key, label in team.items() if label.startswith(caseworker))
    place = made.story.office.place
    for party in case_queries.parties(actor, made.story.case, [PartyRole.SURVIVOR]):
        is_there = party.person_id in made.survivors
        commands.set_care(
            actor=actor,
            operation_id=made.id,
            person_id=party.person_id,
            stays_id=stays,
            medical=f"Nurse of {place.hospital} waits at the shelter; nobody is examined without being asked."
            if is_there
            else "None: she is safe already and stays away.",
            interpreter="សុខា គំរូ, Khmer and English" if is_there else "None is needed.",
            transport="Second car, with the caseworker" if is_there else "None: she stays where she is.",
            safe_place=f"{place.shelter}, upper floor" if is_there else "At home, as her safety plan says.",
        )


def _another(story: Story, diary: Diary) -> UUID:
    """A further survivor at the same place, whom nobody has met yet."""
    lead = story.by(Role.SUPERVISOR)
    person = people.add_person(
        actor=lead,
        office_id=story.office.id,
        kind=PersonKind.SURVIVOR,
        name=named(diary.rng, "female").full,
        gender="female",
    )
    cases.add_party(actor=lead, case_id=story.case, person_id=person, role=PartyRole.SURVIVOR)
    cases.record_basis(
        actor=story.by(Role.CASEWORKER),
        case_id=story.case,
        person_id=person,
        kind=BasisKind.NOT_YET_IN_CONTACT,
        reason="She is held where the first survivor was. Nobody could speak with her.",
    )
    return person


# ---- deciding and the day ------------------------------------------------------------------------------------------


def _approvers(story: Story) -> tuple[str, str]:
    return story.office.logins[Role.SUPERVISOR][0], _DIRECTOR


def _propose(made: _Made) -> None:
    stage = made.story.stage
    asked = _approvers(made.story)
    commands.propose(
        actor=stage.actor(made.lead), operation_id=made.id, approvers=[stage.accounts[login] for login in asked]
    )
    stage.reach_changed(*asked)


def _approve(made: _Made, *, both: bool) -> None:
    stage = made.story.stage
    plan = queries.operation_for(stage.actor(made.lead), commands.SEE, made.id).plan
    asked = _approvers(made.story)
    for login in asked if both else asked[:1]:
        commands.approve(actor=stage.actor(login), operation_id=made.id, expected=plan)
    stage.reach_changed(*asked)


def _brief(made: _Made) -> None:
    actor = made.story.stage.actor(made.lead)
    present = [UUID(key) for key, _label in queries.team(actor, made.id)]
    commands.brief(actor=actor, operation_id=made.id, present=present)


def _executed(made: _Made, diary: Diary) -> UUID:
    """Relief for each and restraint, recorded by the operation; gives the relief of the story's survivor."""
    story = made.story
    actor = story.stage.actor(made.lead)
    assert story.suspect is not None  # noqa: S101
    supported = Attribution.SUPPORTED if diary.rng.randrange(3) else Attribution.DIRECT
    investigations.record_status(
        actor=actor,
        case_id=story.case,
        person_id=story.suspect,
        status=Status.ARRESTED,
        happened=PartialDate.on(diary.day),
        source=Source.POLICE,
    )
    commands.execute(
        actor=actor,
        operation_id=made.id,
        on=diary.day,
        met=range(len(_GO)),
        relieved=[Relieving(story.case, person, Relieved.RESCUED, supported) for person in made.survivors],
        restrained=[Restraining(story.case, story.suspect, Restrained.ARREST, supported)],
    )
    found = queries.outcomes_by_person(actor, made.id)
    story.go(_verified(made, [key for person, key in found.items() if person != story.her], diary.at))
    return found[story.her]


def _verified(made: _Made, outcomes: Sequence[UUID], at: datetime) -> Line:
    """What came of it besides is verified by the supervisor, who recorded nothing of it."""
    story = made.story
    diary = story.diary("verified", at)
    yield diary.after(3, 10)
    for key in outcomes:
        verify = investigations.verify_relief if _is_relief(made, key) else investigations.verify_restraint
        verify(actor=story.by(Role.SUPERVISOR), outcome_id=key)


def _is_relief(made: _Made, outcome_id: UUID) -> bool:
    found = queries.outcomes_by_person(made.story.stage.actor(made.lead), made.id)
    return any(key == outcome_id and person in made.survivors for person, key in found.items())


# ---- plans of these days -------------------------------------------------------------------------------------------


def name_keeper(stage: Stage) -> Line:
    """The director names who keeps plans apart."""
    yield stage.until - timedelta(days=400, hours=3)
    commands.name_keeper(actor=stage.actor(_DIRECTOR), account_id=stage.accounts[_KEEPER])


def lately(story: Story) -> Line | None:
    """What this story's team plans in these days, or gave up; None for most stories."""
    told = {
        _ABORTED: _aborted,
        _PROPOSED_NOW: _proposed_now,
        _APPROVED_NOW: _approved_now,
        _PLANNED_NOW: _planned_now,
    }.get(story.plan.number)
    return None if told is None else told(story)


def _aborted(story: Story) -> Line:
    """Two hours before it begins somebody has talked; she leaves by herself some days later."""
    diary = story.diary("aborted", story.stage.until - timedelta(days=150))
    yield diary.after(1)
    made = _planned(story, diary, [story.her, _another(story, diary)], _place(story, diary))
    yield diary.after(1)
    _propose(made)
    yield diary.after(1)
    _approve(made, both=True)
    yield diary.after(1)
    _brief(made)
    yield diary.after(1)
    commands.abort(
        actor=story.stage.actor(made.lead),
        operation_id=made.id,
        reason=AbortReason.LEAKED,
        words="The gate stood open and the rooms were empty at midnight: somebody had talked.",
    )
    yield diary.after(2, 4)
    _debrief(made, "The team held still until it was called back.", [_LEAKED])


def _soon(story: Story, days: int) -> datetime:
    return datetime.combine((story.stage.until + timedelta(days=days)).date(), time(4, 30), story.stage.until.tzinfo)


# The same house, as two teams of two offices write it.
_SAME = ("Old cannery, Salt Flats road 9", "Salt Flats Road 9 (old cannery)")


def _approved_now(story: Story) -> Line:
    """A woman was left behind at the place; it is approved and the team is to be briefed."""
    diary = Diary(story.dice("approved now"), story.stage.until - timedelta(days=4))
    yield diary.after(0.5)
    made = _planned(story, diary, [_another(story, diary)], (_SAME[0], _soon(story, 2)))
    yield diary.on(story.stage.until - timedelta(days=2))
    _propose(made)
    yield diary.on(story.stage.until - timedelta(days=1))
    _approve(made, both=True)


def _proposed_now(story: Story) -> Line:
    """Proposed this morning; one of two has approved. It touches the plan of the other office."""
    diary = Diary(story.dice("proposed now"), story.stage.until - timedelta(days=2))
    yield diary.on(story.stage.until - timedelta(hours=26))
    made = _planned(story, diary, [_another(story, diary)], (_SAME[1], _soon(story, 3)))
    yield diary.on(story.stage.until - timedelta(hours=5))
    _propose(made)
    yield diary.on(story.stage.until - timedelta(hours=3))
    _approve(made, both=False)


def _planned_now(story: Story) -> Line:
    """Only begun: an objective and a lead."""
    yield story.stage.until - timedelta(hours=20)
    lead = story.team[Role.INVESTIGATOR]
    commands.plan_operation(
        actor=story.stage.actor(lead),
        case_id=story.case,
        objective="The child who is shown is found, and is with somebody who protects it.",
        legal_basis="",
        agency_id=story.stage.partners["police"],
    )
    story.stage.reach_changed(lead)
