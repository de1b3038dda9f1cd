"""The head of the page: state, holder, gaps."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.evidence.models import EvidenceItem
from amparo.evidence.queries.items import (
    RECORD,
    REGISTER,
)
from amparo.evidence.queries.page.loaded import STATE_TONES, Page
from amparo.evidence.queries.waiting import somebody_answers
from amparo.evidence.rules import Break, Chain
from amparo.evidence.words import (
    GAP_LABELS,
    STATE_LABELS,
    Form,
    Gap,
    Kind,
    State,
)
from amparo.web import formats
from amparo.web.sheets import (
    Button,
    Code,
    Notice,
    Tag,
    Text,
)


def part_of(item: EvidenceItem) -> Text:
    if item.parent_id is None:
        return ""
    parent = EvidenceItem.objects.only("code").get(pk=item.parent_id)
    return (_("Part of"), Code(parent.code, reverse("evidence:item", args=[item.parent_id])))


def tags_of(page: Page) -> tuple[Tag, ...]:
    state = State(page.item.state)
    found = [Tag(STATE_LABELS[state], STATE_TONES.get(state, "on"))]
    open_gaps = len(page.chain.open_gaps)
    if open_gaps:
        said = ngettext("%(count)s gap, not explained", "%(count)s gaps, not explained", open_gaps)
        found.append(Tag(said % {"count": open_gaps}, "danger"))
    if page.chain.holds:
        found.append(Tag(_("Must be kept"), "warn"))
    return tuple(found)


def holder_said(page: Page) -> str:
    """The sentence of the page: who has it, sealed or not, where."""
    chain, item = page.chain, page.item
    match State(item.state):
        case State.ELSEWHERE:
            return _("An authority holds it. Nothing of it is here.")
        case State.ISOLATED:
            return _("This file is isolated. Nothing shows it.")
        case State.RETURNED:
            return _("It was returned to %(name)s.") % {"name": page.who(chain.holder)}
        case State.DESTROYED:
            return _("It was destroyed.")
        case State.OUTSIDE if not page.reads_custody:
            return _("The item is with somebody outside.")
        case State.OUTSIDE:
            return _("%(name)s has it.") % {"name": page.who(chain.holder)}
        case State.PENDING:
            given_to = page.who(chain.pending.to) if chain.pending else ""
            return _("%(name)s gave it to %(other)s, who has not received it yet.") % {
                "name": page.who(chain.holder),
                "other": given_to,
            }
        case _:
            return _held_said(page)


def _held_said(page: Page) -> str:
    chain = page.chain
    if page.item.form == Form.FILE:
        return _("The file is in our sealed store.")
    said = {"name": page.who(chain.holder), "place": chain.place}
    if chain.seal and chain.place:
        return _("%(name)s holds it, sealed, here: %(place)s.") % said
    if chain.seal:
        return _("%(name)s holds it, sealed.") % said
    if chain.place:
        return _("%(name)s holds it, not sealed, here: %(place)s.") % said
    return _("%(name)s holds it, not sealed.") % said


def gaps_said(chain: Chain) -> str:
    count = len(chain.open_gaps)
    if not count:
        return ""
    return ngettext("%(count)s gap must be explained.", "%(count)s gaps must be explained.", count) % {"count": count}


def notices_of(page: Page) -> tuple[Notice, ...]:
    may = policy.decide(page.actor, RECORD, policy.subject_of(page.item)).allowed
    found = [
        Notice(
            _("The gap stays in the record, beside its explanation."),
            "danger",
            gap_title(page, gap),
            Button(_("Explain the gap"), page.url("explain_gap", gap.seq, gap.kind.value), "grave") if may else None,
        )
        for gap in page.chain.open_gaps
    ]
    found += _waits_for_second(page, may)
    if page.item.isolation_by is not None and page.item.state != State.ISOLATED:
        others = page.item.isolation_by != page.actor.account_id
        may_confirm = others and policy.decide(page.actor, REGISTER, policy.subject_of(page.item)).allowed
        found.append(
            Notice(
                _("Nobody is shown the file any more. A second colleague must confirm that it is isolated."),
                "danger",
                _("A colleague asked that this file is isolated."),
                Button(_("Confirm"), page.url("isolate"), "grave") if may_confirm else None,
            )
        )
    return tuple(found)


def _waits_for_second(page: Page, may: bool) -> list[Notice]:
    """What a second person has to confirm, with the button for her, for who recorded it, and where both are gone."""
    asked = page.chain.asked
    if asked is None or asked.second is None:
        return []
    names = {"name": page.names.get(asked.actor, ""), "second": page.names.get(asked.second, "")}
    said = {
        Kind.OPENING_ASKED: _("%(name)s recorded that it was opened. It counts once %(second)s has confirmed it."),
        Kind.DESTROYING_ASKED: _(
            "%(name)s recorded that it was destroyed. It counts once %(second)s has confirmed it."
        ),
    }
    labels = {asked.second: _("Confirm or not"), asked.actor: _("Take it back")}
    label = labels.get(page.actor.account_id)
    if label is None and may and not somebody_answers(page.item, asked):
        label = _("Say that it does not count")
    button = Button(label, page.url("confirm_second"), "grave") if label else None
    return [Notice(said[asked.kind] % names, "warn", "", button)]


def gap_title(page: Page, gap: Break) -> str:
    if gap.kind is Gap.TIME:
        return _("Nobody held it for %(length)s, until %(day)s.") % {
            "length": formats.duration(gap.until - gap.since),
            "day": page.day(gap.until),
        }
    return _("%(gap)s: %(day)s.") % {"gap": GAP_LABELS[gap.kind], "day": page.day(gap.until)}
