from __future__ import annotations

import math
import secrets

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from amparo.cases import commands as cases
from amparo.cases.words import PartyRole, TrackKind
from amparo.kernel import clock, codes
from amparo.kernel.errors import NotFound, Refused
from amparo.kits import commands, queries
from amparo.kits.commands import Report
from amparo.kits.errors import NotAParty, NumberEnded
from amparo.kits.models import KitStep, LabRequest, LabResult, OwnNumber, UsedKit
from amparo.kits.rules import numbers
from amparo.kits.words import Ask, Coarse, Kind, LabTest, Outcome, Reader, State
from amparo.ledger.models import Entry
from amparo.people import commands as people
from amparo.people.words import PersonKind
from tests.cast import Cast
from tests.kits.story import Story, begin


@given(st.binary(min_size=64, max_size=64))
def test_a_number_carries_at_least_sixty_bits_and_reads_back(entropy: bytes) -> None:
    try:
        number = numbers.new_number(entropy)
    except ValueError:
        return  # Bytes that run out: chance never makes such.
    body = number.replace("-", "")[len(numbers.PREFIX) : -1]
    assert math.log2(len(codes.ALPHABET)) * len(body) >= 60
    assert numbers.read_number(number) == number
    assert numbers.read_number(f"  {number.lower().replace('-', ' ')} ") == number
    assert numbers.read_number(number.removeprefix("MY-")) == number


@given(st.integers(0, 14), st.sampled_from(codes.ALPHABET))
def test_one_wrong_character_is_never_another_number(at: int, instead: str) -> None:
    number = numbers.new_number(bytes(range(60, 124)))
    places = [place for place, char in enumerate(number) if char != "-" and place > 2]
    wrong = number[: places[at]] + instead + number[places[at] + 1 :]
    assert numbers.read_number(wrong) in ({None} if wrong != number else {number})


def test_the_number_says_nothing_about_what_it_is_for() -> None:
    number = numbers.new_number(secrets.token_bytes(64))
    assert "KIT" not in number
    assert number.startswith("MY-")


@given(st.sampled_from(list(State)))
def test_every_state_has_plain_words_and_none_tells_a_name_or_a_place(state: State) -> None:
    told = numbers.told(state)
    assert told.coarse in set(Coarse)


@pytest.fixture
def story(cast: Cast) -> Story:
    return begin(cast)


def give(story: Story, kit: object, who: str = "esther") -> str:
    number = numbers.new_number(secrets.token_bytes(numbers.ENTROPY_BYTES))
    commands.issue_number(actor=story.cast.actor(who), kit_id=kit, number=number)  # type: ignore[arg-type]
    return number


@pytest.mark.django_db
def test_a_survivor_sees_where_her_kit_is_and_nothing_else(story: Story) -> None:
    kit = story.use(who="bruno", reported=False)
    number = give(story, kit)
    status = queries.status_by_number(number.lower())
    assert status is not None
    assert (status.state, status.since_on) == (Coarse.YOURS_TO_DECIDE, clock.today())
    assert status.kept_until == UsedKit.objects.get().until
    story.step(kit, Kind.REPORT)
    story.step(kit, Kind.PICK_UP)
    moved = queries.status_by_number(number)
    assert moved is not None
    assert (moved.state, moved.kept_until) == (Coarse.WITH_AUTHORITIES, None)
    said = f"{moved.said} {moved.next}"
    for word in ("Nadia", "Clinic", "Harbour", "Sergeant", UsedKit.objects.get().code):
        assert word not in said


@pytest.mark.django_db
def test_a_new_number_ends_the_one_before_and_a_withdrawn_one_is_answered_as_unknown(story: Story) -> None:
    kit = story.use(who="bruno")
    first, second = give(story, kit), give(story, kit, "dalia")
    assert queries.status_by_number(first) is None
    assert queries.status_by_number(second) is not None
    commands.withdraw_number(actor=story.cast.dalia, kit_id=kit)
    assert queries.status_by_number(second) is None
    with pytest.raises(NumberEnded):
        commands.withdraw_number(actor=story.cast.dalia, kit_id=kit)


@pytest.mark.django_db
def test_the_number_of_somebody_who_is_erased_is_answered_as_unknown(story: Story) -> None:
    from amparo.journeys.erasing import erase_person

    kit = story.use(who="bruno")
    number = give(story, kit)
    request = commands.draft_request(
        actor=story.cast.bruno, case_id=story.case.id, laboratory_id=story.laboratory, tests=[LabTest.DNA],
        kit_id=kit, question="canary question",
    )  # fmt: skip
    commands.move_request(actor=story.cast.bruno, request_id=request, ask=Ask.SUBMIT)
    report = Report(Reader.MEDICAL, Outcome.SUBSTANCE, "canary of the clinic")
    commands.record_result(actor=story.cast.esther, request_id=request, report=report)
    kind = TrackKind.ACCOUNTABILITY
    cases.change_track(actor=story.cast.chandra, case_id=story.case.id, kind=kind, state="not_pursued")
    erase_person(actor=story.cast.lina, person_id=story.case.survivor)
    assert queries.status_by_number(number) is None
    # Words about her kit are sealed under the key of the case, and go with her own all the same.
    assert LabResult.objects.get().words is None
    assert LabRequest.objects.get().question is None
    steps = KitStep.objects.filter(used__kit_id=kit)
    assert steps.exists()
    assert not steps.exclude(who=None, reason=None, paper=None, place=None).exists()


