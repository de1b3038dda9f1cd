"""The exhibits of a proceeding, the page of one, and the log of what was disclosed to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.queries import CaseHead
from amparo.cases.words import PURPOSE_LABELS as CONSENT_PURPOSES
from amparo.cases.words import Purpose
from amparo.evidence import queries as evidence
from amparo.evidence.queries import ItemLine
from amparo.kernel import digest
from amparo.kernel.words import Compartment
from amparo.prosecution import rules
from amparo.prosecution.models import DisclosureEntry, Exhibit, Proceeding
from amparo.prosecution.queries.file import EXHIBIT_CHANGE, EXHIBIT_SEE, READ, crumbs, today
from amparo.prosecution.words import (
    EXHIBIT_LABELS,
    GROUND_LABELS,
    PROTECTED_LABELS,
    TOWARD_LABELS,
    ExhibitState,
    Toward,
)
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import (
    Button,
    Code,
    Column,
    Crumb,
    Empty,
    Fact,
    Name,
    Row,
    Section,
    Sheet,
    StrOrPromise,
    Table,
    Tag,
    Text,
    Tone,
)

_TONES: Mapping[str, Tone] = {
    ExhibitState.TENDERED: "on",
    ExhibitState.ADMITTED: "ok",
    ExhibitState.EXCLUDED: "danger",
}
_FOR_COURT = (Purpose.PROSECUTION, Purpose.POLICE)


@dataclass(frozen=True, slots=True)
class ExhibitWords:
    """The sealed words of an exhibit."""

    mark: str
    objections: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An exhibit as its reader may see it; `item` is what she may know of the item of evidence."""

    row: Exhibit
    words: ExhibitWords
    item: ItemLine | None
    entries: list[DisclosureEntry]
    reads: bool

    @property
    def name(self) -> Text:
        if self.item is None:
            return self.words.mark or _("An item of evidence")
        known = Name(self.item.description) if self.item.description else Code(self.item.code)
        return (Code(self.words.mark), known) if self.words.mark else known


def words_of_exhibit(row: Exhibit) -> ExhibitWords:
    """The words of an exhibit; the caller has asked the policy."""
    opened = sealing.open_row(row, "mark", "objections")
    return ExhibitWords(opened.text("mark"), opened.text("objections"))


def entries_of(row: Exhibit) -> list[DisclosureEntry]:
    """The lines of the disclosure log about one exhibit, oldest first; the caller has asked the policy."""
    return list(DisclosureEntry.objects.filter(exhibit=row).order_by("id"))


def consents_for_court(actor: Actor, case_id: UUID) -> list[tuple[str, str]]:
    """Consents of a case that hold today and let police or prosecution have something, as choices."""
    codes = {party.person_id: party.code for party in cases.parties(actor, case_id)}
    bases = cases.bases(actor, case_id)
    live = cases.live_consents(one.id for one in bases)
    return [
        (str(one.id), f"{codes.get(one.person_id, '')} · {CONSENT_PURPOSES[one.purpose]} · {formats.day(one.from_on)}")
        for one in bases
        if one.is_live and one.id in live and one.purpose in _FOR_COURT
    ]


def item_choices(actor: Actor, proceeding_id: UUID, case_id: UUID) -> list[tuple[str, str]]:
    """Items that are not exhibits of this proceeding yet and wait for nobody; the caller has asked the policy."""
    used = set(
        Exhibit.objects.filter(proceeding_id=proceeding_id)
        .exclude(state=ExhibitState.WITHDRAWN)
        .values_list("item_id", flat=True)
    )
    shut = used | evidence.waiting_in_case(case_id)
    return [
        (str(line.id), f"{line.code} {line.description}".strip())
        for line in evidence.items_of_case(actor, case_id)
        if line.id not in shut and not line.has_ended
    ]


def _shown(actor: Actor, head: CaseHead, rows: Sequence[Exhibit]) -> list[Shown]:
    """Exhibits of one case with their items and log. Cost: seven queries for any number."""
    lines = {line.id: line for line in evidence.items_of_case(actor, head.id)} if rows else {}
    reads = policy.decide(actor, READ, head.part(Compartment.LEGAL)).allowed
    opened = sealing.open_rows(rows, "mark", *(("objections",) if reads else ()))
    entries: dict[UUID, list[DisclosureEntry]] = {row.id: [] for row in rows}
    for entry in DisclosureEntry.objects.filter(exhibit_id__in=entries).order_by("id"):
        entries[entry.exhibit_id].append(entry)
    return [
        Shown(
            row,
            ExhibitWords(words.text("mark"), words.text("objections")),
            lines.get(row.item_id),
            entries[row.id],
            reads,
        )
        for row, words in zip(rows, opened, strict=True)
    ]


def _of_proceeding(actor: Actor, head: CaseHead, proceeding_id: UUID) -> list[Shown]:
    rows = cases.in_case(actor, EXHIBIT_SEE, Exhibit.objects.filter(proceeding_id=proceeding_id), head.id)
    return _shown(actor, head, list(rows.order_by("since_on", "id")))


