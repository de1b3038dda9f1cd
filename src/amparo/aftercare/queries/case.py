"""What aftercare tells about a case: marks on its line, a section of its page, and points of its closing list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access import policy, readings
from amparo.access.actors import Actor
from amparo.access.asking import OfCase
from amparo.aftercare.models import (
    Assessment,
    Client,
    FollowUp,
    Placement,
    RestorationDecision,
    SafetyPlan,
    Service,
)
from amparo.aftercare.queries import scores
from amparo.aftercare.queries.clients import assessment_days, page_url, urgency
from amparo.aftercare.queries.days import today
from amparo.aftercare.queries.person import CLIENT_ROLES, sees_care, withheld
from amparo.aftercare.rules import schedule
from amparo.aftercare.rules.steps import OPEN_SERVICES
from amparo.aftercare.words import (
    CLIENT_LABELS,
    DECISION_LABELS,
    END_LABELS,
    OUTCOME_LABELS,
    PLACEMENT_LABELS,
    SAFETY_LABELS,
    FollowUpState,
    RatingState,
    SafetyState,
)
from amparo.cases import queries as cases
from amparo.cases.moments import Moment
from amparo.cases.words import TrackKind
from amparo.kernel.recall import once
from amparo.kernel.words import Compartment, Role, Sight
from amparo.people import queries as people
from amparo.vault.prepared import ID, Prepared
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.sheets import Empty, Row, Section, Tag

if TYPE_CHECKING:
    from amparo.web.sheets import Text

MarkKind = Literal["done", "decision", "open", "miss"]
SEE = "aftercare:plan:see"
# They work on the case from day to day, so they are told whom to ask.
_COLLEAGUES = (Role.CASEWORKER, Role.SUPERVISOR, Role.INVESTIGATOR, Role.LAWYER, Role.EXAMINER)


def _mark(at: date, label: str, title: str, kind: MarkKind, url: str, until: date | None = None) -> Moment:
    return Moment(TrackKind.RESTORATION, at, label, title, kind, url, until=until)


def marks_of_case(actor: Actor, case_id: UUID) -> list[Moment]:
    """Assessments, decisions, placements, reviews and follow-ups on the restoration track. Cost: some ten queries."""
    if not policy.has(actor, SEE):
        return []
    if not _clients(actor, case_id):
        return []
    readings.opened(case_id, Compartment.CARE)
    marks = [
        *_rated_marks(actor, case_id),
        *_decision_marks(actor, case_id),
        *_placement_marks(actor, case_id),
        *_follow_up_marks(actor, case_id),
        *_due_marks(actor, case_id),
    ]
    return sorted(marks, key=lambda mark: mark.at)


_CLIENTS = OfCase(SEE, Client, lambda rows: rows.order_by("created_at"))
_ASSESSMENTS = OfCase(
    "aftercare:assessment:see", Assessment, lambda rows: rows.filter(second_of_id=None).select_related("instrument")
)
_DECISIONS = OfCase(SEE, RestorationDecision)
_PLACEMENTS = OfCase(SEE, Placement)
_FOLLOW_UPS = OfCase(SEE, FollowUp)


def _clients(actor: Actor, case_id: UUID) -> list[Client]:
    rows = cases.rows_of_case
    return once("clients of case", (actor.account_id, case_id), lambda: rows(actor, _CLIENTS, case_id))


def _rated_marks(actor: Actor, case_id: UUID) -> list[Moment]:
    found = scores.rated(cases.rows_of_case(actor, _ASSESSMENTS, case_id))
    return [
        _mark(
            one.on,
            scores.overall_text(one),
            _("Assessment: %(score)s") % {"score": scores.overall_text(one)},
            "done",
            reverse("aftercare:assessment", args=[one.id]),
        )
        for one in found
    ]


def _decision_marks(actor: Actor, case_id: UUID) -> list[Moment]:
    rows = cases.rows_of_case(actor, _DECISIONS, case_id)
    return [
        _mark(
            row.decided_on,
            str(DECISION_LABELS[row.decision]),
            _("Decision: %(decision)s") % {"decision": DECISION_LABELS[row.decision]},
            "decision",
            f"{page_url(row.case_id, row.person_id)}#restoration",
        )
        for row in rows
    ]


def _placement_marks(actor: Actor, case_id: UUID) -> list[Moment]:
    head = cases.case_head(actor, case_id)
    if policy.sight(actor, Compartment.ADDRESS, head.part(Compartment.ADDRESS)) < Sight.PARTIAL:
        return []
    rows = cases.rows_of_case(actor, _PLACEMENTS, case_id)
    return [
        _mark(
            row.from_on,
            str(PLACEMENT_LABELS[row.kind]),
            str(PLACEMENT_LABELS[row.kind]),
            "done" if row.to_on else "open",
            f"{page_url(row.case_id, row.person_id)}#placement",
            row.to_on or today(),
        )
        for row in rows
    ]


def _follow_up_marks(actor: Actor, case_id: UUID) -> list[Moment]:
    now = today()
    marks = []
    for row in cases.rows_of_case(actor, _FOLLOW_UPS, case_id):
        url = reverse("aftercare:follow_up", args=[row.id])
        page = f"{page_url(row.case_id, row.person_id)}#follow-up"
        if row.state == FollowUpState.PLANNED:
            kind: MarkKind = "miss" if row.due_on < now else "open"
            marks.append(_mark(row.due_on, _("Follow-up"), _("Follow-up planned"), kind, url))
        elif row.done_on is not None:
            kind = "done" if row.state == FollowUpState.DONE else "miss"
            marks.append(_mark(row.done_on, _("Follow-up"), str(OUTCOME_LABELS[row.outcome]), kind, page))
    return marks


def _assessments_due(actor: Actor, case_id: UUID) -> dict[UUID, date | None]:
    """When the next assessment of each client who has not left is due."""
    live = [client for client in _clients(actor, case_id) if client.ended_on is None]
    return once("assessments due", (actor.account_id, case_id), lambda: assessment_days(live))


def _due_marks(actor: Actor, case_id: UUID) -> list[Moment]:
    now = today()
    days = _assessments_due(actor, case_id)
    return [
        _mark(
            day,
            _("Assessment"),
            _("Assessment due"),
            "miss" if day < now else "open",
            page_url(client.case_id, client.person_id),
        )
        for client in _clients(actor, case_id)
        if (day := days.get(client.id)) is not None
    ]


# ---- the section on the case page --------------------------------------------------------------------------


def sections_of_case(actor: Actor, case_id: UUID) -> list[Section]:
    """Who is enrolled and how it stands; for other colleagues on the case, whom to ask. Cost: some ten queries."""
    head = cases.case_head(actor, case_id)
    title = _("Aftercare")
    if not sees_care(actor, head):
        if not actor.holds(*_COLLEAGUES):
            return []
        return [Section(title, id="aftercare", column=2, withheld=(withheld(case_id),))]
    parties = cases.parties(actor, case_id, CLIENT_ROLES)
    persons = list(dict.fromkeys(party.person_id for party in parties if party.left_on is None))
    clients = {client.person_id: client for client in _clients(actor, case_id)}
    labels = people.labels(actor, {*persons, *clients})
    days = _assessments_due(actor, case_id)
    states = _safety_states(case_id)
    rows = [
        _row(client, labels[person].text, days.get(client.id), states.get(person)) for person, client in clients.items()
    ]
    rows += [
        Row(
            title=labels[person].text,
            when=_("Not enrolled"),
            action_label=_("Enrol"),
            action_url=reverse("aftercare:enrol", args=[case_id, person]),
        )
        for person in persons
        if person not in clients
    ]
    return [Section(title, id="aftercare", column=2, rows=tuple(rows), empty=Empty(_("Nobody can be enrolled yet.")))]


_SAFETY = Prepared(
    lambda case_id: (
        SafetyPlan.objects.filter(case_id=case_id)
        .exclude(state=SafetyState.RETIRED)
        .order_by("-state")
        .values_list("person_id", "state")
    ),
    ID,
)


def _safety_states(case_id: UUID) -> dict[UUID, str]:
    return dict(_SAFETY.rows(case_id))


def _row(client: Client, who: Text, due: date | None, safety: str | None) -> Row:
    now = today()
    url = page_url(client.case_id, client.person_id)
    if client.ended_on is not None:
        return Row(
            title=who,
            when=_("Ended"),
            meta=END_LABELS[client.end_reason],
            url="",
            action_label=_("Open"),
            action_url=url,
        )
    plan = _("safety plan: %(state)s") % {"state": SAFETY_LABELS[safety]} if safety else _("no safety plan")
    said = _("next assessment %(day)s") % {"day": formats.near_day(due, now)} if due else ""
    late = due is not None and urgency(due, now) == "late"
    return Row(
        title=who,
        when=CLIENT_LABELS[client.kind],
        meta=_("%(plan)s; %(assessment)s") % {"plan": plan, "assessment": said} if said else plan,
        tag=Tag(_("late"), "warn") if late else None,
        action_label=_("Open"),
        action_url=url,
    )


# ---- closing -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Check:
    """One point of the closing checklist; `detail` says how much is missing."""

    code: str
    label: str
    met: bool
    detail: str = ""


def closing_checks(case_id: UUID) -> list[Check]:
    """What has to be done for the clients of a case before it is closed. Nobody enrolled: nothing to do.

    The caller has asked the policy for the case; no words are opened. Cost: five queries.
    """
    everybody = list(Client.objects.filter(case_id=case_id))
    persons = {client.person_id for client in everybody if client.ended_on is None}
    if not everybody:
        return []
    now = today()
    about = {"case_id": case_id, "person_id__in": persons}
    safety = dict(
        SafetyPlan.objects.filter(**about, state=SafetyState.REVIEWED, review_on__gte=now).values_list(
            "person_id", "reviewed_on"
        )
    )
    rated = {
        person
        for person, on in Assessment.objects.filter(**about, second_of_id=None)
        .exclude(state=RatingState.DRAFT)
        .values_list("person_id", "rated_on")
        if schedule.is_recent(on, now)
    }
    followed = set(FollowUp.objects.filter(**about).values_list("person_id", flat=True))
    waiting = Service.objects.filter(case_id=case_id, state__in=OPEN_SERVICES).values_list("id", flat=True)
    still_open = len(waiting)
    return [
        _check("safety_plan_reviewed", _("Every safety plan is reviewed"), len(persons - safety.keys())),
        _check("services_resolved", _("Every service is delivered, declined or not available"), still_open),
        _check("final_assessment", _("Everybody is assessed in the last three months"), len(persons - rated)),
        _check("follow_up_planned", _("Follow-up is planned for everybody"), len(persons - followed)),
    ]


def _check(code: str, label: str, missing: int) -> Check:
    return Check(code, label, missing == 0, _("%(count)s missing") % {"count": missing} if missing else "")
