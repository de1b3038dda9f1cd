"""What a survivor is told by her number, on a page where nobody is signed in.

There is one look-up for every text that is typed, whether a number is known or not, ended or mistyped; nothing is
counted, kept or written down, so that no stranger can lock anybody out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from amparo.kits.models import OwnNumber
from amparo.kits.queries.reach import number_hash
from amparo.kits.rules import numbers
from amparo.kits.words import COARSE_LABELS, COARSE_NEXT, Coarse, State


@dataclass(frozen=True, slots=True)
class KitStatus:
    """Where a kit is, in plain words: without names, case, place or number."""

    state: Coarse
    since_on: date
    kept_until: date | None
    said: str
    next: str


def status_by_number(typed: str) -> KitStatus | None:
    """Where the kit of this number is; None for a number that is not in use, mistyped or made up.

    The caller shows the same page and the same words for all three. Cost: one query of one row by a unique key,
    the same for each answer.
    """
    number = numbers.read_number(typed[:100]) or numbers.NOBODYS
    found = (
        OwnNumber.objects.filter(number_hash=number_hash(number), ended_at=None)
        .values_list("used__state", "used__since_on", "used__until")
        .first()
    )
    # The same words are made for nobody's kit and thrown away: what differs is only whether they are given.
    state, since, until = found or (State.HELD.value, date.min, None)
    status = _status(State(state), since, until)
    return status if found else None


def _status(state: State, since: date, until: date | None) -> KitStatus:
    told = numbers.told(state)
    return KitStatus(
        state=told.coarse,
        since_on=since,
        kept_until=until if told.keeps_day else None,
        said=str(COARSE_LABELS[told.coarse]),
        next=str(COARSE_NEXT[told.coarse]),
    )
