"""The one door to the typesetter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Literal

import typst

from amparo.kernel.digest import JsonValue
from amparo.papers.lightening import light_png, light_svg
from amparo.papers.missing import refused, settable, spelt

_PACKAGE = Path(__file__).resolve().parents[1]
_FONTS = Path(__file__).with_name("fonts")
# A compiler keeps what it read between two papers, and is not made for two threads at once.
_TURN = Lock()


def typeset(template: str, values: Mapping[str, JsonValue], *, language: str, at: datetime) -> bytes:
    """A paper as a tagged PDF (PDF/UA-1).

    Args:
        template: below the package, such as "forensics/papers/report.typ".
        values: what the template reads as `values`: texts, numbers, lists and dictionaries of them. A drawing is
            an SVG text that the template shows with `image(bytes(...))`, with its alternative text.
        language: a code such as "en" or "ar"; it decides hyphenation and direction.
        at: the moment that the paper says it was made; an aware time.

    A letter that no font has, such as of a name in Chinese, is said by its number: `[U+738B]`.
    Cost: some 120 ms for the first paper of a process, some milliseconds for each page after it.
    """
    said = _said(values)
    # It comes to an end: each round learns of letters that cannot be drawn, and writes plain ones in their place.
    while True:
        try:
            return _compiled(template, said, language, at)
        except typst.TypstError as error:
            fresh = spelt(said, refused(str(error)))
            if fresh == said:
                raise
            said = fresh


def _said(values: Mapping[str, JsonValue]) -> str:
    # Before they are written as JSON, which says controls in its own way: as escapes that no reader of letters finds.
    return json.dumps({name: settable(value) for name, value in values.items()}, ensure_ascii=False)


def _compiled(template: str, said: str, language: str, at: datetime) -> bytes:
    with _TURN:
        paper = _compiler().compile(
            input=str(_PACKAGE / template), format="pdf", sys_inputs={"values": said, "language": language},
            pdf_standards=["ua-1"], timestamp=int(at.timestamp()),
        )  # fmt: skip
    assert isinstance(paper, bytes), "a PDF is one file"  # noqa: S101
    return paper


def picture(
    template: str, values: Mapping[str, JsonValue], *, language: str, kind: Literal["svg", "png"], dots: float = 144
) -> bytes:
    """A template of one page as a picture, made light. `dots`: per inch, for a PNG. Cost: some 150 ms."""
    inputs = {"values": _said(values), "language": language}
    with _TURN:
        drawn = _compiler().compile(input=str(_PACKAGE / template), format=kind, sys_inputs=inputs, ppi=dots)
    assert isinstance(drawn, bytes), "a picture is one page"  # noqa: S101
    return light_png(drawn) if kind == "png" else light_svg(drawn)


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[_FONTS])
    return typst.Compiler(root=_PACKAGE, font_paths=fonts)
