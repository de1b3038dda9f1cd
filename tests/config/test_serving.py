"""`amparo serve`: where it listens, and what it shows while it is locked."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from amparo.config import serving
from tests.config.conftest import Made, amparo, environment

pytestmark = pytest.mark.sqlite_only


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(made: Made, *, words: Path | None) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    port = free_port()
    command = [sys.executable, "-m", "amparo.config.cli", "serve", "--dir", str(made.folder)]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--workers", "1"],
        env=environment(words),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_for(port, process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=150)


def wait_for(port: int, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, process.communicate()[1]
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not start")


def fetch(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=150) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_beyond_this_machine_it_listens_only_with_tls_or_behind_a_proxy(made: Made, host: str) -> None:
    with pytest.raises(serving.NotWithoutTls):
        serving.listening(made.folder, host, 8000)
    settings = (made.folder / "amparo.toml").read_text()
    (made.folder / "amparo.toml").write_text(settings + "trusted_proxy = true\n")
    assert serving.listening(made.folder, host, 8000).certificate is None
    (made.folder / "amparo.toml").write_text(settings + 'tls_certificate = "c.pem"\ntls_key = "k.pem"\n')
    with pytest.raises(serving.TlsFileMissing):
        serving.listening(made.folder, host, 8000)
    for name in ("c.pem", "k.pem"):
        (made.folder / name).write_text("-")
    assert serving.listening(made.folder, host, 8000).url.startswith("https://")


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_this_machine_alone_is_served_without_tls(made: Made, host: str) -> None:
    assert serving.listening(made.folder, host, 8000).certificate is None


def test_the_command_refuses_the_world_without_tls(made: Made) -> None:
    done = amparo("serve", "--dir", made.folder, "--host", "0.0.0.0", words=made.words)
    assert done.returncode == 2
    assert "tls_certificate" in done.stderr


def test_a_wrong_passphrase_starts_no_server(made: Made, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("seven words that open nothing at all")
    assert amparo("serve", "--dir", made.folder, words=wrong).returncode == 2


def test_a_server_without_its_passphrase_shows_that_it_is_locked(made: Made) -> None:
    with served(made, words=None) as (url, _):
        for path in ("/", "/sign-in/", "/cases/"):
            status, page = fetch(url + path)
            assert status == 503
            assert "locked" in page.lower()


def test_an_unlocked_server_answers_and_its_passphrase_is_in_no_variable(made: Made) -> None:
    words = made.words.read_text()
    with served(made, words=made.words) as (url, process):
        status, _ = fetch(url + "/health/")
        assert status == 200
        for each in (process.pid, *children_of(process.pid)):
            told = Path(f"/proc/{each}/environ").read_bytes() + Path(f"/proc/{each}/cmdline").read_bytes()
            assert words.encode() not in told
    assert not list(made.folder.glob("*-wal")) or (made.folder / "amparo.sqlite3-wal").stat().st_size == 0
    assert amparo("verify", "--dir", made.folder).returncode == 0


def children_of(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if re.search(rf"^PPid:\t{parent}$", status.read_text(), re.MULTILINE):
                found.append(int(status.parent.name))
        except OSError:
            continue
    return found
