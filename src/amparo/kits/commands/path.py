"""The path of a used kit. Where it changes hands, one act writes the step and the line of the chain of custody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.words import PartyRole
from amparo.evidence import commands as evidence
from amparo.evidence import queries as items
from amparo.evidence.commands import Outside
from amparo.evidence.rules import Step as Seen
from amparo.evidence.words import ENDED as ITEM_ENDED
from amparo.evidence.words import Condition, Form
from amparo.evidence.words import Kind as Custody
from amparo.kernel import clock
from amparo.kernel.errors import AppError, NotFound
from amparo.kernel.words import Compartment
from amparo.kits import queries
from amparo.kits.errors import ItemNotForKit, NotAParty, NotInStock, PlaceMissing, SecondMissing
from amparo.kits.models import KitStep, UsedKit
from amparo.kits.queries.reach import GIVE, STOCK, USE, InCustody, local_day, permission_for
from amparo.kits.rules import path
from amparo.kits.rules.path import Held, Stand, Step
from amparo.kits.words import BoxState, Kind, State, Touch
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.staff import queries as staff


@dataclass(frozen=True, slots=True)
class Told:
    """What is written down about a step; each kind needs its own part of it (`rules.path`).

    `who` is the officer or her unit, the courier, or who took it back. `comes_here`: for a return, that the
    actor has the kit now. `unbroken` is what she saw of the seal.
    """

    at: datetime | None = None
    who: str = ""
    place: str = ""
    seal_read: str = ""
    unbroken: bool = True
    laboratory_id: UUID | None = None
    until: date | None = None
    paper: str = ""
    second_id: UUID | None = None
    reason: str = ""
    comes_here: bool = False


# ---- the examination ---------------------------------------------------------------------------------------


@command
def use_kit(
    *,
    actor: Actor,
    kit_id: UUID,
    case_id: UUID,
    person_id: UUID,
    item_id: UUID,
    reported: bool,
    at: datetime | None = None,
    held_until: date | None = None,
) -> UUID:
    """Take a kit out of stock for a survivor's examination: from now on it has a path of its own.

    `item_id` is the kit's item, which has begun its chain of custody already. An unreported kit is held until
    `held_until`; left out, for the days of the settings. An expired kit is used all the same, and says so.

    **Needs** kits:stock:see and kits:kit:use. **Ledger** kit.used.
    Raises NotInStock, NotAParty, ItemNotForKit, InFuture, DayPast.
    """
    kit = queries.load_stock(actor, STOCK, kit_id)
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, USE, head.part(Compartment.EVIDENCE))
    if kit.state != BoxState.AT_FACILITY:
        raise NotInStock(field="kit_id")
    _check_survivor(actor, case_id, person_id)
    _check_item(actor, case_id, item_id)
    now = clock.now()
    moment = at or now
    day = local_day(moment)
    until = None if reported else held_until or day + timedelta(days=staff.kit_alarms().held_days)
    step = Step(Kind.USE, actor.account_id, moment, day, reported=reported, until=until)
    path.refuse_impossible(Stand(), step, now, clock.today())
    path.refuse_past(until, clock.today())
    stand = path.after(Stand(), step)
    writing.update(kit, state=BoxState.USED, ended_on=day)
    used = UsedKit(
        office_id=head.office_id,
        kit=kit,
        case_id=case_id,
        person_id=person_id,
        item_id=item_id,
        facility_id=kit.facility_id,
        code=kit.code,
        expired_when_used=kit.expires_on < day,
        since_on=day,
        **_columns(stand),
    )
    writing.insert(used)
    evidence.wait_for_her(item_id=item_id, waits=not reported)
    _insert_step(actor, used, stand, step, Told(), None, now)
    facts = {"kit": kit.id, "item": item_id, "reported": reported}
    writing.note(Verb.KIT_USED, subject=used.id, case=case_id, office=used.office_id, facts=facts)
    return kit.id


def _check_survivor(actor: Actor, case_id: UUID, person_id: UUID) -> None:
    found = cases.parties(actor, case_id, (PartyRole.SURVIVOR,))
    if all(party.person_id != person_id for party in found):
        raise NotAParty(field="person_id")


def _check_item(actor: Actor, case_id: UUID, item_id: UUID) -> None:
    """Refuse an item that can't stand for a kit: it is an object of this case, in custody, and of no other kit.

    Nor one that waits for a second person: confirmed, its destruction would not ask what the survivor decided.
    """
    try:
        item = items.load_item(actor, "evidence:item:see", item_id)
    except NotFound as error:
        raise ItemNotForKit(field="item_id") from error
    taken = UsedKit.objects.filter(item_id=item_id).exists()
    is_free = item.second_id is None and item.state not in ITEM_ENDED and not taken
    if item.case_id != case_id or item.form != Form.PHYSICAL or not is_free:
        raise ItemNotForKit(field="item_id")


# ---- steps -------------------------------------------------------------------------------------------------


@command
def record_step(*, actor: Actor, kit_id: UUID, kind: Kind, told: Told) -> UUID:
    """Record the next step of a used kit, and in the same act its line in the chain of custody if it has one.

    A step that the chain of custody knows already, or that happens outside, adds no line (`rules.path.touch_of`).
    A kit that is destroyed here waits for the second person, who confirms it on the item's page: until then the
    chain has what was recorded, and the kit its state. In her act the kit follows (`follow_destruction`).

    **Needs** kits:choice:record for her decision to report; kits:kit:give where it is handed to the police;
    kits:kit:keep where it goes through our hands otherwise; kits:kit:tell for what others did outside.
    **Ledger** kit.step, and that of `evidence.commands`. Raises what `rules.path` and evidence raise.
    """
    used = _load_for(actor, kit_id, kind)
    now = clock.now()
    stand = queries.stand_of(used)
    step = _step(actor, stand, kind, told, now)
    path.refuse_impossible(stand, step, now, clock.today())
    path.refuse_before_limitation(step, used.limitation_on)
    touch, custody = _touched(actor, used, kind, told)
    policy.check(actor, permission_for(kind, touch), used, seen_by=queries.SEE)
    _check_laboratory(actor, kind, told)
    differs = custody is not None and path.seal_differs(custody.chain.seal, told.seal_read)
    line = None
    if custody is not None and touch is not Touch.NOTHING:
        held = custody.held_by(actor.account_id)
        path.refuse_unread(kind, touch, held, told.seal_read)
        if touch is Touch.COME_BACK and not told.place:
            raise PlaceMissing(field="place")
        line = _write_custody(actor, used, touch, held, told)
        if touch is Touch.DESTROY:
            return used.kit_id
    _keep(actor, used, stand, step, told, line, now, differs=differs, touch=touch)
    return used.kit_id


@command
def follow_destruction(*, actor: Actor, item_id: UUID, seen: Seen) -> None:
    """Let a kit follow its item that was destroyed just now before two people: nobody records it a second time.

    The actor is the second of them, and has confirmed it as custody of the item. A kit whose own rules are against it,
    such as a day that was set since, keeps its state, and its page says why. **Ledger** kit.step.
    """
    used = UsedKit.objects.filter(item_id=item_id).first()
    if used is None:
        return
    now = clock.now()
    stand = queries.stand_of(used)
    told = Told(at=seen.at, place=seen.place, paper=seen.order, second_id=seen.second, reason=seen.reason)
    step = _step(actor, stand, Kind.DESTROY, told, now)
    try:
        path.refuse_impossible(stand, step, now, clock.today())
        path.refuse_before_limitation(step, used.limitation_on)
    except AppError:
        return
    _keep(actor, used, stand, step, told, seen.seq, now, differs=False, touch=Touch.DESTROY)


def _load_for(actor: Actor, kit_id: UUID, kind: Kind) -> UsedKit:
    """The kit for who may record this at all; by what it touches is asked once that is known."""
    if kind is Kind.REPORT:
        return queries.load_used(actor, queries.CHOICE, kit_id)
    return queries.load_used(actor, queries.SEE, kit_id)


def _step(actor: Actor, stand: Stand, kind: Kind, told: Told, now: datetime) -> Step:
    at = _settled(told.at or now, stand)
    return Step(
        kind=kind,
        actor=actor.account_id,
        at=at,
        day=local_day(at),
        seal_read=told.seal_read,
        who=told.who,
        laboratory=told.laboratory_id,
        until=told.until,
        place=told.place,
        paper=told.paper,
        second=told.second_id,
    )


def _settled(at: datetime, stand: Stand) -> datetime:
    """A time that was written down to the minute, put behind what happened earlier in that minute."""
    last = stand.last_at
    if last is not None and last.replace(second=0, microsecond=0) <= at < last:
        return last
    return at


def _touched(actor: Actor, used: UsedKit, kind: Kind, told: Told) -> tuple[Touch, InCustody | None]:
    if kind is Kind.REPORT:
        # Her decision moves nothing, and a caseworker who hears of it sees nothing of custody.
        return Touch.NOTHING, None
    custody = queries.in_custody(actor, used)
    held = custody.held_by(actor.account_id)
    return path.touch_of(kind, held, comes_here=told.comes_here), custody


def _check_laboratory(actor: Actor, kind: Kind, told: Told) -> None:
    if kind is Kind.SEND and all(str(told.laboratory_id) != key for key, _n in queries.laboratory_choices(actor)):
        raise NotFound
    if told.second_id is not None and told.second_id not in access.names_of([told.second_id]):
        raise SecondMissing(field="second_id")


def _columns(stand: Stand) -> dict[str, object]:
    return {
        "state": stand.state,
        "last_seq": stand.seq,
        "last_at": stand.last_at,
        "reported_on": stand.reported_on,
        "until": stand.until,
        "used_at": stand.used_at,
        "picked_up_at": stand.picked_up_at,
        "sent_at": stand.sent_at,
        "sent_on": local_day(stand.sent_at) if stand.sent_at else None,
        "completed_at": stand.completed_at,
        "laboratory_id": stand.laboratory,
    }


def _keep(
    actor: Actor,
    used: UsedKit,
    stand: Stand,
    step: Step,
    told: Told,
    line: int | None,
    now: datetime,
    *,
    differs: bool,
    touch: Touch,
) -> None:
    follows = path.after(stand, step)
    # First, so that of two people who write at the same moment one is told to look again.
    since = step.day if follows.state is not stand.state else used.since_on
    writing.update(used, expected=used.version, since_on=since, **_columns(follows))
    evidence.wait_for_her(item_id=used.item_id, waits=follows.state is State.HELD)
    outside = touch is Touch.NOTHING and step.kind not in (Kind.REPORT, Kind.PROLONG, Kind.RETAIN)
    _insert_step(actor, used, follows, step, told, line, now, differs=differs, outside=outside)
    facts = {
        "kind": step.kind,
        "seq": follows.seq,
        "until": step.until,
        "laboratory": step.laboratory,
        "told": outside,
    }
    writing.note(Verb.KIT_STEP, subject=used.id, case=used.case_id, office=used.office_id, facts=facts)


def _insert_step(
    actor: Actor,
    used: UsedKit,
    stand: Stand,
    step: Step,
    told: Told,
    line: int | None,
    now: datetime,
    *,
    differs: bool = False,
    outside: bool = False,
) -> None:
    row = KitStep(
        office_id=used.office_id,
        used_id=used.id,
        case_id=used.case_id,
        person_id=used.person_id,
        seq=stand.seq,
        kind=step.kind,
        actor_id=actor.account_id,
        second_id=step.second,
        at=step.at,
        on=step.day,
        recorded_at=now,
        reported=step.reported if step.kind is Kind.USE else None,
        until=step.until,
        laboratory_id=step.laboratory,
        custody_seq=line,
        told=outside,
        seal_differs=differs,
    )
    writing.insert(row, who=told.who, place=told.place, seal_read=told.seal_read, paper=told.paper, reason=told.reason)


# ---- the same act in the chain of custody ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Act:
    actor: Actor
    item_id: UUID
    held: Held
    told: Told
    laboratory: str


def _write_custody(actor: Actor, used: UsedKit, touch: Touch, held: Held, told: Told) -> int:
    """Write the act into the item's chain; the number of its last line."""
    laboratory = told.laboratory_id or used.laboratory_id
    name = queries.facility_names([laboratory]).get(laboratory, "") if laboratory else ""
    _WRITERS[touch](_Act(actor, used.item_id, held, told, name))
    return queries.in_custody(actor, used).chain.last_seq


