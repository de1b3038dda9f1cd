"""The page of one operation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.queries import CaseHead
from amparo.investigations import queries as investigations
from amparo.investigations.words import OUTCOME_STATE_LABELS, OutcomeState
from amparo.operations.models import Approval, Approver, Happening, Lesson, Operation, Result
from amparo.operations.queries.plan import case_ids, survivors, today
from amparo.operations.queries.reading import PLAN, SEE, MemberView, Plan, crumbs, read
from amparo.operations.rules import APPROVALS
from amparo.operations.words import (
    ABORT_LABELS,
    AHEAD,
    DUTY_LABELS,
    HAPPENING_LABELS,
    HARM_LABELS,
    LEVEL_LABELS,
    LIKELIHOOD_LABELS,
    STATE_LABELS,
    Choice,
    ResultKind,
    RiskLevel,
    State,
)
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import (
    Button,
    ButtonTone,
    Code,
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

STATE_TONES: Mapping[State, Tone] = {
    State.PLANNED: "",
    State.PROPOSED: "warn",
    State.APPROVED: "ok",
    State.BRIEFED: "on",
    State.EXECUTED: "ok",
    State.ABORTED: "danger",
    State.DEBRIEFED: "",
    State.SEALED: "",
}
_NEXT: Mapping[State, str | Promise] = {
    State.PLANNED: gettext_lazy("Fill in the parts, then ask two people to approve the plan."),
    State.PROPOSED: gettext_lazy("Two different people decide, neither of whom goes along."),
    State.APPROVED: gettext_lazy("Brief the whole team next."),
    State.BRIEFED: gettext_lazy("The team is briefed. Say afterwards what came of it."),
    State.EXECUTED: gettext_lazy("Talk it over within three days, and write down what it taught."),
    State.ABORTED: gettext_lazy("Talk over why, and write down what it taught."),
    State.DEBRIEFED: gettext_lazy("Seal it once relief and restraint are verified."),
    State.SEALED: gettext_lazy("Nothing of it can be changed any more."),
}
_HAPPENS = (State.BRIEFED, State.EXECUTED, State.ABORTED, State.DEBRIEFED)
_LEVEL_TONES: Mapping[RiskLevel, Tone] = {RiskLevel.HIGH: "danger", RiskLevel.MEDIUM: "warn", RiskLevel.LOW: ""}
_RESULT_TONES: Mapping[OutcomeState, Tone] = {OutcomeState.PROVISIONAL: "warn", OutcomeState.VERIFIED: "ok"}


@dataclass(frozen=True, slots=True)
class _Rights:
    changes: bool
    approves: bool
    prints: bool
    carries_out: bool
    debriefs: bool


def _rights(actor: Actor, row: Operation) -> _Rights:
    about = policy.subject_of(row)

    def may(permission: str) -> bool:
        return policy.decide(actor, permission, about).allowed

    is_ahead = State(row.state) in AHEAD
    return _Rights(
        changes=is_ahead and may("operations:plan:change"),
        approves=row.state == State.PROPOSED and may("operations:plan:approve"),
        prints=is_ahead and may("operations:plan:print"),
        carries_out=may("operations:operation:carry_out"),
        debriefs=may("operations:debrief:write"),
    )


def operation_page(actor: Actor, operation_id: UUID) -> Sheet:
    """The page of an operation, or only that it is there for who may know that. Raises NotFound.

    Cost: about 30 queries, whatever it holds.
    """
    row = policy.load(actor, SEE, Operation, operation_id)
    if not policy.decide(actor, PLAN, policy.subject_of(row)).allowed:
        return _status_only(row)
    plan = read(actor, operation_id)
    rights = _rights(actor, row)
    given = _approvals(actor, plan)
    if actor.account_id in given.standing:
        rights = replace(rights, approves=False)
    return Sheet(
        title=_("Operation"),
        crumbs=crumbs(),
        code=Code(row.code),
        kind=Name(plan.authority_name),
        tags=(_state_tag(plan.state),),
        lede_bold=_lede(plan, len(given.standing)),
        lede=str(_NEXT[plan.state]),
        buttons=_buttons(plan, rights),
        notices=_notices(plan, rights, len(given.standing)),
        sections=(
            _where(plan, rights),
            _core(plan, rights),
            _timeline(plan, rights),
            _go(plan, rights),
            _care(actor, plan, rights),
            *_after(actor, plan, rights),
            _team(plan, rights),
            _risks(plan, rights),
            given.section,
            _cases(actor, plan, rights),
        ),
    )


def _status_only(row: Operation) -> Sheet:
    lead = access.names_of([row.lead_id]).get(row.lead_id, "")
    return Sheet(
        title=_("Operation"),
        crumbs=crumbs(),
        code=Code(row.code),
        tags=(_state_tag(State(row.state)),),
        lede=(_("Planned by"), Name(lead)),
        sections=(
            Section(
                _("Plan"),
                id="plan",
                column=0,
                withheld=(
                    Withheld(_("Plan"), _("Its team reads it, and whoever is asked to approve it while deciding.")),
                ),
            ),
        ),
    )


def _state_tag(state: State) -> Tag:
    return Tag(STATE_LABELS[state], STATE_TONES[state])


def _lede(plan: Plan, standing: int) -> str:
    match plan.state:
        case State.PROPOSED:
            said = ngettext("%(count)s of two has approved.", "%(count)s of two have approved.", standing)
            return said % {"count": standing}
        case State.EXECUTED | State.ABORTED if plan.row.over_on is not None:
            return _("It was over on %(day)s.") % {"day": formats.day(plan.row.over_on)}
        case _:
            return ""


# Label, address and tone of what whoever carries an operation out does next.
_STEPS: Mapping[State, tuple[str | Promise, str]] = {
    State.PLANNED: (gettext_lazy("Propose"), "propose"),
    State.APPROVED: (gettext_lazy("Record the briefing"), "brief"),
    State.BRIEFED: (gettext_lazy("It was carried out"), "execute"),
    State.DEBRIEFED: (gettext_lazy("Seal"), "seal"),
}


def _buttons(plan: Plan, rights: _Rights) -> tuple[Button, ...]:
    def button(label: str | Promise, name: str, tone: ButtonTone = "quiet", *, post: bool = False) -> Button:
        return Button(label, reverse(f"operations:{name}", args=[plan.row.id]), tone, post=post)

    is_over = plan.state in (State.EXECUTED, State.ABORTED)
    step = _STEPS.get(plan.state) if rights.carries_out else None
    offered = (
        (rights.approves, button(_("Approve"), "approve", "")),
        (rights.approves, button(_("Send back"), "decline")),
        (step is not None, button(*step, "") if step is not None else None),
        (rights.debriefs and is_over, button(_("Debrief"), "debrief", "")),
        (rights.debriefs and plan.state in _HAPPENS, button(_("Record an incident"), "happening")),
        (rights.prints and plan.where is not None, button(_("Briefing sheet"), "sheet", post=True)),
        (rights.carries_out and plan.state in AHEAD, button(_("Abort"), "abort", "grave")),
    )
    return tuple(one for there, one in offered if there and one is not None)


def _notices(plan: Plan, rights: _Rights, standing: int) -> tuple[Notice, ...]:
    if rights.changes and plan.state in (State.APPROVED, State.BRIEFED):
        return (Notice(_("Two people approved this plan. Changing it takes their approvals back."), "warn"),)
    if rights.changes and plan.state is State.PROPOSED and standing:
        return (Notice(_("Somebody approved this plan. Changing it takes the approval back."), "warn"),)
    if plan.state not in AHEAD:
        return (Notice(_("It is over: where and when it was is hidden from everybody.")),)
    return ()


def _link(rights: _Rights, name: str, plan: Plan) -> str:
    return reverse(f"operations:{name}", args=[plan.row.id]) if rights.changes else ""


# ---- the plan ------------------------------------------------------------------------------------------------------


def _where(plan: Plan, rights: _Rights) -> Section:
    title = _("Place and time")
    where, zone = plan.where, timezone.get_current_timezone()
    if plan.place_hidden:
        return Section(title, id="place", withheld=(Withheld(title),))
    facts: tuple[Fact, ...] = ()
    if where is not None:
        facts = (
            Fact(_("Place"), Name(where.place)),
            Fact(_("Where the team meets"), Name(where.meeting)),
            Fact(_("Begins"), formats.moment(where.starts, zone)),
            Fact(_("Ends"), formats.moment(where.ends, zone)),
        )
    url = _link(rights, "place", plan)
    return Section(
        title,
        id="place",
        facts=facts,
        remark=_("Shown to the team alone, and to approvers while they decide."),
        empty=Empty(_("Nobody has said where and when."), _("Say it") if url else "", url),
        link_label=_("Change") if url and facts else "",
        link_url=url if facts else "",
    )


def _core(plan: Plan, rights: _Rights) -> Section:
    facts = [
        Fact(_("Objective"), Name(plan.words.text("objective"))),
        Fact(
            _("Legal basis"), Name(plan.words.text("legal_basis")) if plan.words.text("legal_basis") else _("missing")
        ),
        Fact(_("In the lead"), Name(plan.authority_name) if plan.authority_name else _("missing")),
    ]
    numbers = plan.words.text("numbers")
    if numbers:
        facts.append(Fact(_("Numbers to call"), Name(" · ".join(numbers.splitlines()))))
    url = _link(rights, "change", plan)
    return Section(
        _("Objective and legal basis"),
        id="core",
        facts=tuple(facts),
        link_label=_("Change") if url else "",
        link_url=url,
        buttons=(Button(_("Numbers to call"), _link(rights, "numbers", plan), "quiet"),) if url else (),
    )


def _listed(items: list[str]) -> tuple[Row, ...]:
    return tuple(Row(title=Name(item), when=str(number)) for number, item in enumerate(items, 1))


def _timeline(plan: Plan, rights: _Rights) -> Section:
    # The hours of the day say when it was: they go with the place.
    if plan.place_hidden:
        return Section(_("Timeline"), id="timeline", withheld=(Withheld(_("Timeline")),))
    url = _link(rights, "change", plan)
    empty = Empty(_("No step is written down."), _("Write down the steps") if url else "", url)
    return Section(_("Timeline"), id="timeline", rows=_listed(plan.lines("timeline")), empty=empty)


def _go(plan: Plan, rights: _Rights) -> Section:
    url = _link(rights, "change", plan)
    rows = [Row(title=Name(item), when_tag=Tag(_("Go"), "ok")) for item in plan.lines("go_items")]
    rows += [Row(title=Name(item), when_tag=Tag(_("Stop"), "danger")) for item in plan.lines("abort_rules")]
    return Section(
        _("Go or no-go"),
        id="go",
        rows=tuple(rows),
        remark=_("Every condition to go must be met. One reason to stop is enough."),
        empty=Empty(_("No condition is written down."), _("Write them down") if url else "", url),
    )


def _care(actor: Actor, plan: Plan, rights: _Rights) -> Section:
    rows = []
    for care in plan.cares:
        lines: list[Text] = [(_("Stays with her:"), Name(care.stays))]
        for label, words in (
            (_("Medical:"), care.medical),
            (_("Interpreter:"), care.interpreter),
            (_("Transport:"), care.transport),
            (_("Safe place:"), care.safe_place),
        ):
            if words:
                lines.append((label, Name(words)))
        url = reverse("operations:care", args=[plan.row.id, care.person_id]) if rights.changes else ""
        label = _("Change") if url else ""
        rows.append(Row(title=Code(care.code), lines=tuple(lines), action_label=label, action_url=url, strong=True))
    if rights.changes:
        known = {care.person_id for care in plan.cares}
        for person_id, (_case, code) in survivors(actor, plan.row.id).items():
            if person_id not in known:
                url = reverse("operations:care", args=[plan.row.id, person_id])
                tag = Tag(_("missing"), "warn")
                rows.append(Row(title=Code(code), tag=tag, action_label=_("Plan"), action_url=url, strong=True))
    unexpected = plan.words.text("unexpected")
    if unexpected:
        rows.append(Row(title=_("Anybody whom we do not expect"), lines=(Name(unexpected),), strong=True))
    return Section(
        _("Care for each survivor"),
        id="care",
        rows=tuple(rows),
        empty=Empty(_("Nothing is planned for survivors yet.")),
    )


def _member_meta(member: MemberView) -> Text:
    return (Code(member.phone),) if member.phone else ""


def _team(plan: Plan, rights: _Rights) -> Section:
    rows = tuple(
        Row(
            title=Name(member.name),
            when=str(DUTY_LABELS[member.duty]),
            meta=_member_meta(member),
            tag=Tag(_("briefed"), "ok") if member.was_briefed and plan.state is State.BRIEFED else None,
            action_label=_("Take out") if rights.changes and member.account_id != plan.row.lead_id else "",
            action_url=reverse("operations:remove_member", args=[member.id])
            if rights.changes and member.account_id != plan.row.lead_id
            else "",
            action_post=True,
        )
        for member in plan.team
    )
    url = _link(rights, "add_member", plan)
    return Section(_("Team"), id="team", column=2, rows=rows, link_label=_("Add somebody") if url else "", link_url=url)


def _risks(plan: Plan, rights: _Rights) -> Section:
    rows = tuple(
        Row(
            title=Name(risk.hazard),
            when_tag=Tag(LEVEL_LABELS[risk.level], _LEVEL_TONES[risk.level]),
            meta=_("%(likelihood)s; harm: %(harm)s")
            % {"likelihood": LIKELIHOOD_LABELS[str(risk.likelihood)], "harm": HARM_LABELS[str(risk.harm)]},
            lines=(Name(risk.mitigation),) if risk.mitigation else (),
            action_label=_("Change") if rights.changes else "",
            action_url=reverse("operations:change_risk", args=[risk.id]) if rights.changes else "",
        )
        for risk in plan.risks
    )
    url = _link(rights, "add_risk", plan)
    return Section(
        _("Risks"),
        id="risks",
        column=2,
        rows=rows,
        empty=Empty(_("No risk is written down."), _("Add a risk") if url else "", url),
        link_label=_("Add a risk") if url and rows else "",
        link_url=url if rows else "",
    )


# ---- who decided ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Approvals:
    section: Section
    standing: frozenset[UUID]


def _approvals(actor: Actor, plan: Plan) -> _Approvals:
    rows = list(policy.visible(actor, PLAN, Approval.objects.filter(operation=plan.row)).order_by("at", "id"))
    asked = list(policy.visible(actor, PLAN, Approver.objects.filter(operation=plan.row)).order_by("created_at", "id"))
    opened = sealing.open_rows(rows, "reason")
    names = access.names_of([*(row.account_id for row in rows), *(one.account_id for one in asked)])
    zone = timezone.get_current_timezone()
    standing = {row.account_id for row in rows if row.plan == plan.row.plan and row.choice == Choice.APPROVED}
    lines = []
    for row, words in zip(rows, opened, strict=True):
        is_void = row.plan != plan.row.plan
        tag = _("Approved") if row.choice == Choice.APPROVED else _("Sent back")
        tone: Tone = "" if is_void else "ok" if row.choice == Choice.APPROVED else "warn"
        reason = words.text("reason")
        lines.append(
            Row(
                title=Name(names.get(row.account_id, "")),
                when_tag=Tag(tag, tone),
                meta=formats.moment(row.at, zone),
                lines=tuple(
                    line
                    for line in (
                        Name(reason) if reason else "",
                        _("About an earlier plan: it counts no more.") if is_void else "",
                    )
                    if line
                ),
            )
        )
    if plan.state is State.PROPOSED:
        lines += [
            Row(title=Name(names.get(one.account_id, "")), when_tag=Tag(_("Asked"), "warn"))
            for one in asked
            if one.account_id not in standing
        ]
    section = Section(
        _("Approvals"),
        id="approvals",
        column=2,
        rows=tuple(lines),
        remark=_("%(count)s different people must approve.") % {"count": APPROVALS},
        empty=Empty(_("Nobody was asked yet.")),
    )
    return _Approvals(section, frozenset(standing))


def _code_apart(head: CaseHead) -> Text:
    """The code below the title, unless the reader is shown it in the title's place."""
    return "" if head.title == head.code else Code(head.code)


