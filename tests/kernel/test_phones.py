from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.kernel.phones import PhoneMistyped, phone_key


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("012 345 678", "855"),
        ("12345678", "855"),
        ("+855 12 345 678", "44"),
        ("00855-12-345-678", "44"),
        ("+855 (0)12 345 678", "1"),
        ("855 12 345 678", "+855"),
        ("tel:+855-12-345-678", "1"),
        ("\u202a+855 12 345 678\u202c", "1"),
        ("\u17e0\u17e1\u17e2 \u17e3\u17e4\u17e5 \u17e6\u17e7\u17e8", "855"),
        ("\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668", "855"),
        ("\uff0b\uff18\uff15\uff15 12 345 678", "1"),
        ("012 345 678 ext. 12", "855"),
        ("012 345 678 x12", "855"),
        ("011 855 12 345 678", "1"),
    ],
)
def test_one_number_has_one_key_however_it_is_written(text: str, office: str) -> None:
    assert phone_key(text, office) == "+85512345678"


@pytest.mark.parametrize(
    ("text", "office", "key"),
    [
        ("06 1234 5678", "39", "+390612345678"),
        ("8 (900) 123-45-67", "7", "+79001234567"),
        ("800 123-45-67", "7", "+78001234567"),
        ("1 202 555 0123", "1", "+12025550123"),
        ("202 555 0123", "1", "+12025550123"),
        ("06 1 234 5678", "36", "+3612345678"),
        ("07 01 23 45 67", "225", "+2250701234567"),
        ("55 91234 5678", "55", "+5555912345678"),
    ],
)
def test_countries_dial_in_their_own_ways(text: str, office: str, key: str) -> None:
    assert phone_key(text, office) == key


@pytest.mark.parametrize(
    "text", ["", "112", "call Amina", "+", "++855 12345678", "0" * 12, "1" * 16, "+0123456789", "1" * 99]
)
def test_what_is_no_number_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(PhoneMistyped) as caught:
        phone_key(text, "855")
    assert caught.value.hint()
    assert not caught.value.fields


@pytest.mark.parametrize("code", ["", "0", "abc", "1234", "+"])
def test_the_calling_code_of_an_office_must_be_one(code: str) -> None:
    with pytest.raises(ValueError, match="calling code"):
        phone_key("012 345 678", code)


@given(st.from_regex(r"[1-9][0-9]{6,11}", fullmatch=True), st.sampled_from(["855", "91", "234", "49"]))
def test_the_ways_of_dialling_agree(national: str, office: str) -> None:
    key = phone_key(f"+{office}{national}", "1")
    assert key == phone_key(f"00{office}{national}", office) == phone_key(f"0{national}", office)
    assert phone_key(key, office) == key


@given(st.text(max_size=70))
def test_any_text_gives_a_key_or_is_refused(text: str) -> None:
    try:
        key = phone_key(text, "977")
    except PhoneMistyped:
        return
    assert key.startswith("+")
    assert key[1:].isdecimal()
    assert phone_key(key, "977") == key
