"""The one write path: all or nothing, once, and right with several writers at a time."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, connections

from amparo.access.actors import SYSTEM_ACTOR
from amparo.access.commands import add_office
from amparo.access.models import Office
from amparo.kernel import ids
from amparo.kernel.errors import Changed
from amparo.ledger import checkpoints, verifying, wal, writing
from amparo.ledger.errors import AlreadyDone, FactRefused, UnnotedWrite
from amparo.ledger.models import Entry, Root
from amparo.ledger.verbs import Verb
from amparo.vault import keyring
from amparo.vault.keyring import Secrets
from amparo.vault.store import FolderStore

OURS = Secrets(b"\x01" * 32, b"\x02" * 32, b"\x03" * 32, b"\x04" * 32)
WRITERS, EACH = 3, 8


@pytest.fixture(autouse=True)
def _unlocked() -> Iterator[None]:
    keyring.unlock(OURS)
    yield
    keyring.unlock(OURS)


def add(district: str = "North") -> UUID:
    return add_office(actor=SYSTEM_ACTOR, name="Sample House", district=district)


def check_tree(folder: Path) -> verifying.Report:
    return verifying.verify(checkpoints.verifier_key(), FolderStore(folder / "blobs"))


# ---- all or nothing -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_change_that_is_not_noted_is_not_saved() -> None:
    office = add()

    @writing.command
    def forgetful(*, actor: object) -> None:
        writing.update(Office.objects.get(pk=office), district="Elsewhere")

    with pytest.raises(UnnotedWrite):
        forgetful(actor=SYSTEM_ACTOR)
    assert Office.objects.get(pk=office).district == "North"
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_a_change_after_the_last_note_is_not_saved_either() -> None:
    @writing.command
    def forgetful(*, actor: object) -> None:
        office = add()
        writing.update(Office.objects.get(pk=office), district="Elsewhere")

    with pytest.raises(UnnotedWrite):
        forgetful(actor=SYSTEM_ACTOR)
    assert not Office.objects.exists()
    assert not Root.objects.exists()


@pytest.mark.django_db
def test_an_error_takes_back_everything_of_all_joined_commands(tmp_path: Path) -> None:
    add("South")

    @writing.command
    def failing(*, actor: object) -> None:
        add()
        raise RuntimeError("on purpose")

    with pytest.raises(RuntimeError):
        failing(actor=SYSTEM_ACTOR)
    assert Office.objects.count() == Entry.objects.count() == 1
    assert check_tree(tmp_path).is_intact


@pytest.mark.django_db
def test_joined_commands_are_one_commit_under_one_head() -> None:
    @writing.command
    def both(*, actor: object) -> None:
        add("North")
        add("South")

    both(actor=SYSTEM_ACTOR)
    assert list(Entry.objects.order_by("index").values_list("index", flat=True)) == [0, 1]
    assert list(Root.objects.values_list("size", flat=True)) == [2]


@pytest.mark.django_db
def test_rows_are_written_inside_a_command_only() -> None:
    with pytest.raises(RuntimeError):
        writing.update(Office.objects.get(pk=add()), district="Elsewhere")


@pytest.mark.django_db
def test_who_writes_over_a_newer_version_is_refused() -> None:
    office = add()

    @writing.command
    def change(*, actor: object, expected: int) -> None:
        writing.update(Office.objects.get(pk=office), expected=expected, district="Elsewhere")
        writing.note(Verb.OFFICE_CHANGED, subject=office, facts={"fields": ["district"]})

    change(actor=SYSTEM_ACTOR, expected=1)
    with pytest.raises(Changed):
        change(actor=SYSTEM_ACTOR, expected=1)
    assert Entry.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("facts", [{"fields": "Text with blanks"}, {"count": 1}, {"fields": ["fine", "not fine"]}])
def test_a_fact_that_tells_a_story_is_refused_and_nothing_saved(facts: dict[str, object]) -> None:
    @writing.command
    def talkative(*, actor: object) -> None:
        writing.note(Verb.OFFICE_CHANGED, facts=facts)  # type: ignore[arg-type]

    with pytest.raises(FactRefused):
        talkative(actor=SYSTEM_ACTOR)
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_a_form_sent_twice_makes_one_thing() -> None:
    key = ids.new_id()
    with writing.submission(key):
        office = add()
    with pytest.raises(AlreadyDone) as told, writing.submission(key):
        add()
    assert told.value.fields["result"] == str(office)
    assert Office.objects.count() == Entry.objects.count() == 1


@pytest.mark.django_db
def test_a_form_that_failed_may_be_sent_again() -> None:
    key = ids.new_id()

    @writing.command
    def failing(*, actor: object) -> None:
        raise RuntimeError("on purpose")

    with pytest.raises(RuntimeError), writing.submission(key):
        failing(actor=SYSTEM_ACTOR)
    with writing.submission(key):
        add()
    assert Office.objects.count() == 1


@pytest.mark.django_db
def test_a_deleted_row_is_known_to_be_deleted(tmp_path: Path) -> None:
    office = add()

    @writing.command
    def remove(*, actor: object) -> None:
        writing.delete(Office.objects.get(pk=office))
        writing.note(Verb.OFFICE_CHANGED, subject=office, facts={"fields": ["closed_at"]})

    remove(actor=SYSTEM_ACTOR)
    assert not Office.objects.exists()
    assert check_tree(tmp_path).is_intact


# ---- several at once ----------------------------------------------------------------------------------


def _write_some(number: int, errors: list[BaseException]) -> None:
    try:
        for turn in range(EACH):
            add(f"District {number}.{turn}")
    except BaseException as error:
        errors.append(error)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_threads_that_write_at_once_keep_one_tree(tmp_path: Path) -> None:
    errors: list[BaseException] = []
    threads = [threading.Thread(target=_write_some, args=(number, errors)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert Office.objects.count() == Entry.objects.count() == WRITERS * EACH
    assert check_tree(tmp_path).is_intact


_PROGRAM = """
import json, sys
from amparo.config import settings
name, number, each = json.loads(sys.argv[1])
settings.DATABASES["default"]["NAME"] = name
import django
django.setup()
from amparo.access.actors import SYSTEM_ACTOR
from amparo.access.commands import add_office
from amparo.vault import keyring
keyring.unlock(keyring.Secrets(*(bytes([n]) * 32 for n in (1, 2, 3, 4))))
for turn in range(each):
    add_office(actor=SYSTEM_ACTOR, name="Sample House", district=f"District {number}.{turn}")
