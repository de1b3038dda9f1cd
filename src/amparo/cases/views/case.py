"""Listing, opening and changing cases, and moving their tracks."""

from __future__ import annotations

import functools
from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.cases import commands, queries
from amparo.cases.forms import CaseFilterForm, CaseForm, LeadForm, NewCaseForm, TrackForm
from amparo.cases.queries import CaseFilter, CaseLine
from amparo.cases.views.around import case_url, crumbs, team_choices
from amparo.cases.words import (
    RISK_LABELS,
    STATE_LABELS,
    TRACK_LABELS,
    TRACK_STATE_LABELS,
    CaseState,
    Risk,
    TrackKind,
)
from amparo.kernel import clock
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.fields import options
from amparo.web.pages import FormPage, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Button, Code, Crumb, Empty, Listing, Name, Row, Tag

_RISK_TONE = {Risk.HIGH: "danger", Risk.MEDIUM: "warn", Risk.LOW: ""}


_FILTERS = ("state", "type", "tag", "programme", "jurisdiction", "risk")


def case_list(request: ActorRequest) -> HttpResponse:
    form = CaseFilterForm(request.GET, kinds=options(queries.kind_labels()), own=queries.filters_offered())
    form.is_valid()
    chosen = CaseFilter(
        **{name: form.cleaned_data.get(name) or "" for name in _FILTERS},
        mine=form.cleaned_data.get("mine", False),
    )
    page = queries.case_list(request.actor, chosen, _after(request))
    return render(request, "web/list_page.html", {"listing": _listing(request, page), "filters": form})


def _after(request: ActorRequest) -> UUID | None:
    try:
        return UUID(request.GET["after"]) if "after" in request.GET else None
    except ValueError as error:
        raise Http404 from error


def _listing(request: ActorRequest, page: queries.CasePage) -> Listing:
    buttons: tuple[Button, ...] = ()
    if policy.has(request.actor, "cases:case:open"):
        buttons = (Button(_("Open a case"), reverse("cases:open"), key="n"),)
    query = request.GET.copy()
    query["after"] = str(page.after)
    # The same few states stand in fifty lines: each is put into words once.
    said = functools.cache(_state_said)
    return Listing(
        title=_("Cases"),
        buttons=buttons,
        rows=tuple(_row(line, said) for line in page.lines),
        empty=Empty(_("No case of this kind that you can see."), _("Show all"), reverse("cases:cases")),
        next_url=f"?{query.urlencode()}" if page.after else "",
        previous_url=reverse("cases:cases") if "after" in request.GET else "",
    )


def _state_said(kind: TrackKind, state: str) -> str:
    return f"{TRACK_LABELS[kind]}: {TRACK_STATE_LABELS.get(state, state)}"


def _row(line: CaseLine, said: Callable[[TrackKind, str], str]) -> Row:
    head = line.head
    states = [said(glance.kind, glance.state) for glance in line.tracks]
    tag = Tag(RISK_LABELS[head.risk], _RISK_TONE[head.risk])  # type: ignore[arg-type]
    if head.state is not CaseState.OPEN:
        tag = Tag(STATE_LABELS[head.state])
    return Row(
        title=Name(head.title),
        when=formats.short_day_and_year(head.reported_on),
        meta=(Code(head.code), "·", queries.kinds_said(head.types)),
        lines=(" · ".join(states),),
        url=case_url(head.id),
        tag=tag,
        strong=True,
        dir_auto=True,
    )


def open_case(request: ActorRequest) -> HttpResponse:
    page = FormPage(
        title=_("Open a case"),
        back=reverse("cases:cases"),
        crumbs=(Crumb(_("Cases"), reverse("cases:cases")),),
        submit=_("Open the case"),
        lede=_("A report is better accepted from its own page: then nothing is typed twice."),
    )
    policy.check_new(request.actor, "cases:case:open", policy.Subject(office=request.actor.office_id))
    return show_form(
        request,
        page,
        NewCaseForm,
        lambda data: commands.open_case(
            actor=request.actor,
            office_id=request.actor.office_id,
            origin="direct",
            **data | {"risk": Risk(data["risk"])},
        ),
        done=lambda key: case_url(key) if key else page.back,
        initial={"reported_on": clock.today(), "risk": Risk.MEDIUM},
        options={
            "kinds": queries.kinds_offered(),
            "programmes": queries.programmes_offered(),
            "tags": queries.tags_offered(),
            "jurisdictions": queries.jurisdictions_offered(),
        },
    )


def change_case(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    policy.check_new(request.actor, "cases:case:change", head.subject)
    page = FormPage(title=_("Change the case"), back=case_url(case_id), crumbs=crumbs(head))
    return show_form(
        request,
        page,
        CaseForm,
        lambda data: commands.change_case(actor=request.actor, case_id=case_id, **data | {"risk": Risk(data["risk"])}),
        present=lambda: _present(request, case_id),
        options={
            "kinds": queries.kinds_offered(head.types),
            "programmes": queries.programmes_offered(head.programme),
            "tags": queries.tags_offered(*head.tags),
            "jurisdictions": queries.jurisdictions_offered(head.jurisdiction),
        },
    )


def _present(request: ActorRequest, case_id: UUID) -> tuple[int, dict[str, object]]:
    head = queries.case_head(request.actor, case_id)
    names = {"title": head.title, "risk": head.risk.value, "programme": head.programme}
    names["jurisdiction"] = head.jurisdiction
    return head.version, {**names, "types": list(head.types), "tags": list(head.tags)}


def _kind(name: str) -> TrackKind:
    try:
        return TrackKind(name)
    except ValueError as error:
        raise Http404 from error


def change_track(request: ActorRequest, case_id: UUID, kind: str) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    policy.check_new(request.actor, "cases:track:change", head.subject)
    track = next(track for track in queries.tracks(head) if track.kind is _kind(kind))
    page = FormPage(
        title=TRACK_LABELS[track.kind],
        lede=_("Now: %(state)s, since %(day)s.")
        % {"state": TRACK_STATE_LABELS[track.state], "day": formats.day(track.since_on)},
        back=case_url(case_id, "tracks"),
        crumbs=crumbs(head),
        submit=_("Move the track"),
    )
    return show_form(
        request,
        page,
        TrackForm,
        lambda data: commands.change_track(actor=request.actor, case_id=case_id, kind=track.kind, **data),
        options={"moves": track.moves},
    )


def lead_track(request: ActorRequest, case_id: UUID, kind: str) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    policy.check_new(request.actor, "cases:track:change", head.subject)
    track = _kind(kind)
    page = FormPage(
        title=_("Lead of a track: %(track)s") % {"track": TRACK_LABELS[track]},
        back=case_url(case_id, "tracks"),
        crumbs=crumbs(head),
    )
    return show_form(
        request,
        page,
        LeadForm,
        lambda data: commands.lead_track(
            actor=request.actor, case_id=case_id, kind=track, account_id=UUID(data["account_id"])
        ),
        options={"team": team_choices(head)},
    )
