"""Key material: made, wrapped, unwrapped, rotated and destroyed here, and seen nowhere else."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from amparo.kernel import clock, ids
from amparo.kernel.recall import recall
from amparo.kernel.words import Compartment
from amparo.vault import cipher, keyring
from amparo.vault.models import DataKey, OfficeKey
from amparo.vault.prepared import NUMBERS, Prepared

_REWRAP_BATCH = 500
# So few keys are those of one case or one person rather than of a list.
_FEW = 4


@dataclass(frozen=True, slots=True)
class FieldKey:
    number: int
    material: bytes


def _office_purpose(row: OfficeKey) -> str:
    return f"office-key:{row.office_id}:{row.generation}"


def _data_purpose(number: int, owner: UUID, compartment: str) -> str:
    return f"data-key:{number}:{owner}:{compartment}"


def _unwrap_office(row: OfficeKey) -> bytes:
    held = keyring.held()
    try:
        return cipher.unwrap_key(held.root, bytes(row.wrapped), _office_purpose(row))
    except cipher.NotAuthentic:
        # A renewal of the root key was stopped between the database and the keyring file.
        if not held.coming:
            raise
        return cipher.unwrap_key(held.coming, bytes(row.wrapped), _office_purpose(row))


def _new_office_key(office: UUID, generation: int) -> OfficeKey:
    row = OfficeKey(office_id=office, generation=generation, created_at=clock.now())
    row.wrapped = cipher.wrap_key(keyring.held().root, os.urandom(cipher.KEY_BYTES), _office_purpose(row))
    row.save(force_insert=True)
    return row


def _current_office_key(office: UUID) -> OfficeKey:
    found = OfficeKey.objects.filter(office_id=office, retired_at=None).order_by("-generation").first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return _new_office_key(office, 1)
    except IntegrityError:
        return OfficeKey.objects.get(office_id=office, generation=1)


def key_for(owner: UUID, compartment: Compartment, office: UUID) -> FieldKey:
    """The owner's key for a compartment, made now if there is none yet."""
    row = DataKey.objects.select_related("office_key").filter(owner_id=owner, compartment=compartment).first()
    if row is None:
        row = _new_data_key(owner, compartment, office)
    return FieldKey(row.number, _unwrap(row, {row.office_key_id: _unwrap_office(row.office_key)}))


def _new_data_key(owner: UUID, compartment: Compartment, office: UUID) -> DataKey:
    wrapping = _current_office_key(office)
    number = ids.new_key_number()
    row = DataKey(
        number=number,
        owner_id=owner,
        compartment=compartment,
        office_key=wrapping,
        wrapped=cipher.wrap_key(
            _unwrap_office(wrapping), os.urandom(cipher.KEY_BYTES), _data_purpose(number, owner, compartment)
        ),
        created_at=clock.now(),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # Another process made it first.
        return DataKey.objects.select_related("office_key").get(owner_id=owner, compartment=compartment)
    return row


def _unwrap(row: DataKey, office_keys: Mapping[int, bytes]) -> bytes:
    purpose = _data_purpose(row.number, row.owner_id, row.compartment)
    return cipher.unwrap_key(office_keys[row.office_key_id], bytes(row.wrapped), purpose)


def ciphers(numbers: Iterable[int]) -> dict[int, AESGCM]:
    """Ready ciphers by key number; a destroyed key is simply absent. Cost: one query, 3 us a key."""
    return recall("keys", numbers, _look_up)


def _all_of_owners(numbers: Iterable[int]) -> QuerySet[DataKey]:
    """These keys, and the others of their owners."""
    asked = Q(number__in=numbers) | Q(owner_id__in=DataKey.objects.filter(number__in=numbers).values("owner_id"))
    return DataKey.objects.select_related("office_key").filter(asked)


_THESE = Prepared(lambda numbers: DataKey.objects.select_related("office_key").filter(number__in=numbers), NUMBERS)
_OF_OWNERS = Prepared(_all_of_owners, NUMBERS)


def _look_up(numbers: set[int]) -> dict[int, AESGCM]:
    # The page of one case goes on to its other compartments, whose keys have the same owner.
    rows = (_OF_OWNERS if len(numbers) <= _FEW else _THESE).rows(numbers)
    offices = {row.office_key_id: row.office_key for row in rows}
    unwrapped = {number: _unwrap_office(row) for number, row in offices.items()}
    return {row.number: AESGCM(_unwrap(row, unwrapped)) for row in rows}


def destroy(owner: UUID) -> int:
    """Delete every key of an owner, which erases what they sealed. Returns how many there were."""
    count, _ = DataKey.objects.filter(owner_id=owner).delete()
    return count


def start_rotation(office: UUID) -> int:
    """Make the next generation of an office's key; new data keys use it at once. Returns its generation."""
    return _new_office_key(office, _current_office_key(office).generation + 1).generation


def rewrap_some(office: UUID) -> int:
    """Re-wrap up to a batch of data keys under the newest generation. Returns how many; 0 when done.

    Each batch is a transaction of its own, so that it can be killed and run again while people work;
    older generations are retired once nothing hangs on them.
    """
    newest = _current_office_key(office)
    with transaction.atomic():
        rows = list(
            DataKey.objects.select_related("office_key")
            .filter(office_key__office_id=office)
            .exclude(office_key=newest)[:_REWRAP_BATCH]
        )
        fresh = _unwrap_office(newest)
        old = {row.office_key_id: row.office_key for row in rows}
        unwrapped = {number: _unwrap_office(key) for number, key in old.items()}
        for row in rows:
            material = _unwrap(row, unwrapped)
            wrapped = cipher.wrap_key(fresh, material, _data_purpose(row.number, row.owner_id, row.compartment))
            DataKey.objects.filter(number=row.number).update(office_key=newest, wrapped=wrapped)
        if not rows:
            OfficeKey.objects.filter(office_id=office, retired_at=None).exclude(pk=newest.pk).update(
                retired_at=clock.now()
            )
    return len(rows)


def rewrap_offices() -> int:
    """Wrap every office key under the root key that is to come, whichever of the two wraps it now. Returns how many.

    Done again, it changes nothing that matters; the caller holds the transaction.
    """
    coming = keyring.held().coming
    rows = list(OfficeKey.objects.order_by("id"))
    for row in rows:
        row.wrapped = cipher.wrap_key(coming, _unwrap_office(row), _office_purpose(row))
        row.save(update_fields=["wrapped"])
    return len(rows)


def drop_retired(before: datetime) -> int:
    """Delete office keys that were retired before a moment and wrap nothing any more. Returns how many."""
    idle = OfficeKey.objects.filter(retired_at__lt=before).exclude(pk__in=DataKey.objects.values("office_key_id"))
    return idle.delete()[0]
