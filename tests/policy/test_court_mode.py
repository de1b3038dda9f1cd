"""Court mode: a screen that is turned towards others shows no name and no word of anybody, wherever one goes."""

from __future__ import annotations

import re

import pytest
from django.db import transaction

from amparo.access import policy
from amparo.access.models import SignIn
from amparo.access.words import Scope
from amparo.cases.models import Case
from amparo.evidence.models import EvidenceItem
from amparo.kernel import clock
from amparo.kernel.words import Role
from amparo.people.models import Person
from tests.policy.walking import Visitors
from tests.policy.world import CANARIES, World, routes

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Those who work with the case and see most of it.
WITH_THE_CASE = ("bruno", "chandra", "dalia", "jalil")
# The mark of an exhibit is what a court calls it, and stays.
TOLD = re.compile(f"(?!canary-mark){CANARIES.pattern}|Nadia|Nadja|Wassim|Viktor|Salma|Oskar|20 5550 100")


# All that is no page: figures, and what needs no sign-in (a calendar has a secret of its own, and codes alone).
FILES = {"insight:download", "health", "prosecution:feed"}


@pytest.fixture(scope="module")
def in_court(visitors: Visitors) -> Visitors:
    """The same browsers, each of whose sign-ins is in court mode."""
    SignIn.objects.update(court_at=clock.now())
    return visitors


def _code(world: World, model: type[Case] | type[Person] | type[EvidenceItem], key: object) -> str:
    return str(model._base_manager.get(pk=key).code)


@pytest.mark.sqlite_only
@pytest.mark.slow
@pytest.mark.parametrize("who", WITH_THE_CASE)
def test_no_page_shows_a_name_or_a_word_that_somebody_told(in_court: Visitors, world: World, who: str) -> None:
    shown: dict[str, set[str]] = {}
    files: set[str] = set()
    opened = 0
    for name in routes():
        with in_court.visit(who, world.url(name)) as answer:
            kind = answer.headers.get("Content-Type", "") if answer.status_code == 200 else ""
            page = "" if answer.streaming else answer.content.decode(errors="replace")
        if answer.streaming or (kind and "html" not in kind):
            files.add(name)
        assert answer.status_code < 500, name
        opened += answer.status_code == 200
        for word in TOLD.findall(page):
            shown.setdefault(word, set()).add(name)
    assert shown == {}
    assert files <= FILES
    # Whoever is let in nowhere is shown nothing either, and that would prove nothing.
    assert opened > 30


def test_the_case_its_people_and_its_exhibits_are_there_by_code(in_court: Visitors, world: World) -> None:
    with in_court.visit("chandra", world.url("desk:case")) as answer:
        page = answer.content.decode()
    assert answer.status_code == 200
    assert _code(world, Case, world.case.id) in page
    assert _code(world, Person, world.case.survivor) in page
    assert "Court mode is on." in page
    assert "Hidden in court mode" in page
    with in_court.visit("chandra", world.url("prosecution:proceeding")) as answer:
        assert answer.status_code == 200
        assert 'id="charges"' in answer.content.decode()
        assert 'id="exhibits"' in answer.content.decode()


def test_a_name_or_a_number_finds_nobody_and_a_code_does(in_court: Visitors, world: World) -> None:
    find = str(world.url("desk:find"))
    page = str(world.url("people:person", person_id=world.case.survivor))
    code = _code(world, Person, world.case.survivor)
    for typed, found in (("Nadia Sample", False), ("+999 20 5550 100", False), (code, True)):
        with in_court.visit("dalia", find, "POST", f"q={typed.replace('+', '%2B')}") as answer:
            assert (page in answer.content.decode()) == found, typed


def test_what_is_hidden_says_so_and_is_no_attempt(in_court: Visitors, world: World) -> None:
    from amparo.access.models import RefusedAttempt

    before = RefusedAttempt.objects.count()
    with in_court.visit("dalia", world.url("cases:write_note")) as answer:
        assert answer.status_code in (403, 404)
        assert "Hidden in court mode" in answer.content.decode()
        assert RefusedAttempt.objects.count() == before


