"""How fast a large file is taken in, beside what the disk can do by itself.

Four ways over the same disk: `dd` past the page cache, the blob store alone, a PUT and a form to a real server.
`growth_mb` is by how much the server's largest memory grew while it took the file in.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from bench.figures import Figure

SIZE = 1 << 30
_PIECE = os.urandom(1 << 20)
_MB = 1_000_000
_BOUNDARY = "----amparo-bench"
_WAIT_S = 60


def _row(name: str, size: int, seconds: float, **more: float | int) -> dict[str, object]:
    return {
        "name": name,
        "bytes": size,
        "seconds": round(seconds, 3),
        "mb_per_s": round(size / seconds / _MB, 1),
        **more,
    }


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


# ---- the disk, and the store alone --------------------------------------------------------------------------


def _dd(folder: Path, size: int) -> float:
    out = folder / "dd"
    command = ["dd", "if=/dev/zero", f"of={out}", "bs=4M", f"count={size >> 22}", "oflag=direct", "conv=fsync"]
    try:
        return _timed(lambda: subprocess.run(command, check=True, capture_output=True))
    finally:
        out.unlink(missing_ok=True)


class _Repeated:
    """A reader of so many random bytes, without reading them from anywhere."""

    def __init__(self, size: int) -> None:
        self._left = size

    def readinto(self, room: memoryview, /) -> int:
        count = min(len(room), self._left, len(_PIECE))
        room[:count] = _PIECE[:count]
        self._left -= count
        return count

    def read(self, size: int, /) -> bytes:
        count = min(size, self._left, len(_PIECE))
        self._left -= count
        return _PIECE[:count]


def _store(folder: Path, size: int) -> dict[str, object]:
    from amparo.vault.ingest import ingest
    from amparo.vault.store import FolderStore

    store = FolderStore(folder / "alone")
    key = os.urandom(32)
    try:
        cpu = time.process_time()
        seconds = _timed(lambda: ingest(_Repeated(size), store, key, b"bench", expected_bytes=size, max_bytes=size))
        return _row("blob store alone", size, seconds, cpu_s=round(time.process_time() - cpu, 2))
    finally:
        shutil.rmtree(folder / "alone")


# ---- a real server --------------------------------------------------------------------------------------------


def prepare(folder: Path) -> dict[str, str]:
    """Make an instance with somebody signed in who may register files of a case. Run in a process of its own."""
    from amparo.config import instance
    from amparo.config.instance import Keeper

    with instance.being_made(folder) as work:
        instance.create(work, demo=True, keeper=Keeper("Hugo Muster", "hugo", "Harbour", "Lakeside", "secret"))
        said = _somebody_at_work()
        instance.let_go_of_database()
    return said


def _somebody_at_work() -> dict[str, str]:
    from datetime import date
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.urls import reverse

    from amparo.access import commands as access
    from amparo.access import queries
    from amparo.access.actors import SYSTEM_ACTOR, actor_for
    from amparo.access.models import Account
    from amparo.cases import commands as cases
    from amparo.cases.words import CaseType, Risk
    from amparo.kernel.words import Compartment, Role
    from amparo.web import uploads

    office = queries.offices()[0].id
    key = access.invite(
        actor=SYSTEM_ACTOR,
        office_id=office,
        name="Bruno Muster",
        login_name="bruno",
        role=Role.SUPERVISOR,
        secret="bench",
    )
    access.activate(actor=SYSTEM_ACTOR, secret="bench", password="a long pass phrase for a bench")
    access.give_role(actor=SYSTEM_ACTOR, account_id=key, role=Role.INVESTIGATOR, office_id=office)
    account = Account.objects.get(pk=key)
    case = cases.open_case(
        actor=actor_for(account),
        office_id=office,
        types=[CaseType.SEXUAL_VIOLENCE],
        title="Bench",
        risk=Risk.MEDIUM,
        reported_on=date(2026, 3, 2),
    )
    cases.add_to_team(actor=actor_for(account), case_id=case, account_id=key, role=Role.INVESTIGATOR)
    actor = actor_for(account)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.create()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session["sign_in"] = str(access.start_sign_in(actor=actor, device="bench", method="password"))
    session.save()
    ticket = uploads.ticket_for(actor, uploads.Reception(case, Compartment.EVIDENCE, office))
    return {
        "cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}",
        "put": reverse("upload", args=[ticket]),
        "form": reverse("evidence:register_digital", args=[case]),
        "ticket": ticket,
    }


@contextmanager
def _server(folder: Path) -> Iterator[tuple[int, int]]:
    """A server of one worker on the instance: its port, and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "amparo.config.cli",
        "serve",
        "--dir",
        str(folder),
        "--port",
        str(port),
        "--workers",
        "1",
    ]
    told = folder.with_name("server.log")
    with told.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    try:
        if not _answers(port, process):
            raise RuntimeError(f"the server did not start:\n{told.read_text()[-2000:]}")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + _WAIT_S
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health/")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return True
        except OSError:
            time.sleep(0.2)
    return False


