"""Every read of evidence."""

from __future__ import annotations

from amparo.evidence.queries.items import (
    chain_of,
    choices_of_case,
    crumbs_of_case,
    crumbs_of_item,
    due_for,
    file_of,
    head_to_register,
    items_of_case,
    lifted_file,
    listing,
    listing_of_case,
    load_item,
    marks_of_case,
    receivers,
    reception,
    seal_token,
    sections_of_case,
    waiting_for,
    witnesses,
)
from amparo.evidence.queries.page import item_page, possible_kinds

__all__ = [
    "chain_of",
    "choices_of_case",
    "crumbs_of_case",
    "crumbs_of_item",
    "due_for",
    "file_of",
    "head_to_register",
    "item_page",
    "items_of_case",
    "lifted_file",
    "listing",
    "listing_of_case",
    "load_item",
    "marks_of_case",
    "possible_kinds",
    "receivers",
    "reception",
    "seal_token",
    "sections_of_case",
    "waiting_for",
    "witnesses",
]
