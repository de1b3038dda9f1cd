"""What became of a report, what happened since it came, and when and where it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import chain

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import queries as access
from amparo.intake import rules
from amparo.intake.models import Onward, Report, ReportNote
from amparo.intake.queries.onward import via
from amparo.intake.queries.reading import Reading, incident_of, joined
from amparo.intake.queries.windows import kept_until
from amparo.intake.words import (
    AGENCY_LABELS,
    DECLINE_LABELS,
    LACK_LABELS,
    REFERRAL_BASIS_LABELS,
    SENT_LABELS,
    STATE_LABELS,
    TOLD_LABELS,
    State,
)
from amparo.kernel.text import shown
from amparo.kernel.words import Role, Sight
from amparo.partners import queries as partners
from amparo.staff import queries as staff
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import Button, Fact, Row, Section, Text


def decision_section(reading: Reading) -> Section:
    """What was decided and why, or the choices of who may decide."""
    row = reading.row
    if not reading.is_open:
        return Section(_("Decision"), id="decision", column=2, facts=tuple(_decision_facts(reading)))
    if not reading.may("intake:report:accept"):
        return Section(_("Decision"), id="decision", column=2, remark=_("Not decided yet."))
    choices = (
        (_("Open a new case"), "journeys:accept", ""),
        *(
            ((_("Add it to a case that is open"), "journeys:accept_into", "quiet"),)
            if reading.actor.holds(Role.SUPERVISOR)
            else ()
        ),
        (_("Refer it on"), "intake:refer_on", "quiet"),
        (_("Not enough to go on"), "intake:insufficient", "quiet"),
        (_("Told before"), "intake:duplicate", "quiet"),
        (_("Decline"), "intake:decline", "quiet"),
    )
    buttons = tuple(Button(label, reverse(name, args=[row.id]), tone) for label, name, tone in choices)
    due = rules.answer_due(row.received_at, reading.desk.screening_days, reading.desk.zone)
    remark = _("To be decided by %(day)s.") % {"day": formats.near_day(due, reading.desk.today)}
    return Section(_("What becomes of it?"), id="decision", column=2, remark=remark, buttons=buttons)


def reason_label(row: Report) -> str:
    """The coded reason of a decision, in words."""
    for code, label in chain(AGENCY_LABELS.items(), LACK_LABELS.items(), DECLINE_LABELS.items()):
        if code == row.reason:
            return str(label)
    return staff.code_label("decline_reasons", row.reason) if row.reason else ""


def _decision_facts(reading: Reading) -> Iterable[Fact]:
    row = reading.row
    yield Fact(_("Decided"), joined(str(STATE_LABELS[State(row.state)]), reading.when(row.decided_at)))
    yield Fact(_("By"), reading.name(row.decided_by))
    if row.state != State.ACCEPTED and row.reason:
        yield Fact(_("Sent to") if row.state == State.REFERRED_ON else _("Reason"), reason_label(row))
    first = Onward.objects.filter(report_id=row.id).order_by("id").first() if row.state == State.REFERRED_ON else None
    is_followed = first is not None
    if row.referral_basis and not is_followed:
        basis = {str(code): label for code, label in REFERRAL_BASIS_LABELS.items()}[row.referral_basis]
        yield Fact(_("Why it may be sent"), str(basis))
    if row.sent and not is_followed:
        yield Fact(_("What was sent"), ", ".join(str(SENT_LABELS[code]) for code in row.sent if code in SENT_LABELS))
    if row.told and not (first and first.told):
        yield Fact(_("Who was told"), str({str(code): label for code, label in TOLD_LABELS.items()}[row.told]))
    until = kept_until(row, reading.desk)
    if row.erased_at is not None:
        yield Fact(_("Erased"), formats.day(row.erased_at.astimezone(reading.desk.zone).date()))
    elif until is not None:
        yield Fact(_("To be erased on"), formats.day(until))
    if reading.sight is Sight.FULL and reading.text("remark"):
        yield Fact(_("Remark"), reading.text("remark"))


def since_section(reading: Reading) -> Section:
    """Who did what since the report came, newest first, with the notes of who may read them."""
    title = _("What happened since")
    row = reading.row
    events = [
        (row.received_at, _("Received"), row.created_by),
        (row.danger_taken_at, _("The danger was taken on"), row.danger_taken_by),
        (row.medical_taken_at, _("Medical care was taken on"), row.medical_taken_by),
        (row.acknowledged_at, _("Acknowledged"), row.acknowledged_by),
        (
            row.duplicate_asked_at,
            _("The supervisor was asked about a possible duplicate"),
            row.duplicate_asked_by,
        ),
        (row.decided_at, str(STATE_LABELS[State(row.state)]), row.decided_by),
    ]
    rows = [(at, Row(title=what, when=reading.when(at), meta=reading.name(who))) for at, what, who in events if at]
    may = reading.sight is Sight.FULL and reading.may("intake:report:words")
    if may:
        rows += _note_rows(reading)
    rows.sort(key=lambda pair: pair[0], reverse=True)
    add = reverse("intake:add_note", args=[row.id]) if may else ""
    return Section(
        title,
        id="since",
        column=1,
        rows=tuple(line for _at, line in rows),
        link_label=_("Write down what happened") if add else "",
        link_url=add,
    )


def _note_rows(reading: Reading) -> list[tuple[datetime, Row]]:
    notes = list(ReportNote.objects.filter(report_id=reading.row.id).order_by("created_at", "id"))
    names = access.names_of(note.created_by for note in notes)
    opened = sealing.open_rows(notes, "text")
    return [
        (
            note.created_at,
            Row(
                title=shown(one.text("text")),
                when=reading.when(note.created_at),
                meta=names.get(note.created_by, ""),
                dir_auto=True,
            ),
        )
        for note, one in zip(notes, opened, strict=True)
    ]


def details_section(reading: Reading) -> Section | None:
    """When and where it was, as far as the reader sees it."""
    row = reading.row
    if reading.sight < Sight.PARTIAL:
        return None
    is_full = reading.sight is Sight.FULL
    facts = tuple(
        Fact(label, value)
        for label, value in (
            (_("When it happened"), _incident_text(reading)),
            (_("District"), staff.code_label("districts", row.district) if row.district else ""),
            (_("Place"), reading.text("place") if is_full else ""),
            (_("Language"), reading.text("language") if is_full else ""),
            (_("Came through"), _came_through(reading)),
            (_("Received"), formats.moment(row.received_at, reading.desk.zone)),
        )
        if value
    )
    return Section(_("Details"), id="details", column=2, facts=facts)


def _came_through(reading: Reading) -> Text:
    row = reading.row
    names = partners.agency_names([row.partner_id] if row.partner_id else [])
    return via(names, row.partner_id, reading.text("partner_name") if reading.sight is Sight.FULL else "")


def _incident_text(reading: Reading) -> str:
    incident = incident_of(reading.row, reading.desk.zone)
    if incident is None:
        return _("Not known")
    if incident.precision != "exact":
        return formats.partial_date(incident.local_date())
    said = formats.moment(incident.at, reading.desk.zone)
    return _("about %(date)s") % {"date": said} if incident.about else said
