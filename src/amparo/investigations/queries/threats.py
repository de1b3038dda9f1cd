"""Threats: that there is one is for the whole team; where somebody is safe, for those who may know her address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.asking import OfCase, OfReader
from amparo.cases import queries as cases
from amparo.cases.queries import SURVIVOR_SIDE, CaseHead
from amparo.cases.words import PartyRole
from amparo.investigations.models import Threat, ThreatMeasure
from amparo.investigations.queries.lookups import who_may
from amparo.investigations.queries.words import MOST, due_said, room_crumbs, said_of, today, urgency_of
from amparo.investigations.words import (
    MEASURE_LABELS,
    THREAT_CLOSED_LABELS,
    THREAT_KIND_LABELS,
    THREAT_RISK_LABELS,
    THREAT_STATE_LABELS,
    THREATENER_LABELS,
    MeasureState,
    ThreatRisk,
    ThreatState,
)
from amparo.kernel.words import Compartment, Sight
from amparo.vault import sealing
from amparo.vault.prepared import DAY, ID
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.sheets import (
    Button,
    Code,
    Crumb,
    Empty,
    Fact,
    Name,
    Notice,
    Part,
    Row,
    Section,
    Sheet,
    Tag,
    Text,
    Tone,
    Urgent,
    Withheld,
)

SEE = "investigations:threat:see"
CHANGE = "investigations:threat:change"
_RISK_TONES: Mapping[str, Tone] = {ThreatRisk.HIGH: "danger", ThreatRisk.MEDIUM: "warn", ThreatRisk.LOW: ""}
_STATE_TONES: Mapping[str, Tone] = {ThreatState.OPEN: "warn", ThreatState.MITIGATED: "ok", ThreatState.CLOSED: ""}


def _may(actor: Actor, head: CaseHead) -> bool:
    return head.state != "closed" and policy.decide(actor, CHANGE, head.part(Compartment.NARRATIVE)).allowed


def _reads(actor: Actor, head: CaseHead, compartment: Compartment) -> bool:
    return policy.sight(actor, compartment, head.subject) is Sight.FULL


def _high(rows: QuerySet[Threat]) -> QuerySet[Threat]:
    """Those that can't wait."""
    still = rows.filter(state=ThreatState.OPEN, risk=ThreatRisk.HIGH)
    return still.select_related("person").order_by("-first_on", "-id")[:MOST]


_OF_CASE = OfCase(
    SEE, Threat, lambda rows: rows.select_related("person", "by_person").order_by("-first_on", "-id")[:MOST]
)
_HIGH_OF_CASE = OfCase(SEE, Threat, _high)
_HIGH = OfReader(CHANGE, Threat, _high)
_OWN_MEASURES = OfReader(
    CHANGE,
    ThreatMeasure,
    lambda rows, account_id, until: rows.filter(
        responsible_id=account_id, state=MeasureState.OPEN, due_on__lte=until
    ).order_by("due_on", "id")[:MOST],
    ID,
    DAY,
)


def _rows(actor: Actor, case_id: UUID) -> list[Threat]:
    found = cases.rows_of_case(actor, _OF_CASE, case_id)
    order = list(ThreatState)
    return sorted(found, key=lambda row: order.index(ThreatState(row.state)))


def _about(row: Threat) -> Part:
    return Code(row.person.code) if row.person else _("A colleague")


def _risk_tag(row: Threat) -> Tag:
    if row.state == ThreatState.CLOSED:
        return Tag(THREAT_STATE_LABELS[row.state])
    return Tag(str(THREAT_RISK_LABELS[row.risk]).partition(":")[0], _RISK_TONES[row.risk])


def threats_section(actor: Actor, head: CaseHead, most: int = MOST) -> Section | None:
    """Threats in short, for the room and the page of a case; None where the reader may not know of them."""
    if not policy.decide(actor, SEE, head.part(Compartment.NARRATIVE)).allowed:
        return None
    rows = _rows(actor, head.id)[:most]
    if rows:
        readings.opened(head.id, Compartment.NARRATIVE)
    add = reverse("investigations:report_threat", args=[head.id]) if _may(actor, head) else ""
    return Section(
        _("Threats and protection"),
        id="threats",
        rows=_threat_rows(rows),
        empty=Empty(_("No threat is known."), _("Write down a threat") if add else "", add),
        link_label=_("Write down a threat") if rows and add else "",
        link_url=add if rows else "",
    )


