"""Reading people. Every list and search passes the policy; a name shows only where it may be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy, readings
from amparo.access import queries as staff
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.kernel import clock
from amparo.kernel.codes import CodeMistyped, parse_code
from amparo.kernel.dates import AgeEstimate, AgeRange, PartialDate
from amparo.kernel.errors import NotFound, Refused
from amparo.kernel.names import detect_script, name_tokens
from amparo.kernel.phones import PhoneMistyped, phone_key
from amparo.kernel.words import Compartment, Role, Sight
from amparo.ledger import queries as ledger
from amparo.ledger.verbs import Verb
from amparo.people import rules
from amparo.people.errors import NamesClosed
from amparo.people.models import Contact, LookupToken, Person, PersonName, ProtectedAddress
from amparo.people.words import (
    ADDRESS_LABELS,
    AGE_METHOD_LABELS,
    CONTACT_LABELS,
    GENDER_LABELS,
    KIND_LABELS,
    LANG_OF_SCRIPT,
    NAME_LABELS,
    ContactKind,
    PersonKind,
)
from amparo.vault import sealing, tokens
from amparo.vault.sealing import Opened
from amparo.web import formats
from amparo.web.sheets import (
    Button,
    Code,
    Crumb,
    Empty,
    Fact,
    Name,
    Notice,
    Row,
    Section,
    Sheet,
    Tag,
    Text,
    Withheld,
)

DETAILS = (
    "name", "known_as", "birth", "age_estimate", "gender", "languages", "needs", "identifiers", "looks",
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


# ---- ages ------------------------------------------------------------------------------------------------


def _birth(opened: Opened) -> tuple[PartialDate | None, AgeEstimate | None]:
    written = opened.text("birth")
    birth = PartialDate.parse(written) if written else None
    return birth, rules.unpacked_estimate(dict(opened.table("age_estimate")))


def age_at_event(person_id: UUID, event: PartialDate) -> AgeRange | None:
    """Her possible ages at an event; for commands and for readers who were let in to the event."""
    row = Person.objects.filter(pk=person_id).first()
    return rules.age_on(*_birth(sealing.open_row(row, "birth", "age_estimate")), event) if row else None


def is_minor_at(person_id: UUID, event: PartialDate) -> bool | None:
    """Whether she was under age at an event; None where that is not known."""
    row = Person.objects.filter(pk=person_id).first()
    return rules.minor_on(*_birth(sealing.open_row(row, "birth", "age_estimate")), event) if row else None


def is_minor_now(person_id: UUID) -> bool | None:
    return is_minor_at(person_id, PartialDate.on(clock.today()))


def _band_text(opened: Opened, today: date) -> str:
    ages = rules.age_on(*_birth(opened), PartialDate.on(today))
    band = rules.band_of(ages)
    if band.low is None and band.high is None:
        return ""
    if band.low is None:
        return _("under %(years)s") % {"years": (band.high or 0) + 1}
    if band.high is None:
        return _("%(years)s or older") % {"years": band.low}
    return _("%(low)s to %(high)s years old") % {"low": band.low, "high": band.high}


def _age_text(opened: Opened, today: date) -> str:
    ages = rules.age_on(*_birth(opened), PartialDate.on(today))
    if ages is None:
        return ""
    if ages.low == ages.high:
        return ngettext("%(count)s year", "%(count)s years", ages.low) % {"count": ages.low}
    return _("between %(low)s and %(high)s years") % {"low": ages.low, "high": ages.high}


# ---- who may see how much --------------------------------------------------------------------------------


def _subjects(rows: Sequence[Person]) -> dict[UUID, Subject]:
    """What each person's row is about, as `policy.subject_of` says, for many rows with one query."""
    cases = staff.cases_of_persons(row.id for row in rows)
    return {
        row.id: Subject(
            office=row.office_id,
            cases=cases[row.id],
            person=row.id,
            handed=row.handed_at is not None,
            level=Compartment(row.level),
        )
        for row in rows
    }


def _sight(actor: Actor, row: Person, subject: Subject) -> Sight:
    return policy.sight(actor, Compartment(row.level), subject)


