"""Letters that no font of ours has: they are said by their numbers, so that no paper fails or shows an empty box."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from amparo.kernel.digest import JsonValue

# What the typesetter says of a letter, which may be written as its number.
_REFUSED = re.compile(r'the text `"(.+?)"` could not be displayed')
_NUMBERED = re.compile(r"\\u\{([0-9a-f]+)\}")
# The scripts that our fonts draw: of these a single rare letter is missing, of all others every letter.
_OURS = frozenset({
    "LATIN", "GREEK", "CYRILLIC", "ARABIC", "DEVANAGARI", "KHMER", "THAI", "BENGALI", "TAMIL", "TELUGU", "KANNADA",
    "MALAYALAM", "GUJARATI", "GURMUKHI", "MYANMAR", "LAO", "SINHALA", "ETHIOPIC", "HEBREW",
})  # fmt: skip
# Controls that pasted words carry: no paper may hold them. A tab is drawn as a space, the rarer ends of lines as the
# usual one; a byte order mark says how a text was stored, and nothing to a reader.
_CONTROLS: Final[dict[int, str | None]] = {
    **{code: f"[U+{code:04X}]" for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in (0x0A, 0x0D)},
    **dict.fromkeys((0x0B, 0x0C, 0x85), "\n"), 0x09: " ", 0xFEFF: None,
}  # fmt: skip
# Little pictures, of which our fonts draw next to none: where one is missing, all are said by their numbers.
_PICTURES = range(0x1F000, 0x1FB00)


def settable(value: JsonValue) -> JsonValue:
    """The value with the controls in its texts said by their numbers, however deep they stand."""
    if isinstance(value, str):
        return value.translate(_CONTROLS)
    if isinstance(value, Mapping):
        return {key: settable(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [settable(one) for one in value]
    return value


def refused(message: str) -> str:
    """The letters that a message of the typesetter refuses; nothing where it is about something else."""
    found = _REFUSED.search(message)
    return _NUMBERED.sub(lambda one: chr(int(one[1], 16)), found[1]) if found else ""


def spelt(text: str, letters: str) -> str:
    """The text with these letters, and the others of their kind, said as `[U+738B]`."""
    scripts = {_script(letter) for letter in letters if letter.isalpha()} - _OURS
    gone = {char for char in set(text) if ord(char) > 127 and (char in letters or _script(char) in scripts)}
    if any(ord(letter) in _PICTURES for letter in letters):
        gone |= {char for char in set(text) if ord(char) in _PICTURES}
    if letters.isascii():
        # A plain letter is refused for what clings to it: a mark of a strange script, or a number without a letter.
        gone |= {char for char in set(text) if _clings(char)}
    return text.translate({ord(char): f"[U+{ord(char):04X}]" for char in gone})


def _clings(char: str) -> bool:
    kind = unicodedata.category(char)
    return kind in ("Cn", "Co") or (kind.startswith("M") and _script(char) not in _OURS)


def _script(char: str) -> str:
    return unicodedata.name(char, "").split(" ")[0]
