"""What a record holds: findings, photographs, specimens, opinions and addenda; and the form that is hashed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.forensics.models import Addendum, Examination, ExamPhoto, Finding, Opinion, Specimen
from amparo.forensics.queries.reach import ExamView
from amparo.forensics.rules.drawing import Mark
from amparo.forensics.words import AGE_LABELS, INJURY_LABELS, SHAPE_LABELS, Degree
from amparo.forensics.words.body import REGION_LABELS
from amparo.kernel import digest
from amparo.kernel.digest import JsonValue
from amparo.kernel.words import Compartment
from amparo.vault import sealing
from amparo.vault.sealing import Words
from amparo.web.uploads import StoredBlob

FORMAT = "amparo examination 1"


@dataclass(frozen=True, slots=True)
class FindingView:
    id: UUID
    number: int
    words: Mapping[str, Words] = field(repr=False)
    version: int = 1

    def said(self, name: str) -> str:
        value = self.words.get(name)
        return value if isinstance(value, str) else "" if value is None else str(value)

    @property
    def view(self) -> str:
        return self.said("view")

    @property
    def x(self) -> float:
        return float(str(self.words.get("x", 0)))

    @property
    def y(self) -> float:
        return float(str(self.words.get("y", 0)))

    @property
    def mark(self) -> Mark:
        return Mark(self.number, self.x, self.y, self.said("line"))

    @property
    def region_label(self) -> str:
        return str(REGION_LABELS.get(self.said("region"), ""))

    @property
    def title(self) -> str:
        """What it is and where, such as "Bruise, left forearm"."""
        kind = INJURY_LABELS.get(self.said("type"), self.said("type"))
        return _("%(injury)s, %(place)s") % {"injury": kind, "place": self.region_label}

    @property
    def size(self) -> str:
        sides = [self.words.get(name) for name in ("length_mm", "width_mm")]
        written = " × ".join(str(side) for side in sides if side)
        depth = self.words.get("depth_mm")
        parts = [_("%(size)s mm") % {"size": written}] if written else []
        if depth:
            parts.append(_("%(size)s mm deep") % {"size": depth})
        return ", ".join(parts)

    @property
    def lines(self) -> tuple[str, ...]:
        """Its description, a sentence each; labels are the reader's, words are as they were written."""
        shape = str(SHAPE_LABELS.get(self.said("shape"), ""))
        age = str(AGE_LABELS.get(self.said("age"), ""))
        labelled = (
            ("", ", ".join(filter(None, (self.size, shape.lower() if self.size else shape)))),
            (_("Colour: %(words)s"), self.said("colour")),
            (_("Edges: %(words)s"), self.said("edges")),
            (_("Around it: %(words)s"), self.said("around")),
            (_("In it: %(words)s"), self.said("inside")),
            ("", age),
            ("", self.said("remark")),
        )
        return tuple((label % {"words": words} if label else words) for label, words in labelled if words)


@dataclass(frozen=True, slots=True)
class PhotoView:
    id: UUID
    number: int
    finding_id: UUID | None
    has_scale: bool
    is_genital: bool
    caption: str
    why_no_scale: str
    sha256: str
    bytes: int
    blob: StoredBlob | None = field(repr=False, default=None)


@dataclass(frozen=True, slots=True)
class SpecimenView:
    id: UUID
    number: int
    item_id: UUID | None
    is_kit: bool
    compartment: Compartment
    words: Mapping[str, Words] = field(repr=False)
    version: int = 1

    def said(self, name: str) -> str:
        value = self.words.get(name)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class OpinionView:
    id: UUID
    number: int
    signed_at: datetime | None
    signed_by: UUID | None
    sha256: str
    words: Mapping[str, Words] = field(repr=False)
    version: int = 1

    @property
    def degrees(self) -> dict[int, Degree]:
        value = self.words.get("degrees")
        table = value if isinstance(value, dict) else {}
        return {int(number): Degree(str(degree)) for number, degree in table.items() if degree}

    @property
    def overall(self) -> Degree | None:
        value = self.words.get("overall")
        return Degree(str(value)) if value else None

    def said(self, name: str) -> str:
        value = self.words.get(name)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class AddendumView:
    number: int
    added_at: datetime
    added_by: UUID
    sha256: str
    text: str


