"""Questions to the database that every page asks: built and compiled once in a process, then asked with new values.

Putting a query together and compiling it costs several times what the database takes to answer it. A prepared
question does both once, with stand-ins for its values, and remembers where each stand-in ended up.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable, get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from amparo.kernel import clock

R = TypeVar("R")

# Stand-ins for moments, and where the clock stands while a question is built: a year that nobody writes down.
_FAR = datetime(7000, 1, 1, tzinfo=UTC)
_FAR_YEAR = "7000-"
# A longer list is asked for as it comes: its time goes into its rows, not into building the question.
_LONGEST_LIST = 512


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of value a question takes, and whether it takes a whole list of them."""

    field: models.Field[Any, Any]
    many: bool = False

    def stand_in(self, number: int) -> object:
        """A value that no row holds and that no other stand-in equals."""
        if isinstance(self.field, models.UUIDField):
            return UUID(int=(0xA3BA70 << 96) + number)
        if isinstance(self.field, models.DateTimeField):
            return _FAR + timedelta(microseconds=1 + number)
        if isinstance(self.field, models.DateField):
            return _FAR.date() + timedelta(days=1 + number)
        if isinstance(self.field, models.BigIntegerField):
            return 7_000_000_000_000_000_000 + number
        return f"stand-in {number}"

    def stored(self, value: object, database: BaseDatabaseWrapper) -> object:
        """A value in the form in which the database takes it."""
        if value is None:
            raise TypeError("a prepared question compares with values: nothing is no value")
        return self.field.get_db_prep_value(value, database)


ID = Kind(models.UUIDField())
IDS = Kind(models.UUIDField(), many=True)
NUMBERS = Kind(models.BigIntegerField(), many=True)
DAY = Kind(models.DateField())
MOMENT = Kind(models.DateTimeField())
WORD = Kind(models.CharField())


