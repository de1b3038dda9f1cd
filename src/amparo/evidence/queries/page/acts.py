"""What can be done with the item now."""

from __future__ import annotations

from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.evidence import rules
from amparo.evidence.errors import WaitsForHer
from amparo.evidence.models import EvidenceItem
from amparo.evidence.queries.items import (
    RECORD,
    events_of,
    may_give,
    waits_for_her,
)
from amparo.evidence.queries.page.loaded import Page
from amparo.evidence.words import (
    AWAY,
    ENDED,
    OTHER_KINDS,
    Form,
    Kind,
    State,
)
from amparo.kernel import clock
from amparo.web.sheets import (
    Button,
    Row,
    Section,
)
from amparo.web.translating import message_of

_ACTS: tuple[tuple[Kind, str], ...] = (
    (Kind.RECEIVED, "receive"),
    (Kind.REFUSED, "refuse"),
    (Kind.TAKEN_BACK, "take_back"),
    (Kind.HANDED_OVER, "hand_over"),
    (Kind.SEAL_CHECKED, "check_seal"),
    (Kind.OPENING_ASKED, "open"),
    (Kind.MOVED, "move"),
)


def _act_label(kind: Kind) -> str:
    return {
        Kind.RECEIVED: _("Receive it"),
        Kind.REFUSED: _("Not accept it"),
        Kind.TAKEN_BACK: _("Take it back"),
        Kind.HANDED_OVER: _("Hand over"),
        Kind.SEAL_CHECKED: _("Check the seal"),
        Kind.OPENING_ASKED: _("Open it"),
        Kind.MOVED: _("Move it"),
        Kind.RETURNED: _("Return"),
        Kind.DESTROYING_ASKED: _("Destroy"),
    }[kind]


def acts_sections(page: Page) -> tuple[Section, ...]:
    if page.item.form == Form.REFERENCE or State(page.item.state) in ENDED:
        return ()
    if not policy.decide(page.actor, RECORD, policy.subject_of(page.item)).allowed:
        return _giving(page) if may_give(page.actor, page.item) else ()
    buttons: list[Button] = []
    rows: list[Row] = []
    if page.item.form == Form.PHYSICAL:
        for kind, name in _ACTS:
            _one_act(page, kind, name, buttons, rows)
        rows = _said_once(rows + _refused(page, (Kind.RETURNED, Kind.DESTROYING_ASKED)))
    buttons.append(Button(_("Record something else"), page.url("record_event"), "quiet"))
    return (Section(_("What you can do now"), id="acts", column=2, buttons=tuple(buttons), rows=tuple(rows)),)


def _giving(page: Page) -> tuple[Section, ...]:
    """What somebody may do who took a specimen and hands it on."""
    buttons: list[Button] = []
    rows: list[Row] = []
    for kind, name in _ACTS:
        if kind in (Kind.HANDED_OVER, Kind.TAKEN_BACK):
            _one_act(page, kind, name, buttons, rows)
    return (Section(_("What you can do now"), id="acts", column=2, buttons=tuple(buttons), rows=tuple(rows)),)


def _said_once(rows: list[Row]) -> list[Row]:
    """Acts that are refused for one and the same reason, in one line."""
    by_reason: dict[str, list[str]] = {}
    for row in rows:
        by_reason.setdefault(str(row.title), []).append(str(row.when))
    return [
        Row(when=acts[0], title=reason) if len(acts) == 1 else Row(title=reason, meta=", ".join(acts))
        for reason, acts in by_reason.items()
    ]


def _one_act(page: Page, kind: Kind, name: str, buttons: list[Button], rows: list[Row]) -> None:
    waits = page.chain.pending is not None
    if kind in (Kind.REFUSED, Kind.TAKEN_BACK) and not waits:
        return
    if kind is Kind.RECEIVED and not waits:
        # What comes back, or turns up: always possible, and it names the gap that it opens.
        if page.chain.holder is None or page.chain.holder.account != page.actor.account_id:
            label = _("It came back") if page.chain.state is State.OUTSIDE else _("It came to me otherwise")
            expected = page.chain.state is State.OUTSIDE and not buttons
            buttons.append(Button(label, page.url("came_back"), "" if expected else "quiet"))
        return
    error = rules.why_not(page.chain, kind, page.actor.account_id, page.now)
    if error is None:
        post = kind is Kind.TAKEN_BACK
        buttons.append(Button(_act_label(kind), page.url(name), "" if not buttons else "quiet", post=post))
    else:
        rows.append(Row(when=_act_label(kind), title=message_of(error)))


def _refused(page: Page, kinds: tuple[Kind, ...]) -> list[Row]:
    found = []
    waits = waits_for_her(page.item)
    for kind in kinds:
        error = WaitsForHer() if waits else rules.why_not(page.chain, kind, page.actor.account_id, page.now)
        if error is not None:
            said = message_of(error)
        elif kind is Kind.DESTROYING_ASKED:
            said = _("Needs an order and a second person")
        else:
            said = _("Needs the name of who gets it")
        found.append(Row(when=_act_label(kind), title=said))
    return found


def possible_kinds(actor: Actor, item: EvidenceItem) -> list[Kind]:
    """The other events that could be recorded now; the caller has asked the policy."""
    chain = rules.chain_of((event.step for event in events_of(item)), Form(item.form))
    now = clock.now()
    refused = AWAY if waits_for_her(item) else frozenset()
    return [
        kind
        for kind in OTHER_KINDS
        if kind not in refused and rules.why_not(chain, kind, actor.account_id, now) is None
    ]
