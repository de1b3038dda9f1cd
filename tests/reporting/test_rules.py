"""Codes read back as people write them, and answers that survive being stored."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.kernel.dates import PartialDate
from amparo.reporting import rules
from amparo.reporting.queries import wordlist
from amparo.reporting.rules import Answers, Stay
from amparo.reporting.words import CodeKind, Step, When

WORDS = wordlist()
ENTROPY = st.binary(min_size=rules.DIGITS_ENTROPY, max_size=rules.DIGITS_ENTROPY)
ID = UUID(int=7)


def test_the_list_of_words_is_one_of_2048_whose_first_letters_tell_them_apart() -> None:
    assert len(set(WORDS)) == 2048
    assert len({word[:4] for word in WORDS}) == 2048


@given(ENTROPY, st.sampled_from(CodeKind))
def test_a_code_is_read_back_as_it_was_made(entropy: bytes, kind: CodeKind) -> None:
    code = rules.new_code(kind, entropy, WORDS)
    assert rules.normal_code(" ".join(rules.groups(code)), WORDS) == code
    assert rules.normal_code(code.upper(), WORDS) == code
    assert len(rules.groups(code)) == (7 if kind is CodeKind.WORDS else 6)


@given(ENTROPY, st.sampled_from([", ", "\n", " - ", "  ", ". ", " 1) "[:1]]))
def test_signs_and_lines_between_words_do_not_matter(entropy: bytes, between: str) -> None:
    code = rules.new_code(CodeKind.WORDS, entropy, WORDS)
    assert rules.normal_code(between.join(code.split()), WORDS) == code


@given(ENTROPY, st.sampled_from([0x0660, 0x06F0, 0x0966, 0x17E0, 0xFF10]))
def test_digits_of_every_script_count(entropy: bytes, zero: int) -> None:
    code = rules.new_code(CodeKind.DIGITS, entropy, WORDS)
    foreign = code.translate({ord("0") + number: zero + number for number in range(10)})
    assert rules.normal_code(foreign, WORDS) == code


def test_a_word_that_is_misspelled_at_its_end_is_known_by_its_first_letters() -> None:
    assert rules.normal_code("abanon ability able about above absent absorb", WORDS) == (
        "abandon ability able about above absent absorb"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abandon",
        "abandon " * 8,
        "1234",
        "1" * 23,
        "1" * 25,
        "zzzz " * 7,
        "abandon able 3 about above absent absorb",
    ],
)
def test_what_can_not_be_a_code_is_told_apart_without_any_work(typed: str) -> None:
    assert rules.normal_code(typed, WORDS) is None


@given(st.text(max_size=300))
def test_whatever_is_typed_is_a_code_or_not(typed: str) -> None:
    code = rules.normal_code(typed, WORDS)
    assert code is None or rules.normal_code(code, WORDS) == code


@given(st.builds(Answers, **{name: st.text(max_size=20) for name in ("danger", "name", "text", "place", "safe")}))
def test_what_was_answered_survives_being_stored(answers: Answers) -> None:
    stay = Stay(ID, ID, Step.ASKING, answers, language="ar")
    assert Stay.of(stay.stored()) == stay


def test_an_answer_that_a_later_release_knows_is_left_out_by_an_earlier_one() -> None:
    assert Answers.of({"text": "x", "weather": "fine"}) == Answers(text="x")


def test_the_day_is_as_exact_as_it_was_told() -> None:
    today = date(2026, 3, 1)
    assert rules.day_of(Answers(when=When.TODAY), today) == PartialDate(2026, 3, 1)
    assert rules.day_of(Answers(when=When.YESTERDAY), today) == PartialDate(2026, 2, 28)
    assert rules.day_of(Answers(when=When.EARLIER, day="2025"), today) == PartialDate(2025)
    assert rules.day_of(Answers(when=When.STILL), today) is None
