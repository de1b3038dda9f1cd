"""Coming back with a code: what was answered, what is new first, and writing again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amparo.kernel import clock
from amparo.kernel.errors import Invalid
from amparo.kernel.ids import new_public_id
from amparo.reporting import commands, queries
from amparo.reporting.forms import CodeForm, MessageForm
from amparo.reporting.queries import Held
from amparo.reporting.views.around import (
    CODES,
    OWN_SENDINGS,
    SENDINGS,
    check_mark,
    go,
    held,
    inside,
    is_machine,
    own,
    set_cookie,
    show,
    source,
)
from amparo.reporting.words import Step
from amparo.web import formats
from amparo.web.fields import as_validation
from amparo.web.forms import number_of


@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """Ask for the code."""
    found = held(request)
    if found is not None and found.stay.step is Step.INSIDE:
        return go(request, "messages")
    form = CodeForm(request.POST if request.method == "POST" else None)
    return _asked_for_code(request, form)


def _code_page(form: CodeForm, not_sent: str = "") -> dict[str, object]:
    return {
        "form": form,
        "not_sent": not_sent,
        "title": _("Come back with your code"),
        "lede": _("The seven words or the 24 digits that you wrote down."),
        "submit": _("Open"),
        "back_url": reverse("public_home"),
        "back_label": _("I have no code"),
    }


def _asked_for_code(request: HttpRequest, form: CodeForm) -> HttpResponse:
    context = _code_page(form)
    if request.method != "POST" or not form.is_valid():
        return show(request, "one_field", context, 200 if request.method != "POST" else 422)
    if is_machine(request):
        form.add_error(None, _("Please press the button once more."))
        return show(request, "one_field", context, 422)
    CODES.take(source(request))
    try:
        typed = form.cleaned_data["code"]
        cookie, opened = commands.come_back(typed, source(request), language=translation.get_language() or "")
    except Invalid as error:
        form.add_error("code", as_validation(error))
        return show(request, "one_field", context, error.status)
    response = go(request, _OPENED[opened.stay.step])
    set_cookie(response, cookie)
    return response


# Where a code leads: to the conversation, or to what was not sent yet.
_OPENED = {Step.INSIDE: "messages", Step.ASKING: "check", Step.SENT: "code"}


@require_http_methods(["GET", "HEAD", "POST"])
def messages(request: HttpRequest) -> HttpResponse:
    """The conversation."""
    found = held(request)
    if found is None or found.stay.step is not Step.INSIDE:
        words = request.POST.get("text", "").strip()
        if words:
            # She was away for too long. Her words are hers: they go back to her, and nowhere else.
            return show(request, "one_field", _code_page(CodeForm(), words), 403)
        return go(request, "come_back")
    if request.method != "POST":
        return _show(request, found, MessageForm())
    check_mark(request)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, 422)
    OWN_SENDINGS.take(own(found))
    SENDINGS.take(source(request))
    try:
        commands.write(found, form.cleaned_data["text"], number_of(request.POST.get("form_id")))
    except Invalid as error:
        form.add_error("text", as_validation(error))
        return _show(request, found, form, error.status)
    return go(request, "messages")


messages.takes_files = lambda: True  # type: ignore[attr-defined]


def _show(request: HttpRequest, found: Held, form: MessageForm, status: int = 200) -> HttpResponse:
    zone = queries.zone_of(found)
    said = [(one, formats.when(one.at, clock.now(), zone)) for one in queries.conversation(found)]
    context = {
        "form": form,
        "fresh": [pair for pair in said if pair[0].is_new],
        "older": [pair for pair in said if not pair[0].is_new],
        "form_number": new_public_id(),
        "days": queries.answer_within_days(),
    }
    return show(request, "messages", context, status)


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Look for new answers."""
    found = inside(request, Step.INSIDE)
    check_mark(request)
    commands.look_again(found)
    return go(request, "messages")
