"""Pages of who works here."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.access.queries import AccountView, Colleague, OfficeView, RoleView
from amparo.access.words import ROLE_LABELS
from amparo.kernel.words import Role
from amparo.web import formats
from amparo.web.sheets import Button, Crumb, Empty, Fact, Name, Notice, Row, Section, Sheet, Tag


def organisation_crumb() -> Crumb:
    return Crumb(_("Organisation"), reverse("staff:organisation"))


def _may(actor: Actor, permission: str) -> bool:
    return policy.decide(actor, permission, Subject(office=actor.office_id)).allowed


def organisation(actor: Actor) -> Sheet:
    """Everybody who works here, and the offices. Cost: six queries and the keys of the names."""
    people = access.colleagues(actor, active_only=False)
    keeper = _may(actor, "access:account:invite")
    buttons = []
    if keeper:
        buttons.append(Button(_("Invite a colleague"), reverse("staff:invite")))
    if policy.has(actor, "access:grant:give"):
        buttons.append(Button(_("Hand over a caseload"), reverse("staff:hand_over"), "quiet"))
    if _may(actor, "staff:setting:see"):
        buttons.append(Button(_("Settings"), reverse("staff:settings"), "quiet"))
    active = sum(one.is_active for one in people)
    sections = [
        *_waiting(actor, keeper),
        Section(
            title=_("Colleagues"),
            id="people",
            column=0,
            rows=tuple(_person(one) for one in people if _shown(one, keeper)),
        ),
    ]
    if _may(actor, "staff:office:see"):
        sections.append(_offices(actor))
    return Sheet(
        title=_("Organisation"),
        lede_bold=ngettext("%(count)s colleague works here.", "%(count)s colleagues work here.", active)
        % {"count": active},
        buttons=tuple(buttons),
        sections=tuple(sections),
    )


def _waiting(actor: Actor, keeper: bool) -> Sequence[Section]:
    """Roles that do not count yet, for who gives roles and for who confirms them."""
    if not keeper and not policy.has(actor, "access:role:confirm"):
        return ()
    rows = tuple(
        Row(
            title=Name(one.name),
            when=one.office,
            meta=str(ROLE_LABELS[one.role]),
            url=reverse("staff:person", args=[one.account_id]),
            action_label=_("Confirm") if one.may_confirm else "",
            action_url=reverse("staff:confirm_role", args=[one.account_id, one.id]) if one.may_confirm else "",
            action_post=True,
            dir_auto=True,
        )
        for one in access.unconfirmed_roles(actor)
    )
    if not rows:
        return ()
    remark = _(
        "A system keeper gave these roles. They count once a supervisor of the office, a director or the "
        "data-protection officer confirms that this person works here and needs the role."
    )
    return (Section(title=_("Roles to confirm"), id="confirm", column=0, rows=rows, remark=remark),)


def _shown(one: Colleague, keeper: bool) -> bool:
    return one.is_active or keeper


def state_of(*, is_active: bool, is_invited: bool) -> Tag:
    if is_active:
        return Tag(pgettext("an account", "Open"), "ok")
    return Tag(_("Invited"), "on") if is_invited else Tag(_("Closed"), "warn")


def _person(one: Colleague) -> Row:
    tag = None if one.is_active else state_of(is_active=False, is_invited=one.is_invited)
    return Row(
        title=Name(one.name),
        when=one.office,
        meta=one.role_label or _("No role"),
        url=reverse("staff:person", args=[one.id]),
        tag=tag,
        dir_auto=True,
    )


def _offices(actor: Actor) -> Section:
    keeper = _may(actor, "staff:office:manage")
    rows = tuple(_office(one, keeper) for one in access.offices())
    return Section(
        title=_("Offices"),
        id="offices",
        column=0,
        rows=rows,
        empty=Empty(_("There is no office yet.")),
        link_label=_("Add an office") if keeper else "",
        link_url=reverse("staff:add_office") if keeper else "",
    )


def _office(one: OfficeView, keeper: bool) -> Row:
    return Row(
        title=Name(one.name),
        when=one.district,
        meta=_("Time zone %(zone)s, calling code +%(code)s") % {"zone": one.time_zone, "code": one.calling_code},
        action_label=_("Change") if keeper else "",
        action_url=reverse("staff:change_office", args=[one.id]) if keeper else "",
    )


def person(actor: Actor, account_id: UUID) -> Sheet:
    """One colleague, with what the reader may do. Raises NotFound."""
    held = access.account(actor, account_id)
    keeper = _may(actor, "access:account:change")
    own = held.id == actor.account_id
    return Sheet(
        title=Name(held.name),
        crumbs=(organisation_crumb(),),
        tags=(state_of(is_active=held.is_active, is_invited=held.invited_until is not None),),
        kind=held.office,
        buttons=_buttons(held) if keeper and not own else (),
        notices=(Notice(_("This is you. Ask another system keeper to change your roles or to close your account.")),)
        if keeper and own
        else (),
        sections=(_roles(held, keeper, own), *_details(actor, held, keeper)),
    )


def _buttons(held: AccountView) -> tuple[Button, ...]:
    def to(name: str) -> str:
        return reverse(f"staff:{name}", args=[held.id])

    if held.disabled_at is not None:
        return (Button(_("Open the account again"), to("enable"), post=True),)
    return (
        Button(_("Reset the sign-in"), to("reset_sign_in"), "quiet"),
        Button(_("Close the account"), to("disable"), "grave"),
    )


def _roles(held: AccountView, keeper: bool, own: bool) -> Section:
    zone = timezone.get_current_timezone()
    rows = tuple(
        Row(
            title=str(ROLE_LABELS[one.role]),
            when=one.office,
            meta=_("until %(day)s") % {"day": formats.day(one.until.astimezone(zone).date())}
            if one.until
            else _("since %(day)s") % {"day": formats.day(one.since.astimezone(zone).date())},
            tag=None if one.is_confirmed else Tag(_("Waits to be confirmed"), "warn"),
            action_label=label,
            action_url=reverse(f"staff:{address}", args=[held.id, one.id]) if address else "",
            action_post=True,
        )
        for one in held.roles
        for label, address in [_role_act(one, keeper)]
    )
    may_add = keeper and not own
    return Section(
        title=_("Roles"),
        id="roles",
        rows=rows,
        empty=Empty(_("This colleague holds no role, so sees nothing.")),
        link_label=_("Give a role") if may_add else "",
        link_url=reverse("staff:give_role", args=[held.id]) if may_add else "",
    )


def _role_act(one: RoleView, keeper: bool) -> tuple[str, str]:
    """What the reader may do with a role, and the name of its address."""
    if one.may_confirm:
        return _("Confirm this role"), "confirm_role"
    return (_("End this role"), "end_role") if keeper else ("", "")


def _details(actor: Actor, held: AccountView, keeper: bool) -> Sequence[Section]:
    sections = []
    zone = timezone.get_current_timezone()
    if keeper:
        change = reverse("staff:change_person", args=[held.id])
        facts = [
            Fact(_("Name"), Name(held.name), change, _("Change")),
            Fact(_("Sign-in name"), Name(held.login_name)),
            Fact(
                _("Contact"),
                Name(held.contact) if held.contact else _("Nothing recorded"),
                change,
                _("Change"),
            ),
        ]
        if held.invited_until is not None:
            facts.append(Fact(_("Invitation ends"), formats.moment(held.invited_until, zone)))
        sections.append(Section(title=_("Details"), id="details", column=2, facts=tuple(facts)))
    if policy.has(actor, "access:session:end"):
        end = Button(_("End all sign-ins"), reverse("staff:end_sign_ins", args=[held.id]), "quiet", post=True)
        remark = _("Whoever is signed in with this account has to sign in again.")
        sections.append(Section(title=_("Sign-ins"), id="sign-ins", column=2, buttons=(end,), remark=remark))
    return sections


def role_choices() -> list[tuple[str, str]]:
    return [(role.value, str(label)) for role, label in ROLE_LABELS.items() if role is not Role.OUTSIDER]


def office_choices() -> list[tuple[str, str]]:
    return [(str(one.id), one.name) for one in access.offices()]


def hand_over_choices(actor: Actor) -> list[tuple[str, str]]:
    """Colleagues in the offices that the actor supervises."""
    found = {}
    for office in actor.offices_as(Role.SUPERVISOR):
        for one in access.colleagues(actor, office_id=office, active_only=False):
            found[str(one.id)] = f"{one.name} ({one.role_label})"
    return sorted(found.items(), key=lambda pair: pair[1].casefold())


def hand_over_consequences(actor: Actor, leaving: UUID, taking: UUID) -> tuple[int, list[str]]:
    """How many cases would move, and in words what happens. Cost: seven queries."""
    plan = access.handover_of(actor, leaving, taking)
    names = access.names_of([leaving, taking])
    count = len(plan.moving)
    said = {"count": count, "leaving": names.get(leaving, ""), "taking": names.get(taking, "")}
    lines = [
        ngettext(
            "%(count)s place on a case's team passes from %(leaving)s to %(taking)s, in the same role.",
            "%(count)s places on teams pass from %(leaving)s to %(taking)s, in the same roles.",
            count,
        )
        % said,
        _("Tracks that %(leaving)s leads there, and open tasks and leads, pass with them.") % said,
        _("%(leaving)s sees these cases no more, from the next page on.") % said,
    ]
    if plan.without_role:
        lines.append(
            ngettext(
                "%(count)s place stays, because %(taking)s does not hold its role in that office.",
                "%(count)s places stay, because %(taking)s does not hold their roles in those offices.",
                plan.without_role,
            )
            % (said | {"count": plan.without_role})
        )
    others = plan.barred + plan.elsewhere
    if others:
        lines.append(
            ngettext(
                "%(count)s more place is not yours to hand over, or can't pass to %(taking)s.",
                "%(count)s more places are not yours to hand over, or can't pass to %(taking)s.",
                others,
            )
            % (said | {"count": others})
        )
    return count, lines
