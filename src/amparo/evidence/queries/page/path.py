"""The chain drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.evidence import rules
from amparo.evidence.queries.page.loaded import SEAL_KINDS, Page
from amparo.evidence.rules import Party, Step
from amparo.evidence.words import (
    KIND_LABELS,
    Form,
    Kind,
)
from amparo.web import formats
from amparo.web.drawing import CustodyPath, Hold, PendingHandover, SealMark, custody_path
from amparo.web.sheets import (
    Section,
)


def path_sections(page: Page) -> tuple[Section, ...]:
    if page.item.form != Form.PHYSICAL or not page.events:
        return ()
    drawn = _drawn(page)
    if drawn is None:
        return ()
    return (Section(_("Chain of custody"), id="path", column=0, drawing=drawn),)


def _drawn(page: Page) -> CustodyPath | None:
    holds = _holds(page)
    if not holds:
        return None
    zone = timezone.get_current_timezone()
    pending = page.chain.pending
    waits = None
    if pending is not None:
        title = _("Given to %(name)s, not yet received") % {"name": page.who(pending.to)}
        waits = PendingHandover(page.now.astimezone(zone), page.who(pending.to), title)
    return custody_path(
        holds,
        page.now.astimezone(zone),
        formats.speech(page.now.astimezone(zone).date()),
        seals=[_seal_mark(page, event.step) for event in page.events if event.step.kind in SEAL_KINDS],
        pending=waits,
        tolerance=rules.TOLERANCE,
        rtl=formats.is_rtl(),
    )


def _seal_mark(page: Page, step: Step) -> SealMark:
    title = _("%(what)s, %(day)s") % {"what": KIND_LABELS[step.kind], "day": page.day(step.at)}
    kind = "broken" if step.unbroken is False else SEAL_KINDS[step.kind]
    return SealMark(step.at.astimezone(timezone.get_current_timezone()), kind, title)  # type: ignore[arg-type]


def _holds(page: Page) -> list[Hold]:
    holds: list[Hold] = []
    given: datetime | None = None
    for event in page.events:
        step = event.step
        if step.kind is Kind.HANDED_OVER and step.to and step.to.account is not None:
            given = step.at
        if step.kind in (Kind.REFUSED, Kind.TAKEN_BACK):
            given = None
        if step.kind is Kind.DESTROYED and holds:
            holds[-1] = replace(holds[-1], given_at=step.at.astimezone(timezone.get_current_timezone()))
        hold = _hold(page, step, holds)
        if hold is None:
            continue
        if holds:
            left = (step.given_at or given or step.at).astimezone(timezone.get_current_timezone())
            holds[-1] = replace(holds[-1], given_at=max(left, holds[-1].received_at))
        holds.append(hold)
        given = None
    return holds


def _hold(page: Page, step: Step, before: list[Hold]) -> Hold | None:
    """The hold that an event begins, if it begins one."""
    holder: Party | None
    match step.kind:
        case Kind.COLLECTED | Kind.RECEIVED | Kind.LAB_RETURNED:
            holder = Party(step.actor)
        case Kind.LAB_SUBMITTED | Kind.RETURNED:
            holder = step.to
        case Kind.HANDED_OVER if step.to and step.to.account is None:
            holder = step.to
        case Kind.MOVED:
            name = before[-1].holder if before else ""
            return _made_hold(page, step, name, step.place)
        case _:
            return None
    outside = holder.organisation if holder and holder.account is None else ""
    # The lane bears the organisation's name already.
    name = holder.name if holder and holder.account is None and holder.name else page.who(holder)
    return _made_hold(page, step, name, step.place or outside)


def _made_hold(page: Page, step: Step, name: str, place: str) -> Hold:
    title = _("%(what)s, %(name)s, %(day)s") % {
        "what": KIND_LABELS[step.kind],
        "name": name,
        "day": page.day(step.at),
    }
    lane = page.where(place or _("Place not written down"))
    return Hold(lane, name, step.at.astimezone(timezone.get_current_timezone()), None, title, f"#e{step.seq}")
