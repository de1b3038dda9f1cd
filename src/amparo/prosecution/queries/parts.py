"""The parts of a proceeding's page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access.actors import Actor
from amparo.investigations import queries as investigations
from amparo.kernel import clock
from amparo.prosecution import rules
from amparo.prosecution.models import (
    Appearance,
    Charge,
    Compensation,
    Hearing,
    Sentence,
    SpecialMeasure,
    Verdict,
)
from amparo.prosecution.queries.corrections import corrections
from amparo.prosecution.queries.file import (
    _CLOCK_TONES,
    _MEASURE_TONES,
    HEARING_TONES,
    SOON_DAYS,
    File,
    local_day,
    money,
    place_of,
    runs_of,
    text_of,
    today,
)
from amparo.prosecution.rules import Run
from amparo.prosecution.words import (
    ADJOURN_LABELS,
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
    STANDING_LABELS,
    TYPED_STAGES,
    VERDICT_STATE_LABELS,
    ChargeState,
    ClockState,
    HearingState,
    Measure,
    MeasureState,
    Standing,
    VerdictState,
)
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.sheets import (
    Code,
    Column,
    Empty,
    Fact,
    Name,
    Notice,
    Part,
    Row,
    Section,
    Table,
    Tag,
    Text,
)


def act_link(label: str, name: str, key: UUID) -> Name:
    return Name(label, url=reverse(f"prosecution:{name}", args=[key]))


def charges(file: File) -> Section:
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


def _charge_line(file: File, row: Charge, verdict: Verdict | None) -> tuple[Text, ...]:
    section = text_of(file, row.id, "section") or str(ICCS_LABELS.get(row.iccs, ""))
    label = _("Attempt: %(charge)s") % {"charge": section} if row.attempted else section
    stands = str(CHARGE_LABELS[row.state])
    if row.reason:
        stands = _("%(state)s: %(reason)s") % {"state": stands, "reason": ATTRITION_LABELS[row.reason]}
    if verdict is not None and verdict.state == VerdictState.APPEALED:
        stands = _("%(state)s, on appeal") % {"state": stands}
    doing: tuple[Name, ...] = ()
    state = ChargeState(row.state)
    if file.may_change and rules.open_moves(state):
        doing += (act_link(_("Change"), "move_charge", row.id),)
    if file.may_change and state in rules.IN_COURT_STATES:
        doing += (act_link(_("Verdict"), "pronounce", row.id),)
    return (
        Code(file.codes.get(row.accused_id, "")),
        Name(label),
        str(row.counts),
        stands,
        formats.short_day_and_year(row.since_on),
        doing or "",
    )


def hearings(file: File) -> Section:
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


def _hearing_row(file: File, row: Hearing) -> Row:
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
    outcome = text_of(file, row.id, "outcome")
    return Row(
        title=PURPOSE_LABELS[row.purpose],
        url=reverse("prosecution:hearing", args=[row.id]),
        when=formats.near_day(local_day(row.listed_at), today()),
        when_tone="late" if is_open and is_past else "",
        meta=meta,
        lines=(outcome,) if outcome else (),
        tag=Tag(HEARING_LABELS[row.state], HEARING_TONES.get(row.state, "")),
        action_label=_("What happened?") if is_open and is_past and file.may_change else "",
        action_url=reverse("prosecution:hearing", args=[row.id]) if is_open and is_past and file.may_change else "",
    )


def tellings(file: File) -> Section | None:
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


def _telling_row(file: File, row: Appearance, hearing: Hearing) -> Row:
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


def clocks(actor: Actor, file: File) -> Section | None:
    runs = runs_of(actor, file)
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


def stages(file: File) -> Section:
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


def measures(actor: Actor, file: File) -> Section:
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


def _measure_row(file: File, row: SpecialMeasure) -> Row:
    is_open = row.state == MeasureState.REQUESTED and file.may_change
    return Row(
        title=(Code(file.codes.get(row.person_id, "")), MEASURE_LABELS[row.measure]),
        when=formats.near_day(row.decided_on or row.requested_on, today()),
        tag=Tag(MEASURE_STATE_LABELS[row.state], _MEASURE_TONES[row.state]),
        action_label=_("Decided") if is_open else "",
        action_url=reverse("prosecution:decide_measure", args=[row.id]) if is_open else "",
    )


def verdicts(file: File) -> Section | None:
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


def _verdict_row(file: File, row: Verdict, charge: Charge) -> Row:
    lines = [sentence_said(file, s) for s in file.sentences if s.verdict_id == row.id and not s.mistake]
    note = text_of(file, row.id, "note")
    return Row(
        title=(Code(file.codes.get(charge.accused_id, "")), OUTCOME_LABELS[row.outcome]),
        url=reverse("prosecution:verdict", args=[row.id]) if file.may_change else "",
        when=formats.near_day(row.on, today()),
        meta=Name(text_of(file, charge.id, "section")),
        lines=tuple(line for line in (*lines, note) if line),
        tag=Tag(VERDICT_STATE_LABELS[row.state], "warn" if row.state == VerdictState.APPEALED else ""),
    )


def sentence_said(file: File, row: Sentence) -> str:
    said = [str(SENTENCE_LABELS[row.kind])]
    if row.custody_months:
        months = row.custody_months
        said.append(ngettext("%(count)s month", "%(count)s months", months) % {"count": months})
    if row.fine:
        said.append(money(row.fine, row.currency))
    note = text_of(file, row.id, "note")
    if note:
        said.append(note)
    line = ", ".join(said)
    if row.mistake:
        return _("Entered by mistake: %(sentence)s") % {"sentence": line}
    return _("Set aside on appeal: %(sentence)s") % {"sentence": line} if row.ended_on else line


def compensation(file: File) -> Section:
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


def _compensation_row(file: File, row: Compensation) -> Row:
    paid = row.paid >= row.ordered
    may = file.may_change and not row.mistake
    lines: list[Text] = []
    if may:
        lines.append(
            (
                act_link(_("Put it right"), "correct_compensation", row.id),
                "·",
                act_link(_("It was never ordered"), "take_back_compensation", row.id),
            )
        )
    part = corrections(file, row.id)
    lines += [line for one in (part.rows if part else ()) for line in (one.meta, *one.lines)]
    tag = Tag(_("Paid"), "ok") if paid else Tag(_("Not paid in full"), "warn")
    return Row(
        title=(Code(file.codes.get(row.person_id, "")), money(row.ordered, row.currency)),
        when=formats.near_day(row.ordered_on, today()),
        meta=_("paid: %(amount)s") % {"amount": money(row.paid, row.currency)},
        lines=tuple(lines),
        tag=Tag(STANDING_LABELS[Standing.MISTAKEN]) if row.mistake else tag,
        action_label=_("Payment") if may and not paid else "",
        action_url=reverse("prosecution:pay_compensation", args=[row.id]) if may and not paid else "",
    )


# What may be chosen from the directory of partners.
_LISTED = ("agency", "court")


def reference(file: File) -> Section:
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
        text, place = text_of(file, row.id, column), place_of(file, column) if column in _LISTED else None
        url = reverse("partners:agency", args=[place.agency_id]) if place and file.opens_partners else ""
        link = (Name(place.name, url=url),) if place else ()
        words: tuple[Part, ...] = (Code(text) if column.endswith("_no") else Name(text),) if text else ()
        if link or words:
            facts.append(Fact(label, (*link, "·", *words) if link and words else link or words))
    url = reverse("prosecution:change_proceeding", args=[row.id])
    return Section(
        _("Reference"),
        id="reference",
        column=1,
        facts=tuple(facts),
        link_label=_("Change") if file.may_change else "",
        link_url=url if file.may_change else "",
    )
