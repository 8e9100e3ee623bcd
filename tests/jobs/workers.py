"""A real Celery worker in a process of its own, on the test's database, that can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from celery import current_app

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 120.0


def on_database(url: str, name: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def wait_until(happened: Callable[[], bool], *, what: str) -> None:
    """Wait for something to come true; an AssertionError names what did not."""
    ends = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < ends, f"{what} did not happen in {PATIENCE:.0f} s"
        time.sleep(0.05)


class Worker:
    """One worker of one process, in a process group of its own."""

    def __init__(self, *, database: str, queue: str, log: Path) -> None:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": on_database(os.environ["DATABASE_URL"], database),
            "OWNER_DATABASE_URL": on_database(os.environ["OWNER_DATABASE_URL"], database),
        }
        self._log = log.open("ab")
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "celery", "-A", "config", "worker"),
                *("-Q", queue, "-c", "1", "-l", "INFO"),
                *("--without-gossip", "--without-mingle", "--without-heartbeat"),
            ],
            cwd=CHECKOUT,
            env=environment,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def kill(self) -> None:
        """SIGKILL to the worker and its child: nobody gets to clean up."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)
        self._log.close()


@contextmanager
def own_queue(name: str) -> Iterator[str]:
    """Send this process's tasks to a queue that no other test reads."""
    before = current_app.conf.task_default_queue
    current_app.conf.task_default_queue = name
    try:
        yield name
    finally:
        with current_app.connection_for_write() as connection:
            connection.default_channel.queue_delete(name)  # type: ignore[attr-defined]
        current_app.conf.task_default_queue = before
