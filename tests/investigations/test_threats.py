from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from amparo.access.models import Notice
from amparo.investigations import commands, queries, rules
from amparo.investigations.errors import (
    InFuture,
    MeasureEnded,
    MeasuresOpen,
    NothingDoneYet,
    NotOfThisCase,
    NotOnTeam,
    ThreatIsClosed,
)
from amparo.investigations.models import Threat, ThreatMeasure
from amparo.investigations.words import (
    MeasureKind,
    MeasureState,
    ThreatClosed,
    Threatener,
    ThreatEvent,
    ThreatKind,
    ThreatRisk,
    ThreatState,
)
from amparo.kernel import clock, ids
from amparo.kernel.dates import PartialDate
from amparo.kernel.errors import NotFound, Refused
from amparo.ledger.models import Entry
from tests.cast import CAST, CaseAtHand, Cast

pytestmark = pytest.mark.django_db
SUMMARY = "A man waits at the gate. رجل ينتظر"
ACCOUNT = "He said what would happen if she spoke"
DETAILS = "Room 4 at the house on the hill"


def reported(cast: Cast, case: CaseAtHand, by: str = "dalia", **instead: object) -> UUID:
    told: dict[str, object] = {
        "person_id": case.survivor,
        "by": Threatener.SUSPECT,
        "by_person_id": case.suspect,
        "kind": ThreatKind.WATCHED,
        "happened": PartialDate(2026, 4, 1),
        "risk": ThreatRisk.HIGH,
        "summary": SUMMARY,
        "account": ACCOUNT,
    }
    return commands.report_threat(actor=cast.actor(by), case_id=case.id, **(told | instead))  # type: ignore[arg-type]


def measured(cast: Cast, threat: UUID, responsible: str = "dalia", by: str = "dalia") -> UUID:
    return commands.add_measure(
        actor=cast.actor(by),
        threat_id=threat,
        kind=MeasureKind.MOVED,
        responsible_id=cast.accounts[responsible],
        due_on=date(2026, 4, 2),
        details=DETAILS,
    )


# ---- rules -------------------------------------------------------------------------------------------------

STEPS = {
    (ThreatState.OPEN, ThreatEvent.ASSESS): ThreatState.OPEN,
    (ThreatState.MITIGATED, ThreatEvent.ASSESS): ThreatState.MITIGATED,
    (ThreatState.OPEN, ThreatEvent.MITIGATE): ThreatState.MITIGATED,
    (ThreatState.OPEN, ThreatEvent.CLOSE): ThreatState.CLOSED,
    (ThreatState.MITIGATED, ThreatEvent.CLOSE): ThreatState.CLOSED,
    (ThreatState.MITIGATED, ThreatEvent.REOPEN): ThreatState.OPEN,
    (ThreatState.CLOSED, ThreatEvent.REOPEN): ThreatState.OPEN,
}


@given(st.sampled_from(ThreatState), st.sampled_from(ThreatEvent), st.frozensets(st.sampled_from(MeasureState)))
def test_a_threat_moves_only_as_written_down(
    state: ThreatState, event: ThreatEvent, measures: frozenset[MeasureState]
) -> None:
    if (state, event) not in STEPS:
        with pytest.raises(ThreatIsClosed):
            rules.next_threat_state(state, event, measures)
    elif event is ThreatEvent.MITIGATE and MeasureState.DONE not in measures:
        with pytest.raises(NothingDoneYet):
            rules.next_threat_state(state, event, measures)
    elif event is ThreatEvent.CLOSE and MeasureState.OPEN in measures:
        with pytest.raises(MeasuresOpen):
            rules.next_threat_state(state, event, measures)
    else:
        assert rules.next_threat_state(state, event, measures) is STEPS[state, event]


# ---- commands ----------------------------------------------------------------------------------------------


def test_a_threat_is_written_down_without_a_basis(cast: Cast) -> None:
    assert Threat.objects.get(pk=reported(cast, cast.case(basis=False))).state == ThreatState.OPEN


def test_a_threat_is_mitigated_by_something_that_was_done_and_then_closed(cast: Cast) -> None:
    key = reported(cast, cast.case())
    with pytest.raises(NothingDoneYet):
        commands.mitigate_threat(actor=cast.dalia, threat_id=key)
    measure = measured(cast, key)
    with pytest.raises(MeasuresOpen):
        commands.close_threat(actor=cast.dalia, threat_id=key, reason=ThreatClosed.OVER)
    commands.do_measure(actor=cast.dalia, measure_id=measure)
    with pytest.raises(MeasureEnded):
        commands.drop_measure(actor=cast.dalia, measure_id=measure)
    commands.mitigate_threat(actor=cast.dalia, threat_id=key)
    commands.close_threat(actor=cast.dalia, threat_id=key, reason=ThreatClosed.MOVED)
    row = Threat.objects.get(pk=key)
    assert (row.state, row.closed_as, row.closed_on) == ("closed", "moved", clock.today())
    commands.reopen_threat(actor=cast.jalil, threat_id=key)
    row = Threat.objects.get(pk=key)
    assert (row.state, row.closed_as, row.closed_on) == ("open", "", None)


