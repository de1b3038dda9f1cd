"""Pages ask the database as often for many rows as for few."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amparo.access.actors import SYSTEM_ACTOR
from amparo.kernel.words import Role
from amparo.staff import commands
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def queries_of(browser: Client, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert browser.get(address).status_code == 200
    return len(seen)


def test_the_ledger_costs_the_same_however_much_happened(cast: Cast) -> None:
    browser = cast.client("lina")
    counts = []
    for _time in range(2):
        for _case in range(4):
            cast.case()
        counts.append(queries_of(browser, reverse("staff:ledger")))
    assert counts[0] == counts[1] < 20


def test_the_organisation_costs_the_same_however_many_work_there(cast: Cast) -> None:
    browser = cast.client("hugo")
    before = queries_of(browser, reverse("staff:organisation"))
    for number in range(5):
        commands.invite(
            actor=SYSTEM_ACTOR,
            office_id=cast.office,
            name=f"Extra Sample {number}",
            login_name=f"extra{number}",
            role=Role.LAWYER,
        )
    assert queries_of(browser, reverse("staff:organisation")) == before
