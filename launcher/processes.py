"""Finding, by more than a number, a process that an earlier start left behind."""

from __future__ import annotations

import signal
from contextlib import suppress
from pathlib import Path

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


def working_in(folder: Path) -> list[psutil.Process]:
    """Return the live processes whose working folder this is, as far as we may see them."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.status() != psutil.STATUS_ZOMBIE and process.cwd() == str(folder.resolve()):
                found.append(process)
    return found


def end(process: psutil.Process, *, first: int = signal.SIGTERM, patience: float = 10.0) -> None:
    """Ask a process to stop, and kill it when it has not done so in time (seconds)."""
    with suppress(psutil.Error):
        process.send_signal(first)
        try:
            process.wait(patience)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(5)
