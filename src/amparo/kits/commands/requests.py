"""Requests to laboratories, and what came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.queries import CaseHead
from amparo.cases.words import PartyRole
from amparo.evidence import queries as items
from amparo.kernel import clock, codes, ids
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.kits import queries
from amparo.kits.errors import (
    InFuture,
    ItemNotForKit,
    LaboratoryMissing,
    NotAParty,
    NoTests,
    NothingToExamine,
    NotYours,
    ReasonMissing,
    TooEarly,
)
from amparo.kits.models import LabItem, LabRequest, LabResult, UsedKit
from amparo.kits.queries.reach import ASK, RECORD
from amparo.kits.rules import requests
from amparo.kits.words import Ask, LabTest, Outcome, Reader, Rejection, RequestState
from amparo.ledger import writing
from amparo.ledger.verbs import Facts, Verb
from amparo.ledger.writing import command


@command
def draft_request(
    *,
    actor: Actor,
    case_id: UUID,
    laboratory_id: UUID,
    tests: Sequence[LabTest],
    kit_id: UUID | None = None,
    item_ids: Sequence[UUID] = (),
    person_id: UUID | None = None,
    question: str = "",
) -> UUID:
    """Draft what a laboratory is asked: a kit, items of the case or both. **Needs** kits:request:change.

    `person_id`: the survivor whom it is about. It is known by itself for a kit, and in a case with one survivor; its
    words go when she is erased. **Ledger** lab_request.drafted.
    Raises NothingToExamine, NoTests, LaboratoryMissing, ItemNotForKit, NotAParty.
    """
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, ASK, head.part(Compartment.EVIDENCE))
    if kit_id is None and not item_ids:
        raise NothingToExamine(field="kit_id")
    if not tests:
        raise NoTests(field="tests")
    if all(str(laboratory_id) != key for key, _name in queries.laboratory_choices(actor)):
        raise LaboratoryMissing(field="laboratory_id")
    used = _kit(actor, head, kit_id)
    row = LabRequest(
        office_id=head.office_id,
        case_id=case_id,
        used=used,
        person_id=_about(actor, case_id, used, person_id),
        laboratory_id=laboratory_id,
        code=codes.make_code("LR", ids.entropy(codes.ENTROPY_BYTES)),
        tests=[test.value for test in dict.fromkeys(tests)],
        state=RequestState.DRAFTED,
    )
    writing.insert(row, question=question)
    for item_id in dict.fromkeys(item_ids):
        _check_item(actor, case_id, item_id)
        writing.insert(LabItem(office_id=head.office_id, case_id=case_id, request=row, item_id=item_id))
    _noted(row, Verb.LAB_REQUEST_DRAFTED, {"laboratory": laboratory_id, "tests": row.tests})
    return row.id


def _kit(actor: Actor, head: CaseHead, kit_id: UUID | None) -> UsedKit | None:
    if kit_id is None:
        return None
    used = queries.load_used(actor, queries.SEE, kit_id)
    if used.case_id != head.id:
        raise ItemNotForKit(field="kit_id")
    return used


def _about(actor: Actor, case_id: UUID, used: UsedKit | None, person_id: UUID | None) -> UUID | None:
    """Whom a request is about. Raises NotAParty."""
    if used is not None:
        return used.person_id
    hers = [party.person_id for party in cases.parties(actor, case_id, (PartyRole.SURVIVOR,))]
    if person_id is not None and person_id not in hers:
        raise NotAParty(field="person_id")
    return person_id or (hers[0] if len(hers) == 1 else None)


def _check_item(actor: Actor, case_id: UUID, item_id: UUID) -> None:
    try:
        item = items.load_item(actor, "evidence:item:see", item_id)
    except NotFound as error:
        raise ItemNotForKit(field="item_ids") from error
    if item.case_id != case_id:
        raise ItemNotForKit(field="item_ids")


_DAY_OF = {
    Ask.SUBMIT: "submitted_on",
    Ask.RECEIVE: "received_on",
    Ask.BEGIN: "begun_on",
    Ask.REJECT: "ended_on",
}


@command
def move_request(
    *,
    actor: Actor,
    request_id: UUID,
    ask: Ask,
    on: date | None = None,
    their_reference: str = "",
    rejection: Rejection | None = None,
    remark: str = "",
) -> UUID:
    """Say how far a request is; a report is recorded with `record_result`. **Needs** kits:request:change.

    **Ledger** lab_request.moved. Raises ForbiddenAsk, InFuture, TooEarly, ReasonMissing.
    """
    row = queries.load_request(actor, ASK, request_id)
    if ask is Ask.REJECT and rejection is None:
        raise ReasonMissing(field="rejection")
    values: dict[str, object] = {_DAY_OF[ask]: on or clock.today()} if ask in _DAY_OF else {}
    if rejection is not None:
        values["rejection"] = rejection
    if their_reference:
        values["their_reference"] = their_reference
    if remark:
        values["remark"] = remark
    _move(row, ask, on or clock.today(), values)
    return row.id


def _move(row: LabRequest, ask: Ask, on: date, values: dict[str, object]) -> None:
    state = requests.next_state(RequestState(row.state), ask)
    if on > clock.today():
        raise InFuture(field="on")
    earlier = [day for day in (row.submitted_on, row.received_on, row.begun_on) if day is not None]
    if earlier and on < max(earlier):
        raise TooEarly(field="on")
    writing.update(row, expected=row.version, state=state, **values)
    _noted(row, Verb.LAB_REQUEST_MOVED, {"ask": ask, "state": state})


@dataclass(frozen=True, slots=True)
class Report:
    """What a laboratory wrote. `reader` is for whom: it decides who is shown it."""

    reader: Reader
    outcome: Outcome
    words: str = ""
    on: date | None = None


@command
def record_result(*, actor: Actor, request_id: UUID, report: Report) -> UUID:
    """Record a laboratory's report; a further one stands beside the first. **Needs** kits:result:record.

    **Ledger** lab_request.moved, lab_result.recorded; not what was found.
    Raises NotYours where the actor would not be shown it herself, ForbiddenAsk, InFuture, TooEarly.
    """
    row = queries.load_request(actor, ASK, request_id)
    subject = policy.Subject(
        office=row.office_id, cases=frozenset([row.case_id]), level=Compartment(report.reader.value)
    )
    if not policy.decide(actor, RECORD, subject).allowed:
        raise NotYours(field="reader")
    on = report.on or clock.today()
    first = row.ended_on is None
    _move(row, Ask.REPORT, on, {"ended_on": on} if first else {})
    result = LabResult(office_id=row.office_id, request=row, case_id=row.case_id, level=report.reader, on=on)
    writing.insert(result, outcome=report.outcome.value, words=report.words)
    _noted(row, Verb.LAB_RESULT_RECORDED, {"compartment": report.reader})
    return row.id


def _noted(row: LabRequest, verb: Verb, facts: Facts) -> None:
    writing.note(verb, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
