"""Every read of investigations: the room of a case, what is due, and marks for the drawn case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.moments import Due, Moment
from amparo.cases.queries import CaseHead
from amparo.cases.words import PartyRole, TrackKind
from amparo.investigations import rules
from amparo.investigations.models import Lead, OfficialContact, Outcome, Relief, Restraint, SuspectStatus
from amparo.investigations.rules import StatusEvent
from amparo.investigations.words import (
    AGENCY_LABELS,
    ATTRIBUTION_LABELS,
    CONTACT_LABELS,
    LEAD_LABELS,
    LEAD_OUTCOME_LABELS,
    OUTCOME_STATE_LABELS,
    RELIEVED_LABELS,
    RESTRAINED_LABELS,
    SOURCE_LABELS,
    STATUS_LABELS,
    Agency,
    Labels,
    LeadState,
    OutcomeState,
    Status,
)
from amparo.kernel import clock
from amparo.kernel.dates import PartialDate
from amparo.kernel.recall import once
from amparo.kernel.words import Compartment, Sight
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import (
    Button,
    Code,
    Crumb,
    Empty,
    Name,
    Row,
    Section,
    Sheet,
    Tag,
    Text,
    Tone,
    Urgency,
    Withheld,
)

if TYPE_CHECKING:
    from amparo.web.sheets import Part

MOST = 200
# Today shows so many of a kind that wait; the next ones come up as these are decided.
AT_ONCE = 6
SOON_DAYS = 7

_STATE_TONES: Mapping[str, Tone] = {
    OutcomeState.PROVISIONAL: "warn",
    OutcomeState.VERIFIED: "ok",
    OutcomeState.WITHDRAWN: "",
}
_STATUS_TONES: Mapping[str, Tone] = {
    Status.SOUGHT: "warn",
    Status.ABSCONDED: "danger",
    Status.BAILED: "warn",
    Status.ARRESTED: "on",
    Status.RESTRAINED: "on",
    Status.CHARGED: "on",
    Status.CONVICTED: "on",
}
_MARKED = {Status.IDENTIFIED, Status.ARRESTED, Status.RESTRAINED, Status.BAILED, Status.ABSCONDED}


def today() -> date:
    """The present day where the reader works."""
    return clock.now().astimezone(timezone.get_current_timezone()).date()


def crumbs(head: CaseHead) -> tuple[Crumb, ...]:
    return (
        Crumb(_("Cases"), reverse("cases:cases")),
        Crumb(head.code, reverse("desk:case", args=[head.id]), code=True),
    )


def room_crumbs(head: CaseHead) -> tuple[Crumb, ...]:
    return (*crumbs(head), Crumb(_("Investigation"), reverse("investigations:room", args=[head.id])))


def _said(happened: str) -> str:
    return formats.partial_date(PartialDate.parse(happened))


def _urgency(due: date | None, now: date) -> Urgency:
    if due is None:
        return ""
    if due < now:
        return "late"
    return "soon" if due <= now + timedelta(days=SOON_DAYS) else ""


def _due_said(due: date | None, now: date) -> str:
    if due is None:
        return _("no day")
    if due < now:
        late = (now - due).days
        return ngettext("%(count)s day late", "%(count)s days late", late) % {"count": late}
    return formats.near_day(due, now)


# ---- what others and forms need ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """What the dates of a case's incidents are compared with."""

    person_id: UUID
    code: str
    began: PartialDate
    minor: bool | None


def incident_facts(actor: Actor, case_id: UUID) -> list[IncidentFacts]:
    """Dates of the incidents that the actor may know of, for comparing; no words of them are shown."""
    with readings.collecting():
        found = cases.incidents(actor, case_id)
    return [IncidentFacts(i.person_id, i.code, PartialDate.parse(i.began), i.minor) for i in found]


def people_of(actor: Actor, case_id: UUID, role: PartyRole) -> list[tuple[str, str]]:
    """Ids and codes of the people who have a part in a case now, as choices of a form."""
    found = cases.parties(actor, case_id, [role])
    return [(str(party.person_id), party.code) for party in found if party.left_on is None]


def team_choices(case_id: UUID) -> list[tuple[str, str]]:
    """Colleagues on the team as choices; the caller has asked the policy for the case."""
    return [(str(key), name) for key, name in {m.account_id: m.name for m in access.team_of(case_id)}.items()]


