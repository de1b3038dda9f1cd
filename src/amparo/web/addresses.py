"""Addresses of pages by their names, for pages that hold many.

The library looks each one up and holds it against its pattern, which costs twenty times what it takes to put an id
into a text. Here that is done once for each page in a process, with stand-ins in the places of the ids.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from uuid import UUID

from django import urls

_STAND_IN = 0xADD0 << 112


def reverse(name: str, args: Sequence[object] = ()) -> str:
    """The same as the library's `reverse`. What is not an id is left to the library, which knows what fits."""
    if not all(isinstance(arg, UUID) for arg in args):
        return urls.reverse(name, args=args)
    return _shape(name, len(args), urls.get_urlconf(), urls.get_script_prefix()).format(*args)


@functools.cache
def _shape(name: str, count: int, _urlconf: str | None, _prefix: str) -> str:
    """The address with numbered places. It belongs to one site, and to where the server says that the site begins."""
    stand_ins = [UUID(int=_STAND_IN + number) for number in range(count)]
    shape = urls.reverse(name, args=stand_ins)
    for number, stand_in in enumerate(stand_ins):
        shape = shape.replace(str(stand_in), f"{{{number}}}")
    return shape
