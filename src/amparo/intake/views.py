"""Pages of intake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from amparo.access import policy
from amparo.access.policy import Subject
from amparo.cases import queries as cases
from amparo.intake import commands, queries
from amparo.intake.commands import Tellers, Telling
from amparo.intake.forms import (
    AnswerForm,
    ChangeForm,
    DeclineForm,
    FileForm,
    LackForm,
    MedicalForm,
    NoteForm,
    OnwardForm,
    PersonForm,
    ReferForm,
    RemarkForm,
    ReportForm,
)
from amparo.intake.words import (
    ONWARD_EVENT_LABELS,
    Agency,
    Channel,
    Danger,
    Lack,
    Medical,
    OnwardEvent,
    Part,
    ReferralBasis,
    Teller,
    Told,
)
from amparo.kernel.text import shown
from amparo.partners import queries as partners
from amparo.people.rules import NewContact
from amparo.people.words import ContactKind
from amparo.staff import queries as staff
from amparo.web.forms import number_of
from amparo.web.pages import Data, FormPage, act, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb
from amparo.web.uploads import Reception, send_preview, stream, takes_files, upload_options

DRAFT = "report"


def reports(request: ActorRequest) -> HttpResponse:
    after = number_of(request.GET.get("after"))
    return render(request, "web/list_page.html", {"listing": queries.inbox(request.actor, after=after)})


def decided(request: ActorRequest) -> HttpResponse:
    after = number_of(request.GET.get("after"))
    listing = queries.inbox(request.actor, show="decided", after=after)
    return render(request, "web/list_page.html", {"listing": listing})


def report(request: ActorRequest, report_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.report_page(request.actor, report_id)})


# ---- taking ----------------------------------------------------------------------------------------------


def take(request: ActorRequest) -> HttpResponse:
    actor = request.actor
    policy.check_new(actor, "intake:report:take", Subject(office=actor.office_id))
    page = FormPage(
        title=_("Take a report"),
        back=reverse("intake:reports"),
        crumbs=(Crumb(_("Reports"), reverse("intake:reports")),),
        submit=_("Save the report"),
    )

    def save(data: Data) -> UUID:
        return commands.take_report(
            actor=actor, office_id=actor.office_id, telling=_telling(data), tellers=_tellers(data)
        )

    draft_url = reverse("cases:draft", args=[actor.account_id, DRAFT])
    return show_form(
        request,
        page,
        ReportForm,
        save,
        done=lambda key: queries.url_of(key) if key else page.back,
        initial={"text": cases.draft(actor, f"{DRAFT}:{actor.account_id}")},
        options={
            "districts": staff.code_list("districts"),
            "partners": partners.recipient_choices(actor),
            "draft_url": draft_url,
        },
    )


def _telling(data: Data) -> Telling:
    return Telling(
        channel=Channel(data["channel"]),
        danger=Danger(data["danger"]),
        received_at=data["received_at"],
        danger_words=data["danger_words"],
        medical=Medical(data["medical"]),
        incident=data["incident"],
        summary=data["summary"],
        text=data["text"],
        place=data["place"],
        district=data["district"],
        language=data["language"],
        partner_id=_chosen(data.get("partner_id", "")),
        partner_name=data["partner_name"],
    )


def _chosen(key: str) -> UUID | None:
    return UUID(key) if key else None


def _tellers(data: Data) -> Tellers:
    contact = NewContact(
        kind=ContactKind.PHONE,
        value=data["phone"],
        is_safe=data["is_safe"],
        may_leave_message=data["may_leave_message"],
        hours=data["hours"],
        code_word=data["code_word"],
    )
    return Tellers(
        teller=Teller(data["teller"]) if data["teller"] else None,
        reporter_name=data["reporter_name"],
        survivor_name=data["survivor_name"],
        survivor_age=data["survivor_age"],
        suspect_name=data["suspect_name"],
        contact=contact if data["phone"] else None,
        safe_contact=data["safe_contact"],
    )


def _page(
    request: ActorRequest,
    report_id: UUID,
    permission: str,
    title: str | Promise,
    *,
    lede: str | Promise = "",
    submit: str | Promise = "",
    success: str | Promise = "",
) -> FormPage:
    """The frame of a form about one report, for those who may send it."""
    head = queries.head(request.actor, permission, report_id)
    return FormPage(title=title, lede=lede, back=head.url, crumbs=head.crumbs, submit=submit, success=success)


def change(request: ActorRequest, report_id: UUID) -> HttpResponse:
    actor = request.actor
    page = _page(request, report_id, "intake:report:words", _("Change the report"), success=_("It was saved."))

    def save(data: Data) -> UUID:
        data["danger"] = Danger(data["danger"])
        data["medical"] = Medical(data["medical"]) if data["medical"] else None
        data["partner_id"] = _chosen(data.get("partner_id", ""))
        return commands.change_report(actor=actor, report_id=report_id, **data)

    return show_form(
        request,
        page,
        ChangeForm,
        save,
        present=lambda: queries.change_form(actor, report_id),
        options={
            "districts": staff.code_list("districts"),
            "partners": queries.partner_choices(actor, report_id),
        },
    )


def add_note(request: ActorRequest, report_id: UUID) -> HttpResponse:
    page = _page(request, report_id, "intake:report:words", _("Write down what happened since"))
    return show_form(
        request,
        page,
        NoteForm,
        lambda data: commands.add_note(actor=request.actor, report_id=report_id, **data),
    )


def answer(request: ActorRequest, report_id: UUID) -> HttpResponse:
    page = _page(
        request,
        report_id,
        "intake:message:write",
        _("Answer who reported"),
        lede=_("They read it when they come back with their code. Say nothing that would harm them on a shared phone."),
        submit=_("Send the answer"),
        success=_("The answer waits for them."),
    )
    return show_form(
        request,
        page,
        AnswerForm,
        lambda data: commands.answer(actor=request.actor, report_id=report_id, **data),
    )


@require_POST
def read_messages(request: ActorRequest, report_id: UUID) -> HttpResponse:
    return _button(request, report_id, commands.mark_read, _("The messages are marked as read."))


def _reception(request: ActorRequest, report_id: UUID) -> Reception:
    return queries.reception(request.actor, report_id)


@takes_files(_reception)
def add_file(request: ActorRequest, report_id: UUID) -> HttpResponse:
    urls = upload_options(request, _reception(request, report_id))
    frame = _page(request, report_id, "intake:report:words", _("Add a file"), success=_("The file was added."))
    page = replace(frame, extra={"action_url": urls["post_url"]})

    def save(data: Data) -> UUID:
        return commands.add_file(actor=request.actor, report_id=report_id, upload_id=data["file"])

    return show_form(request, page, FileForm, save, options={"put_url": urls["put_url"]})


def file(request: ActorRequest, report_id: UUID, file_id: UUID) -> HttpResponseBase:
    return stream(request, queries.file_of(request.actor, report_id, file_id), as_download=True)


@require_safe
def look(request: ActorRequest, report_id: UUID, file_id: UUID) -> HttpResponse:
    """A photo or a recording on a page of its own, opened by choice."""
    found = queries.file_of(request.actor, report_id, file_id)
    head = queries.head(request.actor, "intake:report:words", report_id)
    args = [report_id, file_id]
    context = {
        "breadcrumbs": head.crumbs,
        "name": shown(found.name) or _("A file"),
        "kind": found.media_type.partition("/")[0],
        "picture_url": reverse("intake:picture", args=args),
        "play_url": reverse("intake:play", args=args),
        "file_url": reverse("intake:file", args=args),
        "back": head.url,
    }
    return render(request, "intake/look.html", context)


@require_safe
def picture(request: ActorRequest, report_id: UUID, file_id: UUID) -> HttpResponse:
    """A photo, made small, without what the camera wrote into it."""
    return send_preview(queries.file_of(request.actor, report_id, file_id))


@require_safe
def play(request: ActorRequest, report_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A recording, to be played in its page."""
    return stream(request, queries.file_of(request.actor, report_id, file_id), as_download=False)


