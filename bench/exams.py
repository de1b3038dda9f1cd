"""An examination saved section by section and sealed, and its report set as a PDF."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from bench.figures import Figure, ms, timed

_TIMES = 9
_PAPER_S = 1.0


def figures(stage: Any) -> Iterator[Figure]:
    """One examiner's work on one case, in CPU of this process. `stage` has the offices and colleagues."""
    from amparo.forensics import commands
    from amparo.forensics.queries import reach, record, report
    from amparo.kernel import clock

    esther, exams = _drafts(stage, _TIMES + 2)
    one = exams[-1]
    words: dict[str, Any] = {"account": "He held me by the arm. " * 40, "number": "One", "contact": ["touching"]}

    def save() -> None:
        commands.save_section(actor=esther, exam_id=one, code="history", answers=words, done=True)

    yield Figure("save a section of an examination", ms(timed(save, times=_TIMES).cpu), "ms CPU", "autosave does this")
    waiting = iter(exams)

    def seal() -> None:
        commands.seal(actor=esther, exam_id=next(waiting), attested=True, signed_as="Esther Example")

    yield Figure("seal an examination", ms(timed(seal, times=_TIMES).cpu), "ms CPU", "3 findings, 8 sections, hashed")
    view = reach.exam(esther, exams[0])
    if not record.is_whole(view):
        raise RuntimeError("the sealed examination is not whole")
    everything = frozenset({"identity", "narrative", "examination"})

    def paper() -> bytes:
        return report.paper(esther, view, everything, language="en", at=clock.now())

    took = timed(paper, times=_TIMES).cpu
    against = f"{len(paper()) >> 10} KiB, tagged"
    yield Figure("report for court as a PDF", ms(took), "ms CPU", against, "under 1 s", took < _PAPER_S)


def _drafts(stage: Any, number: int) -> tuple[Any, list[Any]]:
    """So many examinations that only wait to be sealed, each of a case of its own."""
    from amparo.access.actors import Actor
    from amparo.cases import commands as cases
    from amparo.cases.words import BasisKind, CaseType, PartyRole, Risk
    from amparo.forensics import commands
    from amparo.forensics.commands import Seen, Talk
    from amparo.forensics.words import Answer, InjuryType, Item
    from amparo.kernel import clock
    from amparo.kernel.words import Role
    from amparo.people import commands as people
    from amparo.people.words import PersonKind

    office = stage.offices["harbour"]
    jalil = stage.actor("jalil")
    found = []
    for _ in range(number):
        case = cases.open_case(
            actor=jalil, office_id=office.id, types=[CaseType.SEXUAL_VIOLENCE], title="Example Street",
            risk=Risk.MEDIUM, reported_on=clock.today(),
        )  # fmt: skip
        her = people.add_person(actor=jalil, office_id=office.id, kind=PersonKind.SURVIVOR, name="Nadia Sample")
        cases.add_party(actor=jalil, case_id=case, person_id=her, role=PartyRole.SURVIVOR)
        cases.record_basis(actor=jalil, case_id=case, person_id=her, kind=BasisKind.CONSENT)
        cases.add_to_team(actor=jalil, case_id=case, account_id=stage.accounts["esther"], role=Role.EXAMINER)
        stage.reach_changed("esther")
        esther: Actor = stage.actor("esther")
        exam = commands.begin(actor=esther, case_id=case, person_id=her, facility="City Example")
        items = [item for item in Item if not item.startswith("release")]
        talk = Talk(freely=True)
        commands.record_consent(actor=esther, exam_id=exam, answers=dict.fromkeys(items, Answer.GIVEN), talk=talk)
        answers = {"examiner": "Esther Example", "qualification": "Nurse", "appearance": "Quiet", "history": "None"}
        for code in ("before", "history", "after", "health", "injuries", "treatment", "mind", "onward"):
            commands.save_section(actor=esther, exam_id=exam, code=code, answers=answers, done=True)
        for place in ("left_forearm", "right_knee", "neck"):
            seen = Seen("front", place, type=InjuryType.BRUISE, length_mm=20, width_mm=9, colour="Blue")
            commands.record_finding(actor=esther, exam_id=exam, seen=seen)
        found.append(exam)
    return esther, found


def apart() -> Iterator[Figure]:
    """The same in a process and an instance of its own, so that it meets no other measurement's offices."""
    with tempfile.TemporaryDirectory(prefix="amparo-bench-exams-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "bench.exams"],
            env=os.environ | {"AMPARO_DIR": folder, "AMPARO_DEMO": "true"},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    for line in done.stdout.splitlines():
        yield Figure(**json.loads(line))


def main() -> None:
    from django.core.management import call_command

    from bench.__main__ import open_instance

    open_instance()
    call_command("migrate", verbosity=0)
    for figure in _on_a_new_stage():
        print(json.dumps(asdict(figure)), flush=True)


def _on_a_new_stage() -> Iterator[Figure]:
    from amparo.desk.synthetic.agenda import Agenda
    from amparo.desk.synthetic.stage import Stage, furnish
    from amparo.kernel import clock

    now = clock.now()
    stage = Stage(1, now, Agenda(now))
    furnish(stage, now - timedelta(days=700))
    yield from figures(stage)


if __name__ == "__main__":
    main()
