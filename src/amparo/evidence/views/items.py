"""Pages of items of evidence."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import segno
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from amparo.cases.queries import CaseHead
from amparo.evidence import commands, forms, queries
from amparo.evidence.commands import Outside
from amparo.evidence.errors import ByReferenceOnly, NothingToSee
from amparo.evidence.words import Authority, Category, Condition, Gap, Kind, RefusalReason, Storage
from amparo.web import uploads
from amparo.web.forms import number_of
from amparo.web.pages import Data, FormPage, Said, act, run_once, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Notice


def _item_url(item_id: UUID | None) -> str:
    return reverse("evidence:item", args=[item_id])


def _condition(data: Data) -> Condition | None:
    return Condition(data["condition"]) if data.get("condition") else None


def _account(data: Data, name: str) -> UUID | None:
    return UUID(data[name]) if data.get(name) else None


def _outside(data: Data, prefix: str) -> Outside | None:
    name, organisation = data[f"{prefix}_name"], data[f"{prefix}_organisation"]
    return Outside(name, organisation) if name or organisation else None


def _named(pairs: list[tuple[UUID, str]]) -> list[tuple[str, str]]:
    return [(str(key), name) for key, name in pairs]


# ---- lists and the item ------------------------------------------------------------------------------------


def items(request: ActorRequest) -> HttpResponse:
    after = number_of(request.GET.get("after"))
    return render(request, "web/list_page.html", {"listing": queries.listing(request.actor, after)})


def items_of_case(request: ActorRequest, case_id: UUID) -> HttpResponse:
    return render(request, "web/list_page.html", {"listing": queries.listing_of_case(request.actor, case_id)})


def item(request: ActorRequest, item_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.item_page(request.actor, item_id)})


def label(request: ActorRequest, item_id: UUID) -> HttpResponse:
    """A label to print: the code only, so that a lost bag tells nobody anything."""
    row = queries.load_item(request.actor, commands.SEE, item_id)
    context = {
        "code": row.code,
        "qr": _qr(row.code),
        "breadcrumbs": queries.crumbs_of_item(request.actor, row),
        "back": _item_url(item_id),
    }
    return render(request, "evidence/label.html", context)


def _qr(code: str) -> SafeString:
    drawn = segno.make(code, error="m", micro=False).svg_inline(
        light="#fff", dark="#000", scale=5, svgclass="qr", lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 - drawn by us from a code of ours


# ---- registering -------------------------------------------------------------------------------------------


def _page(head: CaseHead, title: Said, submit: Said, **more: Any) -> FormPage:
    back = reverse("evidence:room", args=[head.id])
    crumbs = queries.crumbs_of_case(head)
    return FormPage(title, back, crumbs=crumbs, submit=submit, success=_("The item is registered."), **more)


def register(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Ask first what it is and whether it may be sent at all, then lead to the right form."""
    head = queries.head_to_register(request.actor, case_id)
    ways = {"physical": "register_physical", "file": "register_digital", "reference": "register_by_reference"}
    page = FormPage(
        _("Register an item"),
        reverse("evidence:room", args=[case_id]),
        crumbs=queries.crumbs_of_case(head),
        submit=_("Continue"),
    )
    form = forms.RegisterForm(request.GET if "form" in request.GET else None)
    if form.is_bound and form.is_valid():
        way = form.cleaned_data["form"]
        if way == "file" and form.cleaned_data["may_show_abuse"] == "yes":
            way = "reference"
        return HttpResponseRedirect(reverse(f"evidence:{ways[way]}", args=[case_id]))
    context = {
        "title": page.title,
        "breadcrumbs": page.crumbs,
        "form": form,
        "submit_label": page.submit,
        "cancel_url": page.back,
    }
    return render(request, "evidence/register.html", context)


