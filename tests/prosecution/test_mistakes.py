"""What was entered by mistake in court: a verdict, a charge, a hearing, a sentence, a compensation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from amparo.cases import commands as cases
from amparo.cases.models import Case, Party
from amparo.investigations import queries as investigations
from amparo.investigations.words import Status
from amparo.kernel import clock, ids
from amparo.kernel.errors import NotFound, Refused
from amparo.ledger.models import Entry
from amparo.prosecution import commands, queries
from amparo.prosecution.commands import Result, Why
from amparo.prosecution.errors import NotYetHeld, ReasonMissing, TakenBack, ToldOfIt, VerdictMoveRefused
from amparo.prosecution.models import Charge, Compensation, Correction, Hearing, Sentence, StageReached, Verdict
from amparo.prosecution.words import (
    AdjournReason,
    Appellant,
    Attrition,
    ChargeEvent,
    ChargeState,
    HearingState,
    Mistake,
    Outcome,
    Purpose,
    SentenceKind,
    Side,
    Stage,
)
from tests.cast import Cast
from tests.prosecution.court import EVIDENCE, FILED, Court, in_court

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.set_to(NOW):
        yield


@pytest.fixture
def court(cast: Cast) -> Court:
    return in_court(cast)


def convicted(court: Court, charge: Charge, outcome: Outcome = Outcome.CONVICTED) -> Verdict:
    key = commands.pronounce(actor=court.cast.chandra, charge_id=charge.id, outcome=outcome, on=TODAY)
    return Verdict.objects.get(pk=key)


def standing(court: Court) -> Status | None:
    found = investigations.standings(court.cast.chandra, court.case.id).get(court.case.suspect)
    return found[0] if found else None


def stages(court: Court) -> set[str]:
    return set(StageReached.objects.filter(proceeding_id=court.proceeding).values_list("stage", flat=True))


def test_a_verdict_entered_by_mistake_goes_with_all_that_followed_from_it(court: Court) -> None:
    charge = court.charge()
    before = (standing(court), stages(court), court.row().stage)
    verdict = convicted(court, charge)
    commands.enter_sentence(
        actor=court.cast.chandra, verdict_id=verdict.id, kind=SentenceKind.CUSTODY, custody_months=24, on=TODAY
    )
    assert standing(court) is Status.CONVICTED
    commands.take_back_verdict(actor=court.cast.chandra, verdict_id=verdict.id)
    charge.refresh_from_db()
    assert (charge.state, charge.since_on) == (ChargeState.FILED, FILED)
    assert not Verdict.objects.exists()
    assert not Sentence.objects.exists()
    assert (standing(court), stages(court), court.row().stage) == before
    assert Entry.objects.filter(verb="verdict.taken_back", subject_id=verdict.id).exists()
    assert queries.counted_charges([court.case.id])[0].outcome is None


def test_the_right_verdict_can_be_entered_then(court: Court) -> None:
    charge = court.charge()
    commands.take_back_verdict(actor=court.cast.chandra, verdict_id=convicted(court, charge).id)
    convicted(court, charge, Outcome.ACQUITTED)
    assert standing(court) is Status.ACQUITTED
    assert Stage.CONVICTED not in stages(court)


def test_what_another_verdict_carries_stays(court: Court) -> None:
    mistaken, right = court.charge("Section 1"), court.charge("Section 2")
    convicted(court, right, Outcome.LESSER)
    wrong = convicted(court, mistaken)
    assert Stage.AS_CHARGED in stages(court)
    commands.take_back_verdict(actor=court.cast.chandra, verdict_id=wrong.id)
    assert standing(court) is Status.CONVICTED
    assert {Stage.VERDICT, Stage.CONVICTED} <= stages(court)
    assert Stage.AS_CHARGED not in stages(court)
    assert court.row().stage == Stage.CONVICTED


def test_a_verdict_under_appeal_is_not_taken_back(court: Court) -> None:
    verdict = convicted(court, court.charge())
    commands.lodge_appeal(actor=court.cast.chandra, verdict_id=verdict.id, by=Appellant.DEFENCE, on=TODAY)
    with pytest.raises(VerdictMoveRefused):
        commands.take_back_verdict(actor=court.cast.chandra, verdict_id=verdict.id)


def test_nobody_else_takes_a_verdict_back(court: Court) -> None:
    verdict = convicted(court, court.charge())
    for actor in (court.cast.bruno, court.cast.dalia, court.cast.iris):
        with pytest.raises((NotFound, Refused)):
            commands.take_back_verdict(actor=actor, verdict_id=verdict.id)


def test_the_page_says_what_goes_and_leads_back_to_the_court(court: Court) -> None:
    verdict, client = convicted(court, court.charge()), court.cast.client("chandra")
    url = reverse("prosecution:take_back_verdict", args=[verdict.id])
    assert url in client.get(reverse("prosecution:verdict", args=[verdict.id])).content.decode()
    assert "Its sentences go with it" in client.get(url).content.decode()
    answer = client.post(url)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("prosecution:case", args=[court.case.id]))
    assert not Verdict.objects.exists()


def test_a_charge_entered_by_mistake_counts_nowhere(court: Court) -> None:
    wrong, right = court.charge("Section 1"), court.charge("Section 2")
    commands.move_charge(
        actor=court.cast.chandra, charge_id=wrong.id, event=ChargeEvent.WITHDRAW, on=TODAY, reason=Attrition.MISTAKE
    )
    assert [one.id for one in queries.counted_charges([court.case.id])] == [right.id]


# ---- put right: what stood there before stays readable, and nothing counts it ------------------------------------


def why(remark: str = "") -> Why:
    return Why(Mistake.TYPED, remark)


def correct(court: Court, hearing: Hearing, state: HearingState, **given: Any) -> Hearing:
    values: dict[str, Any] = {"listed_at": hearing.listed_at, **given}
    result = Result(state, **values)
    commands.correct_hearing(actor=court.cast.chandra, hearing_id=hearing.id, result=result, why=why("Another case"))
    return Hearing.objects.get(pk=hearing.id)


def test_a_hearing_that_was_not_held_counts_as_adjourned_and_no_trial_began(court: Court) -> None:
    her = frozenset({court.case.survivor})
    hearing = court.hold(court.hearing(EVIDENCE, Purpose.SURVIVOR_EVIDENCE), testified=her, outcome="She spoke")
    assert Stage.TRIAL in stages(court)
    row = correct(
        court, hearing, HearingState.ADJOURNED, reason=AdjournReason.JUDGE, party=Side.COURT, testified=her, waited=her
    )
    assert (row.state, row.reason, row.party) == ("adjourned", "judge_absent", "court")
    assert Stage.TRIAL not in stages(court)
    assert [(one.state, one.party) for one in queries.counted_hearings([court.case.id])] == [("adjourned", "court")]
    assert [one.testified for one in queries.counted_appearances([court.case.id])] == [False]
    page = repr(queries.hearing(court.cast.chandra, row.id))
    for said in ("It was typed wrongly", "Another case", "It said: ", "Held", "She spoke", "gave evidence"):
        assert said in page
    assert "She spoke" not in repr(queries.hearing(court.cast.dalia, row.id))
    assert Entry.objects.filter(verb="hearing.corrected", subject_id=row.id).exists()


def test_another_day_of_a_hearing_moves_the_day_on_which_the_trial_began(court: Court) -> None:
    hearing = court.hold(court.hearing(EVIDENCE, Purpose.SURVIVOR_EVIDENCE))
    earlier = EVIDENCE - timedelta(days=40)
    correct(court, hearing, HearingState.HELD, listed_at=earlier)
    assert StageReached.objects.get(proceeding_id=court.proceeding, stage=Stage.TRIAL).on == earlier.date()
    with pytest.raises(NotYetHeld):
        correct(court, hearing, HearingState.HELD, listed_at=NOW + timedelta(days=2))
    with pytest.raises(ReasonMissing):
        correct(court, hearing, HearingState.ADJOURNED)


def test_a_hearing_that_goes_back_onto_the_list_is_held_once_more_with_one_promise(court: Court) -> None:
    hearing = court.adjourn(court.hearing(EVIDENCE, Purpose.SURVIVOR_EVIDENCE))
    row = correct(court, hearing, HearingState.LISTED)
    promise = court.appearance(row).promise_id
    assert court.appearance(row).tell_by is None
    court.hold(row, testified=frozenset({court.case.survivor}))
    assert (court.appearance(row).promise_id, court.appearance(row).testified) == (promise, True)
    commands.tell_survivor(actor=court.cast.chandra, appearance_id=court.appearance(row).id, on=TODAY, how="phone")
    with pytest.raises(ToldOfIt):
        correct(court, row, HearingState.LISTED)


def test_a_hearing_that_is_adjourned_once_more_moves_the_next_one_and_lists_no_second(court: Court) -> None:
    hearing = court.adjourn(court.hearing(EVIDENCE, Purpose.SURVIVOR_EVIDENCE), NOW + timedelta(days=9))
    row = correct(court, hearing, HearingState.LISTED)
    typed = {"reason": "judge_absent", "party": "court", "next_at": "2026-12-20T09:00"}
    url = reverse("prosecution:adjourn", args=[row.id])
    answer = court.cast.client("chandra").post(url, typed)
    assert answer.status_code == 302, answer.content.decode()
    ahead = Hearing.objects.get(state=HearingState.LISTED)
    assert (ahead.id, ahead.listed_at) == (hearing.next_id, datetime(2026, 12, 20, 9, tzinfo=UTC))


def sentenced(court: Court, months: int = 240) -> Sentence:
    verdict = convicted(court, court.charge())
    key = commands.enter_sentence(
        actor=court.cast.chandra, verdict_id=verdict.id, kind=SentenceKind.CUSTODY, custody_months=months, on=TODAY
    )
    return Sentence.objects.get(pk=key)


def test_a_sentence_alone_is_put_right_and_its_stage_follows(court: Court) -> None:
    row = sentenced(court)
    assert queries.counted_charges([court.case.id])[0].custody_on == TODAY
    commands.correct_sentence(
        actor=court.cast.chandra, sentence_id=row.id, kind=SentenceKind.FINE, fine=500, currency="khr", on=TODAY,
        why=why(),
    )  # fmt: skip
    assert queries.counted_charges([court.case.id])[0].custody_on is None
    assert Stage.SENTENCED not in stages(court)
    page = repr(queries.verdict(court.cast.chandra, row.verdict_id))
    assert "It said: Custody; " in page
    assert "240 months" in page


def test_a_sentence_that_never_was_stays_readable_and_counts_nowhere(court: Court) -> None:
    row = sentenced(court)
    commands.take_back_sentence(actor=court.cast.chandra, sentence_id=row.id, why=why())
    assert queries.counted_charges([court.case.id])[0].custody_on is None
    assert Stage.SENTENCED not in stages(court)
    assert "Entered by mistake: Custody, 240 months" in repr(queries.verdict(court.cast.chandra, row.verdict_id))
    with pytest.raises(TakenBack):
        commands.take_back_sentence(actor=court.cast.chandra, sentence_id=row.id, why=why())


def test_what_was_ordered_and_what_she_received_is_put_right(court: Court) -> None:
    chandra = court.cast.chandra
    key = commands.order_compensation(
        actor=chandra, proceeding_id=court.proceeding, person_id=court.case.survivor, amount=50_000, currency="KHR",
        on=TODAY,
    )  # fmt: skip
    commands.pay_compensation(actor=chandra, compensation_id=key, amount=40_000, on=TODAY)
    commands.correct_compensation(
        actor=chandra, compensation_id=key, ordered=5_000, currency="khr", ordered_on=FILED, paid=0, paid_on=TODAY,
        why=why(),
    )  # fmt: skip
    row = Compensation.objects.get()
    assert (row.ordered, row.paid, row.paid_on, row.ordered_on) == (5_000, 0, None, FILED)
    kept = Correction.objects.get()
    assert kept.key_owner == court.case.survivor
    page = repr(queries.proceeding(chandra, court.proceeding))
    assert "It was typed wrongly" in page
    assert "It said: KHR" in page
    commands.take_back_compensation(actor=chandra, compensation_id=key, why=why())
    assert "Entered by mistake" in repr(queries.proceeding(chandra, court.proceeding))


def test_a_compensation_that_was_taken_back_or_whose_case_is_closed_is_not_paid(court: Court) -> None:
    chandra, client = court.cast.chandra, court.cast.client("chandra")
    mistaken, stands = (
        commands.order_compensation(
            actor=chandra, proceeding_id=court.proceeding, person_id=court.case.survivor, amount=500, currency="KHR",
            on=TODAY,
        )
        for _one in range(2)
    )  # fmt: skip
    commands.take_back_compensation(actor=chandra, compensation_id=mistaken, why=why())
    typed = {"amount": "500", "on": "2026-11-22"}
    assert client.post(reverse("prosecution:pay_compensation", args=[mistaken]), typed).status_code == 409
    Case.objects.filter(pk=court.case.id).update(state="closed")
    assert client.post(reverse("prosecution:pay_compensation", args=[stands]), typed).status_code == 409
    assert set(Compensation.objects.values_list("paid", flat=True)) == {0}


def test_nobody_else_puts_anything_right(court: Court) -> None:
    row = sentenced(court)
    hearing = court.hold(court.hearing())
    for actor in (court.cast.dalia, court.cast.bruno, court.cast.iris):
        with pytest.raises((NotFound, Refused)):
            commands.take_back_sentence(actor=actor, sentence_id=row.id, why=why())
        result = Result(HearingState.VACATED, hearing.listed_at)
        with pytest.raises((NotFound, Refused)):
            commands.correct_hearing(actor=actor, hearing_id=hearing.id, result=result, why=why())


def test_the_pages_of_corrections_keep_what_stands_there_and_ask_why(court: Court) -> None:
    client, row, hearing = court.cast.client("chandra"), sentenced(court), court.hold(court.hearing(), outcome="Next")
    url = reverse("prosecution:correct_hearing", args=[hearing.id])
    assert url in client.get(reverse("prosecution:hearing", args=[hearing.id])).content.decode()
    assert "Next" in client.get(url).content.decode()
    typed = {"listed_at": "2026-01-13T09:00", "state": "vacated", "outcome": "Next"}
    assert client.post(url, typed).status_code == 422
    assert client.post(url, typed | {"mistake": "mistold"}).status_code == 302
    url = reverse("prosecution:correct_sentence", args=[row.id])
    typed = {"kind": "custody", "custody_months": "24", "on": "2026-11-22", "mistake": "typed"}
    assert client.post(url, typed).status_code == 302
    assert "24 months" in client.get(reverse("prosecution:verdict", args=[row.verdict_id])).content.decode()


def test_the_testimony_of_a_survivor_who_left_the_case_stays_when_her_hearing_is_put_right(court: Court) -> None:
    her = frozenset({court.case.survivor})
    hearing = court.hold(court.hearing(EVIDENCE, Purpose.SURVIVOR_EVIDENCE), testified=her)
    cases.end_party(actor=court.cast.jalil, party_id=Party.objects.get(person_id=court.case.survivor).id)
    client, url = court.cast.client("chandra"), reverse("prosecution:correct_hearing", args=[hearing.id])
    shown = client.get(url).context["form"]
    sent = {name: shown.get_initial_for_field(field, name) for name, field in shown.fields.items()}
    sent = {name: value for name, value in sent.items() if value not in (None, "")}
    sent |= {"listed_at": "2026-08-24T09:00", "outcome": "She spoke for two hours", "mistake": "mistold"}
    answer = client.post(url, sent | {"form_id": str(ids.new_public_id())})
    assert answer.status_code == 302, answer.content.decode()
    assert court.appearance(hearing).testified
    assert "She spoke for two hours" in repr(queries.hearing(court.cast.chandra, hearing.id))


def test_who_gave_evidence_at_a_hearing_that_was_cancelled_by_mistake_is_told_what_came_of_it(court: Court) -> None:
    hearing, her = court.hearing(EVIDENCE, Purpose.SURVIVOR_EVIDENCE), frozenset({court.case.survivor})
    commands.vacate_hearing(actor=court.cast.chandra, hearing_id=hearing.id)
    correct(court, hearing, HearingState.HELD, testified=her)
    came = court.appearance(hearing)
    assert (came.person_id, came.testified, came.wants_news) == (court.case.survivor, True, True)
    assert came.promise_id is not None
    correct(court, hearing, HearingState.HELD, waited=her, testified=her)
    assert court.appearance(hearing).waited
