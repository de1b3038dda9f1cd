"""Codes that people read out, write down and type: `CASE-7KQ-4M9-T3X`.

A code is a prefix of two to four letters, a random body and one check character. It is never sequential
and holds no year, so that it tells nobody how many cases there are or when one was opened.

The alphabet has 23 characters. Of each pair of look-alikes it keeps one (2 not Z, 5 not S, 6 not G, 8 not B),
of wider groups none (0 O, 1 I L, U V), and no vowels, so that no words appear by chance. 23 is prime, which
allows a check character out of the same alphabet that misses no single wrong character and no swap of two.
"""

from __future__ import annotations

import math
import re
import unicodedata

from amparo.kernel.errors import N_, Invalid

ALPHABET = "23456789CDFHJKMNPQRTWXY"
CASE_BITS = 35
KIT_BITS = 60
ENTROPY_BYTES = 32

_BASE = len(ALPHABET)
_GROUP = 3
_MOST_BITS = 90
# 5 generates all 22 non-zero remainders of 23, so every place of a code up to 22 characters has its own
# weight: that is what catches swaps. The target is 1, as in ISO/IEC 7064, so that a row of first characters
# is no code.
_WEIGHT = 5
_TARGET = 1
_PREFIX = re.compile(r"[A-Z]{2,4}")
_LONGEST_TYPED = 100

_BODY_TWINS = str.maketrans("ZSGB", "2568")
_PREFIX_TWINS = str.maketrans("012568", "OIZSGB")
# Capitals of Cyrillic and Greek that look like Latin ones: typed by who forgot to switch the keyboard.
_KEYBOARD_TWINS = str.maketrans(
    "\u0410\u0412\u0415\u0406\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0405\u0408"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
    "ABEIKMHOPCTYXSJ" + "ABEZHIKMNOPTYX",
)


class CodeMistyped(Invalid):
    """A text that is no code, or a code with a slip in it."""

    code = "kernel.code_mistyped"
    template = N_("This code is not complete, or one of its characters is wrong.")
    hint_template = N_(
        "Compare it with the original, character by character. After the first letters, codes use the digits"
        " 2 to 9 and letters, but never 0, 1, A, E, I, L, O, U or V."
    )


def make_code(prefix: str, entropy: bytes, *, bits: int = CASE_BITS) -> str:
    """Turn random bytes into a code with at least `bits` bits of chance.

    Args:
        prefix: two to four letters A to Z that say what the code names.
        entropy: fresh random bytes; `ENTROPY_BYTES` of them always suffice in practice.
        bits: 35 to 90. The body is rounded up so that groups of three come out.

    Raises:
        ValueError: the prefix or `bits` is out of bounds, or the bytes ran out.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError("a prefix is two to four letters A to Z")
    if not CASE_BITS <= bits <= _MOST_BITS:
        raise ValueError(f"a code has {CASE_BITS} to {_MOST_BITS} bits")
    body = _unbiased(entropy, _body_length(bits))
    return _written(prefix, body + _check_character(prefix, body))


def parse_code(text: str, *, prefix: str | None = None) -> str:
    """The code that somebody meant, in its one written form.

    Forgives case, spaces, hyphens that are missing or too many, full-width letters, digits of any script,
    a Greek or Cyrillic keyboard, and Z S G B for 2 5 6 8.

    Args:
        text: what was typed or scanned.
        prefix: when given, codes with another prefix are refused.

    Raises:
        CodeMistyped: the text is no code, or its check character does not fit.
    """
    if len(text) > _LONGEST_TYPED:
        raise CodeMistyped
    plain = _plain(text)
    # A code without its prefix has a multiple of three characters and a prefix has two to four,
    # so the length alone tells where the prefix ends.
    cut = {2: 2, 0: 3, 1: 4}[len(plain) % _GROUP]
    head, tail = plain[:cut].translate(_PREFIX_TWINS), plain[cut:].translate(_BODY_TWINS)
    if not _PREFIX.fullmatch(head) or (prefix is not None and head != prefix):
        raise CodeMistyped
    if not _body_length(CASE_BITS) < len(tail) <= _body_length(_MOST_BITS) + 1:
        raise CodeMistyped
    if any(char not in ALPHABET for char in tail) or _check_character(head, tail[:-1]) != tail[-1]:
        raise CodeMistyped
    return _written(head, tail)


def _body_length(bits: int) -> int:
    needed = math.ceil(bits / math.log2(_BASE))
    return -(-(needed + 1) // _GROUP) * _GROUP - 1


def _unbiased(entropy: bytes, length: int) -> str:
    # A byte has 256 values and 23 does not divide 256: bytes from 253 on would favour the first characters.
    fair = 256 - 256 % _BASE
    body = "".join(ALPHABET[byte % _BASE] for byte in entropy if byte < fair)[:length]
    if len(body) < length:
        raise ValueError(f"not enough entropy: give {ENTROPY_BYTES} bytes")
    return body


def _check_character(prefix: str, body: str) -> str:
    total = 0
    for letter in prefix:
        total = (total * _WEIGHT + ord(letter) - ord("A") + 1) % _BASE
    for char in body:
        total = (total * _WEIGHT + ALPHABET.index(char)) % _BASE
    return ALPHABET[(_TARGET - total * _WEIGHT) % _BASE]


def _written(prefix: str, tail: str) -> str:
    return "-".join([prefix, *(tail[at : at + _GROUP] for at in range(0, len(tail), _GROUP))])


def _plain(text: str) -> str:
    kept: list[str] = []
    for char in unicodedata.normalize("NFKC", text):
        digit = unicodedata.decimal(char, None)
        if digit is not None:
            kept.append(str(digit))
        elif not _is_between(char):
            kept.append(char.upper())
    return "".join(kept).translate(_KEYBOARD_TWINS)


def _is_between(char: str) -> bool:
    return char.isspace() or char in "_.:/\u2212" or unicodedata.category(char) in ("Pd", "Cf")
