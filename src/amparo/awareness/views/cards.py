"""A fact as a picture to share, and as data for machines."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amparo.awareness import queries
from amparo.papers import typesetting

_CARD = "awareness/papers/card.typ"
_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


def svg(request: HttpRequest, slug: str) -> HttpResponse:
    return _card(slug, "svg")


def png(request: HttpRequest, slug: str) -> HttpResponse:
    return _card(slug, "png")


def _card(slug: str, kind: Literal["svg", "png"]) -> HttpResponse:
    values, lang = queries.card_values(slug)
    drawn = _drawn(json.dumps(values, ensure_ascii=False, sort_keys=True), lang, kind)
    response = HttpResponse(drawn, content_type=_TYPES[kind])
    response["Content-Disposition"] = f'inline; filename="{slug}.{kind}"'
    return response


# Room for every fact in every language and kind, or whoever asks for them in turn has each one drawn anew.
@lru_cache(maxsize=512)
def _drawn(values: str, lang: str, kind: Literal["svg", "png"]) -> bytes:
    """A card is drawn once for as long as its words stay the same, however many strangers ask for it."""
    return typesetting.picture(_CARD, json.loads(values), language=lang, kind=kind)


def data(request: HttpRequest, slug: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("awareness:fact", args=[slug]))
    text = json.dumps(queries.linked_data(slug, address), ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/ld+json; charset=utf-8")
