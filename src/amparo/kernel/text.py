"""Text in any script: kept exactly as written, folded for search, shown so that it can't disturb the page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby

from amparo.kernel.errors import N_, Invalid


class TextRefused(Invalid):
    """Text with characters that can't be stored."""

    code = "kernel.text_refused"
    template = N_("This text holds a character that can't be kept.")
    hint_template = N_("It probably came along with copying. Type that part again by hand.")


class TextTooLong(Invalid):
    code = "kernel.text_too_long"
    template = N_("This text has %(length)d characters; there is room for %(most)d.")
    hint_template = N_("Shorten it, or attach the long text as a document.")


_LRE, _RLE, _PDF, _LRO, _RLO = "\u202a", "\u202b", "\u202c", "\u202d", "\u202e"
_LRI, _RLI, _FSI, _PDI = "\u2066", "\u2067", "\u2068", "\u2069"
_EMBEDDINGS = frozenset((_LRE, _RLE, _LRO, _RLO))
_ISOLATES = frozenset((_LRI, _RLI, _FSI))
_MARKS_OF_DIRECTION = frozenset("\u061c\u200e\u200f")
_BIDI = _EMBEDDINGS | _ISOLATES | _MARKS_OF_DIRECTION | {_PDF, _PDI}
# The characters of bidi class B: each ends a paragraph and with it all embeddings (UAX 9, P1).
_PARAGRAPH_END = re.compile("([\n\r\x1c-\x1e\x85\u2029])")

_NUL_OR_SURROGATE = re.compile("[\x00\ud800-\udfff]")


def tidy(text: str) -> str:
    """Text as it is stored: NFC, without outer white space, otherwise exactly as written.

    Joiners and bidi controls stay: Persian, Hindi and Khmer spelling needs them.

    Raises:
        TextRefused: NUL, or half a character (a lone surrogate).

    Cost: linear, also for storms of combining marks.
    """
    if _NUL_OR_SURROGATE.search(text):
        raise TextRefused
    return unicodedata.normalize("NFC", _with_sorted_marks(text)).strip()


def check_length(text: str, most: int) -> str:
    """Return the text unchanged if it has at most `most` code points.

    Raises:
        TextTooLong: it has more.
    """
    if len(text) > most:
        raise TextTooLong(length=len(text), most=most)
    return text


def has_bidi_controls(text: str) -> bool:
    """Whether invisible characters in the text direct how it is laid out."""
    return any(char in _BIDI for char in text)


# Languages whose own comma stands in a list; others have the Latin one.
_OWN_COMMA = {"ar": "،", "fa": "،", "ur": "،", "ps": "،"}


def listed(parts: Iterable[str], language: str | None) -> str:
    """Parts as a list in a line, with the comma of the language; empty ones are left out."""
    comma = _OWN_COMMA.get((language or "").split("-")[0], ",")
    return f"{comma} ".join(part for part in parts if part)


def shown(text: str) -> str:
    """The text with its bidi controls balanced in each line, so that they can't reorder what follows it.

    Missing ends are added, ends without a beginning are left out. Letters are never changed. Source: UAX 9,
    X1-X8.
    """
    if not has_bidi_controls(text):
        return text
    return "".join(_balanced(part) for part in _PARAGRAPH_END.split(text))


def _balanced(line: str) -> str:
    kept: list[str] = []
    open_ends: list[str] = []
    for char in line:
        if char == _PDF and (not open_ends or open_ends[-1] != _PDF):
            continue
        if char == _PDI:
            if _PDI not in open_ends:
                continue
            while open_ends[-1] != _PDI:
                kept.append(open_ends.pop())
        kept.append(char)
        if char in (_PDF, _PDI):
            open_ends.pop()
        elif char in _EMBEDDINGS:
            open_ends.append(_PDF)
        elif char in _ISOLATES:
            open_ends.append(_PDI)
    return "".join([*kept, *reversed(open_ends)])


