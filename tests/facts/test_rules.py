"""What a fact needs before anybody may show it."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.facts import queries, rules
from amparo.facts.rules import Fact, ReadAt
from amparo.facts.words import Standing, Status

WHOLE = queries.pack()["F1"]
# What a fact may do without: the share, plain words, and the successor of a figure that has none.
MAY_BE_EMPTY = {"share", "plain", "successor", "successor_note"}
TEXTS = [one.name for one in fields(Fact) if isinstance(getattr(WHOLE, one.name), str) and one.name != "status"]


def test_a_whole_fact_lacks_nothing() -> None:
    assert rules.missing(WHOLE) == ()


@given(gone=st.sets(st.sampled_from([name for name in TEXTS if name not in MAY_BE_EMPTY | {"standing"}]), min_size=1))
def test_without_any_one_of_its_parts_a_fact_is_incomplete(gone: set[str]) -> None:
    assert set(rules.missing(replace(WHOLE, **dict.fromkeys(gone, " ")))) == gone


@pytest.mark.parametrize("name", ["published", "retrieved_on", "review_by"])
def test_without_one_of_its_days_a_fact_is_incomplete(name: str) -> None:
    assert rules.missing(replace(WHOLE, **{name: None})) == (name,)


def test_one_outlet_is_not_enough_for_a_figure_that_is_only_reported() -> None:
    twice = (ReadAt("one.example", date(2026, 1, 1)), ReadAt("one.example", date(2026, 1, 2)))
    assert rules.missing(replace(WHOLE, read=twice)) == ("read",)
    assert rules.missing(replace(WHOLE, read=twice[:1], standing=Standing.READ)) == ()


def test_a_campaign_figure_needs_its_successor() -> None:
    assert rules.missing(replace(WHOLE, status=Status.HISTORIC)) == ("successor",)


def test_a_draft_is_never_whole() -> None:
    assert "status" in rules.missing(replace(WHOLE, status=Status.DRAFT))


def test_a_fact_is_overdue_the_day_after_its_review_day() -> None:
    assert WHOLE.review_by is not None
    assert not rules.is_overdue(WHOLE, WHOLE.review_by)
    assert rules.is_overdue(WHOLE, WHOLE.review_by + timedelta(days=1))


@given(name=st.sampled_from(TEXTS), text=st.text(max_size=20))
def test_any_change_of_its_text_changes_the_digest(name: str, text: str) -> None:
    changed = replace(WHOLE, **{name: text})
    assert (changed.digest == WHOLE.digest) == (getattr(WHOLE, name) == text)


# ---- the pack that ships ----------------------------------------------------------------------------------------


def test_every_successor_in_the_pack_is_a_current_fact_of_it() -> None:
    assert rules.broken_links(queries.pack()) == []


def test_facts_of_the_pack_have_addresses_and_slugs_of_their_own() -> None:
    facts = list(queries.pack().values())
    assert len({fact.slug for fact in facts}) == len(facts)
    assert all(fact.address.startswith(("https://", "http://")) for fact in facts)


def test_what_was_read_in_one_secondary_place_is_a_draft() -> None:
    for number in ("F6", "F11", "F13"):
        assert rules.missing(queries.pack()[number])


IN_WORDS = (
    "figure", "share", "statement", "population", "definition", "plain", "not_meaning", "caveat", "successor_note",
)  # fmt: skip


def _digits(text: str) -> list[str]:
    return sorted(re.findall(r"\d+(?:[.,]\d+)*", text))


def test_every_fact_that_may_be_published_is_said_in_arabic_with_the_same_digits() -> None:
    ready = [fact for fact in queries.pack().values() if not rules.missing(fact)]
    assert ready
    for fact in ready:
        words = dict(dict(fact.translated)["ar"])
        assert {"statement", "not_meaning", "population", "definition"} <= words.keys(), fact.id
        assert _digits(words["figure"]) == _digits(fact.figure), fact.id
        for name, text in words.items():
            assert re.search("[\u0621-\u064a]|^[0-9.,]+( %)?$", text), (fact.id, name)
            assert _digits(text) == _digits(getattr(fact, name)), (fact.id, name)
        # A part that is not translated would stay in English beside the Arabic.
        said = {name for name in IN_WORDS if getattr(fact, name)}
        assert words.keys() == said, fact.id


def test_an_address_that_is_none_of_the_web_is_missing() -> None:
    assert rules.missing(replace(WHOLE, address="javascript:alert(1)")) == ("address",)
