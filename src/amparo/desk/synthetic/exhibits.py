"""What may prove something in a case: found, sealed, handed on, kept as files, and once not as it should be."""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Generator
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from uuid import UUID

from amparo.desk.synthetic.agenda import Diary, Line
from amparo.desk.synthetic.plans import Trait
from amparo.desk.synthetic.story import Story
from amparo.evidence import commands as evidence
from amparo.evidence.commands import Outside
from amparo.evidence.words import Authority, Category, Condition, ExportReason, Gap, Kind, Storage
from amparo.kernel import ids
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Compartment, Role
from amparo.vault import sealing
from amparo.vault.ingest import ingest
from amparo.web import uploads
from amparo.web.uploads import Received

_SALT_BYTES = 32
_OBJECTS = ("physical", "biological")
# Which of the made files stands for what, by words of the description; the last one for everything else.
_FILES: tuple[tuple[str, str, Category, str], ...] = (
    ("film", "entrance.webm", Category.VIDEO, "video/webm"),
    ("camera", "entrance.avi", Category.VIDEO, "video/x-msvideo"),
    ("gate", "gate.jpg", Category.PHOTO, "image/jpeg"),
    ("door", "room.jpg", Category.PHOTO, "image/jpeg"),
    ("statement", "statement.wav", Category.TESTIMONIAL, "audio/x-wav"),
    ("interview", "statement.wav", Category.TESTIMONIAL, "audio/x-wav"),
    ("voice", "statement.wav", Category.AUDIO, "audio/x-wav"),
    ("messages", "screen.png", Category.DIGITAL, "image/png"),
    ("offer", "screen.png", Category.DIGITAL, "image/png"),
    ("complaint", "charge-sheet.pdf", Category.DOCUMENTARY, "application/pdf"),
    ("agreement", "charge-sheet.pdf", Category.DOCUMENTARY, "application/pdf"),
    ("", "book.jpg", Category.DOCUMENTARY, "image/jpeg"),
)
_VEILS = {
    Category.PHOTO: "A place, nobody in it.",
    Category.VIDEO: "An entrance at night, somebody passes with a lamp.",
    Category.AUDIO: "A voice, calm.",
    Category.TESTIMONIAL: "A conversation in a quiet room.",
}


def exhibits(story: Story, at: datetime) -> Line:
    """A few items for each case, each with a line of its own."""
    diary = story.diary("exhibits", at)
    rng = diary.rng
    needed = [thing for thing in story.matter.things if _is_needed(story, thing[0])]
    others = [thing for thing in story.matter.things if thing not in needed]
    for kind, what, source in [
        *needed,
        *rng.sample(others, min(len(others), 1 + story.is_special if story.is_special or rng.randrange(5) < 3 else 0)),
    ]:
        yield diary.after(0.5, 2 if story.has(Trait.ITEM_OFFERED) else 16)
        said = what.format_map(story.words)
        own = Diary(random.Random(rng.random()), diary.at)  # noqa: S311 - invented content, no secret
        if story.matter.key == "online" and kind == "digital":
            _by_reference(story, said)
        elif kind in _OBJECTS:
            story.go(_object(story, own, kind, said, source))
        else:
            story.go(_file(story, own, said, source))


def _is_needed(story: Story, kind: str) -> bool:
    """Some stories turn on an object, or on what an authority holds."""
    on_object = (Trait.GAP_OPEN, Trait.GAP_EXPLAINED, Trait.ITEM_OFFERED)
    if kind in _OBJECTS and any(story.has(trait) for trait in on_object):
        return True
    return story.has(Trait.BY_REFERENCE) and kind == "digital"


# ---- files ------------------------------------------------------------------------------------------------------


@cache
def _media(name: str) -> bytes:
    return files("amparo.desk.synthetic").joinpath("media", name).read_bytes()


