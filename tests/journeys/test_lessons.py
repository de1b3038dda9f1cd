"""A lesson of an operation becomes a proposed answer, and nothing of the operation comes with it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from amparo.journeys import lessons
from amparo.kernel.errors import NotFound, Refused
from amparo.operations import queries
from amparo.operations.errors import TakenUpAlready
from amparo.operations.models import Lesson
from amparo.strengthening.models import PracticeAnswer, PracticeFile
from amparo.strengthening.words import Answer
from amparo.vault import sealing
from tests.cast import Cast
from tests.operations import story
from tests.partners import partners

pytestmark = pytest.mark.django_db


def test_a_lesson_becomes_a_proposed_answer_of_a_unit(cast: Cast) -> None:
    story.debriefed(cast, "The unit waited for an order")
    unit = partners.everything(cast).unit
    lesson = Lesson.objects.get()
    item = lessons.item_choices()[0][0]
    client = cast.client("oksana")
    assert "The unit waited for an order" in client.get(reverse("journeys:lessons")).content.decode()
    assert "Lessons of operations wait" in client.get(reverse("desk:today")).content.decode()
    answer = client.post(
        reverse("journeys:take_up", args=[lesson.id]), {"unit_id": str(unit), "item": item, "answer": "no"}
    )
    file = PracticeFile.objects.get()
    assert answer.headers["Location"] == reverse("strengthening:file", args=[file.id])
    assert (file.unit_id, file.case_id) == (unit, None)
    row = PracticeAnswer.objects.get()
    assert (row.item, row.proposed) == (item, Answer.NO)
    assert sealing.open_row(row, "reason").text("reason") == "The unit waited for an order"
    assert queries.lessons_open(cast.oksana) == []


def test_a_lesson_is_taken_up_once_or_not_at_all(cast: Cast) -> None:
    story.debriefed(cast)
    unit = partners.everything(cast).unit
    key, item = Lesson.objects.get().id, lessons.item_choices()[0][0]
    how = {"lesson_id": key, "unit_id": unit, "item": item, "answer": Answer.NO}
    lessons.take_up(actor=cast.oksana, **how)
    with pytest.raises(TakenUpAlready):
        lessons.take_up(actor=cast.oksana, **how)
    assert PracticeFile.objects.count() == 1


@pytest.mark.parametrize("name", ["chandra", "jalil", "pedro", "iris"])
def test_nobody_else_reads_the_lessons(cast: Cast, name: str) -> None:
    story.debriefed(cast)
    unit = partners.everything(cast).unit
    assert cast.client(name).get(reverse("journeys:lessons")).status_code == 403
    assert cast.client(name).get(reverse("journeys:take_up", args=[Lesson.objects.get().id])).status_code == 404
    how = {"lesson_id": Lesson.objects.get().id, "unit_id": unit, "item": "x", "answer": Answer.NO}
    with pytest.raises((NotFound, Refused)):
        lessons.take_up(actor=cast.actor(name), **how)
