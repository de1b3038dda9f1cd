"""The number by which a survivor asks where her kit is.

It carries at least 60 bits of chance, so that nobody guesses one: at a thousand guesses a second it takes some
hundred million years to meet one of a thousand numbers. That is why wrong guesses need no count, and why nobody
can be locked out by a stranger's. Its last character checks the others, so that a slip of the pen is told from
a number that is not known. It begins with letters that say nothing about what it is for.
"""

from __future__ import annotations

from dataclasses import dataclass

from amparo.kernel import codes
from amparo.kits.words import Coarse, State

PREFIX = "MY"
BITS = codes.KIT_BITS
ENTROPY_BYTES = codes.ENTROPY_BYTES
# What is looked up for a text that is no number, so that it takes the same way as one.
NOBODYS = "-"


def new_number(entropy: bytes) -> str:
    """A fresh number, in groups of three: `MY-7KQ-4M9-...`."""
    return codes.make_code(PREFIX, entropy, bits=BITS)


def read_number(typed: str) -> str | None:
    """The number that somebody meant; None where a character is wrong or missing."""
    try:
        return codes.parse_code(typed, prefix=PREFIX)
    except codes.CodeMistyped:
        return _without_prefix(typed)


def _without_prefix(typed: str) -> str | None:
    """Many leave the first letters out: they stand on every card."""
    try:
        return codes.parse_code(f"{PREFIX}-{typed}", prefix=PREFIX)
    except codes.CodeMistyped:
        return None


_COARSE = {
    State.HELD: Coarse.YOURS_TO_DECIDE,
    State.REPORTED: Coarse.SAFE,
    State.PICKED_UP: Coarse.WITH_AUTHORITIES,
    State.STORED: Coarse.WITH_AUTHORITIES,
    State.SENT: Coarse.BEING_EXAMINED,
    State.RECEIVED: Coarse.BEING_EXAMINED,
    State.IN_ANALYSIS: Coarse.BEING_EXAMINED,
    State.COMPLETE: Coarse.EXAMINED,
    State.RETURNED: Coarse.EXAMINED,
    State.RETAINED: Coarse.KEPT,
    State.DESTROYED: Coarse.ENDED,
    State.RELEASED: Coarse.ENDED,
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a state says to her."""

    coarse: Coarse
    keeps_day: bool


def told(state: State) -> Told:
    """What a survivor is told of a state; the day of keeping only where it is hers to know."""
    return Told(_COARSE[state], state in (State.HELD, State.RETAINED))
