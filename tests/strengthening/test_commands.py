from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.urls import reverse

from amparo.kernel import clock, ids
from amparo.kernel.errors import NotFound, Refused
from amparo.ledger.models import Entry
from amparo.staff import commands as staff
from amparo.staff.queries import settings as held
from amparo.staff.words import Number
from amparo.strengthening import commands, queries
from amparo.strengthening.errors import (
    AssessedAlready,
    ChecklistLacks,
    FileTwice,
    InFuture,
    NobodyMentored,
    NoCommitment,
    NoEvidence,
    NoProvenance,
    NoSuchItem,
    NotAllAnswered,
    NothingObserved,
    OutOfOrder,
    PeriodsOverlap,
    PeriodValidated,
    SheetTooSmall,
    StillOpen,
    WrongState,
)
from amparo.strengthening.models import (
    MentoringContact,
    PracticeAnswer,
    Pseudonym,
    ReformProject,
    ScoreObservation,
)
from amparo.strengthening.queries import practice
from amparo.strengthening.words import (
    Answer,
    EvidenceKind,
    Measure,
    Method,
    Occasion,
    Progress,
    ReformEvent,
    ReformState,
    Withdrawn,
)
from amparo.vault import sealing
from tests.cast import Cast
from tests.strengthening import story

pytestmark = pytest.mark.django_db


def last_verb() -> str:
    return str(Entry.objects.order_by("-index").values_list("verb", flat=True).first())


