"""Every read of the court room: proceedings, hearings, the calendar and its feed, what is due."""

from __future__ import annotations

from amparo.prosecution.queries.calendar import feed, feeds, month, secret_hash, week
from amparo.prosecution.queries.counted import (
    CountedAppearance,
    CountedCharge,
    CountedHearing,
    CountedStage,
    counted_appearances,
    counted_charges,
    counted_hearings,
    counted_stages,
)
from amparo.prosecution.queries.desk import due_for, headline, marks_of_case, sections_of_case, waiting_for
from amparo.prosecution.queries.file import CHANGE, HEARING_CHANGE, HEARING_SEE, SEE, TELL, local_day, today
from amparo.prosecution.queries.given import (
    Opened,
    charge_for,
    compensation_for,
    hearing_for,
    measure_for,
    new_for,
    open_stages,
    proceeding_for,
    survivor_choices,
    survivors_heard,
    telling_for,
    verdict_for,
    without_news,
    words_of_hearing,
)
from amparo.prosecution.queries.hearing import hearing
from amparo.prosecution.queries.parts import proposals
from amparo.prosecution.queries.proceeding import only_proceeding, proceeding, proceedings
from amparo.prosecution.queries.verdict import verdict

__all__ = [
    "CHANGE",
    "HEARING_CHANGE",
    "HEARING_SEE",
    "SEE",
    "TELL",
    "CountedAppearance",
    "CountedCharge",
    "CountedHearing",
    "CountedStage",
    "Opened",
    "charge_for",
    "compensation_for",
    "counted_appearances",
    "counted_charges",
    "counted_hearings",
    "counted_stages",
    "due_for",
    "feed",
    "feeds",
    "headline",
    "hearing",
    "hearing_for",
    "local_day",
    "marks_of_case",
    "measure_for",
    "month",
    "new_for",
    "only_proceeding",
    "open_stages",
    "proceeding",
    "proceeding_for",
    "proceedings",
    "proposals",
    "secret_hash",
    "sections_of_case",
    "survivor_choices",
    "survivors_heard",
    "telling_for",
    "today",
    "verdict",
    "verdict_for",
    "waiting_for",
    "week",
    "without_news",
    "words_of_hearing",
]
