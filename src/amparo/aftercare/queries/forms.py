"""What forms stand on: whose they are, where they lead back to, and what they are filled with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.aftercare.models import (
    AboutClient,
    Assessment,
    CarePlan,
    Client,
    FollowUp,
    Goal,
    Placement,
    SafetyPlan,
    Service,
)
from amparo.aftercare.queries import instruments, scores
from amparo.aftercare.queries.clients import page_url
from amparo.aftercare.queries.days import today
from amparo.aftercare.queries.person import CLIENT_ROLES, crumbs
from amparo.aftercare.rules import schedule, scoring
from amparo.aftercare.rules.steps import SERVICE_STEPS
from amparo.aftercare.words import (
    DOMAIN_LABELS,
    PLACEMENT_LABELS,
    RATING_LABELS,
    SERVICE_LABELS,
    SERVICE_STATE_LABELS,
    UNSCORED_LABELS,
    RatingState,
    Unscored,
)
from amparo.cases import queries as cases
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.people import queries as people
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import Button, Column, Crumb, Fact, Listing, Notice, Row, Section, Sheet, Table, Tag

if TYPE_CHECKING:
    from amparo.web.sheets import Text

R = TypeVar("R", bound=AboutClient)
SEE = "aftercare:plan:see"


@dataclass(frozen=True, slots=True)
class Place:
    """Whose page a form belongs to."""

    client_id: UUID
    case_id: UUID
    person_id: UUID
    who: Text
    url: str
    crumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A form's place, the version of its row, what it is filled with, and what stands above it."""

    place: Place
    version: int = 0
    values: Mapping[str, object] | None = None
    about: Text = ""
    choices: tuple[tuple[str, str], ...] = ()


def _place(actor: Actor, row: AboutClient, client_id: UUID) -> Place:
    head = cases.case_head(actor, row.case_id)
    who = people.labels(actor, {row.person_id})[row.person_id].text
    url = page_url(row.case_id, row.person_id)
    readings.opened(row.case_id, Compartment.CARE)
    return Place(client_id, row.case_id, row.person_id, who, url, crumbs(head, Crumb(_("Aftercare"), url)))


def _client_of(row: AboutClient) -> UUID:
    found = Client.objects.filter(case_id=row.case_id, person_id=row.person_id).order_by("-created_at").first()
    if found is None:
        raise NotFound(permission=SEE)
    return found.id


def _row(actor: Actor, model: type[R], key: UUID) -> tuple[R, Place]:
    row = policy.load(actor, SEE, model, key)
    return row, _place(actor, row, row.id if isinstance(row, Client) else _client_of(row))


def of_client(actor: Actor, client_id: UUID) -> Filled:
    return Filled(_row(actor, Client, client_id)[1])


def of_enrolment(actor: Actor, case_id: UUID, person_id: UUID) -> Filled:
    """Raises Refused, and NotFound where the person has no part in the case in which people are enrolled."""
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, "aftercare:plan:change", head.part(Compartment.CARE))
    if not any(party.person_id == person_id for party in cases.parties(actor, case_id, CLIENT_ROLES)):
        raise NotFound(permission=SEE)
    who = people.labels(actor, {person_id})[person_id].text
    url = page_url(case_id, person_id)
    return Filled(Place(case_id, case_id, person_id, who, url, crumbs(head, Crumb(_("Aftercare"), url))))


def of_safety_plan(actor: Actor, plan_id: UUID) -> Filled:
    row, place = _row(actor, SafetyPlan, plan_id)
    names = ("warnings", "contacts", "way_out", "chosen", "code_word")
    words = sealing.open_row(row, *names)
    return Filled(place, row.version, {name: words.text(name) for name in names})


def of_care_plan(actor: Actor, plan_id: UUID) -> Filled:
    """A care plan with what matters to her and its goals, as its approver reads it."""
    row, place = _row(actor, CarePlan, plan_id)
    words = sealing.open_row(row, "matters")
    return Filled(place, row.version, {"matters": words.text("matters")})


