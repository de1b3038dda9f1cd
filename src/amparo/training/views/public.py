"""Pages for anybody: a session's link on a participant's telephone, and checking a certificate's number.

No account, no session, no name. What a form needs to know goes with the form, signed.
"""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from amparo.access.actors import SYSTEM_ACTOR
from amparo.kernel.errors import AppError, NotFound
from amparo.training import commands, forms
from amparo.training.errors import CodeUnknown, TooManyTries
from amparo.training.queries import certificates, doors
from amparo.training.queries.doors import OpenDoor
from amparo.training.words import DOOR_LABELS, DoorPurpose
from amparo.web.fields import as_validation
from amparo.web.forms import Form
from amparo.web.requests import public

_NO_REFERRER = {"Referrer-Policy": "no-referrer"}


@public
def door(request: HttpRequest, token: str) -> HttpResponse:
    """What is behind a session's link: a code is asked, then the questions, or presence is recorded."""
    found = doors.behind(token)
    with translation.override(_language(found)):
        if found.purpose is DoorPurpose.FEEDBACK:
            return _feedback(request, found)
        if request.method == "POST" and "pass" in request.POST:
            return _hand_in(request, found)
        return _ask_code(request, found)


def _language(found: OpenDoor) -> str:
    """The session's language where the pages speak it; else the reader's."""
    return found.language if found.language in ("en", "ar") else translation.get_language() or "en"


def _page(
    request: HttpRequest, found: OpenDoor, form: Form, status: int, *, lede: str = "", submit: str = "", given: str = ""
) -> HttpResponse:
    context = {
        "title": DOOR_LABELS[found.purpose],
        "lede": lede,
        "form": form,
        "submit_label": submit,
        "given": given,
    }
    return _answer(render(request, "training/come_in.html", context, status=status))


def _answer(response: HttpResponse) -> HttpResponse:
    # The address is a key: it goes to nobody else.
    for name, value in _NO_REFERRER.items():
        response.headers[name] = value
    return response


def _done(request: HttpRequest, title: str, words: str) -> HttpResponse:
    return _answer(render(request, "training/thanks.html", {"title": title, "words": words}))


def _ask_code(request: HttpRequest, found: OpenDoor) -> HttpResponse:
    form = forms.CodeForm(request.POST) if request.method == "POST" else forms.CodeForm()
    lede = _("Type the code that stands on your slip.")
    submit = _("I am here") if found.purpose is DoorPurpose.ATTENDANCE else _("Go on")
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, form, 422 if form.errors else 200, lede=lede, submit=submit)
    _refuse_flood(request, wrong=False)
    try:
        enrolment = doors.enrolled_by_code(found, form.cleaned_data["code"])
        if found.purpose is DoorPurpose.ATTENDANCE:
            commands.sign_present(actor=SYSTEM_ACTOR, door_id=found.id, enrolment_id=enrolment)
            return _done(request, _("You are on the list of today"), _("You can close this page."))
    except CodeUnknown as error:
        _refuse_flood(request, wrong=True)
        form.add_error("code", as_validation(error))
        return _page(request, found, form, 422, lede=lede, submit=submit)
    except AppError as error:
        if error.status != 409:
            raise
        form.add_error(None, as_validation(error))
        return _page(request, found, form, 409, lede=lede, submit=submit)
    return _questions(
        request, found, forms.TestForm(questions=found.questions), doors.pass_of(found.id, enrolment), 200
    )


def _refuse_flood(request: HttpRequest, *, wrong: bool) -> None:
    """Only wrong codes count, by where they come from: a class behind one address is not slowed down.

    Raises TooManyTries.
    """
    if not ratelimit.consume(request, action="training_code", dry_run=not wrong):
        raise TooManyTries


def _questions(request: HttpRequest, found: OpenDoor, form: Form, given: str, status: int) -> HttpResponse:
    lede = _("It is no exam: it shows whether we teach well. Leave out what you do not know.")
    return _page(request, found, form, status, lede=lede, submit=_("Hand in my answers"), given=given)


def _hand_in(request: HttpRequest, found: OpenDoor) -> HttpResponse:
    given = request.POST.get("pass", "")
    enrolment = doors.enrolled_by_pass(found, given)
    form = forms.TestForm(request.POST, questions=found.questions)
    if not form.is_valid():
        return _questions(request, found, form, given, 422)
    try:
        commands.hand_in(actor=SYSTEM_ACTOR, door_id=found.id, enrolment_id=enrolment, answers=form.answers)
    except AppError as error:
        if error.status != 409:
            raise
        form.add_error(None, as_validation(error))
        return _questions(request, found, form, given, 409)
    return _done(request, _("Your answers are handed in"), _("Thank you. You can close this page."))


def _feedback(request: HttpRequest, found: OpenDoor) -> HttpResponse:
    form = forms.FeedbackForm(request.POST) if request.method == "POST" else forms.FeedbackForm()
    lede = _("Four questions. Nobody can tell who answered what: no name and no code is kept with it.")
    submit = _("Hand in my answers")
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, form, 422 if form.errors else 200, lede=lede, submit=submit)
    try:
        commands.give_feedback(actor=SYSTEM_ACTOR, door_id=found.id, answers=form.cleaned_data)
    except AppError as error:
        if error.status != 409:
            raise
        form.add_error(None, as_validation(error))
        return _page(request, found, form, 409, lede=lede, submit=submit)
    return _done(request, _("Your answers are handed in"), _("Thank you. You can close this page."))


# ---- certificates --------------------------------------------------------------------------------------------


@public
def check(request: HttpRequest) -> HttpResponse:
    """Ask for the number of a certificate, and lead to what is known of it."""
    form = forms.NumberForm(request.POST) if request.method == "POST" else forms.NumberForm()
    if request.method == "POST":
        if not ratelimit.consume(request, action="training_check"):
            raise TooManyTries
        if form.is_valid():
            try:
                found = certificates.check_number(form.cleaned_data["number"])
            except NotFound:
                form.add_error("number", _("No certificate was issued with this number. Compare it with the paper."))
            else:
                return HttpResponseRedirect(reverse("training:check_number", args=[found.number]))
    context = {
        "title": _("Check a certificate"),
        "lede": _("You learn whether it is valid, for which training, and when. You do not learn whose it is."),
        "form": form,
        "submit_label": _("Check it"),
    }
    return render(request, "training/come_in.html", context, status=422 if form.errors else 200)


@public
def check_number(request: HttpRequest, number: str) -> HttpResponse:
    """Valid or withdrawn, the training, the days: for whoever holds the paper."""
    if not ratelimit.consume(request, action="training_check"):
        raise TooManyTries
    return render(request, "training/checked.html", {"found": certificates.check_number(number)})
