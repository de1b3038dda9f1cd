"""The board: every operation that the reader may know of, by how far it has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.kernel.errors import NotFound, Refused
from amparo.kernel.text import excerpt
from amparo.kernel.words import Compartment
from amparo.operations.models import Operation
from amparo.operations.queries.conflicts import is_keeper
from amparo.operations.queries.plan import Where, authority_in, now, today, whereabouts_of
from amparo.operations.queries.reading import PLAN, SEE, crumbs
from amparo.operations.words import ABORT_LABELS, STATE_LABELS, State
from amparo.partners import queries as partners
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import Button, Code, Empty, Listing, Name, Row, Tag, Tone

PAGE = 50
MOST = 200
_EXCERPT = 90
# Carried out and aborted share a column: both wait for the debrief.
_COLUMNS: Sequence[tuple[str | Promise, tuple[State, ...]]] = (
    (STATE_LABELS[State.PLANNED], (State.PLANNED,)),
    (STATE_LABELS[State.PROPOSED], (State.PROPOSED,)),
    (STATE_LABELS[State.APPROVED], (State.APPROVED,)),
    (STATE_LABELS[State.BRIEFED], (State.BRIEFED,)),
    (gettext_lazy("Over"), (State.EXECUTED, State.ABORTED)),
    (STATE_LABELS[State.DEBRIEFED], (State.DEBRIEFED,)),
)


@dataclass(frozen=True, slots=True)
class Card:
    """One operation on the board; texts are empty for who may only know that it is there."""

    url: str
    code: Code
    objective: Name | None
    authority: Name | None
    when: str
    place: Name | None
    tag: Tag | None
    remark: str


@dataclass(frozen=True, slots=True)
class Column:
    id: str
    title: str
    count: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Board:
    title: str
    lede_bold: str
    lede: str
    buttons: tuple[Button, ...]
    columns: tuple[Column, ...]
    is_empty: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What the cards of many operations are made of, read once."""

    words: Mapping[UUID, sealing.Opened]
    names: Mapping[UUID, str]
    where: Mapping[UUID, Where]
    leads: Mapping[UUID, str]
    offices: Mapping[UUID, str]


def refuse_without_part(actor: Actor) -> None:
    """Raises Refused for a role that never has a place in an operation."""
    if not policy.has(actor, SEE):
        raise Refused(permission=SEE)


def board(actor: Actor) -> Board:
    """The board of those operations that the reader may know of. Raises Refused.

    Cost: about 15 queries, whatever their number.
    """
    refuse_without_part(actor)
    rows = list(
        policy.visible(actor, SEE, Operation.objects.exclude(state=State.SEALED)).order_by("-updated_at", "-id")[:MOST]
    )
    known = _known(actor, rows)
    by_state: dict[str, list[Operation]] = {}
    for row in rows:
        by_state.setdefault(row.state, []).append(row)
    columns = tuple(
        _column(number, str(title), [row for state in states for row in by_state.get(state, [])], known)
        for number, (title, states) in enumerate(_COLUMNS, 1)
    )
    ahead = sum(1 for row in rows if row.state in (State.PROPOSED, State.APPROVED, State.BRIEFED))
    return Board(
        title=_("Operations"),
        lede_bold=ngettext("%(count)s operation lies ahead.", "%(count)s operations lie ahead.", ahead)
        % {"count": ahead},
        lede=_("You see those in which you have a place.")
        if len(known.words) == len(rows)
        else _("Of most you may know that they are there; their own people read the plan."),
        buttons=_buttons(actor),
        columns=columns,
        is_empty=not rows,
    )


def _buttons(actor: Actor) -> tuple[Button, ...]:
    found = [Button(_("Sealed operations"), reverse("operations:sealed"), "quiet")]
    if policy.has(actor, "operations:deconfliction:name") or is_keeper(actor):
        found.append(Button(_("Plans that touch"), reverse("operations:conflicts"), "quiet"))
    return tuple(found)