def _read_seal(act: _Act) -> None:
    """The seal, as it was read before the kit left these hands."""
    if act.held.seal and act.told.seal_read:
        evidence.check_seal(
            actor=act.actor,
            item_id=act.item_id,
            seal_read=act.told.seal_read,
            unbroken=act.told.unbroken,
            at=act.told.at,
            reason=act.told.reason,
        )


def _give(act: _Act) -> None:
    _read_seal(act)
    evidence.hand_over(
        actor=act.actor,
        item_id=act.item_id,
        to_outside=Outside(name=act.told.who),
        at=act.told.at,
        place=act.told.place,
        order=act.told.paper,
        reason=act.told.reason,
    )


def _to_laboratory(act: _Act) -> None:
    _read_seal(act)
    evidence.record_event(
        actor=act.actor,
        item_id=act.item_id,
        kind=Custody.LAB_SUBMITTED,
        at=act.told.at,
        outside=Outside(name=act.told.who, organisation=act.laboratory),
        order=act.told.paper,
        reason=act.told.reason,
    )


def _come_back(act: _Act) -> None:
    evidence.receive(
        actor=act.actor,
        item_id=act.item_id,
        at=act.told.at,
        place=act.told.place,
        seal_read=act.told.seal_read,
        seal_gone=not act.told.unbroken,
        condition=Condition.INTACT if act.told.unbroken else Condition.DAMAGED,
        from_outside=Outside(name=act.told.who, organisation=act.laboratory),
        reason=act.told.reason,
    )


