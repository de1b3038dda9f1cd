from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from amparo.access import readings
from amparo.access.actors import Actor
from amparo.cases import commands as cases
from amparo.cases.errors import NoBasis, NotAPartner
from amparo.cases.words import BasisKind, PartyRole, Purpose
from amparo.evidence import commands as evidence
from amparo.forensics import commands as forensics
from amparo.forensics.errors import NoConsentToRelease
from amparo.journeys.withdrawing import withdraw_consent
from amparo.kernel import clock, digest, ids
from amparo.kernel.errors import Changed, NotFound, Refused
from amparo.kernel.words import Compartment
from amparo.ledger.models import Entry
from amparo.papers.marks import Mark
from amparo.people.words import PersonKind
from amparo.referrals import commands, queries
from amparo.referrals.commands import Asked
from amparo.referrals.errors import (
    CaseClosed,
    ConsentGone,
    DayWrong,
    DueWrong,
    ItemNotInCase,
    NoConsent,
    NotAgreed,
    NotAllSeen,
    NotAPlace,
    NothingCarried,
    NotInCase,
    NotYours,
    OwnRelease,
    ReasonMissing,
    UntilWrong,
    WordsWithoutClass,
    WrongStep,
)
from amparo.referrals.models import Referral, ReferralStep, Release, ReleasePart
from amparo.referrals.words import Event, Part, ReleaseEvent, ReleaseState, State, Urgency
from amparo.vault import sealing
from tests.cast import Cast
from tests.forensics import story as exams
from tests.referrals.story import Story, a_file, begin

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast: Cast) -> Story:
    return begin(cast)


def noted() -> list[str]:
    return [entry.verb for entry in Entry.objects.order_by("index")]


# ---- a referral from the draft to its end ------------------------------------------------------------------


def test_a_referral_goes_its_whole_way(story: Story) -> None:
    key, _consent = story.ready()
    story.move(key, Event.SEND, Event.ACKNOWLEDGE, Event.ACCEPT, Event.DELIVER, Event.FEEDBACK, Event.CLOSE)
    row = Referral.objects.get(pk=key)
    assert row.state == State.CLOSED
    assert row.next_by is None
    assert [step.event for step in ReferralStep.objects.filter(referral_id=key).order_by("created_at")] == [
        "consent", "send", "acknowledge", "accept", "deliver", "feedback", "close",
    ]  # fmt: skip


def test_words_are_kept_in_the_compartment_of_their_kind(story: Story) -> None:
    key = story.draft(("narrative", "care"), words={Part.NARRATIVE: "ওরা এসেছিল", Part.CARE: "تنام قليلا"})
    opened = sealing.open_row(Referral.objects.get(pk=key), "asked", "narrative", "care", "health")
    assert [opened.text(name) for name in ("asked", "narrative", "care", "health")] == [
        "A bed for six weeks", "ওরা এসেছিল", "تنام قليلا", "",
    ]  # fmt: skip


def test_the_ledger_tells_neither_the_service_nor_the_partner_nor_a_word(story: Story) -> None:
    key, _consent = story.ready()
    story.move(key, Event.SEND, words="By taxi")
    told = " ".join(entry.body for entry in Entry.objects.filter(verb__startswith="referral."))
    assert "referral.drafted" in noted()
    assert "referral.moved" in noted()
    for word in ("safe_house", str(story.shelter), "A bed", "taxi", "Sleeps"):
        assert word not in told


@pytest.mark.parametrize(
    ("service", "level", "sees"),
    [
        ("safe_house", "C4", {"dalia", "jalil"}),
        ("health", "C3", {"dalia", "jalil", "esther"}),
        ("legal", "C7", {"dalia", "jalil", "bruno", "chandra"}),
    ],
)
def test_a_referral_is_known_to_those_who_see_the_part_of_the_case_it_is_of(
    story: Story, service: str, level: str, sees: set[str]
) -> None:
    key = story.draft((), service=service)
    assert Referral.objects.get(pk=key).level == level
    for name in story.cast.accounts:
        if name in sees:
            queries.referral_page(story.cast.actor(name), key)
        else:
            with pytest.raises(NotFound):
                queries.referral_page(story.cast.actor(name), key)


def test_nobody_refers_to_a_service_of_a_part_that_she_does_not_see(story: Story) -> None:
    with pytest.raises(Refused):
        story.draft((), service="safe_house", who="bruno")
    with pytest.raises(NotFound):
        story.draft((), who="noor")
    story.draft((), service="legal", who="bruno")


