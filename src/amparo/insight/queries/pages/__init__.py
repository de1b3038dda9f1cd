"""The pages of figures, put together from blocks, and the rows behind their numbers."""

from __future__ import annotations

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.insight.queries import counting
from amparo.insight.queries.counting import Chosen
from amparo.insight.queries.pages.one import block_of, indicator_of, indicator_page
from amparo.insight.queries.pages.rows import Asked, rows_of, rows_page, selection_of
from amparo.insight.queries.pages.shares import shares
from amparo.insight.queries.pages.whole import PAGES
from amparo.insight.queries.reader import Reader

__all__ = [
    "PAGES",
    "Asked",
    "block_of",
    "indicator_of",
    "indicator_page",
    "may_release",
    "reader_for",
    "rows_of",
    "rows_page",
    "selection_of",
    "shares",
]


def reader_for(actor: Actor, chosen: Chosen) -> Reader:
    """Somebody with her choice. Raises Refused."""
    return Reader(actor, chosen, counting.reach(actor))


def may_release(actor: Actor) -> bool:
    """Whether somebody has to do with figures that leave the organisation."""
    return policy.has(actor, "insight:release:see")
