"""Who is on the team of a case, until when, and who is walled off from it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from amparo.access import commands, queries
from amparo.access.errors import BarLifted
from amparo.access.models import Bar
from amparo.cases import queries as cases
from amparo.kernel.errors import NotFound
from amparo.ledger.models import Entry
from amparo.vault import sealing

if TYPE_CHECKING:
    from tests.cast import CaseAtHand, Cast

pytestmark = pytest.mark.django_db


def _barred(cast: Cast, who: str = "bruno", **what: UUID) -> UUID:
    return commands.set_bar(
        actor=cast.jalil, account_id=cast.accounts[who], office_id=cast.office, reason="The wrong Bruno.", **what
    )


def _opens(cast: Cast, at_hand: CaseAtHand, who: str = "bruno") -> bool:
    try:
        cases.case_head(cast.actor(who), at_hand.id)
    except NotFound:
        return False
    return True


@pytest.mark.parametrize("who", ["jalil", "lina"])
def test_a_bar_that_is_lifted_opens_the_case_again_to_its_team(cast: Cast, who: str) -> None:
    at_hand = cast.case()
    bar = _barred(cast, case_id=at_hand.id)
    assert not _opens(cast, at_hand)
    commands.lift_bar(actor=cast.actor(who), bar_id=bar, reason="Set by mistake.")
    assert _opens(cast, at_hand)
    assert queries.bars_of_case(cast.jalil, at_hand.id) == []


def test_the_reason_of_lifting_is_kept_sealed_and_the_ledger_has_no_word_of_it(cast: Cast) -> None:
    at_hand = cast.case()
    bar = _barred(cast, case_id=at_hand.id)
    commands.lift_bar(actor=cast.jalil, bar_id=bar, reason="Set by mistake.")
    assert sealing.open_row(Bar.objects.get(pk=bar), "lift_reason").text("lift_reason") == "Set by mistake."
    noted = Entry.objects.latest("index")
    assert (noted.verb, noted.subject_id, noted.case_id) == ("bar.lifted", bar, at_hand.id)
    assert json.loads(noted.body)["facts"] == {"account": str(cast.accounts["bruno"])}


@pytest.mark.parametrize("who", ["amina", "bruno", "chandra", "dalia", "hugo", "kofi", "grace", "stranger"])
def test_nobody_else_lifts_a_bar(cast: Cast, who: str) -> None:
    bar = _barred(cast, case_id=cast.case().id)
    with pytest.raises(NotFound):
        commands.lift_bar(actor=cast.actor(who), bar_id=bar, reason="I would like to see it.")
    assert Bar.objects.get(pk=bar).lifted_at is None


def test_who_is_barred_does_not_lift_her_own_bar(cast: Cast) -> None:
    at_hand = cast.case()
    for bar in (_barred(cast, "jalil", case_id=at_hand.id), _barred(cast, "lina", person_id=at_hand.suspect)):
        who = "jalil" if Bar.objects.get(pk=bar).case_id else "lina"
        with pytest.raises(NotFound):
            commands.lift_bar(actor=cast.actor(who), bar_id=bar, reason="It is in my way.")


def test_a_bar_is_lifted_once(cast: Cast) -> None:
    bar = _barred(cast, case_id=cast.case().id)
    commands.lift_bar(actor=cast.jalil, bar_id=bar, reason="Set by mistake.")
    entries = Entry.objects.count()
    with pytest.raises(BarLifted):
        commands.lift_bar(actor=cast.lina, bar_id=bar, reason="Once more.")
    assert Entry.objects.count() == entries


def test_a_bar_against_a_person_of_the_case_is_among_its_bars(cast: Cast) -> None:
    at_hand, other = cast.case(), cast.case()
    on_case, on_person = _barred(cast, case_id=at_hand.id), _barred(cast, "chandra", person_id=at_hand.suspect)
    found = queries.bars_of_case(cast.jalil, at_hand.id)
    assert [(bar.id, bar.of_person) for bar in found] == [(on_case, False), (on_person, True)]
    assert queries.bars_of_case(cast.jalil, other.id) == []
    with pytest.raises(NotFound):
        queries.bar_of_case(cast.jalil, other.id, on_person)