def plan_to_approve(actor: Actor, plan_id: UUID) -> tuple[Place, Section]:
    """The plan that is to be decided, to be read above the decision. Cost: some ten queries."""
    row, place = _row(actor, CarePlan, plan_id)
    goals = list(Goal.objects.filter(plan=row).order_by("created_at", "id"))
    opened = sealing.open_rows(goals, "words")
    names = access.names_of([row.created_by])
    facts = (
        Fact(_("Written by"), names.get(row.created_by, "")),
        Fact(_("What matters to her or him"), sealing.open_row(row, "matters").text("matters")),
    )
    rows = tuple(
        Row(title=words.text("words"), when=DOMAIN_LABELS[goal.domain], dir_auto=True)
        for goal, words in zip(goals, opened, strict=True)
    )
    return place, Section(_("The plan"), id="plan", facts=tuple(f for f in facts if f.value), rows=rows)


def of_goal(actor: Actor, goal_id: UUID) -> Filled:
    row, place = _row(actor, Goal, goal_id)
    words = sealing.open_row(row, "words", "remark")
    values = {"progress": row.progress, "remark": words.text("remark")}
    return Filled(place, row.version, values, about=words.text("words"))


def goal_choices(actor: Actor, client_id: UUID) -> tuple[tuple[str, str], ...]:
    """The goals that a service can be for, in her own words."""
    client = policy.load(actor, SEE, Client, client_id)
    goals = list(Goal.objects.filter(case_id=client.case_id, person_id=client.person_id).order_by("created_at"))
    opened = sealing.open_rows(goals, "words")
    return tuple((str(g.id), w.text("words")[:80]) for g, w in zip(goals, opened, strict=True))


def of_service(actor: Actor, service_id: UUID) -> Filled:
    row, place = _row(actor, Service, service_id)
    words = sealing.open_row(row, "what", "remark")
    after = SERVICE_STEPS[row.state]
    steps = tuple((code, str(label)) for code, label in SERVICE_STATE_LABELS.items() if code in after)
    about = words.text("what") or str(SERVICE_LABELS[row.type])
    return Filled(place, row.version, {"remark": words.text("remark")}, about=about, choices=steps)


def of_follow_up(actor: Actor, follow_up_id: UUID) -> Filled:
    row, place = _row(actor, FollowUp, follow_up_id)
    about = _("Planned for %(day)s.") % {"day": formats.day(row.due_on)}
    return Filled(place, row.version, {"on": today()}, about=about)


def of_placement(actor: Actor, placement_id: UUID) -> Filled:
    row, place = _row(actor, Placement, placement_id)
    return Filled(place, row.version, {"to_on": today()}, about=PLACEMENT_LABELS[row.kind])


def team_choices(actor: Actor, client_id: UUID) -> tuple[tuple[str, str], ...]:
    """Whom a task can be given to: the team of the case and the actor. Cost: four queries."""
    client = policy.load(actor, SEE, Client, client_id)
    return tuple({str(member.account_id): member.name for member in access.team_of(client.case_id)}.items())


# ---- assessments -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ItemForm:
    """One statement with its choices, in the reader's language."""

    code: str
    label: str
    child: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DomainForm:
    code: str
    label: str
    hint: str
    items: tuple[ItemForm, ...]


@dataclass(frozen=True, slots=True)
class AssessmentForm:
    """A draft as its writer sees it."""

    id: UUID
    place: Place
    is_draft: bool
    is_own: bool
    is_second: bool
    rated_on: date
    instrument: str
    note: str
    domains: tuple[DomainForm, ...]
    values: Mapping[str, object]


def _said(said: scoring.Said) -> str:
    return said.in_language(instruments.language())


def _item_form(item: scoring.Item) -> ItemForm:
    steps = [(str(at), f"{at} – {_said(anchor)}") for at, anchor in enumerate(item.anchors, scoring.LOWEST)]
    rest = [(str(code), str(UNSCORED_LABELS[code])) for code in (Unscored.NOT_YET_KNOWN, Unscored.NOT_APPLICABLE)]
    return ItemForm(item.code, _said(item.label), _said(item.child), (*steps, *rest))