def _cases(actor: Actor, plan: Plan, rights: _Rights) -> Section:
    keys = case_ids(plan.row.id)
    heads = cases.heads(actor, keys)
    rows = tuple(
        Row(title=Name(heads[key].title), meta=_code_apart(heads[key]), url=reverse("desk:case", args=[key]))
        for key in keys
        if key in heads
    )
    url = _link(rights, "add_case", plan)
    return Section(
        _("Cases"),
        id="cases",
        column=2,
        rows=rows,
        empty=Empty(_("You are on the team of none of its cases.")),
        link_label=_("Add a case") if url else "",
        link_url=url,
    )


# ---- afterwards ----------------------------------------------------------------------------------------------------


def _after(actor: Actor, plan: Plan, rights: _Rights) -> tuple[Section, ...]:
    """What came of it: only once there is something."""
    if plan.state in (State.PLANNED, State.PROPOSED, State.APPROVED):
        return ()
    found = [_happenings(actor, plan)]
    if plan.state is not State.BRIEFED:
        found = [_results(actor, plan), *found, _debriefed(actor, plan)]
    return tuple(section for section in found if section.rows or section.facts or section.id == "results")


def _results(actor: Actor, plan: Plan) -> Section:
    if plan.row.abort_reason:
        facts = [Fact(_("Aborted"), str(ABORT_LABELS[plan.row.abort_reason]))]
        words = plan.words.text("abort_words")
        if words:
            facts.append(Fact(_("Why"), Name(words)))
        return Section(_("What came of it"), id="results", facts=tuple(facts))
    rows = list(
        policy.visible(actor, PLAN, Result.objects.filter(operation=plan.row))
        .select_related("person")
        .order_by("kind", "created_at", "id")
    )
    stands = investigations.outcomes_now(row.outcome_id for row in rows)
    # Put right with somebody else, it is withdrawn for her: whom it became is not told here.
    states = {
        row.outcome_id: now.state if now.person_id == row.person_id else OutcomeState.WITHDRAWN
        for row in rows
        if (now := stands.get(row.outcome_id)) is not None
    }
    labels = {ResultKind.RELIEF: _("Relief"), ResultKind.RESTRAINT: _("Restraint")}
    lines = tuple(
        Row(
            title=Code(row.person.code),
            when=labels[ResultKind(row.kind)],
            tag=Tag(OUTCOME_STATE_LABELS[state], _RESULT_TONES.get(state, "")),
        )
        for row in rows
        if (state := states.get(row.outcome_id)) is not None
    )
    empty = Empty(_("Nobody came to relief, and nobody was restrained."))
    return Section(_("What came of it"), id="results", rows=lines, empty=empty)


