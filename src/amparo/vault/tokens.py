"""Blind tokens: equality look-ups over values that are stored only sealed.

Forty bits of HMAC-SHA256 under a key of their own for each field. Equal values give equal tokens, so a
dump shows how often a value occurs, but not which; truncation lets unrelated values share a token, so
a match is confirmed by opening the row.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from amparo.vault import keyring
from amparo.vault.cipher import derive

GENERATION = 1
_BITS = 40


@lru_cache(maxsize=64)
def _field_key(index: bytes, field: str) -> bytes:
    return derive(index, f"amparo token {GENERATION} {field}".encode())


def token(field: str, value: str) -> int:
    """The token of a normalised value in the field's own space."""
    digest = hmac.digest(_field_key(keyring.held().index, field), value.encode(), hashlib.sha256)
    return int.from_bytes(digest[:8]) >> (64 - _BITS)


def long_token(field: str, value: str) -> str:
    """All 256 bits in hex, where a chance match would let in the wrong person (sign-in names)."""
    return hmac.digest(_field_key(keyring.held().index, field), value.encode(), hashlib.sha256).hex()
