"""Two records of one person: joined by two people, kept both, and parted again where that was wrong."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from amparo.access import commands as access
from amparo.access import policy
from amparo.access import queries as staff
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.people.commands.conflicts import check_person
from amparo.people.errors import JoiningAsked, NothingToAnswer, OwnJoining
from amparo.people.models import Joining, Person
from amparo.people.rules import RecordFacts, check_joinable
from amparo.people.words import JoiningState, PersonKind

ASK = "people:joining:ask"
DECIDE = "people:joining:decide"


@command
def ask_to_join(*, actor: Actor, kept_id: UUID, joined_id: UUID, reason: str) -> UUID:
    """Ask somebody else to decide that two records are one person. **Needs** people:joining:ask, for both records.

    **Ledger** person.join_asked. Raises SameRecord, OtherSide, OtherOffice, NotHandedOver, RecordJoined,
    PersonErased, JoiningAsked.
    """
    kept, joined = _both(actor, ASK, kept_id, joined_id)
    check_joinable(_facts(kept), _facts(joined))
    if _asked(kept_id, joined_id) is not None or _asked(joined_id, kept_id) is not None:
        raise JoiningAsked
    row = Joining(
        office_id=kept.office_id, level=kept.level, kept=kept, joined=joined, asked_by=actor.account_id,
        state=JoiningState.ASKED,
    )  # fmt: skip
    try:
        with transaction.atomic():
            writing.insert(row, reason=reason)
    except IntegrityError as error:  # Somebody else asked at the same moment.
        raise JoiningAsked from error
    facts = {"into": kept.id}
    writing.note(Verb.PERSON_JOIN_ASKED, subject=joined.id, office=kept.office_id, facts=facts)
    for account in sorted(staff.supervisors_of(kept.office_id)):
        access.notify(actor, account, "joining_asked")
    return joined.id


@command
def join_persons(*, actor: Actor, kept_id: UUID, joined_id: UUID, answer: str) -> UUID:
    """Join two records of one person; both stay, and the joined one leads to the other.

    Teams and bars of either hold for both from now on. **Needs** people:joining:decide, and to be somebody else
    than who asked. **Ledger** person.merged. Raises NothingToAnswer, OwnJoining, and what `ask_to_join` raises.
    """
    row, kept, joined = _to_answer(actor, kept_id, joined_id)
    check_joinable(_facts(kept), _facts(joined))
    writing.update(row, state=JoiningState.JOINED, decided_by=actor.account_id, decided_at=clock.now(), answer=answer)
    writing.update(joined, merged_into_id=kept.id)
    _close_asked(actor, joined)
    access.join_records(joined.id, kept.id, kept.office_id)
    writing.note(Verb.PERSON_MERGED, subject=joined.id, office=kept.office_id, facts={"into": kept.id})
    access.notify(actor, row.asked_by, "joining_done")
    # Who is on the team of either is near to both now.
    for record in (kept, joined):
        check_person(actor, record.id)
    return kept.id


def _close_asked(actor: Actor, joined: Person) -> None:
    """Close what else was asked about a record that leads to another now; who asked may ask about that one."""
    of_it = Q(kept_id=joined.id) | Q(joined_id=joined.id)
    for row in Joining.objects.filter(of_it, state=JoiningState.ASKED):
        writing.update(row, state=JoiningState.APART, decided_by=actor.account_id, decided_at=clock.now())
        facts = {"into": row.kept_id}
        writing.note(Verb.PERSON_JOIN_DECLINED, subject=row.joined_id, office=row.office_id, facts=facts)
        access.notify(actor, row.asked_by, "joining_closed")


@command
def keep_apart(*, actor: Actor, kept_id: UUID, joined_id: UUID, answer: str) -> UUID:
    """Answer that two records are two people. **Needs** people:joining:decide. **Ledger** person.join_declined."""
    row, kept, joined = _to_answer(actor, kept_id, joined_id)
    said = _unless_erased(answer, kept, joined)
    writing.update(row, state=JoiningState.APART, decided_by=actor.account_id, decided_at=clock.now(), answer=said)
    facts = {"into": kept.id}
    writing.note(Verb.PERSON_JOIN_DECLINED, subject=joined.id, office=kept.office_id, facts=facts)
    access.notify(actor, row.asked_by, "joining_declined")
    return kept.id


@command
def part_persons(*, actor: Actor, kept_id: UUID, joined_id: UUID, reason: str) -> UUID:
    """Part two records that were joined: they are two people after all. What was written since stays where it is.

    **Needs** people:joining:decide. **Ledger** person.parted. Raises NothingToAnswer.
    """
    kept, joined = _both(actor, DECIDE, kept_id, joined_id)
    row = Joining.objects.filter(kept=kept, joined=joined, state=JoiningState.JOINED).first()
    if row is None:
        raise NothingToAnswer
    said = _unless_erased(reason, kept, joined)
    writing.update(
        row, state=JoiningState.PARTED, parted_by=actor.account_id, parted_at=clock.now(), parted_reason=said
    )
    writing.update(joined, merged_into_id=None)
    access.part_records(joined.id)
    writing.note(Verb.PERSON_PARTED, subject=joined.id, office=kept.office_id, facts={"from": kept.id})
    return joined.id


def _both(actor: Actor, permission: str, kept_id: UUID, joined_id: UUID) -> tuple[Person, Person]:
    kept = policy.load(actor, permission, Person, kept_id, seen_by="people:person:see")
    return kept, policy.load(actor, permission, Person, joined_id, seen_by="people:person:see")


def _facts(person: Person) -> RecordFacts:
    return RecordFacts(
        id=person.id,
        office=person.office_id,
        kind=PersonKind(person.kind),
        level=Compartment(person.level),
        is_handed=person.handed_at is not None,
        is_joined=person.merged_into_id is not None,
        is_erased=person.erased_at is not None,
    )


def _unless_erased(words: str, kept: Person, joined: Person) -> str:
    """What was said of two records; nothing where either was erased, so that no new key is made for her."""
    return words if kept.erased_at is None and joined.erased_at is None else ""


def _asked(kept_id: UUID, joined_id: UUID) -> Joining | None:
    return Joining.objects.filter(kept_id=kept_id, joined_id=joined_id, state=JoiningState.ASKED).first()


def _to_answer(actor: Actor, kept_id: UUID, joined_id: UUID) -> tuple[Joining, Person, Person]:
    kept, joined = _both(actor, DECIDE, kept_id, joined_id)
    row = _asked(kept_id, joined_id)
    if row is None:
        raise NothingToAnswer
    if row.asked_by == actor.account_id:
        raise OwnJoining
    return row, kept, joined
