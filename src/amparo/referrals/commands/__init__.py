"""Every write about referrals and releases."""

from __future__ import annotations

from uuid import UUID

from amparo.referrals.commands import referrals, releases
from amparo.referrals.commands.referrals import (
    Asked,
    change_referral,
    draft_referral,
    give_consent,
    move_referral,
    record_sheet,
)
from amparo.referrals.commands.releases import Offer, decide_release, move_release, prepare_release

__all__ = [
    "Asked",
    "Offer",
    "change_referral",
    "decide_release",
    "draft_referral",
    "give_consent",
    "move_referral",
    "move_release",
    "prepare_release",
    "record_sheet",
    "stop_without_consent",
]


def stop_without_consent(basis_id: UUID) -> int:
    """Stop all that has not left and rests on this consent (invariant 2). Returns how many.

    Inside a command that has asked the policy and ended the consent: who takes a consent back need not see what it
    stops.
    """
    return referrals.stop_without_consent(basis_id) + releases.stop_without_consent(basis_id)
