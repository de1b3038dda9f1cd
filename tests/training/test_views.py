"""Pages of training: for trainers, for readers, and for strangers with a link."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amparo.kernel import clock
from amparo.training import commands, queries
from amparo.training.models import Certificate, CurriculumVersion, Door, Enrolment, Session, Sitting
from amparo.training.queries import people as people_queries
from amparo.training.queries.counts import distinct
from amparo.training.queries.doors import pass_of, token_of
from amparo.training.words import DoorPurpose, Occasion, SessionState, WithdrawReason
from tests.cast import Cast
from tests.training import rooms
from tests.training.rooms import NAMES, NOW, PERFECT, POOR, AtHand

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_was_refused_before() -> None:
    """Limits of attempts are kept in memory, and would be kept from test to test."""
    cache.clear()


def _session(cast: Cast) -> AtHand:
    at = rooms.session(cast)
    rooms.take(cast, at, Occasion.PRE, {NAMES[0]: POOR, NAMES[1]: POOR})
    rooms.take(cast, at, Occasion.POST, {NAMES[0]: PERFECT, NAMES[2]: PERFECT})
    rooms.held(cast, at)
    commands.issue_certificates(actor=cast.oksana, session_id=at.session)
    return at


def _url(name: str, *args: object) -> str:
    return reverse(f"training:{name}", args=args)


# ---- for trainers ----------------------------------------------------------------------------------------------


def test_a_question_is_written_on_a_form_without_a_script(cast: Cast) -> None:
    version = rooms.version(cast)
    oksana = cast.client("oksana")
    url = _url("add_question", version)
    typed = {"kind": "single", "text": "What now?", "lines": "One\nTwo", "points": "1", "occasions": ["pre", "post"]}
    refused = oksana.post(url, typed)
    assert refused.status_code == 422
    assert "asterisk" in refused.content.decode()
    assert "One\nTwo" in refused.content.decode()
    saved = oksana.post(url, typed | {"lines": "* One\nTwo"})
    assert saved.status_code == 302
    page = oksana.get(_url("version", version)).content.decode()
    assert "What now?" in page
    assert "not asked: After 3 months, After 6 months" in page


def test_a_grid_keeps_what_was_typed_and_says_which_cell_is_wrong(cast: Cast) -> None:
    at = rooms.session(cast)
    oksana = cast.client("oksana")
    key = at.people[NAMES[0]]
    wrong = oksana.post(_url("grid", at.session, "pre"), {f"c-{key}-0": "b", f"c-{key}-1": "XY"})
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert f'href="#c-{key}-1"' in page
    assert 'value="XY"' in page
    assert not Sitting.objects.exists()
    right = oksana.post(_url("grid", at.session, "pre"), {f"c-{key}-0": "b", f"c-{key}-1": "a b", f"c-{key}-3": "2"})
    assert right.status_code == 302
    assert Sitting.objects.get().enrolment_id == key


def test_a_test_after_its_certificate_is_refused_on_the_page_and_says_what_to_do(cast: Cast) -> None:
    """The line is fixed on the page; where the certificate came while somebody was typing, it is said."""
    at = rooms.session(cast)
    rooms.take(cast, at, Occasion.POST, {NAMES[0]: POOR})
    rooms.held(cast, at)
    oksana = cast.client("oksana")
    url = _url("marking", at.session, "post")
    commands.issue_certificates(actor=cast.oksana, session_id=at.session)
    page = oksana.get(_url("grid", at.session, "post")).content.decode()
    assert page.count("certificate issued") == len(NAMES)
    assert oksana.post(_url("grid", at.session, "post"), {f"c-{at.people[NAMES[0]]}-0": "b"}).status_code == 302
    assert oksana.get(url).status_code == 200
    from amparo.training.commands.tests import Entered
    from amparo.training.errors import TestAfterCertificate

    with pytest.raises(TestAfterCertificate):
        rooms.take(cast, at, Occasion.POST, {NAMES[0]: Entered({"single": [1]}, {})})


def test_attendance_by_list_is_ticked_and_unticked(cast: Cast) -> None:
    at = rooms.session(cast)
    oksana = cast.client("oksana")
    key = at.people[NAMES[0]]
    oksana.post(_url("attendance", at.session), {f"c-{key}-0": "1", f"c-{key}-1": "1"})
    assert len(at.row(NAMES[0]).attended) == 2
    oksana.post(_url("attendance", at.session), {f"c-{key}-1": "1"})
    assert list(at.row(NAMES[0]).attended) == [clock.today().isoformat()]


def test_somebody_new_is_enrolled_by_name_and_a_second_time_asked_about(cast: Cast) -> None:
    at = rooms.session(cast)
    oksana = cast.client("oksana")
    typed = {"name": NAMES[0], "audience": "police", "post": "Constable"}
    refused = oksana.post(_url("enrol", at.session), typed)
    assert refused.status_code == 422
    assert "already" in refused.content.decode()
    assert oksana.post(_url("enrol", at.session), typed | {"is_another": "on"}).status_code == 302
    assert Enrolment.objects.filter(session_id=at.session).count() == len(NAMES) + 1


@pytest.mark.parametrize("name", NAMES)
def test_a_certificate_is_a_paper_in_any_script(cast: Cast, name: str) -> None:
    at = _session(cast)
    row = Certificate.objects.get(enrolment_id=at.people[name])
    oksana = cast.client("oksana")
    answer = oksana.get(_url("paper", row.id))
    assert answer.content.startswith(b"%PDF-")
    assert b"pdfuaid" in answer.content
    assert name not in answer.headers["Content-Disposition"]
    commands.withdraw_certificate(actor=cast.oksana, certificate_id=row.id, reason=WithdrawReason.NAME)
    assert oksana.get(_url("paper", row.id)).status_code == 409


def test_the_test_and_the_slips_are_printed(cast: Cast) -> None:
    at = rooms.session(cast)
    oksana = cast.client("oksana")
    assert oksana.get(_url("test_paper", at.session, "pre")).content.startswith(b"%PDF-")
    assert oksana.get(_url("slips", at.session)).content.startswith(b"%PDF-")


# ---- for readers -----------------------------------------------------------------------------------------------


def test_a_supervisor_sees_who_was_trained_and_no_single_score(cast: Cast) -> None:
    at = _session(cast)
    page = cast.client("jalil").get(_url("session", at.session)).content.decode()
    assert NAMES[0] in page
    assert "Scores of single people" in page
    assert "100\u00a0%" not in page
    assert at.row(NAMES[0]).code not in page
    full = cast.client("pedro").get(_url("session", at.session)).content.decode()
    assert "100\u00a0%" in full
    assert at.row(NAMES[0]).code not in full


def test_what_is_missing_is_said_to_be_missing(cast: Cast) -> None:
    at = _session(cast)
    page = cast.client("pedro").get(_url("session", at.session)).content.decode()
    assert "missing" in page
    # Of four people two took each test, and one took both: from a seventh to all.
    assert "+85.7 (n\u00a0=\u00a01)" in page


def test_feedback_is_shown_from_five_answers(cast: Cast) -> None:
    at = rooms.session(cast, names=("A Sample", "B Sample", "C Sample", "D Sample", "E Sample"))
    door = commands.open_door(actor=cast.oksana, session_id=at.session, purpose=DoorPurpose.FEEDBACK)
    from amparo.access.actors import SYSTEM_ACTOR

    for number in range(5):
        page = cast.client("oksana").get(_url("session", at.session)).content.decode()
        assert "more breaks" not in page
        assert "Shown from five answers on" in page
        words = {"useful": "4", "words": f"more breaks {number}"}
        commands.give_feedback(actor=SYSTEM_ACTOR, door_id=door, answers=words)
    page = cast.client("oksana").get(_url("session", at.session)).content.decode()
    assert "more breaks 0" in page
    assert "4.0 of 5, 5 answers" in page


def test_a_session_costs_the_same_however_many_take_part(cast: Cast) -> None:
    small = rooms.session(cast, names=NAMES[:1])
    large = rooms.session(cast, names=tuple(f"Person {number} Sample" for number in range(12)))
    for at in (small, large):
        rooms.take(cast, at, Occasion.PRE, dict.fromkeys(at.people, PERFECT))
    pedro = cast.client("pedro")
    counts = []
    for at in (small, small, large):
        with CaptureQueriesContext(connection) as asked:
            assert pedro.get(_url("session", at.session)).status_code == 200
        counts.append(len(asked))
    assert counts[1] == counts[2]
    assert counts[2] < 50


def test_lists_cost_the_same_however_long(cast: Cast) -> None:
    pedro = cast.client("pedro")
    counts: dict[str, list[int]] = {}
    version = rooms.version(cast)
    for _round in range(3):
        rooms.session(cast, version_id=version)
        for name in ("sessions", "year", "register", "counts", "reminders", "curricula"):
            with CaptureQueriesContext(connection) as asked:
                assert pedro.get(_url(name)).status_code == 200
            counts.setdefault(name, []).append(len(asked))
    assert {name: one[1] for name, one in counts.items()} == {name: one[2] for name, one in counts.items()}


# ---- people trained, follow-up, history ------------------------------------------------------------------------


def test_people_are_counted_once_and_only_where_they_attended_enough(cast: Cast) -> None:
    at = rooms.session(cast)
    rooms.attend(cast, at, NAMES[0], NAMES[1])
    yesterday = clock.today() - timedelta(days=1)
    commands.record_attendance(actor=cast.oksana, session_id=at.session, present={at.people[NAMES[2]]: [yesterday]})
    assert queries.people_trained_rows(cast.pedro, date(2026, 1, 1), date(2026, 12, 31)) == []
    commands.hold_session(actor=cast.oksana, session_id=at.session)
    again = rooms.session(cast, version_id=at.version, names=())
    commands.enrol(actor=cast.oksana, session_id=again.session, participant_id=at.row(NAMES[0]).participant_id)
    again.people["again"] = Enrolment.objects.get(session_id=again.session).id
    rooms.held(cast, again)
    rows = queries.people_trained_rows(cast.pedro, date(2026, 1, 1), date(2026, 12, 31))
    assert (len(rows), distinct(rows)) == (3, 2)
    assert {row.district for row in rows} == {"Lakeside"}
    assert queries.people_trained_rows(cast.pedro, date(2026, 3, 4), date(2026, 12, 31)) == []
    assert queries.people_trained_rows(cast.dalia, date(2026, 1, 1), date(2026, 12, 31)) == []
    page = cast.client("kofi").get(_url("counts"), {"since": "2026-01-01", "until": "2026-12-31"}).content.decode()
    assert "2 people" in page
    assert "Each person counts once" in page


def test_follow_ups_come_due_for_the_trainer_and_leave_when_taken(cast: Cast) -> None:
    at = _session(cast)
    assert [one.occasion for one in people_queries.follow_ups(cast.oksana, clock.today())] == []
    with clock.set_to(NOW + timedelta(days=93)):
        found = people_queries.follow_ups(cast.oksana, clock.today())
        assert [(one.occasion, one.due_on, len(one.missing)) for one in found] == [
            (Occasion.THREE, date(2026, 6, 3), 4)
        ]
        titles = [str(due.title) for due in queries.due_for(cast.oksana, clock.today())]
        assert len(titles) == 2  # The test, and the evaluation that nobody wrote.
        assert queries.due_for(cast.pedro, clock.today()) == []
        rooms.take(cast, at, Occasion.THREE, dict.fromkeys(NAMES, PERFECT))
        assert people_queries.follow_ups(cast.oksana, clock.today()) == []


def test_short_answers_wait_for_the_trainer(cast: Cast) -> None:
    from amparo.access.actors import SYSTEM_ACTOR

    at = rooms.session(cast)
    door = commands.open_door(actor=cast.oksana, session_id=at.session, purpose=DoorPurpose.PRE)
    commands.hand_in(
        actor=SYSTEM_ACTOR, door_id=door, enrolment_id=at.people[NAMES[0]], answers={"short": "the next step"}
    )
    assert len(queries.waiting_for(cast.oksana)) == 1
    oksana = cast.client("oksana")
    page = oksana.get(_url("marking", at.session, "pre")).content.decode()
    assert "the next step" in page
    assert NAMES[0] not in page
    sitting = Sitting.objects.get()
    oksana.post(_url("marking", at.session, "pre"), {f"p-{sitting.id}-short": "2"})
    assert queries.waiting_for(cast.oksana) == []


def test_an_official_has_a_history(cast: Cast) -> None:
    from uuid import uuid4

    at = rooms.session(cast, names=())
    official = uuid4()
    commands.enrol_new(
        actor=cast.oksana, session_id=at.session, person=rooms.person("Holder Sample", official_id=official)
    )
    assert [one.head.id for one in queries.history_of(cast.jalil, official)] == [at.session]
    assert queries.history_of(cast.dalia, official) == []
    assert queries.history_of(cast.jalil, uuid4()) == []


# ---- for strangers ---------------------------------------------------------------------------------------------


def _come_in(cast: Cast, at: AtHand, purpose: DoorPurpose) -> tuple[Client, str]:
    door = commands.open_door(actor=cast.oksana, session_id=at.session, purpose=purpose)
    return Client(), _url("come_in", token_of(door))


def test_a_test_is_taken_on_a_telephone_without_an_account(cast: Cast) -> None:
    at = rooms.session(cast)
    phone, url = _come_in(cast, at, DoorPurpose.PRE)
    first = phone.get(url)
    assert first.headers["Referrer-Policy"] == "no-referrer"
    assert first.headers["Cache-Control"] == "no-store"
    assert "What comes first?" not in first.content.decode()
    code = at.row(NAMES[0]).code
    # As people type: small letters, no hyphens.
    questions = phone.post(url, {"code": code.lower().replace("-", " ")}).content.decode()
    assert "What comes first?" in questions
    assert not any(name in questions for name in NAMES)
    given = re.search(r'name="pass" value="([^"]+)"', questions)
    assert given
    answers = {"pass": given.group(1), "q-single": "B", "q-several": ["A", "B"], "q-short": "my words"}
    assert "handed in" in phone.post(url, answers).content.decode()
    row = Sitting.objects.get()
    assert row.enrolment_id == at.people[NAMES[0]]
    again = phone.post(url, answers)
    assert again.status_code == 409
    assert "handed in already" in again.content.decode()
    assert not phone.cookies.get("sessionid")


def test_presence_is_recorded_by_code(cast: Cast) -> None:
    at = rooms.session(cast)
    phone, url = _come_in(cast, at, DoorPurpose.ATTENDANCE)
    assert "on the list of today" in phone.post(url, {"code": at.row(NAMES[1]).code}).content.decode()
    assert at.row(NAMES[1]).attended == {clock.today().isoformat(): "phone"}


def test_a_code_of_another_session_is_unknown(cast: Cast) -> None:
    at, other = rooms.session(cast), rooms.session(cast, names=("Elsewhere Sample",))
    phone, url = _come_in(cast, at, DoorPurpose.PRE)
    for typed in (other.row("Elsewhere Sample").code, "nonsense", "TR-222-222-222"):
        answer = phone.post(url, {"code": typed})
        assert answer.status_code == 422
        assert "not on the list" in answer.content.decode()


def test_a_forged_or_borrowed_key_opens_nothing(cast: Cast) -> None:
    at, other = rooms.session(cast), rooms.session(cast, names=("Elsewhere Sample",))
    phone, url = _come_in(cast, at, DoorPurpose.PRE)
    token = url.rstrip("/").rsplit("/", 1)[1]
    changed = token[:-1] + ("A" if token[-1] != "A" else "B")
    for wrong in (changed, token.split(":")[0], "x", "x:y"):
        assert phone.get(_url("come_in", wrong)).status_code == 404
    elsewhere = commands.open_door(actor=cast.oksana, session_id=other.session, purpose=DoorPurpose.PRE)
    borrowed = pass_of(elsewhere, at.people[NAMES[0]])
    assert phone.post(url, {"pass": borrowed, "q-single": "B"}).status_code == 404
    assert not Sitting.objects.exists()


def test_a_link_that_ended_answers_like_one_that_never_was(cast: Cast) -> None:
    at = rooms.session(cast)
    phone, url = _come_in(cast, at, DoorPurpose.PRE)
    commands.close_door(actor=cast.oksana, door_id=Door.objects.get().id)
    there, never = phone.get(url), phone.get(_url("come_in", "x:y"))
    secret = re.compile(rb'"X-CSRFToken": "[^"]*"')
    assert there.status_code == never.status_code == 404
    assert secret.sub(b"", there.content) == secret.sub(b"", never.content)


def test_wrong_codes_are_limited_and_right_ones_are_not(cast: Cast) -> None:
    at = rooms.session(cast)
    phone, url = _come_in(cast, at, DoorPurpose.ATTENDANCE)
    for _time in range(70):
        assert phone.post(url, {"code": at.row(NAMES[0]).code}).status_code == 200
    answers = [phone.post(url, {"code": "nonsense"}).status_code for _time in range(62)]
    assert answers[:60] == [422] * 60
    assert answers[-1] == 429
    assert phone.post(url, {"code": "nonsense"}, REMOTE_ADDR="10.1.2.3").status_code == 422


def test_feedback_asks_four_questions_and_no_code(cast: Cast) -> None:
    at = rooms.session(cast)
    phone, url = _come_in(cast, at, DoorPurpose.FEEDBACK)
    page = phone.get(url).content.decode()
    assert 'name="code"' not in page
    assert phone.post(url, {}).status_code == 422
    assert "handed in" in phone.post(url, {"useful": "5"}).content.decode()


def test_anybody_learns_of_a_number_whether_it_is_valid_and_never_whose(cast: Cast) -> None:
    at = _session(cast)
    row = Certificate.objects.get(enrolment_id=at.people[NAMES[0]])
    stranger = Client()
    found = stranger.post(_url("check"), {"number": row.number.lower()})
    assert found.status_code == 302
    page = stranger.get(found.headers["Location"]).content.decode()
    assert "This certificate is valid." in page
    assert "First response" in page
    assert not any(name in page for name in NAMES)
    commands.withdraw_certificate(actor=cast.oksana, certificate_id=row.id, reason=WithdrawReason.DECEIT)
    page = stranger.get(_url("check_number", row.number)).content.decode()
    assert "This certificate was withdrawn." in page
    assert "Somebody else took the test" not in page
    assert stranger.get(_url("check_number", "CRT-222-222-222-222")).status_code == 404


def test_a_door_page_shows_the_address_to_trainers_only(cast: Cast) -> None:
    at = rooms.session(cast)
    door = commands.open_door(actor=cast.oksana, session_id=at.session, purpose=DoorPurpose.PRE)
    page = cast.client("oksana").get(_url("door", door)).content.decode()
    assert token_of(door) in page
    assert "<svg" in page
    assert cast.client("jalil").get(_url("door", door)).status_code == 404


def test_a_session_is_planned_and_led_through_its_steps_by_forms(cast: Cast) -> None:
    version = rooms.version(cast)
    oksana = cast.client("oksana")
    day = clock.today()
    planned = oksana.post(
        _url("plan"),
        {
            "version_id": str(version),
            "starts_on": day.isoformat(),
            "ends_on": (day + timedelta(days=6)).isoformat(),
            "left_out": ["5", "6"],
            "place": "Example Hall",
            "language": "en",
            "trainer_ids": [str(cast.oksana.account_id)],
        },
    )
    row = Session.objects.get()
    assert planned.headers["Location"] == _url("session", row.id)
    assert len(row.days) == 5
    person = commands.enrol_new(actor=cast.oksana, session_id=row.id, person=rooms.person("Femi Ejemplo"))
    oksana.post(_url("attendance", row.id), {f"c-{person}-0": "1"})
    assert oksana.post(_url("hold", row.id)).status_code == 302
    assert oksana.post(_url("evaluate", row.id), {"words": "It worked."}).status_code == 302
    assert oksana.post(_url("follow_up", row.id)).status_code == 409
    row.refresh_from_db()
    assert row.state == SessionState.EVALUATED
    assert CurriculumVersion.objects.get(pk=version).used_on == day
