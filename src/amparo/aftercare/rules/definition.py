"""Reading the definition of an instrument from a file, and saying exactly what is wrong with it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Final

from amparo.aftercare.errors import (
    CodeTwice,
    FileTooLarge,
    NotACode,
    NotFourAnchors,
    NotReadable,
    NumberOutOfRange,
    PartMissing,
    PartUnknown,
    WrongFormat,
)
from amparo.aftercare.rules.scoring import (
    HIGHEST,
    LOWEST,
    NOTHING_SAID,
    OVERALL,
    Instrument,
    InstrumentDomain,
    Item,
    Said,
    Schedule,
)
from amparo.kernel.digest import JsonValue

FORMAT: Final = "amparo-instrument-1"
MOST_BYTES: Final = 300_000
_CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_TOP = {
    "format", "code", "version", "label", "licence", "licence_note", "must_acknowledge", "thresholds", "schedule",
    "domains",
}  # fmt: skip
_DOMAIN = {"code", "label", "hint", "min_scored", "floor", "items"}
_ITEM = {"code", "label", "child", "anchors"}

Node = Mapping[str, object]


def read(data: bytes) -> dict[str, JsonValue]:
    """The content of a definition file, TOML or JSON. Raises FileTooLarge, NotReadable."""
    if len(data) > MOST_BYTES:
        raise FileTooLarge(limit=MOST_BYTES // 1000, field="file")
    try:
        text = data.decode("utf-8-sig")
        found = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotReadable(field="file") from error
    if not isinstance(found, dict):
        raise NotReadable(field="file")
    return found


def instrument(raw: Node) -> Instrument:
    """The instrument that a definition describes. Raises a DefinitionRefused that names the place."""
    if raw.get("format") != FORMAT:
        raise WrongFormat(format=FORMAT, field="file")
    _only(raw, _TOP, "")
    domains = tuple(_domain(node, f"domains[{at}]") for at, node in enumerate(_list(raw, "domains", ""), 1))
    _once([domain.code for domain in domains], "domain")
    _once([item.code for domain in domains for item in domain.items], "item")
    must = raw.get("must_acknowledge", True)
    if not isinstance(must, bool):
        raise PartMissing(place="must_acknowledge", field="file")
    return Instrument(
        code=_code(raw, ""),
        version=_number(raw, "version", "", 1, 9999),
        label=_said(raw, "label", ""),
        licence=_text(raw, "licence", ""),
        licence_note=_said(raw, "licence_note", ""),
        must_acknowledge=must,
        domains=domains,
        schedule=_schedule(raw),
        thresholds=_thresholds(raw, {domain.code for domain in domains}),
    )


def _domain(node: object, place: str) -> InstrumentDomain:
    raw = _node(node, place)
    _only(raw, _DOMAIN, place)
    items = tuple(_item(one, f"{place}.items[{at}]") for at, one in enumerate(_list(raw, "items", place), 1))
    floor = raw.get("floor", False)
    if not isinstance(floor, bool):
        raise PartMissing(place=f"{place}.floor", field="file")
    return InstrumentDomain(
        code=_code(raw, place),
        label=_said(raw, "label", place),
        hint=_said(raw, "hint", place) if "hint" in raw else NOTHING_SAID,
        items=items,
        min_scored=_number(raw, "min_scored", place, 1, len(items)),
        is_floor=floor,
    )


def _item(node: object, place: str) -> Item:
    raw = _node(node, place)
    _only(raw, _ITEM, place)
    anchors = _node(raw.get("anchors"), f"{place}.anchors")
    steps: list[list[tuple[str, str]]] = [[], [], [], []]
    for language, texts in anchors.items():
        where = f"{place}.anchors.{language}"
        if not isinstance(texts, list) or len(texts) != len(steps) or not all(_is_text(text) for text in texts):
            raise NotFourAnchors(place=where, field="file")
        for step, text in zip(steps, texts, strict=True):
            step.append((_language(language, where), str(text).strip()))
    if not steps[0]:
        raise NotFourAnchors(place=f"{place}.anchors", field="file")
    first, second, third, fourth = (Said(tuple(step)) for step in steps)
    return Item(
        code=_code(raw, place),
        label=_said(raw, "label", place),
        anchors=(first, second, third, fourth),
        child=_said(raw, "child", place) if "child" in raw else NOTHING_SAID,
    )


def _schedule(raw: Node) -> Schedule:
    if "schedule" not in raw:
        return Schedule((6,), 12)
    node = _node(raw["schedule"], "schedule")
    _only(node, {"months", "then_every"}, "schedule")
    months = node.get("months", [])
    if not isinstance(months, list) or not all(_is_whole(month) and 0 < month <= 240 for month in months):
        raise NumberOutOfRange(place="schedule.months", least=1, most=240, field="file")
    return Schedule(tuple(sorted(set(months))), _number(node, "then_every", "schedule", 0, 240))


def _thresholds(raw: Node, codes: set[str]) -> tuple[tuple[str, float], ...]:
    node = _node(raw.get("thresholds", {}), "thresholds")
    _only(node, codes | {OVERALL}, "thresholds")
    for code, least in node.items():
        if isinstance(least, bool) or not isinstance(least, int | float) or not LOWEST <= least <= HIGHEST:
            raise NumberOutOfRange(place=f"thresholds.{code}", least=LOWEST, most=HIGHEST, field="file")
    return tuple((code, float(str(least))) for code, least in node.items())


# ---- parts -------------------------------------------------------------------------------------------------


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _only(node: Node, known: set[str], place: str) -> None:
    for name in node:
        if name not in known:
            raise PartUnknown(place=_at(place, name), field="file")


def _node(value: object, place: str) -> Node:
    if not isinstance(value, dict):
        raise PartMissing(place=place, field="file")
    return value


def _list(node: Node, name: str, place: str) -> list[object]:
    value = node.get(name)
    if not isinstance(value, list) or not value:
        raise PartMissing(place=_at(place, name), field="file")
    return value


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= 2000 and "\0" not in value


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _text(node: Node, name: str, place: str) -> str:
    value = node.get(name)
    if not _is_text(value):
        raise PartMissing(place=_at(place, name), field="file")
    return str(value).strip()


def _code(node: Node, place: str) -> str:
    value = _text(node, "code", place)
    if not _CODE.fullmatch(value):
        raise NotACode(place=_at(place, "code"), field="file")
    return value


def _number(node: Node, name: str, place: str, least: int, most: int) -> int:
    value = node.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise NumberOutOfRange(place=_at(place, name), least=least, most=most, field="file")
    return value


def _language(name: str, place: str) -> str:
    if not _LANGUAGE.fullmatch(name):
        raise PartUnknown(place=place, field="file")
    return name


def _said(node: Node, name: str, place: str) -> Said:
    """A text, or a table of texts by language; English first where it is there."""
    where = _at(place, name)
    value = node.get(name)
    texts = {"en": value} if isinstance(value, str) else _node(value, where)
    if not texts or not all(_is_text(text) for text in texts.values()):
        raise PartMissing(place=where, field="file")
    ordered = sorted(texts.items(), key=lambda pair: pair[0] != "en")
    return Said(tuple((_language(lang, where), str(text).strip()) for lang, text in ordered))


def _once(codes: list[str], what: str) -> None:
    for code in codes:
        if codes.count(code) > 1:
            raise CodeTwice(place=f"{what} {code}", field="file")
