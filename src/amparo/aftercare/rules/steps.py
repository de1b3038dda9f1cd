"""From which state to which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from amparo.aftercare.errors import WrongStep
from amparo.aftercare.words import CareState, Decision, SafetyState, ServiceState

SAFETY_STEPS: Final[Mapping[str, frozenset[str]]] = {
    SafetyState.DRAFT: frozenset({SafetyState.AGREED, SafetyState.RETIRED}),
    SafetyState.AGREED: frozenset({SafetyState.REVIEWED, SafetyState.RETIRED}),
    SafetyState.REVIEWED: frozenset({SafetyState.REVIEWED, SafetyState.RETIRED}),
    SafetyState.RETIRED: frozenset(),
}
CARE_STEPS: Final[Mapping[str, frozenset[str]]] = {
    CareState.DRAFT: frozenset({CareState.AGREED, CareState.ENDED}),
    CareState.AGREED: frozenset({CareState.APPROVED, CareState.DRAFT, CareState.ENDED}),
    CareState.APPROVED: frozenset({CareState.REVIEWED, CareState.ENDED}),
    CareState.REVIEWED: frozenset({CareState.REVIEWED, CareState.ENDED}),
    CareState.ENDED: frozenset(),
}
SERVICE_STEPS: Final[Mapping[str, frozenset[str]]] = {
    ServiceState.PLANNED: frozenset(
        {ServiceState.OFFERED, ServiceState.CONSENTED, ServiceState.DECLINED, ServiceState.UNAVAILABLE}
    ),
    ServiceState.OFFERED: frozenset({ServiceState.CONSENTED, ServiceState.DECLINED, ServiceState.UNAVAILABLE}),
    ServiceState.CONSENTED: frozenset({ServiceState.DELIVERED, ServiceState.DECLINED, ServiceState.UNAVAILABLE}),
    ServiceState.DELIVERED: frozenset(),
    ServiceState.DECLINED: frozenset(),
    ServiceState.UNAVAILABLE: frozenset(),
}
OPEN_SERVICES: Final = frozenset(str(state) for state, after in SERVICE_STEPS.items() if after)


def check_step(steps: Mapping[str, frozenset[str]], now: str, to: str) -> None:
    """Raise WrongStep where one state may not follow the other."""
    if to not in steps[now]:
        raise WrongStep


def track_state(decisions: Sequence[Decision | None]) -> str:
    """The restoration track of a case, from the latest decision on each of its survivors."""
    if decisions and all(decision is Decision.RESTORED for decision in decisions):
        return "restored"
    if decisions and all(decision in (Decision.RESTORED, Decision.MONITORING) for decision in decisions):
        return "monitoring"
    return "active"
