"""Pages of people: the register, lists, counts, reminders."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.kernel import clock
from amparo.partners import queries as partners
from amparo.training import commands, forms
from amparo.training.commands import NewParticipant
from amparo.training.queries import counts as counted
from amparo.training.queries import people as queries
from amparo.training.queries import sessions
from amparo.training.queries.people import CHANGE, ERASE
from amparo.training.words import Audience, PersonKind
from amparo.web.forms import EmptyForm, number_of
from amparo.web.pages import Data, FormPage, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb


def register(request: ActorRequest) -> HttpResponse:
    audience = request.GET.get("audience", "")
    found = queries.register(request.actor, audience, number_of(request.GET.get("after")))
    filters = forms.RegisterFilterForm(initial={"audience": audience})
    return render(request, "web/list_page.html", {"listing": found, "filters": filters})


def person(request: ActorRequest, participant_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.person_page(request.actor, participant_id)})


def official(request: ActorRequest, official_id: UUID) -> HttpResponse:
    """Lead from an official to the training history."""
    found = queries.participant_of_official(request.actor, official_id)
    return HttpResponseRedirect(reverse("training:person", args=[found]))


def change_person(request: ActorRequest, participant_id: UUID) -> HttpResponse:
    one = queries.person_for(request.actor, CHANGE, participant_id)
    is_official = one.row.official_id is not None

    def save(data: Data) -> UUID:
        audience = Audience(data.pop("audience"))
        return commands.change_participant(
            actor=request.actor, participant_id=participant_id, audience=audience, **data
        )

    def present() -> tuple[int, dict[str, object]]:
        now = queries.person_for(request.actor, CHANGE, participant_id)
        values: dict[str, object] = {
            "audience": now.row.audience, "post": now.post, "district": now.district, "contact": now.contact,
        }  # fmt: skip
        return now.row.version, values if is_official else values | {"name": now.name}

    title = _("Change the record")
    back = reverse("training:person", args=[participant_id])
    crumbs = (Crumb(_("Training"), reverse("training:sessions")), Crumb(one.name, back), Crumb(title))
    lede = _("Certificates that were issued keep the name that stands on them.")
    page = FormPage(title, back, lede=lede, crumbs=crumbs, success=_("The record is changed."))
    return show_form(request, page, forms.PersonForm, save, present=present, options={"is_official": is_official})


def _person_frame(request: ActorRequest, permission: str, participant_id: UUID) -> tuple[str, str, tuple[Crumb, ...]]:
    """The name, the way back and the crumbs of a page about one person of the register."""
    one = queries.person_for(request.actor, permission, participant_id)
    back = reverse("training:person", args=[participant_id])
    return one.name, back, (Crumb(_("Training"), reverse("training:sessions")), Crumb(one.name, back))


def link_official(request: ActorRequest, participant_id: UUID) -> HttpResponse:
    name, back, crumbs = _person_frame(request, CHANGE, participant_id)
    page = FormPage(
        _("This is an official"),
        back,
        lede=name,
        crumbs=crumbs,
        success=_("From now on the name is kept with the official's own record."),
    )

    def save(data: Data) -> UUID:
        return commands.link_official(
            actor=request.actor, participant_id=participant_id, official_id=UUID(data["official_id"])
        )

    return show_form(
        request, page, forms.LinkForm, save, options={"officials": partners.official_choices(request.actor)}
    )


def erase_person(request: ActorRequest, participant_id: UUID) -> HttpResponse:
    name, back, crumbs = _person_frame(request, ERASE, participant_id)
    page = FormPage(
        _("Erase somebody from the training register"),
        back,
        lede=name,
        crumbs=crumbs,
        submit=_("Erase for good"),
        success=_("The record is erased."),
        grave=True,
        template="web/confirm_page.html",
        consequences=[
            _("Name, post, contact and answers can be read by nobody any more, in no backup after 30 days."),
            _("Certificates stay by their numbers, without a name. Papers that were handed out stay as they are."),
            _("That somebody took part and passed stays counted."),
        ],
    )
    return show_form(
        request,
        page,
        EmptyForm,
        lambda data: commands.erase_participant(actor=request.actor, participant_id=participant_id),
    )


def enrol(request: ActorRequest, session_id: UUID) -> HttpResponse:
    head = sessions.head_for(request.actor, sessions.CHANGE, session_id)
    officials = partners.official_choices(request.actor)
    staff = sessions.trainer_choices(request.actor)
    choices = {"known": queries.register_choices(request.actor, session_id), "officials": officials, "staff": staff}

    def save(data: Data) -> UUID:
        if data.get("participant_id"):
            known = UUID(data["participant_id"])
            return commands.enrol(actor=request.actor, session_id=session_id, participant_id=known)
        person = _new_person(data, dict(officials), dict(staff))
        return commands.enrol_new(actor=request.actor, session_id=session_id, person=person)

    title = _("Add somebody to the list")
    page = FormPage(
        title,
        head.url,
        crumbs=(*head.crumbs, Crumb(title)),
        lede=_("A professional record only: nothing private, nothing political."),
        submit=_("Add to the list"),
        success=_("Added. Add the next one, or go back to the session."),
    )
    here = reverse("training:enrol", args=[session_id])
    given = {"audience": head.row.content_version.curriculum.audience, "district": head.district}
    return show_form(request, page, forms.EnrolForm, save, done=lambda _key: here, initial=given, options=choices)


def _new_person(data: Data, officials: dict[str, str], staff: dict[str, str]) -> NewParticipant:
    words = {"post": data["post"], "contact": data["contact"], "district": data["district"]}
    if data.get("official_id"):
        key = UUID(data["official_id"])
        name = partners.names_of([key]).get(key, "")
        # The list shows "name, post": what stands behind the name is the post of today.
        words["post"] = words["post"] or officials[data["official_id"]].removeprefix(name).lstrip(",\u060c ")
        return NewParticipant(PersonKind.OFFICIAL, Audience(data["audience"]), name, official_id=key, **words)
    if data.get("account_id"):
        key = UUID(data["account_id"])
        return NewParticipant(PersonKind.STAFF, Audience.STAFF, staff[data["account_id"]], account_id=key, **words)
    audience = Audience(data["audience"] or Audience.OTHER)
    kind = PersonKind.COMMUNITY if audience is Audience.COMMUNITY else PersonKind.OFFICIAL
    return NewParticipant(kind, audience, data["name"], is_another=data["is_another"], **words)


def strike(request: ActorRequest, enrolment_id: UUID) -> HttpResponse:
    found = queries.enrolment_for(request.actor, CHANGE, enrolment_id)
    head = sessions.head_for(request.actor, sessions.SEE, found.session_id)
    title = _("Take off the list")
    page = FormPage(
        title,
        head.url,
        crumbs=(*head.crumbs, Crumb(title)),
        lede=found.name,
        submit=title,
        success=_("Taken off the list."),
        template="web/confirm_page.html",
        consequences=[
            _("Only for somebody who was put on the list by mistake."),
            _("Somebody who did not come stays on the list, without attendance."),
        ],
    )
    return show_form(
        request, page, EmptyForm, lambda data: commands.strike(actor=request.actor, enrolment_id=enrolment_id)
    )


def reminders(request: ActorRequest) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.reminders(request.actor)})


def counts(request: ActorRequest) -> HttpResponse:
    """People trained in a period: this year where none is asked for."""
    today = clock.today()
    asked = forms.PeriodForm(request.GET or None, initial={"since": date(today.year, 1, 1), "until": today})
    since, until = date(today.year, 1, 1), today
    if asked.is_bound and asked.is_valid():
        since, until = asked.cleaned_data["since"], asked.cleaned_data["until"]
    sheet = counted.counts(request.actor, since, until)
    return render(request, "training/counts.html", {"sheet": sheet, "filters": asked})
