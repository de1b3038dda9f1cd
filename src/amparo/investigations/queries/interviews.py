"""Interviews: what a person told before comes first, then what is planned, held and sealed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.asking import OfCase, OfReader
from amparo.cases import queries as cases
from amparo.cases.queries import SURVIVOR_SIDE, CaseHead
from amparo.cases.words import PARTY_LABELS, PartyRole
from amparo.evidence import queries as evidence
from amparo.investigations import rules
from amparo.investigations.models import Interview, InterviewAddendum
from amparo.investigations.queries.words import MOST, room_crumbs, today
from amparo.investigations.words import (
    CAUTION_LABELS,
    DROP_LABELS,
    INTERPRETING_LABELS,
    INTERVIEW_PURPOSE_LABELS,
    INTERVIEW_STATE_LABELS,
    QUALIFICATION_LABELS,
    REVIEWED_LABELS,
    SUPPORT_LABELS,
    InterviewEvent,
    InterviewState,
    Qualification,
    Support,
)
from amparo.kernel.dates import PartialDate
from amparo.kernel.recall import once
from amparo.kernel.words import Compartment, Sight
from amparo.people import queries as people
from amparo.vault import sealing
from amparo.vault.prepared import DAY, ID, IDS, MOMENT
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
    Row,
    Section,
    Sheet,
    Tag,
    Text,
    Tone,
    Withheld,
)

# Who may be asked: her side, and officials of the case. Suspects are questioned by the authorities.
ASKED = (*SURVIVOR_SIDE, PartyRole.OFFICIAL)
SEE = "investigations:interview:see"
CHANGE = "investigations:interview:change"
_TONES: Mapping[str, Tone] = {
    InterviewState.PLANNED: "on",
    InterviewState.HELD: "warn",
    InterviewState.TRANSCRIBED: "warn",
    InterviewState.REVIEWED: "warn",
    InterviewState.SEALED: "ok",
}
# What is asked before an interview, and changes with its plan.
PLAN_WORDS = ("why", "place", "asks", "interpreter", "supporter")
# Those in which something was told.
_TOLD = (InterviewState.HELD, InterviewState.TRANSCRIBED, InterviewState.REVIEWED, InterviewState.SEALED)
_UNSEALED = (InterviewState.PLANNED, InterviewState.HELD, InterviewState.TRANSCRIBED, InterviewState.REVIEWED)


def local(moment: datetime) -> datetime:
    return moment.astimezone(timezone.get_current_timezone())


def _may(actor: Actor, head: CaseHead) -> bool:
    return policy.decide(actor, CHANGE, head.part(Compartment.NARRATIVE)).allowed


def _sight(actor: Actor, head: CaseHead) -> Sight:
    return policy.sight(actor, Compartment.NARRATIVE, head.subject)


_OF_CASE = OfCase(SEE, Interview, lambda rows: rows.select_related("person").order_by("-planned_at", "-id")[:MOST])


def _rows(actor: Actor, case_id: UUID) -> list[Interview]:
    rows = cases.rows_of_case
    return once("interviews of case", (actor.account_id, case_id), lambda: rows(actor, _OF_CASE, case_id))


# ---- what was told before ----------------------------------------------------------------------------------


def _told(actor: Actor, person_id: UUID) -> list[Interview]:
    """Interviews in which this person told something, of every case that the actor may see, newest first."""
    rows = Interview.objects.filter(person_id=person_id, state__in=_TOLD)
    return list(policy.visible(actor, SEE, rows).select_related("person").order_by("-planned_at", "-id")[:MOST])


def _narrated(actor: Actor, case_id: UUID, person_id: UUID) -> int:
    """How many incidents of this person stand in her words already."""
    with readings.collecting():
        return sum(1 for i in cases.incidents(actor, case_id) if i.person_id == person_id and i.narrative)


def times_told(actor: Actor, case_id: UUID, person_id: UUID) -> int:
    """How often this person has told it, as far as the actor may know: interviews, and written incidents."""
    return len(_told(actor, person_id)) + _narrated(actor, case_id, person_id)


def is_minor(role: PartyRole, person_id: UUID, on: PartialDate) -> bool | None:
    """Whether somebody is a child on a day; None where nobody knows. Nobody in office is."""
    return False if role is PartyRole.OFFICIAL else people.is_minor_at(person_id, on)


@dataclass(frozen=True, slots=True)
class ToldBefore:
    """What stands before a form that plans an interview."""

    code: str
    times: int
    lines: tuple[Text, ...]
    cautions: tuple[str, ...]


def told_before(actor: Actor, head: CaseHead, person_id: UUID) -> ToldBefore | None:
    """What this person told before, and what to look at; None for whom nobody asks in this case."""
    party = next((p for p in cases.parties(actor, head.id, ASKED) if p.person_id == person_id), None)
    if party is None:
        return None
    rows = _told(actor, person_id)
    narrated = _narrated(actor, head.id, person_id)
    lines: list[Text] = [(_said_line(row),) for row in rows]
    if narrated:
        said = ngettext("One incident is written down.", "%(count)s incidents are written down.", narrated)
        lines.append((Name(said % {"count": narrated}, url=reverse("cases:incidents", args=[head.id])),))
    minor = is_minor(party.role, person_id, PartialDate.on(today()))
    # Before anything is planned, nobody asks and nobody sits beside her.
    cautions = rules.cautions(minor, Qualification.NONE, Support.NONE)
    return ToldBefore(party.code, len(rows) + narrated, tuple(lines), tuple(str(CAUTION_LABELS[c]) for c in cautions))


def _said_line(row: Interview) -> Name:
    said = _("%(day)s: %(purpose)s, %(state)s") % {
        "day": formats.day(local(row.began_at or row.planned_at).date()),
        "purpose": INTERVIEW_PURPOSE_LABELS[row.purpose],
        "state": INTERVIEW_STATE_LABELS[row.state],
    }
    return Name(said, url=reverse("investigations:interview", args=[row.id]))


# ---- the interviews of a case ------------------------------------------------------------------------------


def interviews_of_case(actor: Actor, case_id: UUID) -> Sheet:
    """Who of a case may be asked, with how often she or he told it, and all interviews. Cost: about 15 queries."""
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, SEE, head.part(Compartment.NARRATIVE))
    may = _may(actor, head)
    rows = _rows(actor, case_id)
    return Sheet(
        title=_("Interviews"),
        crumbs=room_crumbs(head),
        code=Code(head.code, reverse("desk:case", args=[head.id])),
        kind=Name(head.beside_code),
        lede=_("Nobody has to tell it twice: read what is known, then ask only for what is missing."),
        sections=(
            Section(
                _("Interviews"),
                id="interviews",
                rows=_interview_rows(head, rows),
                empty=Empty(_("No interview is planned or held.")),
            ),
            Section(
                _("Whom to ask"),
                id="whom",
                column=2,
                rows=_people_rows(actor, head, rows, may),
                empty=Empty(_("Nobody is recorded yet.")),
                remark=_("Suspects are questioned by the authorities. Whom you miss here is added to the case first."),
            ),
        ),
    )


def _people_rows(actor: Actor, head: CaseHead, rows: Sequence[Interview], may: bool) -> tuple[Row, ...]:
    counts: dict[UUID, int] = {}
    for row in rows:
        if row.state in _TOLD:
            counts[row.person_id] = counts.get(row.person_id, 0) + 1
    found: dict[UUID, Row] = {}
    for party in cases.parties(actor, head.id, ASKED):
        if party.left_on is not None or party.person_id in found:
            continue
        told = counts.get(party.person_id, 0)
        meta = ngettext("asked once in this case", "asked %(count)s times in this case", told) % {"count": told}
        found[party.person_id] = Row(
            title=Code(party.code),
            meta=(str(PARTY_LABELS[party.role]), "·", meta if told else _("not asked yet in this case")),
            action_label=_("Plan") if may else "",
            action_url=reverse("investigations:plan_interview", args=[head.id, party.person_id]) if may else "",
        )
    return tuple(found.values())


def _interview_rows(head: CaseHead, rows: Sequence[Interview]) -> tuple[Row, ...]:
    if not rows:
        return ()
    readings.opened(head.id, Compartment.NARRATIVE)
    names = access.names_of({row.interviewer_id for row in rows})
    opened = sealing.open_rows(rows, "asks", "place")
    return tuple(_interview_row(row, words, names) for row, words in zip(rows, opened, strict=True))


def _interview_row(row: Interview, words: sealing.Opened, names: Mapping[UUID, str]) -> Row:
    at = local(row.began_at or row.planned_at)
    asks = words.text("asks") or names.get(row.interviewer_id, "")
    lines: list[Text] = [Name(words.text("place"))] if words.text("place") else []
    lines += [_late_words(row)] if _late_words(row) else []
    return Row(
        title=(Code(row.person.code), str(INTERVIEW_PURPOSE_LABELS[row.purpose])),
        url=reverse("investigations:interview", args=[row.id]),
        when=formats.near_day(at.date(), today()),
        when_tone="late" if row.state == InterviewState.PLANNED and at.date() < today() else "",
        meta=(_("Asked by"), Name(asks)),
        lines=tuple(lines),
        tag=Tag(INTERVIEW_STATE_LABELS[row.state], _TONES.get(row.state, "")),
    )


def _late_words(row: Interview) -> str:
    if row.feedback_on and row.feedback_given_on is None:
        return _("To be told what came of it by %(day)s.") % {"day": formats.near_day(row.feedback_on, today())}
    return ""


def interviews_section(actor: Actor, head: CaseHead, most: int = MOST) -> Section | None:
    """Interviews in short, for the room and the page of a case; None where the reader may not know of them."""
    if not policy.decide(actor, SEE, head.part(Compartment.NARRATIVE)).allowed:
        return None
    rows = _rows(actor, head.id)
    url = reverse("investigations:interviews", args=[head.id])
    may = _may(actor, head)
    return Section(
        _("Interviews"),
        id="interviews",
        rows=_interview_rows(head, rows[:most]),
        empty=Empty(_("Nobody was asked yet."), _("Plan an interview") if may else "", url if may else ""),
        link_label=_("All interviews") if rows else "",
        link_url=url if rows else "",
    )


# ---- one interview -----------------------------------------------------------------------------------------


def interview_page(actor: Actor, interview_id: UUID) -> Sheet:
    """One interview: what was told before, how it is asked, what was said. Cost: about 20 queries."""
    row = policy.load(actor, SEE, Interview, interview_id)
    head = cases.case_head(actor, row.case_id)
    whole = _sight(actor, head) is Sight.FULL
    readings.opened(head.id, Compartment.NARRATIVE)
    planned = ("place", "asks", "interpreter", "supporter")
    words = sealing.open_row(row, *planned, *(("why", "account", "corrections") if whole else ()))
    may = _may(actor, head) and head.state != "closed"
    sections = (
        _told_section(actor, head, row),
        _said_section(row, words, whole),
        *((_addenda_section(row, may),) if row.state == InterviewState.SEALED and whole else ()),
        _how_section(row, words, whole),
        _after_section(actor, row),
    )
    return Sheet(
        title=(_("Interview"), Code(row.person.code)),
        crumbs=interview_crumbs(head),
        code=Code(head.code, reverse("desk:case", args=[head.id])),
        kind=str(INTERVIEW_PURPOSE_LABELS[row.purpose]),
        tags=_tags(row),
        lede_bold=_lede(row),
        buttons=_buttons(row, may),
        notices=_cautions(row),
        sections=sections,
    )


def interview_crumbs(head: CaseHead) -> tuple[Crumb, ...]:
    return (*room_crumbs(head), Crumb(_("Interviews"), reverse("investigations:interviews", args=[head.id])))


def _tags(row: Interview) -> tuple[Tag, ...]:
    tags = [Tag(INTERVIEW_STATE_LABELS[row.state], _TONES.get(row.state, ""))]
    return (*tags, Tag(_("under age"), "warn")) if row.minor else tuple(tags)


def _lede(row: Interview) -> str:
    zone = timezone.get_current_timezone()
    if row.state == InterviewState.DROPPED:
        return _("It was not held: %(reason)s.") % {"reason": DROP_LABELS[row.drop_reason]}
    if row.began_at is None or row.ended_at is None:
        return _("Planned for %(when)s.") % {"when": formats.moment(row.planned_at, zone)}
    return _("Held on %(when)s, for %(time)s.") % {
        "when": formats.moment(row.began_at, zone),
        "time": formats.duration(row.ended_at - row.began_at),
    }


def _buttons(row: Interview, may: bool) -> tuple[Button, ...]:
    if not may:
        return ()
    steps = rules.steps_from(InterviewState(row.state))
    labels = (
        (InterviewEvent.SEAL, _("Seal it"), "seal_interview"),
        (InterviewEvent.REVIEW, _("It was gone through"), "review_interview"),
        (InterviewEvent.HOLD, _("It was held"), "hold_interview"),
        (
            InterviewEvent.TRANSCRIBE,
            _("Write it down") if row.state == InterviewState.HELD else _("Correct what is written"),
            "transcribe_interview",
        ),
        (InterviewEvent.CHANGE, _("Change"), "change_interview"),
        (InterviewEvent.DROP, _("It is not held"), "drop_interview"),
    )
    made = [(label, reverse(f"investigations:{name}", args=[row.id])) for step, label, name in labels if step in steps]
    if row.state == InterviewState.SEALED:
        made.append((_("Add to it"), reverse("investigations:add_to_interview", args=[row.id])))
    return tuple(Button(label, url, "" if place == 0 else "quiet") for place, (label, url) in enumerate(made))


def _cautions(row: Interview) -> tuple[Notice, ...]:
    found = rules.cautions(row.minor, Qualification(row.qualification), Support(row.support))
    if not found or row.state == InterviewState.DROPPED:
        return ()
    first, *rest = (str(CAUTION_LABELS[one]) for one in found)
    return (Notice(first, "warn", lines=tuple(rest)),)


def _told_section(actor: Actor, head: CaseHead, row: Interview) -> Section:
    lines: list[Row] = [
        Row(
            when=formats.near_day(local(other.began_at or other.planned_at).date(), today()),
            title=str(INTERVIEW_PURPOSE_LABELS[other.purpose]),
            url=reverse("investigations:interview", args=[other.id]),
            tag=Tag(INTERVIEW_STATE_LABELS[other.state], _TONES.get(other.state, "")),
        )
        for other in _told(actor, row.person_id)
        if other.id != row.id
    ]
    with readings.collecting():
        known = [i for i in cases.incidents(actor, head.id) if i.person_id == row.person_id]
    url = reverse("cases:incidents", args=[head.id])
    lines += [Row(title=Name(i.summary) if i.summary else _("An incident"), url=url) for i in known]
    return Section(
        _("Told before"),
        id="told",
        rows=tuple(lines),
        empty=Empty(_("Nothing is written down yet: this is the first time.")),
        remark=_("Read this first. Ask only for what is not there.") if lines else "",
    )


def _said_section(row: Interview, words: sealing.Opened, whole: bool) -> Section:
    title = _("What was said")
    if not whole:
        return Section(title, id="said", withheld=(Withheld(title),))
    account, corrections = words.text("account"), words.text("corrections")
    rows = [Row(title=Name(account), dir_auto=True)] if account else []
    if corrections:
        rows.append(Row(title=_("Put right when it was gone through"), lines=(Name(corrections),), dir_auto=True))
    return Section(title, id="said", rows=tuple(rows), empty=Empty(_("It is not written down yet.")))


def _addenda_section(row: Interview, may: bool) -> Section:
    added = list(InterviewAddendum.objects.filter(interview_id=row.id).order_by("added_at", "id")[:MOST])
    names = access.names_of({one.added_by for one in added})
    opened = sealing.open_rows(added, "words")
    url = reverse("investigations:add_to_interview", args=[row.id]) if may else ""
    return Section(
        _("Added since"),
        id="added",
        rows=tuple(
            Row(
                when=formats.near_day(local(one.added_at).date(), today()),
                title=Name(words.text("words")),
                meta=Name(names.get(one.added_by, "")),
                dir_auto=True,
            )
            for one, words in zip(added, opened, strict=True)
        ),
        empty=Empty(_("Nothing was added.")),
        link_label=_("Add to it") if url else "",
        link_url=url,
    )


def _how_section(row: Interview, words: sealing.Opened, whole: bool) -> Section:
    asks = words.text("asks") or access.names_of([row.interviewer_id]).get(row.interviewer_id, "")
    facts = [Fact(_("Why it is needed"), Name(words.text("why")))] if whole else []
    facts += [
        Fact(_("Who asks"), (Name(asks), "·", str(QUALIFICATION_LABELS[row.qualification]))),
        Fact(_("Interpreter"), _with(str(INTERPRETING_LABELS[row.interpreting]), words.text("interpreter"))),
        Fact(_("Beside her or him"), _with(str(SUPPORT_LABELS[row.support]), words.text("supporter"))),
        Fact(_("Place"), Name(words.text("place"))),
        Fact(_("Asked before"), _times(row.told)),
    ]
    return Section(
        _("How it is asked"),
        id="how",
        column=2,
        facts=tuple(facts),
        withheld=() if whole else (Withheld(_("Why it is needed")),),
    )


def _with(label: str, name: str) -> Text:
    return (Name(name), "·", label) if name else label


def _times(count: int) -> str:
    return ngettext("once", "%(count)s times", count) % {"count": count} if count else _("never")


def _after_section(actor: Actor, row: Interview) -> Section:
    facts: list[Fact] = []
    lines = {line.id: line for line in evidence.items_of_case(actor, row.case_id)} if row.recordings else {}
    for number, item in enumerate(row.recordings, 1):
        line = lines.get(UUID(item))
        label = _("Recording") if len(row.recordings) == 1 else _("Recording %(number)s") % {"number": number}
        url = reverse("evidence:item", args=[item]) if line else ""
        facts.append(Fact(label, Code(line.code, url) if line else _("Not for you to see")))
    if row.reviewed_on:
        how = REVIEWED_LABELS[row.reviewed_how]
        facts.append(Fact(_("Gone through"), f"{formats.day(row.reviewed_on)} · {how}"))
    if row.sealed_at:
        facts.append(Fact(_("Sealed"), formats.moment(row.sealed_at, timezone.get_current_timezone())))
    given = row.feedback_given_on
    open_feedback = row.feedback_on is not None and given is None
    if row.feedback_on:
        said = (
            _("told on %(day)s") % {"day": formats.day(given)} if given else formats.near_day(row.feedback_on, today())
        )
        facts.append(Fact(_("To be told what came of it"), said))
    url = reverse("investigations:give_feedback", args=[row.id])
    may = policy.decide(actor, CHANGE, policy.subject_of(row)).allowed
    return Section(
        _("Afterwards"),
        id="after",
        column=2,
        facts=tuple(facts),
        empty=None if facts else Empty(_("Nothing yet.")),
        buttons=(Button(_("She or he was told"), url, "quiet", post=True),) if open_feedback and may else (),
        remark=_("Promises stand on the case's page until they are kept."),
    )


@dataclass(frozen=True, slots=True)
class InterviewForm:
    head: CaseHead
    code: str
    is_survivor: bool
    is_official: bool
    version: int
    cautions: tuple[str, ...]
    values: Mapping[str, object]


def interview_for(actor: Actor, interview_id: UUID, words: Collection[str] = ()) -> InterviewForm:
    """An interview as its forms show it, with those of its words that a step changes. Raises NotFound, Refused.

    Once it is sealed no form shows a word of it.
    """
    row = policy.load(actor, CHANGE, Interview, interview_id, seen_by=SEE)
    head = cases.case_head(actor, row.case_id)
    names = () if row.sealed_at else tuple(words)
    opened = sealing.open_row(row, *names)
    if names:
        readings.opened(head.id, Compartment.NARRATIVE)
    roles = (PartyRole.SURVIVOR, PartyRole.OFFICIAL)
    parts = {(party.person_id, party.role) for party in cases.parties(actor, head.id, roles)}
    clear = ("purpose", "planned_at", "qualification", "interpreting", "support", "began_at", "ended_at", "feedback_on")
    values = {name: getattr(row, name) for name in clear} | {name: opened.text(name) for name in names}
    cautions = rules.cautions(row.minor, Qualification(row.qualification), Support(row.support))
    return InterviewForm(
        head=head,
        code=row.person.code,
        is_survivor=(row.person_id, PartyRole.SURVIVOR) in parts,
        is_official=(row.person_id, PartyRole.OFFICIAL) in parts,
        version=row.version,
        cautions=tuple(str(CAUTION_LABELS[one]) for one in cautions),
        values=values | {"interviewer_id": str(row.interviewer_id)},
    )


# ---- for the desk ------------------------------------------------------------------------------------------


def held_on(actor: Actor, case_id: UUID) -> list[tuple[UUID, date, str]]:
    """Interviews that were held: id, day, purpose in words. Cost: one query."""
    rows = [row for row in _rows(actor, case_id) if row.began_at is not None]
    return [
        (row.id, local(row.began_at).date(), str(INTERVIEW_PURPOSE_LABELS[row.purpose]))
        for row in rows
        if row.began_at is not None
    ]


@dataclass(frozen=True, slots=True)
class InterviewDue:
    id: UUID
    case_id: UUID
    on: date
    code: str
    is_feedback: bool
    said: str


_PLANNED = OfReader(
    CHANGE,
    Interview,
    lambda rows, me, end: (
        rows.filter(interviewer_id=me, state=InterviewState.PLANNED, planned_at__lte=end)
        .select_related("person")
        .order_by("planned_at", "id")[:MOST]
    ),
    ID,
    MOMENT,
)
_TO_TELL = OfReader(
    CHANGE,
    Interview,
    lambda rows, own, until: (
        rows.filter(case_id__in=own, feedback_on__lte=until, feedback_given_on=None)
        .select_related("person")
        .order_by("feedback_on", "id")[:MOST]
    ),
    IDS,
    DAY,
)


def interviews_due(actor: Actor, until: date) -> list[InterviewDue]:
    """Interviews that the actor holds up to a day, and what is still to be told in her cases. Cost: two queries.

    What was promised stays with the team: who asked may have left, and a sealed interview names her for good.
    """
    end = timezone.make_aware(datetime.combine(until, datetime.max.time()))
    planned = _PLANNED.rows(actor, actor.account_id, end)
    roles = policy.acts()[CHANGE].roles
    feedback = _TO_TELL.rows(actor, {case for case, role in actor.grants if role in roles}, until)
    found = [
        InterviewDue(
            row.id,
            row.case_id,
            local(row.planned_at).date(),
            row.person.code,
            False,
            f"{formats.clock(local(row.planned_at))} · {INTERVIEW_PURPOSE_LABELS[row.purpose]}",
        )
        for row in planned
    ]
    return found + [
        InterviewDue(row.id, row.case_id, row.feedback_on, row.person.code, True, _("After an interview"))
        for row in feedback
        if row.feedback_on
    ]


def unsealed(case_id: UUID) -> list[tuple[UUID, InterviewState, int]]:
    """Interviews of a case that are neither sealed nor given up, with state and version; for who closes it."""
    rows = Interview.objects.filter(case_id=case_id, state__in=_UNSEALED).order_by("planned_at", "id")
    return [(key, InterviewState(state), version) for key, state, version in rows.values_list("id", "state", "version")]
