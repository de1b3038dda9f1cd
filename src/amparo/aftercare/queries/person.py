"""The aftercare page of one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.aftercare.models import (
    Assessment,
    CarePlan,
    Client,
    FollowUp,
    Goal,
    Placement,
    RestorationDecision,
    SafetyPlan,
    Service,
)
from amparo.aftercare.queries import instruments, scores
from amparo.aftercare.queries.clients import assessment_days, page_url, urgency
from amparo.aftercare.queries.days import today
from amparo.aftercare.rules import schedule
from amparo.aftercare.rules.steps import OPEN_SERVICES
from amparo.aftercare.words import (
    CARE_LABELS,
    CLIENT_LABELS,
    DECISION_LABELS,
    DOMAIN_LABELS,
    END_LABELS,
    OUTCOME_LABELS,
    PLACEMENT_LABELS,
    PROGRESS_LABELS,
    PROVIDER_LABELS,
    RATING_LABELS,
    SAFETY_LABELS,
    SERVICE_LABELS,
    SERVICE_STATE_LABELS,
    CareState,
    Decision,
    FollowUpState,
    Outcome,
    Progress,
    RatingState,
    SafetyState,
    ServiceState,
)
from amparo.cases import queries as cases
from amparo.cases.queries import CaseHead
from amparo.cases.words import PARTY_LABELS, PartyRole
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment, Role, Sight
from amparo.people import queries as people
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import (
    Button,
    Crumb,
    Empty,
    Fact,
    Name,
    Notice,
    Row,
    Section,
    Sheet,
    Tag,
    Withheld,
)

if TYPE_CHECKING:
    from amparo.web.sheets import ButtonTone, Text, Tone

CLIENT_ROLES = (PartyRole.SURVIVOR, PartyRole.FAMILY, PartyRole.CAREGIVER)
_GOAL_TONES: dict[str, Tone] = {Progress.MET: "ok", Progress.IN_PROGRESS: "on"}
_SERVICE_TONES: dict[str, Tone] = {
    ServiceState.DELIVERED: "ok", ServiceState.CONSENTED: "on", ServiceState.UNAVAILABLE: "warn",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Everything:
    """All that is kept about one client, loaded once."""

    actor: Actor
    head: CaseHead
    client: Client
    now: date
    rated: list[scores.Rated]
    drafts: list[Assessment]
    next_on: date | None
    may_place: bool
    may_approve: bool

    @property
    def is_live(self) -> bool:
        return self.client.ended_on is None

    def mine(self) -> dict[str, UUID]:
        return {"case_id": self.client.case_id, "person_id": self.client.person_id}

    def day(self, value: date | None) -> str:
        return formats.near_day(value, self.now) if value else ""


def crumbs(head: CaseHead, *more: Crumb) -> tuple[Crumb, ...]:
    return (
        Crumb(_("Cases"), reverse("cases:cases")),
        Crumb(head.code, reverse("desk:case", args=[head.id]), code=True),
        *more,
    )


def withheld(case_id: UUID) -> Withheld:
    """In the place of care words for those who do not read them: whom to ask. Cost: three queries."""
    names = [member.name for member in access.team_of(case_id) if member.role is Role.CASEWORKER]
    asked: Text = (_("Ask:"), *(Name(name) for name in names)) if names else _("Ask the supervisor of the office.")
    return Withheld(_("Plans, services and assessments"), ask=asked)


def sees_care(actor: Actor, head: CaseHead, person_id: UUID | None = None) -> bool:
    subject = Subject(office=head.office_id, cases=frozenset([head.id]), person=person_id, level=Compartment.CARE)
    return policy.decide(actor, "aftercare:plan:see", subject).allowed


def person_page(actor: Actor, case_id: UUID, person_id: UUID) -> Sheet:
    """Everything about one person's aftercare; for others on the case, whom to ask. Raises NotFound.

    Cost: some twenty-five queries, however much there is.
    """
    head = cases.case_head(actor, case_id)
    parties = [p for p in cases.parties(actor, case_id, CLIENT_ROLES) if p.person_id == person_id]
    if not parties:
        raise NotFound(permission="aftercare:plan:see")
    title = people.labels(actor, {person_id})[person_id].text
    trail = crumbs(head, Crumb(_("Aftercare")))
    kind = PARTY_LABELS[parties[0].role]
    if not sees_care(actor, head, person_id):
        section = Section(_("Aftercare"), id="aftercare", column=0, withheld=(withheld(case_id),))
        return Sheet(title=title, crumbs=trail, kind=kind, sections=(section,))
    client = Client.objects.filter(case_id=case_id, person_id=person_id).order_by("-created_at").first()
    if client is None:
        return _not_enrolled(title, trail, kind, case_id, person_id)
    readings.opened(case_id, Compartment.CARE)
    return _sheet(_everything(actor, head, client), title, trail)


def _not_enrolled(title: Text, trail: tuple[Crumb, ...], kind: Text, case_id: UUID, person_id: UUID) -> Sheet:
    url = reverse("aftercare:enrol", args=[case_id, person_id])
    return Sheet(
        title=title,
        crumbs=trail,
        kind=kind,
        lede_bold=_("Not enrolled in aftercare."),
        lede=_("Enrolment starts a safety plan, a care plan and the first assessment."),
        buttons=(Button(_("Enrol"), url),),
    )


def _everything(actor: Actor, head: CaseHead, client: Client) -> Everything:
    about = {"case_id": client.case_id, "person_id": client.person_id}
    rows = list(
        Assessment.objects.filter(**about, second_of_id=None)
        .select_related("instrument")
        .order_by("rated_on", "created_at")
    )
    place = Subject(
        office=head.office_id, cases=frozenset([head.id]), person=client.person_id, level=Compartment.ADDRESS
    )
    return Everything(
        actor=actor,
        head=head,
        client=client,
        now=today(),
        rated=scores.rated(rows),
        drafts=[row for row in rows if row.state == RatingState.DRAFT],
        next_on=assessment_days([client])[client.id] if client.ended_on is None else None,
        may_place=policy.decide(actor, "people:address:change", place).allowed,
        may_approve=policy.decide(actor, "aftercare:plan:approve", head.part(Compartment.CARE)).allowed,
    )


def _sheet(e: Everything, title: Text, trail: tuple[Crumb, ...]) -> Sheet:
    tags: tuple[Tag, ...] = ()
    if e.client.ended_on is not None:
        tags = (Tag(_("Ended"), ""),)
    live_buttons = (
        Button(_("Assess"), reverse("aftercare:start_assessment", args=[e.client.id])),
        Button(_("Set a task"), reverse("aftercare:task", args=[e.client.id]), tone="quiet"),
    )
    return Sheet(
        title=title,
        crumbs=trail,
        kind=CLIENT_LABELS[e.client.kind],
        tags=tags,
        remark=_("enrolled %(day)s") % {"day": e.day(e.client.enrolled_on)},
        lede_bold=scores.change_in_words(e.rated),
        lede=_lede(e),
        buttons=live_buttons if e.is_live else (),
        notices=_notices(e),
        sections=(
            _change(e),
            _safety(e),
            _care(e),
            _services(e),
            _restoration(e),
            _follow_ups(e),
            _placements(e),
            _enrolment(e),
        ),
    )


def _lede(e: Everything) -> str:
    if e.client.ended_on is not None:
        return _("Aftercare ended on %(day)s.") % {"day": formats.day(e.client.ended_on)}
    if e.next_on is None:
        return ""
    if e.next_on < e.now:
        return _("The next assessment was due on %(day)s.") % {"day": formats.day(e.next_on)}
    return _("The next assessment is due on %(day)s.") % {"day": formats.day(e.next_on)}


def _notices(e: Everything) -> tuple[Notice, ...]:
    if not e.is_live:
        return ()
    found = [
        Notice(
            _("An assessment is begun and not complete."),
            action=Button(_("Go on"), reverse("aftercare:assessment", args=[row.id]), tone="quiet"),
        )
        for row in e.drafts
        if row.created_by == e.actor.account_id
    ]
    return tuple(found)


# ---- assessments -------------------------------------------------------------------------------------------


def _change(e: Everything) -> Section:
    rows = tuple(
        Row(
            title=(scores.overall_text(one)),
            when=e.day(one.on),
            meta=(one.instrument.label.in_language(instruments.language()),),
            url=reverse("aftercare:assessment", args=[one.id]),
            tag=Tag(RATING_LABELS[one.row.state]) if one.row.state == RatingState.REVIEWED else None,
        )
        for one in reversed(e.rated)
    )
    return Section(
        _("How life has changed"),
        id="change",
        column=0,
        drawing=scores.profile(e.rated),
        rows=rows,
        empty=Empty(_("Nothing is scored yet. The first assessment is due at enrolment.")),
    )


# ---- the safety plan ---------------------------------------------------------------------------------------


def _safety(e: Everything) -> Section:
    plans = list(SafetyPlan.objects.filter(**e.mine()).exclude(state=SafetyState.RETIRED).order_by("-created_at"))
    holding = next((plan for plan in plans if plan.state != SafetyState.DRAFT), None)
    draft = next((plan for plan in plans if plan.state == SafetyState.DRAFT), None)
    shown = holding or draft
    title = _("Safety plan")
    if shown is None:
        url = reverse("aftercare:write_safety", args=[e.client.id]) if e.is_live else ""
        empty = Empty(_("There is no safety plan yet. It needs no consent: safety does not wait."), _("Write one"), url)
        return Section(title, id="safety", empty=empty)
    words = sealing.open_row(shown, "warnings", "contacts", "way_out", "chosen", "code_word", "review_words")
    facts = [
        Fact(_("State"), _safety_state(e, shown)),
        Fact(_("What she or he chose"), words.text("chosen")),
        Fact(_("Warning signs"), words.text("warnings")),
        Fact(_("Safe contacts"), words.text("contacts")),
        Fact(_("The way out"), words.text("way_out")),
        Fact(_("Code word"), words.text("code_word")),
        Fact(_("At the last review"), words.text("review_words")),
    ]
    notices: list[Notice] = []
    if holding and holding.review_on and holding.review_on < e.now:
        notices.append(Notice(_("The review of this plan is late."), tone="warn"))
    if holding and draft:
        action = Button(_("Go on writing"), reverse("aftercare:change_safety", args=[draft.id]), tone="quiet")
        notices.append(Notice(_("A new plan is being written."), action=action))
    return Section(
        title,
        id="safety",
        facts=tuple(fact for fact in facts if fact.value),
        notices=tuple(notices),
        buttons=_safety_buttons(e, shown, draft) if e.is_live else (),
    )


def _safety_state(e: Everything, plan: SafetyPlan) -> Text:
    label = str(SAFETY_LABELS[plan.state])
    if plan.review_on is None:
        return label
    return _("%(state)s on %(day)s, next review %(review)s") % {
        "state": label,
        "day": e.day(plan.reviewed_on or plan.agreed_on),
        "review": e.day(plan.review_on),
    }


def _safety_buttons(e: Everything, shown: SafetyPlan, draft: SafetyPlan | None) -> tuple[Button, ...]:
    if shown.state == SafetyState.DRAFT:
        return (
            Button(_("She or he agrees to it"), reverse("aftercare:agree_safety", args=[shown.id])),
            Button(_("Go on writing"), reverse("aftercare:change_safety", args=[shown.id]), tone="quiet"),
        )
    late = shown.review_on is not None and shown.review_on <= e.now
    tone: ButtonTone = "" if late else "quiet"
    buttons = [Button(_("Review it"), reverse("aftercare:review_safety", args=[shown.id]), tone=tone)]
    if draft is None:
        buttons.append(
            Button(_("Write a new one"), reverse("aftercare:write_safety", args=[e.client.id]), tone="quiet")
        )
    else:
        buttons.append(
            Button(_("The new one is agreed"), reverse("aftercare:agree_safety", args=[draft.id]), tone="quiet")
        )
    return (
        *buttons,
        Button(_("Retire it"), reverse("aftercare:retire_safety", args=[shown.id]), tone="quiet"),
    )


# ---- the care plan -----------------------------------------------------------------------------------------


def _care(e: Everything) -> Section:
    plan = CarePlan.objects.filter(**e.mine()).exclude(state=CareState.ENDED).order_by("-created_at").first()
    title = _("Care plan and goals")
    if plan is None:
        url = reverse("aftercare:write_plan", args=[e.client.id]) if e.is_live else ""
        return Section(title, id="care", empty=Empty(_("There is no care plan yet."), _("Write one"), url))
    words = sealing.open_row(plan, "matters", "answer", "review_words")
    goals = list(Goal.objects.filter(plan=plan).order_by("created_at", "id"))
    opened = sealing.open_rows(goals, "words", "remark")
    facts = (
        Fact(_("State"), _care_state(e, plan)),
        Fact(_("What matters to her or him"), words.text("matters")),
        Fact(_("What the supervisor wrote"), words.text("answer")),
        Fact(_("At the last review"), words.text("review_words")),
    )
    return Section(
        title,
        id="care",
        facts=tuple(fact for fact in facts if fact.value),
        rows=tuple(_goal(e, goal, said) for goal, said in zip(goals, opened, strict=True)),
        buttons=_care_buttons(e, plan) if e.is_live else (),
    )


def _care_state(e: Everything, plan: CarePlan) -> str:
    label = str(CARE_LABELS[plan.state])
    if plan.state in (CareState.APPROVED, CareState.REVIEWED) and plan.review_on:
        return _("%(state)s, next review %(review)s") % {"state": label, "review": e.day(plan.review_on)}
    return label


def _goal(e: Everything, goal: Goal, said: sealing.Opened) -> Row:
    days = [_("by %(day)s") % {"day": e.day(goal.due_on)}] if goal.due_on else []
    return Row(
        title=said.text("words"),
        when=DOMAIN_LABELS[goal.domain],
        meta=" ".join(days),
        lines=(said.text("remark"),) if said.text("remark") else (),
        tag=Tag(PROGRESS_LABELS[goal.progress], _GOAL_TONES.get(goal.progress, "")),
        action_label=_("How far is it?") if e.is_live else "",
        action_url=reverse("aftercare:goal", args=[goal.id]) if e.is_live else "",
        dir_auto=True,
    )


def _care_buttons(e: Everything, plan: CarePlan) -> tuple[Button, ...]:
    def to(name: str) -> str:
        return reverse(f"aftercare:{name}", args=[plan.id])

    buttons = [
        Button(_("Add a goal"), to("add_goal"), tone="quiet"),
        Button(_("Change"), to("change_plan"), tone="quiet"),
    ]
    if plan.state == CareState.DRAFT:
        buttons.insert(0, Button(_("She or he agrees to it"), to("agree_plan")))
    if plan.state == CareState.AGREED and e.may_approve:
        buttons.insert(0, Button(_("Read and decide"), to("approve_plan")))
    if plan.state in (CareState.APPROVED, CareState.REVIEWED):
        late = plan.review_on is not None and plan.review_on <= e.now
        buttons.insert(0, Button(_("Review it"), to("review_plan"), tone="" if late else "quiet"))
    return (*buttons, Button(_("End it"), to("end_plan"), tone="quiet"))


# ---- services ----------------------------------------------------------------------------------------------


def _services(e: Everything) -> Section:
    rows = list(Service.objects.filter(**e.mine()).order_by("-created_at", "-id")[:100])
    opened = sealing.open_rows(rows, "what", "provider", "remark")
    url = reverse("aftercare:plan_service", args=[e.client.id])
    return Section(
        _("Services"),
        id="services",
        rows=tuple(_service(e, row, words) for row, words in zip(rows, opened, strict=True)),
        buttons=(Button(_("Plan a service"), url, tone="quiet"),) if e.is_live else (),
        empty=Empty(_("No service is planned.")),
    )


def _service(e: Everything, row: Service, words: sealing.Opened) -> Row:
    is_open = row.state in OPEN_SERVICES
    day = row.due_on if is_open else row.moved_on
    late = is_open and row.due_on is not None and row.due_on < e.now
    return Row(
        title=words.text("what") or str(SERVICE_LABELS[row.type]),
        when=e.day(day),
        when_tone="late" if late else "",
        meta=(str(SERVICE_LABELS[row.type]), "·", words.text("provider") or str(PROVIDER_LABELS[row.provider_kind])),
        lines=(words.text("remark"),) if words.text("remark") else (),
        tag=Tag(SERVICE_STATE_LABELS[row.state], _SERVICE_TONES.get(row.state, "")),
        action_label=_("What became of it?") if is_open and e.is_live else "",
        action_url=reverse("aftercare:service", args=[row.id]) if is_open and e.is_live else "",
        dir_auto=True,
    )


# ---- restoration, follow-up, placement ---------------------------------------------------------------------


def _restoration(e: Everything) -> Section:
    rows = list(RestorationDecision.objects.filter(**e.mine()).order_by("-created_at", "-id")[:50])
    opened = sealing.open_rows(rows, "reason", "floor_reason")
    names = access.names_of(row.created_by for row in rows)
    lines = tuple(
        Row(
            title=DECISION_LABELS[row.decision],
            when=e.day(row.decided_on),
            meta=(Name(names.get(row.created_by, "")),),
            lines=tuple(filter(None, (words.text("reason"), words.text("floor_reason")))),
            url=reverse("aftercare:assessment", args=[row.assessment_id]),
            strong=row.decision == Decision.RESTORED,
        )
        for row, words in zip(rows, opened, strict=True)
    )
    may = e.is_live and e.may_approve
    return Section(
        _("Restoration"),
        id="restoration",
        column=2,
        rows=lines,
        notices=_standing(e),
        buttons=(Button(_("Decide"), reverse("aftercare:decide", args=[e.client.id])),) if may else (),
        empty=Empty(_("Nothing is decided yet. A supervisor decides, on a recent assessment.")),
    )


def _standing(e: Everything) -> tuple[Notice, ...]:
    series = scores.of_one_instrument(e.rated)
    if not series or not e.is_live or not schedule.is_recent(series[-1].on, e.now):
        return ()
    found = scores.against(series[-1])
    if found:
        return (Notice(tuple(found), title=_("This speaks against it"), tone="warn"),)
    return (Notice(_("Nothing in the last assessment speaks against it."), tone="ok"),)


def _follow_ups(e: Everything) -> Section:
    rows = list(FollowUp.objects.filter(**e.mine()).order_by("due_on", "id"))
    opened = sealing.open_rows(rows, "words")
    url = reverse("aftercare:plan_follow_ups", args=[e.client.id])
    done = sorted((row for row in rows if row.done_on is not None), key=lambda row: (row.done_on, row.updated_at))
    worry = bool(done) and (done[-1].outcome == Outcome.DANGER or done[-1].is_safe is False)
    notice = Notice(_("At the last follow-up she or he was not safe. Look at the safety plan now."), tone="danger")
    return Section(
        _("Follow-up after the work has ended"),
        id="follow-up",
        column=2,
        notices=(notice,) if worry else (),
        rows=tuple(_follow_up(e, row, words) for row, words in zip(rows, opened, strict=True)),
        empty=Empty(_("No follow-up is planned."), _("Plan 3, 6 and 12 months"), url),
    )


def _follow_up(e: Everything, row: FollowUp, words: sealing.Opened) -> Row:
    tries = len(row.attempts)
    attempts = (
        ngettext("%(count)s attempt without an answer", "%(count)s attempts without an answer", tries)
        % {"count": tries}
        if tries
        else ""
    )
    text = (words.text("words"),) if words.text("words") else ()
    if row.state == FollowUpState.PLANNED:
        return Row(
            title=_("Planned"),
            when=e.day(row.due_on),
            when_tone=urgency(row.due_on, e.now),
            meta=attempts,
            lines=text,
            action_label=_("Write down how it went"),
            action_url=reverse("aftercare:follow_up", args=[row.id]),
        )
    safe = "" if row.is_safe is None else _("safe") if row.is_safe else _("not safe")
    return Row(
        title=OUTCOME_LABELS[row.outcome],
        when=e.day(row.done_on),
        meta=attempts,
        lines=text,
        tag=Tag(safe, "ok" if row.is_safe else "danger") if safe else None,
    )


def _placements(e: Everything) -> Section:
    rows = list(Placement.objects.filter(**e.mine()).order_by("-from_on", "-id"))
    seen = policy.sight(e.actor, Compartment.ADDRESS, e.head.part(Compartment.ADDRESS))
    columns = {Sight.FULL: ("address", "district"), Sight.PARTIAL: ("district",)}.get(seen, ())
    if columns and rows:
        readings.opened(e.head.id, Compartment.ADDRESS)
    opened = sealing.open_rows(rows, *columns)
    url = reverse("aftercare:place", args=[e.client.id])
    return Section(
        _("Where she or he stays"),
        id="placement",
        column=2,
        rows=tuple(_placement(e, row, words) for row, words in zip(rows, opened, strict=True)),
        buttons=(Button(_("Write down a place"), url, tone="quiet"),) if e.is_live and e.may_place else (),
        empty=Empty(_("No place is written down.")),
    )


def _placement(e: Everything, row: Placement, words: sealing.Opened) -> Row:
    until = _("until %(day)s") % {"day": e.day(row.to_on)} if row.to_on else _("still there")
    may_end = row.to_on is None and e.may_place and e.is_live
    return Row(
        title=PLACEMENT_LABELS[row.kind],
        when=e.day(row.from_on),
        meta=until,
        lines=tuple(filter(None, (words.text("address"), words.text("district")))),
        action_label=_("End") if may_end else "",
        action_url=reverse("aftercare:end_placement", args=[row.id]) if may_end else "",
    )


def _enrolment(e: Everything) -> Section:
    facts = [Fact(_("Enrolled"), formats.day(e.client.enrolled_on))]
    if e.client.ended_on is None:
        url = reverse("aftercare:end_client", args=[e.client.id])
        return Section(
            _("Enrolment"), id="enrolment", column=2, facts=tuple(facts),
            buttons=(Button(_("End aftercare"), url, tone="quiet"),),
        )  # fmt: skip
    facts += [
        Fact(_("Ended"), formats.day(e.client.ended_on)),
        Fact(_("Why"), END_LABELS[e.client.end_reason]),
    ]
    again = Button(
        _("Enrol again"),
        reverse("aftercare:enrol", args=[e.client.case_id, e.client.person_id]),
        tone="quiet",
    )
    return Section(_("Enrolment"), id="enrolment", column=2, facts=tuple(facts), buttons=(again,))


def back_of(client: Client) -> str:
    return page_url(client.case_id, client.person_id)
