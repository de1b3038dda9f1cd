"""Somebody's own plan, for the copy that she gets of what is her own."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access import readings
from amparo.access.actors import Actor
from amparo.aftercare.models import CarePlan, Goal, Service
from amparo.aftercare.queries.person import sees_care
from amparo.aftercare.rules.steps import OPEN_SERVICES
from amparo.aftercare.words import DOMAIN_LABELS, SERVICE_LABELS, CareState, ServiceType
from amparo.cases.queries import CaseHead
from amparo.kernel.words import Compartment
from amparo.vault import sealing
from amparo.web import formats


def plan_of_hers(actor: Actor, head: CaseHead, person_id: UUID) -> list[tuple[str, str]]:
    """The plan that holds, in her words: what matters, goals, and what is arranged. Never the safety plan, whose way
    out and code word must not be found, and no remark of ours. Cost: six queries.
    """
    if not sees_care(actor, head, person_id):
        return []
    about = {"case_id": head.id, "person_id": person_id}
    plans = CarePlan.objects.filter(**about).exclude(state__in=(CareState.DRAFT, CareState.ENDED))
    plan = plans.order_by("-created_at").first()
    readings.opened(head.id, Compartment.CARE)
    lines: list[tuple[str, str]] = []
    if plan is not None:
        matters = sealing.open_row(plan, "matters").text("matters")
        lines += [(_("What matters to you"), matters)] if matters else []
        goals = list(Goal.objects.filter(plan=plan).order_by("created_at", "id"))
        for goal, words in zip(goals, sealing.open_rows(goals, "words"), strict=True):
            by = [_("by %(day)s") % {"day": formats.day(goal.due_on)}] if goal.due_on else []
            lines.append((" · ".join([str(DOMAIN_LABELS[goal.domain]), *by]), words.text("words")))
    services = list(Service.objects.filter(**about, state__in=OPEN_SERVICES).order_by("created_at", "id"))
    for row, words in zip(services, sealing.open_rows(services, "what", "provider"), strict=True):
        # A paper that is found must not tell where she sleeps.
        is_house = row.type == ServiceType.SAFE_HOUSE
        said = "" if is_house else " · ".join(filter(None, (words.text("what"), words.text("provider"))))
        on = [formats.day(row.due_on)] if row.due_on else []
        lines.append((" · ".join([str(SERVICE_LABELS[row.type]), *on]), said))
    return lines
