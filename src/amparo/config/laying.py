"""The tables of a new database, laid at once.

Django's migrations rebuild every model that hangs together at each of their steps, which takes seconds on a database
that holds nothing yet. In an empty one each table can be made in the shape that it has today, in the order of the
migrations; what is not a table (triggers, first rows) is run as written there, and every migration is noted as done.
A test holds the result beside that of the migrations one by one.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import CreateModel, Migration, RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState


class _Today(ProjectState):
    """The models of today, wherever a step of a migration asks for those of its own time."""

    apps = apps  # type: ignore[assignment]


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database holds no table yet."""
    return not connection.introspection.table_names()


def lay(connection: BaseDatabaseWrapper) -> None:
    """Make every table of an empty database and note every migration as done.

    Cost: one statement for each table and index.
    """
    executor = MigrationExecutor(connection)
    steps = [step for step, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    with connection.schema_editor() as editor:
        for model in _models(steps):
            if model._meta.can_migrate(connection):
                editor.create_model(model)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    state = _Today()
    for step in steps:
        with connection.schema_editor(atomic=step.atomic) as editor:
            for operation in step.operations:
                if isinstance(operation, RunPython | RunSQL):
                    operation.database_forwards(step.app_label, editor, state, state)
        recorder.record_applied(step.app_label, step.name)


def _models(steps: list[Migration]) -> Iterator[type[models.Model]]:
    """The models that the migrations make and that are still there, each once, in their order."""
    seen: set[tuple[str, str]] = set()
    for step in steps:
        for operation in step.operations:
            key = (step.app_label, getattr(operation, "name_lower", ""))
            if isinstance(operation, CreateModel) and key not in seen and key[1] in apps.all_models[step.app_label]:
                seen.add(key)
                yield apps.get_model(*key)
