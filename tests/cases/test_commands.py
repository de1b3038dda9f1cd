"""What people do in a case, on a real database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from amparo.access.actors import SYSTEM_ACTOR, Actor
from amparo.access.errors import Barred
from amparo.cases import commands, queries
from amparo.cases.errors import (
    AlreadyEnded,
    AlreadyParty,
    CanNotHandOver,
    CaseIsClosed,
    ClosingAsked,
    ClosingNotReady,
    ConsentEnded,
    HandOverNotYours,
    NoBasis,
    NothingAsked,
    NotOnThisTeam,
    OwnRequest,
    SameCase,
    TrackNotOpen,
)
from amparo.cases.models import Case, Draft, Incident, Note
from amparo.cases.rules import Check, Question
from amparo.cases.words import BasisKind, CaseState, IncidentType, NoteKind, PartyRole, Risk, TrackKind
from amparo.kernel import clock
from amparo.kernel.dates import PartialDate
from amparo.kernel.errors import Changed, NotFound, Refused
from amparo.kernel.words import Compartment, Role
from amparo.ledger.errors import AlreadyDone
from amparo.ledger.models import Entry
from amparo.ledger.writing import submission
from amparo.people.words import PersonKind

if TYPE_CHECKING:
    from tests.cast import CaseAtHand, Cast

pytestmark = pytest.mark.django_db
YES = {Question.GENDER_BASED: True, Question.PENETRATION: True}


def _note(cast: Cast, at_hand: CaseAtHand, who: str = "dalia", text: str = "She slept well.") -> Note:
    key = commands.write_note(
        actor=cast.actor(who),
        case_id=at_hand.id,
        compartment=Compartment.CARE,
        kind=NoteKind.VISIT,
        text=text,
        person_id=at_hand.survivor,
    )
    return Note.objects.get(pk=key)


def test_a_case_starts_with_four_tracks_and_never_one_status(cast: Cast) -> None:
    at_hand = cast.case()
    head = queries.case_head(cast.dalia, at_hand.id)
    assert [track.kind for track in queries.tracks(head)] == list(TrackKind)


def test_no_words_about_a_survivor_without_a_basis(cast: Cast) -> None:
    at_hand = cast.case(basis=False)
    with pytest.raises(NoBasis):
        _note(cast, at_hand)
    with pytest.raises(NoBasis):
        commands.record_incident(
            actor=cast.bruno, case_id=at_hand.id, person_id=at_hand.survivor, began=PartialDate(2025), answers=YES
        )
    assert not Note.objects.exists()
    assert not Incident.objects.exists()


def test_a_withdrawal_stops_new_words_at_once_and_keeps_the_old_ones(cast: Cast) -> None:
    at_hand = cast.case()
    _note(cast, at_hand)
    basis = queries.bases(cast.dalia, at_hand.id)[0]
    commands.withdraw_consent(actor=cast.dalia, basis_id=basis.id)
    with pytest.raises(NoBasis):
        _note(cast, at_hand)
    assert len(queries.notes(cast.dalia, at_hand.id).notes) == 1
    with pytest.raises(ConsentEnded):
        commands.withdraw_consent(actor=cast.dalia, basis_id=basis.id)


def test_a_best_interests_decision_is_a_basis_too(cast: Cast) -> None:
    at_hand = cast.case(basis=False)
    commands.record_basis(
        actor=cast.dalia,
        case_id=at_hand.id,
        person_id=at_hand.survivor,
        kind=BasisKind.BEST_INTERESTS,
        reason="Caregiver is the suspect; decided with the supervisor.",
    )
    assert _note(cast, at_hand)


def test_a_note_is_read_by_those_alone_whose_work_needs_its_compartment(cast: Cast) -> None:
    at_hand = cast.case()
    _note(cast, at_hand)
    assert len(queries.notes(cast.dalia, at_hand.id).notes) == 1
    assert len(queries.notes(cast.jalil, at_hand.id).notes) == 1
    assert queries.notes(cast.bruno, at_hand.id).notes == ()
    assert queries.notes(cast.chandra, at_hand.id).notes == ()


def test_nobody_writes_into_a_compartment_that_she_may_not_read(cast: Cast) -> None:
    at_hand = cast.case()
    with pytest.raises(Refused):
        commands.write_note(
            actor=cast.dalia,
            case_id=at_hand.id,
            compartment=Compartment.INVESTIGATION,
            kind=NoteKind.OTHER,
            text="words",
        )


def test_a_corrected_note_stands_beside_the_old_one(cast: Cast) -> None:
    at_hand = cast.case()
    old = _note(cast, at_hand)
    commands.correct_note(actor=cast.dalia, note_id=old.id, text="She slept badly.")
    texts = [note.text for note in queries.notes(cast.dalia, at_hand.id).notes]
    assert sorted(texts) == ["She slept badly.", "She slept well."]
    with pytest.raises(AlreadyEnded):
        commands.correct_note(actor=cast.dalia, note_id=old.id, text="Again.")


@pytest.mark.parametrize(
    "text",
    [
        "سلمى قالت إنها بخير",
        "आशा ने कहा कि वह ठीक है",
        "សុខ និយាយថានាងសុខសប្បាយ",
        "mixed \u202eright-to-left override\u202c and a \u200djoiner",
    ],
)
def test_words_in_any_script_are_kept_exactly(cast: Cast, text: str) -> None:
    at_hand = cast.case()
    _note(cast, at_hand, text=text)
    assert queries.notes(cast.dalia, at_hand.id).notes[0].text == text


def test_a_draft_is_kept_sealed_and_goes_with_the_note(cast: Cast) -> None:
    at_hand = cast.case()
    commands.save_draft(actor=cast.dalia, place="note", owner=at_hand.id, typed="She was going to say")
    assert queries.draft(cast.dalia, f"note:{at_hand.id}") == "She was going to say"
    assert queries.draft(cast.bruno, f"note:{at_hand.id}") == ""
    assert b"going to say" not in bytes(Draft.objects.get().typed)
    _note(cast, at_hand)
    assert queries.draft(cast.dalia, f"note:{at_hand.id}") == ""


def test_an_incident_before_nothing_known_is_flagged_and_kept(cast: Cast) -> None:
    at_hand = cast.case()
    key = commands.record_incident(
        actor=cast.bruno,
        case_id=at_hand.id,
        person_id=at_hand.survivor,
        began=PartialDate(2026, 4),
        answers=YES,
        narrative="In her words.",
    )
    row = Incident.objects.get(pk=key)
    assert row.after_report
    assert row.type == IncidentType.RAPE


def test_a_survivor_under_age_is_no_error_and_drives_the_context(cast: Cast) -> None:
    at_hand = cast.case()
    child = cast.person(name="Lila Sample", birth=PartialDate(2012, 5))
    commands.add_party(actor=cast.dalia, case_id=at_hand.id, person_id=child, role=PartyRole.SURVIVOR)
    commands.record_basis(actor=cast.dalia, case_id=at_hand.id, person_id=child, kind=BasisKind.ASSENT)
    key = commands.record_incident(
        actor=cast.bruno, case_id=at_hand.id, person_id=child, began=PartialDate(2025), answers=YES
    )
    row = Incident.objects.get(pk=key)
    assert row.minor is True
    assert "child_sexual_abuse" in row.contexts


def test_a_caseworker_reads_the_summary_and_not_the_account(cast: Cast) -> None:
    at_hand = cast.case()
    commands.record_incident(
        actor=cast.bruno,
        case_id=at_hand.id,
        person_id=at_hand.survivor,
        began=PartialDate(2025),
        answers=YES,
        summary="In one sentence.",
        narrative="All of it.",
    )
    [seen] = queries.incidents(cast.dalia, at_hand.id)
    assert (seen.summary, seen.narrative, seen.narrative_withheld) == ("In one sentence.", "", True)
    [whole] = queries.incidents(cast.chandra, at_hand.id)
    assert whole.narrative == "All of it."


def test_a_person_has_each_part_in_a_case_once(cast: Cast) -> None:
    at_hand = cast.case()
    with pytest.raises(AlreadyParty):
        commands.add_party(actor=cast.dalia, case_id=at_hand.id, person_id=at_hand.survivor, role=PartyRole.SURVIVOR)


def test_somebody_who_is_not_on_the_team_is_asked_for_nothing(cast: Cast) -> None:
    at_hand = cast.case()
    with pytest.raises(NotOnThisTeam):
        commands.set_task(
            actor=cast.dalia,
            case_id=at_hand.id,
            title="Visit",
            assigned_id=cast.accounts["esther"],
            due_on=date(2026, 12, 1),
        )


def test_a_task_is_done_once(cast: Cast) -> None:
    at_hand = cast.case()
    key = commands.set_task(
        actor=cast.dalia, case_id=at_hand.id, title="Visit", assigned_id=cast.accounts["dalia"], due_on=None
    )
    commands.do_task(actor=cast.dalia, task_id=key)
    with pytest.raises(AlreadyEnded):
        commands.do_task(actor=cast.dalia, task_id=key)


def test_a_promise_is_kept_or_released_with_a_reason(cast: Cast) -> None:
    at_hand = cast.case()
    key = commands.make_promise(
        actor=cast.chandra, case_id=at_hand.id, person_id=at_hand.survivor, text="Tell her.", due_on=clock.today()
    )
    assert [p.text for p in queries.own_promises(cast.chandra, clock.today())] == ["Tell her."]
    commands.keep_promise(actor=cast.chandra, promise_id=key)
    assert queries.own_promises(cast.chandra, clock.today()) == []


def test_two_people_changing_one_case_lose_nothing(cast: Cast) -> None:
    at_hand = cast.case()
    seen = queries.case_head(cast.dalia, at_hand.id).version
    fresh = {"title": "Kiln", "types": ["forced_labour"], "risk": Risk.HIGH}
    commands.change_case(actor=cast.dalia, case_id=at_hand.id, expected=seen, **fresh)
    with pytest.raises(Changed):
        commands.change_case(actor=cast.bruno, case_id=at_hand.id, expected=seen, **{**fresh, "title": "Mill"})
    assert queries.case_head(cast.dalia, at_hand.id).title == "Kiln"


def test_the_same_form_sent_twice_is_one_note(cast: Cast) -> None:
    at_hand = cast.case()
    key = uuid4()
    with submission(key):
        first = _note(cast, at_hand)
    with submission(key), pytest.raises(AlreadyDone) as error:
        _note(cast, at_hand)
    assert error.value.fields["result"] == str(first.id)
    assert Note.objects.count() == 1


def test_a_track_can_not_jump(cast: Cast) -> None:
    at_hand = cast.case()
    with pytest.raises(TrackNotOpen):
        commands.change_track(actor=cast.dalia, case_id=at_hand.id, kind=TrackKind.RESTORATION, state="restored")


# ---- hand-over --------------------------------------------------------------------------------------------------


@pytest.fixture
def successor(cast: Cast) -> Actor:
    """A second caseworker of the same office."""
    from amparo.access import commands as access

    key = access.invite(
        actor=SYSTEM_ACTOR,
        office_id=cast.office,
        name="Tala Sample",
        login_name="tala",
        role=Role.CASEWORKER,
        secret="s",
    )
    access.activate(actor=SYSTEM_ACTOR, secret="s", password="a long pass phrase")
    cast.accounts["tala"] = key
    return cast.actor("tala")


def _offer(cast: Cast, at_hand: CaseAtHand, to: Actor, role: Role = Role.CASEWORKER) -> UUID:
    return commands.offer_case(
        actor=cast.dalia, case_id=at_hand.id, to_id=to.account_id, role=role, note="Call at six."
    )


def test_a_case_is_handed_over_only_when_it_is_received(cast: Cast, successor: Actor) -> None:
    at_hand = cast.case()
    key = _offer(cast, at_hand, successor)
    assert (at_hand.id, Role.CASEWORKER) in cast.dalia.grants
    with pytest.raises(HandOverNotYours):
        commands.receive_case(actor=cast.bruno, handover_id=key)
    commands.receive_case(actor=successor, handover_id=key)
    assert (at_hand.id, Role.CASEWORKER) not in cast.dalia.grants
    assert (at_hand.id, Role.CASEWORKER) in cast.actor("tala").grants


def test_nobody_hands_over_more_than_she_has(cast: Cast, successor: Actor) -> None:
    at_hand = cast.case()
    with pytest.raises(CanNotHandOver):
        _offer(cast, at_hand, cast.bruno, Role.INVESTIGATOR)
    with pytest.raises(CanNotHandOver):
        _offer(cast, at_hand, cast.esther)


def test_an_offer_ends_with_the_place_on_the_team_that_it_came_from(cast: Cast, successor: Actor) -> None:
    at_hand = cast.case()
    key = _offer(cast, at_hand, successor)
    commands.take_off_team(actor=cast.jalil, case_id=at_hand.id, account_id=cast.accounts["dalia"])
    with pytest.raises(HandOverNotYours):
        commands.receive_case(actor=successor, handover_id=key)


def test_somebody_barred_neither_receives_a_case_nor_reads_its_note(cast: Cast, successor: Actor) -> None:
    from amparo.access import commands as access

    at_hand = cast.case()
    key = _offer(cast, at_hand, successor)
    access.set_bar(
        actor=cast.jalil, account_id=successor.account_id, office_id=cast.office, case_id=at_hand.id, reason="Cousin."
    )
    barred = cast.actor("tala")
    assert queries.handovers(barred, to_me=True) == []
    with pytest.raises(Barred):
        commands.receive_case(actor=barred, handover_id=key)
    with pytest.raises(Barred):
        _offer(cast, at_hand, barred)


def test_an_offer_can_be_taken_back_until_it_is_received(cast: Cast, successor: Actor) -> None:
    at_hand = cast.case()
    key = _offer(cast, at_hand, successor)
    commands.take_back_case(actor=cast.dalia, handover_id=key)
    with pytest.raises(HandOverNotYours):
        commands.receive_case(actor=successor, handover_id=key)


def test_a_draft_is_kept_only_where_its_writer_may_write(cast: Cast) -> None:
    at_hand = cast.case()
    for actor, place, owner in (
        (cast.esther, "note", at_hand.id),
        (cast.amina, "report", at_hand.id),
        (cast.amina, "elsewhere", cast.accounts["amina"]),
    ):
        with pytest.raises(NotFound):
            commands.save_draft(actor=actor, place=place, owner=owner, typed="x")


def test_a_correction_needs_a_basis_as_the_note_did(cast: Cast) -> None:
    at_hand = cast.case()
    old = _note(cast, at_hand)
    commands.withdraw_consent(actor=cast.dalia, basis_id=queries.bases(cast.dalia, at_hand.id)[0].id)
    with pytest.raises(NoBasis):
        commands.correct_note(actor=cast.dalia, note_id=old.id, text="Another story.")


def test_who_may_not_know_her_reads_no_recipient_and_no_title(cast: Cast) -> None:
    at_hand = cast.case(team=("bruno", "chandra", "dalia", "mateo"))
    commands.record_basis(
        actor=cast.dalia, case_id=at_hand.id, person_id=at_hand.survivor, kind=BasisKind.CONSENT, recipient="Shelter"
    )
    assert "Shelter" in [basis.recipient for basis in queries.bases(cast.dalia, at_hand.id)]
    assert {basis.recipient for basis in queries.bases(cast.mateo, at_hand.id)} == {""}
    head = queries.case_head(cast.kofi, at_hand.id)
    assert head.title == head.code


def test_closing_is_asked_for_once(cast: Cast) -> None:
    at_hand = cast.case()
    _ask(cast, at_hand)
    with pytest.raises(ClosingAsked):
        _ask(cast, at_hand, "chandra")


def test_somebody_barred_can_not_be_put_on_the_team(cast: Cast) -> None:
    from amparo.access import commands as access

    at_hand = cast.case()
    access.set_bar(
        actor=cast.jalil,
        account_id=cast.accounts["esther"],
        office_id=cast.office,
        case_id=at_hand.id,
        reason="Cousin of the suspect.",
    )
    with pytest.raises(Barred):
        commands.add_to_team(
            actor=cast.jalil, case_id=at_hand.id, account_id=cast.accounts["esther"], role=Role.EXAMINER
        )


# ---- links ------------------------------------------------------------------------------------------------------


def test_a_link_to_a_case_that_one_may_not_see_does_not_show(cast: Cast) -> None:
    first, second = cast.case(), cast.case(team=("bruno",))
    commands.link_cases(actor=cast.bruno, case_id=first.id, other_id=second.id, kind="same_suspect")
    assert len(queries.links(cast.bruno, first.id)) == 1
    assert queries.links(cast.dalia, first.id) == []
    with pytest.raises(NotFound):
        commands.link_cases(actor=cast.dalia, case_id=first.id, other_id=second.id, kind="other")
    with pytest.raises(SameCase):
        commands.link_cases(actor=cast.bruno, case_id=first.id, other_id=first.id, kind="other")


# ---- closing ----------------------------------------------------------------------------------------------------

MET = (Check("tracks_terminal", True),)


def _ask(cast: Cast, at_hand: CaseAtHand, who: str = "dalia") -> None:
    commands.ask_to_close(
        actor=cast.actor(who),
        case_id=at_hand.id,
        reason="goals_met",
        remark="",
        retain_until=clock.today() + timedelta(days=3650),
        checks=MET,
    )


def test_closing_needs_every_point_of_the_checklist(cast: Cast) -> None:
    at_hand = cast.case()
    with pytest.raises(ClosingNotReady):
        commands.ask_to_close(
            actor=cast.dalia,
            case_id=at_hand.id,
            reason="goals_met",
            remark="",
            retain_until=clock.today(),
            checks=queries.closing_checks(queries.case_head(cast.dalia, at_hand.id)),
        )


def test_nobody_approves_her_own_request(cast: Cast) -> None:
    at_hand = cast.case()
    _ask(cast, at_hand, "jalil")
    with pytest.raises(OwnRequest):
        commands.approve_closing(actor=cast.jalil, case_id=at_hand.id, checks=MET)


def test_a_closed_case_takes_nothing_until_it_is_opened_again(cast: Cast) -> None:
    at_hand = cast.case()
    with pytest.raises(NothingAsked):
        commands.approve_closing(actor=cast.jalil, case_id=at_hand.id, checks=MET)
    _ask(cast, at_hand)
    commands.approve_closing(actor=cast.jalil, case_id=at_hand.id, answer="Agreed.", checks=MET)
    assert Case.objects.get(pk=at_hand.id).state == CaseState.CLOSED
    with pytest.raises(CaseIsClosed):
        _note(cast, at_hand)
    commands.reopen_case(actor=cast.jalil, case_id=at_hand.id, reason="new_danger")
    assert _note(cast, at_hand)


def test_a_case_that_is_left_open_says_why(cast: Cast) -> None:
    at_hand = cast.case()
    _ask(cast, at_hand)
    commands.decline_closing(actor=cast.jalil, case_id=at_hand.id, answer="Visit her once more.")
    head = queries.case_head(cast.dalia, at_hand.id)
    closing = queries.closing_of_case(cast.dalia, head)
    assert head.state is CaseState.OPEN
    assert closing is not None
    assert closing.answer == "Visit her once more."


# ---- the ledger -------------------------------------------------------------------------------------------------


def test_every_act_is_in_the_ledger_without_a_word_of_it(cast: Cast) -> None:
    at_hand = cast.case()
    before = Entry.objects.count()
    _note(cast, at_hand, text="A sentence that must not be there.")
    [entry] = Entry.objects.order_by("index")[before:]
    assert entry.verb == "note.written"
    assert entry.case_id == at_hand.id
    assert "sentence" not in entry.body


def test_a_new_person_and_her_part_are_one_act(cast: Cast) -> None:
    at_hand = cast.case()
    key = commands.add_person_to_case(
        actor=cast.dalia, case_id=at_hand.id, role=PartyRole.FAMILY, name="Rosa Muster", relationship="Her aunt"
    )
    [aunt] = [party for party in queries.parties(cast.dalia, at_hand.id) if party.id == key]
    assert aunt.role is PartyRole.FAMILY
    assert aunt.relationship == "Her aunt"
    assert PersonKind.FAMILY.value == "family"
