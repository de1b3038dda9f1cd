"""How cases end: settled, asked to be closed, closed by somebody else, and one opened again."""

from __future__ import annotations

from datetime import datetime, timedelta

from amparo.aftercare.words import EndReason
from amparo.cases import commands as cases
from amparo.cases.words import ClosureReason, NoteKind, TrackKind
from amparo.desk.synthetic import care, conferences, court, days, inquiry, interviews, orders, referrals, threats
from amparo.desk.synthetic.agenda import Diary, Line
from amparo.desk.synthetic.plans import Ending, Trait
from amparo.desk.synthetic.story import Story
from amparo.forensics import queries as forensics
from amparo.journeys import closing
from amparo.kernel.words import Compartment, Role
from amparo.kits import queries as kits


def law_ends_early(story: Story, at: datetime) -> Line:
    """Where nobody is pursued: the track says so after a while."""
    diary = story.diary("not pursued", at)
    yield diary.after(70, 190)
    if story.plan.ending is Ending.NOT_PURSUED or story.suspect is None:
        lawyer = story.by(Role.LAWYER)
        cases.change_track(
            actor=lawyer, case_id=story.case, kind=TrackKind.ACCOUNTABILITY, state="not_pursued", on=diary.day
        )
        story.marks.add("law done")


# So long ago the case was closed that is opened again.
_REOPENED_DAYS = 110


def close(story: Story, at: datetime) -> Line:
    """Wait until law and care have come to their end; then settle, ask and close."""
    diary = story.diary("closing", at)
    if story.has(Trait.TO_CLOSE):
        yield diary.on(story.stage.until - timedelta(days=2, hours=3))
        _ask(story, ClosureReason.SURVIVOR_ASKS, EndReason.ASKED)
        return
    if story.has(Trait.REOPENED):
        yield diary.on(story.stage.until - timedelta(days=_REOPENED_DAYS))
        yield from _closed_too_early(story, diary)
        return
    while not {"law done", "restored"} <= story.marks or _waits_for_others(story):
        yield diary.after(18, 30)
    yield diary.after(3, 20)
    _ask(story, ClosureReason.GOALS_MET, EndReason.RESTORED)
    yield diary.after(2, 12)
    _approve(story)


def _waits_for_others(story: Story) -> bool:
    """A kit that nobody fetched, sent or examined, or a report that can still be read outside."""
    return bool(kits.waiting_in_case(story.case) or forensics.open_releases(story.case))


def _approve(story: Story) -> None:
    closing.approve_closing(
        actor=story.by(Role.SUPERVISOR), case_id=story.case, answer="Well done. Follow-up stays in the calendar."
    )


def _closed_too_early(story: Story, diary: Diary) -> Line:
    """Closed as she asked; then the danger comes back, and so does the work."""
    _ask(story, ClosureReason.SURVIVOR_ASKS, EndReason.ASKED)
    yield diary.after(2, 6)
    _approve(story)
    yield diary.after(25, 60)
    cases.reopen_case(actor=story.by(Role.SUPERVISOR), case_id=story.case, reason="new_danger")
    yield diary.after(0.2, 2)
    cases.write_note(
        actor=story.by(Role.CASEWORKER),
        case_id=story.case,
        compartment=Compartment.CARE,
        kind=NoteKind.CONTACT,
        text="She called: the brother-in-law has come back to the village. She sleeps at her sister's for now.",
        person_id=story.her,
    )
    cases.change_track(actor=story.by(Role.LAWYER), case_id=story.case, kind=TrackKind.RELIEF, state="pending")
    story.go(days.notes(story, diary.at))
    story.go(days.tasks(story, diary.at))


def _ask(story: Story, reason: ClosureReason, end: EndReason) -> None:
    story.chapter += 1
    days.settle(story)
    court.settle(story)
    orders.settle(story)
    care.settle(story, end)
    inquiry.settle_system(story)
    referrals.settle(story)
    interviews.settle(story)
    threats.settle(story)
    conferences.settle(story)
    closing.ask_to_close(
        actor=story.by(Role.CASEWORKER),
        case_id=story.case,
        reason=reason,
        remark="Everything that was agreed is done. She knows how to reach us.",
    )
