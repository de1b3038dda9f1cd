"""The way that a survivor was made to go, drawn in its order: as exact as it is known, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import commands, queries, rules
from amparo.cases.forms import RouteForm
from amparo.cases.queries import CaseHead, StageView
from amparo.cases.views.around import crumbs, survivors
from amparo.cases.words import ROUTE_STAGE_LABELS, CaseState, RouteStage
from amparo.kernel.words import Compartment
from amparo.web import formats
from amparo.web.drawing import SpanInput, SpanPoint, Spans, span_lines
from amparo.web.pages import FormPage, act, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Empty, Name, Notice, Row, Section, Withheld


def _may(actor: Actor, head: CaseHead) -> bool:
    allowed = policy.decide(actor, "cases:route:record", head.part(Compartment.NARRATIVE)).allowed
    return allowed and head.state is not CaseState.CLOSED


def route_sections(actor: Actor, head: CaseHead) -> list[Section]:
    """One section for each survivor whose way is known; one to begin with where none is and the reader may."""
    found = queries.routes(actor, head.id)
    may = _may(actor, head)
    add = reverse("cases:add_stage", args=[head.id])
    if not found:
        return (
            [Section(_("Route"), "route", 0, empty=Empty(_("No route is known."), _("Add a stage"), add))]
            if may
            else []
        )
    return [_section(code, stages, add if may else "") for code, stages in found.items()]


def _section(code: str, stages: Sequence[StageView], add: str) -> Section:
    hidden = not any(stage.place for stage in stages)
    order = rules.against_order([(stage.stage, stage.happened) for stage in stages])
    said = _("A later stage lies before an earlier one. It is kept as written: check the dates.")
    return Section(
        _("Route of %(code)s") % {"code": code},
        id=f"route-{code}",
        column=0,
        drawing=_drawn(code, stages),
        rows=tuple(_row(stage, bool(add)) for stage in stages),
        notices=(Notice(said, "warn"),) if order else (),
        withheld=(Withheld(_("Places")),) if hidden else (),
        link_label=_("Add a stage") if add else "",
        link_url=add,
    )


def _row(stage: StageView, may: bool) -> Row:
    label = str(ROUTE_STAGE_LABELS[stage.stage])
    return Row(
        when=formats.partial_date(stage.happened),
        title=(label, "·", Name(stage.place)) if stage.place else label,
        meta=Name(stage.how) if stage.how else "",
        action_label=_("Take out") if may else "",
        action_url=reverse("cases:withdraw_stage", args=[stage.id]) if may else "",
        action_post=True,
    )


def _drawn(code: str, stages: Sequence[StageView]) -> Spans:
    """Each stage on a line of its own; where only a month or year is known, a bar over all of it."""
    periods = [(stage.happened.earliest(), stage.happened.latest()) for stage in stages]
    lines = [
        SpanInput(str(ROUTE_STAGE_LABELS[stage.stage]), (_point(stage, *share),), stage.place)
        for stage, share in zip(stages, rules.shares(periods), strict=True)
    ]
    title = _("Route of %(code)s: %(stages)s") % {
        "code": code,
        "stages": ", ".join(str(ROUTE_STAGE_LABELS[stage.stage]) for stage in stages),
    }
    return span_lines(lines, _ticks(periods), title, rtl=formats.is_rtl())


def _point(stage: StageView, low: float, high: float) -> SpanPoint:
    said = f"{ROUTE_STAGE_LABELS[stage.stage]}: {formats.partial_date(stage.happened)}"
    if stage.happened.day and not stage.happened.about:
        return SpanPoint("done", low, said)
    return SpanPoint("open", (low + high) / 2, said, low, high)


def _ticks(periods: Sequence[tuple[date, date]]) -> list[tuple[float, str]]:
    """The first and the last day of the drawing, by month and year."""
    first, last = min(low for low, _high in periods), max(high for _low, high in periods)
    ends = [(0.0, formats.month_and_year(first)), (1.0, formats.month_and_year(last))]
    return ends if first != last else ends[:1]


def add_stage(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    policy.check_new(request.actor, "cases:route:record", head.part(Compartment.NARRATIVE))
    page = FormPage(
        title=_("Add a stage of the route"),
        lede=_("Where somebody was recruited, brought through, and exploited. Ask nobody again for it."),
        back=reverse("cases:incidents", args=[case_id]),
        crumbs=crumbs(head),
        submit=_("Add"),
    )

    def save(data: dict[str, object]) -> UUID:
        data |= {"person_id": UUID(str(data["person_id"])), "stage": RouteStage(str(data["stage"]))}
        return commands.record_stage(actor=request.actor, case_id=case_id, **data)  # type: ignore[arg-type]

    chosen = survivors(request, head)
    initial = {"person_id": chosen[0][0] if len(chosen) == 1 else None}
    return show_form(request, page, RouteForm, save, initial=initial, options={"survivors": chosen})


@require_POST
def withdraw_stage(request: ActorRequest, stage_id: UUID) -> HttpResponse:
    back = reverse("cases:incidents", args=[queries.case_of_stage(request.actor, stage_id)])
    return act(
        request, lambda: commands.withdraw_stage(actor=request.actor, stage_id=stage_id), back, _("It is taken out.")
    )
