"""The questions of a report, one on each page, and sending it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.kernel.dates import PartialDate
from amparo.kernel.errors import Invalid, NotFound
from amparo.reporting import commands, queries
from amparo.reporting.forms import FORMS, Asked, CodeForm
from amparo.reporting.queries import Held
from amparo.reporting.rules import FIELDS, Answers, groups
from amparo.reporting.views.around import (
    OWN_SENDINGS,
    SENDINGS,
    check_mark,
    go,
    held,
    held_or_begun,
    inside,
    is_machine,
    own,
    set_cookie,
    show,
    source,
)
from amparo.reporting.words import ORDER, QUESTION_LABELS, CodeKind, Danger, Question, Step
from amparo.web import uploads
from amparo.web.fields import as_validation
from amparo.web.forms import number_of

_WIDTH = 100


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What this is, who helps now, and the way in. It sets no cookie."""
    is_open = queries.office() is not None
    context = {"is_open": is_open, "days": queries.answer_within_days(), "begun": held(request) is not None}
    return show(request, "start", context | {"lines": getattr(request, "helplines", ())})


def _asked(number: int) -> Question:
    if not 1 <= number <= len(ORDER):
        raise NotFound
    return ORDER[number - 1]


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, number: int) -> HttpResponse:
    """One question; sending it leads to the next one."""
    return _question(request, number, is_change=False)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """The same question, asked for from the page before sending, to which it leads back."""
    return _question(request, number, is_change=True)


def _takes_files(number: int) -> bool:
    return 1 <= number <= len(ORDER) and ORDER[number - 1] is Question.FILES


question.takes_files = change.takes_files = _takes_files  # type: ignore[attr-defined]


def _question(request: HttpRequest, number: int, *, is_change: bool) -> HttpResponse:
    asked = _asked(number)
    found = held(request)
    if found is not None and found.stay.step is Step.SENT:
        return go(request, "code")
    if found is not None and found.stay.step is Step.INSIDE:
        return go(request, "messages")
    if request.method != "POST":
        answers = found.stay.answers if found else Answers()
        form = FORMS[asked](initial=_initial(asked, answers), districts=queries.districts())
        return _show(request, number, form, is_change=is_change)
    return _keep(request, number, is_change=is_change)


def _initial(asked: Question, answers: Answers) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(answers, name) for name in FIELDS[asked]}
    if values.get("day"):
        values["day"] = PartialDate.parse(str(values["day"]))
    return values


def _keep(request: HttpRequest, number: int, *, is_change: bool) -> HttpResponse:
    asked = _asked(number)
    form = FORMS[asked](request.POST, districts=queries.districts())
    check_mark(request)
    if not form.is_valid():
        return _show(request, number, form, is_change=is_change, status=422)
    found = held_or_begun(request)
    if asked is Question.FILES:
        return _files(request, found, number, is_change=is_change)
    try:
        commands.set_answers(found, form.values())
    except Invalid as error:
        form.add_error(None, as_validation(error))
        return _show(request, number, form, is_change=is_change, status=error.status)
    if request.POST.get("later"):
        return go(request, "later")
    if asked is Question.DANGER and form.values()["danger"] == Danger.NOW:
        return go(request, "now")
    return _next(request, number, is_change=is_change)


def _files(request: HttpRequest, found: Held, number: int, *, is_change: bool) -> HttpResponse:
    """Files have come sealed by now. One can be taken back; more can be added; then it goes on."""
    gone = number_of(request.POST.get("remove"))
    if gone is not None:
        uploads.discard(found.actor, gone, found.stay.report_id)
    if gone is not None or request.POST.get("more"):
        return go(request, "change" if is_change else "question", number)
    if request.POST.get("later"):
        return go(request, "later")
    return _next(request, number, is_change=is_change)


def _next(request: HttpRequest, number: int, *, is_change: bool) -> HttpResponse:
    return go(request, "check") if is_change or number == len(ORDER) else go(request, "question", number + 1)


