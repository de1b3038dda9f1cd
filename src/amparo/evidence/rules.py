"""The chain of custody as a state machine: what may follow what, who holds the item, and where the chain breaks.

`refuse_impossible` says what can't be recorded. Everything else is recorded, and what does not fit together
opens a gap with a name: a chain has no gap that it does not name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from amparo.evidence.errors import (
    AlreadyAsked,
    AlreadyBegun,
    AlreadySealed,
    HasEnded,
    InFuture,
    IsOutside,
    IsPending,
    NoHold,
    NoSuchGap,
    NotAsked,
    NotBegun,
    NotForYou,
    NothingToCorrect,
    NotHolder,
    NotOfThisForm,
    NotPending,
    NotSealed,
    NotTheSecond,
    OnHold,
    OrderMissing,
    PartyMissing,
    ReasonMissing,
    SamePerson,
    SealMissing,
    SealUnread,
    SecondMissing,
    TooEarly,
    WaitsForSecond,
)
from amparo.evidence.words import CONFIRMED_AS, ENDED, Form, Gap, Kind, State
from amparo.kernel.errors import AppError

# From one hand to the other takes a walk; a longer time needs an explanation.
TOLERANCE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Party:
    """Who holds or gives an item: a colleague, or somebody outside."""

    account: UUID | None = None
    name: str = ""
    organisation: str = ""

    def is_same(self, other: Party | None) -> bool:
        """Two people of one organisation outside count as one hand: its own book tells them apart."""
        if other is None or self.account != other.account:
            return False
        if self.account is not None:
            return True
        if self.organisation or other.organisation:
            return self.organisation.casefold() == other.organisation.casefold()
        return self.name.casefold() == other.name.casefold()

    def __bool__(self) -> bool:
        return self.account is not None or bool(self.name or self.organisation)


@dataclass(frozen=True, slots=True)
class Step:
    """One custody event as the rules see it."""

    seq: int
    kind: Kind
    actor: UUID
    at: datetime
    from_: Party | None = None
    to: Party | None = None
    second: UUID | None = None
    given_at: datetime | None = None
    place: str = ""
    seal_before: str = ""
    seal_after: str = ""
    unbroken: bool | None = None
    order: str = ""
    reason: str = ""
    about_seq: int | None = None
    about_gap: Gap | None = None
    # She answers for two of whom neither may any more.
    stands_in: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """A gap, and the event by which it was explained."""

    seq: int
    kind: Gap
    since: datetime
    until: datetime
    explained_by: int | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """How an item stands after its events."""

    form: Form = Form.PHYSICAL
    begun: bool = False
    state: State = State.HELD
    holder: Party | None = None
    place: str = ""
    seal: str = ""
    pending: Step | None = None
    holds: int = 0
    asked: Step | None = None
    last_seq: int = 0
    last_at: datetime | None = None
    gaps: tuple[Break, ...] = ()

    @property
    def isolation_by(self) -> UUID | None:
        """Who asked that the file is isolated; stays when it is."""
        return self.asked.actor if self.asked is not None and self.asked.kind is Kind.ISOLATION_ASKED else None

    @property
    def waits_for(self) -> UUID | None:
        """The second person who must confirm an opening or a destruction."""
        return self.asked.second if self.asked is not None else None

    @property
    def open_gaps(self) -> tuple[Break, ...]:
        return tuple(gap for gap in self.gaps if gap.explained_by is None)


def seal_key(number: str) -> str:
    """A seal number without what people write differently: case, spaces and hyphens."""
    plain = unicodedata.normalize("NFKC", number).casefold()
    return "".join(char for char in plain if char.isalnum())


def settled(at: datetime, chain: Chain) -> datetime:
    """A time that was written down to the minute, put behind what happened earlier in that minute."""
    last = chain.last_at
    if last is not None and at < last and at >= last.replace(second=0, microsecond=0):
        return last
    return at


# ---- what each form of item knows --------------------------------------------------------------------------

_ANY = frozenset({Kind.CORRECTED, Kind.GAP_EXPLAINED, Kind.HOLD_PLACED, Kind.HOLD_LIFTED})
_HANDS = frozenset(
    {
        Kind.COLLECTED, Kind.SEALED, Kind.SEAL_CHECKED, Kind.HANDED_OVER, Kind.RECEIVED, Kind.REFUSED,
        Kind.TAKEN_BACK, Kind.OPENED, Kind.RE_SEALED, Kind.MOVED, Kind.PHOTOGRAPHED, Kind.COPIED,
        Kind.LAB_SUBMITTED, Kind.LAB_RETURNED, Kind.EXHIBITED, Kind.RETURNED, Kind.DESTROYED,
        Kind.OPENING_ASKED, Kind.DESTROYING_ASKED, Kind.NOT_CONFIRMED,
    }
)  # fmt: skip
_FILES = frozenset(
    {
        Kind.COLLECTED, Kind.COPIED, Kind.EXHIBITED, Kind.VIEWED, Kind.VERIFIED_HASH,
        Kind.ISOLATION_ASKED, Kind.ISOLATED,
    }
)  # fmt: skip
KINDS_OF: Mapping[Form, frozenset[Kind]] = {
    Form.PHYSICAL: _ANY | _HANDS,
    Form.FILE: _ANY | _FILES,
    Form.REFERENCE: frozenset(),
}
# What leaves the item where it is: recorded whenever it is seen, so its time orders nothing.
_BESIDE = _ANY | {Kind.VIEWED, Kind.VERIFIED_HASH, Kind.ISOLATION_ASKED, Kind.ISOLATED, Kind.NOT_CONFIRMED}
_BY_HOLDER = frozenset(
    {
        Kind.SEALED, Kind.HANDED_OVER, Kind.OPENING_ASKED, Kind.RE_SEALED, Kind.MOVED, Kind.LAB_SUBMITTED,
        Kind.RETURNED, Kind.DESTROYING_ASKED,
    }
)  # fmt: skip
_IN_TRANSIT = _BESIDE | {Kind.RECEIVED, Kind.REFUSED, Kind.TAKEN_BACK}
_WHILE_OUTSIDE = _BESIDE | {Kind.RECEIVED, Kind.LAB_RETURNED, Kind.EXHIBITED}
_WHILE_ASKED = _BESIDE | {Kind.OPENED, Kind.DESTROYED}
_NEW_SEAL = frozenset({Kind.SEALED, Kind.OPENING_ASKED, Kind.RE_SEALED})
_ARRIVALS = frozenset({Kind.RECEIVED, Kind.LAB_RETURNED})
_TWO_PEOPLE = frozenset({Kind.OPENING_ASKED, Kind.DESTROYING_ASKED})
_CONFIRMING = {confirmed: asked for asked, confirmed in CONFIRMED_AS.items()}
_WITH_REASON = frozenset({Kind.REFUSED, Kind.GAP_EXPLAINED, Kind.CORRECTED, Kind.RE_SEALED, Kind.NOT_CONFIRMED})


# ---- what can't be recorded --------------------------------------------------------------------------------


def refuse_impossible(chain: Chain, step: Step, now: datetime) -> None:
    """Raise the error that says why this event can't follow."""
    if step.kind not in KINDS_OF[chain.form]:
        raise NotOfThisForm
    _refuse_by_state(chain, step)
    _refuse_by_time(chain, step, now)
    _refuse_by_hand(chain, step)
    _refuse_by_seal(chain, step)
    _refuse_by_paper(chain, step)
    _refuse_by_record(chain, step)


