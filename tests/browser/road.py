"""A slow road between the browser and the house: each question is held back for a while before it is asked.

`AMPARO_TEST_SLOW=400 pytest -m browser` plays all of them as from far away. It finds tests that look too early.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_CHUNK = 65_536


@contextmanager
def slow_road(to: int, hold_ms: int) -> Iterator[int]:
    """A port of this machine that leads to the port `to`, each request held for `hold_ms` milliseconds."""
    with socket.create_server(("127.0.0.1", 0)) as gate:
        keeper = threading.Thread(target=_let_in, args=(gate, to, hold_ms / 1000), daemon=True)
        keeper.start()
        yield int(gate.getsockname()[1])
        gate.shutdown(socket.SHUT_RDWR)
        keeper.join()


def _let_in(gate: socket.socket, to: int, hold: float) -> None:
    with suppress(OSError):  # The gate is closed: nobody else comes.
        while True:
            near, _ = gate.accept()
            threading.Thread(target=_carry_both_ways, args=(near, to, hold), daemon=True).start()


def _carry_both_ways(near: socket.socket, to: int, hold: float) -> None:
    with near, socket.create_connection(("127.0.0.1", to)) as far:
        back = threading.Thread(target=_carry, args=(far, near, 0.0), daemon=True)
        back.start()
        _carry(near, far, hold)
        back.join()


def _carry(out_of: socket.socket, into: socket.socket, hold: float) -> None:
    with suppress(OSError):
        while chunk := out_of.recv(_CHUNK):
            time.sleep(hold)
            into.sendall(chunk)
    with suppress(OSError):
        into.shutdown(socket.SHUT_WR)
