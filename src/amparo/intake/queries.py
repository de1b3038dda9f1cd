"""Reading reports: the inbox, one report, the windows that close, and what intake has to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases.moments import Due, Moment
from amparo.cases.words import TrackKind
from amparo.intake import rules
from amparo.intake.models import Report, ReportFile, ReportNote, ReportPerson
from amparo.intake.rules import Known, Window
from amparo.intake.words import (
    AGENCY_LABELS,
    CHANNEL_LABELS,
    DECLINE_LABELS,
    LACK_LABELS,
    MEDICAL_LABELS,
    OPEN_STATES,
    PART_LABELS,
    REFERRAL_BASIS_LABELS,
    SENT_LABELS,
    STATE_LABELS,
    TOLD_LABELS,
    Channel,
    Danger,
    Medical,
    Part,
    State,
)
from amparo.kernel import clock
from amparo.kernel.dates import PartialTime
from amparo.kernel.errors import NotFound
from amparo.kernel.text import excerpt, shown
from amparo.kernel.words import Compartment, Role, Sight
from amparo.people import queries as people
from amparo.people.words import PersonKind
from amparo.staff import queries as staff
from amparo.vault import sealing
from amparo.vault.sealing import Opened
from amparo.web import formats
from amparo.web.drawing import WindowBar, medical_window
from amparo.web.sheets import (
    Button,
    Code,
    Crumb,
    Empty,
    Fact,
    Listing,
    Notice,
    Row,
    Section,
    Sheet,
    Tag,
    Text,
    Urgency,
    Withheld,
)
from amparo.web.uploads import Reception, StoredBlob

PAGE = 50
WORDS = ("language", "place", "summary", "danger_words", "text", "safe_contact", "remark")
_SURVIVOR_SIDE = (PersonKind.SURVIVOR, PersonKind.FAMILY, PersonKind.WITNESS, PersonKind.REPORTER)
_MEDICAL_OPEN = (Medical.NEEDED, Medical.UNKNOWN)


# ---- letting in ------------------------------------------------------------------------------------------


def _names_barred(actor: Actor) -> QuerySet[ReportPerson]:
    return ReportPerson.objects.filter(person_id__in=actor.barred_persons)


def seen(actor: Actor, permission: str) -> QuerySet[Report]:
    """Reports for which the actor has a permission; none that names somebody she is barred from."""
    rows = policy.visible(actor, permission, Report.objects.all())
    return rows.exclude(pk__in=_names_barred(actor).values("report_id")) if actor.barred_persons else rows


def loaded(actor: Actor, permission: str, report_id: UUID) -> Report:
    """One report by its id, if the actor may do this to it. Raises NotFound, Refused."""
    if actor.barred_persons and _names_barred(actor).filter(report_id=report_id).exists():
        raise NotFound(permission=permission)
    return policy.load(actor, permission, Report, report_id, seen_by="intake:report:see")


def _may(actor: Actor, permission: str, report: Report) -> bool:
    return policy.decide(actor, permission, policy.subject_of(report)).allowed


def _sight(actor: Actor, report: Report) -> Sight:
    return policy.sight(actor, Compartment.NARRATIVE, policy.subject_of(report))


def url_of(report_id: UUID) -> str:
    return reverse("intake:report", args=[report_id])


# ---- people of a report ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Named:
    """A person whom a report names."""

    person_id: UUID
    part: Part


def people_of(report_id: UUID) -> list[Named]:
    """The people whom a report names; the caller has asked the policy for it."""
    rows = ReportPerson.objects.filter(report_id=report_id).order_by("created_at", "id")
    return [Named(row.person_id, Part(row.part)) for row in rows]


def _marks(report_id: UUID) -> tuple[list[UUID], list[UUID]]:
    """Ids of the survivor's side and of the suspects."""
    named = people_of(report_id)
    suspects = [one.person_id for one in named if one.part is Part.SUSPECT]
    return [one.person_id for one in named if one.part is not Part.SUSPECT], suspects


def _sides(report_id: UUID) -> Iterable[tuple[list[UUID], tuple[PersonKind, ...]]]:
    ours, suspects = _marks(report_id)
    return ((ours, _SURVIVOR_SIDE), (suspects, (PersonKind.SUSPECT,)))


