"""What a version of a curriculum holds: aims, modules with hours, questions. Read from and written to plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from amparo.training.errors import NothingToTeach, OneRightAnswer, QuestionUnusable, RubricMissing, TooMuch
from amparo.training.words import Occasion, QuestionKind

Plain: TypeAlias = Mapping[str, object]

MOST_MODULES = 30
MOST_QUESTIONS = 40
MOST_OPTIONS = 8
LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class Module:
    key: str
    title: str
    minutes: int
    aim: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the bank. `right` are places in `options`; a short answer has a rubric instead."""

    key: str
    kind: QuestionKind
    text: str
    options: tuple[str, ...] = ()
    right: frozenset[int] = frozenset()
    points: int = 1
    rubric: str = ""
    occasions: frozenset[Occasion] = frozenset(Occasion)

    @property
    def by_hand(self) -> bool:
        return self.kind is QuestionKind.SHORT

    @property
    def last_letter(self) -> str:
        """The letter of the last answer."""
        return LETTERS[len(self.options) - 1] if self.options else ""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a version says. `least_attendance` and `least_score` are percentages; 0 asks for none."""

    title: str
    aims: str = ""
    least_attendance: int = 80
    least_score: int = 0
    modules: tuple[Module, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def minutes(self) -> int:
        return sum(module.minutes for module in self.modules)

    def asked(self, occasion: Occasion) -> tuple[Question, ...]:
        """The questions of one test, in the order of the bank."""
        return tuple(question for question in self.questions if occasion in question.occasions)

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.key == key), None)

    def module(self, key: str) -> Module | None:
        return next((module for module in self.modules if module.key == key), None)


def checked(question: Question) -> Question:
    """The question, if it can be marked. Raises QuestionUnusable, OneRightAnswer, RubricMissing."""
    if question.by_hand:
        if not question.rubric.strip():
            raise RubricMissing(field="rubric")
        return replace(question, options=(), right=frozenset())
    if not 2 <= len(question.options) <= MOST_OPTIONS or not question.right <= set(range(len(question.options))):
        raise QuestionUnusable(field="lines")
    if not question.right:
        raise QuestionUnusable(field="lines")
    if question.kind is not QuestionKind.MULTIPLE and len(question.right) != 1:
        raise OneRightAnswer(field="lines")
    return replace(question, rubric="")


def read_options(text: str) -> tuple[tuple[str, ...], frozenset[int]]:
    """Answers as they are typed, one a line, the right ones behind an asterisk."""
    lines = [line.strip() for line in text.splitlines() if line.strip().lstrip("*").strip()]
    right = frozenset(place for place, line in enumerate(lines) if line.startswith("*"))
    return tuple(line.lstrip("*").strip() for line in lines), right


def write_options(question: Question) -> str:
    """The same, as it is typed."""
    return "\n".join(f"{'* ' if at in question.right else ''}{line}" for at, line in enumerate(question.options))


def with_module(content: Content, module: Module) -> Content:
    """The content with a module added, or changed where its key is known. Raises TooMuch."""
    kept = [module if one.key == module.key else one for one in content.modules]
    if all(one.key != module.key for one in kept):
        kept.append(module)
    if len(kept) > MOST_MODULES:
        raise TooMuch(most=MOST_MODULES)
    return replace(content, modules=tuple(kept))


def with_question(content: Content, question: Question) -> Content:
    """The content with a question added, or changed where its key is known. Raises what `checked` does, TooMuch."""
    fit = checked(question)
    kept = [fit if one.key == fit.key else one for one in content.questions]
    if all(one.key != fit.key for one in kept):
        kept.append(fit)
    if len(kept) > MOST_QUESTIONS:
        raise TooMuch(most=MOST_QUESTIONS)
    return replace(content, questions=tuple(kept))


def without(content: Content, key: str) -> Content:
    """The content without the module or question of this key."""
    return replace(
        content,
        modules=tuple(one for one in content.modules if one.key != key),
        questions=tuple(one for one in content.questions if one.key != key),
    )


def moved_up(content: Content, key: str) -> Content:
    """The content with the module or question of this key one place earlier."""
    return replace(content, modules=_earlier(content.modules, key), questions=_earlier(content.questions, key))


Part = TypeVar("Part", Module, Question)


def _earlier(parts: tuple[Part, ...], key: str) -> tuple[Part, ...]:
    at = next((place for place, one in enumerate(parts) if one.key == key), 0)
    if at == 0:
        return parts
    return parts[: at - 1] + (parts[at], parts[at - 1]) + parts[at + 1 :]


def ready(content: Content) -> Content:
    """The content, if a session can be planned with it. Raises NothingToTeach."""
    if not content.modules:
        raise NothingToTeach(field="version_id")
    return content


# ---- stored form --------------------------------------------------------------------------------------------


def to_plain(content: Content) -> dict[str, object]:
    return {
        "title": content.title,
        "aims": content.aims,
        "least_attendance": content.least_attendance,
        "least_score": content.least_score,
        "modules": [
            {"key": one.key, "title": one.title, "minutes": one.minutes, "aim": one.aim} for one in content.modules
        ],
        "questions": [_plain_question(one) for one in content.questions],
    }


def _plain_question(question: Question) -> dict[str, object]:
    return {
        "key": question.key,
        "kind": question.kind.value,
        "text": question.text,
        "options": list(question.options),
        "right": sorted(question.right),
        "points": question.points,
        "rubric": question.rubric,
        "occasions": [occasion.value for occasion in Occasion if occasion in question.occasions],
    }


def from_plain(plain: Plain) -> Content:
    return Content(
        title=_text(plain, "title"),
        aims=_text(plain, "aims"),
        least_attendance=_whole(plain, "least_attendance", 80),
        least_score=_whole(plain, "least_score", 0),
        modules=tuple(
            Module(_text(one, "key"), _text(one, "title"), _whole(one, "minutes", 0), _text(one, "aim"))
            for one in _parts(plain, "modules")
        ),
        questions=tuple(_question(one) for one in _parts(plain, "questions")),
    )


def _question(plain: Plain) -> Question:
    return Question(
        key=_text(plain, "key"),
        kind=QuestionKind(_text(plain, "kind")),
        text=_text(plain, "text"),
        options=tuple(str(one) for one in _list(plain, "options")),
        right=frozenset(int(str(one)) for one in _list(plain, "right")),
        points=_whole(plain, "points", 1),
        rubric=_text(plain, "rubric"),
        occasions=frozenset(Occasion(str(one)) for one in _list(plain, "occasions")),
    )


def _text(plain: Plain, name: str) -> str:
    return str(plain.get(name) or "")


def _whole(plain: Plain, name: str, default: int) -> int:
    value = plain.get(name)
    return value if isinstance(value, int) else default


def _list(plain: Plain, name: str) -> Sequence[object]:
    value = plain.get(name)
    return value if isinstance(value, list | tuple) else ()


def _parts(plain: Plain, name: str) -> list[Plain]:
    return [one for one in _list(plain, name) if isinstance(one, Mapping)]
