#!/usr/bin/env python3
"""Django's commands, with the servers they need: named by the environment, or embedded."""

from __future__ import annotations

import sys

# Commands that work on files alone; every other one finds the servers up.
WITHOUT_SERVERS = {
    "check",
    "collectstatic",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "makemigrations",
    "paragraphs",
    "spectacular",
    "startapp",
    "version",
}
AS_OWNER = {"migrate", "simulate"}


def main(arguments: list[str]) -> None:
    """Run one command."""
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit(_lacking("Django is not installed here.", "make setup, then .venv/bin/python"))

    from launcher import environment, servers
    from launcher.problems import Lacking

    command = next((word for word in arguments[1:] if not word.startswith("-")), "help")
    wants_help = {"-h", "--help", "--version"} & set(arguments)
    if command in WITHOUT_SERVERS or wants_help:
        environment.apply({})
        execute_from_command_line(arguments)
        return
    try:
        if command in AS_OWNER:
            environment.require_owner()
        with servers.session() as variables:
            environment.apply(variables)
            execute_from_command_line(arguments)
    except Lacking as lacking:
        sys.exit(_lacking(lacking.what, lacking.mend))


def _lacking(what: str, mend: str) -> int:
    print(f"{what}\n  To mend it: {mend}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    main(sys.argv)
