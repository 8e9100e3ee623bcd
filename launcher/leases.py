"""Locks on files that the kernel drops when their holder dies, however it dies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Wait until no other process is inside, and keep others out."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Lease:
    """One process's share in the servers; while any share is held the servers are not stopped."""

    def __init__(self, path: Path) -> None:
        self._file: IO[str] = path.open("a")
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def is_last(self) -> bool:
        """Say whether nobody else holds a share; ask only inside `only_one`."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            # A failed conversion may have dropped the share we had.
            fcntl.flock(self._file, fcntl.LOCK_SH)
            return False
        return True

    def release(self) -> None:
        self._file.close()
