"""Who can tell that an operation is there, where and when it is, and that two plans touch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.access import commands as access
from amparo.access import policy, readings
from amparo.access.actors import SYSTEM_ACTOR, Actor, HeldRole, actor_for
from amparo.access.models import Account, Notice, OperationPlace
from amparo.cases import commands as cases
from amparo.kernel import clock
from amparo.kernel.errors import NotFound, Refused
from amparo.kernel.words import Compartment, Role, Sight
from amparo.ledger.models import Entry
from amparo.ledger.records import Record
from amparo.ledger.writing import command
from amparo.operations import commands, models, queries
from amparo.operations.commands.conflicts import check_against_others
from amparo.operations.errors import NotNow
from amparo.operations.models import Conflict, Operation
from amparo.operations.words import AbortReason, Settled
from tests.cast import CAST, Cast
from tests.operations import story

if TYPE_CHECKING:
    from tests.operations.story import OperationAtHand

pytestmark = pytest.mark.django_db

TEAM = {"bruno", "dalia", "femi"}
APPROVERS = {"jalil", "kofi"}
TABLES: tuple[type[Record], ...] = (
    models.Operation, models.Whereabouts, models.Member, models.Risk, models.Care, models.Approver, models.Approval,
    models.Result, models.Happening, models.Lesson, models.Conflict,
)  # fmt: skip
PERMISSIONS = sorted(name for name in policy.acts() if name.startswith("operations:"))


@pytest.fixture
def crowd(cast: Cast) -> Cast:
    """Operations in every state, one barred, one of a team that was left, two that touch."""
    story.fill(cast, story.begun(cast))
    story.proposed(cast, place="Another place")
    story.approved(cast, place="Third place")
    story.briefed(cast, place="Fourth place")
    story.debriefed(cast)
    left = story.fill(cast, story.begun(cast), place="Fifth place")
    commands.remove_member(
        actor=cast.bruno,
        member_id=models.Member.objects.get(operation_id=left.id, account_id=cast.accounts["femi"]).id,
    )
    gone = story.briefed(cast, place="Sixth place")
    commands.abort(actor=cast.bruno, operation_id=gone.id, reason=AbortReason.NO_CARE)
    barred = story.briefed(cast, place="Seventh place")
    bar = {"actor": cast.lina, "office_id": cast.office, "reason": "Related."}
    for name in ("dalia", "kofi"):
        access.set_bar(account_id=cast.accounts[name], case_id=barred.case.id, **bar)
    commands.name_keeper(actor=cast.kofi, account_id=cast.accounts["jalil"])
    other = cast.case(team=("bruno", "dalia"))
    touching = story.fill(cast, story.OperationAtHand(_second(cast, other.id), other), place="Fourth place")
    Operation.objects.filter(pk=touching.id).update(lead_id=cast.accounts["stranger"])
    story.proposed(cast, touching)
    assert Conflict.objects.exists()
    return cast


def _second(cast: Cast, case_id: object) -> object:
    from tests.partners import partners

    return commands.plan_operation(
        actor=cast.bruno,
        case_id=case_id,  # type: ignore[arg-type]
        objective="Out of it",
        legal_basis="An order",
        agency_id=partners.agency(cast),
    )


# ---- the policy ----------------------------------------------------------------------------------------------------


def test_lists_and_single_rows_of_operations_are_decided_alike(crowd: Cast) -> None:
    """`row in visible(...)` exactly where `decide(...)` says yes, for everybody, every table and every permission."""
    for name in crowd.accounts:
        actor = crowd.actor(name)
        for permission in PERMISSIONS:
            for model in TABLES:
                listed = set(policy.visible(actor, permission, model._base_manager.all()).values_list("pk", flat=True))
                for row in model._base_manager.all():
                    allowed = policy.decide(actor, permission, policy.subject_of(row)).allowed
                    assert (row.pk in listed) == allowed, (name, permission, model.__name__)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    roles=st.lists(st.sampled_from([r for r in Role if r is not Role.OUTSIDER]), max_size=3, unique=True),
    places=st.lists(st.sampled_from(list(Role)), max_size=3, unique=True),
    permission=st.sampled_from(PERMISSIONS),
    days=st.integers(0, 20),
)
def test_any_mix_of_roles_and_places_is_decided_alike(
    crowd: Cast, roles: list[Role], places: list[Role], permission: str, days: int
) -> None:
    from dataclasses import replace

    operations = list(Operation.objects.values_list("id", flat=True))[:3]
    actor = replace(
        actor_for(Account.objects.get(pk=crowd.accounts["iris"])),
        roles=tuple(HeldRole(role, crowd.office) for role in roles),
        places=frozenset((operation, role) for operation in operations for role in places),
    )
    with clock.set_to(clock.now() + timedelta(days=days)):
        for model in TABLES:
            listed = set(policy.visible(actor, permission, model._base_manager.all()).values_list("pk", flat=True))
            for row in model._base_manager.all():
                allowed = policy.decide(actor, permission, policy.subject_of(row)).allowed
                assert (row.pk in listed) == allowed, (roles, places, permission, model.__name__)


def test_a_place_counts_in_the_role_in_which_it_was_given(cast: Cast) -> None:
    made = story.begun(cast)
    OperationPlace.objects.filter(operation_id=made.id).update(role=Role.POLICE)
    assert cast.bruno.operations == {made.id}
    with pytest.raises(NotFound):
        queries.operation_page(cast.bruno, made.id)


def test_only_places_and_the_director_open_operations() -> None:
    for role, reach in policy.sights().items():
        found = reach.get(Compartment.OPERATION)
        for part in found.parts if found else ():
            assert part.scope == "p" or (role is Role.DIRECTOR and part.sight is Sight.STATUS), role


def test_who_sees_place_and_time_is_the_team_and_approvers_while_they_decide(cast: Cast) -> None:
    made = story.proposed(cast)
    assert _sees_place(cast, made) == TEAM | APPROVERS
    story.approve(cast, made)
    assert _sees_place(cast, made) == TEAM
    story.brief(cast, made)
    story.execute(cast, made)
    assert _sees_place(cast, made) == set()


def _sees_place(cast: Cast, made: OperationAtHand) -> set[str]:
    return {name for name in cast.accounts if queries.whereabouts(cast.actor(name), made.id) is not None}


# ---- every page ----------------------------------------------------------------------------------------------------


def _pages(cast: Cast, made: OperationAtHand, name: str) -> Iterator[tuple[str, bytes]]:
    """Every page on which an operation could show itself, as somebody sees it."""
    client = cast.client(name)
    wanted = [
        reverse("desk:today"),
        reverse("desk:week"),
        reverse("desk:case", args=[made.case.id]),
        reverse("investigations:room", args=[made.case.id]),
        reverse("operations:board"),
        reverse("operations:sealed"),
        reverse("operations:operation", args=[made.id]),
        reverse("operations:conflicts"),
        reverse("prosecution:calendar"),
        reverse("staff:ledger"),
        f"{reverse('staff:ledger')}?view=readings",
        f"{reverse('staff:ledger')}?verb=operation.planned",
        f"{reverse('staff:ledger')}?verb=operation.read",
        f"{reverse('staff:ledger')}?verb=conflict.found",
    ]
    for url in wanted:
        yield url, client.get(url).content
    for typed in (made.row.code, story.PLACE):
        yield f"find {typed}", client.post(reverse("desk:find"), {"q": typed}).content


def test_nobody_outside_can_tell_that_an_operation_is_there(cast: Cast) -> None:
    made = story.proposed(cast)
    story.approve(cast, made)
    # Its people read it, and that is kept too.
    cast.client("bruno").get(reverse("operations:operation", args=[made.id]))
    cast.client("dalia").get(reverse("operations:board"))
    assert Entry.objects.filter(verb="operation.read", subject_id=made.id).exists()
    words = [made.row.code, str(made.id), "Brickworks", "Example Market", "An operation", "operation plan was opened"]
    for name in (*CAST, "stranger"):
        if name in TEAM or name in ("kofi",):
            continue
        for url, page in _pages(cast, made, name):
            for word in words:
                if word == made.row.code and url.startswith("find"):
                    continue  # What she typed herself comes back to her.
                assert word.encode() not in _without_choices(page), (name, url, word)


def _without_choices(page: bytes) -> bytes:
    """A page without lists to choose from, which say the same to everybody, and without what was told before."""
    import re

    page = re.sub(rb"<select.*?</select>", b"", page, flags=re.DOTALL)
    return re.sub(rb"You are asked to approve an operation|An operation was approved", b"", page)


def test_a_director_is_told_that_it_is_there_and_nothing_of_it(cast: Cast) -> None:
    made = story.approved(cast)
    seen = b"".join(page for _url, page in _pages(cast, made, "kofi"))
    assert made.row.code.encode() in seen
    for word in ("Brickworks", "Example Market", "bonded labour", "Sample Health Service", "Example Shelter"):
        assert word.encode() not in seen, word


def test_an_outsider_is_answered_as_for_nothing(cast: Cast) -> None:
    made = story.proposed(cast)
    for name in ("chandra", "esther", "stranger", "lina", "grace", "oksana", "mateo"):
        client = cast.client(name)
        for page in ("operation", "change", "place", "approve", "execute", "propose", "debrief"):
            hidden = client.get(reverse(f"operations:{page}", args=[made.id]))
            nothing = client.get(reverse(f"operations:{page}", args=[made.case.survivor]))
            assert hidden.status_code == nothing.status_code == 404, (name, page)


def test_the_page_of_a_case_shows_operations_to_their_people_alone(cast: Cast) -> None:
    made = story.proposed(cast)
    url = reverse("desk:case", args=[made.case.id])
    assert made.row.code in cast.client("bruno").get(url).content.decode()
    assert made.row.code not in cast.client("chandra").get(url).content.decode()


def test_readings_of_a_case_do_not_tell_of_its_operation(cast: Cast) -> None:
    made = story.approved(cast)
    cast.client("bruno").get(reverse("operations:operation", args=[made.id]))
    found = access_readings(cast, made)
    assert all(Compartment.OPERATION not in one.compartments for one in found)


def access_readings(cast: Cast, made: OperationAtHand) -> list:  # type: ignore[type-arg]
    from amparo.access import queries as reads

    return reads.readings_of_case(cast.jalil, made.case.id, cast.office) or []


def test_the_cost_of_an_actor_does_not_grow_with_places(cast: Cast, django_assert_num_queries: object) -> None:
    account = Account.objects.get(pk=cast.accounts["bruno"])
    story.fill(cast, story.begun(cast))
    with django_assert_num_queries(3):  # type: ignore[operator]
        actor_for(account)


# ---- plans that touch ----------------------------------------------------------------------------------------------


@pytest.fixture
def two(cast: Cast) -> tuple[Cast, OperationAtHand, OperationAtHand]:
    """Two plans for one place by two people, neither of whom sees the other's; Jalil keeps plans apart."""
    commands.name_keeper(actor=cast.kofi, account_id=cast.accounts["jalil"])
    access.give_role(
        actor=SYSTEM_ACTOR, account_id=cast.accounts["chandra"], role=Role.INVESTIGATOR, office_id=cast.office
    )
    first = story.proposed(cast)
    case = cast.case(team=("dalia",))
    cases.add_to_team(actor=cast.jalil, case_id=case.id, account_id=cast.accounts["chandra"], role=Role.INVESTIGATOR)
    from tests.partners import partners

    second = commands.plan_operation(
        actor=cast.chandra,
        case_id=case.id,
        objective="Out of it",
        legal_basis="An order",
        agency_id=partners.agency(cast, "Another agency"),
    )
    return cast, first, story.OperationAtHand(second, case)


