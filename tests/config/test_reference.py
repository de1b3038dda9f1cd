"""The reference pages say what the code does."""

from __future__ import annotations

import pytest

from tools import reference


@pytest.mark.parametrize("name", ["settings.md", "commands.md", "errors.md", "verbs.md", "permissions.md"])
def test_a_reference_page_is_up_to_date(name: str) -> None:
    stored = (reference.REFERENCE / name).read_text(encoding="utf-8")
    assert stored == reference.pages()[name], "run `make docs`"
