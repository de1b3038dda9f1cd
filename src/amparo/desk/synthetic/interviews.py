"""Interviews: told once, written down, gone through with her and sealed; and one that comes soon."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from amparo.cases import commands as cases
from amparo.cases import queries
from amparo.cases.words import PromiseState
from amparo.desk.synthetic.agenda import Diary, Line
from amparo.desk.synthetic.story import Story
from amparo.investigations import commands
from amparo.investigations import queries as investigations
from amparo.investigations.commands import InterviewPlan
from amparo.investigations.words import (
    DropReason,
    Interpreting,
    InterviewPurpose,
    InterviewState,
    Qualification,
    ReviewedHow,
    Support,
)
from amparo.kernel import clock
from amparo.kernel.words import Role

_WHY = (
    "Nobody has asked her yet. The police agree to use this statement, so that it is told once.",
    "The complaint says nothing of the second place. Only she can tell.",
    "The prosecutor needs the order of the days. It is in no paper that we have.",
)
_ROOMS = ("The quiet room of the office", "A room at the hospital, upstairs", "The child-friendly room at the court")
_ACCOUNTS = (
    "She told it in her own order. Who came, who spoke, and where the lamp stood. She did not know the second man. "
    "Asked whether anybody had helped: the cook brought water, twice.",
    "They said the wage would be paid at the end of the season. Nobody was paid. The gate was closed at night. "
    "She says the older foreman never hit anybody.",
    "He spoke for half an hour without a question. The room had one window. He was told that it was for his debt.",
)
_PROMISE = "She gets a copy of what was written down"
_CORRECTIONS = ("", "", "It was the week before the feast, not after.", "The lorry was green.")


def _plan(story: Story, at: datetime, diary: Diary, purpose: InterviewPurpose) -> InterviewPlan:
    rng, child = diary.rng, story.matter.child
    speaks = story.survivor_name.language == "en"
    support = rng.choice((Support.CAREGIVER, Support.PROFESSIONAL) if child else (Support.CHOSEN, Support.DECLINED))
    return InterviewPlan(
        purpose=purpose,
        why=rng.choice(_WHY),
        planned_at=at,
        interviewer_id=story.account(Role.INVESTIGATOR),
        qualification=Qualification.CHILD if child and rng.randrange(4) else Qualification.TRAUMA,
        place=rng.choice(_ROOMS),
        interpreting=Interpreting.NOT_NEEDED if speaks else Interpreting.TRAINED,
        support=support,
        supporter="Her aunt" if support is Support.CHOSEN else "",
    )


def first(story: Story, at: datetime) -> Line:
    """One interview about what happened; in a few cases it does not take place."""
    diary = story.diary("interviews", at)
    rng = diary.rng
    yield diary.after(4, 20)
    when = (diary.at + timedelta(days=rng.randint(2, 9))).replace(hour=9, minute=30, second=0)
    plan = _plan(story, when, diary, InterviewPurpose.STATEMENT)
    key = _planned(story, plan)
    if rng.randrange(12) == 0:
        yield diary.after(1)
        commands.drop_interview(actor=story.by(Role.INVESTIGATOR), interview_id=key, reason=rng.choice((*DropReason,)))
        return
    yield diary.on(when + timedelta(hours=2))
    _hold(story, key, when, diary)
    yield diary.after(1, 5)
    _write(story, key, 2, rng.choice(_ACCOUNTS))
    yield diary.after(2, 12)
    _review(story, key, 3, diary, rng.choice(_CORRECTIONS))
    yield diary.after(0.5, 3)
    commands.seal_interview(actor=story.by(Role.INVESTIGATOR), interview_id=key)
    yield diary.after(8, 22)
    _keep(story)
    if rng.randrange(12):
        commands.give_feedback(actor=story.by(Role.INVESTIGATOR), interview_id=key)


def _planned(story: Story, plan: InterviewPlan, person: UUID | None = None) -> UUID:
    return commands.plan_interview(
        actor=story.by(Role.INVESTIGATOR),
        case_id=story.case,
        person_id=person or story.her,
        plan=plan,
        has_read=True,
    )


def _hold(story: Story, key: UUID, began: datetime, diary: Diary) -> None:
    rng = diary.rng
    promised = [_PROMISE] if rng.randrange(4) == 0 else []
    commands.hold_interview(
        actor=story.by(Role.INVESTIGATOR),
        interview_id=key,
        expected=1,
        began_at=began,
        ended_at=began + timedelta(minutes=rng.randint(35, 95)),
        promises=promised,
        promised_by=diary.day + timedelta(days=10) if promised else None,
        feedback_on=diary.day + timedelta(days=rng.randint(14, 28)),
    )


def _write(story: Story, key: UUID, expected: int, account: str) -> None:
    commands.transcribe_interview(
        actor=story.by(Role.INVESTIGATOR), interview_id=key, expected=expected, account=account
    )


def _review(story: Story, key: UUID, expected: int, diary: Diary, corrections: str) -> None:
    commands.review_interview(
        actor=story.by(Role.INVESTIGATOR),
        interview_id=key,
        expected=expected,
        how=ReviewedHow.READ_ALOUD,
        on=diary.day,
        corrections=corrections,
    )


def coming(story: Story) -> Line:
    """Somebody is to be asked soon: a relative as a witness, or she herself about one point."""
    diary = story.diary("interview to come", story.began)
    yield diary.on(story.stage.until - timedelta(days=2, hours=1))
    at = (story.stage.until + timedelta(days=diary.rng.randrange(2))).replace(hour=14, minute=0, second=0)
    purpose = InterviewPurpose.WITNESS if story.relative else InterviewPurpose.CLARIFY
    _planned(story, _plan(story, at, diary, purpose), story.relative)


def settle(story: Story) -> None:
    """Bring interviews, and what was promised in them, to their end before a case is closed."""
    diary = story.diary("interviews settled", story.began)
    diary.at = clock.now()
    for key, state, version in investigations.unsealed(story.case):
        if state is InterviewState.PLANNED:
            commands.drop_interview(actor=story.by(Role.INVESTIGATOR), interview_id=key, reason=DropReason.NOT_NEEDED)
            continue
        if state is InterviewState.HELD:
            _write(story, key, version, _ACCOUNTS[0])
            version += 1
        if state is not InterviewState.REVIEWED:
            _review(story, key, version, diary, "")
        commands.seal_interview(actor=story.by(Role.INVESTIGATOR), interview_id=key)
    _keep(story)


def _keep(story: Story) -> None:
    """What was promised in an interview is kept."""
    for promise in queries.promises_of_case(story.by(Role.INVESTIGATOR), story.case):
        if promise.state == PromiseState.OPEN and promise.text == _PROMISE:
            cases.keep_promise(actor=story.by(Role.INVESTIGATOR), promise_id=promise.id)
