from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from amparo.evidence import commands as evidence
from amparo.evidence import queries as items
from amparo.evidence.commands import Outside
from amparo.evidence.errors import OnHold, WaitsForHer, WaitsForSecond
from amparo.evidence.models import CustodyEvent, EvidenceItem
from amparo.evidence.words import Category
from amparo.evidence.words import Kind as Custody
from amparo.evidence.words import State as ItemState
from amparo.kernel import clock
from amparo.kernel.errors import NotFound, Refused
from amparo.kits import commands, queries
from amparo.kits.commands import Told
from amparo.kits.errors import (
    ExpiryPast,
    ItemNotForKit,
    MustBeKept,
    NotAParty,
    NotInHand,
    NotInStock,
    NotReported,
    PlaceMissing,
    SealUnread,
    SerialUsed,
)
from amparo.kits.models import Kit, KitStep, UsedKit
from amparo.kits.queries.reach import local_day
from amparo.kits.rules import path
from amparo.kits.words import BoxState, Discard, Kind, State
from amparo.ledger.models import Entry
from tests.cast import Cast
from tests.kits.story import SEAL, Story, begin

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast: Cast) -> Story:
    return begin(cast)


def used_of(kit: object) -> UsedKit:
    return UsedKit.objects.get(kit_id=kit)


def custody_of(kit: object) -> list[str]:
    item = used_of(kit).item_id
    return list(CustodyEvent.objects.filter(item_id=item).order_by("seq").values_list("kind", flat=True))


def item_state(kit: object) -> str:
    return EvidenceItem.objects.get(pk=used_of(kit).item_id).state


# ---- stock -----------------------------------------------------------------------------------------------------


def test_a_serial_number_is_registered_once_however_it_is_written(story: Story) -> None:
    with pytest.raises(SerialUsed):
        commands.send_kits(
            actor=story.cast.noor,
            facility_id=story.clinic,
            serials=["sn 0001"],
            expires_on=clock.today() + timedelta(days=9),
        )
    assert Kit.objects.count() == 3


def test_kits_on_their_way_are_no_stock_until_they_arrive(story: Story) -> None:
    commands.send_kits(
        actor=story.cast.noor,
        facility_id=story.clinic,
        serials=["X-9"],
        expires_on=clock.today() + timedelta(days=90),
    )
    coming = Kit.objects.get(state=BoxState.ON_THE_WAY)
    assert len(queries.kit_choices(story.cast.esther, story.clinic)) == 3
    commands.receive_kits(actor=story.cast.esther, kit_ids=[coming.id])
    assert len(queries.kit_choices(story.cast.esther, story.clinic)) == 4
    commands.discard_kit(actor=story.cast.noor, kit_id=coming.id, why=Discard.DAMAGED)
    assert len(queries.kit_choices(story.cast.esther, story.clinic)) == 3


def test_expired_kits_are_not_put_into_stock(story: Story) -> None:
    with pytest.raises(ExpiryPast):
        commands.send_kits(
            actor=story.cast.noor,
            facility_id=story.clinic,
            serials=["X"],
            expires_on=clock.today() - timedelta(days=1),
        )


def test_who_has_nothing_to_do_with_stock_is_shown_none(story: Story) -> None:
    for name in ("bruno", "dalia", "iris", "stranger"):
        assert queries.kit_choices(story.cast.actor(name), story.clinic) == []
    with pytest.raises(NotFound):
        commands.discard_kit(actor=story.cast.bruno, kit_id=story.kits[0], why=Discard.LOST)


# ---- use -------------------------------------------------------------------------------------------------------


def test_a_used_kit_leaves_the_stock_and_has_a_path(story: Story) -> None:
    kit = story.use()
    used = used_of(kit)
    assert (used.state, used.code) == (State.REPORTED, Kit.objects.get(pk=kit).code)
    assert str(kit) not in dict(queries.kit_choices(story.cast.esther, story.clinic))
    with pytest.raises(NotInStock):
        commands.discard_kit(actor=story.cast.noor, kit_id=kit, why=Discard.LOST)


