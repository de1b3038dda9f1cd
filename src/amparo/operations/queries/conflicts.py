"""Plans that touch: what the one person sees whose task it is to keep them apart."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.kernel.words import Role
from amparo.operations.models import Conflict, KeepsApart
from amparo.operations.queries.plan import today
from amparo.operations.words import SETTLED_LABELS, ConflictState
from amparo.web import formats
from amparo.web.sheets import Button, Crumb, Empty, Listing, Name, Notice, Row, Tag

MOST = 100
NAME = "operations:deconfliction:name"
SEE = "operations:conflict:see"


def keeper_id() -> UUID | None:
    """Who keeps plans apart now. Cost: one query."""
    rows = KeepsApart.objects.filter(ended_at=None).order_by("-created_at")
    return rows.values_list("account_id", flat=True).first()


def keeper_choices(actor: Actor) -> list[tuple[str, str]]:
    """Supervisors and directors, one of whom can keep plans apart. Raises Refused."""
    policy.check_new(actor, NAME, policy.Subject(office=actor.office_id))
    found = access.colleagues(actor, roles=[Role.SUPERVISOR, Role.DIRECTOR])
    return [(str(one.id), f"{one.name} · {one.role_label}, {one.office}") for one in found]


def is_keeper(actor: Actor) -> bool:
    """Whether the actor is the one who keeps plans apart. Cost: one query, none for most."""
    return policy.has(actor, SEE) and keeper_id() == actor.account_id


def conflicts(actor: Actor) -> Listing:
    """Plans that touch, for the one who keeps them apart: that they do, and whom to ask. Raises Refused.

    Neither a code, a case, a place nor a day of them. Cost: three queries and the keys.
    """
    if not policy.has(actor, SEE):
        policy.check_new(actor, SEE, policy.Subject(office=actor.office_id))
    rows = list(
        policy.visible(actor, SEE, Conflict.objects.all())
        .select_related("one", "other")
        .order_by("-state", "-created_at")[:MOST]
    )
    rows.sort(key=lambda row: row.state != ConflictState.OPEN)
    names = access.names_of(key for row in rows for key in (row.one.lead_id, row.other.lead_id))
    offices = {one.id: one.name for one in access.offices()}
    may_name = policy.has(actor, NAME)
    return Listing(
        title=_("Plans that touch"),
        crumbs=(Crumb(_("Operations"), reverse("operations:board")),),
        lede=_("You alone are told. You see that two plans touch and whom to ask, and nothing else of them."),
        buttons=(Button(_("Who keeps plans apart"), reverse("operations:keeper"), "quiet"),) if may_name else (),
        notices=_nobody(may_name),
        rows=tuple(_row(row, names, offices) for row in rows),
        empty=Empty(_("No plans touch, as far as you are told.")),
    )


def _nobody(may_name: bool) -> tuple[Notice, ...]:
    keeper = keeper_id()
    if not may_name or (keeper is not None and access.roles_of(keeper, (Role.SUPERVISOR, Role.DIRECTOR))):
        return ()
    button = Button(_("Name somebody"), reverse("operations:keeper"), "quiet")
    return (
        Notice(_("Nobody is named to keep plans apart: whoever plans is not warned of others."), "warn", action=button),
    )


def _row(row: Conflict, names: dict[UUID, str], offices: dict[UUID, str]) -> Row:
    is_open = row.state == ConflictState.OPEN
    return Row(
        title=(
            Name(names.get(row.one.lead_id, "")),
            f"({offices.get(row.one.office_id, '')})",
            _("and"),
            Name(names.get(row.other.lead_id, "")),
            f"({offices.get(row.other.office_id, '')})",
        ),
        when=formats.near_day(row.created_at.date(), today()),
        meta=_("Ask both, each alone. They do not know of each other.")
        if is_open
        else str(SETTLED_LABELS.get(row.outcome, "")),
        tag=Tag(_("Touch"), "danger") if is_open else Tag(_("Settled"), "ok"),
        action_label=_("Settle") if is_open else "",
        action_url=reverse("operations:settle", args=[row.id]) if is_open else "",
    )


def conflict_for(actor: Actor, conflict_id: UUID) -> Row:
    """One of them as its form shows it. Raises NotFound."""
    row = policy.load(actor, "operations:conflict:settle", Conflict, conflict_id)
    names = access.names_of([row.one.lead_id, row.other.lead_id])
    return _row(row, names, {one.id: one.name for one in access.offices()})
