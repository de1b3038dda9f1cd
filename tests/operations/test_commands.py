from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

import pytest

from amparo.access import commands as access
from amparo.access.errors import Barred
from amparo.access.models import OperationPlace
from amparo.cases import queries as case_queries
from amparo.cases.words import TrackKind
from amparo.investigations import commands as investigations
from amparo.investigations.errors import AlreadyRecorded, NotOfThisCase, OwnRecord
from amparo.investigations.models import Relief, Restraint
from amparo.investigations.words import OUTCOME_STATE_LABELS, Attribution, OutcomeState, Relieved, WithdrawReason
from amparo.kernel import clock
from amparo.kernel.dates import PartialDate
from amparo.kernel.errors import Changed, NotFound, Refused
from amparo.ledger.models import Entry
from amparo.operations import commands, queries
from amparo.operations.commands.day import Relieving
from amparo.operations.errors import (
    ApprovedTwice,
    DayNotCome,
    EndsBefore,
    GoesAlong,
    Incomplete,
    LeadStays,
    MayNotApprove,
    NobodyNamed,
    NoGo,
    NoPlaceInTeam,
    NotBriefed,
    NotInTeam,
    NotNow,
    NotVerified,
    OnTeamAlready,
    OwnPlan,
    SameCase,
    StaysWithSurvivor,
    TakenUpAlready,
    TwoApprovers,
)
from amparo.operations.models import Approval, Care, Lesson, Member, Operation, PlaceDay, Result, Risk, Whereabouts
from amparo.operations.words import AbortReason, Duty, HappeningKind, State
from amparo.vault import sealing
from tests.cast import Cast
from tests.operations import story

pytestmark = pytest.mark.django_db


def state_of(key: UUID) -> str:
    return Operation.objects.get(pk=key).state


# ---- planning ------------------------------------------------------------------------------------------------------


def test_whoever_plans_an_operation_leads_our_part_and_has_its_first_place(cast: Cast) -> None:
    made = story.begun(cast)
    assert made.row.lead_id == cast.accounts["bruno"]
    assert cast.bruno.operations == {made.id}
    assert Member.objects.get(operation_id=made.id).duty == Duty.LEAD


def test_a_caseworker_can_not_begin_an_operation(cast: Cast) -> None:
    case = cast.case()
    with pytest.raises(Refused):
        commands.plan_operation(actor=cast.dalia, case_id=case.id, objective="Out of it")


def test_an_investigator_of_another_case_finds_no_case_to_plan_for(cast: Cast) -> None:
    case = cast.case(team=("chandra", "dalia"))
    with pytest.raises(NotFound):
        commands.plan_operation(actor=cast.bruno, case_id=case.id, objective="Out of it")


def test_words_of_a_plan_come_back_exactly_in_any_script(cast: Cast) -> None:
    made = story.begun(cast)
    said = "ស្ត្រីម្នាក់ · महिला और बच्चा · امرأة وطفلها · Straße 7‏"
    story.core(cast, made, objective=said, go_items=[said, said])
    words = sealing.open_row(made.row, "objective", "go_items")
    assert words.text("objective") == said
    assert words.items("go_items") == [said, said]


def test_whoever_comes_into_the_team_sees_the_plan_and_whoever_leaves_it_nothing(cast: Cast) -> None:
    made = story.begun(cast)
    assert cast.femi.operations == frozenset()
    commands.add_member(actor=cast.bruno, operation_id=made.id, duty=Duty.AUTHORITY, account_id=cast.accounts["femi"])
    assert cast.femi.operations == {made.id}
    commands.remove_member(actor=cast.bruno, member_id=Member.objects.get(account_id=cast.accounts["femi"]).id)
    assert cast.femi.operations == frozenset()
    with pytest.raises(NotFound):
        queries.operation_page(cast.femi, made.id)


