"""Medico-legal examinations: a nurse records, seals and judges; one is not sealed yet, some are released."""

from __future__ import annotations

import hashlib
import io
import random
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from PIL import Image, ImageDraw

from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import commands as case_commands
from amparo.cases import queries as cases
from amparo.desk.synthetic.agenda import Line
from amparo.desk.synthetic.plans import Trait
from amparo.desk.synthetic.story import Story
from amparo.evidence.words import Storage
from amparo.forensics import commands as forensics
from amparo.forensics.commands import Seen, Taken, Talk
from amparo.forensics.words import (
    RELEASED_LABELS,
    Anatomy,
    Answer,
    Degree,
    Figure,
    FollowUpState,
    InjuryType,
    Item,
    SpecimenPurpose,
    SpecimenType,
)
from amparo.kernel import clock, ids
from amparo.kernel.words import Compartment, Role
from amparo.partners import queries as partners
from amparo.vault import sealing
from amparo.vault.ingest import ingest
from amparo.vault.sealing import Words
from amparo.web import uploads

_SALT_BYTES = 32
_LATEST_DAYS = 3
_NEW_DAYS = 30
_TOLD = (
    "He came in when I was alone. I said no. He held my arm and pushed me against the wall.",
    "It was dark. I know the voice. I could not get away until somebody came to the gate.",
    "I do not remember all of it. I remember the floor, and that my head hurt.",
)
_MARKS = (
    Seen("front", "left_forearm", x=62.0, y=188.0, type=InjuryType.BRUISE, length_mm=32, width_mm=18, shape="oval",
         colour="Blue and red", edges="Unclear", age="fresh"),
    Seen("front", "left_knee", type=InjuryType.ABRASION, length_mm=21, width_mm=9, shape="irregular",
         remark="Dry, brown crust", age="healing"),
    Seen("back", "right_upper_back", type=InjuryType.TENDERNESS, remark="Nothing to see. Sore when touched."),
    Seen("face", "right_cheek", type=InjuryType.SWELLING, length_mm=24, width_mm=20, colour="Red", age="fresh"),
    Seen("back", "left_upper_arm", line="-52.0,110.0 -50.0,120.0 -51.0,130.0", type=InjuryType.ABRASION,
         length_mm=40, width_mm=2, shape="linear", colour="Red"),
)  # fmt: skip


def examination(story: Story, at: datetime) -> Line:
    """One examination from the first question to the report; what she refuses is left out."""
    diary = story.diary("examination", at)
    rng = diary.rng
    if story.is_special and (story.stage.until - at).days < _NEW_DAYS:
        # The one that is not sealed yet: it began a few hours ago.
        yield diary.on(story.stage.until - timedelta(hours=5))
    else:
        yield diary.minutes(20, 200)
    _join(story, rng)
    who = _on_team(story, Role.EXAMINER)
    # Partners are put on a team without being looked up again.
    story.stage.reach_changed(who)
    actor = story.stage.actor(who)
    child = story.matter.child
    exam = forensics.begin(
        actor=actor,
        case_id=story.case,
        person_id=story.her,
        figure=Figure.CHILD if child else Figure.ADULT,
        anatomy=Anatomy.FEMALE if story.gender == "female" else Anatomy.MALE,
        facility=story.office.place.hospital,
    )
    no_photographs = rng.randrange(5) == 0
    yield diary.minutes(3, 9)
    _agree(story, actor, exam, rng, no_photographs=no_photographs)
    yield diary.minutes(4, 12)
    _record(story, actor, exam, rng, photographs=not no_photographs)
    yield diary.minutes(4, 12)
    _take(actor, exam, rng)
    visit = forensics.set_follow_up(
        actor=story.stage.actor(who), exam_id=exam, due_on=diary.day + timedelta(days=14), need="A check-up",
        clinical="Second HIV test, second dose of hepatitis B",
    )  # fmt: skip
    if (story.stage.until - diary.at).days < _LATEST_DAYS:
        # She is to be looked at again: an appointment, with its time and place.
        again = (story.stage.until + timedelta(days=2)).replace(hour=3, minute=0, second=0, microsecond=0)
        forensics.plan(
            actor=story.stage.actor(who), case_id=story.case, person_id=story.her, planned_at=again,
            figure=Figure.CHILD if child else Figure.ADULT, facility=story.office.place.hospital,
            anatomy=Anatomy.FEMALE if story.gender == "female" else Anatomy.MALE,
        )  # fmt: skip
        return
    yield diary.minutes(5, 30)
    forensics.seal(actor=story.stage.actor(who), exam_id=exam, attested=True, signed_as="Esther Example")
    yield diary.after(0.2, 3)
    _judge(story.stage.actor(who), exam, rng)
    if story.is_special or rng.randrange(4) == 0:
        yield diary.after(2, 9)
        forensics.add_addendum(
            actor=story.stage.actor(who), exam_id=exam, text="Seen again: the bruise is yellow and smaller."
        )
    if story.plan.number % 3 == 0:
        yield diary.after(1, 8)
        _release(story, story.stage.actor(who), exam)
    yield diary.after(12, 18)
    ended = FollowUpState.DONE if rng.randrange(4) else FollowUpState.MISSED
    forensics.end_follow_up(actor=story.stage.actor(who), follow_up_id=visit, state=ended)


