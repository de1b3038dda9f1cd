"""Every read of the court room: proceedings, hearings, the calendar and its feed, what is due."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_text
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar import Calendar, Event

from amparo.access import policy
from amparo.access.actors import Actor, actor_for
from amparo.cases import queries as cases
from amparo.cases.moments import Due, Moment
from amparo.cases.queries import CaseHead
from amparo.cases.words import PartyRole, TrackKind
from amparo.investigations import queries as investigations
from amparo.investigations.words import AGENCY_LABELS
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment, Sight
from amparo.prosecution import rules
from amparo.prosecution.models import (
    Appearance,
    Charge,
    Compensation,
    Feed,
    Hearing,
    Proceeding,
    Sentence,
    SpecialMeasure,
    StageReached,
    Verdict,
)
from amparo.prosecution.rules import Run, Wait
from amparo.prosecution.words import (
    ADJOURN_LABELS,
    ATTENDANCE_LABELS,
    ATTRITION_LABELS,
    CHARGE_LABELS,
    CLOCK_LABELS,
    HEARING_LABELS,
    ICCS_LABELS,
    MEASURE_LABELS,
    MEASURE_STATE_LABELS,
    OUTCOME_LABELS,
    PURPOSE_LABELS,
    SENTENCE_LABELS,
    SIDE_LABELS,
    STAGE_LABELS,
    TYPED_STAGES,
    VERDICT_STATE_LABELS,
    ChargeState,
    ClockState,
    HearingState,
    Measure,
    MeasureState,
    Outcome,
    Purpose,
    Stage,
    VerdictState,
)
from amparo.staff import queries as staff
from amparo.staff.words import Milestone
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import (
    Button,
    Code,
    Column,
    Crumb,
    Empty,
    Fact,
    Listing,
    Name,
    Notice,
    Row,
    Section,
    Sheet,
    Table,
    Tag,
    Text,
    Tone,
    Withheld,
)

SEE = "prosecution:proceeding:see"
CHANGE = "prosecution:proceeding:change"
HEARING_SEE = "prosecution:hearing:see"
HEARING_CHANGE = "prosecution:hearing:change"
TELL = "prosecution:outcome:tell"
MOST = 300
SOON_DAYS = 7
FEED_PAST_DAYS = 30
_PROCEEDING_WORDS = ("agency", "complaint_no", "court", "court_no", "jurisdiction", "officials")

today = investigations.today
crumbs = investigations.crumbs

_CHARGE_TONES: Mapping[str, Tone] = {ChargeState.FILED: "on", ChargeState.AMENDED: "on"}
_HEARING_TONES: Mapping[str, Tone] = {
    HearingState.HELD: "ok",
    HearingState.ADJOURNED: "warn",
    HearingState.LISTED: "on",
}
_MEASURE_TONES: Mapping[str, Tone] = {
    MeasureState.REQUESTED: "warn",
    MeasureState.GRANTED: "ok",
    MeasureState.REFUSED: "danger",
}
_CLOCK_TONES: Mapping[ClockState, Tone] = {
    ClockState.LATE: "danger",
    ClockState.MET: "ok",
    ClockState.MET_LATE: "warn",
    ClockState.RUNNING: "on",
}
# Which stage stands for which milestone of a statutory clock; the others come from hearings and verdicts.
_MILESTONE_OF: Mapping[str, Milestone] = {
    Stage.REPORTED: Milestone.COMPLAINT,
    Stage.STATEMENT: Milestone.STATEMENT,
    Stage.RESTRAINED: Milestone.ARREST,
    Stage.CHARGED: Milestone.CHARGE,
    Stage.ENROLLED: Milestone.COGNIZANCE,
    Stage.VERDICT: Milestone.VERDICT,
    Stage.SENTENCED: Milestone.SENTENCE,
}


def local_day(moment: datetime) -> date:
    return moment.astimezone(timezone.get_current_timezone()).date()


def _money(amount: int, currency: str) -> str:
    return _("%(currency)s\u00a0%(amount)s") % {
        "currency": currency,
        "amount": f"{amount:,}".replace(",", "\u202f"),
    }


def room_crumbs(head: CaseHead) -> tuple[Crumb, ...]:
    return (*crumbs(head), Crumb(_("Court"), reverse("prosecution:case", args=[head.id])))


# ---- one proceeding with all that belongs to it ------------------------------------------------------------


@dataclass(slots=True)
class _File:
    """What is loaded for the page of one proceeding, each table once."""

    head: CaseHead
    proceeding: Proceeding
    whole: bool
    codes: dict[UUID, str]
    stages: list[StageReached]
    hearings: list[Hearing]
    charges: list[Charge]
    verdicts: list[Verdict]
    sentences: list[Sentence]
    measures: list[SpecialMeasure]
    appearances: list[Appearance]
    compensations: list[Compensation]
    may_change: bool = False
    may_tell: bool = False
    may_prepare: bool = False
    words: dict[UUID, sealing.Opened] = field(default_factory=dict)

    @property
    def testified_on(self) -> list[date]:
        days = {h.id: local_day(h.listed_at) for h in self.hearings}
        return sorted(days[a.hearing_id] for a in self.appearances if a.testified)

    @property
    def next_hearing(self) -> Hearing | None:
        now = clock.now()
        ahead = [h for h in self.hearings if h.state == HearingState.LISTED and h.listed_at >= now]
        return min(ahead, key=lambda h: h.listed_at, default=None)


def _file(actor: Actor, head: CaseHead, proceeding: Proceeding) -> _File:
    """Load a proceeding; charges, verdicts and money only for who sees them whole. Cost: ten queries."""
    legal = head.part(Compartment.LEGAL)
    whole = policy.sight(actor, Compartment.LEGAL, head.subject) is Sight.FULL

    def may(permission: str) -> bool:
        return policy.decide(actor, permission, legal).allowed

    file = _File(
        head=head,
        proceeding=proceeding,
        whole=whole,
        codes={p.person_id: p.code for p in cases.parties(actor, head.id, [PartyRole.SURVIVOR, PartyRole.SUSPECT])},
        stages=list(StageReached.objects.filter(proceeding=proceeding).order_by("on", "id")),
        hearings=list(Hearing.objects.filter(proceeding=proceeding).order_by("listed_at", "id")),
        charges=list(Charge.objects.filter(proceeding=proceeding).order_by("accused_id", "id")) if whole else [],
        verdicts=list(Verdict.objects.filter(charge__proceeding=proceeding)) if whole else [],
        sentences=list(Sentence.objects.filter(verdict__charge__proceeding=proceeding).order_by("on")) if whole else [],
        measures=list(SpecialMeasure.objects.filter(proceeding=proceeding).order_by("requested_on", "id")),
        appearances=list(Appearance.objects.filter(hearing__proceeding=proceeding)),
        compensations=list(Compensation.objects.filter(proceeding=proceeding).order_by("ordered_on")) if whole else [],
        may_change=may(CHANGE),
        may_tell=may(TELL),
        may_prepare=may("prosecution:survivor:prepare"),
    )
    if whole:
        _open_words(file)
    return file


def _open_words(file: _File) -> None:
    rows: list[tuple[Sequence[Proceeding | Charge | Hearing | Verdict | Sentence], tuple[str, ...]]] = [
        ([file.proceeding], _PROCEEDING_WORDS),
        (file.charges, ("section",)),
        (file.hearings, ("court", "judge", "outcome")),
        (file.verdicts, ("note",)),
        (file.sentences, ("note",)),
    ]
    for found, columns in rows:
        for row, words in zip(found, sealing.open_rows(found, *columns), strict=True):
            file.words[row.pk] = words


def _text(file: _File, row: UUID, column: str) -> str:
    words = file.words.get(row)
    return words.text(column) if words else ""


def milestones(file: _File, incident_on: date | None) -> dict[str, date]:
    """The days on which the milestones of statutory clocks were reached."""
    found: dict[str, date] = {
        _MILESTONE_OF[Stage(row.stage)]: row.on for row in file.stages if Stage(row.stage) in _MILESTONE_OF
    }
    if incident_on is not None:
        found[Milestone.INCIDENT] = incident_on
    if file.testified_on:
        found[Milestone.TESTIMONY] = file.testified_on[0]
    appealed = [row.appealed_on for row in file.verdicts if row.appealed_on]
    if appealed:
        found[Milestone.APPEAL] = min(appealed)
    if file.compensations:
        found[Milestone.COMPENSATION] = file.compensations[0].ordered_on
    return found


def _runs(actor: Actor, file: _File) -> list[Run]:
    limits = staff.statutory_clocks()
    if not limits:
        return []
    began = [facts.began.earliest() for facts in investigations.incident_facts(actor, file.head.id)]
    return rules.clock_runs(limits, milestones(file, min(began, default=None)), today())


# ---- pages -------------------------------------------------------------------------------------------------


def only_proceeding(actor: Actor, case_id: UUID) -> UUID | None:
    """The proceeding of a case that has just one."""
    head = cases.case_head(actor, case_id)
    found = list(_proceedings(actor, head)[:2])
    return found[0].id if len(found) == 1 else None


def _proceedings(actor: Actor, head: CaseHead) -> QuerySet[Proceeding]:
    return policy.visible(actor, SEE, Proceeding.objects.filter(case_id=head.id)).order_by("complaint_on", "id")


def proceedings(actor: Actor, case_id: UUID) -> Listing:
    """The proceedings of a case."""
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, SEE, head.part(Compartment.LEGAL))
    rows = list(_proceedings(actor, head))
    may = policy.decide(actor, CHANGE, head.part(Compartment.LEGAL)).allowed
    whole = policy.sight(actor, Compartment.LEGAL, head.subject) is Sight.FULL
    url = reverse("prosecution:open", args=[head.id])
    button = (Button(_("Open a proceeding"), url, key="n"),) if may else ()
    return Listing(
        title=_("Court"),
        crumbs=crumbs(head),
        lede=(Code(head.code), Name(head.title)),
        buttons=button,
        rows=tuple(_proceeding_row(row, whole=whole) for row in rows),
        empty=Empty(
            _("There is no proceeding yet. It begins with the complaint to police or prosecution."),
            _("Open a proceeding") if may else "",
            url if may else "",
        ),
    )


def _proceeding_row(row: Proceeding, *, whole: bool) -> Row:
    return Row(
        title=AGENCY_LABELS[row.agency_kind],
        url=reverse("prosecution:proceeding", args=[row.id]),
        when=formats.short_day_and_year(row.complaint_on),
        tag=Tag(STAGE_LABELS[row.stage], "on") if whole else None,
    )


def proceeding(actor: Actor, proceeding_id: UUID) -> Sheet:
    """The page of a proceeding. Cost: about 25 queries."""
    row = policy.load(actor, SEE, Proceeding, proceeding_id)
    head = cases.case_head(actor, row.case_id)
    file = _file(actor, head, row)
    bold, rest = _lede(file)
    return Sheet(
        title=_("Court"),
        crumbs=crumbs(head),
        code=Code(head.code, reverse("desk:case", args=[head.id])),
        kind=Name(head.title),
        tags=(Tag(STAGE_LABELS[row.stage], "on"),) if file.whole else (),
        lede_bold=bold,
        lede=rest,
        buttons=_proceeding_buttons(file),
        notices=_notices(file),
        sections=_sections(actor, file),
    )


def _lede(file: _File) -> tuple[str, str]:
    wait = rules.wait_for_evidence(file.proceeding.complaint_on, file.testified_on, today())
    return (_wait_said(wait) if wait else "", _next_said(file.next_hearing))


def _wait_said(wait: Wait) -> str:
    if wait.is_over:
        return ngettext(
            "%(count)s day from complaint to her evidence.",
            "%(count)s days from complaint to her evidence.",
            wait.days,
        ) % {"count": wait.days}
    return ngettext(
        "%(count)s day since the complaint, and she has not given evidence.",
        "%(count)s days since the complaint, and she has not given evidence.",
        wait.days,
    ) % {"count": wait.days}


def _next_said(hearing: Hearing | None) -> str:
    if hearing is None:
        return _("No hearing is listed.")
    on = formats.near_day(local_day(hearing.listed_at), today())
    if hearing.purpose == Purpose.VERDICT:
        return _("The verdict is listed for %(day)s.") % {"day": on}
    if hearing.purpose == Purpose.SURVIVOR_EVIDENCE:
        return _("Her evidence is listed for %(day)s.") % {"day": on}
    return _("The next hearing is listed for %(day)s: %(purpose)s.") % {
        "day": on,
        "purpose": PURPOSE_LABELS[hearing.purpose],
    }


def _proceeding_buttons(file: _File) -> tuple[Button, ...]:
    if not file.may_change:
        return ()
    key = file.proceeding.id
    return (
        Button(_("List a hearing"), reverse("prosecution:list_hearing", args=[key]), key="n"),
        Button(_("Propose a charge"), reverse("prosecution:propose_charge", args=[key]), "quiet"),
    )


def _notices(file: _File) -> tuple[Notice, ...]:
    late = [h for h in file.hearings if h.state == HearingState.LISTED and h.listed_at < clock.now()]
    found = []
    if late and file.may_change:
        url = reverse("prosecution:hearing", args=[late[0].id])
        day = formats.day(local_day(late[0].listed_at))
        text = _("The hearing of %(day)s has passed. What happened?") % {"day": day}
        found.append(Notice(text, "warn", action=Button(_("Write it down"), url)))
    if file.whole and _may_be_final(file):
        text = _("Every charge has its end and no appeal is open. A lawyer may now say that it is final.")
        url = reverse("prosecution:confirm_final", args=[file.proceeding.id])
        found.append(Notice(text, action=Button(_("It is final"), url) if file.may_change else None))
    return tuple(found)


def _may_be_final(file: _File) -> bool:
    states = [ChargeState(row.state) for row in file.charges]
    verdicts = [VerdictState(row.state) for row in file.verdicts]
    return file.proceeding.stage != Stage.FINAL and rules.is_decided(states, verdicts)


def _sections(actor: Actor, file: _File) -> tuple[Section, ...]:
    hidden = Withheld(_("Charges, verdicts and orders"))
    partial = [
        _hearings(file),
        Section(_("Charges and verdicts"), withheld=(hidden,)),
        _measures(actor, file),
        _tellings(file),
    ]
    if not file.whole:
        return tuple(section for section in partial if section is not None)
    sections = [
        _charges(file),
        _hearings(file),
        _tellings(file),
        _clocks(actor, file),
        _stages(file),
        _measures(actor, file),
        _verdicts(file),
        _compensation(file),
        _reference(file),
    ]
    return tuple(section for section in sections if section is not None)


def _act(label: str, name: str, key: UUID) -> Name:
    return Name(label, url=reverse(f"prosecution:{name}", args=[key]))


def _charges(file: _File) -> Section:
    by_charge = {row.charge_id: row for row in file.verdicts}
    columns = (
        Column(_("Accused")),
        Column(_("Charge")),
        Column(_("Counts"), number=True),
        Column(_("Stands")),
        Column(_("Since")),
        Column(_("Do")),
    )
    lines = tuple(_charge_line(file, row, by_charge.get(row.id)) for row in file.charges)
    may = file.may_change
    url = reverse("prosecution:propose_charge", args=[file.proceeding.id])
    return Section(
        _("Charges"),
        id="charges",
        column=0,
        table=Table(_("Charges by accused"), columns, lines) if lines else None,
        empty=Empty(_("No charge is proposed yet."), _("Propose a charge") if may else "", url if may else ""),
    )


def _charge_line(file: _File, row: Charge, verdict: Verdict | None) -> tuple[Text, ...]:
    section = _text(file, row.id, "section") or str(ICCS_LABELS.get(row.iccs, ""))
    label = _("Attempt: %(charge)s") % {"charge": section} if row.attempted else section
    stands = str(CHARGE_LABELS[row.state])
    if row.reason:
        stands = _("%(state)s: %(reason)s") % {"state": stands, "reason": ATTRITION_LABELS[row.reason]}
    if verdict is not None and verdict.state == VerdictState.APPEALED:
        stands = _("%(state)s, on appeal") % {"state": stands}
    doing: tuple[Name, ...] = ()
    state = ChargeState(row.state)
    if file.may_change and rules.open_moves(state):
        doing += (_act(_("Change"), "move_charge", row.id),)
    if file.may_change and state in rules.IN_COURT_STATES:
        doing += (_act(_("Verdict"), "pronounce", row.id),)
    return (
        Code(file.codes.get(row.accused_id, "")),
        Name(label),
        str(row.counts),
        stands,
        formats.short_day_and_year(row.since_on),
        doing or "",
    )


def _hearings(file: _File) -> Section:
    now = clock.now()
    ahead = [h for h in file.hearings if h.listed_at >= now]
    past = [h for h in reversed(file.hearings) if h.listed_at < now]
    missed = sum(1 for h in file.hearings if h.state == HearingState.ADJOURNED)
    happened = sum(1 for h in file.hearings if h.state in (HearingState.HELD, HearingState.ADJOURNED))
    remark = ""
    if file.whole and happened:
        remark = _("%(missed)s of %(all)s hearings were adjourned.") % {"missed": missed, "all": happened}
    url = reverse("prosecution:list_hearing", args=[file.proceeding.id])
    may = file.may_change
    return Section(
        _("Hearings"),
        id="hearings",
        rows=tuple(_hearing_row(file, h) for h in (*ahead, *past)),
        remark=remark,
        empty=Empty(_("No hearing is listed."), _("List a hearing") if may else "", url if may else ""),
        link_label=_("List a hearing") if may and file.hearings else "",
        link_url=url if may and file.hearings else "",
    )


def _hearing_row(file: _File, row: Hearing) -> Row:
    is_past = row.listed_at < clock.now()
    is_open = row.state == HearingState.LISTED
    meta = ""
    if row.state == HearingState.ADJOURNED and file.whole:
        meta = _("%(reason)s. It rests on: %(side)s.") % {
            "reason": ADJOURN_LABELS[row.reason],
            "side": SIDE_LABELS[row.party],
        }
    elif is_open and row.prepared_on:
        meta = _("The survivor is prepared.")
    outcome = _text(file, row.id, "outcome")
    return Row(
        title=PURPOSE_LABELS[row.purpose],
        url=reverse("prosecution:hearing", args=[row.id]),
        when=formats.near_day(local_day(row.listed_at), today()),
        when_tone="late" if is_open and is_past else "",
        meta=meta,
        lines=(outcome,) if outcome else (),
        tag=Tag(HEARING_LABELS[row.state], _HEARING_TONES.get(row.state, "")),
        action_label=_("What happened?") if is_open and is_past and file.may_change else "",
        action_url=reverse("prosecution:hearing", args=[row.id]) if is_open and is_past and file.may_change else "",
    )


def _tellings(file: _File) -> Section | None:
    listed = {h.id: h for h in file.hearings}
    rows = [a for a in file.appearances if a.tell_by is not None]
    rows.sort(key=lambda a: (a.told_on is not None, a.tell_by or date.max))
    if not rows:
        return None
    return Section(
        _("Tell the survivor"),
        id="tell",
        rows=tuple(_telling_row(file, row, listed[row.hearing_id]) for row in rows[:20]),
    )


def _telling_row(file: _File, row: Appearance, hearing: Hearing) -> Row:
    now = today()
    by = row.tell_by or now
    title = (
        Code(file.codes.get(row.person_id, "")),
        _("what happened on %(day)s") % {"day": formats.near_day(local_day(hearing.listed_at), now)},
    )
    if row.told_on is not None:
        return Row(title=title, when=formats.near_day(row.told_on, now), tag=Tag(_("Told"), "ok"))
    late = (now - by).days
    when = ngettext("%(count)s day late", "%(count)s days late", late) % {"count": late} if late > 0 else ""
    return Row(
        title=title,
        when=when or formats.near_day(by, now),
        when_tone="late" if late > 0 else "soon",
        action_label=_("I told her") if file.may_tell else "",
        action_url=reverse("prosecution:tell", args=[row.id]) if file.may_tell else "",
    )


def left_said(run: Run) -> str:
    """How a time limit stands, in days."""
    if run.left is None:
        return _("has not begun")
    count = abs(run.left)
    if run.state is ClockState.RUNNING:
        return ngettext("%(count)s day left", "%(count)s days left", count) % {"count": count}
    if run.state is ClockState.LATE:
        return ngettext("%(count)s day late", "%(count)s days late", count) % {"count": count}
    if run.state is ClockState.MET_LATE:
        return ngettext("kept %(count)s day too late", "kept %(count)s days too late", count) % {"count": count}
    return _("kept")


def _clocks(actor: Actor, file: _File) -> Section | None:
    runs = _runs(actor, file)
    if not runs:
        return None
    return Section(_("Time limits of the law"), id="clocks", column=2, rows=tuple(_clock_row(run) for run in runs))


def _clock_row(run: Run) -> Row:
    late = run.state is ClockState.LATE
    soon = run.state is ClockState.RUNNING and run.left is not None and run.left <= SOON_DAYS
    return Row(
        title=Name(run.label),
        when=left_said(run),
        when_tone="late" if late else "soon" if soon else "",
        meta=_("due %(day)s") % {"day": formats.day(run.due_on)} if run.due_on else "",
        tag=Tag(CLOCK_LABELS[run.state], _CLOCK_TONES.get(run.state, "")),
    )


def _stages(file: _File) -> Section:
    reached = {row.stage for row in file.stages}
    url = reverse("prosecution:reach_stage", args=[file.proceeding.id])
    may = file.may_change and any(stage not in reached for stage in TYPED_STAGES)
    return Section(
        _("Stages"),
        id="stages",
        column=2,
        rows=tuple(Row(title=STAGE_LABELS[row.stage], when=formats.short_day_and_year(row.on)) for row in file.stages),
        link_label=_("Add a stage") if may else "",
        link_url=url if may else "",
    )


def _measures(actor: Actor, file: _File) -> Section:
    wanted = proposals(actor, file.head.id, file.measures)
    notices = tuple(
        Notice(
            (Code(code), _("was under 18 at the incident. Not yet asked for: %(measures)s.") % {
                "measures": ", ".join(str(MEASURE_LABELS[measure]) for measure in measures)
            }),
        )
        for code, measures in wanted
    )  # fmt: skip
    url = reverse("prosecution:request_measure", args=[file.proceeding.id])
    may = file.may_change
    return Section(
        _("Protection in court"),
        id="measures",
        column=2,
        notices=notices,
        rows=tuple(_measure_row(file, row) for row in file.measures),
        empty=Empty(_("No special measure is requested."), _("Request one") if may else "", url if may else ""),
        link_label=_("Request one") if may and file.measures else "",
        link_url=url if may and file.measures else "",
    )


def proposals(actor: Actor, case_id: UUID, known: Iterable[SpecialMeasure]) -> list[tuple[str, list[Measure]]]:
    """For each survivor who was a child at an incident, the measures that nobody has asked for yet."""
    asked: dict[UUID, set[Measure]] = {}
    for row in known:
        asked.setdefault(row.person_id, set()).add(Measure(row.measure))
    minors = {f.person_id: f.code for f in investigations.incident_facts(actor, case_id) if f.minor}
    found = [(code, rules.proposed_measures(True, asked.get(person, set()))) for person, code in minors.items()]
    return [(code, measures) for code, measures in found if measures]


def _measure_row(file: _File, row: SpecialMeasure) -> Row:
    is_open = row.state == MeasureState.REQUESTED and file.may_change
    return Row(
        title=(Code(file.codes.get(row.person_id, "")), MEASURE_LABELS[row.measure]),
        when=formats.near_day(row.decided_on or row.requested_on, today()),
        tag=Tag(MEASURE_STATE_LABELS[row.state], _MEASURE_TONES[row.state]),
        action_label=_("Decided") if is_open else "",
        action_url=reverse("prosecution:decide_measure", args=[row.id]) if is_open else "",
    )


def _verdicts(file: _File) -> Section | None:
    if not file.verdicts:
        return None
    charges = {row.id: row for row in file.charges}
    return Section(
        _("Verdicts and sentences"),
        id="verdicts",
        column=2,
        rows=tuple(
            _verdict_row(file, row, charges[row.charge_id]) for row in sorted(file.verdicts, key=lambda v: v.on)
        ),
    )


def _verdict_row(file: _File, row: Verdict, charge: Charge) -> Row:
    lines = [_sentence_said(file, s) for s in file.sentences if s.verdict_id == row.id]
    note = _text(file, row.id, "note")
    return Row(
        title=(Code(file.codes.get(charge.accused_id, "")), OUTCOME_LABELS[row.outcome]),
        url=reverse("prosecution:verdict", args=[row.id]) if file.may_change else "",
        when=formats.near_day(row.on, today()),
        meta=Name(_text(file, charge.id, "section")),
        lines=tuple(line for line in (*lines, note) if line),
        tag=Tag(VERDICT_STATE_LABELS[row.state], "warn" if row.state == VerdictState.APPEALED else ""),
    )


def _sentence_said(file: _File, row: Sentence) -> str:
    said = [str(SENTENCE_LABELS[row.kind])]
    if row.custody_months:
        months = row.custody_months
        said.append(ngettext("%(count)s month", "%(count)s months", months) % {"count": months})
    if row.fine:
        said.append(_money(row.fine, row.currency))
    note = _text(file, row.id, "note")
    if note:
        said.append(note)
    line = ", ".join(said)
    return _("Set aside on appeal: %(sentence)s") % {"sentence": line} if row.ended_on else line


def _compensation(file: _File) -> Section:
    url = reverse("prosecution:order_compensation", args=[file.proceeding.id])
    may = file.may_change
    return Section(
        _("Compensation"),
        id="compensation",
        column=2,
        rows=tuple(_compensation_row(file, row) for row in file.compensations),
        empty=Empty(_("No compensation is ordered."), _("Enter an order") if may else "", url if may else ""),
        link_label=_("Enter an order") if may and file.compensations else "",
        link_url=url if may and file.compensations else "",
    )


def _compensation_row(file: _File, row: Compensation) -> Row:
    paid = row.paid >= row.ordered
    return Row(
        title=(Code(file.codes.get(row.person_id, "")), _money(row.ordered, row.currency)),
        when=formats.near_day(row.ordered_on, today()),
        meta=_("paid: %(amount)s") % {"amount": _money(row.paid, row.currency)},
        tag=Tag(_("Paid"), "ok") if paid else Tag(_("Not paid in full"), "warn"),
        action_label=_("Payment") if file.may_change and not paid else "",
        action_url=reverse("prosecution:pay_compensation", args=[row.id]) if file.may_change and not paid else "",
    )


def _reference(file: _File) -> Section:
    row = file.proceeding
    labels = {
        "agency": _("Agency"),
        "complaint_no": _("Number of the complaint"),
        "court": _("Court"),
        "court_no": _("Number at the court"),
        "jurisdiction": _("Jurisdiction"),
        "officials": _("Officials"),
    }
    facts = [Fact(_("Complaint"), formats.day(row.complaint_on))]
    for column, label in labels.items():
        text = _text(file, row.id, column)
        if text:
            facts.append(Fact(label, Code(text) if column.endswith("_no") else Name(text)))
    url = reverse("prosecution:change_proceeding", args=[row.id])
    return Section(
        _("Reference"),
        id="reference",
        column=1,
        facts=tuple(facts),
        link_label=_("Change") if file.may_change else "",
        link_url=url if file.may_change else "",
    )


# ---- one hearing -------------------------------------------------------------------------------------------


def hearing(actor: Actor, hearing_id: UUID) -> Sheet:
    """The page of a hearing."""
    row = policy.load(actor, HEARING_SEE, Hearing, hearing_id)
    head = cases.case_head(actor, row.case_id)
    file = _file(actor, head, Proceeding.objects.get(pk=row.proceeding_id))
    file.appearances = [a for a in file.appearances if a.hearing_id == row.id]
    moment = formats.moment(row.listed_at, timezone.get_current_timezone())
    sections = [_hearing_facts(file, row), _hearing_people(file, row), _tellings(file)]
    return Sheet(
        title=PURPOSE_LABELS[row.purpose],
        crumbs=_hearing_crumbs(head, row),
        code=Code(head.code, reverse("desk:case", args=[head.id])),
        kind=Name(head.title),
        tags=(Tag(HEARING_LABELS[row.state], _HEARING_TONES.get(row.state, "")),),
        lede_bold=_("%(moment)s.") % {"moment": moment},
        lede=_("The survivor is prepared.") if row.prepared_on and row.state == HearingState.LISTED else "",
        buttons=_hearing_buttons(file, row),
        sections=tuple(section for section in sections if section is not None),
    )


def _hearing_crumbs(head: CaseHead, row: Hearing) -> tuple[Crumb, ...]:
    return (*crumbs(head), Crumb(_("Court"), reverse("prosecution:proceeding", args=[row.proceeding_id])))


def _hearing_buttons(file: _File, row: Hearing) -> tuple[Button, ...]:
    if row.state != HearingState.LISTED:
        return ()
    found: list[Button] = []

    def add(label: str, name: str, tone: str = "quiet") -> None:
        url = reverse(f"prosecution:{name}", args=[row.id])
        found.append(Button(label, url, "quiet" if tone == "quiet" else ""))

    if file.may_change and local_day(row.listed_at) <= today():
        add(_("It was held"), "hold", "")
        add(_("It was adjourned"), "adjourn", "")
    elif file.may_change:
        add(_("It was adjourned"), "adjourn")
    if file.may_change:
        add(_("Change"), "change_hearing")
        add(_("Cancel it"), "vacate")
    if file.may_prepare and row.prepared_on is None:
        found.append(
            Button(_("Survivor is prepared"), reverse("prosecution:prepared", args=[row.id]), "quiet", post=True)
        )
    return tuple(found)


def _hearing_facts(file: _File, row: Hearing) -> Section:
    facts: list[Fact] = [Fact(_("Purpose"), PURPOSE_LABELS[row.purpose])]
    if row.prepared_on:
        facts.append(Fact(_("Survivor prepared"), formats.day(row.prepared_on)))
    if file.whole:
        court = _text(file, row.id, "court") or _text(file, row.proceeding_id, "court")
        facts += [Fact(_("Court"), Name(court))] if court else []
        judge = _text(file, row.id, "judge")
        facts += [Fact(_("Judge"), Name(judge))] if judge else []
        if row.reason:
            facts.append(Fact(_("Why it was adjourned"), ADJOURN_LABELS[row.reason]))
            facts.append(Fact(_("It rests on"), SIDE_LABELS[row.party]))
        outcome = _text(file, row.id, "outcome")
        facts += [Fact(_("Orders and outcome"), outcome)] if outcome else []
    if row.next_id:
        facts.append(Fact(_("Next hearing"), _act(_("Open it"), "hearing", row.next_id)))
    return Section(_("The hearing"), facts=tuple(facts))


def _hearing_people(file: _File, row: Hearing) -> Section | None:
    if row.state == HearingState.LISTED or not file.whole:
        return None
    facts: list[Fact] = []
    if row.attendance:
        facts.append(Fact(_("Present"), ", ".join(str(ATTENDANCE_LABELS[code]) for code in row.attendance)))
    if row.witnesses_summoned is not None:
        facts.append(
            Fact(
                _("Witnesses"),
                _("%(present)s of %(summoned)s summoned came")
                % {"present": row.witnesses_present or 0, "summoned": row.witnesses_summoned},
            )
        )
    for one in file.appearances:
        said = [
            label
            for is_so, label in (
                (one.travelled, _("travelled there")),
                (one.waited, _("had to wait")),
                (one.testified, _("gave evidence")),
                (not one.wants_news, _("wants no news of the court")),
            )
            if is_so
        ]
        if said:
            facts.append(Fact(file.codes.get(one.person_id, ""), ", ".join(said), dir_auto=False))
    return Section(_("Who was there"), column=2, facts=tuple(facts)) if facts else None


# ---- what forms need ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Opened:
    """A record as its form shows it, and where the form leads back to."""

    head: CaseHead
    back: str
    crumbs: tuple[Crumb, ...]
    version: int
    values: Mapping[str, object]
    lede: str = ""


def new_for(actor: Actor, case_id: UUID) -> Opened:
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, CHANGE, head.part(Compartment.LEGAL))
    return Opened(head, reverse("prosecution:case", args=[case_id]), room_crumbs(head), 0, {})


def proceeding_for(actor: Actor, permission: str, proceeding_id: UUID) -> Opened:
    row = policy.load(actor, permission, Proceeding, proceeding_id, seen_by=SEE)
    words = sealing.open_row(row, *_PROCEEDING_WORDS)
    values: dict[str, object] = {name: words.text(name) for name in _PROCEEDING_WORDS}
    values |= {"agency_kind": row.agency_kind, "complaint_on": row.complaint_on}
    return _opened(actor, row.case_id, row.id, row.version, values)


def _opened(
    actor: Actor,
    case_id: UUID,
    proceeding_id: UUID,
    version: int,
    values: Mapping[str, object],
    lede: str = "",
    back: str = "",
) -> Opened:
    head = cases.case_head(actor, case_id)
    url = reverse("prosecution:proceeding", args=[proceeding_id])
    return Opened(head, back or url, (*crumbs(head), Crumb(_("Court"), url)), version, values, lede)


def open_stages(proceeding_id: UUID) -> list[tuple[str, str]]:
    """Stages that may still be written down, as choices; the caller has asked the policy."""
    reached = set(StageReached.objects.filter(proceeding_id=proceeding_id).values_list("stage", flat=True))
    return [(stage.value, str(STAGE_LABELS[stage])) for stage in TYPED_STAGES if stage not in reached]


def charge_for(actor: Actor, charge_id: UUID) -> tuple[Opened, ChargeState]:
    row = policy.load(actor, "prosecution:charge:change", Charge, charge_id, seen_by="prosecution:charge:see")
    section = sealing.open_row(row, "section").text("section")
    values = {"section": section, "counts": row.counts, "on": today()}
    return _opened(actor, row.case_id, row.proceeding_id, row.version, values, section), ChargeState(row.state)


def hearing_for(actor: Actor, permission: str, hearing_id: UUID) -> Opened:
    row = policy.load(actor, permission, Hearing, hearing_id, seen_by=HEARING_SEE)
    values: dict[str, object] = {"listed_at": row.listed_at, "purpose": row.purpose}
    head = cases.case_head(actor, row.case_id)
    if policy.sight(actor, Compartment.LEGAL, head.subject) is Sight.FULL:
        words = sealing.open_row(row, "court", "judge")
        values |= {"court": words.text("court"), "judge": words.text("judge")}
    moment = formats.moment(row.listed_at, timezone.get_current_timezone())
    lede = _("%(purpose)s, %(moment)s") % {"purpose": PURPOSE_LABELS[row.purpose], "moment": moment}
    back = reverse("prosecution:hearing", args=[row.id])
    return _opened(actor, row.case_id, row.proceeding_id, row.version, values, lede, back)


def words_of_hearing(row: Hearing) -> dict[str, str]:
    """Court and judge of a hearing, for the next one that it leads to; the caller has asked the policy."""
    words = sealing.open_row(row, "court", "judge")
    return {"court": words.text("court"), "judge": words.text("judge")}


def survivors_heard(proceeding: Proceeding, survivors: Iterable[tuple[UUID, str]]) -> list[tuple[UUID, str]]:
    """The survivors whom a proceeding is about: those of its charges, or all of the case."""
    named = set(
        Charge.objects.filter(proceeding=proceeding, survivor__isnull=False).values_list("survivor_id", flat=True)
    )
    return [(person, code) for person, code in survivors if not named or person in named]


def survivor_choices(actor: Actor, hearing_id: UUID) -> tuple[list[tuple[str, str]], list[str]]:
    """Survivors whom a hearing concerns, as choices; and those who last said that they want no news."""
    row = policy.load(actor, HEARING_CHANGE, Hearing, hearing_id, seen_by=HEARING_SEE)
    people = [(UUID(key), code) for key, code in investigations.people_of(actor, row.case_id, PartyRole.SURVIVOR)]
    heard = survivors_heard(Proceeding.objects.get(pk=row.proceeding_id), people)
    return [(str(key), code) for key, code in heard], [str(key) for key in without_news(row.case_id)]


def without_news(case_id: UUID) -> set[UUID]:
    """Survivors who said at the latest hearing that they want no news of the court."""
    latest: dict[UUID, bool] = {}
    for person, wants in (
        Appearance.objects.filter(case_id=case_id)
        .order_by("hearing__listed_at", "id")
        .values_list("person_id", "wants_news")
    ):
        latest[person] = wants
    return {person for person, wants in latest.items() if not wants}


def telling_for(actor: Actor, appearance_id: UUID) -> Opened:
    row = policy.load(actor, TELL, Appearance, appearance_id, seen_by=HEARING_SEE)
    listed = Hearing.objects.get(pk=row.hearing_id)
    codes = {p.person_id: p.code for p in cases.parties(actor, row.case_id, [PartyRole.SURVIVOR])}
    lede = _("%(code)s, about %(day)s") % {
        "code": codes.get(row.person_id, ""),
        "day": formats.day(local_day(listed.listed_at)),
    }
    return _opened(actor, row.case_id, listed.proceeding_id, row.version, {"on": today()}, lede)


def measure_for(actor: Actor, measure_id: UUID) -> Opened:
    row = policy.load(actor, CHANGE, SpecialMeasure, measure_id, seen_by=SEE)
    lede = str(MEASURE_LABELS[row.measure])
    return _opened(actor, row.case_id, row.proceeding_id, row.version, {"on": today()}, lede)


def compensation_for(actor: Actor, compensation_id: UUID) -> Opened:
    row = policy.load(actor, CHANGE, Compensation, compensation_id, seen_by=SEE)
    values = {"amount": row.ordered - row.paid, "on": today()}
    return _opened(actor, row.case_id, row.proceeding_id, row.version, values, _money(row.ordered, row.currency))


def verdict_for(actor: Actor, verdict_id: UUID) -> Opened:
    row = policy.load(actor, "prosecution:charge:change", Verdict, verdict_id, seen_by="prosecution:charge:see")
    charge = Charge.objects.get(pk=row.charge_id)
    back = reverse("prosecution:verdict", args=[row.id])
    values = {"on": today()}
    return _opened(
        actor, row.case_id, charge.proceeding_id, row.version, values, str(OUTCOME_LABELS[row.outcome]), back
    )


def verdict(actor: Actor, verdict_id: UUID) -> Sheet:
    """The page of a verdict: its sentence and its appeal."""
    row = policy.load(actor, "prosecution:charge:change", Verdict, verdict_id, seen_by="prosecution:charge:see")
    charge = Charge.objects.get(pk=row.charge_id)
    head = cases.case_head(actor, row.case_id)
    file = _file(actor, head, Proceeding.objects.get(pk=charge.proceeding_id))
    facts = [
        Fact(_("Accused"), Code(file.codes.get(charge.accused_id, ""))),
        Fact(_("Charge"), Name(_text(file, charge.id, "section"))),
        Fact(_("Verdict"), OUTCOME_LABELS[row.outcome]),
        Fact(_("Pronounced"), formats.day(row.on)),
    ]
    if row.appealed_on:
        facts.append(Fact(_("Appeal lodged"), formats.day(row.appealed_on)))
    if row.decided_on:
        facts.append(Fact(_("Appeal decided"), formats.day(row.decided_on)))
    sentences = [s for s in file.sentences if s.verdict_id == row.id]
    return Sheet(
        title=_("Verdict"),
        crumbs=(
            *crumbs(head),
            Crumb(_("Court"), reverse("prosecution:proceeding", args=[charge.proceeding_id])),
        ),
        code=Code(head.code, reverse("desk:case", args=[head.id])),
        kind=Name(head.title),
        tags=(Tag(VERDICT_STATE_LABELS[row.state], "warn" if row.state == VerdictState.APPEALED else ""),),
        buttons=_verdict_buttons(row),
        sections=(
            Section(_("The verdict"), facts=tuple(facts), remark=_text(file, row.id, "note")),
            Section(
                _("Sentence"),
                column=2,
                rows=tuple(Row(title=_sentence_said(file, s), when=formats.near_day(s.on, today())) for s in sentences),
                empty=Empty(_("No sentence is entered.")),
            ),
        ),
    )


def _verdict_buttons(row: Verdict) -> tuple[Button, ...]:
    found = []
    if row.outcome != Outcome.ACQUITTED:
        found.append(Button(_("Enter a sentence"), reverse("prosecution:sentence", args=[row.id])))
    if row.state == VerdictState.APPEALED:
        found.append(Button(_("The appeal is decided"), reverse("prosecution:decide_appeal", args=[row.id]), "quiet"))
    else:
        found.append(Button(_("An appeal was lodged"), reverse("prosecution:lodge_appeal", args=[row.id]), "quiet"))
    return tuple(found)


# ---- calendar ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    time: str
    code: str
    purpose: str
    state: str
    url: str
    is_off: bool


@dataclass(frozen=True, slots=True)
class CalendarDay:
    number: int
    said: str
    is_today: bool
    is_inside: bool
    entries: tuple[CalendarEntry, ...]


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """A month or a week of hearings: as a grid of days, and as a list of the days on which something is."""

    title: str
    lede: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[CalendarDay, ...], ...]
    days: tuple[CalendarDay, ...]
    earlier_url: str
    later_url: str
    other_url: str
    other_label: str
    is_week: bool


def month(actor: Actor, year: int, number: int) -> CalendarPage:
    """The hearings of a month, in whole weeks. Cost: two queries."""
    first = date(year, number, 1)
    after = (first + timedelta(days=32)).replace(day=1)
    start = first - timedelta(days=first.weekday())
    end = after + timedelta(days=(7 - after.weekday()) % 7)
    before = first - timedelta(days=1)
    days = _days(actor, start, end, inside=(first, after))
    monday = _monday(today() if first <= today() < after else first)
    return CalendarPage(
        title=formats.month_and_year(first),
        lede=_count_said(days),
        weekdays=_weekdays(),
        weeks=tuple(tuple(days[at : at + 7]) for at in range(0, len(days), 7)),
        days=tuple(day for day in days if day.entries and day.is_inside),
        earlier_url=reverse("prosecution:month", args=[before.year, before.month]),
        later_url=reverse("prosecution:month", args=[after.year, after.month]),
        other_url=reverse("prosecution:week", args=[monday.year, monday.month, monday.day]),
        other_label=_("Week"),
        is_week=False,
    )


def week(actor: Actor, day: date) -> CalendarPage:
    """The hearings of the week that a day lies in. Cost: two queries."""
    start = _monday(day)
    end = start + timedelta(days=7)
    days = _days(actor, start, end, inside=(start, end))
    before = start - timedelta(days=7)
    return CalendarPage(
        title=_("Week of %(day)s") % {"day": formats.day(start)},
        lede=_count_said(days),
        weekdays=_weekdays(),
        weeks=(tuple(days),),
        days=tuple(day for day in days if day.entries),
        earlier_url=reverse("prosecution:week", args=[before.year, before.month, before.day]),
        later_url=reverse("prosecution:week", args=[end.year, end.month, end.day]),
        other_url=reverse("prosecution:month", args=[day.year, day.month]),
        other_label=_("Month"),
        is_week=True,
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weekdays() -> tuple[str, ...]:
    monday = date(2024, 1, 1)
    return tuple(date_text(datetime.combine(monday + timedelta(days=at), time(12)), "D") for at in range(7))


def _count_said(days: Sequence[CalendarDay]) -> str:
    count = sum(1 for day in days if day.is_inside for entry in day.entries if not entry.is_off)
    if not count:
        return _("No hearing is listed.")
    return ngettext("%(count)s hearing.", "%(count)s hearings.", count) % {"count": count}


def _days(actor: Actor, start: date, end: date, *, inside: tuple[date, date]) -> list[CalendarDay]:
    tz = timezone.get_current_timezone()
    rows = (
        policy.visible(actor, HEARING_SEE, Hearing.objects.all())
        .filter(
            listed_at__gte=datetime.combine(start, time(), tzinfo=tz),
            listed_at__lt=datetime.combine(end, time(), tzinfo=tz),
        )
        .select_related("case")
        .order_by("listed_at", "id")
    )
    by_day: dict[date, list[CalendarEntry]] = {}
    for row in rows:
        local = row.listed_at.astimezone(tz)
        by_day.setdefault(local.date(), []).append(
            CalendarEntry(
                time=formats.clock(local),
                code=row.case.code,
                purpose=str(PURPOSE_LABELS[row.purpose]),
                state=str(HEARING_LABELS[row.state]) if row.state != HearingState.LISTED else "",
                url=reverse("prosecution:hearing", args=[row.id]),
                is_off=row.state in (HearingState.ADJOURNED, HearingState.VACATED),
            )
        )
    now = today()
    count = (end - start).days
    return [
        CalendarDay(
            number=day.day,
            said=formats.weekday(day),
            is_today=day == now,
            is_inside=inside[0] <= day < inside[1],
            entries=tuple(by_day.get(day, ())),
        )
        for day in (start + timedelta(days=at) for at in range(count))
    ]


@dataclass(frozen=True, slots=True)
class FeedView:
    id: UUID
    made: str


def feeds(actor: Actor) -> list[FeedView]:
    """The reader's own calendar feeds that are alive. Raises Refused."""
    policy.check_new(actor, "prosecution:feed:keep", policy.Subject(own=actor.account_id))
    rows = policy.visible(actor, "prosecution:feed:keep", Feed.objects.filter(revoked_at=None)).order_by("-created_at")
    tz = timezone.get_current_timezone()
    return [FeedView(row.id, formats.moment(row.created_at, tz)) for row in rows[:20]]


