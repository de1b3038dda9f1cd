"""Who somebody is, for the copy that she gets of what is her own."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Sight
from amparo.people.models import Contact, Person
from amparo.people.queries.finding import all_names
from amparo.people.queries.page import details_of
from amparo.people.queries.persons import DETAILS, WITH_NUMBER
from amparo.people.queries.records import records_together
from amparo.people.queries.sight import check_names_open, sight_of
from amparo.people.words import CONTACT_LABELS, ContactKind
from amparo.vault import sealing

SEE = "people:person:see"


def identity_of_hers(actor: Actor, person_id: UUID) -> list[tuple[str, str]]:
    """Names, what is known of her, and how she is reached, from all her records. How she looks is ours, and left out.

    Raises NotFound, NamesClosed.
    """
    row = policy.load(actor, SEE, Person, person_id)
    if sight_of(actor, row, policy.subject_of(row)) is not Sight.FULL:
        raise NotFound(permission=SEE)
    check_names_open(actor, row)
    records = records_together([row.id])[row.id]
    lines: dict[tuple[str, str], None] = {}
    for (name, known_as), extra in all_names(records).values():
        lines |= {(_("Name"), one): None for one in filter(None, (name, *extra))}
        lines |= {(_("Known as"), known_as): None} if known_as else {}
    looks = _("How the person looks")
    for opened in sealing.open_rows(records, *DETAILS):
        facts = ((str(fact.label), str(fact.value)) for fact in details_of(opened, clock.today()))
        lines |= {pair: None for pair in facts if pair[0] != looks}
    return [*lines, *_contacts([one.id for one in records])]


def _contacts(records: list[UUID]) -> list[tuple[str, str]]:
    """The ways to reach her, without the code word: a paper that is found must not let others pass as us."""
    rows = list(Contact.objects.filter(person_id__in=records, ended_at=None).order_by("created_at", "id"))
    lines = []
    for row, words in zip(rows, sealing.open_rows(rows, "value", "whose"), strict=True):
        value = f"\u2066{words.text('value')}\u2069" if row.kind in WITH_NUMBER else words.text("value")
        said = " · ".join(filter(None, (value, words.text("whose"))))
        lines.append((str(CONTACT_LABELS[ContactKind(row.kind)]), said))
    return lines
