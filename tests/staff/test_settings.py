from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.urls import reverse

from amparo.kernel.errors import Changed, Refused
from amparo.ledger.models import Entry
from amparo.staff import commands, queries
from amparo.staff.queries import settings as held
from amparo.staff.rules import Clock
from amparo.staff.words import CodeList, Milestone, Number, RestorationArea
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_without_any_setting_the_usual_values_hold(cast: Cast) -> None:
    assert queries.medical_window_hours() == 72
    assert queries.medical_last_hours() == 120
    assert queries.acknowledge_days() == 7
    assert queries.contact_overdue_days() == 30
    assert queries.least_shown() == 11
    assert queries.retention_years("goals_met") == 10
    assert queries.restoration_thresholds() == {}
    assert queries.statutory_clocks() == []
    assert queries.code_list("case_types") == []


def test_a_changed_number_holds_from_the_next_look_on(cast: Cast) -> None:
    commands.set_numbers(actor=cast.jalil, expected=0, numbers=held.numbers() | {Number.ACKNOWLEDGE_DAYS: 5})
    assert queries.acknowledge_days() == 5
    assert queries.medical_window_hours() == 72


def test_the_ledger_keeps_which_setting_was_changed_and_not_its_value(cast: Cast) -> None:
    commands.set_numbers(actor=cast.jalil, expected=0, numbers=held.numbers() | {Number.ACKNOWLEDGE_DAYS: 5})
    last = Entry.objects.latest("index")
    assert last.verb == "setting.changed"
    assert json.loads(last.body)["facts"] == {"setting": "numbers.acknowledge_days"}


def test_two_people_can_not_overwrite_each_others_settings(cast: Cast) -> None:
    commands.set_retention(actor=cast.jalil, expected=0, years=held.retention() | {"goals_met": 7})
    with pytest.raises(Changed):
        commands.set_retention(actor=cast.kofi, expected=0, years=held.retention() | {"goals_met": 3})
    assert queries.retention_years("goals_met") == 7


def test_thresholds_are_read_as_they_were_set(cast: Cast) -> None:
    commands.set_thresholds(actor=cast.kofi, expected=0, thresholds={RestorationArea.SAFETY: "3,5"})
    assert queries.restoration_thresholds() == {RestorationArea.SAFETY: Decimal("3.5")}


def test_an_example_that_is_taken_into_use_is_an_example_no_more(cast: Cast) -> None:
    example = next(clock for clock in held.all_clocks() if clock.code == "example_charge")
    used = Clock(example.code, example.label, 90, example.start, example.stop, is_active=True, is_example=True)
    commands.save_clock(actor=cast.jalil, expected=0, clock=used, is_new=False)
    (running,) = queries.statutory_clocks()
    assert (running.days, running.is_example) == (90, False)


def test_a_clock_of_ones_own_runs_beside_the_examples(cast: Cast) -> None:
    own = Clock("appeal_30", "Appeal within 30 days", 30, Milestone.VERDICT, Milestone.APPEAL)
    commands.save_clock(actor=cast.jalil, expected=0, clock=own, is_new=True)
    assert [clock.code for clock in queries.statutory_clocks()] == ["appeal_30"]
    assert len(held.all_clocks()) == 4


def test_a_code_out_of_use_is_offered_no_more_and_keeps_its_label(cast: Cast) -> None:
    commands.add_code(actor=cast.jalil, name=CodeList.DISTRICTS, code="north", label="North Coast")
    assert queries.code_list("districts") == [("north", "North Coast")]
    commands.set_code_use(actor=cast.jalil, name=CodeList.DISTRICTS, code="north", is_active=False)
    assert queries.code_list("districts") == []
    assert queries.code_label("districts", "north") == "North Coast"


@pytest.mark.parametrize("who", ["amina", "bruno", "lina", "grace", "iris"])
def test_only_supervisors_directors_and_system_keepers_change_settings(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        commands.add_code(actor=cast.actor(who), name=CodeList.DISTRICTS, code="north", label="North")


def test_a_setting_is_changed_on_its_page(cast: Cast) -> None:
    browser = cast.client("jalil")
    values = {number.value: value for number, value in held.numbers().items()} | {"screening_days": "21"}
    answer = browser.post(reverse("staff:set_numbers"), values | {"seen_version": "0"})
    assert answer.status_code == 302
    assert queries.screening_days() == 21
    page = browser.get(reverse("staff:settings")).content.decode()
    assert "Days in which a report is decided on" in page
    assert "Example, not running" in page


def test_a_number_out_of_bounds_is_said_at_its_field_and_nothing_is_saved(cast: Cast) -> None:
    values = {number.value: value for number, value in held.numbers().items()} | {"least_shown": "3"}
    answer = cast.client("jalil").post(reverse("staff:set_numbers"), values)
    assert answer.status_code == 422
    assert 'id="id_least_shown_error"' in answer.content.decode()
    assert queries.least_shown() == 11


def test_codes_are_added_and_retired_on_their_page(cast: Cast) -> None:
    browser = cast.client("kofi")
    browser.post(reverse("staff:add_code", args=["programmes"]), {"code": "shelter", "label": "Shelter"})
    assert queries.code_list("programmes") == [("shelter", "Shelter")]
    browser.post(reverse("staff:use_code", args=["programmes", "shelter"]), {"use": ""})
    assert queries.code_list("programmes") == []
    assert browser.get(reverse("staff:add_code", args=["nonsense"])).status_code == 404