# ---- the part of a proceeding's page ------------------------------------------------------------------------


def exhibits_section(actor: Actor, head: CaseHead, proceeding_id: UUID) -> Section | None:
    """The exhibits of a proceeding; nothing for who may not know of them. Cost: up to eight queries."""
    legal = head.part(Compartment.LEGAL)
    if not policy.decide(actor, EXHIBIT_SEE, legal).allowed:
        return None
    shown = _of_proceeding(actor, head, proceeding_id)
    may = policy.decide(actor, EXHIBIT_CHANGE, legal).allowed
    url = reverse("prosecution:propose_exhibit", args=[proceeding_id])
    log = reverse("prosecution:disclosure_log", args=[proceeding_id])
    return Section(
        _("Exhibits"),
        id="exhibits",
        rows=tuple(_row(one) for one in shown),
        empty=Empty(_("No item of evidence is proposed for the court."), _("Propose an exhibit") if may else "", url),
        buttons=(
            *((Button(_("Propose an exhibit"), url, "quiet"),) if may and shown else ()),
            *_export_buttons(actor, head, shown),
        ),
        link_label=_("Disclosure log") if shown else "",
        link_url=log if shown else "",
    )


def _export_buttons(actor: Actor, head: CaseHead, shown: Sequence[Shown]) -> tuple[Button, ...]:
    """All exhibits of the proceeding in one bag, ticked already, for who may take them out."""
    items = [one.item for one in shown if one.item is not None and not one.item.isolation_asked]
    if not items or not policy.decide(actor, "evidence:file:view", head.part(Compartment.EVIDENCE)).allowed:
        return ()
    ticked = "&".join(f"item={item.id}" for item in items)
    url = f"{reverse('evidence:export_several', args=[head.id])}?{ticked}"
    return (Button(_("Export them for the court"), url, "quiet"),)


def _row(one: Shown) -> Row:
    return Row(
        title=one.name,
        url=reverse("prosecution:exhibit", args=[one.row.id]),
        when=formats.near_day(one.row.since_on, today()),
        meta=" · ".join(_toward_said(one.entries)),
        tag=Tag(EXHIBIT_LABELS[one.row.state], _TONES.get(one.row.state, "")),
    )


def _toward_said(entries: Sequence[DisclosureEntry]) -> list[str]:
    return [
        _("%(side)s: must not have it") % {"side": TOWARD_LABELS[toward]}
        if last.protected
        else _("%(side)s: has it") % {"side": TOWARD_LABELS[toward]}
        for toward, last in rules.latest_toward(entries).items()
    ]


# ---- the page of one ----------------------------------------------------------------------------------------


def exhibit(actor: Actor, exhibit_id: UUID) -> Sheet:
    """The page of an exhibit: what it is, who may have it, who was given it. Cost: about 15 queries."""
    row = policy.load(actor, EXHIBIT_SEE, Exhibit, exhibit_id)
    head = cases.case_head(actor, row.case_id)
    one = _shown(actor, head, [row])[0]
    may = policy.decide(actor, EXHIBIT_CHANGE, head.part(Compartment.LEGAL)).allowed
    return Sheet(
        title=_("Exhibit"),
        crumbs=(*crumbs(head), Crumb(_("Court"), reverse("prosecution:proceeding", args=[row.proceeding_id]))),
        code=Code(head.code, reverse("desk:case", args=[head.id])),
        kind=one.name,
        tags=(Tag(EXHIBIT_LABELS[row.state], _TONES.get(row.state, "")),),
        buttons=_buttons(row) if may else (),
        sections=(_what(one), _given(one), _who(one, may=may)),
    )


def _buttons(row: Exhibit) -> tuple[Button, ...]:
    found = []
    if row.state != ExhibitState.WITHDRAWN:
        found.append(Button(_("It was disclosed"), reverse("prosecution:disclose", args=[row.id]), key="n"))
    if rules.EXHIBIT_MOVES[ExhibitState(row.state)]:
        found.append(Button(_("What the court did"), reverse("prosecution:move_exhibit", args=[row.id]), "quiet"))
    return tuple(found)


def _what(one: Shown) -> Section:
    facts = [Fact(_("Mark"), Code(one.words.mark) if one.words.mark else _("none yet"))]
    if one.item is not None:
        url = reverse("evidence:item", args=[one.item.id])
        facts.append(Fact(_("Item of evidence"), Code(one.item.code, url)))
        facts.append(Fact(_("Kind"), one.item.category))
    facts.append(Fact(EXHIBIT_LABELS[one.row.state], formats.day(one.row.since_on)))
    if one.words.objections:
        facts.append(Fact(_("Objections"), Name(one.words.objections)))
    return Section(_("The exhibit"), id="what", facts=tuple(facts))


