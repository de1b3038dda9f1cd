"""Interviews: a page for those of a case, one for each, and a form for each step."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from amparo.evidence import queries as evidence
from amparo.investigations import commands, forms, queries
from amparo.investigations.commands import InterviewPlan
from amparo.investigations.words import (
    DropReason,
    Interpreting,
    InterviewPurpose,
    Qualification,
    ReviewedHow,
    Support,
)
from amparo.kernel.words import Compartment
from amparo.web.forms import EmptyForm
from amparo.web.pages import Data, FormPage, Said, act, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Notice


def interviews(request: ActorRequest, case_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.interviews_of_case(request.actor, case_id)})


def interview(request: ActorRequest, interview_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.interview_page(request.actor, interview_id)})


def _url(interview_id: UUID | None) -> str:
    return reverse("investigations:interview", args=[interview_id])


def _plan(data: Data) -> InterviewPlan:
    return InterviewPlan(
        purpose=InterviewPurpose(data["purpose"]),
        why=data["why"],
        planned_at=data["planned_at"],
        interviewer_id=UUID(data["interviewer_id"]),
        qualification=Qualification(data["qualification"]),
        place=data["place"],
        asks=data["asks"],
        interpreting=Interpreting(data["interpreting"]),
        interpreter=data["interpreter"],
        support=Support(data["support"]),
        supporter=data["supporter"],
    )


def _told_notice(told: queries.ToldBefore) -> Notice:
    """What she or he told before stands above the form; then what to look at for a child."""
    if told.times:
        said = ngettext("It was told once before.", "It was told %(count)s times before.", told.times)
        lines = (*told.lines, *told.cautions)
        return Notice(said % {"count": told.times}, "warn", _("Read this first"), lines=lines)
    said = _("Nothing was told before: this is the first time.")
    return Notice(said, "warn" if told.cautions else "", lines=told.cautions)


def plan_interview(request: ActorRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    head = queries.head_for(request.actor, commands.INTERVIEW_CHANGE, case_id, Compartment.NARRATIVE)
    told = queries.told_before(request.actor, head, person_id)
    if told is None:
        raise Http404

    def save(data: Data) -> UUID:
        return commands.plan_interview(
            actor=request.actor,
            case_id=case_id,
            person_id=person_id,
            plan=_plan(data),
            has_read=bool(data.get("has_read")),
        )

    page = FormPage(
        _("Plan an interview with %(code)s") % {"code": told.code},
        reverse("investigations:interviews", args=[case_id]),
        crumbs=queries.interview_crumbs(head),
        submit=_("Plan it"),
        success=_("The interview is planned."),
        notice=_told_notice(told),
    )
    given = {"interviewer_id": str(request.actor.account_id), "interpreting": Interpreting.NOT_NEEDED.value}
    options = {"team": queries.team_choices(case_id, commands.INTERVIEW_CHANGE), "told": told.times}
    return show_form(request, page, forms.InterviewForm, save, done=_url, initial=given, options=options)


def _page(found: queries.InterviewForm, interview_id: UUID, title: Said, submit: Said, lede: Said = "") -> FormPage:
    crumbs = queries.interview_crumbs(found.head)
    first, *rest = found.cautions or ("",)
    notice = Notice(first, "warn", lines=tuple(rest)) if first else None
    return FormPage(title, _url(interview_id), lede=lede, crumbs=crumbs, submit=submit, notice=notice)


def change_interview(request: ActorRequest, interview_id: UUID) -> HttpResponse:
    found = queries.interview_for(request.actor, interview_id)

    def save(data: Data) -> UUID:
        return commands.change_interview(
            actor=request.actor, interview_id=interview_id, expected=data["expected"], plan=_plan(data)
        )

    def present() -> tuple[int, dict[str, object]]:
        now = queries.interview_for(request.actor, interview_id, queries.PLAN_WORDS)
        return now.version, dict(now.values)

    page = _page(found, interview_id, _("Change a planned interview"), _("Save"))
    options = {"team": queries.team_choices(found.head.id, commands.INTERVIEW_CHANGE)}
    return show_form(request, page, forms.InterviewForm, save, present=present, options=options)


def hold_interview(request: ActorRequest, interview_id: UUID) -> HttpResponse:
    found = queries.interview_for(request.actor, interview_id)

    def save(data: Data) -> UUID:
        lines = (line.strip() for line in data.get("promises", "").splitlines())
        return commands.hold_interview(
            actor=request.actor,
            interview_id=interview_id,
            expected=data["expected"],
            began_at=data["began_at"],
            ended_at=data["ended_at"],
            recordings=[UUID(item) for item in data.get("recordings", ())],
            promises=[line for line in lines if line],
            promised_by=data.get("promised_by"),
            feedback_on=data.get("feedback_on"),
        )

    def present() -> tuple[int, dict[str, object]]:
        now = queries.interview_for(request.actor, interview_id)
        began = now.values["began_at"] or now.values["planned_at"]
        return now.version, {"began_at": began, "feedback_on": now.values["feedback_on"]}

    page = _page(found, interview_id, _("It was held"), _("Save"))
    items = evidence.choices_of_case(request.actor, found.head.id)
    options = {"items": items, "is_survivor": found.is_survivor, "is_official": found.is_official}
    return show_form(request, page, forms.HeldForm, save, present=present, options=options)


def transcribe_interview(request: ActorRequest, interview_id: UUID) -> HttpResponse:
    found = queries.interview_for(request.actor, interview_id)

    def save(data: Data) -> UUID:
        return commands.transcribe_interview(
            actor=request.actor, interview_id=interview_id, expected=data["expected"], account=data["account"]
        )

    def present() -> tuple[int, dict[str, object]]:
        now = queries.interview_for(request.actor, interview_id, ["account"])
        return now.version, {"account": now.values.get("account", "")}

    page = _page(found, interview_id, _("Write down what was said"), _("Save"))
    return show_form(request, page, forms.AccountForm, save, present=present)


def review_interview(request: ActorRequest, interview_id: UUID) -> HttpResponse:
    found = queries.interview_for(request.actor, interview_id)

    def save(data: Data) -> UUID:
        return commands.review_interview(
            actor=request.actor,
            interview_id=interview_id,
            expected=data["expected"],
            how=ReviewedHow(data["how"]),
            on=data["on"],
            corrections=data["corrections"],
        )

    def present() -> tuple[int, dict[str, object]]:
        now = queries.interview_for(request.actor, interview_id, ["corrections"])
        return now.version, {"on": queries.today(), "corrections": now.values.get("corrections", "")}

    page = _page(found, interview_id, _("It was gone through"), _("Save"))
    return show_form(request, page, forms.ReviewForm, save, present=present)


def seal_interview(request: ActorRequest, interview_id: UUID) -> HttpResponse:
    found = queries.interview_for(request.actor, interview_id)
    page = FormPage(
        _("Seal the interview"),
        _url(interview_id),
        crumbs=queries.interview_crumbs(found.head),
        submit=_("Seal it"),
        success=_("It is sealed."),
        template="web/confirm_page.html",
        consequences=[
            _("From now on nothing in it changes, for anybody."),
            _("What comes later is added beside it, with its day and your name."),
        ],
    )
    return show_form(
        request,
        page,
        EmptyForm,
        lambda data: commands.seal_interview(actor=request.actor, interview_id=interview_id),
    )


def add_to_interview(request: ActorRequest, interview_id: UUID) -> HttpResponse:
    found = queries.interview_for(request.actor, interview_id)

    def save(data: Data) -> UUID:
        return commands.add_to_interview(actor=request.actor, interview_id=interview_id, words=data["words"])

    lede = _("It stands beside the sealed interview and is not changed either.")
    page = _page(found, interview_id, _("Add to a sealed interview"), _("Add"), lede)
    return show_form(request, page, forms.AddendumForm, save)


def drop_interview(request: ActorRequest, interview_id: UUID) -> HttpResponse:
    found = queries.interview_for(request.actor, interview_id)

    def save(data: Data) -> UUID:
        return commands.drop_interview(
            actor=request.actor, interview_id=interview_id, reason=DropReason(data["reason"])
        )

    page = _page(found, interview_id, _("It is not held"), _("Save"))
    return show_form(request, page, forms.DropInterviewForm, save)


@require_POST
def give_feedback(request: ActorRequest, interview_id: UUID) -> HttpResponse:
    queries.interview_for(request.actor, interview_id)
    return act(
        request,
        lambda: commands.give_feedback(actor=request.actor, interview_id=interview_id),
        _url(interview_id),
        _("Written down: she or he was told."),
    )
