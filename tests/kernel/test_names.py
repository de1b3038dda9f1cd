from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.kernel.names import NameMissing, PersonName, detect_script, name_tokens
from amparo.kernel.text import TextTooLong, fold

words = st.text("abc\u0645\u062d\u0915\u093f\u1780\u17b6", min_size=1, max_size=6)


part_lists = st.lists(words, min_size=1, max_size=5)


@given(part_lists.flatmap(lambda parts: st.tuples(st.just(parts), st.permutations(parts))))
def test_the_order_of_the_parts_of_a_name_does_not_matter(names: tuple[list[str], list[str]]) -> None:
    one, other = names
    assert name_tokens(" ".join(one)) == name_tokens("  ".join(other))


@given(st.text(max_size=40))
def test_tokens_are_folded_sorted_and_each_there_once(text: str) -> None:
    tokens = name_tokens(text)
    assert list(tokens) == sorted(set(tokens))
    assert all(token and fold(token) == token for token in tokens)


def test_hyphens_part_a_name_and_apostrophes_do_not() -> None:
    assert name_tokens("Al-Sample O\u2019Test, Amina") == ("al", "amina", "otest", "sample")


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Amina Sample", "Latn"),
        ("\uff21\uff4d\uff49\uff4e\uff41", "Latn"),
        ("\u0623\u0645\u064a\u0646\u0629", "Arab"),
        ("\u0938\u0940\u0924\u093e (Sita)", "Latn"),
        ("\u0938\u0940\u0924\u093e\u0930\u093e\u092e (S)", "Deva"),
        ("\u179f\u17bb\u1781\u17b6", "Khmr"),
        ("\u0410\u043b\u0451\u043d\u0430", "Cyrl"),
        ("\u674e\u660e", "Hani"),
        ("\u1010\u102f", "Mymr"),
        ("\ua4d0\ua4d1", "Zzzz"),
        ("123 -", None),
        ("", None),
    ],
)
def test_the_script_of_most_letters_is_found(text: str, script: str | None) -> None:
    assert detect_script(text) == script


def test_a_name_is_one_field_that_keeps_its_spelling() -> None:
    name = PersonName.of("  Amina  bint Sample ", "known_as")
    assert (name.full, name.script, name.kind) == ("Amina  bint Sample", "Latn", "known_as")
    assert name.tokens() == ("amina", "bint", "sample")


def test_a_single_letter_is_a_name_but_a_number_is_not() -> None:
    assert PersonName.of("U").full == "U"
    for text in ("", "  ", "123", "\u200d"):
        with pytest.raises(NameMissing):
            PersonName.of(text)
    with pytest.raises(TextTooLong):
        PersonName.of("a" * 301)


def test_a_name_does_not_show_in_its_repr() -> None:
    assert "Amina" not in repr(PersonName.of("Amina Sample"))
