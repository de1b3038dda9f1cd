"""What the first bytes say that a file is, and what a browser may show of it."""

from __future__ import annotations

import re

import puremagic


def media_type_of(head: bytes, name: str) -> str:
    """What the first bytes say that a file is; the name is only asked where they say nothing."""
    recorded = _recording(head, name)
    if recorded:
        return recorded
    try:
        found = puremagic.from_string(head, mime=True, filename=name)
    except (puremagic.PureError, ValueError):
        return "application/octet-stream"
    return found if re.fullmatch(r"[\w.+-]{1,60}/[\w.+-]{1,80}", found) else "application/octet-stream"


# Brands of MPEG-4 files in which telephones keep what they only heard. Source: ISO/IEC 14496-12, 4.3.
_ONLY_SOUND = (b"M4A ", b"M4B ", b"f4a ")
_SOUND_NAMES = (".m4a", ".aac")
# Where the first packet of an Ogg page begins, for a page with one segment. Source: RFC 3533, 6.
_OGG_PACKET = 28


def _recording(head: bytes, name: str) -> str:
    """The kind of a voice recording as telephones make them, which the library knows by half; empty for all else."""
    if head.startswith(b"#!AMR"):
        return "audio/amr"
    if head.startswith(b"OggS") and head[_OGG_PACKET:].startswith((b"OpusHead", b"\x01vorbis", b"Speex")):
        return "audio/ogg"
    if head[4:8] == b"ftyp" and (head[8:12] in _ONLY_SOUND or name.lower().endswith(_SOUND_NAMES)):
        return "audio/mp4"
    return ""


# What a browser may show by itself; everything else is only handed over. Telephones record in the first of these.
_SHOWN = frozenset({"audio/mp4", "audio/x-m4a", "audio/aac", "audio/3gpp", "audio/mpeg", "audio/ogg", "audio/opus",
                    "audio/webm", "audio/x-wav", "audio/wav", "audio/wave", "audio/flac", "image/jpeg", "image/png",
                    "image/gif", "image/webp", "video/mp4", "video/3gpp", "video/quicktime", "video/webm",
                    "video/ogg"})  # fmt: skip


def is_shown(media_type: str) -> bool:
    """Whether a browser may show or play it in a page."""
    return media_type in _SHOWN
