"""People across sessions: the register, one person's history, follow-ups that are due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.asking import OfReader
from amparo.cases.moments import Due
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Role
from amparo.training.models import Certificate, Enrolment, Participant, Session, Sitting
from amparo.training.queries.register import Person, is_erased, people, people_by_id
from amparo.training.queries.results import score_of
from amparo.training.queries.said import days as said_days
from amparo.training.queries.said import score as said_score
from amparo.training.queries.sessions import Head, heads
from amparo.training.queries.sittings import opened
from amparo.training.rules import marking, steps
from amparo.training.rules.content import Question
from amparo.training.rules.marking import Score
from amparo.training.words import (
    AUDIENCE_LABELS,
    FOLLOW_UP_MONTHS,
    KIND_LABELS,
    OCCASION_LABELS,
    OCCASION_SHORT,
    WAS_HELD,
    WITHDRAW_LABELS,
    Occasion,
    SessionState,
)
from amparo.vault import sealing
from amparo.vault.prepared import DAY, IDS, Prepared
from amparo.web import formats
from amparo.web.sheets import (
    Button,
    Code,
    Column,
    Crumb,
    Empty,
    Fact,
    Listing,
    Name,
    Row,
    Section,
    Sheet,
    Table,
    Tag,
    Text,
    Withheld,
)

SEE = "training:participant:see"
CHANGE = "training:participant:change"
SCORES = "training:score:see"
SESSIONS = "training:session:see"
ERASE = "training:participant:erase"
PAGE = 50


def _crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    return (Crumb(_("Training"), reverse("training:sessions")), *more)


def _from(actor: Actor) -> tuple[Crumb, ...]:
    """The way back to the room's first page, for who may open it."""
    return _crumbs() if policy.has(actor, SESSIONS) else ()


def _register_crumb() -> Crumb:
    return Crumb(_("Participants"), reverse("training:register"))


# ---- the register --------------------------------------------------------------------------------------------


def register(actor: Actor, audience: str = "", after: UUID | None = None) -> Listing:
    """Who takes part in trainings, the latest first. Cost: four queries."""
    policy.check_new(actor, SEE, policy.Subject(office=actor.office_id))
    rows = policy.visible(actor, SEE, Participant.objects.all())
    if audience in AUDIENCE_LABELS:
        rows = rows.filter(audience=audience)
    if after is not None:
        rows = rows.filter(id__lt=after)
    page = list(rows.order_by("-id")[: PAGE + 1])
    counts = _sessions_of([row.id for row in page[:PAGE]])
    return Listing(
        title=_("Participants"),
        crumbs=(*_from(actor), Crumb(_("Participants"))),
        lede=_("Everybody is in this register once. It says what somebody does in office, and nothing private."),
        rows=tuple(_person_row(one, counts.get(one.row.id, 0)) for one in people(page[:PAGE])),
        empty=Empty(_("Nobody is in the register yet. People are added from the page of a session.")),
        next_url=f"?audience={audience}&after={page[PAGE - 1].id}" if len(page) > PAGE else "",
        previous_url=f"?audience={audience}" if after else "",
    )


def _sessions_of(ids: Sequence[UUID]) -> dict[UUID, int]:
    counts: dict[UUID, int] = {}
    for key in Enrolment.objects.filter(participant_id__in=ids).values_list("participant_id", flat=True):
        counts[key] = counts.get(key, 0) + 1
    return counts


def _person_row(one: Person, count: int) -> Row:
    sessions = ngettext("%(count)d session", "%(count)d sessions", count) % {"count": count}
    return Row(
        title=Name(one.name or _("erased")),
        url=reverse("training:person", args=[one.row.id]),
        lines=(Name(one.post),) if one.post else (),
        meta=f"{AUDIENCE_LABELS[one.row.audience]} · {sessions}",
        tag=Tag(KIND_LABELS[one.row.kind]),
        strong=True,
    )


def person_for(actor: Actor, permission: str, participant_id: UUID) -> Person:
    """Somebody of the register. Raises NotFound, Refused."""
    return people([policy.load(actor, permission, Participant, participant_id, seen_by=SEE)])[0]


