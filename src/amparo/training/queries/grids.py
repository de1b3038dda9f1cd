"""Grids: attendance by list, tests from paper, short answers to mark, slips with codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.kernel.digest import JsonValue
from amparo.papers.typesetting import typeset
from amparo.training.queries.results import Result, results
from amparo.training.queries.sessions import CHANGE, Head, head_for
from amparo.training.queries.sittings import opened_sittings
from amparo.training.rules import marking, steps
from amparo.training.rules.content import LETTERS, Question
from amparo.training.words import FOLLOW_UP_MONTHS, OCCASION_LABELS, Occasion
from amparo.web import formats
from amparo.web.sheets import Crumb

# The most fields that one form may send, less those of the form itself.
_MOST_CELLS = 900


@dataclass(frozen=True, slots=True)
class Line:
    """One person in a grid. `fixed` where a certificate stands on it."""

    key: UUID
    name: str
    code: str
    cells: tuple[str, ...]
    fixed: bool


@dataclass(frozen=True, slots=True)
class Grid:
    head: Head
    lines: tuple[Line, ...]
    page: int
    pages: int

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        return self.head.crumbs


@dataclass(frozen=True, slots=True)
class AttendanceGrid(Grid):
    """`days` up to today can be ticked; cells hold how somebody was recorded as present, or nothing."""

    days: tuple[date, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TestGrid(Grid):
    __test__ = False
    occasion: Occasion
    questions: tuple[Question, ...]

    @property
    def title(self) -> str:
        return str(OCCASION_LABELS[self.occasion])


def attendance(actor: Actor, session_id: UUID, page: int = 1) -> AttendanceGrid:
    head = head_for(actor, CHANGE, session_id)
    days = tuple(day for day in head.days if day <= clock.today())
    found, page, pages = _paged(results(head.row, head.content), max(1, len(days)), page)
    lines = tuple(
        Line(
            one.enrolment.id,
            one.person.name,
            one.enrolment.code,
            tuple(one.enrolment.attended.get(day.isoformat(), "") for day in days),
            one.certificate is not None,
        )
        for one in found
    )
    return AttendanceGrid(head, lines, page, pages, days, tuple(formats.near_day(day, clock.today()) for day in days))


def test_grid(actor: Actor, session_id: UUID, occasion: Occasion, page: int) -> TestGrid:
    """What was handed in so far, as it is typed into the grid. Raises TestNotDue."""
    head = head_for(actor, CHANGE, session_id)
    steps.refuse_test(head.state, occasion)
    questions = head.content.asked(occasion)
    found, page, pages = _paged(results(head.row, head.content), max(1, len(questions)), page)
    known = {one.row.enrolment_id: one for one in opened_sittings(session_id, occasion)}
    lines = []
    for one in found:
        before = known.get(one.enrolment.id)
        cells = [marking.write_cell(q, before.answers, before.marks) if before else "" for q in questions]
        fixed = one.certificate is not None and occasion not in FOLLOW_UP_MONTHS
        lines.append(Line(one.enrolment.id, one.person.name, one.enrolment.code, tuple(cells), fixed))
    return TestGrid(head, tuple(lines), page, pages, occasion, questions)


def _paged(found: list[Result], columns: int, page: int) -> tuple[list[Result], int, int]:
    size = max(1, _MOST_CELLS // columns)
    pages = max(1, -(-len(found) // size))
    chosen = min(max(1, page), pages)
    return found[size * (chosen - 1) : size * chosen], chosen, pages


# ---- marking by hand -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """One short answer, without a name: who marks sees what was written, and not by whom."""

    sitting_id: UUID
    words: str
    points: int | None
    fixed: bool


@dataclass(frozen=True, slots=True)
class ToMark:
    question: Question
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Marking:
    head: Head
    occasion: Occasion
    questions: tuple[ToMark, ...]


def to_mark(actor: Actor, session_id: UUID, occasion: Occasion) -> Marking:
    """The short answers of a test by question, in an order that tells nothing. Cost: some ten queries."""
    head = head_for(actor, CHANGE, session_id)
    certified = {one.enrolment.id for one in results(head.row, head.content) if one.certificate is not None}
    sittings = opened_sittings(session_id, occasion)
    found = []
    for question in head.content.asked(occasion):
        if not question.by_hand:
            continue
        answers = [
            Answer(
                one.row.id,
                str(one.answers.get(question.key, "")),
                one.marks.get(question.key),
                one.row.enrolment_id in certified and occasion not in FOLLOW_UP_MONTHS,
            )
            for one in sittings
            if one.answers.get(question.key)
        ]
        found.append(ToMark(question, tuple(sorted(answers, key=lambda one: one.words.casefold()))))
    return Marking(head, occasion, tuple(found))


# ---- papers --------------------------------------------------------------------------------------------------


def slips(actor: Actor, session_id: UUID) -> bytes:
    """A sheet to cut into slips: each person's name and code. Raises NotFound, Refused."""
    head = head_for(actor, CHANGE, session_id)
    values: dict[str, JsonValue] = {
        "title": _("Codes of the participants"),
        "foot": head.content.title,
        "training": head.content.title,
        "hint": _("Your code for this training. Keep it: the tests after 3 and 6 months ask for it again."),
        "slips": [[one.person.name, one.enrolment.code] for one in results(head.row, head.content)],
    }
    return typeset("training/papers/slips.typ", values, language=_language(head), at=clock.now())


def printed_test(actor: Actor, session_id: UUID, occasion: Occasion) -> bytes:
    """The test to print: the questions, letters to circle, lines to write on, no right answers."""
    head = head_for(actor, CHANGE, session_id)
    steps.refuse_test(head.state, occasion)
    values: dict[str, JsonValue] = {
        "title": head.content.title,
        "foot": f"{head.content.title} · {OCCASION_LABELS[occasion]}",
        "occasion": str(OCCASION_LABELS[occasion]),
        "code": _("Your code"),
        "hint": _("Circle the letters of the right answers. It is no exam: it shows whether we teach well."),
        "questions": [_printed(one) for one in head.content.asked(occasion)],
    }
    return typeset("training/papers/test.typ", values, language=_language(head), at=clock.now())


def _printed(question: Question) -> dict[str, JsonValue]:
    return {
        "text": question.text,
        "options": [[LETTERS[at], option] for at, option in enumerate(question.options)],
        "several": question.kind == "multiple",
        "several_words": _("Several answers can be right."),
    }


def _language(head: Head) -> str:
    return head.row.language if head.row.language in ("en", "ar", "hi", "km", "es", "fr", "pt", "sw") else "en"
