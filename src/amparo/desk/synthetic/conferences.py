"""Case conferences: police and prosecution sit down with the team, sometimes before everybody may know everything."""

from __future__ import annotations

from datetime import datetime, timedelta

from amparo.cases import commands as cases
from amparo.cases import queries
from amparo.cases.commands import NewTask
from amparo.cases.words import ConferenceState
from amparo.desk.synthetic.agenda import Line
from amparo.desk.synthetic.story import Story
from amparo.kernel.words import Role

_ABOUT = (
    "Who does what until the hearing, and how she is asked once only.",
    "Where she can live, and what the police do about the man at the gate.",
)
_DECISIONS = (
    "The statement is taken once, by the officer whom she knows. The prosecutor gets a copy within the week. "
    "No visit to the village without telling us first.",
    "Plain clothes, no siren. The aunt stays with her during the hearing. The interpreter is asked today.",
)
_PRESENT = "The officer in charge, a prosecutor, her caseworker and lawyer."
_TASKS = (
    ("Ask for the interpreter", Role.LAWYER),
    ("Go through the day in court with her", Role.CASEWORKER),
    ("Send the list of dates to the officer", Role.INVESTIGATOR),
)


def conference(story: Story, at: datetime) -> Line:
    """In the cases that are shown, and in one of six others."""
    diary = story.diary("conference", at)
    rng = diary.rng
    if not story.is_special and rng.randrange(6):
        return
    yield diary.after(25, 90)
    key = cases.plan_conference(
        actor=story.by(Role.LAWYER),
        case_id=story.case,
        on=diary.day + timedelta(days=6),
        agencies=[story.stage.partners["police"], story.stage.partners["prosecution"]],
        classes=["identity", "statement"],
        about=rng.choice(_ABOUT),
    )
    yield diary.after(6, 9)
    due = diary.day + timedelta(days=rng.randint(4, 12))
    made = [NewTask(title, story.account(role), due) for title, role in rng.sample(_TASKS, rng.randint(1, 2))]
    cases.hold_conference(
        actor=story.by(Role.LAWYER),
        conference_id=key,
        expected=1,
        on=diary.day,
        present=_PRESENT,
        decisions=rng.choice(_DECISIONS),
        tasks=made,
    )
    yield diary.after(3, 14)
    _do_tasks(story)


def _do_tasks(story: Story) -> None:
    """What came of its conferences is done."""
    actor = story.by(Role.LAWYER)
    came = {task for view in queries.conferences(actor, story.case) for task in view.task_ids}
    for task in queries.tasks_of_case(actor, story.case):
        if task.id in came:
            cases.do_task(actor=actor, task_id=task.id)


def settle(story: Story) -> None:
    """Bring conferences and their tasks to their end before a case is closed."""
    actor = story.by(Role.LAWYER)
    _do_tasks(story)
    for view in queries.conferences(actor, story.case):
        if view.state is ConferenceState.PLANNED:
            cases.drop_conference(actor=actor, conference_id=view.id)


def coming(story: Story) -> Line:
    """One that comes in a few days, with consents that are still missing."""
    diary = story.diary("conference to come", story.began)
    yield diary.on(story.stage.until - timedelta(days=3))
    cases.plan_conference(
        actor=story.by(Role.LAWYER),
        case_id=story.case,
        on=story.stage.until.date() + timedelta(days=2),
        agencies=[story.stage.partners["police"], story.stage.partners["prosecution"]],
        classes=["identity", "statement"],
        about=_ABOUT[1],
    )