def count_alike(actor: Actor, report_id: UUID) -> int:
    """How many others in all records have exactly a name or number of this report's people. Only a count.

    Whom the actor is barred from is not counted; her supervisor, who is not, sees them on the same page.
    """
    calling_code = access.office(Report.objects.values_list("office_id", flat=True).get(pk=report_id)).calling_code
    total = 0
    for ids, kinds in _sides(report_id):
        names, numbers = people.own_marks(ids)
        total += people.exact_duplicates(actor, names, numbers, calling_code=calling_code, kinds=kinds, without=ids)
    return total


def alike(actor: Actor, report: Report) -> list[people.Hit]:
    """Who they are, as far as this reader may know of them."""
    calling_code = access.office(report.office_id).calling_code
    hits: list[people.Hit] = []
    for ids, kinds in _sides(report.id):
        names, numbers = people.own_marks(ids)
        hits += people.duplicates_seen(actor, names, numbers, calling_code=calling_code, kinds=kinds, without=ids)
    return hits


# ---- the medical window ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Desk:
    """What every page of reports needs to know once: the hour, the limits, the days."""

    now: datetime
    limits: tuple[int, int]
    acknowledge_days: int
    screening_days: int
    zone: ZoneInfo

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()


def desk_now() -> Desk:
    """Read the settings once for a page. Cost: four queries."""
    return Desk(
        now=clock.now(),
        limits=(staff.medical_window_hours(), staff.medical_last_hours()),
        acknowledge_days=staff.acknowledge_days(),
        screening_days=staff.screening_days(),
        zone=ZoneInfo(timezone.get_current_timezone_name()),
    )


def window_of(report: Report, desk: Desk) -> Window | None:
    known = Known(report.incident_known)
    return rules.medical_window(report.incident_at, known, report.incident_about, desk.limits)


def _is_open_window(report: Report, window: Window | None, desk: Desk) -> bool:
    return window is not None and report.medical in _MEDICAL_OPEN and not window.is_over(desk.now)


def _bar(window: Window, desk: Desk) -> WindowBar:
    return medical_window(window.since, desk.now, limits=desk.limits, rtl=formats.is_rtl())


def _window_words(window: Window, desk: Desk) -> str:
    """How long is left, and the clock time at which it ends."""
    if window.is_first_over(desk.now):
        end = _until(window.last_at, desk)
        return _("The first %(hours)s hours are over. Emergency contraception and samples until %(end)s.") % {
            "hours": desk.limits[0], "end": end,
        }  # fmt: skip
    left = formats.duration(window.left(desk.now))
    return _("%(left)s left: until %(end)s.") % {"left": left, "end": _until(window.ends_at, desk)}


def _until(moment: datetime, desk: Desk) -> str:
    """A moment with its time of the day, however far off."""
    local = moment.astimezone(desk.zone)
    if abs((local.date() - desk.today).days) <= 1:
        return formats.when(moment, desk.now, desk.zone)
    day = formats.near_day(local.date(), desk.today)
    return _("%(day)s, %(time)s") % {"day": day, "time": formats.clock(local)}


# ---- the inbox -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Urgent:
    """Something that can't wait: a danger that nobody has taken on, or a medical window that is closing."""

    report_id: UUID
    code: str
    is_danger: bool
    title: str
    meta: Text
    url: str
    take_url: str
    take_label: str
    drawing: WindowBar | None
    ends_at: datetime | None


def _open_rows(actor: Actor, permission: str = "intake:report:see") -> QuerySet[Report]:
    return seen(actor, permission).filter(state__in=OPEN_STATES)


def _is_danger_open() -> Q:
    return ~Q(danger=Danger.NO) & Q(danger_taken_by=None)


def _is_window_open(desk: Desk) -> Q:
    since = desk.now - timedelta(hours=desk.limits[1])
    known = Q(incident_known__in=(Known.EXACT, Known.DAY), incident_at__gt=since)
    return Q(medical__in=_MEDICAL_OPEN) & known


MOST_URGENT = 20


def _urgent_rows(actor: Actor, desk: Desk) -> list[Report]:
    """Dangers first, the longest known first; then windows, the one that closes first."""
    rows = _open_rows(actor)
    dangers = list(rows.filter(_is_danger_open()).order_by("received_at", "id")[:MOST_URGENT])
    windows = rows.filter(_is_window_open(desk)).exclude(pk__in=[row.pk for row in dangers])
    return dangers + list(windows.order_by("incident_at", "id")[:MOST_URGENT])


