"""Finding a referral or a release by its code."""

from __future__ import annotations

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.referrals.models import Referral, Release
from amparo.referrals.queries.reach import SEE, SEE_RELEASE
from amparo.referrals.queries.referral import page_url
from amparo.referrals.queries.release import release_url
from amparo.web.sheets import Code, Row


def find_by_code(actor: Actor, code: str) -> Row | None:
    """The referral with this code, for who may see it: only that it is there. Cost: one query."""
    row = policy.visible(actor, SEE, Referral.objects.filter(code=code)).first()
    return None if row is None else Row(title=Code(row.code), url=page_url(row.id))


def find_release_by_code(actor: Actor, code: str) -> Row | None:
    """The release with this code, for who may see it: only that it is there. Cost: one query."""
    row = policy.visible(actor, SEE_RELEASE, Release.objects.filter(code=code)).first()
    return None if row is None else Row(title=Code(row.code), url=release_url(row.id))
