from __future__ import annotations

from datetime import date, timedelta

import pytest

from amparo.kernel import clock, ids
from amparo.kernel.errors import Changed, NotFound, Refused
from amparo.ledger import writing
from amparo.ledger.models import Entry
from amparo.partners import commands, queries
from amparo.partners.errors import (
    AlreadyHere,
    AlreadyWithdrawn,
    InFuture,
    NameOrPerson,
    NotActive,
    NotAnOfficial,
    NothingNamed,
    NotInPost,
    NotOfAgency,
    PeriodTurned,
    ProtectedAddress,
    WrongStep,
)
from amparo.partners.models import Agency, Agreement, CapacityReport, Facility, Official, Post
from amparo.partners.words import (
    AgencyKind,
    AgreementKind,
    CapacitySource,
    Cost,
    EndReason,
    FacilityKind,
    Has,
    Level,
    OpenReason,
    StateEvent,
    UnitKind,
    Why,
)
from amparo.people.words import PersonKind
from amparo.vault import sealing
from tests.cast import Cast
from tests.partners import partners as at_hand


def noted(verb: str) -> list[Entry]:
    return [entry for entry in Entry.objects.all() if f'"{verb}"' in entry.body]


# ---- agencies ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["oksana", "jalil", "kofi"])
def test_partners_are_kept_by_trainer_supervisor_and_director(cast: Cast, who: str) -> None:
    key = commands.add_agency(
        actor=cast.actor(who), office_id=cast.office, kind=AgencyKind.POLICE, name="شرطة المثال", district="Lakeside"
    )
    row = Agency.objects.get(pk=key)
    assert sealing.open_row(row, "name", "district").words == {"name": "شرطة المثال", "district": "Lakeside"}
    assert row.verified_on == clock.today()