def urgent(actor: Actor) -> list[Urgent]:
    """What can't wait, of the reports that the actor sees. Cost: nine queries for any number."""
    if not policy.has(actor, "intake:report:acknowledge"):
        return []
    desk = desk_now()
    rows = [row for row in _urgent_rows(actor, desk) if _may(actor, "intake:report:acknowledge", row)]
    names = access.names_of(row.medical_taken_by for row in rows if row.medical_taken_by)
    return [_urgent(row, desk, names) for row in rows]


def _urgent(row: Report, desk: Desk, names: Mapping[UUID, str]) -> Urgent:
    is_danger = row.danger != Danger.NO and row.danger_taken_by is None
    window = window_of(row, desk)
    is_open = _is_open_window(row, window, desk)
    taken = names.get(row.medical_taken_by, "") if row.medical_taken_by else ""
    verb = "take_danger" if is_danger else "take_medical"
    received = formats.when(row.received_at, desk.now, desk.zone)
    return Urgent(
        report_id=row.id,
        code=row.code,
        is_danger=is_danger,
        title=_danger_title(row) if is_danger else _window_words(window, desk) if window else "",
        meta=(
            Code(row.code, url_of(row.id)),
            _("Received %(when)s.") % {"when": received},
            *_taken_words(taken),
        ),
        url=url_of(row.id),
        take_url="" if taken and not is_danger else reverse(f"intake:{verb}", args=[row.id]),
        take_label=_("I am taking this"),
        drawing=_bar(window, desk) if window is not None and is_open else None,
        ends_at=window.ends_at if window is not None and is_open else None,
    )


def _taken_words(name: str) -> tuple[str, ...]:
    return (_("%(name)s sees to it.") % {"name": name},) if name else ()


def _danger_title(row: Report) -> str:
    if row.danger == Danger.YES:
        return _("Somebody is in danger now. Nobody has taken this on.")
    return _("Somebody may be in danger. Nobody has taken this on.")


def inbox(actor: Actor, *, show: str = "open", after: UUID | None = None) -> Listing:
    """The page of reports: what can't wait, then the open ones by when they are due, or the decided ones.

    Args:
        actor: who reads.
        show: `open` or `decided`.
        after: the last report of the page before.

    Cost: a constant number of queries.
    """
    desk = desk_now()
    first_page = show == "open" and after is None
    top = _urgent_rows(actor, desk) if first_page else []
    rows = _page(actor, desk, show, after)
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    lines = _Lines(actor, desk, [*top, *rows])
    open_url, decided_url = reverse("intake:reports"), reverse("intake:decided")
    base = open_url if show == "open" else decided_url
    may_take = policy.has(actor, "intake:report:take")
    return Listing(
        title=_("Reports") if show == "open" else _("Decided reports"),
        lede_bold=_inbox_bold(top) if first_page else "",
        lede=_inbox_lede(top, rows, more=more) if first_page else "",
        buttons=(
            *((Button(_("Take a report"), reverse("intake:take"), key="n"),) if may_take else ()),
            Button(_("Decided reports"), decided_url, "quiet")
            if show == "open"
            else Button(_("Open reports"), open_url, "quiet"),
        ),
        rows=(*(lines.urgent(row) for row in top), *(lines.plain(row) for row in rows)),
        empty=Empty(
            _("No report is waiting.") if show == "open" else _("No report was decided yet."),
            _("Take a report") if may_take else "",
            reverse("intake:take") if may_take else "",
        ),
        next_url=f"{base}?after={rows[-1].id}" if more else "",
        previous_url=base if after else "",
    )


def _page(actor: Actor, desk: Desk, show: str, after: UUID | None) -> list[Report]:
    if show == "open":
        urgent_ones = _is_danger_open() | _is_window_open(desk)
        rows = _open_rows(actor).exclude(urgent_ones)
        last = Report.objects.filter(pk=after).values_list("received_at", "id").first() if after else None
        if last:
            rows = rows.filter(Q(received_at__gt=last[0]) | Q(received_at=last[0], id__gt=last[1]))
        return list(rows.order_by("received_at", "id")[: PAGE + 1])
    rows = seen(actor, "intake:report:see").exclude(state__in=OPEN_STATES)
    last = Report.objects.filter(pk=after).values_list("received_at", "id").first() if after else None
    if last:
        rows = rows.filter(Q(received_at__lt=last[0]) | Q(received_at=last[0], id__lt=last[1]))
    return list(rows.order_by("-received_at", "-id")[: PAGE + 1])


