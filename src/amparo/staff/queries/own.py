"""One's own page: how Amparo looks, one's sign-ins and one's second step."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.queries import SignInView
from amparo.access.words import ROLE_LABELS
from amparo.kernel import clock
from amparo.staff.words import LANGUAGE_LABELS, THEME_LABELS
from amparo.web import formats
from amparo.web.sheets import Fact, Name, Row, Section, Sheet, Tag


def own(actor: Actor, *, has_second_step: bool, codes_left: int) -> Sheet:
    """Cost: six queries."""
    held = access.own_page(actor)
    change = reverse("staff:change_own")
    notices = _("Yes, when something waits for you") if held.mail_notices else _("No")
    looks = Section(
        title=_("How Amparo looks and writes to you"),
        id="looks",
        facts=(
            Fact(_("Language"), LANGUAGE_LABELS.get(held.language, held.language), change, _("Change")),
            Fact(_("Colours"), str(THEME_LABELS.get(held.theme, "")), change, _("Change")),
            Fact(_("Notices by mail"), notices, change, _("Change")),
        ),
    )
    offices = {one.id: one.name for one in access.offices()}
    roles = Section(
        title=_("Your roles"),
        id="roles",
        rows=tuple(Row(title=str(ROLE_LABELS[one.role]), when=offices.get(one.office_id, "")) for one in actor.roles),
    )
    given = access.own_details_given(actor.account_id)
    said = ngettext("%(count)s given", "%(count)s given", given) % {"count": given} if given else _("Nothing given yet")
    may = policy.has(actor, "access:details:keep")
    checks = Section(
        title=_("Conflict checks"),
        id="checks",
        facts=(Fact(_("Your details for them"), said, reverse("people:own_details") if may else "", _("Change")),),
        remark=_("So that nobody works on a case of somebody close."),
    )
    return Sheet(
        title=Name(access.names_of([actor.account_id]).get(actor.account_id, "")),
        kind=_("Your own page"),
        sections=(looks, roles, checks, _safety(held.login_name, has_second_step, codes_left), _sign_ins(actor)),
    )


def _safety(login_name: str, has_second_step: bool, codes_left: int) -> Section:
    facts = [
        Fact(_("Sign-in name"), Name(login_name)),
        Fact(_("Password"), _("Set"), reverse("staff:change_password"), _("Change")),
    ]
    if has_second_step:
        said = ngettext("%(count)s is left", "%(count)s are left", codes_left) % {"count": codes_left}
        facts += [
            Fact(_("Second step"), _("An app on your telephone"), reverse("mfa_index"), _("Change")),
            Fact(_("Recovery codes"), said, reverse("mfa_generate_recovery_codes"), _("Make new ones")),
        ]
    else:
        facts.append(Fact(_("Second step"), _("Not set up"), reverse("mfa_activate_totp"), _("Set up")))
    return Section(title=_("How you sign in"), id="safety", column=2, facts=tuple(facts))


def _sign_ins(actor: Actor) -> Section:
    rows = tuple(_sign_in(one) for one in access.own_sign_ins(actor))
    remark = _("If you do not know one of these, end it and change your password.")
    return Section(title=_("Where you are signed in"), id="sign-ins", column=2, rows=rows, remark=remark)


def _sign_in(one: SignInView) -> Row:
    now, zone = clock.now(), timezone.get_current_timezone()
    device = one.device if one.device != "unknown" else _("Another browser")
    return Row(
        title=device,
        when=formats.when(one.seen_at, now, zone),
        meta=_("since %(moment)s") % {"moment": formats.when(one.started_at, now, zone)},
        tag=Tag(_("This one"), "on") if one.is_this else None,
        action_label="" if one.is_this else _("End this one"),
        action_url="" if one.is_this else reverse("staff:end_own_sign_in", args=[one.id]),
        action_post=True,
    )
