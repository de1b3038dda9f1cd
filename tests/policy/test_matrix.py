"""Every address as everybody: as it was agreed on, and as the roles table says by hand."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

import pytest
from django.http import HttpResponse

from tests.policy import walking
from tests.policy.walking import Visitors, Walk
from tests.policy.world import EVERYBODY, World, missing, routes

pytestmark = pytest.mark.django_db

# Set where sheets are to be written anew: of the rooms that it names, or of all.
WRITE = "AMPARO_TEST_WRITE_MATRIX"
PUBLIC = {
    "health",
    "account_login",
    "account_inactive",
    "account_logout",
    "mfa_authenticate",
    "prosecution:feed",
    "training:check",
    "training:check_number",
    "training:come_in",
    "staff:sign_in",
    "staff:sign_out",
    "staff:demo_sign_in",
    "staff:welcome",
}
# One page of each kind of thing that a case holds, and pages that only some may open: both databases ask for these.
SAMPLE = (
    "aftercare:person",
    "aftercare:assessment",
    "cases:conflict",
    "cases:consents",
    "cases:correct_note",
    "cases:notes",
    "cases:party",
    "desk:case",
    "desk:erase",
    "evidence:item",
    "evidence:one_copy",
    "evidence:view_file",
    "intake:report",
    "investigations:answer_here",
    "investigations:asked_of_us",
    "investigations:change_lead",
    "investigations:room",
    "people:open_names",
    "people:person",
    "people:picture",
    "prosecution:hearing",
    "prosecution:verdict",
    "protection:assessment",
    "protection:breach",
    "staff:ledger",
    "staff:person",
)
ROOMS_OF_PAPER = ("", "mfa", "account", "staff", "desk")


@pytest.fixture(scope="module")
def walk(visitors: Visitors) -> Walk:
    rooms = [room for room in os.environ.get(WRITE, "").split(",") if room]
    names = [name for name in sorted(routes()) if not rooms or walking.room_of(name) in rooms]
    return walking.walked(visitors, names=names)


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(walking.read()) == set(routes())


def test_every_row_has_a_cell_for_everybody() -> None:
    for name, row in walking.read().items():
        assert set(row) == set(EVERYBODY), name
        assert all(row.values()), name


@pytest.mark.parametrize("name", SAMPLE)
def test_the_main_pages_answer_as_agreed_on_every_database(visitors: Visitors, world: World, name: str) -> None:
    agreed = walking.read()[name]
    assert {who: visitors.look(who, world.url(name))[0] for who in EVERYBODY} == agreed


@pytest.mark.sqlite_only
@pytest.mark.slow
def test_every_address_answers_everybody_as_it_was_agreed(walk: Walk) -> None:
    if WRITE in os.environ:
        walking.write(walk.statuses)
    agreed = walking.read()
    wrong = {
        (name, who): f"{status}, agreed {agreed[name][who]}"
        for name, row in walk.statuses.items()
        for who, status in row.items()
        if agreed.get(name, {}).get(who) != status
    }
    assert not wrong


@pytest.mark.sqlite_only
@pytest.mark.slow
def test_no_address_breaks_for_anybody(walk: Walk) -> None:
    broken = [(n, who) for n, row in walk.statuses.items() for who, status in row.items() if "500" in status]
    assert broken == []


# ---- by hand, from the roles table ----------------------------------------------------------------------------------

# What stands in each compartment of the world, under the word by which it is known again.
IDENTITY = {"contact", "maiden", "c1", "photo"}
# What somebody is to the survivor is shown to who sees first names.
RELATION = {"relationship"}
ADDRESS = {"address", "placement", "shelter", "threatplace"}
NARRATIVE = {"c2", "narrative", "interviewwhy", "threataccount", "routeplace"}
# The short form of what happened; and why it was found to be so, which weighs one account against another.
SUMMARY = {"incident"}
FINDING = {"finding"}
# Reports as intake keeps them: in short, in the words that were told, and in short once they became a case.
REPORTS = {"brief", "onwardbrief", "pastbrief"}
TOLD = {"told"}
ACCEPTED = {"acceptedbrief"}
# Where she is asked, and that she is threatened: for those who work with her, and for who looks at how it was done.
ASKED = {"interviewplace", "threat", "conference"}
EXAMINATION = {"c3", "c3b", "exam", "clinic", "labmedical"}
CARE = {"c4", "safety", "plan", "goal"}
INVESTIGATION = {"c5", "c5a", "lead", "askedhere", "askedof", "askedwhat"}
# What police and prosecutors are asked about a lead: theirs too.
JOINT = {"askedofus"}
# What an order says, and how it was breached: for those who see the law of a case whole.
ORDERS = {"terms", "breach"}
EVIDENCE = {"c6", "item", "kit", "labproceeding"}
# Notes about the law, what came of a hearing, and what the court and the other side were given.
LAW = {"c7", "hearing"}
EXHIBITS = {"mark", "order", "towhom"}
# What was agreed with an official: how work with her or him goes is the programme's.
AGREED = {"agreed"}
# Of the work on a case itself: why it may be closed, why somebody is kept out of it, what a colleague hands over, why
# two records may be of one person.
CLOSING = {"closing"}
BARRED = {"bar"}
HANDED = {"handover"}
JOINING = {"joining"}
# What a referral to a shelter asks and says of care, and of what happened; why something was released, and which paper.
REFERRED = {"referral", "refercare", "refertold"}
RELEASED = {"releasewhy", "releasedpaper"}
# Whose hands it went through, where and why: for those who see chains of custody, and the steps of kits.
CUSTODY = {"custody"}
STEPS = {"step"}
# What a laboratory is asked: for those who ask it.
REQUESTS = {"labquestion"}
# Who is who among partners: no case is behind it, so whoever has a part in the programme reads it everywhere.
PARTNERS = {"directory", "official", "agreement"}
# What observing and mentoring write down: to all who see a part of the programme. The scorecard: to its keepers.
PRACTICE = {"practice", "mentoring", "sheet"}
SCORECARD = {"scorecard"}
# Who was trained in what: for those who see the register.
TRAINING = {"curriculum", "trainee"}
# A proposed operation: for its team, and for who is asked to approve it. One that is over keeps its place from all.
OPERATION = {"opplace", "opplan", "opgo", "opcare"}
OVER = {"opover", "opthreat", "opwell"}
# Breaches of data and what was weighed of them: for who keeps the register, leads or audits; who reported one, her own.
REPORTED = {"databreach", "breachtoo"}
REGISTER = REPORTED | {"breachrisk", "breachdone", "authority", "breachpeople", *(f"dpia{part}" for part in range(5))}
# The compartments whose words a role reads in full where it works on the case. C8 is by a place in the operation, in
# which caseworkers care and supervisors approve, whatever else their roles see (ADR 16).
READS: dict[str, set[str]] = {
    "anonymous": set(),
    "amina": set(),
    "bruno": RELATION | ASKED | NARRATIVE | INVESTIGATION | EVIDENCE | PARTNERS | REQUESTS | OPERATION | PRACTICE,
    "chandra": RELATION | ASKED | NARRATIVE | INVESTIGATION | EVIDENCE | PARTNERS | REQUESTS | PRACTICE,
    "dalia": RELATION | ASKED | IDENTITY | ADDRESS | CARE | PARTNERS | OPERATION | PRACTICE,
    # Who examines, and who keeps, chooses a facility by its name. That her patient is threatened is told in short.
    "esther": {"threat"} | RELATION | EXAMINATION | REQUESTS | {"directory"},
    # A report was released to him, with the consent that names him.
    "femi": OPERATION | {"exam"},
    # Only that a lead is there, and what it is called.
    "grace": {"lead", "interviewplace", "threat", "conference"},
    "hugo": set(),
    "iris": set(),
    "jalil": RELATION | ASKED | IDENTITY | CARE | PARTNERS | OPERATION | PRACTICE | TRAINING,
    "kofi": PARTNERS | OPERATION | PRACTICE | SCORECARD | TRAINING,
    # Professionals and trainees whom she may be asked to tell of or to erase, and no word about a survivor.
    "lina": {"official", "trainee"},
    "mateo": set(),
    "noor": {"directory"},
    "oksana": PARTNERS | PRACTICE | SCORECARD | TRAINING,
    "pedro": PARTNERS | PRACTICE | SCORECARD | TRAINING,
    "stranger": PARTNERS | PRACTICE | TRAINING,
}
# A director answers for what goes wrong with data, and decides with the officer whom to tell: her part of C10 is that
# register and who read what. An auditor reads C10 whole.
for _who in ("grace", "kofi", "lina"):
    READS[_who] = READS[_who] | REGISTER
# Who wrote of a breach of an order finds her own words in the form about the threat.
READS["dalia"] = READS["dalia"] | REPORTED | {"breach"}
for _whos, _words in (
    (("bruno", "chandra", "femi"), JOINT),
    (("chandra", "grace", "mateo"), ORDERS | LAW),
    (("chandra", "grace"), EXHIBITS),
    # Who examines reads the steps of kits; of what others took she knows number, seals and hands alone.
    (("bruno", "chandra", "esther", "femi", "grace", "mateo", "noor"), STEPS),
    (("bruno", "chandra", "femi", "grace", "mateo", "noor"), CUSTODY),
    (("bruno", "chandra", "dalia", "grace", "jalil"), RELEASED),
    (("dalia", "jalil"), REFERRED),
    (("bruno", "chandra", "dalia", "esther", "grace", "jalil"), SUMMARY),
    # A supervisor reads in short what happened; the finding is hers to write.
    (("bruno", "chandra", "jalil"), FINDING),
    (("amina", "jalil"), REPORTS),
    (("amina",), TOLD),
    (("bruno", "chandra", "dalia", "jalil"), ACCEPTED),
    (("bruno", "chandra", "dalia", "jalil", "kofi"), AGREED),
    (("chandra", "dalia", "jalil"), CLOSING),
    (("jalil", "lina"), BARRED),
    (("bruno",), HANDED),
    (("dalia", "jalil"), JOINING),
):
    for _who in _whos:
        READS[_who] = READS[_who] | _words
GUARDED = (
    RELATION
    | ASKED
    | IDENTITY
    | ADDRESS
    | NARRATIVE
    | EXAMINATION
    | CARE
    | INVESTIGATION
    | EVIDENCE
    | CUSTODY
    | STEPS
    | SUMMARY
    | FINDING
    | REPORTS
    | TOLD
    | ACCEPTED
    | LAW
    | EXHIBITS
    | AGREED
    | CLOSING
    | BARRED
    | HANDED
    | JOINING
    | PARTNERS
    | PRACTICE
    | TRAINING
    | SCORECARD
    | REQUESTS
    | OPERATION
    | OVER
    | REFERRED
    | RELEASED
    | ORDERS
    | REGISTER
    | JOINT
)


@pytest.mark.sqlite_only
@pytest.mark.slow
@pytest.mark.parametrize("who", EVERYBODY)
def test_nobody_is_shown_words_of_a_compartment_that_the_roles_table_keeps_from_her(walk: Walk, who: str) -> None:
    seen = {word: pages for word, pages in walk.shown[who].items() if word in GUARDED}
    assert {word: seen[word] for word in seen if word not in READS[who]} == {}


@pytest.mark.sqlite_only
@pytest.mark.slow
def test_every_word_that_anybody_is_shown_is_guarded(walk: Walk) -> None:
    """So that nobody furnishes the world with something new and forgets to say who may read it."""
    shown = {word for words in walk.shown.values() for word in words}
    assert shown - GUARDED == set()


@pytest.mark.sqlite_only
@pytest.mark.slow
def test_the_words_of_a_breached_order_are_shown_to_who_wrote_them_in_one_form_alone(walk: Walk) -> None:
    assert walk.shown["dalia"].get("breach", set()) <= {"journeys:threat_of_breach"}


# Pages about the people, the notes, the aftercare and the evidence of one case.
OF_ONE_CASE = (
    "people:", "cases:party", "cases:notes", "cases:note", "cases:correct_note", "aftercare:", "evidence:",
    "forensics:",
)  # fmt: skip
WITHOUT_A_CASE = {
    "people:add",
    "people:own_details",
    "evidence:items",
    "evidence:copies",
    "forensics:exams",
    "forensics:releases",
    "aftercare:clients",
    "aftercare:instruments",
    "aftercare:add_instrument",
    "aftercare:example_instrument",
}


def _of_one_case() -> list[str]:
    return [name for name in routes() if name.startswith(OF_ONE_CASE) and name not in WITHOUT_A_CASE]


def _opened(visitors: Visitors, who: str, names: list[str]) -> list[str]:
    return [name for name in names if visitors.look(who, visitors.world.url(name))[0] in ("200", "POST 200")]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("who", ["iris", "hugo", "pedro", "oksana", "stranger", "amina"])
def test_nobody_outside_a_case_opens_a_page_about_its_people_notes_care_or_evidence(
    visitors: Visitors, who: str
) -> None:
    assert _opened(visitors, who, _of_one_case()) == []


@pytest.mark.sqlite_only
def test_a_director_learns_that_a_case_has_notes_and_care_and_no_word_of_them(visitors: Visitors) -> None:
    assert set(_opened(visitors, "kofi", _of_one_case())) <= {"cases:notes", "aftercare:person", "evidence:one_copy"}


@pytest.mark.sqlite_only
@pytest.mark.parametrize("who", ["dalia", "jalil", "kofi", "lina", "grace"])
def test_evidence_opens_only_for_those_who_work_with_it(visitors: Visitors, who: str) -> None:
    names = [name for name in routes() if name.startswith("evidence:") and name not in WITHOUT_A_CASE]
    opened = set(_opened(visitors, who, names))
    # An auditor reads chains of custody; she neither views a file nor writes a line.
    chains = {"evidence:item", "evidence:room", "evidence:label"} if who == "grace" else set()
    # Who answers for what leaves looks up the number of a copy that was found; the copy itself is not there.
    register = {"evidence:one_copy"} if who != "dalia" else set()
    assert opened <= chains | register


@pytest.mark.sqlite_only
def test_a_custodian_opens_of_a_case_nothing_but_its_objects(visitors: Visitors) -> None:
    names = [name for name, route in routes().items() if "case_id" in route.pattern.converters]
    assert _opened(visitors, "noor", [*names, "desk:case", "people:person", "evidence:view_file"]) == []
    assert _opened(visitors, "noor", ["evidence:item"]) == ["evidence:item"]


@pytest.mark.sqlite_only
def test_intake_lets_go_of_what_became_a_case(visitors: Visitors, world: World) -> None:
    key = {"report_id": world.accepted_report}
    names = [name for name, route in routes().items() if "report_id" in route.pattern.converters]
    for name in names:
        status, words = visitors.look("amina", world.url(name, **key))
        assert words == set(), name
        # That it was accepted she may know; the rest is gone.
        assert status in {"404", "403", "POST 404", "POST 403"} or name == "intake:report", name
    with visitors.visit("amina", world.url("intake:report", **key)) as answer:
        assert b"Salma" not in answer.content
    assert visitors.look("amina", world.url("journeys:withdraw_consent"))[0] == "404"
    of_case = {"case_id": world.accepted_case}
    for name, route in routes().items():
        if "case_id" in route.pattern.converters:
            assert visitors.look("amina", world.url(name, **of_case))[0] in {"404", "POST 404"}, name


def test_only_the_protection_officer_erases(visitors: Visitors, world: World) -> None:
    allowed = {who for who in EVERYBODY if visitors.look(who, world.url("desk:erase"))[0] == "200"}
    assert allowed == {"lina"}


@pytest.mark.sqlite_only
def test_strangers_are_led_to_the_sign_in(visitors: Visitors, world: World) -> None:
    for name in routes():
        status, words = visitors.look("anonymous", world.url(name))
        assert (name in PUBLIC) == (status != "sign-in"), (name, status)
        assert words == set(), name


def _without_secrets(answer: HttpResponse) -> bytes:
    """A page without what is drawn anew for each form."""
    return re.sub(rb'(csrfmiddlewaretoken"|form_id"|X-CSRFToken"):? ?(value=)?"[^"]*"', b"", answer.content)


def _hidden_like_nothing(visitors: Visitors, who: str, names: Iterable[str]) -> int:
    """How many addresses are hidden, each of which answers as it does about an id that was never given."""
    hidden = 0
    for name in names:
        nothing = missing(visitors.world, name)
        if nothing is None:
            continue
        method = "POST" if visitors.look(who, nothing)[0].startswith("POST") else "GET"
        with visitors.visit(who, visitors.world.url(name), method) as answer:
            if answer.status_code != 404:
                continue
            page = _without_secrets(answer)
        with visitors.visit(who, nothing, method) as answer:
            assert (answer.status_code, _without_secrets(answer)) == (404, page), name
        hidden += 1
    return hidden


@pytest.mark.sqlite_only
@pytest.mark.parametrize("who", ["stranger", "noor"])
def test_what_is_hidden_answers_like_what_never_was(visitors: Visitors, who: str) -> None:
    """The same status and the same page, to the byte, whether an id was given or is the case's."""
    assert _hidden_like_nothing(visitors, who, routes()) > 100


