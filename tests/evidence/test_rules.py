from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.evidence import rules
from amparo.evidence.errors import (
    AlreadySealed,
    HasEnded,
    InFuture,
    IsOutside,
    NoSuchGap,
    NotBegun,
    NotOfThisForm,
    SealUnread,
    TooEarly,
)
from amparo.evidence.rules import Chain, Party, Step
from amparo.evidence.words import Form, Gap, Kind, State
from amparo.kernel.errors import AppError

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=90)
ANNA, BEN, CLEO = (UUID(int=number) for number in (1, 2, 3))
LAB = Party(name="Analyst 14", organisation="Laboratory")
PEOPLE = [Party(ANNA), Party(BEN), Party(CLEO), LAB, Party(name="A courier")]


def a_chain(*steps: Step, form: Form = Form.PHYSICAL) -> Chain:
    return rules.chain_of(steps, form)


def collected(seal: str = "") -> Step:
    return Step(1, Kind.COLLECTED, ANNA, NOON, to=Party(ANNA), place="Shelf", seal_after=seal)


def test_nothing_happens_to_what_was_not_collected() -> None:
    with pytest.raises(NotBegun):
        rules.refuse_impossible(Chain(), Step(1, Kind.MOVED, ANNA, NOON), LATER)


def test_nothing_follows_a_return() -> None:
    chain = a_chain(collected(), Step(2, Kind.RETURNED, ANNA, NOON, to=LAB))
    with pytest.raises(HasEnded):
        rules.refuse_impossible(chain, Step(3, Kind.MOVED, ANNA, NOON), LATER)


def test_what_is_outside_is_not_moved_here() -> None:
    chain = a_chain(collected(), Step(2, Kind.LAB_SUBMITTED, ANNA, NOON, to=LAB))
    assert chain.state is State.OUTSIDE
    with pytest.raises(IsOutside):
        rules.refuse_impossible(chain, Step(3, Kind.PHOTOGRAPHED, ANNA, NOON), LATER)


def test_an_event_lies_neither_ahead_nor_before_the_last_one() -> None:
    chain = a_chain(collected())
    with pytest.raises(TooEarly):
        rules.refuse_impossible(chain, Step(2, Kind.MOVED, ANNA, NOON - timedelta(minutes=1)), LATER)
    with pytest.raises(InFuture):
        rules.refuse_impossible(chain, Step(2, Kind.MOVED, ANNA, LATER + timedelta(hours=1)), LATER)


def test_a_time_to_the_minute_is_put_behind_what_happened_in_that_minute() -> None:
    chain = a_chain(replace(collected(), at=NOON + timedelta(seconds=40)))
    assert rules.settled(NOON, chain) == NOON + timedelta(seconds=40)
    assert rules.settled(NOON - timedelta(minutes=1), chain) == NOON - timedelta(minutes=1)


def test_a_sealed_item_is_received_only_with_its_seal_read() -> None:
    chain = a_chain(collected("B 1"), Step(2, Kind.HANDED_OVER, ANNA, NOON, to=Party(BEN)))
    with pytest.raises(SealUnread):
        rules.refuse_impossible(chain, Step(3, Kind.RECEIVED, BEN, NOON), LATER)


def test_a_seal_that_is_gone_opens_a_gap() -> None:
    chain = a_chain(collected("B 1"), Step(2, Kind.HANDED_OVER, ANNA, NOON, to=Party(BEN)))
    step = Step(3, Kind.RECEIVED, BEN, NOON, unbroken=False)
    rules.refuse_impossible(chain, step, LATER)
    assert [gap.kind for gap in rules.after(chain, step).gaps] == [Gap.SEAL]


def test_a_second_seal_is_not_put_over_a_whole_one() -> None:
    with pytest.raises(AlreadySealed):
        rules.refuse_impossible(a_chain(collected("B 1")), Step(2, Kind.SEALED, ANNA, NOON, seal_after="B 2"), LATER)


def test_a_file_has_no_hands_and_an_object_no_fingerprint() -> None:
    with pytest.raises(NotOfThisForm):
        rules.refuse_impossible(a_chain(collected(), form=Form.FILE), Step(2, Kind.MOVED, ANNA, NOON), LATER)
    with pytest.raises(NotOfThisForm):
        rules.refuse_impossible(a_chain(collected()), Step(2, Kind.VERIFIED_HASH, ANNA, NOON), LATER)


def test_only_a_gap_that_is_there_is_explained() -> None:
    step = Step(2, Kind.GAP_EXPLAINED, ANNA, NOON, about_seq=1, about_gap=Gap.TIME, reason="Because")
    with pytest.raises(NoSuchGap):
        rules.refuse_impossible(a_chain(collected()), step, LATER)