def _move(act: _Act) -> None:
    evidence.move(actor=act.actor, item_id=act.item_id, place=act.told.place, at=act.told.at, reason=act.told.reason)


def _event(act: _Act, kind: Custody, **more: object) -> None:
    evidence.record_event(
        actor=act.actor,
        item_id=act.item_id,
        kind=kind,
        at=act.told.at,
        order=act.told.paper,
        reason=act.told.reason,
        **more,  # type: ignore[arg-type]
    )


def _hold(act: _Act) -> None:
    _event(act, Custody.HOLD_PLACED)


def _let_go(act: _Act) -> None:
    """Take back the keeping that this room asked for; what others asked to be kept stays so."""
    if act.held.kept:
        _event(act, Custody.HOLD_LIFTED)


def _destroy(act: _Act) -> None:
    _read_seal(act)
    evidence.destroy_after_waiting(
        actor=act.actor,
        item_id=act.item_id,
        order=act.told.paper,
        second_id=act.told.second_id,
        place=act.told.place,
        at=act.told.at,
        reason=act.told.reason,
        lets_go=act.held.kept,
    )


def _return(act: _Act) -> None:
    _read_seal(act)
    _let_go(act)
    evidence.give_back(
        actor=act.actor,
        item_id=act.item_id,
        to=Outside(name=act.told.who),
        at=act.told.at,
        place=act.told.place,
        order=act.told.paper,
        reason=act.told.reason,
    )


_WRITERS: Mapping[Touch, Callable[[_Act], None]] = {
    Touch.GIVE: _give,
    Touch.TO_LABORATORY: _to_laboratory,
    Touch.COME_BACK: _come_back,
    Touch.MOVE: _move,
    Touch.KEEP: _hold,
    Touch.DESTROY: _destroy,
    Touch.RETURN: _return,
}


# ---- until when a case can be brought ----------------------------------------------------------------------


@command
def set_limitation(*, actor: Actor, kit_id: UUID, until: date | None) -> UUID:
    """Write down until when a case can still be brought, so that the kit is not given up before.

    **Needs** kits:kit:give. **Ledger** kit.limitation_set.
    """
    used = queries.load_used(actor, GIVE, kit_id)
    writing.update(used, limitation_on=until)
    writing.note(
        Verb.KIT_LIMITATION_SET, subject=used.id, case=used.case_id, office=used.office_id, facts={"until": until}
    )
    return used.kit_id
