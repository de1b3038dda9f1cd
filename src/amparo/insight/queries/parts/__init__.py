"""The blocks of pages: the funnel, reasons, groups, curves, outcomes, months and districts."""

from __future__ import annotations

from amparo.insight.queries.guarding import EVERY_SUSPECT
from amparo.insight.queries.parts.curves import days_said, in_groups, interval, thinned, waiting
from amparo.insight.queries.parts.endings import CONVICTED, endings, shown_endings
from amparo.insight.queries.parts.funnel import funnel, hidden_steps, steps, years
from amparo.insight.queries.parts.groups import groups
from amparo.insight.queries.parts.outcomes import TOLD, outcomes
from amparo.insight.queries.parts.places import districts, months
from amparo.insight.queries.parts.saying import (
    cases_alone,
    definition,
    links,
    not_with_filter,
    nothing,
    too_few,
    why_hidden,
)

__all__ = [
    "CONVICTED",
    "EVERY_SUSPECT",
    "TOLD",
    "cases_alone",
    "days_said",
    "definition",
    "districts",
    "endings",
    "funnel",
    "groups",
    "hidden_steps",
    "in_groups",
    "interval",
    "links",
    "months",
    "not_with_filter",
    "nothing",
    "outcomes",
    "shown_endings",
    "steps",
    "thinned",
    "too_few",
    "waiting",
    "why_hidden",
    "years",
]