def head_for(actor: Actor, permission: str, case_id: UUID, level: Compartment | None = None) -> CaseHead:
    """The case for a form that makes something in it. Raises NotFound, Refused."""
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, permission, head.part(level) if level else head.subject)
    return head


def events_of(case_id: UUID) -> dict[UUID, list[StatusEvent]]:
    """Every suspect's status events in a case, oldest first; the caller has asked the policy."""
    found: dict[UUID, list[StatusEvent]] = {}
    for row in SuspectStatus.objects.filter(case_id=case_id).order_by("first_on", "id"):
        found.setdefault(row.person_id, []).append(_event(row))
    return found


def _event(row: SuspectStatus) -> StatusEvent:
    return StatusEvent(Status(row.status), PartialDate.parse(row.happened))


def standings(actor: Actor, case_id: UUID) -> dict[UUID, tuple[Status, str]]:
    """How each suspect stands now, with the label, as far as the actor may see. Cost: one query."""
    rows = cases.in_case(
        actor, "investigations:suspect:see", SuspectStatus.objects.filter(case_id=case_id), case_id
    ).order_by("first_on", "id")
    events: dict[UUID, list[StatusEvent]] = {}
    for row in rows:
        events.setdefault(row.person_id, []).append(_event(row))
    return {
        person: (now, str(STATUS_LABELS[now])) for person, found in events.items() if (now := rules.standing(found))
    }


def persons_relieved(actor: Actor, since: date, until: date) -> list[UUID]:
    """People whose first relief fell into a period and is verified: each counts once, in one period."""
    return _counted(policy.visible(actor, "investigations:outcome:see", Relief.objects.all()), since, until)


def persons_restrained(actor: Actor, since: date, until: date) -> list[UUID]:
    """Suspects whose first restraint fell into a period and is verified: each counts once, in one period."""
    return _counted(policy.visible(actor, "investigations:outcome:see", Restraint.objects.all()), since, until)


def _counted(rows: Iterable[Outcome], since: date, until: date) -> list[UUID]:
    verified = [row for row in rows if row.state == OutcomeState.VERIFIED]
    return [row.person_id for row in rules.counted_once(verified) if since <= row.first_on <= until]


def outcome_states(outcome_ids: Iterable[UUID]) -> dict[UUID, OutcomeState]:
    """How each relief or restraint stands; the caller has asked the policy for what they came of. Cost: two queries."""
    wanted = set(outcome_ids)
    rows = [
        *Relief.objects.filter(pk__in=wanted).values_list("id", "state"),
        *Restraint.objects.filter(pk__in=wanted).values_list("id", "state"),
    ]
    return {key: OutcomeState(state) for key, state in rows}


@dataclass(frozen=True, slots=True)
class LeadForm:
    head: CaseHead
    version: int
    values: Mapping[str, object]
    is_open: bool


def lead_for(actor: Actor, permission: str, lead_id: UUID) -> LeadForm:
    """A lead as its form shows it. Raises NotFound, Refused."""
    row = policy.load(actor, permission, Lead, lead_id, seen_by="investigations:lead:see")
    words = sealing.open_row(row, "title", "question", "result")
    readings.opened(row.case_id, Compartment.INVESTIGATION)
    values = {
        "kind": row.kind,
        "title": words.text("title"),
        "question": words.text("question"),
        "result": words.text("result"),
        "assigned_id": str(row.assigned_id),
        "due_on": row.due_on,
        "outcome": row.outcome,
    }
    return LeadForm(cases.case_head(actor, row.case_id), row.version, values, row.state == LeadState.OPEN)


def outcome_head(actor: Actor, permission: str, kind: str, outcome_id: UUID) -> CaseHead:
    """The case of a relief or restraint. Raises NotFound, Refused."""
    model: type[Outcome] = Relief if kind == "relief" else Restraint
    row = policy.load(actor, permission, model, outcome_id, seen_by="investigations:outcome:see")
    return cases.case_head(actor, row.case_id)


def contact_head(actor: Actor, contact_id: UUID) -> CaseHead:
    row = policy.load(actor, "investigations:official:see", OfficialContact, contact_id)
    return cases.case_head(actor, row.case_id)


