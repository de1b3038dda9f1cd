"""Releasing something of a case to one partner: prepared, approved by somebody else, sent, and taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.queries import LiveConsent
from amparo.evidence import queries as evidence
from amparo.evidence.commands import Source, keep_copy, number_copy
from amparo.evidence.words import CopyOf, Way
from amparo.kernel import clock, codes, ids
from amparo.kernel.errors import NotFound
from amparo.ledger import writing
from amparo.ledger.verbs import Facts, Verb
from amparo.ledger.writing import command
from amparo.partners import queries as partners
from amparo.referrals import rules
from amparo.referrals.commands.referrals import open_head
from amparo.referrals.errors import (
    ConsentGone,
    ItemNotInCase,
    NoConsent,
    NotAgreed,
    NotYours,
    OwnRelease,
    WrongStep,
)
from amparo.referrals.models import Release, ReleasePart
from amparo.referrals.queries import reach
from amparo.referrals.queries.reach import APPROVE, RELEASE
from amparo.referrals.words import (
    COMPARTMENT_OF,
    NOT_APPROVED,
    PART_LABELS,
    RELEASE_PENDING,
    Carried,
    Channel,
    Part,
    ReleaseEvent,
    ReleaseState,
)

if TYPE_CHECKING:
    from amparo.evidence.models import EvidenceItem


@dataclass(frozen=True, slots=True)
class Offer:
    """What is to be released. `items` are evidence of the case; `papers` are titles of papers that are none."""

    parts: Sequence[str]
    channel: Channel
    until_on: date
    items: Sequence[UUID] = ()
    papers: Sequence[str] = ()
    purpose: str = ""


@command
def prepare_release(*, actor: Actor, case_id: UUID, basis_id: UUID, offer: Offer) -> UUID:
    """Prepare what the partner of a consent shall get; somebody else has to approve it before it leaves.

    The fingerprint of each file is kept as it is now. **Needs** referrals:release:change, and to see all that is
    carried. **Ledger** release.prepared. Raises NoConsent, NotAgreed, NotYours, NothingCarried, PartsNotNamed,
    UntilWrong, ItemNotInCase, CaseClosed.
    """
    head = open_head(actor, RELEASE, case_id)
    person_id, agency_id, live = _consent(case_id, basis_id)
    rules.check_carried(offer.parts, offer.items, offer.papers)
    if set(offer.parts) - reach.seen_parts(actor, head.subject):
        raise NotYours(field="classes")
    if not set(offer.parts) <= live.classes:
        raise NoConsent(field="classes")
    _check_agreement(agency_id, offer.parts)
    rules.check_until(offer.until_on, clock.today(), live.until_on)
    row = Release(
        office_id=head.office_id,
        case_id=case_id,
        person_id=person_id,
        agency_id=agency_id,
        basis_id=basis_id,
        code=codes.make_code("RS", ids.entropy(codes.ENTROPY_BYTES)),
        classes=[part.value for part in Part if part in offer.parts],
        channel=offer.channel,
        until_on=offer.until_on,
        prepared_by=actor.account_id,
    )
    writing.insert(row, purpose=offer.purpose)
    _list_items(actor, row, offer.items)
    _list_papers(row, offer)
    facts = {
        "to": agency_id,
        "until": row.until_on,
        "consent": basis_id,
        "items": len(set(offer.items)),
        "papers": len(offer.papers),
    }
    _noted(row, Verb.RELEASE_PREPARED, facts)
    return row.id


def _consent(case_id: UUID, basis_id: UUID) -> tuple[UUID, UUID, LiveConsent]:
    """Whose consent it is, to which partner, and what it names. Raises NoConsent."""
    person_id, live = cases.consents_for_partners(case_id).get(basis_id, (None, None))
    if person_id is None or live is None or live.agency_id is None:
        raise NoConsent(field="basis_id")
    return person_id, live.agency_id, live


def _check_agreement(agency_id: UUID, parts: Sequence[str]) -> None:
    """Her consent alone opens nothing to an agency: an agreement with it must hold too. Raises NotAgreed."""
    verdicts = partners.release_verdicts(agency_id, list(parts), clock.today())
    lacking = [str(PART_LABELS[one.data_class]) for one in verdicts if not one.allowed]
    if lacking:
        raise NotAgreed(field="classes", lacking=", ".join(lacking))


def _list_items(actor: Actor, row: Release, item_ids: Sequence[UUID]) -> None:
    for item_id in dict.fromkeys(item_ids):
        file = evidence.file_of(_item(actor, row.case_id, item_id))
        part = _part(row, Part.EVIDENCE, Carried.ITEM, item_id)
        writing.insert(part, details={"sha256": file.sha256} if file is not None else {})


def _item(actor: Actor, case_id: UUID, item_id: UUID) -> EvidenceItem:
    try:
        item = evidence.load_item(actor, "evidence:item:see", item_id)
    except NotFound as error:
        raise ItemNotInCase(field="item_ids") from error
    # What two people set apart, nobody gives to anybody.
    if item.case_id != case_id or item.isolation_by is not None:
        raise ItemNotInCase(field="item_ids")
    return item


def _list_papers(row: Release, offer: Offer) -> None:
    as_part = rules.level_of_papers(offer.parts)
    for title in offer.papers:
        writing.insert(_part(row, as_part, Carried.PAPER, None), details={"title": title})


def _part(row: Release, part: Part, kind: Carried, item_id: UUID | None) -> ReleasePart:
    return ReleasePart(
        office_id=row.office_id,
        case_id=row.case_id,
        person_id=row.person_id,
        release=row,
        item_id=item_id,
        level=COMPARTMENT_OF[part],
        kind=kind,
    )


@command
def decide_release(*, actor: Actor, release_id: UUID, approve: bool, remark: str = "") -> UUID:
    """Approve what somebody else prepared, or stop it. Who approves sees all that it carries.

    What is approved gets the number of its copy. **Needs** referrals:release:approve. **Ledger** release.moved,
    copy.issued. Raises OwnRelease, WrongStep, NotAllSeen, ConsentGone, NotAgreed.
    """
    row = reach.load_release(actor, APPROVE, release_id)
    event = ReleaseEvent.APPROVE if approve else ReleaseEvent.DECLINE
    state = _next(row, event)
    if row.prepared_by == actor.account_id:
        raise OwnRelease
    if approve:
        reach.check_all_seen(actor, row)
        _check_may_leave(row)
    now = clock.today()
    values: dict[str, object] = {"decided_by": actor.account_id, "decided_on": now}
    if not approve:
        values |= {"ended_on": now, "reason": NOT_APPROVED}
    _moved(row, event, state, now, values | ({"remark": remark} if remark else {}))
    if approve:
        # What it carries is no paper of ours: its number goes on a cover paper, and by hand on what is printed.
        source = Source(CopyOf.RELEASE, row.id, (row.code,), row.case_id, row.office_id)
        keep_copy(number_copy(actor, source, agency_id=row.agency_id), Way.BESIDE)
    return row.id


def _check_may_leave(row: Release) -> None:
    """Raise ConsentGone or NotAgreed: both are asked again at each step that leads outside."""
    if not rules.covers(reach.named(row.basis_id), row.agency_id, row.classes):
        raise ConsentGone
    _check_agreement(row.agency_id, row.classes)


def _next(row: Release, event: ReleaseEvent) -> ReleaseState:
    return rules.next_release_state(rules.standing(ReleaseState(row.state), row.until_on, clock.today()), event)


_DAY_OF = {ReleaseEvent.SEND: "sent_on", ReleaseEvent.ACKNOWLEDGE: "acknowledged_on"}


@command
def move_release(
    *, actor: Actor, release_id: UUID, event: ReleaseEvent, on: date | None = None, reason: str = "", remark: str = ""
) -> UUID:
    """Say that a release was sent, that they have it, or that it is taken back.

    **Needs** referrals:release:change; who sends it sees all that it carries. **Ledger** release.moved.
    Raises WrongStep, DayWrong, ReasonMissing, NotAllSeen, ConsentGone, NotAgreed.
    """
    row = reach.load_release(actor, RELEASE, release_id)
    if event in (ReleaseEvent.APPROVE, ReleaseEvent.DECLINE):
        raise WrongStep
    state = _next(row, event)
    now = clock.today()
    day = on or now
    rules.check_day(day, max(filter(None, (row.decided_on, row.sent_on, clock.day_of(row.created_at)))), now)
    if event is ReleaseEvent.RECALL:
        rules.check_recall(reason)
    if event is ReleaseEvent.SEND:
        reach.check_all_seen(actor, row)
        _check_may_leave(row)
    values: dict[str, object] = {_DAY_OF[event]: day} if event in _DAY_OF else {"ended_on": day}
    if event is ReleaseEvent.RECALL:
        values["reason"] = reason
    _moved(row, event, state, day, values | ({"remark": remark} if remark else {}))
    return row.id


def _moved(row: Release, event: ReleaseEvent, state: ReleaseState, on: date, values: Mapping[str, object]) -> None:
    writing.update(row, expected=row.version, state=state, **values)
    facts = {"event": event, "state": state, "on": on, "reason": row.reason or None}
    _noted(row, Verb.RELEASE_MOVED, facts)


def stop_without_consent(basis_id: UUID) -> int:
    """Stop every release that has not left and rests on this consent. Returns how many.

    Inside a command that has asked the policy and ended the consent.
    """
    rows = list(Release.objects.filter(basis_id=basis_id, state__in=RELEASE_PENDING).order_by("id"))
    now = clock.today()
    for row in rows:
        values = {"reason": "consent_withdrawn", "ended_on": now}
        _moved(row, ReleaseEvent.CANCEL, ReleaseState.CANCELLED, now, values)
    return len(rows)


def _noted(row: Release, verb: Verb, facts: Facts) -> None:
    writing.note(verb, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
