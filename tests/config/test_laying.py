"""Tables laid at once are those that the migrations make one by one, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django.plugin import DjangoDbBlocker

from amparo.config import laying
from tests.conftest import ON_POSTGRESQL

pytestmark = pytest.mark.slow

Shape = dict[str, set[str]]
# Django's own table between groups and permissions, which holds no row here: its key is wider today than it once was.
_UNUSED = "auth_group_permissions id"

_OF_POSTGRESQL = {
    "columns": "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default,"
    " identity_generation FROM information_schema.columns WHERE table_schema = 'public'",
    "indexes": "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace",
    "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "done": "SELECT app, name FROM django_migrations",
}
_OF_SQLITE = {"all": "SELECT type, name, sql FROM sqlite_master", "done": "SELECT app, name FROM django_migrations"}


def _shape(connection: BaseDatabaseWrapper) -> Shape:
    found: Shape = {}
    with connection.cursor() as cursor:
        for name, question in (_OF_POSTGRESQL if ON_POSTGRESQL else _OF_SQLITE).items():
            cursor.execute(question)
            found[name] = {_without_order(row) for row in cursor.fetchall()}
    return found


def _without_order(row: tuple[object, ...]) -> str:
    """A line of it; SQLite tells a table in one statement, in which a column may stand where it was added."""
    if row[0] != "table":
        return " ".join(map(str, row))
    head, _, body = str(row[2]).partition("(")
    return " ".join([head, *sorted(_columns(body.rpartition(")")[0]))])


def _columns(body: str) -> Iterator[str]:
    depth, start = 0, 0
    for at, letter in enumerate(body):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            yield body[start:at].strip()
            start = at + 1
    yield body[start:].strip()


@contextmanager
def _beside(name: str, folder: Path) -> Iterator[BaseDatabaseWrapper]:
    """An empty database beside that of the tests, under an alias of its own."""
    default = connections[DEFAULT_DB_ALIAS]
    called = f"amparo_laying_{name}" if ON_POSTGRESQL else str(folder / f"{name}.sqlite3")
    connections.settings[name] = {**default.settings_dict, "NAME": called}
    try:
        _say(default, f'CREATE DATABASE "{called}"')
        yield connections[name]
    finally:
        connections[name].close()
        del connections[name]
        del connections.settings[name]
        _say(default, f'DROP DATABASE IF EXISTS "{called}"')


def _say(default: BaseDatabaseWrapper, statement: str) -> None:
    """On a server a database is made and dropped by a statement; on SQLite it is a file that comes with its use."""
    if ON_POSTGRESQL:
        with default._nodb_cursor() as cursor:
            cursor.execute(statement)


@pytest.fixture(
    autouse=True,
    params=[
        pytest.param("on SQLite", marks=pytest.mark.sqlite_only),
        pytest.param("on PostgreSQL", marks=pytest.mark.postgresql),
    ],
)
def allowed(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Databases beside that of the tests, which the mark for that one would refuse."""
    with django_db_blocker.unblock():
        yield


def _step_by_step(alias: str) -> None:
    """As an instance of an earlier release is brought up: what holds something is never laid anew."""
    call_command("migrate", "vault", "0001", database=alias, verbosity=0)
    begun = _shape(connections[alias])["done"]
    assert not laying.is_empty(connections[alias])
    _at_once(alias)
    assert begun < _shape(connections[alias])["done"]


def _at_once(alias: str) -> None:
    call_command("migrate", database=alias, verbosity=0)


def _made(name: str, folder: Path, make: Callable[[str], None]) -> Shape:
    with _beside(name, folder) as connection:
        make(name)
        return _shape(connection)


def test_tables_laid_at_once_are_those_of_the_migrations_of_a_database_that_holds_something(tmp_path: Path) -> None:
    step_by_step = _made("steps", tmp_path, _step_by_step)
    assert len(step_by_step["done"]) > 40
    once = _made("once", tmp_path, _at_once)
    differing = {line for name in once for line in once[name] ^ step_by_step[name] if not line.startswith(_UNUSED)}
    assert differing == set()
