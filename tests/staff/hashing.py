from __future__ import annotations

from typing import ClassVar

from tests.cast import QuickHasher


class CountingHasher(QuickHasher):
    """Argon2 that says how often it was asked."""

    count: ClassVar[int] = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.count += 1
        return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        CountingHasher.count += 1
        return bool(super().verify(password, encoded))
