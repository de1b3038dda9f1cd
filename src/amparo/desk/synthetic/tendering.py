"""What of the evidence goes before the court: disclosed to both sides, kept from one, tendered under its mark."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.desk.synthetic.agenda import Diary, Line
from amparo.desk.synthetic.story import Story
from amparo.evidence import queries as evidence
from amparo.evidence.words import State
from amparo.kernel.words import Role
from amparo.prosecution import commands as prosecution
from amparo.prosecution.commands import Rests
from amparo.prosecution.words import ExhibitEvent, Ground, Protected, Toward

_MOST = 3
_READY = (State.HELD, State.ELSEWHERE)
_OBJECTIONS = (
    "The defence says that nobody signed for the search. The court: it was given freely.",
    "The defence asks who held it in the first week. The court: the book answers that.",
)


def before_court(story: Story, proceeding: UUID, at: datetime) -> Line:
    """A few items of the case become exhibits, once the charges are filed."""
    diary = story.diary("exhibits in court", at)
    rng = diary.rng
    yield diary.after(2, 12)
    lawyer = story.by(Role.LAWYER)
    items = {item.id for item in evidence.items_of_case(lawyer, story.case) if not item.has_ended}
    items -= evidence.waiting_in_case(story.case)
    chosen = rng.sample(sorted(items), min(len(items), _MOST))
    exhibits = [
        prosecution.propose_exhibit(actor=lawyer, proceeding_id=proceeding, item_id=item, on=diary.day)
        for item in chosen
    ]
    yield diary.after(3, 15)
    order = Rests(Ground.ORDER, f"{story.office.place.court}, order no. {rng.randrange(10, 90)} of {diary.day.year}")
    kept = exhibits[-1] if exhibits and rng.randrange(3) == 0 else None
    for exhibit in exhibits:
        _share(story, exhibit, order, diary, is_kept=exhibit == kept)
    yield diary.after(40, 90)
    for number, (item, exhibit) in enumerate(zip(chosen, exhibits, strict=True), 1):
        if exhibit != kept and rng.randrange(4) and _is_ready(story, item):
            yield from _tender(story, exhibit, f"P-{number}", diary)


def _share(story: Story, exhibit: UUID, order: Rests, diary: Diary, *, is_kept: bool) -> None:
    lawyer = story.by(Role.LAWYER)
    duty = Rests(Ground.DUTY, "Criminal Procedure (invented), section 40")
    prosecution.disclose(actor=lawyer, exhibit_id=exhibit, toward=Toward.PROSECUTION, rests=duty, on=diary.day)
    if is_kept:
        prosecution.protect(
            actor=lawyer, exhibit_id=exhibit, toward=Toward.DEFENCE, why=Protected.WHEREABOUTS, on=diary.day
        )
    elif diary.rng.randrange(3):
        prosecution.disclose(
            actor=lawyer,
            exhibit_id=exhibit,
            toward=Toward.DEFENCE,
            rests=order,
            on=diary.day,
            to_whom="Advocate Muster",
        )


def _tender(story: Story, exhibit: UUID, mark: str, diary: Diary) -> Line:
    lawyer = story.by(Role.LAWYER)
    prosecution.move_exhibit(actor=lawyer, exhibit_id=exhibit, event=ExhibitEvent.TENDER, on=diary.day, mark=mark)
    yield diary.after(0.2, 20)
    if diary.rng.randrange(5):
        prosecution.move_exhibit(actor=lawyer, exhibit_id=exhibit, event=ExhibitEvent.ADMIT, on=diary.day)
    else:
        words = diary.rng.choice(_OBJECTIONS)
        prosecution.move_exhibit(
            actor=lawyer, exhibit_id=exhibit, event=ExhibitEvent.EXCLUDE, on=diary.day, objections=words
        )


def _is_ready(story: Story, item: UUID) -> bool:
    """Whether the item is in somebody's hands by the book on this day."""
    lines = evidence.items_of_case(story.by(Role.LAWYER), story.case)
    return any(line.id == item and line.state in _READY for line in lines)
