"""The ledger's present head as text that anybody can keep and check."""

from __future__ import annotations

from datetime import datetime

from amparo.ledger import merkle
from amparo.ledger.models import Root
from amparo.ledger.notes import ED25519, Checkpoint, SignedNote, VerifierKey, sign_text
from amparo.ledger.signatures import ORIGIN
from amparo.vault import signing


def verifier_key(public: bytes | None = None) -> VerifierKey:
    """The key that checks this ledger's signatures; without `public` the keyring's. Raises Locked."""
    return VerifierKey(ORIGIN, ED25519, public or signing.public_key())


def current(key: VerifierKey) -> SignedNote:
    """The last head with its stored signature; needs no passphrase unless the ledger is empty."""
    last = Root.objects.order_by("-size").first()
    if last is None:
        empty = Checkpoint(ORIGIN, 0, merkle.EMPTY_ROOT).body()
        return SignedNote(empty, (sign_text(empty, key, signing.sign),))
    text = Checkpoint(ORIGIN, last.size, bytes(last.root)).body()
    return SignedNote(text, (sign_text(text, key, lambda _: bytes(last.signature)),))


def last_moment() -> datetime | None:
    """When the last head was made; nothing before the first."""
    return Root.objects.order_by("-size").values_list("at", flat=True).first()
