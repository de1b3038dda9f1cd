"""What forms about a person start with, and who gets to see them."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel.errors import NotFound, Refused
from amparo.kernel.words import Compartment, Sight
from amparo.people.models import Contact, Person
from amparo.people.queries.ages import birth_of, death_of
from amparo.people.queries.persons import DETAILS
from amparo.people.queries.sight import check_names_open, sight_of
from amparo.vault import sealing


def person_form(actor: Actor, person_id: UUID) -> tuple[int, dict[str, object]]:
    """The version and values of a person's details, for the form that changes them.

    Raises:
        NamesClosed: she does not work with her, and gave no reason since she signed in.
    """
    row = policy.load(actor, "people:person:change", Person, person_id, seen_by="people:person:see")
    check_names_open(actor, row)
    opened = sealing.open_row(row, *DETAILS)
    birth, estimate = birth_of(opened)
    death = death_of(opened)
    return row.version, {
        "name": opened.text("name"),
        "known_as": opened.text("known_as"),
        "birth": birth,
        "age_low": estimate.low if estimate else None,
        "age_high": estimate.high if estimate else None,
        "age_method": estimate.method if estimate else "",
        "gender": opened.text("gender"),
        "languages": ", ".join(str(item) for item in opened.items("languages")),
        "citizenships": ", ".join(str(item) for item in opened.items("citizenships")),
        "needs": opened.text("needs"),
        "disability": [str(item) for item in opened.items("disability")],
        "has_died": death is not None,
        "died": death.on if death else None,
        "identifiers": opened.text("identifiers"),
        "looks": opened.text("looks"),
    }


def contact_form(actor: Actor, person_id: UUID, contact_id: UUID) -> tuple[int, dict[str, object]]:
    """The version and values of a contact, for the form that changes it. Raises NamesClosed."""
    row = policy.load(actor, "people:person:change", Contact, contact_id, seen_by="people:person:see")
    if row.person_id != person_id:
        raise NotFound(permission="people:person:change")
    check_names_open(actor, Person.objects.get(pk=person_id))
    opened = sealing.open_row(row, "value", "whose", "hours", "rules", "code_word")
    words = {name: opened.text(name) for name in ("value", "whose", "hours", "rules", "code_word")}
    clear = {"kind": row.kind, "is_safe": row.is_safe, "may_leave_message": row.may_leave_message}
    return row.version, {**words, **clear}


def may_change(actor: Actor, person_id: UUID) -> None:
    """Raise where the reader may not change this person, before a form is shown."""
    policy.load(actor, "people:person:change", Person, person_id, seen_by="people:person:see")


def may_change_address(actor: Actor, person_id: UUID) -> None:
    """Raise where the reader may not write down this person's address."""
    row = policy.load(actor, "people:person:see", Person, person_id)
    policy.check_new(actor, "people:address:change", replace(policy.subject_of(row), level=Compartment.ADDRESS))


def may_open_names(actor: Actor, person_id: UUID) -> None:
    """Raise where the reader does not see this identity fully."""
    row = policy.load(actor, "people:person:see", Person, person_id)
    if sight_of(actor, row, policy.subject_of(row)) < Sight.FULL:
        raise Refused(permission="people:person:see")
