"""Made pictures by which somebody is known again: a head and shoulders of plain colours, and nobody's."""

from __future__ import annotations

import hashlib
import io
from functools import cache
from uuid import UUID

from PIL import Image, ImageDraw

from amparo.desk.synthetic.story import Story
from amparo.kernel import ids
from amparo.kernel.words import Compartment, Role
from amparo.people import commands as people
from amparo.people.words import PhotoBasis
from amparo.vault import sealing
from amparo.vault.ingest import ingest
from amparo.web import uploads

_SALT_BYTES = 32


@cache
def _drawn(coat: str) -> bytes:
    picture = Image.new("RGB", (480, 600), "#dfe5e6")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((150, 110, 330, 340), fill="#b08a72")
    pen.pieslice((60, 350, 420, 850), 180, 360, fill=coat)
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=80)
    return made.getvalue()


def keep_portraits(story: Story) -> None:
    """Her picture, to which she agreed; and of the suspect an earlier one and one from the police."""
    _keep(story, Role.CASEWORKER, story.her, "#3d6f78", "Taken with her at the office.")
    if story.suspect is not None:
        for coat in ("#7a5a48", "#4a4a55"):
            _keep(story, Role.INVESTIGATOR, story.suspect, coat, "Given by the station.")


def _keep(story: Story, by: Role, person: UUID, coat: str, about: str) -> None:
    is_hers = by is Role.CASEWORKER
    level = Compartment.IDENTITY if is_hers else Compartment.SUSPECT
    data = _drawn(coat)
    salt = ids.entropy(_SALT_BYTES)
    key = sealing.blob_key(person, level, story.office.id, salt)
    kept = ingest(io.BytesIO(data), uploads.store(), key, salt, expected_bytes=len(data), max_bytes=len(data))
    people.add_photo(
        actor=story.by(by),
        person_id=person,
        basis=PhotoBasis.AGREED if is_hers else PhotoBasis.AUTHORITY,
        about=about,
        received=uploads.Received(
            kept.address, hashlib.sha256(data).hexdigest(), len(data), kept.stored_bytes, "portrait.jpg", "image/jpeg",
            salt,
        ),
    )  # fmt: skip
