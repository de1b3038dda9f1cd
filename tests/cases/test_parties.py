"""What somebody is to others in a case, and what was found about trafficking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from amparo.cases import queries
from amparo.cases.words import PartyRole
from amparo.people import queries as people
from tests.cast import Cast

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture(autouse=True)
def _one_step(settings: SettingsWrapper) -> None:
    settings.SECOND_STEP_REQUIRED = False


def test_a_relation_and_a_finding_are_entered_shown_and_changed(cast: Cast) -> None:
    case = cast.case()
    client = cast.client("dalia")
    page = reverse("desk:case", args=[case.id])
    typed = {"role": "guardian", "name": "Ana Sample", "relation": "guardian", "related_to": str(case.survivor)}
    add = reverse("cases:add_person", args=[case.id])
    half = client.post(add, typed | {"related_to": ""})
    assert half.status_code == 422
    assert "Ana Sample" in half.content.decode()
    assert client.post(add, typed).status_code == 302
    shown = client.get(page).content.decode()
    code = people.head(case.survivor).code
    assert "Guardian of" in shown
    guardian = next(one for one in queries.parties(cast.dalia, case.id) if one.role is PartyRole.GUARDIAN)
    assert guardian.related_to == case.survivor
    her = next(one for one in queries.parties(cast.dalia, case.id) if one.person_id == case.survivor)
    change = reverse("cases:party", args=[her.id])
    found = {"seen_version": "1", "trafficking": "actual", "trafficking_by": "police", "trafficking_on": "2026-03-04"}
    assert client.post(change, found).status_code == 302
    shown = client.get(page).content.decode()
    assert "Victim of trafficking · Police · " in shown
    change = reverse("cases:party", args=[guardian.id])
    assert code in client.get(change).content.decode()
    assert client.post(change, {"seen_version": "1", "relation": "relative", "related_to": str(case.survivor)})
    shown = client.get(page).content.decode()
    assert "Another relative of" in shown
    assert "Guardian of" not in shown