def add_person(request: ActorRequest, report_id: UUID) -> HttpResponse:
    page = _page(
        request,
        report_id,
        "intake:report:words",
        _("Add a person to the report"),
        success=_("The person was added."),
    )

    def save(data: Data) -> UUID:
        contact = NewContact(kind=ContactKind.PHONE, value=data["phone"], is_safe=data["is_safe"])
        return commands.add_person(
            actor=request.actor,
            report_id=report_id,
            part=Part(data["part"]),
            name=data["name"],
            contacts=(contact,) if data["phone"] else (),
        )

    return show_form(request, page, PersonForm, save)


# ---- buttons ---------------------------------------------------------------------------------------------


def _button(request: ActorRequest, report_id: UUID, run: Callable[..., UUID], success: str | Promise) -> HttpResponse:
    back = queries.url_of(report_id)
    return act(request, lambda: run(actor=request.actor, report_id=report_id), back, success)


@require_POST
def take_danger(request: ActorRequest, report_id: UUID) -> HttpResponse:
    return _button(
        request, report_id, commands.take_danger, _("You have taken this on. Your name stands on the report.")
    )


@require_POST
def take_medical(request: ActorRequest, report_id: UUID) -> HttpResponse:
    return _button(request, report_id, commands.take_medical, _("You see to the medical care. Your name stands there."))


