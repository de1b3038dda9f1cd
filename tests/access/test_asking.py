"""What pages ask in prepared form is what the policy says: for everybody, every room's questions and every case."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

import amparo
from amparo.access import commands, policy
from amparo.access.asking import OfCase, OfReader
from amparo.cases.models import Case, Note, Party, Task
from amparo.kernel import clock, ids
from amparo.vault.prepared import DAY, ID, IDS, MOMENT, Kind
from tests.access.people import everybody

if TYPE_CHECKING:
    from tests.cast import Cast


def _questions(kind: type[Any]) -> dict[str, Any]:
    """Every question that a room's queries hold."""
    found = {}
    for room in pkgutil.iter_modules(amparo.__path__):
        if room.name in ("config",) or not room.ispkg:
            continue
        for module in pkgutil.walk_packages([f"{amparo.__path__[0]}/{room.name}"], f"amparo.{room.name}."):
            if ".queries" in module.name:
                names = vars(importlib.import_module(module.name))
                found |= {f"{module.name}:{name}": one for name, one in names.items() if isinstance(one, kind)}
    return found


def _value(kind: Kind, cast: Cast) -> object:
    """Something to ask for, under which most rows answer."""
    if kind == DAY:
        return clock.today() + timedelta(days=3_000)
    if kind == MOMENT:
        return clock.now() - timedelta(days=9_000)
    if kind == ID:
        return cast.accounts["dalia"]
    return [] if kind == IDS else [ids.new_key_number()]


@pytest.fixture
def crowd(cast: Cast) -> Cast:
    first = cast.case(team=("bruno", "chandra", "dalia", "esther", "femi", "grace"))
    second = cast.case(team=("bruno", "dalia"))
    bar = {"actor": cast.lina, "office_id": cast.office, "reason": "Related."}
    commands.set_bar(account_id=cast.accounts["bruno"], case_id=second.id, **bar)
    commands.set_bar(account_id=cast.accounts["esther"], person_id=first.survivor, **bar)
    return cast


@pytest.mark.django_db
def test_the_rooms_questions_about_a_case_answer_as_the_policy_does(crowd: Cast) -> None:
    questions = _questions(OfCase)
    assert len(questions) > 15
    for actor in everybody(crowd):
        for name, asked in questions.items():
            for case in Case.objects.all():
                values = [_value(kind, crowd) for kind in asked._kinds]
                rows = policy.visible(actor, asked._permission, asked._of(case.id))
                plain = list(asked._shape(rows, *values))
                assert asked.rows(actor, case.office_id, case.id, *values) == plain, (actor, name)


@pytest.mark.django_db
def test_the_rooms_questions_for_a_reader_answer_as_the_policy_does(crowd: Cast) -> None:
    questions = _questions(OfReader)
    assert len(questions) > 10
    for actor in everybody(crowd):
        for name, asked in questions.items():
            values = [_value(kind, crowd) for kind in asked._kinds]
            rows = policy.visible(actor, asked._permission, asked._model.objects.all())
            assert asked.rows(actor, *values) == list(asked._shape(rows, *values)), (actor, name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("permission", "model"),
    [
        ("cases:case:see", Case),
        ("cases:note:see", Note),
        ("cases:task:see", Task),
        ("cases:party:see", Party),
    ],
)
def test_two_readers_of_one_pattern_of_roles_share_no_answer(crowd: Cast, permission: str, model: Any) -> None:
    """The statement is one; who asks, in which office and when, goes in anew."""
    asked: OfReader[Any] = OfReader(permission, model, lambda rows: rows.order_by("id"))
    for who in (*crowd.accounts, *crowd.accounts):
        actor = crowd.actor(who)
        assert asked.rows(actor) == list(policy.visible(actor, permission, model.objects.order_by("id"))), who
