"""Who examined hands a kit to the police, and the survivor sees where hers is, without a name and without a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from playwright.sync_api import Browser, expect

from tests.browser.landing import follow

if TYPE_CHECKING:
    from tests.browser.conftest import SignIn
    from tests.browser.house import House


def test_a_kit_goes_to_the_police_with_its_seal_read(lively: House, sign_in: SignIn) -> None:
    esther = sign_in(lively, "Esther Example")
    esther.goto("/kits/?state=reported")
    follow(esther.page.locator("main .rows a[href^='/kits/']").first)
    kit = esther.path
    follow(esther.page.locator("main a[href^='/evidence/']").first)
    seal = re.search(r"KIT \d{6}", esther.page.locator("main").inner_text())
    assert seal is not None
    esther.goto(kit)
    esther.press("The police pick it up")
    esther.write("Who picks it up: name and unit", "Constable Ejemplo, Harbour Central Station")
    esther.press("Record it")
    esther.sees("The number on the seal is missing.")
    expect(esther.field("Who picks it up: name and unit")).to_have_value("Constable Ejemplo, Harbour Central Station")
    esther.write("Number on the seal, as you read it", seal.group())
    esther.press("Record it")
    esther.sees("The police have it since")
    expect(esther.row("Constable Ejemplo").get_by_text("in the chain, line")).to_be_visible()
    expect(esther.page.locator("main svg").first).to_be_visible()
    expect(esther.page.get_by_text("The chain of custody tells something else.")).to_have_count(0)
    follow(esther.page.locator("main a[href^='/evidence/']").first)
    esther.sees("With somebody outside")


def test_a_survivor_sees_where_her_kit_is(lively: House, sign_in: SignIn, browser: Browser) -> None:
    esther = sign_in(lively, "Esther Example")
    esther.goto("/kits/?state=held")
    follow(esther.page.locator("main .rows a[href^='/kits/']").first)
    code = esther.page.locator("main .code").first.inner_text()
    esther.press(
        "Give her a new one"
        if esther.page.get_by_role("link", name="Give her a new one").count()
        else "Give her a number"
    )
    esther.press("Make the number")
    esther.sees("Ask her first.")
    esther.page.locator("input[name=safe]").check()
    esther.press("Make the number")
    number = esther.page.locator("main .lede .code").inner_text()
    esther.page.emulate_media(media="print")
    expect(esther.page.locator("main .lede .code")).to_be_visible()
    for betrayal in (esther.page.get_by_text("Esther Example"), esther.page.get_by_role("heading", level=1)):
        expect(betrayal).not_to_be_visible()

    host = urlsplit(lively.url)
    public = urlunsplit((host.scheme, f"report.localhost:{host.port}", "/en/number/", "", ""))
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(public)
    page.get_by_label("Your number").fill("MY-222-222")
    follow(page.get_by_role("button", name="Look"))
    expect(page.get_by_text("This number is not in use.").first).to_be_visible()
    page.get_by_label("Your number").fill(number.lower().replace("-", " "))
    follow(page.get_by_role("button", name="Look"))
    expect(page.get_by_role("heading", level=1, name="Nobody examines it unless you say so")).to_be_visible()
    expect(page.get_by_role("link", name="Leave this page")).to_be_visible()
    assert code not in page.content()
    assert number not in page.url
    assert context.cookies() == []
    context.close()
