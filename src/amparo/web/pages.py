"""How a view shows a form and runs one command, and how it sends a paper.

def add_note(request: ActorRequest, case_id: UUID) -> HttpResponse:
    page = FormPage(title=_("Write a note"), back=reverse("desk:case", args=[case_id]))
    save = lambda data: commands.write_note(actor=request.actor, case_id=case_id, **data)
    return show_form(request, page, NoteForm, save)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amparo.kernel.dates import PartialDate
from amparo.kernel.errors import AppError, Changed, Invalid
from amparo.ledger.errors import AlreadyDone
from amparo.ledger.writing import submission
from amparo.web import formats, kept
from amparo.web.fields import as_validation
from amparo.web.forms import Form, number_of
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb, Notice, Present, Text
from amparo.web.translating import hint_of, message_of

Said = str | Promise
Data = dict[str, Any]
# No record has this version: a button that must say what was seen, and does not, changes nothing.
UNSEEN = 0


@dataclass(frozen=True, slots=True)
class FormPage:
    """Everything around a form. `back` is where Cancel and, without `done`, success lead."""

    title: Said
    back: str
    lede: Said = ""
    crumbs: tuple[Crumb, ...] = ()
    submit: Said = ""
    success: Said = ""
    notice: Notice | None = None
    grave: bool = False
    consequences: Sequence[Text] = ()
    template: str = "web/form_page.html"
    extra: Mapping[str, object] = field(default_factory=dict)


def show_form(
    request: ActorRequest,
    page: FormPage,
    form_class: type[Form],
    save: Callable[[Data], UUID | None],
    *,
    done: Callable[[UUID | None], str] | None = None,
    initial: Mapping[str, object] | None = None,
    present: Callable[[], Present] | None = None,
    options: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a form on GET; on POST check it, run `save` once, and lead on. What was typed is never lost.

    `present` gives the record's version and values for forms that change something: `save` then finds
    the version that the reader saw under `expected`. `options` go to the form's constructor.
    """
    version, values = present() if present else (0, initial or {})
    made = options or {}
    if request.method != "POST":
        typed = kept.take(request)
        form = (
            form_class(data=typed, initial=dict(values), **made) if typed else form_class(initial=dict(values), **made)
        )
        return _show(request, page, form, version)
    form = form_class(request.POST, request.FILES or None, initial=dict(values), **made)
    if not form.is_valid():
        return _show(request, page, form, seen_version(request, version), status=422)
    data = dict(form.cleaned_data)
    if present:
        data["expected"] = seen_version(request, version)
    try:
        result = run_once(request, lambda: save(data))
    except Changed as error:
        return _show_changed(request, page, form, error, *(present() if present else (version, values)))
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, as_validation(error))
        return _show(request, page, form, seen_version(request, version), status=error.status)
    except AppError as error:
        if error.status not in (409, 422, 503, 507):
            raise
        form.add_error(None, as_validation(error))
        return _show(request, page, form, seen_version(request, version), status=error.status)
    if page.success:
        messages.success(request, str(page.success))
    return HttpResponseRedirect(done(result) if done else page.back)


def run_once(request: ActorRequest, act: Callable[[], UUID | None]) -> UUID | None:
    """Run one command for the form that was sent; the same form sent again gives the first result."""
    try:
        with submission(_submission_key(request)):
            return act()
    except AlreadyDone as error:
        return number_of(error.fields["result"])


def _submission_key(request: ActorRequest) -> UUID | None:
    """The number of a form, for this person and this page only: elsewhere the same number is another form."""
    number = number_of(request.POST.get("form_id"))
    return None if number is None else uuid5(number, f"{request.actor.account_id} {request.path}")


def act(request: ActorRequest, run: Callable[[], UUID | None], back: str, success: Said = "") -> HttpResponse:
    """Run the command behind a button and go back; an error of the state is said there."""
    try:
        run_once(request, run)
    except AppError as error:
        if error.status not in (409, 422, 503, 507):
            raise
        messages.error(request, " ".join(filter(None, (message_of(error), hint_of(error)))))
    else:
        if success:
            messages.success(request, str(success))
    return HttpResponseRedirect(back)


def seen_version(request: ActorRequest, now: int) -> int:
    """The version that the reader had before her eyes, by the form or button that was sent; without one, `now`."""
    seen = request.POST.get("seen_version", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else now


def _show(request: ActorRequest, page: FormPage, form: Form, version: int, status: int = 200) -> HttpResponse:
    context = {
        "title": page.title,
        "lede": page.lede,
        "breadcrumbs": page.crumbs,
        "form": form,
        "submit_label": page.submit,
        "cancel_url": page.back,
        "notice": page.notice,
        "grave": page.grave,
        "consequences": page.consequences,
        "seen_version": version,
        "kept_for": kept.mark(request),
        # A form that could not be used keeps its number: nothing was done with it yet.
        "form_id": number_of(request.POST.get("form_id")) if status == 422 else None,
        **page.extra,
    }
    return render(request, page.template, context, status=status)


def _show_changed(
    request: ActorRequest,
    page: FormPage,
    form: Form,
    error: Changed,
    version: int,
    saved: Mapping[str, object],
) -> HttpResponse:
    """The same form with what she typed, and beside each answer that differs what is saved now."""
    for name in form.fields:
        now = form.fields[name].prepare_value(saved.get(name))
        if name in saved and form.cleaned_data.get(name) != saved[name]:
            shown = _in_words(form.fields[name], now)
            # The form has bound its fields by now, so that the hint is put where it is read from.
            form[name].help_text = _("Saved now: %(value)s") % {"value": shown}
    form.add_error(None, as_validation(error))
    return _show(request, page, form, version, status=409)


def _in_words(field: forms.Field, value: object) -> str:
    """A value as the form says it: the label of a code, a date as it is read."""
    if value in (None, "", []):
        return _("nothing")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, PartialDate):
        return formats.partial_date(value)
    if isinstance(field, forms.ChoiceField):
        labels = {str(code): str(label) for code, label in field.choices}  # type: ignore[misc, union-attr]
        codes = value if isinstance(value, list | tuple) else [value]
        return ", ".join(labels.get(str(code), str(code)) for code in codes)
    return str(value)


def pdf(paper: bytes, name: str, *, inline: bool = False) -> HttpResponse:
    """A paper, to be kept or, `inline`, to be read at once. `name` holds codes and common words only."""
    disposition = "inline" if inline else "attachment"
    headers = {"Content-Disposition": f'{disposition}; filename="{name}"'}
    return HttpResponse(paper, content_type="application/pdf", headers=headers)
