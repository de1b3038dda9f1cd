"""The synthetic organisation: an invented network of offices with thirty months of invented casework behind it.

    make(cases=200, seed=1, progress=print_progress)

Everything is written by the commands that people use, by colleagues of the roles that may do it, at moments
that lie in the past: the clock is set to each moment before the act. Nothing is taken from anybody's life.
`cast` says who works there, `names`, `places` and `texts` are the words, `agenda` plays many stories at
once in the order of time, and `plans` decides which stories there are.

The same seed gives the same people, dates, states, texts and counts relative to the moment at which it is
made. Ids, human codes, salts, keys and the ledger's hashes differ each time, for they come from real randomness.
"""

from __future__ import annotations

from amparo.desk.synthetic import reporting
from amparo.desk.synthetic.making import make

__all__ = ["how_to_sign_in", "make"]


def how_to_sign_in() -> str:
    """The codes with which two strangers of the demonstration come back to the reporting site."""
    return "".join(f"Code of a report, to come back with: {code}\n" for code in reporting.codes())
