"""Fields of our own, where Django's would take what is no answer for one."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from amparo.kernel.dates import PartialDate
from amparo.web.fields import PartialDateField

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
