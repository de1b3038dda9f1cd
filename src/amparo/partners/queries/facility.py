"""The sheet of one facility: what it does, for whom, and what it has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.partners import rules
from amparo.partners.models import CapacityReport, Facility
from amparo.partners.queries.agency import agency_crumbs, step_buttons
from amparo.partners.queries.directory import STATE_TONES, checked_tag, cost_of, hours_of, said_of
from amparo.partners.rules import Capacity
from amparo.partners.words import (
    ACCESS_LABELS,
    CAPACITY_SOURCE_LABELS,
    EXAMINING,
    FACILITY_LABELS,
    GAP_LABELS,
    HAS_LABELS,
    LANGUAGE_LABELS,
    SERVICE_LABELS,
    STATE_LABELS,
    Gap,
    Has,
    State,
)
from amparo.vault import sealing
from amparo.vault.sealing import Opened
from amparo.web import formats
from amparo.web.sheets import Button, Crumb, Empty, Fact, Name, Notice, Row, Section, Sheet, Tag, Tone

HISTORY = 50
HAS_TONES: dict[Has, Tone] = {Has.YES: "ok", Has.NO: "danger", Has.UNKNOWN: ""}


def facility_page(actor: Actor, facility_id: UUID, opened: tuple[str, str] | None = None) -> Sheet:
    """The sheet of one facility. Raises NotFound. Cost: about six queries.

    Args:
        opened: the protected address and district, where they were opened with a reason just now.
    """
    row = policy.load(actor, "partners:facility:see", Facility, facility_id)
    words = sealing.open_row(row, "name", "hours", "contact", "how")
    state = Tag(STATE_LABELS[row.state], STATE_TONES[row.state])
    return Sheet(
        title=Name(words.text("name")),
        crumbs=agency_crumbs(actor, row.agency_id),
        kind=str(FACILITY_LABELS[row.kind]),
        tags=(state, checked_tag(row)) if row.state == State.ACTIVE else (state,),
        buttons=_buttons(actor, row),
        sections=(_services(row, words), _address(actor, row, opened), *_capacity(actor, row)),
    )


def _buttons(actor: Actor, row: Facility) -> tuple[Button, ...]:
    subject = policy.subject_of(row)
    found: list[Button] = []
    if policy.decide(actor, "partners:facility:verify", subject).allowed and row.state == State.ACTIVE:
        url = reverse("partners:verify_facility", args=[row.id])
        found.append(Button(_("I checked it today"), url, "quiet", post=True))
    if policy.decide(actor, "partners:facility:change", subject).allowed:
        found.append(Button(_("Change"), reverse("partners:change_facility", args=[row.id]), "quiet", key="e"))
        found += step_buttons("move_facility", row.id, row.state)
    return tuple(found)


def _services(row: Facility, words: Opened) -> Section:
    facts = tuple(
        Fact(label, value)
        for label, value in (
            (_("Services"), said_of(SERVICE_LABELS, row.services)),
            (_("Opening hours"), hours_of(row, words.text("hours"))),
            (_("Cost"), cost_of(row)),
            (_("Languages"), said_of(LANGUAGE_LABELS, row.languages)),
            (_("Accessible"), said_of(ACCESS_LABELS, row.access)),
            (_("Contact for referrals"), words.text("contact")),
            (_("How to refer"), words.text("how")),
            (_("Checked"), formats.day(row.verified_on) if row.verified_on else _("Never checked")),
        )
        if value
    )
    return Section(_("Services"), "services", 1, facts=facts)


def _address(actor: Actor, row: Facility, opened: tuple[str, str] | None) -> Section:
    title = _("Address")
    if row.level != Compartment.ADDRESS:
        words = sealing.open_row(row, "address", "district")
        return Section(title, "address", 2, facts=_place(words.text("address"), words.text("district")),
                       empty=Empty(_("No address is written down.")))  # fmt: skip
    subject = policy.subject_of(row)
    if not policy.decide(actor, "partners:address:open", subject).allowed:
        said = _("This address is protected. A caseworker of the office that works with this place can open it.")
        return Section(title, "address", 2, empty=Empty(said))
    buttons = []
    if opened is None:
        buttons.append(Button(_("Show, with a reason"), reverse("partners:open_address", args=[row.id]), "quiet"))
    if policy.decide(actor, "partners:address:change", subject).allowed:
        url = reverse("partners:set_address", args=[row.id])
        buttons.append(Button(_("Write down the address"), url, "quiet"))
    remark = _("This address is protected. It is shown for a reason only, and each time is recorded.")
    facts = _place(*opened) if opened else ()
    empty = Empty(_("No address is written down.")) if opened else None
    return Section(title, "address", 2, facts=facts, empty=empty, buttons=tuple(buttons), remark=remark)


def _place(address: str, district: str) -> tuple[Fact, ...]:
    pairs = ((_("Address"), address), (_("District"), district))
    return tuple(Fact(label, Name(value)) for label, value in pairs if value)


# ---- capacity ----------------------------------------------------------------------------------------------


def capacity_of(row: CapacityReport | None, day_and_night: bool) -> Capacity:
    """A stored report as the rules read it; without one nothing is known but whether the place is always open."""
    if row is None:
        return Capacity(None, None, None, None, Has.UNKNOWN, Has.UNKNOWN, day_and_night)
    return Capacity(
        on=row.on,
        examiners=row.examiners,
        trained_until=row.trained_until,
        kits=row.kits,
        cold_store=Has(row.cold_store),
        child_room=Has(row.child_room),
        day_and_night=day_and_night,
    )


def latest_reports(facility_ids: Sequence[UUID]) -> dict[UUID, CapacityReport]:
    """The last report on each facility that was not withdrawn. Cost: one query."""
    rows = CapacityReport.objects.filter(facility_id__in=list(facility_ids), withdrawn_on=None)
    return {row.facility_id: row for row in rows.order_by("on", "id")}


def _capacity(actor: Actor, row: Facility) -> tuple[Section, ...]:
    """What the place has, where examinations are made or somebody reported on it."""
    reports = list(
        policy.visible(actor, "partners:agency:see", CapacityReport.objects.filter(facility_id=row.id)).order_by(
            "-on", "-id"
        )[:HISTORY]
    )
    may = policy.decide(actor, "partners:capacity:report", policy.subject_of(row)).allowed
    may = may and row.state != State.CLOSED
    if row.kind not in EXAMINING and not reports:
        return ()
    counting = [report for report in reports if report.withdrawn_on is None]
    add = reverse("partners:report_capacity", args=[row.id]) if may else ""
    label = _("Report what it has") if may else ""
    now = capacity_of(counting[0] if counting else None, row.day_and_night)
    present = Section(
        _("What it has"), "capacity", 2,
        facts=_present(now),
        notices=_old(now),
        empty=Empty(_("Nobody has reported what it has."), label, add),
        link_label=label if counting else "", link_url=add if counting else "",
    )  # fmt: skip
    if not reports:
        return (present,)
    opened = sealing.open_rows(reports, "remark")
    history = tuple(_report_row(report, words, may) for report, words in zip(reports, opened, strict=True))
    return (present, Section(_("Reports so far"), "reports", 1, rows=history))


def _present(now: Capacity) -> tuple[Fact, ...]:
    today = clock.today()
    if now.on is None:
        return ()
    return (
        Fact(_("As of"), formats.day(now.on)),
        Fact(_("Examiners"), examiners_said(now.examiners, now.trained_until, today)),
        Fact(_("Kits in stock"), _("Not known") if now.kits is None else str(now.kits)),
        *(Fact(GAP_LABELS[gap], HAS_LABELS[rules.has(now, gap, today)]) for gap in (Gap.COLD_STORE, Gap.CHILD_ROOM)),
        Fact(GAP_LABELS[Gap.NIGHT], HAS_LABELS[Has.YES if now.day_and_night else Has.NO]),
    )


def _old(now: Capacity) -> tuple[Notice, ...]:
    if now.on is None or rules.is_fresh(now, clock.today()):
        return ()
    age = formats.duration_days((clock.today() - now.on).days)
    return (Notice(_("This report is %(age)s old. Ask again before somebody is sent there.") % {"age": age}, "warn"),)


def examiners_said(count: int | None, trained_until: date | None, today: date) -> str:
    """How many examiners, and until when they are trained."""
    if count is None:
        return _("Not known")
    said = ngettext("%(count)s examiner", "%(count)s examiners", count) % {"count": count}
    if trained_until is None:
        return said
    day = formats.day(trained_until)
    if trained_until < today:
        return _("%(examiners)s, training ran out on %(day)s") % {"examiners": said, "day": day}
    return _("%(examiners)s, trained until %(day)s") % {"examiners": said, "day": day}


def _report_row(report: CapacityReport, words: Opened, may: bool) -> Row:
    today = clock.today()
    kits = "" if report.kits is None else ngettext("%(count)s kit", "%(count)s kits", report.kits) % {
        "count": report.kits
    }  # fmt: skip
    rooms = [
        str(GAP_LABELS[gap])
        for gap, value in ((Gap.COLD_STORE, report.cold_store), (Gap.CHILD_ROOM, report.child_room))
        if value == Has.YES
    ]
    said = [examiners_said(report.examiners, report.trained_until, today), kits, *rooms]
    gone = report.withdrawn_on is not None
    return Row(
        title=_(", ").join(part for part in said if part),
        when=formats.near_day(report.on, today),
        meta=str(CAPACITY_SOURCE_LABELS[report.source]),
        lines=(words.text("remark"),) if words.text("remark") else (),
        tag=Tag(_("Withdrawn")) if gone else None,
        action_label=_("Withdraw") if may and not gone else "",
        action_url=reverse("partners:withdraw_report", args=[report.id]) if may and not gone else "",
        action_post=True,
    )


def facility_crumbs(actor: Actor, facility_id: UUID) -> tuple[Crumb, ...]:
    """The way back to a facility. Raises NotFound."""
    row = policy.load(actor, "partners:facility:see", Facility, facility_id)
    name = sealing.open_row(row, "name").text("name")
    here = Crumb(name, reverse("partners:facility", args=[facility_id]))
    return (*agency_crumbs(actor, row.agency_id), here)
