from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from amparo.cases import commands, queries, rules
from amparo.cases.commands import NewTask
from amparo.cases.errors import ConferenceIsOver, NobodyInvited, NotOnThisTeam, NotYetHappened, TaskUnfinished
from amparo.cases.models import Conference, Task
from amparo.cases.rules import Shared
from amparo.cases.words import BasisKind, ConferenceState
from amparo.desk.queries.today import today_sheet
from amparo.journeys import closing
from amparo.kernel import clock, ids
from amparo.kernel.errors import NotFound, Refused
from amparo.ledger.models import Entry
from amparo.partners import commands as partners
from amparo.partners.words import AgencyKind
from tests.cast import CaseAtHand, Cast

pytestmark = pytest.mark.django_db
DECIDED = "She is asked once only. مرة واحدة"
CLASSES = ["identity", "statement"]


def agency(cast: Cast, name: str = "Example Police") -> UUID:
    return partners.add_agency(
        actor=cast.oksana, office_id=cast.office, kind=AgencyKind.POLICE, name=name, district="Lakeside"
    )


def consent(cast: Cast, case: CaseAtHand, to: UUID, *classes: str) -> UUID:
    return commands.record_basis(
        actor=cast.dalia,
        case_id=case.id,
        person_id=case.survivor,
        kind=BasisKind.CONSENT,
        purpose="police",
        classes=list(classes),
        agency_id=to,
    )


def planned(cast: Cast, case: CaseAtHand, *agencies: UUID) -> UUID:
    return commands.plan_conference(
        actor=cast.chandra,
        case_id=case.id,
        on=date(2026, 5, 4),
        agencies=agencies or [agency(cast)],
        classes=CLASSES,
        about="Who does what",
    )


def held(cast: Cast, key: UUID, *tasks: NewTask, on: date = date(2026, 5, 5)) -> UUID:
    return commands.hold_conference(
        actor=cast.chandra,
        conference_id=key,
        expected=1,
        on=on,
        present="An officer",
        decisions=DECIDED,
        tasks=tasks,
    )


# ---- rules -------------------------------------------------------------------------------------------------

some = st.frozensets(st.sampled_from("abc"))
consents = st.lists(st.builds(Shared, st.sampled_from("xy"), st.sampled_from("mn"), some), max_size=6)


@given(st.frozensets(st.sampled_from("mn")), st.frozensets(st.sampled_from("xy")), some, consents)
def test_a_class_is_covered_for_a_survivor_and_an_agency_by_her_own_consent_to_it_alone(
    agencies: frozenset[str], people: frozenset[str], classes: frozenset[str], given_: list[Shared]
) -> None:
    found = rules.not_covered(agencies, people, classes, given_)
    for a in agencies:
        for p in people:
            for c in classes:
                covered = any(one.agency == a and one.person == p and c in one.classes for one in given_)
                assert covered == (c not in found.get((a, p), frozenset()))
    assert all(found.values())


# ---- commands ----------------------------------------------------------------------------------------------


def test_what_no_consent_covers_is_said_before_and_kept_afterwards(cast: Cast) -> None:
    case = cast.case()
    police, other = agency(cast), agency(cast, "Example Prosecution")
    consent(cast, case, police, "identity", "statement")
    consent(cast, case, other, "identity")
    key = planned(cast, case, police, other)
    _head, _view, gaps = queries.conference(cast.chandra, key)
    assert [(gap.agency, gap.classes) for gap in gaps] == [("Example Prosecution", ("statement",))]
    held(cast, key)
    assert Conference.objects.get().gaps == [str(other)]
    consent(cast, case, other, "statement")
    assert queries.conference(cast.chandra, key)[1].uncovered == 1
    assert queries.conference(cast.chandra, key)[2] == []


def test_a_consent_that_was_taken_back_covers_nothing(cast: Cast) -> None:
    case = cast.case()
    police = agency(cast)
    basis = consent(cast, case, police, *CLASSES)
    key = planned(cast, case, police)
    assert queries.conference(cast.chandra, key)[2] == []
    commands.withdraw_consent(actor=cast.dalia, basis_id=basis)
    assert len(queries.conference(cast.chandra, key)[2]) == 1


def test_tasks_of_a_conference_become_tasks_of_the_case(cast: Cast) -> None:
    case = cast.case()
    key = planned(cast, case)
    held(cast, key, NewTask("Ask for the interpreter", cast.accounts["dalia"], date(2026, 5, 9)))
    found = queries.tasks_of_case(cast.dalia, case.id)
    assert [(task.title, task.assigned_id) for task in found] == [("Ask for the interpreter", cast.accounts["dalia"])]
    view = queries.conference(cast.dalia, key)[1]
    assert [task.id for task in queries.tasks_of_conference(cast.dalia, case.id, view)] == [found[0].id]


@pytest.mark.parametrize(("title", "who", "error"), [
    ("", "dalia", TaskUnfinished), ("Call", None, TaskUnfinished), ("Call", "iris", NotOnThisTeam),
])  # fmt: skip
def test_a_task_that_can_not_be_set_keeps_the_conference_planned(
    cast: Cast, title: str, who: str | None, error: type[Exception]
) -> None:
    key = planned(cast, cast.case())
    fine = NewTask("Fine", cast.accounts["dalia"])
    with pytest.raises(error):
        held(cast, key, fine, NewTask(title, cast.accounts[who] if who else None))
    assert Conference.objects.get().state == ConferenceState.PLANNED
    assert not Task.objects.exists()