"""


@pytest.mark.django_db(transaction=True)
def test_processes_that_write_at_once_keep_one_tree(tmp_path: Path) -> None:
    name = str(connection.settings_dict["NAME"])
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "amparo.config.settings"}
    writers = [
        subprocess.Popen([sys.executable, "-c", _PROGRAM, json.dumps([name, number, EACH])], env=environment)
        for number in range(WRITERS)
    ]
    assert [writer.wait(timeout=300) for writer in writers] == [0] * WRITERS
    assert Office.objects.count() == Entry.objects.count() == WRITERS * EACH
    assert check_tree(tmp_path).is_intact


# ---- the write-ahead log ------------------------------------------------------------------------------


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
def test_a_log_that_grew_is_moved_into_the_database_after_a_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    wal.truncate()
    add("North")
    before = _moved_pages()
    monkeypatch.setattr(wal, "LIMIT_BYTES", 0)
    add("South")
    assert before == 0 < _moved_pages()


def _moved_pages() -> int:
    """Pages of the log that lie in the database too, by the log's index (nBackfill)."""
    index = Path(f"{connection.settings_dict['NAME']}-shm").read_bytes()
    return int.from_bytes(index[96:100], sys.byteorder)


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
def test_no_two_make_a_checkpoint_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wal, "LIMIT_BYTES", 0)
    path = wal.database_path()
    assert path is not None
    wal.truncate()
    with wal.turn(path, wait=False) as mine:
        assert mine
        add("North")
        assert _moved_pages() == 0
    add("South")
    assert _moved_pages() > 0


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
def test_no_checkpoint_is_made_while_somebody_may_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wal, "LIMIT_BYTES", 0)
    path = wal.database_path()
    assert path is not None
    wal.truncate()
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        with monkeypatch.context() as patch:
            patch.setattr(wal, "LIMIT_BYTES", 1 << 40)
            add("North")
        writer.execute("BEGIN IMMEDIATE")
        wal.checkpoint_if_large()
        assert _moved_pages() == 0
        writer.execute("ROLLBACK")
    wal.checkpoint_if_large()
    assert _moved_pages() > 0


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
def test_sqlite_makes_no_checkpoint_of_its_own() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_autocheckpoint")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("version", "faulty"),
    [((3, 6, 23), False), ((3, 7, 0), True), ((3, 40, 1), True), ((3, 51, 2), True), ((3, 51, 3), False)],
)
def test_the_releases_of_sqlite_with_the_fault_are_known(version: tuple[int, int, int], faulty: bool) -> None:
    assert wal.has_the_fault(version) is faulty