def _propose_second(cast: Cast, second: OperationAtHand, place: str, days: int = 3) -> None:
    me = cast.accounts["bruno"]
    cast.accounts["bruno"] = cast.accounts["chandra"]
    try:
        begin = (clock.now() + timedelta(days=days)).replace(hour=5, minute=0, second=0, microsecond=0)
        story.fill(cast, second, place=place, starts=begin)
        asked = [cast.accounts["stranger"], cast.accounts["kofi"]]
        commands.propose(actor=cast.chandra, operation_id=second.id, approvers=asked)
    finally:
        cast.accounts["bruno"] = me


@pytest.mark.parametrize(
    ("place", "days", "touches"),
    [
        (story.PLACE, 3, True),
        ("  gate 3, BRICKWORKS at sample canal ", 3, True),
        (story.PLACE, 5, True),
        (story.PLACE, 6, False),
        ("Quarry at Sample Canal", 3, False),
    ],
)
def test_two_plans_at_one_place_are_told_to_one_person_alone(
    two: tuple[Cast, OperationAtHand, OperationAtHand], place: str, days: int, touches: bool
) -> None:
    cast, first, second = two
    entries = Entry.objects.filter(verb="operation.checked", subject_id=second.id)
    _propose_second(cast, second, place, days)
    assert Conflict.objects.exists() == touches
    assert entries.exists()
    told = set(Notice.objects.filter(kind="operation_conflict").values_list("account_id", flat=True))
    assert told == ({cast.accounts["jalil"]} if touches else set())
    for name in (*CAST, "stranger"):
        listed = (
            queries.conflicts(cast.actor(name)).rows if policy.has(cast.actor(name), "operations:conflict:see") else ()
        )
        assert bool(listed) == (touches and name == "jalil"), name
    assert first.id != second.id