def findings(exam_id: UUID) -> tuple[FindingView, ...]:
    """The findings of an examination in their order. Cost: two queries."""
    rows = list(Finding.objects.filter(exam_id=exam_id).order_by("number"))
    opened = sealing.open_rows(rows, "words")
    return tuple(
        FindingView(row.id, row.number, words.table("words"), row.version)
        for row, words in zip(rows, opened, strict=True)
    )


def photos(exam_id: UUID) -> tuple[PhotoView, ...]:
    """The photographs of an examination in their order. Cost: two queries."""
    rows = list(ExamPhoto.objects.filter(exam_id=exam_id).order_by("number"))
    opened = sealing.open_rows(rows, "details", "caption", "why_no_scale")
    return tuple(_photo(row, words) for row, words in zip(rows, opened, strict=True))


def _photo(row: ExamPhoto, words: sealing.Opened) -> PhotoView:
    details = words.table("details")
    erased = "details" in words.erased or not details
    blob = None if erased else StoredBlob(
        address=row.address,
        owner_id=row.person_id,
        compartment=Compartment.EXAMINATION,
        office_id=row.office_id,
        salt=bytes(row.key_salt),
        plain_bytes=int(str(details["bytes"])),
        name=str(details["name"]),
        media_type=str(details["media_type"]),
    )  # fmt: skip
    return PhotoView(
        id=row.id,
        number=row.number,
        finding_id=row.finding_id,
        has_scale=row.has_scale,
        is_genital=row.is_genital,
        caption=words.text("caption"),
        why_no_scale=words.text("why_no_scale"),
        sha256=str(details.get("sha256", "")),
        bytes=int(str(details.get("bytes", 0))),
        blob=blob,
    )


def photo(photo_id: UUID) -> PhotoView | None:
    row = ExamPhoto.objects.filter(pk=photo_id).first()
    return None if row is None else _photo(row, sealing.open_row(row, "details", "caption", "why_no_scale"))


def specimens(exam_id: UUID) -> tuple[SpecimenView, ...]:
    """The specimens of an examination in their order, those for her health too. Cost: two queries."""
    rows = list(Specimen.objects.filter(exam_id=exam_id).order_by("number"))
    opened = sealing.open_rows(rows, "words")
    return tuple(
        SpecimenView(
            row.id, row.number, row.item_id, row.is_kit, Compartment(row.compartment), words.table("words"), row.version
        )
        for row, words in zip(rows, opened, strict=True)
    )


def opinions(exam_id: UUID) -> tuple[OpinionView, ...]:
    rows = list(Opinion.objects.filter(exam_id=exam_id).order_by("number"))
    opened = sealing.open_rows(rows, "words")
    return tuple(
        OpinionView(row.id, row.number, row.signed_at, row.signed_by, row.sha256, words.table("words"), row.version)
        for row, words in zip(rows, opened, strict=True)
    )


def addenda(exam_id: UUID) -> tuple[AddendumView, ...]:
    rows = list(Addendum.objects.filter(exam_id=exam_id).order_by("number"))
    opened = sealing.open_rows(rows, "text")
    return tuple(
        AddendumView(row.number, row.added_at, row.added_by, row.sha256, words.text("text"))
        for row, words in zip(rows, opened, strict=True)
    )


# ---- the form that is hashed --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hashes:
    """Over everything but health, and over health alone."""

    record: str
    clinical: str