def test_nobody_gives_what_she_does_not_see(story: Story) -> None:
    for who, service, part in (
        ("dalia", "health", "health"),
        ("chandra", "legal", "identity"),
        ("chandra", "legal", "care"),
        ("jalil", "safe_house", "identity"),
    ):
        with pytest.raises(NotYours):
            story.draft((part,), service=service, who=who)
    story.draft(("health",), service="health", who="esther", words={Part.HEALTH: "Asthma"})


def test_words_without_their_kind_are_refused(story: Story) -> None:
    with pytest.raises(WordsWithoutClass):
        story.draft(("identity",), words={Part.CARE: "Sleeps badly"})


def test_a_person_outside_the_case_a_suspect_and_somebody_who_left_are_not_referred(story: Story) -> None:
    from amparo.cases.models import Party

    cast, case = story.cast, story.case
    sister = cast.person(PersonKind.FAMILY, "Salma Sample")
    cases.add_party(actor=cast.jalil, case_id=case.id, person_id=sister, role=PartyRole.FAMILY)
    party = Party.objects.get(person_id=sister)
    cases.end_party(actor=cast.jalil, party_id=party.id)
    for person in (case.suspect, cast.person(name="Elsewhere"), sister):
        with pytest.raises(NotInCase):
            commands.draft_referral(
                actor=cast.dalia, case_id=case.id, person_id=person, agency_id=story.shelter, service="food",
                asked=Asked(Urgency.SOON, "Food"),
            )  # fmt: skip


def test_a_place_belongs_to_its_agency(story: Story) -> None:
    story.draft((), facility_id=story.place)
    with pytest.raises(NotAPlace):
        story.draft((), agency=story.police, facility_id=story.place)
    with pytest.raises(NotAPlace):
        story.draft((), agency=ids.new_id())


def test_no_words_without_a_basis(cast: Cast) -> None:
    story = begin(cast, cast.case(basis=False))
    with pytest.raises(NoBasis):
        story.draft(())


def test_she_should_be_helped_on_a_day_that_comes(story: Story) -> None:
    with pytest.raises(DueWrong):
        story.draft((), due_on=clock.today() - timedelta(days=1))


def test_forms_and_papers_of_a_referral_tell_the_ledger_what_they_open(story: Story) -> None:
    referral, _consent = story.ready()

    def sheet(actor: Actor, key: UUID) -> None:
        queries.referral_sheet(actor, key, Mark("CP", "CP"), clock.now())

    for look in (queries.present_referral, sheet):
        with readings.collecting() as opened:
            look(story.cast.dalia, referral)
        assert (story.case.id, Compartment.CARE) in opened, look


# ---- consent -----------------------------------------------------------------------------------------------


def test_a_referral_leaves_only_on_a_consent_that_names_its_recipient_and_all_that_it_carries(story: Story) -> None:
    key = story.draft(("identity", "care"))
    refused = [
        story.consent(story.police, ["identity", "care"]),
        story.consent(story.shelter, ["identity"]),
        cases.record_basis(
            actor=story.cast.dalia, case_id=story.case.id, person_id=story.case.survivor, kind=BasisKind.CONSENT,
            classes=["identity", "care"], recipient="Sample Shelters",
        ),
        cases.record_basis(
            actor=story.cast.dalia, case_id=story.case.id, person_id=story.case.survivor, kind=BasisKind.CONSENT,
            classes=["identity", "care"], agency_id=story.shelter, refused=True,
        ),
        cases.record_basis(
            actor=story.cast.dalia, case_id=story.case.id, person_id=story.case.survivor, kind=BasisKind.THIRD_PARTY,
            classes=["identity", "care"], agency_id=story.shelter,
        ),
        ids.new_id(),
    ]  # fmt: skip
    for basis in refused:
        with pytest.raises(NoConsent):
            commands.give_consent(actor=story.cast.dalia, referral_id=key, basis_id=basis)
    with pytest.raises(WrongStep):
        story.move(key, Event.SEND)
    fits = story.consent(story.shelter, ["identity", "care", "health"])
    commands.give_consent(actor=story.cast.dalia, referral_id=key, basis_id=fits)
    story.move(key, Event.SEND)
    assert story.state(key) == State.SENT


