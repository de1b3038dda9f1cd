"""Play a stranger who sends a report with a file, and die in it: `python -m tests.faults.stranger FOLDER`.

As `tests.faults.driver`: one instance, then an order a line. What survives in her browser is the cookie and the page.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.faults.driver import Counter, Order, _use, in_child, looked, made

FILE = b"a recording, of which no byte may be lost\n" * 4000
HOST = "report.localhost"
Say = Callable[[str, str], None]


def _client(cookie: str) -> Any:
    from django.test import Client

    client = Client(raise_request_exception=False)
    if cookie:
        client.cookies["notes"] = cookie
    return client


def _mark(page: str) -> str:
    return page.split('name="mark" value="')[1].split('"')[0]


def begun(people: dict[str, Any]) -> str:
    """An office that takes reports, and a stranger who has written already. Returns her cookie."""
    from amparo.access.actors import actor_of
    from amparo.staff import commands as staff

    staff.set_reports_office(actor=actor_of(people["jalil"]), expected=0, office_id=people["office"])
    client = _client("")
    answer = client.post("/en/3/", "text=canary-words", headers={"host": HOST}, content_type=_FORM)
    return str(answer.cookies["notes"].value)


_FORM = "application/x-www-form-urlencoded"


def send(cookie: str, say: Say) -> None:
    """Add the file unless the page shows it, send, and say so once the answer has come."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = _client(cookie)
    page = client.get("/en/7/", headers={"host": HOST}, follow=True).content.decode()
    if "evening.ogg" not in page and 'class="secret"' not in page:
        data = {"mark": _mark(page), "more": "1", "file": SimpleUploadedFile("evening.ogg", FILE)}
        if client.post("/en/7/", data, headers={"host": HOST}).status_code != 303:
            return
        say("done", "file")
    page = client.get("/en/check/", headers={"host": HOST}, follow=True).content.decode()
    if 'class="secret"' not in page:
        body = f"mark={_mark(page)}"
        answer = client.post("/en/send/", body, headers={"host": HOST}, content_type=_FORM)
        if answer.status_code != 303:
            return
    say("done", "report")
    page = client.get("/en/code/", headers={"host": HOST}).content.decode()
    say("done", hashlib.sha256(page.split('class="secret"')[1].split("</div>")[0].encode()).hexdigest())


def found(folder: Path) -> dict[str, Any]:
    """What stands in the instance: reports, their files and whether these are whole."""
    from amparo.intake.models import Report, ReportFile
    from amparo.kernel.words import Compartment
    from amparo.vault import sealing
    from amparo.web import uploads

    whole = []
    for file in ReportFile.objects.all():
        details = sealing.open_row(file, "details").table("details")
        stored = uploads.StoredBlob(
            file.address, file.report_id, Compartment.NARRATIVE, file.office_id, bytes.fromhex(str(details["salt"])),
            int(str(details["bytes"])), "", "",
        )  # fmt: skip
        whole.append(uploads.sha256_of(stored) == hashlib.sha256(FILE).hexdigest())
    texts = [sealing.open_row(report, "text").text("text") for report in Report.objects.all()]
    return {"reports": len(texts), "texts": texts, "files": whole}


def played(order: Order, cookie: str, say: Say) -> None:
    from django.db.backends.signals import connection_created

    counter = Counter(order)
    connection_created.connect(counter.watch, weak=False)
    send(cookie, say)
    say("count", json.dumps(counter.seen))


def carried_out(order: Order, base: Path, folder: Path, cookie: str) -> dict[str, Any]:
    shutil.copytree(base, folder, dirs_exist_ok=True)
    _use(folder)
    code, first = in_child(lambda say: played(order, cookie, say))
    _code, between = in_child(lambda say: say("count", json.dumps(found(folder) | looked(folder))))
    again, second = in_child(lambda say: played(Order(), cookie, say))
    _code, after = in_child(lambda say: say("count", json.dumps(found(folder) | looked(folder))))
    return {
        "ended": code, "done": first.done, "seen": first.counts, "between": between.counts,
        "ended_again": again, "done_again": second.done, "after": after.counts,
    }  # fmt: skip


def main() -> None:
    scratch = Path(sys.argv[1])
    people = made(scratch / "base")
    from django.conf import settings

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    cookie = begun(people)
    from amparo.config import instance

    instance.let_go_of_database()
    for number, line in enumerate(sys.stdin):
        room = scratch / f"run-{number}"
        print(json.dumps(carried_out(Order(**json.loads(line)), scratch / "base", room, cookie)), flush=True)
        shutil.rmtree(room, ignore_errors=True)


if __name__ == "__main__":
    main()