def _inbox_bold(top: Sequence[Report]) -> str:
    if any(row.danger != Danger.NO and row.danger_taken_by is None for row in top):
        return _("Somebody may be in danger.")
    return _("A medical window is closing.") if top else ""


def _inbox_lede(top: Sequence[Report], rows: Sequence[Report], *, more: bool) -> str:
    if not top and not rows:
        return ""
    if more:
        return _("More than %(count)s reports are open.") % {"count": PAGE}
    count = len(top) + len(rows)
    return ngettext("%(count)s report is open.", "%(count)s reports are open.", count) % {"count": count}


def _record(row: Report) -> None:
    """Say that words of a report are being shown."""
    readings.opened(row.case_id or row.id, Compartment.NARRATIVE)


class _Lines:
    """The lines of a list of reports; everything that they need was fetched at once."""

    def __init__(self, actor: Actor, desk: Desk, rows: Sequence[Report]) -> None:
        self.actor = actor
        self.desk = desk
        readable = [row for row in rows if _sight(actor, row) >= Sight.PARTIAL]
        opened = sealing.open_rows(readable, "summary")
        self.summaries = {row.id: one.text("summary") for row, one in zip(readable, opened, strict=True)}
        for row in readable:
            _record(row)
        takers = {row.danger_taken_by for row in rows} | {row.medical_taken_by for row in rows}
        self.names = access.names_of(one for one in takers if one)

    def urgent(self, row: Report) -> Row:
        one = _urgent(row, self.desk, self.names)
        tag = Tag(_("Danger"), "danger") if one.is_danger else Tag(_("Clinic"), "warn")
        may = _may(self.actor, "intake:report:acknowledge", row)
        return Row(
            title=one.title,
            url=one.url,
            when_tag=tag,
            strong=True,
            lines=tuple(filter(None, [shown(self.summaries.get(row.id, ""))])),
            meta=one.meta,
            action_label=one.take_label if one.take_url and may else "",
            action_url=one.take_url if may else "",
            action_post=True,
        )

    def plain(self, row: Report) -> Row:
        due, urgency = self._due(row)
        summary = self.summaries.get(row.id, "")
        channel = str(CHANNEL_LABELS[Channel(row.channel)])
        received = formats.when(row.received_at, self.desk.now, self.desk.zone)
        return Row(
            title=shown(excerpt(summary, 120)) if summary else _("Report %(code)s") % {"code": row.code},
            url=url_of(row.id),
            dir_auto=bool(summary),
            when=due,
            when_tone=urgency,
            meta=(
                Code(row.code),
                _("%(channel)s. Received %(when)s.") % {"channel": channel, "when": received},
            ),
            tag=_state_tag(row),
        )

    def _due(self, row: Report) -> tuple[str, Urgency]:
        if row.state not in OPEN_STATES:
            decided = row.decided_at or row.received_at
            return formats.when(decided, self.desk.now, self.desk.zone), ""
        due_on, _what = due_of(row, self.desk)
        return formats.near_day(due_on, self.desk.today), _urgency(due_on, self.desk)


def _state_tag(row: Report) -> Tag:
    tone = {State.RECEIVED: "on", State.ACCEPTED: "ok"}.get(State(row.state), "")
    return Tag(STATE_LABELS[State(row.state)], tone)  # type: ignore[arg-type]


def due_of(row: Report, desk: Desk) -> tuple[date, str]:
    """What is due next on an open report, and by when."""
    if row.state == State.RECEIVED:
        return rules.answer_due(row.received_at, desk.acknowledge_days, desk.zone), _("Acknowledge the report")
    return rules.answer_due(row.received_at, desk.screening_days, desk.zone), _("Decide what becomes of the report")


def _urgency(due_on: date, desk: Desk) -> Urgency:
    if due_on < desk.today:
        return "late"
    return "soon" if due_on <= desk.today + timedelta(days=1) else ""