def test_nobody_comes_into_the_team_whose_role_can_not_go_along(cast: Cast) -> None:
    made = story.begun(cast)
    with pytest.raises(NoPlaceInTeam):
        commands.add_member(
            actor=cast.bruno, operation_id=made.id, duty=Duty.OBSERVER, account_id=cast.accounts["chandra"]
        )


def test_nobody_comes_into_the_team_twice(cast: Cast) -> None:
    made = story.begun(cast)
    with pytest.raises(OnTeamAlready):
        commands.add_member(actor=cast.bruno, operation_id=made.id, duty=Duty.ENTRY, account_id=cast.accounts["bruno"])


def test_somebody_without_an_account_needs_a_name(cast: Cast) -> None:
    made = story.begun(cast)
    with pytest.raises(NobodyNamed):
        commands.add_member(actor=cast.bruno, operation_id=made.id, duty=Duty.DRIVER)


def test_whoever_is_barred_from_the_case_gets_no_place(cast: Cast) -> None:
    made = story.begun(cast)
    access.set_bar(
        actor=cast.lina,
        account_id=cast.accounts["femi"],
        office_id=cast.office,
        person_id=made.case.suspect,
        reason="His cousin",
    )
    with pytest.raises(Barred):
        commands.add_member(
            actor=cast.bruno, operation_id=made.id, duty=Duty.AUTHORITY, account_id=cast.accounts["femi"]
        )


def test_a_bar_that_is_set_later_closes_the_operation(cast: Cast) -> None:
    made = story.fill(cast, story.begun(cast))
    assert cast.femi.operations == {made.id}
    access.set_bar(
        actor=cast.lina,
        account_id=cast.accounts["femi"],
        office_id=cast.office,
        case_id=made.case.id,
        reason="His cousin",
    )
    assert cast.femi.operations == frozenset()
    with pytest.raises(NotFound):
        queries.operation_page(cast.femi, made.id)


def test_a_case_of_somebody_barred_can_not_be_added(cast: Cast) -> None:
    made = story.fill(cast, story.begun(cast))
    other = cast.case()
    access.set_bar(
        actor=cast.lina, account_id=cast.accounts["femi"], office_id=cast.office, case_id=other.id, reason="Related"
    )
    with pytest.raises(Barred):
        commands.add_case(actor=cast.bruno, operation_id=made.id, case_id=other.id)


def test_a_case_is_added_once(cast: Cast) -> None:
    made = story.begun(cast)
    other = cast.case()
    commands.add_case(actor=cast.bruno, operation_id=made.id, case_id=other.id)
    assert queries.case_ids(made.id) == (made.case.id, other.id)
    with pytest.raises(SameCase):
        commands.add_case(actor=cast.bruno, operation_id=made.id, case_id=other.id)


def test_the_lead_stays_in_the_team(cast: Cast) -> None:
    made = story.begun(cast)
    with pytest.raises(LeadStays):
        commands.remove_member(actor=cast.bruno, member_id=Member.objects.get(operation_id=made.id).id)


def test_nobody_leaves_who_is_to_stay_with_a_survivor(cast: Cast) -> None:
    made = story.fill(cast, story.begun(cast))
    dalia = Member.objects.get(operation_id=made.id, account_id=cast.accounts["dalia"])
    with pytest.raises(StaysWithSurvivor):
        commands.remove_member(actor=cast.bruno, member_id=dalia.id)


def test_care_is_planned_for_survivors_of_its_cases_only(cast: Cast) -> None:
    made = story.fill(cast, story.begun(cast), without=["care"])
    dalia = Member.objects.get(operation_id=made.id, account_id=cast.accounts["dalia"])
    words = {"medical": "x", "interpreter": "x", "transport": "x", "safe_place": "x"}
    for somebody in (made.case.suspect, cast.case().survivor):
        with pytest.raises(NotFound):
            commands.set_care(actor=cast.dalia, operation_id=made.id, person_id=somebody, stays_id=dalia.id, **words)


