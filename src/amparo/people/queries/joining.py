"""Two records of one person: which they are, both side by side, and what waits for a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access import queries as staff
from amparo.access.actors import Actor
from amparo.access.asking import OfReader
from amparo.kernel.words import Sight
from amparo.people.errors import NamesClosed
from amparo.people.models import Joining, Person
from amparo.people.queries.ages import birth_of, counted_as, death_text
from amparo.people.queries.finding import all_names, all_numbers
from amparo.people.queries.persons import DETAILS, disability_text, gender_text, named
from amparo.people.queries.sight import check_names_open, sight_of
from amparo.people.words import KIND_LABELS, JoiningState, PersonKind
from amparo.vault import sealing
from amparo.vault.prepared import ID
from amparo.vault.sealing import Opened
from amparo.web import formats
from amparo.web.sheets import Button, Code, Column, Crumb, Due, Fact, Name, Notice, Section, Sheet, Table, Text

SEE = "people:person:see"
ASK = "people:joining:ask"
DECIDE = "people:joining:decide"
_MOST_WAITING = 50
_LIVE = (JoiningState.ASKED, JoiningState.JOINED)


def leads_to(actor: Actor, person_id: UUID) -> UUID:
    """The record that is used for this one now, if the reader may know of it; else this one. Raises NotFound."""
    row = policy.load(actor, SEE, Person, person_id)
    if row.merged_into_id is None:
        return person_id
    kept = counted_as([person_id])[person_id]
    return kept if policy.visible(actor, SEE, Person.objects.filter(pk=kept)).exists() else person_id


@dataclass(frozen=True, slots=True)
class JoiningView:
    """What was asked and decided about two records, newest; `state` is empty where nobody has asked."""

    state: str
    is_own: bool = False
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that a reader may compare."""

    kept: Person
    joined: Person

    def address(self, name: str) -> str:
        return reverse(f"people:{name}", args=[self.kept.id, self.joined.id])


def pair(actor: Actor, kept_id: UUID, joined_id: UUID, permission: str = ASK) -> Pair:
    """Both records, for who may ask to join them. Raises NotFound, Refused."""
    kept, joined = (policy.load(actor, permission, Person, key, seen_by=SEE) for key in (kept_id, joined_id))
    return Pair(kept, joined)


def may_ask_to_join(actor: Actor, person_id: UUID) -> None:
    """Raise where the reader may not say that this record and another are one person, before a form is shown."""
    policy.load(actor, ASK, Person, person_id, seen_by=SEE)


def compare_page(actor: Actor, kept_id: UUID, joined_id: UUID) -> Sheet:
    """Both records side by side, what was asked about them, and what may be done now."""
    both = pair(actor, kept_id, joined_id)
    row = _newest(both)
    if row is not None and row.state in _LIVE and row.kept_id != both.kept.id:
        # What was asked or done in the other order is decided and parted in that order.
        both = Pair(both.joined, both.kept)
    opened = _are_open(actor, both)
    now = _joining(actor, row, with_words=opened)
    lines = (*_clear_lines(both), *(_lines(both) if opened else ()))
    shown = Section(_("Both records"), column=0, table=_table(both, lines))
    decided = (Section(_("What was said"), column=0, facts=now.facts),) if now.facts else ()
    return Sheet(
        title=_("Is this one person?"),
        crumbs=(Crumb(both.kept.code, reverse("people:person", args=[both.kept.id]), code=True),),
        lede=_lede(now.state),
        buttons=_buttons(actor, both, now),
        notices=() if opened else (_closed(both),),
        sections=(shown, *decided),
    )


def _are_open(actor: Actor, both: Pair) -> bool:
    try:
        for row in (both.kept, both.joined):
            check_names_open(actor, row)
    except NamesClosed:
        return False
    return True


def _closed(both: Pair) -> Notice:
    show = Button(_("Show both records"), both.address("open_pair"), post=True)
    said = _("Their names are closed to you now. Opening them is recorded, as a look whether they are one person.")
    return Notice(said, action=show)


def _lede(state: str) -> str:
    if state == JoiningState.JOINED:
        return _("Both records are joined: the second leads to the first.")
    return _("If so, the first record is the one that is used, and the second leads to it. Nothing in either is lost.")


def _buttons(actor: Actor, both: Pair, now: JoiningView) -> tuple[Button, ...]:
    decides = all(policy.decide(actor, DECIDE, policy.subject_of(row)).allowed for row in (both.kept, both.joined))
    if now.state == JoiningState.JOINED:
        part = Button(_("They are two people after all"), both.address("part"), "quiet")
        return (part,) if decides else ()
    if now.state == JoiningState.ASKED:
        return (Button(_("Decide"), both.address("answer_joining")),) if decides and not now.is_own else ()
    return (Button(_("Ask to join them"), both.address("ask_to_join")),)


def _newest(both: Pair) -> Joining | None:
    """What counts about two records now: that they are joined, else what was asked last."""
    keys = [both.kept.id, both.joined.id]
    rows = list(Joining.objects.filter(kept_id__in=keys, joined_id__in=keys).order_by("-created_at", "-id"))
    return next((row for row in rows if row.state == JoiningState.JOINED), rows[0] if rows else None)


def _joining(actor: Actor, row: Joining | None, *, with_words: bool) -> JoiningView:
    if row is None:
        return JoiningView("")
    if not with_words:
        return JoiningView(row.state, row.asked_by == actor.account_id)
    words = sealing.open_row(row, "reason", "answer", "parted_reason")
    steps = (
        (_("Asked by"), row.asked_by, row.created_at, "reason"),
        (_("Decided by"), row.decided_by, row.decided_at, "answer"),
        (_("Parted by"), row.parted_by, row.parted_at, "parted_reason"),
    )
    done = [(label, who, at, words.text(column)) for label, who, at, column in steps if who and at]
    names = staff.names_of(who for _label, who, _at, _text in done)
    facts = tuple(
        Fact(label, (Name(names.get(who, "")), "·", formats.day(timezone.localtime(at).date()), "·", Name(text)))
        for label, who, at, text in done
    )
    return JoiningView(row.state, row.asked_by == actor.account_id, facts)