def test_a_legal_duty_that_names_the_recipient_stands_in_for_her_consent(story: Story) -> None:
    duty = cases.record_basis(
        actor=story.cast.dalia, case_id=story.case.id, person_id=story.case.survivor, kind=BasisKind.LEGAL_DUTY,
        classes=["identity", "care"], agency_id=story.shelter, reason="The law on children obliges us",
    )  # fmt: skip
    key = story.draft()
    commands.give_consent(actor=story.cast.dalia, referral_id=key, basis_id=duty)
    assert story.state(key) == State.CONSENTED


def test_the_consent_of_somebody_else_does_not_count(story: Story) -> None:
    cast, case = story.cast, story.case
    sister = cast.person(name="Salma Sample")
    cases.add_party(actor=cast.jalil, case_id=case.id, person_id=sister, role=PartyRole.SURVIVOR)
    hers = cases.record_basis(
        actor=cast.dalia, case_id=case.id, person_id=sister, kind=BasisKind.CONSENT, classes=["identity", "care"],
        agency_id=story.shelter,
    )  # fmt: skip
    key = story.draft()
    with pytest.raises(NoConsent):
        commands.give_consent(actor=cast.dalia, referral_id=key, basis_id=hers)


def test_a_consent_that_ran_out_sends_nothing(story: Story) -> None:
    consent = story.consent(story.shelter, until=clock.today() + timedelta(days=3))
    key = story.draft()
    commands.give_consent(actor=story.cast.dalia, referral_id=key, basis_id=consent)
    with clock.set_to(clock.now() + timedelta(days=4)), pytest.raises(ConsentGone):
        story.move(key, Event.SEND)


def test_a_change_asks_for_the_consent_anew(story: Story) -> None:
    key, _consent = story.ready(("care",))
    asked = Asked(Urgency.AT_ONCE, "A bed tonight", ["identity", "care"], {Part.CARE: "Sleeps badly"})
    commands.change_referral(actor=story.cast.dalia, referral_id=key, asked=asked)
    row = Referral.objects.get(pk=key)
    assert (row.state, row.basis_id, row.classes) == (State.DRAFT, None, ["identity", "care"])
    with pytest.raises(Changed):
        commands.change_referral(actor=story.cast.dalia, referral_id=key, asked=asked, expected=1)


def test_what_was_sent_is_not_changed(story: Story) -> None:
    key, _consent = story.ready()
    story.move(key, Event.SEND)
    with pytest.raises(WrongStep):
        commands.change_referral(actor=story.cast.dalia, referral_id=key, asked=Asked(Urgency.SOON, "More"))


def test_who_does_not_see_all_that_it_carries_neither_changes_nor_sends_nor_prints_it(story: Story) -> None:
    consent = story.consent(story.shelter, ["health"])
    key = story.draft(("health",), service="health", who="esther", words={Part.HEALTH: "Asthma"})
    commands.give_consent(actor=story.cast.dalia, referral_id=key, basis_id=consent)
    with pytest.raises(NotAllSeen):
        story.move(key, Event.SEND)
    with pytest.raises(NotAllSeen):
        queries.referral_sheet(story.cast.dalia, key, Mark("CP", "CP"), clock.now())
    with pytest.raises(NotAllSeen):
        commands.record_sheet(actor=story.cast.dalia, referral_id=key)
    with pytest.raises(NotAllSeen):
        commands.change_referral(actor=story.cast.dalia, referral_id=key, asked=Asked(Urgency.SOON, "More"))
    story.move(key, Event.SEND, who="esther")


# ---- steps -------------------------------------------------------------------------------------------------


def test_a_refusal_says_why(story: Story) -> None:
    key, _consent = story.ready()
    story.move(key, Event.SEND)
    with pytest.raises(ReasonMissing):
        story.move(key, Event.DECLINE)
    story.move(key, Event.DECLINE, reason="full", words="In March again")
    assert Referral.objects.get(pk=key).reason == "full"


def test_a_step_lies_on_a_day_between_the_last_one_and_today(story: Story) -> None:
    key, _consent = story.ready()
    for on in (clock.today() + timedelta(days=1), clock.today() - timedelta(days=1)):
        with pytest.raises(DayWrong):
            story.move(key, Event.SEND, on=on)


def test_a_step_is_made_once(story: Story) -> None:
    key, _consent = story.ready()
    story.move(key, Event.SEND)
    with pytest.raises(WrongStep):
        story.move(key, Event.SEND)


def test_an_appointment_is_kept_with_the_answer(story: Story) -> None:
    key, _consent = story.ready()
    day = clock.today() + timedelta(days=9)
    story.move(key, Event.SEND)
    story.move(key, Event.ACCEPT, appointment_on=day)
    assert Referral.objects.get(pk=key).appointment_on == day


