"""A message that is sent while its report is being accepted is seen by who works on it then, and by nobody else."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import transaction

from amparo.access.actors import report_site
from amparo.intake import commands as intake
from amparo.intake.models import Message, Report, ReportNote
from amparo.kernel.errors import AppError
from tests.cast import Cast
from tests.other import Other
from tests.reporting.stranger import Stranger

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def report(stranger: Stranger) -> UUID:
    stranger.tell(text="Something happened.")
    stranger.take_code()
    key: UUID = Report.objects.get().id
    return key


def _write(cast: Cast, report: UUID) -> None:
    intake.receive_message(actor=report_site(cast.office), report_id=report, text="Are you still there?")


def _accept(cast: Cast, report: UUID, case: UUID) -> None:
    intake.accept(actor=cast.jalil, report_id=report, case_id=case, is_new=False)


def test_a_message_that_comes_while_its_report_is_accepted_goes_to_the_case(cast: Cast, report: UUID) -> None:
    case = cast.case().id
    with transaction.atomic():
        _accept(cast, report, case)
        other = Other(lambda: _write(cast, report))
        assert other.is_waiting()
    other.end()
    message = Message.objects.get()
    assert (message.case_id, message.handed_at) == (case, Report.objects.get().handed_at)
    assert message.handed_at is not None


def test_a_message_that_began_before_its_report_was_accepted_is_handed_over_with_it(cast: Cast, report: UUID) -> None:
    case = cast.case().id
    with transaction.atomic():
        _write(cast, report)
        other = Other(lambda: _accept(cast, report, case))
        assert other.is_waiting()
    other.end()
    message = Message.objects.get()
    assert (message.case_id, message.handed_at) == (case, Report.objects.get().handed_at)
    assert message.handed_at is not None


def test_a_note_that_comes_while_its_report_is_accepted_is_refused_or_handed_over(cast: Cast, report: UUID) -> None:
    case = cast.case().id
    with transaction.atomic():
        _accept(cast, report, case)
        other = Other(lambda: intake.add_note(actor=cast.amina, report_id=report, text="She called."))
        assert other.is_waiting()
    with pytest.raises(AppError):
        other.end()
    assert not ReportNote.objects.filter(handed_at=None).exists()