def _table(both: Pair, lines: Sequence[tuple[Text, ...]]) -> Table:
    columns = (Column(_("What")), Column(both.kept.code), Column(both.joined.code))
    return Table(_("Two records side by side"), columns, tuple(lines))


def _clear_lines(both: Pair) -> tuple[tuple[Text, ...], ...]:
    rows = (both.kept, both.joined)
    cases = staff.cases_of_persons(row.id for row in rows)
    return (
        (_("Who"), *(str(KIND_LABELS[PersonKind(row.kind)]) for row in rows)),
        (_("Added"), *(formats.day(timezone.localtime(row.created_at).date()) for row in rows)),
        (_("Cases"), *(str(len(cases[row.id])) for row in rows)),
    )


def _lines(both: Pair) -> tuple[tuple[Text, ...], ...]:
    rows = [both.kept, both.joined]
    opened = sealing.open_rows(rows, *DETAILS)
    every = all_names(rows)
    numbers: dict[UUID, list[str]] = {row.id: [] for row in rows}
    for contact, number in all_numbers(rows):
        numbers[contact.person_id].append(number)
    facts = (
        (_("Name"), [words.text("name") for words in opened]),
        (_("Known as"), [words.text("known_as") for words in opened]),
        (_("Further names"), [" · ".join(every[row.id][1]) for row in rows]),
        (_("Date of birth"), [_born(words) for words in opened]),
        (_("Gender"), [gender_text(words) for words in opened]),
        (_("Languages"), [_listed(words, "languages") for words in opened]),
        (_("Citizenships"), [_listed(words, "citizenships") for words in opened]),
        (_("What she needs"), [words.text("needs") for words in opened]),
        (_("Very hard or impossible"), [disability_text(words) for words in opened]),
        (_("Has died"), [death_text(words) for words in opened]),
        (_("Numbers of papers"), [words.text("identifiers") for words in opened]),
        (_("How the person looks"), [words.text("looks") for words in opened]),
        (_("Telephone numbers"), [" · ".join(f"\u2066{number}\u2069" for number in numbers[row.id]) for row in rows]),
    )
    return tuple(
        (label, *(named(value) if value else "–" for value in values)) for label, values in facts if any(values)
    )


def _born(words: Opened) -> str:
    birth, estimate = birth_of(words)
    if birth is not None:
        return formats.partial_date(birth)
    return _("%(low)s to %(high)s years old") % {"low": estimate.low, "high": estimate.high} if estimate else ""


def _listed(words: Opened, column: str) -> str:
    return ", ".join(str(item) for item in words.items(column))


# ---- on the page of the person, and on Today --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OtherRecord:
    """Another record that is, or may be, the same person: by code."""

    id: UUID
    code: str
    state: JoiningState
    url: str


def other_records(actor: Actor, person_id: UUID) -> list[OtherRecord]:
    """Records that were joined with this one or are asked to be, of which the reader may know. Cost: two queries."""
    live = Q(kept_id=person_id) | Q(joined_id=person_id)
    rows = list(Joining.objects.filter(live, state__in=_LIVE).order_by("id"))
    if not rows:
        return []
    others = [row.joined_id if row.kept_id == person_id else row.kept_id for row in rows]
    seen = {one.id: one for one in policy.visible(actor, SEE, Person.objects.filter(pk__in=others))}
    return [
        OtherRecord(
            id=other,
            code=seen[other].code,
            state=JoiningState(row.state),
            url=reverse("people:compare", args=[row.kept_id, row.joined_id]),
        )
        for row, other in zip(rows, others, strict=True)
        if other in seen and sight_of(actor, seen[other], policy.subject_of(seen[other])) is Sight.FULL
    ]


def joined_rows(person_id: UUID) -> list[Person]:
    """The records that were joined to this one, also by way of another; the caller has asked the policy."""
    found: list[Person] = []
    wanted = [person_id]
    while wanted:
        fresh = list(Person.objects.filter(merged_into_id__in=wanted).order_by("id"))
        found += fresh
        wanted = [row.id for row in fresh]
    return found


_TO_DECIDE = OfReader(
    DECIDE,
    Joining,
    lambda rows, me: (
        rows.filter(state=JoiningState.ASKED)
        .exclude(asked_by=me)
        .select_related("kept", "joined")
        .order_by("created_at", "id")[:_MOST_WAITING]
    ),
    ID,
)


def joinings_waiting(actor: Actor) -> list[Due]:
    """Records of which somebody else said that they are one person, for who may know of both.

    Cost: two queries, one where nothing waits, none for who decides on none.
    """
    if not policy.has(actor, DECIDE):
        return []
    rows = _TO_DECIDE.rows(actor, actor.account_id)
    if not rows:
        return []
    kept = Person.objects.filter(pk__in=[row.kept_id for row in rows])
    seen = set(policy.visible(actor, SEE, kept).values_list("id", flat=True))
    return [
        Due(
            due_on=None,
            title=_("Are these two records one person?"),
            meta=(Code(row.kept.code), "·", Code(row.joined.code)),
            url=reverse("people:compare", args=[row.kept_id, row.joined_id]),
            action_label=_("Compare and decide"),
        )
        for row in rows
        if row.kept_id in seen
    ]
