"""What was put right: the values that a correction keeps, and how they are said beside what stands now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.prosecution.models import Appearance, Correction, Hearing, Sentence
from amparo.prosecution.queries.file import File, money
from amparo.prosecution.words import (
    ADJOURN_LABELS,
    HEARING_LABELS,
    MISTAKE_LABELS,
    SENTENCE_LABELS,
    SIDE_LABELS,
)
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import Row, Section

_PEOPLE = ("travelled", "waited", "testified")


def result_of(row: Hearing) -> dict[str, object]:
    """What is written down about a hearing that is over; the caller has asked the policy."""
    came = list(Appearance.objects.filter(hearing=row).order_by("id"))
    people = {name: frozenset(one.person_id for one in came if getattr(one, name)) for name in _PEOPLE}
    return {
        "listed_at": row.listed_at,
        "state": row.state,
        "reason": row.reason,
        "party": row.party,
        "outcome": sealing.open_row(row, "outcome").text("outcome"),
        **people,
    }


def terms_of_sentence(row: Sentence) -> dict[str, object]:
    """What is written down as a sentence; the caller has asked the policy."""
    note = sealing.open_row(row, "note").text("note")
    names = ("kind", "on", "custody_months", "fine", "currency")
    return {name: getattr(row, name) for name in names} | {"note": note}


def kept_value(value: object) -> str:
    """A value in the form in which a correction keeps it."""
    if isinstance(value, frozenset):
        return ",".join(sorted(map(str, value)))
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def corrections(file: File, of_id: UUID) -> Section | None:
    """What something said before it was put right, the latest first; None where it was not."""
    found = [row for row in file.corrections if row.of_id == of_id]
    if not found or not file.whole:
        return None
    rows = tuple(correction_row(file, row) for row in reversed(found))
    return Section(_("Put right"), id="corrections", column=2, rows=rows)


def correction_row(file: File, row: Correction) -> Row:
    words = file.words[row.id]
    remark = words.text("remark")
    was = _was(file, {name: str(value) for name, value in words.table("was").items()})
    return Row(
        title=formats.day(timezone.localtime(row.created_at).date()),
        meta=" · ".join(filter(None, (str(MISTAKE_LABELS[row.reason]), remark))),
        lines=(_("It said: %(before)s") % {"before": was},) if was else (),
    )


def _was(file: File, kept: Mapping[str, str]) -> str:
    """What was kept, as the pages say it."""
    said: list[str] = []
    for name, value in kept.items():
        said += _part(file, name, value, kept.get("currency", ""))
    return "; ".join(said)


def _part(file: File, name: str, value: str, currency: str) -> list[str]:
    labels = {"state": HEARING_LABELS, "reason": ADJOURN_LABELS, "party": SIDE_LABELS, "kind": SENTENCE_LABELS}
    people = {"travelled": _("travelled there"), "waited": _("had to wait"), "testified": _("gave evidence")}
    if name in labels:
        return [str(labels[name][value])]
    if name in people:
        codes = ", ".join(filter(None, (file.codes.get(UUID(key)) for key in value.split(","))))
        return [f"{codes} {people[name]}"]
    if name == "listed_at":
        return [formats.moment(datetime.fromisoformat(value), timezone.get_current_timezone())]
    if name in ("on", "ordered_on", "paid_on"):
        return [formats.day(date.fromisoformat(value))]
    if name == "custody_months":
        return [ngettext("%(count)s month", "%(count)s months", int(value)) % {"count": value}]
    if name in ("fine", "ordered"):
        return [money(int(value), currency)]
    if name == "paid":
        return [_("paid: %(amount)s") % {"amount": money(int(value), currency)}]
    return [] if name == "currency" else [value]
