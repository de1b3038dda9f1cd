"""A trainer and a unit: a file observed with one press an item, feedback that the unit has seen, a measured value."""

from __future__ import annotations

import re
from datetime import date

from tests.browser.conftest import SignIn
from tests.browser.house import House
from tests.browser.landing import follow
from tests.browser.test_pages import _violations

UNIT = "पुलिस थाना नमूना"


def test_a_unit_from_its_first_file_to_feedback_that_it_has_seen(house: House, sign_in: SignIn) -> None:
    oksana = sign_in(house, "Oksana Zrazok", java_script_enabled=False)
    page, today = oksana.page, date.today().isoformat()  # noqa: DTZ011 - the server's clock is this machine's

    oksana.goto("/partners/agencies/add/")
    oksana.choose("Kind", "Police")
    oksana.write("Name", "Example Police of the Hills")
    follow(page.get_by_role("main").get_by_role("button", name=re.compile("Add|Save")))
    oksana.press("Add a unit")
    oksana.choose("Kind", "Station")
    oksana.write("Name", UNIT)
    follow(page.get_by_role("main").get_by_role("button", name=re.compile("Add|Save")))

    # One press an item, without a script.
    oksana.goto("/strengthening/files/open/")
    page.get_by_label("Unit whose file it is").select_option(label=f"Example Police of the Hills, {UNIT}")
    oksana.press("Begin")
    oksana.sees("11 items have no answer yet.")
    for number in range(11):
        answer = "No" if number == 5 else "Yes"
        follow(page.locator("form.press").nth(number).get_by_role("button", name=answer, exact=True))
    oksana.sees("10 of 11 steps that applied were taken.")
    oksana.press("Complete")
    oksana.sees("The file is complete, and counts.")
    assert page.locator("form.press").count() == 0

    # Feedback for the unit, which it has seen.
    follow(page.get_by_role("link", name=UNIT).first)
    oksana.press("Feedback sheet")
    oksana.write("From", today)
    oksana.write("Until", today)
    oksana.press("Draft it")
    oksana.sees("What went well")
    paper = str(page.get_by_role("link", name="Print it for the unit").get_attribute("href"))
    assert page.context.request.get(house.url + paper).body().startswith(b"%PDF-")
    oksana.press("Validate with the unit")
    oksana.write("With whom of the unit", "Inspector Ejemplo")
    oksana.press("They have seen it")
    oksana.sees("Inspector Ejemplo")


def test_a_figure_without_its_source_is_not_entered(house: House, sign_in: SignIn) -> None:
    pedro = sign_in(house, "Pedro Exemplo")
    pedro.goto("/strengthening/scorecard/values/enter/")
    pedro.choose("Measure", "Confidence")
    pedro.write("What exactly was measured", "Would report to the police")
    pedro.write("Place", "Lakeside")
    pedro.choose("Point", "Baseline")
    pedro.choose("The value is a share", "of every 100")
    for label, figure in (("Value", "31"), ("Lower bound", "27"), ("Upper bound", "35")):
        pedro.write(label, figure)
    pedro.press("Save")
    pedro.sees("An observation needs its method, source, period, place and n.")
    assert _violations(pedro.page, "light") == []
