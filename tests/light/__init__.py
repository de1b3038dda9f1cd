"""Keyrings that open at once: with this folder on its path, a process of ours writes no other."""

from __future__ import annotations

from pathlib import Path

ON_PATH = str(Path(__file__).parent)
