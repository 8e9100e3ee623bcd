"""The commands behind the Makefile: setup, run, stop, reset, test, check, smoke, bench.

This module and `launcher.installation` use the standard library alone, and syntax that an old
Python can read, because they are what tells that something is missing.
"""

from __future__ import annotations

import os
import sys

from launcher.checkout import PYTHON

OLDEST = (3, 11)
COMMANDS = ("setup", "run", "stop", "reset", "test", "check", "smoke", "bench")


def main() -> int:
    """Carry out one command; return 2 when this machine lacks something."""
    if sys.version_info < OLDEST:
        found = ".".join(str(part) for part in sys.version_info[:3])
        print("MaxHR needs Python 3.11 or newer; this is " + found + ".", file=sys.stderr)
        print("  To mend it: make PYTHON=python3.12 run, once it is installed", file=sys.stderr)
        return 2
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        print("usage: python3 -m launcher " + "|".join(COMMANDS), file=sys.stderr)
        return 2
    from launcher import installation, smoke
    from launcher.problems import Lacking

    command, rest = sys.argv[1], sys.argv[2:]
    try:
        if command == "smoke":
            return smoke.run()
        if command not in {"stop", "reset"}:
            installation.provide(with_tools=command in {"test", "check", "bench"})
    except Lacking as lacking:
        print(lacking, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    if command != "setup":
        _go_on(command, rest)
    return 0


def _go_on(command: str, arguments: list[str]) -> None:
    """Become the virtual environment's Python, which has the libraries, or say nothing is there."""
    from launcher.installation import drop_state

    if not PYTHON.exists():
        if command == "reset":
            # A server that still ran would end itself on finding its data gone.
            drop_state()
        print("Nothing is installed here, so nothing is running.")
        return
    os.execv(PYTHON, [str(PYTHON), "-m", "launcher.commands", command, *arguments])  # noqa: S606


if __name__ == "__main__":
    sys.exit(main())