# ---- one report ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reading:
    actor: Actor
    row: Report
    desk: Desk
    sight: Sight
    words: Opened
    names: Mapping[UUID, str]

    def may(self, permission: str) -> bool:
        return _may(self.actor, permission, self.row)

    @property
    def is_open(self) -> bool:
        return self.row.state in OPEN_STATES

    def text(self, column: str) -> str:
        return shown(self.words.text(column))

    def name(self, account: UUID | None) -> str:
        return self.names.get(account, "") if account else ""

    def when(self, moment: datetime | None) -> str:
        return formats.when(moment, self.desk.now, self.desk.zone) if moment else ""


def report_page(actor: Actor, report_id: UUID) -> Sheet:
    """The sheet of one report. After it became a case, intake sees its status and nothing else.

    Raises:
        NotFound: the actor may not know of it.
    """
    row = loaded(actor, "intake:report:see", report_id)
    sight = _sight(actor, row)
    desk = desk_now()
    words = sealing.open_row(row, *WORDS) if sight >= Sight.PARTIAL else Opened({}, frozenset())
    actors = (row.danger_taken_by, row.medical_taken_by, row.acknowledged_by, row.decided_by, row.created_by)
    reading = _Reading(actor, row, desk, sight, words, access.names_of(one for one in actors if one))
    if sight >= Sight.PARTIAL:
        _record(row)
    return Sheet(
        title=shown(words.text("summary")) or _("Report"),
        crumbs=(Crumb(_("Reports"), reverse("intake:reports")),),
        code=Code(row.code),
        tags=(_state_tag(row), *((Tag(_("No name given")),) if row.anonymous else ())),
        kind=str(CHANNEL_LABELS[Channel(row.channel)]),
        lede_bold=_lede_bold(reading),
        lede=_lede(reading),
        notices=_notices(reading),
        buttons=_buttons(reading),
        sections=_sections(reading),
    )


def _lede_bold(reading: _Reading) -> str:
    row = reading.row
    if not reading.is_open:
        return str(STATE_LABELS[State(row.state)]) + "."
    if row.danger != Danger.NO and row.danger_taken_by is None:
        return _("Somebody is in danger now.") if row.danger == Danger.YES else _("Somebody may be in danger.")
    window = window_of(row, reading.desk)
    if window is not None and _is_open_window(row, window, reading.desk):
        return _window_words(window, reading.desk)
    due_on, what = due_of(row, reading.desk)
    return _("%(what)s by %(day)s.") % {"what": what, "day": formats.near_day(due_on, reading.desk.today)}


def _lede(reading: _Reading) -> Text:
    row = reading.row
    if row.state == State.ACCEPTED and reading.row.handed_at and reading.sight < Sight.PARTIAL:
        return _("The team of the case goes on from here. What was told is theirs now.")
    received = reading.when(row.received_at)
    return _("Received %(when)s by %(name)s.") % {"when": received, "name": reading.name(row.created_by)}


def _notices(reading: _Reading) -> tuple[Notice, ...]:
    notices: list[Notice] = []
    if reading.is_open or reading.row.danger_taken_by:
        notices += _danger_notice(reading)
    if reading.is_open and reading.may("intake:report:acknowledge") and count_alike(reading.actor, reading.row.id):
        notices.append(_alike_notice(reading))
    return tuple(notices)


def _danger_notice(reading: _Reading) -> list[Notice]:
    row = reading.row
    if row.danger == Danger.NO:
        return []
    words = reading.text("danger_words") if reading.sight is Sight.FULL else ""
    if row.danger_taken_by is not None:
        by = _("%(name)s took this on %(when)s.") % {
            "name": reading.name(row.danger_taken_by), "when": reading.when(row.danger_taken_at),
        }  # fmt: skip
        return [Notice((by, words) if words else by, "warn", title=_("Danger"))]
    take = Button(_("I am taking this"), reverse("intake:take_danger", args=[row.id]), "grave", post=True, key="t")
    action = take if reading.may("intake:report:acknowledge") else None
    return [Notice(words or _danger_title(row), "danger", title=_danger_title(row) if words else "", action=action)]


