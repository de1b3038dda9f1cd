"""Play a day's work against an instance, and die in the middle of it: `python -m tests.faults.driver FOLDER`.

Works in a process of its own. It makes one instance, then reads orders from its input, one JSON table a line,
plays each in a child process against a fresh copy, and answers with one line of what was found afterwards.
Children are killed by a hook on their own database connection; nothing of the application knows of it.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import signal
import sys
import traceback
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SUITE = uuid.UUID("0b0e6c26-0000-7000-8000-000000000000")
STEPS_PER_TICK = 50

Step = tuple[str, Callable[[dict[str, uuid.UUID]], Any]]


@dataclass(slots=True)
class Order:
    """Where to die: before the n-th statement, before the n-th commit, or in the middle of the n-th tick of work."""

    kind: str = "never"
    at: int = 0
    room_bytes: int = 0


@dataclass(slots=True)
class Told:
    """What a child said before it ended."""

    done: list[str] = field(default_factory=list)
    errors: list[list[str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


# ---- the instance ---------------------------------------------------------------------------------------------------


def made(folder: Path) -> dict[str, uuid.UUID]:
    """A new instance with two colleagues. Leaves this process unlocked on it and not connected."""
    from amparo.config import instance

    keeper = instance.Keeper("Hana Sample", "hana", "Sample House", "Sampletown", "seven invented words")
    with instance.being_made(folder) as work:
        instance.create(work, demo=True, keeper=keeper)
        instance.let_go_of_database()
    _use(folder)
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["tests.cast.QuickHasher"]
    people = _hired()
    instance.let_go_of_database()
    return people


def _use(folder: Path) -> None:
    from django.conf import settings
    from django.db import connection

    connection.settings_dict["NAME"] = str(folder / "amparo.sqlite3")
    settings.BLOBS = folder / "blobs"


def _hired() -> dict[str, uuid.UUID]:
    from amparo.access import commands as access
    from amparo.access.actors import SYSTEM_ACTOR
    from amparo.access.models import Office
    from amparo.kernel.words import Role

    office = Office.objects.get().id
    found = {"office": office}
    roles = {
        "jalil": Role.SUPERVISOR, "dalia": Role.CASEWORKER, "chandra": Role.LAWYER, "esther": Role.EXAMINER,
    }  # fmt: skip
    for name, role in roles.items():
        found[name] = access.invite(
            actor=SYSTEM_ACTOR, office_id=office, name=f"{name} Sample", login_name=name, role=role, secret=name
        )
        access.activate(actor=SYSTEM_ACTOR, secret=name, password="a long pass phrase")
    return found


# ---- the day --------------------------------------------------------------------------------------------------------


def journey(people: dict[str, uuid.UUID]) -> list[Step]:
    """A day's commands, each of which may use what those before it gave."""
    from amparo.access.actors import actor_of
    from amparo.aftercare import commands as care
    from amparo.cases import commands as cases
    from amparo.cases.words import BasisKind, CaseType, NoteKind, PartyRole, Risk
    from amparo.forensics import commands as exams
    from amparo.forensics.words import Answer, Item, SpecimenType
    from amparo.investigations.words import Agency
    from amparo.kernel.words import Compartment, Role
    from amparo.people import commands as persons
    from amparo.people.words import PersonKind
    from amparo.prosecution import commands as court

    def by(name: str) -> dict[str, Any]:
        return {"actor": actor_of(people[name])}

    day = date(2026, 3, 2)
    return [
        (
            "case",
            lambda was: cases.open_case(
                office_id=people["office"],
                types=[CaseType.SEXUAL_VIOLENCE],
                title="Example Street",
                risk=Risk.MEDIUM,
                reported_on=day,
                summary="What is known so far",
                **by("jalil"),
            ),
        ),
        (
            "person",
            lambda was: persons.add_person(
                office_id=people["office"], kind=PersonKind.SURVIVOR, name="Nadia Sample", **by("jalil")
            ),
        ),
        (
            "party",
            lambda was: cases.add_party(
                case_id=was["case"], person_id=was["person"], role=PartyRole.SURVIVOR, **by("jalil")
            ),
        ),
        (
            "basis",
            lambda was: cases.record_basis(
                case_id=was["case"], person_id=was["person"], kind=BasisKind.CONSENT, **by("jalil")
            ),
        ),
        (
            "team",
            lambda was: cases.add_to_team(
                case_id=was["case"], account_id=people["dalia"], role=Role.CASEWORKER, **by("jalil")
            ),
        ),
        (
            "lawyer",
            lambda was: cases.add_to_team(
                case_id=was["case"], account_id=people["chandra"], role=Role.LAWYER, **by("jalil")
            ),
        ),
        (
            "note",
            lambda was: cases.write_note(
                case_id=was["case"],
                compartment=Compartment.CARE,
                kind=NoteKind.VISIT,
                text="She was well. " * 200,
                person_id=was["person"],
                **by("dalia"),
            ),
        ),
        (
            "task",
            lambda was: cases.set_task(
                case_id=was["case"],
                title="Call her aunt",
                assigned_id=people["dalia"],
                due_on=day + timedelta(days=400),
                **by("dalia"),
            ),
        ),
        ("done", lambda was: cases.do_task(task_id=_task(was["case"]), **by("dalia"))),
        (
            "client",
            lambda was: care.enrol(case_id=was["case"], person_id=was["person"], **by("dalia")),
        ),
        (
            "safety",
            lambda was: care.draft_safety_plan(client_id=was["client"], way_out="By the gate", **by("dalia")),
        ),
        (
            "examiner",
            lambda was: cases.add_to_team(
                case_id=was["case"], account_id=people["esther"], role=Role.EXAMINER, **by("jalil")
            ),
        ),
        (
            "exam",
            lambda was: exams.begin(case_id=was["case"], person_id=was["person"], **by("esther")),
        ),
        (
            "agreed",
            lambda was: exams.record_consent(
                exam_id=was["exam"],
                answers=dict.fromkeys(Item, Answer.GIVEN),
                talk=exams.Talk(freely=True, recipient="Example Station"),
                **by("esther"),
            ),
        ),
        (
            "typed",
            lambda was: exams.save_section(
                exam_id=was["exam"], code="history", answers={"account": "He held me. " * 100}, **by("esther")
            ),
        ),
        (
            "header",
            lambda was: exams.save_section(
                exam_id=was["exam"],
                code="before",
                done=True,
                answers={"examiner": "Esther Example", "qualification": "Nurse"},
                **by("esther"),
            ),
        ),
        (
            "drawn",
            lambda was: exams.record_finding(
                exam_id=was["exam"], seen=exams.Seen("front", "left_forearm"), **by("esther")
            ),
        ),
        (
            "photo",
            lambda was: exams.add_photo(
                exam_id=was["exam"], has_scale=True, upload_id=_photograph(was, people), **by("esther")
            ),
        ),
        (
            "specimen",
            lambda was: exams.take_specimen(
                exam_id=was["exam"], taken=exams.Taken(SpecimenType.SKIN_SWAB, seal="S 1"), **by("esther")
            ),
        ),
        (
            "sealed",
            lambda was: exams.seal(exam_id=was["exam"], attested=True, signed_as="Esther Example", **by("esther")),
        ),
        (
            "proceeding",
            lambda was: court.open_proceeding(
                case_id=was["case"], agency_kind=Agency.POLICE, complaint_on=day, complaint_no="FIR 1", **by("chandra")
            ),
        ),
    ]


