"""A request to a laboratory: drafted, submitted, received, in analysis, and reported or rejected."""

from __future__ import annotations

from collections.abc import Mapping

from amparo.kits.errors import ForbiddenAsk
from amparo.kits.words import Ask, RequestState

_NEXT: Mapping[tuple[RequestState, Ask], RequestState] = {
    (RequestState.DRAFTED, Ask.SUBMIT): RequestState.SUBMITTED,
    (RequestState.SUBMITTED, Ask.RECEIVE): RequestState.RECEIVED,
    (RequestState.RECEIVED, Ask.BEGIN): RequestState.IN_ANALYSIS,
    (RequestState.SUBMITTED, Ask.REJECT): RequestState.REJECTED,
    (RequestState.RECEIVED, Ask.REJECT): RequestState.REJECTED,
    (RequestState.IN_ANALYSIS, Ask.REJECT): RequestState.REJECTED,
    (RequestState.DRAFTED, Ask.REJECT): RequestState.REJECTED,
    # A laboratory that tells nothing in between sends its report all the same.
    (RequestState.SUBMITTED, Ask.REPORT): RequestState.REPORTED,
    (RequestState.RECEIVED, Ask.REPORT): RequestState.REPORTED,
    (RequestState.IN_ANALYSIS, Ask.REPORT): RequestState.REPORTED,
    # Further reports may come.
    (RequestState.REPORTED, Ask.REPORT): RequestState.REPORTED,
}


def next_state(state: RequestState, ask: Ask) -> RequestState:
    """The state after something happened to a request. Raises ForbiddenAsk."""
    found = _NEXT.get((state, ask))
    if found is None:
        raise ForbiddenAsk
    return found


def possible(state: RequestState) -> tuple[Ask, ...]:
    """What can happen to a request next."""
    return tuple(ask for ask in Ask if (state, ask) in _NEXT)
