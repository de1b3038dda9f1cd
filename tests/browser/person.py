"""Somebody before a browser: finds things by their labels, as people do, and notices what goes wrong."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response, expect

from tests.browser.house import House
from tests.browser.landing import PATIENCE_MS, follow

_EXPECTED_REFUSALS = re.compile(r"status of (403|404|409|422)")


class Person:
    """One browser of one person. `wrong` gathers what nobody should meet, whatever the test looks for."""

    def __init__(self, context: BrowserContext, house: House, *, scripts: bool = True) -> None:
        self.context = context
        self.scripts = scripts
        self.house = house
        self.wrong: list[str] = []
        context.set_default_timeout(PATIENCE_MS)
        self.page: Page = context.new_page()
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.wrong.append(f"script: {error.error}"))
        context.on("request", self._asked)
        context.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        # A form that is refused comes with its status, and the browser mentions it.
        if message.type in ("error", "warning") and not _EXPECTED_REFUSALS.search(message.text):
            self.wrong.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.house.url, "data:", "blob:")):
            self.wrong.append(f"asked elsewhere: {urlsplit(request.url).netloc}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.wrong.append(f"{response.status} at {urlsplit(response.url).path}")

    def nothing_went_wrong(self) -> None:
        assert not self.wrong, "\n".join(self.wrong)

    # ---- coming and going ---------------------------------------------------------------------------------

    def sign_in(self, name: str) -> None:
        """One press, as the demonstration offers it."""
        self.page.goto("/sign-in/")
        follow(self.page.get_by_role("button", name=f"Enter as {name}", exact=True))
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()

    def sign_out(self) -> None:
        follow(self.page.get_by_role("button", name="Sign out"))
        expect(self.page.get_by_role("heading", name="Try it as somebody who works here")).to_be_visible()

    def goto(self, path: str) -> None:
        self.page.goto(path)

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    # ---- finding and pressing -----------------------------------------------------------------------------

    def part(self, heading: str) -> Locator:
        """The part of the page under a heading."""
        found = self.page.get_by_role("heading", name=heading, exact=True)
        return self.page.locator("section").filter(has=found).last

    def press(self, name: str, within: Locator | None = None) -> None:
        """Press the button or follow the link of this name, the first one there is."""
        place = within or self.page.locator("main")
        button = place.get_by_role("button", name=name, exact=True)
        link = place.get_by_role("link", name=name, exact=True)
        follow(button.or_(link).first)

    def press_all(self, name: str, within: Locator) -> None:
        """Press every button of this name, one after the other; each is gone once it was pressed."""
        expect(within).to_be_visible()
        buttons = within.get_by_role("button", name=name, exact=True)
        for left in reversed(range(buttons.count())):
            follow(buttons.first)
            expect(buttons).to_have_count(left)

    def row(self, text: str, within: Locator | None = None) -> Locator:
        """The line that says this."""
        return (within or self.page.locator("main")).get_by_role("listitem").filter(has_text=text).first

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def title_is(self, name: str) -> None:
        expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()

    # ---- forms --------------------------------------------------------------------------------------------

    def write(self, label: str, text: str) -> None:
        self.field(label).fill(text)

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(re.compile(f"^{re.escape(label)}( \\(you can leave this out\\))?$")).first

    def group(self, legend: str) -> Locator:
        name = re.compile(f"^{re.escape(legend)}( \\(you can leave this out\\))?$")
        return self.page.get_by_role("group", name=name)

    def choose(self, legend: str, *answers: str) -> None:
        """Tick an answer, or pick it from a list."""
        group = self.group(legend)
        if not group.count():
            offered = self.field(legend)
            option = offered.locator("option").filter(has_text=answers[0]).first
            offered.select_option(value=option.get_attribute("value"))
            return
        for answer in answers:
            exactly = group.get_by_label(answer, exact=True)
            (exactly if exactly.count() else group.get_by_label(answer)).first.check()

    def tick(self, label: str) -> None:
        self.field(label).check()

    def date(self, legend: str, *, year: str, month: str = "", day: str = "") -> None:
        """A date as far as it is known."""
        group = self.group(legend)
        for label, value in (("Year", year), ("Month", month), ("Day", day)):
            if value:
                group.get_by_label(label, exact=True).fill(value)

    def attach(self, label: str, name: str, data: bytes, kind: str) -> None:
        """Choose a file; with scripts on, wait until it has arrived."""
        self.field(label).set_input_files({"name": name, "mimeType": kind, "buffer": data})
        if self.scripts:
            expect(self.page.get_by_text(f"{name} has arrived")).to_be_visible()
