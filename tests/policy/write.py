"""Write the matrix again from what the application answers: `python -m tests.policy.write [room ...]`.

Then read every line that changed against the roles table, before committing it.
"""

from __future__ import annotations

import os
import sys

import pytest


def main() -> int:
    """Run the test that observes, and let it write what it saw; of all rooms where none is named."""
    os.environ["AMPARO_TEST_WRITE_MATRIX"] = ",".join(sys.argv[1:])
    return int(pytest.main(["-q", "-p", "no:xdist", "tests/policy/test_matrix.py", "-k", "as_it_was_agreed"]))


if __name__ == "__main__":
    sys.exit(main())
