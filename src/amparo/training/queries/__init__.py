"""Every read of training."""

from __future__ import annotations

from amparo.training.queries.counts import (
    DEFINITION,
    TrainedRow,
    counted_trained,
    distinct,
    people_trained_rows,
    urls_of_enrolments,
    visible_enrolment_ids,
)
from amparo.training.queries.people import Attended, due_for, history_of, waiting_for

__all__ = [
    "DEFINITION",
    "Attended",
    "TrainedRow",
    "counted_trained",
    "distinct",
    "due_for",
    "history_of",
    "people_trained_rows",
    "urls_of_enrolments",
    "visible_enrolment_ids",
    "waiting_for",
]
