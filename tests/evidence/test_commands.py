from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from amparo.access import commands as access
from amparo.access.models import Notice
from amparo.evidence import commands, queries, rules
from amparo.evidence.commands import Outside
from amparo.evidence.errors import (
    ByReferenceOnly,
    HasEnded,
    IsPending,
    NotAsked,
    NotForYou,
    NotHolder,
    NotOfThisForm,
    NotReceiver,
    NotTheSecond,
    OnHold,
    OrderMissing,
    ReasonMissing,
    SamePerson,
    SealUsed,
    SecondMissing,
    WaitsForSecond,
)
from amparo.evidence.models import CustodyEvent, EvidenceItem, ItemFile
from amparo.evidence.words import Authority, Category, Condition, Gap, Kind, RefusalReason, State
from amparo.kernel import clock, ids
from amparo.kernel.errors import NotFound, Refused
from amparo.ledger.models import Entry
from tests.cast import CaseAtHand, Cast

pytestmark = pytest.mark.django_db


def a_phone(cast: Cast, case: CaseAtHand, seal: str = "B 40 112", **more: object) -> UUID:
    return commands.register_physical(
        actor=cast.bruno,
        case_id=case.id,
        category=Category.DIGITAL,
        description="Mobile telephone, black, cracked screen",
        found_where="Kiln office, second drawer",
        seal=seal,
        place="Shelf 2",
        **more,  # type: ignore[arg-type]
    )


def state_of(key: UUID) -> str:
    return EvidenceItem.objects.get(pk=key).state


def kinds_of(key: UUID) -> list[str]:
    return list(CustodyEvent.objects.filter(item_id=key).order_by("seq").values_list("kind", flat=True))