@pytest.mark.parametrize("who", ["dalia", "bruno", "pedro", "femi", "mateo", "amina", "hugo", "lina", "grace"])
def test_others_may_not_add_an_agency(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        commands.add_agency(actor=cast.actor(who), office_id=cast.office, kind=AgencyKind.COURT, name="Court")


def test_the_ledger_has_no_word_of_an_agency(cast: Cast) -> None:
    at_hand.agency(cast, "Zebra Example Agency")
    assert len(noted("agency.added")) == 1
    assert not [entry for entry in Entry.objects.all() if "Zebra" in entry.body]


def test_two_people_who_change_one_agency_do_not_overwrite_each_other(cast: Cast) -> None:
    key = at_hand.agency(cast)
    fresh = {"kind": AgencyKind.HEALTH, "district": "", "address": "", "contact": "", "hours": ""}
    commands.change_agency(actor=cast.oksana, agency_id=key, expected=1, name="First", **fresh)  # type: ignore[arg-type]
    with pytest.raises(Changed):
        commands.change_agency(actor=cast.kofi, agency_id=key, expected=1, name="Second", **fresh)  # type: ignore[arg-type]


def test_nothing_is_added_to_an_agency_that_is_suspended(cast: Cast) -> None:
    key = at_hand.agency(cast)
    commands.move_agency(actor=cast.oksana, agency_id=key, event=StateEvent.SUSPEND)
    with pytest.raises(NotActive):
        commands.add_unit(actor=cast.oksana, agency_id=key, kind=UnitKind.DESK, name="Desk")
    with pytest.raises(NotActive):
        at_hand.facility(cast, key)
    with pytest.raises(NotActive):
        at_hand.agreement(cast, key)
    commands.move_agency(actor=cast.oksana, agency_id=key, event=StateEvent.RESUME)
    at_hand.facility(cast, key)


def test_a_unit_is_changed_and_closed_for_good(cast: Cast) -> None:
    unit = at_hand.everything(cast).unit
    commands.change_unit(actor=cast.jalil, unit_id=unit, expected=1, kind=UnitKind.DESK, name="Desk", contact="")
    commands.move_unit(actor=cast.jalil, unit_id=unit, event=StateEvent.CLOSE)
    with pytest.raises(WrongStep):
        commands.move_unit(actor=cast.jalil, unit_id=unit, event=StateEvent.RESUME)


# ---- facilities --------------------------------------------------------------------------------------------


def test_a_protected_place_is_added_without_its_address(cast: Cast) -> None:
    key = at_hand.agency(cast)
    with pytest.raises(ProtectedAddress):
        at_hand.facility(cast, key, FacilityKind.SHELTER, protected=True, address="7 Hidden Lane")
    shelter = at_hand.facility(cast, key, FacilityKind.SHELTER, protected=True, district="")
    assert Facility.objects.get(pk=shelter).district_token is None


def test_a_caseworker_writes_down_a_protected_address_and_opens_it_with_a_reason(cast: Cast) -> None:
    shelter = at_hand.everything(cast).shelter
    commands.set_address(actor=cast.dalia, facility_id=shelter, address="7 Hidden Lane", district="Upland")
    shown = commands.open_address(actor=cast.dalia, facility_id=shelter, reason=OpenReason.PLACEMENT)
    assert shown == ("7 Hidden Lane", "Upland")
    commands.open_address(actor=cast.dalia, facility_id=shelter, reason=OpenReason.VISIT)
    assert len(noted("facility.address_opened")) == 2
    assert Facility.objects.get(pk=shelter).district_token is None


def test_a_supervisor_learns_the_district_of_a_protected_place_and_no_more(cast: Cast) -> None:
    shelter = at_hand.everything(cast).shelter
    commands.set_address(actor=cast.dalia, facility_id=shelter, address="7 Hidden Lane", district="Upland")
    assert commands.open_address(actor=cast.jalil, facility_id=shelter, reason=OpenReason.DANGER) == ("", "Upland")


@pytest.mark.parametrize("who", ["oksana", "kofi", "pedro", "bruno", "chandra"])
def test_a_protected_address_is_refused_to_who_works_with_partners_otherwise(cast: Cast, who: str) -> None:
    shelter = at_hand.everything(cast).shelter
    with pytest.raises(Refused):
        commands.open_address(actor=cast.actor(who), facility_id=shelter, reason=OpenReason.UPKEEP)
    with pytest.raises(Refused):
        commands.set_address(actor=cast.actor(who), facility_id=shelter, address="x")


@pytest.mark.parametrize("who", ["femi", "mateo", "noor", "iris", "hugo"])
def test_for_who_has_no_part_in_partners_a_place_is_not_there(cast: Cast, who: str) -> None:
    clinic = at_hand.everything(cast).clinic
    with pytest.raises(NotFound):
        commands.verify_facility(actor=cast.actor(who), facility_id=clinic)


def test_another_office_does_not_open_the_address(cast: Cast) -> None:
    shelter = at_hand.everything(cast).shelter
    with pytest.raises(Refused):
        commands.open_address(actor=cast.stranger, facility_id=shelter, reason=OpenReason.UPKEEP)


def _same(**more: object) -> dict[str, object]:
    return {
        "kind": FacilityKind.SHELTER, "name": "House Sample", "protected": True, "district": "", "address": "",
        "hours": "", "contact": "", "how": "", "services": [], "languages": [], "access": [], "cost": Cost.FREE,
        "day_and_night": True,
    } | more  # fmt: skip


def test_changing_the_details_of_a_protected_place_leaves_its_address(cast: Cast) -> None:
    shelter = at_hand.everything(cast).shelter
    commands.set_address(actor=cast.dalia, facility_id=shelter, address="7 Hidden Lane", district="Upland")
    commands.change_facility(actor=cast.oksana, facility_id=shelter, expected=2, **_same(name="House New"))  # type: ignore[arg-type]
    shown = commands.open_address(actor=cast.dalia, facility_id=shelter, reason=OpenReason.VISIT)
    assert shown == ("7 Hidden Lane", "Upland")


def test_a_place_whose_protection_ends_does_not_show_its_old_address(cast: Cast) -> None:
    shelter = at_hand.everything(cast).shelter
    commands.set_address(actor=cast.dalia, facility_id=shelter, address="7 Hidden Lane", district="Upland")
    commands.change_facility(actor=cast.oksana, facility_id=shelter, expected=2, **_same(protected=False))  # type: ignore[arg-type]
    assert sealing.open_row(Facility.objects.get(pk=shelter), "address", "district").words == {}


def test_a_place_that_becomes_protected_leaves_the_lists_of_its_district(cast: Cast) -> None:
    clinic = at_hand.everything(cast).clinic
    values = _same(kind=FacilityKind.CLINIC, address="3 Open Road", district="Lakeside")
    commands.change_facility(actor=cast.oksana, facility_id=clinic, expected=1, **values)  # type: ignore[arg-type]
    assert Facility.objects.get(pk=clinic).district_token is None
    shown = commands.open_address(actor=cast.dalia, facility_id=clinic, reason=OpenReason.UPKEEP)
    assert shown == ("3 Open Road", "Lakeside")


def test_verifying_sets_the_day(cast: Cast) -> None:
    clinic = at_hand.everything(cast).clinic
    Facility._base_manager.filter(pk=clinic).update(verified_on=date(2020, 1, 1))
    commands.verify_facility(actor=cast.dalia, facility_id=clinic)
    assert Facility.objects.get(pk=clinic).verified_on == clock.today()
    assert len(noted("facility.verified")) == 1


# ---- officials ---------------------------------------------------------------------------------------------


def test_an_official_of_a_case_keeps_her_name_where_it_is(cast: Cast) -> None:
    person = cast.person(PersonKind.OFFICIAL, "Otto Muster")
    key = commands.add_official(actor=cast.oksana, office_id=cast.office, person_id=person, name="Another name")
    assert Official.objects.get(pk=key).name is None
    assert queries.names_of([key]) == {key: "Otto Muster"}
    with pytest.raises(AlreadyHere):
        commands.add_official(actor=cast.oksana, office_id=cast.office, person_id=person)


def test_only_officials_get_a_professional_record(cast: Cast) -> None:
    for person in (cast.person(), cast.person(PersonKind.SUSPECT, "Viktor Muster"), ids.new_id()):
        with pytest.raises(NotAnOfficial):
            commands.add_official(actor=cast.oksana, office_id=cast.office, person_id=person)
    with pytest.raises(NameOrPerson):
        commands.add_official(actor=cast.oksana, office_id=cast.office)


def test_posts_follow_one_another_and_stay_in_the_history(cast: Cast) -> None:
    made = at_hand.everything(cast)
    today = clock.today()
    commands.end_post(actor=cast.oksana, post_id=made.post, until_on=today, reason=EndReason.PROMOTED)
    commands.take_post(
        actor=cast.oksana, official_id=made.official, agency_id=made.agency, title="Matron", from_on=today
    )
    assert [post.until_on for post in Post.objects.order_by("id")] == [today, None]
    with pytest.raises(NotInPost):
        commands.end_post(actor=cast.oksana, post_id=made.post, until_on=today, reason=EndReason.LEFT)


def test_a_post_ends_after_it_began_and_lies_at_its_own_agency(cast: Cast) -> None:
    made = at_hand.everything(cast)
    with pytest.raises(PeriodTurned):
        commands.end_post(actor=cast.oksana, post_id=made.post, until_on=date(2001, 1, 1), reason=EndReason.LEFT)
    other = at_hand.agency(cast, "Another", AgencyKind.COURT)
    with pytest.raises(NotOfAgency):
        commands.take_post(
            actor=cast.oksana, official_id=made.official, agency_id=other, unit_id=made.unit, title="Clerk"
        )


def test_erasing_the_person_erases_the_professional_record(cast: Cast) -> None:
    person = cast.person(PersonKind.OFFICIAL, "Otto Muster")
    agency = at_hand.agency(cast)
    key = commands.add_official(actor=cast.oksana, office_id=cast.office, person_id=person, contact="Room 4")
    commands.take_post(actor=cast.oksana, official_id=key, agency_id=agency, title="Inspector")

    @writing.command
    def erase(*, actor: object) -> None:
        writing.forget_owner(person)
        writing.note(writing.Verb.PERSON_ERASED, subject=person)

    erase(actor=cast.lina)
    assert Official.objects.get(pk=key).contact is None
    assert Post.objects.get(official_id=key).title is None


def test_somebody_barred_from_a_person_does_not_find_the_official(cast: Cast) -> None:
    from amparo.access import commands as access

    person = cast.person(PersonKind.OFFICIAL, "Otto Muster")
    key = commands.add_official(actor=cast.oksana, office_id=cast.office, person_id=person)
    access.set_bar(
        actor=cast.jalil, account_id=cast.accounts["bruno"], office_id=cast.office, person_id=person, reason="Cousin"
    )
    with pytest.raises(NotFound):
        commands.change_official(actor=cast.bruno, official_id=key, expected=1, name="", contact="")


@pytest.mark.parametrize("who", ["dalia", "jalil", "pedro", "chandra", "oksana"])
def test_the_whole_file_of_an_official_is_put_together_by_the_director_who_sees_all_of_it(cast: Cast, who: str) -> None:
    official = at_hand.everything(cast).official
    with pytest.raises(Refused):
        commands.make_file(actor=cast.actor(who), official_id=official)
    commands.make_file(actor=cast.kofi, official_id=official)
    assert len(noted("official.file_made")) == 1


# ---- agreements --------------------------------------------------------------------------------------------


def test_an_agreement_gates_what_is_released(cast: Cast) -> None:
    made = at_hand.everything(cast)
    today = clock.today()
    assert queries.release_allowed(made.agency, "identity", today)
    assert not queries.release_allowed(made.agency, "health", today)
    assert not queries.release_allowed(made.agency, "identity", today + timedelta(days=101))
    assert not queries.release_allowed(ids.new_id(), "identity", today)


def test_a_review_lets_an_agreement_live_on(cast: Cast) -> None:
    agency = at_hand.agency(cast)
    today = clock.today()
    key = at_hand.agreement(cast, agency, today - timedelta(days=1))
    (verdict,) = queries.release_verdicts(agency, ["identity"], today)
    assert verdict.why is Why.PAST_REVIEW
    assert "review" in verdict.reason
    commands.review_agreement(actor=cast.kofi, agreement_id=key, expected=1, review_on=today + timedelta(days=365))
    assert queries.release_allowed(agency, "identity", today)


def test_an_ended_agreement_releases_nothing_and_is_not_reviewed_again(cast: Cast) -> None:
    made = at_hand.everything(cast)
    commands.end_agreement(actor=cast.oksana, agreement_id=made.agreement)
    assert not queries.release_allowed(made.agency, "identity", clock.today())
    with pytest.raises(WrongStep):
        commands.review_agreement(
            actor=cast.oksana, agreement_id=made.agreement, expected=2, review_on=clock.today() + timedelta(days=9)
        )


def test_suspending_the_agency_stops_every_release(cast: Cast) -> None:
    made = at_hand.everything(cast)
    commands.move_agency(actor=cast.jalil, agency_id=made.agency, event=StateEvent.SUSPEND)
    (verdict,) = queries.release_verdicts(made.agency, ["identity"], clock.today())
    assert verdict.why is Why.NOT_ACTIVE


def test_a_correction_of_an_agreement_is_held_to_the_same_terms(cast: Cast) -> None:
    made = at_hand.everything(cast)
    row = Agreement.objects.get(pk=made.agreement)
    with pytest.raises(NothingNamed):
        commands.change_agreement(
            actor=cast.oksana,
            agreement_id=row.id,
            expected=1,
            kind=AgreementKind.PROTOCOL,
            level=Level.LOW,
            classes=[],
            valid_from=row.valid_from,
            review_on=row.review_on,
            title="Protocol",
            purpose="",
            method="",
            retention_months=None,
        )


def test_a_supervisor_sees_agreements_and_does_not_make_them(cast: Cast) -> None:
    agency = at_hand.agency(cast)
    with pytest.raises(Refused):
        commands.make_agreement(
            actor=cast.jalil,
            agency_id=agency,
            kind=AgreementKind.OTHER,
            level=Level.LOW,
            classes=[],
            valid_from=clock.today(),
            review_on=clock.today(),
            title="x",
        )


# ---- capacity ----------------------------------------------------------------------------------------------


def _report(cast: Cast, clinic: object, **more: object) -> object:
    values: dict[str, object] = {"on": clock.today(), "source": CapacitySource.CALL} | more
    return commands.report_capacity(actor=cast.pedro, facility_id=clinic, **values)  # type: ignore[arg-type]


def test_reports_on_capacity_are_kept_one_after_the_other(cast: Cast) -> None:
    clinic = at_hand.everything(cast).clinic
    _report(cast, clinic, kits=3, examiners=1, cold_store=Has.YES)
    _report(cast, clinic, kits=2, remark="The fridge hums")
    assert sorted(CapacityReport.objects.values_list("kits", flat=True)) == [2, 3]
    assert len(noted("capacity.reported")) == 2
    with pytest.raises(InFuture):
        _report(cast, clinic, on=clock.today() + timedelta(days=1))


def test_a_wrong_report_is_withdrawn_once(cast: Cast) -> None:
    clinic = at_hand.everything(cast).clinic
    key = _report(cast, clinic, kits=900)
    assert commands.withdraw_report(actor=cast.oksana, report_id=key) == clinic  # type: ignore[arg-type]
    with pytest.raises(AlreadyWithdrawn):
        commands.withdraw_report(actor=cast.oksana, report_id=key)  # type: ignore[arg-type]


def test_a_caseworker_does_not_report_on_capacity(cast: Cast) -> None:
    clinic = at_hand.everything(cast).clinic
    with pytest.raises(Refused):
        commands.report_capacity(
            actor=cast.dalia, facility_id=clinic, on=clock.today(), source=CapacitySource.CALL, kits=1
        )


# ---- what other rooms rely on ------------------------------------------------------------------------------


def test_choices_hold_what_is_active_by_name(cast: Cast) -> None:
    made = at_hand.everything(cast)
    at_hand.agency(cast, "AAA Sample")
    closed = at_hand.agency(cast, "Closed Sample")
    commands.move_agency(actor=cast.oksana, agency_id=closed, event=StateEvent.CLOSE)
    assert [name for _key, name in queries.agency_choices(cast.dalia)] == ["AAA Sample", "Sample Health Service"]
    assert queries.unit_choices(cast.dalia) == [(str(made.unit), "Sample Health Service, Ward of examples")]
    assert [name for _key, name in queries.facility_choices(cast.dalia)] == ["House Sample", "Sample Clinic"]
    only = queries.facility_choices(cast.esther, kinds=[FacilityKind.CLINIC])
    assert only == [(str(made.clinic), "Sample Clinic")]
    assert queries.official_choices(cast.dalia) == [(str(made.official), "Rosa Ejemplo, Head nurse, Ward of examples")]


@pytest.mark.parametrize("who", ["femi", "mateo", "iris", "hugo", "grace"])
def test_who_has_no_part_in_partners_has_no_choices(cast: Cast, who: str) -> None:
    at_hand.everything(cast)
    actor = cast.actor(who)
    assert queries.agency_choices(actor) == []
    assert queries.unit_choices(actor) == []
    assert queries.facility_choices(actor) == []
    assert queries.official_choices(actor) == []


def test_the_protection_officer_is_offered_the_officials_whom_she_may_have_to_erase_and_no_place(cast: Cast) -> None:
    made = at_hand.everything(cast)
    assert [key for key, _name in queries.official_choices(cast.lina)] == [str(made.official)]
    assert queries.agency_choices(cast.lina) == []
    assert queries.facility_choices(cast.lina) == []


def test_names_of_any_partner(cast: Cast) -> None:
    made = at_hand.everything(cast)
    wanted = [made.agency, made.unit, made.clinic, made.official, made.agreement, ids.new_id()]
    assert sorted(queries.names_of(wanted).values()) == [
        "Protocol of the clinic", "Rosa Ejemplo", "Sample Clinic", "Sample Health Service", "Ward of examples",
    ]  # fmt: skip
    assert queries.names_of([]) == {}


def test_who_left_her_post_is_no_choice(cast: Cast) -> None:
    made = at_hand.everything(cast)
    yesterday = clock.today() - timedelta(days=1)
    commands.end_post(actor=cast.oksana, post_id=made.post, until_on=yesterday, reason=EndReason.RETIRED)
    assert queries.official_choices(cast.dalia) == []
