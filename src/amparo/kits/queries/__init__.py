"""Every read of kits."""

from __future__ import annotations

from amparo.kits.queries.reach import (
    CHOICE,
    SEE,
    facility_choices,
    facility_names,
    in_custody,
    laboratory_choices,
    live_number,
    load_request,
    load_stock,
    load_used,
    number_hash,
    serial_token,
    stand_of,
)
from amparo.kits.queries.status import KitStatus, status_by_number
from amparo.kits.queries.stock import kit_choices

__all__ = [
    "CHOICE",
    "SEE",
    "KitStatus",
    "facility_choices",
    "facility_names",
    "in_custody",
    "kit_choices",
    "laboratory_choices",
    "live_number",
    "load_request",
    "load_stock",
    "load_used",
    "number_hash",
    "serial_token",
    "stand_of",
    "status_by_number",
]
