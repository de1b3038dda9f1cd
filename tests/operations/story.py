"""A plan as people make it, step by step, and as far as a test needs it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from amparo.investigations.words import Attribution, Relieved, Restrained
from amparo.kernel import clock
from amparo.operations import commands, queries
from amparo.operations.commands.day import Relieving, Restraining
from amparo.operations.models import Member, Operation, Whereabouts
from amparo.operations.words import Duty
from tests.cast import CaseAtHand, Cast
from tests.partners import partners

PLACE = "Brickworks at Sample Canal, gate 3"
MEETING = "Behind the Example Market"


@dataclass(slots=True)
class OperationAtHand:
    """An operation about a case: Bruno leads, Dalia stays with the survivor, Femi comes from the police."""

    id: UUID
    case: CaseAtHand

    @property
    def row(self) -> Operation:
        return Operation.objects.get(pk=self.id)


def begun(cast: Cast, case: CaseAtHand | None = None, *, agency_id: UUID | None = None) -> OperationAtHand:
    """Only the objective, by Bruno."""
    case = case or cast.case()
    key = commands.plan_operation(
        actor=cast.bruno,
        case_id=case.id,
        objective="One woman and her child are out of bonded labour",
        legal_basis="Bonded Labour Act, section 12: order of release by the magistrate",
        agency_id=agency_id or partners.agency(cast),
    )
    return OperationAtHand(key, case)


def fill(
    cast: Cast,
    made: OperationAtHand,
    *,
    place: str = PLACE,
    starts: datetime | None = None,
    without: Iterable[str] = (),
) -> OperationAtHand:
    """Every part of the plan, but for those named."""
    left_out = set(without)
    if "team" not in left_out:
        for name, duty in (("dalia", Duty.SURVIVORS), ("femi", Duty.AUTHORITY)):
            commands.add_member(
                actor=cast.bruno,
                operation_id=made.id,
                duty=duty,
                account_id=cast.accounts[name],
                phone=f"+999 20 5550 1{len(name)}0",
            )
    if "core" not in left_out:
        core(cast, made)
    if "place" not in left_out:
        move(cast, made, place=place, starts=starts)
    if "risks" not in left_out:
        commands.add_risk(
            actor=cast.bruno,
            operation_id=made.id,
            hazard="The owner was warned",
            likelihood=2,
            harm=3,
            mitigation="Nobody telephones after six; the magistrate is told in person.",
        )
    if "care" not in left_out:
        care(cast, made)
    return made


def core(cast: Cast, made: OperationAtHand, **instead: object) -> None:
    row = made.row
    authority = queries.authority_of(row)
    words: dict[str, object] = {
        "objective": "One woman and her child are out of bonded labour",
        "legal_basis": "Bonded Labour Act, section 12: order of release by the magistrate",
        "agency_id": authority.agency_id,
        "unit_id": authority.unit_id,
        "timeline": ["04:00 the team meets", "05:00 the magistrate enters first"],
        "go_items": ["The magistrate is there", "Both cars are there"],
        "abort_rules": ["Anybody is armed"],
        "unexpected": "Dalia stays with them; the second car drives to the shelter.",
    } | instead
    commands.change_core(actor=cast.bruno, operation_id=made.id, expected=row.version, **words)  # type: ignore[arg-type]


def move(cast: Cast, made: OperationAtHand, *, place: str = PLACE, starts: datetime | None = None) -> None:
    """Say where and when; three days from now where it is not said."""
    begin = starts or (clock.now() + timedelta(days=3)).replace(hour=5, minute=0, second=0, microsecond=0)
    known = Whereabouts.objects.filter(operation_id=made.id).first()
    commands.set_whereabouts(
        actor=cast.bruno,
        operation_id=made.id,
        expected=known.version if known else 0,
        place=place,
        meeting=MEETING,
        starts=begin,
        ends=begin + timedelta(hours=4),
    )


def care(cast: Cast, made: OperationAtHand, **instead: str) -> None:
    stays = Member.objects.get(operation_id=made.id, account_id=cast.accounts["dalia"])
    words = {
        "medical": "Nurse Muster in the second car",
        "interpreter": "Khmer: Sokha Sample",
        "transport": "Second car, white",
        "safe_place": "Room 4 of the Example Shelter",
    } | instead
    commands.set_care(actor=cast.dalia, operation_id=made.id, person_id=made.case.survivor, stays_id=stays.id, **words)


def proposed(cast: Cast, made: OperationAtHand | None = None, **how: object) -> OperationAtHand:
    made = made or fill(cast, begun(cast), **how)  # type: ignore[arg-type]
    asked = [cast.accounts["jalil"], cast.accounts["kofi"]]
    commands.propose(actor=cast.bruno, operation_id=made.id, approvers=asked)
    return made


def approve(cast: Cast, made: OperationAtHand, *names: str) -> None:
    for name in names or ("jalil", "kofi"):
        commands.approve(actor=cast.actor(name), operation_id=made.id, expected=made.row.plan)


def approved(cast: Cast, **how: object) -> OperationAtHand:
    made = proposed(cast, **how)
    approve(cast, made)
    return made


def brief(cast: Cast, made: OperationAtHand) -> None:
    everybody = list(Member.objects.filter(operation_id=made.id).values_list("id", flat=True))
    commands.brief(actor=cast.bruno, operation_id=made.id, present=everybody)


def briefed(cast: Cast, **how: object) -> OperationAtHand:
    made = approved(cast, **how)
    brief(cast, made)
    return made


def execute(cast: Cast, made: OperationAtHand, **instead: object) -> None:
    case = made.case
    how: dict[str, object] = {
        "on": queries.today(),
        "met": [0, 1],
        "relieved": [Relieving(case.id, case.survivor, Relieved.RESCUED, Attribution.SUPPORTED)],
        "restrained": [Restraining(case.id, case.suspect, Restrained.ARREST, Attribution.TRAINED)],
    } | instead
    commands.execute(actor=cast.bruno, operation_id=made.id, **how)  # type: ignore[arg-type]


def executed(cast: Cast) -> OperationAtHand:
    made = briefed(cast)
    execute(cast, made)
    return made


def debriefed(cast: Cast, *lessons: str) -> OperationAtHand:
    made = executed(cast)
    commands.debrief(
        actor=cast.bruno,
        operation_id=made.id,
        went_well="Nobody was hurt",
        to_change="Two interpreters",
        survivors_said="She wants to see her brother",
        lessons=lessons or ("The unit waited for an order that it may give itself",),
    )
    return made
