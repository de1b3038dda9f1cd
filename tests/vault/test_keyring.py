from __future__ import annotations

from pathlib import Path

import pyrage
import pytest

from amparo.vault import keyring
from amparo.vault.errors import KeyringDamaged, KeyringMissing, MachineBusy, WrongPassphrase
from tests.light import light_work


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyrage.passphrase, "encrypt", light_work.sealed)


@pytest.mark.usefixtures("light")
def test_a_machine_that_cannot_do_the_work_now_is_not_told_for_a_wrong_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keyring.age"
    keyring.create(path, "seven invented words")
    # The number of passes stands at the end of the second line; nobody has time for so many.
    first, second, *rest = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([first, second.rsplit(b" ", 1)[0] + b" 40", *rest]))
    monkeypatch.setattr(keyring, "_PAUSE_SECONDS", 0.0)
    with pytest.raises(MachineBusy):
        keyring.read(path, "seven invented words")


@pytest.mark.usefixtures("light")
def test_a_wrong_passphrase_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "keyring.age"
    keyring.create(path, "seven invented words")
    with pytest.raises(WrongPassphrase):
        keyring.read(path, "seven other words")


def test_the_keyring_opens_with_its_passphrase_however_it_is_spaced(tmp_path: Path) -> None:
    words = keyring.new_passphrase()
    assert len(words.split()) == 7
    made = keyring.create(tmp_path / "keyring.age", words)
    assert keyring.read(tmp_path / "keyring.age", "  " + words.upper().replace(" ", "   ") + "\n") == made
    assert b"amparo keyring" not in (tmp_path / "keyring.age").read_bytes()


@pytest.mark.usefixtures("light")
def test_a_wrong_passphrase_a_missing_and_a_damaged_keyring_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "keyring.age"
    with pytest.raises(KeyringMissing):
        keyring.read(path, "one two")
    keyring.create(path, "right words")
    with pytest.raises(WrongPassphrase):
        keyring.read(path, "wrong words")
    path.write_bytes(b"not a keyring")
    with pytest.raises(KeyringDamaged):
        keyring.read(path, "right words")


@pytest.mark.usefixtures("light")
def test_a_keyring_is_never_overwritten(tmp_path: Path) -> None:
    keyring.create(tmp_path / "keyring.age", "right words")
    with pytest.raises(FileExistsError):
        keyring.create(tmp_path / "keyring.age", "right words")
