"""What stands on a paper, as who copies its words out of it gets them."""

from __future__ import annotations

import subprocess


def words_of(paper: bytes) -> str:
    """The words of a PDF, line by line."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=paper, capture_output=True, check=True)
    return done.stdout.decode()
