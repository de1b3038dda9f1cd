"""What a session holds rests sealed: the secret of a second step waits there until its first code is typed."""

from __future__ import annotations

import json
from typing import Any

from amparo.vault import words_at_rest

_PURPOSE = "staff.session"


class SealedSerializer:
    """Django's form of a session, as bytes that only the unlocked keyring opens."""

    def dumps(self, obj: Any) -> bytes:
        return words_at_rest.seal(_PURPOSE, json.dumps(obj, separators=(",", ":")))

    def loads(self, data: bytes) -> Any:
        return json.loads(words_at_rest.open_sealed(_PURPOSE, data))