# ---- the room of a case ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Rights:
    """What this reader may do on this case, asked once."""

    leads: bool
    suspects: bool
    outcomes: bool
    verifies: bool
    officials: bool


def _rights(actor: Actor, head: CaseHead) -> _Rights:
    def may(permission: str, level: Compartment | None = None) -> bool:
        return policy.decide(actor, permission, head.part(level) if level else head.subject).allowed

    return _Rights(
        leads=may("investigations:lead:change", Compartment.INVESTIGATION),
        suspects=may("investigations:suspect:change", Compartment.SUSPECT),
        outcomes=may("investigations:outcome:record"),
        verifies=may("investigations:outcome:verify"),
        officials=may("investigations:official:record"),
    )


def room(actor: Actor, case_id: UUID) -> Sheet:
    """The page of a case's investigation. Cost: about 20 queries."""
    head = cases.case_head(actor, case_id)
    rights = _rights(actor, head)
    leads = _leads(actor, head, rights)
    return Sheet(
        title=_("Investigation"),
        crumbs=crumbs(head),
        code=Code(head.code, reverse("desk:case", args=[head.id])),
        kind=Name(head.title),
        lede_bold=_lede(actor, head),
        buttons=_room_buttons(head, rights),
        sections=(
            leads,
            _suspects(actor, head, rights),
            _outcomes(actor, head, rights, Relief),
            _outcomes(actor, head, rights, Restraint),
            _officials(actor, head, rights),
        ),
    )


def _lede(actor: Actor, head: CaseHead) -> str:
    rows = list(cases.in_case(actor, "investigations:lead:see", Lead.objects.filter(case_id=head.id), head.id))
    still = [row for row in rows if row.state == LeadState.OPEN]
    late = sum(1 for row in still if row.due_on and row.due_on < today())
    if not still:
        return ""
    if not late:
        return ngettext("%(count)s lead is open.", "%(count)s leads are open.", len(still)) % {"count": len(still)}
    return ngettext(
        "%(count)s lead is open, %(late)s late.", "%(count)s leads are open, %(late)s late.", len(still)
    ) % {"count": len(still), "late": late}


def _room_buttons(head: CaseHead, rights: _Rights) -> tuple[Button, ...]:
    found = []
    if rights.leads:
        found.append(Button(_("Open a lead"), reverse("investigations:open_lead", args=[head.id]), key="n"))
    if rights.outcomes:
        found.append(Button(_("Record relief"), reverse("investigations:record_relief", args=[head.id]), "quiet"))
    return tuple(found)


def _leads(actor: Actor, head: CaseHead, rights: _Rights) -> Section:
    rows = list(
        cases.in_case(actor, "investigations:lead:see", Lead.objects.filter(case_id=head.id), head.id).order_by(
            "-state", "due_on", "-id"
        )[:MOST]
    )
    sight = policy.sight(actor, Compartment.INVESTIGATION, head.subject)
    if sight < Sight.PARTIAL:
        return Section(_("Leads"), id="leads", withheld=(Withheld(_("Leads")),))
    if rows:
        readings.opened(head.id, Compartment.INVESTIGATION)
    columns = ("title", "question", "result") if sight is Sight.FULL else ("title",)
    names = access.names_of(row.assigned_id for row in rows)
    opened = sealing.open_rows(rows, *columns)
    now = today()
    lines = tuple(_lead_row(row, words, names, rights, now) for row, words in zip(rows, opened, strict=True))
    return Section(
        _("Leads"),
        id="leads",
        rows=lines,
        empty=_empty(_("No lead is open."), _("Open a lead"), "open_lead", head, rights.leads),
        link_label=_("Open a lead") if rights.leads and lines else "",
        link_url=reverse("investigations:open_lead", args=[head.id]) if rights.leads and lines else "",
    )


def _empty(sentence: str, label: str, name: str, head: CaseHead, may: bool) -> Empty:
    if not may:
        return Empty(sentence)
    return Empty(sentence, label, reverse(f"investigations:{name}", args=[head.id]))