def _threat_rows(rows: Sequence[Threat]) -> tuple[Row, ...]:
    still: dict[UUID, int] = {}
    measures = ThreatMeasure.objects.filter(threat_id__in=[row.id for row in rows], state=MeasureState.OPEN)
    for threat in measures.values_list("threat_id", flat=True) if rows else ():
        still[threat] = still.get(threat, 0) + 1
    opened = sealing.open_rows(rows, "summary")
    return tuple(_threat_row(row, words, still.get(row.id, 0)) for row, words in zip(rows, opened, strict=True))


def _threat_row(row: Threat, words: sealing.Opened, still: int) -> Row:
    left = ngettext("one measure is open", "%(count)s measures are open", still) % {"count": still} if still else ""
    return Row(
        title=(_about(row), str(THREAT_KIND_LABELS[row.kind])),
        url=reverse("investigations:threat", args=[row.id]),
        when=said_of(row.happened),
        meta=" · ".join(filter(None, (str(THREAT_STATE_LABELS[row.state]), left))),
        lines=(Name(words.text("summary")),),
        tag=_risk_tag(row),
    )


def threat_notices(actor: Actor, case_id: UUID) -> tuple[Notice, ...]:
    """Each open threat of high risk, for the head of the case's page. Cost: two queries."""
    rows = cases.rows_of_case(actor, _HIGH_OF_CASE, case_id)
    if rows:
        readings.opened(case_id, Compartment.NARRATIVE)
    return tuple(
        Notice(
            (_about(row), "·", str(THREAT_KIND_LABELS[row.kind]), "·", Name(words.text("summary"))),
            "danger",
            _("There is an open threat of high risk."),
            Button(_("See the threat"), reverse("investigations:threat", args=[row.id]), tone="quiet"),
        )
        for row, words in zip(rows, sealing.open_rows(rows, "summary"), strict=True)
    )


def urgent_threats(actor: Actor) -> list[Urgent]:
    """Open threats of high risk in the actor's cases, for Today. Cost: four queries, none without the right."""
    if not policy.has(actor, CHANGE):
        return []
    found = _HIGH.rows(actor)
    heads = cases.heads(actor, [row.case_id for row in found]) if found else {}
    return [
        Urgent(
            id=f"threat-{row.id}",
            tag=Tag(_("Threat"), "danger"),
            remark=(Code(head.code, reverse("desk:case", args=[head.id])), said_of(row.happened)),
            title=(_about(row), Name(words.text("summary"))),
            links=(Button(_("See the threat"), reverse("investigations:threat", args=[row.id])),),
        )
        for row, words in zip(found, sealing.open_rows(found, "summary"), strict=True)
        if (head := heads.get(row.case_id)) is not None
    ]


# ---- one threat --------------------------------------------------------------------------------------------


def threat_page(actor: Actor, threat_id: UUID) -> Sheet:
    """One threat with its measures. Cost: about 15 queries."""
    row = policy.load(actor, SEE, Threat, threat_id)
    head = cases.case_head(actor, row.case_id)
    whole = _reads(actor, head, Compartment.NARRATIVE)
    readings.opened(head.id, Compartment.NARRATIVE)
    words = sealing.open_row(row, "summary", *(("account",) if whole else ()))
    may = _may(actor, head)
    return Sheet(
        title=(_("Threat"), _about(row)),
        crumbs=room_crumbs(head),
        code=Code(head.code, reverse("desk:case", args=[head.id])),
        kind=str(THREAT_KIND_LABELS[row.kind]),
        tags=(_risk_tag(row), Tag(THREAT_STATE_LABELS[row.state], _STATE_TONES[row.state])),
        lede=Name(words.text("summary")),
        buttons=_buttons(row, may),
        sections=(_measures_section(actor, head, row, may), _what_section(actor, head, row, words, whole)),
    )


