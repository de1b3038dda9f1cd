from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.kernel.text import (
    TextRefused,
    TextTooLong,
    check_length,
    excerpt,
    fold,
    has_bidi_controls,
    listed,
    shown,
    tidy,
)

anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
MANY_SCRIPTS = (
    "aZ\u00e9\u00df\u0130\u0131\u00e6' -"
    "\u0627\u0623\u0625\u0622\u0624\u0626\u0629\u0649\u064a\u06cc\u0640\u064e\u0651\u0654"
    "\u0915\u0924\u0928\u092e\u092a\u094d\u093c\u0901\u0902\u093f\u0931"
    "\u1780\u17d2\u178a\u178f\u17b6\u17b5\u200b\u200c\u200d\u202e\u2066\u2069\u202c\u0301\u0323\u1100\u1161\u3099"
)
tangled = st.text(st.sampled_from(MANY_SCRIPTS), max_size=30)
HARAKAT = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0640"
OPENERS, CLOSERS = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068", "\u202c\u2069"


@given(anything | tangled)
def test_tidying_keeps_every_character_that_is_written(text: str) -> None:
    kept = tidy(text)
    assert kept == unicodedata.normalize("NFC", text).strip()
    assert tidy(kept) == kept


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x\udfff"])
def test_nul_and_half_characters_are_refused(text: str) -> None:
    with pytest.raises(TextRefused):
        tidy(text)


def test_joiners_and_direction_marks_are_stored_exactly() -> None:
    text = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u2067x\u2069 \u0915\u094d\u200d\u0937"
    assert tidy(text) == text


def test_a_text_may_fill_its_room_but_not_more() -> None:
    assert check_length("abc", 3) == "abc"
    with pytest.raises(TextTooLong) as caught:
        check_length("abcd", 3)
    assert "4" in caught.value.message()


@pytest.mark.parametrize("storm", ["\u0301\u0316", "\u0f73", "\u0344\u0316"])
def test_a_storm_of_marks_takes_linear_time(storm: str) -> None:
    text = "a" + storm * 50_000
    began = time.perf_counter()
    kept = tidy(text)
    fold(text)
    assert time.perf_counter() - began < 2
    short = "a" + storm * 40
    assert tidy(short) == unicodedata.normalize("NFC", short)
    assert kept


@settings(max_examples=300)
@given(anything | tangled)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(anything | tangled)
def test_all_normal_forms_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text)) == fold(text)


@given(st.text("\u0645\u062d\u062f\u0639\u0628\u0644\u0647\u0631\u064a ", min_size=1), st.data())
def test_an_arabic_name_folds_alike_with_and_without_harakat(name: str, data: st.DataObject) -> None:
    marked = "".join(char + data.draw(st.text(HARAKAT, max_size=2)) if char != " " else char for char in name)
    assert fold(marked) == fold(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u0623\u0645\u064a\u0646\u0629", "\u0627\u0645\u064a\u0646\u0647"),
        ("\u0625\u0628\u0631\u0627\u0647\u064a\u0645", "\u0627\u0628\u0631\u0627\u0647\u06cc\u0645"),
        ("\u0622\u0645\u0646\u0629", "\u0627\u0645\u0646\u0629"),
        ("\u0645\u0624\u0645\u0646", "\u0645\u0648\u0645\u0646"),
        ("\u0645\u0635\u0637\u0641\u0649", "\u0645\u0635\u0637\u0641\u064a"),
        ("\u0939\u093f\u0928\u094d\u0926\u0940", "\u0939\u093f\u0902\u0926\u0940"),
        ("\u091c\u093c\u0948\u0928\u092c", "\u091c\u0948\u0928\u092c"),
        ("\u095b\u0948\u0928\u092c", "\u091c\u0948\u0928\u092c"),
        ("\u091a\u093e\u0901\u0926", "\u091a\u093e\u0902\u0926"),
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u0937"),
        ("\u179f\u17d2\u178f\u17b8", "\u179f\u17d2\u178a\u17b8"),
        ("\u179f\u17bb\u200b\u1781", "\u179f\u17bb\u1781"),
        ("\u0130STANBUL", "istanbul"),
        ("Nguy\u1ec5n \u0110\u00ecnh", "nguyen dinh"),
        ("STRASSE", "stra\u00dfe"),
        (
            "\u0391\u03b3\u03b3\u03b5\u03bb\u03af\u03b1\u03c2",
            "\u03b1\u03b3\u03b3\u03b5\u03bb\u03b9\u03b1\u03c3",
        ),
        ("\u0410\u043b\u0451\u043d\u0430", "\u0430\u043b\u0435\u043d\u0430"),
        ("O\u2019Sample", "o'sample"),
        ("Al\u2010Sample", "al-sample"),
        ("\u0661\u0662\u0663 \u0967\u0968\u0969 \u17e1\u17e2\u17e3", "123 123 123"),
        ("a \u202eb\u202c", " A\tB "),
    ],
)
def test_spellings_of_the_same_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u0930\u093e\u092e", "\u0930\u092e\u093e"),
        ("\u0938\u0940\u0924\u093e", "\u0938\u0940\u0924"),
        ("\u1780\u17b6", "\u1780\u17b7"),
        ("\u0e01\u0e34", "\u0e01\u0e35"),
        ("\u304b", "\u304c"),
    ],
)
def test_vowel_signs_and_other_letters_still_tell_words_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_direction_controls_are_noticed() -> None:
    assert has_bidi_controls("a\u202eb")
    assert not has_bidi_controls("\u0645\u06cc\u200c\u062e")


