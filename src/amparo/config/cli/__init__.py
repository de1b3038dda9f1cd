"""The command line: `amparo COMMAND`. Here a command is called and its errors are told."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from amparo.config.cli.parser import build
from amparo.kernel.errors import N_, AppError

OK, ALTERED, FAILED = 0, 1, 2


class DatabaseFailed(AppError):
    code = "config.database_failed"
    template = N_("The database did not do what was asked of it (%(reason)s).")
    hint_template = N_("See that it runs, that its address in database_url is right, and what its own log says.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0 when done, 1 where something was found, 2 where it could not be done."""
    # Files that a command makes are nobody else's.
    os.umask(0o077)
    options = build().parse_args(arguments)
    try:
        return int(options.run(options))
    except AppError as error:
        return _told(error)
    except Exception as error:
        if not _is_of_database(error):
            raise
        return _told(DatabaseFailed(reason=type(error).__name__))
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return FAILED


def _is_of_database(error: Exception) -> bool:
    """Whether the database failed; what it says itself may quote a row, so that is not passed on."""
    loaded = sys.modules.get("django.db")
    return loaded is not None and isinstance(error, loaded.Error)


def _told(error: AppError) -> int:
    print(f"amparo: {error.message()} [{error.code}]", file=sys.stderr)
    if error.hint():
        print(f"        {error.hint()}", file=sys.stderr)
    return FAILED
