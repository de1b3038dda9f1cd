"""Pages of findings, photographs and specimens."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from amparo.forensics import commands, forms
from amparo.forensics.queries import follow_ups, pages, reach, record
from amparo.forensics.words import SPECIMEN_LABELS, FollowUpState
from amparo.kernel.errors import NotFound
from amparo.kits import queries as kits
from amparo.web import uploads
from amparo.web.forms import EmptyForm
from amparo.web.pages import Data, FormPage, act, run_once, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb


def _url(name: str, *keys: object) -> str:
    return reverse(f"forensics:{name}", args=keys)


# ---- findings ----------------------------------------------------------------------------------------------


def _finding_form(request: ActorRequest, page: pages.FindingPage, save: Any, version: int) -> HttpResponse:
    shown = FormPage(
        title=page.finding.title if page.finding else _("Add a finding"),
        back=page.back,
        crumbs=(*page.frame.crumbs, Crumb(_("Finding"))),
        submit=_("Save the finding"),
        template="forensics/finding.html",
        extra={"page": page, "frame": page.frame, "view": page.map.view, "place_labels": page.map.places},
    )
    options = {"view": page.map.view}
    if page.finding is not None:
        present = lambda: (version, page.values)  # noqa: E731 - handed on as it is
        return show_form(request, shown, forms.FindingForm, save, present=present, options=options)
    return show_form(request, shown, forms.FindingForm, save, initial=page.values, options=options)


def _seen(request: ActorRequest, page: pages.FindingPage) -> commands.Seen:
    form = forms.FindingForm(request.POST, view=page.map.view)
    form.is_valid()
    return form.seen()


def add_finding(request: ActorRequest, exam_id: UUID) -> HttpResponse:
    """A new finding at the place that was pressed, or at one chosen from the list."""
    asked = request.GET
    page = pages.new_finding(
        request.actor, exam_id, asked.get("view", ""), asked.get("region", ""), asked.get("x", ""), asked.get("y", "")
    )

    def save(_data: Data) -> UUID:
        return commands.record_finding(actor=request.actor, exam_id=exam_id, seen=_seen(request, page))

    return _finding_form(request, page, save, 0)


def finding(request: ActorRequest, finding_id: UUID) -> HttpResponse:
    page = pages.finding_page(request.actor, finding_id)

    def save(data: Data) -> UUID:
        return commands.change_finding(
            actor=request.actor, finding_id=finding_id, seen=_seen(request, page), expected=data.get("expected")
        )

    return _finding_form(request, page, save, page.finding.version if page.finding else 0)


def remove_finding(request: ActorRequest, finding_id: UUID) -> HttpResponse:
    page = pages.finding_page(request.actor, finding_id)
    shown = FormPage(
        title=_("Remove this finding"),
        lede=page.finding.title if page.finding else "",
        back=page.back,
        crumbs=(*page.frame.crumbs, Crumb(_("Remove"))),
        submit=_("Remove it"),
        grave=True,
        template="web/confirm_page.html",
        consequences=(gettext_lazy("Its photographs are destroyed. That it was there stays in the ledger."),),
    )

    def save(_data: Data) -> UUID:
        return commands.remove_finding(actor=request.actor, finding_id=finding_id)

    return show_form(request, shown, EmptyForm, save)


# ---- photographs -------------------------------------------------------------------------------------------


def _reception(request: ActorRequest, exam_id: UUID) -> uploads.Reception:
    return pages.reception(request.actor, exam_id)


@uploads.takes_files(_reception)
def add_photo(request: ActorRequest, exam_id: UUID) -> HttpResponse:
    view = pages.draft_of(request.actor, exam_id)
    is_genital = request.GET.get("of") == "genital"
    back = _url("section", exam_id, "genital" if is_genital else "injuries")
    addresses = uploads.upload_options(request, _reception(request, exam_id))

    def save(data: Data) -> UUID:
        finding_id = data.pop("finding_id")
        return commands.add_photo(
            actor=request.actor,
            exam_id=exam_id,
            upload_id=data.pop("file"),
            finding_id=UUID(finding_id) if finding_id else None,
            **data,
        )

    page = FormPage(
        title=_("Add a photograph"),
        back=back,
        crumbs=(*pages.crumbs(view), Crumb(_("Photograph"))),
        submit=_("Keep it"),
        success=_("The photograph is kept, sealed."),
        extra={"action_url": addresses["post_url"]},
    )
    return show_form(
        request,
        page,
        forms.PhotoForm,
        save,
        initial={"finding_id": request.GET.get("finding", ""), "is_genital": is_genital},
        options={"put_url": addresses["put_url"], "found": record.findings(view.id)},
    )


@require_POST
def look(request: ActorRequest, photo_id: UUID) -> HttpResponse:
    """Record the look, then show the photograph; a script that asked puts it in the veil's place itself."""
    run_once(request, lambda: commands.record_photo_view(actor=request.actor, photo_id=photo_id))
    view, photo = pages.photo_of(request.actor, photo_id)
    context = {
        "title": _("Photograph %(number)s") % {"number": photo.number},
        "breadcrumbs": pages.crumbs(view),
        "photo": photo,
        "picture_url": _url("picture", photo_id),
        "back": _url("exam", view.id),
    }
    return render(request, "forensics/look.html", context)


