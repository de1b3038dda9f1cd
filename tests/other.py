"""Somebody else who does something at the same moment: another connection to the same database."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection


class Other:
    """Another connection, in a thread of its own."""

    def __init__(self, run: Callable[[], object]) -> None:
        self.error: Exception | None = None
        self._run = run
        self._thread = threading.Thread(target=self._whole)
        self._thread.start()

    def _whole(self) -> None:
        try:
            self._run()
        except Exception as error:
            self.error = error
        finally:
            connection.close()

    def is_waiting(self) -> bool:
        self._thread.join(0.7)
        return self._thread.is_alive()

    def end(self) -> None:
        self._thread.join(20)
        assert not self._thread.is_alive()
        if self.error is not None:
            raise self.error
