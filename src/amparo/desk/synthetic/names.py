"""Invented people: given names of four scripts before family names that nobody bears.

Every family name says in some language that this is an example, so that no invented person can be taken for
a real one.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

FEMALE = (
    "Nadia", "Rosa", "Amara", "Lucía", "Ines", "Tala", "Mirela", "Sanja", "Ayesha", "Grace", "Joy", "Marisol",
    "Teresa", "Elena", "Zainab", "Farida", "Wanjiku", "Achieng", "Nomsa", "Thandi", "Paola", "Camila", "Yara",
    "Soledad", "Dina", "Olena", "Vesna", "Ivana", "Leila", "Priya", "Rukmini", "Malee", "Chanthou", "Bopha",
)  # fmt: skip
MALE = (
    "Tomás", "Viktor", "Samuel", "Kwame", "Hassan", "Ravi", "Arjun", "Mateus", "Pavel", "Andrei", "Emeka",
    "Juma", "Rafael", "Diego", "Marek", "Bilal", "Omar", "Sokha", "Rithy", "Anan", "Joseph", "Peter", "Luis",
    "Stefan", "Danilo", "Farhan",
)  # fmt: skip
SURNAMES = ("Sample", "Muster", "Example", "Ejemplo", "Exemplo", "Zrazok", "Przykład", "Esempio", "Primer")

# Name as written, and the same name in Latin letters.
ARABIC_FEMALE = (("سلمى", "Salma"), ("مريم", "Maryam"), ("هدى", "Huda"), ("نور", "Noor"), ("رنا", "Rana"))
ARABIC_MALE = (("سامر", "Samer"), ("خالد", "Khalid"), ("يوسف", "Yusuf"), ("كريم", "Karim"))
DEVANAGARI_FEMALE = (
    ("आशा", "Asha"),
    ("सीता", "Sita"),
    ("लक्ष्मी", "Lakshmi"),
    ("गीता", "Gita"),
    ("मीना", "Mina"),
)
DEVANAGARI_MALE = (("राम", "Ram"), ("मोहन", "Mohan"), ("सुरेश", "Suresh"), ("दिनेश", "Dinesh"))
KHMER_FEMALE = (("បុប្ផា", "Bopha"), ("ស្រីមុំ", "Sreymom"), ("ចន្ថា", "Chantha"), ("ធីតា", "Thida"))
KHMER_MALE = (("សុខា", "Sokha"), ("រតនៈ", "Rotanak"), ("វិសាល", "Visal"), ("ដារ៉ា", "Dara"))

_OTHER_SCRIPTS = {
    "female": (
        (ARABIC_FEMALE, ("مثال", "Mithal")),
        (DEVANAGARI_FEMALE, ("नमूना", "Namuna")),
        (KHMER_FEMALE, ("គំរូ", "Kumru")),
    ),
    "male": (
        (ARABIC_MALE, ("مثال", "Mithal")),
        (DEVANAGARI_MALE, ("नमूना", "Namuna")),
        (KHMER_MALE, ("គំរូ", "Kumru")),
    ),
}
_LANGUAGES = {"مثال": "ar", "नमूना": "hi", "គំរូ": "km"}
# As somebody writes it down who asks her.
_SPOKEN = {"ar": "Arabic", "hi": "Hindi", "km": "Khmer", "en": "English"}


@dataclass(frozen=True, slots=True)
class Named:
    """A name as it is written, the same in Latin letters where it is written otherwise, and a language."""

    full: str
    latin: str
    language: str

    @property
    def speaks(self) -> str:
        """The language by its name."""
        return _SPOKEN[self.language]


def named(rng: random.Random, gender: str, *, script: int | None = None) -> Named:
    """An invented name: one in three in another script than Latin, or the `script` of that number."""
    chosen = rng.randrange(9) if script is None else script
    if chosen < len(_OTHER_SCRIPTS["female"]):
        given, (family, latin_family) = _OTHER_SCRIPTS[gender][chosen]
        written, latin = rng.choice(given)
        return Named(f"{written} {family}", f"{latin} {latin_family}", _LANGUAGES[family])
    given_name = rng.choice(FEMALE if gender == "female" else MALE)
    return Named(f"{given_name} {rng.choice(SURNAMES)}", "", "en")


def phone(rng: random.Random) -> str:
    """A number as dialled inside the invented country; its calling code belongs to no country."""
    return f"0555 {rng.randrange(100, 999)} {rng.randrange(100, 999)}"


NICKNAMES = ("the Captain", "Boss", "Uncle Red", "Driver", "Agent", "Foreman", "the Broker")
