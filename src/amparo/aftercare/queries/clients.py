"""Who is enrolled, and what is due for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.asking import OfReader
from amparo.aftercare.models import Assessment, CarePlan, Client, FollowUp, InstrumentVersion, SafetyPlan
from amparo.aftercare.queries import instruments
from amparo.aftercare.queries.days import today
from amparo.aftercare.rules.schedule import next_assessment
from amparo.aftercare.rules.scoring import Schedule
from amparo.aftercare.words import CareState, FollowUpState, RatingState, SafetyState
from amparo.cases import queries as cases
from amparo.cases.moments import Due
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Role
from amparo.people import queries as people
from amparo.vault.prepared import ID, IDS, Prepared
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.sheets import Button, Code, Empty, Listing, Row, Urgency

if TYPE_CHECKING:
    from amparo.web.sheets import Part, Text

SEE = "aftercare:plan:see"
PAGE = 50
SOON = timedelta(days=14)
_DEFAULT_SCHEDULE = Schedule((6,), 12)

KINDS: Mapping[str, str | Promise] = {
    "assessment": gettext_lazy("Assessment"),
    "safety": gettext_lazy("Review of the safety plan"),
    "no_safety": gettext_lazy("There is no safety plan yet"),
    "care": gettext_lazy("Review of the care plan"),
    "follow_up": gettext_lazy("Follow-up"),
}


@dataclass(frozen=True, slots=True)
class DueLine:
    """One thing that is due for one client."""

    client_id: UUID
    case_id: UUID
    person_id: UUID
    kind: str
    on: date
    follow_up: UUID | None = None

    @property
    def url(self) -> str:
        if self.follow_up is not None:
            return reverse("aftercare:follow_up", args=[self.follow_up])
        return page_url(self.case_id, self.person_id)


def page_url(case_id: UUID, person_id: UUID) -> str:
    return reverse("aftercare:person", args=[case_id, person_id])


def urgency(on: date, now: date) -> Urgency:
    return "late" if on < now else "soon" if on <= now + SOON else ""


_INSTRUMENTS = Prepared(lambda keys: InstrumentVersion.objects.filter(pk__in=keys), IDS)
_RATED = Prepared(
    lambda cases: (
        Assessment.objects.filter(case_id__in=cases, second_of_id=None)
        .exclude(state=RatingState.DRAFT)
        .values_list("case_id", "person_id", "rated_on", "instrument_id")
    ),
    IDS,
)
_SAFETY = Prepared(
    lambda cases: SafetyPlan.objects.filter(
        case_id__in=cases, state__in=(SafetyState.AGREED, SafetyState.REVIEWED)
    ).values_list("case_id", "person_id", "review_on"),
    IDS,
)
_CARE = Prepared(
    lambda cases: CarePlan.objects.filter(
        case_id__in=cases, state__in=(CareState.APPROVED, CareState.REVIEWED)
    ).values_list("case_id", "person_id", "review_on"),
    IDS,
)
_PLANNED = Prepared(
    lambda cases: (
        FollowUp.objects.filter(case_id__in=cases, state=FollowUpState.PLANNED)
        .order_by("due_on")
        .values_list("id", "case_id", "person_id", "due_on")
    ),
    IDS,
)
_OWN = OfReader(SEE, Client, lambda rows, cases: rows.filter(case_id__in=cases).order_by("enrolled_on", "id"), IDS)
_TO_APPROVE = OfReader(
    "aftercare:plan:approve",
    CarePlan,
    lambda rows, created, agreed: (
        rows.filter(state=CareState.AGREED)
        .exclude(created_by=created)
        .exclude(agreed_by=agreed)
        .order_by("agreed_on", "id")[:PAGE]
    ),
    ID,
    ID,
)


def schedules(instrument_ids: Iterable[UUID]) -> dict[UUID, Schedule]:
    """The schedules of some instruments. Cost: one query."""
    return {row.id: instruments.read(row).schedule for row in _INSTRUMENTS.rows(set(instrument_ids))}


def assessment_days(clients: Sequence[Client]) -> dict[UUID, date | None]:
    """When each client's next assessment is due. Cost: two queries."""
    found: dict[tuple[UUID, UUID], list[tuple[date, UUID]]] = {}
    for case, person, on, instrument in _RATED.rows({c.case_id for c in clients}):
        found.setdefault((case, person), []).append((on, instrument))
    used = schedules(instrument for days in found.values() for _day, instrument in days)
    dues: dict[UUID, date | None] = {}
    for client in clients:
        rated = sorted(day for day in found.get((client.case_id, client.person_id), []) if day[0] >= client.enrolled_on)
        schedule = used[rated[-1][1]] if rated else _DEFAULT_SCHEDULE
        dues[client.id] = next_assessment(schedule, client.enrolled_on, [day for day, _instrument in rated])
    return dues


def _reviews(clients: Sequence[Client]) -> dict[tuple[UUID, UUID, str], date]:
    """When safety plans and care plans are to be reviewed. Cost: two queries."""
    within = {c.case_id for c in clients}
    found: dict[tuple[UUID, UUID, str], date] = {}
    for case, person, on in _SAFETY.rows(within):
        if on is not None:
            found[case, person, "safety"] = on
    for case, person, on in _CARE.rows(within):
        if on is not None:
            found[case, person, "care"] = on
    return found


