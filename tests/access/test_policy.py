"""One table, two questions: may she do this to this row, and which rows may she see."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.access import commands, policy
from amparo.access.actors import actor_for
from amparo.access.models import Account
from amparo.access.policy import Subject
from amparo.access.words import Scope
from amparo.cases.models import Case, Note, Party, Task
from amparo.kernel.errors import NotFound, Refused
from amparo.kernel.words import Compartment, Role, Sight
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.people.models import Contact, Person
from tests.access.people import everybody

if TYPE_CHECKING:
    from tests.cast import Cast

GUARDED = {
    "cases:case:see": Case,
    "cases:note:see": Note,
    "cases:note:write": Note,
    "cases:task:see": Task,
    "cases:party:see": Party,
    "people:person:see": Person,
    "people:contact:see": Contact,
    "access:account:see": Account,
}


def test_every_role_and_compartment_has_a_cell() -> None:
    assert set(policy.sights()) == set(Role)


def test_every_permission_is_named_room_thing_verb_and_sorted() -> None:
    names = list(policy.acts())
    assert names == sorted(names)
    assert all(name.count(":") == 2 for name in names)


def test_nobody_holds_every_permission() -> None:
    for role in Role:
        assert any(role not in act.roles for act in policy.acts().values())


def test_an_outsider_may_do_nothing_but_give_what_she_is_checked_by() -> None:
    assert {name for name, act in policy.acts().items() if Role.OUTSIDER in act.roles} == {"access:details:keep"}
    assert policy.sights()[Role.OUTSIDER] == {}


def test_the_system_keeper_reads_no_casework() -> None:
    reach = policy.sights()[Role.SYSTEM]
    assert {c for c in reach if c not in (Compartment.AUDIT, Compartment.STAFF)} == set()


def test_court_mode_never_gives_more_than_the_roles_do() -> None:
    assert policy.court_acts() <= set(policy.acts())
    for role, row in policy.court_sights().items():
        for compartment, reach in row.items():
            usual = policy.sights()[role][compartment]
            for narrow, wide in zip(reach.parts, usual.parts, strict=True):
                assert narrow.sight <= wide.sight
                assert narrow.scope is wide.scope


def test_court_mode_shows_codes_alone_of_people_and_nothing_of_what_they_told() -> None:
    for row in policy.court_sights().values():
        assert row.get(Compartment.IDENTITY, policy.Reach(Sight.NONE, Scope.ANY)).sight <= Sight.STATUS
        assert row.get(Compartment.SUSPECT, policy.Reach(Sight.NONE, Scope.ANY)).sight <= Sight.STATUS
        hidden = {
            Compartment.ADDRESS, Compartment.NARRATIVE, Compartment.EXAMINATION, Compartment.CLINICAL,
            Compartment.CARE, Compartment.INVESTIGATION, Compartment.OPERATION,
        }  # fmt: skip
        assert not hidden & set(row)


@pytest.mark.django_db
def test_a_hidden_case_answers_like_a_missing_one(cast: Cast) -> None:
    at_hand = cast.case()
    missing = UUID(int=1)
    for key in (at_hand.id, missing):
        with pytest.raises(NotFound) as error:
            policy.load(cast.esther, "cases:case:see", Case, key)
        assert error.value.message() == NotFound().message()


@pytest.mark.django_db
def test_somebody_who_sees_a_row_is_told_that_she_may_not_change_it(cast: Cast) -> None:
    at_hand = cast.case()
    row = Case.objects.get(pk=at_hand.id)
    with pytest.raises(Refused):
        policy.check(cast.dalia, "cases:closing:approve", row, seen_by="cases:case:see")


@pytest.mark.django_db
def test_a_bar_beats_every_grant_and_role(cast: Cast) -> None:
    at_hand = cast.case()
    commands.set_bar(
        actor=cast.lina,
        account_id=cast.accounts["jalil"],
        office_id=cast.office,
        person_id=at_hand.suspect,
        reason="A relative of the suspect.",
    )
    subject = Subject(office=cast.office, cases=frozenset([at_hand.id]))
    assert not policy.decide(cast.jalil, "cases:case:see", subject).allowed
    assert not policy.visible(cast.jalil, "cases:case:see", Case.objects.all()).exists()


@pytest.mark.django_db
def test_a_grant_that_ended_opens_nothing(cast: Cast) -> None:
    at_hand = cast.case()
    commands.end_grant(actor=cast.jalil, case_id=at_hand.id, office_id=cast.office, account_id=cast.accounts["dalia"])
    with pytest.raises(NotFound):
        policy.load(cast.dalia, "cases:case:see", Case, at_hand.id)


@pytest.mark.django_db
def test_a_supervisor_of_another_office_sees_nothing(cast: Cast) -> None:
    cast.case()
    stranger = cast.stranger
    for permission, model in GUARDED.items():
        if model is not Account:
            assert not policy.visible(stranger, permission, model.objects.all()).exists(), permission


@pytest.mark.django_db
def test_a_director_sees_that_cases_exist_but_no_identity(cast: Cast) -> None:
    at_hand = cast.case()
    subject = Subject(office=cast.office, cases=frozenset([at_hand.id]), person=at_hand.survivor)
    assert policy.decide(cast.kofi, "cases:case:see", subject).allowed
    assert policy.sight(cast.kofi, Compartment.IDENTITY, subject) is Sight.STATUS
    assert policy.sight(cast.kofi, Compartment.CARE, subject) is Sight.AGGREGATE


@writing.command
def _write_notes(*, actor: object, case: Case, owners: list[UUID]) -> None:
    """A row in each compartment, whoever may write there: what lists show is what is tested."""
    from amparo.kernel import clock

    for number, compartment in enumerate(Compartment):
        note = Note(
            case=case,
            office_id=case.office_id,
            compartment=compartment,
            kind="other",
            key_owner=owners[number % len(owners)],
            happened_at=clock.now(),
        )
        writing.insert(note, text="words")
        writing.note(Verb.NOTE_WRITTEN, subject=note.id, case=case.id, facts={"compartment": compartment})


@writing.command
def _tie_too(*, actor: object, person_id: UUID, case: Case) -> None:
    commands.tie(person_id, case.id, case.office_id)
    writing.note(Verb.PARTY_JOINED, subject=person_id, case=case.id, facts={"person": person_id})


@pytest.fixture
def crowd(cast: Cast) -> Cast:
    """Three cases with different teams, bars against a case and a person, a grant that has ended."""
    first = cast.case(team=("bruno", "chandra", "dalia", "esther", "femi", "grace"))
    second = cast.case(team=("bruno", "dalia"))
    third = cast.case(team=("chandra", "mateo"))
    for at_hand in (first, second, third):
        case = Case.objects.get(pk=at_hand.id)
        _write_notes(actor=cast.jalil, case=case, owners=[case.id, at_hand.survivor])
    bar = {"actor": cast.lina, "office_id": cast.office, "reason": "Related."}
    commands.set_bar(account_id=cast.accounts["bruno"], case_id=second.id, **bar)
    commands.set_bar(account_id=cast.accounts["chandra"], person_id=third.suspect, **bar)
    commands.end_grant(actor=cast.jalil, case_id=first.id, office_id=cast.office, account_id=cast.accounts["dalia"])
    # One person with a part in two cases, as a suspect often has.
    _tie_too(actor=cast.jalil, person_id=first.suspect, case=Case.objects.get(pk=third.id))
    return cast


@pytest.mark.django_db
def test_lists_and_single_rows_are_decided_alike(crowd: Cast) -> None:
    """`row in visible(...)` exactly where `decide(...)` says yes, for everybody, every table and every permission."""
    for actor in everybody(crowd):
        for permission, model in GUARDED.items():
            listed = set(policy.visible(actor, permission, model.objects.all()).values_list("pk", flat=True))
            for row in model.objects.all():
                allowed = policy.decide(actor, permission, policy.subject_of(row)).allowed
                assert (row.pk in listed) == allowed, (actor, permission, row.pk)


@pytest.mark.django_db
def test_the_short_way_for_one_case_decides_as_the_long_one(crowd: Cast) -> None:
    for actor in everybody(crowd):
        for permission, model in GUARDED.items():
            if not model.guard.case or model is Case:
                continue
            for case in Case.objects.all():
                rows = model.objects.filter(case_id=case.id)
                short = policy.visible_in_case(actor, permission, rows, case.office_id, case.id)
                long = policy.visible(actor, permission, rows)
                assert set(short.values_list("pk")) == set(long.values_list("pk")), (actor, permission)


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    roles=st.lists(st.sampled_from([r for r in Role if r is not Role.OUTSIDER]), max_size=3, unique=True),
    permission=st.sampled_from(sorted(policy.acts())),
    court=st.booleans(),
)
def test_any_mix_of_roles_is_decided_alike_for_lists_and_rows(
    crowd: Cast, roles: list[Role], permission: str, *, court: bool
) -> None:
    from amparo.access.actors import HeldRole
    from amparo.access.models import CaseGrant
    from amparo.kernel import clock

    account = Account.objects.get(pk=crowd.accounts["iris"])
    case = Case.objects.order_by("id").first()
    assert case is not None
    CaseGrant.objects.filter(account_id=account.id).delete()
    for role in roles:
        CaseGrant.objects.create(
            case_id=case.id,
            office_id=case.office_id,
            account_id=account.id,
            role=role,
            starts_at=clock.now(),
            created_at=clock.now(),
            created_by=account.id,
            updated_at=clock.now(),
            updated_by=account.id,
        )
    actor = replace(actor_for(account), roles=tuple(HeldRole(role, crowd.office) for role in roles), court=court)
    for model in set(GUARDED.values()):
        listed = set(policy.visible(actor, permission, model.objects.all()).values_list("pk", flat=True))
        for row in model.objects.all():
            allowed = policy.decide(actor, permission, policy.subject_of(row)).allowed
            assert (row.pk in listed) == allowed, (roles, permission, model.__name__)