def test_another_team_and_another_office_find_nothing(story: Story) -> None:
    key, _consent = story.ready()
    for name in ("stranger", "amina", "iris", "hugo", "kofi"):
        with pytest.raises(NotFound):
            commands.move_referral(actor=story.cast.actor(name), referral_id=key, event=Event.SEND)


# ---- releases ----------------------------------------------------------------------------------------------


def test_a_release_goes_its_whole_way(story: Story) -> None:
    key = story.release()
    story.approve(key)
    story.go(key, ReleaseEvent.SEND)
    story.go(key, ReleaseEvent.ACKNOWLEDGE)
    story.go(key, ReleaseEvent.RECALL, reason="done")
    row = Release.objects.get(pk=key)
    assert row.state == ReleaseState.RECALLED
    assert row.decided_by == story.cast.accounts["chandra"]
    assert noted().count("release.moved") == 4


def test_a_release_carries_evidence_by_reference(story: Story) -> None:
    item = story.item()
    key = story.release(items=[item, item])
    parts = ReleasePart.objects.filter(release_id=key).order_by("kind")
    assert [(part.kind, part.item_id, part.level) for part in parts] == [("item", item, "C6"), ("paper", None, "C2")]


def test_the_fingerprint_of_a_file_is_kept_as_it_was(story: Story) -> None:
    item, sha256 = a_file(story)
    key = story.release(("evidence",), items=[item])
    part = ReleasePart.objects.get(release_id=key, item_id=item)
    assert sealing.open_row(part, "details").table("details")["sha256"] == sha256
    assert digest.spaced(sha256) in str(queries.release_page(story.cast.chandra, key))
    assert digest.spaced(sha256) not in str(queries.release_page(story.cast.dalia, key))


def test_a_file_that_is_set_apart_is_not_released(story: Story) -> None:
    item, _sha256 = a_file(story)
    evidence.ask_isolation(actor=story.cast.bruno, item_id=item, reason="It should not have been sent")
    with pytest.raises(ItemNotInCase):
        story.release(("evidence",), items=[item])


def test_who_prepared_it_does_not_approve_it(story: Story) -> None:
    key = story.release()
    with pytest.raises(OwnRelease):
        story.approve(key, who="bruno")


def test_who_does_not_see_all_that_it_carries_does_not_approve_it(story: Story) -> None:
    key = story.release(("evidence",))
    with pytest.raises(NotAllSeen):
        story.approve(key, who="jalil")
    with pytest.raises(Refused):
        story.approve(key, who="dalia")
    story.approve(key, who="chandra")
    assert story.state(key) == ReleaseState.APPROVED


def test_a_release_that_is_not_approved_is_stopped(story: Story) -> None:
    key = story.release()
    commands.decide_release(actor=story.cast.chandra, release_id=key, approve=False, remark="Too much")
    assert story.state(key) == ReleaseState.CANCELLED
    with pytest.raises(WrongStep):
        story.go(key, ReleaseEvent.SEND)


def test_nothing_goes_without_approval(story: Story) -> None:
    key = story.release()
    with pytest.raises(WrongStep):
        story.go(key, ReleaseEvent.SEND)
    with pytest.raises(WrongStep):
        story.go(key, ReleaseEvent.APPROVE, who="chandra")


def test_a_consent_that_does_not_name_it_releases_nothing(story: Story) -> None:
    consent = story.consent(story.police, ["identity"])
    with pytest.raises(NoConsent):
        story.release(consent=consent)
    with pytest.raises(NoConsent):
        story.release(consent=ids.new_id())


def test_an_agency_without_an_agreement_for_it_gets_nothing(story: Story) -> None:
    with pytest.raises(NotAgreed) as refused:
        story.release(("evidence", "narrative"))
    assert refused.value.fields["lacking"] == "Her story"
    with pytest.raises(NotAgreed):
        story.release(("identity",), who="dalia", consent=story.consent(story.shelter))


def test_an_agreement_that_ended_is_asked_again_before_it_leaves(story: Story) -> None:
    from amparo.partners import commands as partners
    from amparo.partners.models import Agreement

    prepared, approved = story.release(), story.release()
    story.approve(approved)
    agreement = Agreement.objects.get(agency_id=story.police)
    partners.end_agreement(actor=story.cast.oksana, agreement_id=agreement.id)
    with pytest.raises(NotAgreed):
        story.approve(prepared)
    with pytest.raises(NotAgreed):
        story.go(approved, ReleaseEvent.SEND)


