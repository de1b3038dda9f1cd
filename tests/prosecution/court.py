"""A case before a court, made through the commands that people use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from amparo.cases import commands as cases
from amparo.cases.rules import Question
from amparo.investigations.words import Agency
from amparo.kernel.dates import PartialDate
from amparo.prosecution import commands
from amparo.prosecution.commands import Day
from amparo.prosecution.models import Appearance, Charge, Hearing, Proceeding
from amparo.prosecution.words import ChargeEvent, Purpose
from tests.cast import CaseAtHand, Cast

COMPLAINT = date(2025, 3, 10)
FILED = date(2025, 6, 30)
FIRST = datetime(2026, 1, 13, 9, tzinfo=UTC)
EVIDENCE = datetime(2026, 8, 24, 9, tzinfo=UTC)
VERDICT = datetime(2027, 2, 11, 9, tzinfo=UTC)


@dataclass(slots=True)
class Court:
    """A case with a proceeding, run by Chandra."""

    cast: Cast
    case: CaseAtHand
    proceeding: UUID

    def charge(self, section: str = "Section 1 of the Example Act", *, file: bool = True) -> Charge:
        key = commands.propose_charge(
            actor=self.cast.chandra,
            proceeding_id=self.proceeding,
            accused_id=self.case.suspect,
            survivor_id=self.case.survivor,
            section=section,
            iccs="03012",
            on=FILED,
        )
        if file:
            commands.move_charge(actor=self.cast.chandra, charge_id=key, event=ChargeEvent.FILE, on=FILED)
        return Charge.objects.get(pk=key)

    def hearing(self, at: datetime = FIRST, purpose: Purpose = Purpose.PLEA) -> Hearing:
        key = commands.list_hearing(
            actor=self.cast.chandra,
            proceeding_id=self.proceeding,
            listed_at=at,
            purpose=purpose,
            judge="Judge Muster",
        )
        return Hearing.objects.get(pk=key)

    def hold(self, hearing: Hearing, **day: object) -> Hearing:
        commands.hold_hearing(actor=self.cast.chandra, hearing_id=hearing.id, day=Day(**day))  # type: ignore[arg-type]
        return Hearing.objects.get(pk=hearing.id)

    def adjourn(self, hearing: Hearing, next_at: datetime | None = None, **day: object) -> Hearing:
        commands.adjourn_hearing(
            actor=self.cast.chandra,
            hearing_id=hearing.id,
            reason="judge_absent",
            party="court",
            next_at=next_at,
            day=Day(**day),  # type: ignore[arg-type]
        )
        return Hearing.objects.get(pk=hearing.id)

    def appearance(self, hearing: Hearing) -> Appearance:
        return Appearance.objects.get(hearing=hearing)

    def row(self) -> Proceeding:
        return Proceeding.objects.get(pk=self.proceeding)

    def incident(self, began: PartialDate) -> None:
        cases.record_incident(
            actor=self.cast.bruno,
            case_id=self.case.id,
            person_id=self.case.survivor,
            began=began,
            answers={
                Question.GENDER_BASED: True,
                Question.PENETRATION: False,
                Question.UNWANTED_CONTACT: True,
            },
        )


def in_court(cast: Cast, case: CaseAtHand | None = None) -> Court:
    found = case or cast.case()
    key = commands.open_proceeding(
        actor=cast.chandra,
        case_id=found.id,
        agency_kind=Agency.POLICE,
        complaint_on=COMPLAINT,
        agency="Example Police Station",
        complaint_no="FIR 1/2025",
        court="Example District Court",
        court_no="SC 7/2025",
    )
    return Court(cast, found, key)