@dataclass(frozen=True, slots=True)
class Enrolled:
    """One line of a session's list."""

    session_id: UUID
    name: str


def enrolment_for(actor: Actor, permission: str, enrolment_id: UUID) -> Enrolled:
    """Somebody on a list. Raises NotFound, Refused."""
    row = policy.load(actor, permission, Enrolment, enrolment_id, seen_by=SEE)
    return Enrolled(row.session_id, people_by_id([row.participant_id])[row.participant_id].name)


def register_choices(actor: Actor, session_id: UUID) -> list[tuple[str, str]]:
    """Everybody of the register who is not on this session's list, by name."""
    there = Enrolment.objects.filter(session_id=session_id).values("participant_id")
    rows = policy.visible(actor, SEE, Participant.objects.exclude(pk__in=there)).order_by("-id")[:1000]
    found = [(str(one.row.id), ", ".join(filter(None, [one.name, one.post]))) for one in people(list(rows)) if one.name]
    return sorted(found, key=lambda pair: pair[1].casefold())


# ---- one person ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attended:
    """One session in somebody's history. `scores` has what was handed in."""

    head: Head
    enrolment: Enrolment
    days: int
    scores: dict[Occasion, Score]
    certificates: tuple[Certificate, ...]


def history(actor: Actor, participant_id: UUID) -> list[Attended]:
    """The sessions of one person, the latest first; scores only for those who may see them. Cost: eight queries."""
    rows = policy.visible(actor, SEE, Enrolment.objects.filter(participant_id=participant_id))
    found = {row.session_id: row for row in rows}
    sessions = policy.visible(actor, "training:session:see", Session.objects.filter(pk__in=list(found)))
    told = heads(list(sessions.order_by("-starts_on", "-id")))
    scores: dict[UUID, dict[Occasion, Score]] = {}
    if policy.has(actor, SCORES):
        contents = {found[head.id].id: head.content for head in told}
        for one in opened(list(Sitting.objects.filter(participant_id=participant_id))):
            if one.row.enrolment_id in contents:
                score = score_of(contents[one.row.enrolment_id], one)
                scores.setdefault(one.row.enrolment_id, {})[Occasion(one.row.occasion)] = score
    papers: dict[UUID, list[Certificate]] = {}
    for row in Certificate.objects.filter(participant_id=participant_id).order_by("-id"):
        papers.setdefault(row.enrolment_id, []).append(row)
    return [
        Attended(
            head, found[head.id], len(found[head.id].attended), scores.get(found[head.id].id, {}),
            tuple(papers.get(found[head.id].id, ())),
        )
        for head in told
    ]  # fmt: skip


def history_of(actor: Actor, official_id: UUID) -> list[Attended]:
    """The training history of an official, for the page of partners; empty where there is none or it is not seen."""
    if not policy.has(actor, SEE):
        return []
    row = policy.visible(actor, SEE, Participant.objects.filter(official_id=official_id)).first()
    return history(actor, row.id) if row else []


def participant_of_official(actor: Actor, official_id: UUID) -> UUID:
    """Where an official stands in the register. Raises NotFound."""
    row = policy.visible(actor, SEE, Participant.objects.filter(official_id=official_id)).first()
    if row is None:
        raise NotFound
    return row.id


def person_page(actor: Actor, participant_id: UUID) -> Sheet:
    """One person's professional record and training history. Cost: some ten queries."""
    one = person_for(actor, SEE, participant_id)
    sees = policy.has(actor, SESSIONS)
    past = history(actor, participant_id) if sees else []
    may = policy.has(actor, CHANGE)
    facts = [(_("Post"), one.post), (_("District"), one.district)]
    if may:
        facts.append((_("Contact at work"), one.contact))
    buttons = _person_buttons(actor, one, may)
    return Sheet(
        title=Name(one.name or _("erased")),
        crumbs=(*_from(actor), _register_crumb(), Crumb(one.name or _("erased"))),
        tags=(Tag(KIND_LABELS[one.row.kind]),),
        kind=AUDIENCE_LABELS[one.row.audience],
        lede=ngettext("%(count)d session.", "%(count)d sessions.", len(past)) % {"count": len(past)} if sees else "",
        buttons=buttons,
        sections=(
            Section(
                _("Professional record"),
                id="record",
                column=0,
                facts=tuple(Fact(label, Name(value)) for label, value in facts if value),
                empty=Empty(_("Only the name and the group are known.")),
            ),
            *(
                (_history_section(past, sees_scores=policy.has(actor, SCORES)), _papers_section(past))
                if sees
                else (Section(_("Trainings"), id="history", column=0, withheld=(Withheld(_("Trainings")),)),)
            ),
        ),
    )


