"""Pages of referrals and releases."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from amparo.referrals import commands, forms, queries
from amparo.referrals.commands import Asked, Offer
from amparo.referrals.queries import About, BoardFilter
from amparo.referrals.words import (
    EVENT_LABELS,
    RELEASE_EVENT_LABELS,
    SAID,
    Channel,
    Event,
    ReleaseEvent,
    Urgency,
)
from amparo.web.forms import number_of
from amparo.web.pages import Data, FormPage, pdf, run_once, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Button, Notice


def board(request: ActorRequest) -> HttpResponse:
    choices = queries.board_choices(request.actor)
    form = forms.BoardFilterForm(request.GET or None, both=choices.both, partners=choices.partners)
    asked = BoardFilter()
    if form.is_valid():
        given = form.cleaned_data
        asked = BoardFilter(given["show"] == "all", given.get("of", ""), given["partner"])
    listing = queries.board(request.actor, asked, number_of(request.GET.get("after")))
    return render(request, "web/list_page.html", {"listing": listing, "filters": form})


def of_case(request: ActorRequest, case_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.case_page(request.actor, case_id)})


# ---- referrals ---------------------------------------------------------------------------------------------


def referral(request: ActorRequest, referral_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.referral_page(request.actor, referral_id)})


def _referral_url(key: UUID | None) -> str:
    return reverse("referrals:referral", args=[key])


def _asked(data: Data) -> Asked:
    return Asked(
        urgency=Urgency(data["urgency"]),
        asked=data["asked"],
        parts=data.get("classes", []),
        words={part: data.get(part.value, "") for part in SAID},
        facility_id=UUID(data["facility_id"]) if data.get("facility_id") else None,
        due_on=data["due_on"],
    )


def draft(request: ActorRequest, case_id: UUID) -> HttpResponse:
    about = queries.about_draft(request.actor, case_id)
    page = FormPage(
        _("Refer somebody"),
        about.back,
        lede=_("Nothing leaves yet. First it is written, then she agrees, then it is sent."),
        crumbs=about.crumbs,
        submit=_("Save the draft"),
        success=_("The draft is saved. Say now on which consent it leaves."),
    )

    def save(data: Data) -> UUID:
        return commands.draft_referral(
            actor=request.actor,
            case_id=case_id,
            person_id=UUID(data["person_id"]),
            agency_id=UUID(data["agency_id"]),
            service=data["service"],
            asked=_asked(data),
        )

    persons = about.persons or []
    initial = {"person_id": persons[0][0]} if len(persons) == 1 else {}
    chosen = {
        "person_id": persons,
        "agency_id": about.agencies or [],
        "facility_id": about.facilities or [],
        "service": about.services or [],
        "classes": about.parts or [],
    }
    options = {"chosen": chosen, "seen": about.seen}
    return show_form(request, page, forms.DraftForm, save, done=_referral_url, initial=initial, options=options)


def change(request: ActorRequest, referral_id: UUID) -> HttpResponse:
    about = queries.about_change(request.actor, referral_id)
    page = FormPage(
        _("Change the referral"),
        about.back,
        lede=_("Its consent is asked for again: it must name all that is carried then."),
        crumbs=about.crumbs,
        submit=_("Save"),
        success=_("It is changed."),
    )

    def save(data: Data) -> UUID:
        return commands.change_referral(
            actor=request.actor, referral_id=referral_id, asked=_asked(data), expected=data["expected"]
        )

    chosen = {"facility_id": about.facilities or [], "classes": about.parts or []}
    return show_form(
        request,
        page,
        forms.ChangeForm,
        save,
        present=lambda: queries.present_referral(request.actor, referral_id),
        options={"chosen": chosen, "seen": about.seen},
    )


def consent(request: ActorRequest, referral_id: UUID) -> HttpResponse:
    """Which of her consents it is; where none fits, what to do."""
    about = queries.about_step(request.actor, referral_id, Event.CONSENT)
    page = FormPage(
        EVENT_LABELS[Event.CONSENT],
        about.back,
        lede=_("Only consents that name this partner, and all that the referral carries, stand here."),
        crumbs=about.crumbs,
        submit=_("It may leave on this consent"),
        success=_("It can be sent."),
        notice=None if about.consents else _no_consent(queries.record_consent_url(request.actor, referral_id)),
    )

    def save(data: Data) -> UUID:
        return commands.give_consent(
            actor=request.actor, referral_id=referral_id, basis_id=UUID(data["basis_id"]), words=data["words"]
        )

    options = {"chosen": {"basis_id": about.consents or []}}
    return show_form(request, page, forms.ConsentForm, save, options=options)


def _no_consent(url: str) -> Notice:
    said = _("None of her consents names this partner and all that is carried. Ask her, and record her answer.")
    return Notice(said, "warn", action=Button(_("Record a consent"), url, "quiet"))


_GRAVE = (Event.CANCEL, Event.NOT_WANTED)


def move(request: ActorRequest, referral_id: UUID, event: str) -> HttpResponse:
    if event not in set(Event) - {Event.CONSENT}:
        raise Http404
    step = Event(event)
    about = queries.about_step(request.actor, referral_id, step)
    page = FormPage(
        EVENT_LABELS[step],
        about.back,
        crumbs=about.crumbs,
        submit=_("Record it"),
        success=_("It is recorded."),
        grave=step in _GRAVE,
    )

    def save(data: Data) -> UUID:
        return commands.move_referral(
            actor=request.actor,
            referral_id=referral_id,
            event=step,
            on=data["on"],
            reason=data.get("reason", ""),
            appointment_on=data.get("appointment_on"),
            words=data["words"],
        )

    return show_form(request, page, forms.StepForm, save, options={"event": step})


@require_POST
def sheet(request: ActorRequest, referral_id: UUID) -> HttpResponse:
    """The sheet that goes with it. That it was printed, and by whom, is in the ledger before the paper leaves."""
    copy_id = run_once(request, lambda: commands.record_sheet(actor=request.actor, referral_id=referral_id))
    return pdf(queries.printed_sheet(request.actor, referral_id, copy_id), "referral.pdf")


# ---- releases ----------------------------------------------------------------------------------------------


def release(request: ActorRequest, release_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.release_page(request.actor, release_id)})


def prepare(request: ActorRequest, case_id: UUID) -> HttpResponse:
    about = queries.about_release(request.actor, case_id)
    page = FormPage(
        _("Prepare a release"),
        about.back,
        lede=_("One partner, one consent, until one day. A second person approves it before anything leaves."),
        crumbs=about.crumbs,
        submit=_("Prepare it"),
        success=_("It is prepared, and waits for somebody else to approve it."),
        notice=None if about.consents else _no_partner(reverse("cases:add_basis", args=[case_id])),
    )

    def save(data: Data) -> UUID:
        offer = Offer(
            parts=data.get("classes", []),
            channel=Channel(data["channel"]),
            until_on=data["until_on"],
            items=[UUID(key) for key in data.get("item_ids", [])],
            papers=data["papers"],
            purpose=data["purpose"],
        )
        return commands.prepare_release(
            actor=request.actor, case_id=case_id, basis_id=UUID(data["basis_id"]), offer=offer
        )

    chosen = {"basis_id": about.consents or [], "classes": about.parts or [], "item_ids": about.items or []}
    return show_form(
        request,
        page,
        forms.ReleaseForm,
        save,
        done=lambda key: reverse("referrals:release", args=[key]),
        options={"chosen": chosen},
    )


def _no_partner(url: str) -> Notice:
    said = _("No consent of this case names a partner as its recipient. Ask her, and record her answer.")
    return Notice(said, "warn", action=Button(_("Record a consent"), url, "quiet"))


def decide(request: ActorRequest, release_id: UUID) -> HttpResponse:
    about = queries.about_release_step(request.actor, release_id, ReleaseEvent.APPROVE)
    page = _step_page(about, _("May it go?"))

    def save(data: Data) -> UUID:
        approve = data["answer"] == "yes"
        return commands.decide_release(
            actor=request.actor, release_id=release_id, approve=approve, remark=data["remark"]
        )

    return show_form(request, page, forms.DecideForm, save)


@require_GET
def cover(request: ActorRequest, release_id: UUID) -> HttpResponse:
    """The cover paper of a release, with the number of its copy."""
    return pdf(queries.release_cover(request.actor, release_id), "cover.pdf")


def move_release(request: ActorRequest, release_id: UUID, event: str) -> HttpResponse:
    if event not in set(ReleaseEvent) - {ReleaseEvent.APPROVE, ReleaseEvent.DECLINE}:
        raise Http404
    step = ReleaseEvent(event)
    about = queries.about_release_step(request.actor, release_id, step)
    page = _step_page(about, str(RELEASE_EVENT_LABELS[step]), grave=step in (ReleaseEvent.RECALL, ReleaseEvent.CANCEL))

    def save(data: Data) -> UUID:
        return commands.move_release(
            actor=request.actor,
            release_id=release_id,
            event=step,
            on=data["on"],
            reason=data.get("reason", ""),
            remark=data["remark"],
        )

    return show_form(request, page, forms.ReleaseStepForm, save, options={"event": step})


def _step_page(about: About, title: str, *, grave: bool = False) -> FormPage:
    return FormPage(
        title, about.back, crumbs=about.crumbs, submit=_("Record it"), success=_("It is recorded."), grave=grave
    )
