"""Columns that hold sealed words or blind tokens. What is neither must be declared `clear` by its model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from amparo.kernel.words import Compartment


class SealedField(models.BinaryField):  # type: ignore[type-arg]
    """A column of ciphertext. Values go in by `sealing.seal` and come out by `sealing.open_rows`.

    `owner` names the row's column whose id owns the key; `compartment` is fixed, or `compartment_column`
    names the column that holds each row's own. `limit` counts characters.
    """

    def __init__(
        self,
        *,
        owner: str = "id",
        compartment: Compartment | None = None,
        compartment_column: str = "",
        limit: int = 10_000,
        **rest: Any,
    ) -> None:
        self.owner = owner
        self.compartment = compartment
        self.compartment_column = compartment_column
        self.limit = limit
        rest.setdefault("null", True)
        rest.setdefault("editable", False)
        super().__init__(**rest)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _, args, rest = super().deconstruct()
        return name, "django.db.models.BinaryField", args, rest

    def from_db_value(
        self, value: bytes | memoryview | None, expression: object, connection: BaseDatabaseWrapper
    ) -> bytes | None:
        return None if value is None else bytes(value)


class TokenField(models.BigIntegerField):  # type: ignore[type-arg]
    """A blind look-up token: 40 bits of a keyed hash, never the value."""

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _, args, rest = super().deconstruct()
        return name, "django.db.models.BigIntegerField", args, rest
