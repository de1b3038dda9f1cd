"""Files that have come and wait to be claimed by a command."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from amparo.access.actors import Actor
from amparo.kernel import clock, ids
from amparo.vault import sealing
from amparo.vault.ingest import Ingested
from amparo.vault.sealing import Words
from amparo.vault.store import BlobMissing, Erasure
from amparo.web.models import Upload
from amparo.web.uploads.files import Received, Reception, UploadGone, store

UNCLAIMED_AGE = timedelta(days=1)
_NAME_LIMIT = 255


def keep(actor: Actor, reception: Reception, kept: Ingested, salt: bytes, name: str, media_type: str) -> UUID:
    """Let a file that has come wait for a day, and remove what waited too long. Returns its number."""
    row = Upload(
        id=ids.new_id(),
        office_id=reception.office_id,
        account_id=actor.account_id,
        owner_id=reception.owner_id,
        compartment=reception.compartment,
        address=kept.address,
        stored_bytes=kept.stored_bytes,
        key_salt=salt,
        at=clock.now(),
    )
    details: dict[str, Words] = {
        "name": name[:_NAME_LIMIT],
        "type": media_type,
        "sha256": kept.plain_sha256,
        "bytes": kept.plain_bytes,
    }
    sealing.seal(row, details=details)
    row.save(force_insert=True)
    sweep()
    return row.id


def claim(actor: Actor, upload_id: UUID, owner_id: UUID) -> Received:
    """Take over a file that waits, inside the command that makes its record. Raises UploadGone.

    Only who sent it can claim it, and only for what it was sent for.
    """
    row = Upload.objects.filter(pk=upload_id, account_id=actor.account_id, owner_id=owner_id).first()
    if row is None:
        raise UploadGone(field="file")
    details = sealing.open_row(row, "details").table("details")
    if not Upload.objects.filter(pk=row.pk).delete()[0]:
        raise UploadGone(field="file")  # Somebody was faster with the same number.
    return Received(
        address=row.address,
        sha256=str(details["sha256"]),
        plain_bytes=int(str(details["bytes"])),
        stored_bytes=row.stored_bytes,
        name=str(details["name"]),
        media_type=str(details["type"]),
        salt=bytes(row.key_salt),
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that has come and belongs to no record yet."""

    upload_id: UUID
    name: str
    plain_bytes: int


def waiting(actor: Actor, owner_id: UUID) -> list[Waiting]:
    """The files that this actor has sent for one owner and nothing has claimed yet, in their order."""
    rows = list(Upload.objects.filter(account_id=actor.account_id, owner_id=owner_id).order_by("at", "id"))
    details = [opened.table("details") for opened in sealing.open_rows(rows, "details")]
    return [
        Waiting(row.id, str(one.get("name", "")), int(str(one.get("bytes", 0))))
        for row, one in zip(rows, details, strict=True)
    ]


def discard(actor: Actor, upload_id: UUID, owner_id: UUID) -> None:
    """Remove a file that waits; nothing where there is none."""
    row = Upload.objects.filter(pk=upload_id, account_id=actor.account_id, owner_id=owner_id).first()
    if row is not None and Upload.objects.filter(pk=row.pk).delete()[0]:
        with contextlib.suppress(BlobMissing):
            store().delete(row.address, Erasure(row.id, "taken back"))


def discard_all(actor: Actor, owner_id: UUID) -> int:
    """Remove all files that wait for one owner. Returns how many."""
    keys = list(Upload.objects.filter(account_id=actor.account_id, owner_id=owner_id).values_list("id", flat=True))
    for key in keys:
        discard(actor, key, owner_id)
    return len(keys)


def hold(actor: Actor, owner_id: UUID, until: datetime) -> None:
    """Let files wait for longer, for who asked to go on with her form another day."""
    Upload.objects.filter(account_id=actor.account_id, owner_id=owner_id).update(until=until)


def sweep() -> int:
    """Remove files that nobody claimed in time, and what was cut on its way. Returns how many."""
    now = clock.now()
    late = Q(until=None, at__lt=now - UNCLAIMED_AGE) | Q(until__lt=now)
    swept = store().sweep(UNCLAIMED_AGE.total_seconds(), now)
    for row in Upload.objects.filter(late):
        # The row first: whoever claims it a moment later finds nothing, and keeps no record without a file.
        if Upload.objects.filter(pk=row.pk).delete()[0]:
            with contextlib.suppress(BlobMissing):
                store().delete(row.address, Erasure(row.id, "unclaimed"))
            swept += 1
    return swept
