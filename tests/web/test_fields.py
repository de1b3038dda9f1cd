"""Fields of our own, where Django's would take what is no answer for one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone, translation

from amparo.kernel.dates import PartialDate
from amparo.web.fields import ChoiceField, DayField, ManyField, MomentField, PartialDateField, TextField
from amparo.web.forms import Form
from amparo.web.templatetags.amparo_web import form_errors
from amparo.web.uploads.field import UploadField

# Day, month, year, and whether the box "about then" is ticked.
EMPTY = (["", "", "", False], ["", "", "", True], ["", "", "", "on"], [], None)


@pytest.mark.parametrize("typed", EMPTY)
def test_a_needed_date_that_is_left_empty_is_asked_for(typed: list[object] | None) -> None:
    with pytest.raises(ValidationError) as refused:
        PartialDateField(label="When").clean(typed)
    assert refused.value.code == "required"


@pytest.mark.parametrize("typed", EMPTY)
def test_a_date_that_may_be_left_out_is_none(typed: list[object] | None) -> None:
    assert PartialDateField(label="When", required=False).clean(typed) is None


def test_a_year_alone_is_a_date() -> None:
    assert PartialDateField(label="When").clean(["", "", "2025", False]) == PartialDate(2025)


class Counting(Form):
    people = forms.IntegerField(label="About how many people", min_value=0, max_value=9)


@pytest.mark.parametrize(
    ("typed", "said"), [("-5", "Write 0 or a larger number."), ("12", "Write 9 or a smaller number.")]
)
def test_a_number_out_of_bounds_is_told_what_to_write(typed: str, said: str) -> None:
    with translation.override("en"):
        assert Counting({"people": typed}).errors == {"people": [said]}


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Bogota"])
@pytest.mark.parametrize("typed", ["0001-01-01T00:00", "1799-12-31T23:59", "2200-01-01T00:00", "9999-12-31T23:59"])
def test_a_moment_in_a_year_that_nobody_writes_is_refused_in_every_zone(typed: str, zone: str) -> None:
    with timezone.override(ZoneInfo(zone)), pytest.raises(ValidationError) as refused:
        MomentField(label="When").clean(typed)
    assert refused.value.code == "invalid"


@pytest.mark.parametrize("typed", ["0026-05-17", "1799-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_in_a_year_that_nobody_writes_is_refused(typed: str) -> None:
    with translation.override("en"), pytest.raises(ValidationError, match="between 1800 and 2199"):
        DayField(label="When").clean(typed)
    assert DayField(label="When").clean("2199-12-31") == date(2199, 12, 31)


class Asking(Form):
    what = TextField(label="What happened")
    when = PartialDateField(label="When")
    day = DayField(label="Which day")
    kind = ChoiceField(label="How?", choices=[("a", "A"), ("b", "B")])
    kinds = ManyField(label="Which of these?", choices=[("a", "A")])
    count = forms.IntegerField(label="How many")
    paper = UploadField(label="The paper")
    sure = forms.BooleanField(label="I am sure")
    left_out = TextField(label="More", required=False)


def test_each_missing_answer_is_asked_for_by_its_question_and_says_what_to_do() -> None:
    with translation.override("en"):
        said = {name: str(errors[0]) for name, errors in Asking({}).errors.items()}
    assert said == {
        "what": "“What happened” is still empty. Write something there.",
        "when": "“When” has no date yet. A year alone is enough.",
        "day": "“Which day” has no day yet. Choose it, or write it.",
        "kind": "“How?” has no answer yet. Choose one.",
        "kinds": "“Which of these?” has no answer yet. Choose at least one.",
        "count": "“How many” has no number yet. Write it in figures.",
        "paper": "“The paper” has no file yet. Choose one.",
        "sure": "“I am sure” is not ticked yet. Nothing goes on before it is.",
    }
    with translation.override("en"):
        lines = form_errors(Asking({"count": "x"}))
    assert [line.label for line in lines if line.label] == ["How many"]


@pytest.mark.parametrize(
    ("typed", "holds"),
    [({}, False), ({"what": ""}, False), ({"when_about": "", "kind": ""}, False), ({"what": "x"}, True),
     ({"when_year": "2025"}, True), ({"kinds": ["a"]}, True), ({"sure": "on"}, True)],
)  # fmt: skip
def test_a_form_knows_whether_anything_was_typed_into_it(typed: dict[str, object], holds: bool) -> None:
    data = QueryDict(mutable=True)
    for name, value in typed.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    assert Asking(data).holds_answers is holds


def test_a_moment_is_that_of_the_office() -> None:
    with timezone.override(ZoneInfo("America/Bogota")):
        assert MomentField(label="When").clean("2026-05-17T20:30") == datetime(2026, 5, 18, 1, 30, tzinfo=UTC)


def test_what_may_be_left_unsaid_is_said_so_among_buttons_and_asked_for_in_a_list() -> None:
    few, many = [("a", "A"), ("b", "B")], [(str(number), str(number)) for number in range(9)]
    with translation.override("en"):
        assert str(ChoiceField(choices=few, required=False).choices[0][1]) == "Not said"
        assert str(ChoiceField(choices=many, required=False).choices[0][1]) == "Choose"
        assert ChoiceField(choices=few).choices[0][0] == "a"