def test_whoever_stays_with_a_survivor_is_in_the_team(cast: Cast) -> None:
    made = story.fill(cast, story.begun(cast), without=["care"])
    other = story.fill(cast, story.begun(cast))
    stays = Member.objects.get(operation_id=other.id, account_id=cast.accounts["dalia"])
    words = {"medical": "x", "interpreter": "x", "transport": "x", "safe_place": "x"}
    with pytest.raises(NotInTeam):
        commands.set_care(
            actor=cast.dalia, operation_id=made.id, person_id=made.case.survivor, stays_id=stays.id, **words
        )


def test_her_care_is_sealed_under_her_and_goes_with_her(cast: Cast) -> None:
    made = story.fill(cast, story.begun(cast))
    row = Care.objects.get(operation_id=made.id)
    sealing.erase_owner(made.case.survivor)
    assert sealing.open_row(row, "medical", "safe_place").words == {}


def test_an_operation_ends_after_it_begins(cast: Cast) -> None:
    made = story.begun(cast)
    now = clock.now()
    with pytest.raises(EndsBefore):
        commands.set_whereabouts(
            actor=cast.bruno, operation_id=made.id, expected=0, place="x", meeting="y", starts=now, ends=now
        )


def test_two_who_move_it_at_once_are_told(cast: Cast) -> None:
    made = story.fill(cast, story.begun(cast))
    now = clock.now()
    with pytest.raises(Changed):
        commands.set_whereabouts(
            actor=cast.bruno,
            operation_id=made.id,
            expected=7,
            place="elsewhere",
            meeting="y",
            starts=now,
            ends=now + timedelta(hours=1),
        )


# ---- approving -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["team", "place", "risks", "care", "core"])
def test_an_incomplete_plan_is_not_proposed(cast: Cast, part: str) -> None:
    without = {"team": ["team", "care"]}.get(part, [part])
    made = story.fill(cast, story.begun(cast), without=without)
    with pytest.raises(Incomplete):
        story.proposed(cast, made)


def test_care_that_leaves_out_a_part_is_not_whole(cast: Cast) -> None:
    made = story.fill(cast, story.begun(cast))
    story.care(cast, made, safe_place="")
    with pytest.raises(Incomplete):
        story.proposed(cast, made)


def test_care_for_one_of_two_survivors_is_not_enough(cast: Cast) -> None:
    made = story.fill(cast, story.begun(cast))
    other = cast.case()
    commands.add_case(actor=cast.bruno, operation_id=made.id, case_id=other.id)
    with pytest.raises(Incomplete):
        story.proposed(cast, made)


def test_two_different_people_approve(cast: Cast) -> None:
    made = story.proposed(cast)
    story.approve(cast, made, "jalil")
    assert state_of(made.id) == State.PROPOSED
    story.approve(cast, made, "kofi")
    assert state_of(made.id) == State.APPROVED


def test_the_same_person_does_not_approve_twice(cast: Cast) -> None:
    made = story.proposed(cast)
    story.approve(cast, made, "jalil")
    with pytest.raises(ApprovedTwice):
        story.approve(cast, made, "jalil")
    assert state_of(made.id) == State.PROPOSED
    assert Approval.objects.count() == 1


def test_the_database_itself_refuses_a_second_approval_by_one_person(cast: Cast) -> None:
    from django.db import IntegrityError, transaction

    made = story.proposed(cast)
    story.approve(cast, made, "jalil")
    row = Approval.objects.get()
    row.pk = UUID(int=7)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_proposer_is_not_asked(cast: Cast) -> None:
    made = story.fill(cast, story.begun(cast))
    asked = [cast.accounts["bruno"], cast.accounts["jalil"], cast.accounts["kofi"]]
    with pytest.raises(OwnPlan):
        commands.propose(actor=cast.bruno, operation_id=made.id, approvers=asked)


