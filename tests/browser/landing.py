"""Pressing something and waiting until the page that it leads to is there, however slow the machine.

The browser's driver returns from a click as soon as the click was taken in. What a test then reads at once, it may
read from the page that is about to go.
"""

from __future__ import annotations

import time
from contextlib import suppress

from playwright.sync_api import Error, Locator, Page, Response, expect

# Neither a long set-up beside the browser nor a busy machine is a fault of the page; a page that is wrong stays wrong.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)

_LEADS_TO_ANOTHER_PAGE = """one => {
  const link = one.closest("a[href]");
  if (link) {
    const here = link.pathname === location.pathname && link.search === location.search && link.host === location.host;
    return !link.target && !link.hasAttribute("download") && !(here && link.hash);
  }
  const form = one.form;
  if (!form || one.type !== "submit" || form.method === "dialog" || form.matches("[data-veil]")) return false;
  return form.noValidate || one.formNoValidate || form.checkValidity();
}"""


_IS_THE_NEXT_PAGE = "() => !window.isPressed && document.readyState !== 'loading'"


def follow(pressed: Locator) -> None:
    """Press a link or a button; where it leads to another page, come back when that page is read."""
    pressed.wait_for(state="visible")
    if not pressed.evaluate(_LEADS_TO_ANOTHER_PAGE):
        pressed.click()
        return
    page = pressed.page
    page.evaluate("window.isPressed = true")
    with page.expect_response(_is_an_answer, timeout=PATIENCE_MS) as answered:
        pressed.click()
    if "attachment" not in answered.value.headers.get("content-disposition", ""):
        _wait_for_the_next(page)


def _is_an_answer(response: Response) -> bool:
    return response.request.is_navigation_request() and not 300 <= response.status < 400


def _wait_for_the_next(page: Page) -> None:
    until = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < until:
        with suppress(Error):  # The page went while it was asked.
            if page.evaluate(_IS_THE_NEXT_PAGE):
                return
        page.wait_for_timeout(20)
    raise AssertionError("the page that was asked for did not come")
