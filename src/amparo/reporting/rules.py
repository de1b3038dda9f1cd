"""What a stranger's answers are, and how a code is made and read back; no database, clock or chance."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from amparo.kernel.dates import PartialDate
from amparo.kernel.errors import Invalid
from amparo.kernel.names import PersonName
from amparo.reporting.words import CodeKind, Question, Step, When

KEPT_FOR = timedelta(hours=2)
# For who asked for a code, so that she can go on when she is alone again.
KEPT_WITH_CODE = timedelta(days=3)
CODE_WORDS = 7
CODE_DIGITS = 24
_GROUP = 4
# In the list of words the first four letters tell one from all others.
_TELLING = 4
# A little more than the seven words or 24 digits need.
WORDS_ENTROPY = 2 * CODE_WORDS
DIGITS_ENTROPY = 16


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered so far. Every part may be empty: each question can be skipped."""

    danger: str = ""
    about: str = ""
    name: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    when: str = ""
    day: str = ""
    district: str = ""
    place: str = field(default="", repr=False)
    who: str = field(default="", repr=False)
    who_more: str = field(default="", repr=False)
    reach: str = ""
    safe: str = field(default="", repr=False)

    @classmethod
    def of(cls, stored: Mapping[str, object]) -> Answers:
        """Read what was stored, whatever a release before or after may have added."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: str(value) for name, value in stored.items() if name in known})

    def with_values(self, values: Mapping[str, str]) -> Answers:
        return replace(self, **values)

    def is_empty(self) -> bool:
        return not any(asdict(self).values())


FIELDS: Mapping[Question, tuple[str, ...]] = {
    Question.DANGER: ("danger",),
    Question.ABOUT: ("about", "name"),
    Question.WHAT: ("text",),
    Question.WHEN: ("when", "day"),
    Question.WHERE: ("district", "place"),
    Question.WHO: ("who", "who_more"),
    Question.FILES: (),
    Question.REACH: ("reach", "safe"),
}


@dataclass(frozen=True, slots=True)
class Stay:
    """All that is kept of one stranger between two pages."""

    report_id: UUID
    office_id: UUID
    step: Step = Step.ASKING
    answers: Answers = field(default_factory=Answers)
    # Shown until it is typed back or left; then it is nowhere.
    code: str = field(default="", repr=False)
    language: str = ""
    since: datetime | None = None
    # The row that a code opens, for who asked to go on later.
    way_back: UUID | None = None

    def stored(self) -> dict[str, object]:
        """As plain values, for the locker."""
        return {
            "report": str(self.report_id),
            "office": str(self.office_id),
            "step": self.step.value,
            "answers": asdict(self.answers),
            "code": self.code,
            "language": self.language,
            "since": self.since.isoformat() if self.since else "",
            "way_back": str(self.way_back) if self.way_back else "",
        }

    @classmethod
    def of(cls, stored: Mapping[str, object]) -> Stay:
        answers = stored["answers"]
        since = str(stored["since"])
        way_back = str(stored.get("way_back", ""))
        return cls(
            report_id=UUID(str(stored["report"])),
            office_id=UUID(str(stored["office"])),
            step=Step(str(stored["step"])),
            answers=Answers.of(answers if isinstance(answers, Mapping) else {}),
            code=str(stored["code"]),
            language=str(stored["language"]),
            since=datetime.fromisoformat(since) if since else None,
            way_back=UUID(way_back) if way_back else None,
        )


def day_of(answers: Answers, today: date) -> PartialDate | None:
    """The earliest day that was named, as exactly as it was."""
    if answers.when == When.TODAY:
        return PartialDate(today.year, today.month, today.day)
    if answers.when == When.YESTERDAY:
        before = today - timedelta(days=1)
        return PartialDate(before.year, before.month, before.day)
    return PartialDate.parse(answers.day) if answers.day else None


def name_in(text: str) -> str:
    """A name under which somebody can be kept; empty where it is none, such as a question mark."""
    try:
        return PersonName.of(text).full
    except Invalid:
        return ""


# ---- codes --------------------------------------------------------------------------------------------------------


def new_code(kind: CodeKind, entropy: bytes, wordlist: Sequence[str]) -> str:
    """A code in its normal form: seven of 2,048 words (77 bits), or 24 digits (79 bits)."""
    if kind is CodeKind.DIGITS:
        return f"{int.from_bytes(entropy) % 10**CODE_DIGITS:0{CODE_DIGITS}d}"
    pairs = [int.from_bytes(entropy[at : at + 2]) % len(wordlist) for at in range(0, WORDS_ENTROPY, 2)]
    return " ".join(wordlist[number] for number in pairs)


def groups(code: str) -> list[str]:
    """A code as it is shown: its words, or its digits in fours."""
    if code.isdigit():
        return [code[at : at + _GROUP] for at in range(0, len(code), _GROUP)]
    return code.split()


def normal_code(typed: str, wordlist: Sequence[str]) -> str | None:
    """What was typed, in the form in which the code was made; None where it can't be a code.

    Digits of every script count, capitals and signs between words do not. Of a word that is misspelled the first
    four letters are enough.
    """
    plain = "".join(_plain(char) for char in unicodedata.normalize("NFKC", typed).casefold())
    digits = "".join(plain.split())
    if digits.isdigit():
        return digits if len(digits) == CODE_DIGITS else None
    words = [_word(part, wordlist) for part in plain.split()]
    return " ".join(words) if len(words) == CODE_WORDS and all(words) else None


def _plain(char: str) -> str:
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    return char if char.isalpha() else " "


def _word(typed: str, wordlist: Sequence[str]) -> str:
    if typed in wordlist:
        return typed
    near = [word for word in wordlist if word[:_TELLING] == typed[:_TELLING]] if len(typed) >= _TELLING else []
    return near[0] if len(near) == 1 else ""
