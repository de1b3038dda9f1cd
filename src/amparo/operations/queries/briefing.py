"""The briefing sheet: what the paper says, and nothing more."""

from __future__ import annotations

import re
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.kernel.digest import JsonValue
from amparo.operations.errors import NotNow
from amparo.operations.models import Operation
from amparo.operations.queries.reading import CareView, MemberView, Plan, read
from amparo.operations.words import AHEAD, DUTY_LABELS, LEVEL_LABELS, STATE_LABELS, State
from amparo.papers.typesetting import typeset
from amparo.web import formats


def briefing_sheet(actor: Actor, operation_id: UUID) -> bytes:
    """The briefing sheet as a PDF of one or two pages, marked with who prints it. Raises NotFound, Refused, NotNow.

    Cost: about 25 queries, and some 100 ms of setting.
    """
    policy.load(actor, "operations:plan:print", Operation, operation_id, seen_by="operations:operation:see")
    plan = read(actor, operation_id)
    if plan.where is None or plan.state not in AHEAD:
        raise NotNow
    return typeset(
        "operations/papers/briefing.typ",
        _values(actor, plan),
        language=get_language() or "en",
        at=clock.now(),
    )


def _values(actor: Actor, plan: Plan) -> dict[str, JsonValue]:
    assert plan.where is not None  # noqa: S101
    zone = timezone.get_current_timezone()
    printer = access.names_of([actor.account_id]).get(actor.account_id, "")
    now = formats.moment(clock.now(), zone)
    standing = plan.state in (State.APPROVED, State.BRIEFED)
    return {
        "title": _("Briefing"),
        "code": plan.row.code,
        "state": str(STATE_LABELS[plan.state]),
        "warning": "" if standing else _("Not approved. Nobody sets out on this plan."),
        "foot": _(
            "Printed by %(name)s, %(when)s. Plan %(plan)s. Give it back after the briefing; it is destroyed then."
        )
        % {"name": printer, "when": now, "plan": plan.row.plan},
        "facts": [
            [_("Objective"), plan.words.text("objective")],
            [_("In the lead"), plan.authority_name],
            [_("Legal basis"), plan.words.text("legal_basis")],
            [_("Place"), plan.where.place],
            [_("The team meets"), plan.where.meeting],
            [_("Begins"), formats.moment(plan.where.starts, zone)],
            [_("Ends"), formats.moment(plan.where.ends, zone)],
        ],
        "heads": {
            "team": _("Team, and whom to call"),
            "timeline": _("Timeline"),
            "go": _("Go only if"),
            "abort": _("Stop if"),
            "care": _("Each survivor"),
            "risks": _("Risks"),
            "numbers": _("Also"),
        },
        "team_head": [_("Who"), _("Does"), _("Telephone"), _("Calls")],
        "team": _phone_tree(plan.team),
        "timeline": list(plan.lines("timeline")),
        "go": list(plan.lines("go_items")),
        "abort": list(plan.lines("abort_rules")),
        "care": [_care(care) for care in plan.cares],
        "unexpected": [_("Anybody whom we do not expect"), plan.words.text("unexpected")],
        "risks": [[str(LEVEL_LABELS[risk.level]), risk.hazard, risk.mitigation] for risk in plan.risks],
        "numbers": _left_to_right(plan.words.text("numbers")),
        "remark": ngettext(
            "One survivor, by code only. No name of a survivor is said on the telephone or by radio.",
            "%(count)s survivors, by code only. No name of a survivor is said on the telephone or by radio.",
            len(plan.cares),
        )
        % {"count": len(plan.cares)},
    }


def _phone_tree(team: tuple[MemberView, ...]) -> list[JsonValue]:
    """Each of the team with whom to call."""
    return [
        [one.name, str(DUTY_LABELS[one.duty]), _left_to_right(one.phone), _calls(number, team)]
        for number, one in enumerate(team)
    ]


_NUMBER = re.compile(r"\+?\d[\d ()/-]{3,}\d")


def _left_to_right(text: str) -> str:
    """The text with its telephone numbers kept in their order, also on a paper that runs from right to left."""
    return _NUMBER.sub("\u2066\\g<0>\u2069", text)


def _calls(number: int, team: tuple[MemberView, ...]) -> str:
    """A tree: the lead calls two, each of whom calls two more."""
    first = 2 * number + 1
    return ", ".join(one.name for one in team[first : first + 2])


def _care(care: CareView) -> dict[str, JsonValue]:
    return {
        "code": care.code,
        "lines": [
            [_("Stays with her"), care.stays],
            [_("Medical"), care.medical],
            [_("Interpreter"), care.interpreter],
            [_("Transport"), care.transport],
            [_("Safe place"), care.safe_place],
        ],
    }