def test_the_one_who_keeps_plans_apart_sees_that_they_touch_and_whom_to_ask(
    two: tuple[Cast, OperationAtHand, OperationAtHand],
) -> None:
    cast, first, second = two
    story.approve(cast, first)
    _propose_second(cast, second, story.PLACE)
    page = cast.client("jalil").get(reverse("operations:conflicts")).content.decode()
    assert CAST["bruno"][0] in page
    assert CAST["chandra"][0] in page
    for hidden in ("Brickworks", first.row.code, second.row.code, str(first.id), str(second.id), "bonded"):
        assert hidden not in page, hidden


def test_whoever_plans_can_not_tell_from_the_ledger_whether_plans_touch(
    two: tuple[Cast, OperationAtHand, OperationAtHand],
) -> None:
    cast, _first, second = two
    _propose_second(cast, second, story.PLACE)
    checked = Entry.objects.filter(verb="operation.checked", subject_id=second.id).latest("index")
    clear = Entry.objects.filter(verb="operation.checked").exclude(subject_id=second.id).latest("index")
    import json

    assert json.loads(checked.body)["facts"] == json.loads(clear.body)["facts"]
    assert json.loads(checked.body).get("rows", []) == json.loads(clear.body).get("rows", [])
    for name in ("bruno", "chandra", "kofi", "lina", "grace", "jalil"):
        page = cast.client(name).get(f"{reverse('staff:ledger')}?verb=conflict.found")
        assert b"/entry/" not in _without_choices(page.content) or page.status_code != 200, name