def test_a_release_lasts_no_longer_than_its_consent(story: Story) -> None:
    consent = story.consent(story.police, until=clock.today() + timedelta(days=20))
    with pytest.raises(UntilWrong):
        story.release(consent=consent)
    story.release(consent=consent, until_on=clock.today() + timedelta(days=20))


def test_past_its_last_day_nothing_can_be_done_with_it(story: Story) -> None:
    key = story.release()
    story.approve(key)
    with clock.set_to(clock.now() + timedelta(days=61)), pytest.raises(WrongStep):
        story.go(key, ReleaseEvent.SEND)


def test_a_release_carries_something_that_its_maker_sees_and_that_is_of_the_case(story: Story) -> None:
    with pytest.raises(NothingCarried):
        story.release((), papers=[])
    with pytest.raises(NotYours):
        story.release(("evidence",), who="dalia")
    with pytest.raises(NotYours):
        story.release(("care",), who="bruno")
    other = story.cast.case(team=("bruno",))
    elsewhere = begin_item(story, other.id)
    for item in (elsewhere, ids.new_id()):
        with pytest.raises(ItemNotInCase):
            story.release(items=[item])


def begin_item(story: Story, case_id: UUID) -> UUID:
    from amparo.evidence.words import Category

    return evidence.register_physical(
        actor=story.cast.bruno, case_id=case_id, category=Category.PHYSICAL, description="Elsewhere", seal="E 1",
        place="Safe",
    )  # fmt: skip


def test_a_recall_says_why(story: Story) -> None:
    key = story.release()
    story.approve(key)
    story.go(key, ReleaseEvent.SEND)
    with pytest.raises(ReasonMissing):
        story.go(key, ReleaseEvent.RECALL)


def test_who_may_not_release_is_refused(story: Story) -> None:
    for name in ("mateo", "femi", "esther", "grace", "lina", "kofi"):
        with pytest.raises((Refused, NotFound)):
            story.release(who=name, consent=story.consent(story.police))


# ---- a consent is taken back (invariant 2) -----------------------------------------------------------------


def test_taking_a_consent_back_stops_what_has_not_left_and_leaves_what_has(story: Story) -> None:
    consent = story.consent(story.shelter, ["identity", "care"])
    waits, out = story.draft(), story.draft()
    for key in (waits, out):
        commands.give_consent(actor=story.cast.dalia, referral_id=key, basis_id=consent)
    story.move(out, Event.SEND)
    police = story.consent(story.police)
    prepared, approved, sent = (story.release(consent=police) for _ in range(3))
    for key in (approved, sent):
        story.approve(key)
    story.go(sent, ReleaseEvent.SEND)
    for basis in (consent, police):
        withdraw_consent(actor=story.cast.dalia, basis_id=basis)
    assert [story.state(key) for key in (waits, out, prepared, approved, sent)] == [
        State.CANCELLED, State.SENT, ReleaseState.CANCELLED, ReleaseState.CANCELLED, ReleaseState.SENT,
    ]  # fmt: skip
    assert Referral.objects.get(pk=waits).reason == "consent_withdrawn"


def test_after_it_is_taken_back_nothing_new_leaves_on_it(story: Story) -> None:
    consent = story.consent(story.police)
    draft = story.draft((), service="legal", agency=story.police)
    withdraw_consent(actor=story.cast.dalia, basis_id=consent)
    with pytest.raises(NoConsent):
        commands.give_consent(actor=story.cast.dalia, referral_id=draft, basis_id=consent)
    with pytest.raises(NoConsent):
        story.release(consent=consent)


def test_who_takes_a_consent_back_stops_also_what_she_may_not_see(story: Story) -> None:
    """Bruno investigates: he knows of no referral to a shelter, and his act ends it all the same."""
    key, consent = story.ready()
    with pytest.raises(NotFound):
        queries.referral_page(story.cast.bruno, key)
    withdraw_consent(actor=story.cast.bruno, basis_id=consent)
    assert story.state(key) == State.CANCELLED
    assert queries.resting_on(story.cast.bruno, consent) == ()


