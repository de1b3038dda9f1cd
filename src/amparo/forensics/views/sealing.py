"""Pages of sealing a record, of opinions and addenda, of the report and its release."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from amparo.forensics import commands, forms
from amparo.forensics.queries import pages, reach, releases
from amparo.forensics.queries import sealed as queries
from amparo.forensics.views.findings import picture_answer
from amparo.forensics.words import Degree
from amparo.forensics.words.sections import SIGN
from amparo.kernel.errors import AppError, NotFound
from amparo.web import uploads
from amparo.web.fields import as_validation
from amparo.web.forms import number_of
from amparo.web.pages import Data, FormPage, act, pdf, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb, Notice


def _url(name: str, *keys: object) -> str:
    return reverse(f"forensics:{name}", args=keys)


def sign(request: ActorRequest, exam_id: UUID) -> HttpResponse:
    """Confirm and seal; what is missing or was not done is said first."""
    found = queries.sign_page(request.actor, exam_id)
    view = found.view
    if view.is_sealed:
        return HttpResponseRedirect(_url("exam", exam_id))
    page = FormPage(
        title=_("Sign and seal"),
        back=_url("exam", exam_id),
        submit=_("Seal it"),
        success=_("The record is sealed. An opinion can be written now."),
        template="forensics/sign.html",
        extra={"frame": pages.frame(request.actor, view, SIGN), "found": found},
    )

    def save(data: Data) -> UUID:
        return commands.seal(actor=request.actor, exam_id=exam_id, **data)

    initial = {"signed_as": view.said("before", "examiner"), "ended_at": view.row.ended_at}
    return show_form(request, page, forms.SignForm, save, initial=initial)


# ---- opinion and addenda -----------------------------------------------------------------------------------


def opinion(request: ActorRequest, exam_id: UUID) -> HttpResponse:
    """Write an opinion about a sealed record; kept as a draft, or signed with the second button."""
    found = queries.opinion_page(request.actor, exam_id)
    if not found.view.is_sealed:
        messages.error(request, _("Seal the findings first. An opinion is written about a sealed record."))
        return HttpResponseRedirect(_url("sign", exam_id))
    if request.method != "POST":
        return _opinion_page(request, found, forms.OpinionForm(initial=found.values, found=found.findings))
    form = forms.OpinionForm(request.POST, found=found.findings)
    if not form.is_valid():
        return _opinion_page(request, found, form, 422)
    signs = request.POST.get("act") == "sign"
    try:
        _keep_opinion(request, exam_id, form, signs=signs)
    except AppError as error:
        if error.status not in (409, 422, 503):
            raise
        field = error.fields.get("field")
        form.add_error(str(field) if field in form.fields else None, as_validation(error))
        return _opinion_page(request, found, form, error.status)
    messages.success(request, _("The opinion is signed.") if signs else _("The draft is saved."))
    return HttpResponseRedirect(_url("exam", exam_id) if signs else _url("opinion", exam_id))


def _keep_opinion(request: ActorRequest, exam_id: UUID, form: forms.OpinionForm, *, signs: bool) -> None:
    overall = form.cleaned_data["overall"]
    key = commands.save_opinion(
        actor=request.actor,
        exam_id=exam_id,
        degrees=form.degrees(),
        overall=Degree(overall) if overall else None,
        **{name: form.cleaned_data[name] for name in ("basis", "alternatives", "text")},
    )
    if signs:
        commands.sign_opinion(actor=request.actor, opinion_id=key)


def _opinion_page(
    request: ActorRequest, found: queries.OpinionPage, form: forms.OpinionForm, status: int = 200
) -> HttpResponse:
    context = {
        "title": _("Opinion"),
        "form": form,
        "found": found,
        "breadcrumbs": (*pages.crumbs(found.view), Crumb(_("Opinion"))),
        "cancel_url": _url("exam", found.view.id),
    }
    return render(request, "forensics/opinion.html", context, status=status)


def addendum(request: ActorRequest, exam_id: UUID) -> HttpResponse:
    view = pages.draft_of(request.actor, exam_id)
    page = FormPage(
        title=_("Add an addendum"),
        back=_url("exam", exam_id),
        crumbs=(*pages.crumbs(view), Crumb(_("Addendum"))),
        submit=_("Add it"),
        success=_("The addendum stands beside the record."),
    )

    def save(data: Data) -> UUID:
        return commands.add_addendum(actor=request.actor, exam_id=exam_id, text=data["text"])

    return show_form(request, page, forms.AddendumForm, save)


# ---- the report --------------------------------------------------------------------------------------------


def _languages() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in settings.LANGUAGES]


def make_report(request: ActorRequest, exam_id: UUID) -> HttpResponseBase:
    """The report for court as a PDF, for the examiner, in a language that she chooses."""
    view = reach.exam(request.actor, exam_id, reach.GIVE)
    page = FormPage(
        title=_("Report for court"),
        back=_url("exam", exam_id),
        crumbs=(*pages.crumbs(view), Crumb(_("Report"))),
        submit=_("Make the report"),
        notice=Notice(
            _("It holds everything but health and treatment. To give it to the police or the prosecution, release it"
              " instead: then only what she or he agreed to is in it.")
        ),
    )  # fmt: skip
    form = forms.ReportForm(
        request.POST or None, languages=_languages(), initial={"language": get_language()}
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        paper = commands.make_report(
            actor=request.actor, exam_id=exam_id, language=form.cleaned_data["language"]
        )  # fmt: skip
        return pdf(paper, f"{view.row.code}.pdf")
    context = {
        "title": page.title,
        "form": form,
        "breadcrumbs": page.crumbs,
        "submit_label": page.submit,
        "cancel_url": page.back,
        "notice": page.notice,
    }
    return render(request, "web/form_page.html", context)


# ---- releases ----------------------------------------------------------------------------------------------


def give(request: ActorRequest, exam_id: UUID) -> HttpResponse:
    """Release the report to a colleague outside, under live consents."""
    view, consents, recipients, agencies = queries.release_choices(request.actor, exam_id)
    lacking = not consents or not recipients
    page = FormPage(
        title=_("Release the report"),
        back=_url("exam", exam_id),
        crumbs=(*pages.crumbs(view), Crumb(_("Release"))),
        submit=_("Release it"),
        success=_("It is released."),
        notice=Notice(
            _("There is no live consent that names a recipient, or nobody on the team who could receive it."), "warn"
        )
        if lacking
        else None,
        consequences=(
            gettext_lazy("The recipient reads the report, and sees nothing else of the case."),
            gettext_lazy("Each reading is recorded. You can recall it at any time."),
            gettext_lazy("It ends at once when the consent is taken back."),
        ),
    )

    def save(data: Data) -> UUID:
        return commands.release(
            actor=request.actor,
            exam_id=exam_id,
            recipient_id=UUID(data["recipient_id"]),
            basis_ids=[UUID(key) for key in data["basis_ids"]],
            agency_id=UUID(data["agency_id"]) if data["agency_id"] else None,
            until_on=data["until_on"],
            language=data["language"],
            reason=data["reason"],
        )

    return show_form(
        request,
        page,
        forms.ReleaseForm,
        save,
        initial={"language": get_language()},
        options={"consents": consents, "recipients": recipients, "agencies": agencies, "languages": _languages()},
        done=lambda key: _url("release", key) if key else page.back,
    )


@require_GET
def released(request: ActorRequest) -> HttpResponse:
    found = releases.listing(request.actor, number_of(request.GET.get("after")))
    return render(request, "web/list_page.html", {"listing": found})


@require_GET
def release(request: ActorRequest, release_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": releases.sheet(request.actor, release_id)})


@require_GET
def paper(request: ActorRequest, release_id: UUID) -> HttpResponseBase:
    """The released report, recorded each time that it leaves."""
    given = releases.paper_of(request.actor, release_id)
    commands.read(actor=request.actor, release_id=release_id, part="report")
    return uploads.stream(request, given.paper, as_download=True)


@require_GET
def released_photo(request: ActorRequest, release_id: UUID, number: int) -> HttpResponse:
    """A released photograph, small and with the number of the copy on it; recorded each time."""
    row, found = releases.photo_of(request.actor, release_id, number)
    small = uploads.preview(found.blob) if found.blob else None
    if small is None:
        raise NotFound
    commands.read(actor=request.actor, release_id=release_id, part="photograph")
    return picture_answer(releases.marked_photo(small, row))


@require_POST
def decline(request: ActorRequest, release_id: UUID) -> HttpResponse:
    releases.sheet(request.actor, release_id)
    return act(
        request,
        lambda: commands.decline(actor=request.actor, release_id=release_id),
        _url("release", release_id),
        _("You declined it. Nothing of it can be read any more."),
    )


@require_POST
def recall(request: ActorRequest, release_id: UUID) -> HttpResponse:
    releases.sheet(request.actor, release_id)
    return act(
        request,
        lambda: commands.recall(actor=request.actor, release_id=release_id),
        _url("release", release_id),
        _("It is recalled."),
    )
