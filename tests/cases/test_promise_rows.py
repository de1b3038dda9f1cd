from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import translation

from amparo.cases.queries import PromiseView
from amparo.cases.views.task import promise_row
from amparo.cases.words import PromiseState
from amparo.kernel import clock

_NOBODY = UUID(int=0)


@pytest.mark.parametrize(("late", "said"), [(1, "1 day late"), (2, "2 days late")])
def test_a_late_promise_counts_its_days_in_words_that_fit_the_number(late: int, said: str) -> None:
    due = clock.today() - timedelta(days=late)
    promise = PromiseView(
        _NOBODY, _NOBODY, _NOBODY, "SV-222-222-222", "-", "-", _NOBODY, date(2026, 1, 1), due, PromiseState.OPEN, None
    )
    with translation.override("en"):
        assert promise_row(promise).when == said
