"""`amparo backup`, `restore` and `upgrade` on a real PostgreSQL: the drill, on databases of their own.

Each test takes a copy of one instance's folder and of its database. The private server of the run holds them; it
asks for no password, so that one may stand in the address and must be found nowhere else.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from tests.config.conftest import INIT, amparo, environment

# With the database, because that is what the run on PostgreSQL selects.
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db, pytest.mark.slow]

PASSWORD = "canary-password-of-the-database"
WHOLE = "amparo_whole"


@dataclass(frozen=True)
class Server:
    """The private server, by the address of another of its databases."""

    known: str

    def url(self, name: str) -> str:
        """With a password, which this server does not ask for."""
        told = dict(part.split("=", 1) for part in urlsplit(self.known).query.split("&"))
        return f"postgresql://{told['user']}:{PASSWORD}@/{name}?host={told['host']}"

    def open(self, name: str) -> psycopg.Connection:
        return psycopg.connect(self.url(name), autocommit=True)

    def make(self, name: str, *, like: str = "template0") -> str:
        self.drop(name)
        with closing(self.open("postgres")) as opened:
            given = (sql.Identifier(name), sql.Identifier(like))
            opened.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*given))
        return self.url(name)

    def drop(self, name: str) -> None:
        with closing(self.open("postgres")) as opened:
            opened.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def tables(self, name: str) -> dict[str, list[tuple[object, ...]]]:
        with closing(self.open(name)) as opened:
            named = opened.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            return {
                table: sorted(
                    opened.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))).fetchall(), key=repr
                )
                for (table,) in named
            }


@dataclass(frozen=True)
class House:
    """An instance on PostgreSQL that may be harmed, and an empty database beside it."""

    folder: Path
    words: Path
    server: Server
    database: str
    empty: str

    def run(self, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        return amparo(*arguments, "--dir", self.folder, **more)

    def backed_up(self, to: Path) -> tuple[Path, Path]:
        before = set(to.iterdir()) if to.exists() else set()
        done = self.run("backup", "--to", to)
        assert done.returncode == 0, done.stderr
        fresh = set(to.iterdir()) - before
        return next(p for p in fresh if p.name.startswith("data-")), next(
            p for p in fresh if p.name.startswith("keys-")
        )

    def restored(self, data: Path, keys: Path, again: Path, **more: str) -> subprocess.CompletedProcess[str]:
        address = {"AMPARO_DATABASE_URL": self.server.url(self.empty)} | more
        return amparo("restore", "--from", data, "--keys", keys, "--dir", again, **address)


@pytest.fixture(scope="module")
def server() -> Server:
    return Server(os.environ["AMPARO_DATABASE_URL"])


@pytest.fixture(scope="module")
def _whole(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    base = tmp_path_factory.mktemp("made")
    done = amparo("init", "--dir", base / "instance", *INIT, AMPARO_DATABASE_URL=server.make(WHOLE))
    assert done.returncode == 0, done.stderr
    found = re.search(r"Passphrase\n\n +([a-z ]+)\n", done.stdout)
    assert found
    words = base / "words"
    words.write_text(found[1])
    words.chmod(0o600)
    yield base / "instance", words
    server.drop(WHOLE)


@pytest.fixture
def house(server: Server, _whole: tuple[Path, Path], tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path / "instance", _whole[1], server, "amparo_copy", "amparo_empty")
    shutil.copytree(_whole[0], made.folder)
    settings = made.folder / "amparo.toml"
    settings.write_text(settings.read_text().replace(server.url(WHOLE), server.make(made.database, like=WHOLE)))
    server.make(made.empty)
    yield made
    for name in (made.database, made.empty):
        server.drop(name)


def standing_in(folder: Path, name: str, script: str) -> str:
    """A search path on which a program of this name runs our script, which finds the real one in `$REAL`."""
    folder.mkdir(exist_ok=True)
    real = shutil.which(name)
    assert real
    program = folder / name
    program.write_text(f"#!/bin/sh\nREAL={real}\n{script}\n")
    program.chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


# ---- the drill ----------------------------------------------------------------------------------------------


def test_what_was_backed_up_comes_back_whole_and_opens(house: House, tmp_path: Path) -> None:
    blob = house.folder / "blobs" / "ab" / "cd" / ("abcd" + "0" * 60)
    blob.parent.mkdir(parents=True)
    blob.write_bytes(b"sealed bytes")
    data, keys = house.backed_up(tmp_path / "backups")
    again = tmp_path / "again"
    done = house.restored(data, keys, again)
    assert done.returncode == 0, done.stdout + done.stderr
    assert house.server.tables(house.empty) == house.server.tables(house.database)
    assert (again / blob.relative_to(house.folder)).read_bytes() == b"sealed bytes"
    # From here on the restored one knows its own database, and works with its own keys.
    assert amparo("rotate", "--dir", again, words=house.words).returncode == 0
    assert amparo("verify", "--dir", again, "--files").returncode == 0


def test_a_row_that_is_altered_after_the_restore_is_found(house: House, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert house.restored(*house.backed_up(tmp_path / "backups"), again).returncode == 0
    with closing(house.server.open(house.empty)) as opened:
        opened.execute("UPDATE access_office SET district = 'Elsewhere'")
    done = amparo("verify", "--dir", again)
    assert done.returncode == 1
    assert "row_altered" in done.stdout


def test_an_altered_backup_is_restored_with_a_warning_of_what_was_altered(house: House, tmp_path: Path) -> None:
    with closing(house.server.open(house.database)) as opened:
        opened.execute("UPDATE access_office SET district = 'Elsewhere'")
    done = house.restored(*house.backed_up(tmp_path / "backups"), tmp_path / "again")
    assert done.returncode == 1
    assert "row_altered" in done.stdout


def test_data_without_keys_hold_no_key_and_no_way_in(house: House, tmp_path: Path) -> None:
    with closing(house.server.open(house.database)) as opened:
        wrapped = opened.execute("SELECT wrapped FROM vault_datakey UNION SELECT wrapped FROM vault_officekey")
        held = [bytes(row[0]) for row in wrapped.fetchall()]
    data, keys = house.backed_up(tmp_path / "backups")
    plain = subprocess.run(["pg_restore", "--file=-", data / "data.pgdump"], capture_output=True, check=True).stdout
    assert held
    assert b"COPY public.vault_datakey" not in plain
    assert all(key.hex().encode() not in plain for key in held)
    assert all(PASSWORD not in path.read_text(errors="replace") for path in data.iterdir())
    assert {path.name for path in keys.iterdir()} == {
        "KEEP-30-DAYS.txt", "key-tables.jsonl", "keyring.age", "manifest.json",
    }  # fmt: skip
    assert all(path.stat().st_mode & 0o077 == 0 for path in (data, keys, *data.iterdir(), *keys.iterdir()))


def test_who_was_erased_stays_erased_with_old_data_and_new_keys(house: House, tmp_path: Path) -> None:
    data, _ = house.backed_up(tmp_path / "backups")
    with closing(house.server.open(house.database)) as opened:
        opened.execute("DELETE FROM vault_datakey")
    _, keys = house.backed_up(tmp_path / "backups")
    assert house.restored(data, keys, tmp_path / "again").returncode == 0
    with closing(house.server.open(house.empty)) as opened:
        assert opened.execute("SELECT count(*) FROM vault_datakey").fetchone() == (0,)
        assert opened.execute("SELECT count(*) FROM vault_officekey").fetchone() == (1,)


def test_a_new_key_can_be_made_after_a_restore(house: House, tmp_path: Path) -> None:
    """Numbers that the database counts itself go on behind the rows that were brought back."""
    again = tmp_path / "again"
    assert house.restored(*house.backed_up(tmp_path / "backups"), again).returncode == 0
    assert amparo("rotate", "--dir", again, words=house.words).returncode == 0
    with closing(house.server.open(house.empty)) as opened:
        assert opened.execute("SELECT max(id), count(*) FROM vault_officekey").fetchone() == (2, 2)


# ---- what is refused ----------------------------------------------------------------------------------------


def test_a_database_that_holds_anything_is_not_written_over(house: House, tmp_path: Path) -> None:
    data, keys = house.backed_up(tmp_path / "backups")
    with closing(house.server.open(house.empty)) as opened:
        opened.execute("CREATE TABLE something (word text)")
        opened.execute("INSERT INTO something VALUES ('theirs')")
    again = tmp_path / "again"
    done = house.restored(data, keys, again)
    assert (done.returncode, "config.database_in_use" in done.stderr) == (2, True)
    assert house.server.tables(house.empty) == {"something": [("theirs",)]}
    assert not again.exists()
    assert not (tmp_path / ".again.unfinished").exists()


def test_no_database_is_guessed(house: House, tmp_path: Path) -> None:
    data, keys = house.backed_up(tmp_path / "backups")
    done = house.restored(data, keys, tmp_path / "again", AMPARO_DATABASE_URL="")
    assert (done.returncode, "config.restore_needs_database" in done.stderr) == (2, True)
    gone = house.restored(data, keys, tmp_path / "again", AMPARO_DATABASE_URL=house.server.url("amparo_none"))
    assert (gone.returncode, "config.database_failed" in gone.stderr) == (2, True)
    assert "Traceback" not in gone.stderr
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("cut", ["data.pgdump", "key-tables.jsonl", "manifest.json"])
def test_a_backup_that_was_cut_short_is_refused(house: House, tmp_path: Path, cut: str) -> None:
    data, keys = house.backed_up(tmp_path / "backups")
    path = next(p for p in (data / cut, keys / cut) if p.exists())
    path.write_bytes(path.read_bytes()[:-100])
    done = house.restored(data, keys, tmp_path / "again")
    assert done.returncode == 2
    assert "config.backup_damaged" in done.stderr or "config.not_a_backup" in done.stderr
    assert house.server.tables(house.empty) == {}


@pytest.mark.faults
@pytest.mark.long
def test_a_killed_backup_is_none_and_does_not_hinder_the_next_one(house: House, tmp_path: Path) -> None:
    slow = standing_in(tmp_path / "bin", "pg_dump", f'echo $$ > {tmp_path}/dumping; "$REAL" "$@"; sleep 60')
    command = [sys.executable, "-m", "amparo.config.cli", "backup", "--dir", str(house.folder)]
    to = tmp_path / "backups"
    with subprocess.Popen([*command, "--to", str(to)], env=environment(PATH=slow)) as process:
        wait_for(tmp_path / "dumping")
        process.send_signal(signal.SIGKILL)
    os.kill(int((tmp_path / "dumping").read_text()), signal.SIGKILL)
    left = sorted(to.iterdir())
    assert [path.name.partition("-")[0] for path in left] == [".data", ".keys"]
    done = house.restored(*left, tmp_path / "again")
    assert (done.returncode, "config.not_a_backup" in done.stderr) == (2, True)
    assert house.restored(*house.backed_up(to), tmp_path / "again").returncode == 0


@pytest.mark.faults
@pytest.mark.long
def test_a_killed_restore_leaves_the_database_empty_and_can_be_repeated(house: House, tmp_path: Path) -> None:
    data, keys = house.backed_up(tmp_path / "backups")
    # Killed when all was sent and nothing committed: the server ends a transaction whose client has gone.
    blocking = standing_in(tmp_path / "bin", "pg_restore", f'echo $$ > {tmp_path}/restoring; exec "$REAL" "$@"')
    again = tmp_path / "again"
    command = [sys.executable, "-m", "amparo.config.cli", "restore", "--from", str(data), "--keys", str(keys)]
    address = {"AMPARO_DATABASE_URL": house.server.url(house.empty)}
    with subprocess.Popen([*command, "--dir", str(again)], env=environment(PATH=blocking, **address)) as process:
        wait_for(tmp_path / "restoring")
        time.sleep(0.3)
        process.send_signal(signal.SIGKILL)
        os.kill(int((tmp_path / "restoring").read_text()), signal.SIGKILL)
    assert not again.exists()
    until = time.monotonic() + 30
    while house.server.tables(house.empty) and time.monotonic() < until:
        time.sleep(0.1)
    assert house.restored(data, keys, again).returncode == 0


def wait_for(path: Path) -> None:
    until = time.monotonic() + 30
    while not (path.exists() and path.read_text().strip()) and time.monotonic() < until:
        time.sleep(0.005)
    assert path.exists()


# ---- the programs of PostgreSQL -----------------------------------------------------------------------------


def test_a_missing_program_is_named_before_anything_is_written(house: House, tmp_path: Path) -> None:
    nothing = tmp_path / "empty"
    nothing.mkdir()
    done = house.run("backup", "--to", tmp_path / "backups", PATH=str(nothing))
    assert done.returncode == 2
    assert "pg_dump" in done.stderr
    assert "[config.tool_missing]" in done.stderr
    assert list((tmp_path / "backups").iterdir()) == []
    assert "amparo.E027" in house.run("check", PATH=str(nothing)).stdout
    assert "amparo.E027" not in house.run("check").stdout
    data, keys = house.backed_up(tmp_path / "backups")
    done = house.restored(data, keys, tmp_path / "again", PATH=str(nothing))
    assert (done.returncode, "[config.tool_missing]" in done.stderr) == (2, True)
    assert house.server.tables(house.empty) == {}


def test_a_program_that_fails_half_way_leaves_no_backup(house: House, tmp_path: Path) -> None:
    said = "echo 'pg_dump: error: no room' >&2; echo 'CONTEXT: COPY people, line 1: canary-row' >&2"
    failing = standing_in(tmp_path / "bin", "pg_dump", f'"$REAL" "$@"; {said}; exit 3')
    done = house.run("backup", "--to", tmp_path / "backups", PATH=failing)
    assert done.returncode == 2
    assert "pg_dump: error: no room" in done.stderr
    assert "[config.tool_failed]" in done.stderr
    assert "canary-row" not in done.stderr
    assert list((tmp_path / "backups").iterdir()) == []


def test_nothing_secret_or_personal_stands_in_arguments_or_output(house: House, tmp_path: Path) -> None:
    told = tmp_path / "told"
    path = standing_in(tmp_path / "bin", "pg_dump", f'echo "$@" >> {told}; exec "$REAL" "$@"')
    standing_in(tmp_path / "bin", "pg_restore", f'echo "$@" >> {told}; exec "$REAL" "$@"')
    to = tmp_path / "backups"
    outputs = [house.run("backup", "--to", to, PATH=path)]
    data, keys = next(to.glob("data-*")), next(to.glob("keys-*"))
    outputs.append(house.restored(data, keys, tmp_path / "again", PATH=path))
    house.server.make(house.empty)
    outputs.append(house.run("upgrade", "--backup-to", to, PATH=path))
    assert all(done.returncode == 0 for done in outputs)
    said = told.read_text() + "".join(done.stdout + done.stderr for done in outputs)
    assert told.read_text().count("\n") == 3
    canaries = (PASSWORD, house.words.read_text(), "Hana", "hana", "Sample", "Sampletown")
    assert [word for word in canaries if word in said] == []


def test_init_takes_no_password_from_its_arguments(house: House, tmp_path: Path) -> None:
    done = amparo("init", "--dir", tmp_path / "new", *INIT, "--database-url", house.server.url(house.empty))
    assert (done.returncode, "config.password_in_arguments" in done.stderr) == (2, True)
    assert PASSWORD not in done.stderr
    assert not (tmp_path / "new").exists()
    assert house.server.tables(house.empty) == {}


# ---- upgrade ------------------------------------------------------------------------------------------------


def of_an_earlier_release(house: House) -> None:
    """Take away what the room `web` added to the database."""
    with closing(house.server.open(house.database)) as opened:
        opened.execute("DELETE FROM django_migrations WHERE app = 'web'")
        named = opened.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'web\\_%'").fetchall()
        for (name,) in named:
            opened.execute(sql.SQL("DROP TABLE {} CASCADE").format(sql.Identifier(name)))
        assert named


def test_upgrade_backs_up_changes_tables_and_verifies(house: House) -> None:
    of_an_earlier_release(house)
    assert "amparo.E019" in house.run("check").stdout
    done = house.run("upgrade")
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(list(house.folder.with_name("instance-backups").glob("data-*"))) == 1
    assert "amparo.E019" not in house.run("check").stdout


@pytest.mark.faults
@pytest.mark.long
@pytest.mark.parametrize("after", [0.0, 0.1, 0.3, 0.6])
def test_an_upgrade_that_is_killed_changed_all_or_nothing_and_can_be_repeated(house: House, after: float) -> None:
    whole = set(house.server.tables(house.database))
    of_an_earlier_release(house)
    earlier = set(house.server.tables(house.database))
    command = [sys.executable, "-m", "amparo.config.cli", "upgrade", "--dir", str(house.folder)]
    backups = house.folder.with_name("instance-backups")
    with subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL) as process:
        until = time.monotonic() + 30
        # The backup is made first, and has its name when it is whole.
        while not list(backups.glob("data-*")) and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
    assert set(house.server.tables(house.database)) in (earlier, whole)
    done = house.run("upgrade")
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(house.server.tables(house.database)) == whole


def test_a_backup_belongs_to_one_organisation(house: House, tmp_path: Path) -> None:
    data, keys = house.backed_up(tmp_path / "backups")
    manifest = keys / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"verifier": "another"}))
    done = house.restored(data, keys, tmp_path / "again")
    assert (done.returncode, "config.backup_of_another" in done.stderr) == (2, True)
