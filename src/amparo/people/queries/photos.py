"""Photographs of people: for whom, which, and how they stand on the page about somebody.

A survivor's, and that of anybody of her side, is for who sees her whole name; a suspect's also for who sees that part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.table import PARTIAL_GROUPS
from amparo.kernel.errors import NotFound, Refused
from amparo.kernel.words import Compartment, Sight
from amparo.people.models import Person, Photo
from amparo.people.queries.sight import check_names_open, record, sight_of
from amparo.people.words import PHOTO_BASIS_LABELS, PersonKind, PhotoBasis
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import Button, Empty, Name, Row, Section, Veil, Withheld
from amparo.web.uploads import Reception, StoredBlob

CHANGE = "people:person:change"
_SEE = "people:person:see"


def shows_photo(sight: Sight, level: Compartment, *, names_open: bool) -> bool:
    """Whether a reader with this sight of an identity may see its photograph."""
    if level == Compartment.IDENTITY:
        return names_open
    return sight is Sight.FULL or (sight is Sight.PARTIAL and "photo" in PARTIAL_GROUPS.get(level, ()))


def reception(actor: Actor, person_id: UUID) -> Reception:
    """What a photograph that is sent will belong to. Raises NotFound, Refused."""
    person = policy.load(actor, CHANGE, Person, person_id, seen_by=_SEE)
    if person.kind == PersonKind.OFFICIAL or person.erased_at is not None:
        raise Refused(permission=CHANGE)
    return Reception(person.id, Compartment(person.level), person.office_id)


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photograph that is there, for who may see it."""

    id: UUID
    office_id: UUID
    on: date
    basis: str
    about: str
    blob: StoredBlob
    may_take_away: bool


def photo_for(actor: Actor, person_id: UUID, photo_id: UUID) -> PhotoView:
    """A photograph, recorded as a reading of her identity. Its file as it came leaves by no way: it bears no mark.

    Raises NotFound, NamesClosed.
    """
    row = Photo.objects.select_related("person").filter(pk=photo_id, person_id=person_id, removed_at=None).first()
    if row is None or row.details is None:
        raise NotFound(permission=_SEE)
    person = row.person
    policy.check(actor, _SEE, person)
    subject = policy.subject_of(person)
    sight = sight_of(actor, person, subject)
    if person.level == Compartment.IDENTITY and sight is Sight.FULL:
        check_names_open(actor, person)
    elif not shows_photo(sight, Compartment(person.level), names_open=False):
        raise NotFound(permission=_SEE)
    record(person, subject)
    return _view(row, sealing.open_row(row, "details", "about"), policy.decide(actor, CHANGE, subject).allowed)


def _view(row: Photo, words: sealing.Opened, may: bool) -> PhotoView:
    details = words.table("details")
    blob = StoredBlob(
        row.address, row.person_id, Compartment(row.level), row.office_id, bytes(row.key_salt),
        int(str(details["bytes"])), str(details["name"]), str(details["media_type"]),
    )  # fmt: skip
    basis = str(PHOTO_BASIS_LABELS[PhotoBasis(row.basis)])
    return PhotoView(row.id, row.office_id, _day(row), basis, words.text("about"), blob, may)


def _day(row: Photo) -> date:
    return timezone.localtime(row.created_at).date()


def photo_section(person: Person, records: Sequence[UUID], *, allowed: bool, may_change: bool) -> tuple[Section, ...]:
    """The newest under a veil and earlier ones by their day; nothing for officials. Cost: one query."""
    title = _("Photograph")
    if person.kind == PersonKind.OFFICIAL or person.erased_at is not None:
        return ()
    if not allowed:
        return (Section(title, id="photo", column=2, withheld=(Withheld(title),)),)
    rows = list(Photo.objects.filter(person_id__in=records, removed_at=None).order_by("-created_at", "-id"))
    add = Button(_("Add a photograph"), reverse("people:add_photo", args=[person.id]), "quiet")
    if not rows:
        empty = Empty(_("There is no photograph."))
        first = Section(title, id="photo", column=2, buttons=(add,) if may_change else (), empty=empty)
        return (first, *_removed(records))
    newest, *earlier = rows
    veil = Veil(
        id=f"photo-{newest.id}",
        description=_("Of %(day)s.") % {"day": formats.day(_day(newest))},
        lift_url=reverse("people:look", args=[newest.person_id, newest.id]),
        source_url=reverse("people:picture", args=[newest.person_id, newest.id]),
    )
    lines = tuple(
        Row(
            title=_("An earlier one, of %(day)s") % {"day": formats.day(_day(row))},
            action_label=_("Open"),
            action_url=reverse("people:look", args=[row.person_id, row.id]),
            action_post=True,
        )
        for row in earlier
    )
    away = Button(_("Take it away"), reverse("people:remove_photo", args=[newest.person_id, newest.id]), "quiet")
    newer = Button(_("Add a newer one"), add.url, "quiet")
    buttons = (newer, away) if may_change else ()
    return (Section(title, id="photo", column=2, veil=veil, rows=lines, buttons=buttons), *_removed(records))


def _removed(records: Sequence[UUID]) -> tuple[Section, ...]:
    """Those that were taken away, and why."""
    rows = list(Photo.objects.filter(person_id__in=records).exclude(removed_at=None).order_by("-removed_at", "-id"))
    lines = tuple(
        Row(title=formats.day(timezone.localtime(row.removed_at).date()), meta=Name(words.text("reason")))
        for row, words in zip(rows, sealing.open_rows(rows, "reason"), strict=True)
        if row.removed_at is not None
    )
    return (Section(_("Photographs that were taken away"), column=2, rows=lines),) if lines else ()


def may_take_away(actor: Actor, person_id: UUID, photo_id: UUID) -> date:
    """The day of a photograph that the actor may destroy. Raises NotFound, Refused."""
    row = policy.load(actor, CHANGE, Photo, photo_id, seen_by=_SEE)
    if row.person_id != person_id:
        raise NotFound(permission=CHANGE)
    return _day(row)