PHOTO = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"a forearm, of which no byte may be lost\n" * 4000


def _photograph(was: dict[str, uuid.UUID], people: dict[str, uuid.UUID]) -> uuid.UUID | None:
    """Send a photograph as the tablet does, before its form; what waits already is named by the form, not sent again.

    None where it is in the record already.
    """
    from django.test import RequestFactory

    from amparo.access.actors import actor_of
    from amparo.forensics.models import ExamPhoto
    from amparo.kernel.words import Compartment
    from amparo.web import uploads

    if ExamPhoto.objects.exists():
        return None
    actor = actor_of(people["esther"])
    for one in uploads.waiting(actor, was["person"]):
        return one.upload_id
    request = RequestFactory().put("/upload/", PHOTO, content_type="image/jpeg", headers={"x-file-name": "arm.jpg"})
    request.actor = actor  # type: ignore[attr-defined]
    reception = uploads.Reception(was["person"], Compartment.EXAMINATION, people["office"])
    return uploads.receive_put(request, uploads.ticket_for(actor, reception))


def _photographs() -> list[bool]:
    """Whether each photograph that a record names is there to its last byte."""
    from amparo.forensics.models import ExamPhoto
    from amparo.forensics.queries import record
    from amparo.web import uploads

    rows = ExamPhoto.objects.values_list("exam_id", flat=True).distinct()
    found = [one.blob for exam in rows for one in record.photos(exam)]
    return [blob is not None and uploads.sha256_of(blob) == hashlib.sha256(PHOTO).hexdigest() for blob in found]


def _task(case_id: uuid.UUID) -> uuid.UUID:
    from amparo.cases.models import Task

    return Task.objects.get(case_id=case_id, kind="task").id


def play(people: dict[str, uuid.UUID], say: Callable[[str, str], None]) -> None:
    """Every command of the day under its own submission key; what was done before counts as done."""
    from amparo.kernel.errors import AppError
    from amparo.ledger.errors import AlreadyDone
    from amparo.ledger.writing import submission

    was: dict[str, uuid.UUID] = {}
    for name, run in journey(people):
        try:
            with submission(uuid.uuid5(SUITE, name)):
                was[name] = run(was)
        except AlreadyDone as before:
            was[name] = uuid.UUID(str(before.fields["result"]))
        except AppError as error:
            traceback.print_exception(error)
            say("error", json.dumps([name, error.code, str(error.status)]))
            return
        say("done", name)


