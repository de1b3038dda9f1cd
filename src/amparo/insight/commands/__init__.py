"""Every write of insight."""

from __future__ import annotations

from amparo.insight.commands.lines import rebuild, refresh

__all__ = ["rebuild", "refresh"]
