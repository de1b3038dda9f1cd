"""What comes with a request, as a whole or not at all.

A server gives the end of a body in the same way whether its sender had said all or lost the connection, and Django
takes what came until then for the whole: half a report would be kept as a report. So the announced length counts.
"""

from __future__ import annotations

from io import IOBase
from typing import Any

from django.core.handlers.wsgi import LimitedStream
from django.http import HttpRequest


class BrokenOff(OSError):
    """Fewer bytes came than were announced; Django makes its UnreadablePostError of it."""


class WholeStream(IOBase):
    """A body that is an error where it ends before its announced end."""

    def __init__(self, body: Any, announced: int) -> None:
        self._body = body
        self._left = announced

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        data = b""
        while len(data) < wanted:
            more: bytes = self._body.read(wanted - len(data))
            if not more:
                raise BrokenOff
            data += more
        self._left -= len(data)
        return data

    def readline(self, size: int | None = -1, /) -> bytes:
        line: bytes = self._body.readline(self._left if size is None or size < 0 else min(size, self._left))
        if not line and size != 0 and self._left:
            raise BrokenOff
        self._left -= len(line)
        return line


def expect_whole(request: HttpRequest) -> None:
    """Let the request's body raise where it breaks off. Before anything of it is read."""
    stream: Any = request._stream
    if isinstance(stream, LimitedStream):
        request._stream = WholeStream(stream, stream.limit)  # type: ignore[assignment]
