from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from amparo.access import readings
from amparo.cases import commands as cases
from amparo.cases import queries as case_queries
from amparo.cases.errors import NoBasis
from amparo.cases.rules import Question
from amparo.cases.words import PartyRole
from amparo.investigations import commands, queries, rules
from amparo.investigations.commands import InterviewPlan
from amparo.investigations.errors import (
    InterviewIsSealed,
    NobodyPromised,
    NobodyToTell,
    NoSuchRecording,
    NothingAgreed,
    NotInThatState,
    NotOnTeam,
    NotToBeAsked,
    ToldBefore,
    WordsMissing,
)
from amparo.investigations.models import Interview, InterviewAddendum
from amparo.investigations.words import (
    Caution,
    DropReason,
    InterviewEvent,
    InterviewPurpose,
    InterviewState,
    Qualification,
    ReviewedHow,
    Support,
)
from amparo.kernel import clock, ids
from amparo.kernel.dates import PartialDate, YearOutOfRange
from amparo.kernel.errors import Changed, NotFound, Refused
from amparo.kernel.words import Compartment
from amparo.ledger.models import Entry
from amparo.people.words import PersonKind
from tests.cast import CAST, CaseAtHand, Cast

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
ACCOUNT = "She said: the lorry came at dusk. كانت الشاحنة زرقاء"


def a_plan(cast: Cast, **instead: object) -> InterviewPlan:
    made: dict[str, object] = {
        "purpose": InterviewPurpose.STATEMENT,
        "why": "Nobody has asked about the lorry",
        "planned_at": NOON,
        "interviewer_id": cast.accounts["bruno"],
        "qualification": Qualification.TRAUMA,
        "place": "The blue room",
        "support": Support.CHOSEN,
        "supporter": "Her aunt",
    }
    return InterviewPlan(**(made | instead))  # type: ignore[arg-type]


def planned(
    cast: Cast, case: CaseAtHand, person: UUID | None = None, has_read: bool = False, **instead: object
) -> UUID:
    return commands.plan_interview(
        actor=cast.bruno,
        case_id=case.id,
        person_id=person or case.survivor,
        plan=a_plan(cast, **instead),
        has_read=has_read,
    )


def held(cast: Cast, case: CaseAtHand, **more: object) -> UUID:
    key = planned(cast, case, has_read=True)
    commands.hold_interview(
        actor=cast.bruno,
        interview_id=key,
        expected=1,
        began_at=NOON,
        ended_at=NOON + timedelta(minutes=50),
        **more,  # type: ignore[arg-type]
    )
    return key


def sealed(cast: Cast, case: CaseAtHand) -> UUID:
    key = held(cast, case, feedback_on=date(2026, 6, 1))
    commands.transcribe_interview(actor=cast.bruno, interview_id=key, expected=2, account=ACCOUNT)
    commands.review_interview(
        actor=cast.bruno,
        interview_id=key,
        expected=3,
        how=ReviewedHow.READ_ALOUD,
        on=date(2026, 5, 5),
        corrections="The lorry was green",
    )
    commands.seal_interview(actor=cast.bruno, interview_id=key)
    return key


def row_of(key: UUID) -> Interview:
    return Interview.objects.get(pk=key)


# ---- rules -------------------------------------------------------------------------------------------------


def test_an_interview_goes_its_way_and_no_other() -> None:
    steps = {
        InterviewState.PLANNED: {InterviewEvent.CHANGE, InterviewEvent.HOLD, InterviewEvent.DROP},
        InterviewState.HELD: {InterviewEvent.TRANSCRIBE},
        InterviewState.TRANSCRIBED: {InterviewEvent.TRANSCRIBE, InterviewEvent.REVIEW},
        InterviewState.REVIEWED: {InterviewEvent.TRANSCRIBE, InterviewEvent.SEAL},
        InterviewState.SEALED: set(),
        InterviewState.DROPPED: set(),
    }
    for state in InterviewState:
        assert rules.steps_from(state) == steps[state]
        for event in InterviewEvent:
            if event in steps[state]:
                rules.next_interview_state(state, event)
            else:
                with pytest.raises((NotInThatState, InterviewIsSealed)):
                    rules.next_interview_state(state, event)