# The whole of it is walked on SQLite.
@pytest.mark.postgresql
def test_what_is_hidden_answers_like_what_never_was_on_the_other_database_too(visitors: Visitors) -> None:
    assert _hidden_like_nothing(visitors, "stranger", SAMPLE) > 15


@pytest.mark.sqlite_only
@pytest.mark.parametrize("who", ["stranger", "iris"])
def test_another_office_can_not_tell_that_a_case_is_there(visitors: Visitors, world: World, who: str) -> None:
    """Every address that names something of the case: hidden, or the same answer as for nothing."""
    for name, route in routes().items():
        nothing = missing(world, name)
        # Partners and what is done with them belong to the whole organisation.
        if nothing is None or name.startswith(("staff:", "partners:", "strengthening:", "training:")):
            continue
        assert visitors.look(who, world.url(name)) == visitors.look(who, nothing), (name, route)


def test_finding_shows_a_code_to_those_alone_who_may_open_it(visitors: Visitors, world: World) -> None:
    from amparo.cases.models import Case

    code = Case.objects.get(pk=world.case.id).code
    url = str(world.url("desk:find"))
    page = world.url("desk:case")
    for who in EVERYBODY[1:]:
        with visitors.visit(who, url, "POST", f"q={code}") as answer:
            there = page.encode() in answer.content
        with visitors.visit(who, page) as answer:
            may = answer.status_code == 200
        assert there == may, who
