"""The request of somebody who is signed in."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Protocol, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from amparo.access.actors import Actor

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class ActorRequest(HttpRequest):
    """A request whose actor is known; the middleware lets no other one through to a guarded view."""

    actor: Actor
    htmx: HtmxDetails


class View(Protocol):
    def __call__(self, request: HttpRequest, /, *args: object, **kwargs: object) -> HttpResponseBase: ...


V = TypeVar("V")


def public(view: V) -> V:
    """Mark a view that needs no sign-in. Everything else does."""

    @wraps(view)  # type: ignore[arg-type]
    def open_to_all(*args: object, **kwargs: object) -> HttpResponseBase:
        return view(*args, **kwargs)  # type: ignore[operator, no-any-return]

    open_to_all.public = True  # type: ignore[attr-defined]
    return open_to_all  # type: ignore[return-value]
