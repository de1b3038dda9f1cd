"""A stranger reads the public facts: on a telephone, with and without scripts, in two languages, seen by machines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.house import House
from tests.browser.landing import follow

PHONE = {"width": 390, "height": 844}
PAGE_BYTES = 100_000
PAGES = ("/en/", "/en/campaign-figures/", "/en/advice/", "/en/friends/", "/en/our-figures/", "/ar/", "/ar/advice/")


@pytest.fixture(params=["with scripts", "without scripts"])
def reader(request: pytest.FixtureRequest, browser: Browser, lively: House) -> Iterator[Page]:
    """A page of somebody who reads; at the end of the test it has asked nobody but the site."""
    yield from _reader(browser, lively, scripts=request.param == "with scripts")


@pytest.fixture
def scripted(browser: Browser, lively: House) -> Iterator[Page]:
    yield from _reader(browser, lively, scripts=True)


def _reader(browser: Browser, lively: House, *, scripts: bool) -> Iterator[Page]:
    site = f"http://facts.localhost:{urlsplit(lively.url).port}"
    context = browser.new_context(base_url=site, viewport=PHONE, locale="en-GB", java_script_enabled=scripts)
    elsewhere: list[str] = []
    context.on(
        "request",
        lambda asked: None if asked.url.startswith((site, "data:", lively.elsewhere)) else elsewhere.append(asked.url),
    )
    yield context.new_page()
    assert elsewhere == []
    assert context.cookies() == []
    context.close()


def first_fact(page: Page) -> str:
    page.goto("/en/")
    found = page.locator("main a[href*='/facts/']").first.get_attribute("href")
    assert found is not None
    return found


def test_every_page_is_light_fits_a_phone_and_has_no_barrier(scripted: Page) -> None:
    answers: list[Response] = []
    fact = first_fact(scripted)
    scripted.on("response", lambda answer: answers.append(answer))
    for path in (*PAGES, fact):
        answers.clear()
        scripted.goto(path)
        assert sum(len(answer.body()) for answer in answers if answer.status == 200) < PAGE_BYTES, path
        assert scripted.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        for scheme in ("light", "dark"):
            scripted.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            found = Axe().run(scripted).response["violations"]
            assert [one["id"] for one in found] == [], path


def test_a_fact_says_what_it_does_not_mean_and_carries_its_source(reader: Page) -> None:
    reader.goto(first_fact(reader))
    expect(reader.get_by_text("What this does not mean")).to_be_visible()
    expect(reader.locator("main a[href^='https://']").first).to_be_visible()
    address = reader.locator("link[type='application/ld+json']").get_attribute("href")
    answer = reader.goto(str(address))
    assert answer is not None
    assert answer.json()["@context"].startswith("https://schema.org")


def test_a_card_can_be_shared_as_a_picture(reader: Page) -> None:
    reader.goto(first_fact(reader))
    for kind, media in (("svg", "image/svg+xml"), ("png", "image/png")):
        address = reader.locator(f"a[href$='card.{kind}']").first.get_attribute("href")
        with reader.context.new_page() as card:
            answer = card.goto(str(address))
            assert answer is not None
            assert answer.headers["content-type"].startswith(media)
            assert len(answer.body()) < PAGE_BYTES


def test_whoever_leaves_is_elsewhere_at_once(reader: Page) -> None:
    reader.goto("/en/advice/")
    assert "report" not in reader.title().lower()
    follow(reader.get_by_role("link", name=re.compile("Leave this page")).first)
    expect(reader.get_by_role("heading", name="The weather")).to_be_visible()