def secret_hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def feed(secret: str) -> bytes:
    """The calendar behind a feed's secret: times and case codes, as its owner may see them at this moment.

    Raises NotFound for a secret that is unknown or ended, or whose owner works here no more.
    """
    row = Feed.objects.filter(secret_hash=secret_hash(secret), revoked_at=None).first()
    account = get_user_model().objects.filter(pk=row.account_id, is_active=True).first() if row else None
    if row is None or account is None:
        raise NotFound
    actor = actor_for(account)
    if not policy.has(actor, "prosecution:feed:keep"):
        raise NotFound
    since = clock.now() - timedelta(days=FEED_PAST_DAYS)
    rows = policy.visible(
        actor,
        HEARING_SEE,
        Hearing.objects.filter(state__in=[HearingState.LISTED, HearingState.HELD], listed_at__gte=since),
    )
    return _calendar(row.id, rows.select_related("case").order_by("listed_at", "id")[:MOST])


def _calendar(feed_id: UUID, rows: Iterable[Hearing]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Amparo//Hearings//EN")
    calendar.add("version", "2.0")
    for row in rows:
        event = Event()
        # Not the hearing's own id: two feeds side by side must not tell that they hold the same hearing.
        event.add("uid", hashlib.sha256(feed_id.bytes + row.id.bytes).hexdigest())
        event.add("dtstamp", row.updated_at.astimezone(UTC).replace(microsecond=0))
        event.add("dtstart", row.listed_at.astimezone(UTC))
        event.add("summary", row.case.code)
        calendar.add_component(event)
    body: bytes = calendar.to_ical()
    return body


# ---- for the case page and for Today -----------------------------------------------------------------------


def marks_of_case(actor: Actor, case_id: UUID) -> list[Moment]:
    """Complaint, charges, hearings and verdicts as marks on the drawn case.

    Who sees only dates gets the complaint and the hearings. Cost: about six queries.
    """
    found: list[Moment] = []
    labels = _short_stages()
    subject = cases.case_head(actor, case_id).subject if policy.has(actor, SEE) else None
    if subject is None or policy.sight(actor, Compartment.LEGAL, subject) is not Sight.FULL:
        labels = {Stage.REPORTED: labels[Stage.REPORTED]}
    for row in policy.visible(actor, SEE, StageReached.objects.filter(case_id=case_id)).order_by("on", "id"):
        if row.stage in labels:
            url = reverse("prosecution:proceeding", args=[row.proceeding_id])
            is_decision = row.stage in (Stage.CHARGED, Stage.VERDICT, Stage.SENTENCED)
            found.append(
                Moment(
                    TrackKind.ACCOUNTABILITY,
                    row.on,
                    labels[row.stage],
                    str(STAGE_LABELS[row.stage]),
                    "decision" if is_decision else "done",
                    url,
                )
            )
    testified = set(Appearance.objects.filter(case_id=case_id, testified=True).values_list("hearing_id", flat=True))
    hearings = policy.visible(actor, HEARING_SEE, Hearing.objects.filter(case_id=case_id)).order_by("listed_at")[:MOST]
    found += [_hearing_mark(row, row.id in testified) for row in hearings if row.state != HearingState.VACATED]
    return found


def _short_stages() -> dict[str, str]:
    return {
        Stage.REPORTED: _("complaint"),
        Stage.CHARGED: _("charged"),
        Stage.VERDICT: _("verdict"),
        Stage.SENTENCED: _("sentence"),
        Stage.FINAL: _("final"),
    }


def _hearing_mark(row: Hearing, testified: bool) -> Moment:
    on = local_day(row.listed_at)
    purpose = str(PURPOSE_LABELS[row.purpose])
    url = reverse("prosecution:hearing", args=[row.id])
    if row.state == HearingState.ADJOURNED:
        return Moment(TrackKind.ACCOUNTABILITY, on, _("not held"), purpose, "miss", url, wide=True)
    if row.state == HearingState.LISTED:
        label = _("verdict") if row.purpose == Purpose.VERDICT else formats.short_day(on)
        return Moment(TrackKind.ACCOUNTABILITY, on, label, purpose, "open", url, wide=False)
    label = _("her evidence") if testified else _("hearing")
    return Moment(TrackKind.ACCOUNTABILITY, on, label, purpose, "done", url, wide=not testified)


def headline(actor: Actor, case_id: UUID) -> tuple[str, str]:
    """The first sentences of a case in court: days to her evidence, and what is listed next."""
    head = cases.case_head(actor, case_id)
    row = _proceedings(actor, head).last()
    return _lede(_file(actor, head, row)) if row is not None else ("", "")


def sections_of_case(actor: Actor, case_id: UUID) -> list[Section]:
    """The next and last hearings, and what the survivor is to be told, for the page of a case."""
    head = cases.case_head(actor, case_id)
    if not policy.decide(actor, SEE, head.part(Compartment.LEGAL)).allowed:
        return [Section(_("Court"), id="court", column=2, withheld=(Withheld(_("Court")),))]
    url = reverse("prosecution:case", args=[case_id])
    files = [_file(actor, head, row) for row in _proceedings(actor, head)[:3]]
    rows = [row for file in files for row in _hearings(file).rows[:4]]
    may = policy.decide(actor, CHANGE, head.part(Compartment.LEGAL)).allowed
    open_url = reverse("prosecution:open", args=[case_id])
    sections = [
        Section(
            _("Court"),
            id="court",
            column=2,
            rows=tuple(rows),
            empty=Empty(
                _("There is no proceeding yet.") if not files else _("No hearing is listed."),
                _("Open a proceeding") if may and not files else "",
                open_url if may and not files else "",
            ),
            link_label=_("Charges and hearings") if files else "",
            link_url=url if files else "",
        )
    ]
    tell = [row for file in files if (part := _tellings(file)) for row in part.rows if row.tag is None]
    if tell:
        sections.append(Section(_("Tell the survivor"), id="tell", column=1, rows=tuple(tell)))
    return sections


def due_for(actor: Actor, until: date) -> list[Due]:
    """Hearings, survivors to be told and time limits until a day. Cost: about ten queries."""
    return [*_hearings_due(actor, until), *_tellings_due(actor, until), *_clocks_due(actor, until)]


def _hearings_due(actor: Actor, until: date) -> list[Due]:
    now = clock.now()
    end = datetime.combine(until + timedelta(days=1), time(), tzinfo=timezone.get_current_timezone())
    rows = list(
        policy.visible(
            actor, HEARING_SEE, Hearing.objects.filter(state=HearingState.LISTED, listed_at__lt=end)
        ).order_by("listed_at", "id")[:MOST]
    )
    changeable = set(
        policy.visible(actor, HEARING_CHANGE, Hearing.objects.filter(pk__in=[row.id for row in rows])).values_list(
            "id", flat=True
        )
    )
    heads = cases.heads(actor, [row.case_id for row in rows])
    found = []
    for row in rows:
        head, is_past = heads.get(row.case_id), row.listed_at < now
        if head is None or (is_past and row.id not in changeable):
            continue
        on = local_day(row.listed_at)
        meta: Text = (Code(head.code), "" if row.prepared_on or is_past else _("Is the survivor prepared?"))
        label = _("What happened?") if is_past else _("Open")
        url = reverse("prosecution:hearing", args=[row.id])
        found.append(Due(on, PURPOSE_LABELS[row.purpose], meta, url, label, "late" if is_past else "soon", head.id))
    return found


def _tellings_due(actor: Actor, until: date) -> list[Due]:
    rows = list(
        policy.visible(actor, TELL, Appearance.objects.filter(told_on=None, tell_by__lte=until))
        .select_related("person")
        .order_by("tell_by", "id")[:MOST]
    )
    heads = cases.heads(actor, [row.case_id for row in rows])
    now = today()
    return [
        Due(
            row.tell_by,
            (_("Tell her what the court did:"), Code(row.person.code)),
            Code(heads[row.case_id].code),
            reverse("prosecution:tell", args=[row.id]),
            _("I told her"),
            "late" if row.tell_by and row.tell_by < now else "soon",
            row.case_id,
        )
        for row in rows
        if row.case_id in heads
    ]


def _clocks_due(actor: Actor, until: date) -> list[Due]:
    """Time limits on the reader's own cases that end by a day or are late; for those who can act on them."""
    limits = staff.statutory_clocks()
    if not limits or not policy.has(actor, CHANGE):
        return []
    rows = list(
        policy.visible(actor, CHANGE, Proceeding.objects.exclude(stage=Stage.FINAL)).order_by("complaint_on")[:MOST]
    )
    keys = [row.id for row in rows]
    reached: dict[UUID, dict[str, date]] = {key: {} for key in keys}
    for key, stage, on in StageReached.objects.filter(proceeding_id__in=keys).values_list(
        "proceeding_id", "stage", "on"
    ):
        if stage in _MILESTONE_OF:
            reached[key][_MILESTONE_OF[stage]] = on
    for key, at in (
        Appearance.objects.filter(testified=True, hearing__proceeding_id__in=keys)
        .order_by("-hearing__listed_at")
        .values_list("hearing__proceeding_id", "hearing__listed_at")
    ):
        reached[key][Milestone.TESTIMONY] = local_day(at)
    heads = cases.heads(actor, [row.case_id for row in rows])
    found = []
    for row in rows:
        head = heads.get(row.case_id)
        for run in rules.clock_runs(limits, reached[row.id], today()) if head else ():
            if run.state in (ClockState.RUNNING, ClockState.LATE) and run.due_on and run.due_on <= until and head:
                url = reverse("prosecution:proceeding", args=[row.id])
                tone = "late" if run.state is ClockState.LATE else "soon"
                meta: Text = (Code(head.code), left_said(run))
                found.append(
                    Due(
                        run.due_on,
                        Name(run.label),
                        meta,
                        url,
                        _("Open"),
                        "late" if tone == "late" else "soon",
                        head.id,
                    )
                )
    return found


def waiting_for(actor: Actor) -> list[Due]:
    """Proceedings in which all is decided and a lawyer has not yet called it final. Cost: five queries."""
    if not policy.has(actor, CHANGE):
        return []
    rows = list(policy.visible(actor, CHANGE, Proceeding.objects.exclude(stage=Stage.FINAL)).order_by("id")[:MOST])
    keys = [row.id for row in rows]
    charges: dict[UUID, list[ChargeState]] = {}
    for key, state in Charge.objects.filter(proceeding_id__in=keys).values_list("proceeding_id", "state"):
        charges.setdefault(key, []).append(ChargeState(state))
    verdicts: dict[UUID, list[VerdictState]] = {}
    for key, state in Verdict.objects.filter(charge__proceeding_id__in=keys).values_list(
        "charge__proceeding_id", "state"
    ):
        verdicts.setdefault(key, []).append(VerdictState(state))
    ready = [row for row in rows if rules.is_decided(charges.get(row.id, []), verdicts.get(row.id, []))]
    heads = cases.heads(actor, [row.case_id for row in ready])
    return [
        Due(
            None,
            _("Is this proceeding final?"),
            Code(heads[row.case_id].code),
            reverse("prosecution:confirm_final", args=[row.id]),
            _("Look"),
            case_id=row.case_id,
        )
        for row in ready
        if row.case_id in heads
    ]