@require_POST
def acknowledge(request: ActorRequest, report_id: UUID) -> HttpResponse:
    return _button(request, report_id, commands.acknowledge, _("The report is acknowledged."))


@require_POST
def pass_duplicate(request: ActorRequest, report_id: UUID) -> HttpResponse:
    return _button(request, report_id, commands.pass_duplicate, _("Your supervisor was asked."))


def end_medical(request: ActorRequest, report_id: UUID) -> HttpResponse:
    page = _page(request, report_id, "intake:report:acknowledge", _("Say how the medical care ended"))

    def save(data: Data) -> UUID:
        outcome = Medical(data["outcome"])
        return commands.end_medical(actor=request.actor, report_id=report_id, outcome=outcome)

    return show_form(request, page, MedicalForm, save)


# ---- deciding --------------------------------------------------------------------------------------------


def decline(request: ActorRequest, report_id: UUID) -> HttpResponse:
    page = _page(
        request,
        report_id,
        "intake:report:accept",
        _("Decline the report"),
        lede=_("Declining a report says nothing against who told it. Tell them where they can turn to."),
        submit=_("Decline"),
        success=_("The report was declined."),
    )

    def save(data: Data) -> UUID:
        data["told"] = Told(data["told"])
        return commands.decline(actor=request.actor, report_id=report_id, **data)

    return show_form(request, page, DeclineForm, save, options={"more": staff.code_list("decline_reasons")})


def refer_on(request: ActorRequest, report_id: UUID) -> HttpResponse:
    page = _page(
        request,
        report_id,
        "intake:report:accept",
        _("Refer the report on"),
        lede=_("Send only what the other agency needs to help her. Their answer is waited for on the report’s page."),
        submit=_("Refer it on"),
        success=_("The report was referred on."),
    )

    def save(data: Data) -> UUID:
        data |= {
            "partner_id": _chosen(data.get("partner_id", "")),
            "agency": Agency(data["agency"]) if data["agency"] else None,
            "basis": ReferralBasis(data["basis"]),
            "told": Told(data["told"]),
        }
        return commands.refer_on(actor=request.actor, report_id=report_id, **data)

    return show_form(request, page, ReferForm, save, options={"partners": partners.recipient_choices(request.actor)})


def move_onward(request: ActorRequest, onward_id: UUID, event: str) -> HttpResponse:
    if event not in set(OnwardEvent):
        raise Http404
    step = OnwardEvent(event)
    report_id = queries.report_of_onward(request.actor, onward_id)
    page = _page(
        request,
        report_id,
        "intake:report:accept",
        ONWARD_EVENT_LABELS[step],
        submit=_("Record it"),
        success=_("It is recorded."),
    )
    return show_form(
        request,
        page,
        OnwardForm,
        lambda data: commands.move_onward(actor=request.actor, onward_id=onward_id, event=step, **data),
    )


def insufficient(request: ActorRequest, report_id: UUID) -> HttpResponse:
    page = _page(
        request,
        report_id,
        "intake:report:accept",
        _("There is not enough to go on"),
        lede=_("It stays in the records; what comes later can be compared with it."),
        success=_("The decision was saved."),
    )

    def save(data: Data) -> UUID:
        data["lack"] = Lack(data["lack"])
        return commands.mark_insufficient(actor=request.actor, report_id=report_id, **data)

    return show_form(request, page, LackForm, save)


def duplicate(request: ActorRequest, report_id: UUID) -> HttpResponse:
    page = _page(
        request,
        report_id,
        "intake:report:accept",
        _("This was told before"),
        success=_("The decision was saved."),
    )
    return show_form(
        request,
        page,
        RemarkForm,
        lambda data: commands.mark_duplicate(actor=request.actor, report_id=report_id, **data),
    )
