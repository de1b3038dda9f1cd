"""What the room forensics adds to the world."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from amparo.cases import queries as cases
from amparo.forensics import commands
from amparo.forensics.models import ExamPhoto, Finding, Specimen
from amparo.kernel import clock
from tests.forensics import story

if TYPE_CHECKING:
    from tests.policy.world import World


def furnish(world: World) -> None:
    """Make one of each thing of this room, and say the keys of its addresses."""
    cast, keys = world.cast, world.keys
    draft = story.examined(cast, of=world.case)
    exam = draft.exam
    keys["exam_id"] = exam
    keys["finding_id"] = Finding.objects.filter(exam_id=exam).earliest("number").id
    photo = ExamPhoto.objects.get(exam_id=exam).id
    keys["photo_id"] = photo
    keys["specimen_id"] = Specimen.objects.filter(exam_id=exam, item_id__isnull=False).earliest("number").id
    keys["appointment_id"] = commands.plan(
        actor=cast.esther, case_id=world.case.id, person_id=world.case.survivor,
        planned_at=clock.now() + timedelta(days=3), facility="City Example",
    )  # fmt: skip
    keys["item"] = "photographs"
    sealed = story.judged(cast)
    due = clock.today() + timedelta(days=7)
    visit = commands.set_follow_up(actor=cast.esther, exam_id=sealed.exam, due_on=due, need="A check-up")
    consents = [one.id for one in cases.bases(cast.esther, sealed.case.id) if one.is_live and one.recipient]
    keys["release_id"] = commands.release(
        actor=cast.esther,
        exam_id=sealed.exam,
        recipient_id=cast.accounts["femi"],
        agency_id=story.station(cast),
        basis_ids=consents,
        until_on=clock.today() + timedelta(days=30),
    )
    world.own |= {
        f"forensics:{name}": {"exam_id": sealed.exam}
        for name in ("exam", "opinion", "addendum", "report", "give", "add_follow_up")
    }
    world.own |= {f"forensics:{name}": {"code": "before", "exam_id": exam} for name in ("section", "keep")}
    world.own["forensics:follow_up"] = {"follow_up_id": visit}
    world.own["forensics:released_photo"] = {"number": 1}
