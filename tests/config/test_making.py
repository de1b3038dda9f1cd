"""`amparo init` and `amparo demo` on real folders."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from amparo.config.cli import main
from tests.config.conftest import INIT, Made, amparo, database, environment

pytestmark = pytest.mark.sqlite_only


def test_init_makes_a_folder_that_only_its_owner_can_enter(made: Made) -> None:
    assert {path.name for path in made.folder.iterdir()} >= {
        "amparo.toml",
        "amparo.sqlite3",
        "blobs",
        "keyring.age",
    }
    for path in (made.folder, *made.folder.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


def test_init_prints_the_passphrase_the_verifier_key_and_the_first_invitation(made: Made) -> None:
    words = made.words.read_text().split()
    assert len(words) == 7
    assert (made.folder / "ledger.vkey").read_text().strip() in made.said
    assert "Keyring fingerprint" in made.said
    assert "Invitation of Hana Sample" in made.said


def test_no_file_of_a_real_instance_holds_the_passphrase(made: Made) -> None:
    words = made.words.read_text().encode()
    assert all(words not in path.read_bytes() for path in made.folder.rglob("*") if path.is_file())


def test_the_first_entry_tells_that_the_instance_was_created_and_that_it_is_no_demo(made: Made) -> None:
    with database(made.folder) as opened:
        verb, body = opened.execute('SELECT verb, body FROM ledger_entry WHERE "index" = 0').fetchone()
    assert verb == "instance.created"
    assert '"facts":{"demo":false}' in body


def test_init_refuses_a_folder_that_is_not_empty(made: Made) -> None:
    before = (made.folder / "keyring.age").read_bytes()
    done = amparo("init", "--dir", made.folder, *INIT)
    assert done.returncode == 2
    assert "not empty" in done.stderr
    assert (made.folder / "keyring.age").read_bytes() == before


def test_init_asks_nobody_who_is_not_there(tmp_path: Path) -> None:
    done = amparo("init", "--dir", tmp_path / "new", "--name", "Hana Sample")
    assert done.returncode == 2
    assert not (tmp_path / "new").exists()


def test_the_recovery_sheet_can_be_saved_once_as_a_page(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.html"
    sheet.write_text("already there")
    assert amparo("init", "--dir", tmp_path / "a", *INIT, "--sheet", sheet).returncode == 2
    assert not (tmp_path / "a").exists()
    sheet.unlink()
    assert amparo("init", "--dir", tmp_path / "a", *INIT, "--sheet", sheet).returncode == 0
    assert "RECOVERY SHEET" in sheet.read_text()
    assert sheet.stat().st_mode & 0o077 == 0


@pytest.mark.faults
def test_a_killed_init_leaves_no_instance_and_does_not_hinder_the_next_one(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    command = [sys.executable, "-m", "amparo.config.cli", "init", "--dir", str(folder), *INIT]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL) as process:
        work = tmp_path / ".instance.unfinished"
        until = time.monotonic() + 30
        while not (work / "keyring.age").exists() and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert work.exists()
    assert not folder.exists()
    assert amparo("verify", "--dir", folder).returncode == 2
    assert amparo("init", "--dir", folder, *INIT).returncode == 0
    assert not work.exists()
    assert amparo("verify", "--dir", folder).returncode == 0


@pytest.mark.slow
def test_a_demo_starts_afresh_after_an_interruption_and_is_made_only_once(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    (tmp_path / ".demo.unfinished").mkdir()
    first = amparo("demo", "--dir", folder, "--no-serve", "--cases", "3")
    assert first.returncode == 0, first.stderr
    assert "interrupted" in first.stderr
    assert "NOT SAFE" in first.stderr
    assert (folder / "demo-passphrase").stat().st_mode & 0o077 == 0
    before = (folder / "keyring.age").read_bytes()
    started = time.monotonic()
    second = amparo("demo", "--dir", folder, "--no-serve")
    assert second.returncode == 0
    assert time.monotonic() - started < 5
    assert (folder / "keyring.age").read_bytes() == before
    assert amparo("verify", "--dir", folder).returncode == 0


def test_demo_refuses_an_instance_for_real_work(made: Made) -> None:
    done = amparo("demo", "--dir", made.folder, "--no-serve")
    assert done.returncode == 2
    assert not (made.folder / "demo-passphrase").exists()


@pytest.mark.parametrize("command", ["verify", "serve", "checkpoint", "check", "rotate", "upgrade"])
def test_a_folder_that_is_no_instance_is_refused_in_plain_words(tmp_path: Path, command: str) -> None:
    done = amparo(command, "--dir", tmp_path)
    assert done.returncode == 2
    assert "no instance" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    for name in (
        "init",
        "demo",
        "serve",
        "verify",
        "checkpoint",
        "backup",
        "restore",
        "upgrade",
        "check",
        "figures",
        "rotate",
    ):
        assert re.search(rf"^    {name}\b", told, re.MULTILINE)
        with pytest.raises(SystemExit) as end:
            main([name, "--help"])
        assert end.value.code == 0


def test_the_folder_may_come_from_the_environment(made: Made) -> None:
    assert amparo("verify", AMPARO_DIR=str(made.folder)).returncode == 0
    assert os.environ.get("AMPARO_DIR") != str(made.folder)
