from __future__ import annotations

from pathlib import Path

import pytest

from amparo.vault import keyring
from amparo.vault.errors import MachineBusy, WrongPassphrase


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


def test_a_wrong_passphrase_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "keyring.age"
    keyring.create(path, "seven invented words")
    with pytest.raises(WrongPassphrase):
        keyring.read(path, "seven other words")
