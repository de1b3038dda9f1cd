"""Deciding about facts: two people, and only for the text that they read."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amparo.facts import commands, queries
from amparo.facts.errors import FactIncomplete, FigureMissing, NotPublished, NotVerified, SamePerson
from amparo.facts.models import Decision
from amparo.facts.queries import OwnFigure
from amparo.facts.words import State
from amparo.kernel import clock, ids
from amparo.kernel.errors import NotFound
from amparo.kernel.recall import remembering
from amparo.ledger.models import Entry
from tests.cast import Cast

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db


def publish(cast: Cast, number: str = "F1") -> None:
    commands.verify_fact(actor=cast.pedro, number=number)
    commands.publish_fact(actor=cast.kofi, number=number)


def test_a_fact_that_two_people_read_is_shown(cast: Cast) -> None:
    assert queries.published() == []
    publish(cast)
    assert [fact.id for fact in queries.published()] == ["F1"]
    assert Entry.objects.latest("index").verb == "fact.published"


def test_whoever_verified_a_fact_does_not_publish_it(cast: Cast) -> None:
    commands.verify_fact(actor=cast.pedro, number="F1")
    with pytest.raises(SamePerson):
        commands.publish_fact(actor=cast.pedro, number="F1")


def test_the_database_refuses_one_person_for_both(cast: Cast) -> None:
    commands.verify_fact(actor=cast.pedro, number="F1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.update(published_by=cast.accounts["pedro"])


@pytest.mark.parametrize("number", ["F6", "F11", "F13"])
def test_a_fact_without_its_source_is_not_even_verified(cast: Cast, number: str) -> None:
    with pytest.raises(FactIncomplete):
        commands.verify_fact(actor=cast.pedro, number=number)


def test_an_unverified_fact_is_not_published(cast: Cast) -> None:
    with pytest.raises(NotVerified):
        commands.publish_fact(actor=cast.kofi, number="F1")


def test_a_fact_that_is_not_in_the_pack_is_missing(cast: Cast) -> None:
    with pytest.raises(NotFound):
        commands.verify_fact(actor=cast.pedro, number="F99")


def test_a_changed_text_is_shown_only_after_it_was_read_again(
    cast: Cast, tmp_path: Path, settings: SettingsWrapper
) -> None:
    publish(cast)
    shipped = Path(queries.__file__).with_name("pack") / "who-2025.toml"
    (tmp_path / "own.toml").write_text(shipped.read_text("utf-8").replace("840 million", "841 million"), "utf-8")
    settings.FACTS_FOLDER = tmp_path
    assert queries.published() == []
    with pytest.raises(NotVerified):
        commands.publish_fact(actor=cast.kofi, number="F1")


def test_a_withdrawn_fact_is_gone_at_once_and_can_be_verified_again(cast: Cast) -> None:
    publish(cast)
    commands.withdraw_fact(actor=cast.kofi, number="F1")
    assert queries.published() == []
    with pytest.raises(NotPublished):
        commands.withdraw_fact(actor=cast.kofi, number="F1")
    publish(cast)
    assert queries.state_of(queries.pack()["F1"]) is State.PUBLISHED


def test_a_fact_past_its_review_day_stays_and_is_named(cast: Cast) -> None:
    publish(cast)
    assert queries.overdue(date(2026, 12, 1)) == []
    assert queries.overdue(date(2029, 1, 1)) == ["F1"]
    assert queries.published()


def test_a_file_of_facts_that_can_not_be_read_is_named(tmp_path: Path, settings: SettingsWrapper) -> None:
    (tmp_path / "broken.toml").write_text("[source]\n[[fact]]\nid = 'X'\n", "utf-8")
    settings.FACTS_FOLDER = tmp_path
    fact = queries.pack()["X"]
    assert fact.statement == ""
    (tmp_path / "broken.toml").write_text("not toml", "utf-8")
    from amparo.facts.errors import PackBroken

    with pytest.raises(PackBroken) as found:
        queries.pack()
    assert found.value.fields == {"file": "broken.toml"}


# ---- own figures ------------------------------------------------------------------------------------------------

FIGURE = OwnFigure("People brought to relief", "42", "Each person once.", "Small groups are not shown.")


def test_the_newest_own_figures_are_shown_until_they_are_withdrawn(cast: Cast) -> None:
    first, second = ids.new_id(), ids.new_id()
    for key in (first, second):
        commands.publish_figures(
            actor=cast.kofi,
            release_id=key,
            digest="a" * 64,
            least=11,
            since=date(2026, 1, 1),
            until=date(2026, 6, 30),
            figures=[FIGURE],
        )
    shown = queries.own_figures()
    assert shown is not None
    assert shown.figures == (FIGURE,)
    for key in (second, first):
        commands.withdraw_figures(actor=cast.kofi, release_id=key)
    assert queries.own_figures() is None


def test_no_figures_are_no_release(cast: Cast) -> None:
    with pytest.raises(FigureMissing):
        commands.publish_figures(
            actor=cast.kofi,
            release_id=ids.new_id(),
            digest="a" * 64,
            least=11,
            since=date(2026, 1, 1),
            until=date(2026, 6, 30),
            figures=[],
        )


# ---- for the desk -----------------------------------------------------------------------------------------------


def test_a_verified_fact_waits_for_those_who_can_publish_it_and_did_not_verify_it(cast: Cast) -> None:
    commands.verify_fact(actor=cast.pedro, number="F1")
    (waiting,) = queries.waiting_for(cast.kofi)
    assert str(waiting.title) == "One verified fact can be published."
    for name in ("pedro", "oksana", "dalia", "iris"):
        assert queries.waiting_for(cast.actor(name)) == []
    commands.publish_fact(actor=cast.kofi, number="F1")
    assert queries.waiting_for(cast.kofi) == []


def test_a_published_fact_past_its_review_is_due_for_those_who_can_withdraw_it(cast: Cast) -> None:
    publish(cast)
    review = queries.pack()["F1"].review_by
    assert review is not None
    assert queries.due_for(cast.kofi, clock.today()) == []
    with clock.set_to(datetime.combine(review + timedelta(days=1), time(12), UTC)):
        for actor in (cast.kofi, cast.pedro):
            (due,) = queries.due_for(actor, clock.today())
            assert (due.due_on, due.urgency) == (review, "late")
        for name in ("oksana", "dalia", "iris"):
            assert queries.due_for(cast.actor(name), clock.today()) == []


def test_facts_cost_today_one_question_and_those_who_publish_none_no_question(cast: Cast) -> None:
    publish(cast)
    for actor, questions in ((cast.kofi, 1), (cast.dalia, 0)):
        for ask in (queries.waiting_for, lambda who: queries.due_for(who, clock.today())):
            with remembering(), CaptureQueriesContext(connection) as asked:
                ask(actor)
            assert len(asked) == questions


# ---- pages ------------------------------------------------------------------------------------------------------


def test_a_fact_is_verified_by_one_and_published_by_another_on_its_page(cast: Cast) -> None:
    page = reverse("facts:fact", args=["F1"])
    assert "Publish it" not in cast.client("pedro").get(page).content.decode()
    cast.client("pedro").post(reverse("facts:verify", args=["F1"]))
    assert "Publish it" not in cast.client("pedro").get(page).content.decode()
    assert "Publish it" in cast.client("kofi").get(page).content.decode()
    cast.client("kofi").post(reverse("facts:publish", args=["F1"]))
    assert "Withdraw it" in cast.client("kofi").get(page).content.decode()


def test_the_list_names_what_is_not_ready_and_who_has_no_part_in_it_finds_nothing(cast: Cast) -> None:
    assert "Not ready" in cast.client("pedro").get(reverse("facts:facts")).content.decode()
    assert cast.client("iris").get(reverse("facts:facts")).status_code in (403, 404)