def _happenings(actor: Actor, plan: Plan) -> Section:
    rows = list(policy.visible(actor, PLAN, Happening.objects.filter(operation=plan.row)).order_by("on", "created_at"))
    opened = sealing.open_rows(rows, "words", "done")
    lines = tuple(
        Row(
            title=str(HAPPENING_LABELS[row.kind]),
            when=formats.near_day(row.on, today()),
            lines=tuple(Name(text) for text in (words.text("words"), words.text("done")) if text),
            strong=True,
        )
        for row, words in zip(rows, opened, strict=True)
    )
    return Section(_("Incidents"), id="happenings", rows=lines)


def _debriefed(actor: Actor, plan: Plan) -> Section:
    parts = (
        (_("Went well"), "went_well"),
        (_("To do differently"), "to_change"),
        (_("What survivors said"), "survivors_said"),
    )
    facts = [Fact(label, Name(text)) for label, column in parts if (text := plan.words.text(column))]
    rows = list(
        policy.visible(actor, "operations:lesson:see", Lesson.objects.filter(operation=plan.row)).order_by("created_at")
    )
    opened = sealing.open_rows(rows, "words")
    facts += [
        Fact(_("Lesson, taken up") if row.taken_up_at else _("Lesson"), Name(words.text("words")))
        for row, words in zip(rows, opened, strict=True)
    ]
    return Section(_("Debrief"), id="debrief", facts=tuple(facts))
