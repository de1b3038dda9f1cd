"""Calendar feeds of time and code."""

from __future__ import annotations

from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.kernel import clock
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.prosecution import queries
from amparo.prosecution.errors import (
    FeedEnded,
)
from amparo.prosecution.models import (
    Feed,
)


@command
def make_feed(*, actor: Actor, secret: str) -> UUID:
    """Make a calendar feed of one's own hearings; the secret is kept only as a hash.

    **Needs** prosecution:feed:keep. **Ledger** feed.made.
    """
    policy.check_new(actor, "prosecution:feed:keep", Subject(own=actor.account_id))
    row = Feed(office_id=actor.office_id, account_id=actor.account_id, secret_hash=queries.secret_hash(secret))
    writing.insert(row)
    writing.note(Verb.FEED_MADE, subject=row.id, office=row.office_id)
    return row.id


@command
def revoke_feed(*, actor: Actor, feed_id: UUID) -> UUID:
    """End a calendar feed at once. **Needs** prosecution:feed:keep.

    **Ledger** feed.revoked. Raises FeedEnded.
    """
    row = policy.load(actor, "prosecution:feed:keep", Feed, feed_id)
    if row.revoked_at is not None:
        raise FeedEnded
    writing.update(row, revoked_at=clock.now())
    writing.note(Verb.FEED_REVOKED, subject=row.id, office=row.office_id)
    return row.id
