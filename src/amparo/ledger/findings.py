"""What verifying may find, in plain words."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from amparo.kernel.errors import N_, AppError


class CannotCheck(AppError):
    """Nothing can be said about the ledger; `reason` says why."""

    code = "ledger.cannot_check"
    template = N_("This could not be checked: %(reason)s.")
    hint_template = N_("Nothing is known yet about the records. Put this right and run “amparo verify” again.")


class Kind(StrEnum):
    ROW_ALTERED = "row_altered"
    ROW_MISSING = "row_missing"
    ROW_UNKNOWN = "row_unknown"
    ENTRY_EDITED = "entry_edited"
    ENTRY_INSERTED = "entry_inserted"
    ENTRY_REMOVED = "entry_removed"
    ENTRIES_REORDERED = "entries_reordered"
    ROOT_ALTERED = "root_altered"
    SIGNED_WITH_ANOTHER_KEY = "signed_with_another_key"
    TAIL_REMOVED = "tail_removed"
    FORK = "fork"
    TILE_ALTERED = "tile_altered"
    FILE_MISSING = "file_missing"
    FILE_ALTERED = "file_altered"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was recorded. `entry`: where, or the last one that tells of it."""

    kind: Kind
    text: str
    table: str = ""
    row: str = ""
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at and what was found. `outside` says whether anything kept elsewhere took part."""

    entries: int
    heads: int
    rows: int
    files: int
    files_read: bool
    root: bytes
    key: str
    outside: tuple[str, ...]
    findings: tuple[Finding, ...] = field(default=())

    @property
    def is_intact(self) -> bool:
        return not self.findings


def place(start: int, stop: int) -> str:
    """Entries start..stop-1 in words."""
    return f"entry {start}" if stop - start == 1 else f"entries {start} to {stop - 1}"


def one_of(start: int, stop: int) -> str:
    return f"Entry {start}" if stop - start == 1 else f"At least one of the entries {start} to {stop - 1}"