def _file(story: Story, diary: Diary, what: str, source: str) -> Line:
    """A file is registered, checked later, and looked at."""
    rng = diary.rng
    yield diary.minutes(3, 40)
    _, name, category, media_type = next(row for row in _FILES if row[0] in what.casefold())
    found = diary.day - timedelta(days=rng.randint(0, 20))
    item = evidence.register_digital(
        actor=story.by(Role.INVESTIGATOR),
        case_id=story.case,
        category=category,
        description=what,
        may_show_abuse=False,
        received=_received(story, name, media_type),
        veil_words=_VEILS.get(category, ""),
        found=PartialDate.on(found),
        found_where=story.words["village"],
        found_by=source,
        legal_authority="Given freely; consent is recorded.",
    )
    yield diary.after(5, 60)
    if rng.randrange(3) == 0:
        evidence.record_view(actor=story.by(Role.LAWYER), item_id=item)
    if rng.randrange(3) == 0:
        yield diary.after(2, 60)
        evidence.record_event(actor=story.by(Role.INVESTIGATOR), item_id=item, kind=Kind.VERIFIED_HASH)
    if rng.randrange(4) == 0:
        yield diary.after(1, 9)
        evidence.record_copy(
            actor=story.by(Role.LAWYER), item_id=item, why=ExportReason.DISCLOSURE, reason="Counsel of the other side"
        )


def _received(story: Story, name: str, media_type: str) -> Received:
    """One of the made files, sealed and stored as an upload is."""
    data = _media(name)
    salt = ids.entropy(_SALT_BYTES)
    key = sealing.blob_key(story.case, Compartment.EVIDENCE, story.office.id, salt)
    kept = ingest(io.BytesIO(data), uploads.store(), key, salt, expected_bytes=len(data), max_bytes=len(data))
    return Received(
        address=kept.address,
        sha256=hashlib.sha256(data).hexdigest(),
        plain_bytes=len(data),
        stored_bytes=kept.stored_bytes,
        name=name,
        media_type=media_type,
        salt=salt,
    )


def _by_reference(story: Story, what: str) -> None:
    """What the police hold and we never take: only who has it, and under which number."""
    rng = story.dice("reference")
    evidence.register_by_reference(
        actor=story.by(Role.INVESTIGATOR),
        case_id=story.case,
        category=Category.DIGITAL,
        description=what,
        authority=Authority.POLICE,
        holding_authority=story.office.place.station,
        their_reference=f"EX-{rng.randrange(1000, 9999)}",
        supplied_hash=hashlib.sha256(str(rng.random()).encode()).hexdigest(),
        may_show_abuse=True,
        legal_authority="Search order of the court (invented)",
    )


# ---- objects ----------------------------------------------------------------------------------------------------


def _object(story: Story, diary: Diary, kind: str, what: str, source: str) -> Line:
    """An object is sealed where it is found, goes to the evidence room, to a laboratory or to court."""
    rng = diary.rng
    yield diary.minutes(5, 60)
    is_sample = kind == "biological"
    seal = f"EX {rng.randrange(10**6, 10**7)}"
    item = evidence.register_physical(
        actor=story.by(Role.INVESTIGATOR),
        case_id=story.case,
        category=Category(kind),
        description=what,
        found=PartialDate.on(diary.day),
        found_where=f"{story.words['street']}, {story.words['village']}",
        found_by=source,
        packaging="Paper bag, taped" if is_sample else "Box, tied and taped",
        seal=seal,
        place="With the finder",
        storage=Storage.COOL if is_sample else Storage.DRY,
        condition=Condition.INTACT,
        from_outside=Outside(source) if source.startswith(("Handed", "Found")) else None,
    )
    if story.has(Trait.ITEM_OFFERED):
        yield diary.on(story.stage.until - timedelta(hours=3, minutes=20))
        _give(story, item)
        return
    yield diary.after(0.2, 3)
    yield from _to_the_room(story, diary, item, seal)
    if is_sample:
        yield from _to_laboratory(story, diary, item, seal)
    yield diary.after(30, 160)
    custodian = story.stage.actor(_custodian(story))
    evidence.record_event(
        actor=custodian, item_id=item, kind=Kind.EXHIBITED, place=story.office.place.court, reason="Shown in court"
    )
    if story.has(Trait.GAP_EXPLAINED):
        yield diary.after(5, 20)
        _open(story, item, seal, f"EX {rng.randrange(10**6, 10**7)}")
        yield diary.minutes(5, 40)
        evidence.confirm_second(actor=story.by(Role.INVESTIGATOR), item_id=item)
    elif story.has(Trait.GAP_OPEN):
        # Opened this morning, and not yet confirmed by the second person.
        yield diary.on(story.stage.until - timedelta(hours=2, minutes=10))
        _open(story, item, seal, f"EX {rng.randrange(10**6, 10**7)}")


