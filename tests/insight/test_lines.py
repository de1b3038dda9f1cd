"""Lines that are counted: made from casework by commands, kept as the ledger grows, and the same when made anew."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from amparo.aftercare import commands as aftercare
from amparo.cases import commands as cases
from amparo.cases.words import CaseType, PartyRole, Risk
from amparo.insight import commands
from amparo.insight.models import Happening, Standing, SurvivorLine, SuspectLine
from amparo.insight.queries import counting
from amparo.insight.queries.counting import Chosen, Reach
from amparo.insight.rules.lines import ChargeFacts, SuspectFacts, band_code, first_of_each, suspect_days
from amparo.insight.words import AgeBand, Ending, Kind, Result, Step
from amparo.insight.words.registry import INDICATORS, Waiting
from amparo.investigations import commands as investigations
from amparo.investigations.words import Attribution, Relieved, Source, Status, WithdrawReason
from amparo.kernel import clock
from amparo.kernel.dates import PartialDate
from amparo.people import commands as people
from amparo.people.rules import Band
from amparo.prosecution import commands as prosecution
from amparo.prosecution.words import ChargeState, Outcome, Stage
from amparo.strengthening import commands as strengthening
from amparo.strengthening.words import Answer
from tests.cast import Cast
from tests.prosecution.court import EVIDENCE, VERDICT, in_court
from tests.strengthening import story

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 6, 1, 9, tzinfo=UTC)
DAY = date(2025, 3, 10)


def _kept() -> list[list[tuple[str, ...]]]:
    """Every line without its own number."""
    found = []
    for model in (SuspectLine, SurvivorLine, Happening):
        columns = [field.attname for field in model._meta.concrete_fields if field.name != "id"]
        found.append(sorted(tuple(map(str, row)) for row in model.objects.values_list(*columns)))
    return found


def _suspect(case: object) -> SuspectLine:
    return SuspectLine.objects.get(case_id=case)


def test_a_case_from_the_report_to_the_verdict(cast: Cast) -> None:
    with clock.set_to(NOW):
        court = in_court(cast)
        charge = court.charge()
        court.adjourn(court.hearing(datetime(2026, 1, 13, 9, tzinfo=UTC)))
        person = frozenset([court.case.survivor])
        court.hold(court.hearing(EVIDENCE), travelled=person, testified=person)
        prosecution.reach_stage(
            actor=cast.chandra, proceeding_id=court.proceeding, stage=Stage.TRIAL, on=date(2026, 2, 1)
        )
        prosecution.pronounce(actor=cast.chandra, charge_id=charge.id, outcome=Outcome.CONVICTED, on=VERDICT.date())
        commands.rebuild()
    line = _suspect(court.case.id)
    assert (line.step, line.ending, line.result) == (Step.CONVICTED, "", Result.CONVICTED)
    assert line.reported == date(2026, 3, 2).toordinal()
    assert line.charged == date(2025, 6, 30).toordinal()
    assert line.trial == date(2026, 2, 1).toordinal()
    assert line.convicted == line.ended == VERDICT.date().toordinal()
    survivor = SurvivorLine.objects.get(case_id=court.case.id)
    assert (survivor.testified, survivor.appearances) == (EVIDENCE.date().toordinal(), 1)
    hearings = Happening.objects.filter(kind=Kind.HEARING).order_by("day").values_list("code", "reason", "party")
    assert list(hearings) == [("adjourned", "judge_absent", "court"), ("held", "", "")]
    assert Happening.objects.filter(kind=Kind.CONVICTION, first=True).count() == 1


def test_lines_hold_no_word(cast: Cast) -> None:
    with clock.set_to(NOW):
        in_court(cast).charge(section="Canary Act, section 4")
        commands.rebuild()
    said = str(_kept())
    for word in ("Canary", "Nadia", "Viktor", "Example"):
        assert word not in said


def test_what_is_kept_up_to_date_is_what_is_made_anew(cast: Cast) -> None:
    with clock.set_to(NOW):
        commands.rebuild()
        first = cast.case()
        commands.refresh()
        court = in_court(cast, first)
        charge = court.charge()
        commands.refresh()
        second = cast.case()
        prosecution.pronounce(actor=cast.chandra, charge_id=charge.id, outcome=Outcome.ACQUITTED, on=VERDICT.date())
        people.change_person(actor=cast.jalil, person_id=second.survivor, expected=1, birth=PartialDate(2010))
        assert commands.refresh() == 2
        kept = _kept()
        commands.rebuild()
    assert kept == _kept()
    assert SurvivorLine.objects.get(case_id=second.id).band == AgeBand.CHILD_17
    assert _suspect(first.id).ending == Ending.ACQUITTED


def test_nothing_new_in_the_ledger_changes_nothing(cast: Cast) -> None:
    cast.case()
    commands.rebuild()
    before = Standing.objects.get(pk=1).entries
    kept = _kept()
    assert commands.refresh() == 0
    assert _kept() == kept
    assert Standing.objects.get(pk=1).entries == before


def test_an_arrest_that_was_a_mistake_is_not_counted(cast: Cast) -> None:
    case = cast.case()
    arrest = investigations.record_status(
        actor=cast.bruno, case_id=case.id, person_id=case.suspect, status=Status.ARRESTED,
        happened=PartialDate(2026, 4, 1), source=Source.POLICE,
    )  # fmt: skip
    commands.rebuild()
    assert _suspect(case.id).step == Step.RESTRAINED
    investigations.withdraw_status(actor=cast.bruno, status_id=arrest, reason=WithdrawReason.MISTAKEN)
    commands.refresh()
    assert _suspect(case.id).step == Step.IDENTIFIED


def test_a_case_in_which_nobody_is_named_counts_as_one(cast: Cast) -> None:
    case = cases.open_case(
        actor=cast.jalil,
        office_id=cast.office,
        types=[CaseType.FORCED_LABOUR],
        title="Kiln",
        risk=Risk.LOW,
        reported_on=DAY,
    )
    commands.rebuild()
    assert (_suspect(case).person_id, _suspect(case).step) == (None, Step.REPORTED)


def test_a_person_counts_once_by_the_first_verified_relief(cast: Cast) -> None:
    with clock.set_to(NOW):
        one, other = cast.case(), cast.case()
        cases.add_party(actor=cast.jalil, case_id=other.id, person_id=one.survivor, role=PartyRole.SURVIVOR)
        for case, day in ((other, date(2026, 5, 2)), (one, date(2026, 4, 1))):
            key = investigations.record_relief(
                actor=cast.bruno,
                case_id=case.id,
                person_id=one.survivor,
                happened=PartialDate.on(day),
                how=Relieved.RESCUED,
                attribution=Attribution.DIRECT if case is one else Attribution.SUPPORTED,
            )
            investigations.verify_relief(actor=cast.jalil, outcome_id=key)
            commands.refresh()
        rows = Happening.objects.filter(kind=Kind.RELIEF).order_by("day")
        assert [(row.first, row.attribution) for row in rows] == [(True, "direct"), (False, "supported")]
        kept = _kept()
        commands.rebuild()
        assert kept == _kept()


def test_aftercare_is_counted(cast: Cast) -> None:
    case = cast.case()
    aftercare.enrol(actor=cast.dalia, case_id=case.id, person_id=case.survivor)
    commands.rebuild()
    assert list(Happening.objects.filter(kind=Kind.ENROLMENT).values_list("code", flat=True)) == ["survivor"]


def test_what_units_do_is_counted_and_says_nothing_of_the_case(cast: Cast) -> None:
    where = story.station(cast)
    with clock.set_to(NOW):
        commands.rebuild()
        file = story.observed(cast, where.unit, DAY, {"scene_visited": Answer.NO, "contact_given": Answer.NA})
        commands.refresh()
        found = Happening.objects.filter(kind=Kind.PRACTICE)
        assert {row.source_id for row in found} == {file}
        assert {(row.unit_id, row.type, row.band, row.day) for row in found} == {(where.unit, "", "", DAY.toordinal())}
        assert found.filter(reason="scene_visited", code="no").count() == 1
        assert not found.filter(reason="contact_given").exists()
        kept = _kept()
        commands.rebuild()
        assert kept == _kept()
        strengthening.reopen_file(actor=cast.oksana, file_id=file)
        commands.refresh()
        assert not found.all().exists()


def test_a_kit_waits_for_the_laboratory_and_for_its_result(cast: Cast) -> None:
    """Three kits: one answered, one sent, one destroyed before it went. The last is followed until that day."""
    start = DAY.toordinal()
    days = ((30, 90, None), (50, None, None), (None, None, 20))
    for number, (sent, answered, ended) in enumerate(days):
        Happening.objects.create(
            kind=Kind.KIT,
            source_id=UUID(int=number),
            office_id=cast.office,
            day=start,
            sent=sent and start + sent,
            answered=answered and start + answered,
            ended=ended and start + ended,
        )
    today = date(2025, 9, 26)
    reach = Reach(None, True, 11, today, NOW, 0, 0)

    def waited(name: str) -> list[tuple[int, bool, int]]:
        measure = INDICATORS[name].measure
        assert isinstance(measure, Waiting)
        return sorted(counting.waits(measure, Chosen(), reach))

    assert waited("examination-to-laboratory") == [(20, False, 1), (30, True, 1), (50, True, 1)]
    assert waited("examination-to-result") == [(20, False, 1), (90, True, 1), (200, False, 1)]


# ---- rules ------------------------------------------------------------------------------------------------------


def _facts(*charges: ChargeFacts, **more: object) -> SuspectFacts:
    return SuspectFacts(reported_on=DAY, is_named=True, charges=charges, **more)  # type: ignore[arg-type]


def test_a_later_step_stands_for_the_earlier_ones() -> None:
    found = suspect_days(_facts(ChargeFacts(ChargeState.FILED, DAY, filed_on=DAY)))
    assert (found.step, found.ending, found.result) == (Step.CHARGED, Ending.WAITING, Result.OPEN)


def test_an_appeal_that_acquits_is_no_conviction() -> None:
    charge = ChargeFacts(ChargeState.ACQUITTED, DAY, filed_on=DAY, outcome=Outcome.ACQUITTED, verdict_on=DAY)
    found = suspect_days(_facts(charge))
    assert (found.step, found.ending, found.result) == (Step.VERDICT, Ending.ACQUITTED, Result.ACQUITTED)


def test_one_guilty_charge_is_enough() -> None:
    guilty = ChargeFacts(ChargeState.LESSER, DAY, filed_on=DAY, outcome=Outcome.LESSER, verdict_on=DAY)
    free = ChargeFacts(ChargeState.ACQUITTED, DAY, filed_on=DAY, outcome=Outcome.ACQUITTED, verdict_on=DAY)
    found = suspect_days(_facts(free, guilty))
    assert (found.step, found.result, found.days["as_charged"]) == (Step.CONVICTED, Result.CONVICTED, None)


def test_an_open_charge_keeps_the_way_open() -> None:
    ended = ChargeFacts(ChargeState.DECLINED, DAY, "insufficient_evidence")
    open_ = ChargeFacts(ChargeState.PROPOSED, DAY)
    assert suspect_days(_facts(ended, open_)).ending is Ending.WAITING
    assert suspect_days(_facts(ended)).ending is Ending.EVIDENCE


def test_who_is_gone_goes_no_further() -> None:
    found = suspect_days(_facts(statuses=[(Status.IDENTIFIED, DAY), (Status.ABSCONDED, DAY)]))
    assert (found.ending, found.result) == (Ending.DIED_OR_GONE, Result.LEFT)


def test_a_closed_case_without_a_name_was_never_identified() -> None:
    facts = SuspectFacts(reported_on=DAY, is_named=False, closed_on=DAY, closure="goals_met")
    assert suspect_days(facts).ending is Ending.UNIDENTIFIED


def test_bands_have_codes() -> None:
    assert band_code(Band(15, 17)) is AgeBand.CHILD_17
    assert band_code(Band(None, 17)) is AgeBand.CHILD
    assert band_code(Band(60, None)) is AgeBand.ADULT_60
    assert band_code(Band(18, None)) is AgeBand.ADULT
    assert band_code(Band()) is band_code(None) is AgeBand.UNKNOWN


def test_the_earliest_happening_is_the_one_that_counts() -> None:
    assert first_of_each([(5, "a", "x"), (3, "a", "y"), (3, "b", "z"), (3, None, "w")]) == [False, True, True, True]
