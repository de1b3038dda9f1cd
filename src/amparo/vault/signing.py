"""The signature of the ledger. Source: RFC 8032, Ed25519."""

from __future__ import annotations

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from amparo.vault import keyring


@lru_cache(maxsize=2)
def _private(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


def sign(message: bytes) -> bytes:
    """The organisation's signature, 64 bytes. Raises Locked."""
    return _private(keyring.held().signing).sign(message)


def public_key(seed: bytes | None = None) -> bytes:
    """The 32-byte public key of the unlocked keyring, or of a seed."""
    return _private(seed or keyring.held().signing).public_key().public_bytes_raw()


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` over `message` was made by the holder of `public`."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