# ---- how it ends ----------------------------------------------------------------------------------------------------


class Counter:
    """Counts what the database is asked to do, and ends this process at the place that was ordered."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.seen = {"statement": 0, "commit": 0, "tick": 0}

    def watch(self, *, connection: Any, **_more: object) -> None:
        connection.connection.set_trace_callback(self._statement)
        connection.connection.set_progress_handler(self._tick, STEPS_PER_TICK)

    def _count(self, kind: str) -> None:
        self.seen[kind] += 1
        if self.order.kind == kind and self.seen[kind] == self.order.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def _statement(self, sql: str) -> None:
        self._count("statement")
        if sql.startswith("COMMIT"):
            self._count("commit")

    def _tick(self) -> int:
        self._count("tick")
        return 0


def in_child(run: Callable[[Callable[[str, str], None]], None]) -> tuple[int, Told]:
    """Run in a forked process; returns how it ended, and what it had said by then."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        status = 70
        try:
            run(lambda kind, what: _write_line(theirs, kind, what))
            status = 0
        except BaseException:
            # A forked child ends without telling, unless it is made to.
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(theirs)
    with os.fdopen(ours, encoding="utf-8") as pipe:
        told = _read_lines(pipe)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), told


def _write_line(pipe: int, kind: str, what: str) -> None:
    os.write(pipe, f"{kind} {what}\n".encode())


def _read_lines(lines: Iterator[str]) -> Told:
    told = Told()
    for line in lines:
        kind, what = line.rstrip("\n").split(" ", 1)
        if kind == "done":
            told.done.append(what)
        elif kind == "error":
            told.errors.append(json.loads(what))
        else:
            told.counts |= json.loads(what)
    return told


# ---- one order ------------------------------------------------------------------------------------------------------


def carried_out(order: Order, base: Path, folder: Path, people: dict[str, uuid.UUID]) -> dict[str, Any]:
    """Play until the ordered end, look, play again to the end, look again."""
    shutil.copytree(base, folder, dirs_exist_ok=True)
    _use(folder)
    code, first = in_child(lambda say: _played(order, people, say))
    _code, between = in_child(lambda say: say("count", json.dumps(looked(folder))))
    again, second = in_child(lambda say: _played(Order(), people, say))
    _code, after = in_child(lambda say: say("count", json.dumps(looked(folder))))
    return {
        "ended": code,
        "done": first.done,
        "errors": first.errors,
        "seen": first.counts,
        "between": between.counts,
        "ended_again": again,
        "done_again": second.done,
        "errors_again": second.errors,
        "after": after.counts,
    }


def _played(order: Order, people: dict[str, uuid.UUID], say: Callable[[str, str], None]) -> None:
    from django.db.backends.signals import connection_created

    counter = Counter(order)
    connection_created.connect(counter.watch, weak=False)
    if order.room_bytes:
        # Beyond this length a file can't grow: the write fails instead of ending the process.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (order.room_bytes, order.room_bytes))
    ends: dict[str, dict[str, int]] = {}

    def heard(kind: str, what: str) -> None:
        if kind == "done":
            ends[what] = dict(counter.seen)
        say(kind, what)

    play(people, heard)
    say("count", json.dumps(counter.seen | {"ends": ends}))


def looked(folder: Path) -> dict[str, Any]:
    """Whether the ledger holds, how many rows each table has, and which submissions are known."""
    from django.apps import apps
    from django.db import connection

    from amparo.config.cli.watching import verified
    from amparo.ledger.models import Submission

    report = verified(folder)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        whole = cursor.fetchone()[0]
    rows = {model._meta.label_lower: model._base_manager.count() for model in apps.get_models()}
    known = set(Submission.objects.values_list("key", flat=True))
    return {
        "intact": report.is_intact,
        "findings": [str(finding.kind) for finding in report.findings],
        "whole": whole,
        "rows": {name: count for name, count in rows.items() if not name.startswith(("auth.", "contenttypes."))},
        "photos": _photographs(),
        "known": [name for name in STEP_NAMES if uuid.uuid5(SUITE, name) in known],
    }


STEP_NAMES = (
    "case", "person", "party", "basis", "team", "lawyer", "note", "task", "done", "client", "safety",
    "examiner", "exam", "agreed", "typed", "header", "drawn", "photo", "specimen", "sealed", "proceeding",
)  # fmt: skip


def main() -> None:
    scratch = Path(sys.argv[1])
    people = made(scratch / "base")
    for number, line in enumerate(sys.stdin):
        order = json.loads(line)
        room = Path(order.pop("folder", "") or scratch / f"run-{number}")
        answer = carried_out(Order(**order), scratch / "base", room, people)
        print(json.dumps(answer), flush=True)
        shutil.rmtree(room / "blobs", ignore_errors=True)


if __name__ == "__main__":
    main()