def test_a_kit_is_used_once_and_its_item_stands_for_no_other(story: Story) -> None:
    kit = story.use()
    again = {
        "actor": story.cast.esther,
        "case_id": story.case.id,
        "person_id": story.case.survivor,
        "reported": True,
    }
    with pytest.raises(NotInStock):
        commands.use_kit(kit_id=kit, item_id=story.item("other"), **again)
    with pytest.raises(ItemNotForKit):
        commands.use_kit(kit_id=story.kits[0], item_id=used_of(kit).item_id, **again)


def test_an_item_whose_destruction_waits_for_a_second_person_stands_for_no_kit(story: Story) -> None:
    item = story.item()
    second = story.cast.accounts["chandra"]
    evidence.ask_destruction(actor=story.cast.bruno, item_id=item, order="Order 7", second_id=second)

    def use() -> None:
        commands.use_kit(
            actor=story.cast.esther, kit_id=story.kits[0], case_id=story.case.id, person_id=story.case.survivor,
            item_id=item, reported=False,
        )  # fmt: skip

    with pytest.raises(ItemNotForKit):
        use()
    evidence.decline_second(actor=story.cast.chandra, item_id=item, reason="It is still there")
    use()


def test_a_kit_is_used_for_a_survivor_of_the_case_only(story: Story) -> None:
    with pytest.raises(NotAParty):
        commands.use_kit(
            actor=story.cast.esther,
            kit_id=story.kits[0],
            case_id=story.case.id,
            person_id=story.case.suspect,
            item_id=story.item(),
            reported=True,
        )


def test_an_item_of_another_case_cannot_stand_for_the_kit(story: Story) -> None:
    other = story.cast.case(team=("bruno",))
    item = evidence.register_physical(
        actor=story.cast.bruno,
        case_id=other.id,
        category=Category.BIOLOGICAL,
        description="Another kit",
        place="Shelf",
    )
    with pytest.raises(ItemNotForKit):
        commands.use_kit(
            actor=story.cast.esther,
            kit_id=story.kits[0],
            case_id=story.case.id,
            person_id=story.case.survivor,
            item_id=item,
            reported=True,
        )


def test_an_expired_kit_is_used_all_the_same_and_says_so(cast: Cast) -> None:
    story = begin(cast, expires_on=clock.today() + timedelta(days=1))
    Kit.objects.update(expires_on=clock.today() - timedelta(days=3))
    assert used_of(story.use()).expired_when_used


def test_an_unreported_kit_is_held_for_the_days_of_the_settings(story: Story) -> None:
    used = used_of(story.use(reported=False))
    assert used.state == State.HELD
    assert used.until == clock.today() + timedelta(days=7300)


# ---- steps and custody -----------------------------------------------------------------------------------------


def test_who_examined_gives_the_kit_to_the_police_and_the_chain_has_it_in_the_same_act(story: Story) -> None:
    kit = story.use(who="esther")
    story.step(kit, Kind.PICK_UP, who="esther")
    assert custody_of(kit) == [Custody.COLLECTED, Custody.SEALED, Custody.SEAL_CHECKED, Custody.HANDED_OVER]
    assert item_state(kit) == ItemState.OUTSIDE
    row = KitStep.objects.get(used=used_of(kit), kind=Kind.PICK_UP)
    assert (row.custody_seq, row.told) == (4, False)


def test_a_kit_goes_to_the_end_and_both_tell_one_story(story: Story) -> None:
    kit = story.use(who="bruno")
    for kind in (Kind.SEND, Kind.ARRIVE, Kind.BEGIN, Kind.COMPLETE):
        story.step(kit, kind)
    story.step(kit, Kind.RETURN, comes_here=True, place="Safe 1")
    story.step(kit, Kind.RETAIN)
    with clock.set_to(clock.now() + timedelta(days=500)):
        story.destroy(kit)
    assert used_of(kit).state == State.DESTROYED
    assert item_state(kit) == ItemState.DESTROYED
    assert custody_of(kit)[2:] == [
        Custody.SEAL_CHECKED,
        Custody.LAB_SUBMITTED,
        Custody.RECEIVED,
        Custody.HOLD_PLACED,
        Custody.SEAL_CHECKED,
        Custody.HOLD_LIFTED,
        Custody.DESTROYING_ASKED,
        Custody.DESTROYED,
    ]
    assert EvidenceItem.objects.get(pk=used_of(kit).item_id).open_gaps == 0
    row = KitStep.objects.get(used=used_of(kit), kind=Kind.DESTROY)
    assert (row.custody_seq, row.told, row.created_by) == (10, False, story.cast.chandra.account_id)
    assert Entry.objects.filter(verb="kit.step", subject_id=used_of(kit).id).latest("index").actor_id == row.created_by


