"""A mail server of a few commands, on this machine, that can be told to refuse or to hang up at a given point."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Letterbox:
    """What came in. `answers` replace the usual answer to a command; an empty one hangs up instead."""

    port: int = 0
    letters: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    lines: int = 0


class _Talk(socketserver.StreamRequestHandler):
    box: Letterbox

    def _say(self, word: str, usual: str) -> bool:
        answer = self.box.answers.get(word, usual)
        if answer:
            self.wfile.write(f"{answer}\r\n".encode())
        return bool(answer)

    def handle(self) -> None:
        self.box.lines += 1
        if not self._say("HELLO", "220 letterbox"):
            return
        while line := self.rfile.readline():
            word = line.decode().split()[0].upper() if line.strip() else ""
            if word == "DATA":
                if not self._data():
                    return
            elif not self._say(word, "221 bye" if word == "QUIT" else "250 ok") or word == "QUIT":
                return

    def _data(self) -> bool:
        if "DATA" in self.box.answers:
            return self._say("DATA", "")
        self.wfile.write(b"354 go on\r\n")
        held = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            held.append(line.decode())
        if "LOSE" in self.box.answers:
            return False
        self.box.letters.append("".join(held))
        return self._say("END", "250 taken")


@contextmanager
def letterbox() -> Iterator[Letterbox]:
    """Listen while inside."""
    box = Letterbox()
    handler = type("Talk", (_Talk,), {"box": box})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