def test_the_proposer_can_not_approve_though_she_supervises_too(cast: Cast) -> None:
    from amparo.access.actors import SYSTEM_ACTOR
    from amparo.kernel.words import Role

    access.give_role(actor=SYSTEM_ACTOR, account_id=cast.accounts["bruno"], role=Role.SUPERVISOR, office_id=cast.office)
    made = story.proposed(cast)
    with pytest.raises((OwnPlan, Refused, NotFound)):
        commands.approve(actor=cast.bruno, operation_id=made.id, expected=made.row.plan)
    assert state_of(made.id) == State.PROPOSED


def test_one_alone_is_not_enough_to_ask(cast: Cast) -> None:
    made = story.fill(cast, story.begun(cast))
    jalil = cast.accounts["jalil"]
    with pytest.raises(TwoApprovers):
        commands.propose(actor=cast.bruno, operation_id=made.id, approvers=[jalil, jalil])


def test_whoever_goes_along_is_not_asked(cast: Cast) -> None:
    made = story.fill(cast, story.begun(cast))
    asked = [cast.accounts["dalia"], cast.accounts["jalil"]]
    with pytest.raises(GoesAlong):
        commands.propose(actor=cast.bruno, operation_id=made.id, approvers=asked)


def test_nobody_is_asked_who_may_not_approve(cast: Cast) -> None:
    made = story.fill(cast, story.begun(cast))
    asked = [cast.accounts["chandra"], cast.accounts["jalil"]]
    with pytest.raises(MayNotApprove):
        commands.propose(actor=cast.bruno, operation_id=made.id, approvers=asked)


def test_somebody_who_was_not_asked_finds_nothing_to_approve(cast: Cast) -> None:
    made = story.proposed(cast)
    with pytest.raises(NotFound):
        commands.approve(actor=cast.stranger, operation_id=made.id, expected=made.row.plan)


def test_a_plan_that_changed_since_it_was_read_is_not_approved(cast: Cast) -> None:
    made = story.proposed(cast)
    read = made.row.plan
    story.core(cast, made, objective="Two women are out of it")
    with pytest.raises(Changed):
        commands.approve(actor=cast.jalil, operation_id=made.id, expected=read)


def test_approvers_see_the_plan_while_they_decide_and_no_longer(cast: Cast) -> None:
    made = story.proposed(cast)
    assert queries.whereabouts(cast.jalil, made.id) is not None
    story.approve(cast, made)
    assert queries.whereabouts(cast.jalil, made.id) is None
    with pytest.raises(NotFound):
        queries.operation_page(cast.jalil, made.id)
    # A director may know that there are operations, and nothing of them.
    assert made.row.code == str(queries.operation_page(cast.kofi, made.id).code)
    assert queries.whereabouts(cast.kofi, made.id) is None


def test_a_plan_that_is_sent_back_is_planned_again(cast: Cast) -> None:
    made = story.proposed(cast)
    commands.decline(actor=cast.jalil, operation_id=made.id, expected=made.row.plan, reason="No interpreter")
    assert state_of(made.id) == State.PLANNED
    story.proposed(cast, made)
    story.approve(cast, made)
    assert state_of(made.id) == State.APPROVED


@pytest.mark.parametrize("part", ["objective", "place", "team", "risk", "care", "cases"])
def test_a_material_change_takes_the_approvals_back(cast: Cast, part: str) -> None:
    made = story.briefed(cast)
    other = cast.case()
    changes = {
        "objective": lambda: story.core(cast, made, objective="Two women are out of it"),
        "place": lambda: story.move(cast, made, place="The other gate"),
        "team": lambda: commands.add_member(
            actor=cast.bruno, operation_id=made.id, duty=Duty.DRIVER, name="Driver Muster"
        ),
        "risk": lambda: commands.remove_risk(actor=cast.bruno, risk_id=Risk.objects.get(operation_id=made.id).id),
        "care": lambda: story.care(cast, made, safe_place="Another room"),
        "cases": lambda: commands.add_case(actor=cast.bruno, operation_id=made.id, case_id=other.id),
    }
    changes[part]()
    assert state_of(made.id) == State.PROPOSED
    assert queries.approvals_given(made.row) == []
    assert Entry.objects.filter(verb="operation.voided", subject_id=made.id).count() == 1
    # The same people are asked again, and see it again.
    assert queries.whereabouts(cast.jalil, made.id) is not None
    with pytest.raises(NotNow):
        story.brief(cast, made)
    story.approve(cast, made)
    assert state_of(made.id) == State.APPROVED


