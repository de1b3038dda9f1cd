"""What was released, to whom, and what of it can be read now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.queries import LiveConsent
from amparo.evidence import queries as evidence
from amparo.forensics.errors import ReleaseEnded
from amparo.forensics.models import Examination, ItemConsent, Release, ReleasedPaper
from amparo.forensics.queries import record
from amparo.forensics.queries.reach import GIVE, READ, consents_of, standing
from amparo.forensics.queries.record import PhotoView
from amparo.forensics.rules.consent import TakenBack, ends_paper, photo_item
from amparo.forensics.rules.sealing import ReleaseFacts, readable
from amparo.forensics.words import RELEASE_LABELS, RELEASED_LABELS, Answer, Item, ReleaseState
from amparo.kernel import clock, digest
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.papers.marking import marked_picture
from amparo.papers.marks import Mark
from amparo.partners import queries as partners
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import Button, Code, Crumb, Empty, Fact, Listing, Name, Notice, Row, Section, Sheet, Tag
from amparo.web.uploads import StoredBlob

PAGE = 50


def readables(rows: Sequence[Release]) -> dict[UUID, frozenset[str]]:
    """What of releases may be read now: asked anew at each reading. Cost: five queries for any number.

    Nothing of it where its recipient has left the team of the case, or no agreement with her agency holds any more, or
    she took back a consent on which a part of the paper rests: then a new one can be made, without that part.
    """
    live = cases.live_consents(UUID(key) for row in rows for key in row.basis_ids)
    load = access.caseload({row.recipient_id for row in rows})
    ended = _ended_papers(rows)
    agencies = {row.agency_id for row in rows if row.agency_id}
    agreed = partners.classes_released(agencies, clock.today()) if agencies else {}
    return {
        row.id: readable(_facts(row, live, agreed), clock.today())
        if row.case_id in load.get(row.recipient_id, frozenset()) and row.id not in ended
        else frozenset()
        for row in rows
    }


def _ended_papers(rows: Sequence[Release]) -> frozenset[UUID]:
    asked: dict[UUID, list[TakenBack]] = {}
    found = ItemConsent.objects.filter(exam_id__in={row.exam_id for row in rows})
    for exam_id, item, answer, seq, at in found.values_list("exam_id", "item", "answer", "seq", "asked_at"):
        asked.setdefault(exam_id, []).append(TakenBack(Item(item), Answer(answer), seq, at))
    return frozenset(row.id for row in rows if ends_paper(asked.get(row.exam_id, ()), row.created_at, row.classes))


def _facts(row: Release, live: Mapping[UUID, LiveConsent], agreed: Mapping[UUID, frozenset[str]]) -> ReleaseFacts:
    """`agreed`: what may go to each agency; a colleague of our own needs no agreement."""
    hers = [live[UUID(key)] for key in row.basis_ids if UUID(key) in live]
    named = frozenset(name for one in hers for name in one.classes)
    return ReleaseFacts(
        state=row.state,
        until_on=row.until_on,
        classes=frozenset(row.classes),
        consent_live=bool(hers),
        consent_classes=named & agreed.get(row.agency_id, frozenset()) if row.agency_id else named,
    )


def readable_of(row: Release) -> frozenset[str]:
    """The same for one release."""
    return readables([row])[row.id]


def labels_of(classes: Sequence[str]) -> str:
    return ", ".join(str(RELEASED_LABELS[name]) for name in RELEASED_LABELS if name in classes)


@dataclass(frozen=True, slots=True)
class Given:
    """A release as its recipient may open it."""

    row: Release
    paper: StoredBlob


def paper_of(actor: Actor, release_id: UUID) -> Given:
    """The paper of a release for its recipient. Raises NotFound, ReleaseEnded."""
    row = policy.load(actor, READ, Release, release_id)
    if "examination" not in readable_of(row):
        raise ReleaseEnded
    file = ReleasedPaper.objects.filter(release_id=row.id).first()
    details = sealing.open_row(file, "details").table("details") if file else {}
    if file is None or not details:
        raise ReleaseEnded
    readings.opened(row.case_id, Compartment.EXAMINATION)
    blob = StoredBlob(
        address=file.address,
        owner_id=file.person_id,
        compartment=Compartment.EXAMINATION,
        office_id=file.office_id,
        salt=bytes(file.key_salt),
        plain_bytes=int(str(details["bytes"])),
        name=str(details["name"]),
        media_type=str(details["media_type"]),
    )
    return Given(row, blob)


def released_photos(row: Release) -> list[PhotoView]:
    """The photographs of a release: those whose own consent still stands. Cost: four queries."""
    answers = standing(consents_of(Examination.objects.get(pk=row.exam_id)))
    return [
        one
        for one in record.photos(row.exam_id)
        if answers.get(photo_item(genital=one.is_genital)) is Answer.GIVEN
    ]  # fmt: skip


def photo_of(actor: Actor, release_id: UUID, number: int) -> tuple[Release, PhotoView]:
    """A photograph of a release for its recipient. Raises NotFound, ReleaseEnded."""
    row = policy.load(actor, READ, Release, release_id)
    if "photographs" not in readable_of(row):
        raise ReleaseEnded
    found = next((one for one in released_photos(row) if one.number == number), None)
    if found is None or found.blob is None:
        raise NotFound
    readings.opened(row.case_id, Compartment.EXAMINATION)
    return row, found


# ---- pages -------------------------------------------------------------------------------------------------


def state_tag(row: Release, can_read: frozenset[str]) -> Tag:
    if row.state != ReleaseState.OPEN:
        return Tag(RELEASE_LABELS[row.state], "danger")
    if not can_read:
        return Tag(_("Ended"), "warn")
    return Tag(_("Until %(day)s") % {"day": formats.near_day(row.until_on, clock.today())}, "ok")


def listing(actor: Actor, after: UUID | None) -> Listing:
    """What was released to the reader, newest first. Raises NotFound. Cost: some seven queries."""
    if not policy.has(actor, READ):
        raise NotFound
    rows = policy.visible(actor, READ, Release.objects.all())
    if after is not None:
        rows = rows.filter(id__lt=after)
    found = list(rows.order_by("-id")[: PAGE + 1])
    page = found[:PAGE]
    names = access.names_of(row.released_by for row in page)
    heads = cases.heads(actor, [row.case_id for row in page])
    seen = readables(page)
    return Listing(
        title=_("Released to you"),
        lede=_("Reports of examinations that you may read for a time. Each reading is recorded."),
        rows=tuple(
            Row(
                when=formats.near_day(row.created_at.date(), clock.today()),
                title=(Code(row.code), labels_of(row.classes)),
                meta=(
                    *((Code(heads[row.case_id].code),) if row.case_id in heads else ()),
                    Name(names.get(row.released_by, "")),
                ),
                tag=state_tag(row, seen[row.id]),
                url=reverse("forensics:release", args=[row.id]),
                strong=True,
            )
            for row in page
        ),
        empty=Empty(_("Nothing was released to you.")),
        next_url=f"?after={page[-1].id}" if len(found) > PAGE else "",
    )


def sheet(actor: Actor, release_id: UUID) -> Sheet:
    """The page of a release: for its recipient what she may open, for who gave it how it stands."""
    row = Release.objects.filter(pk=release_id).first()
    if row is None:
        raise NotFound
    is_mine = policy.decide(actor, READ, policy.subject_of(row)).allowed
    if not is_mine:
        policy.check(actor, GIVE, row)
    can_read = readable_of(row)
    names = access.names_of([row.recipient_id, row.released_by])
    exam = Examination.objects.get(pk=row.exam_id)
    crumbs = (
        (Crumb(_("Released"), reverse("forensics:releases")), Crumb(row.code, code=True))
        if is_mine
        else (
            Crumb(_("Examinations"), reverse("forensics:exams")),
            Crumb(exam.code, reverse("forensics:exam", args=[exam.id]), code=True),
            Crumb(row.code, code=True),
        )
    )
    facts = (
        Fact(_("Released to"), Name(names.get(row.recipient_id, ""))),
        *(Fact(_("Agency"), Name(name)) for name in _agency_of(row)),
        Fact(_("Released by"), Name(names.get(row.released_by, ""))),
        Fact(_("What"), labels_of(row.classes)),
        Fact(_("Can be read until"), formats.day(row.until_on)),
        *(Fact(_("Number of the copy"), Code(code), dir_auto=False) for _key, code in evidence.numbers_of(row.id)),
        Fact(_("SHA-256 of the report"), Code(digest.spaced(row.paper_sha256), hash=True), dir_auto=False),
    )
    return Sheet(
        title=_("Report of an examination"),
        crumbs=crumbs,
        code=Code(row.code),
        tags=(state_tag(row, can_read),),
        notices=_notices(row, can_read, is_mine=is_mine),
        buttons=_buttons(row, can_read, is_mine=is_mine),
        sections=(
            Section(_("This release"), id="release", column=1, facts=facts),
            *(_photographs(row) if is_mine and "photographs" in can_read else ()),
        ),
    )


def _agency_of(row: Release) -> list[str]:
    return list(partners.names_of([row.agency_id]).values()) if row.agency_id else []


def _notices(row: Release, can_read: frozenset[str], *, is_mine: bool) -> tuple[Notice, ...]:
    if not can_read:
        said = _(
            "It ran out, was declined or recalled, the consent was taken back, or the agreement with the agency ended."
        )
        return (Notice(said, "warn"),)
    if is_mine:
        said = _("Read it for the case only. Each reading is recorded with your name. It can't be passed on.")
        return (Notice(said),)
    return ()


def _buttons(row: Release, can_read: frozenset[str], *, is_mine: bool) -> tuple[Button, ...]:
    if row.state != ReleaseState.OPEN:
        return ()
    if not is_mine:
        return (Button(_("Recall it"), reverse("forensics:recall", args=[row.id]), "grave", post=True),)
    read = (Button(_("Read the report"), reverse("forensics:paper", args=[row.id])),) if can_read else ()
    return (*read, Button(_("Decline it"), reverse("forensics:decline", args=[row.id]), "quiet", post=True))


def _photographs(row: Release) -> tuple[Section, ...]:
    found = released_photos(row)
    rows = tuple(
        Row(
            when=_("Photograph %(number)s") % {"number": one.number},
            title=Name(one.caption) if one.caption else _("No caption"),
            meta=_("with scale") if one.has_scale else _("without scale"),
            action_label=_("Look"),
            action_url=reverse("forensics:released_photo", args=[row.id, one.number]),
        )
        for one in found
    )
    return (Section(_("Photographs"), id="photos", column=2, rows=rows, empty=Empty(_("There is none."))),)


def of_exam(exam_id: UUID) -> list[Release]:
    """The releases of an examination, newest first; the caller has loaded the examination through the policy."""
    return list(Release.objects.filter(exam_id=exam_id).order_by("-id"))


def marked_photo(picture: bytes, row: Release) -> bytes:
    """The picture with the mark of its release, in memory. Raises NotFound for one that cannot bear it."""
    mark = evidence.marks_of_source(row.id, get_language() or "en")
    # What was released before copies had numbers is known by its own.
    made = marked_picture(picture, "JPEG", mark or Mark(row.code, row.code))
    if made is None:
        raise NotFound
    return made
