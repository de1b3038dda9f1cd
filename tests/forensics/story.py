"""One examination as it is told by a nurse, for every test of the room."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from PIL import Image

from amparo.evidence.words import Storage
from amparo.forensics import commands
from amparo.forensics.commands import Seen, Taken, Talk
from amparo.forensics.words import Anatomy, Answer, Degree, Figure, InjuryType, Item, SpecimenPurpose, SpecimenType
from amparo.kernel import ids
from amparo.kernel.digest import sha256
from amparo.kernel.words import Compartment
from amparo.partners.words import AgencyKind
from amparo.vault import sealing
from amparo.vault.ingest import ingest
from amparo.web import uploads
from tests.partners import partners

if TYPE_CHECKING:
    from tests.cast import CaseAtHand, Cast

TEAM = ("bruno", "chandra", "dalia", "esther", "femi", "mateo")
EVERYTHING = dict.fromkeys(Item, Answer.GIVEN)
FREELY = Talk(freely=True, recipient="Example Police Station", recipient_kind="police", explained=("stop",))


@dataclass(frozen=True, slots=True)
class Story:
    case: CaseAtHand
    exam: UUID


def station(cast: Cast, **more: object) -> UUID:
    """A police agency with which an agreement holds that names all that a report can hold."""
    police = partners.agency(cast, name="Sample Police Service", kind=AgencyKind.POLICE)
    partners.agreement(cast, police, **({"classes": ["identity", "narrative", "examination", "photographs"]} | more))  # type: ignore[arg-type]
    return police


def picture(colour: str = "#c08070", size: tuple[int, int] = (320, 240)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, "JPEG")
    return made.getvalue()


def received(cast: Cast, person: UUID, data: bytes, media_type: str = "image/jpeg") -> uploads.Received:
    """A file as an upload leaves it."""
    salt = ids.entropy(32)
    key = sealing.blob_key(person, Compartment.EXAMINATION, cast.office, salt)
    kept = ingest(io.BytesIO(data), uploads.store(), key, salt, expected_bytes=len(data), max_bytes=len(data))
    return uploads.Received(
        kept.address, sha256(data), len(data), kept.stored_bytes, "forearm.jpg", media_type, salt
    )  # fmt: skip


def begun(
    cast: Cast, *, figure: Figure = Figure.ADULT, anatomy: Anatomy = Anatomy.FEMALE, of: CaseAtHand | None = None
) -> Story:
    """An examination of a new case, or of one that is there."""
    case = of or cast.case(team=TEAM)
    key = commands.begin(
        actor=cast.esther,
        case_id=case.id,
        person_id=case.survivor,
        figure=figure,
        anatomy=anatomy,
        facility="City Example",
    )
    return Story(case, key)


def agreed(cast: Cast, of: CaseAtHand | None = None, **instead: Answer) -> Story:
    """Begun, and everything agreed to but what is said otherwise."""
    story = begun(cast, of=of)
    answers = EVERYTHING | {Item(name): answer for name, answer in instead.items()}
    commands.record_consent(actor=cast.esther, exam_id=story.exam, answers=answers, talk=FREELY)
    return story


def examined(cast: Cast, of: CaseAtHand | None = None, **instead: Answer) -> Story:
    """Agreed, and everything recorded that a nurse would."""
    story = agreed(cast, of, **instead)
    esther, exam = cast.esther, story.exam
    before = {"examiner": "Esther Example", "qualification": "Nurse examiner", "present": "canary-exam present"}
    commands.save_section(actor=esther, exam_id=exam, code="before", answers=before, done=True)
    if instead.get("history") is None:
        history = {"account": "canary-exam He held me by the arm.", "contact": ["touching"], "force": "yes"}
        commands.save_section(actor=esther, exam_id=exam, code="history", answers=history, done=True)
    treatment = {
        "hiv": "negative",
        "given": ["pep"],
        "given_words": "canary-clinic for 28 days",
        "pregnancy_test": "negative",
    }
    commands.save_section(actor=esther, exam_id=exam, code="treatment", answers=treatment, done=True)
    commands.save_section(
        actor=esther, exam_id=exam, code="health", answers={"history": "canary-clinic asthma"}, done=True
    )
    bruise = commands.record_finding(
        actor=esther,
        exam_id=exam,
        seen=Seen(
            "front", "left_forearm", x=62.0, y=190.0, line="58.0,180.0 66.0,200.0", type=InjuryType.BRUISE,
            length_mm=32, width_mm=18, shape="oval", colour="Blue and red", edges="unclear", age="fresh",
        ),
    )  # fmt: skip
    commands.record_finding(
        actor=esther, exam_id=exam, seen=Seen("back", "right_upper_back", type=InjuryType.TENDERNESS, remark="Sore")
    )
    if instead.get("photographs") is None:
        commands.add_photo(
            actor=esther, exam_id=exam, finding_id=bruise, has_scale=True, caption="canary-exam forearm",
            received=received(cast, story.case.survivor, picture()),
        )  # fmt: skip
    commands.take_specimen(
        actor=esther,
        exam_id=exam,
        taken=Taken(
            SpecimenType.SKIN_SWAB,
            site="left forearm",
            seal=f"F {story.exam.hex[-8:]}",
            storage=Storage.DRY,
            place="Fridge 2",
        ),
    )
    commands.take_specimen(
        actor=esther, exam_id=exam,
        taken=Taken(SpecimenType.BLOOD, purpose=SpecimenPurpose.CLINICAL, tests="canary-clinic HIV"),
    )  # fmt: skip
    commands.save_section(actor=esther, exam_id=exam, code="injuries", answers={"looked": ["arms", "back"]}, done=True)
    return story


def sealed(cast: Cast, **instead: Answer) -> Story:
    story = examined(cast, **instead)
    commands.seal(actor=cast.esther, exam_id=story.exam, attested=True, signed_as="Esther Example")
    return story


def judged(cast: Cast) -> Story:
    """Sealed, with a signed opinion."""
    story = sealed(cast)
    key = commands.save_opinion(
        actor=cast.esther,
        exam_id=story.exam,
        degrees={1: Degree.HIGHLY, 2: Degree.CONSISTENT},
        overall=Degree.HIGHLY,
        basis="Place and shape of the bruise",
        alternatives="A fall was considered",
        text="In my opinion it fits.",
    )
    commands.sign_opinion(actor=cast.esther, opinion_id=key)
    return story
