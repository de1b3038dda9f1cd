"""What partners are asked to do for a lead, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from amparo.access import commands as access
from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases.commands import hold_case
from amparo.investigations import queries, rules
from amparo.investigations.commands.around import LEAD_CHANGE, LEAD_SEE, open_case, refuse_stranger
from amparo.investigations.errors import AskSettled, NameMissing, NoSuchOfficial
from amparo.investigations.models import Lead, LeadAsk
from amparo.investigations.words import AskReply, AskState, LeadEvent, LeadState
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Facts, Verb
from amparo.ledger.writing import command
from amparo.partners import queries as partners


@dataclass(frozen=True, slots=True)
class AskedOf:
    """Who of a partner is asked: an official or a unit of the directory, or a name alone.

    `reader_id`: somebody of theirs on the case's team, who reads and answers it here.
    """

    known_id: UUID | None = None
    unit_id: UUID | None = None
    name: str = field(default="", repr=False)
    reader_id: UUID | None = None


@command
def ask_partner(
    *, actor: Actor, lead_id: UUID, of: AskedOf, asked: str, due_on: date, asked_on: date | None = None
) -> UUID:
    """Keep that a partner was asked to do something for a lead. **Needs** investigations:lead:change.

    Who reads it here is told. **Ledger** lead.asked. Raises NameMissing, NoSuchOfficial, NotOnTeam, LeadIsClosed,
    InFuture, DueBeforeAsked.
    """
    lead = policy.load(actor, LEAD_CHANGE, Lead, lead_id, seen_by=LEAD_SEE)
    open_case(actor, LEAD_CHANGE, lead.case_id, Compartment.INVESTIGATION)
    rules.next_lead_state(LeadState(lead.state), LeadEvent.CHANGE)
    unit = _unit(actor, of)
    if of.reader_id is not None:
        refuse_stranger(lead.case_id, of.reader_id, queries.ANSWER_HERE, "reader_id")
    day = asked_on or queries.today()
    rules.check_ask(day, due_on, queries.today())
    row = LeadAsk(
        case_id=lead.case_id,
        office_id=lead.office_id,
        lead=lead,
        known_id=of.known_id,
        unit_id=unit,
        reader_id=of.reader_id,
        asked_on=day,
        due_on=due_on,
    )
    writing.insert(row, name=of.name, asked=asked)
    facts: Facts = {"lead": lead.id, "official": of.known_id, "unit": unit, "reader": of.reader_id, "due": due_on}
    _noted(Verb.LEAD_ASKED, row, facts)
    if of.reader_id is not None:
        access.notify(actor, of.reader_id, "asked_of_us")
    return row.id


def _unit(actor: Actor, of: AskedOf) -> UUID | None:
    """The unit that was chosen, else the one in which the official is in office."""
    if not (of.known_id or of.unit_id or of.name or of.reader_id):
        raise NameMissing(field="name")
    if of.known_id is not None and str(of.known_id) not in dict(partners.official_choices(actor)):
        raise NoSuchOfficial(field="known_id")
    if of.unit_id is not None:
        if str(of.unit_id) not in dict(partners.unit_choices(actor)):
            raise NoSuchOfficial(field="unit_id")
        return of.unit_id
    place = partners.place_of_official(actor, of.known_id) if of.known_id else None
    return place.unit_id if place else None


def _asked(actor: Actor, ask_id: UUID) -> LeadAsk:
    row = policy.load(actor, LEAD_CHANGE, LeadAsk, ask_id, seen_by=LEAD_SEE)
    open_case(actor, LEAD_CHANGE, row.case_id, Compartment.INVESTIGATION)
    return row


@command
def answer_ask(
    *, actor: Actor, ask_id: UUID, answer: str, reply: AskReply = AskReply.ANSWER, on: date | None = None
) -> UUID:
    """Keep what a partner answered. **Needs** investigations:lead:change. **Ledger** lead.answered.

    Raises AskSettled, AnswerMissing, InFuture, AnsweredBefore.
    """
    row = _asked(actor, ask_id)
    _keep_answer(row, reply, answer, on)
    return row.id


@command
def answer_here(
    *, actor: Actor, ask_id: UUID, answer: str, reply: AskReply = AskReply.ANSWER, on: date | None = None
) -> UUID:
    """Answer what was asked of oneself; who asked, and who has the lead, are told. **Ledger** lead.answered.

    **Needs** investigations:ask:answer, and a place on the case's team.
    Raises NotFound, AskSettled, AnswerMissing, InFuture, AnsweredBefore.
    """
    row = queries.asked_of(actor, ask_id)
    hold_case(row.case_id)
    # Nobody waits for it any more: neither with a lead that is closed, nor in a case that is.
    if not queries.still_asked(row):
        raise AskSettled
    _keep_answer(row, reply, answer, on)
    for account in {row.created_by, row.lead.assigned_id}:
        access.notify(actor, account, "ask_answered", row.case_id)
    return row.id


def _keep_answer(row: LeadAsk, reply: AskReply, answer: str, on: date | None) -> None:
    day = on or queries.today()
    rules.check_answer(AskState(row.state), row.asked_on, day, queries.today())
    rules.check_reply(reply, answer)
    writing.update(row, expected=row.version, state=AskState.ANSWERED, reply=reply, answered_on=day, answer=answer)
    _noted(Verb.LEAD_ANSWERED, row, {"lead": row.lead_id, "on": day, "reply": reply})


@command
def drop_ask(*, actor: Actor, ask_id: UUID) -> UUID:
    """Say that an answer is not needed any more; who was to give it here is told. **Ledger** lead.ask_dropped.

    **Needs** investigations:lead:change. Raises AskSettled.
    """
    row = _asked(actor, ask_id)
    today = queries.today()
    rules.check_answer(AskState(row.state), row.asked_on, today, today)
    writing.update(row, expected=row.version, state=AskState.DROPPED)
    _noted(Verb.LEAD_ASK_DROPPED, row, {"lead": row.lead_id})
    if row.reader_id is not None:
        access.notify(actor, row.reader_id, "ask_dropped")
    return row.id


def _noted(verb: Verb, row: LeadAsk, facts: Facts) -> None:
    writing.note(verb, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
