"""Addresses of the reporting site, below the language. They are numbers and plain words, and tell nothing."""

from __future__ import annotations

app_name = "reporting"
urlpatterns: list[object] = []