def register_physical(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.head_to_register(request.actor, case_id)

    def save(data: Data) -> UUID:
        return commands.register_physical(
            actor=request.actor,
            case_id=case_id,
            category=Category(data["category"]),
            description=data["description"],
            found=data["found"],
            found_where=data["found_where"],
            found_by=data["found_by"],
            legal_authority=data["legal_authority"],
            packaging=data["packaging"],
            seal=data["seal"],
            place=data["place"],
            storage=Storage(data["storage"]) if data["storage"] else None,
            condition=_condition(data),
            parent_id=_account(data, "parent_id"),
            collected_at=data["collected_at"],
            from_outside=_outside(data, "from"),
        )

    page = _page(head, _("Register an object"), _("Register it"))
    options = {"chosen": {"parent_id": queries.choices_of_case(request.actor, case_id)}}
    return show_form(request, page, forms.PhysicalForm, save, options=options, done=_item_url)


def _reception(request: ActorRequest, case_id: UUID) -> uploads.Reception:
    return queries.reception(request.actor, case_id)


@uploads.takes_files(_reception)
def register_digital(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.head_to_register(request.actor, case_id)

    def save(data: Data) -> UUID:
        may_show_abuse = data["may_show_abuse"] == "yes"
        return commands.register_digital(
            actor=request.actor,
            case_id=case_id,
            category=Category(data["category"]),
            description=data["description"],
            may_show_abuse=may_show_abuse,
            upload_id=data["file"],
            veil_words=data["veil_words"],
            found=data["found"],
            found_where=data["found_where"],
            found_by=data["found_by"],
            legal_authority=data["legal_authority"],
            parent_id=_account(data, "parent_id"),
        )

    addresses = uploads.upload_options(request, _reception(request, case_id))
    page = _page(
        head,
        _("Register a file"),
        _("Register it"),
        extra={"action_url": addresses["post_url"]},
    )
    options = {
        "put_url": addresses["put_url"],
        "chosen": {"parent_id": queries.choices_of_case(request.actor, case_id)},
    }
    if request.method == "POST" and request.POST.get("may_show_abuse") == "yes":
        return _by_reference_instead(request, case_id, options)
    return show_form(request, page, forms.DigitalForm, save, options=options, done=_item_url)


def _by_reference_instead(request: ActorRequest, case_id: UUID, options: dict[str, Any]) -> HttpResponse:
    """Destroy what was sent, whatever else is wrong with the form, and say where such things are registered."""
    form = forms.DigitalForm(request.POST, request.FILES or None, **options)
    form.is_valid()
    upload_id = form.cleaned_data.get("file")
    if upload_id is not None:
        commands.discard_upload(actor=request.actor, case_id=case_id, upload_id=upload_id)
    error = ByReferenceOnly()
    head = queries.head_to_register(request.actor, case_id)
    context = {
        "title": _("Register by reference"),
        "breadcrumbs": queries.crumbs_of_case(head),
        "notice": Notice(_(error.template), "danger"),
        "form": forms.ReferenceForm(initial={"category": request.POST.get("category"), "may_show_abuse": "yes"}),
        "action_url": reverse("evidence:register_by_reference", args=[case_id]),
        "submit_label": _("Register it"),
        "cancel_url": reverse("evidence:room", args=[case_id]),
    }
    return render(request, "web/form_page.html", context, status=422)


def register_by_reference(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.head_to_register(request.actor, case_id)

    def save(data: Data) -> UUID:
        return commands.register_by_reference(
            actor=request.actor,
            case_id=case_id,
            category=Category(data["category"]),
            description=data["description"],
            authority=Authority(data["authority"]),
            holding_authority=data["holding_authority"],
            their_reference=data["their_reference"],
            supplied_hash=data["supplied_hash"],
            legal_authority=data["legal_authority"],
            may_show_abuse=data["may_show_abuse"] == "yes",
        )

    page = _page(
        head,
        _("Register by reference"),
        _("Register it"),
        lede=_("Nothing is uploaded, copied or shown: only who holds it, and under which number."),
    )
    return show_form(request, page, forms.ReferenceForm, save, done=_item_url)


# ---- from hand to hand -------------------------------------------------------------------------------------


def _act_page(request: ActorRequest, item_id: UUID, title: Said, submit: Said, success: Said, **more: Any) -> FormPage:
    row = queries.load_item(request.actor, commands.RECORD, item_id)
    return _page_of(request, row, title, submit, success, **more)


def _page_of(request: ActorRequest, row: Any, title: Said, submit: Said, success: Said, **more: Any) -> FormPage:
    item_id = row.id
    crumbs = queries.crumbs_of_item(request.actor, row)
    return FormPage(title, _item_url(item_id), crumbs=crumbs, submit=submit, success=success, **more)


def hand_over(request: ActorRequest, item_id: UUID) -> HttpResponse:
    row = queries.item_to_give(request.actor, item_id)
    page = _page_of(request, row, _("Hand over"), _("Hand over"), _("It is handed over."))

    def save(data: Data) -> UUID:
        return commands.hand_over(
            actor=request.actor,
            item_id=item_id,
            to_id=_account(data, "to_id"),
            to_outside=_outside(data, "to"),
            at=data["at"],
            place=data["place"],
            order=data["order"],
            reason=data["reason"],
            condition=_condition(data),
        )

    options = {"chosen": {"to_id": _named(queries.receivers(request.actor, row))}}
    return show_form(request, page, forms.HandOverForm, save, options=options)


def _receive(request: ActorRequest, item_id: UUID, data: Data) -> UUID:
    return commands.receive(
        actor=request.actor,
        item_id=item_id,
        at=data["at"],
        place=data["place"],
        seal_read=data["seal_read"],
        seal_gone=data["seal_gone"],
        condition=_condition(data),
        reason=data["reason"],
        from_outside=_outside(data, "from") if "from_name" in data else None,
        given_at=data.get("given_at"),
    )


def receive(request: ActorRequest, item_id: UUID) -> HttpResponse:
    page = _act_page(request, item_id, _("Receive it"), _("I have it"), _("It is in your hands now."))
    return show_form(request, page, forms.ReceiveForm, lambda data: _receive(request, item_id, data))


def came_back(request: ActorRequest, item_id: UUID) -> HttpResponse:
    lede = _("If nobody had handed it over to you by the book, the chain names the gap.")
    page = _act_page(request, item_id, _("It came to me"), _("I have it"), _("It is in your hands now."), lede=lede)
    return show_form(request, page, forms.CameBackForm, lambda data: _receive(request, item_id, data))


def refuse(request: ActorRequest, item_id: UUID) -> HttpResponse:
    page = _act_page(request, item_id, _("Not accept it"), _("I do not accept it"), _("It stays with who gave it."))

    def save(data: Data) -> UUID:
        return commands.refuse(
            actor=request.actor, item_id=item_id, why=RefusalReason(data["why"]), reason=data["reason"]
        )

    return show_form(request, page, forms.RefuseForm, save)


@require_POST
def take_back(request: ActorRequest, item_id: UUID) -> HttpResponse:
    queries.item_to_give(request.actor, item_id)
    return act(
        request,
        lambda: commands.take_back(actor=request.actor, item_id=item_id),
        _item_url(item_id),
        _("It stays with you."),
    )


# ---- in one's hands ----------------------------------------------------------------------------------------


def _with_second(request: ActorRequest) -> dict[str, Any]:
    return {"chosen": {"second_id": _named(queries.witnesses(request.actor))}}


def check_seal(request: ActorRequest, item_id: UUID) -> HttpResponse:
    page = _act_page(request, item_id, _("Check the seal"), _("Record it"), _("The check is recorded."))

    def save(data: Data) -> UUID:
        return commands.check_seal(
            actor=request.actor,
            item_id=item_id,
            seal_read=data["seal_read"],
            unbroken=data["unbroken"] == "yes",
            second_id=_account(data, "second_id"),
            at=data["at"],
            reason=data["reason"],
        )

    return show_form(request, page, forms.CheckSealForm, save, options=_with_second(request))


def open_item(request: ActorRequest, item_id: UUID) -> HttpResponse:
    row = queries.load_item(request.actor, commands.RECORD, item_id)
    page = _page_of(
        request,
        row,
        _("Open and seal again"),
        _("Record it"),
        _("It is recorded, and waits for the second person."),
        lede=_("A second person must be there, and a new seal goes on. It counts once she has confirmed it."),
    )

    def save(data: Data) -> UUID:
        return commands.ask_opening(
            actor=request.actor,
            item_id=item_id,
            seal_read=data["seal_read"],
            seal_after=data["seal_after"],
            second_id=UUID(data["second_id"]),
            reason=data["reason"],
            order=data["order"],
            at=data["at"],
        )

    chosen = {"second_id": _named(queries.receivers(request.actor, row))}
    return show_form(request, page, forms.OpenForm, save, options={"chosen": chosen})


def confirm_second(request: ActorRequest, item_id: UUID) -> HttpResponse:
    """Confirm as the second person what was done, or not; or take it back, or end it where both are gone."""
    row = queries.load_item(request.actor, commands.RECORD, item_id)
    asked = queries.waits_for_second(request.actor, row)

    def confirm(data: Data) -> UUID:
        if data["seen"] == "yes":
            return commands.confirm_second(actor=request.actor, item_id=item_id)
        return commands.decline_second(actor=request.actor, item_id=item_id, reason=data["reason"])

    def decline(data: Data) -> UUID:
        return commands.decline_second(actor=request.actor, item_id=item_id, reason=data["reason"])

    page = FormPage(
        asked.question,
        _item_url(item_id),
        crumbs=queries.crumbs_of_item(request.actor, row),
        submit=_("Sign it") if asked.may_confirm else asked.question,
        success=_("It is taken back.") if asked.is_mine else _("Your answer is recorded."),
        template="web/confirm_page.html",
        grave=asked.is_grave,
        consequences=asked.lines,
    )
    if asked.may_confirm:
        return show_form(request, page, forms.SecondForm, confirm)
    return show_form(request, page, forms.TakeBackSecondForm if asked.is_mine else forms.NotCountedForm, decline)


def move(request: ActorRequest, item_id: UUID) -> HttpResponse:
    page = _act_page(request, item_id, _("Move it"), _("Record it"), _("The new place is recorded."))

    def save(data: Data) -> UUID:
        return commands.move(
            actor=request.actor, item_id=item_id, place=data["place"], at=data["at"], reason=data["reason"]
        )

    return show_form(request, page, forms.MoveForm, save)


def explain_gap(request: ActorRequest, item_id: UUID, seq: int, gap: str) -> HttpResponse:
    if gap not in set(Gap):
        raise Http404
    page = _act_page(
        request,
        item_id,
        _("Explain the gap"),
        _("Save the explanation"),
        _("The explanation stands beside the gap."),
        lede=_("The gap stays in the record. What you write stands beside it, with your name."),
    )

    def save(data: Data) -> UUID:
        return commands.explain_gap(actor=request.actor, item_id=item_id, seq=seq, gap=Gap(gap), reason=data["reason"])

    return show_form(request, page, forms.ExplainForm, save)


def record_event(request: ActorRequest, item_id: UUID) -> HttpResponse:
    page = _act_page(request, item_id, _("Record an event"), _("Record it"), _("The event is recorded."))
    row = queries.load_item(request.actor, commands.RECORD, item_id)

    def save(data: Data) -> UUID:
        return commands.record_event(
            actor=request.actor,
            item_id=item_id,
            kind=Kind(data["kind"]),
            at=data["at"],
            place=data["place"],
            outside=_outside(data, "outside"),
            second_id=_account(data, "second_id"),
            seal_read=data["seal_read"],
            seal_after=data["seal_after"],
            condition=_condition(data),
            order=data["order"],
            reason=data["reason"],
            about_seq=data["about_seq"],
        )

    chosen = _with_second(request)["chosen"]
    chosen["kind"] = forms.kind_choices(queries.possible_kinds(request.actor, row))
    return show_form(request, page, forms.EventForm, save, options={"chosen": chosen})


# ---- the file ----------------------------------------------------------------------------------------------


@require_POST
def view_file(request: ActorRequest, item_id: UUID) -> HttpResponse:
    """Record the look, then show the file; a script that asked puts it in the veil's place itself."""
    run_once(request, lambda: commands.record_view(actor=request.actor, item_id=item_id))
    row = queries.load_item(request.actor, commands.VIEW, item_id)
    shown = queries.lifted_file(request.actor, item_id)
    context = {
        "breadcrumbs": queries.crumbs_of_item(request.actor, row),
        "kind": shown.blob.media_type.partition("/")[0],
        "picture_url": reverse("evidence:picture", args=[item_id]),
        "file_url": reverse("evidence:file", args=[item_id]),
        "back": _item_url(item_id),
        "code": row.code,
    }
    return render(request, "evidence/look.html", context)


@require_GET
def picture(request: ActorRequest, item_id: UUID) -> HttpResponse:
    """A small picture for who has lifted the veil."""
    small = uploads.preview(queries.lifted_file(request.actor, item_id).blob)
    if small is None:
        raise NothingToSee
    answer = HttpResponse(small, content_type="image/jpeg")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@require_GET
def file(request: ActorRequest, item_id: UUID) -> HttpResponseBase:
    """The whole file for who has lifted the veil, to be played in its page."""
    return uploads.stream(request, queries.lifted_file(request.actor, item_id).blob, as_download=False)


def isolate(request: ActorRequest, item_id: UUID) -> HttpResponse:
    """Ask as the first person, or confirm as the second, that a file is never shown again."""
    row = queries.load_item(request.actor, commands.REGISTER, item_id)
    asked = row.isolation_by is not None

    def ask(data: Data) -> UUID:
        return commands.ask_isolation(actor=request.actor, item_id=item_id, reason=data["reason"])

    def confirm(data: Data) -> UUID:
        return commands.confirm_isolation(
            actor=request.actor, item_id=item_id, authority=Authority(data["authority"]), reason=data["reason"]
        )

    page = FormPage(
        _("Confirm that the file is isolated") if asked else _("Isolate the file"),
        _item_url(item_id),
        crumbs=queries.crumbs_of_item(request.actor, row),
        submit=_("Confirm") if asked else _("Ask for it"),
        success=_("The file is isolated.") if asked else _("Nobody is shown the file any more."),
        template="web/confirm_page.html",
        grave=True,
        consequences=(
            _("Nobody is shown the file again, and nobody can take a copy."),
            _("It is handed to the authority; the ledger says so."),
            _("A second colleague must confirm it."),
        ),
    )
    form = forms.ConfirmIsolationForm if asked else forms.AskIsolationForm
    return show_form(request, page, form, confirm if asked else ask)