def is_told(story: Story) -> bool:
    """Some survivors who needed medical care in time, and a few children later, are examined by our own nurse."""
    rng = story.dice("examined")
    if story.has(Trait.MEDICAL):
        return story.is_special or rng.randrange(10) > 0
    if not story.matter.child or story.has(Trait.ANONYMOUS):
        return False
    return story.matter.key == "child" and (story.is_special or rng.randrange(6) == 0)


def _join(story: Story, rng: random.Random) -> None:
    if _on_team(story, Role.EXAMINER):
        return
    login = story.stage.who(story.office, Role.EXAMINER, rng)
    lead = story.by(Role.SUPERVISOR)
    account = story.stage.accounts[login]
    case_commands.add_to_team(
        actor=lead, case_id=story.case, account_id=account, role=Role.EXAMINER, reason="Examines her"
    )
    story.stage.reach_changed(login)


def _on_team(story: Story, role: Role) -> str:
    """The login of whoever has this role on the case's team; empty where nobody has."""
    accounts = {member.account_id for member in access.team_of(story.case) if member.role is role}
    return next((login for login, account in story.stage.accounts.items() if account in accounts), "")


def _agree(story: Story, actor: Actor, exam: UUID, rng: random.Random, *, no_photographs: bool) -> None:
    """What she agrees to: often not everything."""
    answers = dict.fromkeys(Item, Answer.GIVEN)
    if no_photographs:
        answers |= dict.fromkeys(
            (Item.PHOTOGRAPHS, Item.PHOTOGRAPHS_GENITAL, Item.RELEASE_PHOTOGRAPHS), Answer.REFUSED
        )  # fmt: skip
    if rng.randrange(3) == 0:
        answers[Item.GENITAL] = Answer.REFUSED
    if rng.randrange(4) == 0:
        answers |= dict.fromkeys((Item.RELEASE_EVIDENCE, Item.RELEASE_PHOTOGRAPHS), Answer.REFUSED)
    talk = Talk(
        giver="caregiver" if story.matter.child else "self",
        capacity="child" if story.matter.child else "able",
        proxy="Her aunt, with whom she lives. The child agreed." if story.matter.child else "",
        language=story.survivor_name.speaks,
        explained=("refuse", "stop", "purpose", "court", "health_apart", "language"),
        freely=True,
        recipient=story.office.place.station,
        recipient_kind="police",
    )
    forensics.record_consent(actor=actor, exam_id=exam, answers=answers, talk=talk)


def _record(story: Story, actor: Actor, exam: UUID, rng: random.Random, *, photographs: bool) -> None:
    before: dict[str, Words] = {
        "examiner": "Esther Example", "qualification": "Nurse examiner (invented)", "registration": "N-0000",
        "present": "A support person whom she chose", "asked_by": "She came by herself", "place": "Room 2",
    }  # fmt: skip
    sections: dict[str, dict[str, Words]] = {
        "before": before,
        "history": {"account": rng.choice(_TOLD), "number": "One", "contact": ["touching"], "force": "yes"},
        "after": {"since": ["changed", "washed"], "clothes": ["paper"]},
        "health": {"history": "None known", "pulse": "84", "pressure": "110/70"},
        "injuries": {"observed": "Walks slowly, holds the left arm.", "looked": ["head", "arms", "back", "legs"],
                     "nothing_seen": "drawn"},
        "treatment": {"hiv": "negative", "pregnancy_test": "negative", "given": ["pep", "wounds"],
                      "given_words": "As the national protocol says"},
        "mind": {"appearance": "Quiet, looks down", "speech": "Low and clear", "cognition": "Knows place and time"},
        "onward": {"referred": ["counselling"], "safe_home": "yes"},
    }  # fmt: skip
    for code, answers in sections.items():
        forensics.save_section(actor=actor, exam_id=exam, code=code, answers=answers, done=True)
    for place, seen in enumerate(rng.sample(_MARKS, rng.randint(1, 3))):
        finding = forensics.record_finding(actor=actor, exam_id=exam, seen=_figured(seen, child=story.matter.child))
        if photographs and place == 0:
            scale = rng.randrange(4) > 0
            forensics.add_photo(
                actor=actor, exam_id=exam, finding_id=finding, has_scale=scale, received=_photograph(story),
                why_no_scale="" if scale else "She was in pain and could not hold still",
            )  # fmt: skip


