"""What the item is, its file and its proof."""

from __future__ import annotations

from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from amparo.access import policy
from amparo.evidence.models import EvidenceItem
from amparo.evidence.queries.items import (
    REGISTER,
    VIEW,
    FileView,
    proof_of,
)
from amparo.evidence.queries.page.loaded import LOOKS, Page
from amparo.evidence.words import (
    AUTHORITY_LABELS,
    CATEGORY_LABELS,
    STATE_LABELS,
    STORAGE_LABELS,
    Form,
    Kind,
)
from amparo.kernel import digest
from amparo.kernel.dates import PartialDate
from amparo.web import formats
from amparo.web.sheets import (
    Button,
    Code,
    Fact,
    Name,
    Row,
    Section,
    Tag,
    Veil,
    Withheld,
)


def about_sections(page: Page) -> tuple[Section, ...]:
    item, words = page.item, page.words
    if words is None:
        if page.item.isolation_by is not None:
            return ()
        withheld = Withheld(_("What it is and where it was found"))
        # Whoever keeps the room must know how, whatever it is.
        kept = (Fact(pgettext("where something is", "Kept"), STORAGE_LABELS[item.storage]),) if item.storage else ()
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
        facts.append(Fact(pgettext("where something is", "Kept"), STORAGE_LABELS[item.storage]))
    column: Literal[1, 2] = 2 if item.form == Form.PHYSICAL else 1
    return (Section(_("About the item"), id="about", column=column, facts=tuple(facts)),)


def reference_facts(page: Page) -> tuple[Fact, ...]:
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


def parts_sections(page: Page) -> tuple[Section, ...]:
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


def file_sections(page: Page) -> tuple[Section, ...]:
    file = page.file
    if file is None:
        if page.item.form == Form.FILE and page.words is None and page.item.isolation_by is None:
            return (Section(_("The file"), id="file", column=2, withheld=(Withheld(_("The file")),)),)
        return ()
    found = [_fingerprint(page, file)]
    if policy.decide(page.actor, VIEW, policy.subject_of(page.item)).allowed:
        found.insert(0, _veiled(page, file))
    return tuple(found)


def _veiled(page: Page, file: FileView) -> Section:
    words = page.words.text("veil_words") if page.words else ""
    veil = Veil(
        id="veil",
        description=words or _("Nobody has written down what it shows."),
        lift_url=page.url("view_file"),
        source_url=page.url("picture") if file.is_picture else "",
    )
    buttons = [
        Button(_("Take a copy out"), page.url("download_copy"), "quiet"),
        Button(_("Export for a court"), page.url("export"), "quiet"),
    ]
    if policy.decide(page.actor, REGISTER, policy.subject_of(page.item)).allowed:
        buttons.append(Button(_("It should never have been sent"), page.url("isolate"), "quiet"))
    title = _("Picture") if file.is_picture else _("The file")
    return Section(title, id="file", column=2, veil=veil, buttons=tuple(buttons))


def _fingerprint(page: Page, file: FileView) -> Section:
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


def looks_sections(page: Page) -> tuple[Section, ...]:
    looks = [event for event in reversed(page.events) if event.step.kind in LOOKS]
    if not looks:
        return ()
    rows = tuple(
        Row(when=page.day(e.step.at), title=Name(page.names.get(e.step.actor, "")), meta=page.clock(e.step.at))
        for e in looks[:10]
    )
    said = ngettext("%(count)s time in all.", "%(count)s times in all.", len(looks)) % {"count": len(looks)}
    return (Section(_("Who has looked at it"), id="looks", column=2, rows=rows, remark=said),)


def proof_sections(page: Page) -> tuple[Section, ...]:
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
