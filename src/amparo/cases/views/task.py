"""Tasks, and promises made to survivors."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from amparo.access import policy
from amparo.cases import commands, queries
from amparo.cases.forms import DropForm, PromiseForm, TaskChangeForm, TaskForm
from amparo.cases.queries import PromiseView, TaskView
from amparo.cases.views.around import case_url, crumbs, survivors, team_choices
from amparo.cases.words import TASK_STATE_LABELS, TRACK_LABELS, PromiseState, TaskState, TrackKind
from amparo.kernel import clock
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.pages import FormPage, act, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Button, Code, Empty, Listing, Name, Row, Tag, Withheld


def task_row(task: TaskView) -> Row:
    """A task as a line, late ones in words and colour."""
    today = clock.today()
    late = task.state == TaskState.OPEN and task.due_on is not None and task.due_on < today
    is_open = task.state == TaskState.OPEN
    return Row(
        when=_("Late") if late else formats.near_day(task.due_on, today) if task.due_on else "",
        when_tone="late" if late else "",
        title=Name(task.title, url=reverse("cases:task", args=[task.id]) if is_open else ""),
        meta=(Name(task.assigned), "·", str(TRACK_LABELS[task.track])),
        tag=None if is_open else Tag(TASK_STATE_LABELS[task.state]),
        action_label=_("Done") if is_open else "",
        action_url=reverse("cases:do_task", args=[task.id]) if is_open else "",
        action_post=True,
    )


def promise_row(promise: PromiseView) -> Row:
    """A promise as a line."""
    today = clock.today()
    is_open = promise.state == PromiseState.OPEN
    late = (today - promise.due_on).days if is_open else 0
    when = formats.near_day(promise.due_on, today)
    if late > 0:
        when = ngettext("%(count)s day late", "%(count)s days late", late) % {"count": late}
    if not is_open:
        when = _("Kept") if promise.state == PromiseState.KEPT else _("Released")
    return Row(
        when=when,
        when_tone="late" if late > 0 else "",
        title=Name(promise.text),
        meta=(Code(promise.code), "·", _("promised by"), Name(promise.by), "·", formats.day(promise.promised_on)),
        action_label=_("Kept") if is_open else "",
        action_url=reverse("cases:keep_promise", args=[promise.id]) if is_open else "",
        action_post=True,
    )


def tasks(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    found = queries.tasks_of_case(request.actor, case_id, open_only=False)
    sees = policy.decide(request.actor, "cases:task:see", head.subject).allowed
    may = policy.decide(request.actor, "cases:task:change", head.subject).allowed
    add = reverse("cases:add_task", args=[case_id]) if may else ""
    listing = Listing(
        title=_("Tasks"),
        crumbs=crumbs(head),
        buttons=(Button(_("Add a task"), add, key="n"),) if may else (),
        rows=tuple(task_row(task) for task in sorted(found, key=lambda task: task.state != TaskState.OPEN)),
        withheld=() if sees else (Withheld(_("Tasks")),),
        empty=Empty(_("No task yet."), _("Add a task"), add),
    )
    return render(request, "web/list_page.html", {"listing": listing})


def add_task(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    policy.check_new(request.actor, "cases:task:change", head.subject)
    page = FormPage(title=_("Add a task"), back=case_url(case_id, "tasks"), crumbs=crumbs(head))

    def save(data: dict[str, object]) -> UUID:
        return commands.set_task(
            actor=request.actor,
            case_id=case_id,
            title=str(data["title"]),
            assigned_id=UUID(str(data["assigned"])),
            due_on=data["due_on"],  # type: ignore[arg-type]
            track=TrackKind(str(data["track"])),
        )

    initial = {"assigned": str(request.actor.account_id)}
    return show_form(request, page, TaskForm, save, initial=initial, options={"team": team_choices(head)})


def change_task(request: ActorRequest, task_id: UUID) -> HttpResponse:
    head, task = queries.task(request.actor, task_id)
    policy.check_new(request.actor, "cases:task:change", head.subject)
    page = FormPage(
        title=_("Change a task"),
        back=reverse("cases:tasks", args=[head.id]),
        crumbs=crumbs(head),
        extra={"drop_url": reverse("cases:drop_task", args=[task_id])},
    )

    def present() -> tuple[int, dict[str, object]]:
        _head, now = queries.task(request.actor, task_id)
        return now.version, {"title": now.title, "assigned": str(now.assigned_id), "due_on": now.due_on}

    def save(data: dict[str, object]) -> UUID:
        data["assigned_id"] = UUID(str(data.pop("assigned")))
        return commands.change_task(actor=request.actor, task_id=task.id, **data)  # type: ignore[arg-type]

    return show_form(request, page, TaskChangeForm, save, present=present, options={"team": team_choices(head)})


@require_POST
def do_task(request: ActorRequest, task_id: UUID) -> HttpResponse:
    head, _task = queries.task(request.actor, task_id)
    back = _safe_back(request, case_url(head.id, "tasks"))
    return act(request, lambda: commands.do_task(actor=request.actor, task_id=task_id), back, _("Done."))


def _safe_back(request: ActorRequest, otherwise: str) -> str:
    """Back to Today where the button stood there."""
    return "/" if request.POST.get("back") == "today" else otherwise


def drop_task(request: ActorRequest, task_id: UUID) -> HttpResponse:
    head, _task = queries.task(request.actor, task_id)
    page = FormPage(title=_("Drop a task"), back=reverse("cases:tasks", args=[head.id]), crumbs=crumbs(head))
    return show_form(
        request,
        page,
        DropForm,
        lambda data: commands.drop_task(actor=request.actor, task_id=task_id, reason=data["reason"]),
    )


def add_promise(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    policy.check_new(request.actor, "cases:promise:change", head.subject)
    page = FormPage(
        title=_("Write down a promise"),
        lede=_("What was promised to a survivor stays in sight until it is kept."),
        back=case_url(case_id, "promises"),
        crumbs=crumbs(head),
    )

    def save(data: dict[str, object]) -> UUID:
        data["person_id"] = UUID(str(data["person_id"]))
        return commands.make_promise(actor=request.actor, case_id=case_id, **data)  # type: ignore[arg-type]

    chosen = survivors(request, head)
    initial = {"person_id": chosen[0][0] if len(chosen) == 1 else None}
    return show_form(request, page, PromiseForm, save, initial=initial, options={"survivors": chosen})


@require_POST
def keep_promise(request: ActorRequest, promise_id: UUID) -> HttpResponse:
    head, _promise = queries.promise(request.actor, promise_id)
    back = _safe_back(request, case_url(head.id, "promises"))
    return act(request, lambda: commands.keep_promise(actor=request.actor, promise_id=promise_id), back, _("Kept."))


def release_promise(request: ActorRequest, promise_id: UUID) -> HttpResponse:
    head, _promise = queries.promise(request.actor, promise_id)
    page = FormPage(title=_("She lets us off this promise"), back=case_url(head.id, "promises"), crumbs=crumbs(head))
    return show_form(
        request,
        page,
        DropForm,
        lambda data: commands.release_promise(actor=request.actor, promise_id=promise_id, reason=data["reason"]),
    )
