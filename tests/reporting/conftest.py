"""An office that takes reports, and a stranger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.reporting.stranger import Stranger

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture
def stranger(cast: Cast) -> Stranger:
    from amparo.staff import commands

    commands.set_reports_office(actor=cast.jalil, expected=0, office_id=cast.office)
    return Stranger()


@pytest.fixture(autouse=True)
def _nobody_was_here() -> Iterator[None]:
    """Limits are kept in memory, so each test starts anew."""
    from amparo.reporting.views import around

    yield
    for limit in (around.BEGINNINGS, around.CODES, around.SENDINGS, around.OWN_SENDINGS):
        limit.forget()
