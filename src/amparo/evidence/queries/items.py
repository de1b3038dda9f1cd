"""Every read of evidence: the chain of an item, the page of an item, lists, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.asking import OfCase
from amparo.cases import queries as cases
from amparo.cases.moments import Moment
from amparo.cases.queries import CaseHead
from amparo.cases.words import TrackKind
from amparo.evidence import rules
from amparo.evidence.errors import NothingToSee, NotLifted
from amparo.evidence.models import CustodyEvent, EvidenceItem, ItemFile
from amparo.evidence.rules import Chain, Party, Step
from amparo.evidence.words import CATEGORY_LABELS, ENDED, STATE_LABELS, Category, Form, Gap, Kind, State
from amparo.kernel import clock
from amparo.kernel.words import Compartment, Role
from amparo.ledger import queries as ledger
from amparo.ledger.verbs import Verb
from amparo.vault import sealing, tokens
from amparo.web import formats, uploads
from amparo.web.addresses import reverse
from amparo.web.sheets import Button, Code, Crumb, Empty, Listing, Name, Row, Section, Tag, Text, Tone

SEE = "evidence:item:see"
RECORD = "evidence:custody:record"
REGISTER = "evidence:item:register"
VIEW = "evidence:file:view"
GIVE = "evidence:specimen:give"
# Who outside had it, where, on what paper and why.
WORDS = "evidence:words:read"
PAGE = 50
MOST = 200
# A lifted veil stays open for one look, not for the rest of the day.
LOOK = timedelta(minutes=30)
_PARTY_WORDS = ("from_party", "to_party")
# What the rules read to find every gap.
_GAP_WORDS = (*_PARTY_WORDS, "seal_before", "seal_after")
_EVENT_WORDS = (*_GAP_WORDS, "place", "order", "reason")


# ---- the chain ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EventView:
    """A custody event with its words."""

    row: CustodyEvent
    step: Step
    order: str
    reason: str

    @property
    def has_paper(self) -> bool:
        """Whether a paper was named, for those too who may not read which."""
        return self.row.order is not None


def seal_token(number: str) -> int:
    return tokens.token("evidence.seal", rules.seal_key(number))


def _party(account: UUID | None, words: Mapping[str, sealing.Words]) -> Party | None:
    if account is not None:
        return Party(account)
    if not words:
        return None
    return Party(name=str(words.get("name", "")), organisation=str(words.get("organisation", "")))


def _event(row: CustodyEvent, words: sealing.Opened) -> EventView:
    step = Step(
        seq=row.seq,
        kind=Kind(row.kind),
        actor=row.actor_id,
        at=row.occurred_at,
        from_=_party(row.from_id, words.table("from_party")),
        to=_party(row.to_id, words.table("to_party")),
        second=row.second_id,
        given_at=row.given_at,
        place=words.text("place"),
        seal_before=words.text("seal_before"),
        seal_after=words.text("seal_after"),
        unbroken=row.unbroken,
        order=words.text("order"),
        reason=words.text("reason"),
        about_seq=row.about_seq,
        about_gap=Gap(row.about_gap) if row.about_gap else None,
    )
    return EventView(row, step, step.order, step.reason)


def events_of(item: EvidenceItem, *, with_words: bool = True) -> list[EventView]:
    """The custody events of an item, oldest first; the caller has asked the policy. Cost: two queries.

    Without their words it opens those alone by which gaps are found.
    """
    rows = list(CustodyEvent.objects.filter(item_id=item.id).order_by("seq"))
    opened = sealing.open_rows(rows, *(_EVENT_WORDS if with_words else _GAP_WORDS))
    return [_event(row, words) for row, words in zip(rows, opened, strict=True)]


def chain_of(item: EvidenceItem) -> Chain:
    """How an item stands; the caller has asked the policy."""
    return rules.chain_of((event.step for event in events_of(item)), Form(item.form))


def load_item(actor: Actor, permission: str, item_id: UUID) -> EvidenceItem:
    """The item. Raises NotFound, Refused."""
    return policy.load(actor, permission, EvidenceItem, item_id, seen_by=SEE)


def waits_for_her(item: EvidenceItem) -> bool:
    """Whether an item, or what it is a part of, is kept until a survivor decides."""
    above: EvidenceItem | None = item
    while above is not None:
        if above.waits_since is not None:
            return True
        above = above.parent
    return False


def may_give(actor: Actor, item: EvidenceItem) -> bool:
    """Whether an item is the actor's to hand on: as custody is hers to record, or as a specimen that she took and has
    in her hands.
    """
    subject = policy.subject_of(item)
    if policy.decide(actor, RECORD, subject).allowed:
        return True
    return item.holder_id == actor.account_id and policy.decide(actor, GIVE, subject).allowed


def item_to_give(actor: Actor, item_id: UUID) -> EvidenceItem:
    """An item that the actor may hand on. Raises NotFound, Refused."""
    item = load_item(actor, SEE, item_id)
    if not may_give(actor, item):
        policy.check(actor, RECORD, item, seen_by=SEE)
    return item


def receivers(actor: Actor, item: EvidenceItem) -> list[tuple[UUID, str]]:
    """Colleagues into whose hands the item may go: of the case's team, and who keeps the evidence room."""
    found = {
        member.account_id: member.name
        for member in access.team_of(item.case_id)
        if member.role in (Role.INVESTIGATOR, Role.LAWYER)
    }
    for keeper in access.colleagues(actor, roles=(Role.CUSTODIAN,), office_id=item.office_id):
        found.setdefault(keeper.id, keeper.name)
    found.pop(actor.account_id, None)
    return sorted(found.items(), key=lambda pair: pair[1])


