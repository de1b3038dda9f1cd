"""What the case page and Today show of the court."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.asking import OfReader
from amparo.cases import queries as cases
from amparo.cases.moments import Due, Moment
from amparo.cases.words import TrackKind
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.prosecution import rules
from amparo.prosecution.models import (
    Appearance,
    Charge,
    Hearing,
    Proceeding,
    StageReached,
    Verdict,
)
from amparo.prosecution.queries.file import (
    CHANGE,
    HEARING_CHANGE,
    HEARING_SEE,
    MILESTONE_OF,
    MOST,
    SEE,
    TELL,
    File,
    files_of_case,
    lede_of,
    local_day,
    today,
)
from amparo.prosecution.queries.orders import order_marks, orders_due, orders_of_case
from amparo.prosecution.queries.parts import hearings, left_said, tellings
from amparo.prosecution.words import (
    PURPOSE_LABELS,
    STAGE_LABELS,
    ChargeState,
    ClockState,
    HearingState,
    Purpose,
    Stage,
    VerdictState,
)
from amparo.staff import queries as staff
from amparo.staff.words import Milestone
from amparo.vault.prepared import DAY, IDS, MOMENT, Prepared
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.sheets import (
    Code,
    Empty,
    Name,
    Section,
    Text,
    Withheld,
)


def marks_of_case(actor: Actor, case_id: UUID) -> list[Moment]:
    """Complaint, charges, hearings, verdicts and orders as marks on the drawn case.

    Who sees only dates gets the complaint, the hearings and the orders. Cost: fourteen queries, shared
    with the sections.
    """
    if not policy.has(actor, SEE):
        return []
    found: list[Moment] = []
    for file in files_of_case(actor, case_id):
        labels = _short_stages()
        if not file.whole:
            labels = {Stage.REPORTED: labels[Stage.REPORTED]}
        found += [_stage_mark(row, labels[row.stage]) for row in file.stages if row.stage in labels]
        testified = {row.hearing_id for row in file.appearances if row.testified}
        held = [row for row in file.hearings[:MOST] if row.state != HearingState.VACATED]
        found += [_hearing_mark(row, row.id in testified) for row in held]
        found += [*order_marks(file), *_waits(file)]
    return found


def _waits(file: File) -> list[Moment]:
    """From step to step, and until today while nothing is decided; of who sees only dates, between those she sees."""
    reached = {Stage(row.stage): row.on for row in file.stages} if file.whole else {}
    sat = [local_day(row.listed_at) for row in file.hearings if row.state == HearingState.HELD]
    end = reached.get(Stage.VERDICT) or reached.get(Stage.FINAL)
    steps = (
        file.proceeding.complaint_on,
        reached.get(Stage.CHARGED),
        min(sat, default=None),
        min(file.testified_on, default=None),
        end,
    )
    # Where every charge was declined or dropped, nothing is waited for any more.
    over = rules.is_decided([ChargeState(row.state) for row in file.charges], ())
    still = today() if file.whole and end is None and not over else None
    url = reverse("prosecution:proceeding", args=[file.proceeding.id])
    return [
        Moment(
            TrackKind.ACCOUNTABILITY,
            start,
            days,
            _("Waiting: %(time)s") % {"time": days},
            "done",
            url,
            until=stop,
            waiting=True,
        )
        for start, stop in rules.waits(steps, still)
        for days in [formats.duration_days((stop - start).days)]
    ]


def _stage_mark(row: StageReached, label: str) -> Moment:
    is_decision = row.stage in (Stage.CHARGED, Stage.VERDICT, Stage.SENTENCED)
    url = reverse("prosecution:proceeding", args=[row.proceeding_id])
    title = str(STAGE_LABELS[row.stage])
    return Moment(TrackKind.ACCOUNTABILITY, row.on, label, title, "decision" if is_decision else "done", url)


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
    files = files_of_case(actor, case_id) if policy.has(actor, SEE) else []
    return lede_of(files[-1]) if files else ("", "")


def sections_of_case(actor: Actor, case_id: UUID) -> list[Section]:
    """Hearings, the orders that stand, and what the survivor is to be told, for the page of a case."""
    head = cases.case_head(actor, case_id)
    if not policy.decide(actor, SEE, head.part(Compartment.LEGAL)).allowed:
        return [Section(_("Court"), id="court", column=2, withheld=(Withheld(_("Court")),))]
    url = reverse("prosecution:case", args=[case_id])
    files = files_of_case(actor, case_id)
    # The hearings of some are enough to lead to the rest; no order is left out, and nobody who waits for news.
    rows = [row for file in files[:3] for row in hearings(file).rows[:4]]
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
    standing = orders_of_case(files)
    if standing is not None:
        sections.append(standing)
    tell = [row for file in files if (part := tellings(file)) for row in part.rows if row.tag is None]
    if tell:
        sections.append(Section(_("Tell the survivor"), id="tell", column=1, rows=tuple(tell)))
    return sections


_HEARINGS = OfReader(
    HEARING_SEE,
    Hearing,
    lambda rows, end: rows.filter(state=HearingState.LISTED, listed_at__lt=end).order_by("listed_at", "id")[:MOST],
    MOMENT,
)
_CHANGEABLE = OfReader(HEARING_CHANGE, Hearing, lambda rows, keys: rows.filter(pk__in=keys), IDS)
_TELLINGS = OfReader(
    TELL,
    Appearance,
    lambda rows, until: (
        rows.filter(told_on=None, tell_by__lte=until).select_related("person").order_by("tell_by", "id")[:MOST]
    ),
    DAY,
)


def due_for(actor: Actor, until: date) -> list[Due]:
    """Hearings, survivors to be told, orders and time limits until a day. Cost: about twelve queries."""
    return [
        *_hearings_due(actor, until),
        *_tellings_due(actor, until),
        *orders_due(actor, until),
        *_clocks_due(actor, until),
    ]


def _hearings_due(actor: Actor, until: date) -> list[Due]:
    now = clock.now()
    end = datetime.combine(until + timedelta(days=1), time(), tzinfo=timezone.get_current_timezone())
    rows = _HEARINGS.rows(actor, end)
    changeable = {row.id for row in _CHANGEABLE.rows(actor, [row.id for row in rows])}
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
    rows = _TELLINGS.rows(actor, until)
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
        if stage in MILESTONE_OF:
            reached[key][MILESTONE_OF[stage]] = on
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


_NOT_FINAL = OfReader(CHANGE, Proceeding, lambda rows: rows.exclude(stage=Stage.FINAL).order_by("id")[:MOST])
_CHARGES = Prepared(
    lambda keys: Charge.objects.filter(proceeding_id__in=keys).values_list("proceeding_id", "state"), IDS
)
_VERDICTS = Prepared(
    lambda keys: Verdict.objects.filter(charge__proceeding_id__in=keys).values_list("charge__proceeding_id", "state"),
    IDS,
)


def waiting_for(actor: Actor) -> list[Due]:
    """Proceedings in which all is decided and a lawyer has not yet called it final. Cost: five queries."""
    if not policy.has(actor, CHANGE):
        return []
    rows = _NOT_FINAL.rows(actor)
    keys = [row.id for row in rows]
    charges: dict[UUID, list[ChargeState]] = {}
    for key, state in _CHARGES.rows(keys):
        charges.setdefault(key, []).append(ChargeState(state))
    verdicts: dict[UUID, list[VerdictState]] = {}
    for key, state in _VERDICTS.rows(keys):
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