def assessment_form(actor: Actor, assessment_id: UUID) -> AssessmentForm:
    """What the page of an assessment is made of; the answers only for their writer while it is a draft."""
    row = policy.load(actor, "aftercare:assessment:see", Assessment, assessment_id)
    place = _place(actor, row, _client_of(row))
    read = instruments.read(row.instrument)
    own = row.created_by == actor.account_id
    values: dict[str, object] = {}
    if own and row.state == RatingState.DRAFT:
        for code, (value, evidence) in instruments.typed_of([row])[0].items():
            values |= {f"score_{code}": value, f"why_{code}": evidence}
        values["environment"] = sealing.open_row(row, "environment").text("environment")
    return AssessmentForm(
        id=row.id,
        place=place,
        is_draft=row.state == RatingState.DRAFT,
        is_own=own,
        is_second=row.second_of_id is not None,
        rated_on=row.rated_on,
        instrument=_said(read.label),
        note=_said(read.licence_note),
        domains=tuple(
            DomainForm(d.code, _said(d.label), _said(d.hint), tuple(_item_form(item) for item in d.items))
            for d in read.domains
        ),
        values=values,
    )


def assessment_sheet(actor: Actor, assessment_id: UUID) -> Sheet:
    """A completed assessment: means, every answer with its evidence, and how far a second rater agrees."""
    row = policy.load(actor, "aftercare:assessment:see", Assessment, assessment_id)
    place = _place(actor, row, _client_of(row))
    names = access.names_of([row.created_by])
    if row.state == RatingState.DRAFT:
        return Sheet(
            title=_("Assessment"),
            crumbs=(*place.crumbs, Crumb(_("Assessment"))),
            lede_bold=_("This assessment is not complete."),
            lede=_("%(name)s is writing it. It can be read when it is complete.")
            % {"name": names.get(row.created_by, "")},
        )
    one = scores.rated([row])[0]
    second = Assessment.objects.filter(second_of_id=row.id).exclude(state=RatingState.DRAFT).first()
    other = scores.rated([second])[0] if second else None
    environment = sealing.open_row(row, "environment").text("environment")
    return Sheet(
        title=_("Assessment of %(day)s") % {"day": formats.day(row.rated_on)},
        crumbs=(*place.crumbs, Crumb(_("Assessment"))),
        tags=(Tag(RATING_LABELS[row.state], "ok"),),
        kind=_said(one.instrument.label),
        remark=_("scored by %(name)s") % {"name": names.get(row.created_by, "")},
        lede_bold=_overall(one),
        lede=environment,
        buttons=_second_button(actor, row),
        notices=(_agreed(one, other),) if other is not None else (),
        sections=(_means(one, other), *_answers(one, other)),
    )


def _overall(one: scores.Rated) -> str:
    if one.score.overall is not None:
        return _("Overall %(mean)s of 4.") % {"mean": formats.mean(one.score.overall)}
    return _("There is no overall mean, because a domain has too few scored statements.")


def _second_button(actor: Actor, row: Assessment) -> tuple[Button, ...]:
    if row.state != RatingState.COMPLETE or row.second_of_id is not None or row.created_by == actor.account_id:
        return ()
    url = reverse("aftercare:second_scoring", args=[row.id])
    return (Button(_("Score it a second time"), url, post=True),)


def _agreed(one: scores.Rated, other: scores.Rated) -> Notice:
    found = scoring.agreement(one.answers, other.answers)
    return Notice(
        _("Of %(both)s statements that both scored, %(alike)s are scored alike and %(close)s at most one step apart.")
        % {"both": found.both, "alike": found.alike, "close": found.close},
        title=_("Scored by two"),
    )


def _mean(score: scoring.DomainScore) -> str:
    return formats.mean(score.mean) if score.mean is not None else _("not enough")


def _means(one: scores.Rated, other: scores.Rated | None) -> Section:
    columns = [Column(_("Domain")), Column(_("Mean"), number=True), Column(_("Scored"), number=True)]
    if other is not None:
        columns.append(Column(_("Second scoring"), number=True))
    lines = []
    for domain in one.instrument.domains:
        score = one.score.of(domain.code)
        scored = _("%(scored)s of %(asked)s") % {"scored": score.scored, "asked": score.asked}
        line: list[Text] = [_said(domain.label), _mean(score), scored]
        if other is not None:
            line.append(_mean(other.score.of(domain.code)))
        lines.append(tuple(line))
    table = Table(_("Means from 1, very low, to 4, strong"), tuple(columns), tuple(lines))
    return Section(_("Domains"), id="means", column=0, table=table)