def test_saving_the_same_words_leaves_approvals_alone(cast: Cast) -> None:
    made = story.approved(cast)
    plan = made.row.plan
    story.core(cast, made)
    story.care(cast, made)
    where = Whereabouts.objects.get(operation_id=made.id)
    seen = queries.whereabouts(cast.bruno, made.id)
    assert seen is not None
    commands.set_whereabouts(
        actor=cast.bruno,
        operation_id=made.id,
        expected=where.version,
        place=seen.place,
        meeting=seen.meeting,
        starts=seen.starts,
        ends=seen.ends,
    )
    assert (state_of(made.id), made.row.plan) == (State.APPROVED, plan)


def test_numbers_to_call_change_without_a_new_approval(cast: Cast) -> None:
    made = story.approved(cast)
    commands.change_numbers(
        actor=cast.bruno, operation_id=made.id, expected=made.row.version, numbers="Hospital 5550 0"
    )
    assert state_of(made.id) == State.APPROVED
    assert len(queries.approvals_given(made.row)) == 2


# ---- the day -------------------------------------------------------------------------------------------------------


def test_everybody_who_goes_along_is_briefed(cast: Cast) -> None:
    made = story.approved(cast)
    some = list(Member.objects.filter(operation_id=made.id).values_list("id", flat=True))[:2]
    with pytest.raises(NotBriefed):
        commands.brief(actor=cast.bruno, operation_id=made.id, present=some)
    story.brief(cast, made)
    assert state_of(made.id) == State.BRIEFED


def test_an_operation_that_nobody_approved_is_not_briefed(cast: Cast) -> None:
    with pytest.raises(NotNow):
        story.brief(cast, story.proposed(cast))


def test_carrying_it_out_records_relief_and_restraint_with_their_attribution(cast: Cast) -> None:
    made = story.executed(cast)
    relief, restraint = Relief.objects.get(), Restraint.objects.get()
    assert (relief.person_id, relief.attribution) == (made.case.survivor, Attribution.SUPPORTED)
    assert (restraint.person_id, restraint.attribution) == (made.case.suspect, Attribution.TRAINED)
    assert {row.outcome_id for row in Result.objects.all()} == {relief.id, restraint.id}
    head = case_queries.case_head(cast.bruno, made.case.id)
    tracks = {track.kind: track.state for track in case_queries.tracks(head)}
    assert tracks[TrackKind.RELIEF] == "achieved"


def test_whoever_recorded_relief_in_an_operation_does_not_verify_it(cast: Cast) -> None:
    story.executed(cast)
    with pytest.raises((OwnRecord, Refused)):
        investigations.verify_relief(actor=cast.bruno, outcome_id=Relief.objects.get().id)
    investigations.verify_relief(actor=cast.jalil, outcome_id=Relief.objects.get().id)


def test_one_refused_relief_refuses_the_whole_act(cast: Cast) -> None:
    made = story.briefed(cast)
    mine = Relieving(made.case.id, made.case.survivor, Relieved.RESCUED, Attribution.DIRECT)
    before = Entry.objects.count()
    with pytest.raises(AlreadyRecorded):
        story.execute(cast, made, relieved=[mine, mine])
    assert state_of(made.id) == State.BRIEFED
    assert (Relief.objects.count(), Restraint.objects.count(), Result.objects.count()) == (0, 0, 0)
    assert Entry.objects.count() == before


