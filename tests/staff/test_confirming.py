"""No system keeper alone opens casework to anybody: somebody else confirms the role, and overseers are told."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.urls import reverse

from amparo.access import commands as access
from amparo.access import queries
from amparo.access.actors import SYSTEM_ACTOR
from amparo.access.errors import AlreadyConfirmed, ConfirmedByAnother, RoleEnded
from amparo.access.models import Notice, RoleHeld
from amparo.kernel.errors import NotFound, Refused
from amparo.kernel.words import Role
from amparo.ledger.models import Entry
from tests.cast import PASSWORD, Cast, dismiss_everybody

pytestmark = pytest.mark.django_db


def hire(cast: Cast, role: Role, *, office: UUID | None = None, by: str = "hugo") -> UUID:
    """Somebody invited by a system keeper, who has opened the account; known to the cast as "new"."""
    key = access.invite(
        actor=cast.actor(by),
        office_id=office or cast.office,
        name="Nobody Sample",
        login_name="new",
        role=role,
        secret="seven words",
    )
    access.activate(actor=SYSTEM_ACTOR, secret="seven words", password=PASSWORD)
    cast.accounts["new"] = key
    return RoleHeld.objects.get(account_id=key).id


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.LAWYER, Role.AUDITOR, Role.DIRECTOR, Role.PROTECTION])
def test_a_role_that_a_keeper_gave_counts_only_once_it_is_confirmed(cast: Cast, role: Role) -> None:
    cast.case()
    given = hire(cast, role)
    assert cast.new.roles == ()
    assert cast.accounts["new"] not in {one.id for one in queries.colleagues(cast.jalil, roles=[role])}
    access.confirm_role(actor=cast.jalil, role_id=given)
    assert cast.new.holds(role)
    assert Entry.objects.latest("index").verb == "role.confirmed"


@pytest.mark.parametrize("role", [Role.SYSTEM, Role.ANALYST, Role.TRAINER])
def test_a_role_without_casework_counts_at_once(cast: Cast, role: Role) -> None:
    hire(cast, role)
    assert cast.new.holds(role)


def test_a_further_role_of_a_colleague_waits_as_well(cast: Cast) -> None:
    access.give_role(actor=cast.hugo, account_id=cast.accounts["pedro"], role=Role.SUPERVISOR, office_id=cast.office)
    assert not cast.pedro.holds(Role.SUPERVISOR)
    assert cast.accounts["pedro"] not in queries.supervisors_of(cast.office)


@pytest.mark.parametrize("who", ["hugo", "bruno", "stranger", "grace"])
def test_only_a_supervisor_of_the_office_a_director_or_data_protection_confirms(cast: Cast, who: str) -> None:
    given = hire(cast, Role.SUPERVISOR)
    with pytest.raises((Refused, NotFound)):
        access.confirm_role(actor=cast.actor(who), role_id=given)
    assert cast.new.roles == ()


@pytest.mark.parametrize("who", ["jalil", "kofi", "lina"])
def test_each_of_those_confirms(cast: Cast, who: str) -> None:
    given = hire(cast, Role.SUPERVISOR)
    access.confirm_role(actor=cast.actor(who), role_id=given)
    with pytest.raises(AlreadyConfirmed):
        access.confirm_role(actor=cast.jalil, role_id=given)


def test_whoever_gave_a_role_can_not_confirm_it_even_in_another_role(cast: Cast) -> None:
    access.give_role(actor=SYSTEM_ACTOR, account_id=cast.accounts["kofi"], role=Role.SYSTEM, office_id=cast.office)
    given = hire(cast, Role.SUPERVISOR, by="kofi")
    with pytest.raises(ConfirmedByAnother):
        access.confirm_role(actor=cast.kofi, role_id=given)


def test_nobody_confirms_a_role_of_their_own(cast: Cast) -> None:
    given = access.give_role(
        actor=cast.hugo, account_id=cast.accounts["kofi"], role=Role.SUPERVISOR, office_id=cast.office
    )
    with pytest.raises(ConfirmedByAnother):
        access.confirm_role(actor=cast.kofi, role_id=given)


def test_a_role_that_has_ended_is_not_confirmed(cast: Cast) -> None:
    given = hire(cast, Role.LAWYER)
    access.end_role(actor=cast.hugo, role_id=given)
    with pytest.raises(RoleEnded):
        access.confirm_role(actor=cast.jalil, role_id=given)


def test_the_first_who_could_confirm_needs_nobody_to_confirm_her(db: None) -> None:
    dismiss_everybody()
    office = access.add_office(actor=SYSTEM_ACTOR, name="First House", district="Lakeside")
    keeper = access.invite(
        actor=SYSTEM_ACTOR, office_id=office, name="Hana Sample", login_name="hana", role=Role.SYSTEM, secret="a"
    )
    access.activate(actor=SYSTEM_ACTOR, secret="a", password=PASSWORD)
    begun = Cast(office, office, {"hana": keeper})
    hire(begun, Role.SUPERVISOR, by="hana")
    assert begun.new.holds(Role.SUPERVISOR)
    second = access.give_role(actor=begun.hana, account_id=begun.accounts["new"], role=Role.DIRECTOR, office_id=office)
    assert RoleHeld.objects.get(pk=second).confirmed_at is None


def test_the_supervisors_of_the_office_and_data_protection_are_told(cast: Cast) -> None:
    Notice.objects.all().delete()
    hire(cast, Role.LAWYER)
    access.give_role(actor=cast.hugo, account_id=cast.accounts["new"], role=Role.ANALYST, office_id=cast.office)
    access.reset_sign_in(actor=cast.hugo, account_id=cast.accounts["bruno"], secret="other words")
    told = {(row.account_id, row.kind) for row in Notice.objects.all()}
    overseers = {cast.accounts["jalil"], cast.accounts["lina"]}
    assert told == {(who, kind) for who in overseers for kind in ("role_waits", "role_given", "sign_in_reset")}
    page = cast.client("jalil").get("/").content.decode()
    assert "It waits on the organisation page." in page


def test_a_role_is_confirmed_from_the_organisation_page_with_one_button(cast: Cast) -> None:
    given = hire(cast, Role.LAWYER)
    address = reverse("staff:confirm_role", args=[cast.accounts["new"], given])
    organisation = reverse("staff:organisation")
    seen = {who: cast.client(who).get(organisation).content.decode() for who in ("jalil", "hugo", "bruno")}
    assert address in seen["jalil"]
    assert "Roles to confirm" in seen["hugo"]
    assert address not in seen["hugo"]
    assert "Roles to confirm" not in seen["bruno"]
    browser = cast.client("jalil")
    assert address in browser.get(reverse("staff:person", args=[cast.accounts["new"]])).content.decode()
    assert browser.post(address).status_code == 302
    assert cast.new.holds(Role.LAWYER)
    assert "Roles to confirm" not in browser.get(organisation).content.decode()
