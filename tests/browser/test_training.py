"""A training from its plan to its certificate: the trainer at her desk, a participant on her telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SignIn
from tests.browser.house import House
from tests.browser.landing import follow
from tests.browser.test_pages import PHONE, _violations

NAME = "សុខា គំរូ"


@pytest.fixture
def phone(browser: Browser, house: House) -> Iterator[Page]:
    """A participant's telephone: nobody is signed in, and no script runs."""
    context = browser.new_context(base_url=house.url, viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_training_from_its_plan_to_its_certificate(house: House, sign_in: SignIn, phone: Page) -> None:
    oksana = sign_in(house, "Oksana Zrazok")
    page = oksana.page

    # A curriculum with one module and two questions.
    oksana.goto("/training/curricula/")
    oksana.press("Add a curriculum")
    oksana.choose("For whom", "Police")
    oksana.write("Title", "First response")
    oksana.write("Score at the end for the certificate, in percent", "50")
    oksana.press("Add it")
    oksana.press("Add a module")
    oksana.write("Module", "The first hour")
    oksana.press("Save")
    for text, kind, lines in (
        ("What do you ask first?", "One answer is right", "Her name\n* Whether she is safe"),
        ("What is written at each hand-over?", "Several answers are right", "* Who\n* When\nGossip"),
    ):
        oksana.press("Add a question")
        oksana.choose("Kind of question", kind)
        oksana.write("Question", text)
        oksana.write("Answers, one a line", lines)
        oksana.press("Save")
    oksana.sees("(right)")

    # A session today, and somebody on its list.
    oksana.press("Plan a session")
    oksana.write("First day", date.today().isoformat())  # noqa: DTZ011 - the server's clock is this machine's
    oksana.write("Last day", date.today().isoformat())  # noqa: DTZ011
    oksana.write("Place", "Example Hall")
    oksana.choose("Language", "English")
    oksana.press("Plan it")
    session = oksana.path
    oksana.press("Add somebody", oksana.part("Steps"))
    oksana.write("Or somebody new: the name as it shall stand on the certificate", NAME)
    oksana.press("Add to the list")
    oksana.goto(session)
    code = page.get_by_text(re.compile(r"^TR-")).first.inner_text()
    assert _violations(page, "light") == []

    # Present, and the test at the end, on the telephone.
    for purpose in ("Attendance today", "Test at the end"):
        oksana.goto(session)
        oksana.press("Open it", oksana.row(purpose, oksana.part("By telephone")))
        address = page.get_by_text(re.compile(r"/training/door/")).inner_text()
        assert NAME not in address
        phone.goto(urlsplit(address).path)
        phone.get_by_label("Your code").fill("TR-222-222-222")
        follow(phone.get_by_role("button"))
        expect(phone.get_by_text("not on the list").first).to_be_visible()
        phone.get_by_label("Your code").fill(code.lower())
        follow(phone.get_by_role("button"))
    expect(phone.get_by_text("What do you ask first?")).to_be_visible()
    assert NAME not in phone.content()
    assert not phone.get_by_text("(right)").count()
    phone.get_by_label("Whether she is safe").check()
    phone.get_by_label("Who", exact=True).check()
    follow(phone.get_by_role("button", name="Hand in my answers"))
    expect(phone.get_by_role("heading", name="Your answers are handed in")).to_be_visible()

    # Held, and certified.
    oksana.goto(session)
    oksana.sees("75\u00a0%")
    oksana.press("It was held", oksana.part("Steps"))
    oksana.press("It was held")
    oksana.press("Issue them", oksana.part("Steps"))
    oksana.press("Issue certificates")
    number = page.get_by_role("link", name=re.compile(r"^CRT-")).first
    said = number.inner_text()
    follow(number)
    oksana.title_is("Certificate")
    paper = str(page.get_by_role("link", name="The paper (PDF)").get_attribute("href"))
    assert page.context.request.get(house.url + paper).body().startswith(b"%PDF-")

    # Anybody checks the number, and learns no name.
    phone.goto("/training/check/")
    phone.get_by_label("Number of the certificate").fill(said)
    follow(phone.get_by_role("button", name="Check it"))
    expect(phone.get_by_text("This certificate is valid.")).to_be_visible()
    assert NAME not in phone.content()

    # A test is not marked after its certificate: its line is fixed.
    oksana.goto(f"{session}tests/post/")
    expect(page.get_by_label(f"{NAME}, question 1")).to_be_disabled()


def test_a_grid_is_typed_by_keyboard_alone(house: House, sign_in: SignIn) -> None:
    """After the session of the test before this one: two more people, a column each with Enter."""
    oksana = sign_in(house, "Oksana Zrazok")
    oksana.goto("/training/")
    follow(oksana.page.locator("main .rows a").first)
    session = oksana.path
    for name in ("Anna Sample", "Berta Sample"):
        oksana.goto(f"{session}enrol/")
        oksana.write("Or somebody new: the name as it shall stand on the certificate", name)
        oksana.press("Add to the list")
    oksana.goto(f"{session}tests/pre/")
    oksana.page.get_by_label("Anna Sample, question 1").focus()
    keyboard = oksana.page.keyboard
    keyboard.type("b")
    keyboard.press("Enter")
    keyboard.type("a")
    keyboard.press("Tab")
    keyboard.type("ab")
    keyboard.press("ArrowUp")
    keyboard.type("ac")
    expect(oksana.page.get_by_label("Berta Sample, question 1")).to_have_value("a")
    expect(oksana.page.get_by_label("Anna Sample, question 2")).to_have_value("ac")
    assert _violations(oksana.page, "light") == []
    oksana.press("Save and mark")
    oksana.sees("2 of 3 handed in")
    oksana.sees("missing")
