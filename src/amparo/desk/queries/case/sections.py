"""The sections of the page: people, promises, words, law and things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.words import COMPARTMENT_LABELS
from amparo.aftercare import queries as aftercare
from amparo.cases import queries
from amparo.cases.queries import (
    SURVIVOR_SIDE,
    BasisView,
    CaseHead,
    IncidentView,
    PartyView,
    TrackView,
)
from amparo.cases.views.around import case_url
from amparo.cases.views.conference import conference_row
from amparo.cases.views.consent import state_tag, what
from amparo.cases.views.incident import contexts, incident_tag, period
from amparo.cases.views.note import note_row
from amparo.cases.views.task import promise_row, task_row
from amparo.cases.words import (
    COPY_PART_LABELS,
    COPY_WAY_LABELS,
    DECIDER_LABELS,
    INCIDENT_LABELS,
    INCIDENT_STATE_LABELS,
    LINK_LABELS,
    PARTY_LABELS,
    PARTY_RELATION_LABELS,
    TRACK_LABELS,
    TRACK_STATE_LABELS,
    TRAFFICKING_LABELS,
    CaseState,
    ConsentState,
    PartyRelation,
    PromiseState,
    TraffickingDecider,
    TraffickingStatus,
)
from amparo.desk.queries.case.reading import Reading
from amparo.evidence import queries as evidence
from amparo.forensics import queries as forensics
from amparo.intake import queries as intake
from amparo.investigations import queries as investigations
from amparo.kernel.words import Compartment
from amparo.kits import queries as kits
from amparo.operations import queries as operations
from amparo.people import queries as people
from amparo.prosecution import queries as prosecution
from amparo.referrals import queries as referrals
from amparo.staff import queries as staff
from amparo.strengthening import queries as strengthening
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.sheets import (
    Button,
    Code,
    Empty,
    Name,
    Row,
    Section,
    Tag,
    Text,
    Withheld,
)

_NOTES_SHOWN = 3


def sections_of(reading: Reading) -> tuple[Section, ...]:
    """People, promises and care on one side; words, law and things on the other; the two about as long."""
    actor, head = reading.actor, reading.head
    looked = staff.readings_of_case(actor, head.id, head.office_id)
    first = (
        _people_section(reading),
        _promise_section(reading),
        _task_section(reading),
        _conference_section(reading),
        _note_section(reading),
        *aftercare.sections_of_case(actor, head.id),
        _own_copy_section(reading),
        _team_section(reading),
        _track_section(reading),
        _link_section(reading),
    )
    second = (
        _consent_section(reading),
        *referrals.sections_of_case(actor, head.id),
        _incident_section(reading),
        *investigations.sections_of_case(actor, head.id),
        *operations.sections_of_case(actor, head.id),
        *forensics.sections_of_case(actor, head.id),
        *prosecution.sections_of_case(actor, head.id),
        *evidence.sections_of_case(actor, head.id),
        *kits.sections_of_case(actor, head.id),
        *strengthening.sections_of_case(actor, head.id),
        *intake.sections_of_case(actor, head.id),
        looked,
    )
    return (
        *(replace(section, column=1) for section in first if section is not None),
        *(replace(section, column=2) for section in second if section is not None),
    )


def _people_section(reading: Reading) -> Section:
    """Survivors, family and witnesses; suspects are listed apart, by the room of investigations."""
    actor, head = reading.actor, reading.head
    found = [party for party in reading.parties if party.role in SURVIVOR_SIDE]
    may = policy.decide(actor, "cases:party:change", head.subject).allowed
    if not found and not may:
        title = COMPARTMENT_LABELS[Compartment.IDENTITY]
        return Section(title, id="people", withheld=(Withheld(title, _("Ask the lead of the case.")),))
    labels = people.labels(actor, [party.person_id for party in found])
    return Section(
        _("Survivors and family"),
        id="people",
        rows=tuple(_party_row(reading, party, labels.get(party.person_id), may=may) for party in found),
        empty=Empty(_("Nobody is recorded yet.")),
        link_label=_("Add a person") if may else "",
        link_url=reverse("cases:add_person", args=[head.id]) if may else "",
    )


def _party_row(reading: Reading, party: PartyView, label: people.PersonLabel | None, *, may: bool) -> Row:
    """A person on the case's page: code, the name to call her by where that may be seen, how to reach her safely."""
    page = f"{label.url}?case={reading.head.id}" if label is not None and label.url else ""
    lines: list[Text] = []
    if label is not None and label.safe:
        lines.append(label.safe)
    lines += _relation_and_status(reading, party)
    if party.relationship:
        lines.append(Name(party.relationship))
    if party.no_contact:
        lines.append((_("No contact:"), Name(party.no_contact)))
    called = people.named(label.name or label.first_name) if label and (label.name or label.first_name) else None
    code = Code(party.code, page)
    return Row(
        title=(code, called) if called else code,
        meta=" · ".join(filter(None, (str(PARTY_LABELS[party.role]), label.age_band if label else ""))),
        lines=tuple(lines),
        tag=Tag(_("left")) if party.left_on else None,
        action_label=_("Change") if page and may else "",
        action_url=reverse("cases:party", args=[party.id]) if page and may else "",
        strong=True,
    )


