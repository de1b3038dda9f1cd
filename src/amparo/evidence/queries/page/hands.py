"""Every hand through which the item went."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.evidence.queries.copies import COPY, copy_url
from amparo.evidence.queries.items import (
    EventView,
)
from amparo.evidence.queries.page.about import reference_facts
from amparo.evidence.queries.page.head import gap_title
from amparo.evidence.queries.page.loaded import LATE, LOOKS, SEAL_KINDS, Page
from amparo.evidence.rules import Break
from amparo.evidence.words import (
    CONDITION_LABELS,
    EXPORT_LABELS,
    KIND_LABELS,
    REFUSAL_LABELS,
    Form,
    Kind,
)
from amparo.web.sheets import (
    Code,
    Name,
    Part,
    Row,
    Section,
    Strong,
    Tag,
    Text,
    Withheld,
    dotted,
)


def hands_section(page: Page) -> Section:
    shown = [event for event in reversed(page.events) if event.step.kind not in LOOKS]
    if page.item.form == Form.REFERENCE:
        return Section(
            _("Where it is"),
            id="hands",
            facts=reference_facts(page),
            withheld=() if page.words else (Withheld(_("Where it is")),),
        )
    hidden = Withheld(_("Who had it outside, places, papers and reasons"))
    return Section(
        _("Every hand, newest first"),
        id="hands",
        rows=tuple(_hand(page, event) for event in shown),
        withheld=() if page.reads_custody else (hidden,),
    )


def _hand(page: Page, event: EventView) -> Row:
    step = event.step
    gaps = [gap for gap in page.chain.gaps if gap.seq == step.seq]
    lines: list[Text] = [] if not event.reason else [Name(event.reason)]
    for gap in gaps:
        lines += _explanation(page, gap)
    return Row(
        when=page.day(step.at),
        title=_what(page, event),
        meta=_meta(page, event),
        lines=tuple(lines),
        tag=_signed(page, event, gaps),
    )


def _explanation(page: Page, gap: Break) -> list[Text]:
    said: list[Text] = [Strong(gap_title(page, gap))]
    told = next((e for e in page.events if e.step.seq == gap.explained_by), None)
    if told is not None and not page.reads_custody:
        said.append(_("Explained by %(name)s") % {"name": page.names.get(told.step.actor, "")})
    elif told is not None:
        by = _("Explained by %(name)s:") % {"name": page.names.get(told.step.actor, "")}
        said.append((by, Name(told.reason)))
    return said


def _what(page: Page, event: EventView) -> Text:
    step = event.step
    label = Strong(KIND_LABELS[step.kind])
    match step.kind:
        case Kind.HANDED_OVER | Kind.LAB_SUBMITTED | Kind.RETURNED:
            return (label, _("to %(name)s, %(time)s") % {"name": page.who(step.to), "time": page.clock(step.at)})
        case Kind.RECEIVED | Kind.LAB_RETURNED:
            giver = page.who(step.from_) if step.from_ else ""
            said = _("by %(name)s, %(time)s") % {
                "name": page.names.get(step.actor, ""),
                "time": page.clock(step.at),
            }
            return (label, said, _("from %(name)s") % {"name": giver}) if giver else (label, said)
        case Kind.SEAL_CHECKED if step.unbroken is False:
            return (label, _("broken"))
        case Kind.SEAL_CHECKED:
            return (label, _("unbroken"))
        case Kind.VERIFIED_HASH:
            return (label, _("the same") if step.unbroken else _("not the same"))
        case Kind.CORRECTED:
            return (label, _("line %(number)s") % {"number": step.about_seq})
        case _:
            return label


def _copy_number(page: Page, maker: UUID, copy_id: UUID) -> Code:
    """The number of a copy, with the way to its page for who made it."""
    mine = maker == page.actor.account_id and policy.has(page.actor, COPY)
    return Code(page.numbers[copy_id], copy_url(copy_id) if mine else "")


def _meta(page: Page, event: EventView) -> Text:
    step, row = event.step, event.row
    by = page.names.get(step.actor, "")
    number = _("Line %(number)s") % {"number": step.seq}
    groups: list[tuple[Part, ...]] = [(number,)]
    if step.second is not None:
        names = {"name": by, "second": page.names.get(step.second, "")}
        groups.append((_("%(name)s, with %(second)s") % names,))
    elif step.kind is not Kind.RECEIVED:
        groups.append((Name(by),))
    if row.condition:
        groups.append((_("Condition: %(condition)s") % {"condition": CONDITION_LABELS[row.condition]},))
    if row.copy_id is not None:
        groups.append((_copy_number(page, row.actor_id, row.copy_id),))
    if row.reason_code:
        groups.append((_reason_label(step.kind, row.reason_code),))
    written: list[tuple[Part, Part, str]] = [
        (_("Seal read:"), Code(step.seal_before), step.seal_before),
        (_("Seal put on:"), Code(step.seal_after), step.seal_after),
        (_("Place:"), Name(step.place), step.place),
        (_("Paper:"), Name(event.order), event.order),
    ]
    groups += [(label, part) for label, part, words in written if words]
    return dotted(groups)


def _reason_label(kind: Kind, code: str) -> str:
    labels = REFUSAL_LABELS if kind is Kind.REFUSED else EXPORT_LABELS
    return str(labels.get(code, ""))


def _signed(page: Page, event: EventView, gaps: list[Break]) -> Tag | None:
    """What the line is worth: two hands, one hand, or a break."""
    if any(gap.explained_by is None for gap in gaps):
        return Tag(_("gap"), "danger")
    if gaps:
        return Tag(_("gap, explained"), "warn")
    step = event.step
    if step.kind is Kind.HANDED_OVER:
        return _offer_tag(page, event)
    if step.kind is Kind.RECEIVED:
        if step.from_ and step.from_.account is not None:
            return Tag(_("both signed"), "ok")
        return Tag(_("on paper"), "") if event.has_paper else Tag(_("one signature"), "warn")
    if page.chain.asked is not None and page.chain.asked.seq == step.seq:
        return Tag(_("not yet confirmed"), "warn")
    if step.kind in (*SEAL_KINDS, Kind.DESTROYED) and step.second is not None:
        return Tag(_("two people"), "ok")
    if event.row.recorded_at - event.row.occurred_at > LATE and step.seq > 1:
        return Tag(_("written down late"), "warn")
    return None


def _offer_tag(page: Page, event: EventView) -> Tag:
    step = event.step
    if step.to and step.to.account is None:
        return Tag(_("on paper"), "") if event.has_paper else Tag(_("one signature"), "warn")
    if page.chain.pending is not None and page.chain.pending.seq == step.seq:
        return Tag(_("not yet received"), "warn")
    return Tag(_("signed"), "ok")
