"""The one door to the typesetter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Literal

import typst

from amparo.kernel.digest import JsonValue
from amparo.papers.lightening import light_png, light_svg
from amparo.papers.marks import Mark
from amparo.papers.missing import refused, settable, spelt

_PACKAGE = Path(__file__).resolve().parents[1]
_FONTS = Path(__file__).with_name("fonts")
_MARK = "papers/mark.typ"
# A mark alone says no moment: the same mark is the same bytes.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# A compiler keeps what it read between two papers, and is not made for two threads at once.
_TURN = Lock()


def typeset(
    template: str, values: Mapping[str, JsonValue], *, language: str, at: datetime, mark: Mark | None = None
) -> bytes:
    """A paper as a tagged PDF (PDF/UA-1).

    Args:
        template: below the package, such as "forensics/papers/report.typ".
        values: what the template reads as `values`: texts, numbers, lists and dictionaries of them. A drawing is
            an SVG text that the template shows with `image(bytes(...))`, with its alternative text.
        language: a code such as "en" or "ar"; it decides hyphenation and direction.
        at: the moment that the paper says it was made; an aware time.
        mark: what each page of a copy that leaves is known by; it is no part of what a screen reader says.

    A letter that no font has, such as of a name in Chinese, is said by its number: `[U+738B]`.
    Cost: some 120 ms for the first paper of a process, some milliseconds for each page after it.
    """
    return _drawn(template, _said({**values, "mark": mark.values()} if mark else values), language, at)[0]


def mark_part(mark: Mark, part: Literal["across", "foot"], kind: Literal["pdf", "png"], *, dots: float = 144) -> bytes:
    """The mark alone, on nothing, for a copy that is no paper of ours. `dots`: per inch, for a PNG."""
    _paper, said = _drawn(_MARK, _said({"mark": mark.values(), "part": part}), "en", _NEVER)
    inputs = {"values": said, "language": "en"}
    with _TURN:
        drawn = _compiler().compile(
            input=str(_PACKAGE / _MARK), format=kind, sys_inputs=inputs, ppi=dots, pdf_tags=False, timestamp=0
        )
    assert isinstance(drawn, bytes), "a mark is one page"  # noqa: S101
    return drawn


def _drawn(template: str, said: str, language: str, at: datetime) -> tuple[bytes, str]:
    """The paper, and its values with what cannot be drawn said in plain letters."""
    # It comes to an end: each round learns of letters that cannot be drawn, and writes plain ones in their place.
    while True:
        try:
            return _compiled(template, said, language, at), said
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