def _loose(story: Story, **more: object) -> LabRequest:
    """A request about something of the case that is no kit."""
    item = story.item(seal=f"L {LabRequest.objects.count()}")
    key = commands.draft_request(
        actor=story.cast.bruno, case_id=story.case.id, laboratory_id=story.laboratory, tests=[LabTest.DNA],
        item_ids=[item], question="canary of loose things", **more,  # type: ignore[arg-type]
    )  # fmt: skip
    commands.move_request(actor=story.cast.bruno, request_id=key, ask=Ask.SUBMIT, remark="canary of a remark")
    return LabRequest.objects.get(pk=key)


def _erase(story: Story) -> None:
    from amparo.journeys.erasing import erase_person

    kind = TrackKind.ACCOUNTABILITY
    cases.change_track(actor=story.cast.chandra, case_id=story.case.id, kind=kind, state="not_pursued")
    erase_person(actor=story.cast.lina, person_id=story.case.survivor)


@pytest.mark.django_db
def test_what_a_laboratory_was_asked_about_loose_things_goes_with_the_only_survivor(story: Story) -> None:
    row = _loose(story)
    assert row.person_id == story.case.survivor
    # As a release before this one left it.
    LabRequest.objects.filter(pk=row.id).update(person_id=None)
    _erase(story)
    row.refresh_from_db()
    assert (row.question, row.remark) == (None, None)


@pytest.mark.django_db
def test_in_a_case_of_two_survivors_only_what_is_about_her_goes(story: Story) -> None:
    other = people.add_person(
        actor=story.cast.jalil, office_id=story.cast.office, kind=PersonKind.SURVIVOR, name="Leila Sample"
    )
    cases.add_party(actor=story.cast.jalil, case_id=story.case.id, person_id=other, role=PartyRole.SURVIVOR)
    hers = _loose(story, person_id=story.case.survivor)
    theirs, of_nobody = _loose(story, person_id=other), _loose(story)
    assert of_nobody.person_id is None
    with pytest.raises(NotAParty):
        _loose(story, person_id=story.case.suspect)
    page = story.cast.client("bruno").get(f"/kits/cases/{story.case.id}/request/").content.decode()
    assert "About whom are they?" in page
    _erase(story)
    for row in (hers, theirs, of_nobody):
        row.refresh_from_db()
    assert hers.question is None
    assert theirs.question is not None
    assert of_nobody.question is not None


@pytest.mark.django_db
def test_only_a_keyed_hash_of_the_number_is_kept(story: Story) -> None:
    number = give(story, story.use(who="bruno"))
    row = OwnNumber.objects.get()
    plain = number.replace("-", "")
    for value in (getattr(row, field.attname) for field in OwnNumber._meta.concrete_fields):
        assert plain not in str(value).replace("-", "").upper()
    assert row.number_hash == queries.number_hash(number)
    assert all(plain not in entry.body.replace("-", "") for entry in Entry.objects.all())


@pytest.mark.django_db
def test_a_stranger_who_guesses_locks_nobody_out_and_leaves_no_trace(story: Story) -> None:
    number = give(story, story.use(who="bruno"))
    before = (Entry.objects.count(), OwnNumber.objects.get().version)
    for _guess in range(300):
        assert queries.status_by_number(numbers.new_number(secrets.token_bytes(32))) is None
    assert queries.status_by_number("' OR 1=1 --") is None
    assert queries.status_by_number("x" * 100_000) is None
    assert queries.status_by_number(number) is not None
    assert (Entry.objects.count(), OwnNumber.objects.get().version) == before


@pytest.mark.django_db
def test_found_or_not_the_same_work_is_done(story: Story) -> None:
    kit = story.use(who="bruno")
    ended, known = give(story, kit), give(story, kit)
    asked: list[list[str]] = []
    for typed in (known, ended, numbers.new_number(secrets.token_bytes(32)), "MY-222-222-222-222-222", "nothing", ""):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            queries.status_by_number(typed)
        asked.append([query["sql"].split("=")[0] for query in caught.captured_queries])
    assert asked[0]
    assert len(asked[0]) == 1
    assert all(one == asked[0] for one in asked)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "error"), [("bruno", Refused), ("noor", Refused), ("jalil", NotFound), ("iris", NotFound)]
)
def test_who_does_not_stand_by_her_makes_no_number(story: Story, who: str, error: type[Exception]) -> None:
    kit = story.use(who="bruno")
    with pytest.raises(error):
        give(story, kit, who)
