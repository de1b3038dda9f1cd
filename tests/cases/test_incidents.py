"""Putting an incident right after it was recorded."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from django.urls import reverse

from amparo.cases import commands, queries
from amparo.cases.errors import CaseIsClosed, IncidentNotClassified, NoBasis, NotASuspectHere, OwnIncident
from amparo.cases.models import Case, Incident
from amparo.cases.rules import NOT_COUNTED, Question
from amparo.cases.words import CaseState, Context, IncidentState, PartyRole
from amparo.investigations import queries as investigations
from amparo.kernel import ids
from amparo.kernel.dates import PartialDate
from amparo.kernel.errors import Changed, NotFound, Refused
from amparo.kernel.words import Role
from amparo.ledger.models import Entry
from tests.cast import CaseAtHand, Cast

pytestmark = pytest.mark.django_db
YES = {Question.GENDER_BASED: True, Question.PENETRATION: True}
PLACE, SUMMARY, NARRATIVE = "The mill, Рыбацкий", "She was locked in.", "He shut the door, قالت."


@pytest.fixture
def case(cast: Cast) -> CaseAtHand:
    return cast.case()


@pytest.fixture
def incident(cast: Cast, case: CaseAtHand) -> UUID:
    return commands.record_incident(
        actor=cast.bruno,
        case_id=case.id,
        person_id=case.survivor,
        began=PartialDate(2025, 3),
        answers=YES,
        relation="employer",
        controls=["WithholdsDocuments"],
        place=PLACE,
        summary=SUMMARY,
        narrative=NARRATIVE,
    )


def change(cast: Cast, incident: UUID, by: str = "bruno", expected: int | None = None, **fresh: object) -> UUID:
    now = {
        "began": PartialDate(2025, 3), "ended": None, "relation": "employer", "exploitation": [],
        "controls": ["WithholdsDocuments"], "goods_exchanged": False, "held": False, "harmful_practice": False,
        "summary": SUMMARY,
    }  # fmt: skip
    version = Incident.objects.get(pk=incident).version if expected is None else expected
    return commands.change_incident(
        actor=cast.actor(by),
        incident_id=incident,
        expected=version,
        **now | fresh,  # type: ignore[arg-type]
    )


def typed(**fresh: object) -> dict[str, object]:
    return {
        "form_id": str(ids.new_public_id()), "began_month": "3", "began_year": "2025", "relation": "employer",
        "controls": ["WithholdsDocuments"], "summary": SUMMARY, "place": PLACE, "narrative": NARRATIVE,
    } | fresh  # fmt: skip


def test_what_is_derived_follows_what_was_put_right(cast: Cast, incident: UUID) -> None:
    change(cast, incident, began=PartialDate(2199), relation="intimate_partner", held=True)
    row = Incident.objects.get(pk=incident)
    assert row.after_report
    assert set(row.contexts) == {Context.INTIMATE_PARTNER, Context.SEXUAL_SLAVERY}
    assert row.answers == {q.value: a for q, a in YES.items()} | {"goods": False, "held": True, "harmful": False}
    change(cast, incident)
    row = Incident.objects.get(pk=incident)
    assert (row.after_report, row.contexts, row.relation) == (False, [], "employer")


def test_the_ledger_names_the_fields_that_changed_and_none_of_their_words(cast: Cast, incident: UUID) -> None:
    change(cast, incident, began=PartialDate(2025, 2), narrative="He shut the gate.", place=PLACE)
    body = Entry.objects.get(verb="incident.changed").body
    assert json.loads(body)["facts"]["fields"] == ["began", "narrative"]
    assert "gate" not in body
    [seen] = queries.incidents(cast.chandra, Incident.objects.get(pk=incident).case_id)
    assert (seen.began, seen.narrative, seen.place) == ("2025-02", "He shut the gate.", PLACE)


def test_who_reads_the_summary_changes_it_and_leaves_the_account(cast: Cast, incident: UUID) -> None:
    change(cast, incident, by="dalia", summary="She was locked in twice.")
    [seen] = queries.incidents(cast.bruno, Incident.objects.get(pk=incident).case_id)
    assert (seen.summary, seen.place, seen.narrative) == ("She was locked in twice.", PLACE, NARRATIVE)
    with pytest.raises(Refused):
        change(cast, incident, by="dalia", narrative="Something else.")
    form = cast.client("dalia").get(reverse("cases:change_incident", args=[incident])).content.decode()
    assert "She was locked in twice." in form
    assert "The mill" not in form
    assert "He shut the door" not in form


@pytest.mark.parametrize(("who", "error"), [("esther", NotFound), ("femi", NotFound), ("stranger", NotFound)])
def test_others_change_no_incident(cast: Cast, incident: UUID, who: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        change(cast, incident, by=who)


def test_of_two_who_change_an_incident_the_second_sees_what_the_first_saved(cast: Cast, incident: UUID) -> None:
    url = reverse("cases:change_incident", args=[incident])
    first, second = cast.client("bruno"), cast.client("chandra")
    seen = second.get(url).context["seen_version"]
    saved = typed(
        seen_version=seen,
        began_day="9",
        relation="intimate_partner",
        held="on",
        controls=["WithholdsDocuments", "Other"],
    )
    assert first.post(url, saved).status_code == 302
    answer = second.post(url, typed(seen_version=seen, narrative="Another account."))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Another account." in page
    for said in ("9 March 2025", "Intimate or former partner", "Yes", "Withholds documents, Other"):
        assert f"Saved now: {said}" in page
    assert "PartialDate" not in page
    row = Incident.objects.get(pk=incident)
    assert (row.began, row.relation, row.answers["held"]) == ("2025-03-09", "intimate_partner", True)
    with pytest.raises(Changed):
        change(cast, incident, by="chandra", expected=seen)


def test_the_form_is_filled_with_what_is_known(cast: Cast, case: CaseAtHand, incident: UUID) -> None:
    client = cast.client("bruno")
    url = reverse("cases:change_incident", args=[incident])
    assert url in client.get(reverse("cases:incidents", args=[case.id])).content.decode()
    answer = client.get(url)
    form = answer.content.decode()
    for known in (PLACE, SUMMARY, NARRATIVE, 'value="2025"'):
        assert known in form
    refused = client.post(url, typed(seen_version=1, summary="", narrative="A new account."))
    assert refused.status_code == 422
    assert "A new account." in refused.content.decode()


def test_a_closed_case_refuses_a_change_of_an_incident(cast: Cast, case: CaseAtHand, incident: UUID) -> None:
    Case.objects.filter(pk=case.id).update(state=CaseState.CLOSED)
    with pytest.raises(CaseIsClosed):
        change(cast, incident, summary="Something else.")
    url = reverse("cases:change_incident", args=[incident])
    assert cast.client("bruno").post(url, typed(seen_version=1)).status_code == CaseIsClosed.status


def test_a_closed_case_refuses_that_the_kind_is_found_again(cast: Cast, case: CaseAtHand, incident: UUID) -> None:
    Case.objects.filter(pk=case.id).update(state=CaseState.CLOSED)
    with pytest.raises(CaseIsClosed):
        commands.reclassify_incident(actor=cast.bruno, incident_id=incident, expected=1, answers=YES)


def test_without_a_basis_no_word_about_her_changes(cast: Cast, case: CaseAtHand, incident: UUID) -> None:
    [basis] = [one for one in queries.bases(cast.dalia, case.id) if one.person_id == case.survivor]
    commands.withdraw_consent(actor=cast.dalia, basis_id=basis.id)
    with pytest.raises(NoBasis):
        change(cast, incident, summary="Something else.")


def find(cast: Cast, incident: UUID, state: IncidentState, by: str = "jalil", reason: str = "Compared, قالت.") -> UUID:
    version = Incident.objects.get(pk=incident).version
    return commands.find_incident(
        actor=cast.actor(by), incident_id=incident, expected=version, state=state, reason=reason
    )


def test_a_finding_is_kept_with_its_reason_beside_the_earlier_one(cast: Cast, incident: UUID) -> None:
    find(cast, incident, IncidentState.VERIFIED, reason="The hospital agrees.")
    find(cast, incident, IncidentState.REJECTED, by="chandra")
    case_id = Incident.objects.get(pk=incident).case_id
    for reader in (cast.jalil, cast.bruno):
        [seen] = queries.incidents(reader, case_id)
        assert [(one.state, one.reason) for one in seen.findings] == [
            (IncidentState.REJECTED, "Compared, قالت."),
            (IncidentState.VERIFIED, "The hospital agrees."),
        ]
    # Who reads the summary alone reads what was found, and not what speaks for and against it.
    [seen] = queries.incidents(cast.dalia, case_id)
    assert [(one.state, one.reason) for one in seen.findings] == [
        (IncidentState.REJECTED, ""),
        (IncidentState.VERIFIED, ""),
    ]
    body = Entry.objects.filter(verb="incident.found").latest("index").body
    assert json.loads(body)["facts"] == {"from": "verified", "to": "rejected"}
    assert "Compared" not in body


@pytest.mark.parametrize("state", sorted(NOT_COUNTED))
def test_what_does_not_count_is_in_no_figure_and_says_so(
    cast: Cast, case: CaseAtHand, incident: UUID, state: IncidentState
) -> None:
    assert queries.counted_incidents([case.id])
    find(cast, incident, state)
    assert queries.counted_incidents([case.id]) == []
    assert investigations.incident_facts(cast.bruno, case.id) == []
    page = cast.client("bruno").get(reverse("cases:incidents", args=[case.id])).content.decode()
    assert "counts in no figure" in page
    commands.reclassify_incident(
        actor=cast.bruno, incident_id=incident, expected=2, answers={Question.GENDER_BASED: False}
    )
    assert queries.counted_incidents([case.id]) == []


def test_who_recorded_an_incident_does_not_say_what_was_found(cast: Cast, case: CaseAtHand) -> None:
    own = commands.record_incident(
        actor=cast.chandra, case_id=case.id, person_id=case.survivor, began=PartialDate(2025), answers=YES
    )
    with pytest.raises(OwnIncident):
        find(cast, own, IncidentState.VERIFIED, by="chandra")


def test_a_verified_incident_that_is_put_right_is_to_be_looked_at_anew_by_somebody_else(
    cast: Cast, incident: UUID
) -> None:
    find(cast, incident, IncidentState.VERIFIED)
    change(cast, incident)
    assert Incident.objects.get(pk=incident).state == IncidentState.VERIFIED
    chandra, url = cast.client("chandra"), reverse("cases:change_incident", args=[incident])
    seen = chandra.get(url).context["seen_version"]
    assert chandra.post(url, typed(seen_version=seen, relation="intimate_partner")).status_code == 302
    assert Incident.objects.get(pk=incident).state == IncidentState.CLASSIFIED
    with pytest.raises(OwnIncident):
        find(cast, incident, IncidentState.VERIFIED, by="chandra")
    find(cast, incident, IncidentState.UNVERIFIED)
    # Who found it may find otherwise later.
    find(cast, incident, IncidentState.VERIFIED)


def test_an_incident_is_classified_before_it_is_verified(cast: Cast, case: CaseAtHand) -> None:
    told = commands.record_incident(
        actor=cast.dalia, case_id=case.id, person_id=case.survivor, began=PartialDate(2025), answers=YES
    )
    with pytest.raises(IncidentNotClassified):
        find(cast, told, IncidentState.VERIFIED)
    commands.reclassify_incident(actor=cast.bruno, incident_id=told, expected=1, answers=YES)
    find(cast, told, IncidentState.VERIFIED)


@pytest.mark.parametrize(("who", "error"), [("bruno", Refused), ("dalia", Refused), ("femi", NotFound)])
def test_only_lawyer_or_supervisor_finds(cast: Cast, incident: UUID, who: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        find(cast, incident, IncidentState.VERIFIED, by=who)


def test_only_suspects_of_the_case_are_linked(cast: Cast, case: CaseAtHand, incident: UUID) -> None:
    change(cast, incident, perpetrators=[case.suspect], weapon="blade", previous="same", reported_elsewhere=["police"])
    [seen] = queries.incidents(cast.chandra, case.id)
    assert (list(seen.perpetrators), seen.weapon, seen.previous) == ([case.suspect], "blade", "same")
    with pytest.raises(NotASuspectHere):
        change(cast, incident, perpetrators=[case.survivor])
    change(cast, incident)
    [seen] = queries.incidents(cast.chandra, case.id)
    assert list(seen.perpetrators) == [case.suspect]


def test_who_sees_no_suspect_sees_none_of_an_incident(cast: Cast, incident: UUID) -> None:
    case_id = Incident.objects.get(pk=incident).case_id
    suspect = next(p for p in queries.parties(cast.bruno, case_id) if p.role is PartyRole.SUSPECT)
    change(cast, incident, perpetrators=[suspect.person_id])
    commands.add_to_team(actor=cast.jalil, case_id=case_id, account_id=cast.accounts["esther"], role=Role.EXAMINER)
    [seen] = queries.incidents(cast.esther, case_id)
    assert not seen.perpetrators


def test_the_form_of_a_finding_asks_for_a_reason(cast: Cast, incident: UUID) -> None:
    client, url = cast.client("jalil"), reverse("cases:find_incident", args=[incident])
    answer = client.post(url, {"form_id": str(ids.new_public_id()), "seen_version": 1, "state": "rejected"})
    assert answer.status_code == 422
    sent = {"form_id": str(ids.new_public_id()), "seen_version": 1, "state": "rejected", "reason": "Twice."}
    assert client.post(url, sent).status_code == 302
    assert Incident.objects.get(pk=incident).state == IncidentState.REJECTED