def test_a_kit_that_must_be_kept_by_now_does_not_follow_its_item_and_the_destruction_counts(story: Story) -> None:
    kit = story.use(who="bruno", reported=False)
    later = clock.now() + timedelta(days=8000)
    with clock.set_to(later):
        story.step(kit, Kind.DESTROY)
        commands.set_limitation(actor=story.cast.chandra, kit_id=kit, until=later.date() + timedelta(days=30))
        evidence.confirm_second(actor=story.cast.chandra, item_id=used_of(kit).item_id)
    assert item_state(kit) == ItemState.DESTROYED
    assert used_of(kit).state == State.HELD


def test_a_kit_keeps_its_state_until_the_second_person_has_confirmed(story: Story) -> None:
    kit = story.use(who="bruno", reported=False)
    with clock.set_to(clock.now() + timedelta(days=8000)):
        story.step(kit, Kind.DESTROY)
        assert used_of(kit).state == State.HELD
        assert item_state(kit) == ItemState.HELD
        with pytest.raises(WaitsForSecond):
            story.step(kit, Kind.DESTROY)
        evidence.decline_second(actor=story.cast.chandra, item_id=used_of(kit).item_id, reason="It is still there")
        assert used_of(kit).state == State.HELD
        story.destroy(kit)
    assert used_of(kit).state == State.DESTROYED


def test_columns_of_a_kit_are_what_its_steps_make(story: Story) -> None:
    kit = story.use(who="bruno", reported=False)
    story.step(kit, Kind.REPORT, who="dalia")
    for kind in (Kind.PICK_UP, Kind.STORE, Kind.SEND, Kind.ARRIVE, Kind.BEGIN, Kind.COMPLETE, Kind.RETURN, Kind.RETAIN):
        story.step(kit, kind)
        used = used_of(kit)
        steps = [
            path.Step(
                Kind(row.kind),
                row.actor_id,
                row.at,
                local_day(row.at),
                reported=bool(row.reported),
                until=row.until,
                laboratory=row.laboratory_id,
            )
            for row in KitStep.objects.filter(used=used).order_by("seq")
        ]
        assert queries.stand_of(used) == path.stand_of(steps)
        assert not path.contradicts(State(used.state), ItemState(item_state(kit)))


def test_another_seal_than_the_one_put_on_opens_a_gap_and_the_step_says_so(story: Story) -> None:
    kit = story.use(who="bruno")
    story.step(kit, Kind.PICK_UP, seal_read="K 70 999")
    assert EvidenceItem.objects.get(pk=used_of(kit).item_id).open_gaps == 1
    assert KitStep.objects.get(used=used_of(kit), kind=Kind.PICK_UP).seal_differs


def test_nobody_hands_over_a_sealed_kit_without_reading_the_seal(story: Story) -> None:
    kit = story.use(who="bruno")
    with pytest.raises(SealUnread):
        story.step(kit, Kind.PICK_UP, seal_read="")
    assert (used_of(kit).state, item_state(kit)) == (State.REPORTED, ItemState.HELD)


def test_only_who_holds_it_hands_it_over(story: Story) -> None:
    kit = story.use(who="bruno")
    with pytest.raises(NotInHand):
        story.step(kit, Kind.PICK_UP, who="chandra")


def test_a_hand_over_recorded_with_the_evidence_is_followed_without_a_second_line(story: Story) -> None:
    kit = story.use(who="bruno")
    evidence.hand_over(
        actor=story.cast.bruno,
        item_id=used_of(kit).item_id,
        to_outside=evidence.Outside("Sergeant Example"),
    )
    before = custody_of(kit)
    story.step(kit, Kind.PICK_UP, who="femi")
    assert custody_of(kit) == before
    assert KitStep.objects.get(used=used_of(kit), kind=Kind.PICK_UP).told


