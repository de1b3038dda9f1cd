"""Incidents: one act, one survivor; the kind is found by questions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.cases import commands, queries
from amparo.cases.forms import FindingForm, IncidentChangeForm, IncidentForm, QuestionsForm
from amparo.cases.queries import CaseHead, FindingView, IncidentView
from amparo.cases.rules import Question
from amparo.cases.views.around import crumbs, survivors
from amparo.cases.views.route import route_sections
from amparo.cases.words import (
    CONTEXT_LABELS,
    EXPLOITATION_LABELS,
    FINDING_LABELS,
    INCIDENT_LABELS,
    INCIDENT_STATE_LABELS,
    PREVIOUS_LABELS,
    RELATION_LABELS,
    REPORTED_ELSEWHERE_LABELS,
    WEAPON_LABELS,
    Context,
    IncidentState,
    PartyRole,
)
from amparo.kernel import clock
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Compartment
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.forms import Form
from amparo.web.pages import Data, FormPage, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Button, Code, Empty, Fact, Name, Notice, Part, Row, Section, Sheet, Tag, Tone, Withheld

FIND = "cases:incident:find"
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


_STATE_TONES: dict[IncidentState, Tone] = {
    IncidentState.VERIFIED: "ok",
    IncidentState.FALSELY_ATTRIBUTED: "danger",
    IncidentState.REJECTED: "danger",
}


def incident_tag(incident: IncidentView) -> Tag:
    """How far an incident is looked into, in a word."""
    return Tag(INCIDENT_STATE_LABELS[incident.state], _STATE_TONES.get(incident.state, ""))


def contexts(incident: IncidentView) -> str:
    return ", ".join(str(CONTEXT_LABELS[Context(code)]) for code in incident.contexts)


def incidents(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    found = queries.incidents(request.actor, case_id)
    part = head.part(Compartment.NARRATIVE)
    rights = frozenset(one for one in (FIND, RECORD, SUMMARISE) if policy.decide(request.actor, one, part).allowed)
    may = SUMMARISE in rights
    add = reverse("cases:add_incident", args=[case_id]) if may else ""
    route = route_sections(request.actor, head)
    sees = policy.decide(request.actor, "cases:incident:see", part).allowed
    nothing = Section(
        title=_("Nothing is recorded") if sees else _("What happened"),
        column=0,
        withheld=() if sees else (Withheld(_("What happened")),),
        empty=Empty(_("No incident is recorded yet."), _("Record one"), add) if sees else None,
    )
    sheet = Sheet(
        title=_("What happened"),
        crumbs=crumbs(head),
        lede=_("One incident is one act against one survivor. Read this before asking anybody to tell it again."),
        buttons=(Button(_("Record an incident"), add, key="n"),) if may else (),
        sections=(
            *(tuple(_section(incident, rights, request.actor.account_id) for incident in found) or (nothing,)),
            *route,
        ),
    )
    return render(request, "web/sheet_page.html", {"sheet": sheet})


def _section(incident: IncidentView, rights: frozenset[str], reader: UUID) -> Section:
    withheld: tuple[Withheld, ...] = ()
    if incident.narrative_withheld:
        withheld = (Withheld(_("In her words"), _("Ask the investigator or the lawyer of the case.")),)
    return Section(
        title=INCIDENT_LABELS[incident.type],
        column=0,
        facts=(*_facts(incident), *_told(incident)),
        rows=tuple(_finding(finding) for finding in incident.findings),
        withheld=withheld,
        notices=_notices(incident),
        buttons=tuple(_buttons(incident, rights, reader)),
        link_label=_("Answer the questions again") if RECORD in rights else "",
        link_url=reverse("cases:classify", args=[incident.id]) if RECORD in rights else "",
    )


def _buttons(incident: IncidentView, rights: frozenset[str], reader: UUID) -> Iterator[Button]:
    if SUMMARISE in rights:
        yield Button(_("Change"), reverse("cases:change_incident", args=[incident.id]), "quiet")
    # Who recorded it is not asked: somebody else has to look.
    if FIND in rights and incident.recorded_by != reader:
        yield Button(_("Say what was found"), reverse("cases:find_incident", args=[incident.id]), "quiet")


def _finding(finding: FindingView) -> Row:
    return Row(
        title=str(INCIDENT_STATE_LABELS[finding.state]),
        when=formats.short_day_and_year(clock.day_of(finding.at)),
        meta=Name(finding.by),
        lines=(Name(finding.reason),) if finding.reason else (),
    )


def _facts(incident: IncidentView) -> Iterator[Fact]:
    yield Fact(_("State"), str(INCIDENT_STATE_LABELS[incident.state]))
    yield Fact(_("Survivor"), Code(incident.code))
    yield Fact(_("When"), period(incident))
    yield Fact(_("Kind"), str(INCIDENT_LABELS[incident.type]))
    if incident.contexts:
        yield Fact(_("Context, derived"), contexts(incident))
    if incident.exploitation:
        yield Fact(_("Exploitation"), queries.labelled(EXPLOITATION_LABELS, incident.exploitation))
    yield Fact(_("Alleged perpetrator"), str(RELATION_LABELS.get(incident.relation, incident.relation)))
    if incident.perpetrators:
        yield Fact(_("Suspects of the case"), _codes(sorted(incident.perpetrators.values())))
    for label, labels, code in (
        (_("Weapon"), WEAPON_LABELS, incident.weapon),
        (_("Before"), PREVIOUS_LABELS, incident.previous),
    ):
        if code:
            yield Fact(label, str(labels.get(code, code)))
    if incident.reported_elsewhere:
        yield Fact(_("Reported elsewhere"), queries.labelled(REPORTED_ELSEWHERE_LABELS, incident.reported_elsewhere))


def _codes(found: Sequence[str]) -> tuple[Part, ...]:
    """Codes with commas between them, each on its own line direction."""
    parts: list[Part] = []
    for code in found:
        parts += [", ", Code(code)] if parts else [Code(code)]
    return tuple(parts)


def _told(incident: IncidentView) -> Iterator[Fact]:
    yield Fact(_("In one sentence"), Name(incident.summary))
    if incident.narrative and not incident.narrative_withheld:
        yield Fact(_("Where"), Name(incident.place))
        yield Fact(_("In her words"), Name(incident.narrative))


def _notices(incident: IncidentView) -> tuple[Notice, ...]:
    found = []
    if not incident.counts:
        found.append(Notice(_("This incident stands in the record and counts in no figure and no time limit."), "warn"))
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
    options = {"survivors": chosen, "suspects": _suspects(request, head), "whole": whole}
    return show_form(request, page, Bound, save, initial=initial, options=options)


def _suspects(request: ActorRequest, head: CaseHead, linked: Collection[UUID] = ()) -> list[tuple[str, str]]:
    """Suspects to choose from, by their codes; one whose part has ended only where she or he is linked already."""
    found = queries.parties(request.actor, head.id, (PartyRole.SUSPECT,))
    return [(str(p.person_id), p.code) for p in found if p.left_on is None or p.person_id in linked]


def change_incident(request: ActorRequest, incident_id: UUID) -> HttpResponse:
    head, incident = queries.incident(request.actor, incident_id)
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

    options = {"suspects": _suspects(request, head, incident.perpetrators), "whole": whole}
    return show_form(request, page, IncidentChangeForm, save, present=present, options=options)


def _values(incident: IncidentView) -> dict[str, object]:
    """An incident as its form shows it."""
    return {
        "began": PartialDate.parse(incident.began),
        "ended": PartialDate.parse(incident.ended) if incident.ended else None,
        "relation": incident.relation,
        **{name: bool(incident.answers.get(name)) for name in ("goods", "held", "harmful")},
        "exploitation": list(incident.exploitation),
        "controls": list(incident.controls),
        "weapon": incident.weapon,
        "perpetrators": list(incident.perpetrators),
        "previous": incident.previous,
        "reported_elsewhere": list(incident.reported_elsewhere),
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


def find_incident(request: ActorRequest, incident_id: UUID) -> HttpResponse:
    head, incident = queries.incident(request.actor, incident_id)
    policy.check_new(request.actor, FIND, head.part(Compartment.NARRATIVE))
    page = FormPage(
        title=_("What was found of the incident"),
        lede=_("Now: %(state)s.") % {"state": INCIDENT_STATE_LABELS[incident.state]},
        back=reverse("cases:incidents", args=[head.id]),
        crumbs=crumbs(head),
        consequences=(
            _("What is falsely attributed or rejected stays readable, and counts in no figure and no time limit."),
            _("Each finding stays with its reason; a later one takes its place."),
        ),
    )

    def save(data: Data) -> UUID:
        data["state"] = IncidentState(data["state"])
        return commands.find_incident(actor=request.actor, incident_id=incident_id, **data)

    def present() -> tuple[int, dict[str, object]]:
        _head, now = queries.incident(request.actor, incident_id)
        return now.version, {}

    findings = [(str(code), label) for code, label in FINDING_LABELS.items() if code != incident.state]
    return show_form(request, page, FindingForm, save, present=present, options={"findings": findings})
