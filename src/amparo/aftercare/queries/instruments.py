"""Instruments as they are stored, and answers as they are opened."""

from __future__ import annotations

import copy
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from uuid import UUID

from django.utils import translation

from amparo.aftercare.errors import InstrumentAltered
from amparo.aftercare.models import Assessment, InstrumentVersion
from amparo.aftercare.rules import definition, scoring
from amparo.kernel import digest
from amparo.kernel.digest import JsonValue
from amparo.kernel.errors import NotFound
from amparo.vault import sealing

HOUSE = "restoration-profile"
_HOUSE_FILE = "instruments/restoration-profile-1.toml"


def house_file() -> bytes:
    """The file of the instrument that comes with Amparo."""
    return files("amparo.aftercare").joinpath(_HOUSE_FILE).read_bytes()


@functools.cache
def _house() -> dict[str, JsonValue]:
    return definition.read(house_file())


def house_raw() -> dict[str, JsonValue]:
    """The definition that comes with Amparo, as it is in its file."""
    return copy.deepcopy(_house())


def language() -> str:
    return translation.get_language() or "en"


def row(instrument_id: UUID) -> InstrumentVersion:
    """A stored version. Raises NotFound."""
    found = InstrumentVersion.objects.filter(pk=instrument_id).first()
    if found is None:
        raise NotFound
    return found


# What was read with its digest proved, by the digest: texts that are long and don't change.
_PROVED: dict[str, tuple[object, scoring.Instrument]] = {}


def read(version: InstrumentVersion) -> scoring.Instrument:
    """The instrument as it was added. Raises InstrumentAltered where the stored text is another."""
    text, instrument = _PROVED.get(version.digest, (None, None))
    if instrument is not None and text == version.definition:
        return instrument
    if digest.sha256_of(version.definition) != version.digest:
        raise InstrumentAltered
    instrument = definition.instrument(version.definition)
    _PROVED[version.digest] = (version.definition, instrument)
    return instrument


@dataclass(frozen=True, slots=True)
class InstrumentView:
    id: UUID | None
    code: str
    version: int
    instrument: scoring.Instrument
    is_house: bool

    @property
    def label(self) -> str:
        return self.instrument.label.in_language(language())


def every_version() -> list[InstrumentView]:
    """Every version of every instrument, newest first; ours is there before it was ever used. Cost: one query."""
    rows = list(InstrumentVersion.objects.order_by("code", "-number"))
    views = [InstrumentView(r.id, r.code, r.number, read(r), r.code == HOUSE) for r in rows]
    if not any(view.is_house for view in views):
        ours = definition.instrument(_house())
        views.insert(0, InstrumentView(None, ours.code, ours.version, ours, True))
    return views


def usable() -> list[InstrumentView]:
    """The newest version of each instrument. Cost: one query."""
    newest: dict[str, InstrumentView] = {}
    for view in every_version():
        newest.setdefault(view.code, view)
    return sorted(newest.values(), key=lambda view: (not view.is_house, view.code))


def answers_of(rows: Sequence[Assessment]) -> list[dict[str, scoring.Answer]]:
    """The answers of assessments, in order; what has only a note so far is no answer. Cost: one query."""
    return [
        {code: scoring.answer(value, evidence) for code, (value, evidence) in typed.items() if value}
        for typed in typed_of(rows)
    ]


def typed_of(rows: Sequence[Assessment]) -> list[dict[str, tuple[str, str]]]:
    """What was chosen and noted for each item, as it was typed."""
    return [
        {code: (str(pair[0]), str(pair[1])) for code, pair in opened.table("answers").items() if isinstance(pair, list)}
        for opened in sealing.open_rows(rows, "answers")
    ]
