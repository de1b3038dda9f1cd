"""Colleagues who may know somebody in a case: what waits for who may bar them, and one to decide on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.queries import ConflictView
from amparo.access.words import CONFLICT_LABELS, DETAIL_OF_LABELS, FOUND_LABELS, ConflictKind, ConflictState
from amparo.cases.moments import Due
from amparo.cases.queries.heads import heads
from amparo.cases.queries.parties import cases_of_persons, parties
from amparo.cases.words import PARTY_LABELS
from amparo.kernel import clock
from amparo.people import queries as people
from amparo.web import formats
from amparo.web.sheets import Code, Fact, Name, Notice, Section, Sheet, Text, dotted

DECLARE = "access:conflict:declare"


def conflicts_waiting(actor: Actor) -> list[Due]:
    """Colleagues of whom it is to be decided whether they may know somebody in a case.

    Cost: one query where nothing waits, none for who bars nobody.
    """
    views = access.conflicts_waiting(actor)
    said = _about(actor, views)
    return [
        Due(
            due_on=None,
            title=_("Does a colleague know somebody in a case?"),
            meta=(Name(view.name), "·", said[view.id]),
            url=reverse("cases:conflict", args=[view.id]),
            action_label=_("Decide"),
        )
        for view in views
    ]


def _about(actor: Actor, views: Collection[ConflictView]) -> dict[UUID, Code]:
    """The code of the person or case, which says nothing of what is in it."""
    persons = people.heads([view.person_id for view in views if view.person_id])
    cases = heads(actor, [view.case_id for view in views if view.case_id])
    codes = {key: head.code for key, head in persons.items()} | {key: head.code for key, head in cases.items()}
    keys = {view.id: view.person_id or view.case_id for view in views}
    return {view: Code(codes.get(key, "") if key else "") for view, key in keys.items()}


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """One colleague and one person or case, for who decides."""

    view: ConflictView
    facts: tuple[Fact, ...]

    @property
    def is_open(self) -> bool:
        return self.view.state is ConflictState.OPEN


def conflict_page(actor: Actor, conflict_id: UUID) -> ConflictPage:
    """What a supervisor needs to decide: how it came out and about whom; nothing of the case. Raises NotFound."""
    view = access.conflict(actor, conflict_id)
    said = _about(actor, [view])[view.id]
    facts: list[tuple[str, Text]] = [
        (_("Colleague"), Name(view.name)),
        (_("How it came out"), str(CONFLICT_LABELS[view.kind])),
    ]
    if view.kind is not ConflictKind.DECLARED:
        facts.append((_("Whose number or name is the same"), str(DETAIL_OF_LABELS[view.whose])))
    if view.reason:
        facts.append((_("What the colleague says"), Name(view.reason)))
    facts.append((_("About"), _linked(actor, view, said)))
    if view.person_id:
        cases = cases_of_persons(actor, [view.person_id])[view.person_id]
        codes = tuple(Code(head.code, reverse("desk:case", args=[head.id])) for head in cases)
        facts += [(_("Cases"), dotted(codes))] if codes else []
    facts += _now(view) if view.state is ConflictState.OPEN else _decided(view)
    return ConflictPage(view, tuple(Fact(label, value) for label, value in facts if value))


def _now(view: ConflictView) -> list[tuple[str, Text]]:
    now = _("Barred until you decide") if view.is_barred else _("Not barred: many people share a name")
    return [(_("Now"), now)]


def _decided(view: ConflictView) -> list[tuple[str, Text]]:
    """What was found; where her record was erased before anybody decided, by nobody."""
    return [
        (_("What was decided"), str(FOUND_LABELS[view.state])),
        (_("Reason"), Name(view.answer) if view.answer else ""),
        (_("Decided by"), Name(view.decided_by) if view.decided_by else ""),
        (_("Decided"), formats.day(clock.day_of(view.decided_at)) if view.decided_at else ""),
    ]


def decided_page(shown: ConflictPage, *, told: bool = False) -> Sheet:
    """What was decided, for who comes later; `told` where she was about to decide it herself."""
    late = Notice(_("Somebody has decided this already."), "warn")
    return Sheet(
        title=_("Does a colleague know somebody in a case?"),
        notices=(late,) if told else (),
        sections=(Section(_("What was decided"), id="decided", facts=shown.facts),),
    )


def _linked(actor: Actor, view: ConflictView, said: Code) -> Text:
    if view.case_id:
        return (_("The whole case"), Code(said.value, reverse("desk:case", args=[view.case_id])))
    label = people.labels(actor, [view.person_id]).get(view.person_id) if view.person_id else None
    return Code(said.value, label.url) if label and label.url else said


def whom_one_may_know(actor: Actor, case_id: UUID) -> list[tuple[str, str]]:
    """The people of a case as choices by code and part, for who says that she knows one of them. Raises Refused."""
    policy.check_new(actor, DECLARE, policy.Subject(own=actor.account_id))
    return [
        (str(view.person_id), f"{view.code}, {PARTY_LABELS[view.role]}")
        for view in {one.person_id: one for one in parties(actor, case_id)}.values()
    ]