def _open_after(line: str) -> list[str]:
    # An independent reading of UAX 9: what is still open at the end of a paragraph, or "!" for a stray end.
    stack: list[str] = []
    for char in line:
        if char in OPENERS:
            stack.append(char)
        elif char == "\u202c":
            if not stack or stack[-1] in "\u2066\u2067\u2068":
                return ["!"]
            stack.pop()
        elif char == "\u2069":
            while stack and stack[-1] not in "\u2066\u2067\u2068":
                return ["!"]
            if not stack:
                return ["!"]
            stack.pop()
    return stack


@given(st.text(st.sampled_from("ab \n\u2029\u05d0" + OPENERS + CLOSERS), max_size=30))
def test_shown_text_leaves_nothing_open_and_closes_nothing_strange(text: str) -> None:
    answer = shown(text)
    for line in answer.replace("\u2029", "\n").split("\n"):
        assert _open_after(line) == []
    bare = str.maketrans("", "", OPENERS + CLOSERS)
    assert answer.translate(bare) == text.translate(bare)
    assert shown(answer) == answer


def test_balanced_text_is_shown_unchanged() -> None:
    text = "a \u2067\u202ab\u202c\u2069 c"
    assert shown(text) == text
    assert shown("a\u202eb") == "a\u202eb\u202c"


@given(anything | tangled, st.integers(1, 40))
def test_an_excerpt_fits_and_begins_like_the_text(text: str, chars: int) -> None:
    short = excerpt(text, chars)
    assert len(short) <= chars
    if short != text:
        assert short.endswith("\u2026")
        start = short[:-1]
        assert text.startswith(start)
        rest = text[len(start) :]
        assert not start or unicodedata.category(rest[0]) not in ("Mn", "Mc", "Me")


@pytest.mark.parametrize(
    ("text", "chars", "short"),
    [
        ("one two three", 9, "one two\u2026"),
        ("one two three", 13, "one two three"),
        ("ae\u0301\u0323e", 3, "a\u2026"),
        ("\u0915\u0915\u094d\u0937\u0915", 4, "\u0915\u2026"),
        ("\u1780\u1780\u17d2\u178f\u1780", 4, "\u1780\u2026"),
        ("a\U0001f468\u200d\U0001f469x", 4, "a\u2026"),
        ("\U0001f1f0\U0001f1ed\U0001f1f3\U0001f1f5x", 4, "\U0001f1f0\U0001f1ed\u2026"),
        ("e\u0301\u0301\u0301", 2, "\u2026"),
    ],
)
def test_an_excerpt_is_cut_where_a_reader_would_cut(text: str, chars: int, short: str) -> None:
    assert excerpt(text, chars) == short


@pytest.mark.parametrize(
    ("language", "said"), [("en", "a, b"), (None, "a, b"), ("ar", "a، b"), ("ar-sy", "a، b"), ("hi", "a, b")]
)
def test_a_list_has_the_comma_of_its_language(language: str | None, said: str) -> None:
    assert listed(["a", "", "b"], language) == said
