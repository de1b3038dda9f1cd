"""Pages of an examination as a whole: the list, beginning, consent, sections, stopping."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from amparo.forensics import commands, forms
from amparo.forensics.errors import ConsentMissing
from amparo.forensics.queries import listing, pages, reach
from amparo.forensics.queries.sealed import sealed
from amparo.forensics.views.appointments import place_of
from amparo.forensics.words import ANSWER_LABELS, ITEM_LABELS, Anatomy, Figure, Item
from amparo.forensics.words.sections import CONSENT
from amparo.kernel import clock
from amparo.kernel.errors import AppError, Changed, NotFound
from amparo.partners import queries as partners
from amparo.web.fields import as_validation
from amparo.web.forms import EmptyForm, number_of
from amparo.web.pages import Data, FormPage, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb, Notice


def section_url(exam_id: UUID, code: str) -> str:
    return reverse("forensics:section", args=[exam_id, code])


def exam_url(exam_id: UUID) -> str:
    return reverse("forensics:exam", args=[exam_id])


@require_GET
def exams(request: ActorRequest) -> HttpResponse:
    found = listing(request.actor, number_of(request.GET.get("after")))
    return render(request, "web/list_page.html", {"listing": found})


@require_GET
def exam(request: ActorRequest, exam_id: UUID) -> HttpResponse:
    """A sealed record to be read; one that is being written leads to where it goes on."""
    view = reach.exam(request.actor, exam_id)
    if view.is_sealed:
        page = sealed(request.actor, view)
        return render(request, "forensics/sealed.html", {"page": page, "sheet": page.sheet})
    return HttpResponseRedirect(pages.first_open(view))


def begin(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = pages.begin_head(request.actor, case_id)
    page = FormPage(
        title=_("Begin an examination"),
        back=reverse("desk:case", args=[case_id]),
        crumbs=(
            Crumb(_("Cases"), reverse("cases:cases")),
            Crumb(head.code, reverse("desk:case", args=[case_id]), code=True),
            Crumb(_("Begin an examination")),
        ),
        submit=_("Begin"),
        notice=Notice(_("Nothing is examined yet. First you explain and ask, part by part.")),
    )

    def save(data: Data) -> UUID:
        return commands.begin(
            actor=request.actor,
            case_id=case_id,
            person_id=UUID(data["person_id"]),
            figure=Figure(data["figure"]),
            anatomy=Anatomy(data["anatomy"]),
            started_at=data["started_at"],
            **place_of(data),
        )

    options = {
        "survivors": pages.survivors(request.actor, case_id),
        "facilities": partners.facility_choices(request.actor),
    }
    return show_form(
        request,
        page,
        forms.BeginForm,
        save,
        options=options,
        done=lambda key: section_url(key, "before") if key else page.back,
    )


# ---- sections ----------------------------------------------------------------------------------------------


def _answered(request: ActorRequest, page: pages.SectionPage, data: Any = None) -> forms.SectionForm:
    return forms.SectionForm(
        data, initial=page.values, part=page.part, with_times=page.part.code == "before"
    )  # fmt: skip


def section(request: ActorRequest, exam_id: UUID, code: str) -> HttpResponse:
    """One section: its form, and on the sections of the body its drawings."""
    page = pages.section_page(request.actor, exam_id, code)
    if request.method == "POST":
        return _save_section(request, page)
    if page.frame.view.is_sealed:
        return HttpResponseRedirect(exam_url(exam_id))
    return _section_page(request, page, _answered(request, page))


def _section_page(
    request: ActorRequest, page: pages.SectionPage, form: forms.SectionForm, status: int = 200, seen: int | None = None
) -> HttpResponse:
    context = {
        "title": page.part.label,
        "page": page,
        "frame": page.frame,
        "form": form,
        "seen_version": page.version if seen is None else seen,
        "keep_url": reverse("forensics:keep", args=[page.frame.id, page.part.code]),
    }
    return render(request, "forensics/section.html", context, status=status)


def _seen(request: ActorRequest) -> int:
    typed = request.POST.get("seen_version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _save(request: ActorRequest, page: pages.SectionPage, form: forms.SectionForm, *, done: bool) -> None:
    if "started_at" in form.fields:
        commands.set_times(
            actor=request.actor,
            exam_id=page.frame.id,
            started_at=form.cleaned_data["started_at"],
            ended_at=form.cleaned_data["ended_at"],
        )
    commands.save_section(
        actor=request.actor,
        exam_id=page.frame.id,
        code=page.part.code,
        answers=form.answers(),
        done=done,
        expected=_seen(request),
    )


def _save_section(request: ActorRequest, page: pages.SectionPage) -> HttpResponse:
    form = _answered(request, page, request.POST)
    if not form.is_valid():
        return _section_page(request, page, form, 422, _seen(request))
    try:
        _save(request, page, form, done=request.POST.get("act") != "pause")
    except AppError as error:
        if error.status not in (409, 422, 503, 507):
            raise
        field = error.fields.get("field") if error.status == 422 else None
        form.add_error(str(field) if field in form.fields else None, as_validation(error))
        seen = page.version if isinstance(error, Changed) else _seen(request)
        return _section_page(request, page, form, error.status, seen)
    if request.POST.get("act") == "pause":
        messages.success(request, _("Everything is saved. Go on whenever it is right for her or him."))
        return HttpResponseRedirect(reverse("desk:today"))
    onward = page.frame.onward
    return HttpResponseRedirect(onward.url if onward else section_url(page.frame.id, page.part.code))


@require_POST
def keep(request: ActorRequest, exam_id: UUID, code: str) -> HttpResponse:
    """Save a section from its page while it is being written; answered once it is safe."""
    page = pages.section_page(request.actor, exam_id, code)
    form = _answered(request, page, request.POST)
    if not form.is_valid():
        return HttpResponse(_("Not saved. Use the button below."), status=422, content_type="text/plain")
    section_now = page.frame.view.sections.get(code)
    try:
        _save(request, page, form, done=section_now.done if section_now else False)
    except AppError as error:
        if error.status not in (409, 422):
            raise
        said = _("Not saved: there is no consent.") if isinstance(error, ConsentMissing) else _(
            "Not saved. Use the button below.")  # fmt: skip
        return HttpResponse(said, status=error.status, content_type="text/plain")
    answer = HttpResponse(
        _("Saved %(time)s") % {"time": timezone.localtime(clock.now()).strftime("%H:%M:%S")}, content_type="text/plain"
    )
    answer.headers["X-Draft-Version"] = str(pages.version_of(request.actor, exam_id, code))
    return answer


# ---- consent -----------------------------------------------------------------------------------------------


def consent(request: ActorRequest, exam_id: UUID) -> HttpResponse:
    """What she agrees to, item by item."""
    view = pages.draft_of(request.actor, exam_id)
    if view.is_sealed:
        return HttpResponseRedirect(exam_url(exam_id))
    frame = pages.frame(request.actor, view, CONSENT)
    page = FormPage(
        title=_("Consent"),
        back=exam_url(exam_id),
        template="forensics/consent.html",
        extra={"frame": frame, "age_rule": pages.age_rule(view), "history": view.consents},
    )

    def save(data: Data) -> UUID:
        form = forms.ConsentForm(request.POST, standing=view.answers)
        form.is_valid()
        standing = view.answers
        changed = {item: answer for item, answer in form.answers().items() if not _same(standing.get(item), answer)}
        commands.record_consent(actor=request.actor, exam_id=exam_id, answers=changed, talk=form.talk())
        return exam_id

    return show_form(
        request,
        page,
        forms.ConsentForm,
        save,
        options={"standing": view.answers},
        done=lambda _key: frame.onward.url if frame.onward else exam_url(exam_id),
    )


def _same(standing: object, answer: object) -> bool:
    """Whether an answer says what stands already, so that nothing new is to be kept."""
    return standing == answer or (standing == "withdrawn" and answer == "refused")


def withdraw(request: ActorRequest, exam_id: UUID, item: str) -> HttpResponse:
    if item not in set(Item):
        raise NotFound
    view = reach.exam(request.actor, exam_id, reach.CHANGE)
    label = ITEM_LABELS[Item(item)]
    page = FormPage(
        title=_("Take a consent back"),
        lede=label,
        back=exam_url(exam_id),
        crumbs=(*pages.crumbs(view), Crumb(ANSWER_LABELS["withdrawn"])),
        submit=_("It is taken back"),
        grave=True,
        template="web/confirm_page.html",
        consequences=(
            gettext_lazy("Nothing more is kept or given on its strength, from now on."),
            gettext_lazy("What was sealed stays sealed: the law decides about that."),
            gettext_lazy("She or he need give no reason, and loses no help by it."),
        ),
    )

    def save(_data: Data) -> UUID:
        return commands.withdraw(actor=request.actor, exam_id=exam_id, item=Item(item))

    return show_form(request, page, EmptyForm, save)


def stop(request: ActorRequest, exam_id: UUID) -> HttpResponse:
    view = pages.draft_of(request.actor, exam_id)
    page = FormPage(
        title=_("She or he wants to stop"),
        back=exam_url(exam_id),
        crumbs=(*pages.crumbs(view), Crumb(_("Stop"))),
        submit=_("Stop now"),
        grave=True,
        template="web/confirm_page.html",
        consequences=(
            gettext_lazy("Every consent to be examined or treated is taken back, and nothing more is recorded."),
            gettext_lazy("What was recorded before stays and can be sealed."),
            gettext_lazy("If she or he wants to go on, ask again under Consent."),
        ),
    )

    def save(_data: Data) -> UUID:
        return commands.stop(actor=request.actor, exam_id=exam_id)

    return show_form(request, page, EmptyForm, save, done=lambda _key: reverse("forensics:sign", args=[exam_id]))
