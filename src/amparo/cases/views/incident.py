"""Incidents: one act, one survivor; the kind is found by questions."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.cases import commands, queries
from amparo.cases.forms import IncidentChangeForm, IncidentForm, QuestionsForm
from amparo.cases.queries import IncidentView
from amparo.cases.rules import Question
from amparo.cases.views.around import crumbs, survivors
from amparo.cases.views.route import route_sections
from amparo.cases.words import (
    CONTEXT_LABELS,
    EXPLOITATION_LABELS,
    INCIDENT_LABELS,
    RELATION_LABELS,
    Context,
)
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Compartment
from amparo.web import formats
from amparo.web.forms import Form
from amparo.web.pages import Data, FormPage, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Button, Code, Empty, Fact, Name, Notice, Section, Sheet, Withheld

RECORD = "cases:incident:record"
SUMMARISE = "cases:incident:summarise"


def period(incident: IncidentView) -> str:
    """When an incident happened, as precisely as is known."""
    began = formats.partial_date(PartialDate.parse(incident.began))
    if not incident.ended:
        return began
    return _("%(began)s to %(ended)s") % {
        "began": began,
        "ended": formats.partial_date(PartialDate.parse(incident.ended)),
    }


def contexts(incident: IncidentView) -> str:
    return ", ".join(str(CONTEXT_LABELS[Context(code)]) for code in incident.contexts)


def incidents(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    found = queries.incidents(request.actor, case_id)
    part = head.part(Compartment.NARRATIVE)
    may_record, may_change = (policy.decide(request.actor, one, part).allowed for one in (RECORD, SUMMARISE))
    add = reverse("cases:add_incident", args=[case_id])
    route = route_sections(request.actor, head)
    nothing = Section(
        title=_("Nothing is recorded"),
        column=0,
        empty=Empty(_("No incident is recorded yet."), _("Record one"), add),
    )
    sheet = Sheet(
        title=_("What happened"),
        crumbs=crumbs(head),
        lede=_("One incident is one act against one survivor. Read this before asking anybody to tell it again."),
        buttons=(Button(_("Record an incident"), add, key="n"),),
        sections=(*(tuple(_section(incident, may_record, may_change) for incident in found) or (nothing,)), *route),
    )
    return render(request, "web/sheet_page.html", {"sheet": sheet})


def _section(incident: IncidentView, may_record: bool, may_change: bool) -> Section:
    facts = [
        Fact(_("Survivor"), Code(incident.code)),
        Fact(_("When"), period(incident)),
        Fact(_("Kind"), str(INCIDENT_LABELS[incident.type])),
    ]
    if incident.contexts:
        facts.append(Fact(_("Context, derived"), contexts(incident)))
    if incident.exploitation:
        facts.append(Fact(_("Exploitation"), queries.labelled(EXPLOITATION_LABELS, incident.exploitation)))
    facts.append(Fact(_("Alleged perpetrator"), str(RELATION_LABELS.get(incident.relation, incident.relation))))
    facts.append(Fact(_("In one sentence"), Name(incident.summary)))
    withheld: tuple[Withheld, ...] = ()
    if incident.narrative_withheld:
        withheld = (Withheld(_("In her words"), _("Ask the investigator or the lawyer of the case.")),)
    elif incident.narrative:
        facts.append(Fact(_("Where"), Name(incident.place)))
        facts.append(Fact(_("In her words"), Name(incident.narrative)))
    return Section(
        title=INCIDENT_LABELS[incident.type],
        column=0,
        facts=tuple(facts),
        withheld=withheld,
        notices=_notices(incident),
        buttons=(Button(_("Change"), reverse("cases:change_incident", args=[incident.id]), "quiet"),)
        if may_change
        else (),
        link_label=_("Answer the questions again") if may_record else "",
        link_url=reverse("cases:classify", args=[incident.id]) if may_record else "",
    )


def _notices(incident: IncidentView) -> tuple[Notice, ...]:
    found = []
    if incident.after_report:
        found.append(Notice(_("This lies after the day of the report. It is kept as written: check the date."), "warn"))
    if incident.minor:
        found.append(Notice(_("Under age at the time: rules for children hold for consent and in court."), ""))
    return tuple(found)


def add_incident(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    part = head.part(Compartment.NARRATIVE)
    policy.check_new(request.actor, SUMMARISE, part)
    whole = policy.decide(request.actor, RECORD, part).allowed
    back = reverse("cases:incidents", args=[case_id])
    page = FormPage(title=_("Record an incident"), back=back, crumbs=crumbs(head))

    class Bound(IncidentForm):
        def clean(self) -> dict[str, object]:
            data = super().clean() or {}
            return data | {"answers": self.answers()}

    def save(data: dict[str, object]) -> UUID:
        for question in Question:
            data.pop(question.value, None)
        return commands.record_incident(
            actor=request.actor,
            case_id=case_id,
            person_id=UUID(str(data.pop("person_id"))),
            goods_exchanged=bool(data.pop("goods")),
            harmful_practice=bool(data.pop("harmful")),
            **data,  # type: ignore[arg-type]
        )

    chosen = survivors(request, head)
    initial = {"person_id": chosen[0][0] if len(chosen) == 1 else None, "relation": "unknown"}
    return show_form(request, page, Bound, save, initial=initial, options={"survivors": chosen, "whole": whole})


def change_incident(request: ActorRequest, incident_id: UUID) -> HttpResponse:
    head, _incident = queries.incident(request.actor, incident_id)
    part = head.part(Compartment.NARRATIVE)
    policy.check_new(request.actor, SUMMARISE, part)
    whole = policy.decide(request.actor, RECORD, part).allowed
    back = reverse("cases:incidents", args=[head.id])
    page = FormPage(title=_("Change an incident"), back=back, crumbs=crumbs(head))

    def save(data: Data) -> UUID:
        return commands.change_incident(
            actor=request.actor,
            incident_id=incident_id,
            goods_exchanged=data.pop("goods"),
            harmful_practice=data.pop("harmful"),
            **data,
        )

    def present() -> tuple[int, dict[str, object]]:
        _head, now = queries.incident(request.actor, incident_id)
        return now.version, _values(now)

    return show_form(request, page, IncidentChangeForm, save, present=present, options={"whole": whole})


def _values(incident: IncidentView) -> dict[str, object]:
    """An incident as its form shows it."""
    return {
        "began": PartialDate.parse(incident.began),
        "ended": PartialDate.parse(incident.ended) if incident.ended else None,
        "relation": incident.relation,
        **{name: bool(incident.answers.get(name)) for name in ("goods", "held", "harmful")},
        "exploitation": list(incident.exploitation),
        "controls": list(incident.controls),
        "summary": incident.summary,
        "place": incident.place,
        "narrative": incident.narrative,
    }


def classify_incident(request: ActorRequest, incident_id: UUID) -> HttpResponse:
    head, incident = queries.incident(request.actor, incident_id)
    policy.check_new(request.actor, RECORD, head.part(Compartment.NARRATIVE))
    page = FormPage(
        title=_("Answer the questions again"),
        lede=_("Answer in order and stop at the first “yes”: the kind follows from it."),
        back=reverse("cases:incidents", args=[head.id]),
        crumbs=crumbs(head),
    )

    class Bound(QuestionsForm):
        def clean(self) -> dict[str, object]:
            return {"answers": self.answers()} | (super().clean() or {})

    def save(data: dict[str, object]) -> UUID:
        return commands.reclassify_incident(
            actor=request.actor,
            incident_id=incident.id,
            expected=int(str(data["expected"])),
            answers=data["answers"],  # type: ignore[arg-type]
        )

    def present() -> tuple[int, dict[str, object]]:
        _head, now = queries.incident(request.actor, incident_id)
        return now.version, {name: "yes" if answer else "no" for name, answer in now.answers.items()}

    forms: type[Form] = Bound
    return show_form(request, page, forms, save, present=present)
