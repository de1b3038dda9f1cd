"""Tests of the ledger begin with an empty one."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _empty_ledger(request: pytest.FixtureRequest) -> None:
    mark = request.node.get_closest_marker("django_db")
    if mark is None:
        return
    request.getfixturevalue("transactional_db" if mark.kwargs.get("transaction") else "db")
    # Django stands by now; it did not when this file was read.
    from tests.cast import dismiss_everybody

    dismiss_everybody()