def test_a_condition_that_is_not_met_stops_it(cast: Cast) -> None:
    made = story.briefed(cast)
    with pytest.raises(NoGo):
        story.execute(cast, made, met=[0])
    assert state_of(made.id) == State.BRIEFED


def test_a_day_to_come_is_refused(cast: Cast) -> None:
    made = story.briefed(cast)
    with pytest.raises(DayNotCome):
        story.execute(cast, made, on=queries.today() + timedelta(days=1))


@pytest.mark.parametrize("end", ["executed", "aborted"])
def test_where_and_when_it_was_is_hidden_from_everybody_once_it_is_over(cast: Cast, end: str) -> None:
    made = story.briefed(cast)
    assert queries.whereabouts(cast.bruno, made.id) is not None
    if end == "executed":
        story.execute(cast, made)
    else:
        commands.abort(actor=cast.bruno, operation_id=made.id, reason=AbortReason.LEAKED)
    for name in cast.accounts:
        assert queries.whereabouts(cast.actor(name), made.id) is None, name
    assert not PlaceDay.objects.filter(operation_id=made.id).exists()


def test_a_place_is_hidden_though_nobody_wrote_down_that_it_is_over(cast: Cast) -> None:
    made = story.briefed(cast)
    with clock.set_to(clock.now() + timedelta(days=14)):
        assert queries.whereabouts(cast.bruno, made.id) is None


def test_an_aborted_operation_is_not_carried_out(cast: Cast) -> None:
    made = story.briefed(cast)
    commands.abort(actor=cast.bruno, operation_id=made.id, reason=AbortReason.DANGER, words="Armed men")
    with pytest.raises(NotNow):
        story.execute(cast, made)


def test_an_incident_waits_for_the_day(cast: Cast) -> None:
    made = story.approved(cast)
    how = {"kind": HappeningKind.INJURY, "on": queries.today(), "words": "A cut hand"}
    with pytest.raises(NotNow):
        commands.record_happening(actor=cast.dalia, operation_id=made.id, **how)
    story.brief(cast, made)
    commands.record_happening(actor=cast.dalia, operation_id=made.id, **how)


# ---- afterwards ----------------------------------------------------------------------------------------------------


def test_it_is_sealed_once_somebody_else_verified_what_it_brought(cast: Cast) -> None:
    made = story.debriefed(cast)
    with pytest.raises(NotVerified):
        commands.seal(actor=cast.bruno, operation_id=made.id)
    investigations.verify_relief(actor=cast.jalil, outcome_id=Relief.objects.get().id)
    investigations.verify_restraint(actor=cast.jalil, outcome_id=Restraint.objects.get().id)
    commands.seal(actor=cast.bruno, operation_id=made.id)
    assert state_of(made.id) == State.SEALED


def test_a_result_that_is_put_right_stays_its_result_and_is_verified_before_it_is_sealed(cast: Cast) -> None:
    made = story.debriefed(cast)
    investigations.verify_restraint(actor=cast.jalil, outcome_id=Restraint.objects.get().id)
    relief = Relief.objects.get().id
    for how in (Relieved.SELF_EXIT, Relieved.RESCUED):
        relief = investigations.correct_relief(
            actor=cast.bruno,
            outcome_id=relief,
            reason=WithdrawReason.WRONG_WHAT,
            person_id=made.case.survivor,
            how=how,
            attribution=Attribution.SUPPORTED,
            happened=PartialDate.on(queries.today()),
        )
    with pytest.raises(NotVerified):
        commands.seal(actor=cast.bruno, operation_id=made.id)
    investigations.verify_relief(actor=cast.jalil, outcome_id=relief)
    shown = repr(queries.operation_page(cast.bruno, made.id))
    assert str(OUTCOME_STATE_LABELS[OutcomeState.WITHDRAWN]) not in shown
    assert shown.count(repr(OUTCOME_STATE_LABELS[OutcomeState.VERIFIED])) == 2
    commands.seal(actor=cast.bruno, operation_id=made.id)
    assert state_of(made.id) == State.SEALED