def excerpt(text: str, chars: int) -> str:
    """The beginning of a text in at most `chars` code points, cut between words where there are any.

    Never cuts a letter from its marks, nor a joined letter or emoji apart. A cut is shown by an ellipsis.

    Args:
        text: any text.
        chars: the most code points of the answer, the ellipsis included; at least 1.
    """
    if len(text) <= chars:
        return text
    end = chars - 1
    while end > 0 and not _is_edge(text, end):
        end -= 1
    # A word's edge is worth up to a third of the room; scripts without spaces are cut between letters.
    for at in range(end, end * 2 // 3, -1):
        if text[at].isspace():
            end = at
            break
    return text[:end].rstrip() + "\u2026"


_JOINERS = frozenset("\u200d\u200c\u2060\u034f")
_KHMER_COENG = "\u17d2"


def _is_edge(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after in _JOINERS or before == "\u200d" or unicodedata.category(after) in ("Mn", "Mc", "Me"):
        return False
    # A virama (combining class 9) ties the next consonant to the one before.
    if before == _KHMER_COENG or unicodedata.combining(before) == 9:
        return False
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\u1160" <= after <= "\u11ff":
        return False
    return not (_is_flag_half(before) and _is_flag_half(after) and _flag_halves_before(text, at) % 2)


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flag_halves_before(text: str, at: int) -> int:
    count = 0
    while count < at and _is_flag_half(text[at - 1 - count]):
        count += 1
    return count


# Marks that search ignores: accents of Latin, Greek and Cyrillic, Hebrew points, Arabic harakat and Quranic
# signs. Marks of other scripts are vowels and stay.
_IGNORED_MARKS = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F),
    (0x0670, 0x0670), (0x06D6, 0x06ED), (0x0898, 0x089F), (0x08CA, 0x08FF), (0x093C, 0x093C),
    (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F),
)  # fmt: skip
_INVISIBLE = (
    (0x0640, 0x0640), (0x0674, 0x0674), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xE0100, 0xE01EF),
)  # fmt: skip
_ALIKE = {
    # Latin letters that Unicode does not decompose.
    "\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00f0": "d", "\u00fe": "th", "\u00e6": "ae",
    "\u0153": "oe", "\u0131": "i", "\u0127": "h", "\u0167": "t", "\u014b": "n", "\u0253": "b", "\u0257": "d",
    "\u0199": "k",
    # Arabic: alef wasla, alef maqsura, Persian and Urdu yeh, kaf and heh, ta marbuta.
    "\u0671": "\u0627", "\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643", "\u06c1": "\u0647",
    "\u06be": "\u0647", "\u06d5": "\u0647", "\u0629": "\u0647", "\u06c3": "\u0647",
    # Devanagari chandrabindu as anusvara.
    "\u0901": "\u0902",
    # Apostrophes, the ones used as letters among them.
    "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bb": "'", "\u02bc": "'", "\u02b9": "'", "\u02be": "'",
    "\u02bf": "'", "`": "'", "\u2032": "'", "\u05f3": "'", "\u2212": "-",
}  # fmt: skip


class _Folding(dict[int, str]):
    """What each character becomes; worked out once for each that is met."""

    def __missing__(self, point: int) -> str:
        self[point] = _folded_character(chr(point))
        return self[point]


def _folded_character(char: str) -> str:
    point = ord(char)
    category = unicodedata.category(char)
    if category == "Cf" or any(low <= point <= high for low, high in (*_IGNORED_MARKS, *_INVISIBLE)):
        return ""
    if char in _ALIKE:
        return _ALIKE[char]
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    if category == "Pd":
        return "-"
    return " " if category in ("Cc", "Zs", "Zl", "Zp") else char


_FOLDING = _Folding()
# A nasal before a stop of its own row is written as a half letter or as a dot, as the writer likes.
_DEVANAGARI_NASAL = re.compile(
    "\u0919\u094d(?=[\u0915-\u0918])|\u091e\u094d(?=[\u091a-\u091d])|\u0923\u094d(?=[\u091f-\u0922])"
    "|\u0928\u094d(?=[\u0924-\u0927])|\u092e\u094d(?=[\u092a-\u092d])"
)
# Subscript DA and TA look the same in Khmer, and people type either.
_KHMER_SUBSCRIPT_DA = "\u17d2\u178a"
_KHMER_SUBSCRIPT_TA = "\u17d2\u178f"


def fold(text: str) -> str:
    """The text reduced to what spellings of the same name share: for search, never for storing or showing.

    Ignores case, accents, harakat, tatweel, the carriers of hamza, nukta, joiners and direction; makes digits
    ASCII. Keeps the vowel signs of Devanagari, Khmer and other scripts, which tell words apart. Folding twice
    changes nothing.
    """
    folded = _folded_once(text)
    while (again := _folded_once(folded)) != folded:
        folded = again
    return folded


def _folded_once(text: str) -> str:
    apart = unicodedata.normalize("NFKD", _with_sorted_marks(text))
    apart = unicodedata.normalize("NFKD", apart.casefold()).translate(_FOLDING)
    apart = _DEVANAGARI_NASAL.sub("\u0902", apart).replace(_KHMER_SUBSCRIPT_DA, _KHMER_SUBSCRIPT_TA)
    return " ".join(unicodedata.normalize("NFC", apart).split())


# Characters that become several combining marks although, or because, they are marks themselves.
_COMPOUND_MARKS = {ord(char): unicodedata.normalize("NFD", char) for char in "\u0344\u0f73\u0f75\u0f81"}
_LONG_RUN = 32


def _with_sorted_marks(text: str) -> str:
    """Put long runs of combining marks into canonical order, which changes no normal form.

    `unicodedata.normalize` sorts each run by insertion, in time that grows with its square:
    80,000 marks in a row took 5.6 seconds.
    """
    if len(text) < _LONG_RUN or text.isascii():
        return text
    parts: list[str] = []
    plain = text.translate(_COMPOUND_MARKS)
    for combines, run in groupby(plain, key=lambda char: unicodedata.combining(char) > 0):
        marks = list(run)
        if combines and len(marks) > _LONG_RUN:
            marks.sort(key=unicodedata.combining)
        parts.append("".join(marks))
    return "".join(parts)
