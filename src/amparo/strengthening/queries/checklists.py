"""The versions of the practice checklist, and what an item is called."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from amparo.kernel.errors import NotFound
from amparo.strengthening.models import Checklist
from amparo.strengthening.rules import checklist as rules
from amparo.strengthening.rules.checklist import Item
from amparo.strengthening.words import ITEM_LABELS, ITEM_SHORT
from amparo.vault import sealing

_STANDARD = Path(__file__).resolve().parents[1] / "checklists" / "practice-1.toml"


def standard_text() -> str:
    return _STANDARD.read_text(encoding="utf-8")


@cache
def standard_checklist() -> rules.Checklist:
    """Version 1, which comes with the program."""
    return rules.read(standard_text())


def newest_text() -> str:
    """The newest version as it was written: where an own one begins."""
    row = Checklist.objects.order_by("-number").first()
    return standard_text() if row is None else sealing.open_row(row, "text").text("text")


def newest_checklist() -> rules.Checklist:
    """The version that new observations begin with. Cost: one query and a key."""
    row = Checklist.objects.order_by("-number").first()
    return standard_checklist() if row is None else rules.read(sealing.open_row(row, "text").text("text"))


def checklist(number: int) -> rules.Checklist:
    """One version. Raises NotFound."""
    if number == standard_checklist().version:
        return standard_checklist()
    row = Checklist.objects.filter(number=number).first()
    if row is None:
        raise NotFound
    return rules.read(sealing.open_row(row, "text").text("text"))


def item_labels() -> dict[str, str]:
    """Every step of the newest version, and what is asked there. Cost: one query and a key."""
    return {item.key: label_of(item) for item in newest_checklist().items}


def label_of(item: Item) -> str:
    """What is asked, in the reader's language where it is a standard item."""
    return str(ITEM_LABELS.get(item.key, item.text))


def short_of(item: Item) -> str:
    return str(ITEM_SHORT.get(item.key, item.text))
