"""What a verification has to remember, in a private file that disappears with it: memory stays constant."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

_BATCH = 5_000


class Spool:
    """Remembers the last commitment of every row, and the entries that stand in doubt."""

    def __init__(self) -> None:
        # An empty name is SQLite's private temporary file.
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-64000;"
            "CREATE TABLE last (tab TEXT, row TEXT, entry INTEGER, fingerprint TEXT, PRIMARY KEY (tab, row))"
            "WITHOUT ROWID;"
            "CREATE TABLE odd (at INTEGER, claim INTEGER, leaf BLOB);"
        )
        self._db.execute("BEGIN")
        self._fresh: dict[tuple[str, str], tuple[int, str | None]] = {}

    def close(self) -> None:
        self._db.close()

    def note(self, entry: int, rows: list[object]) -> None:
        """Remember commitments of an entry. Raises ValueError where they are not in the ledger's form."""
        for commitment in rows:
            if not isinstance(commitment, list) or len(commitment) != 3:
                raise ValueError
            table, row, fingerprint = commitment
            if not isinstance(table, str) or not isinstance(row, str) or not isinstance(fingerprint, str | None):
                raise ValueError
            self._fresh[table, row] = (entry, fingerprint)
        if len(self._fresh) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._db.executemany(
            "INSERT INTO last VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
            "SET entry = excluded.entry, fingerprint = excluded.fingerprint "
            "WHERE excluded.entry >= last.entry",
            [(*key, *value) for key, value in sorted(self._fresh.items(), key=lambda item: item[0])],
        )
        self._fresh.clear()

    def tables(self) -> set[str]:
        self._flush()
        return {table for (table,) in self._db.execute("SELECT DISTINCT tab FROM last")}

    def last_of(self, table: str) -> Iterator[tuple[str, int, str | None]]:
        """Row, entry and last commitment of a table's rows, ordered by row."""
        self._flush()
        yield from self._db.execute("SELECT row, entry, fingerprint FROM last WHERE tab = ? ORDER BY row", (table,))

    def keep_odd(self, seen: Iterable[tuple[int, int, bytes]]) -> None:
        self._db.executemany("INSERT INTO odd VALUES (?, ?, ?)", seen)

    def index_odd(self) -> None:
        self._db.execute("CREATE INDEX IF NOT EXISTS odd_claim ON odd (claim)")

    def odd_between(self, start: int, stop: int) -> list[tuple[int, int, bytes]]:
        """Doubtful entries whose text says that they stand from `start` to `stop` - 1."""
        found = self._db.execute(
            "SELECT at, claim, leaf FROM odd WHERE claim >= ? AND claim < ? ORDER BY claim, at", (start, stop)
        )
        return found.fetchall()
