"""What can be wrong with an instance, numbered, each with what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from amparo.config import env, instance, serving
from amparo.kernel import clock
from amparo.vault import keyring

_LITTLE_BYTES = 1 << 30
_TOO_LITTLE_BYTES = 100 << 20
# Not a day of Amparo's past: a clock before it was never set.
_EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
_FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_ARABIC_FONTS = ("*naskh*arab*", "*arabic*", "*amiri*", "*dejavusans*", "*kacst*")


@dataclass(frozen=True, slots=True)
class Problem:
    """`code` is amparo.E… for what must be put right, amparo.W… for what should be known."""

    code: str
    text: str
    hint: str

    @property
    def is_error(self) -> bool:
        return ".E" in self.code


Check = Callable[[Path], Iterator[Problem]]


def before_start(folder: Path) -> list[Problem]:
    """What can be told without the database."""
    return [problem for check in _OUTSIDE for problem in check(folder)]


def all_of(folder: Path) -> list[Problem]:
    """Everything. Django must be set up on the folder; the keyring may stay locked."""
    return [problem for check in (*_OUTSIDE, *_INSIDE) for problem in check(folder)]


def _keyring(folder: Path) -> Iterator[Problem]:
    path = instance.keyring_path(folder)
    if not path.is_file():
        yield Problem(
            "amparo.E001",
            "The keyring file is missing.",
            "Put the disk with the keyring back, or restore the keyring from its own backup.",
        )
    elif path.stat().st_mode & 0o077:
        yield Problem("amparo.E002", "Others can read the keyring file.", f"chmod 600 {path}")
    if keyring.following(path).exists():
        yield Problem(
            "amparo.W028",
            "A renewal of the passphrase or of the root key was interrupted, or is going on now.",
            "Nothing is lost. Run the same command again; the passphrase from before counts.",
        )


def _folder(folder: Path) -> Iterator[Problem]:
    for path in (folder, folder / "blobs"):
        if path.is_dir() and path.stat().st_mode & 0o077:
            yield Problem("amparo.E003", f"Others can enter {path}.", f"chmod 700 {path}")


def _sqlite(folder: Path) -> Iterator[Problem]:
    from amparo.ledger import wal

    version = sqlite3.sqlite_version_info
    if not env.value(env.DATABASE_URL, folder) and wal.has_the_fault((version[0], version[1], version[2])):
        yield Problem(
            "amparo.W004",
            f"SQLite {sqlite3.sqlite_version} has a known fault in its write-ahead log.",
            "Amparo works around it. Let no other program write to the database while Amparo runs.",
        )


def _postgresql(folder: Path) -> Iterator[Problem]:
    missing = [name for name in ("pg_dump", "pg_restore") if shutil.which(name) is None]
    if env.value(env.DATABASE_URL, folder) and missing:
        yield Problem(
            "amparo.E027",
            f"{' and '.join(missing)} can't be found, so there are no backups of this database.",
            "Install Debian's package postgresql-client, not older than the server.",
        )


def _secret_files(folder: Path) -> Iterator[Problem]:
    demo = env.value(env.DEMO, folder)
    if (folder / instance.PASSPHRASE_FILE).exists() and not demo:
        yield Problem(
            "amparo.E005",
            "The passphrase lies in the instance folder, beside what it opens.",
            f"Delete {instance.PASSPHRASE_FILE} and choose a new passphrase.",
        )
    named = os.environ.get("AMPARO_PASSPHRASE_FILE", "")
    path = Path(named)
    if named and path.is_file() and stat.S_ISREG(path.stat().st_mode) and path.stat().st_mode & 0o077:
        yield Problem("amparo.E006", "Others can read the file with the passphrase.", f"chmod 600 {path}")
    if named and not demo and path.resolve().is_relative_to(folder.resolve()):
        yield Problem(
            "amparo.E007",
            "The file with the passphrase lies in the instance folder, and so in every copy of it.",
            "Keep it elsewhere, such as with systemd's LoadCredential.",
        )
    settings = folder / instance.SETTINGS_FILE
    if settings.stat().st_mode & 0o077:
        yield Problem("amparo.E008", "Others can read the settings.", f"chmod 600 {settings}")


def _network(folder: Path) -> Iterator[Problem]:
    try:
        where = serving.listening(folder, serving.DEFAULT_HOST, serving.DEFAULT_PORT)
    except serving.TlsFileMissing as error:
        yield Problem("amparo.E009", error.message(), error.hint())
        return
    hosts = env.value(env.HOSTS, folder)
    behind = env.value(env.TRUSTED_PROXY, folder)
    if "*" in hosts:
        yield Problem(
            "amparo.E010",
            "Any host name is accepted.",
            "Name the hosts of this instance in the setting hosts.",
        )
    elif (where.certificate or behind) and all(serving.is_loopback(host) for host in hosts):
        yield Problem(
            "amparo.W011",
            "Staff can open Amparo under no name but this machine's own.",
            "Name the host that they use in the setting hosts.",
        )
    if not where.certificate and not behind:
        yield Problem(
            "amparo.W012",
            "Neither a certificate nor a proxy is set, so Amparo serves this machine alone.",
            "Name tls_certificate and tls_key, or set trusted_proxy behind a proxy that ends TLS.",
        )


def _sites(folder: Path) -> Iterator[Problem]:
    """Cookies and what “Leave this page” clears reach as far as a registered name, so the sites must not share one."""
    staff = env.value(env.HOSTS, folder)
    report, facts = env.value(env.REPORT_HOSTS, folder), env.value(env.FACTS_HOSTS, folder)
    if set(report) & set(facts) or set(staff) & {*report, *facts}:
        yield Problem(
            "amparo.E021",
            "Two sites have the same host name.",
            "Give hosts, report_hosts and facts_hosts names of their own.",
        )
        return
    ours = {_registered(host) for host in staff if not serving.is_loopback(host)}
    near = sorted(host for host in (*report, *facts) if _registered(host) in ours)
    if near:
        yield Problem(
            "amparo.W022",
            f"{', '.join(near)} and the staff's site are under one registered name.",
            "Register another name for the public sites: who leaves one could sign out the staff, and who finds one "
            "finds the other.",
        )
    served = env.value(env.TLS_CERTIFICATE, folder) or env.value(env.TRUSTED_PROXY, folder)
    if served and any(host.endswith(".localhost") for host in (*report, *facts)):
        yield Problem(
            "amparo.W023",
            "A public site has no name but this machine's own, so nobody outside can open it.",
            "Name it in report_hosts or facts_hosts; leave the setting empty if there is to be none.",
        )


def _registered(host: str) -> str:
    """The part of a name that was registered, as far as two labels tell it: good enough for a warning."""
    return ".".join(host.lower().split(".")[-2:])


def _disk(folder: Path) -> Iterator[Problem]:
    free = shutil.disk_usage(folder).free
    if free < _TOO_LITTLE_BYTES:
        yield Problem("amparo.E013", "The disk is full.", "Make room before anything else is saved.")
    elif free < _LITTLE_BYTES:
        yield Problem("amparo.W014", f"Only {free >> 20} MiB are free on the disk.", "Make room soon.")


def _fonts(_folder_: Path) -> Iterator[Problem]:
    names = {path.name.lower() for base in _FONT_FOLDERS if base.is_dir() for path in base.rglob("*.[to]t[fc]")}
    wanted = [pattern.strip("*").replace("*", "") for pattern in _ARABIC_FONTS]
    if not any(word in name.replace("-", "").replace("_", "") for name in names for word in wanted):
        yield Problem(
            "amparo.W015",
            "There is no font for Arabic on this machine, so documents in Arabic would show boxes.",
            "Install Debian's package fonts-noto-core.",
        )


def _demo(folder: Path) -> Iterator[Problem]:
    if env.value(env.DEMO, folder):
        yield Problem(
            "amparo.W016",
            "This is a demonstration: its passphrase lies beside it. It is not safe for real people.",
            "Use “amparo init” for real work.",
        )


def _debug(_folder_: Path) -> Iterator[Problem]:
    from django.conf import settings

    if settings.DEBUG:
        yield Problem("amparo.E017", "Error pages show the program's inside.", "Take DEBUG out of the settings.")


def _database(folder: Path) -> Iterator[Problem]:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Problem(
            "amparo.E018",
            f"The database can't be reached ({type(error).__name__}).",
            "Start it, or correct database_url.",
        )
        return
    if waiting:
        yield Problem(
            "amparo.E019",
            f"The database lacks {len(waiting)} changes of this release.",
            "Run “amparo upgrade”.",
        )
        return
    yield from _clock()
    yield from _helplines()
    yield from _facts()


def _clock() -> Iterator[Problem]:
    from amparo.ledger import checkpoints

    now, last = clock.now(), checkpoints.last_moment()
    if now < _EARLIEST or (last is not None and now < last):
        yield Problem(
            "amparo.E020",
            "This machine's clock is behind: the ledger already knows later moments.",
            "Set the clock, and let it follow a time server.",
        )


def _helplines() -> Iterator[Problem]:
    from amparo.staff import queries

    hidden = queries.helplines_hidden()
    if hidden:
        yield Problem(
            "amparo.W024",
            f"Helplines that nobody called for 90 days, so that strangers no longer see them: {len(hidden)}.",
            "Call each number, and enter the day under Organisation, Settings.",
        )


def _facts() -> Iterator[Problem]:
    from amparo.facts import queries
    from amparo.facts.errors import PackBroken

    try:
        late = queries.overdue(clock.today())
    except PackBroken as error:
        yield Problem("amparo.E025", f"The facts in {error.fields['file']} can't be read.", error.hint())
        return
    if late:
        yield Problem(
            "amparo.W026",
            f"{len(late)} published facts are past their review day: {', '.join(late)}.",
            "Look for a newer figure at the publisher, and change or withdraw the fact.",
        )


_OUTSIDE: tuple[Check, ...] = (
    _keyring, _folder, _sqlite, _postgresql, _secret_files, _network, _sites, _disk, _fonts, _demo,
)  # fmt: skip
_INSIDE: tuple[Check, ...] = (_debug, _database)
