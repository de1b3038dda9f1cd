"""A day on which trainings are held."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from amparo.kernel import clock


@pytest.fixture(autouse=True)
def _on_a_day() -> Iterator[None]:
    # Models can only be imported once Django is set up.
    from tests.training.rooms import NOW

    with clock.set_to(NOW):
        yield