def _refuse_by_state(chain: Chain, step: Step) -> None:
    if step.kind is Kind.COLLECTED:
        if chain.begun:
            raise AlreadyBegun
        return
    if not chain.begun:
        raise NotBegun
    if chain.state in ENDED and step.kind not in (Kind.CORRECTED, Kind.GAP_EXPLAINED):
        raise HasEnded
    if chain.waits_for is not None and step.kind not in _WHILE_ASKED:
        raise WaitsForSecond
    if chain.state is State.PENDING and step.kind not in _IN_TRANSIT:
        raise IsPending
    if chain.state is State.OUTSIDE and step.kind not in _WHILE_OUTSIDE:
        raise IsOutside
    if step.kind in (Kind.REFUSED, Kind.TAKEN_BACK) and chain.pending is None:
        raise NotPending


def _refuse_by_time(chain: Chain, step: Step, now: datetime) -> None:
    if step.at > now + timedelta(minutes=5):
        raise InFuture(field="at")
    if step.kind in _BESIDE:
        return
    if chain.last_at is not None and step.at < chain.last_at:
        raise TooEarly(field="at")
    if step.given_at is not None and step.given_at > step.at:
        raise InFuture(field="given_at")


def _refuse_by_hand(chain: Chain, step: Step) -> None:
    me = Party(step.actor)
    if step.kind in _BY_HOLDER and not me.is_same(chain.holder):
        raise NotHolder
    if chain.pending is not None:
        given_to = chain.pending.to
        if step.kind in (Kind.RECEIVED, Kind.REFUSED) and not me.is_same(given_to):
            raise NotForYou
        if step.kind is Kind.TAKEN_BACK and step.actor != chain.pending.actor:
            raise NotForYou
    elif step.kind is Kind.RECEIVED and not step.from_:
        raise PartyMissing(field="from_name")
    if step.kind in (Kind.HANDED_OVER, Kind.LAB_SUBMITTED, Kind.RETURNED):
        if not step.to:
            raise PartyMissing(field="to_name")
        if me.is_same(step.to):
            raise NotForYou
    if step.kind is Kind.LAB_RETURNED and chain.state is not State.OUTSIDE:
        raise NotPending


