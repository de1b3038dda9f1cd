"""The world is made once for all tests of a module, and rolled back with the module's last one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.policy.walking import Visitors
from tests.policy.world import World, standing


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), standing() as made:
        yield made


@pytest.fixture(scope="module")
def visitors(world: World) -> Visitors:
    return Visitors(world)