def test_a_conference_is_held_once(cast: Cast) -> None:
    key = planned(cast, cast.case())
    held(cast, key)
    with pytest.raises(ConferenceIsOver):
        held(cast, key)
    with pytest.raises(ConferenceIsOver):
        commands.drop_conference(actor=cast.chandra, conference_id=key)


def test_a_conference_is_not_held_on_a_day_to_come(cast: Cast) -> None:
    key = planned(cast, cast.case())
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(NotYetHappened) as refused:
        held(cast, key, on=tomorrow)
    assert refused.value.field == "on"
    assert Conference.objects.get().state == ConferenceState.PLANNED
    held(cast, key, on=clock.today())


def test_a_case_is_not_ready_to_close_with_a_planned_conference(cast: Cast) -> None:
    case = cast.case()
    key = planned(cast, case)
    head = queries.case_head(cast.chandra, case.id)

    def is_settled() -> bool:
        return {check.code: check.met for check in closing.checklist(head).checks}["conferences_settled"]

    assert not is_settled()
    page = cast.client("dalia").get(reverse("desk:closing", args=[case.id])).content.decode()
    assert "Every conference was held, or is not held" in page
    assert f"{reverse('desk:case', args=[case.id])}#conferences" in page
    commands.drop_conference(actor=cast.chandra, conference_id=key)
    assert is_settled()


def test_a_conference_has_somebody_at_the_table(cast: Cast) -> None:
    case = cast.case()
    with pytest.raises(NobodyInvited):
        commands.plan_conference(
            actor=cast.chandra, case_id=case.id, on=date(2026, 5, 4), agencies=[], classes=CLASSES, about=""
        )


@pytest.mark.parametrize("who", ["iris", "stranger", "femi", "mateo", "noor", "esther"])
def test_who_has_no_part_in_it_learns_nothing(cast: Cast, who: str) -> None:
    case = cast.case(team=("chandra", "dalia", "femi", "mateo"))
    key = planned(cast, case)
    with pytest.raises(NotFound):
        queries.conference(cast.actor(who), key)
    assert queries.conferences(cast.actor(who), case.id) == []


def test_an_auditor_reads_and_changes_nothing(cast: Cast) -> None:
    key = planned(cast, cast.case(team=("chandra", "dalia", "grace")))
    queries.conference(cast.grace, key)
    with pytest.raises(Refused):
        commands.drop_conference(actor=cast.grace, conference_id=key)


def test_no_word_of_it_reaches_the_ledger(cast: Cast) -> None:
    held(cast, planned(cast, cast.case()))
    bodies = " ".join(Entry.objects.filter(verb__startswith="conference.").values_list("body", flat=True))
    assert Entry.objects.filter(verb__startswith="conference.").count() == 2
    assert "once" not in bodies
    assert "Who does" not in bodies


# ---- pages -------------------------------------------------------------------------------------------------


def test_a_conference_is_planned_and_held_by_its_forms(cast: Cast) -> None:
    case = cast.case()
    police = agency(cast)
    client = cast.client("chandra")
    url = reverse("cases:plan_conference", args=[case.id])
    assert "Example Police" in client.get(url).content.decode()
    typed = {
        "form_id": str(ids.new_public_id()),
        "on": "2026-05-04",
        "agencies": [str(police)],
        "classes": CLASSES,
        "about": "Who does what",
    }
    assert client.post(url, typed).status_code == 302
    key = Conference.objects.get().id
    page = client.get(reverse("cases:conference", args=[key])).content.decode()
    assert "Not everything may be shared there." in page
    assert "Example Police" in page
    url = reverse("cases:hold_conference", args=[key])
    assert "Not everything may be shared there." in client.get(url).content.decode()
    done = {
        "form_id": str(ids.new_public_id()),
        "on": "2026-05-05",
        "present": "An officer",
        "decisions": DECIDED,
        "title_1": "Ask for the interpreter",
        "assigned_1": str(cast.accounts["dalia"]),
        "due_1": "2026-05-09",
        "title_2": "Nobody's task",
    }
    answer = client.post(url, done)
    assert answer.status_code == 422
    assert "A task needs words and somebody of the team." in answer.content.decode()
    assert client.post(url, done | {"title_2": ""}).status_code == 302
    page = client.get(reverse("cases:conference", args=[key])).content.decode()
    assert DECIDED in page
    assert "Ask for the interpreter" in page
    assert DECIDED in client.get(reverse("desk:case", args=[case.id])).content.decode()


def test_a_planned_conference_is_on_today_of_those_who_may_hold_it(cast: Cast) -> None:
    case = cast.case(team=("bruno", "chandra", "dalia", "femi"))
    cast.case(team=("esther",))
    key = commands.plan_conference(
        actor=cast.chandra,
        case_id=case.id,
        on=clock.today(),
        agencies=[agency(cast)],
        classes=CLASSES,
        about="",
    )
    url = reverse("cases:conference", args=[key])
    due = next(section for section in today_sheet(cast.chandra).sections if section.id == "due")
    assert [row.action_url for row in due.rows] == [url]
    for name, seen in (("dalia", 1), ("femi", 0), ("esther", 0), ("jalil", 0)):
        assert len(queries.own_conferences(cast.actor(name), clock.today())) == seen, name
    commands.drop_conference(actor=cast.chandra, conference_id=key)
    assert queries.own_conferences(cast.chandra, clock.today()) == []


def test_the_list_costs_the_same_with_more_conferences(cast: Cast) -> None:
    case = cast.case()
    client = cast.client("chandra")
    url = reverse("cases:conferences", args=[case.id])
    counts = []
    for number in range(2):
        planned(cast, case, agency(cast, f"Agency {number}"), agency(cast, f"Other {number}"))
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        counts.append(len(seen))
    assert counts[0] == counts[1]
