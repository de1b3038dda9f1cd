"""Findings on the body map, and photographs."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from amparo.access.actors import Actor
from amparo.forensics.commands.reach import about, consent_for, draft_for, exam_for, next_number, note
from amparo.forensics.errors import NoSuchPlace, NotAPhotograph, ScaleReasonMissing
from amparo.forensics.models import Examination, ExamPhoto, Finding
from amparo.forensics.queries.reach import SEE
from amparo.forensics.rules import findings as rules
from amparo.forensics.rules.consent import photo_item
from amparo.forensics.rules.figures import View, view_of
from amparo.forensics.words import Anatomy, Figure, InjuryType, Item
from amparo.kernel.errors import NotFound
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.vault import sealing
from amparo.vault.sealing import Words
from amparo.vault.store import Erasure
from amparo.web import uploads
from amparo.web.uploads import Received

_PICTURES = ("image/jpeg", "image/png", "image/webp")


@dataclass(frozen=True, slots=True)
class Seen:
    """One mark on the body, as it was seen. Sizes in millimetres; x and y in the view's own units."""

    view: str
    region: str = ""
    x: float | None = None
    y: float | None = None
    line: str = ""
    type: InjuryType = InjuryType.OTHER
    length_mm: int | None = None
    width_mm: int | None = None
    depth_mm: int | None = None
    shape: str = ""
    colour: str = ""
    edges: str = ""
    around: str = ""
    inside: str = ""
    age: str = ""
    remark: str = ""


def _view(row: Examination, code: str) -> View:
    view = view_of(code, Figure(row.figure), Anatomy(row.anatomy))
    if view is None:
        raise NoSuchPlace(field="region")
    return view


def _words(view: View, seen: Seen) -> dict[str, Words]:
    rules.check_size(("length_mm", seen.length_mm), ("width_mm", seen.width_mm), ("depth_mm", seen.depth_mm))
    region, x, y = rules.place_on(view, seen.region, seen.x, seen.y)
    words: dict[str, Words] = {
        "view": view.code,
        "region": region.code,
        "x": x,
        "y": y,
        "line": rules.written_line(rules.parse_line(seen.line, view)),
        "type": seen.type,
        "length_mm": seen.length_mm,
        "width_mm": seen.width_mm,
        "depth_mm": seen.depth_mm,
        "shape": seen.shape,
        "colour": seen.colour,
        "edges": seen.edges,
        "around": seen.around,
        "inside": seen.inside,
        "age": seen.age,
        "remark": seen.remark,
    }
    return {name: value for name, value in words.items() if value not in ("", None)}


def needs_of(view: View) -> Item:
    """Which consent a finding on a view rests on."""
    return Item.GENITAL if view.is_genital else Item.EXAMINATION


@command
def record_finding(*, actor: Actor, exam_id: UUID, seen: Seen) -> UUID:
    """Draw and describe a mark on the body. **Needs** forensics:exam:change, as its examiner, and consent.

    **Ledger** finding.recorded. Raises ConsentMissing, NoSuchPlace, SizeImpossible, AlreadySealed, NotYours.
    """
    row = draft_for(actor, exam_id)
    view = _view(row, seen.view)
    consent_for(row, needs_of(view))
    finding = Finding(exam=row, **about(row), number=next_number(Finding, row))
    writing.insert(finding, words=_words(view, seen))
    note(Verb.FINDING_RECORDED, finding, {"number": finding.number}, subject=row.id)
    return finding.id


def _finding(actor: Actor, finding_id: UUID) -> tuple[Examination, Finding]:
    found = Finding.objects.filter(pk=finding_id).first()
    if found is None:
        raise NotFound
    return draft_for(actor, found.exam_id), found


@command
def change_finding(*, actor: Actor, finding_id: UUID, seen: Seen, expected: int | None = None) -> UUID:
    """Describe a mark again, before the record is sealed. **Needs** forensics:exam:change, as its examiner.

    **Ledger** finding.changed. Raises ConsentMissing, NoSuchPlace, SizeImpossible, AlreadySealed, Changed.
    """
    row, finding = _finding(actor, finding_id)
    view = _view(row, seen.view)
    consent_for(row, needs_of(view))
    writing.update(finding, expected=expected, words=_words(view, seen))
    note(Verb.FINDING_CHANGED, finding, {"number": finding.number}, subject=row.id)
    return finding.id