@pytest.mark.parametrize(
    ("minor", "qualification", "support", "expected"),
    [
        (True, Qualification.CHILD, Support.CHOSEN, ()),
        (True, Qualification.TRAUMA, Support.CAREGIVER, (Caution.UNTRAINED,)),
        (True, Qualification.CHILD, Support.DECLINED, (Caution.ALONE,)),
        (True, Qualification.NONE, Support.NONE, (Caution.UNTRAINED, Caution.ALONE)),
        (None, Qualification.CHILD, Support.CHOSEN, (Caution.AGE_UNKNOWN,)),
        (False, Qualification.NONE, Support.NONE, ()),
    ],
)
def test_a_child_needs_a_trained_interviewer_and_somebody_beside_her(
    minor: bool | None, qualification: Qualification, support: Support, expected: tuple[Caution, ...]
) -> None:
    assert rules.cautions(minor, qualification, support) == expected


# ---- commands ----------------------------------------------------------------------------------------------


def test_who_told_it_before_is_asked_again_only_by_somebody_who_read_it(cast: Cast) -> None:
    case = cast.case()
    held(cast, case)
    with pytest.raises(ToldBefore) as refused:
        planned(cast, case)
    assert refused.value.field == "has_read"
    assert row_of(planned(cast, case, has_read=True)).told == 1


def test_a_written_incident_counts_as_told(cast: Cast) -> None:
    case = cast.case()
    cases.record_incident(
        actor=cast.bruno,
        case_id=case.id,
        person_id=case.survivor,
        began=PartialDate(2026, 2, 1),
        answers={Question.GENDER_BASED: True, Question.PENETRATION: False, Question.UNWANTED_CONTACT: True},
        narrative="As she told it",
    )
    with pytest.raises(ToldBefore):
        planned(cast, case)


def test_a_suspect_is_not_interviewed_here(cast: Cast) -> None:
    case = cast.case()
    with pytest.raises(NotToBeAsked):
        planned(cast, case, person=case.suspect)


def test_an_interview_is_held_by_somebody_of_the_team(cast: Cast) -> None:
    with pytest.raises(NotOnTeam) as refused:
        planned(cast, cast.case(), interviewer_id=cast.accounts["iris"])
    assert refused.value.field == "interviewer_id"


def test_an_interview_is_given_to_nobody_who_may_not_hold_it(cast: Cast) -> None:
    case = cast.case(team=("bruno", "chandra", "dalia", "esther"))
    key = planned(cast, case)
    for name in ("dalia", "esther"):
        with pytest.raises(NotOnTeam):
            planned(cast, case, interviewer_id=cast.accounts[name])
        plan = a_plan(cast, interviewer_id=cast.accounts[name])
        with pytest.raises(NotOnTeam):
            commands.change_interview(actor=cast.bruno, interview_id=key, expected=1, plan=plan)
    client = cast.client("bruno")
    for url in (
        reverse("investigations:plan_interview", args=[case.id, case.survivor]),
        reverse("investigations:change_interview", args=[key]),
    ):
        page = client.get(url).content.decode()
        offered = [name for name in CAST if str(cast.accounts[name]) in page]
        assert offered == ["bruno", "chandra"]


@pytest.mark.parametrize("year", [1, 1799, 2200, 9999])
def test_an_interview_is_neither_planned_for_nor_moved_to_a_year_that_nobody_writes(cast: Cast, year: int) -> None:
    case = cast.case()
    far = datetime(year, 5, 4, 12, tzinfo=UTC)
    with pytest.raises(YearOutOfRange):
        planned(cast, case, planned_at=far)
    key = planned(cast, case)
    with pytest.raises(YearOutOfRange):
        commands.change_interview(actor=cast.bruno, interview_id=key, expected=1, plan=a_plan(cast, planned_at=far))
    assert row_of(key).planned_at == NOON


def test_words_of_a_survivor_need_a_basis(cast: Cast) -> None:
    case = cast.case(basis=False)
    with pytest.raises(NoBasis):
        held(cast, case)
    assert Interview.objects.get().state == InterviewState.PLANNED


def test_promises_of_an_interview_become_promises_of_the_case(cast: Cast) -> None:
    case = cast.case()
    held(cast, case, promises=["We call on Friday", "A copy is hers"], promised_by=date(2026, 5, 8))
    found = case_queries.promises_of_case(cast.bruno, case.id)
    assert {(one.text, one.due_on, one.promised_on) for one in found} == {
        ("We call on Friday", date(2026, 5, 8), date(2026, 5, 4)),
        ("A copy is hers", date(2026, 5, 8), date(2026, 5, 4)),
    }


