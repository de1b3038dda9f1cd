"""The page of an item: who holds it, its path, every hand, what can be done now, its file and the proof."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.evidence import rules
from amparo.evidence.models import EvidenceItem
from amparo.evidence.queries.items import (
    RECORD,
    REGISTER,
    SEE,
    VIEW,
    EventView,
    FileView,
    crumbs_of_item,
    events_of,
    file_of,
    load_item,
    may_give,
    proof_of,
    reads_words,
)
from amparo.evidence.rules import Break, Chain, Party, Step
from amparo.evidence.words import (
    AUTHORITY_LABELS,
    CATEGORY_LABELS,
    CONDITION_LABELS,
    ENDED,
    EXPORT_LABELS,
    GAP_LABELS,
    KIND_LABELS,
    OTHER_KINDS,
    REFUSAL_LABELS,
    STATE_LABELS,
    STORAGE_LABELS,
    Form,
    Gap,
    Kind,
    State,
)
from amparo.kernel import clock, digest
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Compartment
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.drawing import CustodyPath, Hold, PendingHandover, SealMark, custody_path
from amparo.web.sheets import (
    Button,
    Code,
    Fact,
    Name,
    Notice,
    Part,
    Row,
    Section,
    Sheet,
    Strong,
    Tag,
    Text,
    Tone,
    Veil,
    Withheld,
)
from amparo.web.translating import message_of

_LATE = timedelta(days=1)
_LOOKS = frozenset({Kind.VIEWED})
_STATE_TONES: Mapping[str, Tone] = {State.PENDING: "warn", State.ISOLATED: "danger"}
_SEAL_KINDS = {
    Kind.SEALED: "put",
    Kind.RE_SEALED: "put",
    Kind.OPENED: "broken",
    Kind.SEAL_CHECKED: "checked",
}


@dataclass(frozen=True, slots=True)
class _Page:
    """What every part of the page looks at."""

    actor: Actor
    item: EvidenceItem
    events: list[EventView]
    chain: Chain
    names: Mapping[UUID, str]
    words: sealing.Opened | None
    file: FileView | None
    now: datetime

    def who(self, party: Party | None) -> str:
        if party is None:
            return _("nobody")
        if party.account is not None:
            return self.names.get(party.account, "")
        if party.name and party.organisation:
            return f"{party.name}, {party.organisation}"
        return party.name or party.organisation

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


def _load(actor: Actor, item_id: UUID) -> _Page:
    item = load_item(actor, SEE, item_id)
    events = events_of(item)
    steps = [event.step for event in events]
    people = {account for step in steps for account in (step.actor, step.second) if account}
    people |= {party.account for step in steps for party in (step.from_, step.to) if party and party.account}
    reads = reads_words(actor, item) and item.isolation_by is None
    return _Page(
        actor=actor,
        item=item,
        events=events,
        chain=rules.chain_of(steps, Form(item.form)),
        names=access.names_of(people),
        words=sealing.open_row(item, *_WORDS) if reads else None,
        file=file_of(item) if reads else None,
        now=clock.now(),
    )


def item_page(actor: Actor, item_id: UUID) -> Sheet:
    """The page of an item. Cost: about 20 queries."""
    page = _load(actor, item_id)
    readings.opened(page.item.case_id, Compartment.EVIDENCE)
    item = page.item
    described = page.words.text("description") if page.words else ""
    sections = (
        *_path(page),
        _hands(page),
        *_acts(page),
        *_about(page),
        *_parts(page),
        *_file(page),
        *_looks(page),
        *_proof(page),
    )
    return Sheet(
        title=Name(described) if described else _("An item of evidence"),
        crumbs=crumbs_of_item(actor, item),
        code=Code(item.code),
        kind=_part_of(item),
        tags=_tags(page),
        lede_bold=_holder_said(page),
        lede=_gaps_said(page.chain),
        buttons=(Button(_("Print the label"), page.url("label"), "quiet"),),
        notices=_notices(page),
        sections=sections,
    )


# ---- the head ----------------------------------------------------------------------------------------------


def _part_of(item: EvidenceItem) -> Text:
    if item.parent_id is None:
        return ""
    parent = EvidenceItem.objects.only("code").get(pk=item.parent_id)
    return (_("Part of"), Code(parent.code, reverse("evidence:item", args=[item.parent_id])))


def _tags(page: _Page) -> tuple[Tag, ...]:
    state = State(page.item.state)
    found = [Tag(STATE_LABELS[state], _STATE_TONES.get(state, "on"))]
    open_gaps = len(page.chain.open_gaps)
    if open_gaps:
        said = ngettext("%(count)s gap, not explained", "%(count)s gaps, not explained", open_gaps)
        found.append(Tag(said % {"count": open_gaps}, "danger"))
    if page.chain.holds:
        found.append(Tag(_("Must be kept"), "warn"))
    return tuple(found)


def _holder_said(page: _Page) -> str:
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


def _held_said(page: _Page) -> str:
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


def _gaps_said(chain: Chain) -> str:
    count = len(chain.open_gaps)
    if not count:
        return ""
    return ngettext("%(count)s gap must be explained.", "%(count)s gaps must be explained.", count) % {"count": count}


def _notices(page: _Page) -> tuple[Notice, ...]:
    may = policy.decide(page.actor, RECORD, policy.subject_of(page.item)).allowed
    found = [
        Notice(
            _("The gap stays in the record, beside its explanation."),
            "danger",
            _gap_title(page, gap),
            Button(_("Explain the gap"), page.url("explain_gap", gap.seq, gap.kind.value), "grave") if may else None,
        )
        for gap in page.chain.open_gaps
    ]
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


def _gap_title(page: _Page, gap: Break) -> str:
    if gap.kind is Gap.TIME:
        return _("Nobody held it for %(length)s, until %(day)s.") % {
            "length": formats.duration(gap.until - gap.since),
            "day": page.day(gap.until),
        }
    return _("%(gap)s: %(day)s.") % {"gap": GAP_LABELS[gap.kind], "day": page.day(gap.until)}


# ---- the path ----------------------------------------------------------------------------------------------


def _path(page: _Page) -> tuple[Section, ...]:
    if page.item.form != Form.PHYSICAL or not page.events:
        return ()
    drawn = _drawn(page)
    if drawn is None:
        return ()
    return (Section(_("Chain of custody"), id="path", column=0, drawing=drawn),)


def _drawn(page: _Page) -> CustodyPath | None:
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
        seals=[_seal_mark(page, event.step) for event in page.events if event.step.kind in _SEAL_KINDS],
        pending=waits,
        tolerance=rules.TOLERANCE,
        rtl=formats.is_rtl(),
    )


def _seal_mark(page: _Page, step: Step) -> SealMark:
    title = _("%(what)s, %(day)s") % {"what": KIND_LABELS[step.kind], "day": page.day(step.at)}
    kind = "broken" if step.unbroken is False else _SEAL_KINDS[step.kind]
    return SealMark(step.at.astimezone(timezone.get_current_timezone()), kind, title)  # type: ignore[arg-type]


def _holds(page: _Page) -> list[Hold]:
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


def _hold(page: _Page, step: Step, before: list[Hold]) -> Hold | None:
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
    return _made_hold(page, step, name, step.place or outside or _("Place not written down"))


def _made_hold(page: _Page, step: Step, name: str, place: str) -> Hold:
    title = _("%(what)s, %(name)s, %(day)s") % {
        "what": KIND_LABELS[step.kind],
        "name": name,
        "day": page.day(step.at),
    }
    return Hold(place, name, step.at.astimezone(timezone.get_current_timezone()), None, title, f"#e{step.seq}")


# ---- every hand --------------------------------------------------------------------------------------------


def _hands(page: _Page) -> Section:
    shown = [event for event in reversed(page.events) if event.step.kind not in _LOOKS]
    if page.item.form == Form.REFERENCE:
        return Section(
            _("Where it is"),
            id="hands",
            facts=_reference_facts(page),
            withheld=() if page.words else (Withheld(_("Where it is")),),
        )
    return Section(_("Every hand, newest first"), id="hands", rows=tuple(_hand(page, event) for event in shown))


def _hand(page: _Page, event: EventView) -> Row:
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


def _explanation(page: _Page, gap: Break) -> list[Text]:
    said: list[Text] = [Strong(_gap_title(page, gap))]
    told = next((e for e in page.events if e.step.seq == gap.explained_by), None)
    if told is not None:
        by = _("Explained by %(name)s:") % {"name": page.names.get(told.step.actor, "")}
        said.append((by, Name(told.reason)))
    return said


def _what(page: _Page, event: EventView) -> Text:
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


def _meta(page: _Page, event: EventView) -> Text:
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
    if row.reason_code:
        groups.append((_reason_label(step.kind, row.reason_code),))
    if step.seal_before:
        groups.append((_("Seal read:"), Code(step.seal_before)))
    if step.seal_after:
        groups.append((_("Seal put on:"), Code(step.seal_after)))
    if step.place:
        groups.append((_("Place:"), Name(step.place)))
    if event.order:
        groups.append((_("Paper:"), Name(event.order)))
    parts: list[Part] = []
    for group in groups:
        parts += ("·", *group) if parts else group
    return tuple(parts)


def _reason_label(kind: Kind, code: str) -> str:
    labels = REFUSAL_LABELS if kind is Kind.REFUSED else EXPORT_LABELS
    return str(labels.get(code, ""))


def _signed(page: _Page, event: EventView, gaps: list[Break]) -> Tag | None:
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
        return Tag(_("on paper"), "") if event.order else Tag(_("one signature"), "warn")
    if step.kind in _SEAL_KINDS and step.second is not None:
        return Tag(_("two people"), "ok")
    if event.row.recorded_at - event.row.occurred_at > _LATE and step.seq > 1:
        return Tag(_("written down late"), "warn")
    return None


def _offer_tag(page: _Page, event: EventView) -> Tag:
    step = event.step
    if step.to and step.to.account is None:
        return Tag(_("on paper"), "") if event.order else Tag(_("one signature"), "warn")
    if page.chain.pending is not None and page.chain.pending.seq == step.seq:
        return Tag(_("not yet received"), "warn")
    return Tag(_("signed"), "ok")


# ---- what it is --------------------------------------------------------------------------------------------


def _about(page: _Page) -> tuple[Section, ...]:
    item, words = page.item, page.words
    if words is None:
        if page.item.isolation_by is not None:
            return ()
        withheld = Withheld(_("What it is and where it was found"))
        # Whoever keeps the room must know how, whatever it is.
        kept = (Fact(_("Kept"), STORAGE_LABELS[item.storage]),) if item.storage else ()
        return (Section(_("About the item"), id="about", facts=kept, withheld=(withheld,)),)
    facts = [Fact(_("Kind"), CATEGORY_LABELS[item.category])]
    if item.found:
        facts.append(Fact(_("Found on"), formats.partial_date(PartialDate.parse(item.found))))
    pairs = (
        (_("Found where"), "found_where"),
        (_("Found by"), "found_by"),
        (_("Taken on the strength of"), "legal_authority"),
        (_("Packaging"), "packaging"),
    )
    facts += [Fact(label, Name(words.text(name))) for label, name in pairs if words.text(name)]
    if item.storage:
        facts.append(Fact(_("Kept"), STORAGE_LABELS[item.storage]))
    column: Literal[1, 2] = 2 if item.form == Form.PHYSICAL else 1
    return (Section(_("About the item"), id="about", column=column, facts=tuple(facts)),)


def _reference_facts(page: _Page) -> tuple[Fact, ...]:
    words, item = page.words, page.item
    if words is None:
        return ()
    facts = [
        Fact(_("Authority"), AUTHORITY_LABELS[item.authority]),
        Fact(_("Held by"), Name(words.text("holding_authority"))),
    ]
    if words.text("their_reference"):
        facts.append(Fact(_("Their number"), Code(words.text("their_reference")), dir_auto=False))
    if words.text("supplied_hash"):
        said = digest.spaced(words.text("supplied_hash"))
        facts.append(Fact(_("Fingerprint that they gave"), Code(said, hash=True), dir_auto=False))
    return tuple(facts)


def _parts(page: _Page) -> tuple[Section, ...]:
    rows = list(EvidenceItem.objects.filter(parent_id=page.item.id).order_by("id")[:50])
    if not rows:
        return ()
    lines = tuple(
        Row(
            title=Code(row.code),
            meta=CATEGORY_LABELS[row.category],
            url=reverse("evidence:item", args=[row.id]),
            tag=Tag(STATE_LABELS[row.state]),
        )
        for row in rows
    )
    return (Section(_("Parts of it"), id="parts", column=2, rows=lines),)


# ---- what can be done --------------------------------------------------------------------------------------

_ACTS: tuple[tuple[Kind, str], ...] = (
    (Kind.RECEIVED, "receive"),
    (Kind.REFUSED, "refuse"),
    (Kind.TAKEN_BACK, "take_back"),
    (Kind.HANDED_OVER, "hand_over"),
    (Kind.SEAL_CHECKED, "check_seal"),
    (Kind.OPENED, "open"),
    (Kind.MOVED, "move"),
)


def _act_label(kind: Kind) -> str:
    return {
        Kind.RECEIVED: _("Receive it"),
        Kind.REFUSED: _("Not accept it"),
        Kind.TAKEN_BACK: _("Take it back"),
        Kind.HANDED_OVER: _("Hand over"),
        Kind.SEAL_CHECKED: _("Check the seal"),
        Kind.OPENED: _("Open it"),
        Kind.MOVED: _("Move it"),
        Kind.RETURNED: _("Return"),
        Kind.DESTROYED: _("Destroy"),
    }[kind]


def _acts(page: _Page) -> tuple[Section, ...]:
    if page.item.form == Form.REFERENCE or State(page.item.state) in ENDED:
        return ()
    if not policy.decide(page.actor, RECORD, policy.subject_of(page.item)).allowed:
        return _giving(page) if may_give(page.actor, page.item) else ()
    buttons: list[Button] = []
    rows: list[Row] = []
    if page.item.form == Form.PHYSICAL:
        for kind, name in _ACTS:
            _one_act(page, kind, name, buttons, rows)
        rows = _said_once(rows + _refused(page, (Kind.RETURNED, Kind.DESTROYED)))
    buttons.append(Button(_("Record something else"), page.url("record_event"), "quiet"))
    return (Section(_("What you can do now"), id="acts", column=2, buttons=tuple(buttons), rows=tuple(rows)),)


def _giving(page: _Page) -> tuple[Section, ...]:
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


def _one_act(page: _Page, kind: Kind, name: str, buttons: list[Button], rows: list[Row]) -> None:
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


def _refused(page: _Page, kinds: tuple[Kind, ...]) -> list[Row]:
    found = []
    for kind in kinds:
        error = rules.why_not(page.chain, kind, page.actor.account_id, page.now)
        if error is not None:
            said = message_of(error)
        elif kind is Kind.DESTROYED:
            said = _("Needs an order and a second person")
        else:
            said = _("Needs the name of who gets it")
        found.append(Row(when=_act_label(kind), title=said))
    return found


def possible_kinds(actor: Actor, item: EvidenceItem) -> list[Kind]:
    """The other events that could be recorded now; the caller has asked the policy."""
    chain = rules.chain_of((event.step for event in events_of(item)), Form(item.form))
    now = clock.now()
    return [kind for kind in OTHER_KINDS if rules.why_not(chain, kind, actor.account_id, now) is None]


# ---- the file ----------------------------------------------------------------------------------------------


def _file(page: _Page) -> tuple[Section, ...]:
    file = page.file
    if file is None:
        if page.item.form == Form.FILE and page.words is None and page.item.isolation_by is None:
            return (Section(_("The file"), id="file", column=2, withheld=(Withheld(_("The file")),)),)
        return ()
    found = [_fingerprint(page, file)]
    if policy.decide(page.actor, VIEW, policy.subject_of(page.item)).allowed:
        found.insert(0, _veiled(page, file))
    return tuple(found)


def _veiled(page: _Page, file: FileView) -> Section:
    words = page.words.text("veil_words") if page.words else ""
    veil = Veil(
        id="veil",
        description=words or _("Nobody has written down what it shows."),
        lift_url=page.url("view_file"),
        source_url=page.url("picture") if file.is_picture else "",
    )
    buttons = [Button(_("Take a copy out"), page.url("download_copy"), "quiet")]
    if policy.decide(page.actor, REGISTER, policy.subject_of(page.item)).allowed:
        buttons.append(Button(_("It should never have been sent"), page.url("isolate"), "quiet"))
    title = _("Picture") if file.is_picture else _("The file")
    return Section(title, id="file", column=2, veil=veil, buttons=tuple(buttons))


def _fingerprint(page: _Page, file: FileView) -> Section:
    checked = next((e for e in reversed(page.events) if e.step.kind is Kind.VERIFIED_HASH), None)
    facts = [
        Fact(_("Name"), Name(file.blob.name)),
        Fact(_("Size"), formats.size(file.bytes)),
        Fact(_("SHA-256"), Code(digest.spaced(file.sha256), hash=True), dir_auto=False),
    ]
    if checked is not None:
        same = _("the same") if checked.step.unbroken else _("not the same")
        facts.append(Fact(_("Checked"), (page.day(checked.step.at), same)))
    return Section(
        _("The digital copy"),
        id="digital",
        facts=tuple(facts),
        remark=_("The fingerprint of the original, four by four, to read aloud."),
    )


def _looks(page: _Page) -> tuple[Section, ...]:
    looks = [event for event in reversed(page.events) if event.step.kind in _LOOKS]
    if not looks:
        return ()
    rows = tuple(
        Row(when=page.day(e.step.at), title=Name(page.names.get(e.step.actor, "")), meta=page.clock(e.step.at))
        for e in looks[:10]
    )
    said = ngettext("%(count)s time in all.", "%(count)s times in all.", len(looks)) % {"count": len(looks)}
    return (Section(_("Who has looked at it"), id="looks", column=2, rows=rows, remark=said),)


# ---- proof -------------------------------------------------------------------------------------------------


def _proof(page: _Page) -> tuple[Section, ...]:
    shown = proof_of(page.item)
    if shown is None:
        return ()
    count = ngettext(
        "%(count)s entry about this item is in the ledger",
        "%(count)s entries about this item are in the ledger",
        shown.count,
    ) % {"count": shown.count}
    leaves = _("Leaves %(first)s to %(last)s. The newest was checked just now.") % {
        "first": shown.first,
        "last": shown.last,
    }
    tag = Tag(_("Proved"), "ok") if shown.proved else Tag(_("Not proved"), "danger")
    rows = (
        Row(title=count, meta=leaves, when_tag=tag),
        Row(
            title=_("The ledger's head is signed, %(when)s") % {"when": shown.signed_at},
            meta=_("Our own server signs it. Outside witnesses are on the page of the ledger."),
            when_tag=Tag(_("Signed"), "ok") if shown.proved else Tag(_("Not proved"), "danger"),
        ),
    )
    return (Section(_("Proof that nothing changed"), id="proof", column=2, rows=rows),)