def _person_buttons(actor: Actor, one: Person, may: bool) -> tuple[Button, ...]:
    args = [one.row.id]
    found = [Button(_("Change"), reverse("training:change_person", args=args), "quiet")] if may and one.name else []
    if may and one.name and one.row.official_id is None and one.row.account_id is None:
        found.append(Button(_("This is an official"), reverse("training:link_official", args=args), "quiet"))
    if not is_erased(one.row) and policy.has(actor, ERASE):
        found.append(Button(_("Erase"), reverse("training:erase_person", args=args), "grave"))
    return tuple(found)


def told_of_official(actor: Actor, official_id: UUID, person_id: UUID | None) -> list[Section]:
    """The trainings of an official, for her or his own record. Cost: about ten queries where there are some."""
    title = _("Trainings")
    if not (policy.has(actor, SEE) and policy.has(actor, SESSIONS)):
        return [Section(title, "trainings", 2, withheld=(Withheld(title),))]
    row = policy.visible(actor, SEE, Participant.objects.filter(official_id=official_id)).first()
    if row is None:
        return [Section(title, "trainings", 2, empty=Empty(_("There is no training yet.")))]
    return [
        Section(
            title,
            "trainings",
            2,
            rows=tuple(
                Row(
                    title=Name(one.head.content.title),
                    url=one.head.url,
                    when=formats.near_day(one.head.row.starts_on, clock.today()),
                    tag=Tag(_("Certified"), "ok") if any(not p.withdrawn_on for p in one.certificates) else None,
                )
                for one in history(actor, row.id)
            ),
            link_label=_("In the training register"),
            link_url=reverse("training:person", args=[row.id]),
        )
    ]


def _history_section(past: Sequence[Attended], *, sees_scores: bool) -> Section:
    columns = [Column(_("Training")), Column(_("Days")), Column(_("Attended"), number=True)]
    columns += [Column(OCCASION_SHORT[occasion], number=True) for occasion in Occasion] if sees_scores else []
    return Section(
        _("Trainings"),
        id="history",
        column=0,
        table=Table(
            _("Trainings of this person"),
            tuple(columns),
            tuple(
                (
                    Name(one.head.content.title, url=one.head.url),
                    said_days(one.head.days),
                    f"{one.days}/{len(one.head.days)}",
                    *((said_score(one.scores.get(occasion)) for occasion in Occasion) if sees_scores else ()),
                )
                for one in past
            ),
        )
        if past
        else None,
        empty=Empty(_("There is no training yet.")),
    )


def _papers_section(past: Sequence[Attended]) -> Section:
    return Section(
        _("Certificates"),
        id="certificates",
        column=0,
        rows=tuple(
            Row(
                when=formats.day(row.issued_on),
                title=Code(row.number, reverse("training:certificate", args=[row.id])),
                meta=Name(one.head.content.title),
                tag=Tag(_("Withdrawn"), "danger") if row.withdrawn_on else Tag(_("Valid"), "ok"),
                lines=(WITHDRAW_LABELS[row.withdraw_reason],) if row.withdraw_reason else (),
            )
            for one in past
            for row in one.certificates
        ),
        empty=Empty(_("There is no certificate.")),
    )


# ---- follow-up -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FollowUpDue:
    """A follow-up test of one session that somebody has not taken. `missing` are enrolments of who attended."""

    head: Head
    occasion: Occasion
    due_on: date
    missing: tuple[Enrolment, ...]
    present: int


