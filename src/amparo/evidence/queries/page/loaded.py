"""What the page of an item is built from, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.evidence import rules
from amparo.evidence.models import Copy, EvidenceItem
from amparo.evidence.queries.items import (
    SEE,
    EventView,
    FileView,
    events_of,
    file_of,
    load_item,
    reads_custody,
    reads_words,
)
from amparo.evidence.rules import Chain, Party, Step
from amparo.evidence.words import (
    Form,
    Kind,
    State,
)
from amparo.kernel import clock
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import (
    Tone,
)

LATE = timedelta(days=1)
LOOKS = frozenset({Kind.VIEWED})
STATE_TONES: Mapping[str, Tone] = {State.PENDING: "warn", State.ISOLATED: "danger"}
SEAL_KINDS = {
    Kind.SEALED: "put",
    Kind.RE_SEALED: "put",
    Kind.OPENED: "broken",
    Kind.SEAL_CHECKED: "checked",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What every part of the page looks at."""

    actor: Actor
    item: EvidenceItem
    events: list[EventView]
    chain: Chain
    names: Mapping[UUID, str]
    numbers: Mapping[UUID, str]
    words: sealing.Opened | None
    file: FileView | None
    reads_custody: bool
    now: datetime

    def who(self, party: Party | None) -> str:
        if party is None:
            return _("nobody")
        if party.account is not None:
            return self.names.get(party.account, "")
        if party.name and party.organisation:
            return f"{party.name}, {party.organisation}"
        return party.name or party.organisation

    def where(self, place: str) -> str:
        """A place as it was written down; else that it is hidden, whether there is one or not."""
        if self.reads_custody:
            return place
        return _("Hidden in court mode") if self.actor.court else _("Place not shown")

    def url(self, name: str, *more: object) -> str:
        return reverse(f"evidence:{name}", args=[self.item.id, *more])

    def day(self, at: datetime) -> str:
        zone = timezone.get_current_timezone()
        return formats.near_day(at.astimezone(zone).date(), self.now.astimezone(zone).date())

    def clock(self, at: datetime) -> str:
        return formats.clock(at.astimezone(timezone.get_current_timezone()))


_WORDS = (
    "description", "found_where", "found_by", "legal_authority", "packaging", "veil_words", "holding_authority",
    "their_reference", "supplied_hash",
)  # fmt: skip


def _unnamed(party: Party | None) -> Party | None:
    """A hand without what names somebody outside."""
    return Party(name=_("somebody outside")) if party and party.account is None else party


def _unnamed_step(step: Step) -> Step:
    return replace(step, from_=_unnamed(step.from_), to=_unnamed(step.to))


def load_page(actor: Actor, item_id: UUID) -> Page:
    return page_of(actor, load_item(actor, SEE, item_id))


def page_of(actor: Actor, item: EvidenceItem) -> Page:
    """What a page of an item shows; the caller was let in to it."""
    custody = reads_custody(actor, item)
    events = events_of(item, with_words=custody)
    steps = [event.step for event in events]
    people = {account for step in steps for account in (step.actor, step.second) if account}
    people |= {party.account for step in steps for party in (step.from_, step.to) if party and party.account}
    copies = {event.row.copy_id for event in events if event.row.copy_id}
    reads = reads_words(actor, item) and item.isolation_by is None
    chain = rules.chain_of(steps, Form(item.form))
    if not custody:
        # Only now: whether two hands outside are the same one decides on gaps.
        events = [replace(event, step=_unnamed_step(event.step)) for event in events]
        chain = replace(chain, holder=_unnamed(chain.holder))
    return Page(
        actor=actor,
        item=item,
        events=events,
        chain=chain,
        names=access.names_of(people),
        numbers=dict(Copy.objects.filter(pk__in=copies).values_list("id", "code")) if copies else {},
        words=sealing.open_row(item, *_WORDS) if reads else None,
        file=file_of(item) if reads else None,
        reads_custody=custody,
        now=clock.now(),
    )
