"""What a survivor sees of her kit on the public site, and what a stranger learns there: nothing."""

from __future__ import annotations

import secrets

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amparo.kits import commands
from amparo.kits.models import UsedKit
from amparo.kits.rules import numbers
from amparo.kits.words import Kind
from tests.cast import Cast
from tests.kits.story import Story, begin
from tests.reporting.stranger import Stranger

pytestmark = pytest.mark.django_db
PATH = "/en/number/"


@pytest.fixture
def story(cast: Cast) -> Story:
    return begin(cast)


@pytest.fixture
def number(story: Story) -> str:
    made = numbers.new_number(secrets.token_bytes(numbers.ENTROPY_BYTES))
    kit = story.use(who="bruno")
    commands.issue_number(actor=story.cast.esther, kit_id=kit, number=made)
    story.step(kit, Kind.PICK_UP)
    return made


def test_she_reads_where_it_is_in_plain_words_and_nothing_that_betrays_her(number: str, story: Story) -> None:
    her = Stranger()
    answer = her.send(PATH, {"number": number.replace("-", " ").lower()})
    assert answer.status_code == 200
    assert "The authorities have it" in her.page
    used = UsedKit.objects.get()
    for betrayal in ("Nadia", "Clinic", "Sergeant", "Harbour", "kit", "police", used.code, str(story.case.id), number):
        assert betrayal.casefold() not in her.page.casefold(), betrayal
    assert 'id="leave"' in her.page
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_guess_learns_nothing_and_locks_nobody_out(number: str) -> None:
    stranger, her = Stranger(), Stranger()
    pages = set()
    for _guess in range(40):
        answer = stranger.send(PATH, {"number": numbers.new_number(secrets.token_bytes(32))})
        assert answer.status_code == 422
        pages.add(stranger.page.count("not in use"))
    assert pages == {stranger.page.count("not in use")}
    assert her.send(PATH, {"number": number}).status_code == 200
    assert stranger.send(PATH, {"number": number}).status_code == 200


def test_the_page_asks_the_database_the_same_whether_found_or_not(number: str) -> None:
    asked = []
    for typed in (number, numbers.new_number(secrets.token_bytes(32)), "MY-222", "nothing at all"):
        her = Stranger()
        her.get(PATH)
        with CaptureQueriesContext(connection) as caught:
            her.post(PATH, {"number": typed})
        asked.append([query["sql"].split("=")[0] for query in caught.captured_queries if "kits_" in query["sql"]])
    assert asked[0]
    assert all(one == asked[0] for one in asked)


def test_the_number_stands_in_no_address_and_nothing_typed_is_lost() -> None:
    her = Stranger()
    answer = her.send(PATH, {"number": "MY-234"})
    assert answer.status_code == 422
    assert 'value="MY-234"' in her.page
    assert her.send(PATH, {"number": ""}).status_code == 422
