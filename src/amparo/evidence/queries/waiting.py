"""What waits for somebody: a gap to be explained, an item to be received, and what a second person must confirm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor, actor_of
from amparo.access.asking import OfReader
from amparo.cases.moments import Due
from amparo.evidence import rules
from amparo.evidence.errors import NotAsked, NotTheSecond
from amparo.evidence.models import EvidenceItem
from amparo.evidence.queries.items import (
    MOST,
    RECORD,
    REGISTER,
    ItemLine,
    chain_of,
    gaps_said,
    lines_of,
)
from amparo.evidence.rules import Step
from amparo.evidence.words import Kind, State
from amparo.kernel import clock
from amparo.vault.prepared import ID
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.sheets import Code, Name, Text

_WITH_GAPS = OfReader(
    RECORD, EvidenceItem, lambda rows, me: rows.filter(holder_id=me, open_gaps__gt=0).order_by("id")[:MOST], ID
)
_GIVEN = OfReader(RECORD, EvidenceItem, lambda rows, me: rows.filter(pending_id=me).order_by("pending_at")[:MOST], ID)
_NAMED = OfReader(RECORD, EvidenceItem, lambda rows, me: rows.filter(second_id=me).order_by("id")[:MOST], ID)
_ISOLATIONS = OfReader(
    REGISTER,
    EvidenceItem,
    lambda rows, me: (
        rows.filter(isolation_by__isnull=False)
        .exclude(state=State.ISOLATED)
        .exclude(isolation_by=me)
        .order_by("id")[:MOST]
    ),
    ID,
)


def due_for(actor: Actor, until: date) -> list[Due]:
    """Gaps of items in the actor's hands, which wait for an explanation. Cost: four queries."""
    rows = _WITH_GAPS.rows(actor, actor.account_id)
    return [
        Due(
            None,
            (Code(line.code), gaps_said(line.open_gaps)),
            Name(line.description),
            reverse("evidence:item", args=[line.id]),
            _("Explain the gap"),
            "late",
            line.case_id,
        )
        for line in lines_of(actor, rows)
    ]


def waiting_for(actor: Actor) -> list[Due]:
    """Items that wait for the actor: to be received, or to be confirmed as the second person. Cost: six queries."""
    return [*_to_receive(actor), *_to_confirm(actor)]


def _to_receive(actor: Actor) -> list[Due]:
    rows = _GIVEN.rows(actor, actor.account_id)
    now = clock.now()
    since = {row.id: row.pending_at for row in rows}
    zone = timezone.get_current_timezone()
    found = []
    for line in lines_of(actor, rows):
        given = since[line.id]
        found.append(
            Due(
                given.astimezone(zone).date() if given else None,
                (Code(line.code), Name(line.description)),
                _("%(name)s handed it over to you.") % {"name": line.holder},
                reverse("evidence:receive", args=[line.id]),
                _("Receive it"),
                "late" if given and now - given > rules.TOLERANCE else "soon",
                line.case_id,
            )
        )
    return found


# ---- the second person --------------------------------------------------------------------------------------


def _to_confirm(actor: Actor) -> list[Due]:
    """What the actor was named for as the second person, and isolations that anybody else may confirm."""
    rows = [*_NAMED.rows(actor, actor.account_id), *_ISOLATIONS.rows(actor, actor.account_id)]
    return [_confirmation(line) for line in lines_of(actor, rows)]


def _confirmation(line: ItemLine) -> Due:
    isolating = line.isolation_asked
    page = "evidence:isolate" if isolating else "evidence:confirm_second"
    said = _("A colleague asked that a file is isolated.") if isolating else _("You are named as the second person.")
    return Due(
        None,
        (Code(line.code), Name(line.description)),
        said,
        reverse(page, args=[line.id]),
        _("Confirm"),
        "soon",
        line.case_id,
    )


def somebody_answers(item: EvidenceItem, asked: Step) -> bool:
    """Whether who recorded it or who was named can still say something: one of them may record custody of it."""
    subject = policy.subject_of(item)
    return any(
        access.office_of_open_account(key) is not None and policy.decide(actor_of(key), RECORD, subject).allowed
        for key in (asked.actor, asked.second)
        if key is not None
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the second person; others only end it: who recorded it, or anybody where both are gone."""

    is_mine: bool
    may_confirm: bool
    is_grave: bool
    question: str
    lines: tuple[Text, ...]


def waits_for_second(actor: Actor, item: EvidenceItem) -> Asked:
    """What was recorded and waits for a second person; the caller has asked the policy.

    Raises NotAsked where nothing waits, NotTheSecond for who neither recorded it nor was named while one of the two
    can still answer.
    """
    asked = chain_of(item).asked
    if asked is None or asked.second is None:
        raise NotAsked
    if actor.account_id not in (asked.actor, asked.second) and somebody_answers(item, asked):
        raise NotTheSecond
    is_mine, is_second = asked.actor == actor.account_id, asked.second == actor.account_id
    does = (
        _("If you say yes, it counts, with your name as the second person. This was recorded:")
        if is_second
        else _("It does not count, and the item stands as it did before. This was recorded:")
    )
    is_grave = is_second and asked.kind is Kind.DESTROYING_ASKED
    return Asked(is_mine, is_second, is_grave, _question(asked, is_mine, is_second), (does, *_told(asked)))


def _question(asked: Step, is_mine: bool, is_second: bool) -> str:
    if is_mine:
        return _("Take it back")
    if not is_second:
        return _("Say that it does not count")
    if asked.kind is Kind.OPENING_ASKED:
        return _("Confirm that it was opened")
    return _("Confirm that it was destroyed")


def _told(asked: Step) -> tuple[Text, ...]:
    """What stands in the line that is to be confirmed."""
    zone = timezone.get_current_timezone()
    names = access.names_of([asked.actor])
    pairs: tuple[tuple[str, Text], ...] = (
        (_("Recorded by:"), Name(names.get(asked.actor, ""))),
        (_("When:"), formats.when(asked.at, clock.now(), zone)),
        (_("Seal read:"), Code(asked.seal_before) if asked.seal_before else ""),
        (_("Seal put on:"), Code(asked.seal_after) if asked.seal_after else ""),
        (_("Place:"), Name(asked.place) if asked.place else ""),
        (_("Paper:"), Name(asked.order) if asked.order else ""),
        (_("Why:"), Name(asked.reason) if asked.reason else ""),
    )
    return tuple((label, value) for label, value in pairs if value)  # type: ignore[misc]
