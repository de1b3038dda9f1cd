"""The register of participants: names, and whether somebody is in it already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

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
    """Whether somebody with this name is in the register. Cost: one query, and one more to confirm a match."""
    rows = list(Participant.objects.filter(name_token=name_token(name)))
    wanted = _normal(name)
    return any(_normal(one.text("name")) == wanted for one in sealing.open_rows(rows, "name"))


def people(rows: Sequence[Participant]) -> list[Person]:
    """Participants with their words. Cost: one query, and six more where officials are among them.

    Whom partners know as an official is called as she or he is called there: renamed once, renamed everywhere.
    """
    opened = sealing.open_rows(rows, "name", "post", "contact", "district")
    officials = {row.official_id for row in rows if row.official_id is not None}
    called = partners.names_of(officials) if officials else {}
    return [
        Person(
            row,
            (called.get(row.official_id, "") if row.official_id else "") or one.text("name"),
            one.text("post"),
            one.text("contact"),
            one.text("district"),
        )
        for row, one in zip(rows, opened, strict=True)
    ]


def people_by_id(ids: Iterable[UUID]) -> dict[UUID, Person]:
    """The same, by id. Cost: two queries."""
    return {one.row.id: one for one in people(list(Participant.objects.filter(pk__in=set(ids))))}