def _figured(seen: Seen, *, child: bool) -> Seen:
    """The same mark on a child's drawing, in the middle of the same part."""
    return replace(seen, view=f"child_{seen.view}", x=None, y=None, line="") if child else seen


def _take(actor: Actor, exam: UUID, rng: random.Random) -> None:
    for kind, site in ((SpecimenType.SKIN_SWAB, "left forearm"), (SpecimenType.NAILS, "both hands")):
        taken = Taken(
            kind, site=site, container="Paper envelope", seal=f"SP {rng.randrange(10**7, 10**8)}", storage=Storage.DRY,
            place="Locked cupboard", destination="national",
        )  # fmt: skip
        forensics.take_specimen(actor=actor, exam_id=exam, taken=taken)
    blood = Taken(SpecimenType.BLOOD, purpose=SpecimenPurpose.CLINICAL, tests="As the protocol says")
    forensics.take_specimen(actor=actor, exam_id=exam, taken=blood)


def _judge(actor: Actor, exam: UUID, rng: random.Random) -> None:
    overall = rng.choice((Degree.CONSISTENT, Degree.CONSISTENT, Degree.HIGHLY))
    opinion = forensics.save_opinion(
        actor=actor,
        exam_id=exam,
        degrees={1: overall, 2: Degree.CONSISTENT, 3: Degree.CONSISTENT},
        overall=overall,
        basis="Place, shape and age of what was seen, and what she told.",
        alternatives="A fall was considered. It would not explain the place of the first finding.",
    )
    forensics.sign_opinion(actor=actor, opinion_id=opinion)


def _release(story: Story, actor: Actor, exam: UUID) -> None:
    consents = [
        one for one in cases.bases(actor, story.case)
        if one.is_live and one.person_id == story.her and one.purpose == "police" and one.recipient
        and one.until_on is not None
    ]  # fmt: skip
    police = _on_team(story, Role.POLICE)
    if not police or not any("examination" in one.classes for one in consents):
        return
    agency = story.stage.partners["police"]
    named = {name for one in consents for name in one.classes} & set(RELEASED_LABELS)
    if not all(one.allowed for one in partners.release_verdicts(agency, named, clock.today())):
        return
    story.stage.reach_changed(police)
    key = forensics.release(
        actor=actor,
        exam_id=exam,
        recipient_id=story.stage.accounts[police],
        agency_id=agency,
        basis_ids=[one.id for one in consents],
        until_on=min(one.until_on for one in consents if one.until_on) - timedelta(days=200),
    )
    forensics.read(actor=story.stage.actor(police), release_id=key)


@cache
def _drawn() -> bytes:
    """A made picture: a plain ground, an oval, and a scale beside it. It shows nobody."""
    picture = Image.new("RGB", (640, 420), "#c9a48a")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((210, 120, 400, 240), fill="#8a5a72")
    pen.rectangle((80, 320, 560, 360), fill="white")
    for place in range(25):
        pen.line((80 + 20 * place, 320, 80 + 20 * place, 345 if place % 5 else 358), fill="black", width=2)
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=80)
    return made.getvalue()


def _photograph(story: Story) -> uploads.Received:
    data = _drawn()
    salt = ids.entropy(_SALT_BYTES)
    key = sealing.blob_key(story.her, Compartment.EXAMINATION, story.office.id, salt)
    kept = ingest(io.BytesIO(data), uploads.store(), key, salt, expected_bytes=len(data), max_bytes=len(data))
    return uploads.Received(
        kept.address,
        hashlib.sha256(data).hexdigest(),
        len(data),
        kept.stored_bytes,
        "photograph.jpg",
        "image/jpeg",
        salt,
    )
