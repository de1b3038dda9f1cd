"""Django's `migrate`, which lays the tables of an empty database at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from amparo.config import laying


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        """Bring the database to today's shape; a part, a plan or a check goes Django's own way from the start."""
        only = options["app_label"] or options["plan"] or options["check_unapplied"] or options["fake"]
        connection = connections[options["database"]]
        with _whole(connection):
            if not only and laying.is_empty(connection):
                laying.lay(connection)
            super().handle(*args, **options)


@contextmanager
def _whole(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """On PostgreSQL one transaction for all of it, so that a process that dies in the middle changed nothing.

    SQLite rebuilds tables, which it can't do inside a transaction: there an upgrade that died is begun again from
    the backup that it made first, and an instance that was being made is thrown away with its folder.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(using=connection.alias):
        yield
