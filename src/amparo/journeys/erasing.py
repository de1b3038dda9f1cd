"""Erasing a person or a report: keys, words, tokens and drafts; what stays are codes, states and times."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from amparo.access import policy
from amparo.access import queries as staff
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.cases import commands as cases
from amparo.cases import queries
from amparo.forensics import commands as forensics
from amparo.intake import commands as intake
from amparo.intake import queries as reports
from amparo.kernel.errors import N_, AppError, Invalid
from amparo.kits import commands as kits
from amparo.ledger import wal, writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.people import commands as people
from amparo.people import queries as people_queries


class HeldByLaw(AppError):
    """A legal hold beats erasure."""

    code = "journeys.held_by_law"
    status = 409
    template = N_("Her words can't be erased yet: %(cases)s of her cases are still before the law.")
    hint_template = N_("Erase after the accountability track of each case has come to its end.")


class NoSuchCode(Invalid):
    code = "journeys.no_such_code"
    template = N_("Nobody has this code, or she was erased before.")
    hint_template = N_("Read the code again from the page about her.")


@command
def erase_person(*, actor: Actor, person_id: UUID) -> UUID:
    """Erase a person for good, every record of hers. Her part in cases, dates and states stay, as codes.

    **Needs** people:person:erase. **Ledger** person.erased. Raises HeldByLaw. The rows are emptied and
    their salts changed, so that no earlier commitment in the ledger can be matched with a guess.
    """
    policy.check_new(actor, "people:person:erase", Subject(person=person_id))
    records = sorted(staff.records_of(person_id))
    held = sum(queries.cases_before_the_law(record) for record in records)
    if held:
        raise HeldByLaw(cases=held)
    for record in records:
        _erase_record(record)
    # Free pages and the log would keep the destroyed keys: both are overwritten once the erasure stands.
    transaction.on_commit(lambda: wal.truncate() and None)
    return person_id


def _erase_record(person_id: UUID) -> None:
    people.drop_lookups(person_id)
    cases.drop_drafts(person_id)
    kits.drop_numbers(person_id)
    forensics.end_appointments(person_id)
    rows = kits.forget_words(person_id) + cases.forget_conferences(person_id) + writing.forget_owner(person_id)
    people.mark_erased(person_id)
    writing.note(Verb.PERSON_ERASED, subject=person_id, facts={"rows": rows})


@command
def erase_by_code(*, actor: Actor, code: str) -> UUID:
    """Erase the person with this code. **Needs** people:person:erase. Raises NoSuchCode."""
    policy.check_new(actor, "people:person:erase", Subject())
    found = people_queries.id_of_code(code)
    if found is None:
        raise NoSuchCode(field="code")
    return erase_person(actor=actor, person_id=found)


def _is_of_reports(records: frozenset[UUID], alone: Collection[UUID]) -> bool:
    """Whether no record of hers stands anywhere else: erasing one erases them all."""
    return records <= set(alone) and not queries.those_in_cases(records)


@command
def erase_report(*, actor: Actor, report_id: UUID) -> UUID:
    """Erase a report that became no case, once its day has passed: words, messages, files and their keys.

    Whom it alone names is erased with it; who has a part in a case, or stands in another report, stays, also
    where only another record of hers does.
    **Needs** intake:report:erase, people:person:erase. **Ledger** report.erased, person.erased.
    Raises NotFound, ReportErased, NotToErase, StillKept.
    """
    report, rows = intake.erase_words(actor, report_id)
    alone = reports.people_of_report_alone(report_id)
    named = [key for key in alone if _is_of_reports(staff.records_of(key), alone)]
    known = people_queries.heads(named)
    erased = [key for key in named if not known[key].is_erased]
    for person_id in erased:
        # Two records of hers in this one report: the first erases both.
        if not people_queries.head(person_id).is_erased:
            erase_person(actor=actor, person_id=person_id)
    facts = {"rows": rows, "people": len(erased)}
    writing.note(Verb.REPORT_ERASED, subject=report.id, office=report.office_id, facts=facts)
    transaction.on_commit(lambda: wal.truncate() and None)
    return report.id