def test_nothing_of_a_sealed_operation_changes(cast: Cast) -> None:
    made = story.debriefed(cast)
    for run, row in ((investigations.verify_relief, Relief), (investigations.verify_restraint, Restraint)):
        run(actor=cast.jalil, outcome_id=row.objects.get().id)  # type: ignore[attr-defined]
    commands.seal(actor=cast.bruno, operation_id=made.id)
    how = {"kind": HappeningKind.INJURY, "on": queries.today(), "words": "A cut hand"}
    for attempt in (
        lambda: story.core(cast, made, objective="Another"),
        lambda: commands.record_happening(actor=cast.bruno, operation_id=made.id, **how),
        lambda: commands.abort(actor=cast.bruno, operation_id=made.id, reason=AbortReason.OTHER),
        lambda: commands.change_numbers(actor=cast.bruno, operation_id=made.id, expected=made.row.version, numbers="1"),
    ):
        with pytest.raises(NotNow):
            attempt()


def test_a_lesson_is_read_by_a_trainer_who_learns_nothing_else(cast: Cast) -> None:
    made = story.debriefed(cast, "The unit waited for an order", "No woman officer came")
    found = queries.lessons_open(cast.oksana)
    assert [one.words for one in found] == ["The unit waited for an order", "No woman officer came"]
    with pytest.raises(NotFound):
        queries.operation_page(cast.oksana, made.id)
    assert queries.lessons_open(cast.jalil) == []


def test_a_lesson_is_taken_up_once(cast: Cast) -> None:
    story.debriefed(cast)
    lesson = Lesson.objects.get()
    commands.mark_taken_up(actor=cast.oksana, lesson_id=lesson.id, observation_id=UUID(int=5))
    assert queries.lessons_open(cast.oksana) == []
    with pytest.raises(TakenUpAlready):
        commands.mark_taken_up(actor=cast.oksana, lesson_id=lesson.id, observation_id=UUID(int=6))


# ---- the ledger ----------------------------------------------------------------------------------------------------


def test_the_ledger_has_every_step_and_neither_a_word_nor_a_case_of_it(cast: Cast) -> None:
    made = story.debriefed(cast)
    entries = list(Entry.objects.filter(subject_id=made.id, verb__startswith="operation."))
    verbs = {entry.verb for entry in entries}
    assert verbs >= {
        "operation.planned",
        "operation.changed",
        "operation.proposed",
        "operation.checked",
        "operation.approved",
        "operation.briefed",
        "operation.executed",
        "operation.debriefed",
    }
    for entry in entries:
        assert entry.case_id is None
        assert "Brickworks" not in entry.body
        assert "05:00" not in json.dumps(json.loads(entry.body)["facts"])


def test_a_place_in_an_operation_is_kept_by_the_entry_of_its_change(cast: Cast) -> None:
    made = story.fill(cast, story.begun(cast))
    rows = {str(key) for key in OperationPlace.objects.filter(operation_id=made.id).values_list("id", flat=True)}
    kept = set()
    for body in Entry.objects.filter(subject_id=made.id).values_list("body", flat=True):
        kept |= {row[1] for row in json.loads(body)["rows"]}
    assert rows <= kept


def test_cases_stay_open_to_their_own_work(cast: Cast) -> None:
    """A place in an operation opens no case to anybody."""
    made = story.fill(cast, story.begun(cast))
    with pytest.raises(NotFound):
        case_queries.case_head(cast.femi, made.case.id)


def test_what_came_of_an_operation_is_of_its_own_cases(cast: Cast) -> None:
    made, other = story.briefed(cast), cast.case(team=("bruno", "dalia"))
    out = Relieving(other.id, other.survivor, Relieved.RESCUED, Attribution.SUPPORTED)
    with pytest.raises(NotOfThisCase):
        story.execute(cast, made, relieved=[out])
