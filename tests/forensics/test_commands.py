"""What may be recorded of an examination, by whom, and on what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from amparo.forensics.models import Examination
from amparo.forensics.queries import reach, record
from tests.forensics import story

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_record_is_sealed_whole(cast: Cast) -> None:
    told = story.judged(cast)
    row = Examination.objects.get(pk=told.exam)
    assert row.sealed_at is not None
    assert record.is_whole(reach.exam(cast.esther, told.exam))