def threat_crumbs(head: CaseHead, threat_id: UUID) -> tuple[Crumb, ...]:
    return (*room_crumbs(head), Crumb(_("Threat"), reverse("investigations:threat", args=[threat_id])))


def _buttons(row: Threat, may: bool) -> tuple[Button, ...]:
    if not may:
        return ()

    def to(name: str) -> str:
        return reverse(f"investigations:{name}", args=[row.id])

    assess = Button(_("Look at it again"), to("assess_threat"), "quiet")
    close = Button(_("Close it"), to("close_threat"), "quiet")
    back = Button(_("The danger is back"), to("reopen_threat"), "quiet", post=True)
    if row.state == ThreatState.OPEN:
        calmer = Button(_("Enough is done for now"), to("mitigate_threat"), "quiet", post=True)
        return (Button(_("Add a measure"), to("add_measure"), key="n"), calmer, assess, close)
    if row.state == ThreatState.MITIGATED:
        return (Button(_("Add a measure"), to("add_measure"), key="n"), back, assess, close)
    return (back,)


def _measures_section(actor: Actor, head: CaseHead, row: Threat, may: bool) -> Section:
    measures = list(ThreatMeasure.objects.filter(threat_id=row.id).order_by("state", "due_on", "id")[:MOST])
    measures.sort(key=lambda one: one.state != MeasureState.OPEN)
    knows = _reads(actor, head, Compartment.ADDRESS)
    if knows and measures:
        readings.opened(head.id, Compartment.ADDRESS)
    opened = sealing.open_rows(measures, "details") if knows else [None] * len(measures)
    names = access.names_of({one.responsible_id for one in measures})
    now = today()
    add = reverse("investigations:add_measure", args=[row.id])
    wanted = may and row.state != ThreatState.CLOSED
    return Section(
        _("What is done"),
        id="measures",
        rows=tuple(_measure_row(one, words, names, may, now) for one, words in zip(measures, opened, strict=True)),
        empty=Empty(_("Nothing is agreed yet."), _("Add a measure") if wanted else "", add if wanted else ""),
        withheld=() if knows else (Withheld(_("Where she or he is safe")),),
    )


def _measure_row(
    row: ThreatMeasure, words: sealing.Opened | None, names: Mapping[UUID, str], may: bool, now: date
) -> Row:
    is_open = row.state == MeasureState.OPEN
    said = {MeasureState.DONE: _("Done"), MeasureState.DROPPED: _("Dropped")}
    details = words.text("details") if words else ""
    lines: list[Text] = [Name(details)] if details else []
    if is_open and may:
        lines.append(Name(_("Not needed any more"), url=reverse("investigations:drop_measure", args=[row.id])))
    return Row(
        title=str(MEASURE_LABELS[row.kind]),
        when=due_said(row.due_on, now) if is_open else formats.near_day(row.ended_on or row.due_on, now),
        when_tone=urgency_of(row.due_on, now) if is_open else "",
        meta=(_("With"), Name(names.get(row.responsible_id, ""))),
        lines=tuple(lines),
        tag=None if is_open else Tag(said[MeasureState(row.state)], "ok" if row.state == MeasureState.DONE else ""),
        action_label=_("Done") if is_open and may else "",
        action_url=reverse("investigations:do_measure", args=[row.id]) if is_open and may else "",
        action_post=True,
    )


def _what_section(actor: Actor, head: CaseHead, row: Threat, words: sealing.Opened, whole: bool) -> Section:
    label = str(THREATENER_LABELS[row.by])
    named = row.by_person if row.by_person and _knows_suspects(actor, head.id, row.by_person_id) else None
    by: Text = (label, Code(named.code)) if named else label
    facts = [
        Fact(_("Who is threatened"), _about(row)),
        Fact(_("Who threatens"), by),
        Fact(_("When"), said_of(row.happened)),
        Fact(_("Danger"), str(THREAT_RISK_LABELS[row.risk])),
    ]
    if row.closed_on:
        closed = f"{formats.day(row.closed_on)} · {THREAT_CLOSED_LABELS[row.closed_as]}"
        facts.append(Fact(_("Closed"), closed))
    if whole and words.text("account"):
        facts.append(Fact(_("What happened"), Name(words.text("account"))))
    return Section(
        _("What is known"),
        id="known",
        column=2,
        facts=tuple(facts),
        withheld=() if whole else (Withheld(_("What happened")),),
    )


