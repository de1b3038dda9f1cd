"""The register of participants: names, and whether somebody is in it already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from amparo.kernel import names
from amparo.partners import queries as partners
from amparo.training.models import Participant
from amparo.vault import sealing, tokens


@dataclass(frozen=True, slots=True)
class Person:
    """A participant with her words. An erased one has no name any more, and still counts."""

    row: Participant
    name: str
    post: str
    contact: str
    district: str


def _normal(name: str) -> str:
    return " ".join(names.name_tokens(name))


def name_token(name: str) -> int:
    """By which the same name is found again, whatever its order, case or accents."""
    return tokens.token("training.participant.name", _normal(name))


def same_name(name: str) -> bool:
    """Whether somebody with this name is in the register. Cost: eight queries at most.

    Officials have no name here by which they could be found, and are looked through.
    """
    rows = list(Participant.objects.filter(Q(name_token=name_token(name)) | Q(official_id__isnull=False)))
    wanted = _normal(name)
    return any(_normal(one.name) == wanted for one in people(rows))


def is_erased(row: Participant) -> bool:
    """Whether nobody can say any more who it was; an official has no name here, and is not."""
    return row.name is None and row.official_id is None


def people(rows: Sequence[Participant]) -> list[Person]:
    """Participants with their words. Cost: one query, and six more where officials are among them.

    Whom partners know as an official is called as she or he is called there, and nothing else: renamed once, renamed
    everywhere; erased there, without a name here.
    """
    opened = sealing.open_rows(rows, "name", "post", "contact", "district")
    officials = {row.official_id for row in rows if row.official_id is not None}
    called = partners.names_of(officials) if officials else {}
    return [
        Person(
            row,
            called.get(row.official_id, "") if row.official_id else one.text("name"),
            one.text("post"),
            one.text("contact"),
            one.text("district"),
        )
        for row, one in zip(rows, opened, strict=True)
    ]


def people_by_id(ids: Iterable[UUID]) -> dict[UUID, Person]:
    """The same, by id. Cost: two queries."""
    return {one.row.id: one for one in people(list(Participant.objects.filter(pk__in=set(ids))))}