def test_a_promise_is_of_the_day_that_it_was_at_the_office(cast: Cast) -> None:
    case = cast.case()
    evening = datetime(2026, 5, 3, 20, 30, tzinfo=ZoneInfo("America/Bogota"))
    key = planned(cast, case, has_read=True)
    # The consent is of a day that has come there too, whatever the hour in which this test runs.
    with clock.set_to(clock.now() + timedelta(days=1)), clock.days_of(ZoneInfo("America/Bogota")):
        commands.hold_interview(
            actor=cast.bruno,
            interview_id=key,
            expected=1,
            began_at=evening.astimezone(UTC),
            ended_at=evening.astimezone(UTC) + timedelta(minutes=50),
            promises=["We call on Friday"],
            promised_by=date(2026, 5, 8),
        )
    assert [one.promised_on for one in case_queries.promises_of_case(cast.bruno, case.id)] == [date(2026, 5, 3)]


def test_a_promise_without_a_day_is_refused_and_nothing_is_held(cast: Cast) -> None:
    case = cast.case()
    with pytest.raises(NobodyPromised):
        held(cast, case, promises=["We call"])
    assert Interview.objects.get().state == InterviewState.PLANNED


def test_a_recording_is_an_item_of_the_case(cast: Cast) -> None:
    with pytest.raises(NoSuchRecording):
        held(cast, cast.case(), recordings=[ids.new_id()])


def test_a_sealed_interview_refuses_every_step(cast: Cast) -> None:
    case = cast.case()
    key = sealed(cast, case)
    for step in (
        lambda: commands.transcribe_interview(actor=cast.bruno, interview_id=key, expected=5, account="Other"),
        lambda: commands.change_interview(actor=cast.bruno, interview_id=key, expected=5, plan=a_plan(cast)),
        lambda: commands.drop_interview(actor=cast.bruno, interview_id=key, reason=DropReason.OTHER),
        lambda: commands.seal_interview(actor=cast.bruno, interview_id=key),
    ):
        with pytest.raises(InterviewIsSealed):
            step()


@pytest.mark.parametrize("change", [{"state": "held"}, {"account": b"x"}, {"recordings": ["x"]}, {"began_at": NOON}])
def test_the_database_refuses_to_change_a_sealed_interview(cast: Cast, change: dict[str, object]) -> None:
    key = sealed(cast, cast.case())
    Interview.objects.filter(pk=key).update(planned_at=NOON, began_at=NOON)  # the same again is no change
    changed = change | ({"began_at": NOON + timedelta(1)} if "began_at" in change else {})
    with pytest.raises(DatabaseError), transaction.atomic():
        Interview.objects.filter(pk=key).update(**changed)
    with pytest.raises(DatabaseError), transaction.atomic():
        Interview.objects.filter(pk=key).delete()


def test_erasure_still_empties_a_sealed_interview(cast: Cast) -> None:
    key = sealed(cast, cast.case())
    Interview.objects.filter(pk=key).update(account=None, why=None, corrections=None)
    assert row_of(key).account is None


def test_a_sealed_interview_is_added_to_beside_it(cast: Cast) -> None:
    key = sealed(cast, cast.case())
    commands.add_to_interview(actor=cast.bruno, interview_id=key, words="She remembers the number")
    with pytest.raises(WordsMissing):
        commands.add_to_interview(actor=cast.bruno, interview_id=key, words=" ")
    page = cast.client("bruno").get(reverse("investigations:interview", args=[key])).content.decode()
    assert "She remembers the number" in page
    with pytest.raises(DatabaseError), transaction.atomic():
        InterviewAddendum.objects.update(words=b"other")


def test_an_open_interview_is_not_added_to(cast: Cast) -> None:
    key = held(cast, cast.case())
    with pytest.raises(NotInThatState):
        commands.add_to_interview(actor=cast.bruno, interview_id=key, words="More")


def test_feedback_is_given_once_also_after_sealing(cast: Cast) -> None:
    key = sealed(cast, cast.case())
    commands.give_feedback(actor=cast.bruno, interview_id=key)
    assert row_of(key).feedback_given_on == clock.today()
    with pytest.raises(NothingAgreed):
        commands.give_feedback(actor=cast.bruno, interview_id=key)


def test_what_was_planned_is_changed_by_whoever_saw_it_last(cast: Cast) -> None:
    key = planned(cast, cast.case())
    commands.change_interview(actor=cast.bruno, interview_id=key, expected=1, plan=a_plan(cast, place="Room 2"))
    with pytest.raises(Changed):
        commands.change_interview(actor=cast.bruno, interview_id=key, expected=1, plan=a_plan(cast))