class Prepared(Generic[R]):
    """A question of fixed shape.

    `build` gives the queryset for some values, one for each kind; it must put them into the queryset as they
    are and never look at them, nor at the clock. Building it with stand-ins shows where each one went; one that
    can't be found raises at the first use, but for the first `spare` ones, which need not be used.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, R]], *kinds: Kind, spare: int = 0) -> None:
        self._build = build
        self._kinds = kinds
        self._spare = spare
        self._compiled: dict[tuple[str, tuple[int, ...]], _Compiled | None] = {}

    def rows(self, *values: Any) -> list[R]:
        """The same as a list of the queryset for these values. Cost: one query; none where nothing can answer."""
        given = [list(value) if kind.many else [value] for kind, value in zip(self._kinds, values, strict=True)]
        sizes = tuple(map(_room_for, map(len, given)))
        if max(sizes, default=0) > _LONGEST_LIST:
            return list(self._build(*values))
        # The one of this thread, asked for once: each look through the library's proxy costs as much as a value.
        database = connections[DEFAULT_DB_ALIAS]
        key = (database.vendor, sizes)
        if key not in self._compiled:
            self._compiled[key] = self._compile(sizes)
        compiled = self._compiled[key]
        if compiled is None:
            return []
        stored = [
            kind.stored(value, database)
            for kind, some, size in zip(self._kinds, given, sizes, strict=True)
            # The last one again changes nothing in a list of "one of these", and few lengths are compiled.
            for value in some + some[-1:] * (size - len(some))
        ]
        return compiled.ask(stored, database)

    def _compile(self, sizes: tuple[int, ...]) -> _Compiled | None:
        """The statement; None where no row can ever answer."""
        number, values, stored = 0, [], []
        for kind, size in zip(self._kinds, sizes, strict=True):
            some = [kind.stand_in(number + place) for place in range(size)]
            number += size
            values.append(some if kind.many else some[0])
            stored += [kind.stored(one, connections[DEFAULT_DB_ALIAS]) for one in some]
        try:
            with clock.set_to(_FAR):
                return _compiled(self._build(*values), stored, sum(sizes[: self._spare]))
        except EmptyResultSet:
            return None


def _room_for(count: int) -> int:
    """The next power of two; nothing for an empty list."""
    return 1 << (count - 1).bit_length() if count else 0


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    constants: Sequence[Any]
    # Of each place in the statement: which value stands there, or None for a constant.
    places: Sequence[int | None]
    converters: Sequence[tuple[int, Sequence[Callable[..., object]], object]]
    make: Callable[[Sequence[Any]], Any]

    def ask(self, stored: Sequence[Any], database: BaseDatabaseWrapper) -> list[Any]:
        constants = self.constants
        filled = [constants[at] if place is None else stored[place] for at, place in enumerate(self.places)]
        with database.cursor() as cursor:
            cursor.execute(self.sql, filled)
            found = cursor.fetchall()
        return [self.make(self._converted(row, database)) for row in found]

    def _converted(self, row: Sequence[Any], database: BaseDatabaseWrapper) -> Sequence[Any]:
        values = list(row)
        for at, steps, expression in self.converters:
            value = values[at]
            for step in steps:
                value = step(value, expression, database)
            values[at] = value
        return values


def _compiled(queryset: QuerySet[Any, Any], stored: Sequence[object], spare: int) -> _Compiled:
    compiler = queryset.query.get_compiler(connection=connection)
    sql, constants = compiler.as_sql()
    places = [_place(value, stored) for value in constants]
    if not set(range(spare, len(stored))) <= set(places):
        raise TypeError("a value of a prepared question was looked at while it was built")
    if any(str(value).startswith(_FAR_YEAR) for value, place in zip(constants, places, strict=True) if place is None):
        raise TypeError("a prepared question looked at the clock: give it the moment as a value")
    converters = compiler.get_converters([column[0] for column in compiler.select or ()])
    steps = [(at, _steps(step, expression), expression) for at, (step, expression) in converters.items()]
    return _Compiled(sql, tuple(constants), places, steps, _maker(queryset, compiler))


def _steps(steps: Sequence[Callable[..., object]], expression: Any) -> Sequence[Callable[..., object]]:
    """The library's own, but for ids that rest as text: the same few stand in row after row and page after page."""
    is_id = isinstance(expression.output_field, models.UUIDField) and not connection.features.has_native_uuid_field
    return [_id_of_text] if is_id else steps


def _id_of_text(text: str | None, _expression: object, _database: object) -> UUID | None:
    return None if text is None else _parsed(text)


_parsed = functools.lru_cache(maxsize=8192)(UUID)


def _place(value: object, stored: Sequence[object]) -> int | None:
    same = (number for number, one in enumerate(stored) if type(one) is type(value) and one == value)
    return next(same, None)


def _maker(queryset: QuerySet[Any, Any], compiler: SQLCompiler) -> Callable[[Sequence[Any]], Any]:
    """What makes of a row what the queryset would make of it."""
    if queryset._prefetch_related_lookups:  # type: ignore[attr-defined]
        raise TypeError("a prepared question is one question: it can't fetch others")
    shape = queryset._iterable_class
    if shape is FlatValuesListIterable:
        return lambda row: row[0]
    if shape is ValuesListIterable:
        return tuple
    if shape is not ModelIterable or compiler.annotation_col_map:
        raise TypeError("a prepared question gives rows of a table, or tuples")
    return _model_maker(compiler)


def _model_maker(compiler: SQLCompiler) -> Callable[[Sequence[Any]], models.Model]:
    told: Any = compiler.klass_info
    select: Any = compiler.select
    first, last = told["select_fields"][0], told["select_fields"][-1] + 1
    columns = [column[0].target.attname for column in select[first:last]]
    related = get_related_populators(told, select, connection.alias)  # type: ignore[call-arg]
    from_db = told["model"].from_db

    def make(row: Sequence[Any]) -> models.Model:
        made: models.Model = from_db(connection.alias, columns, row[first:last])
        for one in related:
            one.populate(row, made)
        return made

    return make