def test_a_closed_threat_takes_no_measure(cast: Cast) -> None:
    key = reported(cast, cast.case())
    commands.close_threat(actor=cast.dalia, threat_id=key, reason=ThreatClosed.UNFOUNDED)
    with pytest.raises(ThreatIsClosed):
        measured(cast, key)


def test_a_threat_names_people_of_the_case(cast: Cast) -> None:
    case = cast.case()
    with pytest.raises(NotOfThisCase) as refused:
        reported(cast, case, person_id=case.suspect)
    assert refused.value.field == "person_id"
    with pytest.raises(NotOfThisCase):
        reported(cast, case, by_person_id=case.survivor)
    with pytest.raises(InFuture):
        reported(cast, case, happened=PartialDate(2190))


def test_a_threat_against_a_colleague_names_nobody_of_the_case(cast: Cast) -> None:
    case = cast.case()
    row = Threat.objects.get(pk=reported(cast, case, person_id=None))
    assert (row.person_id, row.key_owner) == (None, case.id)


def test_a_high_threat_is_told_to_the_team_but_not_to_partners(cast: Cast) -> None:
    case = cast.case(team=("bruno", "chandra", "dalia", "femi", "mateo"))
    Notice.objects.all().delete()
    reported(cast, case, risk=ThreatRisk.LOW)
    assert not Notice.objects.exists()
    reported(cast, case)
    told = set(Notice.objects.filter(kind="threat").values_list("account_id", flat=True))
    assert told == {cast.accounts[name] for name in ("bruno", "chandra", "jalil")}


@pytest.mark.parametrize("who", ["femi", "iris", "noor"])
def test_a_measure_is_not_given_to_somebody_from_outside(cast: Cast, who: str) -> None:
    key = reported(cast, cast.case(team=("dalia", "femi")))
    with pytest.raises(NotOnTeam):
        measured(cast, key, who)
    assert not ThreatMeasure.objects.exists()


@pytest.mark.parametrize("who", ["femi", "mateo"])
def test_partners_from_outside_do_not_learn_of_a_threat(cast: Cast, who: str) -> None:
    case = cast.case(team=("dalia", "femi", "mateo"))
    key = reported(cast, case)
    with pytest.raises(NotFound):
        queries.threat_page(cast.actor(who), key)
    assert queries.threat_notices(cast.actor(who), case.id) == ()
    assert "waits at the gate" not in cast.client(who).get(reverse("desk:case", args=[case.id])).content.decode()


def test_a_stranger_gets_nothing_and_an_examiner_only_reads(cast: Cast) -> None:
    case = cast.case(team=("dalia", "esther"))
    key = reported(cast, case)
    with pytest.raises(NotFound):
        queries.threat_page(cast.iris, key)
    queries.threat_page(cast.esther, key)
    with pytest.raises(Refused):
        commands.mitigate_threat(actor=cast.esther, threat_id=key)


def test_where_she_is_safe_is_read_by_who_may_know_her_address_alone(cast: Cast) -> None:
    case = cast.case(team=("bruno", "chandra", "dalia", "esther", "grace"))
    key = reported(cast, case)
    measured(cast, key)
    pages = [reverse("investigations:threat", args=[key]), reverse("desk:case", args=[case.id]), "/"]
    for who in CAST:
        text = "".join(cast.client(who).get(url).content.decode() for url in pages)
        assert (DETAILS in text) == (who == "dalia"), who


def test_what_happened_is_read_by_who_reads_the_narrative(cast: Cast) -> None:
    key = reported(cast, cast.case())
    url = reverse("investigations:threat", args=[key])
    for who, reads in (("bruno", True), ("chandra", True), ("dalia", False), ("jalil", False)):
        page = cast.client(who).get(url).content.decode()
        assert "waits at the gate" in page
        assert (ACCOUNT in page) == reads, who


def test_who_may_not_read_the_account_does_not_empty_it(cast: Cast) -> None:
    key = reported(cast, cast.case())
    url = reverse("investigations:assess_threat", args=[key])
    assert ACCOUNT not in cast.client("dalia").get(url).content.decode()
    typed = {"form_id": str(ids.new_public_id()), "risk": "low", "summary": "Calmer", "seen_version": "1"}
    assert cast.client("dalia").post(url, typed).status_code == 302
    assert ACCOUNT in cast.client("bruno").get(url).content.decode()


