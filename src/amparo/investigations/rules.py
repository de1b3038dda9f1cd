"""What may follow what: leads, a suspect's dated status, outcomes and who verifies them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from amparo.investigations.errors import (
    AfterDeath,
    InFuture,
    LeadIsClosed,
    LeadIsOpen,
    NotProvisional,
    OnlyByVerdict,
    OwnRecord,
)
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

# ---- leads -------------------------------------------------------------------------------------------------


def next_lead_state(state: LeadState, event: LeadEvent) -> LeadState:
    """The state of a lead after an event. Raises LeadIsClosed, LeadIsOpen."""
    match state, event:
        case LeadState.OPEN, LeadEvent.CHANGE:
            return LeadState.OPEN
        case LeadState.OPEN, LeadEvent.CLOSE:
            return LeadState.CLOSED
        case LeadState.CLOSED, LeadEvent.REOPEN:
            return LeadState.OPEN
        case LeadState.OPEN, LeadEvent.REOPEN:
            raise LeadIsOpen
        case _:
            raise LeadIsClosed


# ---- suspects ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StatusEvent:
    status: Status
    happened: PartialDate


def refuse_unfounded(status: Status, source: Source, verdict: UUID | None) -> None:
    """Refuse a conviction or acquittal that no verdict stands behind. Raises OnlyByVerdict."""
    if status in ONLY_BY_VERDICT and verdict is None:
        raise OnlyByVerdict(field="status")
    if source is Source.VERDICT and verdict is None:
        raise OnlyByVerdict(field="source")


def refuse_after_death(new: StatusEvent, known: Iterable[StatusEvent]) -> None:
    """Refuse what surely lies after a recorded death, but for a verdict. Raises AfterDeath."""
    if new.status in ONLY_BY_VERDICT:
        return
    for event in known:
        if event.status is Status.DECEASED and event.happened.is_before(new.happened):
            raise AfterDeath(field="happened")


def standing(events: Sequence[StatusEvent]) -> Status | None:
    """How a suspect stands now: the latest event by date, and of one day the one that was written last."""
    latest: StatusEvent | None = None
    for event in events:
        if latest is None or event.happened.latest() >= latest.happened.latest():
            latest = event
    return latest.status if latest else None


def lies_before(happened: PartialDate, incidents: Iterable[PartialDate]) -> bool:
    """Whether a date surely lies before every known incident: a reason to look again, not to refuse."""
    known = list(incidents)
    return bool(known) and all(happened.is_before(incident) is True for incident in known)


def refuse_future(happened: PartialDate, today: date, *, field: str = "happened") -> None:
    """Raises InFuture where all of the stated period is still to come."""
    if happened.earliest() > today:
        raise InFuture(field=field)


# ---- relief and restraint ----------------------------------------------------------------------------------


def next_outcome_state(state: OutcomeState, event: OutcomeEvent) -> OutcomeState:
    """The state of a relief or restraint after an event. Raises NotProvisional."""
    match state, event:
        case OutcomeState.PROVISIONAL, OutcomeEvent.VERIFY:
            return OutcomeState.VERIFIED
        case OutcomeState.PROVISIONAL | OutcomeState.VERIFIED, OutcomeEvent.WITHDRAW:
            return OutcomeState.WITHDRAWN
        case _:
            raise NotProvisional


def refuse_own(recorder: UUID, verifier: UUID) -> None:
    """Two people stand behind every number that is reported. Raises OwnRecord."""
    if recorder == verifier:
        raise OwnRecord


class Counted(Protocol):
    @property
    def person_id(self) -> UUID: ...
    @property
    def first_on(self) -> date: ...
    @property
    def state(self) -> str: ...


C = TypeVar("C", bound=Counted)


def counted_once(outcomes: Iterable[C]) -> list[C]:
    """Of each person the earliest outcome that stands: a person counts once, however often relief came."""
    first: dict[Hashable, C] = {}
    for outcome in outcomes:
        if outcome.state == OutcomeState.WITHDRAWN:
            continue
        known = first.get(outcome.person_id)
        if known is None or outcome.first_on < known.first_on:
            first[outcome.person_id] = outcome
    return sorted(first.values(), key=lambda outcome: outcome.first_on)