_WERE_HELD = OfReader(
    "training:session:see",
    Session,
    lambda rows: rows.filter(state__in=[SessionState.HELD, SessionState.EVALUATED]).order_by("ends_on", "id"),
)
_ENROLLED = Prepared(lambda sessions: Enrolment.objects.filter(session_id__in=sessions).order_by("id"), IDS)
_TAKEN = Prepared(
    lambda sessions: Sitting.objects.filter(
        enrolment__session_id__in=sessions, occasion__in=FOLLOW_UP_MONTHS
    ).values_list("enrolment_id", "occasion"),
    IDS,
)


def follow_ups(actor: Actor, until: date) -> list[FollowUpDue]:
    """Follow-up tests that are due by a day and that somebody has not taken yet, the earliest first.

    Cost: seven queries, however many sessions.
    """
    rows = [row for row in _WERE_HELD.rows(actor) if steps.due_on(row.ends_on, Occasion.THREE) <= until]
    if not rows:
        return []
    keys = [row.id for row in rows]
    enrolled: dict[UUID, list[Enrolment]] = {}
    for one in _ENROLLED.rows(keys):
        if one.attended:
            enrolled.setdefault(one.session_id, []).append(one)
    taken = set(_TAKEN.rows(keys))
    found = [
        FollowUpDue(head, occasion, steps.due_on(head.row.ends_on, occasion), missing, len(enrolled.get(head.id, ())))
        for head in heads(rows)
        for occasion in FOLLOW_UP_MONTHS
        if steps.due_on(head.row.ends_on, occasion) <= until and head.content.asked(occasion)
        and (missing := tuple(one for one in enrolled.get(head.id, ()) if (one.id, occasion.value) not in taken))
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.due_on)


REMINDED_DAYS = 30


def reminders(actor: Actor) -> Sheet:
    """Who has not taken a follow-up test that is due now or within 30 days, with the contact at work."""
    policy.check_new(actor, SCORES, policy.Subject(office=actor.office_id))
    today = clock.today()
    found = follow_ups(actor, date.fromordinal(today.toordinal() + REMINDED_DAYS))
    persons = people_by_id(row.participant_id for one in found for row in one.missing)
    may = policy.has(actor, CHANGE)
    return Sheet(
        title=_("Follow-up tests"),
        crumbs=_crumbs(Crumb(_("Follow-up"))),
        lede=_("Who has not taken the test after 3 or 6 months. Remind them at work; nobody has to answer.")
        if found
        else _("Nobody has to be reminded now."),
        sections=tuple(_reminder_section(one, persons, today, may) for one in found),
    )


def _reminder_section(one: FollowUpDue, persons: dict[UUID, Person], today: date, may: bool) -> Section:
    columns = [Column(_("Name")), Column(_("Post"))]
    columns += [Column(_("Contact at work")), Column(_("Code for the telephone"))] if may else []
    due = _("due on %(day)s") % {"day": formats.day(one.due_on)}
    late = one.due_on < today
    missing = _("%(count)d of %(all)d missing") % {"count": len(one.missing), "all": one.present}
    lines: list[tuple[Text, ...]] = []
    for row in one.missing:
        person = persons[row.participant_id]
        line: list[Text] = [Name(person.name or _("erased")), Name(person.post)]
        lines.append(tuple([*line, Name(person.contact), Code(row.code)] if may else line))
    return Section(
        f"{one.head.content.title}: {OCCASION_LABELS[one.occasion]}",
        id=f"due-{one.head.id}-{one.occasion}",
        column=0,
        remark=" · ".join([due, *([_("late")] if late else []), missing]),
        table=Table(_("Who has not taken this test"), tuple(columns), tuple(lines)),
        link_label=_("Open the session"),
        link_url=one.head.url,
    )


# ---- for the desk --------------------------------------------------------------------------------------------


def due_for(actor: Actor, until: date) -> list[Due]:
    """Follow-up tests, and sessions that are over and not said to be held, of the trainers' own sessions.

    Cost: no query for others; ten for a trainer.
    """
    if not actor.holds(Role.TRAINER):
        return []
    mine = str(actor.account_id)
    due = [_follow_up_due(one) for one in follow_ups(actor, until) if mine in one.head.row.trainer_ids]
    return [*due, *_unheld(actor, mine), *_unevaluated(actor, mine)]


