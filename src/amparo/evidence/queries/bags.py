"""ZIPs that are written as they are read: small papers, then files of any size, in constant memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from amparo.web import uploads
from amparo.web.uploads import StoredBlob


@dataclass(frozen=True, slots=True)
class Bag:
    """All in one folder: what else lies where it is unpacked is then no part of it."""

    folder: str
    at: datetime
    papers: Mapping[str, bytes] = field(repr=False)
    files: tuple[tuple[str, StoredBlob], ...]


def zipped(bag: Bag) -> Iterator[bytes]:
    pipe = _Pipe()
    with ZipFile(pipe, "w", ZIP_STORED) as made:
        for name, data in bag.papers.items():
            made.writestr(_info(bag, name), data)
            yield pipe.take()
        for name, blob in bag.files:
            with made.open(_info(bag, name), "w", force_zip64=True) as place:
                for piece in uploads.pieces(blob):
                    place.write(piece)
                    yield pipe.take()
    yield pipe.take()


def _info(bag: Bag, name: str) -> ZipInfo:
    return ZipInfo(f"{bag.folder}/{name}", bag.at.timetuple()[:6])


class _Pipe:
    """What was written since it was last asked."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def write(self, data: bytes, /) -> int:
        self._kept += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Nothing is open."""

    def take(self) -> bytes:
        found = bytes(self._kept)
        self._kept.clear()
        return found
