from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.investigations import rules
from amparo.investigations.errors import (
    AfterDeath,
    InFuture,
    LeadIsClosed,
    LeadIsOpen,
    NotProvisional,
    OnlyByVerdict,
    OwnRecord,
)
from amparo.investigations.rules import StatusEvent
from amparo.investigations.words import (
    ONLY_BY_VERDICT,
    LeadEvent,
    LeadState,
    OutcomeEvent,
    OutcomeState,
    Source,
    Status,
)
from amparo.kernel.dates import PartialDate

LEAD_MOVES = {
    (LeadState.OPEN, LeadEvent.CHANGE): LeadState.OPEN,
    (LeadState.OPEN, LeadEvent.CLOSE): LeadState.CLOSED,
    (LeadState.CLOSED, LeadEvent.REOPEN): LeadState.OPEN,
}
OUTCOME_MOVES = {
    (OutcomeState.PROVISIONAL, OutcomeEvent.VERIFY): OutcomeState.VERIFIED,
    (OutcomeState.PROVISIONAL, OutcomeEvent.WITHDRAW): OutcomeState.WITHDRAWN,
    (OutcomeState.VERIFIED, OutcomeEvent.WITHDRAW): OutcomeState.WITHDRAWN,
}
days = st.dates(date(2000, 1, 1), date(2030, 1, 1))
partial = st.builds(
    lambda day, known, about: PartialDate(
        day.year, day.month if known > 0 else None, day.day if known > 1 else None, about
    ),
    days,
    st.integers(0, 2),
    st.booleans(),
)


@given(st.sampled_from(LeadState), st.sampled_from(LeadEvent))
def test_a_lead_moves_only_as_written_down(state: LeadState, event: LeadEvent) -> None:
    if (state, event) in LEAD_MOVES:
        assert rules.next_lead_state(state, event) is LEAD_MOVES[state, event]
    else:
        with pytest.raises((LeadIsClosed, LeadIsOpen)):
            rules.next_lead_state(state, event)


@given(st.sampled_from(OutcomeState), st.sampled_from(OutcomeEvent))
def test_an_outcome_moves_only_as_written_down(state: OutcomeState, event: OutcomeEvent) -> None:
    if (state, event) in OUTCOME_MOVES:
        assert rules.next_outcome_state(state, event) is OUTCOME_MOVES[state, event]
    else:
        with pytest.raises(NotProvisional):
            rules.next_outcome_state(state, event)


@given(st.sampled_from(Status), st.sampled_from(Source), st.booleans())
def test_convicted_or_acquitted_needs_a_verdict_whoever_says_so(status: Status, source: Source, proven: bool) -> None:
    verdict = uuid4() if proven else None
    if not proven and (status in ONLY_BY_VERDICT or source is Source.VERDICT):
        with pytest.raises(OnlyByVerdict):
            rules.refuse_unfounded(status, source, verdict)
    else:
        rules.refuse_unfounded(status, source, verdict)


def test_nothing_but_a_verdict_follows_a_death() -> None:
    death = StatusEvent(Status.DECEASED, PartialDate(2026, 3, 1))
    with pytest.raises(AfterDeath):
        rules.refuse_after_death(StatusEvent(Status.ARRESTED, PartialDate(2026, 3, 2)), [death])
    rules.refuse_after_death(StatusEvent(Status.CONVICTED, PartialDate(2026, 3, 2)), [death])


def test_a_death_that_is_known_by_its_year_only_refuses_nothing_of_that_year() -> None:
    death = StatusEvent(Status.DECEASED, PartialDate(2026))
    rules.refuse_after_death(StatusEvent(Status.ARRESTED, PartialDate(2026, 3, 2)), [death])


@given(st.lists(st.builds(StatusEvent, st.sampled_from(Status), partial), max_size=6))
def test_the_present_status_is_one_of_the_latest_day(events: list[StatusEvent]) -> None:
    now = rules.standing(events)
    if not events:
        assert now is None
    else:
        last = max(event.happened.latest() for event in events)
        assert now in {event.status for event in events if event.happened.latest() == last}


def test_what_was_written_last_of_one_day_stands() -> None:
    day = PartialDate(2026, 3, 1)
    assert rules.standing([StatusEvent(Status.ARRESTED, day), StatusEvent(Status.BAILED, day)]) is Status.BAILED


@given(partial, st.lists(partial, max_size=4))
def test_a_date_is_flagged_only_where_it_surely_lies_before_all_incidents(
    happened: PartialDate, incidents: list[PartialDate]
) -> None:
    flagged = rules.lies_before(happened, incidents)
    sure = bool(incidents) and all(happened.reach()[1] < incident.reach()[0] for incident in incidents)
    assert flagged is sure


def test_a_day_that_has_not_come_is_refused_and_names_its_field() -> None:
    with pytest.raises(InFuture) as refused:
        rules.refuse_future(PartialDate(2026, 11, 23), date(2026, 11, 22))
    assert refused.value.field == "happened"
    rules.refuse_future(PartialDate(2026), date(2026, 11, 22))


def test_the_recorder_is_not_the_verifier() -> None:
    one = uuid4()
    with pytest.raises(OwnRecord):
        rules.refuse_own(one, one)
    rules.refuse_own(one, uuid4())


@dataclass(frozen=True)
class Came:
    person_id: UUID
    first_on: date
    state: str


PEOPLE = [UUID(int=number) for number in range(3)]
outcomes = st.lists(st.builds(Came, st.sampled_from(PEOPLE), days, st.sampled_from([s.value for s in OutcomeState])))


@given(outcomes)
def test_each_person_counts_once_and_by_the_earliest_that_stands(all_of_them: list[Came]) -> None:
    counted = rules.counted_once(all_of_them)
    standing = [o for o in all_of_them if o.state != OutcomeState.WITHDRAWN]
    assert {o.person_id for o in counted} == {o.person_id for o in standing}
    assert len(counted) == len({o.person_id for o in counted})
    for chosen in counted:
        assert chosen.first_on == min(o.first_on for o in standing if o.person_id == chosen.person_id)
