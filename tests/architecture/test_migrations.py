"""A release that adds a column leaves the ledger's word on older rows as it is."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField

from amparo.ledger.records import Record, columns_of, commitment


def _added() -> Iterator[tuple[type[Record], str, models.Field[object, object]]]:
    """The columns that came to a table of casework after it was made, those that are still there."""
    for (app, _name), migration in MigrationLoader(None).disk_migrations.items():
        for operation in [] if migration.initial else migration.operations:
            if not isinstance(operation, AddField):
                continue
            model = apps.get_model(app, operation.model_name)
            if not issubclass(model, Record):
                continue
            for field in model._meta.concrete_fields:
                if field.name == operation.name:
                    yield model, field.attname, operation.field


def test_older_rows_keep_their_commitment_when_a_column_is_added() -> None:
    columns = list(_added())
    assert columns
    wrong = [
        f"{model.__name__}.{name}: make it nullable, or name in `added` what older rows were given"
        for model, name, field in columns
        if not field.null and (name, field.default) not in model.added.items()
    ]
    assert wrong == []


def test_what_older_rows_were_given_is_left_out_and_anything_else_is_not() -> None:
    for model in {model for model, _name, _field in _added() if model.added}:
        columns = columns_of(model)
        of_old = ["-" for _column in columns]
        values = [model.added.get(column, "-") for column in columns]
        old = [column for column in columns if column not in model.added]
        assert commitment(model, columns, values) == commitment(model, old, of_old[: len(old)])
        for column in model.added:
            changed = ["else" if name == column else value for name, value in zip(columns, values, strict=True)]
            assert commitment(model, columns, changed) != commitment(model, columns, values)