def _knows_suspects(actor: Actor, case_id: UUID, person_id: UUID | None) -> bool:
    return any(party.person_id == person_id for party in cases.parties(actor, case_id, [PartyRole.SUSPECT]))


# ---- forms -------------------------------------------------------------------------------------------------


def threatened_choices(actor: Actor, case_id: UUID) -> list[tuple[str, str]]:
    """Who of a case may be threatened, as choices of a form."""
    found = cases.parties(actor, case_id, SURVIVOR_SIDE)
    return list({str(party.person_id): party.code for party in found if party.left_on is None}.items())


@dataclass(frozen=True, slots=True)
class ThreatForm:
    head: CaseHead
    version: int
    reads_account: bool
    knows_address: bool
    values: Mapping[str, object]


def threat_for(actor: Actor, threat_id: UUID) -> ThreatForm:
    """A threat as its forms show it. Raises NotFound, Refused."""
    row = policy.load(actor, CHANGE, Threat, threat_id, seen_by=SEE)
    head = cases.case_head(actor, row.case_id)
    whole = _reads(actor, head, Compartment.NARRATIVE)
    readings.opened(head.id, Compartment.NARRATIVE)
    names = ("summary", *(("account",) if whole else ()))
    words = sealing.open_row(row, *names)
    values = {"risk": row.risk} | {name: words.text(name) for name in names}
    return ThreatForm(head, row.version, whole, _reads(actor, head, Compartment.ADDRESS), values)


def threat_of_measure(actor: Actor, measure_id: UUID) -> UUID:
    return policy.load(actor, SEE, ThreatMeasure, measure_id).threat_id


def _involved(case_id: UUID, office_id: UUID, permission: str) -> frozenset[UUID]:
    return access.supervisors_of(office_id) | who_may(case_id, permission).keys()


def whom_to_tell(case_id: UUID, office_id: UUID) -> frozenset[UUID]:
    """Who hears of a threat: those of the team who may know of it, and the office's supervisors."""
    return _involved(case_id, office_id, SEE)


def may_be_responsible(case_id: UUID, office_id: UUID) -> frozenset[UUID]:
    """Who can take on a measure: the team without partners from outside, and the office's supervisors."""
    return _involved(case_id, office_id, CHANGE)


def responsible_choices(head: CaseHead) -> list[tuple[str, str]]:
    names = access.names_of(may_be_responsible(head.id, head.office_id))
    return sorted(((str(key), name) for key, name in names.items()), key=lambda pair: pair[1])


# ---- for the desk ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MeasureDue:
    threat_id: UUID
    case_id: UUID
    on: date
    said: str


def measures_due(actor: Actor, until: date) -> list[MeasureDue]:
    """Measures that the actor is responsible for, up to a day. Cost: one query."""
    found = _OWN_MEASURES.rows(actor, actor.account_id, until)
    return [MeasureDue(row.threat_id, row.case_id, row.due_on, str(MEASURE_LABELS[row.kind])) for row in found]


def open_threats(case_id: UUID) -> list[UUID]:
    """Threats of a case that are not closed; for who closes the case."""
    rows = Threat.objects.filter(case_id=case_id).exclude(state=ThreatState.CLOSED)
    return list(rows.order_by("id").values_list("id", flat=True))


def open_measures(case_id: UUID) -> list[UUID]:
    """Measures of a case that are neither done nor dropped."""
    rows = ThreatMeasure.objects.filter(case_id=case_id, state=MeasureState.OPEN)
    return list(rows.order_by("id").values_list("id", flat=True))
