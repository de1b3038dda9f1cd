"""How a case goes through police, prosecution and court, with all its waiting."""

from __future__ import annotations

import random
from collections.abc import Generator
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps

from amparo.cases import commands as cases
from amparo.cases.words import TrackKind
from amparo.desk.synthetic import orders, texts
from amparo.desk.synthetic.agenda import Diary, Line
from amparo.desk.synthetic.plans import Ending, Trait
from amparo.desk.synthetic.story import Story
from amparo.desk.synthetic.tendering import before_court
from amparo.investigations.words import Agency
from amparo.kernel import clock
from amparo.kernel.words import Role
from amparo.prosecution import commands as prosecution
from amparo.prosecution import queries
from amparo.prosecution.commands import Day
from amparo.prosecution.words import (
    AdjournReason,
    Appellant,
    Attrition,
    ChargeEvent,
    HearingState,
    Measure,
    Mistake,
    Outcome,
    Purpose,
    SentenceKind,
    Side,
    Stage,
)

_ICCS = {
    "assault": "03011", "child": "03012", "online": "030221", "trafficking": "02041", "partner": "02011",
    "servitude": "020321", "kiln": "020322",
}  # fmt: skip
_OUTCOMES = {
    Ending.CONVICTED: Outcome.CONVICTED,
    Ending.LESSER: Outcome.LESSER,
    Ending.ACQUITTED: Outcome.ACQUITTED,
}
# Why hearings are adjourned, on whom it rests, and how often.
_ADJOURNED = (
    (AdjournReason.WITNESS, Side.POLICE, 6), (AdjournReason.JUDGE, Side.COURT, 5),
    (AdjournReason.DEFENCE, Side.DEFENCE, 5), (AdjournReason.ACCUSED, Side.POLICE, 3),
    (AdjournReason.FORENSIC, Side.LABORATORY, 3), (AdjournReason.OVERLOAD, Side.COURT, 4),
    (AdjournReason.STRIKE, Side.NOBODY, 1), (AdjournReason.INTERPRETER, Side.COURT, 1),
)  # fmt: skip
_MOST_ADJOURNED = 3
_ADULT_MEASURES = (Measure.SCREEN, Measure.SUPPORT_PERSON, Measure.SEPARATE_ENTRANCE, Measure.IN_CAMERA)
_CHILD_MEASURES = (Measure.IN_CAMERA, Measure.VIDEO_LINK, Measure.SUPPORT_PERSON, Measure.INTERMEDIARY)


def law(story: Story, at: datetime) -> Line:
    """From the complaint to a final verdict, or to the prosecutor's no."""
    diary = story.diary("law", at)
    rng = diary.rng
    yield diary.after(8, 30)
    if story.suspect is None or story.plan.ending is Ending.NOT_PURSUED:
        return
    proceeding = _complaint(story, diary)
    yield diary.after(4, 20)
    _reach(story, proceeding, Stage.STATEMENT, diary)
    yield diary.after(6, 30)
    _reach(story, proceeding, Stage.IDENTIFIED, diary)
    yield diary.after(8, 30)
    charges = _propose(story, proceeding, diary)
    yield diary.after(8, 35)
    if story.plan.ending is Ending.DECLINED:
        _decline(story, charges, diary)
        return
    for charge in charges:
        prosecution.move_charge(actor=story.by(Role.LAWYER), charge_id=charge, event=ChargeEvent.FILE, on=diary.day)
    story.go(_measures(story, proceeding, diary.at))
    orders.orders(story, proceeding, diary.at)
    story.go(before_court(story, proceeding, diary.at))
    for purpose in _course(rng):
        yield from _hear(story, proceeding, diary, purpose)
        if purpose is Purpose.PLEA:
            _reach(story, proceeding, Stage.ENROLLED, diary)
    verdicts = _pronounce(story, proceeding, charges, diary)
    if story.has(Trait.APPEAL):
        yield from _appealed(story, diary, verdicts)
    yield diary.after(32, 60)
    prosecution.confirm_final(actor=story.by(Role.LAWYER), proceeding_id=proceeding, on=diary.day)
    story.marks.add("law done")


