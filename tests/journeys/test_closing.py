"""Closing asks every room that has something to settle."""

from __future__ import annotations

import pytest

from amparo.cases import queries as cases
from amparo.journeys import closing
from tests.cast import Cast
from tests.forensics import story

pytestmark = pytest.mark.django_db


def open_points(cast: Cast, case_id: object) -> set[str]:
    points = closing.checklist(cases.case_head(cast.jalil, case_id))  # type: ignore[arg-type]
    return {check.code for check in points.checks if not check.met}


def test_an_examination_that_was_begun_is_sealed_before_its_case_is_closed(cast: Cast) -> None:
    told = story.examined(cast)
    assert "examinations_sealed" in open_points(cast, told.case.id)


def test_a_sealed_examination_holds_no_case_open(cast: Cast) -> None:
    told = story.sealed(cast)
    assert "examinations_sealed" not in open_points(cast, told.case.id)