def _relation_and_status(reading: Reading, party: PartyView) -> list[Text]:
    """What she or he is to somebody else in the case, and what was found about trafficking, by whom and when."""
    lines: list[Text] = []
    other = next((one for one in reading.parties if one.person_id == party.related_to), None)
    if party.relation and other is not None:
        lines.append((PARTY_RELATION_LABELS[PartyRelation(party.relation)], Code(other.code)))
    if party.trafficking:
        decided = DECIDER_LABELS[TraffickingDecider(party.trafficking_by)] if party.trafficking_by else ""
        day = formats.day(party.trafficking_on) if party.trafficking_on else ""
        found = str(TRAFFICKING_LABELS[TraffickingStatus(party.trafficking)])
        lines.append(" · ".join(filter(None, (found, str(decided), day))))
    return lines


def _promise_section(reading: Reading) -> Section | None:
    actor, head = reading.actor, reading.head
    if not policy.decide(actor, "cases:promise:see", head.subject).allowed:
        return None
    open_ones = sorted((p for p in reading.promises if p.state == PromiseState.OPEN), key=lambda p: p.due_on)
    ended = [p for p in reading.promises if p.state != PromiseState.OPEN]
    on_time = sum(p.ended_on is not None and p.ended_on <= p.due_on for p in ended)
    remark = ""
    if ended:
        remark = _("%(count)d earlier promises, %(good)d kept in time") % {
            "count": len(ended),
            "good": on_time,
        }
    return Section(
        _("Promises to survivors"),
        id="promises",
        rows=tuple(promise_row(promise) for promise in open_ones),
        remark=remark,
        empty=Empty(_("No promise is open.")),
        link_label=_("Write down a promise"),
        link_url=reverse("cases:add_promise", args=[head.id]),
    )


def _note_section(reading: Reading) -> Section | None:
    actor, head = reading.actor, reading.head
    page = queries.notes(actor, head.id, limit=_NOTES_SHOWN)
    may = queries.writable_compartments(actor, head)
    if not may and not page.notes:
        return None
    codes = {party.person_id: party.code for party in reading.parties}
    return Section(
        _("Latest notes"),
        id="notes",
        rows=tuple(note_row(note, codes, may_correct=False) for note in page.notes),
        empty=Empty(_("No note that you may read."), _("Write a note"), reverse("cases:write_note", args=[head.id])),
        link_label=_("All you may see"),
        link_url=reverse("cases:notes", args=[head.id]),
    )


def _task_section(reading: Reading) -> Section | None:
    actor, head = reading.actor, reading.head
    if not policy.decide(actor, "cases:task:see", head.subject).allowed:
        return None
    return Section(
        _("Tasks"),
        id="tasks",
        rows=tuple(task_row(task) for task in reading.tasks[:6]),
        empty=Empty(_("No open task."), _("Add a task"), reverse("cases:add_task", args=[head.id])),
        link_label=_("All tasks"),
        link_url=reverse("cases:tasks", args=[head.id]),
    )


def _conference_section(reading: Reading) -> Section | None:
    actor, head = reading.actor, reading.head
    if not policy.decide(actor, "cases:conference:see", head.part(Compartment.NARRATIVE)).allowed:
        return None
    found = queries.conferences(actor, head.id)
    may = policy.decide(actor, "cases:conference:change", head.part(Compartment.NARRATIVE)).allowed
    plan = reverse("cases:plan_conference", args=[head.id]) if may else ""
    return Section(
        _("Case conferences"),
        id="conferences",
        rows=tuple(conference_row(view) for view in found[:3]),
        empty=Empty(_("No conference is planned or held."), _("Plan a conference") if may else "", plan),
        link_label=_("All conferences") if found else "",
        link_url=reverse("cases:conferences", args=[head.id]) if found else "",
    )


def _consent_section(reading: Reading) -> Section | None:
    actor, head = reading.actor, reading.head
    if not policy.decide(actor, "cases:basis:see", head.subject).allowed:
        return None
    found = queries.bases(actor, head.id)
    codes = {party.person_id: party.code for party in reading.parties}
    first = sorted(found, key=lambda basis: (not basis.is_live, basis.state != ConsentState.WITHDRAWN))
    return Section(
        _("Consent today"),
        id="consent",
        column=2,
        rows=tuple(_consent_row(basis, codes) for basis in first[:7]),
        empty=Empty(
            _("Nothing is recorded, so nothing may be written about her."),
            _("Record a consent"),
            reverse("cases:add_basis", args=[head.id]),
        ),
        link_label=_("All"),
        link_url=reverse("cases:consents", args=[head.id]),
    )


def _consent_row(basis: BasisView, codes: Mapping[UUID, str]) -> Row:
    about = Code(codes.get(basis.person_id, ""))
    return Row(
        title=what(basis),
        meta=(about, _("to"), Name(basis.recipient)) if basis.recipient else about,
        tag=state_tag(basis),
    )