def test_withdrawal_and_what_it_stops_are_one_act(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """If one part fails, neither is done."""
    key, consent = story.ready()
    from amparo.journeys import withdrawing

    def broken(_basis: UUID) -> int:
        raise RuntimeError

    monkeypatch.setattr(withdrawing.referrals, "stop_without_consent", broken)
    with pytest.raises(RuntimeError):
        withdraw_consent(actor=story.cast.dalia, basis_id=consent)
    assert story.state(key) == State.CONSENTED
    story.move(key, Event.SEND)


def test_what_is_out_is_told_to_who_takes_the_consent_back_as_far_as_she_sees_it(story: Story) -> None:
    key, consent = story.ready()
    story.move(key, Event.SEND)
    code = Referral.objects.get(pk=key).code
    (said,) = queries.resting_on(story.cast.dalia, consent)
    assert code in said
    assert "Sample Shelters" in said


def test_what_is_out_on_a_consent_that_was_taken_back_waits_for_somebody(story: Story) -> None:
    key, consent = story.ready()
    story.move(key, Event.SEND)
    release = story.release()
    story.approve(release)
    story.go(release, ReleaseEvent.SEND)
    assert queries.waiting_for(story.cast.dalia) == []
    withdraw_consent(actor=story.cast.dalia, basis_id=consent)
    withdraw_consent(actor=story.cast.dalia, basis_id=Release.objects.get(pk=release).basis_id)
    assert len(queries.waiting_for(story.cast.dalia)) == 2
    assert len(queries.waiting_for(story.cast.bruno)) == 1
    story.move(key, Event.CANCEL, reason="consent_withdrawn")
    story.go(release, ReleaseEvent.RECALL, reason="consent_withdrawn")
    assert queries.waiting_for(story.cast.dalia) == []


def test_a_consent_names_only_a_partner_with_whom_we_work(story: Story) -> None:
    with pytest.raises(NotAPartner):
        story.consent(ids.new_id())


# ---- today -------------------------------------------------------------------------------------------------


def test_a_late_referral_stands_on_the_day_of_her_caseworker(story: Story) -> None:
    key, _consent = story.ready()
    story.move(key, Event.SEND)
    assert queries.due_for(story.cast.dalia, clock.today()) == []
    with clock.set_to(clock.now() + timedelta(days=4)):
        (due,) = queries.due_for(story.cast.dalia, clock.today())
        assert due.urgency == "late"
        assert queries.due_for(story.cast.bruno, clock.today()) == []
        assert queries.due_for(story.cast.jalil, clock.today()) == []


def test_who_could_not_approve_a_release_is_not_asked(story: Story) -> None:
    story.release(("evidence",))
    assert len(queries.waiting_for(story.cast.chandra)) == 1
    for name in ("bruno", "jalil", "dalia"):
        assert queries.waiting_for(story.cast.actor(name)) == []


# ---- closing -----------------------------------------------------------------------------------------------


def test_a_case_is_not_closed_over_an_open_referral_or_release(story: Story) -> None:
    def open_points() -> dict[str, int]:
        return {check.code: check.open for check in queries.closing_checks(story.case.id)}

    key, _consent = story.ready()
    release = story.release()
    assert open_points() == {"referrals_resolved": 1, "releases_ended": 1}
    story.move(key, Event.NOT_WANTED)
    story.go(release, ReleaseEvent.CANCEL)
    assert open_points() == {"referrals_resolved": 0, "releases_ended": 0}


def test_a_release_that_ran_out_holds_no_case_open(story: Story) -> None:
    story.release()
    with clock.set_to(clock.now() + timedelta(days=61)):
        assert queries.closing_checks(story.case.id)[1].met


def test_nothing_begins_in_a_closed_case(story: Story) -> None:
    from amparo.cases.models import Case

    consent = story.consent(story.police)
    Case.objects.filter(pk=story.case.id).update(state="closed")
    with pytest.raises(CaseClosed):
        story.draft(())
    with pytest.raises(CaseClosed):
        story.release(consent=consent)


def test_a_report_of_an_examination_goes_to_no_other_partner_than_its_consent_names(cast: Cast) -> None:
    told = exams.judged(cast)
    story = begin(cast, told.case)
    station = exams.station(cast)
    for agency, goes in ((story.police, False), (station, True)):
        consent = cases.record_basis(
            actor=cast.dalia, case_id=told.case.id, person_id=told.case.survivor, kind=BasisKind.CONSENT,
            purpose=Purpose.POLICE, classes=["examination"], agency_id=agency,
        )  # fmt: skip
        given = {
            "actor": cast.esther,
            "exam_id": told.exam,
            "recipient_id": cast.accounts["femi"],
            "agency_id": station,
            "basis_ids": [consent],
            "until_on": clock.today() + timedelta(days=30),
        }
        if goes:
            forensics.release(**given)
        else:
            with pytest.raises(NoConsentToRelease):
                forensics.release(**given)
