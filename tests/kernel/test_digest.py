from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.kernel.digest import JsonValue, NotCanonical, canonical, sha256, sha256_of, spaced

texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_a_canonical_value_reads_back_as_the_same_value(value) -> None:  # type: ignore[no-untyped-def]
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(texts, st.integers(0, 9), min_size=2))
def test_the_order_of_keys_does_not_change_the_hash(value: dict[str, int]) -> None:
    assert sha256_of(value) == sha256_of(dict(reversed(value.items())))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_with_fractions_keep_their_value(number: float) -> None:
    assert float(json.loads(canonical(number))) == number


def test_the_bytes_are_those_of_the_standard() -> None:
    # The example of RFC 8785, 3.2.2 and 3.2.3.
    value: JsonValue = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": '\u20ac$\x0f\nA\'B"\\\\"/',
        "literals": [None, True, False],
    }
    assert (
        canonical(value)
        == (
            '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
            '"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
        ).encode()
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53, "\ud800", {"\ud800": 1}, {1: 2}, {1, 2}, b"x"])
def test_what_json_cannot_carry_is_refused(value) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NotCanonical):
        canonical(value)


def test_the_hash_is_sha_256() -> None:
    # FIPS 180-2, appendix B.1.
    assert sha256(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@given(st.binary(max_size=50))
def test_a_spaced_hash_has_groups_of_four(data: bytes) -> None:
    groups = spaced(sha256(data)).split(" ")
    assert "".join(groups) == sha256(data)
    assert {len(group) for group in groups} == {4}


@pytest.mark.parametrize("text", ["", "xyz1", "ABCD", "abc"])
def test_only_hashes_are_spaced(text: str) -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        spaced(text)