def _complaint(story: Story, diary: Diary) -> UUID:
    place, partners = story.office.place, story.stage.partners
    # One office has its courts in the directory, the others write them down.
    listed = place.key == "harbour"
    number = diary.rng.randrange(100, 999)
    return prosecution.open_proceeding(
        actor=story.by(Role.LAWYER),
        case_id=story.case,
        agency_kind=Agency.POLICE,
        complaint_on=diary.day,
        agency="" if listed else place.station,
        agency_place=partners[f"unit:station:{place.key}"] if listed else None,
        complaint_no=f"EX-{number}/{diary.day.year}",
        court="" if listed else place.court,
        court_place=partners[f"unit:court:{place.key}"] if listed else None,
        jurisdiction=place.district,
        officials=", ".join(f"{official.post}, {official.unit}" for official in story.office.officials[:2]),
    )


def _reach(story: Story, proceeding: UUID, stage: Stage, diary: Diary) -> None:
    prosecution.reach_stage(actor=story.by(Role.LAWYER), proceeding_id=proceeding, stage=stage, on=diary.day)


def _propose(story: Story, proceeding: UUID, diary: Diary) -> list[UUID]:
    assert story.suspect is not None  # noqa: S101
    sections = diary.rng.sample(story.matter.charges, min(len(story.matter.charges), diary.rng.randint(1, 2)))
    return [
        prosecution.propose_charge(
            actor=story.by(Role.LAWYER),
            proceeding_id=proceeding,
            accused_id=story.suspect,
            survivor_id=story.her,
            section=f"{section}, section {diary.rng.randint(80, 390)} (invented)",
            iccs=_ICCS.get(story.matter.key, ""),
            counts=diary.rng.choice((1, 1, 1, 2, 3)),
            on=diary.day,
        )
        for section in sections
    ]


def _decline(story: Story, charges: list[UUID], diary: Diary) -> None:
    for charge in charges:
        prosecution.move_charge(
            actor=story.by(Role.LAWYER),
            charge_id=charge,
            event=ChargeEvent.DECLINE,
            on=diary.day,
            reason=diary.rng.choice((Attrition.EVIDENCE, Attrition.PROSECUTOR_DECLINED)),
        )
    cases.change_track(
        actor=story.by(Role.LAWYER),
        case_id=story.case,
        kind=TrackKind.ACCOUNTABILITY,
        state="not_pursued",
        on=diary.day,
    )
    story.marks.add("law done")


def _measures(story: Story, proceeding: UUID, at: datetime) -> Line:
    """Protections in court are asked for, and mostly granted."""
    diary = story.diary("measures", at)
    rng = diary.rng
    yield diary.after(1, 8)
    known = _CHILD_MEASURES if story.matter.child else _ADULT_MEASURES
    asked = [
        prosecution.request_measure(
            actor=story.by(Role.LAWYER),
            proceeding_id=proceeding,
            person_id=story.her,
            measure=measure,
            on=diary.day,
        )
        for measure in rng.sample(known, rng.randint(1, 2))
    ]
    yield diary.after(10, 45)
    for measure in asked:
        prosecution.decide_measure(
            actor=story.by(Role.LAWYER), measure_id=measure, granted=rng.randrange(5) != 0, on=diary.day
        )


# ---- hearings ---------------------------------------------------------------------------------------------------


def _course(rng: random.Random) -> list[Purpose]:
    """The days in court of one case."""
    course = [Purpose.PLEA, Purpose.SURVIVOR_EVIDENCE, Purpose.WITNESSES, Purpose.CLOSING, Purpose.VERDICT]
    if rng.randrange(3) == 0:
        course.insert(0, Purpose.BAIL)
    if rng.randrange(3) == 0:
        course.insert(-2, Purpose.EXPERT)
    return course