def test_what_others_asked_to_be_kept_is_not_destroyed_with_the_kit(story: Story) -> None:
    kit = story.use(who="bruno", reported=False)
    evidence.record_event(actor=story.cast.chandra, item_id=used_of(kit).item_id, kind=Custody.HOLD_PLACED)
    later = clock.now() + timedelta(days=8000)
    with clock.set_to(later), pytest.raises(OnHold):
        story.step(kit, Kind.DESTROY)
    assert used_of(kit).state == State.HELD


@pytest.mark.parametrize("who", ["chandra", "bruno"])
def test_a_kit_whose_destruction_is_not_confirmed_must_be_kept_again(story: Story, who: str) -> None:
    kit = story.use(who="bruno")
    item_id = used_of(kit).item_id
    for kind in (Kind.PICK_UP, Kind.SEND, Kind.ARRIVE, Kind.COMPLETE):
        story.step(kit, kind)
    story.step(kit, Kind.RETURN, comes_here=True, place="Cool box")
    story.step(kit, Kind.RETAIN)
    item = EvidenceItem.objects.get(pk=item_id)
    assert items.chain_of(item).holds == 1
    with clock.set_to(clock.now() + timedelta(days=8000)):
        story.step(kit, Kind.DESTROY)
        evidence.decline_second(actor=story.cast.actor(who), item_id=item_id, reason="It is still there")
        assert (used_of(kit).state, items.chain_of(item).holds) == (State.RETAINED, 1)
        story.destroy(kit)
    assert used_of(kit).state == State.DESTROYED


def test_a_kit_is_not_destroyed_while_a_case_can_be_brought(story: Story) -> None:
    kit = story.use(who="bruno", reported=False)
    later = clock.now() + timedelta(days=8000)
    commands.set_limitation(actor=story.cast.chandra, kit_id=kit, until=later.date() + timedelta(days=30))
    with clock.set_to(later), pytest.raises(MustBeKept):
        story.step(kit, Kind.DESTROY)
    with clock.set_to(later + timedelta(days=32)):
        story.step(kit, Kind.DESTROY)


def test_a_kit_that_comes_back_is_put_somewhere(story: Story) -> None:
    kit = story.use(who="bruno")
    story.step(kit, Kind.SEND)
    with pytest.raises(PlaceMissing):
        story.step(kit, Kind.RETURN, comes_here=True)


def test_the_police_say_what_happens_outside_and_nothing_else(story: Story) -> None:
    kit = story.use(who="bruno")
    with pytest.raises(NotInHand):
        story.step(kit, Kind.PICK_UP, who="femi")
    story.step(kit, Kind.PICK_UP)
    story.step(kit, Kind.STORE, who="femi")
    with pytest.raises(Refused):
        story.step(kit, Kind.RETAIN, who="femi")


def test_an_unreported_kit_goes_nowhere_before_she_decides(story: Story) -> None:
    kit = story.use(who="bruno", reported=False)
    with pytest.raises(NotReported):
        story.step(kit, Kind.PICK_UP)
    story.step(kit, Kind.REPORT, who="dalia")
    story.step(kit, Kind.PICK_UP)
    assert used_of(kit).state == State.PICKED_UP


def test_a_kit_that_waits_for_her_is_not_given_outside_through_the_item_either(story: Story) -> None:
    kit = story.use(who="bruno", reported=False)
    item = used_of(kit).item_id
    give = {"actor": story.cast.bruno, "item_id": item, "to_outside": Outside("Officer Muster", "Sample Police")}
    with pytest.raises(WaitsForHer):
        evidence.hand_over(**give)  # type: ignore[arg-type]
    page = story.cast.client("bruno").post(
        f"/evidence/{item}/hand-over/", {"to": "outside", "to_name": "Officer Muster", "order": "7"}
    )
    assert page.status_code in (409, 422)
    assert item_state(kit) == ItemState.HELD
    # Between ourselves it goes from hand to hand as before.
    evidence.hand_over(actor=story.cast.bruno, item_id=item, to_id=story.cast.accounts["noor"])
    evidence.take_back(actor=story.cast.bruno, item_id=item)
    story.step(kit, Kind.REPORT, who="dalia")
    evidence.hand_over(**give)  # type: ignore[arg-type]
    assert item_state(kit) == ItemState.OUTSIDE


