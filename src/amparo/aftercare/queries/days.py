"""The present day, as the reader's office has it."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from amparo.kernel import clock


def today() -> date:
    return clock.now().astimezone(timezone.get_current_timezone()).date()
