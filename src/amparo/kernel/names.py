"""Names of persons, in one field and any script.

There is no first and no last name: many people have one name, or five, or a father's name in between.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from amparo.kernel.errors import N_, Invalid
from amparo.kernel.text import check_length, fold, tidy

NameKind = Literal[
    "given", "known_as", "nickname", "alias", "maiden", "married", "religious", "transliterated"
]  # fmt: skip

MOST_CHARACTERS = 300


class NameMissing(Invalid):
    """A name without a single letter."""

    code = "kernel.name_missing"
    template = N_("This name has no letters.")
    hint_template = N_("Write the name as the person uses it. If it is not known, leave it empty.")


@dataclass(frozen=True, slots=True)
class PersonName:
    """One name of a person, as written. `repr` shows no name, so that it can't slip into a log."""

    full: str = field(repr=False)
    script: str | None
    kind: NameKind = "given"

    @classmethod
    def of(cls, full: str, kind: NameKind = "given") -> PersonName:
        """A name from what was typed, with its script found out.

        Raises:
            TextRefused: it holds characters that can't be kept.
            TextTooLong: it has more than 300 characters.
            NameMissing: it has no letter in it.
        """
        name = tidy(check_length(full, MOST_CHARACTERS))
        if not any(unicodedata.category(char).startswith("L") for char in name):
            raise NameMissing
        return cls(full=name, script=detect_script(name), kind=kind)

    def tokens(self) -> tuple[str, ...]:
        """The parts of the name for exact search; see `name_tokens`."""
        return name_tokens(self.full)


def name_tokens(full: str) -> tuple[str, ...]:
    """The folded parts of a name, each once, sorted: the order in which they were written does not matter.

    Hyphens part a name, apostrophes do not: `Al-Sample O'Test` gives `al`, `otest`, `sample`.
    """
    folded = fold(full).replace("'", "")
    spaced = "".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in folded)
    return tuple(sorted(set(spaced.split())))


# The first word of a character's Unicode name, and the code of ISO 15924.
_SCRIPT_BY_WORD = {
    "LATIN": "Latn", "ARABIC": "Arab", "DEVANAGARI": "Deva", "KHMER": "Khmr", "CYRILLIC": "Cyrl",
    "GREEK": "Grek", "HEBREW": "Hebr", "THAI": "Thai", "LAO": "Laoo", "MYANMAR": "Mymr",
    "BENGALI": "Beng", "GURMUKHI": "Guru", "GUJARATI": "Gujr", "ORIYA": "Orya", "TAMIL": "Taml",
    "TELUGU": "Telu", "KANNADA": "Knda", "MALAYALAM": "Mlym", "SINHALA": "Sinh", "TIBETAN": "Tibt",
    "ETHIOPIC": "Ethi", "GEORGIAN": "Geor", "ARMENIAN": "Armn", "HANGUL": "Hang", "HIRAGANA": "Hira",
    "KATAKANA": "Kana", "CJK": "Hani", "BOPOMOFO": "Bopo", "MONGOLIAN": "Mong", "THAANA": "Thaa",
    "SYRIAC": "Syrc", "NKO": "Nkoo", "TIFINAGH": "Tfng", "ADLAM": "Adlm", "VAI": "Vaii",
    "CHEROKEE": "Cher", "JAVANESE": "Java", "BALINESE": "Bali", "OL": "Olck", "CHAKMA": "Cakm",
    "YI": "Yiii",
}  # fmt: skip
UNKNOWN_SCRIPT = "Zzzz"


def detect_script(text: str) -> str | None:
    """The ISO 15924 code of the script that most letters belong to: `Latn`, `Arab`, `Deva`, `Khmr`.

    Returns:
        None without any letter, `Zzzz` for a script not in our list; of two equals the one that comes first.
    """
    letters = (char for char in text if unicodedata.category(char).startswith("L"))
    counted = Counter(script for char in letters if (script := _script_of(char)))
    return counted.most_common(1)[0][0] if counted else None


@lru_cache(maxsize=4096)
def _script_of(char: str) -> str | None:
    # Modifier letters are shared between scripts.
    words = unicodedata.name(unicodedata.normalize("NFKC", char)[0], "").split(" ")
    if words[0] == "MODIFIER":
        return None
    return _SCRIPT_BY_WORD.get(words[0], UNKNOWN_SCRIPT)
