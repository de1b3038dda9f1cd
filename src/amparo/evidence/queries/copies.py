"""Copies that left us: the mark of each, the bytes of one that was just recorded, and the register of their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.evidence.errors import CopyChanged, CopyTimeOver, NothingToSee
from amparo.evidence.models import Copy, CustodyEvent
from amparo.evidence.queries.bags import Bag, zipped
from amparo.evidence.queries.items import LOOK, SEE, VIEW, FileView, file_of, load_item
from amparo.evidence.words import COPY_LABELS, OWN, WAY_LABELS, CopyOf, Way
from amparo.kernel import clock, codes, digest
from amparo.kernel.digest import JsonValue
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment, Sight
from amparo.papers import marking
from amparo.papers.marks import Mark
from amparo.papers.typesetting import typeset
from amparo.partners import queries as partners
from amparo.vault import sealing
from amparo.web import formats, uploads
from amparo.web.sheets import Button, Code, Crumb, Empty, Fact, Listing, Name, Notice, Row, Section, Sheet, Tag, Text

COPY = "evidence:copy:see"
PAGE = 50
_COVER = "evidence/papers/cover.typ"
# The name that a file came with is somebody's words, often a person's name: its ending is told from its kind alone.
_ENDINGS: Mapping[str, str] = {
    "application/pdf": ".pdf", "application/zip": ".zip", "audio/3gpp": ".3gp", "audio/aac": ".aac",
    "audio/amr": ".amr", "audio/flac": ".flac", "audio/mp4": ".m4a", "audio/mpeg": ".mp3", "audio/ogg": ".ogg",
    "audio/opus": ".opus", "audio/wav": ".wav", "audio/wave": ".wav", "audio/webm": ".webm", "audio/x-m4a": ".m4a",
    "audio/x-wav": ".wav", "image/gif": ".gif", "image/heic": ".heic", "image/jpeg": ".jpg", "image/png": ".png",
    "image/tiff": ".tiff", "image/webp": ".webp", "text/plain": ".txt", "video/3gpp": ".3gp", "video/mp4": ".mp4",
    "video/ogg": ".ogv", "video/quicktime": ".mov", "video/webm": ".webm",
}  # fmt: skip


def ending_of(media_type: str) -> str:
    return _ENDINGS.get(media_type, ".bin")


# ---- the mark ----------------------------------------------------------------------------------------------


def mark_of(row: Copy, language: str, at: datetime | None = None) -> Mark:
    """What stands on a copy: its number, whom it is for, and the day, of `at` or else of its row. Cost: two queries."""
    with translation.override(language):
        said = {
            "number": f"\u2066{row.code}\u2069",
            "to": _recipient(row),
            "day": formats.day(clock.day_of(at or row.created_at)),
        }
        return Mark(row.code, _("Copy %(number)s · for %(to)s · %(day)s") % said)


def _knows_where(actor: Actor, row: Copy) -> bool:
    """Where she is helped is known to who made the copy, and to those who may know her."""
    if row.of not in (CopyOf.REFERRAL, CopyOf.RELEASE) or row.created_by == actor.account_id:
        return True
    return policy.sight(actor, Compartment.IDENTITY, policy.subject_of(row)) >= Sight.PARTIAL


def _recipient(row: Copy) -> str:
    """The agency that a copy is for, or our own office that keeps it: never a person."""
    if row.agency_id is not None:
        return partners.agency_names([row.agency_id]).get(row.agency_id, "")
    return access.office(row.office_id).name


def _for_whom(row: Copy) -> Text:
    """The same in a page of ours, where the name of an office alone would not say that it is our own."""
    return Name(_recipient(row)) if row.agency_id is not None else _own_office(row.office_id)


def _own_office(office_id: UUID) -> str:
    return _("Our own office: %(name)s") % {"name": access.office(office_id).name}


def cover_paper(row: Copy, mark: Mark, language: str, lines: Sequence[tuple[str, str]]) -> bytes:
    """The paper beside a copy that bears no mark itself. `lines`: the code of each part, and its SHA-256 if it has one.

    The same copy gives the same bytes.
    """
    with translation.override(language):
        values: dict[str, JsonValue] = {
            "title": _("Cover paper of a copy"),
            "number": row.code,
            "foot": access.office(row.office_id).name,
            "facts": [
                [_("For"), _recipient(row)],
                [_("Made on"), formats.day(clock.day_of(row.created_at))],
                [_("What it is"), str(COPY_LABELS[row.of])],
            ],
            "rules": [
                _("Keep this paper with the files. They bear no mark themselves, so that they stay as they were."),
                _("Each copy has a number of its own. If somebody else has it, the number says whose it was."),
            ],
            "list_title": _("What belongs to it"),
            "heads": [_("Number"), _("SHA-256")],
            "lines": [[code, digest.spaced(sha) if sha else _("no file"), bool(sha)] for code, sha in lines],
            "nothing": _("What is listed in the release."),
        }
    return typeset(_COVER, values, language=language, at=row.created_at, mark=mark)


def cover_of(copy_id: UUID, language: str, lines: Sequence[tuple[str, str]]) -> bytes:
    """The cover paper of a copy; the caller has asked the policy."""
    row = Copy.objects.get(pk=copy_id)
    return cover_paper(row, mark_of(row, language), language, lines)


def recipients(actor: Actor, office_id: UUID) -> list[tuple[str, str]]:
    """Whom a copy may be for, as choices: our own office, then agencies by name. Cost: three queries."""
    return [(OWN, _own_office(office_id)), *partners.recipient_choices(actor)]


# ---- one that was just recorded ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sent:
    """A copy on its way out."""

    name: str
    media_type: str
    pieces: Iterator[bytes] = field(repr=False)


def marked_copy(file: FileView, mark: Mark) -> bytes | None:
    """The file with the mark on it; None where it has to stay as it is. Cost: the whole file in memory, up to 40 MB."""
    if not marking.can_be_marked(file.blob.media_type, file.bytes):
        return None
    return marking.marked(b"".join(uploads.pieces(file.blob)), file.blob.media_type, mark)


def own_copy(actor: Actor, copy_id: UUID) -> Copy:
    """A copy of evidence that the actor recorded herself, and may still see what it is of. Raises NotFound, Refused."""
    of = (CopyOf.FILE, CopyOf.COURT)
    row = Copy.objects.filter(pk=copy_id, created_by=actor.account_id, of__in=of).first()
    if row is None:
        raise NotFound
    load_item(actor, VIEW, row.source_id)
    return row


def fetched(actor: Actor, copy_id: UUID) -> Copy:
    """The same, while it may still be fetched. Raises NotFound, Refused, CopyTimeOver."""
    row = own_copy(actor, copy_id)
    if row.created_at <= clock.now() - LOOK:
        raise CopyTimeOver
    return row


def file_copy(actor: Actor, row: Copy) -> Sent:
    """The copy of a file as it was recorded, marked or with its cover paper.

    Raises NotFound, NothingToSee, CopyChanged.
    """
    item = load_item(actor, VIEW, row.source_id)
    file = file_of(item)
    if file is None:
        raise NothingToSee
    readings.opened(item.case_id, Compartment.EVIDENCE)
    recorded = _recorded(row)
    name = f"{row.code}{ending_of(file.blob.media_type)}"
    if row.way == Way.MARKED:
        made = marked_copy(file, recorded.mark)
        if made is None:
            raise CopyChanged
        recorded.refuse_another(made)
        return Sent(name, file.blob.media_type, iter((made,)))
    cover = cover_paper(row, mark_of(row, recorded.language), recorded.language, [(item.code, file.sha256)])
    bag = Bag(row.code, row.created_at, {"cover.pdf": cover}, ((name, file.blob),))
    return Sent(f"{row.code}.zip", "application/zip", zipped(bag))


# ---- the register ------------------------------------------------------------------------------------------


def may_find_copies(actor: Actor) -> bool:
    return policy.has(actor, COPY)


def numbers_of(source_id: UUID) -> list[tuple[UUID, str]]:
    """The copies of something by id and number, newest first; the caller has asked the policy. Cost: one query."""
    return list(Copy.objects.filter(source_id=source_id).order_by("-id").values_list("id", "code"))


@dataclass(frozen=True, slots=True)
class Recorded:
    """A copy as it was recorded, so that its paper is made again."""

    mark: Mark
    at: datetime
    language: str
    _sha256: str

    def refuse_another(self, made: bytes) -> None:
        """Raise CopyChanged for what is not what was recorded: it must not leave under this number."""
        if digest.sha256(made) != self._sha256:
            raise CopyChanged


def recorded_copy(copy_id: UUID) -> Recorded:
    """A copy as it was recorded; the caller has asked the policy. Cost: three queries."""
    return _recorded(Copy.objects.get(pk=copy_id))


def _recorded(row: Copy) -> Recorded:
    details = sealing.open_row(row, "details").table("details")
    language = str(details.get("language", "en"))
    # A moment before that of its row: it was made first, and kept then.
    at = datetime.fromisoformat(str(details["at"])) if "at" in details else row.created_at
    return Recorded(mark_of(row, language, at), at, language, str(details.get("copy", "")))


def marks_of_source(source_id: UUID, language: str) -> Mark | None:
    """The mark of the newest copy of something; the caller has asked the policy. None where there is none."""
    row = Copy.objects.filter(source_id=source_id).order_by("-id").first()
    return None if row is None else mark_of(row, language)


def find_copy_by_code(actor: Actor, code: str) -> Row | None:
    """The copy with this number, for who may see it. Cost: one query."""
    row = policy.visible(actor, COPY, Copy.objects.filter(code=code)).first()
    return None if row is None else Row(title=Code(row.code), url=copy_url(row.id))


def copy_of_number(actor: Actor, typed: str) -> UUID:
    """The copy with a number as somebody typed it. Raises CodeMistyped, NotFound."""
    row = policy.visible(actor, COPY, Copy.objects.filter(code=codes.parse_code(typed, prefix="CP"))).first()
    if row is None:
        raise NotFound
    return row.id


def copy_url(copy_id: UUID) -> str:
    return reverse("evidence:one_copy", args=[copy_id])


def copies_crumbs() -> tuple[Crumb, ...]:
    return (Crumb(_("Copies that left"), reverse("evidence:copies")),)


def copies(actor: Actor, after: UUID | None) -> Listing:
    """The register of copies, newest first. Raises NotFound. Cost: some six queries."""
    if not may_find_copies(actor):
        raise NotFound
    rows = policy.visible(actor, COPY, Copy.objects.all()).order_by("-id")
    if after is not None:
        rows = rows.filter(id__lt=after)
    found = list(rows[: PAGE + 1])
    page = found[:PAGE]
    names = access.names_of(row.created_by for row in page)
    agencies = partners.agency_names([row.agency_id for row in page if row.agency_id])
    offices = {one.id: one.name for one in access.offices()}
    url = reverse("evidence:copies")
    return Listing(
        title=_("Copies that left"),
        lede=_("Each copy has a number. Type that of a copy that was found: it says who made it, and for whom."),
        rows=tuple(
            Row(
                when=formats.near_day(clock.day_of(row.created_at), clock.today()),
                title=str(COPY_LABELS[row.of]),
                meta=(Code(row.code), "·", Name(names.get(row.created_by, ""))),
                tag=_whom(row, agencies, offices) if _knows_where(actor, row) else None,
                url=copy_url(row.id),
            )
            for row in page
        ),
        empty=Empty(_("No copy that you can see has left.")),
        next_url=f"{url}?after={page[-1].id}" if len(found) > PAGE else "",
        previous_url=url if after is not None else "",
    )


def _whom(row: Copy, agencies: Mapping[UUID, str], offices: Mapping[UUID, str]) -> Tag:
    named = agencies.get(row.agency_id, "") if row.agency_id else offices.get(row.office_id, "")
    return Tag(named or _("our own office"), "on" if row.agency_id else "")


def copy_page(actor: Actor, copy_id: UUID) -> Sheet:
    """The page of one copy: whose it was, and what it was of. Raises NotFound. Cost: some ten queries."""
    row = policy.load(actor, COPY, Copy, copy_id)
    head = cases.heads(actor, [row.case_id]).get(row.case_id)
    case: Text = Code(head.code, reverse("desk:case", args=[head.id])) if head is not None else _("not yours to see")
    details = sealing.open_row(row, "details").table("details")
    of_copy = _("SHA-256 of its manifest") if row.of == CopyOf.COURT else _("SHA-256 of the copy")
    hashes = ((_("SHA-256 of the original"), "original"), (of_copy, "copy"))
    facts = (
        Fact(_("For"), _for_whom(row) if _knows_where(actor, row) else _("Ask who made it.")),
        Fact(_("Made on"), formats.day(clock.day_of(row.created_at))),
        Fact(_("Made by"), Name(access.names_of([row.created_by]).get(row.created_by, ""))),
        Fact(_("What it is"), str(COPY_LABELS[row.of])),
        Fact(_("Of"), _sources(actor, row), dir_auto=False),
        Fact(_("Case"), case, dir_auto=False),
        Fact(_("The mark"), str(WAY_LABELS[row.way])),
        *(
            Fact(label, Code(digest.spaced(str(details[name])), hash=True), dir_auto=False)
            for label, name in hashes
            if details.get(name)
        ),
    )
    mine = row.created_by == actor.account_id and row.of in (CopyOf.FILE, CopyOf.COURT)
    return Sheet(
        title=_("A copy that left"),
        crumbs=(*copies_crumbs(), Crumb(row.code, code=True)),
        code=Code(row.code),
        buttons=(_get_button(row),) if mine else (),
        notices=(Notice(_("The camera's own notes, such as the place, are in the original alone.")),)
        if row.way == Way.MARKED and row.of == CopyOf.FILE
        else (),
        sections=(Section(_("Whose copy it is"), id="copy", column=0, facts=facts),),
    )


def late_copy(actor: Actor, copy_id: UUID) -> Sheet:
    """A copy that its maker comes for too late, with the one press that gets it. Raises NotFound."""
    row = own_copy(actor, copy_id)
    facts = (
        Fact(_("What it is"), str(COPY_LABELS[row.of])),
        Fact(_("Of"), _sources(actor, row), dir_auto=False),
        Fact(_("For"), _for_whom(row)),
        Fact(_("Recorded"), formats.moment(row.created_at, timezone.get_current_timezone())),
    )
    return Sheet(
        title=_("Not fetched in time"),
        crumbs=(*copies_crumbs(), Crumb(row.code, copy_url(row.id), code=True)),
        code=Code(row.code),
        buttons=(_get_button(row),),
        sections=(Section(_("What you recorded"), id="copy", column=0, facts=facts),),
    )


def _get_button(row: Copy) -> Button:
    if row.created_at > clock.now() - LOOK:
        return Button(_("Get the file"), reverse("evidence:get_copy", args=[row.id]))
    return Button(_("Record it again and get the file"), reverse("evidence:copy_again", args=[row.id]), post=True)


def _sources(actor: Actor, row: Copy) -> Text:
    """What it is of, by code; an item with a link for who may see it."""
    if row.of not in (CopyOf.FILE, CopyOf.COURT):
        return tuple(Code(code) for code in row.source_codes)
    events = CustodyEvent.objects.filter(copy_id=row.id).select_related("item").order_by("item__code")
    found: list[Code] = []
    for event in events:
        seen = policy.decide(actor, SEE, policy.subject_of(event.item)).allowed
        found.append(Code(event.item.code, reverse("evidence:item", args=[event.item_id]) if seen else ""))
    return tuple(found)