def _alike_notice(reading: _Reading) -> Notice:
    """One sentence, whoever it is and however many they are."""
    said = _("Somebody in our records may be the same person. Ask your supervisor before you open a new case.")
    if reading.row.duplicate_asked_at is not None:
        return Notice((said, _("Your supervisor was asked.")), "warn")
    ask = Button(_("Ask the supervisor"), reverse("intake:pass_duplicate", args=[reading.row.id]), "quiet", post=True)
    return Notice(said, "warn", action=None if reading.actor.holds(Role.SUPERVISOR) else ask)


def _buttons(reading: _Reading) -> tuple[Button, ...]:
    key = reading.row.id
    buttons = []
    if reading.row.state == State.RECEIVED and reading.may("intake:report:acknowledge"):
        acknowledge = reverse("intake:acknowledge", args=[key])
        buttons.append(Button(_("Mark as acknowledged"), acknowledge, "quiet", post=True))
    if reading.is_open and reading.may("intake:report:words"):
        buttons.append(Button(_("Change"), reverse("intake:change", args=[key]), "quiet", key="e"))
    return tuple(buttons)


def _sections(reading: _Reading) -> tuple[Section, ...]:
    sections = [_medical_section(reading), _told_section(reading), _people_section(reading)]
    if reading.actor.holds(Role.SUPERVISOR) and reading.is_open:
        sections += _alike_section(reading)
    sections += [_decision_section(reading), _since_section(reading), _details_section(reading)]
    return tuple(one for one in sections if one is not None)


def _medical_section(reading: _Reading) -> Section | None:
    row, desk = reading.row, reading.desk
    if row.state == State.ACCEPTED and reading.sight < Sight.PARTIAL:
        return None
    window = window_of(row, desk)
    title = _("Medical care")
    label = str(MEDICAL_LABELS[Medical(row.medical)])
    if row.medical not in _MEDICAL_OPEN:
        return Section(title, id="medical", column=0, remark=label)
    buttons = _medical_buttons(reading) if reading.may("intake:report:acknowledge") and reading.is_open else ()
    facts: list[Fact] = [Fact(_("What is known"), label)]
    if row.medical_taken_by:
        facts.append(Fact(_("Who sees to it"), reading.name(row.medical_taken_by)))
    if window is None:
        remark = _("Nobody knows when it happened, so no clock can be drawn. Ask: every hour counts.")
        return Section(title, id="medical", column=0, remark=remark, facts=tuple(facts), buttons=buttons)
    if window.is_over(desk.now):
        remark = _("More than %(hours)s hours have passed. Care still helps, but some treatment comes too late.")
        return Section(
            title,
            id="medical",
            column=0,
            remark=remark % {"hours": desk.limits[1]},
            facts=tuple(facts),
            buttons=buttons,
        )
    if window.is_estimate:
        facts.append(Fact(_("Counted from"), _("the earliest time that is possible")))
    return Section(
        title,
        id="medical",
        column=0,
        remark=_window_words(window, desk),
        drawing=_bar(window, desk),
        facts=tuple(facts),
        buttons=buttons,
    )


def _medical_buttons(reading: _Reading) -> tuple[Button, ...]:
    key = reading.row.id
    end = Button(_("Say how it ended"), reverse("intake:end_medical", args=[key]), "quiet")
    if reading.row.medical_taken_by:
        return (end,)
    return (Button(_("I am taking this"), reverse("intake:take_medical", args=[key]), post=True), end)


def _told_section(reading: _Reading) -> Section:
    title = _("What was told")
    if reading.sight < Sight.FULL or not reading.may("intake:report:words"):
        return Section(title, id="told", column=1, withheld=(Withheld(title),))
    text = reading.text("text")
    rows = (Row(title="", lines=tuple(line for line in text.split("\n") if line.strip())),) if text else ()
    files = _files(reading.row)
    safe = reading.text("safe_contact")
    notices = (Notice(safe, "warn", title=_("How it is safe to answer")),) if safe else ()
    return Section(
        title,
        id="told",
        column=1,
        rows=(*rows, *files),
        notices=notices,
        empty=Empty(_("Nothing was written down yet.")),
        link_label=_("Add a file"),
        link_url=reverse("intake:add_file", args=[reading.row.id]),
    )