@command
def remove_finding(*, actor: Actor, finding_id: UUID) -> UUID:
    """Take away what was drawn by mistake, before the record is sealed; its photographs go first.

    **Needs** forensics:exam:change, as its examiner. **Ledger** finding.removed. Raises AlreadySealed.
    """
    row, finding = _finding(actor, finding_id)
    for photo in ExamPhoto.objects.filter(finding_id=finding.id):
        _remove_photo(row, photo)
    writing.delete(finding)
    note(Verb.FINDING_REMOVED, finding, {"number": finding.number}, subject=row.id)
    return row.id


# ---- photographs -------------------------------------------------------------------------------------------


@command
def add_photo(
    *,
    actor: Actor,
    exam_id: UUID,
    has_scale: bool,
    upload_id: UUID | None = None,
    received: Received | None = None,
    finding_id: UUID | None = None,
    is_genital: bool = False,
    caption: str = "",
    why_no_scale: str = "",
) -> UUID:
    """Keep a photograph, sealed under her key. Without a scale it is kept with the reason.

    A photograph of a finding on a genital view rests on the consent for those, also where nobody said that it shows it.
    **Needs** forensics:exam:change, as its examiner, and consent to photographs. **Ledger** exam.photo_added.
    Raises ConsentMissing, ScaleReasonMissing, NotAPhotograph, UploadGone, AlreadySealed.
    """
    row = draft_for(actor, exam_id)
    is_genital = is_genital or _is_genital(row, finding_id)
    consent_id = consent_for(row, photo_item(genital=is_genital))
    if not has_scale and not why_no_scale:
        raise ScaleReasonMissing(field="why_no_scale")
    kept = uploads.claim(actor, upload_id, row.person_id) if upload_id is not None else received
    if kept is None or kept.media_type not in _PICTURES:
        raise NotAPhotograph(field="file")
    photo = ExamPhoto(
        exam=row,
        **about(row),
        finding_id=finding_id,
        number=next_number(ExamPhoto, row),  # type: ignore[arg-type]
        has_scale=has_scale,
        is_genital=is_genital,
        consent_id=consent_id,
        key_salt=kept.salt,
        address=kept.address,
        stored_bytes=kept.stored_bytes,
    )
    details: Words = {
        "name": kept.name,
        "media_type": kept.media_type,
        "sha256": kept.sha256,
        "bytes": kept.plain_bytes,
    }
    writing.insert(photo, details=details, caption=caption, why_no_scale="" if has_scale else why_no_scale)
    # The hash of the sealed bytes: that of the plain ones would tell who has the same picture.
    facts = {"number": photo.number, "scale": has_scale, "sha256": kept.address}
    note(Verb.EXAM_PHOTO_ADDED, photo, facts, subject=row.id)  # type: ignore[arg-type]
    return photo.id


def _is_genital(row: Examination, finding_id: UUID | None) -> bool:
    """Whether a photograph of this finding shows what has a consent of its own, whatever was ticked.

    Raises NotFound.
    """
    if finding_id is None:
        return False
    finding = Finding.objects.filter(pk=finding_id, exam_id=row.id).first()
    if finding is None:
        raise NotFound
    seen = sealing.open_row(finding, "words").table("words").get("view")
    return _view(row, str(seen)).is_genital


def _remove_photo(row: Examination, photo: ExamPhoto) -> None:
    writing.delete(photo)
    facts = {"number": photo.number}
    writing.note(Verb.EXAM_PHOTO_REMOVED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    address = photo.address
    transaction.on_commit(lambda: uploads.store().delete(address, Erasure(photo.id, "removed_before_sealing")))


@command
def remove_photo(*, actor: Actor, photo_id: UUID) -> UUID:
    """Destroy a photograph that should not be in the record, before it is sealed.

    **Needs** forensics:exam:change, as its examiner. **Ledger** exam.photo_removed. Raises AlreadySealed.
    """
    photo = ExamPhoto.objects.filter(pk=photo_id).first()
    if photo is None:
        raise NotFound
    row = draft_for(actor, photo.exam_id)
    _remove_photo(row, photo)
    return row.id


@command
def record_photo_view(*, actor: Actor, photo_id: UUID) -> UUID:
    """Record that the actor looks at a photograph, before she does. **Needs** forensics:exam:see.

    **Ledger** exam.photo_viewed.
    """
    photo = ExamPhoto.objects.filter(pk=photo_id).first()
    if photo is None:
        raise NotFound
    row = exam_for(actor, photo.exam_id, SEE)
    writing.note(
        Verb.EXAM_PHOTO_VIEWED,
        subject=row.id,
        case=row.case_id,
        office=row.office_id,
        facts={"number": photo.number},
    )
    return photo.id