@pytest.mark.parametrize("written", ["B 40 112", "b-40112", "B40112", "Ｂ 40 112"])
def test_seal_numbers_are_compared_without_what_people_write_differently(written: str) -> None:
    assert rules.seal_key(written) == "b40112"


parties = st.sampled_from(PEOPLE)
accounts = st.sampled_from([ANNA, BEN, CLEO])
seals = st.sampled_from(["", "B 1", "B 2", "B 3"])


@st.composite
def steps(draw: st.DrawFn) -> Step:
    return Step(
        seq=0,
        kind=draw(st.sampled_from(Kind)),
        actor=draw(accounts),
        at=NOON + timedelta(minutes=draw(st.integers(0, 5000))),
        from_=draw(st.none() | parties),
        to=draw(st.none() | parties),
        second=draw(st.none() | accounts),
        given_at=draw(st.none() | st.integers(0, 5000).map(lambda late: NOON + timedelta(minutes=late))),
        place="Shelf",
        seal_before=draw(seals),
        seal_after=draw(seals),
        unbroken=draw(st.none() | st.booleans()),
        order=draw(st.sampled_from(["", "Order 7"])),
        reason="Because",
        about_seq=draw(st.none() | st.integers(1, 12)),
        about_gap=draw(st.none() | st.sampled_from(Gap)),
    )


def accepted(wanted: list[Step]) -> list[Step]:
    """Of any steps those that the rules let happen, one after the other."""
    chain, found = Chain(), []
    for step in [replace(collected(), seal_after="B 1"), *wanted]:
        numbered = replace(step, seq=chain.last_seq + 1)
        try:
            rules.refuse_impossible(chain, numbered, LATER)
        except AppError:
            continue
        chain = rules.after(chain, numbered)
        found.append(numbered)
    return found


def holder_after(step: Step, holder: Party | None) -> Party | None:
    if step.kind is Kind.COLLECTED:
        return step.to or Party(step.actor)
    if step.kind in (Kind.RECEIVED, Kind.LAB_RETURNED):
        return Party(step.actor)
    outside = step.kind is Kind.HANDED_OVER and step.to and step.to.account is None
    return step.to if outside or step.kind in (Kind.LAB_SUBMITTED, Kind.RETURNED) else holder


def seal_after(step: Step, seal: str) -> str:
    if step.kind in (Kind.RECEIVED, Kind.LAB_RETURNED, Kind.SEAL_CHECKED):
        return step.seal_before or seal
    return step.seal_after if step.kind in (Kind.COLLECTED, Kind.SEALED, Kind.RE_SEALED, Kind.OPENED) else seal


@given(st.lists(steps(), max_size=14))
def test_any_accepted_chain_is_whole_or_names_each_gap(wanted: list[Step]) -> None:
    """Walk the chain anew, with nothing but who gave, who got, when, and which seal was read."""
    taken = accepted(wanted)
    named = {(gap.seq, gap.kind) for gap in rules.chain_of(taken).gaps}
    holder: Party | None = None
    given: datetime | None = None
    seal = ""
    for step in taken:
        if step.kind is Kind.HANDED_OVER and step.to and step.to.account:
            given = step.at
        elif step.kind in (Kind.REFUSED, Kind.TAKEN_BACK):
            given = None
        if step.kind in (Kind.RECEIVED, Kind.LAB_RETURNED):
            if step.from_ is not None and not step.from_.is_same(holder):
                assert (step.seq, Gap.HOLDER) in named
            left = step.given_at or given or step.at
            if step.at - left > rules.TOLERANCE:
                assert (step.seq, Gap.TIME) in named
            given = None
        if step.seal_before and rules.seal_key(step.seal_before) != rules.seal_key(seal):
            assert (step.seq, Gap.SEAL) in named
        seal = seal_after(step, seal)
        holder = holder_after(step, holder)


@given(st.lists(steps(), max_size=14))
def test_an_explained_gap_never_goes_away(wanted: list[Step]) -> None:
    taken = accepted(wanted)
    seen: set[tuple[int, Gap]] = set()
    for count in range(1, len(taken) + 1):
        now = {(gap.seq, gap.kind) for gap in rules.chain_of(taken[:count]).gaps}
        assert seen <= now
        seen = now


@given(st.lists(steps(), max_size=14))
def test_a_pending_item_is_with_who_gave_it(wanted: list[Step]) -> None:
    chain = rules.chain_of(accepted(wanted))
    assert (chain.state is State.PENDING) == (chain.pending is not None)
    if chain.pending is not None:
        assert Party(chain.pending.actor).is_same(chain.holder)
