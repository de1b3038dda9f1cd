"""The keyring: the root secrets of an organisation, in one file under its passphrase.

The file is in age's format (scrypt recipient), so that any age tool opens it with the passphrase.
Unlocked secrets live only in this process's memory.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import pyrage
from mnemonic import Mnemonic

from amparo.kernel import durable
from amparo.vault.errors import KeyringDamaged, KeyringMissing, Locked, WrongPassphrase

PASSPHRASE_WORDS = 7
_FORMAT = "amparo keyring 1"


@dataclass(frozen=True, slots=True)
class Secrets:
    """32 bytes each: wraps office keys, signs the ledger, keys the blind tokens, keys web signatures."""

    root: bytes
    signing: bytes
    index: bytes
    web: bytes


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
    made = Secrets(*(secrets.token_bytes(32) for _ in range(4)))
    write(path, made, passphrase)
    return made


def write(path: Path, held: Secrets, passphrase: str) -> None:
    plain = json.dumps(
        {"format": _FORMAT}
        | {name: base64.b64encode(getattr(held, name)).decode() for name in ("root", "signing", "index", "web")}
    )
    sealed = pyrage.passphrase.encrypt(plain.encode(), normal_passphrase(passphrase))
    durable.write_new(path, sealed, mode=0o600)


def read(path: Path, passphrase: str) -> Secrets:
    """The secrets of a keyring file. Raises KeyringMissing, WrongPassphrase or KeyringDamaged."""
    try:
        sealed = path.read_bytes()
    except FileNotFoundError as error:
        raise KeyringMissing from error
    if not sealed.startswith(b"age-encryption.org/"):
        raise KeyringDamaged
    try:
        plain = pyrage.passphrase.decrypt(sealed, normal_passphrase(passphrase))
    except pyrage.DecryptError as error:
        raise WrongPassphrase from error
    try:
        data = json.loads(plain)
        if data["format"] != _FORMAT:
            raise KeyringDamaged
        return Secrets(*(base64.b64decode(data[name]) for name in ("root", "signing", "index", "web")))
    except (ValueError, KeyError) as error:
        raise KeyringDamaged from error


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
