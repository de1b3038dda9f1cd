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
from amparo.people.queries.ages import band_text, death_among
from amparo.people.queries.persons import WITH_NUMBER, gender_text, named, url_of
from amparo.people.queries.records import of_all, records_together
from amparo.people.queries.sight import record, sight_of, subjects_of
from amparo.people.words import CONTACT_LABELS, DISABILITY_LABELS, ContactKind, Disability, PersonKind
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

    What one of two joined records knows of her death, age and safe contacts is said of both. Who may not even
    know of a person finds her missing here. Cost: six queries for any number where no records were joined.
    """
    found = recall("labels", [(actor.account_id, key) for key in person_ids], lambda keys: _labels(actor, keys))
    return {key: label for (_account, key), label in found.items()}


_CONTACTS = Prepared(
    lambda persons: Contact.objects.filter(person_id__in=persons, ended_at=None).order_by("created_at", "id"), IDS
)


def _labels(actor: Actor, wanted: Collection[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], PersonLabel]:
    together = records_together({key for _account, key in wanted})
    rows = [row for key, records in together.items() for row in records if row.id == key]
    subjects = subjects_of(rows)
    seen = {row.id: sight_of(actor, row, subjects[row.id]) for row in rows}
    shown = [row for row in rows if seen[row.id] >= Sight.STATUS]
    open_to = {row.id: together[row.id] for row in shown if seen[row.id] >= Sight.PARTIAL}
    every = of_all(open_to)
    opened = sealing.open_rows(every, "name", "known_as", "birth", "age_estimate", "death")
    words = dict(zip((row.id for row in every), opened, strict=True))
    for row in shown:
        if row.id in open_to:
            record(row, subjects[row.id])
    hidden = {row.id for row in shown if row.level == Compartment.IDENTITY}
    safe = safe_lines({key: [one.id for one in records] for key, records in open_to.items() if key in hidden})
    can_open = _openable(actor, shown, subjects)
    return {
        (actor.account_id, row.id): _label(
            row, [words[one.id] for one in _own_first(row, open_to.get(row.id, ()))], safe.get(row.id, ""),
            row.id in can_open,
        )
        for row in shown
    }  # fmt: skip


def _own_first(row: Person, records: Sequence[Person]) -> list[Person]:
    """All records of a person, the one that is asked for before the others."""
    return sorted(records, key=lambda one: one.id != row.id)


def _openable(actor: Actor, rows: Sequence[Person], subjects: Mapping[UUID, Subject]) -> set[UUID]:
    return {row.id for row in rows if policy.decide(actor, "people:person:see", subjects[row.id]).allowed}


def _label(row: Person, words: Sequence[Opened], safe: str, has_page: bool) -> PersonLabel:
    url = url_of(row.id) if has_page else ""
    kind = PersonKind(row.kind)
    if not words:
        return PersonLabel(row.id, row.code, kind, url)
    own = words[0]
    if row.level != Compartment.IDENTITY:
        name = own.text("name") or own.text("known_as")
        return PersonLabel(row.id, row.code, kind, url, name=name, first_name=name)
    first = rules.first_name(own.text("name"), own.text("known_as"))
    if death_among(words) is not None:
        return PersonLabel(row.id, row.code, kind, url, first, safe=_("Has died"))
    return PersonLabel(row.id, row.code, kind, url, first, "", band_text(words, clock.today()), safe)


def particulars(person_id: UUID) -> tuple[tuple[str, str], ...]:
    """What whoever examines her need not ask again: gender, languages, what is hard for her; of all her records.

    The caller has asked the policy for her examination. Cost: three queries where no records were joined.
    """
    rows = records_together([person_id]).get(person_id, [])
    if not rows or rows[0].level != Compartment.IDENTITY:
        return ()
    opened = sealing.open_rows(rows, "gender", "languages", "disability")
    spoken = dict.fromkeys(str(item) for words in opened for item in words.items("languages"))
    hard = {str(item) for words in opened for item in words.items("disability")}
    if len(hard) > 1:
        hard.discard(Disability.NONE)
    pairs = (
        ("gender", next(filter(None, (gender_text(words) for words in opened)), "")),
        ("languages", ", ".join(spoken)),
        ("disability", ", ".join(str(label) for code, label in DISABILITY_LABELS.items() if code in hard)),
    )
    return tuple(pair for pair in pairs if pair[1])


def safe_lines(records: Mapping[UUID, Sequence[UUID]]) -> dict[UUID, str]:
    """One line each on how a person may be reached, from all records of each. Cost: two queries for any number."""
    rows = _CONTACTS.rows({one for every in records.values() for one in every})
    safe: dict[UUID, str] = {}
    for row, opened in zip(rows, sealing.open_rows(rows, "hours"), strict=True):
        if row.is_safe and row.person_id not in safe:
            safe[row.person_id] = _safe_line(row, opened.text("hours"))
    reached = {row.person_id for row in rows}
    return {
        person: next((safe[one] for one in every if one in safe), _("No safe contact: do not call"))
        for person, every in records.items()
        if reached & set(every)
    }


def _safe_line(row: Contact, hours: str) -> str:
    kind = str(CONTACT_LABELS[ContactKind(row.kind)])
    if hours:
        return _("Safe: %(contact)s, %(hours)s") % {"contact": kind, "hours": hours}
    return _("Safe: %(contact)s") % {"contact": kind}


def safe_ways(actor: Actor, person_id: UUID) -> list[str]:
    """How somebody may be reached safely, one line for each way, for who sees her whole identity; never an unsafe one.

    For papers that leave with her consent. Of who has died it says that nobody is called, and why: others would
    answer, and hear of it. Cost: six queries where no records were joined.
    """
    row = Person.objects.filter(pk=person_id).first()
    if row is None:
        return []
    subject = subjects_of([row])[row.id]
    allowed = policy.decide(actor, "people:contact:see", subject).allowed
    if not allowed or sight_of(actor, row, subject) is not Sight.FULL:
        return []
    record(row, subject)
    of_her = records_together([row.id])[row.id]
    if death_among(sealing.open_rows(of_her, "death")) is not None:
        return [_("Nobody is called: she or he has died.")]
    hers = Contact.objects.filter(person_id__in=[one.id for one in of_her], ended_at=None, is_safe=True)
    rows = list(hers.order_by("created_at", "id"))
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
