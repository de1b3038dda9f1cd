"""How a row says what it is about, so that the policy can decide without knowing its table."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.kernel.words import Compartment


@dataclass(frozen=True, slots=True)
class Guard:
    """Names of a model's columns that say what a row is about; empty where it has none.

    `level` is fixed for a table, or `level_column` names the column that holds each row's compartment.
    `own` is the account whose own thing the row is; `handed` is set once the row left its taker's hands.
    `operation` names the operation that the row is of; from the moment in `until` on, a place in that
    operation opens the row no more.
    """

    case: str = ""
    office: str = ""
    person: str = ""
    own: str = ""
    handed: str = ""
    operation: str = ""
    until: str = ""
    level: Compartment | None = None
    level_column: str = ""
