"""Sessions in the database, of which the database alone gives nobody one.

The cookie holds a session's number; the row holds its SHA-256. What a session holds rests sealed (the secret of
a second step waits there until its first code is typed) and opens in its own row only.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

from amparo.vault import words_at_rest
from amparo.vault.errors import FieldAltered, Locked

_PURPOSE = "staff.session"
# The logger that Django keeps for this.
_log = logging.getLogger("django.security.SuspiciousSession")


# The framework's column holds so many characters: 160 bits of the fingerprint.
_KEY_LENGTH = 40


def at_rest(number: str) -> str:
    """What is stored of a session's number. It is random and long, so one plain hash is enough."""
    return hashlib.sha256(number.encode()).hexdigest()[:_KEY_LENGTH]


class SessionStore(db.SessionStore):
    """`session_key` is the number that the cookie holds; no row holds it."""

    # The library's own would look for the number itself; those of its base call what is below.
    aload = SessionBase.aload
    aexists = SessionBase.aexists
    acreate = SessionBase.acreate
    asave = SessionBase.asave
    adelete = SessionBase.adelete

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        # The framework's own clock, by which it has set the end.
        found = self.model.objects.filter(
            session_key=at_rest(self.session_key or ""), expire_date__gt=timezone.now()
        ).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        return super().exists(at_rest(session_key))

    def delete(self, session_key: str | None = None) -> None:
        number = session_key or self.session_key
        if number is not None:
            super().delete(at_rest(number))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.session_key = at_rest(row.session_key)
        return row

    def encode(self, session_dict: dict[str, Any]) -> str:
        text = json.dumps(session_dict, separators=(",", ":"))
        return base64.b64encode(words_at_rest.seal(_PURPOSE, text, place=self._place())).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What the session holds; nothing, so that nobody is signed in, where the row was altered or copied."""
        try:
            text = words_at_rest.open_sealed(_PURPOSE, base64.b64decode(session_data), place=self._place())
        except (FieldAltered, ValueError):
            _log.warning("Session data corrupted")
            return {}
        except Locked:
            return {}
        held: dict[str, Any] = json.loads(text)
        return held

    def _place(self) -> str:
        return at_rest(self.session_key or "")
