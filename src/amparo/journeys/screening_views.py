"""Pages on which a report becomes a case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.words import BasisKind, Risk, TrackKind
from amparo.intake import queries as reports
from amparo.intake.queries import ReportHead
from amparo.intake.words import PART_LABELS, Part
from amparo.journeys import screening
from amparo.journeys.screening import FirstTask, NewCase, TeamPlace
from amparo.journeys.screening_errors import CaseNotOpen
from amparo.journeys.screening_forms import FIRST_TASKS, AcceptForm, AcceptIntoForm
from amparo.people import queries as people
from amparo.web.pages import Data, FormPage, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Notice


def accept(request: ActorRequest, report_id: UUID) -> HttpResponse:
    actor = request.actor
    head = reports.head(actor, "intake:report:accept", report_id)
    page = FormPage(
        title=_("Open a new case"),
        lede=_("The people of the report come with it. Afterwards you see its status only."),
        back=head.url,
        crumbs=head.crumbs,
        submit=_("Open the case and hand it over"),
        success=_("The case is open. Its team goes on from here."),
        notice=_alike_notice(actor, head),
    )
    team = screening.team_choices(head.office_id, actor)
    return show_form(
        request,
        page,
        AcceptForm,
        lambda data: screening.accept_as_new(actor=actor, report_id=report_id, new=_new_case(data)),
        initial={"summary": head.summary, "basis": BasisKind.ANONYMOUS if head.anonymous else ""},
        options={
            "team": team,
            "types": cases.kinds_offered(),
            "with_survivor": any(one.part is Part.SURVIVOR for one in head.named),
        },
    )


def _alike_notice(actor: Actor, head: ReportHead) -> Notice | None:
    if not reports.count_alike(actor, head.id):
        return None
    said = _("Somebody in our records may be the same person. Ask your supervisor before you open a new case.")
    return Notice(said, "warn")


def _new_case(data: Data) -> NewCase:
    team = tuple(TeamPlace(UUID(data[role.value]), role) for role in screening.TEAM_ROLES if data.get(role.value))
    basis = data.get("basis")
    return NewCase(
        types=data["types"],
        title=data["title"],
        risk=Risk(data["risk"]),
        team=team,
        summary=data["summary"],
        basis=BasisKind(basis) if basis else None,
        basis_reason=data.get("basis_reason", ""),
        tasks=tuple(
            FirstTask(str(FIRST_TASKS[task]), team[0].account_id, screening.tomorrow(), TrackKind.RESTORATION)
            for task in data["tasks"]
            if team
        ),
    )


def accept_into(request: ActorRequest, report_id: UUID) -> HttpResponse:
    actor = request.actor
    head = reports.head(actor, "intake:report:accept", report_id)
    page = FormPage(
        title=_("Add it to a case that is open"),
        back=head.url,
        crumbs=head.crumbs,
        submit=_("Add the report to the case"),
        success=_("The report is part of the case now."),
    )

    def save(data: Data) -> UUID:
        found = cases.find_by_code(actor, data["code"])
        if found is None:
            raise CaseNotOpen(field="code")
        chosen = [UUID(key) for key in data.get("people", [])]
        return screening.accept_into(actor=actor, report_id=report_id, case_id=found.id, people=chosen)

    return show_form(
        request,
        page,
        AcceptIntoForm,
        save,
        done=lambda key: reverse("desk:case", args=[key]) if key else head.url,
        options={"people": _people_choices(request, head)},
    )


def _people_choices(request: ActorRequest, head: ReportHead) -> list[tuple[str, str]]:
    labels = people.labels(request.actor, [one.person_id for one in head.named])
    return [
        (
            str(one.person_id),
            _("%(part)s %(code)s") % {"part": PART_LABELS[one.part], "code": labels[one.person_id].code},
        )
        for one in head.named
        if one.person_id in labels
    ]