def _lead_row(row: Lead, words: sealing.Opened, names: Mapping[UUID, str], rights: _Rights, now: date) -> Row:
    who = names.get(row.assigned_id, "")
    is_open = row.state == LeadState.OPEN
    parts = [words.text("question") if is_open else words.text("result")]
    kind = str(LEAD_LABELS[row.kind])
    meta = _("%(kind)s. With %(name)s.") % {"kind": kind, "name": who} if is_open else kind
    action = "close_lead" if is_open else "reopen_lead"
    return Row(
        title=Name(words.text("title") or kind),
        url=reverse("investigations:change_lead", args=[row.id]) if rights.leads and is_open else "",
        when=_due_said(row.due_on, now) if is_open else _("closed"),
        when_tone=_urgency(row.due_on, now) if is_open else "",
        meta=meta,
        lines=tuple(part for part in parts if part),
        tag=None if is_open else Tag(LEAD_OUTCOME_LABELS.get(row.outcome, ""), "ok" if row.outcome == "found" else ""),
        action_label=(_("Close") if is_open else _("Open again")) if rights.leads else "",
        action_url=reverse(f"investigations:{action}", args=[row.id]) if rights.leads else "",
        action_post=not is_open,
    )


def _statuses(actor: Actor, case_id: UUID) -> list[SuspectStatus]:
    rows = cases.in_case(actor, "investigations:suspect:see", SuspectStatus.objects.filter(case_id=case_id), case_id)
    return once("statuses", (actor.account_id, case_id), lambda: list(rows.order_by("first_on", "id")))


def _suspects(actor: Actor, head: CaseHead, rights: _Rights) -> Section:
    sight = policy.sight(actor, Compartment.SUSPECT, head.subject)
    if sight < Sight.PARTIAL:
        return Section(_("Suspects"), id="suspects", withheld=(Withheld(_("Suspects")),))
    people = cases.parties(actor, head.id, [PartyRole.SUSPECT])
    if people:
        readings.opened(head.id, Compartment.SUSPECT)
    rows = _statuses(actor, head.id)
    opened = sealing.open_rows(rows, "conditions", "remark") if sight is Sight.FULL else [None] * len(rows)
    by_person: dict[UUID, list[tuple[SuspectStatus, sealing.Opened | None]]] = {}
    for row, words in zip(rows, opened, strict=True):
        by_person.setdefault(row.person_id, []).append((row, words))
    lines = tuple(
        _suspect_row(head, party.person_id, party.code, by_person.get(party.person_id, []), rights) for party in people
    )
    return Section(
        _("Suspects"),
        id="suspects",
        column=2,
        rows=lines,
        empty=Empty(_("No suspect is known yet.")),
        remark=_("Convicted and acquitted follow from the verdict. Restrained otherwise is not arrested."),
    )


def _suspect_row(
    head: CaseHead,
    person_id: UUID,
    code: str,
    events: Sequence[tuple[SuspectStatus, sealing.Opened | None]],
    rights: _Rights,
) -> Row:
    now = rules.standing([_event(row) for row, _words in events])
    lines: list[Text] = []
    for row, words in events:
        line = _("%(date)s: %(status)s. Source: %(source)s.") % {
            "date": _said(row.happened),
            "status": STATUS_LABELS[row.status],
            "source": SOURCE_LABELS[row.source],
        }
        parts: list[Part] = [line]
        if row.flagged:
            parts.append(_("This lies before every known incident."))
        if words:
            parts += [Name(text) for text in (words.text("conditions"), words.text("remark")) if text]
        lines.append(tuple(parts))
    return Row(
        title=Code(code),
        when_tag=Tag(STATUS_LABELS[now], _STATUS_TONES.get(now, "")) if now else Tag(_("Nothing known")),
        lines=tuple(lines),
        action_label=_("Add") if rights.suspects else "",
        action_url=reverse("investigations:record_status", args=[head.id, person_id]) if rights.suspects else "",
    )


