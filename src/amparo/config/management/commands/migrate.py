"""Django's `migrate`, which lays the tables of an empty database at once."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from amparo.config import laying


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        """Bring the database to today's shape; a part, a plan or a check goes Django's own way from the start."""
        only = options["app_label"] or options["plan"] or options["check_unapplied"] or options["fake"]
        connection = connections[options["database"]]
        if not only and laying.is_empty(connection):
            laying.lay(connection)
        super().handle(*args, **options)
