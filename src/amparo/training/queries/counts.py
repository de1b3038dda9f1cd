"""People trained: who counts, each once, by group, district and time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.training.models import Enrolment, Participant, Session
from amparo.training.queries.sessions import Head, heads
from amparo.training.rules import steps
from amparo.training.words import AUDIENCE_LABELS, KIND_LABELS, WAS_HELD
from amparo.web import formats
from amparo.web.sheets import Column, Crumb, Section, Sheet, Table, Text

SEE = "training:session:see"
DEFINITION = gettext_lazy(
    "A person is trained who attended at least the share of days that the curriculum asks for, in a session that "
    "was held and whose last day lies in the period. Each person counts once, however many sessions she attended; "
    "in the table by groups once in each group. Officials, community members and our own staff are counted apart. "
    "It says nothing about what was learned: for that see the scores."
)


@dataclass(frozen=True, slots=True)
class TrainedRow:
    """One person in one session that counts. A person stands in several rows; a count takes her once."""

    participant_id: UUID
    enrolment_id: UUID
    session_id: UUID
    office_id: UUID
    on: date
    audience: str
    kind: str
    curriculum_id: UUID
    district: str
    minutes: int

    @property
    def url(self) -> str:
        return reverse("training:session", args=[self.session_id])


def people_trained_rows(actor: Actor, since: date, until: date) -> list[TrainedRow]:
    """Everybody who counts as trained in sessions that ended from `since` to `until`, both included.

    Cost: six queries, and opening the words of each session. See DEFINITION.
    """
    held = Session.objects.filter(state__in=WAS_HELD, ends_on__gte=since, ends_on__lte=until)
    return _trained(list(policy.visible(actor, SEE, held).select_related("content_version").order_by("ends_on", "id")))


def counted_trained() -> list[TrainedRow]:
    """Everybody who ever counted as trained, for counting. Who may see the counts is asked by whoever shows them."""
    held = Session.objects.filter(state__in=WAS_HELD)
    return _trained(list(held.select_related("content_version").order_by("ends_on", "id")))


def visible_enrolment_ids(actor: Actor) -> QuerySet[Enrolment, Any]:
    """The ids of the enrolments in sessions that somebody may see, as a part of another query."""
    return Enrolment.objects.filter(session__in=policy.visible(actor, SEE, Session.objects.all())).values("id")


def urls_of_enrolments(enrolment_ids: Collection[UUID]) -> dict[UUID, str]:
    """Where the session of each enrolment is. Cost: one query."""
    rows = Enrolment.objects.filter(pk__in=enrolment_ids).values_list("id", "session_id")
    return {id_: reverse("training:session", args=[session]) for id_, session in rows}


def _trained(sessions: Sequence[Session]) -> list[TrainedRow]:
    told = {head.id: head for head in heads(sessions)}
    rows = []
    enrolled = list(Enrolment.objects.filter(session__in=sessions).order_by("id"))
    ids = {row.participant_id for row in enrolled}
    people = {row.id: row for row in Participant.objects.filter(pk__in=ids)}
    for row in enrolled:
        head, person = told[row.session_id], people[row.participant_id]
        share = steps.attendance([date.fromisoformat(day) for day in row.attended], head.days)
        if steps.enough_attendance(share, head.content.least_attendance):
            rows.append(
                TrainedRow(
                    participant_id=person.id,
                    enrolment_id=row.id,
                    session_id=head.id,
                    office_id=head.row.office_id,
                    on=head.row.ends_on,
                    audience=person.audience,
                    kind=person.kind,
                    curriculum_id=head.row.content_version.curriculum_id,
                    district=head.district,
                    minutes=head.content.minutes,
                )
            )
    return rows


def distinct(rows: Iterable[TrainedRow]) -> int:
    """How many people these rows are."""
    return len({row.participant_id for row in rows})


def counts(actor: Actor, since: date, until: date) -> Sheet:
    """People trained in a period, by group, kind, district and curriculum, with the definition beside them."""
    policy.check_new(actor, SEE, policy.Subject(office=actor.office_id))
    rows = people_trained_rows(actor, since, until)
    titles = {head.row.content_version.curriculum_id: head.content.title for head in _heads_of(rows)}
    period = _("%(first)s to %(last)s") % {"first": formats.day(since), "last": formats.day(until)}
    return Sheet(
        title=_("People trained"),
        crumbs=(Crumb(_("Training"), reverse("training:sessions")), Crumb(_("People trained"))),
        remark=(period, "·", _("as of %(day)s") % {"day": formats.day(clock.today())}),
        lede_bold=_("%(people)d people") % {"people": distinct(rows)},
        lede=_("in %(sessions)d sessions.") % {"sessions": len({row.session_id for row in rows})},
        sections=(
            _table(_("By group"), _("Group"), "group", 1, rows, lambda row: AUDIENCE_LABELS[row.audience]),
            _table(
                _("By where they are known from"), _("Known as"), "kind", 2, rows, lambda row: KIND_LABELS[row.kind]
            ),
            _table(_("By district"), _("District"), "district", 1, rows, lambda row: row.district or _("not said")),
            _table(_("By curriculum"), _("Curriculum"), "curriculum", 2, rows, lambda row: titles[row.curriculum_id]),
            Section(_("What is counted"), id="definition", column=0, remark=DEFINITION),
        ),
    )


def _heads_of(rows: Sequence[TrainedRow]) -> list[Head]:
    found = Session.objects.filter(pk__in={row.session_id for row in rows}).select_related("content_version")
    return heads(list(found))


def _table(
    title: str,
    head: str,
    key: str,
    column: Literal[1, 2],
    rows: Sequence[TrainedRow],
    label_of: Callable[[TrainedRow], object],
) -> Section:
    people: dict[str, set[UUID]] = {}
    times: Counter[str] = Counter()
    for row in rows:
        label = str(label_of(row))
        people.setdefault(label, set()).add(row.participant_id)
        times[label] += 1
    lines: list[tuple[Text, ...]] = [
        (label, str(len(people[label])), str(times[label]))
        for label in sorted(people, key=lambda one: (-len(people[one]), one))
    ]
    columns = (Column(head), Column(_("People"), number=True), Column(_("Attendances"), number=True))
    return Section(
        title,
        id=key,
        column=column,
        table=Table(title, columns, tuple(lines)) if lines else None,
        remark="" if lines else _("Nobody in this period."),
    )
