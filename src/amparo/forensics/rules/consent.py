"""Whether something was agreed to, and by whom it can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from amparo.forensics.errors import (
    CaregiverMissing,
    CoercionUnsaid,
    ConsentMissing,
    ProxyReasonMissing,
    RecipientMissing,
    WitnessMissing,
)
from amparo.forensics.words import RELEASE_ITEMS, Answer, Item

# Below these ages a child can't decide alone. Source: Caring for Child Survivors (IRC, UNICEF); laws differ.
ALONE_FROM = 15


@dataclass(frozen=True, slots=True)
class Asked:
    """One answer to one item; later ones count."""

    item: Item
    answer: Answer
    seq: int


def standing(asked: Iterable[Asked]) -> dict[Item, Answer]:
    """The answer that counts for each item that was asked about: its last one."""
    found: dict[Item, Asked] = {}
    for one in asked:
        if one.item not in found or found[one.item].seq < one.seq:
            found[one.item] = one
    return {item: one.answer for item, one in found.items()}


def allows(answers: Mapping[Item, Answer], needs: Sequence[Item]) -> bool:
    """Whether something may be kept in a part: it needs nothing, or one of its consents lives."""
    return not needs or any(answers.get(item) is Answer.GIVEN for item in needs)


def is_refused(answers: Mapping[Item, Answer], needs: Sequence[Item]) -> bool:
    """Whether all consents of a part were asked for, and none lives."""
    return bool(needs) and all(answers.get(item) in (Answer.REFUSED, Answer.WITHDRAWN) for item in needs)


def require(answers: Mapping[Item, Answer], needs: Sequence[Item]) -> None:
    """Raise ConsentMissing where nothing may be kept."""
    if not allows(answers, needs):
        raise ConsentMissing


def photo_item(*, genital: bool) -> Item:
    return Item.PHOTOGRAPHS_GENITAL if genital else Item.PHOTOGRAPHS


def may_decide_alone(age: int | None) -> bool:
    """Whether somebody of this age decides by herself; where it is not known, she is taken at her word."""
    return age is None or age >= ALONE_FROM


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Who decided, and how."""

    giver: str
    capacity: str
    proxy: str
    method: str
    witness: str
    freely: bool


def check_circumstances(told: Circumstances, age: int | None) -> None:
    """Raise what is missing in how a consent was given."""
    if not told.freely:
        raise CoercionUnsaid(field="freely")
    if told.giver == "self" and (not may_decide_alone(age) or told.capacity == "unable_now"):
        raise CaregiverMissing(field="giver")
    if told.giver != "self" and not told.proxy:
        raise ProxyReasonMissing(field="proxy")
    if told.method in ("oral", "thumbprint") and not told.witness:
        raise WitnessMissing(field="witness")


def check_recipient(given: Iterable[Item], recipient: str) -> None:
    """Raise RecipientMissing where something may be given away, and nobody is named."""
    if set(given) & set(RELEASE_ITEMS) and not recipient:
        raise RecipientMissing(field="recipient")
