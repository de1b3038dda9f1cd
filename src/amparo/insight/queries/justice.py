"""What the justice system does, as far as we see it: people trained, what units do, kits."""

from __future__ import annotations

from django.utils.translation import gettext as _

from amparo.insight.queries import parts
from amparo.insight.queries.blocks import Block
from amparo.insight.queries.reader import Reader
from amparo.insight.words.registry import INDICATORS


def blocks(reader: Reader) -> tuple[Block, ...]:
    """The blocks of the page."""
    return (parts.groups(reader, INDICATORS["trained"], title=_("People trained"), half=False),)
