"""Backups in two parts with two lives: data, which may be kept for years, and keys, for thirty days at most.

Erasing somebody destroys her keys. It reaches into the backups because the data hold no key, and because a
restore uses the newest keys there are.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import tomlkit

from amparo.config import env, instance
from amparo.kernel import clock, durable
from amparo.kernel.errors import N_, AppError

Progress = Callable[[str, int, int], None]

DATA, KEYS = "data", "keys"
_MANIFEST = "manifest.json"
_SQLITE, _DUMP = "data.sqlite3", "data.pgdump"
_KEY_ROWS = "key-tables.jsonl"
_KEYRING = "keyring.age"
_KEEP_DAYS = 30
_KEEP_NOTE = f"""\
These are the keys to everything that Amparo keeps.

Keep this folder apart from the backups of the data, on another disk, and delete it after
{_KEEP_DAYS} days at the latest. "amparo backup" deletes those that lie beside the newest one; copies
elsewhere are yours to delete. What was erased for a person can be read again from old keys and
old data together; without old keys it can't, by anybody.

It opens with the passphrase of the recovery sheet alone.
"""


class NotABackup(AppError):
    code = "config.not_a_backup"
    template = N_("%(folder)s is not a %(part)s folder of a backup, or not a whole one.")
    hint_template = N_("“amparo backup” makes two folders, data-… and keys-…; give one of each.")


class BackupDamaged(AppError):
    code = "config.backup_damaged"
    template = N_("The backup is damaged: %(name)s is not what was written.")
    hint_template = N_("Take another backup. Nothing was restored.")


class OtherInstance(AppError):
    code = "config.backup_of_another"
    template = N_("The data and the keys are of two different organisations.")
    hint_template = N_("Look for the keys folder that was made with this data.")


class ToolMissing(AppError):
    code = "config.tool_missing"
    template = N_("The program %(name)s is needed for a database on PostgreSQL, and is not here.")
    hint_template = N_("Install Debian's package postgresql-client.")


class ToolFailed(AppError):
    code = "config.tool_failed"
    template = N_("The program %(name)s ended with an error (%(code)s).")
    hint_template = N_("What it said stands above, without what it quotes from rows. Nothing was kept.")


class DatabaseNeeded(AppError):
    code = "config.restore_needs_database"
    template = N_("This backup is of a database on PostgreSQL, and no new database was named.")
    hint_template = N_("Make an empty database and name it in AMPARO_DATABASE_URL.")


@dataclass(frozen=True, slots=True)
class Written:
    """`forgotten` folders of old keys were deleted."""

    data: Path
    keys: Path
    blobs: int
    forgotten: int


@dataclass(frozen=True, slots=True)
class Restored:
    """`keys_older` tells that words newer than the keys may stay closed."""

    keys_older: bool


def _quiet(what: str, done: int, whole: int) -> None:
    """Say nothing."""


# ---- writing ------------------------------------------------------------------------------------------


def write(folder: Path, to: Path, *, keys_to: Path | None = None, progress: Progress = _quiet) -> Written:
    """Copy an instance while people work on it. Django must be set up on it; no passphrase is needed.

    `to` gets a folder of data, one of keys, and `blobs` that all backups there share; a blob that is
    there already is not copied again. With `keys_to` the keys go there. Once all of it is on the disk, keys
    of this organisation that lie beside the new ones for more than 30 days are deleted.

    Raises: ToolMissing, ToolFailed, KeyringMissing.
    """
    instance.check_keyring_is_there(folder)
    places = {DATA: to, KEYS: keys_to or to}
    moment = clock.now()
    stamp = moment.strftime("%Y%m%d-%H%M%S-%f")[:-3]
    data, keys = (place / f".{part}-{stamp}.unfinished" for part, place in places.items())
    for part in (data, keys):
        part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.mkdir(mode=0o700)
    try:
        progress("database", 0, 1)
        _write_database(data, keys)
        for name in (instance.SETTINGS_FILE, instance.VERIFIER_FILE):
            _copy(folder / name, data / name)
        # The address may hold a password, and a restore names another database anyway.
        _drop_setting(data, env.DATABASE_URL)
        _copy(instance.keyring_path(folder), keys / _KEYRING)
        durable.write_new(keys / "KEEP-30-DAYS.txt", _KEEP_NOTE.encode())
        blobs = _copy_blobs(folder / "blobs", to / "blobs", progress)
        done = [
            _finish(part, part.with_name(f"{kind}-{stamp}"), kind, moment, folder)
            for part, kind in ((data, DATA), (keys, KEYS))
        ]
    except BaseException:
        for part in (data, keys):
            shutil.rmtree(part, ignore_errors=True)
        raise
    return Written(done[0], done[1], blobs, _forget_keys(done[1], moment))


def _forget_keys(newest: Path, now: datetime) -> int:
    """Delete what is older than 30 days beside the newest keys: only keys, only ours, and only whole or cut ones."""
    ours = json.loads((newest / _MANIFEST).read_bytes())["verifier"]
    late = [path for path in newest.parent.glob(f"{KEYS}-*") if path != newest and _is_late(path, ours, now)]
    # What a killed backup left. Nobody would ever look there, and no restore takes it.
    before = (now - timedelta(days=_KEEP_DAYS)).timestamp()
    late += [path for path in newest.parent.glob(f".{KEYS}-*.unfinished") if path.stat().st_mtime < before]
    for path in late:
        shutil.rmtree(path)
    if late:
        durable.sync_folder(newest.parent)
    return len(late)


def _is_late(folder: Path, ours: str, now: datetime) -> bool:
    try:
        told = json.loads((folder / _MANIFEST).read_bytes())
        return (
            told["part"] == KEYS
            and told["verifier"] == ours
            and now - datetime.fromisoformat(told["at"]) > timedelta(days=_KEEP_DAYS)
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _finish(work: Path, final: Path, kind: str, moment: datetime, folder: Path) -> Path:
    manifest = {
        "format": "amparo backup 1",
        "part": kind,
        "at": moment.isoformat(),
        "verifier": (folder / instance.VERIFIER_FILE).read_text().strip(),
        "sha256": {path.name: _hash(path) for path in sorted(work.iterdir())},
    }
    durable.write_new(work / _MANIFEST, json.dumps(manifest, indent=1).encode())
    os.rename(work, final)
    durable.sync_folder(final.parent)
    return final


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(source: Path, target: Path) -> None:
    """Copy a file durably; the name appears when all of it is on the disk."""
    beside = target.with_name(f"{target.name}.new")
    with source.open("rb") as read, open(beside, "wb", opener=_private) as out:
        shutil.copyfileobj(read, out, 1 << 20)
        out.flush()
        os.fsync(out.fileno())
    os.replace(beside, target)


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _key_tables() -> list[str]:
    """The key tables; those that refer to others come after them."""
    from django.apps import apps

    models = list(apps.get_app_config("vault").get_models())
    models.sort(key=lambda model: any(field.is_relation for field in model._meta.concrete_fields))
    return [model._meta.db_table for model in models]


def _write_database(data: Path, keys: Path) -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        # Data first: a key made in between is then there, and one erased in between is not.
        _pg(
            "pg_dump",
            [
                "--format=custom",
                f"--file={data / _DUMP}",
                *(f"--exclude-table-data={t}" for t in _key_tables()),
            ],
        )
        _write_rows(keys / _KEY_ROWS, _rows_of_connection())
        return
    whole = keys / "whole.sqlite3"
    with (
        closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as source,
        closing(_sqlite(whole)) as copy,
    ):
        source.backup(copy)
        _write_rows(keys / _KEY_ROWS, _rows_of_sqlite(copy))
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("PRAGMA secure_delete=ON")
        for table in reversed(_key_tables()):
            copy.execute(f"DELETE FROM {table}")  # noqa: S608 - the name is ours
        copy.execute("VACUUM INTO ?", [str(data / _SQLITE)])
    os.chmod(data / _SQLITE, 0o600)
    whole.unlink()


def _sqlite(path: Path) -> sqlite3.Connection:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return sqlite3.connect(path, isolation_level=None)


def _rows_of_sqlite(copy: sqlite3.Connection) -> Iterator[tuple[str, dict[str, object]]]:
    for table in _key_tables():
        found = copy.execute(f"SELECT * FROM {table}")  # noqa: S608 - the name is ours
        names = [column[0] for column in found.description]
        for row in found:
            yield table, dict(zip(names, row, strict=True))


def _rows_of_connection() -> Iterator[tuple[str, dict[str, object]]]:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table in _key_tables():
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - the name is ours
            names = [column[0] for column in cursor.description]
            while rows := cursor.fetchmany(1_000):
                for row in rows:
                    yield table, dict(zip(names, row, strict=True))


def _write_rows(path: Path, rows: Iterator[tuple[str, dict[str, object]]]) -> None:
    with open(path, "w", encoding="utf-8", opener=_private) as out:
        for table, row in rows:
            out.write(json.dumps([table, {name: _plain(value) for name, value in row.items()}]) + "\n")
        out.flush()
        os.fsync(out.fileno())


def _plain(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return {"bytes": base64.b64encode(bytes(value)).decode()}
    return value if value is None or isinstance(value, int | str) else str(value)


def _raw(value: dict[str, str] | str | int | None) -> bytes | str | int | None:
    return base64.b64decode(value["bytes"]) if isinstance(value, dict) else value


def _copy_blobs(source: Path, target: Path, progress: Progress) -> int:
    """Bring the blobs that are not there yet. Returns how many there are."""
    paths = sorted(path for path in source.glob("??/??/*") if path.is_file())
    for number, path in enumerate(paths, 1):
        there = target / path.relative_to(source)
        if not there.exists():
            there.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _copy(path, there)
        progress("files", number, len(paths))
    return len(paths)


_PG_SETTINGS = {
    "PGDATABASE": "NAME",
    "PGUSER": "USER",
    "PGPASSWORD": "PASSWORD",
    "PGHOST": "HOST",
    "PGPORT": "PORT",
}
# Options of an address that the tools know from the environment under the same name.
_PG_OPTIONS = frozenset({"sslmode", "sslrootcert", "sslcert", "sslkey", "passfile", "service", "connect_timeout"})


def _pg(tool: str, arguments: list[str]) -> None:
    """Run a tool of PostgreSQL on the instance's database; its password is handed over in the environment."""
    from django.db import connection

    settings = connection.settings_dict
    if shutil.which(tool) is None:
        raise ToolMissing(name=tool)
    given = {name: str(settings[key]) for name, key in _PG_SETTINGS.items() if settings.get(key)}
    given |= {
        f"PG{option.upper()}": str(value) for option, value in settings["OPTIONS"].items() if option in _PG_OPTIONS
    }
    database = ["--dbname", str(settings["NAME"])] if tool == "pg_restore" else []
    done = subprocess.run(
        [tool, "--no-password", *database, *arguments],
        env={**os.environ, **given},
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    _say(tool, done.stderr.decode(errors="replace"))
    if done.returncode != 0:
        raise ToolFailed(name=tool, code=done.returncode)


def _say(tool: str, said: str) -> None:
    """Pass on what a tool said of itself; the lines below are of the server and quote rows and statements."""
    for line in said.splitlines():
        if line.startswith(f"{tool}: "):
            print(line, file=sys.stderr, flush=True)


# ---- reading back -------------------------------------------------------------------------------------


def _manifest(folder: Path, part: str) -> dict[str, object]:
    """The manifest of a part, all of whose files are what was written. Raises NotABackup, BackupDamaged."""
    try:
        told: object = json.loads((folder / _MANIFEST).read_bytes())
    except (OSError, ValueError) as error:
        raise NotABackup(folder=str(folder), part=part) from error
    if not isinstance(told, dict) or told.get("part") != part or not isinstance(told.get("sha256"), dict):
        raise NotABackup(folder=str(folder), part=part)
    for name, wanted in told["sha256"].items():
        path = folder / name
        if not path.is_file() or _hash(path) != wanted:
            raise BackupDamaged(name=str(name))
    return told


def restore(data: Path, keys: Path, folder: Path, *, progress: Progress = _quiet) -> Restored:
    """Make an instance again in `folder`, which must be empty, from data of any day and the newest keys.

    Leaves Django set up on the folder, its connections closed.

    Raises: NotABackup, BackupDamaged, OtherInstance, DatabaseNeeded, DatabaseInUse, ToolMissing,
        ToolFailed.
    """
    of_data, of_keys = _manifest(data, DATA), _manifest(keys, KEYS)
    if of_data["verifier"] != of_keys["verifier"]:
        raise OtherInstance
    for name in (instance.SETTINGS_FILE, instance.VERIFIER_FILE):
        _copy(data / name, folder / name)
    # A path to another disk is the old machine's; the keyring comes into the folder and may be moved again.
    _drop_setting(folder, env.KEYRING)
    _copy(keys / _KEYRING, folder / env.KEYRING.default)
    if (data / _SQLITE).exists():
        _copy(data / _SQLITE, folder / instance.DATABASE_FILE)
        instance.start_django(folder)
    else:
        _restore_postgresql(data, folder)
    _load_rows(keys / _KEY_ROWS)
    _copy_blobs(data.parent / "blobs", folder / "blobs", progress)
    (folder / "blobs").mkdir(mode=0o700, exist_ok=True)
    instance.let_go_of_database()
    return Restored(keys_older=str(of_keys["at"]) < str(of_data["at"]))


def _drop_setting(folder: Path, setting: env.Setting[str]) -> None:
    path = folder / instance.SETTINGS_FILE
    table = tomlkit.parse(path.read_text(encoding="utf-8"))
    if setting.name in table:
        del table[setting.name]
        durable.replace(path, tomlkit.dumps(table).encode())


def _set_setting(folder: Path, setting: env.Setting[str], value: str) -> None:
    path = folder / instance.SETTINGS_FILE
    table = tomlkit.parse(path.read_text(encoding="utf-8"))
    table[setting.name] = value
    durable.replace(path, tomlkit.dumps(table).encode())


def _restore_postgresql(data: Path, folder: Path) -> None:
    address = os.environ.get("AMPARO_DATABASE_URL", "")
    if not address:
        raise DatabaseNeeded
    _set_setting(folder, env.DATABASE_URL, address)
    instance.start_django(folder)
    from django.db import connection

    if connection.introspection.table_names():
        raise instance.DatabaseInUse
    _pg("pg_restore", ["--no-owner", "--exit-on-error", "--single-transaction", str(data / _DUMP)])


def _load_rows(path: Path) -> None:
    from django.core.management.color import no_style
    from django.db import connection, transaction

    quote = connection.ops.quote_name
    known = set(_key_tables())
    with transaction.atomic(), connection.cursor() as cursor, path.open(encoding="utf-8") as lines:
        for line in lines:
            table, row = json.loads(line)
            if table not in known:
                raise BackupDamaged(name=path.name)
            columns = ", ".join(map(quote, row))
            places = ", ".join(["%s"] * len(row))
            # Names are quoted, and the table is one of ours.
            statement = f"INSERT INTO {quote(table)} ({columns}) VALUES ({places})"  # noqa: S608
            cursor.execute(statement, [_raw(value) for value in row.values()])
        from django.apps import apps

        models = list(apps.get_app_config("vault").get_models())
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
