"""Run one named step of a make target, and say how long it took or where it stopped."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

PYTEST_FOUND_NO_TEST = 5


def main() -> int:
    """Run the command given and return its exit code."""
    parser = argparse.ArgumentParser(prog="tools.step", description=__doc__)
    parser.add_argument("--last", action="store_true", help="print nothing after success")
    parser.add_argument("--may-be-empty", action="store_true", help="no test found is a success")
    parser.add_argument("name")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()

    print(f"== {options.name}", flush=True)
    started = time.monotonic()
    code = _run(options.command)
    took = f"{time.monotonic() - started:.1f} s"
    if code == PYTEST_FOUND_NO_TEST and options.may_be_empty:
        code = 0
    if code != 0:
        print(f"== {options.name} FAILED after {took} (exit code {code})", flush=True)
    elif not options.last:
        print(f"== {options.name}: {took}\n", flush=True)
    return code


def _run(command: list[str]) -> int:
    tools_first = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": tools_first}
    try:
        return subprocess.run(command, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