def _open(story: Story, item: UUID, seal: str, fresh: str) -> None:
    evidence.ask_opening(
        actor=story.stage.actor(_custodian(story)),
        item_id=item,
        seal_read=seal,
        seal_after=fresh,
        second_id=story.account(Role.INVESTIGATOR),
        reason="To photograph the inside, as the prosecutor asked",
    )


def _custodian(story: Story) -> str:
    return story.office.logins[Role.CUSTODIAN][0]


def _give(story: Story, item: UUID) -> None:
    evidence.hand_over(
        actor=story.by(Role.INVESTIGATOR),
        item_id=item,
        to_id=story.stage.accounts[_custodian(story)],
        place="Front desk",
        condition=Condition.INTACT,
        reason="For the evidence room",
    )


def _to_the_room(story: Story, diary: Diary, item: UUID, seal: str) -> Generator[datetime, None, None]:
    """From the finder to the evidence room; in two stories it lay on a desk overnight in between."""
    rng = diary.rng
    _give(story, item)
    late = (story.has(Trait.GAP_OPEN) or story.has(Trait.GAP_EXPLAINED)) and "gap" not in story.marks
    if late:
        story.marks.add("gap")
        yield diary.after(1, 2)
    else:
        yield diary.minutes(6, 40)
    custodian = story.stage.actor(_custodian(story))
    shelf = rng.choice(_SHELVES)
    evidence.receive(actor=custodian, item_id=item, place=shelf, seal_read=seal, condition=Condition.INTACT)
    if late and story.has(Trait.GAP_EXPLAINED):
        yield diary.after(2, 6)
        evidence.explain_gap(
            actor=custodian,
            item_id=item,
            seq=_RECEIVED_AS,
            gap=Gap.TIME,
            reason="It lay overnight in the locked drawer of the front desk; two of us saw the seal whole.",
        )
    yield diary.after(5, 40)
    evidence.check_seal(actor=custodian, item_id=item, seal_read=seal, unbroken=True)


_SHELVES = ("Evidence room, shelf A2", "Evidence room, shelf B1", "Evidence room, safe 1")
# Of an item's chain: collected, sealed, handed over, received.
_RECEIVED_AS = 4


def _to_laboratory(story: Story, diary: Diary, item: UUID, seal: str) -> Generator[datetime, None, None]:
    """To the laboratory and back, weeks later, with its own seal."""
    rng = diary.rng
    laboratory = Outside("Reception", "State Laboratory (invented)")
    yield diary.after(3, 14)
    custodian = story.stage.actor(_custodian(story))
    evidence.record_event(
        actor=custodian,
        item_id=item,
        kind=Kind.LAB_SUBMITTED,
        outside=laboratory,
        seal_read=seal,
        order=f"Request EX-{rng.randrange(100, 999)}",
        reason="Analysis asked for by the prosecutor",
    )
    yield diary.after(25, 90)
    evidence.record_event(
        actor=story.stage.actor(_custodian(story)),
        item_id=item,
        kind=Kind.LAB_RETURNED,
        outside=laboratory,
        seal_read=seal,
        place=rng.choice(_SHELVES),
        condition=Condition.INTACT,
    )