def test_an_object_begins_its_chain_collected_and_sealed(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    assert kinds_of(key) == [Kind.COLLECTED, Kind.SEALED]
    chain = queries.chain_of(EvidenceItem.objects.get(pk=key))
    assert (chain.place, chain.seal, chain.gaps) == ("Shelf 2", "B 40 112", ())
    assert chain.holder is not None
    assert chain.holder.account == cast.bruno.account_id


def test_a_seal_number_cannot_be_used_twice_however_it_is_written(cast: Cast) -> None:
    case = cast.case()
    a_phone(cast, case)
    with pytest.raises(SealUsed) as refused:
        a_phone(cast, case, seal="b-40 112")
    assert refused.value.field == "seal"
    assert EvidenceItem.objects.count() == 1


def test_a_hand_over_needs_two_people(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    commands.hand_over(actor=cast.bruno, item_id=key, to_id=cast.noor.account_id)
    row = EvidenceItem.objects.get(pk=key)
    assert (row.state, row.holder_id, row.pending_id) == (
        State.PENDING,
        cast.bruno.account_id,
        cast.noor.account_id,
    )
    with pytest.raises(IsPending):
        commands.move(actor=cast.bruno, item_id=key, place="Shelf 3")
    with pytest.raises(NotForYou):
        commands.receive(actor=cast.chandra, item_id=key, place="Desk", seal_read="B40112")
    commands.receive(actor=cast.noor, item_id=key, place="Evidence room", seal_read="b 40 112")
    row.refresh_from_db()
    assert (row.state, row.holder_id, row.pending_id, row.open_gaps) == (
        State.HELD,
        cast.noor.account_id,
        None,
        0,
    )
    verbs = list(Entry.objects.filter(subject_id=key).order_by("index").values_list("verb", flat=True))
    assert verbs[-2:] == ["custody.offered", "custody.received"]


def test_a_hand_over_that_nobody_received_is_taken_back_or_refused(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    commands.hand_over(actor=cast.bruno, item_id=key, to_id=cast.noor.account_id)
    with pytest.raises(NotForYou):
        commands.take_back(actor=cast.noor, item_id=key)
    commands.take_back(actor=cast.bruno, item_id=key)
    commands.hand_over(actor=cast.bruno, item_id=key, to_id=cast.chandra.account_id)
    commands.refuse(actor=cast.chandra, item_id=key, why=RefusalReason.SEAL, reason="The seal is torn.")
    row = EvidenceItem.objects.get(pk=key)
    assert (row.state, row.holder_id) == (State.HELD, cast.bruno.account_id)


def test_only_the_holder_hands_over_and_only_to_who_may_take_it(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    with pytest.raises(NotHolder):
        commands.hand_over(actor=cast.noor, item_id=key, to_id=cast.chandra.account_id)
    with pytest.raises(NotReceiver):
        commands.hand_over(actor=cast.bruno, item_id=key, to_id=cast.dalia.account_id)


def test_time_without_a_holder_is_a_gap_until_it_is_explained(cast: Cast) -> None:
    start = clock.now() - timedelta(days=10)
    key = a_phone(cast, cast.case(), collected_at=start)
    commands.hand_over(
        actor=cast.bruno,
        item_id=key,
        to_outside=Outside("Analyst 14", "District laboratory"),
        at=start + timedelta(days=1),
        order="Request 41",
    )
    commands.receive(
        actor=cast.bruno,
        item_id=key,
        from_outside=Outside("A courier", "District laboratory"),
        given_at=start + timedelta(days=4),
        at=start + timedelta(days=6, hours=19),
        place="Shelf 2",
        seal_read="B 40 112",
        condition=Condition.AS_PHOTOGRAPHED,
    )
    chain = queries.chain_of(EvidenceItem.objects.get(pk=key))
    (gap,) = chain.open_gaps
    assert (gap.kind, gap.until - gap.since) == (Gap.TIME, timedelta(days=2, hours=19))
    commands.explain_gap(actor=cast.bruno, item_id=key, seq=gap.seq, gap=gap.kind, reason="The courier's book.")
    chain = queries.chain_of(EvidenceItem.objects.get(pk=key))
    assert chain.open_gaps == ()
    assert chain.gaps[0].explained_by == chain.last_seq
    assert EvidenceItem.objects.get(pk=key).open_gaps == 0


def test_another_seal_than_the_one_put_on_opens_a_gap(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    commands.check_seal(actor=cast.bruno, item_id=key, seal_read="B 40 113", unbroken=True)
    (gap,) = queries.chain_of(EvidenceItem.objects.get(pk=key)).open_gaps
    assert gap.kind is Gap.SEAL


def test_what_turns_up_without_a_hand_over_names_the_gap(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    commands.receive(actor=cast.noor, item_id=key, from_outside=Outside("A driver"), place="Room", seal_read="B 40 112")
    (gap,) = queries.chain_of(EvidenceItem.objects.get(pk=key)).open_gaps
    assert gap.kind is Gap.HOLDER


def test_opening_needs_a_second_person_and_a_new_seal(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    with pytest.raises(SecondMissing):
        commands.ask_opening(
            actor=cast.bruno,
            item_id=key,
            seal_read="B 40 112",
            seal_after="B 40 113",
            second_id=cast.bruno.account_id,
            reason="To copy it",
        )
    with pytest.raises(SealUsed):
        commands.ask_opening(
            actor=cast.bruno,
            item_id=key,
            seal_read="B 40 112",
            seal_after="B 40 112",
            second_id=cast.chandra.account_id,
            reason="To copy it",
        )
    an_opening(cast, key)
    assert chain(key).seal == "B 40 112"
    commands.confirm_second(actor=cast.chandra, item_id=key)
    assert chain(key).seal == "B 40 217"


def an_opening(cast: Cast, key: UUID, **more: Any) -> None:
    """Bruno opens it before Chandra, who has not confirmed it yet."""
    told: dict[str, Any] = {"seal_read": "B 40 112", "seal_after": "B 40 217", "reason": "To copy it"} | more
    commands.ask_opening(actor=cast.bruno, item_id=key, second_id=cast.chandra.account_id, **told)


def chain(key: UUID) -> rules.Chain:
    return queries.chain_of(EvidenceItem.objects.get(pk=key))


def test_an_opening_is_confirmed_by_the_second_person_herself_and_by_nobody_else(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    an_opening(cast, key)
    for who, error in ((cast.bruno, SamePerson), (cast.noor, NotTheSecond)):
        with pytest.raises(error):
            commands.confirm_second(actor=who, item_id=key)
    with pytest.raises(NotFound):
        commands.confirm_second(actor=cast.stranger, item_id=key)
    commands.confirm_second(actor=cast.chandra, item_id=key)
    asked, confirmed = CustodyEvent.objects.filter(item_id=key).order_by("seq")[2:]
    assert (asked.kind, asked.actor_id, asked.second_id) == (
        Kind.OPENING_ASKED, cast.bruno.account_id, cast.chandra.account_id,
    )  # fmt: skip
    assert (confirmed.kind, confirmed.actor_id, confirmed.second_id) == (
        Kind.OPENED, cast.chandra.account_id, cast.bruno.account_id,
    )  # fmt: skip
    assert confirmed.occurred_at == asked.occurred_at
    with pytest.raises(NotAsked):
        commands.confirm_second(actor=cast.chandra, item_id=key)


def test_only_who_may_record_custody_of_it_can_be_the_second(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    for name in ("dalia", "stranger", "hugo"):
        with pytest.raises(SecondMissing):
            commands.ask_opening(
                actor=cast.bruno,
                item_id=key,
                seal_read="B 40 112",
                seal_after="B 40 217",
                second_id=cast.accounts[name],
                reason="To copy it",
            )
    assert chain(key).asked is None


def test_nothing_moves_while_a_second_person_is_waited_for(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    an_opening(cast, key)
    with pytest.raises(WaitsForSecond):
        commands.move(actor=cast.bruno, item_id=key, place="Shelf 3")
    with pytest.raises(WaitsForSecond):
        commands.hand_over(actor=cast.bruno, item_id=key, to_id=cast.noor.account_id)
    with pytest.raises(WaitsForSecond):
        an_opening(cast, key, seal_read="B 40 217", seal_after="B 40 218")


@pytest.mark.parametrize("who", ["chandra", "bruno"])
def test_what_is_not_confirmed_or_taken_back_changes_nothing_but_the_seal_stays_used(cast: Cast, who: str) -> None:
    key = a_phone(cast, cast.case())
    an_opening(cast, key)
    with pytest.raises(ReasonMissing):
        commands.decline_second(actor=cast.actor(who), item_id=key, reason="")
    with pytest.raises(NotTheSecond):
        commands.decline_second(actor=cast.noor, item_id=key, reason="Not mine")
    commands.decline_second(actor=cast.actor(who), item_id=key, reason="I was not there")
    assert chain(key).seal == "B 40 112"
    assert EvidenceItem.objects.get(pk=key).second_id is None
    with pytest.raises(SealUsed):
        an_opening(cast, key)
    an_opening(cast, key, seal_after="B 40 300")


def test_another_seal_at_the_opening_is_one_gap_whatever_the_second_says(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    an_opening(cast, key, seal_read="B 99 999")
    commands.confirm_second(actor=cast.chandra, item_id=key)
    assert [gap.kind for gap in chain(key).open_gaps] == [Gap.SEAL]


def test_the_second_person_finds_it_on_her_today_and_is_told(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    assert queries.waiting_for(cast.chandra) == []
    an_opening(cast, key)
    (waits,) = queries.waiting_for(cast.chandra)
    assert waits.url.endswith(f"{key}/confirm/")
    assert Notice.objects.filter(account_id=cast.chandra.account_id, kind="second_asked").count() == 1
    assert queries.waiting_for(cast.bruno) == []
    assert queries.waiting_for(cast.noor) == []
    commands.confirm_second(actor=cast.chandra, item_id=key)
    assert queries.waiting_for(cast.chandra) == []
    assert Notice.objects.filter(account_id=cast.bruno.account_id, kind="second_confirmed").count() == 1


def test_who_lost_her_role_since_can_no_longer_confirm(cast: Cast) -> None:
    case = cast.case()
    key = a_phone(cast, case)
    an_opening(cast, key)
    access.end_grant(actor=cast.jalil, case_id=case.id, office_id=cast.office, account_id=cast.accounts["chandra"])
    with pytest.raises(NotFound):
        commands.confirm_second(actor=cast.chandra, item_id=key)
    assert queries.waiting_for(cast.chandra) == []
    commands.decline_second(actor=cast.bruno, item_id=key, reason="She has left the team")


def both_leave(cast: Cast, case: CaseAtHand) -> None:
    for name in ("bruno", "chandra"):
        access.end_grant(actor=cast.jalil, case_id=case.id, office_id=cast.office, account_id=cast.accounts[name])


def test_who_keeps_the_room_ends_what_waits_for_two_who_have_left(cast: Cast) -> None:
    case = cast.case()
    key = a_phone(cast, case)
    an_opening(cast, key)
    both_leave(cast, case)
    with pytest.raises(NotTheSecond):
        commands.confirm_second(actor=cast.noor, item_id=key)
    with pytest.raises(ReasonMissing):
        commands.decline_second(actor=cast.noor, item_id=key, reason="")
    page = cast.client("noor").get(f"/evidence/{key}/").content.decode()
    assert "Say that it does not count" in page
    answer = cast.client("noor").post(
        f"/evidence/{key}/confirm/",
        {"form_id": str(ids.new_public_id()), "reason": "Both have left; the seal is whole"},
    )
    assert answer.status_code == 302
    assert chain(key).asked is None
    assert chain(key).seal == "B 40 112"
    assert not Notice.objects.filter(kind="second_declined").exists()


def test_nobody_ends_what_one_of_two_can_still_answer(cast: Cast) -> None:
    case = cast.case()
    key = a_phone(cast, case)
    an_opening(cast, key)
    access.end_grant(actor=cast.jalil, case_id=case.id, office_id=cast.office, account_id=cast.accounts["bruno"])
    with pytest.raises(NotTheSecond):
        commands.decline_second(actor=cast.noor, item_id=key, reason="Bruno has left")
    assert "Say that it does not count" not in cast.client("noor").get(f"/evidence/{key}/").content.decode()


def test_a_closed_account_answers_nothing(cast: Cast) -> None:
    case = cast.case()
    key = a_phone(cast, case)
    an_opening(cast, key)
    access.end_grant(actor=cast.jalil, case_id=case.id, office_id=cast.office, account_id=cast.accounts["bruno"])
    access.disable(actor=cast.hugo, account_id=cast.accounts["chandra"])
    commands.decline_second(actor=cast.noor, item_id=key, reason="Both have left")
    assert chain(key).asked is None


def test_destruction_needs_an_order_two_people_and_no_hold(cast: Cast) -> None:
    key = a_phone(cast, cast.case())

    def destroy(order: str, second: UUID | None) -> None:
        commands.record_event(
            actor=cast.bruno, item_id=key, kind=Kind.DESTROYING_ASKED, order=order, second_id=second, reason="By order"
        )

    second = cast.chandra.account_id
    with pytest.raises(NotOfThisForm):
        commands.record_event(actor=cast.bruno, item_id=key, kind=Kind.DESTROYED, order="Order 7", second_id=second)
    with pytest.raises(SecondMissing):
        destroy("Order 7", None)
    with pytest.raises(OrderMissing):
        destroy("", second)
    commands.record_event(actor=cast.chandra, item_id=key, kind=Kind.HOLD_PLACED, order="Case on appeal")
    with pytest.raises(OnHold):
        destroy("Order 7", second)
    commands.record_event(actor=cast.chandra, item_id=key, kind=Kind.HOLD_LIFTED)
    destroy("Order 7", second)
    assert state_of(key) == State.HELD
    # Somebody asks that it is kept before the second person has confirmed.
    commands.record_event(actor=cast.noor, item_id=key, kind=Kind.HOLD_PLACED, order="Case on appeal")
    with pytest.raises(OnHold):
        commands.confirm_second(actor=cast.chandra, item_id=key)
    commands.record_event(actor=cast.noor, item_id=key, kind=Kind.HOLD_LIFTED)
    commands.confirm_second(actor=cast.chandra, item_id=key)
    assert state_of(key) == State.DESTROYED
    with pytest.raises(HasEnded):
        commands.move(actor=cast.bruno, item_id=key, place="Shelf 3")


def test_a_reference_has_no_file_and_no_chain(cast: Cast) -> None:
    case = cast.case()
    key = commands.register_by_reference(
        actor=cast.chandra,
        case_id=case.id,
        category=Category.VIDEO,
        description="Recording 3 of the seized disk",
        authority=Authority.POLICE,
        holding_authority="Example unit",
        their_reference="Ref 12/2026",
        supplied_hash="9F2C 41AA " * 4,
        may_show_abuse=True,
    )
    assert state_of(key) == State.ELSEWHERE
    assert not ItemFile.objects.exists()
    assert kinds_of(key) == []


def test_a_file_that_may_show_abuse_is_refused_before_it_is_claimed(cast: Cast) -> None:
    case = cast.case()
    with pytest.raises(ByReferenceOnly):
        commands.register_digital(
            actor=cast.bruno,
            case_id=case.id,
            category=Category.PHOTO,
            description="A picture",
            may_show_abuse=True,
        )
    assert not EvidenceItem.objects.exists()


def test_roles_outside_evidence_learn_nothing(cast: Cast) -> None:
    case = cast.case(team=("bruno", "chandra", "dalia", "femi"))
    key = a_phone(cast, case)
    assert queries.items_of_case(cast.dalia, case.id) == []
    with pytest.raises(NotFound):
        queries.item_page(cast.dalia, key)
    with pytest.raises(Refused):
        commands.move(actor=cast.femi, item_id=key, place="Shelf 3")
    assert [line.description for line in queries.items_of_case(cast.femi, case.id)] == [""]
    (seen_by_noor,) = queries.items_of_case(cast.noor, case.id)
    assert seen_by_noor.description == ""
    (seen_by_bruno,) = queries.items_of_case(cast.bruno, case.id)
    assert seen_by_bruno.description.startswith("Mobile")


def test_an_item_waits_for_who_must_receive_it(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    assert queries.waiting_for(cast.noor) == []
    commands.hand_over(actor=cast.bruno, item_id=key, to_id=cast.noor.account_id)
    (due,) = queries.waiting_for(cast.noor)
    assert str(key) in due.url