def witnesses(actor: Actor) -> list[tuple[UUID, str]]:
    """Colleagues who can stand by as the second person."""
    return [(one.id, one.name) for one in access.colleagues(actor) if one.id != actor.account_id]


def codes_of(item_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The codes of items that the caller was let in to. Cost: one query."""
    return dict(EvidenceItem.objects.filter(pk__in=list(item_ids)).values_list("id", "code"))


# ---- files -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FileView:
    """The file of an item: how to open it, and what its record says."""

    blob: uploads.StoredBlob
    sha256: str
    bytes: int

    @property
    def is_picture(self) -> bool:
        return self.blob.media_type.startswith("image/")


def file_of(item: EvidenceItem) -> FileView | None:
    """The item's file; None where there is none, or it is isolated or about to be."""
    if item.form != Form.FILE or item.isolation_by is not None:
        return None
    row = ItemFile.objects.filter(item_id=item.id).first()
    if row is None:
        return None
    details = sealing.open_row(row, "details").table("details")
    size = int(str(details.get("bytes", 0)))
    blob = uploads.StoredBlob(
        address=row.address,
        owner_id=row.case_id,
        compartment=Compartment.EVIDENCE,
        office_id=row.office_id,
        salt=bytes(row.salt_of_key),
        plain_bytes=size,
        name=str(details.get("name", "")),
        media_type=str(details.get("media_type", "")),
    )
    return FileView(blob, str(details.get("sha256", "")), size)


def files_among(item_ids: Sequence[UUID]) -> set[UUID]:
    """Those of these items that have a file. Cost: one query."""
    return set(ItemFile.objects.filter(item_id__in=item_ids).values_list("item_id", flat=True))


def waiting_in_case(case_id: UUID) -> set[UUID]:
    """Items of a case that are kept until a survivor decides, with their parts. Cost: one query.

    The caller was let in to the case.
    """
    rows = EvidenceItem.objects.filter(case_id=case_id).order_by("id").values_list("id", "parent_id", "waits_since")
    found: set[UUID] = set()
    # A part is registered after what it is a part of.
    for item, parent, since in rows:
        if since is not None or parent in found:
            found.add(item)
    return found


def fingerprint_of(actor: Actor, item_id: UUID) -> str:
    """The SHA-256 of an item's file, as 64 letters, for who may open it; empty for what has none."""
    item = load_item(actor, SEE, item_id)
    file = file_of(item) if reads_words(actor, item) else None
    return file.sha256 if file else ""


def lifted_file(actor: Actor, item_id: UUID) -> FileView:
    """The file for who has lifted its veil a short while ago. Raises NotFound, Refused, NothingToSee, NotLifted."""
    item = load_item(actor, VIEW, item_id)
    file = file_of(item)
    if file is None:
        raise NothingToSee
    looked = CustodyEvent.objects.filter(
        item_id=item.id, kind=Kind.VIEWED, actor_id=actor.account_id, recorded_at__gt=clock.now() - LOOK
    )
    if not looked.exists():
        raise NotLifted
    readings.opened(item.case_id, Compartment.EVIDENCE)
    return file


# ---- where the reader is -----------------------------------------------------------------------------------


def head_to_register(actor: Actor, case_id: UUID) -> CaseHead:
    """The case for a form that registers an item. Raises NotFound, Refused."""
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, REGISTER, head.part(Compartment.EVIDENCE))
    return head


