"""Identifiers. The only place besides the vault that draws randomness."""

from __future__ import annotations

import secrets
import time
import uuid


def new_id() -> uuid.UUID:
    """A fresh UUIDv7: sorts by time, so that new rows land together. Source: RFC 9562, 5.7."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | (0x7 << 76) | (secrets.randbits(12) << 64) | (0b10 << 62) | secrets.randbits(62)
    return uuid.UUID(int=value)


def new_public_id() -> uuid.UUID:
    """A fresh UUIDv4, for what strangers see: a version 7 id would tell the millisecond."""
    return uuid.uuid4()


def new_key_number() -> int:
    """A random positive 63-bit number, by which a sealed field names its key."""
    return secrets.randbits(62) | 1


def entropy(count: int) -> bytes:
    """`count` random bytes, for codes and salts."""
    return secrets.token_bytes(count)
