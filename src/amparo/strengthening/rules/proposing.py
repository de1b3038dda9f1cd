"""What a case already shows about the practice items: an answer proposed, why, and where it comes from.

A proposal is never an answer: whoever observes the file confirms or overrules it. Where the case shows nothing,
nothing is proposed; that something is not on record does not mean that it was not done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from amparo.strengthening.words import Answer

EXAMINATION_DAYS: Final = 3
UNSENT_DAYS: Final = 14
RESULT_DAYS: Final = 120


class Why(StrEnum):
    OFFICER_MET = "officer_met"
    SCENE_ITEMS = "scene_items"
    STATEMENTS = "statements"
    EXAMINED = "examined"
    EXAMINED_LATE = "examined_late"
    KIT_SENT = "kit_sent"
    KIT_UNSENT = "kit_unsent"
    NO_KIT = "no_kit"
    RESULT = "result"
    NO_RESULT = "no_result"
    ALL_TOLD = "all_told"
    NOT_TOLD = "not_told"
    APART = "apart"
    SUPPORTED = "supported"
    SUPPORT_REFUSED = "support_refused"


class Room(StrEnum):
    """Where a proposal comes from, and where its page is."""

    OFFICIALS = "officials"
    EVIDENCE = "evidence"
    KITS = "kits"
    COURT = "court"


@dataclass(frozen=True, slots=True)
class KitFact:
    used_on: date
    sent_on: date | None = None
    result_on: date | None = None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the rooms of a case know, as far as this reader may see it; None: not seen, so that nothing is proposed.

    `told` and `not_told` count news of hearings that survivors wanted; `measures_apart` and `support` are special
    measures by their state.
    """

    today: date
    incident_on: date | None = None
    police_met_on: date | None = None
    scene_items: int | None = None
    statements: int | None = None
    witnesses: int | None = None
    kits: tuple[KitFact, ...] | None = None
    examined_on: date | None = None
    told: int | None = None
    not_told: int | None = None
    apart_on: date | None = None
    support_on: date | None = None
    support_refused_on: date | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """An answer that the case suggests. `count` and `on` go into the sentence that says why."""

    item: str
    answer: Answer
    why: Why
    room: Room
    on: date | None = None
    count: int = 0


def proposals(facts: CaseFacts) -> dict[str, Proposal]:
    """Everything that the facts suggest, by item."""
    found = (
        _contact(facts), _scene(facts), _witnesses(facts), _examined(facts), _kit(facts), _result(facts), _told(facts),
        _apart(facts), _support(facts),
    )  # fmt: skip
    return {one.item: one for one in found if one is not None}


def _contact(facts: CaseFacts) -> Proposal | None:
    if facts.police_met_on is None:
        return None
    return Proposal("contact_given", Answer.YES, Why.OFFICER_MET, Room.OFFICIALS, facts.police_met_on)


def _scene(facts: CaseFacts) -> Proposal | None:
    if not facts.scene_items:
        return None
    return Proposal("scene_visited", Answer.YES, Why.SCENE_ITEMS, Room.EVIDENCE, count=facts.scene_items)


def _witnesses(facts: CaseFacts) -> Proposal | None:
    """As many statements as witnesses suggest yes; fewer may lie elsewhere, so that nothing is proposed."""
    if not facts.statements or facts.witnesses is None or facts.statements < max(1, facts.witnesses):
        return None
    return Proposal("witnesses_heard", Answer.YES, Why.STATEMENTS, Room.EVIDENCE, count=facts.statements)


def _first_examined(facts: CaseFacts) -> date | None:
    days = [kit.used_on for kit in facts.kits or ()] + ([facts.examined_on] if facts.examined_on else [])
    return min(days, default=None)


def _examined(facts: CaseFacts) -> Proposal | None:
    on = _first_examined(facts)
    if on is None or facts.incident_on is None or on < facts.incident_on:
        return None
    passed = (on - facts.incident_on).days
    within = passed <= EXAMINATION_DAYS
    return Proposal(
        "examined_in_time",
        Answer.YES if within else Answer.NO,
        Why.EXAMINED if within else Why.EXAMINED_LATE,
        Room.KITS,
        on,
        passed,
    )


def _kit(facts: CaseFacts) -> Proposal | None:
    """Every used kit sent is yes; one that lies longer than it may is no; no kit at all: it does not apply."""
    if facts.kits is None:
        return None
    if not facts.kits:
        return Proposal("kit_sent", Answer.NA, Why.NO_KIT, Room.KITS) if facts.examined_on else None
    unsent = [kit for kit in facts.kits if kit.sent_on is None]
    if not unsent:
        return Proposal(
            "kit_sent", Answer.YES, Why.KIT_SENT, Room.KITS, max(k.sent_on for k in facts.kits if k.sent_on)
        )
    waits = max((facts.today - kit.used_on).days for kit in unsent)
    return Proposal("kit_sent", Answer.NO, Why.KIT_UNSENT, Room.KITS, count=waits) if waits > UNSENT_DAYS else None


def _result(facts: CaseFacts) -> Proposal | None:
    sent = [kit for kit in facts.kits or () if kit.sent_on is not None]
    if not sent:
        return None
    back = [kit.result_on for kit in sent if kit.result_on is not None]
    if len(back) == len(sent):
        return Proposal("result_returned", Answer.YES, Why.RESULT, Room.KITS, max(back))
    waits = max((facts.today - kit.sent_on).days for kit in sent if kit.result_on is None and kit.sent_on is not None)
    return (
        Proposal("result_returned", Answer.NO, Why.NO_RESULT, Room.KITS, count=waits) if waits > RESULT_DAYS else None
    )


def _told(facts: CaseFacts) -> Proposal | None:
    if facts.not_told:
        return Proposal("outcome_told", Answer.NO, Why.NOT_TOLD, Room.COURT, count=facts.not_told)
    if facts.told:
        return Proposal("outcome_told", Answer.YES, Why.ALL_TOLD, Room.COURT, count=facts.told)
    return None


def _apart(facts: CaseFacts) -> Proposal | None:
    return Proposal("no_contact", Answer.YES, Why.APART, Room.COURT, facts.apart_on) if facts.apart_on else None


def _support(facts: CaseFacts) -> Proposal | None:
    if facts.support_on is not None:
        return Proposal("support_person", Answer.YES, Why.SUPPORTED, Room.COURT, facts.support_on)
    if facts.support_refused_on is not None:
        return Proposal("support_person", Answer.NO, Why.SUPPORT_REFUSED, Room.COURT, facts.support_refused_on)
    return None