def _hear(story: Story, proceeding: UUID, diary: Diary, purpose: Purpose) -> Generator[datetime, None, None]:
    """One purpose, as often as it takes until the hearing is held."""
    rng = diary.rng
    listed_at = _next_day(story, diary)
    hearing = prosecution.list_hearing(
        actor=story.by(Role.LAWYER),
        proceeding_id=proceeding,
        listed_at=listed_at,
        purpose=purpose,
        court=story.office.place.court,
        judge=f"Judge {rng.choice(('Sample', 'Muster', 'Example', 'Ejemplo'))}",
    )
    for _ in range(_MOST_ADJOURNED):
        if purpose is Purpose.SURVIVOR_EVIDENCE:
            story.go(_prepare(story, hearing, listed_at))
        yield diary.on(listed_at + timedelta(hours=rng.randint(2, 5)))
        if rng.random() > _chance(story):
            break
        reason, side, _often = rng.choices(_ADJOURNED, [often for *_, often in _ADJOURNED])[0]
        listed_at = _next_day(story, diary)
        prosecution.adjourn_hearing(
            actor=story.by(Role.LAWYER),
            hearing_id=hearing,
            reason=reason,
            party=side,
            next_at=listed_at,
            day=_day(story, rng, purpose, held=False),
        )
        story.go(_put_right(story, hearing, diary.at))
        story.go(_tell(story, hearing, diary.at))
        hearing = _next_of(hearing)
    else:
        yield diary.on(listed_at + timedelta(hours=rng.randint(2, 5)))
    day = _day(story, rng, purpose, held=True)
    prosecution.hold_hearing(actor=story.by(Role.LAWYER), hearing_id=hearing, day=day)
    story.go(_tell(story, hearing, diary.at))


def _put_right(story: Story, hearing: UUID, at: datetime) -> Line:
    """Now and then the registry says later that an adjournment rested on somebody else."""
    diary = story.diary(f"right {at:%y%m%d}", at)
    yield diary.after(6, 12)
    if diary.rng.randrange(8):
        return
    row = apps.get_model("prosecution", "Hearing")._base_manager.get(pk=hearing)
    known: dict[str, Any] = queries.result_of(row)
    rests = {"state": HearingState.ADJOURNED, "reason": AdjournReason.WITNESS, "party": Side.POLICE}
    result = prosecution.Result(**known | rests)
    why = prosecution.Why(Mistake.MISTOLD, "The registry's paper says that the summons was never served.")
    prosecution.correct_hearing(actor=story.by(Role.LAWYER), hearing_id=hearing, result=result, why=why)


def _chance(story: Story) -> float:
    """How likely a hearing is adjourned."""
    return 0.16 if story.has(Trait.QUICK_COURT) else 0.36


def _next_day(story: Story, diary: Diary) -> datetime:
    """The next free day of the court: in three to five weeks, or in two months."""
    rng = diary.rng
    weeks = rng.uniform(3, 5) if story.has(Trait.QUICK_COURT) else rng.uniform(4, 9)
    day = diary.day + timedelta(weeks=weeks)
    while day.weekday() > 4:
        day += timedelta(days=1)
    listed = datetime.combine(day, time(rng.choice((9, 10, 11)), rng.choice((0, 15, 30))), diary.at.tzinfo)
    tomorrow = (story.stage.until + timedelta(days=1)).date()
    if story.has(Trait.HEARING_TOMORROW) and listed.date() >= tomorrow:
        listed = listed.replace(year=tomorrow.year, month=tomorrow.month, day=tomorrow.day)
    return listed


def _day(story: Story, rng: random.Random, purpose: Purpose, *, held: bool) -> Day:
    hers = purpose is Purpose.SURVIVOR_EVIDENCE
    came = frozenset([story.her]) if hers or rng.randrange(4) == 0 else frozenset[UUID]()
    present = {"prosecutor", "accused"} | ({"survivor", "support_person"} if came else set())
    summoned = rng.randint(1, 4) if purpose is Purpose.WITNESSES else None
    return Day(
        attendance=sorted(present | ({"defence"} if held else set())),
        witnesses_summoned=summoned,
        witnesses_present=None if summoned is None else (summoned if held else 0),
        travelled=came,
        waited=came if came and rng.randrange(2) else frozenset(),
        testified=came if hers and held else frozenset(),
        outcome=rng.choice(_HELD if held else texts.ADJOURN_REMARKS),
    )


_HELD = (
    "The court heard the matter and set the next day.",
    "Heard in the closed room. She took one break. The judge was patient.",
    "The defence asked for a copy of the report; the court allowed a week.",
)


