"""Requests to laboratories, what came back, and how long each laboratory takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy, readings
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.cases import queries as cases
from amparo.evidence import queries as evidence
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.kits.models import LabItem, LabRequest, LabResult, UsedKit
from amparo.kits.queries.reach import (
    ASK,
    COUNT,
    REQUEST,
    RESULT,
    facility_names,
    limits,
    load_request,
    today,
)
from amparo.kits.rules import requests
from amparo.kits.rules.turnaround import Span, Turnaround, turnaround
from amparo.kits.words import (
    ASK_LABELS,
    OUTCOME_LABELS,
    READER_LABELS,
    REJECTION_LABELS,
    REQUEST_LABELS,
    TEST_LABELS,
    Ask,
    Reader,
    RequestState,
)
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import (
    Button,
    Code,
    Crumb,
    Empty,
    Fact,
    Listing,
    Name,
    Row,
    Section,
    Sheet,
    Tag,
    Tone,
    Withheld,
)

MOST = 50
# Turnaround is asked of these last days: what was slow ten years ago says nothing about today.
_WINDOW_DAYS = 3 * 365
_TONES: dict[RequestState, Tone] = {RequestState.REPORTED: "ok", RequestState.REJECTED: "danger"}


def request_rows(rows: Sequence[LabRequest]) -> tuple[Row, ...]:
    """Requests as lines of a list; the caller has asked the policy. Cost: about seven queries for any number."""
    names = facility_names([row.laboratory_id for row in rows])
    now = today()
    return tuple(
        Row(
            title=Name(names.get(row.laboratory_id, "")),
            when=formats.near_day(row.ended_on or row.submitted_on or now, now),
            meta=(Code(row.code), "·", cases.labelled(TEST_LABELS, row.tests)),
            url=reverse("kits:request", args=[row.id]),
            tag=Tag(REQUEST_LABELS[row.state], _TONES.get(RequestState(row.state), "on")),
        )
        for row in rows
    )


def request_page(actor: Actor, request_id: UUID) -> Sheet:
    """The page of a request. Raises NotFound. Cost: about 25 queries."""
    row = load_request(actor, REQUEST, request_id)
    readings.opened(row.case_id, Compartment.EVIDENCE)
    state = RequestState(row.state)
    head = cases.heads(actor, [row.case_id]).get(row.case_id)
    names = facility_names([row.laboratory_id])
    late = _is_late(row)
    tags = [Tag(REQUEST_LABELS[state], _TONES.get(state, "on"))]
    if late:
        tags.append(Tag(_("The result is overdue"), "danger"))
    case = (
        ()
        if head is None
        else (
            Crumb(_("Cases"), reverse("cases:cases")),
            Crumb(head.code, reverse("desk:case", args=[head.id]), code=True),
        )
    )
    return Sheet(
        title=(_("Request to"), Name(names.get(row.laboratory_id, ""))),
        crumbs=(*case, Crumb(_("Kits"), reverse("kits:board"))),
        code=Code(row.code),
        tags=tuple(tags),
        lede_bold=_waited(row),
        sections=(_about(actor, row), *_acts(actor, row), *_results(actor, row)),
    )


def _is_late(row: LabRequest) -> bool:
    open_still = row.state in (RequestState.SUBMITTED, RequestState.RECEIVED, RequestState.IN_ANALYSIS)
    if not open_still or row.submitted_on is None:
        return False
    return today() > row.submitted_on + timedelta(days=limits().result)


def _waited(row: LabRequest) -> str:
    if row.submitted_on is None:
        return _("Not submitted yet.")
    days = ((row.ended_on or today()) - row.submitted_on).days
    length = formats.duration_days(days)
    if row.ended_on is None:
        return _("Waiting for %(length)s.") % {"length": length}
    return _("It took %(length)s.") % {"length": length}


def _about(actor: Actor, row: LabRequest) -> Section:
    # A custodian, the police and a prosecutor follow the request by its number; what it asks is the team's.
    works = policy.decide(actor, ASK, policy.subject_of(row)).allowed
    words = sealing.open_row(row, *(("question", "remark") if works else ()), "their_reference")
    facts = [Fact(_("Tests"), cases.labelled(TEST_LABELS, row.tests))]
    facts += [Fact(_("To examine"), part) for part in _things(actor, row)]
    if words.text("question"):
        facts.append(Fact(_("Question"), Name(words.text("question"))))
    days = (
        (_("Submitted"), row.submitted_on),
        (_("Received there"), row.received_on),
        (_("Analysis began"), row.begun_on),
        (_("Answered"), row.ended_on),
    )
    facts += [Fact(label, formats.day(day)) for label, day in days if day is not None]
    if words.text("their_reference"):
        facts.append(Fact(_("Their number"), Code(words.text("their_reference")), dir_auto=False))
    if row.rejection:
        facts.append(Fact(_("Rejected because"), REJECTION_LABELS[row.rejection]))
    if words.text("remark"):
        facts.append(Fact(_("Remark"), Name(words.text("remark"))))
    withheld = () if works else (Withheld(_("What the laboratory is asked to find out")),)
    return Section(_("What was asked"), id="about", facts=tuple(facts), withheld=withheld)


def _things(actor: Actor, row: LabRequest) -> list[Code]:
    found = []
    if row.used_id is not None:
        kit_id, code = UsedKit.objects.filter(pk=row.used_id).values_list("kit_id", "code").get()
        found.append(Code(code, reverse("kits:kit", args=[kit_id])))
    wanted = set(LabItem.objects.filter(request_id=row.id).values_list("item_id", flat=True))
    if wanted:
        lines = [line for line in evidence.items_of_case(actor, row.case_id) if line.id in wanted]
        found += [Code(line.code, reverse("evidence:item", args=[line.id])) for line in lines]
    return found


def _acts(actor: Actor, row: LabRequest) -> tuple[Section, ...]:
    if not policy.decide(actor, ASK, policy.subject_of(row)).allowed:
        return ()
    possible = requests.possible(RequestState(row.state))
    if not possible:
        return ()
    buttons: list[Button] = []
    for ask in possible:
        name = "result" if ask is Ask.REPORT else "move"
        args = [row.id] if ask is Ask.REPORT else [row.id, ask.value]
        buttons.append(Button(ASK_LABELS[ask], reverse(f"kits:{name}", args=args), "quiet" if buttons else ""))
    return (Section(_("What can follow"), id="acts", column=2, buttons=tuple(buttons)),)


def _results(actor: Actor, row: LabRequest) -> tuple[Section, ...]:
    """What the laboratory found, by compartment: each reader is shown what is written for her."""
    subject = Subject(office=row.office_id, cases=frozenset([row.case_id]))
    seen = [reader for reader in Reader if _sees(actor, subject, reader)]
    rows = list(LabResult.objects.filter(request_id=row.id, level__in=seen).order_by("-on", "-id"))
    opened = sealing.open_rows(rows, "outcome", "words")
    for level in {one.level for one in rows}:
        readings.opened(row.case_id, Compartment(level))
    now = today()
    lines = tuple(
        Row(
            when=formats.near_day(one.on, now),
            title=OUTCOME_LABELS[words.text("outcome")],
            lines=(Name(words.text("words")),) if words.text("words") else (),
            meta=READER_LABELS[one.level],
        )
        for one, words in zip(rows, opened, strict=True)
    )
    hidden = tuple(Withheld(READER_LABELS[reader]) for reader in Reader if reader not in seen)
    return (
        Section(
            _("What the laboratory reported"),
            id="results",
            rows=lines,
            withheld=hidden,
            empty=Empty(_("Nothing that is written for you yet.")) if seen else None,
        ),
    )


def _sees(actor: Actor, subject: Subject, reader: Reader) -> bool:
    level = Subject(office=subject.office, cases=subject.cases, level=Compartment(reader.value))
    return policy.decide(actor, RESULT, level).allowed


def readers_for(actor: Actor, request_id: UUID) -> list[Reader]:
    """For whom this actor may record a report: only what she would be shown herself."""
    row = load_request(actor, ASK, request_id)
    subject = Subject(office=row.office_id, cases=frozenset([row.case_id]))
    return [reader for reader in Reader if _sees(actor, subject, reader)]


# ---- turnaround --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Laboratory:
    """One laboratory: its numbers, and the places of its drawing in percent of the longest; bars start at `x`."""

    name: str
    result: Turnaround
    median_said: str
    longest_said: str
    x: float
    width: float
    longest_x: float
    is_late: bool


@dataclass(frozen=True, slots=True)
class Laboratories:
    listing: Listing
    lines: tuple[Laboratory, ...]
    allowed: str
    allowed_x: float


def laboratories(actor: Actor) -> Laboratories:
    """How long each laboratory takes, of the requests of the last three years that the actor may count.

    Cost: ten queries, and one row for each request.
    """
    counts = policy.has(actor, COUNT)
    if not (counts or policy.has(actor, REQUEST)):
        raise NotFound(permission=REQUEST)
    now = today()
    rows = policy.visible(actor, REQUEST, LabRequest.objects.all())
    if counts:
        rows = rows | policy.visible(actor, COUNT, LabRequest.objects.all())
    rows = rows.filter(submitted_on__gte=now - timedelta(days=_WINDOW_DAYS))
    spans = _spans(list(rows.order_by().values_list("laboratory_id", "submitted_on", "ended_on", "state")), now)
    names = facility_names(list(spans))
    allowed = limits().result
    return _drawn({names.get(key, ""): turnaround(found) for key, found in spans.items()}, allowed)


def _spans(rows: Sequence[tuple[UUID, date | None, date | None, str]], now: date) -> dict[UUID, list[Span]]:
    """Days by laboratory; a rejected request counts until its day as one that was not answered."""
    found: dict[UUID, list[Span]] = {}
    for laboratory, submitted, ended, state in rows:
        span = Span(max(0, ((ended or now) - (submitted or now)).days), state == RequestState.REPORTED)
        found.setdefault(laboratory, []).append(span)
    return found


def _drawn(found: dict[str, Turnaround], allowed: int) -> Laboratories:
    top = max(
        [allowed, *(one.median or 0 for one in found.values()), *(one.longest_open or 0 for one in found.values())]
    )
    rtl = formats.is_rtl()
    lines = [
        Laboratory(
            name=name,
            result=one,
            median_said=formats.duration_days(one.median) if one.median is not None else "",
            longest_said=formats.duration_days(one.longest_open) if one.longest_open is not None else "",
            x=_at(top - (one.median or 0), top) if rtl else 0.0,
            width=_at(one.median or 0, top),
            longest_x=_at(top - (one.longest_open or 0) if rtl else one.longest_open or 0, top),
            is_late=(one.median or 0) > allowed,
        )
        for name, one in sorted(found.items(), key=lambda pair: pair[0].casefold())
    ]
    listing = Listing(
        title=_("How long laboratories take"),
        crumbs=(Crumb(_("Kits"), reverse("kits:board")),),
        empty=Empty(_("No request was submitted in the last three years.")),
    )
    return Laboratories(
        listing, tuple(lines), formats.duration_days(allowed), _at(top - allowed if rtl else allowed, top)
    )


def _at(days: int, whole: int) -> float:
    return round(100 * days / whole, 2)