def _lines(clients: Sequence[Client]) -> list[DueLine]:
    """Everything that is due for these clients, the earliest first. Cost: five queries."""
    live = [client for client in clients if client.ended_on is None]
    days, reviews = assessment_days(live), _reviews(live)
    lines: list[DueLine] = []

    def add(client: Client, kind: str, on: date, follow_up: UUID | None = None) -> None:
        lines.append(DueLine(client.id, client.case_id, client.person_id, kind, on, follow_up))

    for client in live:
        if (day := days[client.id]) is not None:
            add(client, "assessment", day)
        safety = reviews.get((client.case_id, client.person_id, "safety"))
        add(client, "safety" if safety else "no_safety", safety or client.enrolled_on)
        if (care := reviews.get((client.case_id, client.person_id, "care"))) is not None:
            add(client, "care", care)
    newest = {(client.case_id, client.person_id): client for client in clients}
    for key, case, person, on in _PLANNED.rows({c.case_id for c in clients}):
        if (case, person) in newest:
            add(newest[case, person], "follow_up", on, key)
    return sorted(lines, key=lambda line: (line.on, line.client_id, line.kind))


def _visible(actor: Actor) -> list[Client]:
    return list(policy.visible(actor, SEE, Client.objects.order_by("enrolled_on", "id")))


def due_for(actor: Actor, until: date) -> list[Due]:
    """What a caseworker has to do for her own clients by a day. Cost: nine queries."""
    own = {case for case, role in actor.grants if role is Role.CASEWORKER}
    if not own:
        return []
    clients = _OWN.rows(actor, own)
    lines = [line for line in _lines(clients) if line.on <= until]
    labels = people.labels(actor, {line.person_id for line in lines})
    codes = _case_codes(actor, lines)
    now = today()
    return [
        Due(
            due_on=line.on,
            title=(KINDS[line.kind], *_parts(labels[line.person_id].text)),
            meta=codes.get(line.case_id, ""),
            url=line.url,
            action_label=_("Open"),
            urgency=urgency(line.on, now),
            case_id=line.case_id,
        )
        for line in lines
    ]


def _parts(text: Text) -> tuple[Part, ...]:
    return text if isinstance(text, tuple) else (text,)


def _case_codes(actor: Actor, lines: Sequence[DueLine]) -> dict[UUID, Text]:
    return {head.id: Code(head.code) for head in cases.heads(actor, {line.case_id for line in lines}).values()}


def waiting_for(actor: Actor) -> list[Due]:
    """Care plans that wait for this supervisor's approval. Cost: four queries."""
    if not policy.has(actor, "aftercare:plan:approve"):
        return []
    plans = _TO_APPROVE.rows(actor, actor.account_id, actor.account_id)
    labels = people.labels(actor, {plan.person_id for plan in plans})
    heads = cases.heads(actor, {plan.case_id for plan in plans})
    return [
        Due(
            due_on=plan.agreed_on,
            title=(_("Care plan to approve"), *_parts(labels[plan.person_id].text)),
            meta=Code(heads[plan.case_id].code) if plan.case_id in heads else "",
            url=reverse("aftercare:approve_plan", args=[plan.id]),
            action_label=_("Read and decide"),
            urgency="soon",
            case_id=plan.case_id,
        )
        for plan in plans
    ]


def due_list(actor: Actor, after: UUID | None = None) -> Listing:
    """Every client that the actor sees, the most urgent first, with what is due next. Cost: ten queries."""
    if not policy.has(actor, SEE):
        raise NotFound(permission=SEE)
    lines = _lines(_visible(actor))
    first: dict[UUID, DueLine] = {}
    more: dict[UUID, int] = {}
    for line in lines:
        first.setdefault(line.client_id, line)
        more[line.client_id] = more.get(line.client_id, 0) + 1
    ordered = list(first.values())
    start = next((at + 1 for at, line in enumerate(ordered) if line.client_id == after), 0)
    shown = ordered[start : start + PAGE]
    labels = people.labels(actor, {line.person_id for line in shown})
    codes = _case_codes(actor, shown)
    now = today()
    late = sum(line.on < now for line in ordered)
    url = reverse("aftercare:clients")
    return Listing(
        title=_("Aftercare"),
        lede_bold=_lede(late, len(ordered)),
        buttons=(Button(_("Instruments"), reverse("aftercare:instruments"), tone="quiet"),),
        rows=tuple(
            Row(
                title=labels[line.person_id].text,
                when=formats.near_day(line.on, now),
                when_tone=urgency(line.on, now),
                meta=(KINDS[line.kind], "·", *_parts(codes.get(line.case_id, ""))),
                action_label=_("Open"),
                action_url=page_url(line.case_id, line.person_id),
            )
            for line in shown
        ),
        empty=Empty(_("Nobody is enrolled whom you work with."), _("See the cases"), reverse("cases:cases")),
        next_url=f"{url}?after={shown[-1].client_id}" if len(ordered) > start + PAGE else "",
        previous_url=url if start else "",
    )


def _lede(late: int, count: int) -> str:
    if not count:
        return ""
    if not late:
        return _("Nothing is late.")
    return ngettext("For %(count)s client something is late.", "For %(count)s clients something is late.", late) % {
        "count": late
    }