class TestMentoring:
    def test_a_contact_goes_from_plan_to_review(self, cast: Cast) -> None:
        key = story.contact(cast, story.station(cast), "bruno")
        commands.do_contact(
            actor=cast.bruno,
            contact_id=key,
            on=clock.today(),
            done="ओपन प्रश्न",
            next_step="Again",
            next_on=clock.today(),
        )
        commands.review_contact(actor=cast.oksana, contact_id=key, progress=Progress.WITH_HELP, review="Better")
        row = MentoringContact.objects.get(pk=key)
        assert (row.state, row.progress, row.mentor_id) == ("reviewed", "with_help", cast.accounts["bruno"])
        assert sealing.open_row(row, "done").text("done") == "ओपन प्रश्न"
        assert last_verb() == "mentoring.reviewed"

    def test_somebody_is_mentored(self, cast: Cast) -> None:
        with pytest.raises(NobodyMentored):
            story.contact(cast, story.station(cast), unit_id=None, official_id=None)

    def test_what_is_to_come_is_not_done_yet(self, cast: Cast) -> None:
        key = story.contact(cast, story.station(cast))
        with pytest.raises(InFuture):
            commands.do_contact(actor=cast.oksana, contact_id=key, on=clock.today() + timedelta(days=1), done="x")

    def test_a_lawyer_changes_her_own_contacts_alone(self, cast: Cast) -> None:
        key = story.contact(cast, story.station(cast), "bruno")
        with pytest.raises(Refused):
            commands.cancel_contact(actor=cast.chandra, contact_id=key)
        commands.cancel_contact(actor=cast.oksana, contact_id=key)

    def test_only_a_trainer_reviews(self, cast: Cast) -> None:
        key = story.contact(cast, story.station(cast), "bruno")
        commands.do_contact(actor=cast.bruno, contact_id=key, on=clock.today(), done="x")
        with pytest.raises(Refused):
            commands.review_contact(actor=cast.bruno, contact_id=key, progress=Progress.ALONE, review="")

    def test_a_case_gets_one_pseudonym(self, cast: Cast) -> None:
        case, where = cast.case(), story.station(cast)
        story.contact(cast, where, "bruno", case_id=case.id)
        story.contact(cast, where, "chandra", case_id=case.id)
        code = Pseudonym.objects.get(case_id=case.id).code
        key = story.contact(cast, where, "oksana", pseudonym=code)
        assert MentoringContact.objects.get(pk=key).case_id == case.id

    def test_a_trainer_can_not_name_a_case_that_she_does_not_see(self, cast: Cast) -> None:
        case, where = cast.case(), story.station(cast)
        with pytest.raises(NotFound):
            story.contact(cast, where, "oksana", case_id=case.id)
        with pytest.raises(NotFound):
            story.contact(cast, where, "oksana", pseudonym="PS-000-000")

    def test_a_unit_that_is_not_there_is_missing(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            story.contact(cast, story.station(cast), unit_id=ids.new_id())

    @pytest.mark.parametrize("who", ["dalia", "jalil", "kofi", "pedro", "iris", "amina", "femi"])
    def test_who_does_not_mentor_plans_nothing(self, cast: Cast, who: str) -> None:
        with pytest.raises(Refused):
            story.contact(cast, story.station(cast), who)


class TestPractice:
    def test_an_answer_is_given_anew_with_one_press(self, cast: Cast) -> None:
        where = story.station(cast)
        key = commands.open_file(actor=cast.dalia, unit_id=where.unit, on=clock.today())
        for answer in (Answer.NO, Answer.YES):
            commands.answer_item(actor=cast.dalia, file_id=key, item="kit_sent", answer=answer)
        assert PracticeAnswer.objects.get(file_id=key).answer == "yes"
        assert last_verb() == "practice.answered"

    def test_an_item_that_the_checklist_lacks_is_refused(self, cast: Cast) -> None:
        key = commands.open_file(actor=cast.oksana, unit_id=story.station(cast).unit, on=clock.today())
        with pytest.raises(NoSuchItem):
            commands.answer_item(actor=cast.oksana, file_id=key, item="beauty", answer=Answer.YES)

    def test_a_file_counts_when_every_item_is_answered(self, cast: Cast) -> None:
        where = story.station(cast)
        key = story.observed(cast, where.unit, clock.today(), complete=False)
        PracticeAnswer.objects.filter(file_id=key, item="kit_sent").delete()
        with pytest.raises(NotAllAnswered):
            commands.complete_file(actor=cast.oksana, file_id=key)
        assert queries.practice_rows(cast.oksana) == []
        commands.answer_item(actor=cast.oksana, file_id=key, item="kit_sent", answer=Answer.NA)
        commands.complete_file(actor=cast.oksana, file_id=key)
        (row,) = queries.practice_rows(cast.oksana, unit_id=where.unit)
        assert (row.score.yes, row.score.applicable, row.validated) == (10, 10, False)

    def test_a_complete_file_is_opened_before_it_is_corrected(self, cast: Cast) -> None:
        key = story.observed(cast, story.station(cast).unit, clock.today())
        with pytest.raises(WrongState):
            commands.answer_item(actor=cast.oksana, file_id=key, item="kit_sent", answer=Answer.NO)
        commands.reopen_file(actor=cast.oksana, file_id=key)
        commands.answer_item(actor=cast.oksana, file_id=key, item="kit_sent", answer=Answer.NO)

    def test_one_case_is_observed_once_at_a_time_for_a_unit(self, cast: Cast) -> None:
        case, where = cast.case(), story.station(cast)
        commands.open_file(actor=cast.bruno, unit_id=where.unit, on=clock.today(), case_id=case.id)
        with pytest.raises(FileTwice):
            commands.open_file(actor=cast.chandra, unit_id=where.unit, on=clock.today(), case_id=case.id)

    def test_a_caseworker_answers_in_her_own_files_alone(self, cast: Cast) -> None:
        key = commands.open_file(actor=cast.bruno, unit_id=story.station(cast).unit, on=clock.today())
        with pytest.raises(Refused):
            commands.answer_item(actor=cast.dalia, file_id=key, item="kit_sent", answer=Answer.NO)
        commands.answer_item(actor=cast.oksana, file_id=key, item="kit_sent", answer=Answer.NO)

    def test_a_barred_colleague_does_not_find_the_file_of_the_case(self, cast: Cast) -> None:
        from amparo.access import commands as access

        case = cast.case()
        key = commands.open_file(actor=cast.bruno, unit_id=story.station(cast).unit, on=clock.today(), case_id=case.id)
        assert practice.file_view(cast.oksana, key)
        access.set_bar(
            actor=cast.jalil,
            account_id=cast.accounts["oksana"],
            office_id=cast.office,
            case_id=case.id,
            reason="x" * 20,
        )
        with pytest.raises(NotFound):
            practice.file_view(cast.oksana, key)
        assert not practice.visible_files(cast.oksana).exists()

    def test_a_proposal_is_no_answer(self, cast: Cast) -> None:
        where = story.station(cast)
        key = commands.propose_observation(
            actor=cast.oksana, case_id=None, unit_id=where.unit, item="kit_sent", reason="It stayed on the shelf"
        )
        row = PracticeAnswer.objects.get(file_id=key)
        assert (row.answer, row.proposed) == ("", "no")
        line = next(
            line
            for group in practice.file_view(cast.oksana, key).groups
            for line in group.lines
            if line.key == "kit_sent"
        )
        assert line.reason == "It stayed on the shelf"
        assert [choice.code for choice in line.choices if choice.proposed] == ["no"]
        assert not any(choice.chosen for choice in line.choices)

    def test_a_proposal_joins_the_file_of_its_case(self, cast: Cast) -> None:
        case, where = cast.case(), story.station(cast)
        key = commands.open_file(actor=cast.bruno, unit_id=where.unit, on=clock.today(), case_id=case.id)
        commands.answer_item(actor=cast.bruno, file_id=key, item="kit_sent", answer=Answer.YES)
        again = commands.propose_observation(
            actor=cast.bruno, case_id=case.id, unit_id=where.unit, item="kit_sent", reason="Late"
        )
        assert again == key
        assert PracticeAnswer.objects.get(file_id=key).answer == "yes"

    def test_a_row_that_is_neither_answer_nor_proposal_is_refused_by_the_database(self, cast: Cast) -> None:
        story.observed(cast, story.station(cast).unit, clock.today())
        with pytest.raises(IntegrityError):
            PracticeAnswer.objects.update(answer="", proposed="")

    def test_own_items_are_asked_in_new_files_and_not_in_old_ones(self, cast: Cast) -> None:
        where = story.station(cast)
        old = story.observed(cast, where.unit, clock.today(), complete=False)
        text = queries.standard_text().replace("version = 1", "version = 2")
        with pytest.raises(ChecklistLacks):
            commands.extend_checklist(actor=cast.oksana, text=text.replace("kit_sent", "kit_gone"))
        own = '\n[[item]]\nkey = "own"\ndomain = "data"\ntext = "तालिका भरी गई"\n'
        commands.extend_checklist(actor=cast.oksana, text=text + own)
        commands.complete_file(actor=cast.oksana, file_id=old)
        new = commands.open_file(actor=cast.oksana, unit_id=where.unit, on=clock.today())
        labels = [line.text for group in practice.file_view(cast.oksana, new).groups for line in group.lines]
        assert "तालिका भरी गई" in labels

    def test_nobody_but_a_trainer_changes_the_checklist(self, cast: Cast) -> None:
        for who in ("kofi", "pedro", "bruno"):
            with pytest.raises(Refused):
                commands.extend_checklist(actor=cast.actor(who), text="")


class TestFeedback:
    def test_what_the_unit_agreed_to_is_not_changed_any_more(self, cast: Cast) -> None:
        where, day = story.station(cast), story.days_ago(20)
        file = story.observed(cast, where.unit, day)
        sheet = commands.draft_sheet(
            actor=cast.oksana, unit_id=where.unit, from_on=story.days_ago(30), until_on=story.days_ago(10)
        )
        commands.reopen_file(actor=cast.oksana, file_id=file)
        with pytest.raises(StillOpen):
            commands.validate_sheet(
                actor=cast.oksana, sheet_id=sheet, on=clock.today(), validated_with="Inspector", comment=""
            )
        commands.complete_file(actor=cast.oksana, file_id=file)
        commands.validate_sheet(
            actor=cast.oksana, sheet_id=sheet, on=clock.today(), validated_with="Inspector", comment="True"
        )
        with pytest.raises(PeriodValidated):
            commands.reopen_file(actor=cast.oksana, file_id=file)
        with pytest.raises(PeriodValidated):
            commands.open_file(actor=cast.oksana, unit_id=where.unit, on=day)
        assert queries.practice_rows(cast.pedro)[0].validated

    def test_periods_of_one_unit_do_not_overlap(self, cast: Cast) -> None:
        where, other = story.station(cast), story.station(cast, "Other Station")
        for unit in (where.unit, other.unit):
            story.observed(cast, unit, story.days_ago(20))
        period = {"from_on": story.days_ago(30), "until_on": story.days_ago(10)}
        commands.draft_sheet(actor=cast.oksana, unit_id=where.unit, **period)
        commands.draft_sheet(actor=cast.oksana, unit_id=other.unit, **period)
        with pytest.raises(PeriodsOverlap):
            commands.draft_sheet(
                actor=cast.oksana, unit_id=where.unit, from_on=story.days_ago(10), until_on=clock.today()
            )

    def test_a_period_without_files_has_no_sheet(self, cast: Cast) -> None:
        where = story.station(cast)
        with pytest.raises(NothingObserved):
            commands.draft_sheet(
                actor=cast.oksana, unit_id=where.unit, from_on=story.days_ago(5), until_on=clock.today()
            )

    def test_few_files_are_never_published(self, cast: Cast) -> None:
        where = story.station(cast)
        for number in range(11):
            story.observed(cast, where.unit, story.days_ago(number + 1))
        sheet = commands.draft_sheet(
            actor=cast.oksana, unit_id=where.unit, from_on=story.days_ago(10), until_on=clock.today()
        )
        told = {"on": clock.today(), "validated_with": "Inspector", "comment": ""}
        commands.validate_sheet(actor=cast.oksana, sheet_id=sheet, **told)
        with pytest.raises(SheetTooSmall):
            commands.publish_sheet(actor=cast.kofi, sheet_id=sheet)
        with pytest.raises(Refused):
            commands.publish_sheet(actor=cast.oksana, sheet_id=sheet)

    def test_how_many_files_are_enough_is_the_setting_of_the_organisation(self, cast: Cast) -> None:
        staff.set_numbers(actor=cast.jalil, expected=0, numbers=held.numbers() | {Number.LEAST_SHOWN: 14})
        where = story.station(cast)
        for number in range(13):
            story.observed(cast, where.unit, story.days_ago(number + 1))
        sheet = commands.draft_sheet(
            actor=cast.oksana, unit_id=where.unit, from_on=story.days_ago(20), until_on=clock.today()
        )
        told = {"on": clock.today(), "validated_with": "Inspector", "comment": ""}
        commands.validate_sheet(actor=cast.oksana, sheet_id=sheet, **told)
        with pytest.raises(SheetTooSmall) as refused:
            commands.publish_sheet(actor=cast.kofi, sheet_id=sheet)
        assert refused.value.fields["least"] == 14
        said = cast.client("kofi").get(reverse("strengthening:sheet", args=[sheet])).content.decode()
        assert "Fewer than 14 files" in said


class TestAssessments:
    def test_a_unit_is_assessed_once_at_each_point_in_order(self, cast: Cast) -> None:
        unit = story.station(cast).unit
        story.assessed(cast, unit, Occasion.BASELINE, story.days_ago(300))
        with pytest.raises(AssessedAlready):
            story.assessed(cast, unit, Occasion.BASELINE, story.days_ago(200))
        with pytest.raises(OutOfOrder):
            story.assessed(cast, unit, Occasion.END, story.days_ago(300))
        story.assessed(cast, unit, Occasion.END, story.days_ago(10), 3)
        assert last_verb() == "unit.assessed"

    @pytest.mark.parametrize("who", ["kofi", "pedro", "bruno", "jalil", "iris"])
    def test_only_a_trainer_assesses(self, cast: Cast, who: str) -> None:
        unit = story.station(cast).unit
        with pytest.raises(Refused):
            commands.assess_unit(
                actor=cast.actor(who), unit_id=unit, occasion=Occasion.END, on=clock.today(), levels={}, notes={},
                assessors="x",
            )  # fmt: skip


class TestReform:
    def test_a_reform_is_agreed_on_evidence_and_lasts_or_lapses(self, cast: Cast) -> None:
        where = story.station(cast)
        project = story.reform(cast, where)
        commitment = {"on": story.days_ago(400), "commitment": "Kits leave within a week", "committed_by": "Chief"}
        with pytest.raises(NoEvidence):
            commands.agree_reform(actor=cast.kofi, project_id=project, **commitment)
        file = story.observed(cast, where.unit, story.days_ago(410))
        for _time in range(2):
            commands.link_evidence(actor=cast.oksana, project_id=project, kind=EvidenceKind.FILE, thing_id=file)
        with pytest.raises(NoCommitment):
            commands.agree_reform(actor=cast.kofi, project_id=project, **(commitment | {"commitment": " "}))
        commands.agree_reform(actor=cast.kofi, project_id=project, **commitment)
        for event, ago in ((ReformEvent.BEGIN, 390), (ReformEvent.ADOPT, 380)):
            commands.move_reform(
                actor=cast.oksana, project_id=project, event=event, on=story.days_ago(ago), note="An order"
            )
        for _look in range(2):
            commands.check_reform(actor=cast.oksana, project_id=project, on=clock.today(), holds=True, note="Seen")
        row = ReformProject.objects.get(pk=project)
        assert (row.state, row.check_on, row.checks) == (ReformState.SUSTAINED, None, 2)
        with pytest.raises(WrongState):
            commands.check_reform(actor=cast.oksana, project_id=project, on=clock.today(), holds=True, note="Seen")

    def test_evidence_is_something_that_is_there(self, cast: Cast) -> None:
        project = story.reform(cast, story.station(cast))
        with pytest.raises(NotFound):
            commands.link_evidence(
                actor=cast.oksana, project_id=project, kind=EvidenceKind.SHEET, thing_id=ids.new_id()
            )

    def test_to_a_supervisor_a_reform_is_missing(self, cast: Cast) -> None:
        project = story.reform(cast, story.station(cast))
        with pytest.raises(NotFound):
            commands.move_reform(
                actor=cast.jalil, project_id=project, event=ReformEvent.LAPSE, on=clock.today(), note="x"
            )


class TestScorecard:
    @pytest.mark.parametrize(
        "gap", [{"source": ""}, {"n": None}, {"method": ""}, {"place": " "}, {"from_on": None}, {"until_on": None}]
    )
    def test_an_observation_without_its_origin_is_refused(self, cast: Cast, gap: dict[str, object]) -> None:
        with pytest.raises(NoProvenance):
            commands.enter_score(actor=cast.pedro, measured=story.measured(**gap))
        assert not ScoreObservation.objects.exists()

    def test_periods_of_one_series_do_not_overlap(self, cast: Cast) -> None:
        commands.enter_score(actor=cast.pedro, measured=story.measured())
        again = story.measured(
            occasion=Occasion.END, indicator="  would report TO the police", place="lakeside",
            from_on=date(2024, 4, 30), until_on=date(2024, 6, 1),
        )  # fmt: skip
        with pytest.raises(PeriodsOverlap):
            commands.enter_score(actor=cast.pedro, measured=again)
        commands.enter_score(actor=cast.pedro, measured=story.measured(measure=Measure.RELIANCE))

    def test_a_withdrawn_value_stays_and_makes_room(self, cast: Cast) -> None:
        key = commands.enter_score(actor=cast.oksana, measured=story.measured())
        commands.withdraw_score(actor=cast.kofi, score_id=key, reason=Withdrawn.WRONG)
        assert queries.scorecard_rows(cast.kofi) == []
        commands.enter_score(actor=cast.oksana, measured=story.measured(value=Decimal(30)))
        assert ScoreObservation.objects.count() == 2

    def test_what_was_written_comes_back(self, cast: Cast) -> None:
        commands.enter_score(actor=cast.pedro, measured=story.measured(place="ហាងគំរូ", method=Method.STAKEHOLDERS))
        (row,) = queries.scorecard_rows(cast.pedro, place="ហាងគំរូ")
        assert (row.value, row.n, row.place) == (Decimal(31), 420, "ហាងគំរូ")

    @pytest.mark.parametrize("who", ["bruno", "dalia", "jalil", "iris", "lina"])
    def test_who_sees_a_part_of_the_programme_does_not_see_the_scorecard(self, cast: Cast, who: str) -> None:
        commands.enter_score(actor=cast.pedro, measured=story.measured())
        assert queries.scorecard_rows(cast.actor(who)) == []


def test_no_word_is_in_the_ledger(cast: Cast) -> None:
    where = story.station(cast)
    key = story.contact(cast, where, "bruno", aim="canary-aim")
    commands.do_contact(actor=cast.bruno, contact_id=key, on=clock.today(), done="canary-done")
    commands.enter_score(actor=cast.pedro, measured=story.measured(source="canary-source"))
    commands.propose_observation(
        actor=cast.oksana, case_id=None, unit_id=where.unit, item="kit_sent", reason="canary-reason"
    )
    assert "canary" not in "".join(str(row) for row in Entry.objects.values())
