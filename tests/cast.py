"""The cast of every test: who works at the invented organisation, and a case to work on."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db.models import ProtectedError
from django.test import Client, override_settings

from amparo.access import commands as access
from amparo.access.actors import SYSTEM_ACTOR, Actor, actor_for
from amparo.access.models import Account, Office, SignIn
from amparo.cases import commands as cases
from amparo.cases.words import BasisKind, CaseType, PartyRole, Risk
from amparo.kernel import clock, ids
from amparo.kernel.words import Role
from amparo.people import commands as people
from amparo.people.words import PersonKind
from amparo.vault import keyring

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper
    from pytest_django.plugin import DjangoDbBlocker

SECRETS = keyring.Secrets(b"r" * 32, b"s" * 32, b"i" * 32, b"w" * 32)
PASSWORD = "a long pass phrase"

CAST: dict[str, tuple[str, Role]] = {
    "amina": ("Amina Sample", Role.INTAKE),
    "bruno": ("Bruno Muster", Role.INVESTIGATOR),
    "chandra": ("आशा नमूना", Role.LAWYER),
    "dalia": ("سلمى مثال", Role.CASEWORKER),
    "esther": ("Esther Example", Role.EXAMINER),
    "femi": ("Femi Ejemplo", Role.POLICE),
    "grace": ("Grace Sample", Role.AUDITOR),
    "hugo": ("Hugo Muster", Role.SYSTEM),
    "iris": ("Iris Nobody", Role.OUTSIDER),
    "jalil": ("Jalil Sample", Role.SUPERVISOR),
    "kofi": ("Kofi Example", Role.DIRECTOR),
    "lina": ("Lina Muster", Role.PROTECTION),
    "mateo": ("Mateo Ejemplo", Role.PROSECUTOR),
    "noor": ("Noor Sample", Role.CUSTODIAN),
    "oksana": ("Oksana Zrazok", Role.TRAINER),
    "pedro": ("Pedro Exemplo", Role.ANALYST),
}


@dataclass(slots=True)
class CaseAtHand:
    """A case with one survivor and one suspect, and its team."""

    id: UUID
    survivor: UUID
    suspect: UUID


@dataclass(slots=True)
class Cast:
    """Everybody who works here, in one office; `other_office` has nobody but `stranger`, its supervisor."""

    office: UUID
    other_office: UUID
    accounts: dict[str, UUID] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Actor:
        if name in self.accounts:
            return self.actor(name)
        raise AttributeError(name)

    def actor(self, name: str) -> Actor:
        """The actor as of now: with the roles and grants that she holds at this moment."""
        return actor_for(Account.objects.get(pk=self.accounts[name]))

    def client(self, name: str) -> Client:
        """A browser in which she is signed in."""
        client = Client()
        account = Account.objects.get(pk=self.accounts[name])
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        row = SignIn(
            id=ids.new_id(),
            account_id=account.id,
            device="test",
            started_at=clock.now(),
            seen_at=clock.now(),
        )
        row.save(force_insert=True)
        session["sign_in"] = str(row.id)
        session.save()
        return client

    def person(self, kind: PersonKind = PersonKind.SURVIVOR, name: str = "Nadia Sample", **more: object) -> UUID:
        return people.add_person(actor=self.jalil, office_id=self.office, kind=kind, name=name, **more)  # type: ignore[arg-type]

    def case(self, *, basis: bool = True, team: tuple[str, ...] = ("bruno", "chandra", "dalia")) -> CaseAtHand:
        """A new case, as a supervisor opens it."""
        key = cases.open_case(
            actor=self.jalil,
            office_id=self.office,
            types=[CaseType.SEXUAL_VIOLENCE],
            title="Example Street",
            risk=Risk.MEDIUM,
            reported_on=date(2026, 3, 2),
        )
        survivor = self.person()
        suspect = self.person(PersonKind.SUSPECT, "Viktor Muster")
        cases.add_party(actor=self.jalil, case_id=key, person_id=survivor, role=PartyRole.SURVIVOR)
        cases.add_party(actor=self.jalil, case_id=key, person_id=suspect, role=PartyRole.SUSPECT)
        if basis:
            cases.record_basis(actor=self.jalil, case_id=key, person_id=survivor, kind=BasisKind.CONSENT)
        for name in team:
            cases.add_to_team(actor=self.jalil, case_id=key, account_id=self.accounts[name], role=CAST[name][1])
        return CaseAtHand(key, survivor, suspect)


def hire_everybody() -> Cast:
    """Two offices and the whole cast, made through the commands that a system keeper uses."""
    office = access.add_office(actor=SYSTEM_ACTOR, name="Harbour", district="Lakeside", calling_code="999")
    other = access.add_office(actor=SYSTEM_ACTOR, name="Hill", district="Upland", calling_code="999")
    cast = Cast(office, other)
    for login, (name, role) in CAST.items():
        cast.accounts[login] = _hire(office, login, name, role)
    cast.accounts["stranger"] = _hire(other, "stranger", "Stella Sample", Role.SUPERVISOR)
    return cast


def _hire(office: UUID, login: str, name: str, role: Role) -> UUID:
    key = access.invite(
        actor=SYSTEM_ACTOR, office_id=office, name=name, login_name=login, role=role, secret=f"secret-{login}"
    )
    access.activate(actor=SYSTEM_ACTOR, secret=f"secret-{login}", password=PASSWORD)
    return key


class QuickHasher(Argon2PasswordHasher):
    """Argon2 with next to no work: the cast is hired anew for every test."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1


@pytest.fixture(autouse=True)
def _quick_passwords(settings: SettingsWrapper) -> None:
    settings.PASSWORD_HASHERS = ["tests.cast.QuickHasher"]


@pytest.fixture(autouse=True)
def _one_step(settings: SettingsWrapper) -> None:
    """Tests about the second step ask for it themselves."""
    settings.SECOND_STEP_REQUIRED = False


@pytest.fixture(autouse=True)
def unlocked() -> Iterator[None]:
    """Every test has its keyring open."""
    keyring.unlock(SECRETS)
    yield
    keyring.unlock(SECRETS)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Hire everybody once, before the first test: each test then changes its own copy and rolls it back."""
    keyring.unlock(SECRETS)
    quick = override_settings(PASSWORD_HASHERS=["tests.cast.QuickHasher"])
    # Long ago, so that tests may set the clock back and still find everybody at work.
    with django_db_blocker.unblock(), quick, clock.set_to(datetime(2020, 1, 1, tzinfo=UTC)):
        hire_everybody()


def dismiss_everybody() -> None:
    """Empty every table of ours, inside a test that begins with an instance of its own."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("amparo.")]
    while ours:
        for model in list(ours):
            with contextlib.suppress(ProtectedError):
                model._base_manager.all().delete()
                ours.remove(model)


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody; hired anew where a test before this one emptied the database."""
    offices = dict(Office.objects.order_by("created_at").values_list("name", "id"))
    if "Harbour" not in offices:
        return hire_everybody()
    return Cast(offices["Harbour"], offices["Hill"], _accounts(offices["Harbour"]).copy())


@cache
def _accounts(harbour: UUID) -> dict[str, UUID]:
    """Everybody's account beside the harbour of that id: those who were hired once stay the same."""
    names = [*CAST, "stranger"]
    rows = dict(Account.objects.filter(login__in=[access.login_token(n) for n in names]).values_list("login", "id"))
    return {name: rows[access.login_token(name)] for name in names}