def _outcomes(actor: Actor, head: CaseHead, rights: _Rights, model: type[Relief] | type[Restraint]) -> Section:
    is_relief = model is Relief
    title = _("Relief") if is_relief else _("Restraint of suspects")
    permission = "investigations:outcome:see"
    if not policy.decide(actor, permission, head.subject).allowed:
        return Section(title, withheld=(Withheld(title),))
    rows = _outcome_rows(actor, model, head.id)
    roles = [PartyRole.SURVIVOR] if is_relief else [PartyRole.SUSPECT]
    codes = {party.person_id: party.code for party in cases.parties(actor, head.id, roles)}
    names = access.names_of(row.verified_by for row in rows if row.verified_by)
    name = "relief" if is_relief else "restraint"
    lines = tuple(_outcome_row(actor, row, codes.get(row.person_id, ""), names, rights, name) for row in rows)
    label = _("Record relief") if is_relief else _("Record a restraint")
    sentence = _("No relief is recorded.") if is_relief else _("No restraint is recorded.")
    return Section(
        title,
        id=name,
        column=1 if is_relief else 2,
        rows=lines,
        empty=_empty(sentence, label, f"record_{name}", head, rights.outcomes),
        link_label=label if rights.outcomes and lines else "",
        link_url=reverse(f"investigations:record_{name}", args=[head.id]) if rights.outcomes and lines else "",
    )


def _outcome_rows(actor: Actor, model: type[Relief] | type[Restraint], case_id: UUID) -> list[Outcome]:
    rows: QuerySet[Relief] | QuerySet[Restraint] = (
        cases.in_case(actor, "investigations:outcome:see", Relief.objects.filter(case_id=case_id), case_id)
        if model is Relief
        else cases.in_case(actor, "investigations:outcome:see", Restraint.objects.filter(case_id=case_id), case_id)
    )
    return list(rows.order_by("first_on", "id")[:MOST])


def _how_labels(kind: str) -> Labels:
    return RELIEVED_LABELS if kind == "relief" else RESTRAINED_LABELS


def _outcome_row(actor: Actor, row: Outcome, code: str, names: Mapping[UUID, str], rights: _Rights, kind: str) -> Row:
    may_verify = rights.verifies and row.state == OutcomeState.PROVISIONAL and row.recorded_by != actor.account_id
    may_withdraw = rights.verifies and row.state == OutcomeState.VERIFIED
    meta = str(ATTRIBUTION_LABELS[row.attribution])
    if row.verified_by and row.verified_on:
        meta = _("%(attribution)s. Verified by %(name)s on %(day)s.") % {
            "attribution": meta,
            "name": names.get(row.verified_by, ""),
            "day": formats.day(row.verified_on),
        }
    label: str | Promise = _("Verify") if may_verify else _("Withdraw") if may_withdraw else ""
    name = "verify" if may_verify else "withdraw" if may_withdraw else ""
    return Row(
        title=(Code(code), _how_labels(kind)[row.how]),
        when=_said(row.happened),
        meta=meta,
        lines=(_("This lies before every known incident. It is kept; please look at both dates."),)
        if row.flagged
        else (),
        tag=Tag(OUTCOME_STATE_LABELS[row.state], _STATE_TONES[row.state]),
        action_label=label,
        action_url=reverse(f"investigations:{name}", args=[kind, row.id]) if name else "",
    )


def told_of_official(actor: Actor, official_id: UUID, person_id: UUID | None) -> list[Section]:
    """Contacts with an official in cases that the reader may see: day, kind and agency, never about whom.

    For the official's own record, which she or he may ask to read. Cost: one query.
    """
    if person_id is None:
        return []
    rows = list(
        policy.visible(
            actor, "investigations:official:see", OfficialContact.objects.filter(official_id=person_id)
        ).order_by("-on", "-id")[:MOST]
    )
    lines = tuple(
        Row(
            title=str(CONTACT_LABELS[row.kind]),
            when=formats.near_day(row.on, today()),
            meta=str(AGENCY_LABELS[row.agency_kind]),
        )
        for row in rows
    )
    return [Section(_("Contacts in cases"), "contacts", 2, rows=lines, empty=Empty(_("No contact is recorded.")))]


def _officials(actor: Actor, head: CaseHead, rights: _Rights) -> Section:
    title = _("Contacts with officials")
    if not policy.decide(actor, "investigations:official:see", head.subject).allowed:
        return Section(title, withheld=(Withheld(title),))
    rows = list(
        cases.in_case(actor, "investigations:official:see", OfficialContact.objects.filter(case_id=head.id), head.id)
        .select_related("official")
        .order_by("-on", "-id")[:MOST]
    )
    opened = sealing.open_rows(rows, "name", "agency", "agreed", "next_step")
    now = today()
    return Section(
        title,
        id="officials",
        column=1,
        rows=tuple(_contact_row(row, words, rights, now) for row, words in zip(rows, opened, strict=True)),
        empty=_empty(_("No contact is recorded."), _("Record a contact"), "record_contact", head, rights.officials),
        link_label=_("Record a contact") if rights.officials and rows else "",
        link_url=reverse("investigations:record_contact", args=[head.id]) if rights.officials and rows else "",
    )


