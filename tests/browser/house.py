"""Making and serving a real instance for a browser: the command line as a person would use it.

`python -m tests.browser.house FOLDER` makes a demonstration with one office and the cast of all tests, and no casework.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.browser.road import slow_road
from tests.light import ON_PATH

_START_SECONDS = 600
_ENDING_SECONDS = 30


@dataclass(frozen=True, slots=True)
class House:
    """A served instance: where it is on the disk, where a browser finds it, and where leaving it leads to."""

    folder: Path
    url: str
    elsewhere: str


class _Weather(BaseHTTPRequestHandler):
    """A page that anybody may have open."""

    def do_GET(self) -> None:
        page = b"<!doctype html><title>Elsewhere</title><link rel=icon href=data:,><h1>The weather</h1>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def _world_outside() -> Iterator[str]:
    """The address of a site that is not ours, on this machine: no test asks the network."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Weather)
    server.daemon_threads = True
    answering = threading.Thread(target=server.serve_forever, daemon=True)
    answering.start()
    try:
        yield f"http://elsewhere.localhost:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        answering.join()


def _environment() -> dict[str, str]:
    """This process's own, without what names another instance."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "DJANGO_"))}
    return clean | {"PYTHONPATH": os.pathsep.join([str(Path.cwd()), str(Path.cwd() / "src"), ON_PATH])}


def amparo(*arguments: str | Path, seconds: int = 900) -> subprocess.CompletedProcess[str]:
    """Run one command of the command line, with nobody at the keyboard."""
    return _run("amparo.config.cli", *arguments, seconds=seconds)


def _run(module: str, *arguments: str | Path, seconds: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        env=_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


def make_with_cast(folder: Path) -> None:
    """A demonstration in which the whole cast works, and nothing has happened yet."""
    done = _run("tests.browser.house", folder, seconds=600)
    assert done.returncode == 0, done.stderr


def make_lively(folder: Path, cases: int) -> None:
    """The demonstration as `amparo demo` makes it, with so many cases."""
    done = amparo("demo", "--dir", folder, "--cases", str(cases), "--no-serve")
    assert done.returncode == 0, done.stderr


@contextmanager
def served(folder: Path) -> Iterator[House]:
    """Serve an instance on a free port of this machine, and end just that server afterwards."""
    port = _free_port()
    command = ["serve", "--dir", str(folder), "--port", str(port), "--workers", "1"]
    with _world_outside() as elsewhere, (folder.parent / f"{folder.name}-server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "amparo.config.cli", *command],
            env=_environment() | {"AMPARO_LEAVE_TO": elsewhere},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            house = House(folder, f"http://127.0.0.1:{port}", elsewhere)
            _wait_until_it_answers(house, server)
            with _road_to(port) as gate:
                yield replace(house, url=f"http://127.0.0.1:{gate}")
        finally:
            server.terminate()
            try:
                server.wait(timeout=_ENDING_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


@contextmanager
def _road_to(port: int) -> Iterator[int]:
    """The port at which the browser asks: the house's own, unless the road is to be slow."""
    hold_ms = int(os.environ.get("AMPARO_TEST_SLOW", "0"))
    with ExitStack() as stack:
        yield stack.enter_context(slow_road(port, hold_ms)) if hold_ms else port


def _free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


def _wait_until_it_answers(house: House, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended before it answered"
        try:
            with urllib.request.urlopen(f"{house.url}/sign-in/", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def _main(folder: Path) -> None:
    from amparo.config import instance

    keeper = instance.Keeper("Hana Sample", "hana", "Sample House", "Sampletown", "not-used-in-these-tests")
    with instance.being_made(folder) as work:
        instance.create(work, demo=True, keeper=keeper)
        # Only now is Django ready for what the cast is made of.
        from django.conf import settings

        from tests.cast import hire_everybody

        settings.PASSWORD_HASHERS = ["tests.cast.QuickHasher"]
        hire_everybody()
        instance.let_go_of_database()


if __name__ == "__main__":
    _main(Path(sys.argv[1]).absolute())
