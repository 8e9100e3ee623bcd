"""The commands that need the installed libraries; run with the virtual environment's Python."""

from __future__ import annotations

import os
import subprocess
import sys

from launcher import chromium, environment, running, servers
from launcher.checkout import PYTHON, ROOT
from launcher.installation import drop_state
from launcher.problems import Lacking

#: Processes among which the tests are divided: each has two databases of Valkey's sixteen.
MOST = 6
CHECKS: tuple[tuple[str, ...], ...] = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy", "."),
    ("lint-imports",),
    ("djhtml", "--check", "templates"),
    ("python", "manage.py", "check"),
    ("python", "manage.py", "makemigrations", "--check", "--dry-run"),
)


def main(arguments: list[str]) -> int:
    """Carry out one command; return 2 when this machine lacks something."""
    command, rest = arguments[0], arguments[1:]
    os.chdir(ROOT)
    try:
        if command == "run":
            return running.run()
        if command == "stop":
            return running.stop()
        if command == "reset":
            running.stop()
            servers.stop_all()
            drop_state()
            print("The state folder is gone; make run makes a new department.")
            return 0
        if command == "test":
            return _test(rest)
        if command == "bench":
            return _bench(rest)
        return _check()
    except Lacking as lacking:
        print(lacking, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _test(arguments: list[str]) -> int:
    """Run the tests that the arguments choose, or all of them, divided among the cores."""
    chromium.provide()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    chosen = arguments or ["-q", "-n", str(min(os.cpu_count() or 1, MOST)), "--dist", "worksteal"]
    return subprocess.run([PYTHON, "-m", "pytest", *chosen], check=False).returncode


def _bench(arguments: list[str]) -> int:
    environment.require_owner()
    with servers.session() as variables:
        environment.apply(variables)
        return subprocess.run([PYTHON, "-m", "bench", *arguments], check=False).returncode


def _check() -> int:
    """Run every check, whatever the others say, and name those that failed."""
    failed = []
    os.environ.setdefault(environment.SETTINGS, "config.settings.test")
    with servers.session() as variables:
        os.environ.update(variables)
        for check in CHECKS:
            print("==> " + " ".join(check), flush=True)
            program = str(PYTHON.with_name(check[0]))
            if subprocess.run([program, *check[1:]], check=False).returncode:
                failed.append(" ".join(check))
    for check_line in failed:
        print(f"failed: {check_line}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
