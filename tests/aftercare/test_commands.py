"""What may be written about a client, by whom, and on what."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from amparo.aftercare import commands, errors
from amparo.aftercare.models import (
    Assessment,
    CarePlan,
    Client,
    FollowUp,
    InstrumentVersion,
    SafetyPlan,
    Service,
)
from amparo.aftercare.queries import instruments
from amparo.aftercare.rules import definition
from amparo.aftercare.words import (
    CareState,
    Decision,
    Domain,
    EndReason,
    Outcome,
    PlacementKind,
    Progress,
    RatingState,
    SafetyState,
    ServiceState,
    ServiceType,
)
from amparo.cases import commands as case_commands
from amparo.cases import queries as case_queries
from amparo.cases.errors import NoBasis
from amparo.cases.words import BasisKind, PartyRole, TrackKind
from amparo.kernel import clock
from amparo.kernel.errors import Changed, Forbidden, NotFound, Refused
from amparo.ledger.models import Entry
from amparo.people.words import PersonKind
from amparo.vault import sealing

if TYPE_CHECKING:
    from tests.cast import CaseAtHand, Cast

pytestmark = pytest.mark.django_db
SOON = date(2099, 1, 1)
ITEMS = [item.code for item in definition.instrument(instruments.house_raw()).items]


def enrolled(cast: Cast, **more: bool) -> tuple[CaseAtHand, UUID]:
    case = cast.case(**more)
    return case, commands.enrol(actor=cast.dalia, case_id=case.id, person_id=case.survivor)


def assessed(cast: Cast, client: UUID, value: str = "3", **other: str) -> UUID:
    key = commands.start_assessment(actor=cast.dalia, client_id=client)
    given = {code: (other.get(code, value), "seen at a visit") for code in ITEMS}
    commands.save_answers(actor=cast.dalia, assessment_id=key, given=given)
    return commands.complete_assessment(actor=cast.dalia, assessment_id=key)


def track(cast: Cast, case_id: UUID) -> str:
    head = case_queries.case_head(cast.jalil, case_id)
    return next(t.state for t in case_queries.tracks(head) if t.kind is TrackKind.RESTORATION)


# ---- enrolment


def test_enrolling_a_survivor_starts_the_restoration_track(cast: Cast) -> None:
    case, client = enrolled(cast)
    assert track(cast, case.id) == "active"
    assert Client.objects.get(pk=client).kind == "survivor"


def test_nobody_is_enrolled_twice_in_one_case(cast: Cast) -> None:
    case, _client = enrolled(cast)
    with pytest.raises(errors.AlreadyEnrolled):
        commands.enrol(actor=cast.dalia, case_id=case.id, person_id=case.survivor)


def test_a_suspect_is_not_enrolled(cast: Cast) -> None:
    case = cast.case()
    with pytest.raises(errors.NotAClient):
        commands.enrol(actor=cast.dalia, case_id=case.id, person_id=case.suspect)


def test_a_member_of_the_family_is_a_client_and_does_not_move_the_track(cast: Cast) -> None:
    case = cast.case()
    mother = cast.person(PersonKind.FAMILY, "Mona Sample")
    case_commands.add_party(actor=cast.jalil, case_id=case.id, person_id=mother, role=PartyRole.FAMILY)
    client = commands.enrol(actor=cast.dalia, case_id=case.id, person_id=mother)
    assert Client.objects.get(pk=client).kind == "family"
    assert track(cast, case.id) == "not_enrolled"


def test_only_caseworkers_on_the_team_and_supervisors_of_the_office_enrol(cast: Cast) -> None:
    case = cast.case()
    for name in ("bruno", "chandra"):
        with pytest.raises(Refused):
            commands.enrol(actor=cast.actor(name), case_id=case.id, person_id=case.survivor)
    for name in ("stranger", "iris", "pedro", "noor"):
        with pytest.raises(NotFound):
            commands.enrol(actor=cast.actor(name), case_id=case.id, person_id=case.survivor)


def test_the_last_survivor_to_leave_ends_the_track_otherwise_and_can_be_enrolled_again(cast: Cast) -> None:
    case, client = enrolled(cast)
    commands.end_client(actor=cast.dalia, client_id=client, reason=EndReason.ASKED)
    assert track(cast, case.id) == "ended_otherwise"
    with pytest.raises(errors.EnrolmentEnded):
        commands.draft_safety_plan(actor=cast.dalia, client_id=client)
    commands.enrol(actor=cast.dalia, case_id=case.id, person_id=case.survivor)
    assert track(cast, case.id) == "active"


# ---- invariant 1


def test_no_care_words_are_written_without_a_basis(cast: Cast) -> None:
    _case, client = enrolled(cast, basis=False)
    with pytest.raises(NoBasis):
        commands.draft_care_plan(actor=cast.dalia, client_id=client, matters="rest")
    with pytest.raises(NoBasis):
        commands.start_assessment(actor=cast.dalia, client_id=client)
    with pytest.raises(NoBasis):
        commands.plan_service(actor=cast.dalia, client_id=client, type=ServiceType.FOOD, what="rice")
    assert not CarePlan.objects.exists()


def test_a_safety_plan_needs_no_basis_because_safety_does_not_wait(cast: Cast) -> None:
    _case, client = enrolled(cast, basis=False)
    plan = commands.draft_safety_plan(actor=cast.dalia, client_id=client, warnings="a blue car")
    assert sealing.open_row(SafetyPlan.objects.get(pk=plan), "warnings").text("warnings") == "a blue car"


def test_a_draft_is_not_written_on_after_the_basis_was_withdrawn(cast: Cast) -> None:
    case = cast.case(basis=False)
    basis = case_commands.record_basis(
        actor=cast.jalil, case_id=case.id, person_id=case.survivor, kind=BasisKind.CONSENT
    )
    client = commands.enrol(actor=cast.dalia, case_id=case.id, person_id=case.survivor)
    key = commands.start_assessment(actor=cast.dalia, client_id=client)
    case_commands.withdraw_consent(actor=cast.jalil, basis_id=basis)
    with pytest.raises(NoBasis):
        commands.save_answers(actor=cast.dalia, assessment_id=key, given={"safe_home": ("2", "")})


# ---- safety plans


def test_agreeing_a_new_safety_plan_retires_the_one_before(cast: Cast) -> None:
    _case, client = enrolled(cast)
    first = commands.draft_safety_plan(actor=cast.dalia, client_id=client, chosen="go to the aunt")
    commands.agree_safety_plan(actor=cast.dalia, plan_id=first, review_on=SOON)
    second = commands.draft_safety_plan(actor=cast.dalia, client_id=client, chosen="call first")
    with pytest.raises(errors.OneAtATime):
        commands.draft_safety_plan(actor=cast.dalia, client_id=client)
    commands.agree_safety_plan(actor=cast.dalia, plan_id=second, review_on=SOON)
    states = dict(SafetyPlan.objects.values_list("id", "state"))
    assert states == {first: SafetyState.RETIRED, second: SafetyState.AGREED}


def test_an_agreed_safety_plan_is_reviewed_and_not_rewritten(cast: Cast) -> None:
    _case, client = enrolled(cast)
    plan = commands.draft_safety_plan(actor=cast.dalia, client_id=client)
    with pytest.raises(errors.WrongStep):
        commands.review_safety_plan(actor=cast.dalia, plan_id=plan, review_on=SOON)
    commands.agree_safety_plan(actor=cast.dalia, plan_id=plan, review_on=SOON)
    with pytest.raises(Forbidden):
        commands.change_safety_plan(
            actor=cast.dalia,
            plan_id=plan,
            expected=2,
            warnings="",
            contacts="",
            way_out="",
            chosen="",
            code_word="",
        )
    with pytest.raises(errors.NotInFuture):
        commands.review_safety_plan(actor=cast.dalia, plan_id=plan, review_on=clock.today())
    commands.review_safety_plan(actor=cast.dalia, plan_id=plan, review_on=SOON)
    assert SafetyPlan.objects.get(pk=plan).state == SafetyState.REVIEWED


def test_two_who_write_one_safety_plan_do_not_overwrite_each_other(cast: Cast) -> None:
    _case, client = enrolled(cast)
    plan = commands.draft_safety_plan(actor=cast.dalia, client_id=client)
    words = {"contacts": "", "way_out": "", "chosen": "", "code_word": ""}
    commands.change_safety_plan(actor=cast.dalia, plan_id=plan, expected=1, warnings="one", **words)
    with pytest.raises(Changed):
        commands.change_safety_plan(actor=cast.jalil, plan_id=plan, expected=1, warnings="two", **words)


# ---- care plans


def plan_agreed(cast: Cast, client: UUID, by: str = "dalia") -> UUID:
    plan = commands.draft_care_plan(actor=cast.actor(by), client_id=client, matters="a quiet home")
    commands.set_goal(actor=cast.actor(by), plan_id=plan, domain=Domain.WORK, words="I want to sew again")
    return commands.agree_care_plan(actor=cast.actor(by), plan_id=plan, review_on=SOON)


def test_a_care_plan_goes_from_draft_to_agreed_to_approved_to_reviewed_to_ended(cast: Cast) -> None:
    _case, client = enrolled(cast)
    plan = plan_agreed(cast, client)
    commands.approve_care_plan(actor=cast.jalil, plan_id=plan)
    commands.review_care_plan(actor=cast.dalia, plan_id=plan, review_on=SOON, review_words="goes well")
    commands.end_care_plan(actor=cast.dalia, plan_id=plan)
    assert CarePlan.objects.get(pk=plan).state == CareState.ENDED
    with pytest.raises(Forbidden):
        commands.set_goal(actor=cast.dalia, plan_id=plan, domain=Domain.LAW, words="x")


def test_a_plan_is_not_approved_by_the_one_who_wrote_it(cast: Cast) -> None:
    _case, client = enrolled(cast)
    plan = plan_agreed(cast, client, by="jalil")
    with pytest.raises(errors.OwnApproval):
        commands.approve_care_plan(actor=cast.jalil, plan_id=plan)
    assert CarePlan.objects.get(pk=plan).state == CareState.AGREED


def test_a_plan_is_not_approved_by_a_caseworker(cast: Cast) -> None:
    _case, client = enrolled(cast)
    with pytest.raises(Refused):
        commands.approve_care_plan(actor=cast.dalia, plan_id=plan_agreed(cast, client))


def test_a_plan_without_a_goal_is_not_agreed(cast: Cast) -> None:
    _case, client = enrolled(cast)
    plan = commands.draft_care_plan(actor=cast.dalia, client_id=client)
    with pytest.raises(errors.NothingAgreed):
        commands.agree_care_plan(actor=cast.dalia, plan_id=plan, review_on=SOON)


def test_a_goal_added_to_an_approved_plan_asks_for_agreement_and_approval_again(cast: Cast) -> None:
    _case, client = enrolled(cast)
    plan = plan_agreed(cast, client)
    commands.approve_care_plan(actor=cast.jalil, plan_id=plan)
    commands.set_goal(actor=cast.dalia, plan_id=plan, domain=Domain.PEOPLE, words="I want to see my sister")
    row = CarePlan.objects.get(pk=plan)
    assert (row.state, row.approved_by, row.agreed_on) == (CareState.DRAFT, None, None)


def test_a_plan_given_back_is_a_draft_with_the_answer(cast: Cast) -> None:
    _case, client = enrolled(cast)
    plan = plan_agreed(cast, client)
    commands.return_care_plan(actor=cast.jalil, plan_id=plan, answer="who pays?")
    row = CarePlan.objects.get(pk=plan)
    assert row.state == CareState.DRAFT
    assert sealing.open_row(row, "answer").text("answer") == "who pays?"


def test_a_goal_is_dropped_by_her_choice_and_stays_to_be_read(cast: Cast) -> None:
    _case, client = enrolled(cast)
    plan = commands.draft_care_plan(actor=cast.dalia, client_id=client)
    goal = commands.set_goal(actor=cast.dalia, plan_id=plan, domain=Domain.WORK, words="I want to learn")
    commands.move_goal(actor=cast.dalia, goal_id=goal, progress=Progress.DROPPED, remark="not now, she says")


def test_words_about_a_client_are_not_stored_in_clear(cast: Cast) -> None:
    _case, client = enrolled(cast)
    row = CarePlan.objects.get(pk=plan_agreed(cast, client))
    assert b"quiet" not in bytes(row.matters)


# ---- services


def test_a_service_is_delivered_only_after_she_agreed(cast: Cast) -> None:
    _case, client = enrolled(cast)
    key = commands.plan_service(actor=cast.dalia, client_id=client, type=ServiceType.HEALTH, what="a doctor")
    with pytest.raises(errors.WrongStep):
        commands.move_service(actor=cast.dalia, service_id=key, state=ServiceState.DELIVERED)
    for state in (ServiceState.OFFERED, ServiceState.CONSENTED, ServiceState.DELIVERED):
        commands.move_service(actor=cast.dalia, service_id=key, state=state)
    assert Service.objects.get(pk=key).state == ServiceState.DELIVERED


def test_a_task_is_set_for_somebody_on_the_team(cast: Cast) -> None:
    case, client = enrolled(cast)
    commands.set_task(
        actor=cast.dalia,
        client_id=client,
        title="Buy thread",
        assigned_id=cast.accounts["dalia"],
        due_on=None,
    )
    assert [task.title for task in case_queries.tasks_of_case(cast.jalil, case.id)] == ["Buy thread"]


# ---- instruments


def licensed(**changes: object) -> bytes:
    raw = instruments.house_raw() | {"code": "licensed-scale", "must_acknowledge": True} | changes
    return json.dumps(raw).encode()


def test_an_instrument_under_a_licence_is_added_only_when_the_licence_is_acknowledged(cast: Cast) -> None:
    with pytest.raises(errors.NotAcknowledged):
        commands.add_instrument(actor=cast.jalil, data=licensed(), acknowledged=False)
    assert commands.add_instrument(actor=cast.jalil, data=licensed(), acknowledged=True)


def test_the_same_file_added_twice_is_one_version(cast: Cast) -> None:
    first = commands.add_instrument(actor=cast.jalil, data=licensed(), acknowledged=True)
    assert commands.add_instrument(actor=cast.jalil, data=licensed(), acknowledged=True) == first


def test_a_version_never_changes_its_contents(cast: Cast) -> None:
    key = commands.add_instrument(actor=cast.jalil, data=licensed(), acknowledged=True)
    before = InstrumentVersion.objects.filter(pk=key).values().get()
    with pytest.raises(errors.VersionTaken):
        commands.add_instrument(actor=cast.jalil, data=licensed(label="Other"), acknowledged=True)
    commands.add_instrument(actor=cast.jalil, data=licensed(label="Other", version=2), acknowledged=True)
    assert InstrumentVersion.objects.filter(pk=key).values().get() == before


def test_an_instrument_that_was_altered_in_the_database_is_not_used(cast: Cast) -> None:
    key = commands.add_instrument(actor=cast.jalil, data=licensed(), acknowledged=True)
    row = InstrumentVersion.objects.get(pk=key)
    row.definition["domains"][0]["floor"] = False
    InstrumentVersion.objects.filter(pk=key).update(definition=row.definition)
    with pytest.raises(errors.InstrumentAltered):
        instruments.every_version()


def test_the_code_of_our_own_instrument_is_not_taken(cast: Cast) -> None:
    with pytest.raises(errors.ReservedCode):
        commands.add_instrument(
            actor=cast.jalil, data=licensed(code="restoration-profile", version=2), acknowledged=True
        )


def test_a_caseworker_adds_no_instrument(cast: Cast) -> None:
    with pytest.raises(Refused):
        commands.add_instrument(actor=cast.dalia, data=licensed(), acknowledged=True)


def test_an_assessment_keeps_the_version_it_was_begun_with(cast: Cast) -> None:
    _case, client = enrolled(cast)
    old = commands.add_instrument(actor=cast.jalil, data=licensed(), acknowledged=True)
    key = commands.start_assessment(actor=cast.dalia, client_id=client, instrument_id=old)
    commands.add_instrument(actor=cast.jalil, data=licensed(version=2), acknowledged=True)
    assert Assessment.objects.get(pk=key).instrument_id == old
    assert [view.version for view in instruments.usable() if view.code == "licensed-scale"] == [2]


# ---- assessments


def test_a_draft_keeps_any_number_of_answers_and_notes(cast: Cast) -> None:
    _case, client = enrolled(cast)
    key = commands.start_assessment(actor=cast.dalia, client_id=client)
    given = {"safe_home": ("", "she laughed"), "papers": ("nyk", ""), "home": ("4", "")}
    commands.save_answers(actor=cast.dalia, assessment_id=key, given=given)
    row = Assessment.objects.get(pk=key)
    assert instruments.typed_of([row])[0] == given
    assert set(instruments.answers_of([row])[0]) == {"papers", "home"}


def test_starting_again_goes_on_with_ones_own_draft(cast: Cast) -> None:
    _case, client = enrolled(cast)
    key = commands.start_assessment(actor=cast.dalia, client_id=client)
    assert commands.start_assessment(actor=cast.dalia, client_id=client) == key
    with pytest.raises(errors.OneAtATime):
        commands.start_assessment(actor=cast.jalil, client_id=client)
    with pytest.raises(errors.NotYourDraft):
        commands.save_answers(actor=cast.jalil, assessment_id=key, given={})


def test_an_assessment_without_a_score_is_not_completed(cast: Cast) -> None:
    _case, client = enrolled(cast)
    key = commands.start_assessment(actor=cast.dalia, client_id=client)
    commands.save_answers(actor=cast.dalia, assessment_id=key, given={"papers": ("nyk", "")})
    with pytest.raises(errors.NothingScored):
        commands.complete_assessment(actor=cast.dalia, assessment_id=key)


def test_an_answer_to_an_unknown_item_is_refused(cast: Cast) -> None:
    _case, client = enrolled(cast)
    key = commands.start_assessment(actor=cast.dalia, client_id=client)
    for given in ({"luck": ("3", "")}, {"home": ("5", "")}):
        with pytest.raises(errors.UnknownAnswer):
            commands.save_answers(actor=cast.dalia, assessment_id=key, given=given)


def test_a_completed_assessment_is_not_changed(cast: Cast) -> None:
    _case, client = enrolled(cast)
    key = assessed(cast, client)
    with pytest.raises(Forbidden):
        commands.save_answers(actor=cast.dalia, assessment_id=key, given={"home": ("1", "")})


def test_a_second_scoring_is_somebody_elses_and_makes_the_first_one_reviewed(cast: Cast) -> None:
    _case, client = enrolled(cast)
    first = assessed(cast, client)
    with pytest.raises(errors.OwnSecondScoring):
        commands.start_second_scoring(actor=cast.dalia, assessment_id=first)
    second = commands.start_second_scoring(actor=cast.jalil, assessment_id=first)
    commands.save_answers(actor=cast.jalil, assessment_id=second, given={"home": ("2", "")})
    commands.complete_assessment(actor=cast.jalil, assessment_id=second)
    assert Assessment.objects.get(pk=first).state == RatingState.REVIEWED


def test_the_ledger_knows_that_was_assessed_and_not_how(cast: Cast) -> None:
    _case, client = enrolled(cast)
    key = assessed(cast, client, value="1")
    bodies = [entry.body for entry in Entry.objects.filter(subject_id=key).order_by("index")]
    assert json.loads(bodies[-1])["facts"] == {"answered": 18}
    assert not any("seen at a visit" in body or "safe_home" in body for body in bodies)


# ---- restoration


def decide(cast: Cast, client: UUID, key: UUID, decision: Decision = Decision.RESTORED, **more: str) -> UUID:
    words = {"reason": "She lives safely and says so."} | more
    return commands.decide_restoration(
        actor=cast.jalil, client_id=client, decision=decision, assessment_id=key, **words
    )


def test_a_supervisor_decides_on_a_recent_assessment_and_the_track_follows(cast: Cast) -> None:
    case, client = enrolled(cast)
    decide(cast, client, assessed(cast, client), Decision.MONITORING)
    assert track(cast, case.id) == "monitoring"
    decide(cast, client, assessed(cast, client))
    assert track(cast, case.id) == "restored"
    decide(cast, client, assessed(cast, client), Decision.NOT_YET)
    assert track(cast, case.id) == "active"


def test_a_caseworker_does_not_decide(cast: Cast) -> None:
    _case, client = enrolled(cast)
    with pytest.raises(Refused):
        commands.decide_restoration(
            actor=cast.dalia,
            client_id=client,
            decision=Decision.RESTORED,
            assessment_id=assessed(cast, client),
            reason="x",
        )


def test_restoration_is_not_decided_on_an_assessment_older_than_ninety_days(cast: Cast) -> None:
    _case, client = enrolled(cast)
    start = clock.now()
    key = assessed(cast, client)
    with clock.set_to(start + timedelta(days=91)), pytest.raises(errors.NoRecentAssessment):
        decide(cast, client, key)
    with clock.set_to(start + timedelta(days=90)):
        decide(cast, client, key)


def test_restoration_is_not_decided_on_a_draft_or_on_somebody_elses_assessment(cast: Cast) -> None:
    _case, client = enrolled(cast)
    _other, stranger = enrolled(cast)
    draft = commands.start_assessment(actor=cast.dalia, client_id=client)
    for key in (draft, assessed(cast, stranger)):
        with pytest.raises(errors.NoRecentAssessment):
            decide(cast, client, key)


def test_a_low_safety_item_blocks_restored_unless_the_supervisor_says_why(cast: Cast) -> None:
    case, client = enrolled(cast)
    key = assessed(cast, client, value="4", sees_danger="2")
    with pytest.raises(errors.SafetyTooLow):
        decide(cast, client, key)
    decide(cast, client, key, Decision.MONITORING)
    decide(cast, client, key, floor_reason="Her aunt is with her day and night.")
    assert track(cast, case.id) == "restored"


def test_a_decision_without_a_reason_is_refused(cast: Cast) -> None:
    _case, client = enrolled(cast)
    with pytest.raises(errors.ReasonMissing):
        decide(cast, client, assessed(cast, client), reason="")


def test_a_case_with_two_survivors_is_restored_when_both_are(cast: Cast) -> None:
    case, client = enrolled(cast)
    sister = cast.person(name="Nora Sample")
    case_commands.add_party(actor=cast.jalil, case_id=case.id, person_id=sister, role=PartyRole.SURVIVOR)
    case_commands.record_basis(actor=cast.jalil, case_id=case.id, person_id=sister, kind=BasisKind.CONSENT)
    other = commands.enrol(actor=cast.dalia, case_id=case.id, person_id=sister)
    decide(cast, client, assessed(cast, client))
    assert track(cast, case.id) == "active"
    decide(cast, other, assessed(cast, other))
    assert track(cast, case.id) == "restored"


# ---- follow-up and placement


def test_follow_ups_are_planned_once_for_each_day(cast: Cast) -> None:
    _case, client = enrolled(cast)
    for _time in range(2):
        commands.plan_follow_ups(actor=cast.dalia, client_id=client, closing_on=date(2026, 11, 30))
    days = list(FollowUp.objects.order_by("due_on").values_list("due_on", flat=True))
    assert days == [date(2027, 2, 28), date(2027, 5, 30), date(2027, 11, 30)]


def test_three_days_without_an_answer_end_a_follow_up_as_no_contact(cast: Cast) -> None:
    _case, client = enrolled(cast)
    commands.plan_follow_ups(actor=cast.dalia, client_id=client, closing_on=date(2025, 1, 1))
    key = FollowUp.objects.order_by("due_on")[0].id
    for day, state in ((1, "planned"), (1, "planned"), (3, "planned"), (9, "no_contact")):
        commands.record_follow_up(actor=cast.dalia, follow_up_id=key, outcome=Outcome.NO_CONTACT, on=date(2025, 4, day))
        assert FollowUp.objects.get(pk=key).state == state
    with pytest.raises(errors.WrongStep):
        commands.record_follow_up(actor=cast.dalia, follow_up_id=key, outcome=Outcome.WELL, on=date(2025, 5, 1))


def test_where_she_stays_is_written_by_her_caseworker_and_not_by_the_supervisor(cast: Cast) -> None:
    _case, client = enrolled(cast)
    place = {"kind": PlacementKind.SHELTER, "from_on": date(2026, 1, 1), "address": "7 Sample Lane"}
    with pytest.raises(Refused):
        commands.record_placement(actor=cast.jalil, client_id=client, **place)  # type: ignore[arg-type]
    key = commands.record_placement(actor=cast.dalia, client_id=client, **place)  # type: ignore[arg-type]
    with pytest.raises(errors.OpenPlacement):
        commands.record_placement(actor=cast.dalia, client_id=client, **place)  # type: ignore[arg-type]
    with pytest.raises(errors.DayOrder):
        commands.end_placement(actor=cast.dalia, placement_id=key, to_on=date(2025, 12, 31))
    commands.end_placement(actor=cast.dalia, placement_id=key, to_on=date(2026, 2, 1))
