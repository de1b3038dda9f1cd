"""A photograph is shown to who may see the person, without what the camera wrote into it, and goes with a reason."""

from __future__ import annotations

import html
import io
import re
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from amparo.journeys import erasing
from amparo.kernel.errors import NotFound, Refused
from amparo.kernel.words import Compartment
from amparo.people import commands, queries
from amparo.people.errors import NamesClosed, NoPicture, PhotoBasisRefused, PhotoGone
from amparo.people.models import Photo
from amparo.people.words import PhotoBasis
from amparo.vault.store import BlobMissing
from amparo.web import uploads
from tests.papers.test_marking import DAMAGED, a_picture, with_exif

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpResponse

    from amparo.access.actors import Actor
    from tests.cast import CaseAtHand, Cast

SECRET = b"CANARY-GPS-1.234"


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, settings: object) -> None:
    settings.BLOBS = tmp_path / "blobs"  # type: ignore[attr-defined]


@pytest.fixture
def at_hand(cast: Cast) -> CaseAtHand:
    return cast.case()


def portrait() -> bytes:
    """A made picture that shows nobody, with what a telephone would write into it."""
    picture = Image.new("RGB", (1200, 900), "#c9a48a")
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    made = io.BytesIO()
    picture.save(made, "JPEG", exif=exif.tobytes(), comment=SECRET)
    return made.getvalue()


def send(cast: Cast, who: str, person: UUID, level: Compartment, body: bytes) -> UUID:
    reception = uploads.Reception(person, level, cast.office)
    address = reverse("upload", args=[uploads.ticket_for(cast.actor(who), reception)])
    headers = {"X-File-Name": "me.jpg"}
    answer = cast.client(who).put(address, body, content_type="application/octet-stream", headers=headers)
    return UUID(answer.headers["X-Upload-Id"])


def add(
    cast: Cast, who: str, person: UUID, level: Compartment = Compartment.IDENTITY, body: bytes | None = None
) -> UUID:
    basis = PhotoBasis.AGREED if level is Compartment.IDENTITY else PhotoBasis.AUTHORITY
    sent = send(cast, who, person, level, body or portrait())
    return commands.add_photo(actor=cast.actor(who), person_id=person, basis=basis, upload_id=sent, about="Her card.")


def sees(actor: Actor, person: UUID, photo: UUID) -> bool:
    try:
        return bool(queries.photo_for(actor, person, photo).about)
    except (NotFound, NamesClosed):
        return False


def test_a_survivor_s_is_for_who_sees_her_whole_name_and_a_suspect_s_also_for_who_sees_that_part(
    cast: Cast, at_hand: CaseAtHand
) -> None:
    hers = add(cast, "dalia", at_hand.survivor)
    his = add(cast, "bruno", at_hand.suspect, Compartment.SUSPECT)
    everybody = ("dalia", "bruno", "chandra", "jalil", "kofi", "esther", "noor", "stranger")
    assert [name for name in everybody if sees(cast.actor(name), at_hand.survivor, hers)] == ["dalia"]
    assert [name for name in everybody if sees(cast.actor(name), at_hand.suspect, his)] == [
        "dalia", "bruno", "chandra", "jalil",
    ]  # fmt: skip
    assert not sees(cast.dalia, at_hand.suspect, hers)
    with pytest.raises(Refused):
        add(cast, "bruno", at_hand.survivor)


def test_what_is_shown_is_small_and_holds_nothing_that_the_camera_wrote(cast: Cast, at_hand: CaseAtHand) -> None:
    photo = add(cast, "dalia", at_hand.survivor)
    address = reverse("people:picture", args=[at_hand.survivor, photo])
    answer = cast.client("dalia").get(address)
    assert answer.headers["Cache-Control"] == "no-store"
    assert SECRET not in answer.content
    with Image.open(io.BytesIO(answer.content)) as small:
        assert max(small.size) == 900
        assert not small.getexif()
    assert cast.client("chandra").get(address).status_code == 404
    page = cast.client("dalia").get(reverse("people:person", args=[at_hand.survivor])).content.decode()
    assert reverse("people:look", args=[at_hand.survivor, photo]) in page
    assert "<img" not in page


