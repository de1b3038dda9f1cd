"""The awareness site: published facts with their sources, for strangers, without a cookie."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from PIL import Image

from amparo.facts import commands, queries, rules
from tests.cast import Cast

if TYPE_CHECKING:
    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db

HOST = "facts.localhost"
PAGES = ("", "campaign-figures/", "advice/", "friends/", "our-figures/", "facts/one-in-three-women/")
MOST_BYTES = 100_000


def ask(path: str, **headers: str) -> HttpResponse:
    return Client(SERVER_NAME=HOST).get(path, headers=headers)  # type: ignore[return-value]


def publish(cast: Cast, *numbers: str) -> None:
    for number in numbers:
        commands.verify_fact(actor=cast.pedro, number=number)
        commands.publish_fact(actor=cast.kofi, number=number)


@pytest.fixture
def shown(cast: Cast) -> Cast:
    publish(cast, "F1", "F1b", "H1")
    return cast


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_page_with_all_that_it_loads_stays_small_and_sets_no_cookie(shown: Cast, page: str, language: str) -> None:
    answer = ask(f"/{language}/{page}")
    assert answer.status_code == 200
    assert not answer.cookies
    loaded = re.findall(r'(?:href|src)="(/files/[^"]+)"', answer.content.decode())
    whole = len(answer.content) + sum(len(ask(one).content) for one in loaded)
    assert loaded
    assert whole < MOST_BYTES
    assert "default-src" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_leads_to_nothing_of_others_by_itself(shown: Cast, page: str) -> None:
    text = ask(f"/en/{page}").content.decode()
    assert not re.findall(r'(?:src|srcset|data|action)="(?:https?:)?//', text)
    assert not re.findall(r'<link[^>]+href="(?:https?:)?//', text)


def test_a_fact_is_shown_with_all_of_its_source(shown: Cast) -> None:
    text = ask("/en/facts/one-in-three-women/").content.decode()
    fact = queries.pack()["F1"]
    for words in (fact.publisher, fact.title, fact.population, fact.definition, fact.reference, fact.not_meaning):
        assert words in text.replace("&#x27;", "'"), words
    assert fact.address in text
    assert "shafaq.com" in text
    assert "As reported by" in text


def test_what_nobody_published_is_not_there(cast: Cast) -> None:
    for path in (
        "facts/one-in-three-women/",
        "facts/one-in-three-women/card.svg",
        "facts/one-in-three-women/data.json",
    ):
        assert ask(f"/en/{path}").status_code == 404


def test_a_withdrawn_fact_is_gone_with_its_pictures(shown: Cast) -> None:
    assert ask("/en/facts/one-in-three-women/card.svg").status_code == 200
    commands.withdraw_fact(actor=shown.kofi, number="F1")
    for path in ("", "card.svg", "card.png", "data.json"):
        assert ask(f"/en/facts/one-in-three-women/{path}").status_code == 404


def test_a_campaign_figure_stands_beside_what_took_its_place(shown: Cast) -> None:
    text = ask("/en/campaign-figures/").content.decode()
    assert queries.pack()["H1"].statement in text
    assert "/en/facts/one-in-three-women/" in text
    history = ask("/en/facts/one-in-three-women/").content.decode()
    assert "How this number replaced older ones" in history
    assert "736 million" in history


def test_a_fact_past_its_review_day_says_so(shown: Cast) -> None:
    from datetime import UTC, datetime

    from amparo.kernel import clock

    with clock.set_to(datetime(2030, 1, 1, tzinfo=UTC)):
        assert "We meant to look for a newer figure" in ask("/en/facts/one-in-three-women/").content.decode()
    assert "We meant to look for a newer figure" not in ask("/en/facts/one-in-three-women/").content.decode()


def test_a_card_is_a_picture_of_the_size_that_is_shared(shown: Cast) -> None:
    picture = Image.open(BytesIO(ask("/en/facts/one-in-three-women/card.png").content))
    assert picture.size == (1200, 630)
    assert ask("/ar/facts/one-in-three-women/card.svg").content.startswith(b"<svg")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_card_is_light_enough_for_a_slow_line_in_both_kinds(cast: Cast, language: str) -> None:
    whole = [number for number, fact in queries.pack().items() if not rules.missing(fact)]
    # The longest words make the heaviest pictures.
    longest = sorted(whole, key=lambda number: -len(str(queries.pack()[number])))[:3]
    heavy = {}
    for number in longest:
        publish(cast, number)
        slug = queries.pack()[number].slug
        for kind in ("svg", "png"):
            size = len(ask(f"/{language}/facts/{slug}/card.{kind}").content)
            if size >= MOST_BYTES:
                heavy[slug, kind] = size
    assert not heavy


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_history_of_a_telephone_does_not_say_what_was_read(shown: Cast, page: str, language: str) -> None:
    titles = {re.findall("<title>(.*?)</title>", ask(f"/{language}/{one}").content.decode())[0] for one in PAGES}
    assert len(titles) == 1
    assert not re.search("violence|abuse|report|rape|women|help", titles.pop(), re.I)


def test_what_is_shared_carries_its_words_and_its_picture(shown: Cast) -> None:
    text = ask("/en/facts/one-in-three-women/").content.decode()
    said = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', text))
    assert said["title"] == queries.pack()["F1"].statement.replace("'", "&#x27;")
    assert said["image"] == f"http://{HOST}/en/facts/one-in-three-women/card.png"
    assert 'og:title" content="Figures that everybody repeats"' in ask("/en/campaign-figures/").content.decode()
    for page in ("advice/", "friends/"):
        assert "og:title" not in ask(f"/en/{page}").content.decode()


@pytest.mark.parametrize(("old", "new"), [("report-safely", "advice"), ("how-to-help", "friends")])
def test_an_address_that_said_too_much_leads_to_the_one_that_does_not(old: str, new: str) -> None:
    assert ask(f"/en/{old}/").headers["Location"] == f"/en/{new}/"


def test_a_fact_is_data_for_machines(shown: Cast) -> None:
    claim = json.loads(ask("/en/facts/one-in-three-women/data.json").content)
    assert claim["@type"] == "Claim"
    assert claim["appearance"]["url"] == queries.pack()["F1"].address
    assert claim["about"]["measuredValue"] == "840 million"


def test_the_staffs_session_is_not_known_here(shown: Cast) -> None:
    browser = shown.client("kofi")
    answer = browser.get("/en/", SERVER_NAME=HOST)
    assert answer.status_code == 200
    assert "Kofi" not in answer.content.decode()
    assert not answer.cookies


def test_the_way_to_report_leads_to_the_other_site(shown: Cast, settings: SettingsWrapper) -> None:
    settings.REPORT_HOSTS = ("report.example",)
    assert "http://report.example/" in ask("/en/advice/").content.decode()
    settings.REPORT_HOSTS = ()
    assert "Tell us what happened" not in ask("/en/advice/").content.decode()


def test_own_figures_are_shown_with_their_definitions(shown: Cast) -> None:
    from datetime import date

    from amparo.facts.queries import OwnFigure
    from amparo.kernel import ids

    assert "not published any figures yet" in ask("/en/our-figures/").content.decode()
    commands.publish_figures(
        actor=shown.kofi,
        release_id=ids.new_id(),
        digest="c" * 64,
        least=20,
        since=date(2026, 1, 1),
        until=date(2026, 6, 30),
        figures=[OwnFigure("People brought to relief", "42", "Each person once.")],
    )
    text = ask("/en/our-figures/").content.decode()
    assert "42" in text
    assert "Each person once." in text
    assert "c" * 64 in text
    assert "fewer than 20 people" in text
