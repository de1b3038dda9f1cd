"""The one write path.

    @command
    def seal_item(*, actor: Actor, item_id: UUID) -> UUID:
        item = policy.load(actor, Permission..., Item, item_id)
        writing.update(item, state="sealed")
        writing.note(Verb..., subject=item.id, case=item.case_id)
        return item.id

The outermost command opens the transaction, and appends the events of everything that it called at its
end: once, last, under a lock that is held for no longer. If anything raises, nothing is saved.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import ParamSpec, Protocol, TypeVar
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection, models, transaction

from amparo.kernel import clock
from amparo.kernel.errors import AppError, Changed
from amparo.ledger import appending, wal
from amparo.ledger.errors import AlreadyDone, NoRoom, StillBusy, UnnotedWrite
from amparo.ledger.models import Submission
from amparo.ledger.records import Record, new_salt, record_models, stored_commitments, table_of
from amparo.ledger.verbs import Facts, Verb, checked_facts
from amparo.vault import sealing
from amparo.vault.sealing import Words, sealed_field

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=Record)


class HasAccount(Protocol):
    """Whoever acts: a person who is signed in, or a named system actor."""

    @property
    def account_id(self) -> UUID: ...


@dataclass(slots=True)
class _Unit:
    """What one outermost command changed and noted so far."""

    actor_id: UUID
    events: list[appending.Event] = field(default_factory=list)
    touched: list[tuple[type[Record], UUID]] = field(default_factory=list)


_unit: ContextVar[_Unit | None] = ContextVar("unit", default=None)
_submission: ContextVar[UUID | None] = ContextVar("submission", default=None)


@contextmanager
def submission(key: UUID | None) -> Iterator[None]:
    """Name the form that is being sent: the outermost command inside does its work once for it.

    Raises AlreadyDone with the first result where the same key was used before.
    """
    token = _submission.set(key)
    try:
        yield
    finally:
        _submission.reset(token)


def command(run: Callable[P, R]) -> Callable[P, R]:
    """Make a function a command: one transaction, its events in the ledger, all or nothing.

    The function takes `actor` by keyword. Called from another command it joins that one. A lock that
    was not free or a lost connection is tried once more from the beginning. Raises StillBusy, NoRoom.
    """

    @functools.wraps(run)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        if _unit.get() is not None:
            return run(*args, **kwargs)
        actor: HasAccount = kwargs["actor"]  # type: ignore[assignment]
        attempt = functools.partial(_outermost, actor.account_id, functools.partial(run, *args, **kwargs))
        try:
            return attempt()
        except OperationalError:
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
                try:
                    return attempt()
                except OperationalError as error:
                    raise _why(error) from error
            raise

    return whole


def _why(error: OperationalError) -> AppError:
    """A database that could not write is told apart from one that is busy: waiting does not help it."""
    name = str(getattr(error.__cause__, "sqlite_errorname", ""))
    state = getattr(error.__cause__, "sqlstate", "")
    full = name.startswith(("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHM")) or state == "53100"
    return NoRoom() if full else StillBusy()


def _outermost(actor_id: UUID, run: Callable[[], R]) -> R:
    unit = _Unit(actor_id)
    token = _unit.set(unit)
    try:
        with transaction.atomic():
            _claim_submission(actor_id)
            result = run()
            _keep_result(result)
            _append(unit)
            transaction.on_commit(wal.checkpoint_if_large, robust=True)
            return result
    finally:
        _unit.reset(token)


def _claim_submission(actor_id: UUID) -> None:
    key = _submission.get()
    if key is None:
        return
    try:
        with transaction.atomic():
            Submission(key=key, actor_id=actor_id, at=clock.now()).save(force_insert=True)
    except IntegrityError as error:
        before = Submission.objects.get(pk=key)
        raise AlreadyDone(result=str(before.result_id or "")) from error


def _keep_result(result: object) -> None:
    key = _submission.get()
    if key is not None and isinstance(result, UUID):
        Submission.objects.filter(pk=key).update(result_id=result)


def _append(unit: _Unit) -> None:
    if unit.touched:
        raise UnnotedWrite
    if unit.events:
        appending.append(_with_commitments(unit.events))


def _with_commitments(events: list[appending.Event]) -> list[appending.Event]:
    """Fill in, for every row that the events changed, the commitment to its bytes as stored now."""
    wanted: dict[type[Record], set[UUID]] = {}
    for event in events:
        for model, key in event.touched:
            wanted.setdefault(model, set()).add(key)
    stored = {model: stored_commitments(model, keys) for model, keys in wanted.items()}
    return [
        event.committed([[table_of(model), str(key), stored[model].get(key)] for model, key in event.touched])
        for event in events
    ]


def _current() -> _Unit:
    unit = _unit.get()
    if unit is None:
        raise RuntimeError("rows of casework are written inside a command only")
    return unit


def note(
    verb: Verb,
    *,
    subject: UUID | None = None,
    case: UUID | None = None,
    office: UUID | None = None,
    facts: Facts | None = None,
) -> None:
    """Say what was done: takes on every row changed since the last note. Raises FactRefused."""
    unit = _current()
    seen: dict[tuple[type[Record], UUID], None] = dict.fromkeys(unit.touched)
    unit.events.append(
        appending.Event(
            verb=verb,
            actor_id=unit.actor_id,
            office_id=office,
            case_id=case,
            subject_id=subject,
            at=clock.now(),
            facts=checked_facts(verb, facts or {}),
            touched=tuple(seen),
        )
    )
    unit.touched.clear()


def insert(row: M, **words: Words) -> M:
    """Save a new row; `words` go into its sealed columns."""
    unit = _current()
    row.created_at = row.updated_at = clock.now()
    row.created_by = row.updated_by = unit.actor_id
    sealing.seal(row, **words)
    row.save(force_insert=True)
    unit.touched.append((type(row), row.pk))
    return row


def update(row: M, *, expected: int | None = None, **values: object) -> M:
    """Save new values of a loaded row, sealing those whose columns are sealed.

    `expected` is the version that the reader had before her eyes; without it, the one that was loaded.
    Raises Changed where somebody was faster.
    """
    unit = _current()
    sealed = set(sealing.sealed_columns(type(row)))
    words = {name: value for name, value in values.items() if name in sealed}
    version = row.version if expected is None else expected
    sealing.seal(row, **words)  # type: ignore[arg-type]
    fresh = {name: getattr(row, name) if name in sealed else value for name, value in values.items()}
    fresh |= {"version": version + 1, "updated_at": clock.now(), "updated_by": unit.actor_id}
    if type(row)._base_manager.filter(pk=row.pk, version=version).update(**fresh) != 1:
        raise Changed
    for name, value in fresh.items():
        setattr(row, name, value)
    unit.touched.append((type(row), row.pk))
    return row


def delete(row: Record) -> None:
    """Remove a row for good; the ledger keeps that it was there."""
    unit = _current()
    unit.touched.append((type(row), row.pk))
    type(row)._base_manager.filter(pk=row.pk).delete()


def forget_words(row: Record) -> None:
    """Empty every sealed column of a row and change its salt, so that old commitments tell nothing."""
    unit = _current()
    emptied: dict[str, object] = dict.fromkeys(sealing.sealed_columns(type(row)))
    fresh = emptied | {
        "salt": new_salt(),
        "version": models.F("version") + 1,
        "updated_at": clock.now(),
        "updated_by": unit.actor_id,
    }
    type(row)._base_manager.filter(pk=row.pk).update(**fresh)
    unit.touched.append((type(row), row.pk))


def forget_owner(owner: UUID) -> int:
    """Empty every row whose sealed words are under this owner's keys, and destroy the keys.

    Inside a command that notes it. Returns how many rows were emptied. The caller empties SQLite's
    write-ahead log after the commit (`wal.truncate`): until then old pages may still hold the keys.
    """
    emptied = 0
    for model in record_models():
        columns = {sealed_field(model, name).owner for name in sealing.sealed_columns(model)}
        for column in columns:
            for row in model._base_manager.filter(**{column: owner}):
                forget_words(row)
                emptied += 1
    sealing.erase_owner(owner)
    return emptied
