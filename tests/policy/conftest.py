"""The world is made once for all tests of a module, and rolled back with the module's last one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

    from tests.policy.walking import Visitors
    from tests.policy.world import World


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    # This file may be read before Django is set up.
    from tests.policy.world import standing

    with django_db_blocker.unblock(), standing() as made:
        yield made


@pytest.fixture(scope="module")
def visitors(world: World) -> Visitors:
    from tests.policy.walking import Visitors

    return Visitors(world)
