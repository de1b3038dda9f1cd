"""Where somebody's own kit is, by her number: without a name, a case or a place, and without a cookie.

A look-up costs one query by a unique key, as any page does, and nothing is counted: so nobody's guesses can lock
out whoever has a number, not even from the same address.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amparo.kits import queries as kits
from amparo.reporting.forms import OwnNumberForm
from amparo.reporting.views.around import is_machine, show
from amparo.web import formats


@require_http_methods(["GET", "HEAD", "POST"])
def number(request: HttpRequest) -> HttpResponse:
    """Ask for the number, and say what is known under it. Unknown, ended and mistyped numbers answer alike."""
    form = OwnNumberForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _ask(request, form)
    if not form.is_valid():
        return _ask(request, form, 422)
    if is_machine(request):
        form.add_error(None, _("Please press the button once more."))
        return _ask(request, form, 422)
    found = kits.status_by_number(form.cleaned_data["number"])
    if found is None:
        said = _("This number is not in use. Look at each character again, or ask the person who gave it to you.")
        form.add_error("number", said)
        return _ask(request, form, 422)
    context = {
        "status": found,
        "since": formats.day(found.since_on),
        "kept_until": formats.day(found.kept_until) if found.kept_until else "",
    }
    return show(request, "own_number", context)


def _ask(request: HttpRequest, form: OwnNumberForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "title": _("I have a number"),
        "lede": _("It stands on the paper that you were given, or you know it by heart. Nothing is kept of this."),
        "submit": _("Look"),
        "back_url": reverse("public_home"),
        "back_label": _("I have no number"),
    }
    return show(request, "one_field", context, status)
