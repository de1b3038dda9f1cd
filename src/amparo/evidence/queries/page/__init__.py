"""The page of an item: who holds it, its path, every hand, what can be done now, its file and the proof."""

from amparo.evidence.queries.page.acts import possible_kinds
from amparo.evidence.queries.page.page import item_page

__all__ = [
    "item_page",
    "possible_kinds",
]
