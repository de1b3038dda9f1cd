from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from amparo.evidence.words import State as ItemState
from amparo.kernel.errors import AppError
from amparo.kits.errors import (
    CantFollow,
    DayMissing,
    DayNotLater,
    MustBeKept,
    NotInHand,
    NotOutside,
    NotReported,
    PaperMissing,
    SealUnread,
    SecondMissing,
    TooEarly,
    WhoMissing,
)
from amparo.kits.rules import path
from amparo.kits.rules.path import Held, Stand, Step
from amparo.kits.words import ENDED, Kind, State, Touch

ME, OTHER, LAB = UUID(int=1), UUID(int=2), UUID(int=3)
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def step(kind: Kind, at: datetime = START, **more: object) -> Step:
    """A step with everything that its kind needs."""
    values: dict[str, object] = {
        "who": "Somebody",
        "place": "Somewhere",
        "paper": "Order 1",
        "second": OTHER,
        "laboratory": LAB if kind is Kind.SEND else None,
        "until": at.date() + timedelta(days=9) if kind in (Kind.PROLONG, Kind.RETAIN) else None,
    }
    return Step(kind, ME, at, at.date(), **(values | more))  # type: ignore[arg-type]


def checked(stand: Stand, one: Step) -> Stand:
    path.refuse_impossible(stand, one, one.at, one.day)
    return path.after(stand, one)


def walked(*kinds: Kind, reported: bool = True) -> Stand:
    stand = checked(Stand(), step(Kind.USE, reported=reported, until=None if reported else date(2026, 5, 1)))
    for kind in kinds:
        stand = checked(stand, step(kind))
    return stand


def test_a_kit_goes_the_whole_way() -> None:
    stand = walked(
        Kind.PICK_UP, Kind.STORE, Kind.SEND, Kind.ARRIVE, Kind.BEGIN, Kind.COMPLETE, Kind.RETURN, Kind.RETAIN
    )
    assert (stand.state, stand.seq, stand.laboratory) == (State.RETAINED, 9, LAB)
    with pytest.raises(MustBeKept):
        checked(stand, step(Kind.DESTROY))
    late = datetime(2026, 4, 1, tzinfo=UTC)
    assert checked(stand, step(Kind.DESTROY, late)).state is State.DESTROYED


@pytest.mark.parametrize("kind", [Kind.PICK_UP, Kind.STORE, Kind.SEND])
def test_an_unreported_kit_waits_for_her(kind: Kind) -> None:
    held = walked(reported=False)
    assert (held.state, held.until) == (State.HELD, date(2026, 5, 1))
    with pytest.raises(NotReported):
        checked(held, step(kind))
    decided = checked(held, step(Kind.REPORT))
    assert (decided.state, decided.until, decided.reported_on) == (State.REPORTED, None, START.date())


def test_an_unreported_kit_is_not_destroyed_before_its_day_but_is_hers_at_any_time() -> None:
    held = walked(reported=False)
    with pytest.raises(MustBeKept):
        checked(held, step(Kind.DESTROY))
    assert checked(held, step(Kind.RELEASE)).state is State.RELEASED


def test_a_keeping_is_made_longer_and_never_shorter() -> None:
    held = walked(reported=False)
    with pytest.raises(DayNotLater):
        checked(held, step(Kind.PROLONG, until=date(2026, 4, 1)))
    assert checked(held, step(Kind.PROLONG, until=date(2027, 4, 1))).until == date(2027, 4, 1)
    kept = walked(Kind.PICK_UP, Kind.RETAIN)
    with pytest.raises(DayNotLater):
        checked(kept, step(Kind.RETAIN, until=kept.until))


@pytest.mark.parametrize(
    ("one", "error", "field"),
    [
        (step(Kind.PICK_UP, who=""), WhoMissing, "who"),
        (step(Kind.PICK_UP, START - timedelta(minutes=1)), TooEarly, "at"),
        (step(Kind.ARRIVE), CantFollow, ""),
        (step(Kind.USE), CantFollow, ""),
    ],
)
def test_what_is_missing_is_named(one: Step, error: type[AppError], field: str) -> None:
    with pytest.raises(error) as refused:
        path.refuse_impossible(walked(), one, START, START.date())
    assert str(refused.value.fields.get("field", "")) == field


@pytest.mark.parametrize(
    ("more", "error"),
    [({"paper": ""}, PaperMissing), ({"second": None}, SecondMissing), ({"second": ME}, SecondMissing)],
)
def test_nothing_is_destroyed_without_an_order_and_two_people(more: dict[str, object], error: type[AppError]) -> None:
    kept = walked(Kind.PICK_UP, Kind.RETAIN)
    with pytest.raises(error):
        checked(kept, step(Kind.DESTROY, START + timedelta(days=30), **more))


def test_a_keeping_needs_its_day() -> None:
    with pytest.raises(DayMissing):
        checked(walked(Kind.PICK_UP), step(Kind.RETAIN, until=None))


# ---- with the chain of custody ---------------------------------------------------------------------------------

HERE = Held(ItemState.HELD, mine=True, seal="A 1")
GONE = Held(ItemState.OUTSIDE, mine=False, seal="A 1")


