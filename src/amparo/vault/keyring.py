"""The keyring: the root secrets of an organisation, in one file under its passphrase.

The file is in age's format (scrypt recipient), so that any age tool opens it with the passphrase.
Unlocked secrets live only in this process's memory.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import os
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

import pyrage
from mnemonic import Mnemonic

from amparo.kernel import durable
from amparo.vault.errors import KeyringDamaged, KeyringMissing, Locked, MachineBusy, WrongPassphrase

PASSPHRASE_WORDS = 7
_FORMAT = "amparo keyring 1"
_TRIES = 4
_PAUSE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Secrets:
    """32 bytes each: wraps office keys, signs the ledger, keys the blind tokens, keys web signatures.

    `rest` seals words that belong to no row of ours; empty in keyrings of 0.1, where the root key did it.
    `coming` is the next root key while the root key is being renewed, else empty.
    """

    root: bytes
    signing: bytes
    index: bytes
    web: bytes
    rest: bytes = b""
    coming: bytes = b""


_open: Secrets | None = None


def new_passphrase() -> str:
    """Seven words of a list of 2,048: 77 bits."""
    words: list[str] = Mnemonic("english").wordlist
    return " ".join(secrets.choice(words) for _ in range(PASSPHRASE_WORDS))


def normal_passphrase(typed: str) -> str:
    """What was typed, with single spaces and in small letters."""
    return " ".join(typed.split()).casefold()


def create(path: Path, passphrase: str) -> Secrets:
    """Write a new keyring file; refuses to overwrite one. Returns its secrets, without unlocking."""
    made = Secrets(*(new_secret() for _ in range(5)))
    write(path, made, passphrase)
    return made


def new_secret() -> bytes:
    return secrets.token_bytes(32)


def write(path: Path, held: Secrets, passphrase: str) -> None:
    """Write a keyring file that must not exist yet. Raises FileExistsError."""
    plain = json.dumps(
        {"format": _FORMAT}
        | {name: base64.b64encode(value).decode() for name, value in dataclasses.asdict(held).items() if value}
    )
    sealed = pyrage.passphrase.encrypt(plain.encode(), normal_passphrase(passphrase))
    durable.write_new(path, sealed, mode=0o600)


def prepare(path: Path, held: Secrets, passphrase: str) -> Path:
    """Write the keyring that is to take the place of `path` beside it, and see that it opens. Returns where it is.

    Raises KeyringDamaged where it does not come back from the disk as it was written.
    """
    beside = following(path)
    beside.unlink(missing_ok=True)
    write(beside, held, passphrase)
    if read(beside, passphrase) != held:
        raise KeyringDamaged
    return beside


def following(path: Path) -> Path:
    """Where the next keyring waits while it is being made; one that is found there was interrupted."""
    return path.with_name(f"{path.name}.next")


def put_in_place(path: Path) -> None:
    """Let the prepared keyring take the name of the old one, at one stroke."""
    os.replace(following(path), path)
    durable.sync_folder(path.parent)


def read(path: Path, passphrase: str) -> Secrets:
    """The secrets of a keyring file. Raises KeyringMissing, WrongPassphrase, KeyringDamaged or MachineBusy."""
    try:
        sealed = path.read_bytes()
    except FileNotFoundError as error:
        raise KeyringMissing from error
    if not sealed.startswith(b"age-encryption.org/"):
        raise KeyringDamaged
    plain = _opened(sealed, normal_passphrase(passphrase))
    try:
        data = json.loads(plain)
        if data["format"] != _FORMAT:
            raise KeyringDamaged
        names = [field.name for field in dataclasses.fields(Secrets)]
        held = Secrets(**{name: base64.b64decode(data[name]) for name in names if name in data})
    except (ValueError, KeyError, TypeError) as error:
        raise KeyringDamaged from error
    return held


def _opened(sealed: bytes, passphrase: str) -> bytes:
    """Open an age file. The library measures the machine first, and refuses what would take it too long right now."""
    for _try in range(_TRIES):
        try:
            return bytes(pyrage.passphrase.decrypt(sealed, passphrase))
        except pyrage.DecryptError as error:
            if "Excessive work" not in str(error):
                raise WrongPassphrase from error
            time.sleep(_PAUSE_SECONDS)
    raise MachineBusy


def unlock(held: Secrets) -> None:
    """Keep these secrets for the life of this process."""
    global _open
    _open = held


def lock() -> None:
    global _open
    _open = None


def is_unlocked() -> bool:
    return _open is not None


def held() -> Secrets:
    """The unlocked secrets. Raises Locked."""
    if _open is None:
        raise Locked
    return _open


def passphrase_from_environment() -> str | None:
    """The passphrase from the file that AMPARO_PASSPHRASE_FILE names; never from the variable itself."""
    name = os.environ.get("AMPARO_PASSPHRASE_FILE")
    return Path(name).read_text(encoding="utf-8") if name else None
