"""Every read of kits."""

from __future__ import annotations

from amparo.kits.queries.alarms import due_for, waiting_for
from amparo.kits.queries.asking import about_draft, about_step, any_kit, check_stock, code_of, stock_crumbs
from amparo.kits.queries.boards import Board, Chosen, board, crumbs
from amparo.kits.queries.case import marks_of_case, sections_of_case, status_page, waiting_in_case
from amparo.kits.queries.choosing import kit_choices, kits_coming, kits_expired
from amparo.kits.queries.finding import find_by_code, find_request_by_code
from amparo.kits.queries.hers import kits_of_hers
from amparo.kits.queries.page import acts_of, crumbs_of, kit_page
from amparo.kits.queries.reach import (
    ASK,
    CHOICE,
    GIVE,
    ISSUE,
    MANAGE,
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
from amparo.kits.queries.requests import Laboratories, laboratories, readers_for, request_page
from amparo.kits.queries.shelves import Stock, stock, stock_page
from amparo.kits.queries.status import KitStatus, status_by_number

__all__ = [
    "ASK",
    "CHOICE",
    "GIVE",
    "ISSUE",
    "MANAGE",
    "SEE",
    "Board",
    "Chosen",
    "KitStatus",
    "Laboratories",
    "Stock",
    "about_draft",
    "about_step",
    "acts_of",
    "any_kit",
    "board",
    "check_stock",
    "code_of",
    "crumbs",
    "crumbs_of",
    "due_for",
    "facility_choices",
    "facility_names",
    "find_by_code",
    "find_request_by_code",
    "in_custody",
    "kit_choices",
    "kit_page",
    "kits_coming",
    "kits_expired",
    "kits_of_hers",
    "laboratories",
    "laboratory_choices",
    "live_number",
    "load_request",
    "load_stock",
    "load_used",
    "marks_of_case",
    "number_hash",
    "readers_for",
    "request_page",
    "sections_of_case",
    "serial_token",
    "stand_of",
    "status_by_number",
    "status_page",
    "stock",
    "stock_crumbs",
    "stock_page",
    "waiting_for",
    "waiting_in_case",
]
