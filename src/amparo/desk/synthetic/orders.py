"""Orders about the accused: bail with its conditions, and orders that protect her, prolonged in time or forgotten."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.apps import apps

from amparo.desk.synthetic.agenda import Diary, Line
from amparo.desk.synthetic.plans import Trait
from amparo.desk.synthetic.story import Story
from amparo.investigations.words import Agency
from amparo.kernel import clock
from amparo.kernel.words import Role
from amparo.prosecution import commands
from amparo.prosecution.commands import Terms
from amparo.prosecution.words import OrderKind

_YEAR = timedelta(days=365)
# An order that ends so soon is prolonged before a case is closed.
_SOON = timedelta(days=21)
_KEEP_AWAY = "Not within 200 metres of where she lives, learns or works. No call and no message, also through others."
_BAIL = "He hands in his passport, reports at the station each Monday, and speaks to no witness."


def orders(story: Story, proceeding: UUID, at: datetime) -> None:
    """What is ordered once somebody is charged."""
    story.go(_bail(story, proceeding, at))
    story.go(_protection(story, proceeding, at))


def _issue(story: Story, proceeding: UUID, diary: Diary, kind: OrderKind, until: date | None) -> UUID:
    assert story.suspect is not None  # noqa: S101
    protects = kind is not OrderKind.BAIL
    return commands.issue_order(
        actor=story.by(Role.LAWYER),
        proceeding_id=proceeding,
        kind=kind,
        accused_id=story.suspect,
        person_id=story.her if protects else None,
        terms=_terms(story, diary, until, _KEEP_AWAY if protects else _BAIL),
    )


def _terms(story: Story, diary: Diary, until: date | None, conditions: str) -> Terms:
    number = f"EX-O-{diary.rng.randrange(100, 999)}/{diary.day.year}"
    return Terms(Agency.COURT, diary.day, until, story.office.place.court, number, conditions)


def _bail(story: Story, proceeding: UUID, at: datetime) -> Line:
    diary = story.diary("bail", at)
    yield diary.after(2, 12)
    if diary.rng.randrange(5) > 1:
        return
    key = _issue(story, proceeding, diary, OrderKind.BAIL, None)
    yield diary.after(150, 320)
    commands.lift_order(actor=story.by(Role.LAWYER), order_id=key, on=diary.day)


def _protection(story: Story, proceeding: UUID, at: datetime) -> Line:
    diary = story.diary("protection", at)
    rng = diary.rng
    yield diary.after(3, 20)
    shown = story.has(Trait.HEARING_TOMORROW) or story.has(Trait.SUSPECT_AGAIN)
    if not shown and rng.randrange(5) > 2:
        return
    until = _last_day(story, diary)
    key = _issue(story, proceeding, diary, rng.choice((OrderKind.PROTECTION, OrderKind.NO_CONTACT)), until)
    yield diary.after(10, 60)
    if shown or rng.randrange(6) == 0:
        commands.record_breach(
            actor=story.by(Role.CASEWORKER),
            order_id=key,
            on=diary.day - timedelta(days=1),
            what="He stood across the street until it was dark.",
        )
    if shown:
        return
    while True:
        yield diary.on(datetime.combine(until - timedelta(days=4), diary.at.timetz()))
        until = diary.day + _YEAR
        key = _prolong(story, key, until, diary)


def _last_day(story: Story, diary: Diary) -> date:
    """Of two stories that are shown one order ends next week, and one ended yesterday."""
    today = story.stage.until.date()
    if story.has(Trait.HEARING_TOMORROW):
        return today + timedelta(days=9)
    if story.has(Trait.SUSPECT_AGAIN) and diary.day < today - timedelta(days=1):
        return today - timedelta(days=1)
    return diary.day + timedelta(days=diary.rng.choice((90, 180, 365)))


def _prolong(story: Story, key: UUID, until: date, diary: Diary) -> UUID:
    terms = _terms(story, diary, until, _KEEP_AWAY)
    return commands.vary_order(actor=story.by(Role.LAWYER), order_id=key, terms=terms)


def settle(story: Story) -> None:
    """Prolong what ends soon, so that she is safe also when nobody looks any more."""
    today = clock.today()
    rows = apps.get_model("prosecution", "Order")._base_manager.filter(case_id=story.case, state="in_force")
    ending = rows.filter(until_on__lte=today + _SOON).order_by("id")
    for key in ending.values_list("id", flat=True):
        _prolong(story, key, today + _YEAR, story.diary("prolong", clock.now()))
