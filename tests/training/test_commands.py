"""What is written in training, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from amparo.access.actors import SYSTEM_ACTOR
from amparo.kernel import clock
from amparo.kernel.errors import AppError, Changed, NotFound, Refused
from amparo.ledger.models import Entry
from amparo.training import commands
from amparo.training.commands.tests import Entered
from amparo.training.errors import (
    AlreadyEnrolled,
    AttendanceAfterCertificate,
    CertificateWithdrawn,
    CodeUnknown,
    DoorClosed,
    FeedbackFull,
    FollowUpTooEarly,
    HasPapers,
    NobodyAttended,
    NotADayOfIt,
    NotEarned,
    NothingToTeach,
    PointsOutOfRange,
    SameName,
    TestAfterCertificate,
    TestNotDue,
    TestTaken,
    VersionInUse,
    WrongState,
)
from amparo.training.models import Certificate, CurriculumVersion, Door, Feedback, Participant, Session, Sitting
from amparo.training.queries.contents import content_of, digest_of
from amparo.training.queries.results import results
from amparo.training.rules.content import Module
from amparo.training.words import (
    Audience,
    CancelReason,
    DoorPurpose,
    How,
    Occasion,
    PersonKind,
    SessionState,
    WithdrawReason,
)
from amparo.vault import sealing
from tests.cast import Cast
from tests.training import rooms
from tests.training.rooms import NAMES, NOW, PERFECT, POOR, AtHand

pytestmark = pytest.mark.django_db


def _verbs() -> list[str]:
    return [str(one.body) for one in Entry.objects.order_by("index")]


def _last(verb: str) -> str:
    return next(body for body in reversed(_verbs()) if verb in body)


# ---- curricula -------------------------------------------------------------------------------------------------


def test_a_version_is_free_until_a_session_uses_it(cast: Cast) -> None:
    at = rooms.session(cast)
    row = CurriculumVersion.objects.get(pk=at.version)
    assert row.used_on == clock.today()
    assert row.digest == digest_of(content_of(row))
    for write in (
        lambda: commands.save_module(actor=cast.oksana, version_id=at.version, module=Module("n", "More", 30, "")),
        lambda: commands.remove_part(actor=cast.oksana, version_id=at.version, key="m"),
        lambda: commands.move_up(actor=cast.oksana, version_id=at.version, key="several"),
        lambda: commands.change_outline(
            actor=cast.oksana, version_id=at.version, expected=row.version, title="x", aims="", least_attendance=1,
            least_score=0,
        ),
    ):  # fmt: skip
        with pytest.raises(VersionInUse):
            write()
    assert digest_of(content_of(CurriculumVersion.objects.get(pk=at.version))) == row.digest


def test_a_new_version_begins_as_a_copy_and_leaves_the_old_one(cast: Cast) -> None:
    at = rooms.session(cast)
    second = commands.begin_version(actor=cast.oksana, version_id=at.version)
    commands.save_module(actor=cast.oksana, version_id=second, module=Module("n", "More", 30, ""))
    row = CurriculumVersion.objects.get(pk=second)
    assert (row.number, row.used_on) == (2, None)
    assert len(content_of(row).modules) == 2
    assert len(content_of(CurriculumVersion.objects.get(pk=at.version)).modules) == 1


def test_a_session_needs_something_to_teach(cast: Cast) -> None:
    empty = commands.add_curriculum(actor=cast.oksana, audience=Audience.POLICE, title="Empty")
    with pytest.raises(NothingToTeach):
        commands.plan_session(actor=cast.oksana, version_id=empty, plan=rooms.plan(clock.today()))


def test_a_retired_curriculum_is_not_planned(cast: Cast) -> None:
    version = rooms.version(cast)
    row = CurriculumVersion.objects.get(pk=version)
    commands.retire_curriculum(actor=cast.oksana, curriculum_id=row.curriculum_id, retired=True)
    with pytest.raises(NotFound):
        commands.plan_session(actor=cast.oksana, version_id=version, plan=rooms.plan(clock.today()))


def test_two_who_change_an_outline_at_once_are_told(cast: Cast) -> None:
    version = rooms.version(cast)
    seen = CurriculumVersion.objects.get(pk=version).version
    words = {"title": "t", "aims": "", "least_attendance": 80, "least_score": 0}
    commands.change_outline(actor=cast.oksana, version_id=version, expected=seen, **words)  # type: ignore[arg-type]
    with pytest.raises(Changed):
        commands.change_outline(actor=cast.oksana, version_id=version, expected=seen, **words)  # type: ignore[arg-type]


# ---- sessions --------------------------------------------------------------------------------------------------


def test_a_session_goes_its_steps(cast: Cast) -> None:
    at = rooms.session(cast)
    with pytest.raises(NobodyAttended):
        commands.hold_session(actor=cast.oksana, session_id=at.session)
    rooms.held(cast, at)
    with pytest.raises(WrongState):
        commands.cancel_session(actor=cast.oksana, session_id=at.session, reason=CancelReason.SAFETY)
    commands.evaluate_session(actor=cast.oksana, session_id=at.session, words="canary evaluation")
    with pytest.raises(FollowUpTooEarly):
        commands.close_follow_up(actor=cast.oksana, session_id=at.session)
    with clock.set_to(NOW + timedelta(days=190)):
        rooms.take(cast, at, Occasion.SIX, {NAMES[0]: PERFECT})
        commands.close_follow_up(actor=cast.oksana, session_id=at.session)
    assert Session.objects.get(pk=at.session).state == SessionState.FOLLOWED_UP
    assert '"tested":1' in _last("training.followed_up")
    assert '"missing":3' in _last("training.followed_up")
    assert "canary" not in "".join(_verbs())


def test_a_cancelled_session_counts_nowhere_and_moves_no_more(cast: Cast) -> None:
    at = rooms.session(cast)
    commands.cancel_session(actor=cast.oksana, session_id=at.session, reason=CancelReason.SAFETY)
    with pytest.raises(WrongState):
        commands.hold_session(actor=cast.oksana, session_id=at.session)
    with pytest.raises(TestNotDue):
        rooms.take(cast, at, Occasion.PRE, {NAMES[0]: PERFECT})


def test_a_plan_changes_until_it_is_held(cast: Cast) -> None:
    at = rooms.session(cast)
    seen = Session.objects.get(pk=at.session).version
    plan = rooms.plan(clock.today(), 3, place="Elsewhere")
    commands.change_session(actor=cast.oksana, session_id=at.session, expected=seen, plan=plan)
    row = Session.objects.get(pk=at.session)
    assert len(row.days) == 3
    assert sealing.open_row(row, "place").text("place") == "Elsewhere"


# ---- people ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_comes_back_as_it_was_typed(cast: Cast, name: str) -> None:
    at = rooms.session(cast, names=(name,))
    row = Participant.objects.get(pk=at.row(name).participant_id)
    assert sealing.open_row(row, "name").text("name") == name
    assert name not in "".join(_verbs())


def test_the_same_name_is_asked_about(cast: Cast) -> None:
    at = rooms.session(cast, names=("Femi Ejemplo",))
    again = rooms.person("EJEMPLO, Femi")
    with pytest.raises(SameName):
        commands.enrol_new(actor=cast.oksana, session_id=at.session, person=again)
    other = rooms.person("EJEMPLO, Femi", is_another=True)
    commands.enrol_new(actor=cast.oksana, session_id=at.session, person=other)
    assert Participant.objects.count() == 2


def test_a_colleague_is_in_the_register_once(cast: Cast) -> None:
    at = rooms.session(cast, names=())
    second = rooms.session(cast, names=())
    me = rooms.person("Dalia", kind=PersonKind.STAFF, audience=Audience.STAFF, account_id=cast.dalia.account_id)
    commands.enrol_new(actor=cast.oksana, session_id=at.session, person=me)
    commands.enrol_new(actor=cast.oksana, session_id=second.session, person=me)
    assert Participant.objects.count() == 1
    with pytest.raises(AlreadyEnrolled):
        commands.enrol_new(actor=cast.oksana, session_id=second.session, person=me)


def test_only_who_did_nothing_yet_is_taken_off_a_list(cast: Cast) -> None:
    at = rooms.session(cast)
    rooms.attend(cast, at, NAMES[0])
    with pytest.raises(HasPapers):
        commands.strike(actor=cast.oksana, enrolment_id=at.people[NAMES[0]])
    commands.strike(actor=cast.oksana, enrolment_id=at.people[NAMES[1]])
    assert "participant.struck" in _verbs()[-1]


def test_attendance_is_of_days_that_have_come(cast: Cast) -> None:
    at = rooms.session(cast)
    for day in (clock.today() + timedelta(days=1), clock.today() - timedelta(days=5)):
        with pytest.raises(NotADayOfIt):
            commands.record_attendance(actor=cast.oksana, session_id=at.session, present={at.people[NAMES[0]]: [day]})


def test_erasing_a_person_takes_her_words_and_answers(cast: Cast) -> None:
    from amparo.ledger import writing
    from amparo.ledger.verbs import Verb

    at = rooms.session(cast)
    rooms.take(cast, at, Occasion.PRE, {NAMES[0]: PERFECT})
    person = at.row(NAMES[0]).participant_id

    @writing.command
    def erase(*, actor: object) -> None:
        writing.forget_owner(person)
        writing.note(Verb.PERSON_ERASED, subject=person, facts={"keys": 1, "rows": 2})

    erase(actor=cast.lina)
    assert sealing.open_row(Participant.objects.get(pk=person), "name").text("name") == ""
    assert sealing.open_row(Sitting.objects.get(participant_id=person), "answers").words == {}


# ---- tests and certificates ------------------------------------------------------------------------------------


def _certified(cast: Cast, least_score: int = 60) -> AtHand:
    at = rooms.session(cast, least_score=least_score)
    rooms.take(cast, at, Occasion.PRE, {NAMES[0]: POOR, NAMES[1]: POOR})
    rooms.take(cast, at, Occasion.POST, {NAMES[0]: PERFECT, NAMES[1]: POOR})
    rooms.held(cast, at)
    commands.issue_certificates(actor=cast.oksana, session_id=at.session)
    return at


def test_a_grid_line_is_marked_and_an_empty_one_is_missing(cast: Cast) -> None:
    at = rooms.session(cast)
    rooms.take(cast, at, Occasion.PRE, {NAMES[0]: PERFECT, NAMES[1]: POOR, NAMES[2]: Entered({}, {})})
    found = {one.person.name: one.scores for one in results(Session.objects.get(pk=at.session))}
    assert found[NAMES[0]][Occasion.PRE].percent == 100
    assert found[NAMES[1]][Occasion.PRE].percent == pytest.approx(100 / 7)
    assert found[NAMES[2]] == found[NAMES[3]] == {}


def test_an_entry_that_is_emptied_again_is_taken_back(cast: Cast) -> None:
    at = rooms.session(cast)
    rooms.take(cast, at, Occasion.PRE, {NAMES[0]: PERFECT})
    rooms.take(cast, at, Occasion.PRE, {NAMES[0]: Entered({}, {})})
    assert not Sitting.objects.exists()


def test_who_earned_it_gets_a_certificate_with_a_number_that_checks_itself(cast: Cast) -> None:
    from amparo.kernel.codes import parse_code

    at = _certified(cast)
    row = Certificate.objects.get()
    assert row.enrolment_id == at.people[NAMES[0]]
    assert parse_code(row.number, prefix="CRT") == row.number
    assert sealing.open_row(row, "name").text("name") == NAMES[0]
    with pytest.raises(NotEarned):
        commands.issue_certificates(actor=cast.oksana, session_id=at.session)


@pytest.mark.parametrize("occasion", [Occasion.PRE, Occasion.POST])
def test_a_test_is_not_marked_after_its_certificate(cast: Cast, occasion: Occasion) -> None:
    at = _certified(cast)
    with pytest.raises(TestAfterCertificate) as refused:
        rooms.take(cast, at, occasion, {NAMES[0]: POOR if occasion is Occasion.POST else PERFECT})
    assert "Withdraw the certificate" in refused.value.hint()
    assert "issue a new certificate" in refused.value.hint()
    sitting = Sitting.objects.get(enrolment_id=at.people[NAMES[0]], occasion=occasion)
    with pytest.raises(TestAfterCertificate):
        commands.mark_answers(
            actor=cast.oksana, session_id=at.session, occasion=occasion, points={sitting.id: {"short": 1}}
        )
    with pytest.raises(AttendanceAfterCertificate):
        commands.record_attendance(actor=cast.oksana, session_id=at.session, present={at.people[NAMES[0]]: []})


def test_the_others_are_still_marked_after_a_certificate(cast: Cast) -> None:
    at = _certified(cast)
    rooms.take(cast, at, Occasion.POST, {NAMES[1]: PERFECT})
    commands.issue_certificates(actor=cast.oksana, session_id=at.session)
    assert Certificate.objects.count() == 2


def test_a_follow_up_is_taken_after_the_certificate(cast: Cast) -> None:
    at = _certified(cast)
    with clock.set_to(NOW + timedelta(days=95)):
        rooms.take(cast, at, Occasion.THREE, {NAMES[0]: PERFECT})
    assert Sitting.objects.filter(occasion=Occasion.THREE).count() == 1


def test_a_certificate_is_withdrawn_corrected_and_issued_anew(cast: Cast) -> None:
    at = _certified(cast)
    first = Certificate.objects.get()
    commands.withdraw_certificate(actor=cast.oksana, certificate_id=first.id, reason=WithdrawReason.MARKING)
    assert '"reason":"marking"' in _last("certificate.withdrawn")
    with pytest.raises(CertificateWithdrawn):
        commands.withdraw_certificate(actor=cast.oksana, certificate_id=first.id, reason=WithdrawReason.MARKING)
    rooms.take(cast, at, Occasion.POST, {NAMES[0]: Entered({"single": [1], "several": [0, 1]}, {"short": 2})})
    commands.issue_certificates(actor=cast.oksana, session_id=at.session)
    second = Certificate.objects.get(withdrawn_on=None)
    assert second.number != first.number
    assert second.replaces_id == first.id
    assert str(first.id) in _last("certificate.issued")


def test_points_are_bounded_by_the_question(cast: Cast) -> None:
    at = rooms.session(cast)
    rooms.take(cast, at, Occasion.PRE, {NAMES[0]: PERFECT})
    sitting = Sitting.objects.get()
    with pytest.raises(PointsOutOfRange):
        commands.mark_answers(
            actor=cast.oksana, session_id=at.session, occasion=Occasion.PRE, points={sitting.id: {"short": 4}}
        )


def test_follow_ups_wait_until_the_session_was_held(cast: Cast) -> None:
    at = rooms.session(cast)
    with pytest.raises(TestNotDue):
        rooms.take(cast, at, Occasion.THREE, {NAMES[0]: PERFECT})


# ---- doors -----------------------------------------------------------------------------------------------------


def _door(cast: Cast, at: AtHand, purpose: DoorPurpose) -> Door:
    return Door.objects.get(pk=commands.open_door(actor=cast.oksana, session_id=at.session, purpose=purpose))


def test_a_telephone_signs_its_owner_present_for_today_once(cast: Cast) -> None:
    at = rooms.session(cast)
    door = _door(cast, at, DoorPurpose.ATTENDANCE)
    for _time in range(2):
        commands.sign_present(actor=SYSTEM_ACTOR, door_id=door.id, enrolment_id=at.people[NAMES[0]])
    assert at.row(NAMES[0]).attended == {clock.today().isoformat(): How.PHONE}
    assert sum("attendance.recorded" in body for body in _verbs()) == 1


def test_answers_are_handed_in_once(cast: Cast) -> None:
    at = rooms.session(cast)
    door = _door(cast, at, DoorPurpose.PRE)
    answers = {"single": [1], "short": "canary words"}
    commands.hand_in(actor=SYSTEM_ACTOR, door_id=door.id, enrolment_id=at.people[NAMES[0]], answers=answers)
    with pytest.raises(TestTaken):
        commands.hand_in(actor=SYSTEM_ACTOR, door_id=door.id, enrolment_id=at.people[NAMES[0]], answers={})
    sitting = Sitting.objects.get()
    assert sitting.how == How.PHONE
    commands.mark_answers(
        actor=cast.oksana, session_id=at.session, occasion=Occasion.PRE, points={sitting.id: {"short": 2}}
    )
    score = results(Session.objects.get(pk=at.session))
    assert next(one for one in score if one.scores).scores[Occasion.PRE].points == 3
    assert "canary" not in "".join(_verbs())


def test_a_door_serves_its_own_session_and_purpose_only(cast: Cast) -> None:
    at, other = rooms.session(cast), rooms.session(cast, names=("Elsewhere Sample",))
    door = _door(cast, at, DoorPurpose.PRE)
    with pytest.raises(CodeUnknown):
        commands.hand_in(actor=SYSTEM_ACTOR, door_id=door.id, enrolment_id=other.people["Elsewhere Sample"], answers={})
    with pytest.raises(DoorClosed):
        commands.sign_present(actor=SYSTEM_ACTOR, door_id=door.id, enrolment_id=at.people[NAMES[0]])
    with pytest.raises(DoorClosed):
        commands.give_feedback(actor=SYSTEM_ACTOR, door_id=door.id, answers={"useful": "5"})


@pytest.mark.parametrize("how", ["time", "hand", "anew"])
def test_a_door_that_has_ended_lets_nobody_in(cast: Cast, how: str) -> None:
    at = rooms.session(cast)
    door = _door(cast, at, DoorPurpose.PRE)
    later = NOW
    if how == "time":
        later = NOW + timedelta(hours=25)
    elif how == "hand":
        commands.close_door(actor=cast.oksana, door_id=door.id)
    else:
        _door(cast, at, DoorPurpose.PRE)
    with clock.set_to(later), pytest.raises(DoorClosed):
        commands.hand_in(actor=SYSTEM_ACTOR, door_id=door.id, enrolment_id=at.people[NAMES[0]], answers={})


def test_attendance_opens_on_days_of_the_session_only(cast: Cast) -> None:
    at = rooms.session(cast)
    with clock.set_to(NOW + timedelta(days=3)), pytest.raises(NotADayOfIt):
        _door(cast, at, DoorPurpose.ATTENDANCE)


def test_feedback_is_full_after_everybody_could_have_given_it(cast: Cast) -> None:
    at = rooms.session(cast)
    door = _door(cast, at, DoorPurpose.FEEDBACK)
    for _one in NAMES:
        commands.give_feedback(actor=SYSTEM_ACTOR, door_id=door.id, answers={"useful": "5", "words": "canary wish"})
    with pytest.raises(FeedbackFull):
        commands.give_feedback(actor=SYSTEM_ACTOR, door_id=door.id, answers={"useful": "1"})
    assert Feedback.objects.count() == len(NAMES)
    assert "canary" not in "".join(_verbs())


def test_nothing_joins_feedback_to_a_person(cast: Cast) -> None:
    at = rooms.session(cast)
    door = _door(cast, at, DoorPurpose.FEEDBACK)
    commands.give_feedback(actor=SYSTEM_ACTOR, door_id=door.id, answers={"useful": "5"})
    row = Feedback.objects.get()
    stored = {str(value) for value in vars(row).values()} | {_verbs()[-1]}
    for key in at.people.values():
        assert not any(str(key) in one for one in stored)


# ---- who may ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "error"),
    [
        ("jalil", Refused),
        ("pedro", Refused),
        ("kofi", Refused),
        ("dalia", NotFound),
        ("iris", NotFound),
        ("hugo", NotFound),
    ],
)
def test_only_trainers_write(cast: Cast, who: str, error: type[AppError]) -> None:
    at = _certified(cast)
    actor = cast.actor(who)
    certificate = Certificate.objects.get()
    before = len(_verbs())
    acts: list[Callable[[], object]] = [
        lambda: commands.begin_version(actor=actor, version_id=at.version),
        lambda: commands.evaluate_session(actor=actor, session_id=at.session, words="x"),
        lambda: commands.record_attendance(actor=actor, session_id=at.session, present={}),
        lambda: commands.enter_tests(actor=actor, session_id=at.session, occasion=Occasion.POST, lines={}),
        lambda: commands.open_door(actor=actor, session_id=at.session, purpose=DoorPurpose.FEEDBACK),
        lambda: commands.issue_certificates(actor=actor, session_id=at.session),
        lambda: commands.strike(actor=actor, enrolment_id=at.people[NAMES[3]]),
        lambda: commands.withdraw_certificate(
            actor=actor, certificate_id=certificate.id, reason=WithdrawReason.MISTAKE
        ),
    ]
    for one in acts:
        with pytest.raises(error):
            one()
    assert len(_verbs()) == before
