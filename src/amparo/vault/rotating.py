"""Renewing the key of an office, in steps that can be stopped at any time."""

from __future__ import annotations

from uuid import UUID

from amparo.vault import keys


def start(office: UUID) -> int:
    """Make an office's next key, which seals from now on. Returns its generation. Raises Locked."""
    return keys.start_rotation(office)


def carry_on(office: UUID) -> int:
    """Wrap some of the office's data keys anew. Returns how many; 0 once the old key has been retired."""
    return keys.rewrap_some(office)
