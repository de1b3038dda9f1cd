"""Sealing short words that belong to no row of ours, under a key of their own purpose."""

from __future__ import annotations

from amparo.vault import cipher, keyring
from amparo.vault.errors import FieldAltered


def seal(purpose: str, text: str) -> bytes:
    """Seal a text for one purpose of the organisation."""
    key = cipher.derive(keyring.held().root, f"amparo at rest {purpose}".encode())
    return cipher.wrap_key(key, text.encode(), purpose)


def open_sealed(purpose: str, stored: bytes) -> str:
    """The text again. Raises FieldAltered."""
    key = cipher.derive(keyring.held().root, f"amparo at rest {purpose}".encode())
    try:
        return cipher.unwrap_key(key, stored, purpose).decode()
    except cipher.NotAuthentic as error:
        raise FieldAltered(row="-", field=purpose) from error
