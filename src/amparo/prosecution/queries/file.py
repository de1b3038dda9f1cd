"""What is loaded for a proceeding, each table once, and the sentences that its page opens with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.asking import OfCase
from amparo.cases import queries as cases
from amparo.cases.queries import CaseHead
from amparo.cases.words import PartyRole
from amparo.investigations import queries as investigations
from amparo.kernel import clock
from amparo.kernel.recall import once
from amparo.kernel.words import Compartment, Sight
from amparo.ledger.records import Record
from amparo.partners import queries as partners
from amparo.partners.queries import Body
from amparo.prosecution import rules
from amparo.prosecution.models import (
    Appearance,
    Breach,
    Charge,
    Compensation,
    Correction,
    Hearing,
    Order,
    Proceeding,
    Sentence,
    SpecialMeasure,
    StageReached,
    Verdict,
)
from amparo.prosecution.rules import Run, Wait
from amparo.prosecution.words import (
    PURPOSE_LABELS,
    ChargeState,
    ClockState,
    HearingState,
    MeasureState,
    Purpose,
    Stage,
)
from amparo.staff import queries as staff
from amparo.staff.words import Milestone
from amparo.vault import sealing
from amparo.vault.prepared import IDS, Prepared
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.sheets import (
    Crumb,
    Tone,
)

SEE = "prosecution:proceeding:see"
CHANGE = "prosecution:proceeding:change"
HEARING_SEE = "prosecution:hearing:see"
HEARING_CHANGE = "prosecution:hearing:change"
TELL = "prosecution:outcome:tell"
WATCH = "prosecution:order:watch"
READ = "prosecution:words:read"
EXHIBIT_SEE = "prosecution:exhibit:see"
EXHIBIT_CHANGE = "prosecution:exhibit:change"
MOST = 300
SOON_DAYS = 7
FEED_PAST_DAYS = 30
PLACES = ("agency_place", "court_place")
PROCEEDING_WORDS = ("agency", "complaint_no", "court", "court_no", "jurisdiction", "officials", *PLACES)

ORDER_WORDS = ("issued_by", "number", "conditions")
# Columns in which somebody tells something, and not only what a court or a charge is called.
TOLD = frozenset({"officials", "outcome", "note", "conditions", "what", "was", "remark"})

today = investigations.today
crumbs = investigations.crumbs

_CHARGE_TONES: Mapping[str, Tone] = {ChargeState.FILED: "on", ChargeState.AMENDED: "on"}
HEARING_TONES: Mapping[str, Tone] = {
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
MILESTONE_OF: Mapping[str, Milestone] = {
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


def money(amount: int, currency: str) -> str:
    return _("%(currency)s %(amount)s") % {
        "currency": currency,
        "amount": f"{amount:,}".replace(",", "\u202f"),
    }


def room_crumbs(head: CaseHead) -> tuple[Crumb, ...]:
    return (*crumbs(head), Crumb(_("Court"), reverse("prosecution:case", args=[head.id])))


@dataclass(slots=True)
class File:
    """What is loaded for the page of one proceeding, each table once."""

    head: CaseHead
    proceeding: Proceeding
    whole: bool
    codes: dict[UUID, str]
    may_change: bool
    may_tell: bool
    may_prepare: bool
    may_watch: bool
    reads: bool = False
    stages: list[StageReached] = field(default_factory=list)
    hearings: list[Hearing] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    measures: list[SpecialMeasure] = field(default_factory=list)
    appearances: list[Appearance] = field(default_factory=list)
    compensations: list[Compensation] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    places: dict[UUID, Body] = field(default_factory=dict)
    opens_partners: bool = False
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


def load_file(actor: Actor, head: CaseHead, proceeding: Proceeding) -> File:
    """Load a proceeding; charges, verdicts and money only for who sees them whole. Cost: twelve queries."""
    return load_files(actor, head, [proceeding])[0]


def load_files(actor: Actor, head: CaseHead, proceedings: Sequence[Proceeding]) -> list[File]:
    """Load proceedings of one case, as `load_file` does. Cost: twelve queries for any number."""
    legal = head.part(Compartment.LEGAL)
    whole = policy.sight(actor, Compartment.LEGAL, head.subject) is Sight.FULL
    change, tell, prepare, watch = (
        policy.decide(actor, name, legal).allowed for name in (CHANGE, TELL, "prosecution:survivor:prepare", WATCH)
    )
    reads = policy.decide(actor, READ, legal).allowed
    codes = {p.person_id: p.code for p in cases.parties(actor, head.id, [PartyRole.SURVIVOR, PartyRole.SUSPECT])}
    files = {row.id: File(head, row, whole, codes, change, tell, prepare, watch, reads) for row in proceedings}
    _open(files, PROCEEDING_WORDS, proceedings)
    _find_places(files)
    opens_partners = policy.has(actor, "partners:agency:see")
    for file in files.values():
        file.opens_partners = opens_partners
    if files:
        _fill(files)
    return list(files.values())


def _find_places(files: Mapping[UUID, File]) -> None:
    """Agencies and courts that were chosen from the directory, for who reads the proceeding whole."""
    chosen = [text_of(file, key, name) for key, file in files.items() for name in PLACES]
    known = partners.bodies_of([UUID(key) for key in chosen if key])
    for file in files.values():
        file.places = known


_STAGES = Prepared(lambda keys: StageReached.objects.filter(proceeding_id__in=keys).order_by("on", "id"), IDS)
_HEARINGS = Prepared(lambda keys: Hearing.objects.filter(proceeding_id__in=keys).order_by("listed_at", "id"), IDS)
_MEASURES = Prepared(
    lambda keys: SpecialMeasure.objects.filter(proceeding_id__in=keys).order_by("requested_on", "id"), IDS
)
_APPEARANCES = Prepared(lambda keys: Appearance.objects.filter(hearing_id__in=keys), IDS)
_CHARGES = Prepared(lambda keys: Charge.objects.filter(proceeding_id__in=keys).order_by("accused_id", "id"), IDS)
_VERDICTS = Prepared(lambda keys: Verdict.objects.filter(charge_id__in=keys), IDS)
_SENTENCES = Prepared(lambda keys: Sentence.objects.filter(verdict_id__in=keys).order_by("on"), IDS)
_COMPENSATIONS = Prepared(lambda keys: Compensation.objects.filter(proceeding_id__in=keys).order_by("ordered_on"), IDS)
_CORRECTIONS = Prepared(
    lambda keys: Correction.objects.filter(proceeding_id__in=keys).order_by("created_at", "id"), IDS
)
_ORDERS = Prepared(lambda keys: Order.objects.filter(proceeding_id__in=keys).order_by("-from_on", "-id"), IDS)
_BREACHES = Prepared(lambda keys: Breach.objects.filter(order_id__in=keys).order_by("on", "id"), IDS)


def _fill(files: Mapping[UUID, File]) -> None:
    """Give each file its rows, table by table."""
    for stage in _STAGES.rows(files):
        files[stage.proceeding_id].stages.append(stage)
    hearings = _HEARINGS.rows(files)
    for hearing in hearings:
        files[hearing.proceeding_id].hearings.append(hearing)
    for measure in _MEASURES.rows(files):
        files[measure.proceeding_id].measures.append(measure)
    place = {hearing.id: hearing.proceeding_id for hearing in hearings}
    for appearance in _APPEARANCES.rows(place):
        files[place[appearance.hearing_id]].appearances.append(appearance)
    orders = _ORDERS.rows(files)
    for order in orders:
        files[order.proceeding_id].orders.append(order)
    of_order = {order.id: order.proceeding_id for order in orders}
    breaches = _BREACHES.rows(of_order) if orders else []
    for breach in breaches:
        files[of_order[breach.order_id]].breaches.append(breach)
    _open(files, ("court", "judge", "outcome"), hearings)
    _open(files, ORDER_WORDS, orders)
    _open(files, ("what",), breaches)
    if any(file.whole for file in files.values()):
        _fill_whole(files)


def _fill_whole(files: Mapping[UUID, File]) -> None:
    charges = _CHARGES.rows(files)
    for charge in charges:
        files[charge.proceeding_id].charges.append(charge)
    of_charge = {charge.id: charge.proceeding_id for charge in charges}
    verdicts = _VERDICTS.rows(of_charge)
    of_verdict = {verdict.id: of_charge[verdict.charge_id] for verdict in verdicts}
    for verdict in verdicts:
        files[of_verdict[verdict.id]].verdicts.append(verdict)
    sentences = _SENTENCES.rows(of_verdict)
    for sentence in sentences:
        files[of_verdict[sentence.verdict_id]].sentences.append(sentence)
    for compensation in _COMPENSATIONS.rows(files):
        files[compensation.proceeding_id].compensations.append(compensation)
    corrections = _CORRECTIONS.rows(files)
    for correction in corrections:
        files[correction.proceeding_id].corrections.append(correction)
    _open(files, ("section",), charges)
    _open(files, ("note",), verdicts)
    _open(files, ("note",), sentences)
    _open(files, ("was", "remark"), corrections)


def _open(files: Mapping[UUID, File], columns: Sequence[str], rows: Sequence[Record]) -> None:
    """Open the words of rows where the reader sees the law of the case whole; the files of one case share them."""
    if not all(file.whole for file in files.values()):
        return
    wanted = [name for name in columns if name not in TOLD or all(file.reads for file in files.values())]
    opened = {row.pk: words for row, words in zip(rows, sealing.open_rows(rows, *wanted), strict=True)}
    for file in files.values():
        file.words |= opened


def files_of_case(actor: Actor, case_id: UUID) -> list[File]:
    """The proceedings of a case for its page, oldest first; none for who may not see them. Cost: fourteen queries."""
    return once("files of case", (actor.account_id, case_id), lambda: _files_of_case(actor, case_id))


_PROCEEDINGS = OfCase(SEE, Proceeding, lambda rows: rows.order_by("complaint_on", "id"))


def _files_of_case(actor: Actor, case_id: UUID) -> list[File]:
    head = cases.case_head(actor, case_id)
    return load_files(actor, head, cases.rows_of_case(actor, _PROCEEDINGS, case_id))


def place_of(file: File, name: str) -> Body | None:
    """The agency or the court of a proceeding as the directory knows it; None where it was not chosen there."""
    key = text_of(file, file.proceeding.id, f"{name}_place")
    return file.places.get(UUID(key)) if key else None


def called(file: File, name: str) -> str:
    """What the agency or the court is called: in the words of who wrote it, else as the directory has it."""
    place = place_of(file, name)
    return text_of(file, file.proceeding.id, name) or (place.name if place else "")


def text_of(file: File, row: UUID, column: str) -> str:
    words = file.words.get(row)
    return words.text(column) if words else ""


def milestones(file: File, incident_on: date | None) -> dict[str, date]:
    """The days on which the milestones of statutory clocks were reached."""
    found: dict[str, date] = {
        MILESTONE_OF[Stage(row.stage)]: row.on for row in file.stages if Stage(row.stage) in MILESTONE_OF
    }
    if incident_on is not None:
        found[Milestone.INCIDENT] = incident_on
    if file.testified_on:
        found[Milestone.TESTIMONY] = file.testified_on[0]
    appealed = [row.appealed_on for row in file.verdicts if row.appealed_on]
    if appealed:
        found[Milestone.APPEAL] = min(appealed)
    ordered = [row.ordered_on for row in file.compensations if not row.mistake]
    if ordered:
        found[Milestone.COMPENSATION] = min(ordered)
    return found


def runs_of(actor: Actor, file: File) -> list[Run]:
    limits = staff.statutory_clocks()
    if not limits:
        return []
    began = [facts.began.earliest() for facts in investigations.incident_facts(actor, file.head.id)]
    return rules.clock_runs(limits, milestones(file, min(began, default=None)), today())


def lede_of(file: File) -> tuple[str, str]:
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
