"""The page on which a consent is recorded, as people use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from amparo.cases import commands
from amparo.cases.models import Basis
from amparo.cases.words import PartyRole
from amparo.kernel import clock
from amparo.kernel.dates import PartialDate

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_childs_own_consent_is_refused_beside_who_decided_with_what_to_do(cast: Cast) -> None:
    at_hand = cast.case()
    child = cast.person(name="Lila Sample", birth=PartialDate(clock.today().year - 7, 1))
    commands.add_party(actor=cast.dalia, case_id=at_hand.id, person_id=child, role=PartyRole.SURVIVOR)
    typed = {
        "person_id": str(child), "answer": "given", "kind": "consent", "purpose": "services", "giver": "self",
        "method": "oral", "reason": "Explained with pictures.",
    }  # fmt: skip
    browser, url = cast.client("dalia"), reverse("cases:add_basis", args=[at_hand.id])
    answer = browser.post(url, typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "At this age a child does not consent alone." in page
    assert "caregiver&#x27;s consent" in page
    assert 'href="#id_giver' in page
    assert "Explained with pictures." in page
    assert browser.post(url, typed | {"kind": "assent_with_caregiver", "giver": "caregiver"}).status_code == 302
    assert Basis.objects.get(person_id=child).giver == "caregiver"
