"""A training with everything in it, and words that tell which part was shown."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from amparo.kernel import clock
from amparo.training import commands
from amparo.training.models import Certificate, CurriculumVersion, Enrolment
from amparo.training.queries.doors import token_of
from amparo.training.rules.content import Module
from amparo.training.words import DoorPurpose, Occasion
from tests.policy.world import CANARY, World
from tests.training import rooms


def furnish(world: World) -> None:
    cast = world.cast
    # Titles are told to anybody who checks a certificate, so that none of them is a word to look for.
    version = rooms.version(cast, aims=f"{CANARY % 'curriculum'} aims")
    at = rooms.session(cast, version_id=version, names=(f"{CANARY % 'trainee'} Muster", "Femi Ejemplo"))
    official = rooms.person("Holder Sample", official_id=UUID(str(world.keys["official_id"])))
    commands.enrol_new(actor=cast.oksana, session_id=at.session, person=official)
    trainee, other = at.people.values()
    rooms.take(cast, at, Occasion.POST, {f"{CANARY % 'trainee'} Muster": rooms.PERFECT})
    commands.record_attendance(
        actor=cast.oksana, session_id=at.session, present={trainee: [clock.today() - timedelta(days=1), clock.today()]}
    )
    door = commands.open_door(actor=cast.oksana, session_id=at.session, purpose=DoorPurpose.FEEDBACK)
    commands.hold_session(actor=cast.oksana, session_id=at.session)
    commands.issue_certificates(actor=cast.oksana, session_id=at.session)
    certificate = Certificate.objects.get(enrolment_id=trainee)
    world.keys |= {
        "session_id": at.session,
        "participant_id": Enrolment.objects.get(pk=trainee).participant_id,
        "enrolment_id": other,
        "certificate_id": certificate.id,
        "door_id": door,
        "occasion": "post",
        "token": token_of(door),
    }
    _curricula(world, version)
    world.own["training:check_number"] = {"number": certificate.number}
    world.own["training:year_of"] = {"year": clock.today().year}


def _curricula(world: World, version: UUID) -> None:
    """A version in use, and one that is still written, for the pages that change it."""
    cast = world.cast
    free = commands.begin_version(actor=cast.oksana, version_id=version)
    commands.save_module(actor=cast.oksana, version_id=free, module=Module("more", "More", 30, ""))
    world.keys |= {"version_id": free, "curriculum_id": CurriculumVersion.objects.get(pk=free).curriculum_id}
    for name, key in (("change_module", "more"), ("change_question", "short"), ("move_up", "more")):
        world.own[f"training:{name}"] = {"key": key}
    world.own["training:remove_part"] = {"key": "more"}
