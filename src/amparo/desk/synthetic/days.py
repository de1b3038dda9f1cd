"""What happens between the great steps: calls, visits, meetings, tasks and promises."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from amparo.cases import commands as cases
from amparo.cases.words import DropReason, NoteKind, TrackKind
from amparo.desk.synthetic import texts
from amparo.desk.synthetic.agenda import Diary, Line
from amparo.desk.synthetic.story import Story
from amparo.kernel.words import Compartment, Role

# What is written, by whom, and for whose eyes.
_NOTES: tuple[tuple[NoteKind, Role, Compartment, tuple[str, ...], bool], ...] = (
    (NoteKind.CONTACT, Role.CASEWORKER, Compartment.CARE, texts.CALLS, True),
    (NoteKind.VISIT, Role.CASEWORKER, Compartment.CARE, texts.VISITS, True),
    (NoteKind.DECISION, Role.LAWYER, Compartment.LEGAL, texts.DECISIONS, False),
    (NoteKind.COURT, Role.LAWYER, Compartment.LEGAL, texts.COURT_NOTES, False),
    (NoteKind.OBSERVATION, Role.INVESTIGATOR, Compartment.INVESTIGATION, texts.OBSERVATIONS, False),
)  # fmt: skip
_TRACK_OF = {
    Role.CASEWORKER: TrackKind.RESTORATION,
    Role.LAWYER: TrackKind.ACCOUNTABILITY,
    Role.INVESTIGATOR: TrackKind.ACCOUNTABILITY,
}


def notes(story: Story, at: datetime) -> Line:
    """Often at first, then less."""
    diary = story.diary("notes", at)
    rng = diary.rng
    for count in range(6 if story.is_special else 3):
        yield diary.after(2 + 8 * count, 8 + 34 * count)
        kind, role, level, words, about_her = rng.choices(_NOTES, (5, 4, 3, 3, 2))[0]
        cases.write_note(
            actor=story.by(role),
            case_id=story.case,
            compartment=level,
            kind=kind,
            text=rng.choice(words),
            person_id=story.her if about_her else None,
        )


def tasks(story: Story, at: datetime) -> Line:
    """Tasks for the team; most are done in time, some wait, a few are dropped."""
    diary = story.diary("tasks", at)
    rng = diary.rng
    for count in range(3 if story.is_special else 2):
        yield diary.after(4 + 16 * count, 12 + 40 * count)
        role = rng.choice((Role.CASEWORKER, Role.LAWYER, Role.INVESTIGATOR))
        story.go(_task(story, Diary(rng, diary.at), role, diary.day + timedelta(days=rng.randint(3, 21))))


def _task(story: Story, diary: Diary, role: Role, due: date) -> Line:
    rng = diary.rng
    yield diary.minutes(1, 9)
    task = cases.set_task(
        actor=story.by(rng.choice((role, Role.SUPERVISOR))),
        case_id=story.case,
        title=rng.choice(texts.TASKS[role.value]),
        assigned_id=story.account(role),
        due_on=due,
        track=_TRACK_OF[role],
    )
    story.open_tasks.add(task)
    yield diary.after(1, 24)
    if task not in story.open_tasks:
        return
    story.open_tasks.discard(task)
    if rng.randrange(12):
        cases.do_task(actor=story.by(role), task_id=task)
    else:
        cases.drop_task(actor=story.by(role), task_id=task, reason=rng.choice(list(DropReason)))


def promises(story: Story, at: datetime) -> Line:
    """Promises to the survivor; most are kept, one in ten is late and stays open for a while."""
    diary = story.diary("promises", at)
    rng = diary.rng
    for count in range(2 if story.is_special else 1):
        yield diary.after(3 + 30 * count, 15 + 120 * count)
        role = rng.choice((Role.CASEWORKER, Role.LAWYER))
        promise = cases.make_promise(
            actor=story.by(role),
            case_id=story.case,
            person_id=story.her,
            text=rng.choice(texts.PROMISES),
            due_on=diary.day + timedelta(days=rng.randint(2, 14)),
        )
        story.open_promises.add(promise)
        yield diary.after(1, 8) if rng.randrange(10) else diary.after(18, 40)
        if promise not in story.open_promises:
            return
        story.open_promises.discard(promise)
        cases.keep_promise(actor=story.by(role), promise_id=promise)


def settle(story: Story) -> None:
    """Bring open tasks and promises to their end before a case is closed."""
    for task in sorted(story.open_tasks):
        cases.do_task(actor=story.by(Role.CASEWORKER), task_id=task)
    for promise in sorted(story.open_promises):
        cases.keep_promise(actor=story.by(Role.CASEWORKER), promise_id=promise)
    story.open_tasks.clear()
    story.open_promises.clear()


def due_now(story: Story, rng: random.Random) -> None:
    """What stands on the Today pages of the team: a task of today, one that is late, a late promise."""
    today = story.stage.until.date()
    lead = story.by(Role.SUPERVISOR)
    for role, days in ((Role.CASEWORKER, 0), (Role.LAWYER, 0), (Role.INVESTIGATOR, -3), (Role.LAWYER, 4)):
        cases.set_task(
            actor=lead,
            case_id=story.case,
            title=rng.choice(texts.TASKS[role.value]),
            assigned_id=story.account(role),
            due_on=today + timedelta(days=days),
            track=_TRACK_OF[role],
        )
    for role, days in ((Role.CASEWORKER, 0), (Role.LAWYER, -2)):
        cases.make_promise(
            actor=story.by(role),
            case_id=story.case,
            person_id=story.her,
            text=rng.choice(texts.PROMISES),
            due_on=today + timedelta(days=days),
            promised_on=today - timedelta(days=9),
        )


def lately(story: Story) -> Line:
    """Work that waits today, in the cases that the cast is known by."""
    diary = story.diary("lately", story.began)
    yield diary.on(story.stage.until - timedelta(days=5))
    due_now(story, diary.rng)
