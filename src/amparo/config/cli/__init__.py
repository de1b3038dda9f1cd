"""The command line: `amparo COMMAND`. Here a command is called and its errors are told."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from amparo.config.cli.parser import build
from amparo.kernel.errors import AppError

OK, ALTERED, FAILED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0 when done, 1 where something was found, 2 where it could not be done."""
    # Files that a command makes are nobody else's.
    os.umask(0o077)
    options = build().parse_args(arguments)
    try:
        return int(options.run(options))
    except AppError as error:
        return _told(error)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return FAILED


def _told(error: AppError) -> int:
    print(f"amparo: {error.message()}", file=sys.stderr)
    if error.hint():
        print(f"        {error.hint()}", file=sys.stderr)
    return FAILED