def _who(one: Shown, *, may: bool) -> Section:
    last = rules.latest_toward(one.entries)
    url = reverse("prosecution:protect", args=[one.row.id])
    return Section(
        _("Who may have it"),
        id="who",
        column=2,
        rows=tuple(_side_row(toward, last.get(toward)) for toward in Toward),
        link_label=_("A side must not have it") if may else "",
        link_url=url if may else "",
    )


def _side_row(toward: Toward, entry: DisclosureEntry | None) -> Row:
    label = TOWARD_LABELS[toward]
    if entry is None:
        return Row(title=label, tag=Tag(_("Not given yet")))
    day = formats.near_day(entry.on, today())
    if entry.protected:
        return Row(title=label, when=day, meta=PROTECTED_LABELS[entry.protected], tag=Tag(_("Must not"), "danger"))
    return Row(title=label, when=day, meta=GROUND_LABELS[entry.ground], tag=Tag(_("Has it"), "ok"))


# ---- the log ------------------------------------------------------------------------------------------------


def disclosure_log(actor: Actor, proceeding_id: UUID) -> Sheet:
    """What of a proceeding was disclosed to whom, on what ground, in which version; made to be printed."""
    row = policy.load(actor, EXHIBIT_SEE, Proceeding, proceeding_id)
    head = cases.case_head(actor, row.case_id)
    shown = _of_proceeding(actor, head, row.id)
    return Sheet(
        title=_("Disclosure log"),
        crumbs=(*crumbs(head), Crumb(_("Court"), reverse("prosecution:proceeding", args=[row.id]))),
        code=Code(head.code, reverse("desk:case", args=[head.id])),
        kind=Name(head.beside_code),
        lede=_("Notes of her care are no evidence and never stand here. A summons is not an order."),
        sections=(_index(shown), _log(shown)),
    )


def _index(shown: Sequence[Shown]) -> Section:
    columns = (Column(_("Mark")), Column(_("Item")), Column(_("Stands")), *(Column(TOWARD_LABELS[t]) for t in Toward))
    lines = []
    for one in shown:
        last = rules.latest_toward(one.entries)
        item: Text = Code(one.item.code) if one.item else ""
        stands = EXHIBIT_LABELS[one.row.state]
        lines.append((Code(one.words.mark), item, stands, *(_side_said(last.get(toward)) for toward in Toward)))
    return Section(
        _("Index"),
        id="index",
        column=0,
        table=Table(_("Exhibits and who has them"), columns, tuple(lines)) if lines else None,
        empty=Empty(_("No item of evidence is proposed for the court.")),
    )


def _side_said(entry: DisclosureEntry | None) -> str:
    if entry is None:
        return _("not yet")
    return _("must not") if entry.protected else formats.short_day_and_year(entry.on)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log, as it is read."""

    on: date
    mark: str
    side: Text
    ground: Text
    version: str


def _lines(shown: Sequence[Shown]) -> list[Line]:
    """The log of some exhibits, oldest first."""
    found = sorted(((entry, one) for one in shown for entry in one.entries), key=lambda pair: pair[0].id)
    told = ("to_whom", "order") if all(one.reads for one in shown) else ()
    opened = sealing.open_rows([entry for entry, _one in found], *told, "version_hash")
    return [_line(entry, one, words) for (entry, one), words in zip(found, opened, strict=True)]


def _line(entry: DisclosureEntry, one: Shown, words: sealing.Opened) -> Line:
    ground = PROTECTED_LABELS[entry.protected] if entry.protected else GROUND_LABELS[entry.ground]
    if entry.protected:
        ground = _("Must not be given: %(reason)s") % {"reason": ground}
    version = words.text("version_hash")
    return Line(
        on=entry.on,
        mark=one.words.mark or (one.item.code if one.item else ""),
        side=_with(TOWARD_LABELS[entry.toward], words.text("to_whom")),
        ground=_with(ground, words.text("order")),
        version=digest.spaced(version) if version else "",
    )


def _given(one: Shown) -> Section:
    return Section(
        _("What was given, and what must not be"),
        id="log",
        rows=tuple(
            Row(
                title=line.side,
                when=formats.near_day(line.on, today()),
                meta=line.ground,
                lines=((_("SHA-256"), Code(line.version, hash=True)),) if line.version else (),
            )
            for line in _lines([one])
        ),
        empty=Empty(_("Nothing was disclosed.")),
    )


def _log(shown: Sequence[Shown]) -> Section:
    title = _("What was given, and what must not be")
    columns = (
        Column(_("Day")), Column(_("Exhibit")), Column(_("Side")), Column(_("Ground")), Column(_("Fingerprint given")),
    )  # fmt: skip
    lines = tuple(
        (
            formats.short_day_and_year(line.on),
            Code(line.mark),
            line.side,
            line.ground,
            Code(line.version, hash=True) if line.version else "",
        )
        for line in _lines(shown)
    )
    return Section(
        title,
        id="log",
        column=0,
        table=Table(title, columns, lines) if lines else None,
        empty=Empty(_("Nothing was disclosed.")),
    )


def _with(label: StrOrPromise, words: str) -> Text:
    return (f"{label}:", Name(words)) if words else label
