"""Sealing short words that belong to no row of ours, under a key of their own purpose."""

from __future__ import annotations

from amparo.vault import cipher, keyring
from amparo.vault.errors import FieldAltered


def seal(purpose: str, text: str, *, place: str) -> bytes:
    """Seal a text for one purpose of the organisation; it opens at no other `place` than this."""
    return cipher.wrap_key(_key(purpose), text.encode(), _bound(purpose, place))


def open_sealed(purpose: str, stored: bytes, *, place: str) -> str:
    """The text again. Raises FieldAltered, also where it was sealed for another place."""
    try:
        return cipher.unwrap_key(_key(purpose), stored, _bound(purpose, place)).decode()
    except cipher.NotAuthentic as error:
        raise FieldAltered(row="-", field=purpose) from error


def _key(purpose: str) -> bytes:
    held = keyring.held()
    return cipher.derive(held.rest or held.root, f"amparo at rest {purpose}".encode())


def _bound(purpose: str, place: str) -> str:
    return f"{purpose} {place}"
