"""Pages of grids: attendance by list, tests from paper, marking, and what is printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from amparo.kernel.errors import AppError
from amparo.training import commands
from amparo.training.commands.tests import Entered
from amparo.training.queries import grids as queries
from amparo.training.queries.grids import AttendanceGrid, Line, Marking, TestGrid
from amparo.training.rules import marking as rules
from amparo.training.words import Occasion
from amparo.web.pages import pdf, run_once
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb
from amparo.web.translating import hint_of, message_of

_SAID = (409, 422, 503, 507)


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a grid: its name, what stands in it, what it is called for who does not see the grid."""

    name: str
    value: str
    label: str
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class GridLine:
    line: Line
    cells: tuple[Cell, ...]


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 5 else 1


def _saved(request: ActorRequest, run: Callable[[], UUID], said: str) -> str:
    """Run the command and say so; where it refuses, the words of the refusal."""
    try:
        run_once(request, run)
    except AppError as error:
        if error.status not in _SAID:
            raise
        return " ".join(filter(None, (message_of(error), hint_of(error))))
    messages.success(request, said)
    return ""


# ---- attendance ----------------------------------------------------------------------------------------------


def attendance(request: ActorRequest, session_id: UUID) -> HttpResponse:
    """Who was there on which day: a box for each. What a telephone recorded is ticked already."""
    grid = queries.attendance(request.actor, session_id, _number(request.GET.get("page", "")))
    refused = ""
    if request.method == "POST":
        present = {
            line.key: [day for at, day in enumerate(grid.days) if request.POST.get(_name(line, at))]
            for line in grid.lines
            if not line.fixed
        }
        run = lambda: commands.record_attendance(actor=request.actor, session_id=session_id, present=present)  # noqa: E731
        refused = _saved(request, run, _("The attendance is saved."))
        if not refused:
            return HttpResponseRedirect(_next(grid, request.path))
    context = {
        "title": _("Attendance"),
        "breadcrumbs": (*grid.crumbs, Crumb(_("Attendance"))),
        "grid": grid,
        "lines": _attendance_lines(grid, request.POST if refused else None),
        "refused": refused,
        "back": grid.head.url,
    }
    return render(request, "training/attendance.html", context, status=422 if refused else 200)


def _next(grid: AttendanceGrid | TestGrid, path: str) -> str:
    return f"{path}?page={grid.page + 1}" if grid.page < grid.pages else grid.head.url


def _name(line: Line, at: int) -> str:
    return f"c-{line.key}-{at}"


def _attendance_lines(grid: AttendanceGrid, typed: QueryDict | None) -> list[GridLine]:
    return [
        GridLine(
            line,
            tuple(
                Cell(
                    _name(line, at),
                    (typed.get(_name(line, at), "") if typed is not None and not line.fixed else line.cells[at]),
                    _("%(name)s, %(day)s") % {"name": line.name, "day": label},
                )
                for at, label in enumerate(grid.labels)
            ),
        )
        for line in grid.lines
    ]


# ---- tests ---------------------------------------------------------------------------------------------------


def _occasion(written: str) -> Occasion:
    if written not in set(Occasion):
        raise Http404
    return Occasion(written)


def enter(request: ActorRequest, session_id: UUID, occasion: str) -> HttpResponse:
    """The answers of everybody in one grid, typed by keyboard: letters, and points for short answers."""
    when = _occasion(occasion)
    grid = queries.test_grid(request.actor, session_id, when, _number(request.GET.get("page", "")))
    wrong: dict[str, str] = {}
    refused = ""
    if request.method == "POST":
        lines = _entered(grid, request.POST, wrong)
        if not wrong:
            refused = _saved(
                request,
                lambda: commands.enter_tests(actor=request.actor, session_id=session_id, occasion=when, lines=lines),
                _("The answers are saved and marked."),
            )
        if not wrong and not refused:
            return HttpResponseRedirect(_next(grid, request.path))
    typed = request.POST if wrong or refused else None
    context = {
        "title": grid.title,
        "breadcrumbs": (*grid.crumbs, Crumb(grid.title)),
        "grid": grid,
        "columns": list(enumerate(grid.questions, 1)),
        "lines": [_test_line(grid, line, typed, wrong) for line in grid.lines],
        "wrong": list(wrong.items()),
        "refused": refused,
        "back": grid.head.url,
        "paper": reverse("training:test_paper", args=[session_id, when]),
    }
    return render(request, "training/grid.html", context, status=422 if typed is not None else 200)


def _entered(grid: TestGrid, typed: QueryDict, wrong: dict[str, str]) -> dict[UUID, Entered]:
    """What was typed, by enrolment; cells that can't be read are put into `wrong` with what to do."""
    lines = {}
    for line in grid.lines:
        if line.fixed:
            continue
        answers: dict[str, list[int] | str] = {}
        marks: dict[str, int] = {}
        for at, question in enumerate(grid.questions):
            name = _name(line, at)
            try:
                read = rules.read_cell(question, at + 1, typed.get(name, ""))
            except AppError as error:
                wrong[name] = f"{line.name}: {message_of(error)} {hint_of(error)}"
                continue
            if isinstance(read, int):
                marks[question.key] = read
            elif read:
                answers[question.key] = list(read)
        lines[line.key] = Entered(answers, marks)
    return lines


def _test_line(grid: TestGrid, line: Line, typed: QueryDict | None, wrong: dict[str, str]) -> GridLine:
    cells = []
    for at in range(len(grid.questions)):
        name = _name(line, at)
        value = typed.get(name, "") if typed is not None and not line.fixed else line.cells[at]
        label = _("%(name)s, question %(number)d") % {"name": line.name, "number": at + 1}
        cells.append(Cell(name, value, label, wrong.get(name, "")))
    return GridLine(line, tuple(cells))


# ---- marking -------------------------------------------------------------------------------------------------


def marking(request: ActorRequest, session_id: UUID, occasion: str) -> HttpResponse:
    """Short answers by question, without names, each with its points to choose."""
    when = _occasion(occasion)
    found = queries.to_mark(request.actor, session_id, when)
    refused = ""
    if request.method == "POST":
        points = _points(found, request.POST)
        refused = _saved(
            request,
            lambda: commands.mark_answers(actor=request.actor, session_id=session_id, occasion=when, points=points),
            _("The points are saved."),
        )
        if not refused:
            return HttpResponseRedirect(found.head.url)
    title = _("Mark short answers")
    context = {
        "title": title,
        "breadcrumbs": (*found.head.crumbs, Crumb(title)),
        "found": found,
        "questions": [(one, range(one.question.points + 1)) for one in found.questions],
        "refused": refused,
        "back": found.head.url,
    }
    return render(request, "training/marking.html", context, status=422 if refused else 200)


def _points(found: Marking, typed: QueryDict) -> dict[UUID, dict[str, int]]:
    points: dict[UUID, dict[str, int]] = {}
    for one in found.questions:
        for answer in one.answers:
            given = typed.get(f"p-{answer.sitting_id}-{one.question.key}", "")
            if given.isdecimal() and len(given) < 4 and not answer.fixed:
                points.setdefault(answer.sitting_id, {})[one.question.key] = int(given)
    return points


# ---- papers --------------------------------------------------------------------------------------------------


@require_GET
def slips(request: ActorRequest, session_id: UUID) -> HttpResponse:
    return pdf(queries.slips(request.actor, session_id), "codes.pdf", inline=True)


@require_GET
def paper(request: ActorRequest, session_id: UUID, occasion: str) -> HttpResponse:
    return pdf(queries.printed_test(request.actor, session_id, _occasion(occasion)), "test.pdf", inline=True)