def test_a_caseworker_neither_plans_nor_reads_what_was_said(cast: Cast) -> None:
    case = cast.case()
    key = sealed(cast, case)
    with pytest.raises(Refused):
        commands.seal_interview(actor=cast.dalia, interview_id=key)
    page = cast.client("dalia").get(reverse("investigations:interview", args=[key])).content.decode()
    assert "The blue room" in page
    assert "the lorry" not in page
    assert "Nobody has asked" not in page


def test_a_stranger_gets_nothing(cast: Cast) -> None:
    key = sealed(cast, cast.case())
    for who in ("iris", "stranger", "femi", "noor"):
        with pytest.raises(NotFound):
            queries.interview_page(cast.actor(who), key)


def test_the_ledger_holds_no_word_of_it(cast: Cast) -> None:
    sealed(cast, cast.case())
    bodies = " ".join(Entry.objects.filter(verb__startswith="interview.").values_list("body", flat=True))
    assert Entry.objects.filter(verb__startswith="interview.").count() == 5
    assert "lorry" not in bodies
    assert "blue" not in bodies


def test_planned_interviews_go_with_a_caseload(cast: Cast) -> None:
    case = cast.case()
    key = planned(cast, case)
    cases.add_to_team(actor=cast.jalil, case_id=case.id, account_id=cast.accounts["femi"], role=cast.femi.roles[0].role)
    from amparo.ledger import writing

    @writing.command
    def leave(*, actor: object) -> None:
        commands.pass_on([case.id], cast.accounts["bruno"], cast.accounts["femi"])

    leave(actor=cast.jalil)
    assert row_of(key).interviewer_id == cast.accounts["femi"]


# ---- pages -------------------------------------------------------------------------------------------------


def test_what_was_told_before_stands_above_the_form(cast: Cast) -> None:
    case = cast.case()
    client = cast.client("bruno")
    url = reverse("investigations:plan_interview", args=[case.id, case.survivor])
    assert "Nothing was told before" in client.get(url).content.decode()
    key = sealed(cast, case)
    page = client.get(url).content.decode()
    assert "Read this first" in page
    assert reverse("investigations:interview", args=[key]) in page
    assert page.index("Read this first") < page.index("Why is it needed?")
    assert 'name="has_read"' in page


def test_an_interview_is_planned_and_held_by_its_forms(cast: Cast) -> None:
    case = cast.case()
    client = cast.client("bruno")
    typed = {
        "form_id": str(ids.new_public_id()),
        "purpose": "statement",
        "why": "The lorry",
        "planned_at": "2026-05-04T12:00",
        "interviewer_id": str(cast.accounts["bruno"]),
        "qualification": "trauma",
        "support": "none",
        "interpreting": "not_needed",
    }
    url = reverse("investigations:plan_interview", args=[case.id, case.survivor])
    assert client.post(url, typed).status_code == 302
    key = Interview.objects.get().id
    times = {"form_id": str(ids.new_public_id()), "began_at": "2026-05-04T12:00", "ended_at": "2026-05-04T11:00"}
    url = reverse("investigations:hold_interview", args=[key])
    answer = client.post(url, times)
    assert answer.status_code == 422
    assert "The end lies before the beginning." in answer.content.decode()
    done = times | {"ended_at": "2026-05-04T12:50", "promises": "We call\nA copy", "promised_by": "2026-05-09"}
    assert client.post(url, done).status_code == 302
    assert len(case_queries.promises_of_case(cast.bruno, case.id)) == 2


def test_every_page_and_form_opens(cast: Cast) -> None:
    case = cast.case()
    first, second = planned(cast, case), planned(cast, case)
    other = held(cast, case)
    client = cast.client("bruno")
    for name, key in (
        ("interview", first),
        ("change_interview", first),
        ("hold_interview", second),
        ("drop_interview", second),
        ("transcribe_interview", other),
        ("review_interview", other),
        ("seal_interview", other),
        ("interviews", case.id),
    ):
        assert client.get(reverse(f"investigations:{name}", args=[key])).status_code == 200, name


def _opened_by(cast: Cast, key: UUID, words: tuple[str, ...]) -> tuple[set[str], bool]:
    """Which words a form is shown, and whether the ledger is told that the account of the case was opened."""
    with readings.collecting() as opened:
        found = queries.interview_for(cast.bruno, key, words)
    shown = {name for name in (*queries.PLAN_WORDS, "account", "corrections") if found.values.get(name)}
    return shown, (row_of(key).case_id, Compartment.NARRATIVE) in opened