def test_nothing_is_written_in_court_mode(in_court: Visitors, world: World) -> None:
    for act in policy.court_acts():
        assert act.endswith(":see"), act
    for who, name, sent in (
        ("dalia", "cases:write_note", "text=x"),
        ("dalia", "cases:declare", "reason=x"),
        ("dalia", "people:declare", "reason=x"),
        ("dalia", "people:own_details", "names=x"),
        ("bruno", "cases:receive", ""),
        ("jalil", "cases:take_back", ""),
    ):
        with in_court.visit(who, world.url(name), "POST", sent) as answer:
            assert answer.status_code in (403, 404), name


def test_what_is_hidden_does_not_look_empty_and_leads_nowhere(in_court: Visitors, world: World) -> None:
    for name, closed in (
        ("cases:tasks", ("No task yet", "Add a task")),
        ("cases:consents", ("Nothing is recorded yet", "Record a consent")),
        ("cases:incidents", ("No incident is recorded yet", "Record an incident")),
        ("cases:notes", ("Write a note",)),
        ("desk:closing", ("It is for those who ask",)),
        ("desk:today", ("Nothing is due", ">Receive<", "I have read this")),
        ("desk:case", ("Change the team", "Draft a request")),
        ("intake:reports", ("No report is waiting",)),
        ("prosecution:calendar", ("See these hearings in your own calendar",)),
    ):
        with in_court.visit("bruno", world.url(name)) as answer:
            page = answer.content.decode()
        assert answer.status_code == 200, name
        assert [said for said in closed if said in page] == [], name


def test_what_somebody_gave_for_the_checks_is_hidden(in_court: Visitors, world: World) -> None:
    with in_court.visit("oksana", world.url("people:own_details")) as answer:
        assert answer.status_code == 403
        assert "5550 188" not in answer.content.decode()


def test_only_court_mode_hides_the_words_of_custody_from_who_sees_it() -> None:
    """But from who examines, whatever others took."""
    for words, seen, narrower in (
        ("evidence:words:read", "evidence:item:see", {Role.EXAMINER: Scope.OWN}),
        ("kits:words:read", "kits:kit:see", {}),
    ):
        read, see = policy.acts()[words], policy.acts()[seen]
        assert read.needs == see.needs
        assert read.roles == {**see.roles, **narrower}
        assert words not in policy.court_acts()


def test_custody_is_told_by_hands_seals_and_days_alone(in_court: Visitors, world: World) -> None:
    with in_court.visit("chandra", world.url("evidence:item")) as answer:
        page = answer.content.decode()
    assert answer.status_code == 200
    assert "somebody outside" in page
    assert "B 40 110" in page
    assert "canary-custody" not in page
    with in_court.visit("chandra", world.url("kits:kit")) as answer:
        page = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="steps"' in page
    assert "canary-step" not in page


def test_one_press_enters_and_one_leaves_and_the_ledger_knows(world: World) -> None:
    from amparo.ledger.models import Entry

    SignIn.objects.update(court_at=None)
    case, photo = str(world.url("desk:case")), str(world.url("people:look"))
    client = world.cast.client("dalia")
    assert f'name="back" value="{case}?span=all"' in client.get(f"{case}?span=all").content.decode()
    # A photograph is shown to who asked for it by sending; looking at that address again shows nothing.
    assert 'name="back" value=""' in client.post(photo).content.decode()
    for back, page in (
        (f"{case}?span=all", f"{case}?span=all"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("", "/"),
    ):
        with transaction.atomic():
            answer = client.post("/own/court/", {"back": back})
            assert answer.headers["Location"] == page
            assert SignIn.objects.exclude(court_at=None).count() == 1
            assert Entry.objects.order_by("-index")[0].verb == "court_mode.entered"
            answer = client.post("/own/court/leave/", {"back": back})
            assert answer.headers["Location"] == page
            assert not SignIn.objects.exclude(court_at=None).exists()
            assert Entry.objects.order_by("-index")[0].verb == "court_mode.left"
            transaction.set_rollback(True)