def hashes(view: ExamView, attestation: Mapping[str, Words], salt: str, sealed_at: datetime) -> Hashes:
    """The hashes of a record as it is stored now. Cost: six queries."""
    row = view.row
    taken = specimens(row.id)
    record: dict[str, JsonValue] = {
        **_head(row, "record", salt),
        "facility": view.facility,
        "attestation": dict(attestation),
        "consents": [
            {
                "item": one.item,
                "answer": one.answer,
                "at": _moment(one.asked_at),
                "giver": one.giver,
                "method": one.method,
            }
            for one in view.consents
            if one.asked_at <= sealed_at
        ],
        "sections": _sections(view, Compartment.EXAMINATION),
        "findings": [{"number": one.number, **dict(one.words)} for one in findings(row.id)],
        "photographs": [_hashed_photo(one) for one in photos(row.id)],
        "specimens": _specimens(taken, Compartment.EXAMINATION),
    }
    clinical: dict[str, JsonValue] = {
        **_head(row, "health", salt),
        "sections": _sections(view, Compartment.CLINICAL),
        "specimens": _specimens(taken, Compartment.CLINICAL),
    }
    return Hashes(digest.sha256_of(record), digest.sha256_of(clinical))


def _head(row: Examination, part: str, salt: str) -> dict[str, JsonValue]:
    return {
        "format": FORMAT,
        "part": part,
        "salt": salt,
        "exam": str(row.id),
        "code": row.code,
        "person": str(row.person_id),
        "figure": row.figure,
        "anatomy": row.anatomy,
        "examiner": str(row.examiner_id),
        "started": _moment(row.started_at),
        "ended": _moment(row.ended_at),
        "stopped": _moment(row.stopped_at),
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _sections(view: ExamView, compartment: Compartment) -> JsonValue:
    wanted = {part.code for part in view.parts if part.compartment is compartment}
    return {
        code: {"done": section.done, "answers": dict(section.answers)}
        for code, section in sorted(view.sections.items())
        if code in wanted
    }


def _hashed_photo(one: PhotoView) -> JsonValue:
    return {
        "number": one.number,
        "sha256": one.sha256,
        "bytes": one.bytes,
        "scale": one.has_scale,
        "why_no_scale": one.why_no_scale,
        "caption": one.caption,
        "finding": None if one.finding_id is None else str(one.finding_id),
    }


def _specimens(taken: Sequence[SpecimenView], compartment: Compartment) -> JsonValue:
    return [
        {"number": one.number, "item": None if one.item_id is None else str(one.item_id), **dict(one.words)}
        for one in taken
        if one.compartment is compartment
    ]


def stored_hashes(view: ExamView) -> Hashes:
    """The hashes of a sealed record, computed anew from what is stored."""
    words = sealing.open_row(view.row, "attestation", "seal_salt")
    assert view.row.sealed_at is not None, "only a sealed record has hashes"  # noqa: S101
    return hashes(view, words.table("attestation"), words.text("seal_salt"), view.row.sealed_at)


def is_whole(view: ExamView) -> bool:
    """Whether a sealed record is as it was when it was sealed."""
    return stored_hashes(view) == Hashes(view.row.record_sha256, view.row.clinical_sha256)


def opinion_hash(row: Examination, number: int, words: Mapping[str, Words], signed_at: datetime, by: UUID) -> str:
    """What a signature stands for: the opinion's words, bound to the record that it is about."""
    return digest.sha256_of(
        {
            "format": f"{FORMAT} opinion",
            "record": row.record_sha256,
            "number": number,
            "words": dict(words),
            "at": signed_at.isoformat(),
            "by": str(by),
        }
    )


def addendum_hash(row: Examination, number: int, text: str, added_at: datetime, by: UUID) -> str:
    return digest.sha256_of(
        {
            "format": f"{FORMAT} addendum",
            "record": row.record_sha256,
            "number": number,
            "text": text,
            "at": added_at.isoformat(),
            "by": str(by),
        }
    )
