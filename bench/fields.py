"""Sealing and opening words, against the bare cipher under it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from uuid import uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from amparo.vault import cipher
from bench.figures import Figure, timed

_ROUNDS = 5_000
_WORDS = ("A short sentence of a case note, as long as most are. " * 4).encode()


def figures() -> Iterator[Figure]:
    """One field sealed and opened; and the same bytes through AES-256-GCM alone."""
    material, row, nonce = os.urandom(32), uuid4(), os.urandom(12)
    bare = AESGCM(material)

    def sealed() -> bytes:
        return cipher.seal_field(material, key_number=7, counter=1, tag="cases.note.text", row=row, plain=_WORDS)

    stored, bare_stored = sealed(), bare.encrypt(nonce, _WORDS, b"cases.note.text")
    yield from _pair("seal a field", sealed, lambda: bare.encrypt(nonce, _WORDS, b"cases.note.text"))
    yield from _pair(
        "open a field",
        lambda: cipher.open_field(bare, tag="cases.note.text", row=row, stored=stored),
        lambda: bare.decrypt(nonce, bare_stored, b"cases.note.text"),
    )


def _pair(what: str, ours: Callable[[], object], floor: Callable[[], object]) -> Iterator[Figure]:
    own = timed(lambda: _many(ours), times=5).cpu / _ROUNDS
    bare = timed(lambda: _many(floor), times=5).cpu / _ROUNDS
    yield Figure(what, round(own * 1e6, 2), "us", f"bare AES-256-GCM {bare * 1e6:.2f} us, factor {own / bare:.1f}")


def _many(run: Callable[[], object]) -> None:
    for _ in range(_ROUNDS):
        run()
