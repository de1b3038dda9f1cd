"""The page of a used kit: where it is, its path, each step, what can be done now, and what a laboratory was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.queries import CaseHead
from amparo.evidence.words import State as ItemState
from amparo.kernel import clock
from amparo.kernel.errors import AppError
from amparo.kernel.words import Compartment
from amparo.kits.errors import MustBeKept
from amparo.kits.models import Kit, KitStep, LabRequest, UsedKit
from amparo.kits.queries.boards import crumbs, tone_of
from amparo.kits.queries.reach import (
    ASK,
    CHOICE,
    GIVE,
    ISSUE,
    KEEP,
    REQUEST,
    SEE,
    WORDS,
    InCustody,
    days_of,
    facility_names,
    in_custody,
    laboratory_choices,
    limits,
    live_number,
    load_used,
    permission_for,
    stand_of,
    today,
)
from amparo.kits.queries.requests import request_rows
from amparo.kits.rules import alarms, path
from amparo.kits.words import ACT_LABELS, ALARM_LABELS, ENDED, KIND_LABELS, STATE_LABELS, WHERE, Alarm, Kind, State
from amparo.people import queries as people
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.drawing import CustodyPath, Hold, SealMark, custody_path
from amparo.web.sheets import (
    Button,
    Code,
    Crumb,
    Empty,
    Fact,
    Name,
    Notice,
    Part,
    Row,
    Section,
    Sheet,
    Strong,
    Tag,
    Text,
    Withheld,
    dotted,
)
from amparo.web.translating import message_of

# A kit travels for days: the drawing names no gap, that is for its chain of custody.
_TRAVEL = timedelta(days=36500)
_WORDS = ("who", "place", "seal_read", "paper", "reason")


@dataclass(frozen=True, slots=True)
class StepView:
    """A step with its words."""

    row: KitStep
    kind: Kind
    who: str
    place: str
    seal_read: str
    paper: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Page:
    """What every part of the page looks at."""

    actor: Actor
    used: UsedKit
    kit: Kit
    steps: Sequence[StepView]
    custody: InCustody
    head: CaseHead | None
    names: Mapping[UUID, str]
    places: Mapping[UUID, str]
    raised: tuple[alarms.Raised, ...]
    reads_words: bool
    now: datetime
    today: date

    def may(self, permission: str) -> bool:
        return policy.decide(self.actor, permission, policy.subject_of(self.used)).allowed

    def day(self, at: date) -> str:
        return formats.near_day(at, self.today)

    def place(self, key: UUID | None) -> str:
        return self.places.get(key, "") if key is not None else ""

    def url(self, name: str, *more: object) -> str:
        return reverse(f"kits:{name}", args=[self.used.kit_id, *more])


def steps_of(used: UsedKit, *, told: bool = True) -> list[StepView]:
    """The steps of a used kit, oldest first; the caller has asked the policy. Cost: two queries.

    Args:
        told: False leaves what was told of each closed: the seals alone, and that somebody outside had a hand in it.
    """
    rows = list(KitStep.objects.filter(used_id=used.id).order_by("seq"))
    opened = sealing.open_rows(rows, *(_WORDS if told else ("seal_read",)))
    steps = [
        StepView(row, Kind(row.kind), *(words.text(column) for column in _WORDS))
        for row, words in zip(rows, opened, strict=True)
    ]
    if told:
        return steps
    return [replace(one, who=_("somebody outside") if one.row.who is not None else "") for one in steps]


def _load(actor: Actor, kit_id: UUID) -> _Page:
    used = load_used(actor, SEE, kit_id)
    reads_words = policy.decide(actor, WORDS, policy.subject_of(used)).allowed
    steps = steps_of(used, told=reads_words)
    people_of = {key for one in steps for key in (one.row.actor_id, one.row.second_id) if key}
    now = clock.now()
    return _Page(
        actor=actor,
        used=used,
        kit=Kit.objects.get(pk=kit_id),
        steps=steps,
        custody=in_custody(actor, used),
        head=cases.heads(actor, [used.case_id]).get(used.case_id),
        names=access.names_of(people_of),
        places=facility_names([used.facility_id, used.laboratory_id, *(one.row.laboratory_id for one in steps)]),
        raised=alarms.of_kit(days_of(used), limits(), today()),
        reads_words=reads_words,
        now=now,
        today=today(),
    )


def kit_page(actor: Actor, kit_id: UUID) -> Sheet:
    """The page of a used kit. Raises NotFound. Cost: about 35 queries, however many steps it has."""
    page = _load(actor, kit_id)
    readings.opened(page.used.case_id, Compartment.EVIDENCE)
    return Sheet(
        title=_("An examination kit"),
        crumbs=crumbs_of(page.head),
        code=Code(page.used.code),
        kind=_about_whom(page),
        tags=_tags(page),
        lede_bold=_where(page),
        lede=_next_said(page),
        buttons=(Button(_("Print the label"), page.url("label"), "quiet"),),
        notices=_notices(page),
        sections=(*_path(page), _steps(page), *_acts(page), _facts(page), *_number(page), *_requests(page)),
    )


def crumbs_of(head: CaseHead | None) -> tuple[Crumb, ...]:
    """The way to a kit, through its case for who may see that."""
    if head is None:
        return crumbs()
    return (
        Crumb(_("Cases"), reverse("cases:cases")),
        Crumb(head.code, reverse("desk:case", args=[head.id]), code=True),
        *crumbs(),
    )


def _about_whom(page: _Page) -> Text:
    label = people.labels(page.actor, [page.used.person_id]).get(page.used.person_id)
    return label.text if label is not None else ""


def _tags(page: _Page) -> tuple[Tag, ...]:
    state = State(page.used.state)
    found = [Tag(STATE_LABELS[state], "" if state in ENDED else "on")]
    found += [Tag(ALARM_LABELS[one.alarm], tone_of(state, [one])) for one in page.raised]
    if page.used.expired_when_used:
        found.append(Tag(_("Was past its day when it was used"), "warn"))
    return tuple(found)


def _where(page: _Page) -> str:
    """The sentence of the page: where the kit is, since when."""
    said = {
        "day": page.day(page.used.since_on),
        "place": page.place(page.used.facility_id),
        "laboratory": page.place(page.used.laboratory_id),
    }
    return str(WHERE[page.used.state]) % said


def _next_said(page: _Page) -> str:
    if page.used.until is not None and State(page.used.state) not in ENDED:
        return _("It is kept until %(day)s.") % {"day": formats.day(page.used.until)}
    return ""


# ---- notices -----------------------------------------------------------------------------------------------


def _notices(page: _Page) -> tuple[Notice, ...]:
    found = []
    item = ItemState(page.custody.chain.state)
    if path.contradicts(State(page.used.state), item):
        link = Button(_("See the chain of custody"), reverse("evidence:item", args=[page.used.item_id]), "quiet")
        text = _("Record here what happened, or set the chain right, so that both tell the same.")
        found.append(Notice(text, "danger", _("The chain of custody tells something else."), link))
    if any(one.row.seal_differs for one in page.steps):
        text = _("The step and the chain of custody name both numbers. The gap there must be explained.")
        found.append(Notice(text, "danger", _("A seal was read that is not the one that was put on.")))
    if any(one.alarm is Alarm.ENDS_BEFORE_LIMITATION for one in page.raised):
        text = _("Keep it for longer, or ask a lawyer whether the day is right.")
        found.append(Notice(text, "danger", _("Its keeping ends before a case could still be brought.")))
    return tuple(found)


# ---- the path ----------------------------------------------------------------------------------------------


def _path(page: _Page) -> tuple[Section, ...]:
    drawn = _drawn(page)
    return (Section(_("Its path"), id="path", column=0, drawing=drawn),) if drawn is not None else ()


def _drawn(page: _Page) -> CustodyPath | None:
    holds = _holds(page)
    if not holds:
        return None
    zone = timezone.get_current_timezone()
    seals = [
        SealMark(one.row.at.astimezone(zone), "broken" if one.row.seal_differs else "checked", _seal_said(page, one))
        for one in page.steps
        if one.seal_read
    ]
    now = page.now.astimezone(zone)
    return custody_path(holds, now, formats.speech(page.today), seals=seals, tolerance=_TRAVEL, rtl=formats.is_rtl())


def _seal_said(page: _Page, one: StepView) -> str:
    return _("Seal read, %(day)s") % {"day": page.day(one.row.on)}


def _holds(page: _Page) -> list[Hold]:
    """Who had the kit where, step by step; what only changes its papers draws nothing."""
    zone = timezone.get_current_timezone()
    holds: list[Hold] = []
    for one in page.steps:
        at = one.row.at.astimezone(zone)
        if one.kind in (Kind.SEND, Kind.DESTROY, Kind.RELEASE):
            _let_go(holds, at)
        hold = _hold(page, one, at, holds)
        if hold is None:
            continue
        if one.kind is not Kind.ARRIVE:
            _let_go(holds, at)
        holds.append(hold)
    return holds


def _let_go(holds: list[Hold], at: datetime) -> None:
    if holds and holds[-1].given_at is None:
        holds[-1] = replace(holds[-1], given_at=at)


def _hold(page: _Page, one: StepView, at: datetime, before: Sequence[Hold]) -> Hold | None:
    title = _("%(what)s, %(day)s") % {"what": KIND_LABELS[one.kind], "day": page.day(one.row.on)}
    by = page.names.get(one.row.actor_id, "")
    match one.kind:
        case Kind.USE:
            return Hold(page.place(page.used.facility_id), by, at, None, title)
        case Kind.PICK_UP:
            return Hold(_("Police"), one.who or _("Police"), at, None, title)
        case Kind.STORE:
            return Hold(one.place or _("Store"), one.who or _keeper(one, by, before), at, None, title)
        case Kind.ARRIVE:
            return Hold(page.place(page.used.laboratory_id), _("Laboratory"), at, None, title)
        case Kind.RETURN:
            return Hold(one.place or _("Back from the laboratory"), _keeper(one, by, before), at, None, title)
        case _:
            return None


def _keeper(one: StepView, by: str, before: Sequence[Hold]) -> str:
    """Who has it after a step: who recorded it, where it came through our hands; else who is said to."""
    if not one.row.told:
        return by
    return one.who or (before[-1].holder if before else "")


def _steps(page: _Page) -> Section:
    return Section(
        _("Every step, newest first"),
        id="steps",
        rows=tuple(_step(page, one) for one in reversed(page.steps)),
        withheld=() if page.reads_words else (Withheld(_("Who had it outside, places, papers and reasons")),),
    )


def _step(page: _Page, one: StepView) -> Row:
    title: list[Part] = [Strong(KIND_LABELS[one.kind])]
    if one.row.laboratory_id is not None:
        title.append(Name(page.place(one.row.laboratory_id)))
    if one.kind is Kind.USE:
        title.append(_("reported") if one.row.reported else _("not reported"))
    if one.row.until is not None:
        title.append(_("until %(day)s") % {"day": formats.day(one.row.until)})
    return Row(
        when=page.day(one.row.on),
        title=dotted(title),
        meta=_step_meta(page, one),
        lines=(Name(one.reason),) if one.reason else (),
        tag=_step_tag(one),
    )


def _step_meta(page: _Page, one: StepView) -> Text:
    by = page.names.get(one.row.actor_id, "")
    if one.row.second_id is not None:
        by = _("%(name)s, with %(second)s") % {"name": by, "second": page.names.get(one.row.second_id, "")}
    groups: list[tuple[Part, ...]] = [(formats.clock(one.row.at.astimezone(timezone.get_current_timezone())), Name(by))]
    if one.who:
        groups.append((Name(one.who),))
    if one.place:
        groups.append((_("Place:"), Name(one.place)))
    if one.seal_read:
        groups.append((_("Seal read:"), Code(one.seal_read)))
    if one.paper:
        groups.append((_("Paper:"), Name(one.paper)))
    return dotted(groups)


def _step_tag(one: StepView) -> Tag | None:
    """Where a step comes from: our own hands, with its line in the chain of custody, or what others told."""
    if one.row.seal_differs:
        return Tag(_("another seal"), "danger")
    if one.row.custody_seq is not None:
        return Tag(_("in the chain, line %(number)s") % {"number": one.row.custody_seq}, "ok")
    if one.row.told:
        return Tag(_("as we were told"), "")
    return None


# ---- what can be done --------------------------------------------------------------------------------------


def acts_of(page_actor: Actor, used: UsedKit, custody: InCustody) -> list[tuple[Kind, AppError | None]]:
    """The steps that could come next for this reader, each with why the chain of custody forbids it now."""
    held = custody.held_by(page_actor.account_id)
    subject = policy.subject_of(used)
    found: list[tuple[Kind, AppError | None]] = []
    # What leads on comes first, what stays where it is last.
    for kind in sorted(path.possible(stand_of(used)), key=lambda one: path.TO[one] == used.state):
        if kind is Kind.SEND and not laboratory_choices(page_actor):
            continue
        if kind is Kind.DESTROY and used.until is not None and today() <= used.until:
            if policy.decide(page_actor, KEEP, subject).allowed:
                found.append((kind, MustBeKept()))
            continue
        try:
            touch = path.touch_of(kind, held, comes_here=False)
        except AppError as error:
            if policy.decide(page_actor, GIVE, subject).allowed:
                found.append((kind, error))
            continue
        if policy.decide(page_actor, permission_for(kind, touch), subject).allowed:
            found.append((kind, None))
    return found


def _acts(page: _Page) -> tuple[Section, ...]:
    found = acts_of(page.actor, page.used, page.custody)
    if not found:
        return ()
    buttons: list[Button] = []
    rows: list[Row] = []
    for kind, error in found:
        if error is None:
            grave = kind in (Kind.DESTROY, Kind.RELEASE)
            tone = "quiet" if buttons or grave else ""
            buttons.append(Button(ACT_LABELS[kind], page.url("step", kind.value), tone))  # type: ignore[arg-type]
        else:
            rows.append(Row(when=ACT_LABELS[kind], title=message_of(error)))
    return (Section(_("What can follow"), id="acts", column=2, buttons=tuple(buttons), rows=tuple(rows)),)


# ---- beside it ---------------------------------------------------------------------------------------------


def _facts(page: _Page) -> Section:
    words = sealing.open_row(page.kit, "serial", "lot")
    used = page.used
    facts = [
        Fact(_("Serial number"), Code(words.text("serial")), dir_auto=False),
        Fact(_("Lot"), Code(words.text("lot") or "–"), dir_auto=False),
        Fact(_("Good until"), formats.day(page.kit.expires_on)),
        Fact(_("Used at"), Name(page.place(used.facility_id))),
        Fact(_("Chain of custody"), Code(page.custody.code, reverse("evidence:item", args=[used.item_id]))),
    ]
    if used.reported_on is not None:
        facts.append(Fact(_("Reported on"), formats.day(used.reported_on)))
    may = page.may(GIVE)
    facts.append(
        Fact(
            _("A case can be brought until"),
            formats.day(used.limitation_on) if used.limitation_on else _("not written down"),
            action_url=page.url("limitation") if may else "",
            action_label=_("Change") if may else "",
        )
    )
    return Section(_("About the kit"), id="about", column=2, facts=tuple(facts))


def _number(page: _Page) -> tuple[Section, ...]:
    if not page.may(ISSUE):
        return ()
    return (number_section(page.actor, page.used),)


def number_section(actor: Actor, used: UsedKit) -> Section:
    """Whether she has a number, since when, and what can be done with it."""
    live = live_number(used)
    args = [used.kit_id]
    if live is None:
        said = _("She has no number. With one she can see herself where her kit is.")
        buttons: tuple[Button, ...] = (Button(_("Give her a number"), reverse("kits:number", args=args), "quiet"),)
    else:
        zone = timezone.get_current_timezone()
        said = _("She has a number since %(day)s. Nobody can look it up; a new one ends it.") % {
            "day": formats.near_day(live.issued_at.astimezone(zone).date(), today())
        }
        buttons = (
            Button(_("Give her a new one"), reverse("kits:number", args=args), "quiet"),
            Button(_("Withdraw it"), reverse("kits:withdraw", args=args), "quiet", post=True),
        )
    return Section(_("Her own number"), id="number", column=2, remark=said, buttons=buttons)


def _requests(page: _Page) -> tuple[Section, ...]:
    if not page.may(REQUEST):
        return ()
    rows = LabRequest.objects.filter(used_id=page.used.id).order_by("-id")[:20]
    url = reverse("kits:draft", args=[page.used.case_id]) + f"?kit={page.used.kit_id}"
    may = page.may(ASK)
    return (
        Section(
            _("Requests to laboratories"),
            id="requests",
            column=2,
            rows=request_rows(list(rows)),
            empty=Empty(_("No laboratory was asked yet.")),
            buttons=(Button(_("Draft a request"), url, "quiet"),) if may else (),
        ),
    )


def choice_possible(actor: Actor, used: UsedKit) -> bool:
    """Whether it can be recorded now that she decided to report."""
    return used.state == State.HELD and policy.decide(actor, CHOICE, policy.subject_of(used)).allowed
