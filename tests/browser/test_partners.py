"""A trainer writes down a partner, a caseworker finds the service, and a director learns what is missing."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from amparo.kernel import clock

if TYPE_CHECKING:
    from tests.browser.conftest import SignIn
    from tests.browser.house import House


def test_a_place_is_written_down_found_and_reported_on(lively: House, sign_in: SignIn) -> None:
    oksana = sign_in(lively, "Oksana Zrazok")
    oksana.goto("/partners/")
    oksana.press("Add an agency")
    oksana.write("Name", "Browser Health Trust (invented)")
    oksana.choose("Kind", "Health service")
    oksana.write("District", "Harbour District")
    oksana.press("Add the agency")
    oksana.press("Add a facility")
    oksana.write("Name", "Night Clinic at the Pier")
    oksana.choose("Kind", "Clinic")
    oksana.write("District", "Harbour District")
    for said in ("Forensic examination", "Day and night", "Free of charge", "Khmer"):
        oksana.page.get_by_label(said, exact=True).check()
    oksana.press("Add the facility")
    oksana.press("Report what it has")
    oksana.page.get_by_label("Seen on a visit").check()
    oksana.write("How many trained examiners?", "1")
    oksana.write("How many kits in stock?", "0")
    for group in ("Is there a cold store that works?", "Is there a room for children?"):
        oksana.choose(group, "Not known")
    oksana.press("Report it")
    expect(oksana.page.get_by_text("1 examiner").first).to_be_visible()
    oksana.goto("/partners/gaps/")
    line = oksana.page.get_by_role("row").filter(has_text="Night Clinic at the Pier")
    expect(line.get_by_role("img")).to_have_count(6)
    assert [one.get_attribute("aria-label") for one in line.get_by_role("img").all()][:2] == ["Yes", "No"]

    dalia = sign_in(lively, "Dalia Mithal")
    dalia.goto("/partners/services/")
    dalia.choose("Service", "Forensic examination")
    dalia.choose("Language", "Khmer")
    dalia.tick("Day and night")
    dalia.press("Show")
    expect(dalia.page.locator("main .rows > li")).to_have_count(1)
    dalia.press("Night Clinic at the Pier")
    dalia.press("I checked it today")
    expect(dalia.page.get_by_text("That it was checked today is written down.")).to_be_visible()


def test_the_address_of_a_shelter_is_shown_for_a_reason_once(lively: House, sign_in: SignIn) -> None:
    dalia = sign_in(lively, "Dalia Mithal")
    dalia.goto("/partners/services/?service=safe_house")
    dalia.press("House of the Seven Boats (invented)")
    expect(dalia.page.get_by_text("the blue door")).to_have_count(0)
    dalia.press("Show, with a reason")
    dalia.page.get_by_label("To visit somebody there").check()
    dalia.press("Show the address")
    expect(dalia.page.get_by_text(re.compile("the blue door"))).to_be_visible()
    dalia.goto("/partners/services/?service=safe_house")
    dalia.press("House of the Seven Boats (invented)")
    expect(dalia.page.get_by_text("the blue door")).to_have_count(0)
    oksana = sign_in(lively, "Oksana Zrazok")
    oksana.goto(dalia.path)
    expect(oksana.page.get_by_text("This address is protected.")).to_be_visible()
    expect(oksana.page.get_by_role("link", name="Show, with a reason")).to_have_count(0)


def test_a_director_reviews_the_agreement_that_releases_nothing(lively: House, sign_in: SignIn) -> None:
    kofi = sign_in(lively, "Kofi Example")
    kofi.goto("/partners/")
    kofi.press("See the agreements")
    late = kofi.page.locator("main .rows > li").filter(has_text="Past its review")
    kofi.goto(str(late.get_by_role("link").first.get_attribute("href")))
    kofi.press("It was reviewed")
    kofi.write("Next review by", (clock.today() + timedelta(days=200)).isoformat())
    kofi.press("It holds until then")
    expect(kofi.page.get_by_text("In force").first).to_be_visible()
