"""Sessions: the list, the year, and the page of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.partners import queries as partners
from amparo.training.models import Enrolment, Session
from amparo.training.queries.contents import content_of_session, contents
from amparo.training.queries.said import days as said_days
from amparo.training.rules.content import Content
from amparo.training.words import AUDIENCE_LABELS, LANGUAGE_LABELS, STATE_LABELS, SessionState
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import Button, Crumb, Empty, Listing, Name, Row, Section, Sheet, Tag, Tone

SEE = "training:session:see"
CHANGE = "training:session:change"
PAGE = 50
_TONES: dict[str, Tone] = {
    SessionState.PLANNED: "on",
    SessionState.HELD: "warn",
    SessionState.EVALUATED: "ok",
    SessionState.FOLLOWED_UP: "ok",
    SessionState.CANCELLED: "",
}


@dataclass(frozen=True, slots=True)
class Head:
    """A session with its words, for its page and forms."""

    row: Session
    content: Content
    place: str
    district: str
    guest_trainers: str
    invited: str
    remark: str
    evaluation: str

    @property
    def id(self) -> UUID:
        return self.row.id

    @property
    def state(self) -> SessionState:
        return SessionState(self.row.state)

    @property
    def days(self) -> list[date]:
        return [date.fromisoformat(day) for day in self.row.days]

    @property
    def url(self) -> str:
        return reverse("training:session", args=[self.row.id])

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        return (Crumb(_("Training"), reverse("training:sessions")), Crumb(self.content.title, self.url))

    @property
    def tag(self) -> Tag:
        return Tag(STATE_LABELS[self.state], _TONES[self.state])


_COLUMNS = ("place", "district", "guest_trainers", "invited", "remark", "evaluation")


def head_for(actor: Actor, permission: str, session_id: UUID) -> Head:
    """A session by its id. Raises NotFound, Refused."""
    row = policy.load(actor, permission, Session, session_id, seen_by=SEE)
    words = sealing.open_row(row, *_COLUMNS)
    return Head(row, content_of_session(row), *(words.text(column) for column in _COLUMNS))


def heads(rows: Sequence[Session]) -> list[Head]:
    """Sessions with their words. Cost: three queries, however many."""
    told = contents(row.content_version_id for row in rows)
    opened = sealing.open_rows(rows, *_COLUMNS)
    return [
        Head(row, told[row.content_version_id], *(words.text(column) for column in _COLUMNS))
        for row, words in zip(rows, opened, strict=True)
    ]


def _sizes(rows: Iterable[Session]) -> dict[UUID, int]:
    counted = Enrolment.objects.filter(session__in=list(rows)).values_list("session_id").annotate(Count("id"))
    return dict(counted)


def listing(actor: Actor, state: str = "", after: UUID | None = None) -> Listing:
    """Sessions, the latest first, of all states or one. Cost: seven queries."""
    policy.check_new(actor, SEE, policy.Subject(office=actor.office_id))
    rows = policy.visible(actor, SEE, Session.objects.all())
    if state in set(SessionState):
        rows = rows.filter(state=state)
    page = list(_behind(rows, after).order_by("-starts_on", "-id")[: PAGE + 1])
    sizes = _sizes(page[:PAGE])
    may = policy.has(actor, CHANGE)
    more = f"?state={state}&after={page[PAGE - 1].id}" if len(page) > PAGE else ""
    return Listing(
        title=_("Training"),
        lede=_("Sessions for police, prosecutors, judges, social workers and medical first responders."),
        buttons=_list_buttons(may),
        rows=tuple(_row(head, sizes.get(head.id, 0)) for head in heads(page[:PAGE])),
        empty=Empty(
            _("There is no session here."),
            _("Plan a session") if may else "",
            reverse("training:plan") if may else "",
        ),
        next_url=more,
        previous_url=f"?state={state}" if after else "",
    )


def _behind(rows: QuerySet[Session], after: UUID | None) -> QuerySet[Session]:
    last = Session.objects.filter(pk=after).values_list("starts_on", "id").first() if after else None
    if last is None:
        return rows
    return rows.filter(Q(starts_on__lt=last[0]) | Q(starts_on=last[0], id__lt=last[1]))


def _list_buttons(may: bool) -> tuple[Button, ...]:
    links = (
        Button(_("The year"), reverse("training:year"), "quiet"),
        Button(_("Curricula"), reverse("training:curricula"), "quiet"),
        Button(_("Participants"), reverse("training:register"), "quiet"),
        Button(_("People trained"), reverse("training:counts"), "quiet"),
        Button(_("Follow-up"), reverse("training:reminders"), "quiet"),
    )
    return (Button(_("Plan a session"), reverse("training:plan"), key="n"), *links) if may else links


def _row(head: Head, enrolled: int) -> Row:
    people = ngettext("%(count)d participant", "%(count)d participants", enrolled) % {"count": enrolled}
    return Row(
        when=formats.near_day(head.row.starts_on, clock.today()),
        title=Name(head.content.title),
        url=head.url,
        lines=((Name(head.place), "·", Name(head.district)) if head.district else Name(head.place),),
        meta=" · ".join([said_days(head.days), people]),
        tag=head.tag,
        strong=True,
    )


def year(actor: Actor, wanted: int) -> Sheet:
    """The sessions of a year by month, empty months too: where there is room for another. Cost: seven queries."""
    policy.check_new(actor, SEE, policy.Subject(office=actor.office_id))
    rows = policy.visible(actor, SEE, Session.objects.filter(starts_on__year=wanted)).order_by("starts_on", "id")
    found = heads(list(rows[:400]))
    sizes = _sizes(head.row for head in found)
    return Sheet(
        title=_("Training in %(year)d") % {"year": wanted},
        crumbs=(Crumb(_("Training"), reverse("training:sessions")), Crumb(str(wanted))),
        lede=ngettext("%(count)d session.", "%(count)d sessions.", len(found)) % {"count": len(found)},
        buttons=(
            Button(str(wanted - 1), reverse("training:year_of", args=[wanted - 1]), "quiet"),
            Button(str(wanted + 1), reverse("training:year_of", args=[wanted + 1]), "quiet"),
        ),
        sections=tuple(
            Section(
                formats.month_and_year(date(wanted, month, 1)),
                id=f"month-{month}",
                column=1 if month % 2 else 2,
                rows=tuple(_row(head, sizes.get(head.id, 0)) for head in found if head.row.starts_on.month == month),
                empty=Empty(_("No session begins in this month.")),
            )
            for month in range(1, 13)
        ),
    )


# ---- for forms ----------------------------------------------------------------------------------------------


def trainer_choices(actor: Actor) -> list[tuple[str, str]]:
    return [(str(one.id), one.name) for one in access.colleagues(actor)]


def invited_choices(actor: Actor) -> list[tuple[str, str]]:
    """Agencies and their units, as far as the partners' room shows them."""
    return [*partners.agency_choices(actor), *partners.unit_choices(actor)]