def _files(row: Report) -> list[Row]:
    files = list(ReportFile.objects.filter(report_id=row.id).order_by("created_at", "id"))
    opened = sealing.open_rows(files, "details")
    return [
        Row(
            title=shown(str(one.table("details").get("name", ""))) or _("A file"),
            meta=formats.size(int(str(one.table("details").get("bytes", 0)))),
            when_tag=Tag(_("File")),
            url=reverse("intake:file", args=[row.id, file.id]),
            dir_auto=True,
        )
        for file, one in zip(files, opened, strict=True)
    ]


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
    _record(report)
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


def _people_section(reading: _Reading) -> Section:
    title = _("People")
    named = people_of(reading.row.id)
    labels = people.labels(reading.actor, [one.person_id for one in named])
    rows = tuple(
        Row(
            title=label.text,
            meta=_joined(str(PART_LABELS[one.part]), label.age_band),
            lines=_lines_of(label.safe),
        )
        for one in named
        if (label := labels.get(one.person_id)) is not None
    )
    may = reading.is_open and reading.may("intake:report:words")
    add = reverse("intake:add_person", args=[reading.row.id]) if may else ""
    if named and not rows:
        return Section(title, id="people", column=2, withheld=(Withheld(title),))
    return Section(
        title,
        id="people",
        column=2,
        rows=rows,
        empty=Empty(_("The report names nobody.")),
        link_label=_("Add a person") if add else "",
        link_url=add,
    )


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _lines_of(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _alike_section(reading: _Reading) -> list[Section]:
    hits = alike(reading.actor, reading.row)
    if not hits:
        return []
    rows = tuple(Row(title=Code(hit.code, hit.url), meta=hit.kind_label) for hit in hits)
    remark = _("They have exactly the same name or number as somebody in this report.")
    return [Section(_("May be the same person"), id="alike", column=2, rows=rows, remark=remark)]


def _decision_section(reading: _Reading) -> Section:
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


def _decision_facts(reading: _Reading) -> Iterable[Fact]:
    row = reading.row
    yield Fact(_("Decided"), _joined(str(STATE_LABELS[State(row.state)]), reading.when(row.decided_at)))
    yield Fact(_("By"), reading.name(row.decided_by))
    if row.state != State.ACCEPTED and row.reason:
        yield Fact(_("Sent to") if row.state == State.REFERRED_ON else _("Reason"), reason_label(row))
    if row.referral_basis:
        basis = {str(code): label for code, label in REFERRAL_BASIS_LABELS.items()}[row.referral_basis]
        yield Fact(_("Why it may be sent"), str(basis))
    if row.sent:
        yield Fact(_("What was sent"), ", ".join(str(SENT_LABELS[code]) for code in row.sent if code in SENT_LABELS))
    if row.told:
        yield Fact(_("Who was told"), str({str(code): label for code, label in TOLD_LABELS.items()}[row.told]))
    if reading.sight is Sight.FULL and reading.text("remark"):
        yield Fact(_("Remark"), reading.text("remark"))


def _since_section(reading: _Reading) -> Section:
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


def _note_rows(reading: _Reading) -> list[tuple[datetime, Row]]:
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


def _details_section(reading: _Reading) -> Section | None:
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
            (_("Received"), formats.moment(row.received_at, reading.desk.zone)),
        )
        if value
    )
    return Section(_("Details"), id="details", column=2, facts=facts)


def _incident(row: Report, zone: ZoneInfo) -> PartialTime | None:
    return rules.incident_again(row.incident_at, Known(row.incident_known), row.incident_about, zone)


def _incident_text(reading: _Reading) -> str:
    incident = _incident(reading.row, reading.desk.zone)
    if incident is None:
        return _("Not known")
    if incident.precision != "exact":
        return formats.partial_date(incident.local_date())
    said = formats.moment(incident.at, reading.desk.zone)
    return _("about %(date)s") % {"date": said} if incident.about else said


# ---- forms -----------------------------------------------------------------------------------------------


def change_form(actor: Actor, report_id: UUID) -> tuple[int, dict[str, object]]:
    """The version and values of what may be changed."""
    row = loaded(actor, "intake:report:words", report_id)
    _record(row)
    words = sealing.open_row(row, "danger_words", "summary", "place", "language", "safe_contact")
    zone = ZoneInfo(timezone.get_current_timezone_name())
    incident = _incident(row, zone)
    return row.version, {
        "danger": row.danger,
        "medical": row.medical,
        "incident_when": "other" if incident else "",
        "incident_day": replace(incident.local_date(), about=False) if incident else None,
        "incident_time": incident.local().time() if incident and incident.precision == "exact" else None,
        "incident_about": row.incident_about,
        "district": row.district,
        **{name: words.text(name) for name in ("danger_words", "summary", "place", "language", "safe_contact")},
    }