def _show(request: HttpRequest, number: int, form: Asked, *, is_change: bool, status: int = 200) -> HttpResponse:
    last = number == len(ORDER)
    asked = ORDER[number - 1]
    found = held(request)
    context: dict[str, object] = {
        "form": form,
        "title": QUESTION_LABELS[asked],
        "own_title": form.own_title or asked is Question.FILES,
        "number": number,
        "total": len(ORDER),
        "done": round(_WIDTH * (number - 0.5) / len(ORDER)),
        "skip_url": reverse("reporting:check")
        if last or is_change
        else reverse("reporting:question", args=[number + 1]),
        "back_url": reverse("reporting:question", args=[number - 1]) if number > 1 and not is_change else "",
        "days": queries.answer_within_days(),
        "takes_files": asked is Question.FILES,
        "waiting": queries.waiting(found) if found and asked is Question.FILES else [],
        "lede": _lede(asked),
        "is_change": is_change,
        "has_way_back": found is not None and found.stay.way_back is not None,
    }
    return show(request, "question", context, status)


def _lede(asked: Question) -> str:
    if asked is Question.FILES:
        return _(
            "They are sealed as they arrive, and nobody can read them on the way. A photo can say where it was taken."
        )
    if asked is Question.WHERE:
        return _("It helps us to find out who can come.")
    return ""


@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Somebody is in danger: who helps at once, before anything else is asked."""
    return show(request, "now", {"lines": getattr(request, "helplines", ()), "days": queries.answer_within_days()})


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """All answers before they are sent."""
    found = held(request)
    if found is not None and found.stay.step is not Step.ASKING:
        return go(request, "code" if found.stay.step is Step.SENT else "messages")
    return _show_check(request, found)


def _show_check(request: HttpRequest, found: Held | None, said: str = "", status: int = 200) -> HttpResponse:
    lines = queries.lines_of(found)
    context = {
        "lines": lines,
        "is_empty": not any(one.lines for one in lines),
        "said": said,
        "begun": found is not None,
    }
    return show(request, "check", context | {"days": queries.answer_within_days()}, status)


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Send the report. Whatever happens on the way, pressing again makes no second one."""
    found = inside(request, Step.ASKING, Step.SENT)
    check_mark(request)
    if found.stay.step is Step.SENT:
        return go(request, "code")
    if is_machine(request):
        # A browser may fill the hidden field by itself: whoever reads this presses again.
        return _show_check(request, found, _("Please press “Send” once more."), 422)
    if not any(one.lines for one in queries.lines_of(found)):
        return _show_check(request, found, _("There is nothing to send yet. Answer at least one question."), 422)
    OWN_SENDINGS.take(own(found))
    SENDINGS.take(source(request))
    kind = CodeKind.DIGITS if request.POST.get("kind") == CodeKind.DIGITS else CodeKind.WORDS
    commands.send(found, kind)
    return go(request, "code")


# ---- the code -----------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code, until it is typed back or the page is left. Sending the form shows another kind of code instead."""
    found = held(request)
    if found is None or found.stay.step is not Step.SENT:
        return go(request, "come_back")
    if request.method == "POST":
        check_mark(request)
        other = CodeKind.WORDS if found.stay.code.isdigit() else CodeKind.DIGITS
        commands.change_code(found, other)
        return go(request, "code")
    context = {"parts": groups(found.stay.code), "is_digits": found.stay.code.isdigit()}
    return show(request, "code", context | {"days": queries.answer_within_days()})


@require_http_methods(["GET", "HEAD", "POST"])
def type_back(request: HttpRequest) -> HttpResponse:
    """Type the code back, so that it counts; then it is shown no more, and what was said here is open."""
    found = held(request)
    if found is None or found.stay.step is not Step.SENT:
        return go(request, "come_back")
    form = CodeForm(request.POST if request.method == "POST" else None)
    context = {
        "form": form,
        "title": _("Type the code back"),
        "lede": _("Without looking at the page before, if you can. So we both know that you have it right."),
        "submit": _("This is my code"),
        "back_url": reverse("reporting:code"),
        "back_label": _("Show it again"),
    }
    if request.method != "POST" or not form.is_valid():
        return show(request, "one_field", context, 200 if request.method != "POST" else 422)
    check_mark(request)
    try:
        cookie, _inside = commands.confirm(found, form.cleaned_data["code"], source(request))
    except Invalid as error:
        form.add_error("code", as_validation(error))
        return show(request, "one_field", context, error.status)
    response = go(request, "messages")
    set_cookie(response, cookie)
    return response
