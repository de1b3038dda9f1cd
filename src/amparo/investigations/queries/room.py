"""The room of one case: leads, suspects, outcomes, officials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.asking import OfCase
from amparo.cases import queries as cases
from amparo.cases.queries import CaseHead
from amparo.cases.words import PartyRole
from amparo.investigations import rules
from amparo.investigations.models import Lead, OfficialContact, Outcome, Relief, Restraint, SuspectStatus
from amparo.investigations.words import (
    AGENCY_LABELS,
    ATTRIBUTION_LABELS,
    CONTACT_LABELS,
    CORRECT_LABELS,
    LEAD_LABELS,
    LEAD_OUTCOME_LABELS,
    OUTCOME_STATE_LABELS,
    RELIEVED_LABELS,
    RESTRAINED_LABELS,
    STATUS_LABELS,
    WITHDRAW_LABELS,
    Labels,
    LeadState,
    OutcomeState,
)
from amparo.kernel.recall import once
from amparo.kernel.words import Compartment, Sight
from amparo.partners import queries as partners
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.sheets import (
    Button,
    Code,
    Empty,
    Name,
    Row,
    Section,
    Sheet,
    Strong,
    Tag,
    Text,
    Withheld,
)

if TYPE_CHECKING:
    from amparo.web.sheets import Part
from amparo.investigations.queries.asking import lines_of
from amparo.investigations.queries.interviews import interviews_section
from amparo.investigations.queries.lookups import event_of
from amparo.investigations.queries.threats import threats_section
from amparo.investigations.queries.words import (
    MOST,
    STATE_TONES,
    STATUS_TONES,
    crumbs,
    due_said,
    said_of,
    status_said,
    today,
    urgency_of,
)


@dataclass(frozen=True, slots=True)
class Rights:
    """What this reader may do on this case, asked once."""

    leads: bool
    suspects: bool
    outcomes: bool
    verifies: bool
    officials: bool


def _rights(actor: Actor, head: CaseHead) -> Rights:
    def may(permission: str, level: Compartment | None = None) -> bool:
        return policy.decide(actor, permission, head.part(level) if level else head.subject).allowed

    return Rights(
        leads=may("investigations:lead:change", Compartment.INVESTIGATION),
        suspects=may("investigations:suspect:change", Compartment.SUSPECT),
        outcomes=may("investigations:outcome:record"),
        verifies=may("investigations:outcome:verify"),
        officials=may("investigations:official:record"),
    )


def room(actor: Actor, case_id: UUID) -> Sheet:
    """The page of a case's investigation. Cost: about 25 queries."""
    head = cases.case_head(actor, case_id)
    rights = _rights(actor, head)
    leads = leads_section(actor, head, rights)
    asked = [found for found in (threats_section(actor, head), interviews_section(actor, head)) if found]
    return Sheet(
        title=_("Investigation"),
        crumbs=crumbs(head),
        code=Code(head.code, reverse("desk:case", args=[head.id])),
        kind=Name(head.beside_code),
        lede_bold=_lede(actor, head),
        buttons=_room_buttons(head, rights),
        sections=(
            leads,
            *asked,
            suspects_section(actor, head, rights),
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


def _room_buttons(head: CaseHead, rights: Rights) -> tuple[Button, ...]:
    found = []
    if rights.leads:
        found.append(Button(_("Open a lead"), reverse("investigations:open_lead", args=[head.id]), key="n"))
    if rights.outcomes:
        found.append(Button(_("Record relief"), reverse("investigations:record_relief", args=[head.id]), "quiet"))
    return tuple(found)


_LEADS = OfCase("investigations:lead:see", Lead, lambda rows: rows.order_by("-state", "due_on", "-id")[:MOST])


def leads_section(actor: Actor, head: CaseHead, rights: Rights) -> Section:
    rows = cases.rows_of_case(actor, _LEADS, head.id)
    sight = policy.sight(actor, Compartment.INVESTIGATION, head.subject)
    if sight < Sight.PARTIAL:
        return Section(_("Leads"), id="leads", withheld=(Withheld(_("Leads")),))
    if rows:
        readings.opened(head.id, Compartment.INVESTIGATION)
    columns = ("title", "question", "result") if sight is Sight.FULL else ("title",)
    names = access.names_of(row.assigned_id for row in rows)
    opened = sealing.open_rows(rows, *columns)
    now = today()
    asked = lines_of([row.id for row in rows], may=rights.leads) if sight is Sight.FULL else {}
    lines = tuple(
        _lead_row(row, words, names, rights, now, asked.get(row.id, ()))
        for row, words in zip(rows, opened, strict=True)
    )
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


def _lead_row(
    row: Lead,
    words: sealing.Opened,
    names: Mapping[UUID, str],
    rights: Rights,
    now: date,
    asked: Sequence[Text],
) -> Row:
    who = names.get(row.assigned_id, "")
    is_open = row.state == LeadState.OPEN
    parts = [words.text("question") if is_open else words.text("result")]
    kind = str(LEAD_LABELS[row.kind])
    meta = _("%(kind)s. With %(name)s.") % {"kind": kind, "name": who} if is_open else kind
    action = "close_lead" if is_open else "reopen_lead"
    return Row(
        title=Name(words.text("title") or kind),
        url=reverse("investigations:change_lead", args=[row.id]) if rights.leads and is_open else "",
        when=due_said(row.due_on, now) if is_open else _("closed"),
        when_tone=urgency_of(row.due_on, now) if is_open else "",
        meta=meta,
        lines=(*(part for part in parts if part), *asked, *_ways_to_ask(row, rights)),
        tag=None if is_open else Tag(LEAD_OUTCOME_LABELS.get(row.outcome, ""), "ok" if row.outcome == "found" else ""),
        action_label=(_("Close") if is_open else _("Open again")) if rights.leads else "",
        action_url=reverse(f"investigations:{action}", args=[row.id]) if rights.leads else "",
        action_post=not is_open,
    )


def _ways_to_ask(row: Lead, rights: Rights) -> tuple[Text, ...]:
    if not rights.leads or row.state != LeadState.OPEN:
        return ()
    return ((Name(_("Ask a partner"), url=reverse("investigations:ask_partner", args=[row.id])),),)


_STATUSES = OfCase("investigations:suspect:see", SuspectStatus, lambda rows: rows.order_by("first_on", "id"))


def statuses_of(actor: Actor, case_id: UUID) -> list[SuspectStatus]:
    rows = cases.rows_of_case
    return once("statuses", (actor.account_id, case_id), lambda: rows(actor, _STATUSES, case_id))


def suspects_section(actor: Actor, head: CaseHead, rights: Rights) -> Section:
    sight = policy.sight(actor, Compartment.SUSPECT, head.subject)
    if sight < Sight.PARTIAL:
        return Section(_("Suspects"), id="suspects", withheld=(Withheld(_("Suspects")),))
    people = cases.parties(actor, head.id, [PartyRole.SUSPECT])
    if people:
        readings.opened(head.id, Compartment.SUSPECT)
    rows = statuses_of(actor, head.id)
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
    rights: Rights,
) -> Row:
    now = rules.standing([event_of(row) for row, _words in events if not row.withdraw_reason])
    lines: list[Text] = []
    for row, words in events:
        parts: list[Part] = [status_said(row)]
        if row.withdraw_reason:
            parts.append(_withdrawn_said(row.withdraw_reason))
        elif row.flagged:
            parts.append(_("This lies before every known incident."))
        if words:
            parts += [Name(text) for text in (words.text("conditions"), words.text("remark")) if text]
        if rights.suspects and not row.withdraw_reason and row.verdict_id is None:
            parts.append(Name(_("Withdraw"), url=reverse("investigations:withdraw_status", args=[row.id])))
        lines.append(tuple(parts))
    return Row(
        title=Code(code),
        when_tag=Tag(STATUS_LABELS[now], STATUS_TONES.get(now, "")) if now else Tag(_("Nothing known")),
        lines=tuple(lines),
        action_label=_("Add") if rights.suspects else "",
        action_url=reverse("investigations:record_status", args=[head.id, person_id]) if rights.suspects else "",
    )


def _withdrawn_said(reason: str) -> Strong:
    """That it counts no more, and why: taken back, or put right by what stands beside it."""
    label = _("Put right") if reason in CORRECT_LABELS else OUTCOME_STATE_LABELS[OutcomeState.WITHDRAWN]
    return Strong(f"{label}: {(WITHDRAW_LABELS | CORRECT_LABELS)[reason]}.")


def _outcomes(actor: Actor, head: CaseHead, rights: Rights, model: type[Relief] | type[Restraint]) -> Section:
    is_relief = model is Relief
    title = _("Relief") if is_relief else _("Restraint of suspects")
    permission = "investigations:outcome:see"
    if not policy.decide(actor, permission, head.subject).allowed:
        return Section(title, withheld=(Withheld(title),))
    rows = outcome_rows(actor, model, head.id)
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


_RELIEFS = OfCase("investigations:outcome:see", Relief, lambda rows: rows.order_by("first_on", "id")[:MOST])
_RESTRAINTS = OfCase("investigations:outcome:see", Restraint, lambda rows: rows.order_by("first_on", "id")[:MOST])


def outcome_rows(actor: Actor, model: type[Relief] | type[Restraint], case_id: UUID) -> list[Outcome]:
    if model is Relief:
        return [*cases.rows_of_case(actor, _RELIEFS, case_id)]
    return [*cases.rows_of_case(actor, _RESTRAINTS, case_id)]


def _how_labels(kind: str) -> Labels:
    return RELIEVED_LABELS if kind == "relief" else RESTRAINED_LABELS


def _outcome_row(actor: Actor, row: Outcome, code: str, names: Mapping[UUID, str], rights: Rights, kind: str) -> Row:
    may_verify = rights.verifies and row.state == OutcomeState.PROVISIONAL and row.recorded_by != actor.account_id
    may_correct = {OutcomeState.PROVISIONAL: rights.outcomes, OutcomeState.VERIFIED: rights.verifies}
    meta = str(ATTRIBUTION_LABELS[row.attribution])
    if row.verified_by and row.verified_on:
        meta = _("%(attribution)s. Verified by %(name)s on %(day)s.") % {
            "attribution": meta,
            "name": names.get(row.verified_by, ""),
            "day": formats.day(row.verified_on),
        }
    lines: list[Text] = []
    if row.flagged and row.state != OutcomeState.WITHDRAWN:
        lines.append(_("This lies before every known incident. It is kept; please look at both dates."))
    if row.withdraw_reason:
        lines.append(_withdrawn_said(row.withdraw_reason))
    if may_correct.get(OutcomeState(row.state)):
        lines.append(_ways_out("correct", "withdraw", kind, row.id))
    return Row(
        title=(Code(code), _how_labels(kind)[row.how]),
        when=said_of(row.happened),
        meta=meta,
        lines=tuple(lines),
        tag=Tag(OUTCOME_STATE_LABELS[row.state], STATE_TONES[row.state]),
        action_label=_("Verify") if may_verify else "",
        action_url=reverse("investigations:verify", args=[kind, row.id]) if may_verify else "",
    )


def _ways_out(correct: str, withdraw: str, *about: object) -> Text:
    """How something is put right, or taken back, that was entered by mistake."""
    return (
        Name(_("Put it right"), url=reverse(f"investigations:{correct}", args=about)),
        "·",
        Name(_("Withdraw"), url=reverse(f"investigations:{withdraw}", args=about)),
    )


def told_of_official(actor: Actor, official_id: UUID, person_id: UUID | None) -> list[Section]:
    """Contacts with an official in cases that the reader may see: day, kind and agency, never about whom.

    For the official's own record, which she or he may ask to read. Cost: one query.
    """
    title = _("Contacts in cases")
    if not policy.has(actor, "investigations:official:see"):
        return [Section(title, "contacts", 2, withheld=(Withheld(title),))]
    about = Q(known_id=official_id) | Q(official_id=person_id) if person_id else Q(known_id=official_id)
    standing = OfficialContact.objects.filter(about, withdraw_reason="")
    rows = list(policy.visible(actor, "investigations:official:see", standing).order_by("-on", "-id")[:MOST])
    lines = tuple(
        Row(
            title=str(CONTACT_LABELS[row.kind]),
            when=formats.near_day(row.on, today()),
            meta=str(AGENCY_LABELS[row.agency_kind]),
        )
        for row in rows
    )
    empty = Empty(_("No contact is recorded in the cases that you may see."))
    return [Section(title, "contacts", 2, rows=lines, empty=empty)]


def _officials(actor: Actor, head: CaseHead, rights: Rights) -> Section:
    title = _("Contacts with officials")
    if not policy.decide(actor, "investigations:official:see", head.subject).allowed:
        return Section(title, withheld=(Withheld(title),))
    rows = list(
        cases.in_case(actor, "investigations:official:see", OfficialContact.objects.filter(case_id=head.id), head.id)
        .select_related("official")
        .order_by("-on", "-id")[:MOST]
    )
    opened = sealing.open_rows(rows, "name", "agency", "agreed", "next_step")
    keys = {key for row in rows for key in (row.known_id, row.unit_id, row.partner_id) if key}
    names = partners.names_of(keys)
    knows = policy.has(actor, "partners:official:see")
    now = today()
    return Section(
        title,
        id="officials",
        column=1,
        rows=tuple(
            _contact_row(row, words, rights, _contact_title(row, words, names, knows), now)
            for row, words in zip(rows, opened, strict=True)
        ),
        empty=_empty(_("No contact is recorded."), _("Record a contact"), "record_contact", head, rights.officials),
        link_label=_("Record a contact") if rights.officials and rows else "",
        link_url=reverse("investigations:record_contact", args=[head.id]) if rights.officials and rows else "",
    )


def _contact_title(row: OfficialContact, words: sealing.Opened, names: Mapping[UUID, str], knows: bool) -> Text:
    """Who it was, and where: as the directory says it today, else as it was written."""
    known = names.get(row.known_id, "") if row.known_id else ""
    url = reverse("partners:official", args=[row.known_id]) if row.known_id and knows else ""
    own: Part = Code(row.official.code) if row.official else Name(words.text("name"))
    where = row.unit_id or row.partner_id
    place = names.get(where, "") if where else ""
    agency = words.text("agency") or place or str(AGENCY_LABELS[row.agency_kind])
    if row.known_id:
        own = Name(known or _("Name erased"), url=url)
    return (own, Name(agency))


def _contact_row(row: OfficialContact, words: sealing.Opened, rights: Rights, title: Text, now: date) -> Row:
    lines: list[Text] = [words.text("agreed")]
    step = words.text("next_step")
    is_open = bool(step) and row.next_done_on is None and not row.withdraw_reason
    if step:
        by = due_said(row.next_on, now)
        lines.append(
            _("Next: %(step)s (%(day)s)") % {"step": step, "day": by}
            if row.next_done_on is None
            else _("Done: %(step)s") % {"step": step}
        )
    if row.withdraw_reason:
        lines.append(_withdrawn_said(row.withdraw_reason))
    elif rights.officials:
        lines.append(_ways_out("correct_contact", "withdraw_contact", row.id))
    return Row(
        title=title,
        when=formats.near_day(row.on, now),
        meta=str(CONTACT_LABELS[row.kind]),
        lines=tuple(line for line in lines if line),
        action_label=_("Done") if is_open and rights.officials else "",
        action_url=reverse("investigations:step_done", args=[row.id]) if is_open and rights.officials else "",
        action_post=True,
    )
