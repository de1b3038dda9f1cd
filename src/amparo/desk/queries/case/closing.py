"""The closing checklist of a case."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.aftercare import queries as aftercare
from amparo.cases import queries
from amparo.cases.queries import (
    CaseHead,
)
from amparo.cases.rules import Check
from amparo.cases.views.around import case_url
from amparo.cases.words import (
    CLOSURE_LABELS,
    CaseState,
)
from amparo.journeys import closing
from amparo.web import formats
from amparo.web.sheets import (
    Button,
    Crumb,
    Fact,
    Name,
    Row,
    Section,
    Sheet,
    Tag,
    Withheld,
)

CHECK_LABELS: Mapping[str, str | Promise] = {
    "tracks_terminal": gettext_lazy("All four tracks have come to an end"),
    "promises_settled": gettext_lazy("Every promise is kept or released"),
    "tasks_settled": gettext_lazy("Every task is done or dropped"),
    "conferences_settled": gettext_lazy("Every conference was held, or is not held"),
    "examinations_sealed": gettext_lazy("Every examination that was begun is sealed"),
    "appointments_settled": gettext_lazy("Every planned examination was begun or cancelled"),
    "threats_closed": gettext_lazy("Every threat is closed"),
    "orders_looked_at": gettext_lazy("No order has ended without somebody having looked at it"),
    "interviews_sealed": gettext_lazy("Every interview is sealed, or was not held"),
    "referrals_resolved": gettext_lazy("Every referral has come to an answer"),
    "releases_ended": gettext_lazy("Nothing that was released is still open"),
    "kits_settled": gettext_lazy("No kit waits to be fetched, examined or decided about"),
}
# Where what is open is found on the page of the case.
_ANCHORS: Mapping[str, str] = {
    "promises_settled": "promises",
    "tasks_settled": "tasks",
    "conferences_settled": "conferences",
    "orders_looked_at": "orders",
    "examinations_sealed": "examinations",
    "appointments_settled": "examinations",
    "kits_settled": "kits",
}


def closing_sheet(actor: Actor, case_id: UUID) -> Sheet:
    """The closing checklist of a case, and what can be done about it."""
    head = queries.case_head(actor, case_id)
    points = closing.checklist(head)
    care = {check.code: check for check in aftercare.closing_checks(case_id)}
    asked = queries.closing_of_case(actor, head)
    # What is open tells of examinations, kits and partners: it is for who asks for closing or decides about it.
    concerned = any(policy.decide(actor, act, head.subject).allowed for act in _CONCERNED)
    rows = tuple(_check_row(head, check, care.get(check.code)) for check in points.checks) if concerned else ()
    return Sheet(
        title=_("Closing the case"),
        crumbs=(Crumb(_("Cases"), reverse("cases:cases")), Crumb(head.code, case_url(case_id), code=True)),
        lede=_("A case closes when everything is settled and somebody else than the one who asks agrees."),
        buttons=_closing_buttons(actor, head, points.is_met),
        sections=(
            Section(_("Checklist"), column=1, rows=rows, withheld=() if concerned else (_NOT_CONCERNED,)),
            *(() if asked is None else (_asked_section(asked),)),
        ),
    )


_CONCERNED = ("cases:closing:request", "cases:closing:approve")
_NOT_CONCERNED = Withheld(
    gettext_lazy("Checklist"), gettext_lazy("It is for those who ask for closing, and who decide about it.")
)


def _check_row(head: CaseHead, check: Check, care: aftercare.Check | None) -> Row:
    if check.met:
        return Row(title=_check_label(check, care), tag=Tag(_("met"), "ok"))
    lines: tuple[str, ...] = (care.detail,) if care is not None and care.detail else ()
    if care is None and check.detail:
        lines = (ngettext("%(count)s is open", "%(count)s are open", check.detail) % {"count": check.detail},)
    return Row(
        title=_check_label(check, care),
        lines=lines,
        tag=Tag(_("open"), "warn"),
        action_label=_("See what is open"),
        action_url=_where(head, check.code),
    )


def _check_label(check: Check, care: aftercare.Check | None) -> str:
    return str(CHECK_LABELS.get(check.code) or (care.label if care is not None else check.code))


def _where(head: CaseHead, code: str) -> str:
    """Where it is settled; there the reader finds as much of it as she may see."""
    if code in ("referrals_resolved", "releases_ended"):
        return reverse("referrals:of_case", args=[head.id])
    return case_url(head.id, _ANCHORS.get(code, "aftercare" if code not in CHECK_LABELS else ""))


def _closing_buttons(actor: Actor, head: CaseHead, is_met: bool) -> tuple[Button, ...]:
    may_decide = policy.decide(actor, "cases:closing:approve", head.subject).allowed
    if head.state is CaseState.CLOSED:
        return (Button(_("Open the case again"), reverse("desk:reopen", args=[head.id])),) if may_decide else ()
    if head.state is CaseState.CLOSING and may_decide:
        return (
            Button(_("Approve"), reverse("desk:approve_closing", args=[head.id])),
            Button(_("Leave it open"), reverse("desk:decline_closing", args=[head.id]), tone="quiet"),
        )
    may_ask = policy.decide(actor, "cases:closing:request", head.subject).allowed
    if head.state is CaseState.OPEN and may_ask and is_met:
        return (Button(_("Ask to close"), reverse("desk:ask_to_close", args=[head.id])),)
    return ()


def _asked_section(asked: queries.ClosingView) -> Section:
    states = {"asked": _("Asked"), "approved": _("Approved"), "declined": _("Left open")}
    facts = [
        Fact(_("State"), states.get(asked.state, asked.state)),
        Fact(_("Asked by"), Name(asked.asked_by_name)),
        Fact(_("Reason"), str(CLOSURE_LABELS.get(asked.reason, asked.reason))),
        Fact(_("Kept until"), formats.day(asked.retain_until)),
    ]
    facts += [Fact(_("Remark"), Name(asked.remark))] if asked.remark else []
    facts += [Fact(_("Answer"), Name(asked.answer))] if asked.answer else []
    return Section(_("The last request"), column=2, facts=tuple(facts))