def test_what_is_a_part_of_a_kit_waits_with_it(story: Story) -> None:
    kit = story.use(who="bruno", reported=False)
    part = evidence.register_physical(
        actor=story.cast.bruno, case_id=story.case.id, category=Category.BIOLOGICAL, description="A swab of it",
        seal="S 9", place="Cool box", parent_id=used_of(kit).item_id,
    )  # fmt: skip
    with pytest.raises(WaitsForHer):
        evidence.hand_over(actor=story.cast.bruno, item_id=part, to_outside=Outside("Officer Muster"))


AWAY = (Custody.LAB_SUBMITTED, Custody.RETURNED, Custody.DESTROYING_ASKED)


def give_away(story: Story, item: UUID, kind: Custody) -> None:
    evidence.record_event(
        actor=story.cast.bruno, item_id=item, kind=kind, outside=Outside("Analyst Muster", "Sample Laboratory"),
        order="Order 7", second_id=story.cast.accounts["chandra"],
    )  # fmt: skip


@pytest.mark.parametrize("kind", AWAY)
def test_a_kit_that_waits_for_her_does_not_leave_our_hands_in_any_other_way(story: Story, kind: Custody) -> None:
    kit = story.use(who="bruno", reported=False)
    item = used_of(kit).item_id
    with pytest.raises(WaitsForHer):
        give_away(story, item, kind)
    assert kind not in items.possible_kinds(story.cast.bruno, EvidenceItem.objects.get(pk=item))
    story.step(kit, Kind.REPORT, who="dalia")
    assert kind in items.possible_kinds(story.cast.bruno, EvidenceItem.objects.get(pk=item))
    give_away(story, item, kind)


@pytest.mark.parametrize("kind", AWAY)
def test_a_part_of_a_kit_that_waits_for_her_stays_too(story: Story, kind: Custody) -> None:
    part = evidence.register_physical(
        actor=story.cast.bruno, case_id=story.case.id, category=Category.BIOLOGICAL, description="A swab of it",
        seal="S 9", place="Cool box", parent_id=used_of(story.use(who="bruno", reported=False)).item_id,
    )  # fmt: skip
    with pytest.raises(WaitsForHer):
        give_away(story, part, kind)


def test_the_destruction_of_a_kit_that_waits_for_her_is_not_asked_for_on_its_item(story: Story) -> None:
    item = used_of(story.use(who="bruno", reported=False)).item_id
    with pytest.raises(WaitsForHer):
        evidence.ask_destruction(
            actor=story.cast.bruno, item_id=item, order="Order 7", second_id=story.cast.accounts["chandra"]
        )
    page = story.cast.client("bruno").get(f"/evidence/{item}/").content.decode()
    assert "This waits for the survivor&#x27;s decision." in page


def test_she_has_her_kit_back_before_she_has_decided(story: Story) -> None:
    kit = story.use(who="bruno", reported=False)
    story.step(kit, Kind.RELEASE)
    assert (used_of(kit).state, item_state(kit)) == (State.RELEASED, ItemState.RETURNED)
    assert EvidenceItem.objects.get(pk=used_of(kit).item_id).waits_since is None


def test_a_reported_kit_waits_for_nobody(story: Story) -> None:
    assert EvidenceItem.objects.get(pk=used_of(story.use(who="bruno")).item_id).waits_since is None


def test_who_is_not_in_the_case_finds_no_kit(story: Story) -> None:
    kit = story.use(who="bruno")
    for name in ("iris", "stranger", "amina", "jalil", "kofi"):
        with pytest.raises((NotFound, Refused)) as refused:
            commands.record_step(
                actor=story.cast.actor(name), kit_id=kit, kind=Kind.PICK_UP, told=Told(who="x", seal_read=SEAL)
            )
        assert refused.type is NotFound


def test_the_ledger_tells_the_step_and_none_of_its_words(story: Story) -> None:
    kit = story.use(who="bruno")
    story.step(kit, Kind.PICK_UP, reason="canary of the reason")
    entry = Entry.objects.filter(verb="kit.step").latest("index")
    assert "canary" not in entry.body
    assert items.chain_of(EvidenceItem.objects.get(pk=used_of(kit).item_id)).open_gaps == ()