def reception(actor: Actor, case_id: UUID) -> uploads.Reception:
    """What a file that is sent for a case will belong to. Raises NotFound, Refused."""
    head = head_to_register(actor, case_id)
    return uploads.Reception(head.id, Compartment.EVIDENCE, head.office_id)


def crumbs_of_case(head: CaseHead | None) -> tuple[Crumb, ...]:
    """The way to the evidence of a case, as far as the reader may go it."""
    if head is None:
        return (Crumb(_("Evidence"), reverse("evidence:items")),)
    return (
        Crumb(_("Cases"), reverse("cases:cases")),
        Crumb(head.code, reverse("desk:case", args=[head.id]), code=True),
        Crumb(_("Evidence"), reverse("evidence:room", args=[head.id])),
    )


def crumbs_of_item(actor: Actor, item: EvidenceItem) -> tuple[Crumb, ...]:
    head = cases.heads(actor, [item.case_id]).get(item.case_id)
    return (*crumbs_of_case(head), Crumb(item.code, reverse("evidence:item", args=[item.id]), code=True))


def reads_words(actor: Actor, item: EvidenceItem) -> bool:
    """Whether the reader may know what the item is, beyond its number and its hands."""
    return policy.decide(actor, VIEW, policy.subject_of(item)).allowed


def reads_custody(actor: Actor, item: EvidenceItem) -> bool:
    """Whether the reader may know who outside had the item, where it lay, and the papers and reasons."""
    return policy.decide(actor, WORDS, policy.subject_of(item)).allowed


# ---- lists -------------------------------------------------------------------------------------------------

