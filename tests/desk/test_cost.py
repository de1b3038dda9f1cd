"""What the two pages that everybody opens ask of the database: as often for much as for little, and prepared."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amparo.access import commands as access
from amparo.cases import commands as cases
from amparo.cases.words import PartyRole
from amparo.kernel import clock
from tests.partners import partners

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import CaseAtHand, Cast

pytestmark = pytest.mark.django_db

# The session and who is signed in are the framework's and the library's own, as is what is written at the end.
_BUILT_EACH_TIME = 8


def _asked(browser: Client, address: str) -> tuple[int, int]:
    """How many statements a second look runs, and how many it has to put together for that."""
    browser.get(address)
    built = []
    plain = SQLCompiler.as_sql

    def counted(self: SQLCompiler, *args: object, **more: object) -> object:
        built.append(self)
        return plain(self, *args, **more)  # type: ignore[arg-type]

    with CaptureQueriesContext(connection) as seen, patch.object(SQLCompiler, "as_sql", counted):
        assert browser.get(address).status_code == 200
    return len(seen), len(built)


def _fill(cast: Cast, at_hand: CaseAtHand) -> None:
    for _ in range(4):
        person = cast.person()
        cases.add_party(actor=cast.jalil, case_id=at_hand.id, person_id=person, role=PartyRole.WITNESS)
        cases.set_task(
            actor=cast.jalil,
            case_id=at_hand.id,
            title="Call",
            assigned_id=cast.accounts["dalia"],
            due_on=clock.today(),
        )


@pytest.mark.parametrize("who", ["dalia", "jalil", "bruno"])
def test_the_page_of_a_case_asks_as_often_for_much_as_for_little(cast: Cast, who: str) -> None:
    at_hand = cast.case()
    browser, address = cast.client(who), reverse("desk:case", args=[at_hand.id])
    _fill(cast, at_hand)
    few, built = _asked(browser, address)
    _fill(cast, at_hand)
    many, _built = _asked(browser, address)
    assert few == many <= 55
    assert built <= _BUILT_EACH_TIME


@pytest.mark.parametrize("who", ["dalia", "jalil", "bruno", "kofi"])
def test_today_asks_as_often_for_much_as_for_little(cast: Cast, who: str) -> None:
    browser, address = cast.client(who), reverse("desk:today")
    agency = partners.agency(cast)
    for _ in range(2):
        _fill(cast, cast.case())
        partners.agreement(cast, agency, clock.today())
    few, built = _asked(browser, address)
    for _ in range(2):
        _fill(cast, cast.case())
        partners.agreement(cast, agency, clock.today())
    many, _built = _asked(browser, address)
    assert few == many <= 60
    assert built <= 2 * _BUILT_EACH_TIME


def test_who_is_barred_from_somebody_waits_no_longer_for_today(cast: Cast) -> None:
    browser, address = cast.client("bruno"), reverse("desk:today")
    at_hand = cast.case()
    _fill(cast, at_hand)
    bar = {"actor": cast.lina, "office_id": cast.office, "reason": "Related."}
    access.set_bar(account_id=cast.accounts["bruno"], person_id=at_hand.survivor, **bar)
    _many, built = _asked(browser, address)
    assert built <= _BUILT_EACH_TIME
