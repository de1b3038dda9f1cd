"""What every table of casework is made of, and how its rows are committed to."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django.apps import apps
from django.db import models

from amparo.kernel import digest, ids
from amparo.kernel.guard import Guard
from amparo.vault.prepared import IDS, Prepared

SALT_BYTES = 16


def new_salt() -> bytes:
    return ids.entropy(SALT_BYTES)


class Record(models.Model):
    """A row of casework: who made and changed it, when, and a version that refuses lost updates.

    Written only through `ledger.writing`. `salt` makes the ledger's commitment to this row unguessable,
    and goes with the row's words when they are erased.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    office_id = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    updated_at = models.DateTimeField()
    updated_by = models.UUIDField()
    salt = models.BinaryField(default=new_salt)

    # Columns that may be read by whoever holds the database; everything else is sealed or a token.
    clear: ClassVar[set[str]] = set()
    record_clear: ClassVar[set[str]] = {
        "id", "office_id", "version", "created_at", "created_by", "updated_at", "updated_by", "salt",
    }  # fmt: skip
    guard: ClassVar[Guard] = Guard()
    # Columns that came with a later release and may not be NULL, each with the value that older rows were given.
    added: ClassVar[dict[str, str | int | bool]] = {}

    class Meta:
        abstract = True


def record_models() -> list[type[Record]]:
    """Every table whose rows the ledger commits to."""
    return [model for model in apps.get_models() if issubclass(model, Record)]


def table_of(model: type[models.Model]) -> str:
    return model._meta.label_lower


def columns_of(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _plain(value: object) -> digest.JsonValue:
    """A stored value in a form that is the same on every database."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**53 else str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID | date | Decimal):
        return str(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    raise TypeError(f"no canonical form for {type(value).__name__}")


def commitment(model: type[models.Model], columns: Iterable[str], values: Iterable[object]) -> str:
    """The salted commitment to a stored row, in hex: SHA-256 over the canonical form of its columns.

    The row's own random `salt` is among the columns. A column that holds nothing, or what rows older than itself
    were given (`added`), is left out, so that a later release may add columns without making every older row
    look altered. No two contents of a row share a form: what is left out is one value for each column.
    """
    nothing = model.added if issubclass(model, Record) else {}
    named = zip(columns, values, strict=True)
    row = {column: _plain(value) for column, value in named if value != nothing.get(column)}
    return digest.sha256(digest.canonical([table_of(model), row]))


def stored_commitments(model: type[models.Model], keys: Iterable[UUID]) -> dict[UUID, str]:
    """Commitments to rows as they are stored now; a missing row is absent. Cost: one query."""
    columns = columns_of(model)
    at = columns.index("id")
    return {row[at]: commitment(model, columns, row) for row in _as_stored(model).rows(keys)}


@functools.cache
def _as_stored(model: type[models.Model]) -> Prepared[tuple[Any, ...]]:
    """The stored columns of some rows of a table, asked for by every act that changes one."""
    return Prepared(lambda keys: model._base_manager.filter(pk__in=keys).values_list(*columns_of(model)), IDS)


class SealedFile(Record):
    """A file in the blob store. `details` are its name, media type, plain size and plain SHA-256.

    A concrete table names the owner of its key by `details`' owner column; rooms add what the file is for.
    """

    address = models.CharField(max_length=64)
    stored_bytes = models.BigIntegerField()

    file_clear: ClassVar[set[str]] = {"address", "stored_bytes"}

    class Meta:
        abstract = True