def _known(actor: Actor, rows: Sequence[Operation]) -> _Known:
    read = [row for row in rows if policy.decide(actor, PLAN, policy.subject_of(row)).allowed]
    opened = dict(zip([row.id for row in read], sealing.open_rows(read, "objective", "authority"), strict=True))
    for row in read:
        readings.opened(row.id, Compartment.OPERATION)
    return _Known(
        words=opened,
        names=partners.names_of([key for words in opened.values() for key in authority_in(words).ids]),
        where=whereabouts_of(actor, opened),
        leads=access.names_of(row.lead_id for row in rows),
        offices={one.id: one.name for one in access.offices()},
    )


def _column(number: int, title: str, rows: Iterable[Operation], known: _Known) -> Column:
    cards = sorted(((_moment(row, known), row) for row in rows), key=lambda pair: pair[0])
    said = tuple(_card(row, known) for _when, row in cards)
    return Column(f"column-{number}", title, str(len(said)), said)


def _moment(row: Operation, known: _Known) -> datetime:
    """What a column is ordered by: those with a time first, by it."""
    where = known.where.get(row.id)
    return where.starts if where is not None else row.updated_at.replace(year=9000)


def _card(row: Operation, known: _Known) -> Card:
    words, where = known.words.get(row.id), known.where.get(row.id)
    authority = authority_in(words).ids if words is not None else []
    named = ", ".join(known.names[key] for key in authority if key in known.names)
    return Card(
        url=reverse("operations:operation", args=[row.id]),
        code=Code(row.code),
        objective=Name(excerpt(words.text("objective"), _EXCERPT)) if words is not None else None,
        authority=Name(named) if named else None,
        when=_when(row, where) if words is not None else "",
        place=Name(where.place) if where is not None else None,
        tag=_tag(row),
        remark=_("Led by %(name)s, %(office)s")
        % {"name": known.leads.get(row.lead_id, ""), "office": known.offices.get(row.office_id, "")},
    )


def _when(row: Operation, where: Where | None) -> str:
    if where is not None:
        return formats.when(where.starts, now(), timezone.get_current_timezone())
    return formats.near_day(row.over_on, today()) if row.over_on is not None else ""


def _tag(row: Operation) -> Tag | None:
    tones: Mapping[str, Tone] = {State.EXECUTED: "ok", State.ABORTED: "danger"}
    return Tag(STATE_LABELS[row.state], tones[row.state]) if row.state in tones else None


def sealed(actor: Actor, after: UUID | None) -> Listing:
    """A page of sealed operations, the newest first. Raises NotFound. Cost: about 12 queries."""
    refuse_without_part(actor)
    rows = policy.visible(actor, SEE, Operation.objects.filter(state=State.SEALED))
    if after is not None:
        last = rows.filter(pk=after).values_list("sealed_at", flat=True).first()
        if last is None:
            raise NotFound
        rows = rows.filter(Q(sealed_at__lt=last) | Q(sealed_at=last, id__lt=after))
    found = list(rows.order_by("-sealed_at", "-id")[: PAGE + 1])
    shown = found[:PAGE]
    known = _known(actor, shown)
    here = reverse("operations:sealed")
    return Listing(
        title=_("Sealed operations"),
        crumbs=crumbs(),
        rows=tuple(_sealed_row(row, known) for row in shown),
        empty=Empty(_("None is sealed that you may see."), _("To the board"), reverse("operations:board")),
        next_url=f"{here}?after={shown[-1].id}" if len(found) > PAGE else "",
        next_label=_("Earlier ones"),
        previous_url=here if after is not None else "",
    )


def _sealed_row(row: Operation, known: _Known) -> Row:
    card = _card(row, known)
    return Row(
        title=(card.code, card.objective) if card.objective else card.code,
        when=card.when,
        meta=card.remark,
        url=card.url,
        tag=Tag(ABORT_LABELS[row.abort_reason], "warn") if row.abort_reason else None,
    )