def _works_with(actor: Actor, subject: Subject) -> bool:
    """Whether she is on a case of this person, or holds the report: then names need no reason."""
    if any(case in subject.cases for case, _role in actor.grants):
        return True
    return not subject.handed and subject.office in actor.offices_as(Role.INTAKE)


def _record(row: Person, subject: Subject) -> None:
    """Say that words about her are being shown: in each of her cases, or of herself while she is in none."""
    for thing in subject.cases or {row.id}:
        readings.opened(thing, Compartment(row.level))


def _gave_reason(actor: Actor, person_id: UUID) -> bool:
    """Whether the reader opened this person's names with a reason since she signed in."""
    began = next((one.started_at for one in staff.own_sign_ins(actor) if one.is_this), None)
    if began is None:
        return False
    own = ledger.Chosen(frozenset([Verb.NAMES_OPENED]), actor.account_id)
    before: int | None = None
    while True:
        page = ledger.entries(ledger.Reach(), own, before=before)
        for entry in page.entries:
            if entry.at < began:
                return False
            if entry.subject_id == person_id:
                return True
        if page.next_before is None:
            return False
        before = page.next_before


def _check_names_open(actor: Actor, row: Person) -> None:
    """Raise NamesClosed for who neither works with her nor gave a reason; else the reading is recorded."""
    subject = policy.subject_of(row)
    if not _works_with(actor, subject) and not _gave_reason(actor, row.id):
        raise NamesClosed
    _record(row, subject)


# ---- labels ----------------------------------------------------------------------------------------------


def labels(actor: Actor, person_ids: Collection[UUID]) -> dict[UUID, PersonLabel]:
    """Persons on one line each: the code, and of the rest what the field group of the reader's sight says.

    Who may not even know of a person finds her missing here. Cost: five queries for any number.
    """
    rows = list(Person.objects.filter(pk__in=set(person_ids)))
    subjects = _subjects(rows)
    seen = {row.id: _sight(actor, row, subjects[row.id]) for row in rows}
    shown = [row for row in rows if seen[row.id] >= Sight.STATUS]
    open_to = [row for row in shown if seen[row.id] >= Sight.PARTIAL]
    words = dict(
        zip(
            (row.id for row in open_to),
            sealing.open_rows(open_to, "name", "known_as", "birth", "age_estimate"),
            strict=True,
        )
    )
    for row in open_to:
        _record(row, subjects[row.id])
    safe = _safe_lines([row.id for row in open_to if row.level == Compartment.IDENTITY])
    can_open = _openable(actor, shown, subjects)
    return {row.id: _label(row, words.get(row.id), safe.get(row.id, ""), row.id in can_open) for row in shown}


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
    return PersonLabel(row.id, row.code, kind, url, first, "", _band_text(words, clock.today()), safe)


def _safe_lines(person_ids: Collection[UUID]) -> dict[UUID, str]:
    """One line each on how a person may be reached."""
    rows = list(Contact.objects.filter(person_id__in=person_ids, ended_at=None).order_by("created_at", "id"))
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


