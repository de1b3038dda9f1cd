"""Reading a version of the practice checklist, and holding an organisation's own version to the standard."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Final

from amparo.strengthening.errors import ChecklistLacks, ChecklistUnreadable
from amparo.strengthening.words import Domain

FORMAT: Final = "amparo-checklist-1"
MOST_ITEMS: Final = 40
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class Item:
    key: str
    domain: Domain
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    version: int
    items: tuple[Item, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(item.key for item in self.items)


def read(text: str) -> Checklist:
    """The checklist that a TOML text describes. Raises ChecklistUnreadable, naming the place."""
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ChecklistUnreadable(place="TOML", field="text") from error
    if raw.get("format") != FORMAT:
        raise ChecklistUnreadable(place="format", field="text")
    version, items = raw.get("version"), raw.get("item")
    if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= 9999:
        raise ChecklistUnreadable(place="version", field="text")
    if not isinstance(items, list) or not 1 <= len(items) <= MOST_ITEMS:
        raise ChecklistUnreadable(place="item", field="text")
    found = tuple(_item(one, f"item {at}") for at, one in enumerate(items, 1))
    if len({item.key for item in found}) < len(found):
        raise ChecklistUnreadable(place="key", field="text")
    return Checklist(version, found)


def _item(raw: object, place: str) -> Item:
    if not isinstance(raw, dict):
        raise ChecklistUnreadable(place=place, field="text")
    key, domain, text, hint = (raw.get(name, "") for name in ("key", "domain", "text", "hint"))
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise ChecklistUnreadable(place=f"{place}, key", field="text")
    if domain not in set(Domain):
        raise ChecklistUnreadable(place=f"{place}, domain", field="text")
    if not isinstance(text, str) or not 3 <= len(text.strip()) <= 200:
        raise ChecklistUnreadable(place=f"{place}, text", field="text")
    if not isinstance(hint, str) or len(hint) > 500:
        raise ChecklistUnreadable(place=f"{place}, hint", field="text")
    return Item(key, Domain(domain), text.strip(), hint.strip())


def extended(before: Checklist, standard: Checklist, text: str) -> Checklist:
    """An organisation's next version: every standard item as it is, and its own. Raises ChecklistLacks."""
    found = read(text)
    own = {item.key: item for item in found.items}
    for item in standard.items:
        if own.get(item.key) is None or own[item.key].text != item.text or own[item.key].domain != item.domain:
            raise ChecklistLacks(item=item.key, field="text")
    if found.version != before.version + 1:
        raise ChecklistUnreadable(place=f"version, {before.version + 1}", field="text")
    return found
