"""The sheet of one person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.access import policy, readings
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.kernel import clock
from amparo.kernel.dates import AgeEstimate, PartialDate
from amparo.kernel.words import Compartment, Sight
from amparo.people import rules
from amparo.people.models import Contact, Person, PersonName, ProtectedAddress
from amparo.people.queries.ages import age_text, band_text, birth_among, birth_of, death_among, death_of, death_text
from amparo.people.queries.conflicts import DECLARE
from amparo.people.queries.joining import joined_rows, other_records
from amparo.people.queries.lines import safe_lines
from amparo.people.queries.persons import DETAILS, WITH_NUMBER, disability_text, gender_text, named
from amparo.people.queries.photos import photo_section, shows_photo
from amparo.people.queries.sight import record, sight_of, works_with
from amparo.people.words import (
    ADDRESS_LABELS,
    AGE_METHOD_LABELS,
    CONTACT_LABELS,
    KIND_LABELS,
    NAME_LABELS,
    ContactKind,
    JoiningState,
    PersonKind,
)
from amparo.vault import sealing
from amparo.vault.sealing import Opened
from amparo.web import formats
from amparo.web.sheets import Button, Code, Crumb, Empty, Fact, Notice, Row, Section, Sheet, Tag, Text, Withheld


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reader before one person: what she sees and may do."""

    actor: Actor
    row: Person
    subject: Subject
    sight: Sight
    with_names: bool
    # Of two records of one person: those that lead to this one, and all of them with this one.
    joined: tuple[Person, ...] = ()

    @property
    def records(self) -> list[UUID]:
        return [self.row.id, *(one.id for one in self.joined)]

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
    sight = sight_of(actor, row, subject)
    names_open = sight is Sight.FULL and (with_names or works_with(actor, subject))
    reading = _Reading(actor, row, subject, sight, names_open, tuple(joined_rows(row.id)))
    opened = sealing.open_rows([row, *reading.joined], *DETAILS)
    if sight >= Sight.PARTIAL:
        record(row, subject)
    return Sheet(
        title=_title(reading, opened[0]),
        crumbs=(back,) if back else (),
        code=Code(row.code),
        kind=str(KIND_LABELS[PersonKind(row.kind)]),
        tags=_tags(reading, opened),
        lede_bold=_lede_bold(reading, opened),
        lede=_lede(reading, opened),
        buttons=_buttons(reading),
        notices=_notices(reading),
        sections=(
            _contact_section(reading, has_died=death_among(opened) is not None),
            _details_section(reading, opened),
            *_joined_details(reading, opened),
            _names_section(reading, opened),
            *_photo_section(reading),
            _address_section(reading, with_address),
            *_case_section(reading),
            *_records_section(reading),
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


def _tags(reading: _Reading, opened: Sequence[Opened]) -> tuple[Tag, ...]:
    if reading.sight < Sight.PARTIAL:
        return ()
    if death_among(opened) is not None:
        return (Tag(_("Has died"), "warn"),)
    minor = rules.minor_on(*birth_among(opened), PartialDate.on(clock.today()))
    return (Tag(_("Under 18"), "warn"),) if minor else ()


def _lede_bold(reading: _Reading, opened: Sequence[Opened]) -> str:
    if reading.row.erased_at is not None:
        return _("The words about this person were erased.")
    if reading.sight < Sight.PARTIAL or reading.row.level != Compartment.IDENTITY:
        return ""
    if death_among(opened) is not None:
        return _("This person has died.")
    return (
        safe_lines({reading.row.id: reading.records}).get(reading.row.id, _("No contact is known.")).rstrip(".") + "."
    )


def _lede(reading: _Reading, opened: Sequence[Opened]) -> Text:
    if reading.sight < Sight.PARTIAL or reading.row.erased_at is not None:
        return ""
    if death_among(opened) is not None:
        return ""
    band = band_text(opened, clock.today())
    if band:
        return _("Age: %(band)s.") % {"band": band}
    return _("The age is not known.") if reading.row.kind == PersonKind.SURVIVOR else ""


def _buttons(reading: _Reading) -> tuple[Button, ...]:
    if reading.row.erased_at is not None:
        return ()
    known = Button(_("I know this person"), reverse("people:declare", args=[reading.row.id]), "quiet")
    may_say = not _is_official(reading) and policy.has(reading.actor, DECLARE)
    return (*_posts_button(reading), *_changing(reading), *((known,) if may_say else ()))


def _is_official(reading: _Reading) -> bool:
    return reading.row.kind == PersonKind.OFFICIAL


def _posts_button(reading: _Reading) -> tuple[Button, ...]:
    """To what an official does in office, which the room of partners keeps."""
    if not _is_official(reading) or not policy.has(reading.actor, "partners:official:see"):
        return ()
    return (Button(_("Posts and professional contact"), reverse("partners:of_person", args=[reading.row.id]), "quiet"),)


def _changing(reading: _Reading) -> tuple[Button, ...]:
    if not reading.may("people:person:change"):
        return ()
    key = reading.row.id
    return (
        Button(_("Change details"), reverse("people:change", args=[key]), "quiet", key="e"),
        Button(_("Add a contact"), reverse("people:add_contact", args=[key]), "quiet"),
        Button(_("Add a name"), reverse("people:add_name", args=[key]), "quiet"),
        *_same_button(reading),
    )


def _same_button(reading: _Reading) -> tuple[Button, ...]:
    if not reading.may("people:joining:ask") or _is_official(reading):
        return ()
    return (Button(_("There is another record"), reverse("people:same", args=[reading.row.id]), "quiet"),)


def _notices(reading: _Reading) -> tuple[Notice, ...]:
    if reading.is_full and not reading.with_names and reading.row.erased_at is None:
        ask = Button(_("Show names, with a reason"), reverse("people:open_names", args=[reading.row.id]), "quiet")
        return (Notice(_("You are not on the team of her case, so this page uses the code."), action=ask),)
    return ()


def _details_section(reading: _Reading, opened: Sequence[Opened]) -> Section:
    today = clock.today()
    if reading.sight < Sight.PARTIAL:
        return Section(_("Details"), id="details", column=2, withheld=(Withheld(_("Details")),))
    if not reading.with_names:
        band = band_text(opened, today)
        known = (Fact(_("Age"), band),) if band else ()
        return Section(_("Details"), id="details", column=2, facts=known, withheld=(Withheld(_("Further details")),))
    empty = Empty(_("Nothing is written down yet."))
    return Section(_("Details"), id="details", column=2, facts=details_of(opened[0], today), empty=empty)


def _joined_details(reading: _Reading, opened: Sequence[Opened]) -> Iterator[Section]:
    """What each joined record says of her that the one that is used does not say in the same words."""
    if not reading.with_names:
        return
    today = clock.today()
    said = details_of(opened[0], today)
    for other, words in zip(reading.joined, opened[1:], strict=True):
        facts = tuple(fact for fact in details_of(words, today) if fact not in said)
        if facts:
            yield Section(_("From the record %(code)s") % {"code": other.code}, column=2, facts=facts)


def details_of(opened: Opened, today: date) -> tuple[Fact, ...]:
    birth, estimate = birth_of(opened)
    return tuple(
        Fact(label, value)
        for label, value in (
            (_("Date of birth"), formats.partial_date(birth) if birth else ""),
            _age(opened, today),
            (_("How the age is known"), _method_text(estimate) if birth is None else ""),
            (_("Gender"), gender_text(opened)),
            (_("Languages"), ", ".join(str(item) for item in opened.items("languages"))),
            (_("Citizenships"), ", ".join(str(item) for item in opened.items("citizenships"))),
            (_("What she needs"), opened.text("needs")),
            (_("Very hard or impossible"), disability_text(opened)),
            (_("Has died"), death_text(opened)),
            (_("Numbers of papers"), opened.text("identifiers")),
            (_("How the person looks"), opened.text("looks")),
        )
        if value
    )


def _age(opened: Opened, today: date) -> tuple[str, str]:
    """The age today; of who has died, the age at death where the day is known."""
    death = death_of(opened)
    if death is None:
        return _("Age today"), age_text(opened, PartialDate.on(today))
    return _("Age at death"), age_text(opened, death.on) if death.on else ""


def _method_text(estimate: AgeEstimate | None) -> str:
    if estimate is None:
        return ""
    how = next((str(label) for code, label in AGE_METHOD_LABELS.items() if code == estimate.method), "")
    return _("%(how)s, on %(day)s") % {"how": how, "day": formats.day(estimate.on)}


def _names_section(reading: _Reading, opened: Sequence[Opened]) -> Section:
    title = _("Names")
    if not reading.with_names:
        return Section(title, id="names", column=1, withheld=(Withheld(title),))
    rows = [
        Row(title=named(text), meta=label, dir_auto=True)
        for text, label in ((opened[0].text("name"), _("Name")), (opened[0].text("known_as"), _("Known as")))
        if text
    ]
    for other, words in zip(reading.joined, opened[1:], strict=True):
        both = dict.fromkeys(filter(None, (words.text("name"), words.text("known_as"))))
        meta = _("From the record %(code)s") % {"code": other.code}
        rows += [Row(title=named(text), meta=meta, dir_auto=True) for text in both]
    extra = list(PersonName.objects.filter(person_id__in=reading.records).order_by("created_at", "id"))
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


def _contact_section(reading: _Reading, *, has_died: bool) -> Section:
    title = _("How to reach her") if reading.row.kind == PersonKind.SURVIVOR else _("How to reach this person")
    needs_reason = reading.is_full and not reading.with_names
    if reading.sight < Sight.PARTIAL or needs_reason or not reading.may("people:contact:see"):
        return Section(title, id="contacts", column=1, withheld=(Withheld(title),))
    rows = list(
        Contact.objects.filter(person_id__in=reading.records, ended_at=None).order_by("-is_safe", "created_at", "id")
    )
    if not reading.is_full:
        rows = [row for row in rows if row.is_safe]
    opened = sealing.open_rows(rows, "value", "whose", "hours", "rules", "code_word")
    may = reading.may("people:person:change")
    lines = tuple(
        _contact_row(row, words, may=may, is_safe=row.is_safe and not has_died)
        for row, words in zip(rows, opened, strict=True)
    )
    add = reverse("people:add_contact", args=[reading.row.id]) if may else ""
    empty = Empty(_("No safe way to reach this person is known."), _("Add a contact") if may else "", add)
    why = _("Nobody is called on these: this person has died. Others may answer.") if has_died and lines else ""
    return Section(title, id="contacts", column=1, rows=lines, empty=empty, remark=why)


def _contact_row(row: Contact, words: Opened, *, may: bool, is_safe: bool) -> Row:
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
        when_tag=Tag(_("Safe"), "ok") if is_safe else Tag(_("Do not call"), "danger"),
        lines=tuple(lines),
        meta=_("%(kind)s of %(whose)s") % {"kind": kind, "whose": whose} if whose else kind,
        action_label=_("Change") if may else "",
        action_url=reverse("people:change_contact", args=[row.person_id, row.id]) if may else "",
    )


def _photo_section(reading: _Reading) -> tuple[Section, ...]:
    level = Compartment(reading.row.level)
    allowed = shows_photo(reading.sight, level, names_open=reading.with_names)
    return photo_section(reading.row, reading.records, allowed=allowed, may_change=reading.may("people:person:change"))


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
    row = ProtectedAddress.objects.filter(person_id__in=reading.records, ended_at=None).order_by("-created_at").first()
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


def _records_section(reading: _Reading) -> tuple[Section, ...]:
    """Other records that are the same person, or may be; for who sees her whole identity."""
    others = other_records(reading.actor, reading.row.id) if reading.is_full else []
    rows = tuple(
        Row(
            title=Code(other.code, other.url),
            meta=_("Joined to this record") if other.state is JoiningState.JOINED else _("Waits for a decision"),
        )
        for other in others
    )
    return (Section(_("Other records of the same person"), id="records", column=2, rows=rows),) if rows else ()