def _refuse_by_seal(chain: Chain, step: Step) -> None:
    if step.kind in _NEW_SEAL and not seal_key(step.seal_after):
        raise SealMissing(field="seal_after")
    if step.kind is Kind.SEALED and chain.seal:
        raise AlreadySealed
    if step.kind in (Kind.OPENING_ASKED, Kind.RE_SEALED, Kind.SEAL_CHECKED) and not chain.seal:
        raise NotSealed
    if step.kind in (Kind.OPENING_ASKED, Kind.SEAL_CHECKED) and not seal_key(step.seal_before):
        raise SealUnread(field="seal_before")
    if step.kind in _ARRIVALS and chain.seal and not seal_key(step.seal_before) and step.unbroken is not False:
        raise SealUnread(field="seal_before")


def _refuse_by_paper(chain: Chain, step: Step) -> None:
    if step.kind in _TWO_PEOPLE and (step.second is None or step.second == step.actor):
        raise SecondMissing(field="second_id")
    if step.kind is Kind.DESTROYING_ASKED and not step.order:
        raise OrderMissing(field="order")
    if step.kind in (Kind.DESTROYING_ASKED, Kind.DESTROYED, Kind.RETURNED) and chain.holds:
        raise OnHold
    if step.kind is Kind.HOLD_LIFTED and not chain.holds:
        raise NoHold
    if step.kind in _WITH_REASON and not step.reason:
        raise ReasonMissing(field="reason")


def _refuse_by_record(chain: Chain, step: Step) -> None:
    if step.kind is Kind.CORRECTED and not (step.about_seq and 1 <= step.about_seq <= chain.last_seq):
        raise NothingToCorrect(field="about_seq")
    if step.kind is Kind.GAP_EXPLAINED and not any(
        (gap.seq, gap.kind) == (step.about_seq, step.about_gap) for gap in chain.open_gaps
    ):
        raise NoSuchGap
    if step.kind is Kind.ISOLATION_ASKED and chain.asked is not None:
        raise AlreadyAsked
    if step.kind in _CONFIRMING:
        _refuse_unasked(chain.asked, step)
    if step.kind is Kind.NOT_CONFIRMED:
        _refuse_no_answer(chain.asked, step)


def _refuse_unasked(asked: Step | None, step: Step) -> None:
    """One design for all that two people do: the first asks, and the second confirms as herself."""
    if asked is None or asked.kind is not _CONFIRMING[step.kind]:
        raise NotAsked
    if asked.actor == step.actor:
        raise SamePerson
    if asked.second is not None and asked.second != step.actor:
        raise NotTheSecond


def _refuse_no_answer(asked: Step | None, step: Step) -> None:
    # A file that should never have been sent stays hidden: nobody takes that back.
    if asked is None or asked.second is None:
        raise NotAsked
    if step.actor not in (asked.actor, asked.second) and not step.stands_in:
        raise NotTheSecond


# ---- what follows ------------------------------------------------------------------------------------------


def chain_of(steps: Iterable[Step], form: Form = Form.PHYSICAL) -> Chain:
    """How an item stands after its events, in their order: holder, place, seal, state and every gap."""
    chain = Chain(form=form, state=State.ELSEWHERE if form is Form.REFERENCE else State.HELD)
    for step in steps:
        chain = after(chain, step)
    return chain


def after(chain: Chain, step: Step) -> Chain:
    """The chain after one more event."""
    changed = _NEXT.get(step.kind, _stays)(chain, step)
    gaps = (*changed.gaps, *_found(chain, step))
    last_at = chain.last_at if step.kind in _BESIDE else step.at
    return replace(changed, begun=True, gaps=gaps, last_seq=step.seq, last_at=last_at)


def _stays(chain: Chain, step: Step) -> Chain:
    return chain


def _collected(chain: Chain, step: Step) -> Chain:
    return replace(chain, holder=step.to or Party(step.actor), place=step.place, seal=step.seal_after)


def _sealed(chain: Chain, step: Step) -> Chain:
    return replace(chain, seal=step.seal_after)


def _asked(chain: Chain, step: Step) -> Chain:
    return replace(chain, asked=step)


def _answered(chain: Chain, step: Step) -> Chain:
    return replace(chain, asked=None)


def _opened(chain: Chain, step: Step) -> Chain:
    return replace(chain, seal=step.seal_after, asked=None)