def trainers_of(head: Head) -> str:
    """Who trains: colleagues, then guests."""
    wanted = [UUID(key) for key in head.row.trainer_ids]
    names = access.names_of(wanted)
    return ", ".join([*(names[key] for key in wanted if key in names), *filter(None, [head.guest_trainers])])


def invited_of(head: Head) -> str:
    names = partners.names_of([UUID(key) for key in head.row.invited_ids])
    return ", ".join([*sorted(names.values()), *filter(None, [head.invited])])


def plan_values(head: Head) -> dict[str, object]:
    """What the form of the plan is filled with."""
    weekdays = {day.weekday() for day in head.days}
    span = (head.row.ends_on - head.row.starts_on).days
    inside = {(head.row.starts_on.weekday() + at) % 7 for at in range(span + 1)}
    return {
        "starts_on": head.row.starts_on,
        "ends_on": head.row.ends_on,
        "left_out": [str(day) for day in sorted(inside - weekdays)],
        "place": head.place,
        "district": head.district,
        "language": head.row.language,
        "trainer_ids": list(head.row.trainer_ids),
        "guest_trainers": head.guest_trainers,
        "invited_ids": list(head.row.invited_ids),
        "invited": head.invited,
        "remark": head.remark,
    }


def audience_of(head: Head) -> str:
    return str(AUDIENCE_LABELS[head.row.content_version.curriculum.audience])


def language_of(head: Head) -> str:
    return str(LANGUAGE_LABELS.get(head.row.language, head.row.language))
