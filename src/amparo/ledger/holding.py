"""Holding the stored rows against the last commitment that the ledger made to each."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db import connection

from amparo.ledger.findings import Finding, Kind
from amparo.ledger.records import Record, SealedFile, columns_of, commitment, record_models, table_of
from amparo.ledger.spool import Spool
from amparo.vault.chunks import BlobAltered
from amparo.vault.store import BlobMissing, FolderStore

_BATCH = 2_000


class Rows:
    """Goes over every table of casework once. `rows` counts what was held against the ledger."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        # A database from before an upgrade lacks tables of this release; they hold nothing yet.
        self._there = set(connection.introspection.table_names())
        self.rows = 0

    def findings(self) -> Iterator[Finding]:
        models = {table_of(model): model for model in record_models()}
        for table, model in sorted(models.items()):
            yield from self._table(table, model)
        for table in sorted(self._spool.tables() - set(models)):
            for row, entry, fingerprint in self._spool.last_of(table):
                if fingerprint is not None:
                    yield _missing(table, row, entry)

    def _table(self, table: str, model: type[Record]) -> Iterator[Finding]:
        stored = self._stored(model)
        here = next(stored, None)
        for row, entry, fingerprint in self._spool.last_of(table):
            while here is not None and here[0] < row:
                yield _unknown(table, here[0])
                here = next(stored, None)
            if here is None or here[0] != row:
                if fingerprint is not None:
                    yield _missing(table, row, entry)
                continue
            if fingerprint is None:
                yield _unknown(table, row, entry)
            elif fingerprint != here[1]:
                text = f"Row {row} of {table} was altered: it is not what entry {entry} recorded."
                yield Finding(Kind.ROW_ALTERED, text, table, row, entry)
            here = next(stored, None)
        while here is not None:
            yield _unknown(table, here[0])
            here = next(stored, None)

    def _stored(self, model: type[Record]) -> Iterator[tuple[str, str]]:
        if model._meta.db_table not in self._there:
            return
        columns = columns_of(model)
        at = columns.index("id")
        rows = model._base_manager.order_by("id").values_list(*columns)
        for values in rows.iterator(chunk_size=_BATCH):
            self.rows += 1
            yield str(values[at]), commitment(model, columns, values)


def _missing(table: str, row: str, entry: int) -> Finding:
    text = f"Row {row} of {table} is missing: entry {entry} recorded it, and no entry says that it was deleted."
    return Finding(Kind.ROW_MISSING, text, table, row, entry)


def _unknown(table: str, row: str, entry: int | None = None) -> Finding:
    text = f"Row {row} of {table} was put in from outside: no entry tells of it."
    if entry is not None:
        text = f"Row {row} of {table} was put back from outside: entry {entry} recorded that it was deleted."
    return Finding(Kind.ROW_UNKNOWN, text, table, row, entry)


class Files:
    """Looks for the blob of every file's row, and with `read` hashes it. `files` counts them."""

    def __init__(self, store: FolderStore, *, read: bool) -> None:
        self._store = store
        self._read = read
        self._there = set(connection.introspection.table_names())
        self.files = 0

    def findings(self) -> Iterator[Finding]:
        for model in record_models():
            if issubclass(model, SealedFile) and model._meta.db_table in self._there:
                rows = model._base_manager.exclude(address="").order_by("id")
                for row in rows.values_list("id", "address", "stored_bytes").iterator(chunk_size=_BATCH):
                    self.files += 1
                    yield from self._one(table_of(model), *row)

    def _one(self, table: str, row: UUID, address: str, size: int) -> Iterator[Finding]:
        try:
            if self._store.stat(address).stored_bytes != size:
                yield _altered_file(table, row, address)
            elif self._read:
                self._store.scrub(address)
        except BlobMissing:
            text = f"The file of row {row} of {table} is missing from the store ({address[:16]}…)."
            yield Finding(Kind.FILE_MISSING, text, table, str(row))
        except BlobAltered:
            yield _altered_file(table, row, address)


def _altered_file(table: str, row: UUID, address: str) -> Finding:
    text = f"The stored file of row {row} of {table} was altered ({address[:16]}…)."
    return Finding(Kind.FILE_ALTERED, text, table, str(row))