def _contact_row(row: OfficialContact, words: sealing.Opened, rights: _Rights, now: date) -> Row:
    lines = [words.text("agreed")]
    step = words.text("next_step")
    is_open = bool(step) and row.next_done_on is None
    if step:
        by = _due_said(row.next_on, now)
        lines.append(
            _("Next: %(step)s (%(day)s)") % {"step": step, "day": by}
            if is_open
            else _("Done: %(step)s") % {"step": step}
        )
    name = Code(row.official.code) if row.official else Name(words.text("name"))
    agency = words.text("agency") or str(AGENCY_LABELS[row.agency_kind])
    return Row(
        title=(name, Name(agency)),
        when=formats.near_day(row.on, now),
        meta=str(CONTACT_LABELS[row.kind]),
        lines=tuple(line for line in lines if line),
        action_label=_("Done") if is_open and rights.officials else "",
        action_url=reverse("investigations:step_done", args=[row.id]) if is_open and rights.officials else "",
        action_post=True,
    )


# ---- for the case page and for Today -----------------------------------------------------------------------


def marks_of_case(actor: Actor, case_id: UUID) -> list[Moment]:
    """Relief, and what happened to suspects, as marks on the drawn case. Cost: four queries."""
    url = reverse("investigations:room", args=[case_id])
    reliefs = [row for row in _outcome_rows(actor, Relief, case_id) if row.state != OutcomeState.WITHDRAWN]
    marks = [
        Moment(
            TrackKind.RELIEF,
            row.first_on,
            _("relief"),
            _("%(how)s, %(state)s") % {"how": RELIEVED_LABELS[row.how], "state": OUTCOME_STATE_LABELS[row.state]},
            "decision" if row.state == OutcomeState.VERIFIED else "done",
            f"{url}#relief",
        )
        for row in reliefs
    ]
    rows = [row for row in _statuses(actor, case_id) if row.status in _MARKED]
    marks += [
        Moment(
            TrackKind.ACCOUNTABILITY,
            row.first_on,
            str(STATUS_LABELS[row.status]).lower(),
            _("Suspect: %(status)s") % {"status": STATUS_LABELS[row.status]},
            "done",
            f"{url}#suspects",
            wide=False,
        )
        for row in rows[:MOST]
    ]
    return marks


def sections_of_case(actor: Actor, case_id: UUID) -> list[Section]:
    """Suspects with their status, and open leads in short, for the page of a case."""
    head = cases.case_head(actor, case_id)
    none = _Rights(False, False, False, False, False)
    url = reverse("investigations:room", args=[case_id])
    found = []
    for section, label in (
        (_suspects(actor, head, none), _("Investigation")),
        (_leads(actor, head, none), _("All leads")),
    ):
        short = tuple(
            Row(
                title=row.title,
                when=row.when,
                when_tone=row.when_tone,
                when_tag=row.when_tag,
                meta=row.meta,
                tag=row.tag,
            )
            for row in section.rows[:5]
        )
        found.append(
            Section(
                section.title,
                id=section.id,
                column=2,
                rows=short,
                empty=section.empty,
                withheld=section.withheld,
                link_label="" if section.withheld else label,
                link_url="" if section.withheld else url,
            )
        )
    return found


def due_for(actor: Actor, until: date) -> list[Due]:
    """Her own leads and agreed next steps that are due by a day. Cost: six queries."""
    leads = list(
        policy.visible(
            actor,
            "investigations:lead:see",
            Lead.objects.filter(assigned_id=actor.account_id, state=LeadState.OPEN, due_on__lte=until),
        ).order_by("due_on", "id")[:MOST]
    )
    steps = list(
        policy.visible(
            actor,
            "investigations:official:record",
            OfficialContact.objects.filter(
                created_by=actor.account_id, next_on__lte=until, next_done_on=None, next_step__isnull=False
            ),
        ).order_by("next_on", "id")[:MOST]
    )
    heads = cases.heads(actor, [*(row.case_id for row in leads), *(row.case_id for row in steps)])
    now = today()
    found = [
        _due(row.due_on, words.text("title"), heads.get(row.case_id), "#leads", _("Lead"), now)
        for row, words in zip(leads, sealing.open_rows(leads, "title"), strict=True)
    ]
    found += [
        _due(
            row.next_on,
            words.text("next_step"),
            heads.get(row.case_id),
            "#officials",
            _("Agreed with an official"),
            now,
        )
        for row, words in zip(steps, sealing.open_rows(steps, "next_step"), strict=True)
    ]
    return [due for due in found if due is not None]


