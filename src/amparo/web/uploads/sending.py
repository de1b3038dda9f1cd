"""Kept files on their way out: whole, in part, as a small picture, or as a hash."""

from __future__ import annotations

import hashlib
import io
import re
import struct
from collections.abc import Iterator
from typing import TypeVar
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from PIL import Image, ImageOps, UnidentifiedImageError

from amparo.vault import sealing
from amparo.vault.ingest import open_stream
from amparo.web.uploads.files import NothingToShow, StoredBlob, store
from amparo.web.uploads.kinds import is_shown

_PREVIEW_SIDE = 900
_PREVIEW_PIXELS = 50_000_000
_PREVIEW_BYTES = 40 << 20
# Only what Pillow reads by itself: for others it asks programs that write to the disk.
_PREVIEW_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
# What Pillow raises over a picture that is damaged, in what a camera wrote into it too.
_DAMAGED = (
    UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, struct.error, TypeError,
    AttributeError, LookupError, ArithmeticError,
)  # fmt: skip


def pieces(file: StoredBlob) -> Iterator[bytes]:
    """A kept file's plain bytes, in constant memory, for who may have them."""
    return _pieces(file, 0, file.plain_bytes)


def _pieces(file: StoredBlob, start: int, stop: int) -> Iterator[bytes]:
    key = sealing.blob_key(file.owner_id, file.compartment, file.office_id, file.salt)
    return open_stream(store(), file.address, key, file.salt, file.plain_bytes, start, stop)


def _range(header: str, size: int) -> tuple[int, int] | None:
    """One range of bytes, as half-open; None for none, many or nonsense: then all is sent. Source: RFC 9110, 14."""
    found = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", header.strip())
    if found is None or found.group() == "bytes=-":
        return None
    first, last = found.groups()
    if not first:
        return (max(0, size - int(last)), size) if int(last) else (size, size)
    return int(first), min(size, int(last) + 1 if last else size)


def stream(request: HttpRequest, file: StoredBlob, *, as_download: bool) -> HttpResponse | StreamingHttpResponse:
    """Send a kept file, or the part that was asked for, in constant memory. It can't run anything in the page."""
    span = _range(request.headers.get("Range", ""), file.plain_bytes)
    start, stop = span or (0, file.plain_bytes)
    if start >= max(stop, 1):
        return _headed(HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.plain_bytes}"}), file, True)
    response = StreamingHttpResponse(_pieces(file, start, stop), status=206 if span else 200)
    response["Content-Length"] = str(stop - start)
    if span:
        response["Content-Range"] = f"bytes {start}-{stop - 1}/{file.plain_bytes}"
    return _headed(response, file, as_download)


R = TypeVar("R", bound=HttpResponse | StreamingHttpResponse)


def _headed(response: R, file: StoredBlob, as_download: bool) -> R:
    shown = not as_download and is_shown(file.media_type)
    response["Content-Type"] = file.media_type if shown else "application/octet-stream"
    response["Content-Disposition"] = f"{'inline' if shown else 'attachment'}; {_file_name(file.name)}"
    response["Accept-Ranges"] = "bytes"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def _file_name(name: str) -> str:
    """A file name for a header, whatever is in it. Source: RFC 6266 and RFC 8187."""
    clean = "".join(char for char in name if char.isprintable() and char not in '\\/"') or "file"
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", clean)
    return f"filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"


def can_preview(media_type: str) -> bool:
    """Whether a small picture can be made of it, as far as its kind tells."""
    kind = media_type.partition("/")
    return kind[0] == "image" and kind[2].upper().removeprefix("X-MS-") in _PREVIEW_FORMATS


def send_preview(file: StoredBlob) -> HttpResponse:
    """Send a small picture. Raises NothingToShow."""
    small = preview(file)
    if small is None:
        raise NothingToShow
    answer = HttpResponse(small, content_type="image/jpeg")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def preview(file: StoredBlob) -> bytes | None:
    """A small JPEG of a picture, made in memory; None for what is no picture or too large to look at."""
    if not file.media_type.startswith("image/") or file.plain_bytes > _PREVIEW_BYTES:
        return None
    whole = b"".join(_pieces(file, 0, file.plain_bytes))
    try:
        with Image.open(io.BytesIO(whole), formats=_PREVIEW_FORMATS) as picture:
            if picture.width * picture.height > _PREVIEW_PIXELS:
                return None
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((_PREVIEW_SIDE, _PREVIEW_SIDE))
            made = io.BytesIO()
            plain_picture = upright.convert("RGB")
            # What a camera or a person wrote into the file, the comment among it, does not go along.
            plain_picture.info.clear()
            plain_picture.save(made, "JPEG", quality=80)
    except _DAMAGED:
        return None
    return made.getvalue()


def sha256_of(file: StoredBlob) -> str:
    """The hash of a kept file's plain bytes, computed anew, for checking it against its record."""
    digest = hashlib.sha256()
    for piece in _pieces(file, 0, file.plain_bytes):
        digest.update(piece)
    return digest.hexdigest()
