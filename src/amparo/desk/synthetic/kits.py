"""Examination kits of the invented organisation: on shelves, in use, late, held, and at the laboratory."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from amparo.access import queries as access
from amparo.cases import commands as cases
from amparo.desk.synthetic.agenda import Diary, Line
from amparo.desk.synthetic.plans import Trait
from amparo.desk.synthetic.stage import Stage
from amparo.desk.synthetic.story import Story
from amparo.evidence import commands as evidence
from amparo.evidence.words import Condition, Storage
from amparo.kernel import clock, ids
from amparo.kernel.words import Role
from amparo.kits import commands, queries
from amparo.kits.commands import Report, Told
from amparo.kits.rules import numbers
from amparo.kits.words import Ask, Discard, Kind, LabTest, Outcome, Reader

_KEEPER, _EXAMINER = "noor", "esther"
# Facility, kits in each delivery, days between deliveries: the hills get none.
_DELIVERIES = (("hospital:harbour", 9, 120), ("hospital:lakeside", 5, 160))
_GOOD_FOR = 610
# Of survivors in these matters who were not seen at once, so many come for an examination all the same.
_COME_LATER = 0.3
_MATTERS = ("assault", "partner", "child", "servitude")
# How a kit's story goes on: weights of being forgotten at each place, of being held, and of all going well.
_FATES = (("forgotten", 3), ("unsent", 3), ("slow", 3), ("held", 1), ("ours", 4), ("well", 8))


# ---- shelves -----------------------------------------------------------------------------------------------


def furnish(stage: Stage, began: datetime) -> None:
    """Let deliveries begin; the partners are known by then."""
    for place, count, days in _DELIVERIES:
        stage.agenda.start(_deliveries(stage, began, place, count, days))


def _deliveries(stage: Stage, began: datetime, place: str, count: int, days: int) -> Line:
    """Kits arrive some days after they were sent; what has expired is sorted out, but not lately."""
    diary = Diary(stage.dice("kits", place), began + timedelta(days=8))
    number = 0
    while True:
        yield diary.after(days * 0.8 if number else 1, days * 1.2 if number else 2)
        _sort_out(stage, place)
        number += 1
        commands.send_kits(
            actor=stage.actor(_KEEPER),
            facility_id=stage.partners[place],
            serials=[f"{place[9:12].upper()}-{number:02}{at:02}" for at in range(count)],
            lot=f"L{number:03}",
            expires_on=diary.day + timedelta(days=_GOOD_FOR),
        )
        yield diary.after(4, 9)
        keeper = stage.actor(_KEEPER)
        commands.receive_kits(actor=keeper, kit_ids=queries.kits_coming(keeper, stage.partners[place]))


def _sort_out(stage: Stage, place: str) -> None:
    """Discard what expired half a year ago: somebody does it, late."""
    keeper = stage.actor(_KEEPER)
    for kit in queries.kits_expired(keeper, stage.partners[place], clock.today() - timedelta(days=40)):
        commands.discard_kit(actor=keeper, kit_id=kit, why=Discard.EXPIRED)


# ---- one kit -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Told:
    """What the lines of one kit share."""

    story: Story
    diary: Diary
    kit: UUID
    item: UUID
    seal: str
    fate: str

    def step(self, by: Role | str, kind: Kind, **told: object) -> None:
        actor = self.story.stage.actor(by) if not isinstance(by, Role) else self.story.by(by)
        commands.record_step(actor=actor, kit_id=self.kit, kind=kind, told=Told(**told))  # type: ignore[arg-type]


def kit(story: Story, at: datetime) -> Line:
    """A kit is used in the examination, if there was one, and goes its way."""
    diary = story.diary("kit", at)
    comes = story.matter.key in _MATTERS and (story.is_special or diary.rng.random() < _COME_LATER)
    if not (story.has(Trait.MEDICAL) or comes):
        return
    yield diary.minutes(90, 400)
    _bring_examiner(story)
    yield diary.minutes(60, 200)
    told = _use(story, diary)
    if told is None:
        return
    yield diary.minutes(10, 40)
    _give_number(told)
    if told.fate == "held":
        yield from _held(told)
    if told.fate == "forgotten":
        return
    yield diary.after(1, 6)
    yield from (_ours(told) if told.fate == "ours" else _theirs(told))


def _bring_examiner(story: Story) -> None:
    """With her team of this moment: she came onto it with the case, or comes now."""
    stage = story.stage
    stage.reach_changed(_EXAMINER)
    account = stage.accounts[_EXAMINER]
    if any(one.account_id == account and one.role is Role.EXAMINER for one in access.team_of(story.case)):
        return
    cases.add_to_team(
        actor=story.by(Role.SUPERVISOR),
        case_id=story.case,
        account_id=account,
        role=Role.EXAMINER,
        reason="Examines her",
    )
    stage.reach_changed(_EXAMINER)


def _use(story: Story, diary: Diary) -> _Told | None:
    """The examination: the kit leaves the shelf and begins its chain of custody. None where the shelf is empty."""
    place = "hospital:lakeside" if story.office.place.key == "lakeside" else "hospital:harbour"
    me = story.stage.actor(_EXAMINER)
    # By serial number: those that expire on one day stand in no order that comes out alike twice.
    stock = sorted(queries.kit_choices(me, story.stage.partners[place]), key=lambda choice: choice[1])
    if not stock:
        return None
    fate = _fate(story, diary)
    seal = f"KIT {diary.rng.randrange(10**5, 10**6)}"
    item = evidence.register_specimen(
        actor=me,
        case_id=story.case,
        description="Examination kit, sealed",
        packaging="Sealed carton",
        seal=seal,
        place="Locked cupboard of the examination room",
        storage=Storage.DRY,
    )
    # The newest first, so that what expires stays on the shelf for the alarm.
    used = commands.use_kit(
        actor=me,
        kit_id=UUID(stock[-1][0]),
        case_id=story.case,
        person_id=story.her,
        item_id=item,
        reported=fate != "held",
    )
    return _Told(story, diary, used, item, seal, fate)


def _fate(story: Story, diary: Diary) -> str:
    if story.has(Trait.REFUSED):
        return "held"
    if story.is_special:
        return {1: "slow", 4: "ours", 8: "unsent", 11: "forgotten"}.get(story.plan.number, "well")
    names, weights = zip(*_FATES, strict=True)
    found: str = diary.rng.choices(names, weights)[0]
    return found


def _give_number(told: _Told) -> None:
    """Many want to see themselves where it is. Nobody keeps the number but she."""
    if told.diary.rng.randrange(3):
        number = numbers.new_number(ids.entropy(numbers.ENTROPY_BYTES))
        commands.issue_number(actor=told.story.stage.actor(_EXAMINER), kit_id=told.kit, number=number)


def _held(told: _Told) -> Generator[datetime, None, None]:
    """She does not report, for now; in some stories she does, months later."""
    if told.story.has(Trait.REFUSED):
        told.fate = "forgotten"
        return
    yield told.diary.after(60, 200)
    told.step(Role.CASEWORKER, Kind.REPORT, reason="She asked for it herself, after the second counselling.")


def _theirs(told: _Told) -> Generator[datetime, None, None]:
    """The police fetch it, store it and send it; we hear of it."""
    story, diary, rng = told.story, told.diary, told.diary.rng
    station = story.office.place.station
    told.step(
        _EXAMINER,
        Kind.PICK_UP,
        who=f"Duty officer, {station}",
        seal_read=told.seal,
        paper=f"Receipt {rng.randrange(100, 999)}",
    )
    if rng.randrange(2):
        commands.set_limitation(
            actor=story.by(Role.LAWYER),
            kit_id=told.kit,
            until=diary.day + timedelta(days=365 * rng.choice((5, 10, 20))),
        )
    yield diary.after(1, 4)
    told.step(Role.INVESTIGATOR, Kind.STORE, place=f"Exhibit store, {station}")
    if told.fate == "unsent":
        return
    yield diary.after(4, 26)
    laboratory = story.stage.partners["laboratory:place"]
    told.step(Role.INVESTIGATOR, Kind.SEND, laboratory_id=laboratory, paper=f"Request {rng.randrange(100, 999)}")
    yield from _at_laboratory(told)
    told.step(Role.INVESTIGATOR, Kind.RETURN, place=f"Exhibit store, {station}", who=f"Duty officer, {station}")
    yield diary.after(5, 20)
    told.step(Role.INVESTIGATOR, Kind.RETAIN, until=diary.day + timedelta(days=rng.randint(30, 2600)))


def _ours(told: _Told) -> Generator[datetime, None, None]:
    """Our evidence room keeps it, sends it and has it back."""
    story, diary, rng = told.story, told.diary, told.diary.rng
    custodian = story.office.logins[Role.CUSTODIAN][0]
    evidence.hand_over(
        actor=story.stage.actor(_EXAMINER),
        item_id=told.item,
        to_id=story.stage.accounts[custodian],
        place="Front desk",
        reason="For the evidence room",
    )
    yield diary.minutes(5, 40)
    evidence.receive(
        actor=story.stage.actor(custodian),
        item_id=told.item,
        place="Evidence room, dry shelf",
        seal_read=told.seal,
        condition=Condition.INTACT,
    )
    yield diary.minutes(5, 30)
    told.step(custodian, Kind.STORE, place="Evidence room, dry shelf")
    yield diary.after(3, 20)
    laboratory = story.stage.partners["laboratory:place"]
    told.step(
        custodian, Kind.SEND, laboratory_id=laboratory, seal_read=told.seal, paper=f"Request {rng.randrange(100, 999)}"
    )
    yield from _at_laboratory(told)
    told.step(
        custodian,
        Kind.RETURN,
        comes_here=True,
        place="Evidence room, dry shelf",
        who="Reception",
        seal_read=told.seal,
    )
    yield diary.after(5, 20)
    days = rng.randint(60, 500)
    told.step(custodian, Kind.RETAIN, until=diary.day + timedelta(days=days))
    yield diary.after(days + 2, days + 20)
    paper = f"Order {rng.randrange(100, 999)} of the court (invented)"
    second = story.account(Role.INVESTIGATOR)
    told.step(custodian, Kind.DESTROY, paper=paper, second_id=second, seal_read=told.seal)
    yield diary.minutes(5, 40)
    evidence.confirm_second(actor=story.by(Role.INVESTIGATOR), item_id=told.item)


def _at_laboratory(told: _Told) -> Generator[datetime, None, None]:
    """The request beside the kit: submitted, received, examined, reported. Slow ones are not through yet."""
    story, diary, rng = told.story, told.diary, told.diary.rng
    me = story.by(Role.INVESTIGATOR)
    request = commands.draft_request(
        actor=me,
        case_id=story.case,
        laboratory_id=story.stage.partners["laboratory:place"],
        tests=[LabTest.SCREENING, LabTest.DNA] if rng.randrange(3) else [LabTest.DNA, LabTest.DRUGS],
        kit_id=told.kit,
        question="Is there a profile that can be compared?",
    )
    commands.move_request(actor=me, request_id=request, ask=Ask.SUBMIT)
    yield diary.after(1, 4)
    told.step(Role.INVESTIGATOR, Kind.ARRIVE)
    commands.move_request(
        actor=story.by(Role.INVESTIGATOR),
        request_id=request,
        ask=Ask.RECEIVE,
        their_reference=f"LAB {rng.randrange(1000, 9999)}",
    )
    if told.fate == "slow":
        yield diary.after(5000)
    yield diary.after(8, 40)
    told.step(Role.INVESTIGATOR, Kind.BEGIN)
    commands.move_request(actor=story.by(Role.INVESTIGATOR), request_id=request, ask=Ask.BEGIN)
    yield diary.after(15, 120)
    told.step(Role.INVESTIGATOR, Kind.COMPLETE)
    outcome = rng.choice((Outcome.PROFILE, Outcome.PROFILE, Outcome.FLUID, Outcome.NOTHING, Outcome.UNCLEAR))
    report = Report(Reader.PROCEEDING, outcome, "As in the laboratory's letter of this day (invented).")
    commands.record_result(actor=story.by(Role.INVESTIGATOR), request_id=request, report=report)
    yield diary.after(5, 15)
