"""Renewing the keys that wrap other keys, in steps that can be stopped at any time."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from amparo.kernel import clock
from amparo.vault import keys

# A process may still be about to use the key that it looked up just before the renewal.
_GRACE = timedelta(days=1)


def start(office: UUID) -> int:
    """Make an office's next key, which seals from now on. Returns its generation. Raises Locked."""
    return keys.start_rotation(office)


def carry_on(office: UUID) -> int:
    """Wrap some of the office's data keys anew. Returns how many; 0 once the old key has been retired."""
    return keys.rewrap_some(office)


def forget_retired(*, alone: bool = False) -> int:
    """Delete retired office keys that wrap nothing any more, a day after. Returns how many. Needs no passphrase.

    `alone` says that no other process uses the instance, so that nobody has to be waited for.
    """
    return keys.drop_retired(clock.now() if alone else clock.now() - _GRACE)


def wrap_under_coming_root() -> int:
    """Wrap all office keys under the root key that is to come, in the caller's transaction. Returns how many."""
    return keys.rewrap_offices()
