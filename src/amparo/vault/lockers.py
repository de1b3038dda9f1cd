"""Lockers of strangers: what only the one who holds a secret can find again and open.

A secret is a random cookie, or a code that somebody was told and typed in. Both give two things that can't be
computed from one another: the name under which a row is looked up, and the key that opens what is in it. The
house keeps neither the secret nor the key; whoever copies the database and the keyring can open nothing here.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from amparo.vault import cipher, keyring
from amparo.vault.errors import FieldAltered
from amparo.vault.sealing import Words

# Source: OWASP's password storage cheat sheet, Argon2id with 19 MiB, two passes, one lane: 46 ms of CPU. The codes
# carry 77 bits, so it need not be slower; the pepper makes a stolen database alone useless for guessing.
_MEMORY_KIB = 19 * 1024
_PASSES = 2


@dataclass(frozen=True, slots=True)
class Locker:
    """Where a stranger's things lie, and the only key to them."""

    look_up: str
    _key: bytes = field(repr=False)

    def seal(self, words: Words) -> str:
        """Lock something in. The text can be stored; it opens with the same secret only."""
        plain = json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()
        return base64.b64encode(cipher.wrap_key(self._key, plain, self._purpose)).decode("ascii")

    def open(self, sealed: str) -> Words:
        """What was locked in. Raises FieldAltered where it was altered or belongs to another secret."""
        try:
            plain = cipher.unwrap_key(self._key, base64.b64decode(sealed), self._purpose)
        except (cipher.NotAuthentic, ValueError) as error:
            raise FieldAltered(row=self.look_up[:8], field="locker") from error
        words: Words = json.loads(plain)
        return words

    @property
    def token(self) -> str:
        """A word that only who holds the secret can be given: it marks our own forms."""
        return cipher.derive(self._key, b"amparo form 1").hex()[:32]

    @property
    def _purpose(self) -> str:
        return f"locker:{self.look_up}"


def of_secret(secret: bytes) -> Locker:
    """The locker of a random secret, such as a cookie's. Cost: microseconds."""
    return _locker(secret, b"cookie")


def of_code(code: str) -> Locker:
    """The locker of a code in its normal form: one slow derivation, whether there is such a locker or not.

    Site-wide salt and pepper are drawn from the keyring, so that the same code is the same locker here and on
    no other instance. Cost: 46 ms and 19 MiB; the caller bounds how many run at once. Raises Locked.
    """
    held = keyring.held()
    stretched = Argon2id(
        salt=cipher.derive(held.index, b"amparo code salt 1")[:16],
        length=cipher.KEY_BYTES,
        iterations=_PASSES,
        lanes=1,
        memory_cost=_MEMORY_KIB,
        secret=cipher.derive(held.index, b"amparo code pepper 1"),
    ).derive(code.encode())
    return _locker(stretched, b"code")


def _locker(secret: bytes, kind: bytes) -> Locker:
    look_up = cipher.derive(secret, b"amparo locker name 1 " + kind).hex()
    return Locker(look_up, cipher.derive(secret, b"amparo locker key 1 " + kind))