def post(cast: Cast, case: CaseAtHand, file: SimpleUploadedFile) -> HttpResponse:
    """Send the form as a browser without a script does, to the address that the page names."""
    dalia = cast.client("dalia")
    page = dalia.get(reverse("people:add_photo", args=[case.survivor])).content.decode()
    action = re.search(r'<form method="post" action="([^"]+photo/add/[^"]*)"', page)
    assert action is not None
    form = {"file": file, "basis": "agreed", "about": "What I typed"}
    answer: HttpResponse = dalia.post(html.unescape(action.group(1)), form)  # type: ignore[assignment]
    return answer


def test_the_form_keeps_a_picture(cast: Cast, at_hand: CaseAtHand) -> None:
    assert post(cast, at_hand, SimpleUploadedFile("me.jpg", portrait())).status_code == 302
    assert sees(cast.dalia, at_hand.survivor, Photo.objects.get().id)


def _bomb() -> bytes:
    made = io.BytesIO()
    Image.new("1", (8000, 8000)).save(made, "PNG")
    return made.getvalue()


DAMAGED_EXIF = with_exif(a_picture((60, 40)), next(iter(DAMAGED.values())))
NO_PICTURES = {"pdf": b"%PDF-1.7 no picture", "cut": portrait()[:300], "bomb": _bomb(), "exif": DAMAGED_EXIF}


@pytest.mark.parametrize("body", NO_PICTURES.values(), ids=NO_PICTURES)
def test_what_is_no_picture_is_refused_and_not_kept(cast: Cast, at_hand: CaseAtHand, body: bytes) -> None:
    answer = post(cast, at_hand, SimpleUploadedFile("me.jpg", body))
    assert answer.status_code == 422
    assert "No picture can be shown of this file" in answer.content.decode()
    assert "What I typed" in answer.content.decode()
    assert not Photo.objects.exists()
    assert uploads.waiting(cast.dalia, at_hand.survivor) == []


def test_a_picture_that_anybody_can_see_is_no_reason_to_keep_hers(cast: Cast, at_hand: CaseAtHand) -> None:
    sent = send(cast, "dalia", at_hand.survivor, Compartment.IDENTITY, portrait())
    with pytest.raises(PhotoBasisRefused):
        commands.add_photo(actor=cast.dalia, person_id=at_hand.survivor, basis=PhotoBasis.PUBLIC, upload_id=sent)
    with pytest.raises(NoPicture):
        commands.add_photo(actor=cast.dalia, person_id=at_hand.survivor, basis=PhotoBasis.AGREED)


def test_taken_away_it_is_destroyed_and_the_reason_stays(
    cast: Cast, at_hand: CaseAtHand, django_capture_on_commit_callbacks: object
) -> None:
    photo = add(cast, "dalia", at_hand.survivor)
    address = Photo.objects.get().address
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        commands.remove_photo(actor=cast.dalia, photo_id=photo, reason="She does not want it kept.")
    with pytest.raises(BlobMissing):
        uploads.store().stat(address)
    assert not sees(cast.dalia, at_hand.survivor, photo)
    page = cast.client("dalia").get(reverse("people:person", args=[at_hand.survivor])).content.decode()
    assert "She does not want it kept." in page
    with pytest.raises(PhotoGone):
        commands.remove_photo(actor=cast.dalia, photo_id=photo, reason="Again.")


def test_erasing_a_person_takes_the_photograph(cast: Cast) -> None:
    person = cast.person()
    received = _received(cast, person)
    key = commands.add_photo(actor=cast.jalil, person_id=person, basis=PhotoBasis.AGREED, received=received)
    erasing.erase_person(actor=cast.lina, person_id=person)
    assert Photo.objects.get(pk=key).details is None
    assert not sees(cast.jalil, person, key)


def _received(cast: Cast, person: UUID) -> uploads.Received:
    sent = send(cast, "jalil", person, Compartment.IDENTITY, portrait())
    return uploads.claim(cast.jalil, sent, person)