def names(actor: Actor, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """Whole names where the identity is seen fully; `commands.open_names` comes first."""
    rows = list(policy.visible(actor, "people:person:see", Person.objects.filter(pk__in=set(person_ids))))
    subjects = _subjects(rows)
    full = [row for row in rows if _sight(actor, row, subjects[row.id]) is Sight.FULL]
    for row in full:
        _record(row, subjects[row.id])
    opened = sealing.open_rows(full, "name", "known_as")
    return {row.id: words.text("name") or words.text("known_as") for row, words in zip(full, opened, strict=True)}


# ---- finding ---------------------------------------------------------------------------------------------


def find_by_code(actor: Actor, text: str) -> Hit | None:
    """The person with this code, if the reader may know of her; a mistyped code finds nobody."""
    try:
        code = parse_code(text)
    except CodeMistyped:
        return None
    row = policy.visible(actor, "people:person:see", Person.objects.filter(code=code)).first()
    return _hit(row) if row else None


def find_by_name(actor: Actor, text: str) -> list[Hit]:
    """Persons of whose name this is one or more whole parts, in any script and order.

    A name finds only where the reader may see that name: with a partial sight, the first name and no other.
    Cost: six queries for any number of hits.
    """
    wanted = frozenset(name_tokens(text))
    if not wanted:
        return []
    rows = _candidates(actor, "name", {name_token(part) for part in wanted})
    known = _names_seen(actor, rows)
    return [_hit(row) for row in rows if rules.matches(wanted, known[row.id])]


def find_by_phone(actor: Actor, text: str, calling_code: str = "") -> list[Hit]:
    """Persons with this telephone number, however it is written. Cost: six queries for any number of hits."""
    try:
        number = phone_key(text, calling_code or staff.office(actor.office_id).calling_code)
    except PhoneMistyped:
        return []
    rows = _candidates(actor, "phone", {phone_token(number)})
    known = _numbers_seen(actor, rows)
    return [_hit(row) for row in rows if number in known[row.id]]


def _hit(row: Person) -> Hit:
    return Hit(row.id, row.code, PersonKind(row.kind), url_of(row.id))


MOST_CANDIDATES = 200


def _with_tokens(field_name: str, wanted: set[int]) -> list[UUID]:
    """Persons who have all of the tokens; some may share one by chance."""
    found = LookupToken.objects.filter(field=field_name, token__in=wanted).values_list("person_id", flat=True)
    return [person for person, count in Counter(found).items() if count == len(wanted)]


def _candidates(actor: Actor, field_name: str, wanted: set[int]) -> list[Person]:
    chosen = Person.objects.filter(pk__in=_with_tokens(field_name, wanted), erased_at=None)
    return list(policy.visible(actor, "people:person:see", chosen).order_by("-id")[:MOST_CANDIDATES])


def _names_seen(actor: Actor, rows: Sequence[Person]) -> dict[UUID, list[str]]:
    """Of each person the names that this reader may see."""
    subjects = _subjects(rows)
    every = _all_names(rows)
    seen: dict[UUID, list[str]] = {}
    for row in rows:
        sight = _sight(actor, row, subjects[row.id])
        own, extra = every[row.id]
        if sight is Sight.FULL or (sight is Sight.PARTIAL and row.level != Compartment.IDENTITY):
            seen[row.id] = [*filter(None, own), *extra]
        elif sight is Sight.PARTIAL:
            seen[row.id] = [rules.first_name(*own)]
        else:
            seen[row.id] = []
    return seen


def _all_names(rows: Sequence[Person]) -> dict[UUID, tuple[tuple[str, str], list[str]]]:
    """Of each person her own name and what she is known as, and her further names. Cost: three queries."""
    opened = sealing.open_rows(rows, "name", "known_as")
    every: dict[UUID, tuple[tuple[str, str], list[str]]] = {
        row.id: ((words.text("name"), words.text("known_as")), []) for row, words in zip(rows, opened, strict=True)
    }
    extra = list(PersonName.objects.filter(person_id__in=list(every), withdrawn_at=None))
    for name, words in zip(extra, sealing.open_rows(extra, "name"), strict=True):
        every[name.person_id][1].append(words.text("name"))
    return every


def _numbers_seen(actor: Actor, rows: Sequence[Person]) -> dict[UUID, set[str]]:
    subjects = _subjects(rows)
    seen: dict[UUID, set[str]] = {row.id: set() for row in rows}
    sights = {row.id: _sight(actor, row, subjects[row.id]) for row in rows}
    for row, number in _all_numbers(rows):
        sight = sights[row.person_id]
        if sight is Sight.FULL or (sight is Sight.PARTIAL and row.is_safe):
            seen[row.person_id].add(number)
    return seen


def _all_numbers(rows: Sequence[Person]) -> list[tuple[Contact, str]]:
    codes = {office.id: office.calling_code for office in staff.offices()}
    kept = list(Contact.objects.filter(person_id__in=[row.id for row in rows], ended_at=None, kind__in=WITH_NUMBER))
    opened = sealing.open_rows(kept, "value")
    return [
        (row, phone_key(words.text("value"), codes.get(row.office_id, "1")))
        for row, words in zip(kept, opened, strict=True)
    ]


# ---- duplicates ------------------------------------------------------------------------------------------


def exact_duplicates(
    actor: Actor, names: Iterable[str], phones: Iterable[str], *, calling_code: str,
    kinds: Collection[PersonKind] = (), without: Collection[UUID] = (),
) -> int:  # fmt: skip
    """How many persons in all records have exactly one of these names or numbers: a count and nothing else.

    It looks behind every wall, so a page may only make one fixed sentence of it, whatever the number. Only
    whom the actor is barred from is left out: else she could try whether a relative is in the records.
    """
    found = {row.id for row in _duplicates(names, phones, calling_code, kinds, without)} - actor.barred_persons
    if not actor.barred_cases:
        return len(found)
    cases = staff.cases_of_persons(found)
    return sum(1 for person in found if not cases[person] & actor.barred_cases)


def duplicates_seen(
    actor: Actor, names: Iterable[str], phones: Iterable[str], *, calling_code: str,
    kinds: Collection[PersonKind] = (), without: Collection[UUID] = (),
) -> list[Hit]:  # fmt: skip
    """Those of the exact duplicates that this reader may know of."""
    found = [row.id for row in _duplicates(names, phones, calling_code, kinds, without)]
    return [_hit(row) for row in policy.visible(actor, "people:person:see", Person.objects.filter(pk__in=found))]


def _duplicates(
    names: Iterable[str],
    phones: Iterable[str],
    calling_code: str,
    kinds: Collection[PersonKind],
    without: Collection[UUID],
) -> list[Person]:
    full_names = [name for name in names if name_tokens(name)]
    numbers = set(_keys(phones, calling_code))
    found: set[UUID] = set()
    for name in full_names:
        found.update(_with_tokens("name", {name_token(part) for part in name_tokens(name)}))
    for number in numbers:
        found.update(_with_tokens("phone", {phone_token(number)}))
    chosen = Person.objects.filter(pk__in=found - set(without), erased_at=None)
    rows = list(chosen.filter(kind__in=kinds) if kinds else chosen)
    known = _all_names(rows)
    reached: dict[UUID, set[str]] = {}
    for contact, number in _all_numbers(rows):
        reached.setdefault(contact.person_id, set()).add(number)

    def is_same(row: Person) -> bool:
        own, extra = known[row.id]
        texts = [*filter(None, own), *extra]
        return bool(numbers & reached.get(row.id, set())) or any(rules.is_same_name(n, texts) for n in full_names)

    return [row for row in rows if is_same(row)]


def _keys(phones: Iterable[str], calling_code: str) -> Iterable[str]:
    for phone in phones:
        try:
            yield phone_key(phone, calling_code)
        except PhoneMistyped:
            continue


def own_marks(person_ids: Collection[UUID]) -> tuple[list[str], list[str]]:
    """Names and numbers of persons, to look for duplicates with; the caller has asked the policy for them."""
    rows = list(Person.objects.filter(pk__in=set(person_ids)))
    every = _all_names(rows)
    names = [name for own, extra in every.values() for name in (*own, *extra) if name]
    return names, [number for _contact, number in _all_numbers(rows)]


# ---- the page of a person --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reader before one person: what she sees and may do."""

    actor: Actor
    row: Person
    subject: Subject
    sight: Sight
    with_names: bool

    @property
    def is_full(self) -> bool:
        return self.sight is Sight.FULL

    def may_open(self, case_id: UUID) -> bool:
        """Whether a case surely opens. Its office is not known here, so an office's reach opens none."""
        subject = replace(self.subject, cases=frozenset([case_id]), office=None, level=None)
        return policy.decide(self.actor, "cases:case:see", subject).allowed

    def may(self, permission: str, level: Compartment | None = None) -> bool:
        subject = self.subject if level is None else replace(self.subject, level=level)
        return policy.decide(self.actor, permission, subject).allowed


def person_page(
    actor: Actor, person_id: UUID, *, with_names: bool = False, with_address: bool = False,
    back: Crumb | None = None,
) -> Sheet:  # fmt: skip
    """The sheet of one person.

    Args:
        actor: who reads. Her sight decides between names, first name, and code alone.
        person_id: whose page.
        with_names: names were opened with a reason just now.
        with_address: the protected address was asked for just now.
        back: where the reader came from.

    Raises:
        NotFound: she may not know of this person.
    """
    row = policy.load(actor, "people:person:see", Person, person_id)
    subject = policy.subject_of(row)
    sight = _sight(actor, row, subject)
    names_open = sight is Sight.FULL and (with_names or _works_with(actor, subject))
    reading = _Reading(actor, row, subject, sight, names_open)
    opened = sealing.open_row(row, *DETAILS)
    if sight >= Sight.PARTIAL:
        _record(row, subject)
    return Sheet(
        title=_title(reading, opened),
        crumbs=(back,) if back else (),
        code=Code(row.code),
        kind=str(KIND_LABELS[PersonKind(row.kind)]),
        tags=_tags(reading, opened),
        lede_bold=_lede_bold(reading),
        lede=_lede(reading, opened),
        buttons=_buttons(reading),
        notices=_notices(reading),
        sections=(
            _contact_section(reading),
            _details_section(reading, opened),
            _names_section(reading, opened),
            _address_section(reading, with_address),
            *_case_section(reading),
        ),
    )


def _title(reading: _Reading, opened: Opened) -> Text:
    own = opened.text("name"), opened.text("known_as")
    if reading.row.erased_at is not None:
        return Code(reading.row.code)
    if reading.with_names or (reading.sight >= Sight.PARTIAL and reading.row.level != Compartment.IDENTITY):
        return named(own[0] or own[1]) if any(own) else Code(reading.row.code)
    if reading.sight >= Sight.PARTIAL and any(own):
        return named(rules.first_name(*own))
    return Code(reading.row.code)


def _tags(reading: _Reading, opened: Opened) -> tuple[Tag, ...]:
    if reading.sight < Sight.PARTIAL:
        return ()
    minor = rules.minor_on(*_birth(opened), PartialDate.on(clock.today()))
    return (Tag(_("Under 18"), "warn"),) if minor else ()


def _lede_bold(reading: _Reading) -> str:
    if reading.row.erased_at is not None:
        return _("The words about this person were erased.")
    if reading.sight < Sight.PARTIAL or reading.row.level != Compartment.IDENTITY:
        return ""
    return _safe_lines([reading.row.id]).get(reading.row.id, _("No contact is known.")).rstrip(".") + "."


def _lede(reading: _Reading, opened: Opened) -> Text:
    if reading.sight < Sight.PARTIAL or reading.row.erased_at is not None:
        return ""
    band = _band_text(opened, clock.today())
    if band:
        return _("Age: %(band)s.") % {"band": band}
    return _("The age is not known.") if reading.row.kind == PersonKind.SURVIVOR else ""


def _buttons(reading: _Reading) -> tuple[Button, ...]:
    if reading.row.erased_at is not None or not reading.may("people:person:change"):
        return ()
    key = reading.row.id
    return (
        Button(_("Change details"), reverse("people:change", args=[key]), "quiet", key="e"),
        Button(_("Add a contact"), reverse("people:add_contact", args=[key]), "quiet"),
        Button(_("Add a name"), reverse("people:add_name", args=[key]), "quiet"),
    )


def _notices(reading: _Reading) -> tuple[Notice, ...]:
    if reading.is_full and not reading.with_names and reading.row.erased_at is None:
        ask = Button(_("Show names, with a reason"), reverse("people:open_names", args=[reading.row.id]), "quiet")
        return (Notice(_("You are not on the team of her case, so this page uses the code."), action=ask),)
    return ()


def _details_section(reading: _Reading, opened: Opened) -> Section:
    today = clock.today()
    if reading.sight < Sight.PARTIAL:
        return Section(_("Details"), id="details", column=2, withheld=(Withheld(_("Details")),))
    if not reading.with_names:
        band = _band_text(opened, today)
        known = (Fact(_("Age"), band),) if band else ()
        return Section(_("Details"), id="details", column=2, facts=known, withheld=(Withheld(_("Further details")),))
    birth, estimate = _birth(opened)
    facts = tuple(
        Fact(label, value)
        for label, value in (
            (_("Date of birth"), formats.partial_date(birth) if birth else ""),
            (_("Age today"), _age_text(opened, today)),
            (_("How the age is known"), _method_text(estimate) if birth is None else ""),
            (_("Gender"), _gender(opened.text("gender"))),
            (_("Languages"), ", ".join(str(item) for item in opened.items("languages"))),
            (_("What she needs"), opened.text("needs")),
            (_("Numbers of papers"), opened.text("identifiers")),
            (_("How the person looks"), opened.text("looks")),
        )
        if value
    )
    empty = Empty(_("Nothing is written down yet."))
    return Section(_("Details"), id="details", column=2, facts=facts, empty=empty)


def _gender(stored: str) -> str:
    return next((str(label) for code, label in GENDER_LABELS.items() if code == stored), "")


def _method_text(estimate: AgeEstimate | None) -> str:
    if estimate is None:
        return ""
    how = next((str(label) for code, label in AGE_METHOD_LABELS.items() if code == estimate.method), "")
    return _("%(how)s, on %(day)s") % {"how": how, "day": formats.day(estimate.on)}


def _names_section(reading: _Reading, opened: Opened) -> Section:
    title = _("Names")
    if not reading.with_names:
        return Section(title, id="names", column=1, withheld=(Withheld(title),))
    row = reading.row
    rows = [
        Row(title=named(text), meta=label, dir_auto=True)
        for text, label in ((opened.text("name"), _("Name")), (opened.text("known_as"), _("Known as")))
        if text
    ]
    extra = list(PersonName.objects.filter(person_id=row.id).order_by("created_at", "id"))
    may = reading.may("people:person:change")
    for name, words in zip(extra, sealing.open_rows(extra, "name"), strict=True):
        rows.append(_name_row(name, words.text("name"), may=may))
    empty = Empty(_("No name is known."))
    return Section(title, id="names", column=1, rows=tuple(rows), empty=empty)


def _name_row(name: PersonName, text: str, *, may: bool) -> Row:
    label = next((str(value) for code, value in NAME_LABELS.items() if code == name.kind), "")
    if name.withdrawn_at is not None:
        return Row(title=named(text), meta=label, dir_auto=True, tag=Tag(_("Withdrawn")))
    return Row(
        title=named(text),
        meta=label,
        dir_auto=True,
        action_label=_("Withdraw") if may else "",
        action_url=reverse("people:withdraw_name", args=[name.person_id, name.id]) if may else "",
    )


def _contact_section(reading: _Reading) -> Section:
    title = _("How to reach her") if reading.row.kind == PersonKind.SURVIVOR else _("How to reach this person")
    needs_reason = reading.is_full and not reading.with_names
    if reading.sight < Sight.PARTIAL or needs_reason or not reading.may("people:contact:see"):
        return Section(title, id="contacts", column=1, withheld=(Withheld(title),))
    rows = list(
        Contact.objects.filter(person_id=reading.row.id, ended_at=None).order_by("-is_safe", "created_at", "id")
    )
    if not reading.is_full:
        rows = [row for row in rows if row.is_safe]
    opened = sealing.open_rows(rows, "value", "whose", "hours", "rules", "code_word")
    may = reading.may("people:person:change")
    lines = tuple(_contact_row(row, words, may=may) for row, words in zip(rows, opened, strict=True))
    add = reverse("people:add_contact", args=[reading.row.id]) if may else ""
    empty = Empty(_("No safe way to reach this person is known."), _("Add a contact") if may else "", add)
    return Section(title, id="contacts", column=1, rows=lines, empty=empty)


def _contact_row(row: Contact, words: Opened, *, may: bool) -> Row:
    message = _("You may leave a message.") if row.may_leave_message else _("Leave no message.")
    first: list[str] = [
        *([_("Between: %(hours)s") % {"hours": words.text("hours")}] if words.text("hours") else []),
        message,
        *([_("Code word: %(word)s") % {"word": words.text("code_word")}] if words.text("code_word") else []),
    ]
    lines = [" · ".join(first), *filter(None, [words.text("rules")])]
    whose = words.text("whose")
    kind = str(CONTACT_LABELS[ContactKind(row.kind)])
    return Row(
        title=Code(words.text("value")) if row.kind in WITH_NUMBER else named(words.text("value")),
        when_tag=Tag(_("Safe"), "ok") if row.is_safe else Tag(_("Do not call"), "danger"),
        lines=tuple(lines),
        meta=_("%(kind)s of %(whose)s") % {"kind": kind, "whose": whose} if whose else kind,
        action_label=_("Change") if may else "",
        action_url=reverse("people:change_contact", args=[row.person_id, row.id]) if may else "",
    )


def _address_section(reading: _Reading, with_address: bool) -> Section:
    title = _("Protected address")
    sight = policy.sight(reading.actor, Compartment.ADDRESS, reading.subject)
    if not reading.may("people:address:see", Compartment.ADDRESS):
        return Section(title, id="address", column=2, withheld=(Withheld(title),))
    change = (
        (Button(_("Write down the address"), reverse("people:set_address", args=[reading.row.id]), "quiet"),)
        if reading.may("people:address:change", Compartment.ADDRESS)
        else ()
    )
    if not with_address:
        show = Button(_("Show the address"), reverse("people:open_address", args=[reading.row.id]), "quiet", post=True)
        return Section(
            title,
            id="address",
            column=2,
            remark=_("It is shown only when you ask for it, and that you asked is recorded."),
            buttons=(show, *change),
        )
    return Section(
        title, id="address", column=2, facts=_address_facts(reading, sight), buttons=change,
        empty=Empty(_("No address is written down.")),
    )  # fmt: skip


def _address_facts(reading: _Reading, sight: Sight) -> tuple[Fact, ...]:
    row = ProtectedAddress.objects.filter(person_id=reading.row.id, ended_at=None).order_by("-created_at").first()
    for thing in reading.subject.cases or {reading.row.id}:
        readings.opened(thing, Compartment.ADDRESS)
    if row is None:
        return ()
    opened = sealing.open_row(row, "address", "district")
    kind = next((str(label) for code, label in ADDRESS_LABELS.items() if code == row.kind), "")
    facts: list[tuple[str, str]] = [(_("District"), opened.text("district"))]
    if sight is Sight.FULL:
        facts = [(_("Address"), opened.text("address")), *facts, (_("Kind of place"), kind)]
    day = formats.day(timezone.localtime(row.created_at).date())
    return tuple(Fact(label, value) for label, value in [*facts, (_("Since"), day)] if value)


def _case_section(reading: _Reading) -> tuple[Section, ...]:
    """Links to her cases. The room of cases lies above, so a case is named by its address only.

    Only a team's cases are listed: of the others nobody here can tell whether they open for this reader.
    """
    seen = [case for case in sorted(reading.subject.cases) if reading.may_open(case)]
    rows = tuple(
        Row(title=_("A case in which this person has a part"), url=reverse("desk:case", args=[case])) for case in seen
    )
    return (Section(_("Cases"), id="cases", column=2, rows=rows),) if rows else ()


# ---- forms -----------------------------------------------------------------------------------------------


def person_form(actor: Actor, person_id: UUID) -> tuple[int, dict[str, object]]:
    """The version and values of a person's details, for the form that changes them.

    Raises:
        NamesClosed: she does not work with her, and gave no reason since she signed in.
    """
    row = policy.load(actor, "people:person:change", Person, person_id, seen_by="people:person:see")
    _check_names_open(actor, row)
    opened = sealing.open_row(row, *DETAILS)
    birth, estimate = _birth(opened)
    return row.version, {
        "name": opened.text("name"),
        "known_as": opened.text("known_as"),
        "birth": birth,
        "age_low": estimate.low if estimate else None,
        "age_high": estimate.high if estimate else None,
        "age_method": estimate.method if estimate else "",
        "gender": opened.text("gender"),
        "languages": ", ".join(str(item) for item in opened.items("languages")),
        "needs": opened.text("needs"),
        "identifiers": opened.text("identifiers"),
        "looks": opened.text("looks"),
    }


def contact_form(actor: Actor, person_id: UUID, contact_id: UUID) -> tuple[int, dict[str, object]]:
    """The version and values of a contact, for the form that changes it. Raises NamesClosed."""
    row = policy.load(actor, "people:person:change", Contact, contact_id, seen_by="people:person:see")
    if row.person_id != person_id:
        raise NotFound(permission="people:person:change")
    _check_names_open(actor, Person.objects.get(pk=person_id))
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
    if _sight(actor, row, policy.subject_of(row)) < Sight.FULL:
        raise Refused(permission="people:person:see")
