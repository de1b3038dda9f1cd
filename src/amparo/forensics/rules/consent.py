"""Whether something was agreed to, and by whom it can be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from amparo.cases.rules import may_consent_alone
from amparo.forensics.errors import (
    CaregiverMissing,
    CoercionUnsaid,
    ConsentMissing,
    ProxyReasonMissing,
    RecipientMissing,
    WitnessMissing,
)
from amparo.forensics.words import RELEASE_ITEMS, Answer, Item


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


# What nobody is given in a report for court, or what is asked anew at each look.
_NOT_IN_A_PAPER = frozenset({Item.CLINICAL, Item.FOLLOW_UP, Item.PHOTOGRAPHS, Item.PHOTOGRAPHS_GENITAL, *RELEASE_ITEMS})


@dataclass(frozen=True, slots=True)
class TakenBack(Asked):
    """An answer with its moment."""

    at: datetime


def taken_back(asked: Iterable[TakenBack], *, stopped_at: datetime | None, sealed_at: datetime) -> frozenset[Item]:
    """The items to which she agreed and does not any more, so that nothing of them is given to anybody from now on.

    The record itself stays as it was sealed. That an examination was stopped takes every consent back for what would
    have followed; what she had let be seen by then stays hers to release, until she takes that back after sealing.
    Source: NNEDV's principles of confidentiality, by which a withdrawal holds at once and need not be written.
    """
    answers = list(asked)
    now = standing(answers)
    last = {one.item: one.at for one in sorted(answers, key=lambda one: one.seq)}
    return frozenset(
        item
        for item, answer in now.items()
        if answer is Answer.WITHDRAWN and (stopped_at is None or last[item] > sealed_at)
    )


def may_be_given(answers: Mapping[Item, Answer], needs: Sequence[Item], back: Collection[Item]) -> bool:
    """Whether a part that rests on these may be in a new paper: none was taken back, or another still lives."""
    return not set(needs) & set(back) or allows(answers, needs)


def ends_paper(asked: Iterable[TakenBack], made_at: datetime, classes: Collection[str]) -> bool:
    """Whether something that a paper holds was taken back after the paper was made, and not given again."""
    answers = list(asked)
    held = _NOT_IN_A_PAPER if "narrative" in classes else _NOT_IN_A_PAPER | {Item.HISTORY}
    now = standing(answers)
    return any(
        one.answer is Answer.WITHDRAWN
        and one.at > made_at
        and one.item not in held
        and now[one.item] is Answer.WITHDRAWN
        for one in answers
    )


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
    if told.giver == "self" and (not may_consent_alone(age) or told.capacity == "unable_now"):
        raise CaregiverMissing(field="giver")
    if told.giver != "self" and not told.proxy:
        raise ProxyReasonMissing(field="proxy")
    if told.method in ("oral", "thumbprint") and not told.witness:
        raise WitnessMissing(field="witness")


def check_recipient(given: Iterable[Item], recipient: str) -> None:
    """Raise RecipientMissing where something may be given away, and nobody is named."""
    if set(given) & set(RELEASE_ITEMS) and not recipient:
        raise RecipientMissing(field="recipient")