def test_one_act_does_both_where_it_changes_hands() -> None:
    assert path.touch_of(Kind.PICK_UP, HERE) is Touch.GIVE
    assert path.touch_of(Kind.SEND, HERE) is Touch.TO_LABORATORY
    assert path.touch_of(Kind.RETURN, GONE, comes_here=True) is Touch.COME_BACK
    assert path.touch_of(Kind.DESTROY, HERE) is Touch.DESTROY


def test_what_happens_outside_adds_nothing_to_our_chain() -> None:
    for kind in (Kind.PICK_UP, Kind.STORE, Kind.SEND, Kind.ARRIVE, Kind.BEGIN, Kind.COMPLETE, Kind.RETURN):
        assert path.touch_of(kind, GONE) is Touch.NOTHING


def test_what_would_contradict_the_chain_is_refused() -> None:
    with pytest.raises(NotInHand):
        path.touch_of(Kind.PICK_UP, Held(ItemState.HELD, mine=False))
    with pytest.raises(NotOutside):
        path.touch_of(Kind.ARRIVE, HERE)


def test_a_seal_is_read_wherever_a_sealed_kit_changes_hands() -> None:
    for kind in path.SEAL_IS_READ:
        with pytest.raises(SealUnread):
            path.refuse_unread(kind, Touch.GIVE, HERE, " - ")
    path.refuse_unread(Kind.PICK_UP, Touch.GIVE, Held(ItemState.HELD, mine=True), "")
    assert path.seal_differs("A 1", "a-2")
    assert not path.seal_differs("A 1", "a1")


@given(
    kind=st.sampled_from([kind for kind in Kind if kind is not Kind.USE]),
    state=st.sampled_from(list(ItemState)),
    mine=st.booleans(),
    here=st.booleans(),
)
def test_whatever_is_not_refused_leaves_kit_and_chain_in_agreement(
    kind: Kind, state: ItemState, mine: bool, here: bool
) -> None:
    before = {State.HELD} if kind in (Kind.REPORT, Kind.PROLONG) else path.FROM[kind]
    if not any(state in path.AGREES[one] for one in before):
        return
    try:
        touch = path.touch_of(kind, Held(state, mine=mine), comes_here=here)
    except AppError:
        return
    item = _ITEM_AFTER.get(touch, state)
    assert not path.contradicts(path.TO[kind], item) or _was_apart(kind, state)


_ITEM_AFTER = {
    Touch.GIVE: ItemState.OUTSIDE,
    Touch.TO_LABORATORY: ItemState.OUTSIDE,
    Touch.COME_BACK: ItemState.HELD,
    Touch.DESTROY: ItemState.DESTROYED,
    Touch.RETURN: ItemState.RETURNED,
}


def _was_apart(kind: Kind, state: ItemState) -> bool:
    """Where kit and chain told two stories before, a step that moves nothing does not join them."""
    return all(path.contradicts(one, state) for one in path.FROM[kind]) or kind in (Kind.REPORT, Kind.PROLONG)


# ---- any story -------------------------------------------------------------------------------------------------


class Paths(RuleBasedStateMachine):
    """Anybody tries anything at any time: what is not refused keeps the path in order."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[Step] = []
        self.stand = Stand()
        self.now = START

    @initialize(reported=st.booleans())
    def use(self, reported: bool) -> None:
        self._try(step(Kind.USE, self.now, reported=reported, until=None if reported else date(2027, 1, 1)))
        assert self.stand.state in (State.REPORTED, State.HELD)

    def _try(self, one: Step) -> bool:
        try:
            path.refuse_impossible(self.stand, one, self.now, self.now.date())
        except AppError:
            return False
        self.stand = path.after(self.stand, one)
        self.steps.append(one)
        return True

    @rule(days=st.integers(0, 500))
    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(kind=st.sampled_from(list(Kind)), back=st.integers(0, 3), keep=st.integers(-5, 900))
    def try_step(self, kind: Kind, back: int, keep: int) -> None:
        before = self.stand
        at = self.now - timedelta(days=back)
        done = self._try(step(kind, at, until=at.date() + timedelta(days=keep)))
        assert done == (self.stand is not before)
        if done and kind in (Kind.PICK_UP, Kind.SEND):
            assert self.stand.reported_on is not None
        if done and kind is Kind.DESTROY and before.until is not None:
            assert at.date() > before.until

    @precondition(lambda self: self.stand.state in ENDED)
    @rule(kind=st.sampled_from(list(Kind)))
    def nothing_follows_the_end(self, kind: Kind) -> None:
        assert not self._try(step(kind, self.now))

    @invariant()
    def the_stand_is_what_its_steps_make(self) -> None:
        assert path.stand_of(self.steps) == self.stand
        assert self.stand.seq == len(self.steps)

    @invariant()
    def time_goes_forward(self) -> None:
        times = [one.at for one in self.steps]
        assert times == sorted(times)

    @invariant()
    def what_is_offered_can_be_done(self) -> None:
        for kind in path.possible(self.stand):
            path.refuse_order(self.stand, kind)
        if self.stand.state in ENDED:
            assert path.possible(self.stand) == ()


TestPaths = Paths.TestCase
TestPaths.settings = settings(max_examples=60, stateful_step_count=25)
