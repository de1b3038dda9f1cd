"""What forms of this room start with: the way back, choices, and whether the reader may be there at all."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.cases import queries as cases
from amparo.cases.words import PartyRole
from amparo.evidence import queries as evidence
from amparo.evidence.words import State as ItemState
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.kits.models import UsedKit
from amparo.kits.queries.boards import crumbs
from amparo.kits.queries.page import crumbs_of, kit_page
from amparo.kits.queries.reach import (
    ASK,
    CHOICE,
    MANAGE,
    SEE,
    STATUS,
    STOCK,
    Choices,
    in_custody,
    laboratory_choices,
    load_stock,
    load_used,
    permission_for,
)
from amparo.kits.queries.shelves import stock_page
from amparo.kits.rules import path
from amparo.kits.words import Kind, Touch
from amparo.people import queries as people
from amparo.web.sheets import Crumb, Sheet


def stock_crumbs() -> tuple[Crumb, ...]:
    return (*crumbs(), Crumb(_("Stock"), reverse("kits:stock")))


def check_stock(actor: Actor) -> None:
    """Raise where the actor may not register kits. Raises Refused."""
    policy.check_new(actor, MANAGE, Subject(office=actor.office_id, level=Compartment.PROGRAMME))


def any_kit(actor: Actor, kit_id: UUID) -> Sheet:
    """The page of a kit: used, for those of its case; unused, for those of its office. Raises NotFound."""
    if UsedKit.objects.filter(kit_id=kit_id).exists():
        return kit_page(actor, kit_id)
    return stock_page(actor, kit_id)


def code_of(actor: Actor, kit_id: UUID) -> str:
    """The code of a kit for its label. Raises NotFound."""
    if UsedKit.objects.filter(kit_id=kit_id).exists():
        return load_used(actor, SEE, kit_id).code
    return load_stock(actor, STOCK, kit_id).code


@dataclass(frozen=True, slots=True)
class AboutStep:
    """What the form of a step needs; `here`: the kit is in the reader's hands, and the chain goes on with it."""

    back: str
    crumbs: tuple[Crumb, ...]
    lede: str
    here: bool
    laboratories: Choices
    witnesses: Choices


def about_step(actor: Actor, kit_id: UUID, kind: Kind) -> AboutStep:
    """What the form of a step starts with. Raises NotFound, Refused, and why the step can't follow."""
    if kind is Kind.REPORT:
        return _about_report(actor, kit_id)
    used = load_used(actor, SEE, kit_id)
    custody = in_custody(actor, used)
    held = custody.held_by(actor.account_id)
    touch = path.touch_of(kind, held) if kind is not Kind.RETURN else Touch.NOTHING
    policy.check(actor, permission_for(kind, touch), used, seen_by=SEE)
    here = held.state is ItemState.HELD
    outside = touch is Touch.NOTHING and kind is not Kind.RETAIN and kind is not Kind.PROLONG
    head = cases.heads(actor, [used.case_id]).get(used.case_id)
    return AboutStep(
        back=reverse("kits:kit", args=[kit_id]),
        crumbs=crumbs_of(head),
        lede="" if outside else _both() if touch is not Touch.NOTHING else "",
        here=here,
        laboratories=laboratory_choices(actor) if kind is Kind.SEND else [],
        witnesses=_seconds(actor, used, touch) if kind is Kind.DESTROY else [],
    )


def _seconds(actor: Actor, used: UsedKit, touch: Touch) -> Choices:
    """Who can confirm with her own sign-in that the kit is destroyed here; elsewhere whoever was there is named."""
    if touch is not Touch.DESTROY:
        return [(str(key), name) for key, name in evidence.witnesses(actor)]
    item = evidence.load_item(actor, "evidence:item:see", used.item_id)
    return [(str(key), name) for key, name in evidence.receivers(actor, item)]


def _both() -> str:
    return _("It is written into the chain of custody in the same act.")


def _about_report(actor: Actor, kit_id: UUID) -> AboutStep:
    used = load_used(actor, CHOICE, kit_id)
    sees = policy.decide(actor, SEE, policy.subject_of(used)).allowed
    status = policy.decide(actor, STATUS, policy.subject_of(used)).allowed
    if not (sees or status):
        raise NotFound(permission=SEE)
    return AboutStep(
        back=reverse("kits:kit" if sees else "kits:status", args=[kit_id]),
        crumbs=crumbs_of(cases.heads(actor, [used.case_id]).get(used.case_id)) if sees else (),
        lede=_("It was her decision, made freely. From now on the kit can be picked up and examined."),
        here=False,
        laboratories=[],
        witnesses=[],
    )


@dataclass(frozen=True, slots=True)
class AboutDraft:
    crumbs: tuple[Crumb, ...]
    laboratories: Choices
    kits: Choices
    items: Choices
    # Whom loose things can be about; nobody need be chosen where there is one.
    survivors: Choices


def about_draft(actor: Actor, case_id: UUID) -> AboutDraft:
    """What the form of a request starts with. Raises NotFound, Refused."""
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, ASK, head.part(Compartment.EVIDENCE))
    used = cases.in_case(actor, SEE, UsedKit.objects.filter(case_id=case_id), case_id).order_by("-id")
    taken = {row.item_id for row in used}
    items = [pair for pair in evidence.choices_of_case(actor, case_id) if UUID(pair[0]) not in taken]
    kits = [(str(row.kit_id), row.code) for row in used]
    return AboutDraft(crumbs_of(head), laboratory_choices(actor), kits, items, _survivors(actor, case_id))


def _survivors(actor: Actor, case_id: UUID) -> Choices:
    hers = [party.person_id for party in cases.parties(actor, case_id, (PartyRole.SURVIVOR,))]
    if len(hers) < 2:
        return []
    labels = people.labels(actor, hers)
    return [(str(key), labels[key].code) for key in hers if key in labels]
