"""Visits after an examination: for who examines all of it, for her caseworker the needs that she agreed to tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy, readings
from amparo.access.actors import Actor
from amparo.access.asking import OfReader
from amparo.forensics.models import FollowUp
from amparo.forensics.queries.reach import CHANGE, NEED, ExamView
from amparo.forensics.words import FOLLOW_UP_LABELS, FollowUpState
from amparo.kernel import clock
from amparo.kernel.words import Compartment, Sight
from amparo.vault import sealing
from amparo.vault.prepared import DAY, ID
from amparo.web import formats
from amparo.web.sheets import Name, Row, Tag, Tone


@dataclass(frozen=True, slots=True)
class Visit:
    id: UUID
    exam_id: UUID
    case_id: UUID
    due_on: date
    state: str
    need: str
    clinical: str
    may_tell: bool


def _visits(rows: list[FollowUp], *columns: str) -> list[Visit]:
    opened = sealing.open_rows(rows, *columns)
    return [
        Visit(
            row.id, row.exam_id, row.case_id, row.due_on, row.state, words.text("need"), words.text("clinical"),
            row.may_tell,
        )
        for row, words in zip(rows, opened, strict=True)
    ]  # fmt: skip


def follow_up_rows(view: ExamView) -> tuple[Row, ...]:
    """The visits of an examination, for who examines."""
    rows = list(FollowUp.objects.filter(exam_id=view.id).order_by("due_on", "id"))
    return tuple(_row(one) for one in _visits(rows, "need", "clinical"))


def _row(one: Visit) -> Row:
    is_open = one.state == FollowUpState.OPEN
    late = is_open and one.due_on < clock.today()
    tone: Tone = "ok" if one.state == FollowUpState.DONE else ""
    return Row(
        when=formats.near_day(one.due_on, clock.today()),
        when_tone="late" if late else "",
        title=Name(one.need),
        lines=(Name(one.clinical),) if one.clinical else (),
        meta=_("her caseworker is told") if one.may_tell else _("nobody else is told"),
        tag=None if is_open else Tag(FOLLOW_UP_LABELS[one.state], tone),
        action_label=_("Settle") if is_open else "",
        action_url=reverse("forensics:follow_up", args=[one.id]) if is_open else "",
    )


_DUE = OfReader(
    CHANGE,
    FollowUp,
    lambda rows, until: rows.filter(state=FollowUpState.OPEN, due_on__lte=until).order_by("due_on", "id")[:20],
    DAY,
)


def due_visits(actor: Actor, until: date) -> list[Visit]:
    """Open visits of examinations that the actor works on, due by a day. Cost: three queries."""
    return _visits(_DUE.rows(actor, until), "need")


_NEEDS = OfReader(
    NEED,
    FollowUp,
    lambda rows, case_id: rows.filter(case_id=case_id, state=FollowUpState.OPEN).order_by("due_on", "id")[:20],
    ID,
)


def needs_of_case(actor: Actor, case_id: UUID) -> list[Visit]:
    """Open visits of a case as far as the actor may know of them: those that she agreed to tell her caseworker."""
    seen = _NEEDS.rows(actor, case_id)
    full = [row for row in seen if row.may_tell or _sees_all(actor, row)]
    if full:
        readings.opened(case_id, Compartment.EXAMINATION)
    return _visits(full, "need")


def _sees_all(actor: Actor, row: FollowUp) -> bool:
    return policy.sight(actor, Compartment.EXAMINATION, policy.subject_of(row)) is Sight.FULL


def visit(actor: Actor, follow_up_id: UUID) -> Visit:
    """One visit for the form that settles it. Raises NotFound."""
    row = policy.load(actor, CHANGE, FollowUp, follow_up_id)
    readings.opened(row.case_id, Compartment.EXAMINATION)
    return _visits([row], "need")[0]
