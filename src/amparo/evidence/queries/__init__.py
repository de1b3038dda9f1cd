"""Every read of evidence."""

from __future__ import annotations

from amparo.evidence.queries.finding import find_by_code
from amparo.evidence.queries.items import (
    ItemLine,
    chain_of,
    choices_of_case,
    codes_of,
    crumbs_of_case,
    crumbs_of_item,
    file_of,
    fingerprint_of,
    head_to_register,
    item_to_give,
    items_of_case,
    lifted_file,
    listing,
    listing_of_case,
    load_item,
    marks_of_case,
    may_give,
    receivers,
    reception,
    seal_token,
    sections_of_case,
    waits_for_her,
    witnesses,
)
from amparo.evidence.queries.page import item_page, possible_kinds
from amparo.evidence.queries.waiting import due_for, waiting_for, waits_for_second

__all__ = [
    "ItemLine",
    "chain_of",
    "choices_of_case",
    "codes_of",
    "crumbs_of_case",
    "crumbs_of_item",
    "due_for",
    "file_of",
    "find_by_code",
    "fingerprint_of",
    "head_to_register",
    "item_page",
    "item_to_give",
    "items_of_case",
    "lifted_file",
    "listing",
    "listing_of_case",
    "load_item",
    "marks_of_case",
    "may_give",
    "possible_kinds",
    "receivers",
    "reception",
    "seal_token",
    "sections_of_case",
    "waiting_for",
    "waits_for_her",
    "waits_for_second",
    "witnesses",
]
