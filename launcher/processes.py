"""Finding, by more than a number, a process that an earlier start left behind."""

from __future__ import annotations

import signal
from contextlib import suppress

import psutil


def find(pid: int, *, mentioning: str) -> psutil.Process | None:
    """Return the live process of that number whose command line mentions the text, if it does.

    A number alone proves nothing: after a kill or a restart of the machine it may be anybody's.
    """
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        if process.status() != psutil.STATUS_ZOMBIE and mentioning in " ".join(process.cmdline()):
            return process
    return None


def end(process: psutil.Process, *, first: int = signal.SIGTERM, patience: float = 10.0) -> None:
    """Ask a process to stop, and kill it when it has not done so in time (seconds)."""
    with suppress(psutil.Error):
        process.send_signal(first)
        try:
            process.wait(patience)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(5)
