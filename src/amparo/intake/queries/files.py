"""The files of a report."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.intake.models import Report, ReportFile
from amparo.intake.queries.reports import loaded, record
from amparo.kernel.errors import NotFound
from amparo.kernel.text import shown
from amparo.kernel.words import Compartment
from amparo.vault import sealing
from amparo.vault.sealing import Words
from amparo.web import formats, uploads
from amparo.web.sheets import Row, Tag
from amparo.web.uploads import Reception, StoredBlob


def file_rows(row: Report) -> list[Row]:
    """The files of a report, one on each line."""
    files = list(ReportFile.objects.filter(report_id=row.id).order_by("created_at", "id"))
    opened = sealing.open_rows(files, "details")
    return [
        Row(
            title=shown(str(one.table("details").get("name", ""))) or _("A file"),
            meta=formats.size(int(str(one.table("details").get("bytes", 0)))),
            when_tag=Tag(_("File")),
            url=reverse("intake:file", args=[row.id, file.id]),
            dir_auto=True,
            action_label=_("Look") if is_picture(one.table("details")) else pgettext("a recording", "Play"),
            action_url=_look_url(row.id, file.id, one.table("details")),
        )
        for file, one in zip(files, opened, strict=True)
    ]


def _type_of(details: Mapping[str, Words]) -> str:
    return str(details.get("type", ""))


def is_picture(details: Mapping[str, Words]) -> bool:
    return _type_of(details).startswith("image/")


def _look_url(report_id: UUID, file_id: UUID, details: Mapping[str, Words]) -> str:
    """Where a file is shown or played; nothing for what a browser can't show by itself."""
    can = uploads.can_preview(_type_of(details)) or uploads.is_shown(_type_of(details))
    return reverse("intake:look", args=[report_id, file_id]) if can else ""


def reception(actor: Actor, report_id: UUID) -> Reception:
    """What a file for this report will belong to, for those who may add one."""
    row = loaded(actor, "intake:report:words", report_id)
    return Reception(row.id, Compartment.NARRATIVE, row.office_id)


def file_of(actor: Actor, report_id: UUID, file_id: UUID) -> StoredBlob:
    """A file of a report, for those who may read its words. Raises NotFound."""
    report = loaded(actor, "intake:report:words", report_id)
    row = policy.load(actor, "intake:report:words", ReportFile, file_id)
    if row.report_id != report.id:
        raise NotFound(permission="intake:report:words")
    record(report)
    details = sealing.open_row(row, "details").table("details")
    return StoredBlob(
        address=row.address,
        owner_id=report.id,
        compartment=Compartment.NARRATIVE,
        office_id=row.office_id,
        salt=bytes.fromhex(str(details["salt"])),
        plain_bytes=int(str(details["bytes"])),
        name=str(details["name"]),
        media_type=str(details["type"]),
    )
