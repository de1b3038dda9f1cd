"""Every read of partners."""

from __future__ import annotations

from amparo.partners.queries.choices import (
    agency_choices,
    facility_choices,
    names_of,
    official_choices,
    unit_choices,
)
from amparo.partners.queries.releases import Verdict, release_allowed, release_verdicts

__all__ = [
    "Verdict",
    "agency_choices",
    "facility_choices",
    "names_of",
    "official_choices",
    "release_allowed",
    "release_verdicts",
    "unit_choices",
]
