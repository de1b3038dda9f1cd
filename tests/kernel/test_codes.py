from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.kernel.codes import ALPHABET, KIT_BITS, CodeMistyped, make_code, parse_code

prefixes = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=4)
entropies = st.binary(min_size=64, max_size=64).filter(lambda data: sum(byte < 253 for byte in data) > 30)
bits = st.integers(35, 90)


@given(prefixes, entropies, bits)
def test_a_code_reads_back_as_itself(prefix: str, entropy: bytes, bits: int) -> None:
    code = make_code(prefix, entropy, bits=bits)
    assert parse_code(code) == parse_code(code, prefix=prefix) == code
    body = code.replace("-", "")[len(prefix) : -1]
    assert len(ALPHABET) ** len(body) >= 2**bits


@settings(max_examples=25)
@given(prefixes, entropies, st.sampled_from([35, KIT_BITS]))
def test_every_single_wrong_character_is_noticed(prefix: str, entropy: bytes, bits: int) -> None:
    code = make_code(prefix, entropy, bits=bits)
    for at in range(len(prefix) + 1, len(code)):
        if code[at] == "-":
            continue
        for other in ALPHABET.replace(code[at], ""):
            with pytest.raises(CodeMistyped):
                parse_code(code[:at] + other + code[at + 1 :])


@settings(max_examples=50)
@given(prefixes, entropies, bits)
def test_every_swap_of_two_characters_is_noticed(prefix: str, entropy: bytes, bits: int) -> None:
    code = make_code(prefix, entropy, bits=bits).replace("-", "")
    body = code[len(prefix) :]
    for one, two in itertools.combinations(range(len(body)), 2):
        if body[one] == body[two]:
            continue
        swapped = list(body)
        swapped[one], swapped[two] = swapped[two], swapped[one]
        with pytest.raises(CodeMistyped):
            parse_code(prefix + "".join(swapped))


@given(entropies, st.integers(0, 14))
def test_a_missing_or_doubled_character_is_noticed(entropy: bytes, at: int) -> None:
    code = make_code("KIT", entropy, bits=KIT_BITS).replace("-", "")
    for slip in (code[: 3 + at] + code[4 + at :], code[: 4 + at] + code[3 + at :]):
        with pytest.raises(CodeMistyped):
            parse_code(slip, prefix="KIT")


def test_every_character_is_equally_likely() -> None:
    counts = dict.fromkeys(ALPHABET, 0)
    for byte in range(256):
        # Bytes that would be unfair are skipped, and the zeros after them give the first character.
        body = make_code("CASE", bytes([byte]) + bytes(8)).split("-")[1]
        counts[body[0]] += byte < 253
    assert set(counts.values()) == {11}


def test_too_little_entropy_makes_no_code() -> None:
    with pytest.raises(ValueError, match="entropy"):
        make_code("CASE", bytes(7))
    with pytest.raises(ValueError, match="entropy"):
        make_code("CASE", b"\xff" * 32)


@pytest.mark.parametrize("prefix", ["C", "CASES", "case", "C1", ""])
def test_a_prefix_is_two_to_four_letters(prefix: str) -> None:
    with pytest.raises(ValueError, match="prefix"):
        make_code(prefix, bytes(32))


def test_a_case_code_has_at_least_35_bits() -> None:
    with pytest.raises(ValueError, match="bits"):
        make_code("CASE", bytes(32), bits=34)


CODE = make_code("CASE", bytes([4, 5, 6, 0, 3, 9, 22, 11]))


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: f"  {code.replace('-', ' ')}\n",
        lambda code: code.replace("-", "\u2013"),
        lambda code: "\u200e" + "\u200b".join(code),
        lambda code: "".join(chr(ord(char) + 0xFEE0) for char in code),
        lambda code: code[:4] + code[4:].translate(str.maketrans("2568", "ZSGB")),
        lambda code: code[:4] + code[4:].translate(str.maketrans("2568", "zsgb")),
        lambda code: code.replace("CASE", "CA5E"),
        lambda code: code.replace("CASE", "\u0421\u0410\u0405\u0415"),
        *(
            (lambda code, zero=zero: code.translate({ord("0") + at: zero + at for at in range(10)}))
            for zero in (0x0660, 0x06F0, 0x0966, 0x17E0, 0xFF10)
        ),
    ],
)
def test_what_people_type_is_understood(change) -> None:  # type: ignore[no-untyped-def]
    assert parse_code(change(CODE)) == CODE


@given(st.text(max_size=120))
def test_any_text_is_a_code_or_is_refused_kindly(text: str) -> None:
    try:
        code = parse_code(text)
    except CodeMistyped:
        return
    assert parse_code(code) == code


def test_a_refusal_says_what_to_do_and_repeats_nothing() -> None:
    with pytest.raises(CodeMistyped) as caught:
        parse_code("CASE-777-777-777")
    assert caught.value.status == 422
    assert caught.value.hint()
    assert not caught.value.fields
    assert "777" not in str(caught.value)


def test_a_code_of_another_kind_is_refused() -> None:
    with pytest.raises(CodeMistyped):
        parse_code(CODE, prefix="KIT")


def test_the_prefix_is_part_of_what_is_checked() -> None:
    with pytest.raises(CodeMistyped):
        parse_code(CODE.replace("CASE", "CARE"))
