"""The two ends of renewing the root key, in the keyring file; between them the database is wrapped anew.

From the first to the last the file holds both root keys, so that it opens whatever the database has by then.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

from amparo.vault import keyring


def begin(path: Path, passphrase: str) -> None:
    """Put the root key that is to come into the keyring file beside the present one, and unlock with both.

    The one of an interrupted renewal is taken again. Raises what `keyring.read` raises.
    """
    held = keyring.read(path, passphrase)
    if not held.coming:
        held = dataclasses.replace(held, coming=keyring.new_secret())
        _renew(path, held, passphrase)
    keyring.unlock(held)


def finish(path: Path, passphrase: str) -> None:
    """Let the root key that was to come be the only one, in the file and in this process."""
    held = keyring.held()
    # What 0.1 sealed at rest hangs on the first root key, also in backups of data that are kept for years.
    held = dataclasses.replace(held, root=held.coming, coming=b"", rest=held.rest or held.root)
    _renew(path, held, passphrase)
    keyring.unlock(held)


def _renew(path: Path, held: keyring.Secrets, passphrase: str) -> None:
    keyring.prepare(path, held, passphrase)
    keyring.put_in_place(path)
