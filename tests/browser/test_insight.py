"""Figures: a supervisor goes from a number to its rows and to a case; others see no small number and can't get one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from amparo.kernel import clock
from tests.browser.conftest import SignIn
from tests.browser.house import House
from tests.browser.landing import follow
from tests.browser.test_pages import PHONE, _violations

pytestmark = pytest.mark.browser


def test_from_a_number_to_its_rows_to_a_case(lively: House, sign_in: SignIn) -> None:
    jalil = sign_in(lively, "Jalil Sample")
    jalil.goto("/insight/")
    jalil.sees("Where cases stop")
    page = jalil.page
    reported = page.get_by_role("row", name="Reported").get_by_role("link")
    people = int(reported.inner_text())
    assert people > 0
    follow(reported)
    expect(page.locator(".lede")).to_contain_text(f"{people} row")
    expect(page.locator("tbody tr")).to_have_count(people)
    follow(page.locator("tbody a").first)
    assert "/case/" in page.url


def test_who_sees_figures_alone_finds_small_ones_hidden(lively: House, sign_in: SignIn) -> None:
    pedro = sign_in(lively, "Pedro Exemplo")
    pedro.goto("/insight/attrition/")
    pedro.sees("hidden")
    page = pedro.page
    for cell in page.locator("td.number").all_inner_texts():
        assert not cell.strip().isdecimal() or int(cell) >= 11
    follow(page.get_by_text("Choose one of period"))
    page.get_by_label("Case type").select_option("forced_labour")
    follow(page.get_by_role("button", name="Show"))
    assert "type=forced_labour" in page.url
    assert _violations(page, "light") == []


def test_figures_leave_as_a_report_once_the_director_has_approved_them(lively: House, sign_in: SignIn) -> None:
    pedro = sign_in(lively, "Pedro Exemplo")
    pedro.goto("/insight/releases/ask/")
    # A year that has already gone on for a while.
    pedro.page.get_by_label("Period").select_option(str((clock.today() - timedelta(days=120)).year))
    pedro.press("Ask")
    pedro.sees("A colleague has to approve it now.")
    release = pedro.path
    expect(pedro.page.get_by_role("button", name="Approve")).to_have_count(0)

    kofi = sign_in(lively, "Kofi Example", viewport=PHONE)
    kofi.goto("/")
    kofi.sees("Decide whether figures may leave")
    follow(kofi.page.locator(f"main a[href='{release}']"))
    kofi.title_is("Figures of")
    assert _violations(kofi.page, "light") == []
    assert kofi.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    kofi.press("Approve")
    kofi.sees("The figures may leave now.")
    paper = str(kofi.page.get_by_role("link", name="Report as PDF").get_attribute("href"))
    assert kofi.page.context.request.get(lively.url + paper).body().startswith(b"%PDF-")
    # Where the director approves, they are on the public site at once.
    kofi.press("Take off the public site")
    kofi.title_is("Take figures off the public site")
    kofi.press("Take them off")
    kofi.sees("The figures are off the public site.")


def test_figures_of_too_few_people_do_not_leave(lively: House, sign_in: SignIn) -> None:
    kofi = sign_in(lively, "Kofi Example")
    kofi.goto("/insight/releases/")
    kofi.press("Ask for a release")
    kofi.page.get_by_label("Period").select_option("2019")
    kofi.press("Ask")
    kofi.sees("too few people")