_TONES: Mapping[str, Tone] = {
    State.HELD: "on",
    State.PENDING: "warn",
    State.OUTSIDE: "on",
    State.ISOLATED: "danger",
}


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item in a list; `description` is empty for who knows it by its number only."""

    id: UUID
    case_id: UUID
    code: str
    description: str
    category: str
    form: Form
    state: State
    holder_id: UUID | None
    holder: str
    open_gaps: int
    registered_on: date
    isolation_asked: bool

    @property
    def has_ended(self) -> bool:
        return self.isolation_asked or self.state in ENDED


def lines_of(actor: Actor, rows: Sequence[EvidenceItem]) -> list[ItemLine]:
    """Items as lines of a list; the caller has asked the policy. Cost: two queries."""
    named = [row for row in rows if row.isolation_by is None and reads_words(actor, row)]
    opened = sealing.open_rows(named, "description")
    words = {row.id: one.text("description") for row, one in zip(named, opened, strict=True)}
    for row in named:
        readings.opened(row.case_id, Compartment.EVIDENCE)
    names = access.names_of(row.holder_id for row in rows if row.holder_id is not None)
    zone = timezone.get_current_timezone()
    return [
        ItemLine(
            id=row.id,
            case_id=row.case_id,
            code=row.code,
            description=words.get(row.id, ""),
            category=str(CATEGORY_LABELS[Category(row.category)]),
            form=Form(row.form),
            state=State(row.state),
            holder_id=row.holder_id,
            holder=names.get(row.holder_id, "") if row.holder_id else "",
            open_gaps=row.open_gaps,
            registered_on=row.created_at.astimezone(zone).date(),
            isolation_asked=row.isolation_by is not None,
        )
        for row in rows
    ]


_ITEMS = OfCase(SEE, EvidenceItem, lambda rows: rows.order_by("-id")[:MOST])


def items_of_case(actor: Actor, case_id: UUID) -> list[ItemLine]:
    """Items of a case that the actor may see, newest first. Cost: four queries."""
    return lines_of(actor, cases.rows_of_case(actor, _ITEMS, case_id))


def choices_of_case(actor: Actor, case_id: UUID) -> list[tuple[str, str]]:
    """Items of a case as choices of a form."""
    return [(str(line.id), f"{line.code} {line.description}".strip()) for line in items_of_case(actor, case_id)]


def _row(line: ItemLine, today: date) -> Row:
    title: Text = Name(line.description) if line.description else Code(line.code)
    meta: list[str | Code | Name] = [Code(line.code), "·", line.category] if line.description else []
    if line.holder:
        meta += ["·", Name(line.holder)] if meta else [Name(line.holder)]
    return Row(
        title=title,
        meta=tuple(meta),
        when=formats.near_day(line.registered_on, today),
        url=reverse("evidence:item", args=[line.id]),
        tag=_gap_tag(line.open_gaps) or Tag(STATE_LABELS[line.state], _TONES.get(line.state, "")),
    )


def _gap_tag(count: int) -> Tag | None:
    if not count:
        return None
    return Tag(gaps_said(count), "danger")


def gaps_said(count: int) -> str:
    """How many gaps are not explained, in words."""
    return ngettext("%(count)s gap, not explained", "%(count)s gaps, not explained", count) % {"count": count}


def today() -> date:
    return clock.now().astimezone(timezone.get_current_timezone()).date()


def listing(actor: Actor, after: UUID | None = None) -> Listing:
    """All items that the actor may see, newest first, a page at a time. Cost: five queries."""
    rows = policy.visible(actor, SEE, EvidenceItem.objects.all()).order_by("-id")
    if after is not None:
        rows = rows.filter(id__lt=after)
    found = list(rows[: PAGE + 1])
    lines = lines_of(actor, found[:PAGE])
    now = today()
    url = reverse("evidence:items")
    return Listing(
        title=_("Evidence"),
        lede=_list_lede(lines, actor),
        rows=tuple(_row(line, now) for line in lines),
        buttons=copies_buttons(actor),
        empty=Empty(_("There is no item that you can see.")),
        next_url=f"{url}?after={found[PAGE - 1].id}" if len(found) > PAGE else "",
        previous_url=url if after is not None else "",
    )


def copies_buttons(actor: Actor) -> tuple[Button, ...]:
    """The way to the register of copies, for who may read it."""
    if not policy.has(actor, "evidence:copy:see"):
        return ()
    return (Button(_("Copies that left"), reverse("evidence:copies"), "quiet"),)


def _export_buttons(actor: Actor, head: CaseHead, lines: Sequence[ItemLine]) -> tuple[Button, ...]:
    if len(lines) < 2 or not policy.decide(actor, VIEW, head.part(Compartment.EVIDENCE)).allowed:
        return ()
    return (Button(_("Export several for a court"), reverse("evidence:export_several", args=[head.id]), "quiet"),)


def _list_lede(lines: Iterable[ItemLine], actor: Actor) -> str:
    mine = sum(1 for line in lines if line.holder_id == actor.account_id and line.form is Form.PHYSICAL)
    if not mine:
        return ""
    return ngettext("%(count)s object is in your hands.", "%(count)s objects are in your hands.", mine) % {
        "count": mine
    }


def listing_of_case(actor: Actor, case_id: UUID) -> Listing:
    """The items of one case. Raises NotFound."""
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, SEE, head.part(Compartment.EVIDENCE))
    lines = items_of_case(actor, case_id)
    may = policy.decide(actor, REGISTER, head.part(Compartment.EVIDENCE)).allowed
    url = reverse("evidence:register", args=[case_id])
    now = today()
    return Listing(
        title=_("Evidence"),
        crumbs=crumbs_of_case(head)[:-1],
        remark=Name(head.beside_code),
        buttons=(
            *((Button(_("Register an item"), url, key="n"),) if may else ()),
            *_export_buttons(actor, head, lines),
        ),
        rows=tuple(_row(line, now) for line in lines),
        empty=Empty(
            _("No evidence is registered for this case."), _("Register an item") if may else "", url if may else ""
        ),
    )


# ---- for the desk ------------------------------------------------------------------------------------------


def sections_of_case(actor: Actor, case_id: UUID) -> list[Section]:
    """The evidence of a case in short, for its page; nothing for who may not know of any."""
    head = cases.case_head(actor, case_id)
    if not policy.decide(actor, SEE, head.part(Compartment.EVIDENCE)).allowed:
        return []
    lines = items_of_case(actor, case_id)
    may = policy.decide(actor, REGISTER, head.part(Compartment.EVIDENCE)).allowed
    now = today()
    register = reverse("evidence:register", args=[case_id])
    return [
        Section(
            _("Evidence"),
            id="evidence",
            column=2,
            rows=tuple(_row(line, now) for line in lines[:5]),
            empty=Empty(
                _("No evidence is registered for this case."),
                _("Register an item") if may else "",
                register if may else "",
            ),
            link_label=_("All evidence") if lines else "",
            link_url=reverse("evidence:room", args=[case_id]) if lines else "",
        )
    ]


def marks_of_case(actor: Actor, case_id: UUID) -> list[Moment]:
    """When evidence came into our hands, went to a laboratory, and where a chain is broken. Cost: two queries."""
    by_id = {row.id: row for row in cases.rows_of_case(actor, _ITEMS, case_id)}
    if not by_id:
        return []
    zone = timezone.get_current_timezone()
    kinds = (Kind.COLLECTED, Kind.LAB_SUBMITTED, Kind.LAB_RETURNED, Kind.EXHIBITED)
    rows = CustodyEvent.objects.filter(case_id=case_id, item_id__in=by_id, kind__in=kinds).order_by("occurred_at")
    labels = {
        Kind.COLLECTED: _("evidence"),
        Kind.LAB_SUBMITTED: _("to the laboratory"),
        Kind.LAB_RETURNED: _("from the laboratory"),
        Kind.EXHIBITED: _("shown in court"),
    }
    marks = [
        Moment(
            TrackKind.ACCOUNTABILITY,
            row.occurred_at.astimezone(zone).date(),
            labels[Kind(row.kind)],
            f"{by_id[row.item_id].code}: {labels[Kind(row.kind)]}",
            "done",
            reverse("evidence:item", args=[row.item_id]),
            wide=row.kind == Kind.COLLECTED,
        )
        for row in rows[:MOST]
    ]
    marks += [
        Moment(
            TrackKind.ACCOUNTABILITY,
            row.updated_at.astimezone(zone).date(),
            _("gap in custody"),
            _("%(code)s: a gap in custody is not explained") % {"code": row.code},
            "miss",
            reverse("evidence:item", args=[row.id]),
            wide=False,
        )
        for row in by_id.values()
        if row.open_gaps
    ]
    return marks


# ---- proof -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProofView:
    """Where an item's events lie in the ledger, and whether the newest proves."""

    count: int
    first: int
    last: int
    proved: bool
    signed_at: str