def _due(on: date | None, title: str, head: CaseHead | None, part: str, what: str, now: date) -> Due | None:
    if head is None:
        return None
    url = reverse("investigations:room", args=[head.id])
    meta: Text = (what, Code(head.code))
    return Due(on, Name(title), meta, f"{url}{part}", _("Open"), _urgency(on, now), head.id)


def waiting_for(actor: Actor) -> list[Due]:
    """The oldest relief and restraint that wait for verification by this reader; others follow. Cost: three queries."""
    if not policy.has(actor, "investigations:outcome:verify"):
        return []
    reliefs = policy.visible(
        actor, "investigations:outcome:verify", Relief.objects.filter(state=OutcomeState.PROVISIONAL)
    ).exclude(recorded_by=actor.account_id)
    restraints = policy.visible(
        actor, "investigations:outcome:verify", Restraint.objects.filter(state=OutcomeState.PROVISIONAL)
    ).exclude(recorded_by=actor.account_id)
    waiting: list[tuple[Outcome, str, str]] = [
        (row, "relief", _("Verify a relief")) for row in reliefs.order_by("created_at")[:AT_ONCE]
    ]
    waiting += [(row, "restraint", _("Verify a restraint")) for row in restraints.order_by("created_at")[:AT_ONCE]]
    heads = cases.heads(actor, [row.case_id for row, _kind, _label in waiting])
    return [
        Due(
            None,
            label,
            (
                _("recorded %(day)s") % {"day": formats.near_day(row.created_at.date(), today())},
                Code(head.code),
            ),
            reverse("investigations:verify", args=[kind, row.id]),
            _("Verify"),
            case_id=row.case_id,
        )
        for row, kind, label in waiting
        if (head := heads.get(row.case_id)) is not None
    ]


# ---- for counting: codes, days and ids, never a word; who may see the counts is asked by whoever shows them -----


@dataclass(frozen=True, slots=True)
class CountedOutcome:
    """A relief or a restraint that was not withdrawn."""

    id: UUID
    case_id: UUID
    person_id: UUID
    on: date
    how: str
    attribution: str
    is_verified: bool


def counted_statuses(case_ids: Sequence[UUID]) -> list[tuple[UUID, UUID, Status, date]]:
    """Case, suspect, status and day of each status. Cost: one query."""
    rows = SuspectStatus.objects.filter(case_id__in=case_ids).values_list("case_id", "person_id", "status", "first_on")
    return [(case, person, Status(status), on) for case, person, status, on in rows]


def counted_reliefs(case_ids: Sequence[UUID]) -> list[CountedOutcome]:
    return _counted(Relief, case_ids)


def counted_restraints(case_ids: Sequence[UUID]) -> list[CountedOutcome]:
    return _counted(Restraint, case_ids)


def _counted(model: type[Relief] | type[Restraint], case_ids: Sequence[UUID]) -> list[CountedOutcome]:
    rows = model.objects.filter(case_id__in=case_ids).exclude(state=OutcomeState.WITHDRAWN)
    return [
        CountedOutcome(id_, case, person, on, how, attribution, state == OutcomeState.VERIFIED)
        for id_, case, person, on, how, attribution, state in rows.values_list(
            "id", "case_id", "person_id", "first_on", "how", "attribution", "state"
        )
    ]


def first_met(actor: Actor, case_id: UUID, agency_kind: Agency) -> date | None:
    """The day of the first contact with an agency about a case, as far as the actor may know. Cost: one query."""
    rows = OfficialContact.objects.filter(case_id=case_id, agency_kind=agency_kind)
    seen = cases.in_case(actor, "investigations:official:see", rows, case_id)
    return seen.order_by("on").values_list("on", flat=True).first()
