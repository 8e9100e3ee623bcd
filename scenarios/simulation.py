"""Playing a scenario in a process of its own, so that no id of its database stays in this one.

The process is `manage.py simulate`; it needs the owner of the databases, who makes its clone.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from django.conf import settings

#: Longer texts and longer plays are refused on the page; the command takes both.
MOST_BYTES = 200_000
MOST_SECONDS = 30

_FAULT = re.compile(r"line (?P<line>\d{1,9}): (?P<key>.+?): (?P<expected>.*)")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text was not played: where, if it is known, and what was expected there."""

    expected: str
    key: str = ""
    line: int | None = None


class NoOwner(Exception):
    """This server does not know the owner of its databases, so the lab has no database."""


def has_lab() -> bool:
    """Whether this server can play scenarios at all."""
    return bool(os.environ.get("OWNER_DATABASE_URL") and os.environ.get("DATABASE_URL"))


def simulate(text: str, *, explain: str = "") -> dict[str, Any] | Fault:
    """The answer's JSON document, or the fault. Raises NoOwner.

    `explain` is the code of an employee whose steps the answer tells in words.
    """
    if not has_lab():
        raise NoOwner
    if len(text.encode()) > MOST_BYTES:
        return Fault(f"The text is longer than {MOST_BYTES // 1000} kB. Play it by the command.")
    for key in ("start", "end"):
        # What cannot be a scenario is not worth a process.
        if key not in text:
            return Fault("this key is required", key=key, line=1)
    command = [sys.executable, "manage.py", "simulate", "-", "--format", "json"]
    try:
        done = subprocess.run(
            [*command, f"--explain={explain}"] if explain else command,
            input=text.encode(),
            cwd=settings.BASE_DIR,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE},
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Fault(
            f"It was not played to its end within {MOST_SECONDS} seconds. Shorten it, or play it "
            "by the command, which has no limit."
        )
    if done.returncode in (0, 1) and done.stdout:
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer
    return fault_of(done.stderr.decode(errors="replace"))


def fault_of(told: str) -> Fault:
    """The fault that the command told on its standard error, by key and line where it has them."""
    message = next((line[3:] for line in told.splitlines() if line.startswith("-: ")), "")
    found = _FAULT.fullmatch(message)
    if found:
        return Fault(found["expected"], key=found["key"], line=int(found["line"]))
    return Fault(message or "The scenario could not be played, and the program does not say why.")
