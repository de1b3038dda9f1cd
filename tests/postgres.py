"""A private PostgreSQL server for one run: `python -m tests.postgres run -- pytest tests`.

It comes from Debian's own package, listens on no network address, trusts only who may enter its socket
directory, and leaves nothing behind. As root it runs as the user `postgres`, since the server refuses root.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

SERVERS = Path("/usr/lib/postgresql")
SERVER_USER = "postgres"
DATABASE = "amparo_test"
START_SECONDS = 60


class NoServer(Exception):
    """PostgreSQL cannot be started here; the text says what to do."""


@contextmanager
def private_server(*, fsync: bool = True) -> Iterator[str]:
    """Start a server with an empty database, yield its URL, and remove both at the end.

    Args:
        fsync: False makes ordinary tests faster; what survives a power cut is then unknown.
    """
    binaries = _newest_binaries()
    folder = _own_folder()
    try:
        _as_server_user(
            [
                binaries / "initdb",
                *("--auth=trust", "--data-checksums", "--encoding=UTF8", "--locale=C.UTF-8"),
                *(f"--username={SERVER_USER}", f"--pgdata={folder / 'data'}"),
                *(() if fsync else ("--no-sync",)),
            ],
            folder,
        )
        with _running(binaries, folder, fsync=fsync):
            _as_server_user([binaries / "createdb", "-h", folder, "-U", SERVER_USER, DATABASE], folder)
            yield f"postgresql:///{DATABASE}?host={folder}&user={SERVER_USER}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(binaries: Path, folder: Path, *, fsync: bool) -> Iterator[None]:
    control: list[str | Path] = [
        binaries / "pg_ctl",
        "-w",
        "-s",
        "-t",
        str(START_SECONDS),
        "-D",
        folder / "data",
    ]
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c unix_socket_permissions=0700"
    if not fsync:
        options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    _as_server_user([*control, "-l", folder / "log", "-o", options, "start"], folder)
    try:
        yield
    finally:
        _as_server_user([*control, "-m", "immediate", "stop"], folder)


def _newest_binaries() -> Path:
    found = sorted(
        (path.parent for path in SERVERS.glob("*/bin/initdb")),
        key=lambda path: float(path.parent.name),
    )
    if not found:
        raise NoServer(
            f"No PostgreSQL server was found in {SERVERS}. Install Debian's packages postgresql and "
            "postgresql-contrib (`make setup-dev` does), or leave these tests out with `make test fast=1`."
        )
    return found[-1]


def _own_folder() -> Path:
    """Make a 0700 folder that the server's user can enter, with a path short enough for a socket."""
    for parent in dict.fromkeys([tempfile.gettempdir(), "/tmp", "/var/tmp"]):
        folder = Path(tempfile.mkdtemp(prefix="amparo-pg-", dir=parent))
        folder.chmod(0o700)
        if os.geteuid() == 0:
            shutil.chown(folder, SERVER_USER, SERVER_USER)
        may_write = subprocess.run([*_user_switch(), "test", "-w", folder], check=False).returncode == 0
        if may_write and len(str(folder)) < 80:
            return folder
        folder.rmdir()
    raise NoServer("No temporary directory was found that the user of the PostgreSQL server can enter.")


def _user_switch() -> list[str]:
    return ["runuser", "-u", SERVER_USER, "--"] if os.geteuid() == 0 else []


def _as_server_user(command: Sequence[str | Path], folder: Path) -> None:
    # The log file takes the output: a pipe would be kept open by the server for as long as it lives.
    with (folder / "commands.log").open("ab") as log:
        done = subprocess.run(
            [*_user_switch(), *command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=False,
            # A Ctrl-C is for the tests; the server stops in order once they have ended.
            start_new_session=True,
        )
    if done.returncode != 0:
        logs = [path.read_text(errors="replace") for path in sorted(folder.glob("*log"))]
        raise NoServer(f"{Path(command[0]).name} failed:\n{''.join(logs)}")


def _run(command: list[str]) -> int:
    fsync = os.environ.get("AMPARO_TEST_FSYNC", "on") != "off"
    # Ending by a signal must still stop the server, so the signal becomes an exception.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    with private_server(fsync=fsync) as url:
        environment = {**os.environ, "AMPARO_DATABASE_URL": url, "AMPARO_TEST_DATABASE": "postgresql"}
        with subprocess.Popen(command, env=environment) as child:
            try:
                return child.wait()
            except BaseException:
                child.terminate()
                raise


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main(arguments: list[str]) -> int:
    """Run a command beside a private server and return its exit code."""
    if arguments[:2] != ["run", "--"] or len(arguments) < 3:
        print("usage: python -m tests.postgres run -- COMMAND [ARGUMENT ...]", file=sys.stderr)
        return 2
    try:
        return _run(arguments[2:])
    except NoServer as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