def _incident_section(reading: Reading) -> Section | None:
    actor, head = reading.actor, reading.head
    if not policy.decide(actor, "cases:incident:see", head.part(Compartment.NARRATIVE)).allowed:
        return None
    rows = tuple(
        Row(
            title=str(INCIDENT_LABELS[incident.type]),
            lines=(Name(incident.summary),) if incident.summary else (),
            meta=(
                Code(incident.code),
                " · ".join(filter(None, (period(incident), contexts(incident), _found(incident)))),
            ),
            tag=incident_tag(incident) if not incident.counts else _under_age(incident),
        )
        for incident in queries.incidents(actor, head.id)
    )
    return Section(
        _("What happened"),
        id="incidents",
        column=2,
        rows=rows,
        empty=Empty(_("No incident is recorded yet."), _("Record one"), reverse("cases:add_incident", args=[head.id])),
        link_label=_("Read before asking again"),
        link_url=reverse("cases:incidents", args=[head.id]),
    )


def _found(incident: IncidentView) -> str:
    """What was found of an incident that counts; one that doesn't is marked."""
    return str(INCIDENT_STATE_LABELS[incident.state]) if incident.findings and incident.counts else ""


def _under_age(incident: IncidentView) -> Tag | None:
    return Tag(_("under age"), "warn") if incident.minor else None


def _track_section(reading: Reading) -> Section | None:
    """Where each track stands, for those who may move it or give it a lead."""
    if not policy.decide(reading.actor, "cases:track:change", reading.head.subject).allowed:
        return None
    return Section(
        _("Where the tracks stand"), column=2, rows=tuple(_track_row(reading.head, track) for track in reading.tracks)
    )


def _track_row(head: CaseHead, track: TrackView) -> Row:
    lead = reverse("cases:lead", args=[head.id, track.kind.value])
    state = TRACK_STATE_LABELS.get(track.state, track.state)
    return Row(
        title=str(TRACK_LABELS[track.kind]),
        meta=(_("%(state)s since %(day)s.") % {"state": state, "day": formats.day(track.since_on)}, _("Lead:"))
        + (Name(track.lead or _("nobody yet"), url=lead),),
        action_label=_("Move the track"),
        action_url=reverse("cases:track", args=[head.id, track.kind.value]),
    )


def _own_copy_section(reading: Reading) -> Section | None:
    """What survivors got of what is their own, and the way to make one more."""
    actor, head = reading.actor, reading.head
    made = queries.own_copies(actor, head.id)
    may = queries.may_make_copy(actor, head) and queries.survivors_of(actor, head.id)
    if not made and not may:
        return None
    rows = tuple(
        Row(
            when=formats.near_day(one.on, reading.today),
            title=Code(one.code),
            meta=(str(COPY_WAY_LABELS[one.way]), "·", Name(one.by)),
            lines=(
                " · ".join(str(label) for part, label in COPY_PART_LABELS.items() if part in one.parts),
                *((Name(one.remark),) if one.remark else ()),
            ),
        )
        for one in made
    )
    return Section(
        _("Her own copy"),
        id="own-copies",
        rows=rows,
        empty=Empty(_("None was made yet.")),
        link_label=_("Make one") if may else "",
        link_url=reverse("journeys:own_copy", args=[head.id]) if may else "",
    )


def _team_section(reading: Reading) -> Section:
    actor, head = reading.actor, reading.head
    button = Button(_("I know somebody here"), reverse("cases:declare", args=[head.id]), tone="quiet")
    known = (button,) if policy.has(actor, "access:conflict:declare") else ()
    if not policy.decide(actor, "access:grant:see", head.subject).allowed:
        return Section(_("Team"), id="team", column=2, buttons=known)
    rows = tuple(Row(title=Name(member.name), meta=member.role_label) for member in reading.team)
    gives = policy.decide(actor, "access:grant:give", head.subject).allowed
    buttons: list[Button] = []
    if policy.decide(actor, "cases:case:hand_over", head.subject).allowed and head.state is CaseState.OPEN:
        buttons.append(Button(_("Hand over"), reverse("cases:offer", args=[head.id]), tone="quiet"))
        buttons.append(Button(_("Closing"), reverse("desk:closing", args=[head.id]), tone="quiet"))
    return Section(
        _("Team"),
        id="team",
        column=2,
        rows=rows,
        empty=Empty(_("Nobody is on the team yet.")),
        buttons=(*buttons, *known),
        link_label=_("Change the team") if gives else _("See the team"),
        link_url=reverse("cases:team", args=[head.id]),
    )


def _link_section(reading: Reading) -> Section | None:
    actor, head = reading.actor, reading.head
    rows = tuple(
        Row(
            when=Code(link.head.code, case_url(link.head.id)),
            title=Name(link.head.title),
            meta=str(LINK_LABELS.get(link.kind, link.kind)),
        )
        for link in queries.links(actor, head.id)
    )
    may = policy.decide(actor, "cases:case:change", head.subject).allowed
    if not rows and not may:
        return None
    return Section(
        _("Linked cases"),
        id="links",
        column=2,
        rows=rows,
        empty=Empty(_("No link that you can see.")),
        link_label=_("Link a case") if may else "",
        link_url=reverse("cases:add_link", args=[head.id]) if may else "",
    )
