"""What a colleague gave to be compared, for her own form, and whether she may say that she knows somebody."""

from __future__ import annotations

from uuid import UUID

from amparo.access import policy
from amparo.access import queries as staff
from amparo.access.actors import Actor
from amparo.access.words import DetailKind, DetailOf
from amparo.people.models import Person

KEEP = "access:details:keep"
DECLARE = "access:conflict:declare"
_FIELDS = {
    "phones": (DetailKind.PHONE, DetailOf.OWN),
    "names": (DetailKind.NAME, DetailOf.OWN),
    "close_phones": (DetailKind.PHONE, DetailOf.RELATIVE),
    "close_names": (DetailKind.NAME, DetailOf.RELATIVE),
}


def own_details_form(actor: Actor) -> dict[str, object]:
    """What the actor gave before, by field of the form; who gave nothing yet finds her name there. Raises Refused."""
    policy.check_new(actor, KEEP, policy.Subject(own=actor.account_id))
    given = staff.own_details(actor.account_id)
    values: dict[str, object] = {
        name: [one.value for one in given if (one.kind, one.whose) == wanted] for name, wanted in _FIELDS.items()
    }
    return values if given else {"names": [staff.names_of([actor.account_id])[actor.account_id]]}


def may_declare(actor: Actor, person_id: UUID) -> str:
    """The code of a person whom the actor may know of. Raises NotFound, Refused."""
    person = policy.load(actor, "people:person:see", Person, person_id)
    policy.check_new(actor, DECLARE, policy.subject_of(person))
    return person.code
