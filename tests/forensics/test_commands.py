"""What may be recorded of an examination, by whom, and on what."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from amparo.cases import commands as case_commands
from amparo.cases import queries as case_queries
from amparo.cases.errors import NoBasis
from amparo.cases.models import Case
from amparo.cases.words import CaseState, NoteKind
from amparo.evidence import commands as evidence
from amparo.evidence.errors import SealUsed
from amparo.evidence.models import CustodyEvent, EvidenceItem
from amparo.forensics import commands
from amparo.forensics.commands import Seen, Taken, Talk
from amparo.forensics.errors import (
    AgencyMissing,
    AlreadySealed,
    BasisOfOpinionMissing,
    CaregiverMissing,
    ConsentMissing,
    DegreeMissing,
    InCustody,
    KitOpened,
    NoConsentToRelease,
    NotAgreed,
    NotAPhotograph,
    NotARecipient,
    NotASurvivor,
    NotAttested,
    NotYours,
    OneDraft,
    OpinionSigned,
    RecipientMissing,
    RecordAltered,
    ReleaseEnded,
    ScaleReasonMissing,
    SealNumberMissing,
    SectionOpen,
    Stopped,
)
from amparo.forensics.models import (
    Addendum,
    Examination,
    ExamPhoto,
    Finding,
    ItemConsent,
    Opinion,
    Release,
    Section,
    Specimen,
)
from amparo.forensics.queries import reach, record, releases, report
from amparo.forensics.words import (
    Answer,
    Degree,
    FollowUpState,
    InjuryType,
    Item,
    SpecimenPurpose,
    SpecimenType,
)
from amparo.kernel import clock
from amparo.kernel.errors import Changed, NotFound, Refused
from amparo.kernel.words import Compartment
from amparo.ledger import checkpoints, verifying
from amparo.ledger.models import Entry
from amparo.papers.marks import Mark
from amparo.people import commands as people
from amparo.web import uploads
from tests.forensics import story

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.forensics.story import Story

pytestmark = pytest.mark.django_db


# ---- beginning and consent -----------------------------------------------------------------------------------


def test_only_an_examiner_on_the_team_begins(cast: Cast) -> None:
    case = cast.case(team=("bruno", "dalia"))
    for actor in (cast.esther, cast.stranger):
        with pytest.raises(NotFound):
            commands.begin(actor=actor, case_id=case.id, person_id=case.survivor)
    for actor in (cast.bruno, cast.dalia, cast.jalil):
        with pytest.raises(Refused):
            commands.begin(actor=actor, case_id=case.id, person_id=case.survivor)


def test_nobody_is_examined_without_a_basis_and_only_survivors_are(cast: Cast) -> None:
    bare = cast.case(team=story.TEAM, basis=False)
    with pytest.raises(NoBasis):
        commands.begin(actor=cast.esther, case_id=bare.id, person_id=bare.survivor)
    with pytest.raises(NotASurvivor):
        commands.begin(actor=cast.esther, case_id=bare.id, person_id=bare.suspect)


def test_there_is_one_open_examination_of_a_person(cast: Cast) -> None:
    told = story.begun(cast)
    with pytest.raises(OneDraft):
        commands.begin(actor=cast.esther, case_id=told.case.id, person_id=told.case.survivor)


@pytest.mark.parametrize(
    "code", ["history", "after", "health", "injuries", "genital", "specimens", "treatment", "mind"]
)
def test_an_examination_without_consent_for_a_section_keeps_nothing_in_it(cast: Cast, code: str) -> None:
    told = story.begun(cast)
    with pytest.raises(ConsentMissing):
        commands.save_section(actor=cast.esther, exam_id=told.exam, code=code, answers={"account": "Words"})
    refused = dict.fromkeys(Item, Answer.REFUSED)
    commands.record_consent(actor=cast.esther, exam_id=told.exam, answers=refused, talk=Talk())
    with pytest.raises(ConsentMissing):
        commands.save_section(actor=cast.esther, exam_id=told.exam, code=code, answers={"account": "Words"})
    assert not Section.objects.filter(exam_id=told.exam).exists()


def test_each_item_is_refused_by_itself(cast: Cast) -> None:
    told = story.agreed(cast, genital=Answer.REFUSED, photographs=Answer.REFUSED)
    seen = Seen("genital_female", "perineum", type=InjuryType.LACERATION)
    with pytest.raises(ConsentMissing):
        commands.record_finding(actor=cast.esther, exam_id=told.exam, seen=seen)
    photo = story.received(cast, told.case.survivor, story.picture())
    with pytest.raises(ConsentMissing):
        commands.add_photo(actor=cast.esther, exam_id=told.exam, has_scale=True, received=photo)
    commands.record_finding(actor=cast.esther, exam_id=told.exam, seen=Seen("front", "neck", type=InjuryType.BRUISE))


def test_a_consent_is_taken_back_at_once(cast: Cast) -> None:
    told = story.agreed(cast)
    commands.withdraw(actor=cast.esther, exam_id=told.exam, item=Item.EXAMINATION)
    with pytest.raises(ConsentMissing):
        commands.record_finding(actor=cast.esther, exam_id=told.exam, seen=Seen("front", "neck"))
    commands.save_section(actor=cast.esther, exam_id=told.exam, code="history", answers={"account": "Words"})


def test_a_consent_is_taken_back_after_the_case_was_closed_too(cast: Cast) -> None:
    told = story.sealed(cast)
    key = released(cast, told)
    Case.objects.filter(pk=told.case.id).update(state=CaseState.CLOSED)
    commands.withdraw(actor=cast.esther, exam_id=told.exam, item=Item.RELEASE_INFORMATION)
    with pytest.raises(ReleaseEnded):
        releases.paper_of(cast.femi, key)  # type: ignore[arg-type]


def test_who_cannot_decide_now_does_not_agree_alone(cast: Cast) -> None:
    told = story.begun(cast)
    talk = Talk(freely=True, capacity="unable_now")
    with pytest.raises(CaregiverMissing):
        commands.record_consent(
            actor=cast.esther, exam_id=told.exam, answers={Item.HISTORY: Answer.GIVEN}, talk=talk
        )  # fmt: skip


def test_what_may_be_given_away_names_its_recipient_and_stands_in_the_list_of_the_case(cast: Cast) -> None:
    told = story.begun(cast)
    given = {Item.RELEASE_INFORMATION: Answer.GIVEN}
    with pytest.raises(RecipientMissing):
        commands.record_consent(actor=cast.esther, exam_id=told.exam, answers=given, talk=Talk(freely=True))
    commands.record_consent(actor=cast.esther, exam_id=told.exam, answers=given, talk=story.FREELY)
    live = [one for one in case_queries.bases(cast.esther, told.case.id) if one.recipient]
    assert [(one.recipient, one.purpose, set(one.classes)) for one in live] == [
        ("Example Police Station", "police", {"identity", "narrative", "examination"})
    ]
    commands.withdraw(actor=cast.esther, exam_id=told.exam, item=Item.RELEASE_INFORMATION)
    assert not any(one.is_live for one in case_queries.bases(cast.esther, told.case.id) if one.recipient)


def test_she_stops_and_nothing_more_is_recorded_until_she_agrees_again(cast: Cast) -> None:
    told = story.agreed(cast)
    commands.save_section(actor=cast.esther, exam_id=told.exam, code="history", answers={"account": "Words"})
    commands.stop(actor=cast.esther, exam_id=told.exam)
    with pytest.raises(Stopped):
        commands.save_section(actor=cast.esther, exam_id=told.exam, code="history", answers={"account": "More"})
    assert reach.exam(cast.esther, told.exam).said("history", "account") == "Words"
    commands.record_consent(
        actor=cast.esther, exam_id=told.exam, answers={Item.HISTORY: Answer.GIVEN}, talk=story.FREELY
    )  # fmt: skip
    commands.save_section(actor=cast.esther, exam_id=told.exam, code="history", answers={"account": "More"})


# ---- sections, findings, photographs, specimens --------------------------------------------------------------


def test_words_come_back_in_any_script_and_two_tabs_are_told_apart(cast: Cast) -> None:
    told = story.agreed(cast)
    words = {"account": "قالت إنه أمسك بها. उसने कहा। នាងបាននិយាយ។", "contact": ["oral", "attempt"]}
    commands.save_section(actor=cast.esther, exam_id=told.exam, code="history", answers=words, expected=0)
    kept = reach.exam(cast.esther, told.exam).sections["history"]
    assert dict(kept.answers) == words
    commands.save_section(actor=cast.esther, exam_id=told.exam, code="history", answers=words, expected=kept.version)
    with pytest.raises(Changed):
        commands.save_section(
            actor=cast.esther, exam_id=told.exam, code="history", answers={}, expected=kept.version
        )  # fmt: skip


def test_a_photograph_without_scale_asks_why_and_is_kept(cast: Cast) -> None:
    told = story.agreed(cast)
    photo = story.received(cast, told.case.survivor, story.picture())
    with pytest.raises(ScaleReasonMissing):
        commands.add_photo(actor=cast.esther, exam_id=told.exam, has_scale=False, received=photo)
    key = commands.add_photo(
        actor=cast.esther, exam_id=told.exam, has_scale=False, why_no_scale="She was in pain", received=photo
    )
    kept = record.photo(key)
    assert kept is not None
    assert (kept.has_scale, kept.why_no_scale) == (False, "She was in pain")


def test_a_photograph_of_a_genital_finding_needs_the_consent_for_those(cast: Cast) -> None:
    told = story.agreed(cast, photographs_genital=Answer.REFUSED)
    seen = Seen("genital_female", "perineum", type=InjuryType.LACERATION)
    finding = commands.record_finding(actor=cast.esther, exam_id=told.exam, seen=seen)
    photo = story.received(cast, told.case.survivor, story.picture())
    with pytest.raises(ConsentMissing):
        # Nobody ticked what it shows: the finding says so.
        commands.add_photo(
            actor=cast.esther, exam_id=told.exam, has_scale=True, received=photo, finding_id=finding
        )  # fmt: skip
    again = story.agreed(cast)
    finding = commands.record_finding(actor=cast.esther, exam_id=again.exam, seen=seen)
    photo = story.received(cast, again.case.survivor, story.picture())
    key = commands.add_photo(
        actor=cast.esther, exam_id=again.exam, has_scale=True, received=photo, finding_id=finding
    )  # fmt: skip
    assert ExamPhoto.objects.get(pk=key).is_genital


def test_only_pictures_are_photographs(cast: Cast) -> None:
    told = story.agreed(cast)
    letter = story.received(cast, told.case.survivor, b"%PDF-", "application/pdf")
    with pytest.raises(NotAPhotograph):
        commands.add_photo(actor=cast.esther, exam_id=told.exam, has_scale=True, received=letter)


def test_a_specimen_for_the_court_is_in_custody_at_once(cast: Cast) -> None:
    told = story.agreed(cast)
    with pytest.raises(SealNumberMissing):
        commands.take_specimen(actor=cast.esther, exam_id=told.exam, taken=Taken(SpecimenType.ORAL_SWAB))
    kit = commands.open_kit(actor=cast.esther, exam_id=told.exam, number="K 77")
    with pytest.raises(KitOpened):
        commands.open_kit(actor=cast.esther, exam_id=told.exam, number="K 78")
    key = commands.take_specimen(actor=cast.esther, exam_id=told.exam, taken=Taken(SpecimenType.ORAL_SWAB, seal="S 1"))
    item = EvidenceItem.objects.get(pk=Specimen.objects.get(pk=key).item_id)
    assert item.parent_id == Specimen.objects.get(pk=kit).item_id
    assert item.holder_id == cast.accounts["esther"]
    kinds = list(CustodyEvent.objects.filter(item=item).order_by("seq").values_list("kind", flat=True))
    assert kinds == ["collected", "sealed"]
    with pytest.raises(InCustody):
        commands.remove_specimen(actor=cast.esther, specimen_id=key)
    # She hands it to who keeps the evidence room, and may do nothing else with evidence.
    evidence.hand_over(actor=cast.esther, item_id=item.id, to_id=cast.accounts["noor"])
    with pytest.raises(Refused):
        evidence.move(actor=cast.esther, item_id=item.id, place="Shelf")


def test_a_seal_number_used_twice_is_refused_and_leaves_no_specimen(cast: Cast) -> None:
    told = story.agreed(cast)
    commands.take_specimen(actor=cast.esther, exam_id=told.exam, taken=Taken(SpecimenType.ORAL_SWAB, seal="S 1"))
    with pytest.raises(SealUsed) as refused:
        commands.take_specimen(actor=cast.esther, exam_id=told.exam, taken=Taken(SpecimenType.SKIN_SWAB, seal="s-1"))
    assert refused.value.fields["field"] == "seal"
    assert Specimen.objects.filter(exam_id=told.exam).count() == 1


def test_a_specimen_for_her_health_is_no_evidence_and_lies_with_her_health(cast: Cast) -> None:
    told = story.agreed(cast)
    taken = Taken(SpecimenType.BLOOD, purpose=SpecimenPurpose.CLINICAL, tests="HIV")
    row = Specimen.objects.get(pk=commands.take_specimen(actor=cast.esther, exam_id=told.exam, taken=taken))
    assert (row.item_id, row.compartment) == (None, Compartment.CLINICAL)


def test_another_examiner_reads_and_does_not_write(cast: Cast) -> None:
    told = story.agreed(cast)
    Examination.objects.filter(pk=told.exam).update(examiner_id=cast.accounts["amina"])
    assert reach.exam(cast.esther, told.exam).row.id == told.exam
    with pytest.raises(NotYours):
        commands.save_section(actor=cast.esther, exam_id=told.exam, code="before", answers={})


def test_the_ledger_has_every_act_and_no_word_of_it(cast: Cast) -> None:
    told = story.judged(cast)
    bodies = " ".join(map(str, Entry.objects.filter(subject_id=told.exam).values_list("body", flat=True)))
    verbs = set(Entry.objects.filter(case_id=told.case.id).values_list("verb", flat=True))
    assert {"exam.begun", "exam.consent_asked", "exam.section_saved", "finding.recorded", "exam.photo_added",
            "specimen.taken", "exam.sealed", "opinion.signed"} <= verbs  # fmt: skip
    for word in ("canary", "forearm", "bruise", "pep", "Esther", "positive", "negative"):
        assert word not in bodies, word


# ---- sealing -------------------------------------------------------------------------------------------------


def test_a_record_is_sealed_only_when_it_says_who_examined_and_is_attested(cast: Cast) -> None:
    told = story.begun(cast)
    with pytest.raises(NotAttested):
        commands.seal(actor=cast.esther, exam_id=told.exam, attested=False, signed_as="Esther")
    with pytest.raises(SectionOpen):
        commands.seal(actor=cast.esther, exam_id=told.exam, attested=True, signed_as="Esther")


def test_after_sealing_every_act_is_refused_but_addenda_and_opinions(cast: Cast) -> None:
    told = story.sealed(cast)
    finding = Finding.objects.filter(exam_id=told.exam).earliest("number")
    photo = ExamPhoto.objects.get(exam_id=told.exam)
    acts = [
        lambda: commands.save_section(actor=cast.esther, exam_id=told.exam, code="before", answers={}),
        lambda: commands.record_finding(actor=cast.esther, exam_id=told.exam, seen=Seen("front", "neck")),
        lambda: commands.change_finding(actor=cast.esther, finding_id=finding.id, seen=Seen("front", "neck")),
        lambda: commands.remove_finding(actor=cast.esther, finding_id=finding.id),
        lambda: commands.remove_photo(actor=cast.esther, photo_id=photo.id),
        lambda: commands.stop(actor=cast.esther, exam_id=told.exam),
        lambda: commands.seal(actor=cast.esther, exam_id=told.exam, attested=True, signed_as="Esther"),
        lambda: commands.take_specimen(actor=cast.esther, exam_id=told.exam, taken=Taken(SpecimenType.URINE, seal="9")),
    ]  # fmt: skip
    for act in acts:
        with pytest.raises(AlreadySealed):
            act()
    commands.add_addendum(actor=cast.esther, exam_id=told.exam, text="Seen again")
    assert record.is_whole(reach.exam(cast.esther, told.exam))


def _refused(statement: str, *values: object) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_database_itself_refuses_to_change_a_sealed_record(cast: Cast) -> None:
    told = story.judged(cast)
    commands.add_addendum(actor=cast.esther, exam_id=told.exam, text="Seen again")
    tables = ("section", "finding", "examphoto", "specimen", "opinion", "addendum", "itemconsent")
    for table in tables:
        name = f"forensics_{table}"
        _refused(f"UPDATE {name} SET version = version + 1 WHERE exam_id = %s", _key(told))
    for table in tables:
        _refused(f"DELETE FROM forensics_{table} WHERE exam_id = %s", _key(told))
    _refused("UPDATE forensics_examination SET record_sha256 = %s WHERE id = %s", "0" * 64, _key(told))
    _refused("UPDATE forensics_examination SET sealed_at = NULL WHERE id = %s", _key(told))
    _refused("DELETE FROM forensics_examination WHERE id = %s", _key(told))
    section = Section.objects.filter(exam_id=told.exam).earliest("id")
    draft = story.examined(cast)
    _refused("UPDATE forensics_section SET exam_id = %s WHERE exam_id = %s", _key(told), _key(draft))
    with pytest.raises(DatabaseError), transaction.atomic():
        Section(**{f.attname: getattr(section, f.attname) for f in Section._meta.concrete_fields} | {
            "id": told.case.id, "code": "mind"}).save(force_insert=True)  # fmt: skip


def _key(told: Story) -> str:
    return str(told.exam) if connection.vendor == "postgresql" else told.exam.hex


def test_an_erasure_empties_a_sealed_record_and_leaves_that_it_was_there(cast: Cast) -> None:
    from amparo.ledger import writing

    told = story.judged(cast)
    commands.add_addendum(actor=cast.esther, exam_id=told.exam, text="Seen again")

    @writing.command
    def erase(*, actor: object) -> None:
        from amparo.ledger.verbs import Verb

        rows = writing.forget_owner(told.case.survivor)
        writing.note(Verb.PERSON_ERASED, subject=told.case.survivor, facts={"rows": rows})

    erase(actor=cast.lina)
    assert Examination.objects.get(pk=told.exam).record_sha256
    assert not Finding.objects.filter(exam_id=told.exam, words__isnull=False).exists()
    assert not Addendum.objects.filter(exam_id=told.exam, text__isnull=False).exists()
    assert all(one.blob is None for one in record.photos(told.exam))


def test_a_record_that_was_altered_gives_no_report(cast: Cast) -> None:
    told = story.sealed(cast)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE forensics_examphoto DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER forensics_examphoto_change")
    ExamPhoto.objects.filter(exam_id=told.exam).update(has_scale=False)
    view = reach.exam(cast.esther, told.exam)
    assert not record.is_whole(view)
    bases = [one.id for one in case_queries.bases(cast.esther, told.case.id) if one.recipient and one.is_live]
    with pytest.raises(RecordAltered):
        commands.release(
            actor=cast.esther, exam_id=told.exam, recipient_id=cast.accounts["femi"], basis_ids=bases,
            agency_id=story.station(cast), until_on=clock.today() + timedelta(days=9),
        )  # fmt: skip


# ---- opinion -------------------------------------------------------------------------------------------------


def test_an_opinion_is_signed_with_its_degree_basis_and_alternatives(cast: Cast) -> None:
    told = story.sealed(cast)
    key = commands.save_opinion(actor=cast.esther, exam_id=told.exam, degrees={1: Degree.TYPICAL, 99: Degree.NOT})
    with pytest.raises(DegreeMissing):
        commands.sign_opinion(actor=cast.esther, opinion_id=key)
    whole = {"degrees": {1: Degree.TYPICAL}, "overall": Degree.TYPICAL, "basis": "What was seen"}
    commands.save_opinion(actor=cast.esther, exam_id=told.exam, **whole)
    with pytest.raises(BasisOfOpinionMissing):
        commands.sign_opinion(actor=cast.esther, opinion_id=key)
    commands.save_opinion(actor=cast.esther, exam_id=told.exam, alternatives="A fall", **whole)
    commands.sign_opinion(actor=cast.esther, opinion_id=key)
    with pytest.raises(OpinionSigned):
        commands.sign_opinion(actor=cast.esther, opinion_id=key)
    assert record.opinions(told.exam)[0].degrees == {1: Degree.TYPICAL}
    # A further one has a number of its own, and the first stays.
    commands.save_opinion(actor=cast.esther, exam_id=told.exam, degrees={})
    assert list(Opinion.objects.filter(exam_id=told.exam).order_by("number").values_list("number", flat=True)) == [1, 2]


# ---- the report ----------------------------------------------------------------------------------------------

MARK = Mark("CP-7KQ-4M9-T3X", "Copy for nobody")
EVERYTHING = frozenset({"identity", "narrative", "examination", "photographs"})


def _text(values: object) -> str:
    return repr(values)


def test_health_never_comes_into_the_report_whatever_was_agreed_to(cast: Cast) -> None:
    told = story.judged(cast)
    view = reach.exam(cast.esther, told.exam)
    said = _text(report.values(cast.esther, view, EVERYTHING, at=clock.now()))
    assert "canary-exam" in said
    for word in ("canary-clinic", "HIV", "Pregnancy", "after exposure", "asthma"):
        assert word not in said, word
    assert "Absence of injury does not mean absence of assault." in said
    assert "Highly consistent" in said
    # Of two specimens one is for her health.
    assert len(record.specimens(told.exam)) == 2
    assert len(report.values(cast.esther, view, EVERYTHING, at=clock.now())["specimens"]) == 1  # type: ignore[arg-type]


def test_the_report_holds_only_what_consent_names(cast: Cast) -> None:
    told = story.judged(cast)
    view = reach.exam(cast.esther, told.exam)
    said = _text(report.values(cast.esther, view, frozenset({"examination"}), at=clock.now()))
    assert "He held me" not in said
    assert "Nadia" not in said
    assert "Bruise" in said


def test_what_the_case_knows_of_her_is_in_the_report_only_with_her_identity(cast: Cast) -> None:
    told = story.judged(cast)
    people.change_person(
        actor=cast.jalil, person_id=told.case.survivor, expected=1, name="Nour Sample", gender="female",
        languages=["Khmer"], disability=["walking"],
    )  # fmt: skip
    view = reach.exam(cast.esther, told.exam)
    for classes, shown in ((EVERYTHING, True), (EVERYTHING - {"identity"}, False)):
        head = _text(report.values(cast.esther, view, classes, at=clock.now())["head"])
        for word in ("Khmer", "Gender", "Languages", "Very hard or impossible"):
            assert (word in head) is shown, word


def test_the_report_is_a_tagged_paper_in_each_language(cast: Cast) -> None:
    told = story.judged(cast)
    view = reach.exam(cast.esther, told.exam)
    for language in ("en", "ar"):
        paper = report.paper(cast.esther, view, EVERYTHING, language=language, at=clock.now(), mark=MARK)
        assert paper.startswith(b"%PDF")
        assert b"pdfuaid" in paper


# ---- release -------------------------------------------------------------------------------------------------


def _bases(cast: Cast, told: Story) -> list[object]:
    return [one.id for one in case_queries.bases(cast.esther, told.case.id) if one.recipient and one.is_live]


def released(cast: Cast, told: Story, to: str = "femi", days: int = 30, agency: UUID | None = None) -> object:
    return commands.release(
        agency_id=agency or story.station(cast),
        actor=cast.esther, exam_id=told.exam, recipient_id=cast.accounts[to], basis_ids=_bases(cast, told),  # type: ignore[arg-type]
        until_on=clock.today() + timedelta(days=days),
    )  # fmt: skip


def test_her_consent_alone_gives_nothing_to_an_agency(cast: Cast) -> None:
    told = story.sealed(cast)
    with pytest.raises(AgencyMissing):
        commands.release(
            actor=cast.esther, exam_id=told.exam, recipient_id=cast.accounts["femi"], basis_ids=_bases(cast, told),  # type: ignore[arg-type]
            until_on=clock.today() + timedelta(days=30),
        )  # fmt: skip
    # One agreement does not name what she told, the other is past its review.
    today = clock.today()
    less = story.station(cast, classes=["identity", "examination", "photographs"])
    old = story.station(cast, review_on=today - timedelta(days=1))
    for agency in (less, old):
        with pytest.raises(NotAgreed):
            released(cast, told, agency=agency)


def test_nothing_is_read_once_the_agreement_has_ended(cast: Cast) -> None:
    told = story.sealed(cast)
    police = story.station(cast, review_on=clock.today() + timedelta(days=5))
    key = released(cast, told, agency=police)
    releases.paper_of(cast.femi, key)  # type: ignore[arg-type]
    with clock.set_to(clock.now() + timedelta(days=6)), pytest.raises(ReleaseEnded):
        releases.paper_of(cast.femi, key)  # type: ignore[arg-type]


def test_a_report_is_released_under_a_live_consent_to_whom_it_names(cast: Cast) -> None:
    told = story.sealed(cast)
    with pytest.raises(NotARecipient):
        released(cast, told, to="mateo")  # The consent is for the police.
    key = released(cast, told)
    given = releases.paper_of(cast.femi, key)  # type: ignore[arg-type]
    assert given.paper.media_type == "application/pdf"
    commands.read(actor=cast.femi, release_id=key)  # type: ignore[arg-type]
    assert Entry.objects.filter(verb="exam.release_read", subject_id=key).count() == 1  # type: ignore[misc]
    for actor in (cast.mateo, cast.bruno, cast.dalia, cast.jalil):
        with pytest.raises(NotFound):
            releases.paper_of(actor, key)  # type: ignore[arg-type]


def test_nothing_is_released_without_consent(cast: Cast) -> None:
    told = story.sealed(cast, release_information=Answer.REFUSED)
    with pytest.raises(NoConsentToRelease):
        released(cast, told)


def test_photographs_go_only_with_a_consent_for_photographs(cast: Cast) -> None:
    told = story.sealed(cast, release_photographs=Answer.REFUSED)
    key = released(cast, told)
    with pytest.raises(ReleaseEnded):
        releases.photo_of(cast.femi, key, 1)  # type: ignore[arg-type]
    other = story.sealed(cast)
    key = released(cast, other)
    assert releases.photo_of(cast.femi, key, 1)[1].number == 1  # type: ignore[arg-type]
    commands.withdraw(actor=cast.esther, exam_id=other.exam, item=Item.RELEASE_PHOTOGRAPHS)
    with pytest.raises(ReleaseEnded):
        releases.photo_of(cast.femi, key, 1)  # type: ignore[arg-type]
    assert releases.paper_of(cast.femi, key).row.id == key  # type: ignore[arg-type]


@pytest.mark.parametrize("how", ["consent", "recall", "decline", "time", "team"])
def test_a_release_ends(cast: Cast, how: str) -> None:
    told = story.sealed(cast)
    key = released(cast, told)
    if how == "consent":
        for basis in _bases(cast, told):
            case_commands.withdraw_consent(actor=cast.dalia, basis_id=basis)  # type: ignore[arg-type]
    elif how == "recall":
        commands.recall(actor=cast.esther, release_id=key)  # type: ignore[arg-type]
    elif how == "decline":
        commands.decline(actor=cast.femi, release_id=key)  # type: ignore[arg-type]
    elif how == "team":
        case_commands.take_off_team(
            actor=cast.jalil, case_id=told.case.id, account_id=cast.accounts["femi"]
        )  # fmt: skip
    later = clock.now() + timedelta(days=31 if how == "time" else 0)
    with clock.set_to(later), pytest.raises((ReleaseEnded, NotFound)):
        releases.paper_of(cast.femi, key)  # type: ignore[arg-type]


# ---- around --------------------------------------------------------------------------------------------------


def test_her_caseworker_learns_when_she_comes_again_only_if_she_agreed(cast: Cast) -> None:
    from amparo.forensics import queries

    told = story.sealed(cast)
    due = clock.today() + timedelta(days=3)
    key = commands.set_follow_up(
        actor=cast.esther, exam_id=told.exam, due_on=due, need="A check-up", clinical="HIV test"
    )
    said = repr(queries.sections_of_case(cast.dalia, told.case.id))
    assert "A check-up" in said
    assert "HIV" not in said
    assert [one.case_id for one in queries.due_for(cast.esther, due)] == [told.case.id]
    commands.end_follow_up(actor=cast.esther, follow_up_id=key, state=FollowUpState.DONE)
    assert queries.due_for(cast.esther, due) == []
    silent = story.sealed(cast, follow_up=Answer.REFUSED)
    commands.set_follow_up(actor=cast.esther, exam_id=silent.exam, due_on=due, need="A check-up")
    assert queries.sections_of_case(cast.dalia, silent.case.id) == ()


def test_an_examiner_writes_notes_about_the_examination_and_health(cast: Cast) -> None:
    told = story.begun(cast)
    for part in (Compartment.EXAMINATION, Compartment.CLINICAL):
        case_commands.write_note(
            actor=cast.esther, case_id=told.case.id, compartment=part, kind=NoteKind.OBSERVATION, text="Calm"
        )
        with pytest.raises(Refused):
            case_commands.write_note(
                actor=cast.dalia, case_id=told.case.id, compartment=part, kind=NoteKind.OBSERVATION, text="Calm"
            )
    head = case_queries.case_head(cast.esther, told.case.id)
    assert set(case_queries.writable_compartments(cast.esther, head)) == {Compartment.EXAMINATION, Compartment.CLINICAL}


def test_consents_are_never_changed_only_followed(cast: Cast) -> None:
    told = story.agreed(cast)
    commands.withdraw(actor=cast.esther, exam_id=told.exam, item=Item.HISTORY)
    rows = ItemConsent.objects.filter(exam_id=told.exam, item=Item.HISTORY).order_by("seq")
    assert [row.answer for row in rows] == [Answer.GIVEN, Answer.WITHDRAWN]
    assert Release.objects.count() == 0


# ---- what is taken back after sealing ------------------------------------------------------------------------------


def _genital(cast: Cast) -> Story:
    """Sealed and judged, with a finding, a photograph and words of the genital examination."""
    told = story.examined(cast)
    esther, exam = cast.esther, told.exam
    seen = Seen("genital_female", "perineum", type=InjuryType.LACERATION, remark="canary-genital tear")
    finding = commands.record_finding(actor=esther, exam_id=exam, seen=seen)
    commands.add_photo(
        actor=esther, exam_id=exam, finding_id=finding, has_scale=True, caption="canary-genital picture",
        received=story.received(cast, told.case.survivor, story.picture("#804040")),
    )  # fmt: skip
    answers = {"position": "canary-genital on her side"}
    commands.save_section(actor=esther, exam_id=exam, code="genital", answers=answers, done=True)
    commands.seal(actor=esther, exam_id=exam, attested=True, signed_as="Esther Example")
    key = commands.save_opinion(
        actor=esther, exam_id=exam, degrees={3: Degree.TYPICAL}, overall=Degree.TYPICAL,
        basis="canary-genital What was seen", alternatives="A fall",
    )  # fmt: skip
    commands.sign_opinion(actor=esther, opinion_id=key)
    return told


def _said(cast: Cast, told: Story) -> str:
    return _text(report.values(cast.esther, reach.exam(cast.esther, told.exam), EVERYTHING, at=clock.now()))


def test_what_was_taken_back_after_sealing_is_in_no_new_paper(cast: Cast) -> None:
    told = _genital(cast)
    assert "canary-genital tear" in _said(cast, told)
    commands.withdraw(actor=cast.esther, exam_id=told.exam, item=Item.GENITAL)
    said = _said(cast, told)
    assert "canary-genital" not in said
    assert "canary-exam" in said
    assert "taken back; it is left out here" in said
    view = reach.exam(cast.esther, told.exam)
    assert len(report.values(cast.esther, view, EVERYTHING, at=clock.now())["findings"]) == 2  # type: ignore[arg-type]
    # The record itself stays what was sealed, for who examined her.
    assert record.is_whole(view)
    assert len(record.findings(told.exam)) == 3
    assert report.paper(cast.esther, view, EVERYTHING, language="en", at=clock.now(), mark=MARK).startswith(b"%PDF")


def test_a_paper_that_was_given_is_closed_when_a_part_of_it_is_taken_back_and_a_new_one_is_not(cast: Cast) -> None:
    told = _genital(cast)
    key = released(cast, told)
    commands.withdraw(actor=cast.esther, exam_id=told.exam, item=Item.GENITAL)
    for read in (lambda: releases.paper_of(cast.femi, key), lambda: releases.photo_of(cast.femi, key, 1)):  # type: ignore[arg-type]
        with pytest.raises(ReleaseEnded):
            read()
    again = released(cast, told)
    assert releases.paper_of(cast.femi, again).row.id == again  # type: ignore[arg-type]


def test_who_takes_back_that_she_was_examined_gives_nothing_of_it_to_anybody(cast: Cast) -> None:
    told = _genital(cast)
    key = released(cast, told)
    commands.withdraw(actor=cast.esther, exam_id=told.exam, item=Item.EXAMINATION)
    with pytest.raises(ReleaseEnded):
        releases.paper_of(cast.femi, key)  # type: ignore[arg-type]
    with pytest.raises(NoConsentToRelease):
        released(cast, told)


def test_what_is_no_part_of_a_paper_does_not_close_it(cast: Cast) -> None:
    told = _genital(cast)
    key = released(cast, told)
    for item in (Item.CLINICAL, Item.FOLLOW_UP):
        commands.withdraw(actor=cast.esther, exam_id=told.exam, item=item)
    assert releases.paper_of(cast.femi, key).row.id == key  # type: ignore[arg-type]


# ---- words that somebody emptied -----------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["section", "finding", "examphoto", "specimen"])
def test_verifying_names_a_part_whose_words_were_emptied_without_an_erasure(cast: Cast, table: str) -> None:
    """The database lets words go, or nothing could be erased; the ledger does not."""
    told = story.sealed(cast)
    name = f"forensics_{table}"
    column = "details" if table == "examphoto" else "words"
    key = next(model for model in (Section, Finding, ExamPhoto, Specimen) if model._meta.db_table == name)
    row = key.objects.filter(exam_id=told.exam).exclude(**{f"{column}__isnull": True}).earliest("id")
    assert record.is_whole(reach.exam(cast.esther, told.exam))
    assert verifying.verify(checkpoints.verifier_key(), uploads.store()).is_intact
    with connection.cursor() as cursor:
        value = str(row.id) if connection.vendor == "postgresql" else row.id.hex
        cursor.execute(f"UPDATE {name} SET {column} = NULL WHERE id = %s", [value])
    found = verifying.verify(checkpoints.verifier_key(), uploads.store())
    assert not found.is_intact
    assert [one for one in found.findings if str(row.id) in str(one)], found.findings
    assert not record.is_whole(reach.exam(cast.esther, told.exam))
    with pytest.raises(RecordAltered):
        released(cast, told)
