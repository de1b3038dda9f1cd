"""The mark of a copy that leaves: its number, and one line that says whose copy it is."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.kernel.digest import JsonValue


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands on a copy: `number` lightly across it, `line` at its foot, in the language of the copy."""

    number: str
    line: str

    def values(self) -> dict[str, JsonValue]:
        return {"number": self.number, "line": self.line}
