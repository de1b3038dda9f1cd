"""What partners were asked to do for leads: in the lines of a lead, and what is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy, readings
from amparo.access.actors import Actor
from amparo.access.asking import OfReader
from amparo.cases import queries as cases
from amparo.cases.queries import CaseHead
from amparo.investigations.errors import AskSettled
from amparo.investigations.models import LeadAsk
from amparo.investigations.queries.words import MOST, due_said, today
from amparo.investigations.words import AskState, LeadState
from amparo.kernel.words import Compartment
from amparo.partners import queries as partners
from amparo.vault import sealing
from amparo.vault.prepared import DAY, ID
from amparo.web import formats
from amparo.web.sheets import Name, Text

SEE = "investigations:lead:see"
CHANGE = "investigations:lead:change"


@dataclass(frozen=True, slots=True)
class ToAsk:
    """Officials and units of the directory."""

    officials: list[tuple[str, str]]
    units: list[tuple[str, str]]


def officials_to_ask(actor: Actor) -> ToAsk:
    """Who of the partners may be asked. Cost: about 12 queries."""
    return ToAsk(partners.official_choices(actor), partners.unit_choices(actor))


@dataclass(frozen=True, slots=True)
class AskForm:
    head: CaseHead
    asked: str = field(repr=False)


def ask_for(actor: Actor, ask_id: UUID) -> AskForm:
    """What was asked and waits for an answer. Raises NotFound, Refused, AskSettled."""
    row = policy.load(actor, CHANGE, LeadAsk, ask_id, seen_by=SEE)
    if row.state != AskState.ASKED:
        raise AskSettled
    readings.opened(row.case_id, Compartment.INVESTIGATION)
    return AskForm(cases.case_head(actor, row.case_id), sealing.open_row(row, "asked").text("asked"))


def lines_of(lead_ids: Collection[UUID], *, may: bool) -> dict[UUID, list[Text]]:
    """What was asked for each of these leads, in words; the caller has asked the policy for all of it.

    Cost: one query where nobody was asked, eight else.
    """
    rows = list(LeadAsk.objects.filter(lead_id__in=lead_ids).order_by("asked_on", "id"))
    found: dict[UUID, list[Text]] = defaultdict(list)
    if not rows:
        return found
    names = partners.names_of({key for row in rows for key in (row.known_id, row.unit_id) if key})
    for row, words in zip(rows, sealing.open_rows(rows, "name", "asked", "answer"), strict=True):
        of = _of(row, words.text("name"), names)
        found[row.lead_id].append((_("Asked of"), Name(of), "·", Name(words.text("asked")), "·", _standing(row)))
        if row.state == AskState.ANSWERED:
            found[row.lead_id].append((_("Their answer:"), Name(words.text("answer"))))
        elif row.state == AskState.ASKED and may:
            found[row.lead_id].append(
                (
                    Name(_("Write down their answer"), url=reverse("investigations:answer_ask", args=[row.id])),
                    "·",
                    Name(_("Not needed any more"), url=reverse("investigations:drop_ask", args=[row.id])),
                )
            )
    return found


def _of(row: LeadAsk, own: str, names: dict[UUID, str]) -> str:
    parts = [names.get(key, "") for key in (row.known_id, row.unit_id) if key]
    return _(", ").join(part for part in (own, *parts) if part)


def _standing(row: LeadAsk) -> str:
    if row.state == AskState.ANSWERED and row.answered_on:
        return _("answered on %(day)s") % {"day": formats.day(row.answered_on)}
    if row.state == AskState.DROPPED:
        return _("not needed any more")
    return _("asked on %(asked)s, answer due: %(due)s") % {
        "asked": formats.day(row.asked_on),
        "due": due_said(row.due_on, today()),
    }


_DUE = OfReader(
    CHANGE,
    LeadAsk,
    lambda rows, account_id, until: rows.filter(
        lead__assigned_id=account_id, lead__state=LeadState.OPEN, state=AskState.ASKED, due_on__lte=until
    ).order_by("due_on", "id")[:MOST],
    ID,
    DAY,
)


def asks_due(actor: Actor, until: date) -> Sequence[LeadAsk]:
    """What partners should have answered by a day about the actor's own leads. Cost: one query."""
    return _DUE.rows(actor, actor.account_id, until)
