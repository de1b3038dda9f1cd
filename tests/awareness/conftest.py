"""A day's work in this room begins after the sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture(autouse=True)
def _one_step(settings: SettingsWrapper) -> None:
    """The second sign-in step has tests of its own."""
    settings.SECOND_STEP_REQUIRED = False
