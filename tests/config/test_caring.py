"""`amparo backup`, `restore`, `upgrade` and `rotate` on real folders: the drill."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.config.conftest import Made, amparo, database, environment

pytestmark = [pytest.mark.sqlite_only, pytest.mark.slow]


def backed_up(made: Made, to: Path) -> tuple[Path, Path]:
    before = set(to.iterdir()) if to.exists() else set()
    done = amparo("backup", "--dir", made.folder, "--to", to)
    assert done.returncode == 0, done.stderr
    fresh = set(to.iterdir()) - before
    return next(p for p in fresh if p.name.startswith("data-")), next(p for p in fresh if p.name.startswith("keys-"))


def tables(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    with database(folder) as opened:
        names = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(opened.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


def test_what_was_backed_up_comes_back_whole_and_opens(made: Made, tmp_path: Path) -> None:
    blob = made.folder / "blobs" / "ab" / "cd" / ("abcd" + "0" * 60)
    blob.parent.mkdir(parents=True)
    blob.write_bytes(b"sealed bytes")
    data, keys = backed_up(made, tmp_path / "backups")
    again = tmp_path / "again"
    done = amparo("restore", "--from", data, "--keys", keys, "--dir", again)
    assert done.returncode == 0, done.stdout + done.stderr
    assert tables(again) == tables(made.folder)
    assert (again / blob.relative_to(made.folder)).read_bytes() == b"sealed bytes"
    assert again.stat().st_mode & 0o077 == 0
    assert amparo("rotate", "--dir", again, words=made.words).returncode == 0
    assert amparo("verify", "--dir", again).returncode == 0


def test_data_without_keys_hold_no_key(made: Made, tmp_path: Path) -> None:
    with database(made.folder) as opened:
        wrapped = [bytes(row[0]) for row in opened.execute("SELECT wrapped FROM vault_datakey")]
        wrapped += [bytes(row[0]) for row in opened.execute("SELECT wrapped FROM vault_officekey")]
    data, keys = backed_up(made, tmp_path / "backups")
    assert wrapped
    stored = (data / "data.sqlite3").read_bytes()
    assert all(key not in stored for key in wrapped)
    assert not (data / "keyring.age").exists()
    assert {path.name for path in keys.iterdir()} == {
        "KEEP-30-DAYS.txt", "key-tables.jsonl", "keyring.age", "manifest.json",
    }  # fmt: skip


def test_who_was_erased_stays_erased_with_old_data_and_new_keys(made: Made, tmp_path: Path) -> None:
    data, _ = backed_up(made, tmp_path / "backups")
    with database(made.folder) as opened:
        opened.execute("DELETE FROM vault_datakey")
    _, keys = backed_up(made, tmp_path / "backups")
    again = tmp_path / "again"
    assert amparo("restore", "--from", data, "--keys", keys, "--dir", again).returncode == 0
    with database(again) as opened:
        assert opened.execute("SELECT count(*) FROM vault_datakey").fetchone() == (0,)
        assert opened.execute("SELECT count(*) FROM vault_officekey").fetchone() == (1,)


def test_keys_older_than_the_data_are_told(made: Made, tmp_path: Path) -> None:
    _, keys = backed_up(made, tmp_path / "backups")
    data, _ = backed_up(made, tmp_path / "backups")
    done = amparo("restore", "--from", data, "--keys", keys, "--dir", tmp_path / "again")
    assert done.returncode == 0
    assert "older than the data" in done.stderr


def test_restore_writes_over_nothing_and_takes_no_damaged_or_foreign_backup(made: Made, tmp_path: Path) -> None:
    data, keys = backed_up(made, tmp_path / "backups")
    before = (made.folder / "keyring.age").read_bytes()
    assert amparo("restore", "--from", data, "--keys", keys, "--dir", made.folder).returncode == 2
    assert (made.folder / "keyring.age").read_bytes() == before
    again = tmp_path / "again"
    assert amparo("restore", "--from", keys, "--keys", data, "--dir", again).returncode == 2
    manifest = keys / "manifest.json"
    told = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(told | {"verifier": "another"}))
    assert "two different" in amparo("restore", "--from", data, "--keys", keys, "--dir", again).stderr
    manifest.write_text(json.dumps(told))
    with (data / "data.sqlite3").open("ab") as out:
        out.write(b"-")
    done = amparo("restore", "--from", data, "--keys", keys, "--dir", again)
    assert done.returncode == 2
    assert "damaged" in done.stderr
    assert not again.exists()


def test_an_altered_backup_is_restored_with_a_warning_of_what_was_altered(made: Made, tmp_path: Path) -> None:
    with database(made.folder) as opened:
        opened.execute("UPDATE access_office SET district = 'Elsewhere'")
    data, keys = backed_up(made, tmp_path / "backups")
    done = amparo("restore", "--from", data, "--keys", keys, "--dir", tmp_path / "again")
    assert done.returncode == 1
    assert "row_altered" in done.stdout


@pytest.mark.faults
def test_a_killed_restore_leaves_no_instance_and_can_be_repeated(made: Made, tmp_path: Path) -> None:
    data, keys = backed_up(made, tmp_path / "backups")
    again = tmp_path / "again"
    command = [sys.executable, "-m", "amparo.config.cli", "restore"]
    options = ["--from", str(data), "--keys", str(keys), "--dir", str(again)]
    with subprocess.Popen([*command, *options], env=environment(), stdout=subprocess.DEVNULL) as process:
        until = time.monotonic() + 30
        while not (tmp_path / ".again.unfinished" / "keyring.age").exists() and time.monotonic() < until:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
    assert not again.exists()
    assert amparo("restore", *options).returncode == 0


def test_rotating_gives_each_office_a_new_key_that_opens_the_old_words(made: Made) -> None:
    for generation in (2, 3):
        done = amparo("rotate", "--dir", made.folder, words=made.words)
        assert done.returncode == 0, done.stderr
        with database(made.folder) as opened:
            hanging = opened.execute(
                "SELECT DISTINCT generation FROM vault_datakey JOIN vault_officekey o ON o.id = office_key_id"
            ).fetchall()
            retired = opened.execute("SELECT count(*) FROM vault_officekey WHERE retired_at IS NOT NULL").fetchone()
        assert hanging == [(generation,)]
        assert retired == (generation - 1,)
    assert amparo("verify", "--dir", made.folder).returncode == 0


def test_a_wrong_passphrase_and_a_missing_keyring_are_told_in_plain_words(made: Made, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("seven words that open nothing at all")
    done = amparo("rotate", "--dir", made.folder, words=wrong)
    assert (done.returncode, "does not open" in done.stderr) == (2, True)
    done = amparo("rotate", "--dir", made.folder)
    assert (done.returncode, "nobody to ask" in done.stderr) == (2, True)
    done = amparo("rotate", "--dir", made.folder, words=tmp_path / "none")
    assert (done.returncode, "can't be read" in done.stderr) == (2, True)
    (made.folder / "keyring.age").unlink()
    done = amparo("rotate", "--dir", made.folder, words=made.words)
    assert (done.returncode, "keyring file is missing" in done.stderr) == (2, True)
    assert amparo("backup", "--dir", made.folder, "--to", tmp_path / "backups").returncode == 2
    assert not (tmp_path / "backups").exists()


def test_upgrade_backs_up_changes_tables_and_verifies(made: Made) -> None:
    with database(made.folder) as opened:
        opened.execute("DELETE FROM django_migrations WHERE app = 'web'")
        for (name,) in opened.execute(
            "SELECT name FROM sqlite_master WHERE name LIKE 'web_%' AND type = 'table'"
        ).fetchall():
            opened.execute(f"DROP TABLE {name}")
    assert amparo("check", "--dir", made.folder).returncode == 1
    done = amparo("upgrade", "--dir", made.folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(list(made.folder.with_name("instance-backups").glob("data-*"))) == 1
    assert amparo("check", "--dir", made.folder).returncode == 0
