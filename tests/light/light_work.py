"""A keyring that opens at once, so that a test that starts thirty processes need not stretch its words thirty times.

The library chooses work of about a second each time it writes; its reader takes the work that a file names. So the
tests write one with little, by the specification of the format itself (age-encryption.org/v1, scrypt recipient).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

WORK = 10  # scrypt's N is two to this power


def sealed(plain: bytes, words: str) -> bytes:
    """An age file of one chunk: at most 64 KiB of plain text."""
    key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    stretched = hashlib.scrypt(
        words.encode(), salt=b"age-encryption.org/v1/scrypt" + salt, n=2**WORK, r=8, p=1, dklen=32
    )
    wrapped = ChaCha20Poly1305(stretched).encrypt(bytes(12), key, None)
    header = f"age-encryption.org/v1\n-> scrypt {_base64(salt)} {WORK}\n{_base64(wrapped)}\n---".encode()
    mac = hmac.digest(_derived(key, b"", b"header"), header, "sha256")
    last_chunk = bytes(11) + b"\1"
    payload = ChaCha20Poly1305(_derived(key, nonce, b"payload")).encrypt(last_chunk, plain, None)
    return header + f" {_base64(mac)}\n".encode() + nonce + payload


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, info).derive(key)


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode().rstrip("=")
