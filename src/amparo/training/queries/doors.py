"""Links for telephones: how one is signed, shown to the room, and found again by who comes through it."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.kernel.codes import CodeMistyped, parse_code
from amparo.training.errors import CodeUnknown, DoorClosed
from amparo.training.models import Door, Enrolment
from amparo.training.queries.contents import content_of_session
from amparo.training.queries.sessions import Head, head_for
from amparo.training.rules import steps
from amparo.training.rules.content import Content, Question
from amparo.training.words import DOOR_LABELS, DoorPurpose, Occasion
from amparo.web import formats

SEE = "training:session:change"
_DOOR = Signer(salt="amparo.training.door")
_PASS = Signer(salt="amparo.training.pass")


def _written(key: UUID) -> str:
    return urlsafe_b64encode(key.bytes).decode().rstrip("=")


def _read(written: str) -> UUID:
    return UUID(bytes=urlsafe_b64decode(written + "=="))


def token_of(door_id: UUID) -> str:
    """What stands in the address: the door's id and our signature over it. It names nobody."""
    return _DOOR.sign(_written(door_id))


def pass_of(door_id: UUID, enrolment_id: UUID) -> str:
    """What a form carries after its code was right, so that it fits this door only."""
    return _PASS.sign(f"{_written(door_id)}.{_written(enrolment_id)}")


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """A link that is open: for whom it is drawn and what is asked behind it."""

    id: UUID
    session_id: UUID
    purpose: DoorPurpose
    language: str
    content: Content

    @property
    def questions(self) -> tuple[Question, ...]:
        tests = {occasion.value: occasion for occasion in Occasion}
        return self.content.asked(tests[self.purpose.value]) if self.purpose.value in tests else ()


def behind(token: str) -> OpenDoor:
    """What a signed link leads to. Raises DoorClosed for one that is forged, unknown, over or ended: all alike."""
    try:
        key = _read(_DOOR.unsign(token))
    except (BadSignature, ValueError):
        raise DoorClosed from None
    row = Door.objects.filter(pk=key).select_related("session__content_version").first()
    if row is None:
        raise DoorClosed
    steps.refuse_closed(row.expires_at, row.ended_at, clock.now())
    content = content_of_session(row.session)
    return OpenDoor(row.id, row.session_id, DoorPurpose(row.purpose), row.session.language, content)


def enrolled_by_code(door: OpenDoor, typed: str) -> UUID:
    """Whose code this is, among those on the list of the door's session. Raises CodeUnknown."""
    try:
        code = parse_code(typed, prefix="TR")
    except CodeMistyped:
        raise CodeUnknown(field="code") from None
    row = Enrolment.objects.filter(session_id=door.session_id, code=code).first()
    if row is None:
        raise CodeUnknown(field="code")
    return row.id


def enrolled_by_pass(door: OpenDoor, given: str) -> UUID:
    """Whose pass a form carries. Raises DoorClosed where it is not of this door."""
    try:
        of_door, of_person = _PASS.unsign(given).split(".")
        key = _read(of_person)
    except (BadSignature, ValueError):
        raise DoorClosed from None
    if of_door != _written(door.id):
        raise DoorClosed
    return key


@dataclass(frozen=True, slots=True)
class Shown:
    """A door as the trainer shows it to the room."""

    id: UUID
    head: Head
    label: str
    until: str
    is_open: bool
    token: str


def shown(actor: Actor, door_id: UUID) -> Shown:
    """A link to be shown on the screen. Raises NotFound."""
    row = policy.load(actor, SEE, Door, door_id)
    head = head_for(actor, SEE, row.session_id)
    is_open = row.ended_at is None and row.expires_at > clock.now()
    until = _said(row.expires_at)
    return Shown(row.id, head, str(DOOR_LABELS[row.purpose]), until, is_open, token_of(row.id))


def _said(moment: datetime) -> str:
    return formats.moment(moment, timezone.get_current_timezone())