def test_no_word_of_a_threat_reaches_the_ledger(cast: Cast) -> None:
    key = reported(cast, cast.case())
    measured(cast, key)
    bodies = " ".join(Entry.objects.filter(verb__regex="^(threat|measure)").values_list("body", flat=True))
    assert Entry.objects.filter(verb__regex="^(threat|measure)").count() == 2
    assert "gate" not in bodies
    assert "hill" not in bodies


# ---- pages -------------------------------------------------------------------------------------------------


def test_an_open_high_threat_stands_at_the_head_of_the_case_and_on_today(cast: Cast) -> None:
    case = cast.case()
    key = reported(cast, case)
    url = reverse("investigations:threat", args=[key])
    head = "There is an open threat of high risk."
    for who in ("bruno", "dalia", "jalil"):
        page = cast.client(who).get(reverse("desk:case", args=[case.id])).content.decode()
        assert head in page
        assert [one.links[0].url for one in queries.urgent_threats(cast.actor(who))] == [url]
        assert "waits at the gate" in cast.client(who).get("/").content.decode()
    assert queries.urgent_threats(cast.actor("stranger")) == []
    commands.do_measure(actor=cast.dalia, measure_id=measured(cast, key))
    commands.mitigate_threat(actor=cast.dalia, threat_id=key)
    assert head not in cast.client("bruno").get(reverse("desk:case", args=[case.id])).content.decode()
    assert queries.urgent_threats(cast.bruno) == []


def test_a_measure_is_due_for_who_is_responsible(cast: Cast) -> None:
    key = reported(cast, cast.case())
    measured(cast, key, "bruno")
    assert [due.due_on for due in queries.due_for(cast.bruno, date(2026, 4, 2))] == [date(2026, 4, 2)]
    assert queries.due_for(cast.bruno, date(2026, 4, 1)) == []
    assert queries.due_for(cast.dalia, date(2026, 4, 2)) == []


def test_a_threat_and_its_measure_go_by_their_forms(cast: Cast) -> None:
    case = cast.case()
    client = cast.client("dalia")
    url = reverse("investigations:report_threat", args=[case.id])
    assert client.get(url).status_code == 200
    typed = {
        "form_id": str(ids.new_public_id()),
        "person_id": "colleague",
        "kind": "message",
        "happened_year": "2026",
        "by": "unknown",
        "risk": "medium",
        "summary": "A message to the office",
    }
    assert client.post(url, typed).status_code == 302
    key = Threat.objects.get().id
    for name in ("threat", "assess_threat", "add_measure", "close_threat"):
        assert client.get(reverse(f"investigations:{name}", args=[key])).status_code == 200, name
    typed = {
        "form_id": str(ids.new_public_id()),
        "kind": "police",
        "responsible_id": str(cast.accounts["bruno"]),
        "due_on": "2026-04-02",
    }
    assert client.post(reverse("investigations:add_measure", args=[key]), typed).status_code == 302
    measure = ThreatMeasure.objects.get().id
    assert client.post(reverse("investigations:do_measure", args=[measure])).status_code == 302
    assert client.post(reverse("investigations:mitigate_threat", args=[key])).status_code == 302
    assert Threat.objects.get().state == ThreatState.MITIGATED


def test_a_case_is_not_ready_to_close_with_an_open_threat(cast: Cast) -> None:
    from amparo.cases import queries as case_queries
    from amparo.journeys import closing

    case = cast.case()
    key = reported(cast, case)
    head = case_queries.case_head(cast.jalil, case.id)
    assert {c.code: c.met for c in closing.checklist(head).checks}["threats_closed"] is False
    commands.close_threat(actor=cast.dalia, threat_id=key, reason=ThreatClosed.OVER)
    assert {c.code: c.met for c in closing.checklist(head).checks}["threats_closed"] is True


def test_a_barred_colleague_sees_nothing_of_it(cast: Cast) -> None:
    from amparo.access import commands as access

    case = cast.case()
    key = reported(cast, case)
    access.set_bar(
        actor=cast.jalil, account_id=cast.accounts["bruno"], office_id=cast.office, case_id=case.id, reason="A cousin"
    )
    with pytest.raises(NotFound):
        queries.threat_page(cast.bruno, key)
    assert queries.urgent_threats(cast.bruno) == []


def test_measures_go_with_a_caseload(cast: Cast) -> None:
    from amparo.ledger import writing

    case = cast.case()
    measured(cast, reported(cast, case), "bruno")

    @writing.command
    def leave(*, actor: object) -> None:
        commands.pass_on([case.id], cast.accounts["bruno"], cast.accounts["dalia"])

    leave(actor=cast.jalil)
    assert ThreatMeasure.objects.get().responsible_id == cast.accounts["dalia"]