_VERBS = frozenset(
    {
        Verb.ITEM_REGISTERED, Verb.ITEM_CHANGED, Verb.ITEM_BY_REFERENCE, Verb.CUSTODY_RECORDED, Verb.CUSTODY_OFFERED,
        Verb.CUSTODY_RECEIVED, Verb.CUSTODY_TAKEN_BACK, Verb.CUSTODY_REFUSED, Verb.GAP_EXPLAINED, Verb.FILE_STORED,
        Verb.FILE_VIEWED, Verb.FILE_EXPORTED, Verb.ITEM_EXPORTED, Verb.SEAL_CHECKED, Verb.ITEM_ISOLATED,
    }
)  # fmt: skip


def _leaves_of(item: EvidenceItem) -> list[int]:
    """Where the ledger tells of an item, oldest first. Cost: one query for each 500 entries of the case's evidence."""
    found: list[int] = []
    before: int | None = None
    while True:
        chosen = ledger.Chosen(verbs=_VERBS, case_id=item.case_id)
        page = ledger.entries(ledger.Reach(), chosen, before=before, limit=500)
        found += [entry.index for entry in page.entries if entry.subject_id == item.id]
        before = page.next_before
        if before is None:
            return found[::-1]


def proof_of(item: EvidenceItem) -> ProofView | None:
    """The ledger's entries of an item, checked against the signed head; the caller has asked the policy."""
    found = _leaves_of(item)
    head = ledger.head()
    if not found or head is None:
        return None
    shown = ledger.proof(found[-1])
    zone = timezone.get_current_timezone()
    return ProofView(
        count=len(found),
        first=found[0],
        last=found[-1],
        proved=shown is not None and ledger.proves(shown) and head.is_signed,
        signed_at=formats.when(head.at, clock.now(), zone),
    )
