"""What was said between who reported and us."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.asking import OfReader
from amparo.cases.moments import Due
from amparo.intake.models import Message, Report, ReportFile
from amparo.intake.queries.reading import Reading, joined
from amparo.intake.queries.reports import asked, url_of
from amparo.intake.words import Channel
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.kernel.text import shown
from amparo.vault import sealing
from amparo.vault.prepared import IDS, Prepared
from amparo.web.sheets import Button, Code, Empty, Notice, Row, Section, Tag

_MOST = 200


@dataclass(frozen=True, slots=True)
class Said:
    """One message, as a stranger sees it when she comes back: our words, and of hers only that there were some."""

    at: datetime
    is_ours: bool
    is_new: bool
    files: int = 0
    text: str = field(default="", repr=False)


def _of_report(report_id: UUID) -> list[Message]:
    """The last messages, in their order."""
    rows = Message.objects.filter(report_id=report_id).order_by("-created_at", "-id")[:_MOST]
    return list(reversed(rows))


def _files_of(messages: list[Message]) -> Counter[UUID | None]:
    ids = [message.id for message in messages]
    return Counter(ReportFile.objects.filter(message_id__in=ids).values_list("message_id", flat=True))


# ---- for who reported ---------------------------------------------------------------------------------------------


def office_of_stranger(report_id: UUID) -> UUID:
    """The office that answers a report, for who has shown its code. Raises NotFound."""
    office: UUID | None = (
        Report.objects.filter(pk=report_id, erased_at=None).values_list("office_id", flat=True).first()
    )
    if office is None:
        raise NotFound
    return office


def said_to(actor: Actor, report_id: UUID, since: datetime) -> list[Said]:
    """The conversation for who reported, what is new first. Her own words are not shown again to anybody here.

    Args:
        actor: the reporting site.
        report_id: from her locker.
        since: when she came in; what was marked as read after it is new to her.

    Raises: NotFound, Refused. Cost: five queries.
    """
    report = Report.objects.filter(pk=report_id, erased_at=None).first()
    if report is None:
        raise NotFound
    policy.check(actor, "intake:message:send", report)
    rows = _of_report(report_id)
    files = _files_of(rows)
    ours = [row for row in rows if not row.from_reporter]
    opened = dict(zip((row.id for row in ours), sealing.open_rows(ours, "text"), strict=True))
    said = [
        Said(
            at=row.created_at,
            is_ours=not row.from_reporter,
            is_new=not row.from_reporter and (row.read_at is None or row.read_at >= since),
            files=files[row.id],
            text=shown(opened[row.id].text("text")) if row.id in opened else "",
        )
        for row in rows
    ]
    fresh = [one for one in said if one.is_new]
    return fresh + [one for one in reversed(said) if not one.is_new]


# ---- for us -------------------------------------------------------------------------------------------------------


def _waits(rows: list[Message]) -> bool:
    return any(row.from_reporter and row.read_at is None for row in rows)


def messages_section(reading: Reading) -> Section | None:
    """The conversation on the report's page, newest first; nothing for reports that came another way."""
    report = reading.row
    if report.channel != Channel.SITE or not reading.may("intake:message:see"):
        return None
    rows = _of_report(report.id)
    may = reading.may("intake:message:write")
    buttons = []
    if may and report.answerable:
        buttons.append(Button(_("Answer"), reverse("intake:answer", args=[report.id]), key="a"))
    if may and _waits(rows):
        buttons.append(Button(_("Mark as read"), reverse("intake:read_messages", args=[report.id]), "quiet", post=True))
    return Section(
        _("Messages"),
        id="messages",
        column=1,
        rows=tuple(_lines(reading, rows)),
        notices=() if report.answerable else (Notice(_no_way_back(), "warn"),),
        empty=Empty(_("Nothing was written since the report.")),
        buttons=tuple(buttons),
    )


def _no_way_back() -> str:
    return _("Who reported did not keep a code, so an answer written here would reach nobody.")


def _lines(reading: Reading, rows: list[Message]) -> list[Row]:
    files = _files_of(rows)
    names = access.names_of(row.created_by for row in rows if not row.from_reporter)
    opened = sealing.open_rows(rows, "text")
    return [
        Row(
            title=shown(one.text("text")) or _("Files only"),
            when=reading.when(row.created_at),
            meta=_meta(row, names.get(row.created_by, ""), files[row.id]),
            tag=_tag(row),
            dir_auto=True,
        )
        for row, one in reversed(list(zip(rows, opened, strict=True)))
    ]


def _meta(row: Message, name: str, files: int) -> str:
    with_files = ngettext("with %(count)s file", "with %(count)s files", files) % {"count": files} if files else ""
    return joined(_("From who reported") if row.from_reporter else name, with_files)


def _tag(row: Message) -> Tag | None:
    if row.from_reporter:
        return Tag(_("New"), "on") if row.read_at is None else None
    return Tag(_("Not read yet")) if row.read_at is None else Tag(pgettext("a message", "Read"), "ok")


_UNREAD = Prepared(
    lambda reports: (
        Message.objects.filter(from_reporter=True, read_at=None, report_id__in=reports)
        .order_by("created_at")
        .values_list("report_id", flat=True)[:_MOST]
    ),
    IDS,
)
_WAITING = OfReader(
    "intake:message:write",
    Report,
    lambda rows: rows.filter(
        pk__in=Message.objects.filter(from_reporter=True, read_at=None).values("report_id")
    ).order_by("received_at", "id")[:_MOST],
)


def messages_due(actor: Actor, until: date) -> list[Due]:
    """Reports with messages that nobody has read yet. Cost: two queries for any number."""
    if not policy.has(actor, "intake:message:write") or until < clock.today():
        return []
    # As the report itself is seen: not by who is barred from somebody whom it names.
    rows = asked(actor, _WAITING)
    codes = {row.id: row.code for row in rows}
    first = dict.fromkeys(_UNREAD.rows(codes))
    return [
        Due(
            due_on=clock.today(),
            title=_("Read what who reported wrote since"),
            meta=(Code(codes[report]),),
            url=f"{url_of(report)}#messages",
            action_label=_("Read"),
            urgency="soon",
        )
        for report in first
        if report in codes
    ]