@require_GET
def picture(request: ActorRequest, photo_id: UUID) -> HttpResponseBase:
    """A small picture, recorded each time that it leaves."""
    _view, photo = pages.photo_of(request.actor, photo_id)
    commands.record_photo_view(actor=request.actor, photo_id=photo_id)
    small = uploads.preview(photo.blob) if photo.blob else None
    if small is None:
        raise NotFound
    return picture_answer(small)


def picture_answer(small: bytes) -> HttpResponse:
    answer = HttpResponse(small, content_type="image/jpeg")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def remove_photo(request: ActorRequest, photo_id: UUID) -> HttpResponse:
    view, photo = pages.photo_of(request.actor, photo_id)
    pages.draft_of(request.actor, view.id)
    shown = FormPage(
        title=_("Destroy this photograph"),
        lede=_("Photograph %(number)s") % {"number": photo.number},
        back=_url("exam", view.id),
        crumbs=(*pages.crumbs(view), Crumb(_("Photograph"))),
        submit=_("Destroy it"),
        grave=True,
        template="web/confirm_page.html",
        consequences=(gettext_lazy("It can't be brought back. That it was there stays in the ledger."),),
    )

    def save(_data: Data) -> UUID:
        return commands.remove_photo(actor=request.actor, photo_id=photo_id)

    return show_form(request, shown, EmptyForm, save)


# ---- specimens ---------------------------------------------------------------------------------------------


def add_specimen(request: ActorRequest, exam_id: UUID) -> HttpResponse:
    view = pages.draft_of(request.actor, exam_id)
    page = FormPage(
        title=_("Add a specimen"),
        back=_url("section", exam_id, "specimens"),
        crumbs=(*pages.crumbs(view), Crumb(_("Specimen"))),
        submit=_("Save the specimen"),
        success=_("The specimen is recorded."),
    )

    def save(_data: Data) -> UUID:
        form = forms.SpecimenForm(request.POST, allowed=pages.allowed_specimens(view))
        form.is_valid()
        return commands.take_specimen(actor=request.actor, exam_id=exam_id, taken=form.taken())

    options = {"allowed": pages.allowed_specimens(view)}
    return show_form(request, page, forms.SpecimenForm, save, options=options)


def specimen(request: ActorRequest, specimen_id: UUID) -> HttpResponse:
    found = pages.specimen_page(request.actor, specimen_id)
    page = FormPage(
        title=_("Specimen %(number)s") % {"number": found.specimen.number},
        lede=SPECIMEN_LABELS.get(found.specimen.said("type"), ""),
        back=_url("section", found.view.id, "specimens"),
        crumbs=(*pages.crumbs(found.view), Crumb(_("Specimen"))),
    )

    def save(data: Data) -> UUID:
        return commands.describe_specimen(actor=request.actor, specimen_id=specimen_id, **data)

    version = found.specimen.version
    return show_form(
        request, page, forms.DescribeSpecimenForm, save, present=lambda: (version, found.values)
    )  # fmt: skip


@require_POST
def remove_specimen(request: ActorRequest, specimen_id: UUID) -> HttpResponse:
    found = pages.specimen_page(request.actor, specimen_id)
    return act(
        request,
        lambda: commands.remove_specimen(actor=request.actor, specimen_id=specimen_id),
        _url("section", found.view.id, "specimens"),
        _("The specimen is removed."),
    )


def open_kit(request: ActorRequest, exam_id: UUID) -> HttpResponse:
    view = pages.draft_of(request.actor, exam_id)
    page = FormPage(
        title=_("Open a kit"),
        back=_url("section", exam_id, "specimens"),
        crumbs=(*pages.crumbs(view), Crumb(_("Kit"))),
        submit=_("Open it"),
        success=_("The kit is in custody. Specimens that follow become parts of it."),
    )

    def save(data: Data) -> UUID:
        kept = {name: data[name] for name in ("number", "lot", "seal", "place")}
        kit_id = UUID(data["kit_id"]) if data.get("kit_id") else None
        reported = data["reported"] == "yes"
        return commands.open_kit(actor=request.actor, exam_id=exam_id, kit_id=kit_id, reported=reported, **kept)

    found = kits.kit_choices(request.actor, view.row.facility_id)
    return show_form(request, page, forms.KitForm, save, options={"kits": found})


# ---- visits ------------------------------------------------------------------------------------------------


def add_follow_up(request: ActorRequest, exam_id: UUID) -> HttpResponse:
    view = reach.exam(request.actor, exam_id, reach.CHANGE)
    back = _url("exam", exam_id) if view.is_sealed else _url("section", exam_id, "onward")
    page = FormPage(
        title=_("Plan a visit"), back=back, crumbs=(*pages.crumbs(view), Crumb(_("Visit"))), submit=_("Plan it")
    )

    def save(data: Data) -> UUID:
        return commands.set_follow_up(actor=request.actor, exam_id=exam_id, **data)

    return show_form(request, page, forms.FollowUpForm, save)


def follow_up(request: ActorRequest, follow_up_id: UUID) -> HttpResponse:
    found = follow_ups.visit(request.actor, follow_up_id)
    page = FormPage(
        title=_("A visit after an examination"),
        lede=found.need,
        back=_url("exam", found.exam_id),
        crumbs=(Crumb(_("Examinations"), _url("exams")), Crumb(_("Visit"))),
        submit=_("Settle it"),
    )

    def save(data: Data) -> UUID:
        return commands.end_follow_up(
            actor=request.actor, follow_up_id=follow_up_id, state=FollowUpState(data["state"])
        )

    return show_form(request, page, forms.FollowUpEndForm, save)
