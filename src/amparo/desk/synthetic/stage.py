"""Where stories are played: offices, colleagues and officials, and who acts for a role."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import get_user_model

from amparo.access import commands as access
from amparo.access.actors import SYSTEM_ACTOR, Actor, actor_for
from amparo.desk.synthetic.agenda import Agenda
from amparo.desk.synthetic.cast import EVERYBODY, OFFICIALS, Hire
from amparo.desk.synthetic.names import named
from amparo.desk.synthetic.places import CALLING_CODE, PLACES, Place
from amparo.kernel import clock, ids
from amparo.kernel.words import Role
from amparo.people import commands as people
from amparo.people.words import PersonKind

_SECRET_BYTES = 24


@dataclass(frozen=True, slots=True)
class Official:
    """A public servant whom an office works with."""

    person_id: UUID
    post: str
    unit: str
    agency: str


@dataclass(slots=True)
class Office:
    """One office, its colleagues by role, and the officials around it."""

    id: UUID
    place: Place
    logins: dict[Role, list[str]] = field(default_factory=dict)
    officials: list[Official] = field(default_factory=list)


@dataclass(slots=True)
class Stage:
    """Everything that stories share."""

    seed: int
    until: datetime
    agenda: Agenda
    offices: dict[str, Office] = field(default_factory=dict)
    accounts: dict[str, UUID] = field(default_factory=dict)
    # At each office the last case with a known suspect, and the suspect.
    suspects: dict[str, tuple[UUID, UUID]] = field(default_factory=dict)
    # Agencies, units, facilities, agreements and officials' records, by what they are to the stories.
    partners: dict[str, UUID] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def dice(self, *what: object) -> random.Random:
        """Chance of its own for each thing, so that one story does not change the next."""
        return random.Random(":".join(map(str, (self.seed, *what))))  # noqa: S311 - invented content, no secret

    def actor(self, login: str) -> Actor:
        """Somebody as an actor, with the roles, teams and bars of this moment."""
        known = self._actors.get(login)
        if known is None:
            known = actor_for(get_user_model().objects.get(pk=self.accounts[login]))
            self._actors[login] = known
        return known

    def reach_changed(self, *logins: str) -> None:
        """Roles, teams or bars of some people have changed: they are looked up again."""
        for login in logins:
            self._actors.pop(login, None)

    def who(self, office: Office, role: Role, rng: random.Random) -> str:
        """Somebody with a role at an office; else at the first one, whose partners work for all."""
        there = office.logins.get(role) or self.offices[PLACES[0].key].logins[role]
        return rng.choice(there)


def furnish(stage: Stage, began: datetime) -> None:
    """Open the offices and hire everybody, in the first days of the organisation."""
    with clock.set_to(began):
        for place in PLACES:
            key = access.add_office(
                actor=SYSTEM_ACTOR, name=place.office, district=place.district, calling_code=CALLING_CODE
            )
            stage.offices[place.key] = Office(key, place)
    for day, hire in enumerate(EVERYBODY):
        with clock.set_to(began + timedelta(hours=1 + 3 * day)):
            _hire(stage, hire)
    for office in stage.offices.values():
        with clock.set_to(began + timedelta(days=5)):
            _meet_officials(stage, office)


def _hire(stage: Stage, hire: Hire) -> None:
    """Invite somebody and let her in without a password: the demonstration signs in by choosing who to be."""
    office = stage.offices[hire.office]
    secret = ids.entropy(_SECRET_BYTES).hex()
    account = access.invite(
        actor=SYSTEM_ACTOR,
        office_id=office.id,
        name=hire.name,
        login_name=hire.login,
        role=hire.role,
        secret=secret,
    )
    access.activate(actor=SYSTEM_ACTOR, secret=secret, password=None)
    stage.accounts[hire.login] = account
    office.logins.setdefault(hire.role, []).append(hire.login)
    if hire.language != "en":
        me = stage.actor(hire.login)
        access.change_own_page(actor=me, language=hire.language, theme="device", mail_notices=False)


def _meet_officials(stage: Stage, office: Office) -> None:
    place = office.place
    units = {"station": place.station, "prosecution": place.prosecution, "court": place.court}
    lead = stage.actor(office.logins[Role.SUPERVISOR][0])
    for post, unit, agency in OFFICIALS:
        rng = stage.dice("official", place.key, post)
        name = named(rng, rng.choice(("female", "male"))).full
        person = people.add_person(
            actor=lead,
            office_id=office.id,
            kind=PersonKind.OFFICIAL,
            name=name,
            known_as=post,
            looks=units[unit],
        )
        office.officials.append(Official(person, post, units[unit], agency))
