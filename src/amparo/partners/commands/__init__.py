"""Every write of partners."""

from __future__ import annotations

from amparo.partners.commands.agencies import add_agency, add_unit, change_agency, change_unit, move_agency, move_unit
from amparo.partners.commands.agreements import (
    add_paper,
    change_agreement,
    end_agreement,
    make_agreement,
    open_paper,
    review_agreement,
)
from amparo.partners.commands.capacity import report_capacity, withdraw_report
from amparo.partners.commands.facilities import (
    add_facility,
    change_facility,
    move_facility,
    open_address,
    set_address,
    verify_facility,
)
from amparo.partners.commands.officials import (
    add_official,
    change_official,
    end_post,
    erase_official,
    make_file,
    take_post,
)

__all__ = [
    "add_agency",
    "add_facility",
    "add_official",
    "add_paper",
    "add_unit",
    "change_agency",
    "change_agreement",
    "change_facility",
    "change_official",
    "change_unit",
    "end_agreement",
    "end_post",
    "erase_official",
    "make_agreement",
    "make_file",
    "move_agency",
    "move_facility",
    "move_unit",
    "open_address",
    "open_paper",
    "report_capacity",
    "review_agreement",
    "set_address",
    "take_post",
    "verify_facility",
    "withdraw_report",
]
