"""Every read of referrals and releases."""

from __future__ import annotations

from amparo.referrals.queries.board import BoardFilter, board, board_choices
from amparo.referrals.queries.case import (
    case_page,
    closing_checks,
    marks_of_case,
    open_in_case,
    releases_open_in_case,
    resting_on,
    sections_of_case,
)
from amparo.referrals.queries.desk import due_for, waiting_for
from amparo.referrals.queries.finding import find_by_code, find_release_by_code
from amparo.referrals.queries.forms import (
    About,
    about_change,
    about_draft,
    about_release,
    about_release_step,
    about_step,
    present_referral,
    record_consent_url,
)
from amparo.referrals.queries.referral import referral_page
from amparo.referrals.queries.release import release_cover, release_page
from amparo.referrals.queries.sheet import printed_sheet, referral_sheet

__all__ = [
    "About",
    "BoardFilter",
    "about_change",
    "about_draft",
    "about_release",
    "about_release_step",
    "about_step",
    "board",
    "board_choices",
    "case_page",
    "closing_checks",
    "due_for",
    "find_by_code",
    "find_release_by_code",
    "marks_of_case",
    "open_in_case",
    "present_referral",
    "printed_sheet",
    "record_consent_url",
    "referral_page",
    "referral_sheet",
    "release_cover",
    "release_page",
    "releases_open_in_case",
    "resting_on",
    "sections_of_case",
    "waiting_for",
]