def _answers(one: scores.Rated, other: scores.Rated | None) -> tuple[Section, ...]:
    half = (len(one.instrument.domains) + 1) // 2
    return tuple(
        Section(
            _said(domain.label),
            id=domain.code,
            column=1 if at < half else 2,
            rows=tuple(_answer_row(item, one, other) for item in domain.items),
        )
        for at, domain in enumerate(one.instrument.domains)
    )


def _value(item: scoring.Item, answers: Mapping[str, scoring.Answer]) -> tuple[str, str, str]:
    """The figure, the anchor chosen and what it rests on."""
    given = answers.get(item.code)
    if given is None:
        return "–", _("No answer"), ""
    if given.score is None:
        return "–", str(UNSCORED_LABELS[str(given.value)]), given.evidence
    return str(given.score), _said(item.anchors[given.score - scoring.LOWEST]), given.evidence


def _answer_row(item: scoring.Item, one: scores.Rated, other: scores.Rated | None) -> Row:
    figure, chosen, evidence = _value(item, one.answers)
    lines = [chosen, *([_("Rests on: %(evidence)s") % {"evidence": evidence}] if evidence else [])]
    if other is not None:
        lines.append(_("Second scoring: %(figure)s") % {"figure": _value(item, other.answers)[0]})
    return Row(title=_said(item.label), when=figure, lines=tuple(lines), strong=True)


def recent_choices(actor: Actor, client_id: UUID) -> tuple[tuple[str, str], ...]:
    """Completed assessments that a decision can cite, newest first."""
    client = policy.load(actor, "aftercare:restoration:decide", Client, client_id, seen_by=SEE)
    rows = Assessment.objects.filter(case_id=client.case_id, person_id=client.person_id, second_of_id=None)
    found = scores.rated(list(rows.select_related("instrument").order_by("-rated_on", "-created_at")))
    return tuple(
        (
            str(one.id),
            _("%(day)s: %(score)s") % {"day": formats.day(one.on), "score": scores.overall_text(one)},
        )
        for one in found
        if schedule.is_recent(one.on, today())
    )


def decision_notice(actor: Actor, client_id: UUID) -> Notice | None:
    """What the newest assessment that can be cited has against restoration."""
    client = policy.load(actor, "aftercare:restoration:decide", Client, client_id, seen_by=SEE)
    rows = Assessment.objects.filter(case_id=client.case_id, person_id=client.person_id, second_of_id=None)
    series = scores.of_one_instrument(scores.rated(list(rows.select_related("instrument"))))
    if not series or not schedule.is_recent(series[-1].on, today()):
        return Notice(
            _("There is no completed assessment of the last %(days)s days. Complete one first.")
            % {"days": schedule.RECENT_DAYS},
            tone="warn",
        )
    found = scores.against(series[-1])
    return Notice(tuple(found), title=_("This speaks against it"), tone="warn") if found else None


# ---- instruments -------------------------------------------------------------------------------------------


def instrument_choices() -> tuple[tuple[str, str], ...]:
    """The newest version of each; ours by an empty word, since it may not be stored yet."""
    return tuple(("house" if view.is_house else str(view.id), view.label) for view in instruments.usable())


def instrument_list(actor: Actor) -> Listing:
    """Every instrument with its versions. Raises NotFound. Cost: one query."""
    if not (policy.has(actor, "aftercare:instrument:manage") or policy.has(actor, SEE)):
        raise NotFound(permission="aftercare:instrument:manage")
    manages = policy.has(actor, "aftercare:instrument:manage")
    return Listing(
        title=_("Instruments"),
        lede=_("With these questions the lives of survivors are looked at over time. A version never changes."),
        buttons=(Button(_("Add your own"), reverse("aftercare:add_instrument")),) if manages else (),
        rows=tuple(
            Row(
                title=view.label,
                when=_("version %(number)s") % {"number": view.version},
                meta=(view.instrument.licence, "·", _statements(view.instrument)),
                lines=(_said(view.instrument.licence_note),),
                tag=Tag(_("comes with Amparo"), "on") if view.is_house else None,
            )
            for view in instruments.every_version()
        ),
    )


def _statements(read: scoring.Instrument) -> str:
    return _("%(domains)s domains, %(items)s statements") % {
        "domains": len(read.domains),
        "items": len(read.items),
    }
