"""Telephone numbers in one form, so that the same number is found again however it was written.

This is for exact matching, not a directory: it knows how numbers are dialled, not which ones exist.
"""

from __future__ import annotations

import re
import unicodedata

from amparo.kernel.errors import N_, Invalid

# What is dialled before a number inside the country and falls away behind the calling code. Most countries
# use 0; these differ. Source: ITU-T E.164 national numbering plans.
_TRUNK_BY_CODE = {"1": "1", "7": "8", "36": "06", "39": "", "225": "", "229": "", "242": "", "378": ""}
_LONGEST = 15  # E.164, with the calling code.
_SHORTEST = 7
_SHORTEST_NATIONAL = 4
_LONGEST_TYPED = 60

_CALLING_CODE = re.compile(r"\+?([1-9][0-9]{0,2})")
_EXTENSION = re.compile(r"(?:;ext=|ext\.?|x|#)\s*[0-9]{1,6}\s*$")
_SPOKEN_TRUNK = re.compile(r"\(\s*0\s*\)")


class PhoneMistyped(Invalid):
    """A text that can't be a telephone number."""

    code = "kernel.phone_mistyped"
    template = N_("This does not look like a complete telephone number.")
    hint_template = N_(
        "Write the whole number with its area code, or begin with + and the country's calling code,"
        " for example +855 12 345 678. Put remarks into the notes."
    )


def phone_key(text: str, country_calling_code: str) -> str:
    """The international form of a number, such as `+85512345678`.

    Args:
        text: as written: with `+`, with `00`, or as dialled inside the country; digits of any script.
            An extension at the end is left out, since the line is the same.
        country_calling_code: of the office, for numbers without one; `855` or `+855`.

    Raises:
        PhoneMistyped: letters, too few or too many digits.
        ValueError: the calling code is none.
    """
    code = _CALLING_CODE.fullmatch(country_calling_code)
    if code is None:
        raise ValueError("a country calling code is one to three digits")
    if len(text) > _LONGEST_TYPED:
        raise PhoneMistyped
    plain = _EXTENSION.sub("", _ascii(text).strip().removeprefix("tel:"))
    digits = _international(plain, code.group(1))
    if digits.startswith("0") or not _SHORTEST <= len(digits) <= _LONGEST:
        raise PhoneMistyped
    return f"+{digits}"


def _international(plain: str, code: str) -> str:
    dialled = _digits(plain)
    if dialled.startswith("+"):
        return _digits(_SPOKEN_TRUNK.sub("", plain)).removeprefix("+")
    if dialled.startswith("00"):
        return _digits(_SPOKEN_TRUNK.sub("", plain)).removeprefix("00")
    if code == "1" and dialled.startswith("011"):
        return dialled.removeprefix("011")
    if _has_calling_code(dialled, code):
        return dialled
    national = _without_trunk(dialled, code)
    if len(national) < _SHORTEST_NATIONAL:
        raise PhoneMistyped
    return code + national


def _has_calling_code(dialled: str, code: str) -> bool:
    # People leave out the plus. National numbers are shorter than this wherever they begin like their own
    # country.
    return dialled.startswith(code) and len(dialled) >= (11 if len(code) in (1, 3) else 12)


def _without_trunk(dialled: str, code: str) -> str:
    trunk = _TRUNK_BY_CODE.get(code, "0")
    # Where the trunk digit also begins numbers (Russia's 8), only the full length of eleven shows it.
    if code == "7" and len(dialled) != 11:
        return dialled
    return dialled.removeprefix(trunk)


def _ascii(text: str) -> str:
    kept: list[str] = []
    for char in unicodedata.normalize("NFKC", text):
        digit = unicodedata.decimal(char, None)
        category = unicodedata.category(char)
        if digit is not None:
            kept.append(str(digit))
        elif category == "Pd" or char == "\u2212":
            kept.append("-")
        elif category != "Cf":
            kept.append(char.lower())
    return "".join(kept)


def _digits(plain: str) -> str:
    joined = re.sub(r"[\s\-./()]", "", plain)
    if not re.fullmatch(r"\+?[0-9]+", joined):
        raise PhoneMistyped
    return joined
