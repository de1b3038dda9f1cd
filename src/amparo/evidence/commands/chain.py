"""One line of a chain of custody, checked against all lines before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.commands import hold_case
from amparo.cases.errors import CaseIsClosed
from amparo.cases.queries import CaseHead
from amparo.cases.words import CaseState
from amparo.evidence import queries, rules
from amparo.evidence.errors import (
    SealUsed,
    SecondMissing,
    WaitsForHer,
)
from amparo.evidence.models import CustodyEvent, EvidenceItem, Seal
from amparo.evidence.rules import Chain, Party, Step
from amparo.evidence.words import (
    Gap,
    Kind,
)
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Facts, Verb
from amparo.vault import sealing

SEE = "evidence:item:see"
REGISTER = "evidence:item:register"
RECORD = "evidence:custody:record"
VIEW = "evidence:file:view"
# Who examines takes specimens and hands them on, and has nothing else to do with evidence.
SPECIMEN = "evidence:specimen:register"
GIVE = "evidence:specimen:give"


@dataclass(frozen=True, slots=True)
class Line:
    """What a command writes into one custody event."""

    kind: Kind
    at: datetime | None = None
    from_: Party | None = None
    to: Party | None = None
    second_id: UUID | None = None
    given_at: datetime | None = None
    place: str = ""
    seal_before: str = ""
    seal_after: str = ""
    unbroken: bool | None = None
    condition: str = ""
    order: str = ""
    reason: str = ""
    reason_code: str = ""
    copy_id: UUID | None = None
    about_seq: int | None = None
    about_gap: Gap | None = None
    stands_in: bool = False


def _step(actor: Actor, chain: Chain, line: Line, now: datetime) -> Step:
    return Step(
        seq=chain.last_seq + 1,
        kind=line.kind,
        actor=actor.account_id,
        at=rules.settled(line.at or now, chain),
        from_=line.from_,
        to=line.to,
        second=line.second_id,
        given_at=line.given_at,
        place=line.place,
        seal_before=line.seal_before,
        seal_after=line.seal_after,
        unbroken=line.unbroken,
        order=line.order,
        reason=line.reason,
        about_seq=line.about_seq,
        about_gap=line.about_gap,
        stands_in=line.stands_in,
    )


def append(actor: Actor, item: EvidenceItem, line: Line) -> tuple[Step, Chain]:
    """Add a line to an item's chain if the rules allow it, and let the item follow. The caller notes it."""
    now = clock.now()
    chain = queries.chain_of(item)
    step = _step(actor, chain, line, now)
    rules.refuse_impossible(chain, step, now)
    if line.second_id is not None and line.second_id not in access.names_of([line.second_id]):
        raise SecondMissing(field="second_id")
    # One that a second person confirms was used when it was put on.
    if step.seal_after and step.kind is not Kind.OPENED:
        _use_seal(item, step.seal_after)
    follows = rules.after(chain, step)
    pending = follows.pending
    # First, so that of two people who write at the same moment one is told to look again.
    writing.update(
        item,
        state=follows.state,
        last_seq=follows.last_seq,
        holder_id=follows.holder.account if follows.holder else None,
        pending_id=pending.to.account if pending and pending.to else None,
        pending_at=pending.at if pending else None,
        open_gaps=len(follows.open_gaps),
        isolation_by=follows.isolation_by,
        second_id=follows.waits_for,
    )
    row = CustodyEvent(
        item=item,
        case_id=item.case_id,
        office_id=item.office_id,
        seq=step.seq,
        kind=step.kind,
        actor_id=actor.account_id,
        second_id=line.second_id,
        from_id=line.from_.account if line.from_ else None,
        to_id=line.to.account if line.to else None,
        occurred_at=step.at,
        recorded_at=now,
        given_at=line.given_at,
        condition=line.condition,
        unbroken=line.unbroken,
        copy_id=line.copy_id,
        about_seq=line.about_seq,
        about_gap=line.about_gap or "",
        reason_code=line.reason_code,
    )
    writing.insert(
        row,
        from_party=_sealed_party(line.from_),
        to_party=_sealed_party(line.to),
        place=line.place,
        seal_before=line.seal_before,
        seal_after=line.seal_after,
        order=line.order,
        reason=line.reason,
    )
    return step, follows


def _sealed_party(party: Party | None) -> sealing.Words:
    if party is None or party.account is not None or not party:
        return None
    return {"name": party.name, "organisation": party.organisation}


def _use_seal(item: EvidenceItem, number: str) -> None:
    """Take a seal number for good. Raises SealUsed where it was put on anything in this office before."""
    token = queries.seal_token(number)
    same = list(Seal.objects.filter(office_id=item.office_id, token=token))
    key = rules.seal_key(number)
    if any(rules.seal_key(words.text("number")) == key for words in sealing.open_rows(same, "number")):
        raise SealUsed(field="seal_after")
    row = Seal(item=item, case_id=item.case_id, office_id=item.office_id, token=token, turn=len(same))
    try:
        with transaction.atomic():
            writing.insert(row, number=number)
    except IntegrityError as error:
        raise SealUsed(field="seal_after") from error


def noted(item: EvidenceItem, verb: Verb, facts: Facts) -> None:
    writing.note(verb, subject=item.id, case=item.case_id, office=item.office_id, facts=facts)


def recorded(actor: Actor, item: EvidenceItem, line: Line) -> None:
    step, _chain = append(actor, item, line)
    noted(item, Verb.CUSTODY_RECORDED, {"kind": step.kind, "seq": step.seq})


def item_for(actor: Actor, permission: str, item_id: UUID) -> EvidenceItem:
    return policy.load(actor, permission, EvidenceItem, item_id, seen_by=SEE)


def item_to_give(actor: Actor, item_id: UUID) -> EvidenceItem:
    """An item that the actor may hand on: as custody is hers to record, or as a specimen in her own hands."""
    return queries.item_to_give(actor, item_id)


def refuse_while_she_decides(item: EvidenceItem) -> None:
    """Raise WaitsForHer for what is kept until she decides, and for what is a part of it."""
    if queries.waits_for_her(item):
        raise WaitsForHer


def case_for(actor: Actor, case_id: UUID, permission: str = REGISTER) -> CaseHead:
    hold_case(case_id)
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, permission, head.part(Compartment.EVIDENCE))
    if head.state is CaseState.CLOSED:
        raise CaseIsClosed
    return head
