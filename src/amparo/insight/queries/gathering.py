"""Lines made from casework: read from each room what it gives for counting, and put together by case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from amparo.aftercare import queries as aftercare
from amparo.aftercare.words import Progress
from amparo.cases import queries as cases
from amparo.cases.queries import CountedCase
from amparo.cases.words import PartyRole
from amparo.insight.models import Happening, Line, SurvivorLine, SuspectLine
from amparo.insight.rules.lines import ChargeFacts, SuspectFacts, band_code, suspect_days
from amparo.insight.words import Kind
from amparo.intake import queries as intake
from amparo.intake.queries import CountedReport
from amparo.investigations import queries as investigations
from amparo.kernel.dates import PartialDate
from amparo.kits.queries.learned import counted_kits
from amparo.people import queries as people
from amparo.prosecution import queries as prosecution
from amparo.prosecution.words import HearingState, Stage
from amparo.strengthening import queries as strengthening
from amparo.strengthening.queries import CountedAnswer
from amparo.training import queries as training

T = TypeVar("T")
L = TypeVar("L", bound=Line)
BANDS_YOUNGEST_FIRST = ("0-5", "6-11", "12-14", "15-17", "0-17", "18-24", "25-59", "60-", "18-", "")


@dataclass(slots=True)
class Made:
    """New lines, not saved yet."""

    suspects: list[SuspectLine] = field(default_factory=list)
    survivors: list[SurvivorLine] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)


def _by(rows: Iterable[T], key: Callable[[T], UUID]) -> dict[UUID, list[T]]:
    found: dict[UUID, list[T]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def _first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


class Batch:
    """What each room knows of some cases, by case. Cost: some twenty queries, whatever the number of cases."""

    def __init__(self, case_ids: Sequence[UUID]) -> None:
        self.cases = cases.counted_cases(case_ids)
        self.parties = _by(cases.counted_parties(case_ids), lambda row: row.case_id)
        self.incidents = _by(cases.counted_incidents(case_ids), lambda row: row[0])
        self.reports = _by(
            (row for row in intake.counted_reports_of_cases(case_ids) if row.case_id is not None),
            lambda row: row.case_id or row.id,
        )
        self.statuses = _by(investigations.counted_statuses(case_ids), lambda row: row[0])
        self.reliefs = _by(investigations.counted_reliefs(case_ids), lambda row: row.case_id)
        self.restraints = _by(investigations.counted_restraints(case_ids), lambda row: row.case_id)
        self.charges = _by(prosecution.counted_charges(case_ids), lambda row: row.case_id)
        self.stages = _by(prosecution.counted_stages(case_ids), lambda row: row.case_id)
        self.hearings = _by(prosecution.counted_hearings(case_ids), lambda row: row.case_id)
        self.appearances = _by(prosecution.counted_appearances(case_ids), lambda row: row.case_id)
        self.clients = _by(aftercare.counted_clients(case_ids), lambda row: row.case_id)
        self.goals = _by(aftercare.counted_goals(case_ids), lambda row: row.case_id)
        self.restorations = _by(aftercare.counted_restorations(case_ids), lambda row: row.case_id)
        self.kits = _by(counted_kits(case_ids), lambda row: row.case_id)
        self.practice = _by(
            (row for row in strengthening.counted_practice(case_ids=case_ids) if row.case_id is not None),
            lambda row: row.case_id or row.file_id,
        )
        self.bands, self.counted_as = self._people()

    def _people(self) -> tuple[dict[UUID, str], dict[UUID, UUID]]:
        """The age band of each survivor at the first report, and whose record stands for a joined one."""
        reported = {case.id: case.reported_on for case in self.cases}
        events: dict[UUID, date] = {}
        everybody: set[UUID] = set()
        for case, rows in self.parties.items():
            for row in rows:
                everybody.add(row.person_id)
                if row.role is PartyRole.SURVIVOR and case in reported:
                    events[row.person_id] = min(reported[case], events.get(row.person_id, reported[case]))
        bands = {person: band_code(band).value for person, band in people.counted_bands(events).items()}
        return bands, people.counted_as(everybody)

    def made(self) -> Made:
        """The lines of all cases of the batch."""
        made = Made()
        for case in self.cases:
            _OfCase(self, case, made).make()
        return made


class _OfCase:
    """The lines of one case."""

    def __init__(self, batch: Batch, case: CountedCase, made: Made) -> None:
        self.batch, self.case, self.made = batch, case, made
        parties = batch.parties.get(case.id, [])
        self.survivors = [row.person_id for row in parties if row.role is PartyRole.SURVIVOR]
        self.suspects = [row.person_id for row in parties if row.role is PartyRole.SUSPECT]
        self.reports = batch.reports.get(case.id, [])
        bands = [batch.bands.get(person, "") for person in self.survivors]
        self.youngest = min(bands, key=BANDS_YOUNGEST_FIRST.index, default="")
        self.charges = batch.charges.get(case.id, [])
        self.hearings = batch.hearings.get(case.id, [])

    def make(self) -> None:
        unnamed: list[UUID | None] = [None]
        for person in self.suspects or unnamed:
            self.made.suspects.append(self._suspect(person))
        for person in self.survivors:
            self.made.survivors.append(self._survivor(person))
        self.made.happenings += [
            *self._of_the_case(), *self._outcomes(), *self._convictions(), *self._hearings(), *self._care(),
            *self._kits(), *map(practice_made, self.batch.practice.get(self.case.id, [])),
        ]  # fmt: skip

    def _line(self, model: type[L], person: UUID | None, band: str, **more: object) -> L:
        counted = self.batch.counted_as.get(person, person) if person else None
        return model(
            case_id=self.case.id,
            person_id=counted,
            office_id=self.case.office_id,
            type=self.case.type,
            programme=self.case.programme,
            band=band,
            **more,
        )

    def _happening(
        self, kind: Kind, source: UUID, on: date, *, person: UUID | None = None, band: str | None = None, **more: object
    ) -> Happening:
        group = self.youngest if band is None else band
        return self._line(Happening, person, group, kind=kind, source_id=source, day=on.toordinal(), **more)

    # ---- suspects ------------------------------------------------------------------------------------------

    def _suspect(self, person: UUID | None) -> SuspectLine:
        found = suspect_days(self._facts(person))
        days = {name: _ordinal(day) for name, day in found.days.items()}
        own = [row for row in self.batch.restraints.get(self.case.id, []) if row.person_id == person]
        attribution = min(own, key=lambda row: (row.on, str(row.id))).attribution if own else ""
        return self._line(
            SuspectLine,
            person,
            self.youngest,
            reported=self.case.reported_on.toordinal(),
            ended=_ordinal(found.ended),
            step=found.step,
            ending=found.ending,
            result=found.result,
            attribution=attribution,
            **days,
        )

    def _facts(self, person: UUID | None) -> SuspectFacts:
        own = [row for row in self.charges if row.accused_id == person]
        within = {row.proceeding_id for row in own}
        stages = self.batch.stages.get(self.case.id, [])
        charges = [
            ChargeFacts(
                c.state, c.since_on, c.reason, c.filed_on, c.outcome, c.verdict_on, c.custody_on,
            )
            for c in own
        ]  # fmt: skip
        filed = _first(c.filed_on for c in own)
        heard = [
            row.on
            for row in self.hearings
            if row.proceeding_id in within
            and row.state in (HearingState.HELD, HearingState.ADJOURNED)
            and (filed is None or row.on >= filed)
        ]
        return SuspectFacts(
            reported_on=self.case.reported_on,
            is_named=person is not None,
            statuses=[
                (status, on) for _, who, status, on in self.batch.statuses.get(self.case.id, []) if who == person
            ],
            restrained_on=[r.on for r in self.batch.restraints.get(self.case.id, []) if r.person_id == person],
            charges=charges,
            stages=[(row.stage, row.on) for row in stages if not within or row.proceeding_id in within],
            first_heard_on=_first(heard),
            closed_on=self.case.closed_on,
            closure=self.case.closure_reason,
        )

    # ---- survivors -----------------------------------------------------------------------------------------

    def _survivor(self, person: UUID) -> SurvivorLine:
        batch, case = self.batch, self.case
        held = {row.id: row.on for row in self.hearings}
        came = [row for row in batch.appearances.get(case.id, []) if row.person_id == person]
        began = [PartialDate.parse(text) for _, who, text in batch.incidents.get(case.id, []) if who == person]
        reliefs = [row for row in batch.reliefs.get(case.id, []) if row.person_id == person]
        stages = batch.stages.get(case.id, [])
        clients = [row for row in batch.clients.get(case.id, []) if row.person_id == person]
        restored = [row.on for row in batch.restorations.get(case.id, []) if row.person_id == person]
        return self._line(
            SurvivorLine,
            person,
            batch.bands.get(person, ""),
            attribution=min(reliefs, key=lambda row: (row.on, str(row.id))).attribution if reliefs else "",
            reported=case.reported_on.toordinal(),
            # A day that is known to the month alone is not a day: it would make a duration out of thin air.
            incident=_ordinal(_first(_exact(day) for day in began)),
            statement=_ordinal(_first(row.on for row in stages if row.stage is Stage.STATEMENT)),
            seen=_ordinal(_first(row.seen_on for row in self.reports)),
            relieved=_ordinal(_first(row.on for row in reliefs if row.is_verified)),
            testified=_ordinal(_first(held.get(row.hearing_id) for row in came if row.testified)),
            enrolled=_ordinal(_first(row.enrolled_on for row in clients)),
            restored=_ordinal(_first(restored)),
            ended=_ordinal(case.closed_on),
            appearances=len(came),
        )

    # ---- happenings ----------------------------------------------------------------------------------------

    def _of_the_case(self) -> Iterable[Happening]:
        case = self.case
        yield from (report_made(row, case.type, case.programme) for row in self.reports)
        yield self._happening(Kind.CASE, case.id, case.opened_on, code=case.type)
        if case.closed_on is not None:
            yield self._happening(
                Kind.CLOSED,
                case.id,
                case.closed_on,
                code=case.closure_reason,
                days=(case.closed_on - case.opened_on).days,
            )

    def _outcomes(self) -> Iterable[Happening]:
        for kind, rows in (
            (Kind.RELIEF, self.batch.reliefs.get(self.case.id, [])),
            (Kind.RESTRAINT, self.batch.restraints.get(self.case.id, [])),
        ):
            for row in rows:
                if not row.is_verified:
                    continue
                band = self.batch.bands.get(row.person_id, "") if kind is Kind.RELIEF else None
                yield self._happening(
                    kind, row.id, row.on, person=row.person_id, band=band, code=row.how, attribution=row.attribution
                )

    def _convictions(self) -> Iterable[Happening]:
        guilty = [line for line in self.made.suspects if line.case_id == self.case.id and line.convicted is not None]
        for line in guilty:
            assert line.convicted is not None  # noqa: S101 - narrowed just above
            charge = next(
                row for row in self.charges
                if self.batch.counted_as.get(row.accused_id, row.accused_id) == line.person_id
                and row.verdict_on is not None and row.verdict_on.toordinal() == line.convicted
            )  # fmt: skip
            yield self._happening(
                Kind.CONVICTION,
                charge.id,
                date.fromordinal(line.convicted),
                person=charge.accused_id,
                attribution=line.attribution,
                days=line.convicted - line.reported,
            )

    def _hearings(self) -> Iterable[Happening]:
        for hearing in self.hearings:
            yield self._happening(
                Kind.HEARING, hearing.id, hearing.on, code=hearing.state, reason=hearing.reason, party=hearing.party
            )
        held = {row.id: row.on for row in self.hearings}
        for row in self.batch.appearances.get(self.case.id, []):
            if row.hearing_id in held:
                yield self._happening(
                    Kind.APPEARANCE,
                    row.id,
                    held[row.hearing_id],
                    person=row.person_id,
                    band=self.batch.bands.get(row.person_id, ""),
                    code="testified" if row.testified else "came",
                )

    def _kits(self) -> Iterable[Happening]:
        for kit in self.batch.kits.get(self.case.id, []):
            yield self._happening(
                Kind.KIT,
                kit.id,
                kit.used_on,
                person=kit.person_id,
                band=self.batch.bands.get(kit.person_id, ""),
                code="completed" if kit.completed_on else "sent" if kit.sent_on else "unsent",
                days=(kit.sent_on - kit.used_on).days if kit.sent_on else None,
                sent=_ordinal(kit.sent_on),
                answered=_ordinal(kit.completed_on),
                ended=_ordinal(kit.ended_on),
            )

    def _care(self) -> Iterable[Happening]:
        bands = self.batch.bands
        for client in self.batch.clients.get(self.case.id, []):
            yield self._happening(
                Kind.ENROLMENT,
                client.id,
                client.enrolled_on,
                person=client.person_id,
                band=bands.get(client.person_id, ""),
                code=client.kind,
            )
        for restored in self.batch.restorations.get(self.case.id, []):
            yield self._happening(
                Kind.RESTORED,
                restored.id,
                restored.on,
                person=restored.person_id,
                band=bands.get(restored.person_id, ""),
            )
        for goal in self.batch.goals.get(self.case.id, []):
            yield self._happening(
                Kind.GOAL,
                goal.id,
                goal.set_on,
                person=goal.person_id,
                band=bands.get(goal.person_id, ""),
                code=goal.domain,
                reason=goal.progress,
                days=(goal.moved_on - goal.set_on).days if goal.progress is Progress.MET and goal.moved_on else None,
            )


def _exact(day: PartialDate) -> date | None:
    if day.month is None or day.day is None or day.about:
        return None
    return date(day.year, day.month, day.day)


def report_made(row: CountedReport, type_: str = "", programme: str = "") -> Happening:
    """The line of a report, whether or not a case came of it."""
    return Happening(
        case_id=row.case_id,
        office_id=row.office_id,
        type=type_,
        programme=programme,
        kind=Kind.REPORT,
        source_id=row.id,
        day=row.received_on.toordinal(),
        code=row.state,
        reason=row.reason,
        party=row.channel,
        days=(row.acknowledged_on - row.received_on).days if row.acknowledged_on else None,
    )


def practice_made(row: CountedAnswer) -> Happening:
    """The line of a step that a unit took or not. It says nothing of the people: no type, programme or age."""
    return Happening(
        case_id=row.case_id,
        office_id=row.office_id,
        kind=Kind.PRACTICE,
        source_id=row.file_id,
        day=row.on.toordinal(),
        code=row.answer,
        reason=row.item,
        unit_id=row.unit_id,
    )


def trained_made() -> list[Happening]:
    """Lines of people trained: one for each person and session that counts."""
    return [
        Happening(
            person_id=row.participant_id,
            office_id=row.office_id,
            kind=Kind.TRAINED,
            source_id=row.enrolment_id,
            day=row.on.toordinal(),
            code=row.audience,
        )
        for row in training.counted_trained()
    ]
