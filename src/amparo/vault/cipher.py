"""The format of a sealed field, and of a wrapped key.

field:   version(1) | key number(8) | counter(4) | nonce(12) | AES-256-GCM ciphertext and tag
wrapped: version(1) | nonce(12) | AES-256-GCM ciphertext and tag

Associated data bind a field to its place (tag, row, key, counter), so that a value can't be moved to
another row or column; an old value put back is caught by the ledger's commitment to the row.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = 1
KEY_BYTES = 32
_HEADER_BYTES = 13
_NONCE_BYTES = 12
_TAG_BYTES = 16


class NotAuthentic(ValueError):
    """The bytes were not made by this key for this place."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a sealed field says about itself in the clear."""

    key_number: int
    counter: int


def header_of(stored: bytes) -> Header:
    """Read the clear head of a sealed field. Raises NotAuthentic on anything that is not one."""
    if len(stored) < _HEADER_BYTES + _NONCE_BYTES + _TAG_BYTES or stored[0] != VERSION:
        raise NotAuthentic
    return Header(int.from_bytes(stored[1:9]), int.from_bytes(stored[9:13]))


def _place(tag: str, row: UUID, head: bytes) -> bytes:
    return head + row.bytes + tag.encode()


def seal_field(key: bytes, *, key_number: int, counter: int, tag: str, row: UUID, plain: bytes) -> bytes:
    """Seal `plain` for one column of one row."""
    head = bytes([VERSION]) + key_number.to_bytes(8) + counter.to_bytes(4)
    nonce = os.urandom(_NONCE_BYTES)
    return head + nonce + AESGCM(key).encrypt(nonce, plain, _place(tag, row, head))


def open_field(cipher: AESGCM, *, tag: str, row: UUID, stored: bytes) -> bytes:
    """The plain bytes of a sealed field. Raises NotAuthentic where anything was altered."""
    head = stored[:_HEADER_BYTES]
    nonce = stored[_HEADER_BYTES : _HEADER_BYTES + _NONCE_BYTES]
    try:
        return cipher.decrypt(nonce, stored[_HEADER_BYTES + _NONCE_BYTES :], _place(tag, row, head))
    except InvalidTag as error:
        raise NotAuthentic from error


def wrap_key(wrapping: bytes, key: bytes, purpose: str) -> bytes:
    """Seal a key under another one; `purpose` names its place and use."""
    nonce = os.urandom(_NONCE_BYTES)
    return bytes([VERSION]) + nonce + AESGCM(wrapping).encrypt(nonce, key, purpose.encode())


def unwrap_key(wrapping: bytes, wrapped: bytes, purpose: str) -> bytes:
    if not wrapped or wrapped[0] != VERSION:
        raise NotAuthentic
    try:
        return AESGCM(wrapping).decrypt(wrapped[1:13], wrapped[13:], purpose.encode())
    except InvalidTag as error:
        raise NotAuthentic from error


def derive(material: bytes, info: bytes) -> bytes:
    """A 32-byte key for one purpose. Source: RFC 5869, HKDF with SHA-256."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(material)
