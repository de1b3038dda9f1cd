"""People on one line each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.kernel import clock
from amparo.kernel.recall import recall
from amparo.kernel.words import Compartment, Sight
from amparo.people import rules
from amparo.people.models import Contact, Person
from amparo.people.queries.ages import band_text, death_of
from amparo.people.queries.persons import WITH_NUMBER, named, url_of
from amparo.people.queries.sight import record, sight_of, subjects_of
from amparo.people.words import CONTACT_LABELS, DISABILITY_LABELS, GENDER_LABELS, ContactKind, PersonKind
from amparo.vault import sealing
from amparo.vault.prepared import IDS, Prepared
from amparo.vault.sealing import Opened
from amparo.web.sheets import Code, Text


@dataclass(frozen=True, slots=True)
class PersonLabel:
    """A person on one line, as far as this reader may know her; `name` only for suspects and officials."""

    id: UUID
    code: str
    kind: PersonKind
    url: str = ""
    first_name: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    age_band: str = ""
    safe: str = field(default="", repr=False)

    @property
    def text(self) -> Text:
        """The code, with the name by it that may be said."""
        said = self.name or self.first_name
        return (Code(self.code, self.url), named(said)) if said else Code(self.code, self.url)


def labels(actor: Actor, person_ids: Collection[UUID]) -> dict[UUID, PersonLabel]:
    """Persons on one line each: the code, and of the rest what the field group of the reader's sight says.

    Who may not even know of a person finds her missing here. Cost: five queries for any number.
    """
    found = recall("labels", [(actor.account_id, key) for key in person_ids], lambda keys: _labels(actor, keys))
    return {key: label for (_account, key), label in found.items()}


_PERSONS = Prepared(lambda keys: Person.objects.filter(pk__in=keys), IDS)
_CONTACTS = Prepared(
    lambda persons: Contact.objects.filter(person_id__in=persons, ended_at=None).order_by("created_at", "id"), IDS
)


def _labels(actor: Actor, wanted: Collection[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], PersonLabel]:
    rows = _PERSONS.rows({key for _account, key in wanted})
    subjects = subjects_of(rows)
    seen = {row.id: sight_of(actor, row, subjects[row.id]) for row in rows}
    shown = [row for row in rows if seen[row.id] >= Sight.STATUS]
    open_to = [row for row in shown if seen[row.id] >= Sight.PARTIAL]
    words = dict(
        zip(
            (row.id for row in open_to),
            sealing.open_rows(open_to, "name", "known_as", "birth", "age_estimate", "death"),
            strict=True,
        )
    )
    for row in open_to:
        record(row, subjects[row.id])
    safe = safe_lines([row.id for row in open_to if row.level == Compartment.IDENTITY])
    can_open = _openable(actor, shown, subjects)
    return {
        (actor.account_id, row.id): _label(row, words.get(row.id), safe.get(row.id, ""), row.id in can_open)
        for row in shown
    }


def _openable(actor: Actor, rows: Sequence[Person], subjects: Mapping[UUID, Subject]) -> set[UUID]:
    return {row.id for row in rows if policy.decide(actor, "people:person:see", subjects[row.id]).allowed}


def _label(row: Person, words: Opened | None, safe: str, has_page: bool) -> PersonLabel:
    url = url_of(row.id) if has_page else ""
    kind = PersonKind(row.kind)
    if words is None:
        return PersonLabel(row.id, row.code, kind, url)
    if row.level != Compartment.IDENTITY:
        name = words.text("name") or words.text("known_as")
        return PersonLabel(row.id, row.code, kind, url, name=name, first_name=name)
    first = rules.first_name(words.text("name"), words.text("known_as"))
    if death_of(words) is not None:
        return PersonLabel(row.id, row.code, kind, url, first, safe=_("Has died"))
    return PersonLabel(row.id, row.code, kind, url, first, "", band_text(words, clock.today()), safe)


def particulars(person_id: UUID) -> tuple[tuple[str, str], ...]:
    """What whoever examines her need not ask again: gender, languages, what is hard for her.

    The caller has asked the policy for her examination. Cost: two queries.
    """
    row = Person.objects.filter(pk=person_id).first()
    if row is None or row.level != Compartment.IDENTITY:
        return ()
    opened = sealing.open_row(row, "gender", "languages", "disability")
    hard = {str(item) for item in opened.items("disability")}
    pairs = (
        ("gender", next((str(label) for code, label in GENDER_LABELS.items() if code == opened.text("gender")), "")),
        ("languages", ", ".join(str(item) for item in opened.items("languages"))),
        ("disability", ", ".join(str(label) for code, label in DISABILITY_LABELS.items() if code in hard)),
    )
    return tuple(pair for pair in pairs if pair[1])


def safe_lines(person_ids: Collection[UUID]) -> dict[UUID, str]:
    """One line each on how a person may be reached."""
    rows = _CONTACTS.rows(person_ids)
    lines: dict[UUID, str] = {}
    for row, opened in zip(rows, sealing.open_rows(rows, "hours"), strict=True):
        if row.is_safe and row.person_id not in lines:
            lines[row.person_id] = _safe_line(row, opened.text("hours"))
    for row in rows:
        lines.setdefault(row.person_id, _("No safe contact: do not call"))
    return lines


def _safe_line(row: Contact, hours: str) -> str:
    kind = str(CONTACT_LABELS[ContactKind(row.kind)])
    if hours:
        return _("Safe: %(contact)s, %(hours)s") % {"contact": kind, "hours": hours}
    return _("Safe: %(contact)s") % {"contact": kind}


def safe_ways(actor: Actor, person_id: UUID) -> list[str]:
    """How somebody may be reached safely, one line for each way, for who sees her whole identity; never an unsafe one.

    For papers that leave with her consent. Cost: four queries.
    """
    row = Person.objects.filter(pk=person_id).first()
    if row is None:
        return []
    subject = subjects_of([row])[row.id]
    allowed = policy.decide(actor, "people:contact:see", subject).allowed
    if not allowed or sight_of(actor, row, subject) is not Sight.FULL:
        return []
    record(row, subject)
    rows = list(Contact.objects.filter(person_id=row.id, ended_at=None, is_safe=True).order_by("created_at", "id"))
    opened = sealing.open_rows(rows, "value", "whose", "hours", "rules")
    return [_way(contact, words) for contact, words in zip(rows, opened, strict=True)]


def _way(row: Contact, words: Opened) -> str:
    kind, whose, hours = str(CONTACT_LABELS[ContactKind(row.kind)]), words.text("whose"), words.text("hours")
    said = [
        _("%(kind)s of %(whose)s") % {"kind": kind, "whose": whose} if whose else kind,
        # A number keeps its order also on a paper that runs from right to left.
        f"\u2066{words.text('value')}\u2069" if row.kind in WITH_NUMBER else words.text("value"),
        *([_("Between: %(hours)s") % {"hours": hours}] if hours else []),
        _("You may leave a message.") if row.may_leave_message else _("Leave no message."),
        *([words.text("rules")] if words.text("rules") else []),
    ]
    return " · ".join(part.rstrip(".") for part in said)


def names(actor: Actor, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """Whole names where the identity is seen fully; `commands.open_names` comes first."""
    rows = list(policy.visible(actor, "people:person:see", Person.objects.filter(pk__in=set(person_ids))))
    subjects = subjects_of(rows)
    full = [row for row in rows if sight_of(actor, row, subjects[row.id]) is Sight.FULL]
    for row in full:
        record(row, subjects[row.id])
    opened = sealing.open_rows(full, "name", "known_as")
    return {row.id: words.text("name") or words.text("known_as") for row, words in zip(full, opened, strict=True)}