def _moved(chain: Chain, step: Step) -> Chain:
    return replace(chain, place=step.place)


def _handed_over(chain: Chain, step: Step) -> Chain:
    if step.to is not None and step.to.account is None:
        return _gone_outside(chain, step)
    return replace(chain, state=State.PENDING, pending=step)


def _gone_outside(chain: Chain, step: Step) -> Chain:
    return replace(chain, state=State.OUTSIDE, holder=step.to, place=step.place)


def _received(chain: Chain, step: Step) -> Chain:
    # The seal that was read counts from here on: where it is another one, the chain has named the break.
    seal = step.seal_before or chain.seal
    return replace(chain, state=State.HELD, holder=Party(step.actor), place=step.place, seal=seal, pending=None)


def _back_with_giver(chain: Chain, step: Step) -> Chain:
    return replace(chain, state=State.HELD, pending=None)


def _seal_read(chain: Chain, step: Step) -> Chain:
    return replace(chain, seal=step.seal_before or chain.seal)


def _returned(chain: Chain, step: Step) -> Chain:
    return replace(chain, state=State.RETURNED, holder=step.to, place="")


def _destroyed(chain: Chain, step: Step) -> Chain:
    return replace(chain, state=State.DESTROYED, holder=None, place="", asked=None)


def _explained(chain: Chain, step: Step) -> Chain:
    gaps = tuple(
        replace(gap, explained_by=step.seq)
        if (gap.seq, gap.kind) == (step.about_seq, step.about_gap) and gap.explained_by is None
        else gap
        for gap in chain.gaps
    )
    return replace(chain, gaps=gaps)


_NEXT: Mapping[Kind, Callable[[Chain, Step], Chain]] = {
    Kind.COLLECTED: _collected,
    Kind.SEALED: _sealed,
    Kind.RE_SEALED: _sealed,
    Kind.OPENED: _opened,
    Kind.MOVED: _moved,
    Kind.HANDED_OVER: _handed_over,
    Kind.LAB_SUBMITTED: _gone_outside,
    Kind.RECEIVED: _received,
    Kind.LAB_RETURNED: _received,
    Kind.REFUSED: _back_with_giver,
    Kind.TAKEN_BACK: _back_with_giver,
    Kind.SEAL_CHECKED: _seal_read,
    Kind.RETURNED: _returned,
    Kind.DESTROYED: _destroyed,
    Kind.GAP_EXPLAINED: _explained,
    Kind.HOLD_PLACED: lambda chain, step: replace(chain, holds=chain.holds + 1),
    Kind.HOLD_LIFTED: lambda chain, step: replace(chain, holds=max(0, chain.holds - 1)),
    Kind.ISOLATION_ASKED: _asked,
    Kind.OPENING_ASKED: _asked,
    Kind.DESTROYING_ASKED: _asked,
    Kind.NOT_CONFIRMED: _answered,
    Kind.ISOLATED: lambda chain, step: replace(chain, state=State.ISOLATED),
}


def _found(chain: Chain, step: Step) -> list[Break]:
    """The gaps that an event lays bare."""
    found = []
    if step.kind in _ARRIVALS:
        giver = step.from_ or chain.holder
        if giver is not None and not giver.is_same(chain.holder):
            found.append(Break(step.seq, Gap.HOLDER, chain.last_at or step.at, step.at))
        given = step.given_at or (chain.pending.at if chain.pending else step.at)
        if step.at - given > TOLERANCE:
            found.append(Break(step.seq, Gap.TIME, given, step.at))
    if _seal_differs(chain, step):
        found.append(Break(step.seq, Gap.SEAL, chain.last_at or step.at, step.at))
    return found


def _seal_differs(chain: Chain, step: Step) -> bool:
    if step.kind is Kind.OPENED and chain.asked is not None:
        # The seal was read when it was opened, and named then.
        return False
    if step.unbroken is False:
        return True
    return bool(step.seal_before) and seal_key(step.seal_before) != seal_key(chain.seal)


# ---- what could be done now --------------------------------------------------------------------------------


def why_not(chain: Chain, kind: Kind, actor: UUID, now: datetime) -> AppError | None:
    """Why an act is impossible as the item stands, whatever would be written down; None where it is possible."""
    someone = Party(name="-", organisation="-")
    step = Step(
        seq=chain.last_seq + 1,
        kind=kind,
        actor=actor,
        at=max(now, chain.last_at) if chain.last_at else now,
        from_=someone,
        to=someone,
        second=UUID(int=actor.int ^ 1),
        seal_before="-1",
        seal_after="-1",
        order="-",
        reason="-",
        about_seq=chain.last_seq,
    )
    try:
        refuse_impossible(chain, step, max(now, step.at))
    except AppError as error:
        return error
    return None
