"""Every read of cases that other code may use."""

from __future__ import annotations

import functools
import operator
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.cases import rules
from amparo.cases.errors import AnswersMissing
from amparo.cases.models import (
    Basis,
    Case,
    CaseLink,
    Closing,
    Draft,
    HandOver,
    Incident,
    Note,
    Party,
    SurvivorPromise,
    Task,
    Track,
    TrackChange,
)
from amparo.cases.rules import Question
from amparo.cases.words import (
    BasisKind,
    CaseState,
    IncidentType,
    PartyRole,
    PromiseState,
    Risk,
    TaskState,
    TrackKind,
)
from amparo.kernel import clock, codes
from amparo.kernel.errors import NotFound
from amparo.kernel.recall import once, recall
from amparo.kernel.words import Compartment, Sight
from amparo.ledger.records import Record
from amparo.vault import sealing

R = TypeVar("R", bound=Record)

PAGE = 50
MOST_TYPES = 4
SUSPECT_SIDE = (PartyRole.SUSPECT, PartyRole.ASSOCIATE)
SURVIVOR_SIDE = (
    PartyRole.SURVIVOR, PartyRole.FAMILY, PartyRole.CAREGIVER, PartyRole.GUARDIAN, PartyRole.WITNESS,
    PartyRole.REPORTER,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What every page of a case starts with."""

    id: UUID
    code: str
    title: str
    office_id: UUID
    state: CaseState
    version: int
    types: tuple[str, ...]
    risk: Risk
    opened_at: datetime
    reported_on: date
    closed_at: datetime | None

    @property
    def subject(self) -> Subject:
        """The case as the policy sees it; parts of it add their compartment."""
        return Subject(office=self.office_id, cases=frozenset([self.id]))

    def part(self, level: Compartment) -> Subject:
        return Subject(office=self.office_id, cases=frozenset([self.id]), level=level)


def _head(row: Case, title: str) -> CaseHead:
    return CaseHead(
        id=row.id,
        code=row.code,
        title=title,
        office_id=row.office_id,
        state=CaseState(row.state),
        version=row.version,
        types=tuple(row.types),
        risk=Risk(row.risk),
        opened_at=row.opened_at,
        reported_on=row.reported_on,
        closed_at=row.closed_at,
    )


def case_head(actor: Actor, case_id: UUID) -> CaseHead:
    """The head of a case that the actor may see. Raises NotFound. Cost: three queries, once in a reading request."""

    def load(keys: set[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], CaseHead]:
        row = policy.load(actor, "cases:case:see", Case, case_id)
        return dict.fromkeys(keys, _head(row, _titles(actor, [row])[row.id]))

    key = (actor.account_id, case_id)
    return recall("case heads", [key], load)[key]


def in_case(actor: Actor, permission: str, rows: QuerySet[R], case_id: UUID) -> QuerySet[R]:
    """The rows of one case for which the policy says yes; the queryset must be narrowed to the case already."""
    office = recall("case offices", [case_id], _offices).get(case_id)
    return rows.none() if office is None else policy.visible_in_case(actor, permission, rows, office, case_id)


def _offices(case_ids: set[UUID]) -> dict[UUID, UUID]:
    return dict(Case.objects.filter(pk__in=case_ids).values_list("id", "office_id"))


def heads(actor: Actor, case_ids: Iterable[UUID]) -> dict[UUID, CaseHead]:
    """Heads of those of these cases that the actor may see. Cost: two queries."""
    rows = list(policy.visible(actor, "cases:case:see", Case.objects.filter(pk__in=set(case_ids))))
    titles = _titles(actor, rows)
    return {row.id: _head(row, titles[row.id]) for row in rows}


def _titles(actor: Actor, rows: Sequence[Case]) -> dict[UUID, str]:
    """What cases are called by those who see some of their court part; the code by everybody else."""
    seen = [row for row in rows if _sees(actor, Compartment.LEGAL, row.office_id, row.id)]
    opened = zip(seen, sealing.open_rows(seen, "title"), strict=True)
    return {row.id: row.code for row in rows} | {row.id: words.text("title") for row, words in opened}


def find_by_code(actor: Actor, typed: str) -> CaseHead | None:
    """The case with this code, if the actor may see it."""
    row = policy.visible(actor, "cases:case:see", Case.objects.filter(code=codes.parse_code(typed))).first()
    return None if row is None else _head(row, _titles(actor, [row])[row.id])


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What a list of cases is narrowed to; empty means all."""

    state: str = ""
    type: str = ""
    risk: str = ""
    track: str = ""
    track_state: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class TrackGlance:
    kind: TrackKind
    state: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    head: CaseHead
    tracks: tuple[TrackGlance, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """Up to 50 cases, newest first; `after` names the last one, from which the next page goes on."""

    lines: tuple[CaseLine, ...]
    after: UUID | None


def case_list(actor: Actor, chosen: CaseFilter, after: UUID | None = None, most: int = PAGE) -> CasePage:
    """A page of the cases that the actor may see. Cost: five queries, whatever their number."""
    rows = policy.visible(actor, "cases:case:see", Case.objects.all())
    rows = _narrowed(rows, chosen, actor)
    if after is not None:
        rows = _older_than(rows, after)
    page = list(rows.order_by("-opened_at", "-id")[: most + 1])
    more, page = len(page) > most, page[:most]
    titles = _titles(actor, page)
    glances = track_glances([row.id for row in page])
    lines = tuple(CaseLine(_head(row, titles[row.id]), glances.get(row.id, ())) for row in page)
    return CasePage(lines, page[-1].id if more else None)


def _older_than(rows: QuerySet[Case], after: UUID) -> QuerySet[Case]:
    # Looked up among what may be seen, so that the number of a hidden case answers like a wrong one.
    last = rows.filter(pk=after).values_list("opened_at", flat=True).first()
    if last is None:
        raise NotFound
    return rows.filter(Q(opened_at__lt=last) | Q(opened_at=last, id__lt=after))


def _narrowed(rows: QuerySet[Case], chosen: CaseFilter, actor: Actor) -> QuerySet[Case]:
    if chosen.state:
        rows = rows.filter(state=chosen.state)
    if chosen.risk:
        rows = rows.filter(risk=chosen.risk)
    if chosen.type:
        # A list inside a column can't be searched alike on both databases, but its places can.
        rows = rows.filter(
            functools.reduce(operator.or_, (Q(**{f"types__{place}": chosen.type}) for place in range(MOST_TYPES)))
        )
    if chosen.track and chosen.track_state:
        tracks = Track.objects.filter(kind=chosen.track, state=chosen.track_state)
        rows = rows.filter(pk__in=tracks.values("case_id"))
    if chosen.mine:
        rows = rows.filter(pk__in={case for case, _ in actor.grants})
    return rows


def track_glances(case_ids: Iterable[UUID]) -> dict[UUID, tuple[TrackGlance, ...]]:
    """The four tracks of many cases, in their order. Cost: one query."""
    found: dict[UUID, dict[str, str]] = {}
    for case, kind, state in Track.objects.filter(case_id__in=list(case_ids)).values_list("case_id", "kind", "state"):
        found.setdefault(case, {})[kind] = state
    return {
        case: tuple(TrackGlance(kind, states.get(kind, "")) for kind in TrackKind) for case, states in found.items()
    }


# ---- tracks -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TrackView:
    kind: TrackKind
    state: str
    since_on: date
    lead_id: UUID | None
    lead: str
    moves: tuple[str, ...]


def tracks(head: CaseHead) -> tuple[TrackView, ...]:
    """The four tracks of a case with their leads; the caller has loaded the case through the policy."""
    rows = {row.kind: row for row in Track.objects.filter(case_id=head.id)}
    names = access.names_of(row.lead_id for row in rows.values() if row.lead_id)
    return tuple(_track(rows[kind], names) for kind in TrackKind if kind in rows)


def _track(row: Track, names: Mapping[UUID, str]) -> TrackView:
    kind = TrackKind(row.kind)
    lead = names.get(row.lead_id, "") if row.lead_id else ""
    return TrackView(kind, row.state, row.since_on, row.lead_id, lead, rules.MOVES[kind].get(row.state, ()))


@dataclass(frozen=True, slots=True)
class TrackMark:
    kind: TrackKind
    state: str
    on: date


def track_changes(head: CaseHead) -> list[TrackMark]:
    rows = TrackChange.objects.filter(case_id=head.id).order_by("on", "id")
    return [TrackMark(TrackKind(row.kind), row.state, row.on) for row in rows]


# ---- parties ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartyView:
    id: UUID
    person_id: UUID
    code: str
    role: PartyRole
    level: Compartment
    trafficking: str
    left_on: date | None
    relationship: str
    no_contact: str
    version: int


def parties(actor: Actor, case_id: UUID, roles: Sequence[PartyRole] | None = None) -> list[PartyView]:
    """People in a case as codes; words about them only for those who see their compartment. Cost: three queries."""
    everybody = once("parties", (actor.account_id, case_id), lambda: _parties(actor, case_id))
    return [view for view in everybody if roles is None or view.role in roles]


def _parties(actor: Actor, case_id: UUID) -> list[PartyView]:
    rows = in_case(actor, "cases:party:see", Party.objects.filter(case_id=case_id), case_id)
    found = list(rows.select_related("person").order_by("joined_on", "id"))
    opened = sealing.open_rows([row for row in found if _words_seen(actor, row)], "relationship", "no_contact")
    words = dict(zip([row.id for row in found if _words_seen(actor, row)], opened, strict=True))
    return [_party(row, words.get(row.id)) for row in found]


def _words_seen(actor: Actor, row: Party) -> bool:
    subject = Subject(office=row.office_id, cases=frozenset([row.case_id]), person=row.person_id)
    return policy.sight(actor, Compartment(row.level), subject) >= Sight.PARTIAL


def _party(row: Party, words: sealing.Opened | None) -> PartyView:
    return PartyView(
        id=row.id,
        person_id=row.person_id,
        code=row.person.code,
        role=PartyRole(row.role),
        level=Compartment(row.level),
        trafficking=row.trafficking,
        left_on=row.left_on,
        relationship=words.text("relationship") if words else "",
        no_contact=words.text("no_contact") if words else "",
        version=row.version,
    )


def party(actor: Actor, party_id: UUID) -> tuple[CaseHead, PartyView]:
    row = policy.load(actor, "cases:party:see", Party, party_id)
    head = case_head(actor, row.case_id)
    return head, next(view for view in parties(actor, head.id) if view.id == party_id)


def cases_of_persons(actor: Actor, person_ids: Collection[UUID]) -> dict[UUID, list[CaseHead]]:
    """The cases of many persons that the actor may see, newest first. Cost: four queries for any number."""
    pairs = list(Party.objects.filter(person_id__in=person_ids).values_list("person_id", "case_id").distinct())
    known = heads(actor, {case for _person, case in pairs})
    found: dict[UUID, list[CaseHead]] = {person: [] for person in person_ids}
    for person, case in pairs:
        if case in known:
            found[person].append(known[case])
    return {person: sorted(some, key=lambda head: head.opened_at, reverse=True) for person, some in found.items()}


# ---- bases ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BasisView:
    id: UUID
    person_id: UUID
    kind: str
    purpose: str
    classes: tuple[str, ...]
    giver: str
    method: str
    state: str
    from_on: date
    until_on: date | None
    is_live: bool
    recipient: str
    reason: str


def bases(actor: Actor, case_id: UUID) -> list[BasisView]:
    """Bases and consents of a case, newest first. Recipients are shown to those who see identities."""
    rows = list(
        in_case(actor, "cases:basis:see", Basis.objects.filter(case_id=case_id), case_id).order_by("-from_on", "-id")
    )
    today = clock.today()
    # Recipients and reasons tell who she is and where she is helped: they are read by who may know her.
    may_know = rows and _sees(actor, Compartment.IDENTITY, rows[0].office_id, case_id)
    opened = sealing.open_rows(rows, "recipient", "reason") if may_know else [None] * len(rows)
    if may_know:
        readings.opened(case_id, Compartment.IDENTITY)
    return [_basis(row, words, today) for row, words in zip(rows, opened, strict=True)]


def _sees(actor: Actor, compartment: Compartment, office: UUID, case_id: UUID) -> bool:
    """Whether words of a compartment of a case may be shown at all, whole or in part."""
    subject = Subject(office=office, cases=frozenset([case_id]))
    return policy.sight(actor, compartment, subject) >= Sight.PARTIAL


def _basis(row: Basis, words: sealing.Opened | None, today: date) -> BasisView:
    live = row.state == "given" and row.from_on <= today and (row.until_on is None or row.until_on >= today)
    return BasisView(
        id=row.id,
        person_id=row.person_id,
        kind=row.kind,
        purpose=row.purpose,
        classes=tuple(row.classes),
        giver=row.giver,
        method=row.method,
        state=row.state,
        from_on=row.from_on,
        until_on=row.until_on,
        is_live=live,
        recipient=words.text("recipient") if words else "",
        reason=words.text("reason") if words else "",
    )


def has_basis(case_id: UUID, person_id: UUID) -> bool:
    """Whether words about a survivor may be written now (invariant 1)."""
    today = clock.today()
    rows = Basis.objects.filter(case_id=case_id, person_id=person_id, state="given", from_on__lte=today)
    return rows.filter(Q(until_on=None) | Q(until_on__gte=today)).exists()


@dataclass(frozen=True, slots=True)
class LiveConsent:
    """A consent that holds today: for what, of which data, and until when."""

    purpose: str
    classes: frozenset[str]
    until_on: date | None


def live_consents(basis_ids: Iterable[UUID]) -> dict[UUID, LiveConsent]:
    """Those of these consents that hold today (invariant 2); for rooms that give something on their strength."""
    today = clock.today()
    kinds = (BasisKind.CONSENT, BasisKind.ASSENT, BasisKind.BEST_INTERESTS, BasisKind.LEGAL_DUTY)
    rows = Basis.objects.filter(pk__in=list(basis_ids), state="given", from_on__lte=today, kind__in=kinds)
    return {
        row.id: LiveConsent(row.purpose, frozenset(row.classes), row.until_on)
        for row in rows.filter(Q(until_on=None) | Q(until_on__gte=today)).order_by("id")
    }


def basis_ids_of(case_id: UUID, person_id: UUID) -> set[UUID]:
    """Every consent and basis of one person in one case."""
    return set(Basis.objects.filter(case_id=case_id, person_id=person_id).values_list("id", flat=True))


# ---- notes ------------------------------------------------------------------------------------------------------

NOTE_COMPARTMENTS = (
    Compartment.CARE, Compartment.NARRATIVE, Compartment.EXAMINATION, Compartment.CLINICAL, Compartment.INVESTIGATION,
    Compartment.EVIDENCE, Compartment.LEGAL,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NoteView:
    id: UUID
    compartment: Compartment
    kind: str
    person_id: UUID | None
    happened_at: datetime
    by: str
    text: str
    corrected: bool
    corrects_id: UUID | None


@dataclass(frozen=True, slots=True)
class NotePage:
    notes: tuple[NoteView, ...]
    after: UUID | None


def notes(actor: Actor, case_id: UUID, *, limit: int = PAGE, after: UUID | None = None) -> NotePage:
    """Notes that the actor may read, newest first; reading them is kept. Cost: four queries."""
    rows = in_case(actor, "cases:note:see", Note.objects.filter(case_id=case_id), case_id)
    if after is not None:
        last = Note.objects.filter(pk=after, case_id=case_id).values_list("happened_at", flat=True).first()
        if last is None:
            raise NotFound
        rows = rows.filter(Q(happened_at__lt=last) | Q(happened_at=last, id__lt=after))
    found = list(rows.order_by("-happened_at", "-id")[: limit + 1])
    page = found[:limit]
    names = access.names_of(row.created_by for row in page)
    opened = sealing.open_rows(page, "text")
    readings.opened(case_id, *(Compartment(row.compartment) for row in page))
    views = tuple(_note(row, words, names) for row, words in zip(page, opened, strict=True))
    return NotePage(views, page[-1].id if len(found) > limit else None)


def _note(row: Note, words: sealing.Opened, names: Mapping[UUID, str]) -> NoteView:
    return NoteView(
        id=row.id,
        compartment=Compartment(row.compartment),
        kind=row.kind,
        person_id=row.person_id,
        happened_at=row.happened_at,
        by=names.get(row.created_by, ""),
        text=words.text("text"),
        corrected=row.corrected,
        corrects_id=row.corrects_id,
    )


def note(actor: Actor, note_id: UUID) -> tuple[CaseHead, NoteView]:
    row = policy.load(actor, "cases:note:see", Note, note_id)
    readings.opened(row.case_id, Compartment(row.compartment))
    names = access.names_of([row.created_by])
    return case_head(actor, row.case_id), _note(row, sealing.open_row(row, "text"), names)


def writable_compartments(actor: Actor, head: CaseHead) -> list[Compartment]:
    """Into which compartments of a case the actor may write notes."""
    return [c for c in NOTE_COMPARTMENTS if policy.decide(actor, "cases:note:write", head.part(c)).allowed]


def draft(actor: Actor, place: str) -> str:
    """What the actor was typing at a place; empty where nothing is kept."""
    row = Draft.objects.filter(account_id=actor.account_id, place=place).first()
    return sealing.open_row(row, "typed").text("typed") if row else ""


# ---- tasks and promises -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TaskView:
    id: UUID
    case_id: UUID
    kind: str
    track: TrackKind
    title: str
    assigned_id: UUID
    assigned: str
    due_on: date | None
    state: str
    version: int


@dataclass(frozen=True, slots=True)
class PromiseView:
    id: UUID
    case_id: UUID
    person_id: UUID
    code: str
    text: str
    by: str
    promised_by: UUID
    promised_on: date
    due_on: date
    state: str
    ended_on: date | None


def _tasks(rows: Sequence[Task]) -> list[TaskView]:
    names = access.names_of(row.assigned_id for row in rows)
    opened = sealing.open_rows(rows, "title")
    return [
        TaskView(
            id=row.id,
            case_id=row.case_id,
            kind=row.kind,
            track=TrackKind(row.track),
            title=words.text("title"),
            assigned_id=row.assigned_id,
            assigned=names.get(row.assigned_id, ""),
            due_on=row.due_on,
            state=row.state,
            version=row.version,
        )
        for row, words in zip(rows, opened, strict=True)
    ]


def tasks_of_case(actor: Actor, case_id: UUID, *, open_only: bool = True) -> list[TaskView]:
    rows = in_case(actor, "cases:task:see", Task.objects.filter(case_id=case_id), case_id)
    if open_only:
        rows = rows.filter(state=TaskState.OPEN)
    return _tasks(list(rows.order_by("due_on", "id")[:200]))


def task(actor: Actor, task_id: UUID) -> tuple[CaseHead, TaskView]:
    row = policy.load(actor, "cases:task:see", Task, task_id)
    return case_head(actor, row.case_id), _tasks([row])[0]


def own_tasks(actor: Actor, until: date) -> list[TaskView]:
    """One's open tasks up to a day, late ones first. Cost: four queries."""
    rows = policy.visible(actor, "cases:task:see", Task.objects.filter(assigned_id=actor.account_id))
    return _tasks(list(rows.filter(state=TaskState.OPEN, due_on__lte=until).order_by("due_on", "id")[:100]))


def _promises(rows: Sequence[SurvivorPromise]) -> list[PromiseView]:
    names = access.names_of(row.promised_by for row in rows)
    opened = sealing.open_rows(rows, "text")
    return [
        PromiseView(
            id=row.id,
            case_id=row.case_id,
            person_id=row.person_id,
            code=row.person.code,
            text=words.text("text"),
            by=names.get(row.promised_by, ""),
            promised_by=row.promised_by,
            promised_on=row.promised_on,
            due_on=row.due_on,
            state=row.state,
            ended_on=row.ended_on,
        )
        for row, words in zip(rows, opened, strict=True)
    ]


def promises_of_case(actor: Actor, case_id: UUID) -> list[PromiseView]:
    rows = in_case(actor, "cases:promise:see", SurvivorPromise.objects.filter(case_id=case_id), case_id)
    readings.opened(case_id, Compartment.IDENTITY)
    return _promises(list(rows.select_related("person").order_by("-due_on", "-id")[:100]))


def own_promises(actor: Actor, until: date) -> list[PromiseView]:
    """Promises that the actor made and that fall due up to a day."""
    rows = policy.visible(actor, "cases:promise:see", SurvivorPromise.objects.filter(promised_by=actor.account_id))
    rows = rows.filter(state=PromiseState.OPEN, due_on__lte=until).select_related("person")
    return _promises(list(rows.order_by("due_on", "id")[:100]))


def promise(actor: Actor, promise_id: UUID) -> tuple[CaseHead, PromiseView]:
    row = policy.load(actor, "cases:promise:see", SurvivorPromise, promise_id)
    return case_head(actor, row.case_id), _promises([row])[0]


# ---- incidents --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IncidentView:
    id: UUID
    person_id: UUID
    code: str
    began: str
    ended: str
    type: IncidentType
    contexts: tuple[str, ...]
    exploitation: tuple[str, ...]
    controls: tuple[str, ...]
    relation: str
    minor: bool | None
    after_report: bool
    answers: Mapping[str, bool]
    summary: str
    place: str
    narrative: str
    narrative_withheld: bool
    version: int


def incidents(actor: Actor, case_id: UUID) -> list[IncidentView]:
    """Incidents of a case: everybody on the team sees type and summary, the full words only who sees C2 whole."""
    rows = in_case(actor, "cases:incident:see", Incident.objects.filter(case_id=case_id), case_id)
    found = list(rows.select_related("person").order_by("began", "id"))
    if not found:
        return []
    readings.opened(case_id, Compartment.NARRATIVE)
    subject = Subject(office=found[0].office_id, cases=frozenset([case_id]))
    whole = policy.sight(actor, Compartment.NARRATIVE, subject) is Sight.FULL
    columns = ("summary", "place", "narrative") if whole else ("summary",)
    opened = sealing.open_rows(found, *columns)
    return [_incident(row, words, whole) for row, words in zip(found, opened, strict=True)]


def _incident(row: Incident, words: sealing.Opened, whole: bool) -> IncidentView:
    return IncidentView(
        id=row.id,
        person_id=row.person_id,
        code=row.person.code,
        began=row.began,
        ended=row.ended,
        type=IncidentType(row.type),
        contexts=tuple(row.contexts),
        exploitation=tuple(row.exploitation),
        controls=tuple(row.controls),
        relation=row.relation,
        minor=row.minor,
        after_report=row.after_report,
        answers=row.answers,
        summary=words.text("summary"),
        place=words.text("place"),
        narrative=words.text("narrative"),
        narrative_withheld=not whole,
        version=row.version,
    )


def incident(actor: Actor, incident_id: UUID) -> tuple[CaseHead, IncidentView]:
    row = policy.load(actor, "cases:incident:see", Incident, incident_id)
    head = case_head(actor, row.case_id)
    return head, next(view for view in incidents(actor, head.id) if view.id == incident_id)


def type_found(answers: Mapping[Question, bool]) -> IncidentType | None:
    """The type that answers lead to so far, for showing it while they are given."""
    try:
        return rules.classify(answers)
    except AnswersMissing:
        return None


# ---- links, hand-overs, closing ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LinkView:
    id: UUID
    head: CaseHead
    kind: str
    reason: str


def links(actor: Actor, case_id: UUID) -> list[LinkView]:
    """Links of a case to cases that the actor sees as well; a link to a hidden case does not show at all."""
    rows = list(CaseLink.objects.filter(Q(case_id=case_id) | Q(other_id=case_id), ended_at=None))
    others = {row.id: row.other_id if row.case_id == case_id else row.case_id for row in rows}
    seen = heads(actor, others.values())
    rows = [row for row in rows if others[row.id] in seen]
    told = [row for row in rows if _sees(actor, Compartment.LEGAL, row.office_id, case_id)]
    opened = sealing.open_rows(told, "reason")
    reasons = {row.id: words.text("reason") for row, words in zip(told, opened, strict=True)}
    return [LinkView(row.id, seen[others[row.id]], row.kind, reasons.get(row.id, "")) for row in rows]


@dataclass(frozen=True, slots=True)
class HandOverView:
    id: UUID
    case_id: UUID
    from_id: UUID
    from_name: str
    to_id: UUID
    to_name: str
    state: str
    offered_at: datetime
    ended_at: datetime | None
    code: str
    note: str


def handovers(actor: Actor, *, to_me: bool) -> list[HandOverView]:
    """Cases offered to the actor and not received yet, or what she offered lately."""
    rows = HandOver.objects.select_related("case").exclude(case_id__in=actor.barred_cases).order_by("-created_at")
    if to_me:
        found = list(rows.filter(to_id=actor.account_id, state="offered")[:50])
    else:
        found = list(rows.filter(from_id=actor.account_id)[:5])
    names = access.names_of([*(row.from_id for row in found), *(row.to_id for row in found)])
    opened = sealing.open_rows(found, "note")
    return [
        HandOverView(
            id=row.id,
            case_id=row.case_id,
            from_id=row.from_id,
            from_name=names.get(row.from_id, ""),
            to_id=row.to_id,
            to_name=names.get(row.to_id, ""),
            state=row.state,
            offered_at=row.created_at,
            ended_at=row.ended_at,
            code=row.case.code,
            note=words.text("note"),
        )
        for row, words in zip(found, opened, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class ClosingView:
    id: UUID
    case_id: UUID
    reason: str
    asked_by: UUID
    asked_by_name: str
    asked_at: datetime
    state: str
    remark: str
    answer: str
    retain_until: date


def _closings(rows: Sequence[Closing]) -> list[ClosingView]:
    names = access.names_of(row.asked_by for row in rows)
    opened = sealing.open_rows(rows, "remark", "answer")
    return [
        ClosingView(
            id=row.id,
            case_id=row.case_id,
            reason=row.reason,
            asked_by=row.asked_by,
            asked_by_name=names.get(row.asked_by, ""),
            asked_at=row.created_at,
            state=row.state,
            remark=words.text("remark"),
            answer=words.text("answer"),
            retain_until=row.retain_until,
        )
        for row, words in zip(rows, opened, strict=True)
    ]


def closing_of_case(actor: Actor, head: CaseHead) -> ClosingView | None:
    """The last request to close a case, for those who ask or decide; None for everybody else."""
    may = ("cases:closing:request", "cases:closing:approve")
    if not any(policy.decide(actor, permission, head.subject).allowed for permission in may):
        return None
    rows = list(Closing.objects.filter(case_id=head.id).order_by("-created_at")[:1])
    return _closings(rows)[0] if rows else None


def closings_to_decide(actor: Actor) -> list[ClosingView]:
    """Requests to close that the actor may decide: never her own."""
    rows = policy.visible(actor, "cases:closing:approve", Closing.objects.filter(state="asked"))
    return _closings(list(rows.exclude(asked_by=actor.account_id).order_by("created_at")[:50]))


def closing_checks(head: CaseHead) -> list[rules.Check]:
    """The case's own part of the closing checklist: tracks terminal, promises and tasks settled."""
    states = {glance.kind: glance.state for glance in track_glances([head.id]).get(head.id, ())}
    open_tracks = sum(not rules.is_terminal(kind, state) for kind, state in states.items())
    promised = SurvivorPromise.objects.filter(case_id=head.id, state=PromiseState.OPEN).count()
    tasks = Task.objects.filter(case_id=head.id, state=TaskState.OPEN).count()
    return [
        rules.Check("tracks_terminal", open_tracks == 0, open_tracks),
        rules.Check("promises_settled", promised == 0, promised),
        rules.Check("tasks_settled", tasks == 0, tasks),
    ]


def labelled(labels: Mapping[str, str | Promise], codes_: Iterable[str]) -> str:
    """Labels of codes, as one line."""
    return ", ".join(str(labels.get(code, code)) for code in codes_)


def case_of_basis(actor: Actor, basis_id: UUID) -> UUID:
    """The case that a consent belongs to. Raises NotFound."""
    return policy.load(actor, "cases:basis:see", Basis, basis_id).case_id


def case_of_link(actor: Actor, link_id: UUID) -> UUID:
    """The case that a link starts from. Raises NotFound."""
    return policy.load(actor, "cases:case:see", CaseLink, link_id).case_id


def cases_before_the_law(person_id: UUID) -> int:
    """How many cases of a person have an accountability track that has not come to its end."""
    ids = Party.objects.filter(person_id=person_id).values("case_id")
    rows = Track.objects.filter(case_id__in=ids, kind=TrackKind.ACCOUNTABILITY)
    return rows.exclude(state__in=rules.TERMINAL[TrackKind.ACCOUNTABILITY]).count()


# ---- for counting: codes, days and ids, never a word; who may see the counts is asked by whoever shows them -----


@dataclass(frozen=True, slots=True)
class CountedCase:
    id: UUID
    office_id: UUID
    type: str
    reported_on: date
    opened_on: date
    closed_on: date | None
    closure_reason: str


@dataclass(frozen=True, slots=True)
class CountedParty:
    case_id: UUID
    person_id: UUID
    role: PartyRole
    left_on: date | None


def counted_cases(case_ids: Sequence[UUID]) -> list[CountedCase]:
    """What is counted of cases themselves. The type is the first that was noted. Cost: one query."""
    rows = Case.objects.filter(pk__in=case_ids).values_list(
        "id", "office_id", "types", "reported_on", "opened_at", "closed_at", "closure_reason"
    )
    return [
        CountedCase(
            id_, office, types[0] if types else "", reported, opened.date(), closed.date() if closed else None, reason
        )
        for id_, office, types, reported, opened, closed, reason in rows
    ]


def counted_parties(case_ids: Sequence[UUID]) -> list[CountedParty]:
    """Survivors and suspects of cases. Cost: one query."""
    wanted = Party.objects.filter(case_id__in=case_ids, role__in=(PartyRole.SURVIVOR, PartyRole.SUSPECT))
    rows = wanted.order_by("joined_on", "id").values_list("case_id", "person_id", "role", "left_on")
    return [CountedParty(case, person, PartyRole(role), left) for case, person, role, left in rows]


def counted_incidents(case_ids: Sequence[UUID]) -> list[tuple[UUID, UUID, str]]:
    """Case, survivor and partial date of each incident. Cost: one query."""
    return list(Incident.objects.filter(case_id__in=case_ids).values_list("case_id", "person_id", "began"))


def case_ids_after(last: UUID | None, limit: int) -> list[UUID]:
    """Ids of all cases in parts, in their order. Cost: one query by keyset."""
    rows = Case.objects.order_by("id") if last is None else Case.objects.filter(id__gt=last).order_by("id")
    return list(rows.values_list("id", flat=True)[:limit])


def visible_ids(actor: Actor) -> QuerySet[Case, dict[str, UUID]]:
    """The ids of the cases that somebody may see, as a part of another query."""
    return policy.visible(actor, "cases:case:see", Case.objects.all()).values("id")
