"""`amparo verify`, `checkpoint` and `check` on copies of a real instance, altered on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.config.conftest import Made, amparo, database

pytestmark = [pytest.mark.sqlite_only, pytest.mark.slow]


def test_an_untouched_instance_is_internally_consistent_and_no_more_is_claimed(made: Made) -> None:
    done = amparo("verify", "--dir", made.folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Internally consistent only" in done.stdout


def test_with_key_and_checkpoint_kept_elsewhere_it_is_intact(made: Made, tmp_path: Path) -> None:
    kept, key = tmp_path / "checkpoint", tmp_path / "key"
    assert amparo("checkpoint", "--dir", made.folder, "--out", kept).returncode == 0
    key.write_text((made.folder / "ledger.vkey").read_text())
    done = amparo("verify", "--dir", made.folder, "--checkpoint", kept, "--key", key, "--files")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Intact, held against what was kept elsewhere: key and checkpoint" in done.stdout
    assert amparo("checkpoint", "--dir", made.folder, "--out", kept).returncode == 2
    assert amparo("checkpoint", "--dir", made.folder).stdout == kept.read_text()


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE access_office SET district = 'Elsewhere'", "row_altered"),
        ("DELETE FROM access_roleheld", "row_missing"),
        ("UPDATE ledger_entry SET body = replace(body, 'office', 'palace')", "entry_edited"),
        ("UPDATE ledger_root SET signature = zeroblob(64)", "signed_with_another_key"),
        ("UPDATE ledger_root SET root = zeroblob(32)", "root_altered"),
        ('DELETE FROM ledger_entry WHERE "index" = 1', "entry_removed"),
        ('DELETE FROM ledger_entry WHERE "index" = 3', "tail_removed"),
    ],
)
def test_what_was_altered_on_the_disk_is_named(made: Made, statement: str, kind: str) -> None:
    with database(made.folder) as opened:
        opened.execute(statement)
    done = amparo("verify", "--dir", made.folder)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"ALTERED  {kind}:" in done.stdout


def test_what_could_not_be_checked_is_neither_intact_nor_altered(made: Made, tmp_path: Path) -> None:
    assert amparo("verify", "--dir", made.folder, "--key", tmp_path / "none").returncode == 2
    (tmp_path / "text").write_text("nothing\n")
    assert amparo("verify", "--dir", made.folder, "--checkpoint", tmp_path / "text").returncode == 2
    (made.folder / "ledger.vkey").unlink()
    assert "no verifier key" in amparo("verify", "--dir", made.folder).stderr
    (made.folder / "amparo.sqlite3").write_bytes(b"not a database" * 1_000)
    for name in ("-wal", "-shm"):
        (made.folder / f"amparo.sqlite3{name}").unlink(missing_ok=True)
    done = amparo("verify", "--dir", made.folder)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_missing_database_is_not_made_anew(made: Made) -> None:
    (made.folder / "amparo.sqlite3").unlink()
    assert amparo("verify", "--dir", made.folder).returncode == 2
    assert not (made.folder / "amparo.sqlite3").exists()


def test_a_sound_instance_has_nothing_to_put_right(made: Made) -> None:
    done = amparo("check", "--dir", made.folder)
    assert done.returncode == 0, done.stdout
    assert "0 to put right" in done.stdout


@pytest.mark.parametrize("name", [".", "blobs", "keyring.age", "amparo.toml"])
def test_what_others_can_read_must_be_put_right(made: Made, name: str) -> None:
    (made.folder / name).chmod(0o755)
    done = amparo("check", "--dir", made.folder)
    assert done.returncode == 1
    assert "amparo.E" in done.stdout
    assert "chmod" in done.stdout


def test_check_tells_each_mistake_by_its_number(made: Made, tmp_path: Path) -> None:
    (made.folder / "keyring.age").unlink()
    (made.folder / "demo-passphrase").write_text("invented words")
    with (made.folder / "amparo.toml").open("a") as settings:
        settings.write('hosts = ["*"]\n')
    with database(made.folder) as opened:
        opened.execute("DELETE FROM django_migrations WHERE app = 'ledger'")
    words = made.folder / "words"
    words.write_text("invented words")
    words.chmod(0o644)
    done = amparo("check", "--dir", made.folder, words=words)
    assert done.returncode == 1
    for number in ("E001", "E005", "E006", "E007", "E010", "E019"):
        assert f"amparo.{number}" in done.stdout
    (made.folder / "demo-passphrase").unlink()
    with (made.folder / "amparo.toml").open("a") as settings:
        settings.write('tls_certificate = "none.pem"\ndemo = true\n')
    told = amparo("check", "--dir", made.folder).stdout
    assert "amparo.E009" in told
    assert "amparo.W016" in told


def test_a_clock_that_runs_behind_the_ledger_is_told(made: Made) -> None:
    with database(made.folder) as opened:
        opened.execute("UPDATE ledger_root SET at = '2999-01-01 00:00:00'")
    assert "amparo.E020" in amparo("check", "--dir", made.folder).stdout
