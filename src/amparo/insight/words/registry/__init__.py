"""The registry of indicators: each defined once, as data, and read by pages, downloads, reports and tests alike.

A number is what its selection of lines says, and so are the rows behind it: there is no second definition that could
disagree with the first.
"""

from __future__ import annotations

from amparo.insight.words import Result
from amparo.insight.words.registry.attrition import ATTRITION
from amparo.insight.words.registry.courts import COURTS
from amparo.insight.words.registry.durations import DURATIONS
from amparo.insight.words.registry.people import PEOPLE
from amparo.insight.words.registry.shapes import (
    PAGE_LABELS,
    Counted,
    Disposition,
    Indicator,
    Measure,
    Outcomes,
    Page,
    Pending,
    Selection,
    Share,
    Waiting,
)
from amparo.insight.words.registry.systems import RESTORATION, SYSTEM

INDICATORS: dict[str, Indicator] = {
    one.id: one for one in (*PEOPLE, *ATTRITION, *DURATIONS, *COURTS, *RESTORATION, *SYSTEM)
}
RESULT_ORDER = (Result.CONVICTED, Result.ACQUITTED, Result.LEFT)

__all__ = [
    "ATTRITION",
    "COURTS",
    "DURATIONS",
    "INDICATORS",
    "PAGE_LABELS",
    "PEOPLE",
    "RESTORATION",
    "RESULT_ORDER",
    "SYSTEM",
    "Counted",
    "Disposition",
    "Indicator",
    "Measure",
    "Outcomes",
    "Page",
    "Pending",
    "Selection",
    "Share",
    "Waiting",
]