def _follow_up_due(one: FollowUpDue) -> Due:
    said = ngettext("%(count)d person has not taken it", "%(count)d people have not taken it", len(one.missing))
    return Due(
        due_on=one.due_on,
        title=(_("Follow-up test:"), OCCASION_LABELS[one.occasion]),
        meta=(Name(one.head.content.title), "·", said % {"count": len(one.missing)}),
        url=f"{reverse('training:reminders')}#due-{one.head.id}-{one.occasion}",
        action_label=_("Remind"),
    )


_UNHELD = OfReader(
    "training:session:change",
    Session,
    lambda rows, today: rows.filter(state=SessionState.PLANNED, ends_on__lte=today).order_by("ends_on", "id")[:20],
    DAY,
)
_UNEVALUATED = OfReader(
    "training:session:change",
    Session,
    lambda rows: rows.filter(state=SessionState.HELD).order_by("ends_on", "id")[:20],
)
_TO_MARK = OfReader(
    "training:session:change",
    Session,
    lambda rows: rows.filter(state__in=[SessionState.PLANNED, *WAS_HELD]).order_by("ends_on", "id"),
)
_SITTINGS = Prepared(lambda sessions: Sitting.objects.filter(enrolment__session_id__in=sessions), IDS)
_SESSIONS_OF = Prepared(
    lambda sessions: Enrolment.objects.filter(session_id__in=sessions).values_list("id", "session_id"), IDS
)


def _unheld(actor: Actor, mine: str) -> list[Due]:
    found = _UNHELD.rows(actor, clock.today())
    return [
        Due(head.row.ends_on, _("Say whether this training was held"), Name(head.content.title), head.url, _("Open"))
        for head in heads([row for row in found if mine in row.trainer_ids])
    ]


def _unevaluated(actor: Actor, mine: str) -> list[Due]:
    found = _UNEVALUATED.rows(actor)
    return [
        Due(head.row.ends_on, _("Evaluate this training"), Name(head.content.title), head.url, _("Open"))
        for head in heads([row for row in found if mine in row.trainer_ids])
    ]


def _to_mark(by_hand: Mapping[tuple[UUID, Occasion], Sequence[Question]]) -> Iterator[tuple[UUID, Occasion]]:
    """Session and occasion of each test with a short answer that nobody marked yet.

    A trainer's past tests become many, so answers are opened only of those that lack a mark.
    """
    sessions = {session for session, _occasion in by_hand}
    session_of = dict(_SESSIONS_OF.rows(sessions))
    asked = {row: (session_of[row.enrolment_id], Occasion(row.occasion)) for row in _SITTINGS.rows(sessions)}
    rows = [row for row, place in asked.items() if place in by_hand]
    lacking = [
        row
        for row, words in zip(rows, sealing.open_rows(rows, "marks"), strict=True)
        if any(question.key not in words.table("marks") for question in by_hand[asked[row]])
    ]
    for one in opened(lacking):
        if marking.waiting(by_hand[asked[one.row]], one.answers, one.marks):
            yield asked[one.row]


def waiting_for(actor: Actor) -> list[Due]:
    """Short answers that wait for marks, of the trainer's own sessions. Cost: no query for others; six for her."""
    if not actor.holds(Role.TRAINER):
        return []
    mine = str(actor.account_id)
    rows = [row for row in _TO_MARK.rows(actor) if mine in row.trainer_ids]
    told = {head.id: head for head in heads(rows)}
    by_hand = {
        (head.id, occasion): questions
        for head in told.values()
        for occasion in Occasion
        if (questions := [one for one in head.content.asked(occasion) if one.by_hand])
    }
    waiting = Counter(_to_mark(by_hand))
    return [
        Due(
            None,
            ngettext("Mark one test", "Mark %(count)d tests", count) % {"count": count},
            (Name(told[key].content.title), "·", OCCASION_LABELS[occasion]),
            reverse("training:marking", args=[key, occasion]),
            pgettext("give points to answers", "Mark"),
        )
        for (key, occasion), count in waiting.items()
    ]
