"""What must be gone, or sent, by a certain time goes then, whether anybody comes by or not.

The pages tell strangers how long something is kept. A purge that waits for the next visitor, or for a keeper who sets
up a timer, would make that untrue in a quiet week. So each process of the server has one thread for it. Where no
server runs nobody can be told anything, and the first round comes when it starts.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

from django.db import connections

from amparo.access import commands as access
from amparo.reporting import commands as reporting
from amparo.web import kept, uploads

EVERY_SECONDS = 30.0
log = logging.getLogger("amparo.config")
# Each is safe to be done twice, by two processes at once, and to be killed half way.
_ROUND: tuple[Callable[[], int], ...] = (reporting.purge, kept.sweep, uploads.sweep, access.send_letters)


def tend(parts: Sequence[Callable[[], int]] = _ROUND) -> int:
    """Remove everything whose time is over, and send what is due. Returns how much.

    What fails is logged, and tried again next time.
    """
    count = 0
    for part in parts:
        try:
            count += part()
        except Exception as error:
            log.warning("tending", extra={"event": "not_tended", "code": type(error).__name__})
    return count


def start(
    stop: threading.Event | None = None, seconds: float = EVERY_SECONDS, tend: Callable[[], int] = tend
) -> threading.Thread:
    """Tend in a thread of its own from now on, until `stop` is set or the process ends."""
    thread = threading.Thread(target=_run, args=(stop or threading.Event(), seconds, tend), name="tending", daemon=True)
    thread.start()
    return thread


def _run(stop: threading.Event, seconds: float, tend: Callable[[], int]) -> None:
    while True:
        try:
            tend()
        finally:
            connections.close_all()
        if stop.wait(seconds):
            return
