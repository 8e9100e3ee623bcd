"""Runs several processes as one: their lines side by side, one Ctrl-C, one exit status."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

PATIENCE = 30.0
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, kw_only=True)
class Service:
    """One process to keep: the name before its lines, and its command."""

    name: str
    command: tuple[str, ...]


@dataclass(kw_only=True)
class Supervisor:
    """Starts services together, and ends them together when one ends or we are told to stop."""

    services: tuple[Service, ...]
    when_started: Callable[[list[int]], Coroutine[Any, Any, int]]
    _children: dict[str, Process] = field(default_factory=dict)

    def run(self) -> int:
        """Return 0 after a signal, else the status of what ended unasked (1 if that was 0)."""
        return asyncio.run(self._run())

    async def _run(self) -> int:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in SIGNALS:
            loop.add_signal_handler(number, stop.set)
        width = max(len(service.name) for service in self.services)
        pumps = []
        for service in self.services:
            child = await asyncio.create_subprocess_exec(
                *service.command, stdin=asyncio.subprocess.DEVNULL, stdout=PIPE, stderr=STDOUT,
                # A group of its own: Ctrl-C reaches us alone, and we end it in order.
                start_new_session=True,
            )  # fmt: skip
            self._children[service.name] = child
            pumps.append(asyncio.create_task(_pump(child, prefix=service.name.ljust(width))))
        watches = {
            asyncio.create_task(child.wait(), name=name) for name, child in self._children.items()
        }
        stopped = asyncio.create_task(stop.wait())
        started = asyncio.create_task(self.when_started([c.pid for c in self._children.values()]))
        status = await self._first(watches, stopped=stopped, started=started)
        started.cancel()
        print("Stopping…", flush=True)
        await self._end(loop)
        await asyncio.gather(*pumps, *watches)
        stopped.cancel()
        return status

    async def _first(
        self,
        watches: set[asyncio.Task[int]],
        *,
        stopped: asyncio.Task[bool],
        started: asyncio.Task[int],
    ) -> int:
        """Wait for a signal, the end of a service or a start that failed."""
        waiting: set[asyncio.Task[int] | asyncio.Task[bool]] = {*watches, stopped, started}
        while True:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            if stopped in done:
                return 0
            ended = [watch for watch in watches if watch in done]
            if ended:
                status = ended[0].result()
                print(f"{ended[0].get_name()} ended with status {status}.", file=sys.stderr)
                return status if status > 0 else 1
            if started in done and started.result():
                return started.result()

    async def _end(self, loop: asyncio.AbstractEventLoop) -> None:
        """Ask everyone to finish; kill whoever has not after a while, or at the second Ctrl-C."""
        for number in SIGNALS:
            loop.add_signal_handler(number, self._kill)
        for child in self._children.values():
            with suppress(ProcessLookupError):
                child.terminate()
        ends = [child.wait() for child in self._children.values()]
        try:
            await asyncio.wait_for(asyncio.gather(*ends), PATIENCE)
        except asyncio.TimeoutError:  # noqa: UP041
            self._kill()

    def _kill(self) -> None:
        for child in self._children.values():
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)


async def _pump(child: Process, *, prefix: str) -> None:
    if child.stdout is None:
        return
    while line := await child.stdout.readline():
        print(f"{prefix} | {line.decode(errors='replace').rstrip()}", flush=True)