@dataclass(frozen=True, slots=True)
class ReportHead:
    """What a form about a report starts with."""

    id: UUID
    code: str
    office_id: UUID
    received_on: date
    summary: str
    url: str
    named: tuple[Named, ...]
    anonymous: bool

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        return (Crumb(_("Reports"), reverse("intake:reports")), Crumb(self.code, self.url, code=True))


def head(actor: Actor, permission: str, report_id: UUID) -> ReportHead:
    """The head of a report to which the actor may do this. Raises NotFound, Refused."""
    row = loaded(actor, permission, report_id)
    summary = ""
    if _sight(actor, row) >= Sight.PARTIAL:
        _record(row)
        summary = sealing.open_row(row, "summary").text("summary")
    zone = ZoneInfo(access.office(row.office_id).time_zone)
    return ReportHead(
        id=row.id,
        code=row.code,
        office_id=row.office_id,
        received_on=row.received_at.astimezone(zone).date(),
        summary=summary,
        url=url_of(row.id),
        named=tuple(people_of(row.id)),
        anonymous=row.anonymous,
    )


# ---- for the desk and the case ---------------------------------------------------------------------------


def due_for(actor: Actor, until: date) -> list[Due]:
    """Reports to acknowledge or to decide on by a day. Cost: six queries for any number."""
    if not policy.has(actor, "intake:report:acknowledge"):
        return []
    desk = desk_now()
    rows = list(_open_rows(actor, "intake:report:acknowledge").order_by("received_at", "id")[: 2 * PAGE])
    found = []
    for row in rows:
        due_on, what = due_of(row, desk)
        if due_on <= until:
            found.append(
                Due(
                    due_on=due_on,
                    title=what,
                    meta=(Code(row.code),),
                    url=url_of(row.id),
                    action_label=_("Open"),
                    urgency=_urgency(due_on, desk),
                )
            )
    if actor.holds(Role.SUPERVISOR):
        found += [_ask_due(row, desk) for row in rows if row.duplicate_asked_at is not None]
    return found


def _ask_due(row: Report, desk: Desk) -> Due:
    return Due(
        due_on=desk.today,
        title=_("Look whether somebody in this report is in our records already"),
        meta=(Code(row.code),),
        url=url_of(row.id),
        action_label=_("Compare"),
        urgency="soon",
    )


def waiting_for(actor: Actor) -> list[Due]:
    """What the actor asked of a supervisor about reports that are still open."""
    if not policy.has(actor, "intake:report:acknowledge"):
        return []
    rows = _open_rows(actor).filter(duplicate_asked_by=actor.account_id).order_by("duplicate_asked_at", "id")[:PAGE]
    return [
        Due(
            due_on=None,
            title=_("The supervisor looks whether it is the same person"),
            meta=(Code(row.code),),
            url=url_of(row.id),
            action_label=_("Open"),
        )
        for row in rows
    ]


def _of_case(actor: Actor, case_id: UUID) -> list[Report]:
    return list(seen(actor, "intake:report:see").filter(case_id=case_id).order_by("received_at", "id"))


def marks_of_case(actor: Actor, case_id: UUID) -> list[Moment]:
    """The reports that a case began with, on its drawing."""
    zone = timezone.get_current_timezone()
    return [
        Moment(
            track=TrackKind.RELIEF,
            at=row.received_at.astimezone(zone).date(),
            label=_("Report"),
            title=_("A report was received"),
            kind="done",
            url=url_of(row.id),
        )
        for row in _of_case(actor, case_id)
    ]


def sections_of_case(actor: Actor, case_id: UUID) -> list[Section]:
    """The reports that a case is made of."""
    rows = _of_case(actor, case_id)
    if not rows:
        return []
    desk = desk_now()
    lines = _Lines(actor, desk, rows)
    return [Section(_("Reports"), id="reports", column=2, rows=tuple(lines.plain(row) for row in rows))]
