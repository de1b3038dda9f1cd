"""Marking: what answers are worth. Whole points and their parts, exactly; nothing is rounded before it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from amparo.training.errors import AnswerUnreadable, PointsOutOfRange
from amparo.training.rules.content import LETTERS, Question
from amparo.training.words import QuestionKind

# By the key of a question: the places of the answers that were chosen, or the words of a short answer.
Chosen: TypeAlias = Sequence[int] | str
Answers: TypeAlias = Mapping[str, Chosen]
# By the key of a question: points that a trainer gave to a short answer.
Marks: TypeAlias = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Score:
    """Points of one test. `waiting` are the keys of short answers that nobody marked yet."""

    points: Fraction
    most: int
    waiting: tuple[str, ...] = ()

    @property
    def is_final(self) -> bool:
        return not self.waiting and self.most > 0

    @property
    def percent(self) -> float | None:
        """None while it is not final: a test that is marked in part has no score."""
        return float(100 * self.points / self.most) if self.is_final else None


def worth(question: Question, chosen: Chosen) -> Fraction:
    """What chosen answers are worth.

    Where several are right, each right one adds its part and each wrong one takes the same part away; never
    below nothing, so that ticking everything earns nothing more than ticking nothing where as many are wrong.
    """
    if isinstance(chosen, str):
        return Fraction(0)
    picked = frozenset(chosen)
    if question.kind is QuestionKind.MULTIPLE:
        net = len(picked & question.right) - len(picked - question.right)
        return Fraction(question.points * max(0, net), len(question.right))
    return Fraction(question.points if picked == question.right else 0)


def score(questions: Sequence[Question], answers: Answers, marks: Marks) -> Score:
    """The score of a test that was handed in. A question without an answer earns nothing, and waits for nobody."""
    points = Fraction(0)
    for question in questions:
        chosen = answers.get(question.key)
        if question.by_hand:
            points += marks.get(question.key, 0)
        elif chosen:
            points += worth(question, chosen)
    return Score(points, sum(question.points for question in questions), waiting(questions, answers, marks))


def waiting(questions: Iterable[Question], answers: Answers, marks: Marks) -> tuple[str, ...]:
    """The keys of the short answers that nobody marked yet."""
    return tuple(one.key for one in questions if one.by_hand and answers.get(one.key) and one.key not in marks)


def check_points(question: Question, points: int) -> int:
    """Raises PointsOutOfRange."""
    if not 0 <= points <= question.points:
        raise PointsOutOfRange(most=question.points)
    return points


def read_cell(question: Question, number: int, typed: str) -> tuple[int, ...] | int | None:
    """One cell of the grid: places of answers by their letters, or points of a short answer; None where empty.

    Raises AnswerUnreadable.
    """
    text = "".join(typed.split()).replace(",", "").upper()
    if not text:
        return None
    if question.by_hand:
        if not text.isdecimal() or not text.isascii() or int(text) > question.points:
            raise AnswerUnreadable(typed=typed[:20], question=number)
        return int(text)
    places = sorted({LETTERS.find(letter) for letter in text})
    alone = question.kind is not QuestionKind.MULTIPLE and len(places) != 1
    if places[0] < 0 or places[-1] >= len(question.options) or alone:
        raise AnswerUnreadable(typed=typed[:20], question=number)
    return tuple(places)


def write_cell(question: Question, answers: Answers, marks: Marks) -> str:
    """What stands in the cell of an answer."""
    if question.by_hand:
        return str(marks[question.key]) if question.key in marks else ""
    chosen = answers.get(question.key, ())
    return "" if isinstance(chosen, str) else "".join(LETTERS[place] for place in sorted(chosen))


def fitting(questions: Iterable[Question], answers: Answers) -> dict[str, list[int] | str]:
    """The answers that belong to these questions and can be chosen there, in the form in which they are stored."""
    kept: dict[str, list[int] | str] = {}
    for question in questions:
        chosen = answers.get(question.key)
        if not chosen:
            continue
        if isinstance(chosen, str):
            if question.by_hand and chosen.strip():
                kept[question.key] = chosen
        elif not question.by_hand:
            places = sorted({place for place in chosen if 0 <= place < len(question.options)})
            if places and (question.kind is QuestionKind.MULTIPLE or len(places) == 1):
                kept[question.key] = places
    return kept