def _family(pid: int) -> list[int]:
    """A process and all that came from it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _memory(pid: int, field: str) -> int:
    """The memory of the largest process of a family in bytes: `VmRSS` now, `VmHWM` at its largest."""
    found = []
    for one in _family(pid):
        status = Path(f"/proc/{one}/status").read_text()
        match = re.search(rf"^{field}:\s+(\d+) kB", status, re.MULTILINE)
        found.append(int(match.group(1)) * 1024 if match else 0)
    return max(found)


def _cpu(pid: int) -> float:
    """CPU seconds that a family has used so far."""
    ticks = 0
    for one in _family(pid):
        after_name = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(after_name[11]) + int(after_name[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _forget_peak(pid: int) -> None:
    for one in _family(pid):
        Path(f"/proc/{one}/clear_refs").write_text("5")


def _send(port: int, method: str, path: str, headers: dict[str, str], parts: tuple[bytes, int, bytes]) -> int:
    head, size, tail = parts
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    connection.putrequest(method, path)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.putheader("Content-Length", str(len(head) + size + len(tail)))
    connection.endheaders()
    if head:
        connection.send(head)
    for _ in range(size // len(_PIECE)):
        connection.send(_PIECE)
    if tail:
        connection.send(tail)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _put(port: int, said: dict[str, str], secret: tuple[str, str], size: int) -> None:
    headers = {
        "Cookie": f"{said['cookie']}; {secret[0]}",
        "X-CSRFToken": secret[1],
        "Content-Type": "application/octet-stream",
        "X-File-Name": "bench.bin",
    }
    if _send(port, "PUT", said["put"], headers, (b"", size, b"")) != 204:
        raise RuntimeError("the PUT was refused")


def _form(port: int, said: dict[str, str], secret: tuple[str, str], size: int) -> None:
    words = {"csrfmiddlewaretoken": secret[1], "category": "digital", "description": "Bench", "may_show_abuse": "no"}
    head = "".join(
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in words.items()
    )
    head += f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="bench.bin"\r\n\r\n'
    headers = {
        "Cookie": f"{said['cookie']}; {secret[0]}",
        "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
    }
    path = f"{said['form']}?{urlencode({'ticket': said['ticket']})}"
    tail = f"\r\n--{_BOUNDARY}--\r\n".encode()
    if _send(port, "POST", path, headers, (head.encode(), size, tail)) != 302:
        raise RuntimeError("the form was refused")


def _secret(port: int, said: dict[str, str]) -> tuple[str, str]:
    """The form's secret: its cookie, and what stands in the form."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", said["form"], headers={"Cookie": said["cookie"]})
    answer = connection.getresponse()
    page = answer.read().decode()
    cookie = next(one.split(";")[0] for one in answer.msg.get_all("Set-Cookie", []) if "form" in one.split("=")[0])
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if token is None:
        raise RuntimeError("the page of the form did not open")
    return cookie, token.group(1)


def _through_server(folder: Path, size: int) -> Iterator[dict[str, object]]:
    made = subprocess.run(
        [sys.executable, "-m", "bench.uploads", "prepare", str(folder)], check=True, capture_output=True, text=True
    )
    said: dict[str, str] = json.loads(made.stdout.strip().splitlines()[-1])
    with _server(folder) as (port, pid):
        secret = _secret(port, said)
        # A small one first, so that modules and pools are loaded.
        _put(port, said, secret, len(_PIECE))
        _form(port, said, secret, len(_PIECE))
        for name, way in (("upload by PUT", _put), ("upload by form", _form)):
            _forget_peak(pid)
            before, cpu = _memory(pid, "VmRSS"), _cpu(pid)
            seconds = _timed(lambda way=way: way(port, said, secret, size))  # type: ignore[misc]
            grown, used = _memory(pid, "VmHWM") - before, _cpu(pid) - cpu
            yield _row(name, size, seconds, cpu_s=round(used, 2), growth_mb=round(grown / _MB, 1))


def run(size: int = SIZE, at: Path | None = None) -> list[dict[str, object]]:
    """Take one large file in by every way, on the disk of `at` (the temporary folder without one)."""
    with tempfile.TemporaryDirectory(prefix="amparo-bench-", dir=at) as name:
        folder = Path(name)
        rows = [_row("dd past the page cache", size, _dd(folder, size)), _store(folder, size)]
        rows += _through_server(folder / "instance", size)
        # The disk of a shared machine changes from minute to minute: once more at the end.
        rows.append(_row("dd past the page cache, again", size, _dd(folder, size)))
    return rows


_MOST_GROWTH_MB = 64 * 1.048576
# How much of the disk's own rate each way is to reach.
_SHARE = {"blob store alone": 0.7, "upload by PUT": 0.5}


def figures(size: int = SIZE) -> Iterator[Figure]:
    """The same as figures: what a large file takes, against the disk, and by how much the server grew."""
    disk, *ways, disk_again = run(size)
    # A shared disk changes from minute to minute: what it did before and after, together.
    alone = 2 * size / _MB / (float(str(disk["seconds"])) + float(str(disk_again["seconds"])))
    for row in (disk, disk_again):
        yield Figure(str(row["name"]), float(str(row["mb_per_s"])), "MB/s")
    for row in ways:
        what, rate, cpu = str(row["name"]), float(str(row["mb_per_s"])), float(str(row["cpu_s"]))
        share, goal = rate / alone, _SHARE.get(what)
        against = f"{share:.0%} of the disk; {size / _MB / cpu:.0f} MB per CPU-second"
        told = "" if goal is None else f"{goal:.0%} of the disk"
        yield Figure(what, rate, "MB/s", against, told, None if goal is None else share >= goal)
        if "growth_mb" in row:
            grown = float(str(row["growth_mb"]))
            yield Figure(f"{what}: memory", grown, "MB more", "", "under 64 MiB", grown < _MOST_GROWTH_MB)


if __name__ == "__main__":
    if sys.argv[1:2] == ["prepare"]:
        print(json.dumps(prepare(Path(sys.argv[2]))))
    else:
        for line in run():
            print(json.dumps(line))
