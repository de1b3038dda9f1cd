"""What was looked up once in a request need not be looked up again in it; nothing outlives the request."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_known: ContextVar[dict[str, dict[object, object]] | None] = ContextVar("recall", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Remember look-ups inside. Only for requests that read: a writer must see what is stored now."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def recall(kind: str, keys: Iterable[K], look_up: Callable[[set[K]], Mapping[K, V]]) -> dict[K, V]:
    """The values of these keys, looking up only those that were not met before. What is missing stays missing.

    What `look_up` finds beyond what it was asked for is remembered too.
    """
    wanted = set(keys)
    known = _known.get()
    if known is None:
        return dict(look_up(wanted)) if wanted else {}
    held: dict[object, object] = known.setdefault(kind, {})
    missing = {key for key in wanted if key not in held}
    if missing:
        found = look_up(missing)
        held.update(dict.fromkeys(missing))
        for key, value in found.items():
            held[key] = value
    return {key: held[key] for key in wanted if held[key] is not None}  # type: ignore[misc]


def once(kind: str, key: Hashable, make: Callable[[], V]) -> V:
    """What `make` gives, made once for this key in a request that reads. It must not be changed afterwards."""
    known = _known.get()
    if known is None:
        return make()
    held = known.setdefault(kind, {})
    if key not in held:
        held[key] = make()
    return held[key]  # type: ignore[return-value]
