"""Photographs of people: added, opened, taken away. Each is sealed under the person's own key."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.people.errors import NoPicture, PersonErased, PhotoBasisRefused, PhotoGone
from amparo.people.models import Person, Photo
from amparo.people.queries import PhotoView, photo_for
from amparo.people.words import SURVIVOR_BASES, PersonKind, PhotoBasis
from amparo.vault.sealing import Words
from amparo.vault.store import Erasure
from amparo.web import uploads
from amparo.web.uploads import Received, StoredBlob

_PICTURES = ("image/jpeg", "image/png", "image/webp")


@command
def add_photo(
    *,
    actor: Actor,
    person_id: UUID,
    basis: PhotoBasis,
    about: str = "",
    upload_id: UUID | None = None,
    received: Received | None = None,
) -> UUID:
    """Keep a photograph as it came, sealed under the person's key; what is shown is made from it without its data.

    **Needs** people:person:change. **Ledger** person.photo_added. Raises NoPicture, PhotoBasisRefused, PersonErased,
    UploadGone.
    """
    person = policy.load(actor, "people:person:change", Person, person_id, seen_by="people:person:see")
    if person.erased_at is not None:
        raise PersonErased
    if person.kind == PersonKind.OFFICIAL:
        raise NoPicture(field="file")
    if person.level == Compartment.IDENTITY and basis not in SURVIVOR_BASES:
        raise PhotoBasisRefused(field="basis")
    kept = uploads.claim(actor, upload_id, person.id) if upload_id is not None else received
    if kept is None or kept.media_type not in _PICTURES or uploads.preview(_blob(person, kept)) is None:
        raise NoPicture(field="file")
    photo = Photo(
        person=person,
        office_id=person.office_id,
        level=person.level,
        basis=basis,
        handed_at=person.handed_at,
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
    writing.insert(photo, details=details, about=about)
    # The hash of the sealed bytes: that of the plain ones would tell who has the same picture.
    facts = {"basis": basis, "sha256": kept.address}
    writing.note(Verb.PERSON_PHOTO_ADDED, subject=person.id, office=person.office_id, facts=facts)
    return photo.id


def _blob(person: Person, kept: Received) -> StoredBlob:
    return StoredBlob(
        kept.address, person.id, Compartment(person.level), person.office_id, kept.salt, kept.plain_bytes, kept.name,
        kept.media_type,
    )  # fmt: skip


@command
def open_photo(*, actor: Actor, person_id: UUID, photo_id: UUID) -> PhotoView:
    """The photograph, and the record that it is opened. **Needs** to see the person's names; a suspect's, in part.

    **Ledger** person.photo_opened. Raises NotFound, NamesClosed.
    """
    shown = photo_for(actor, person_id, photo_id)
    writing.note(Verb.PERSON_PHOTO_OPENED, subject=person_id, office=shown.office_id)
    return shown


@command
def remove_photo(*, actor: Actor, photo_id: UUID, reason: str) -> UUID:
    """Destroy a photograph; that there was one, and why it went, stays. **Needs** people:person:change.

    **Ledger** person.photo_removed. Raises PhotoGone.
    """
    photo = policy.load(actor, "people:person:change", Photo, photo_id, seen_by="people:person:see")
    if photo.removed_at is not None:
        raise PhotoGone
    address = photo.address
    # An erased person has no key any more under which a reason could be sealed.
    said = reason if photo.person.erased_at is None else None
    writing.update(
        photo, removed_at=clock.now(), address="", stored_bytes=0, key_salt=b"", details=None, about=None, reason=said
    )
    writing.note(Verb.PERSON_PHOTO_REMOVED, subject=photo.person_id, office=photo.office_id)
    transaction.on_commit(lambda: uploads.store().delete(address, Erasure(photo.id, "removed")))
    return photo.person_id