def _prepare(story: Story, hearing: UUID, listed_at: datetime) -> Line:
    diary = story.diary(f"prepare {listed_at:%y%m%d}", listed_at - timedelta(days=8))
    yield diary.after(1, 4)
    if diary.rng.randrange(4):
        prosecution.prepare_survivor(actor=story.by(Role.CASEWORKER), hearing_id=hearing)


def _tell(story: Story, hearing: UUID, at: datetime) -> Line:
    """She is told what came of a day in court: mostly within two days, sometimes too late."""
    diary = story.diary(f"tell {at:%y%m%d}", at)
    rows = apps.get_model("prosecution", "Appearance")._base_manager.filter(hearing_id=hearing)
    waiting = list(rows.values_list("pk", flat=True))
    story.untold.update(waiting)
    yield diary.after(0.3, 1.6) if diary.rng.randrange(8) else diary.after(4, 16)
    for appearance in waiting:
        tell(story, appearance, "phone" if diary.rng.randrange(3) else "in_person")


def tell(story: Story, appearance: UUID, how: str) -> None:
    if appearance in story.untold:
        story.untold.discard(appearance)
        prosecution.tell_survivor(actor=story.by(Role.LAWYER), appearance_id=appearance, on=clock.today(), how=how)


def settle(story: Story) -> None:
    """Tell her whatever she was not told yet, before the case is closed."""
    for appearance in sorted(story.untold):
        tell(story, appearance, "in_person")


def _next_of(hearing: UUID) -> UUID:
    """The hearing to which one was adjourned."""
    rows = apps.get_model("prosecution", "Hearing")._base_manager.filter(pk=hearing)
    found = rows.values_list("next_id", flat=True).get()
    if found is None:
        raise LookupError("an adjourned hearing has a next one here")
    return found


# ---- verdicts ---------------------------------------------------------------------------------------------------


def _pronounce(story: Story, proceeding: UUID, charges: list[UUID], diary: Diary) -> list[UUID]:
    rng = diary.rng
    lawyer = story.by(Role.LAWYER)
    outcome = _OUTCOMES[story.plan.ending]
    verdicts = []
    for number, charge in enumerate(charges):
        # Of two charges the second one sometimes falls.
        mine = Outcome.ACQUITTED if number and rng.randrange(3) == 0 else outcome
        verdict = prosecution.pronounce(actor=lawyer, charge_id=charge, outcome=mine, on=diary.day)
        verdicts.append(verdict)
        if mine is not Outcome.ACQUITTED:
            months = (
                rng.choice((18, 24, 36, 48, 60, 96, 120)) if outcome is Outcome.CONVICTED else rng.choice((6, 9, 12))
            )
            kind = SentenceKind.CUSTODY if rng.randrange(5) else SentenceKind.SUSPENDED
            prosecution.enter_sentence(actor=lawyer, verdict_id=verdict, kind=kind, on=diary.day, custody_months=months)
    if outcome is not Outcome.ACQUITTED and rng.randrange(5) < 3:
        amount = rng.choice((80_000, 120_000, 250_000, 400_000))
        order = prosecution.order_compensation(
            actor=lawyer, proceeding_id=proceeding, person_id=story.her, amount=amount, currency="XTS", on=diary.day
        )
        story.go(_paid(story, order, amount, diary.at))
    return verdicts


def _paid(story: Story, order: UUID, amount: int, at: datetime) -> Line:
    diary = story.diary("paid", at)
    yield diary.after(25, 120)
    part = amount if diary.rng.randrange(3) else amount // 2
    prosecution.pay_compensation(actor=story.by(Role.LAWYER), compensation_id=order, amount=part, on=diary.day)


def _appealed(story: Story, diary: Diary, verdicts: list[UUID]) -> Generator[datetime, None, None]:
    yield diary.after(8, 28)
    lawyer = Role.LAWYER
    for verdict in verdicts:
        by = Appellant.PROSECUTION if story.plan.ending is Ending.ACQUITTED else Appellant.DEFENCE
        prosecution.lodge_appeal(actor=story.by(lawyer), verdict_id=verdict, by=by, on=diary.day)
    yield diary.after(150, 320)
    for verdict in verdicts:
        prosecution.decide_appeal(actor=story.by(lawyer), verdict_id=verdict, outcome=None, on=diary.day)