def test_leads_who_see_both_plans_are_not_told_about(cast: Cast) -> None:
    commands.name_keeper(actor=cast.kofi, account_id=cast.accounts["jalil"])
    story.proposed(cast)
    story.proposed(cast)
    assert not Conflict.objects.exists()


def test_moving_a_proposed_plan_is_checked_again(two: tuple[Cast, OperationAtHand, OperationAtHand]) -> None:
    cast, first, second = two
    _propose_second(cast, second, "Elsewhere")
    assert not Conflict.objects.exists()
    begin = (clock.now() + timedelta(days=3)).replace(hour=7, minute=0, second=0, microsecond=0)
    where = queries.whereabouts(cast.bruno, first.id)
    assert where is not None
    commands.set_whereabouts(
        actor=cast.bruno,
        operation_id=first.id,
        expected=where.version,
        place="elsewhere",
        meeting="x",
        starts=begin,
        ends=begin + timedelta(hours=1),
    )
    assert Conflict.objects.exists()


def test_what_nobody_was_told_passes_to_who_is_named(two: tuple[Cast, OperationAtHand, OperationAtHand]) -> None:
    cast, _first, second = two
    _propose_second(cast, second, story.PLACE)
    commands.name_keeper(actor=cast.kofi, account_id=cast.accounts["stranger"])
    assert queries.conflicts(cast.jalil).rows == ()
    key = Conflict.objects.get().id
    with pytest.raises(NotFound):
        commands.settle_conflict(actor=cast.jalil, conflict_id=key, outcome=Settled.APART)
    commands.settle_conflict(actor=cast.stranger, conflict_id=key, outcome=Settled.APART)


def test_only_a_director_names_who_keeps_plans_apart(cast: Cast) -> None:
    with pytest.raises(Refused):
        commands.name_keeper(actor=cast.jalil, account_id=cast.accounts["jalil"])


def test_the_form_of_her_care_tells_no_place_once_it_is_over(cast: Cast) -> None:
    made = story.briefed(cast)
    address = reverse("operations:care", args=[made.id, made.case.survivor])
    assert "Room 4 of the Example Shelter" in cast.client("bruno").get(address).content.decode()
    # Nobody wrote down that it is over: its place and hours are hidden all the same, and so are these.
    with clock.set_to(clock.now() + timedelta(days=60)):
        for form in (queries.core, lambda actor, key: queries.care(actor, key, made.case.survivor)):
            with pytest.raises(NotNow):
                form(cast.bruno, made.id)
    story.execute(cast, made)
    answer = cast.client("bruno").get(address)
    assert answer.status_code == 409
    assert "Room 4" not in answer.content.decode()


def test_a_form_of_a_plan_is_kept_as_read(cast: Cast) -> None:
    made = story.briefed(cast)
    for read in (queries.core, queries.whereabouts, lambda actor, key: queries.care(actor, key, made.case.survivor)):
        with readings.collecting() as opened:
            read(cast.bruno, made.id)
        assert (made.id, Compartment.OPERATION) in opened


def test_what_touches_waits_where_the_one_who_is_told_has_gone(cast: Cast) -> None:
    commands.name_keeper(actor=cast.kofi, account_id=cast.accounts["jalil"])
    Account.objects.filter(pk=cast.accounts["jalil"]).update(is_active=False)
    row = models.Operation.objects.get(pk=story.fill(cast, story.begun(cast)).id)
    other = models.Operation.objects.get(pk=story.fill(cast, story.begun(cast)).id)
    with mock.patch.object(queries, "touching", return_value=[other]):
        _look(actor=cast.bruno, operation=row)
    assert models.Conflict.objects.get().told_id is None
    commands.name_keeper(actor=cast.kofi, account_id=cast.accounts["kofi"])
    assert models.Conflict.objects.get().told_id == cast.accounts["kofi"]


@command
def _look(*, actor: Actor, operation: models.Operation) -> None:
    check_against_others(actor, operation)
