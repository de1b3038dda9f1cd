"""A report becomes a case in one act, and intake sees its words no more."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from amparo.access import commands as access
from amparo.access.errors import Barred
from amparo.cases import queries as cases
from amparo.cases.commands import require_basis
from amparo.cases.errors import TooYoungAlone
from amparo.cases.words import BasisKind, CaseType, PartyRole, Risk
from amparo.intake import commands as intake
from amparo.intake import queries as reports
from amparo.intake.commands import Tellers, Telling
from amparo.intake.errors import AlreadyDecided
from amparo.intake.models import Report, ReportNote
from amparo.intake.words import Channel, Danger, State, Teller
from amparo.journeys import screening
from amparo.journeys.screening import FirstTask, NewCase, TeamPlace
from amparo.journeys.screening_errors import NobodyOnTeam
from amparo.kernel.errors import NotFound, Refused
from amparo.kernel.words import Role
from amparo.people import queries as people
from tests.cast import Cast

TEXT = "He waits for her at the invented school."


def take(cast: Cast, name: str = "Rana Sample", age: int | None = None) -> UUID:
    telling = Telling(channel=Channel.PHONE, danger=Danger.NO, text=TEXT, summary="Somebody is followed.")
    tellers = Tellers(teller=Teller.SURVIVOR, survivor_name=name, survivor_age=age, suspect_name="Viktor Muster")
    key = intake.take_report(actor=cast.amina, office_id=cast.office, telling=telling, tellers=tellers)
    intake.add_note(actor=cast.amina, report_id=key, text="Called back, she was alone.")
    return key


def new_case(cast: Cast, *names: str) -> NewCase:
    roles = {"dalia": Role.CASEWORKER, "bruno": Role.INVESTIGATOR, "chandra": Role.LAWYER}
    team = tuple(TeamPlace(cast.accounts[name], roles[name]) for name in names)
    return NewCase(
        types=[CaseType.SEXUAL_VIOLENCE],
        title="Invented school",
        risk=Risk.HIGH,
        team=team,
        summary="Somebody is followed.",
        basis=BasisKind.CONSENT,
        tasks=(FirstTask("Call her back", team[0].account_id, None),) if team else (),
    )


def accept(cast: Cast, key: UUID, *names: str) -> UUID:
    new = new_case(cast, *(names or ("dalia", "bruno")))
    return screening.accept_as_new(actor=cast.amina, report_id=key, new=new)


def test_an_accepted_report_brings_its_people_basis_and_tasks(cast: Cast) -> None:
    key = take(cast)
    case = accept(cast, key)
    parties = {party.role: party for party in cases.parties(cast.jalil, case)}
    assert set(parties) == {PartyRole.SURVIVOR, PartyRole.SUSPECT}
    require_basis(case, parties[PartyRole.SURVIVOR].person_id)
    assert [task.title for task in cases.tasks_of_case(cast.dalia, case)] == ["Call her back"]
    assert Report.objects.get(pk=key).state == State.ACCEPTED


def test_intake_sees_nothing_but_the_status_of_what_became_a_case(cast: Cast) -> None:
    key = take(cast)
    assert TEXT in repr(reports.report_page(cast.amina, key))
    named = reports.people_of(key)
    case = accept(cast, key)
    shown = repr(reports.report_page(cast.amina, key))
    for hidden in (
        TEXT,
        "followed",
        "alone",
        "Rana",
        "Viktor",
        str(case),
        cases.case_head(cast.jalil, case).code,
    ):
        assert hidden not in shown
    assert "Became a case" in shown
    assert people.names(cast.amina, [one.person_id for one in named]) == {}
    with pytest.raises((NotFound, Refused)):
        intake.add_note(actor=cast.amina, report_id=key, text="One more thing.")
    with pytest.raises(NotFound):
        cases.case_head(cast.amina, case)
    assert ReportNote.objects.get(report_id=key).handed_at is not None


def test_the_team_reads_what_was_told_so_that_she_need_not_tell_it_again(cast: Cast) -> None:
    key = take(cast)
    case = accept(cast, key)
    assert TEXT in repr(reports.report_page(cast.bruno, key))
    shown = repr(reports.report_page(cast.dalia, key))
    assert TEXT not in shown
    assert "followed" in shown
    with pytest.raises(NotFound):
        reports.report_page(cast.chandra, key)
    assert len(reports.marks_of_case(cast.bruno, case)) == 1
    assert len(reports.sections_of_case(cast.bruno, case)) == 1


def test_a_report_becomes_a_case_once(cast: Cast) -> None:
    key = take(cast)
    accept(cast, key)
    with pytest.raises((AlreadyDecided, Refused)):
        accept(cast, key)


def test_a_childs_report_becomes_a_case_with_her_assent_and_not_with_her_consent_alone(cast: Cast) -> None:
    key = take(cast, age=9)
    with pytest.raises(TooYoungAlone):
        accept(cast, key)
    assert Report.objects.get(pk=key).state == State.RECEIVED
    new = replace(new_case(cast, "dalia"), basis=BasisKind.ASSENT)
    case = screening.accept_as_new(actor=cast.amina, report_id=key, new=new)
    assert [basis.giver for basis in cases.bases(cast.dalia, case)] == ["caregiver"]


def test_a_case_without_a_team_is_not_opened(cast: Cast) -> None:
    key = take(cast)
    with pytest.raises(NobodyOnTeam):
        screening.accept_as_new(actor=cast.amina, report_id=key, new=new_case(cast))
    assert Report.objects.get(pk=key).state == State.RECEIVED


def test_who_is_barred_from_the_suspect_does_not_come_onto_the_team_and_nothing_is_saved(cast: Cast) -> None:
    key = take(cast)
    suspect = next(one.person_id for one in reports.people_of(key) if one.part == "suspect")
    access.set_bar(
        actor=cast.jalil,
        account_id=cast.accounts["bruno"],
        office_id=cast.office,
        person_id=suspect,
        reason="A relative.",
    )
    with pytest.raises(Barred):
        accept(cast, key)
    assert Report.objects.get(pk=key).state == State.RECEIVED


def test_others_can_not_accept_a_report(cast: Cast) -> None:
    key = take(cast)
    for name in ("dalia", "bruno", "stranger", "iris"):
        with pytest.raises((NotFound, Refused)):
            screening.accept_as_new(actor=cast.actor(name), report_id=key, new=new_case(cast, "dalia"))


def test_a_supervisor_adds_a_report_to_an_open_case_without_doubling_the_survivor(cast: Cast) -> None:
    case = cast.case()
    key = take(cast, name="Nadia Sample")
    before = {party.person_id for party in cases.parties(cast.jalil, case.id)}
    screening.accept_into(actor=cast.jalil, report_id=key, case_id=case.id, people=[])
    assert {party.person_id for party in cases.parties(cast.jalil, case.id)} == before
    assert TEXT in repr(reports.report_page(cast.bruno, key))


def test_intake_can_not_reach_into_a_case_that_is_open(cast: Cast) -> None:
    case = cast.case()
    key = take(cast)
    with pytest.raises(NotFound):
        screening.accept_into(actor=cast.amina, report_id=key, case_id=case.id)