def test_a_form_opens_the_words_that_it_changes_and_the_ledger_is_told(cast: Cast) -> None:
    key = held(cast, cast.case())
    commands.transcribe_interview(actor=cast.bruno, interview_id=key, expected=2, account=ACCOUNT)
    assert _opened_by(cast, key, ()) == (set(), False)
    assert _opened_by(cast, key, ("account",)) == ({"account"}, True)
    assert _opened_by(cast, key, queries.PLAN_WORDS) == ({"why", "place", "supporter"}, True)


@pytest.mark.parametrize("name", ["transcribe_interview", "review_interview", "change_interview"])
def test_no_form_shows_a_word_of_a_sealed_interview(cast: Cast, name: str) -> None:
    key = sealed(cast, cast.case())
    page = cast.client("bruno").get(reverse(f"investigations:{name}", args=[key])).content.decode()
    for word in ("lorry", "The blue room"):
        assert word not in page
    assert _opened_by(cast, key, ("account", "corrections")) == (set(), False)


def test_the_form_of_an_account_is_written_to_the_ledger_as_read(cast: Cast) -> None:
    key = held(cast, cast.case())
    commands.transcribe_interview(actor=cast.bruno, interview_id=key, expected=2, account=ACCOUNT)
    client = cast.client("bruno")
    assert client.get(reverse("investigations:seal_interview", args=[key])).status_code == 200
    read = Entry.objects.filter(verb="compartment.read", body__contains=Compartment.NARRATIVE.value)
    assert read.count() == 0
    assert "lorry" in client.get(reverse("investigations:transcribe_interview", args=[key])).content.decode()
    assert read.count() == 1


def test_a_planned_interview_is_on_today_and_a_held_one_on_the_drawn_case(cast: Cast) -> None:
    case = cast.case()
    planned(cast, case)
    due = queries.due_for(cast.bruno, date(2026, 5, 4))
    assert [one.due_on for one in due] == [date(2026, 5, 4)]
    assert queries.due_for(cast.bruno, date(2026, 5, 3)) == []
    assert queries.marks_of_case(cast.bruno, case.id) == []
    key = held(cast, case, feedback_on=date(2026, 5, 20))
    assert [mark.at for mark in queries.marks_of_case(cast.bruno, case.id)] == [date(2026, 5, 4)]
    later = {one.due_on for one in queries.due_for(cast.bruno, date(2026, 5, 20))}
    assert later == {date(2026, 5, 4), date(2026, 5, 20)}
    commands.give_feedback(actor=cast.bruno, interview_id=key)
    assert date(2026, 5, 20) not in {one.due_on for one in queries.due_for(cast.bruno, date(2026, 5, 20))}


def test_the_list_costs_the_same_with_more_interviews(cast: Cast, django_assert_max_num_queries: object) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    case = cast.case()
    client = cast.client("bruno")
    url = reverse("investigations:interviews", args=[case.id])
    counts = []
    witness = cast.person(PersonKind.WITNESS, "Wassim Sample")
    cases.add_party(actor=cast.jalil, case_id=case.id, person_id=witness, role=PartyRole.WITNESS)
    for _round in range(2):
        planned(cast, case)
        planned(cast, case, person=witness)
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(url)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_an_official_of_the_case_is_asked_without_what_is_only_for_her_side(cast: Cast) -> None:
    case = cast.case()
    official = cast.person(PersonKind.OFFICIAL, "Otto Muster")
    with pytest.raises(NotToBeAsked):
        planned(cast, case, person=official)
    cases.add_party(actor=cast.jalil, case_id=case.id, person_id=official, role=PartyRole.OFFICIAL)
    key = planned(cast, case, person=official)
    assert row_of(key).minor is False
    form = cast.client("bruno").get(reverse("investigations:hold_interview", args=[key])).content.decode()
    assert 'name="feedback_on' not in form
    assert 'name="promises"' not in form
    given = {"actor": cast.bruno, "interview_id": key, "expected": 1, "began_at": NOON, "ended_at": NOON}
    with pytest.raises(NobodyToTell):
        commands.hold_interview(feedback_on=NOON.date(), **given)
    commands.hold_interview(**given)
    commands.transcribe_interview(
        actor=cast.bruno, interview_id=key, expected=row_of(key).version, account="The gate was open."
    )
    assert "The gate was open." in repr(queries.interview_page(cast.bruno, key))
