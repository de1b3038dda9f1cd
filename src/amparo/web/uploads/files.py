"""What a file that comes belongs to, what is kept of it, and where."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from amparo.kernel.errors import N_, AppError, Invalid
from amparo.kernel.words import Compartment
from amparo.vault.store import FolderStore


class NoFilesHere(AppError):
    code = "web.no_files_here"
    status = 413
    template = N_("This page takes no files. Nothing was kept.")
    hint_template = N_("Go back and add the file where the case or report asks for it.")


class TicketEnded(AppError):
    code = "web.ticket_ended"
    status = 403
    template = N_("This page was open for too long to send a file from it.")
    hint_template = N_("Reload the page, choose the file again and send it.")


class UploadGone(Invalid):
    code = "web.upload_gone"
    template = N_("The file that was sent is no longer waiting.")
    hint_template = N_("Choose the file again.")


class NothingToShow(AppError):
    code = "web.nothing_to_show"
    status = 409
    template = N_("No picture can be made of this file.")
    hint_template = N_("Download it, and open it with a program that knows its kind.")


@dataclass(frozen=True, slots=True)
class Reception:
    """What a file will belong to: the owner of its key, its compartment, and the office whose key wraps that.

    `max_bytes` is a tighter limit than the instance's own.
    """

    owner_id: UUID
    compartment: Compartment
    office_id: UUID
    max_bytes: int | None = None

    @property
    def limit(self) -> int:
        instance: int = settings.MAX_UPLOAD_BYTES
        return instance if self.max_bytes is None else min(instance, self.max_bytes)


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was sealed and kept: what its record needs to know."""

    address: str
    sha256: str
    plain_bytes: int
    stored_bytes: int
    name: str
    media_type: str
    salt: bytes


@dataclass(frozen=True, slots=True)
class StoredBlob:
    """A kept file, as much of it as opening it needs."""

    address: str
    owner_id: UUID
    compartment: Compartment
    office_id: UUID
    salt: bytes
    plain_bytes: int
    name: str
    media_type: str


def store() -> FolderStore:
    """The instance's blob store."""
    return FolderStore(settings.BLOBS)


def free_bytes() -> int:
    """How much room is left where files are kept."""
    store()
    return shutil.disk_usage(settings.BLOBS).free
