"""One written form for a value, and its fingerprint: what ledgers and manifests hash.

The form is the JSON Canonicalization Scheme (RFC 8785), so that anybody can check a hash with other tools.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import rfc8785

JsonValue: TypeAlias = bool | int | float | str | Sequence["JsonValue"] | Mapping[str, "JsonValue"] | None

_HEX = re.compile(r"(?:[0-9a-f]{2})+")


class NotCanonical(ValueError):
    """A value that JSON can't carry exactly: a fault of the program that built it, not of a person."""


def canonical(value: JsonValue) -> bytes:
    """The one spelling of a value: the same bytes on every machine, in every language.

    Args:
        value: dicts, lists, tuples, text, numbers, booleans and None. Whole numbers stay below 2**53.

    Raises:
        NotCanonical: another type, a key that is no text, NaN, infinity, too large a number, half a
        character.

    Source: RFC 8785.
    """
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        # `from None`: the library's message may quote the value.
        raise NotCanonical(f"not canonical JSON: {type(error).__name__}") from None


def sha256(data: bytes) -> str:
    """The SHA-256 of bytes, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_of(value: JsonValue) -> str:
    """The SHA-256 of a value's canonical form.

    Raises:
        NotCanonical: see `canonical`.
    """
    return sha256(canonical(value))


def spaced(hash_hex: str) -> str:
    """A hash in groups of four, for reading aloud and comparing by eye.

    Raises:
        ValueError: the text is not lower-case hexadecimal.
    """
    if not _HEX.fullmatch(hash_hex):
        raise ValueError("a hash is written in lower-case hexadecimal digits")
    return " ".join(hash_hex[at : at + 4] for at in range(0, len(hash_hex), 4))
