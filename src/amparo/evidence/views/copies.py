"""Pages of copies that leave: of one file, as an export for a court, and the register of their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from amparo.evidence import commands, forms, queries
from amparo.evidence.errors import CopyTimeOver
from amparo.evidence.words import OWN, CopyOf, ExportReason
from amparo.kernel.errors import AppError, Invalid, NotFound
from amparo.papers import marking
from amparo.web.fields import as_validation
from amparo.web.forms import number_of
from amparo.web.pages import Data, FormPage, run_once, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Notice
from amparo.web.translating import hint_of, message_of


def _agency(data: Data) -> UUID | None:
    return None if data["to"] == OWN else UUID(data["to"])


def _fetch_url(copy_id: UUID | None) -> str:
    return reverse("evidence:get_copy", args=[copy_id])


def _item_url(item_id: UUID) -> str:
    return reverse("evidence:item", args=[item_id])


# An answer that is a file leaves the page where it is, and nothing on it would say that all went well.
_STAYS = _("The file comes into your downloads, and this page stays as it is.")


# ---- taking one out ----------------------------------------------------------------------------------------


def download_copy(request: ActorRequest, item_id: UUID) -> HttpResponse:
    """Take a copy out: recorded with its reason and whom it is for, then sent with its number on it."""
    row = queries.load_item(request.actor, commands.VIEW, item_id)
    page = FormPage(
        _("Take a copy out"),
        _item_url(item_id),
        crumbs=queries.crumbs_of_item(request.actor, row),
        submit=_("Record it and download"),
        lede=_("The copy leaves our protection. The record says who took it, when and for what."),
        notice=_what_leaves(queries.file_of(row)),
    )

    def save(data: Data) -> UUID:
        return commands.record_copy(
            actor=request.actor,
            item_id=item_id,
            why=ExportReason(data["why"]),
            reason=data["reason"],
            agency_id=_agency(data),
        )

    options = {"chosen": {"to": queries.recipients(request.actor, row.office_id)}}
    return show_form(request, page, forms.CopyForm, save, options=options, done=_fetch_url)


def _what_leaves(file: Any) -> Notice | None:
    if file is None:
        return None
    if marking.can_be_marked(file.blob.media_type, file.bytes):
        return Notice(
            _("The copy bears a number, whom it is for and the day. The original stays as it is."), lines=(_STAYS,)
        )
    return Notice(
        _(
            "A file of this kind can't bear a mark. It comes in a ZIP with a cover paper that has the number:"
            " give both."
        ),
        lines=(_STAYS,),
    )


def export(request: ActorRequest, item_id: UUID) -> HttpResponse:
    """The file with its chain of custody, the ledger's proofs and a script that checks them, as one ZIP."""
    row = queries.load_item(request.actor, commands.VIEW, item_id)
    page = FormPage(
        _("Export for a court"),
        _item_url(item_id),
        crumbs=queries.crumbs_of_item(request.actor, row),
        submit=_("Record it and download"),
        lede=_COURT_LEDE,
        notice=Notice(_COURT_MARK, lines=(_STAYS,)),
    )

    def save(data: Data) -> UUID:
        return _record_export(request, data, [item_id])

    options = {"chosen": {"to": queries.recipients(request.actor, row.office_id)}}
    initial = {"why": ExportReason.COURT}
    return show_form(request, page, forms.CopyForm, save, options=options, done=_fetch_url, initial=initial)


_COURT_LEDE = _(
    "The file, its chain of custody and the proofs of the ledger, as one ZIP. Whoever gets it checks it without"
    " Amparo: python3 verify.py. The record says who took it, when and for what."
)
_COURT_MARK = _(
    "The files stay as they are, bit for bit, so that a court can check them. The number of the copy is on its cover"
    " paper and in its manifest."
)


def _record_export(request: ActorRequest, data: Data, item_ids: list[UUID]) -> UUID:
    return commands.record_export(
        actor=request.actor,
        item_ids=item_ids,
        why=ExportReason(data["why"]),
        reason=data["reason"],
        agency_id=_agency(data),
    )


def export_several(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Several items of a case in one bag. Items in the address, as from the exhibits, are ticked already."""
    head, items = queries.items_to_export(request.actor, case_id)
    page = FormPage(
        _("Export several for a court"),
        reverse("evidence:room", args=[case_id]),
        crumbs=queries.crumbs_of_case(head),
        submit=_("Record it and download"),
        lede=_COURT_LEDE,
        notice=Notice(_COURT_MARK, lines=(_STAYS,))
        if items
        else Notice(_("There is no item of this case that could go."), "warn"),
    )

    def save(data: Data) -> UUID:
        return _record_export(request, data, [UUID(key) for key in data["items"]])

    asked = {str(key) for key in map(number_of, request.GET.getlist("item")) if key is not None}
    return show_form(
        request,
        page,
        forms.CourtForm,
        save,
        options={"chosen": {"to": queries.recipients(request.actor, head.office_id), "items": items}},
        done=_fetch_url,
        initial={"why": ExportReason.COURT, "items": [key for key, _label in items if key in asked]},
    )


# ---- getting it --------------------------------------------------------------------------------------------


@require_GET
def get_copy(request: ActorRequest, copy_id: UUID) -> HttpResponseBase:
    """Send a copy that was just recorded; later, say that its time is over and offer to record it once more."""
    try:
        row = queries.fetched(request.actor, copy_id)
    except CopyTimeOver as error:
        return _over(request, copy_id, error)
    if row.of == CopyOf.FILE:
        sent = queries.file_copy(request.actor, row)
        return _sent(sent.pieces, sent.name)
    papers = queries.court_papers(request.actor, row)
    return _sent(queries.packed(papers), f"{row.code}.zip")


def _sent(pieces: Iterator[bytes], name: str) -> HttpResponseBase:
    answer = StreamingHttpResponse(pieces, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


def _over(request: ActorRequest, copy_id: UUID, error: CopyTimeOver) -> HttpResponse:
    sheet = queries.late_copy(request.actor, copy_id)
    messages.warning(request, f"{message_of(error)} {hint_of(error)}")
    return render(request, "web/sheet_page.html", {"sheet": sheet}, status=error.status)


@require_POST
def copy_again(request: ActorRequest, copy_id: UUID) -> HttpResponse:
    """Record a copy once more that was not fetched in time, and send it."""
    queries.own_copy(request.actor, copy_id)
    try:
        made = run_once(request, lambda: commands.copy_again(actor=request.actor, copy_id=copy_id))
    except AppError as error:
        if error.status not in (409, 422, 503, 507):
            raise
        messages.error(request, " ".join(filter(None, (message_of(error), hint_of(error)))))
        return HttpResponseRedirect(queries.copy_url(copy_id))
    return HttpResponseRedirect(_fetch_url(made))


# ---- the register ------------------------------------------------------------------------------------------


def copies(request: ActorRequest) -> HttpResponse:
    """The register; a number is sent by POST, so that it stands in no address."""
    listing = queries.copies(request.actor, number_of(request.GET.get("after")))
    form = forms.NumberForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return HttpResponseRedirect(
                queries.copy_url(queries.copy_of_number(request.actor, form.cleaned_data["number"])), status=303
            )
        except Invalid as error:
            form.add_error("number", as_validation(error))
        except NotFound:
            form.add_error("number", _("No copy with this number is in the register that you may see."))
    context = {"listing": listing, "filters": form, "filters_method": "post"}
    return render(request, "web/list_page.html", context, status=422 if form.is_bound else 200)


@require_GET
def one_copy(request: ActorRequest, copy_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.copy_page(request.actor, copy_id)})
