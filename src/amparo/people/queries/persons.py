"""What is clear about people, and how they are found again by blind tokens."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from amparo.kernel.codes import parse_code
from amparo.kernel.errors import NotFound
from amparo.kernel.names import detect_script
from amparo.kernel.words import Compartment
from amparo.people.models import Person
from amparo.people.words import DISABILITY_LABELS, GENDER_LABELS, KIND_LABELS, LANG_OF_SCRIPT, ContactKind, PersonKind
from amparo.vault import tokens
from amparo.vault.sealing import Opened
from amparo.web.addresses import reverse
from amparo.web.sheets import Name

DETAILS = (
    "name", "known_as", "birth", "age_estimate", "gender", "languages", "citizenships", "needs", "disability", "death",
    "identifiers", "looks",
)  # fmt: skip
WITH_NUMBER = (ContactKind.PHONE, ContactKind.MESSAGES)


@dataclass(frozen=True, slots=True)
class PersonHead:
    """What is clear about a person: no name."""

    id: UUID
    code: str
    kind: PersonKind
    level: Compartment
    office_id: UUID
    version: int
    is_handed: bool
    is_erased: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A person who was found, by code."""

    id: UUID
    code: str
    kind: PersonKind
    url: str

    @property
    def kind_label(self) -> str:
        return str(KIND_LABELS[self.kind])


def named(name: str, url: str = "") -> Name:
    """A name with the tag of its script, so that it is printed and read out as what it is."""
    return Name(name, lang=LANG_OF_SCRIPT.get(detect_script(name) or "", ""), url=url)


def gender_text(opened: Opened) -> str:
    """Her gender as it is said."""
    stored = opened.text("gender")
    return next((str(label) for code, label in GENDER_LABELS.items() if code == stored), "")


def disability_text(opened: Opened) -> str:
    """What is very hard or impossible for her, as it is said."""
    chosen = {str(item) for item in opened.items("disability")}
    return " · ".join(str(label) for code, label in DISABILITY_LABELS.items() if code in chosen)


def url_of(person_id: UUID) -> str:
    return reverse("people:person", args=[person_id])


def head(person_id: UUID) -> PersonHead:
    """What is clear about a person, for commands that have asked the policy. Raises NotFound."""
    row = Person.objects.filter(pk=person_id).first()
    if row is None:
        raise NotFound
    return _head(row)


def id_of_code(typed: str) -> UUID | None:
    """The person with a code, for whoever erases by codes alone; the caller has asked the policy."""
    row = Person.objects.filter(code=parse_code(typed), erased_at=None).first()
    return None if row is None else row.id


def heads(person_ids: Collection[UUID]) -> dict[UUID, PersonHead]:
    """What is clear about several persons. Cost: one query."""
    return {row.id: _head(row) for row in Person.objects.filter(pk__in=set(person_ids))}


def _head(row: Person) -> PersonHead:
    return PersonHead(
        id=row.id,
        code=row.code,
        kind=PersonKind(row.kind),
        level=Compartment(row.level),
        office_id=row.office_id,
        version=row.version,
        is_handed=row.handed_at is not None,
        is_erased=row.erased_at is not None,
    )


def name_token(part: str) -> int:
    """The blind token of one folded part of a name."""
    return tokens.token("people.name", part)


def phone_token(number: str) -> int:
    """The blind token of a number in its international form."""
    return tokens.token("people.phone", number)


def hit_of(row: Person) -> Hit:
    """A person who was found."""
    return Hit(row.id, row.code, PersonKind(row.kind), url_of(row.id))
