"""`make run` and `make stop`: the demonstration's web, worker and beat, and what they stand on."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from typing import IO, TypedDict

import psutil

from launcher import environment, processes, roles, servers
from launcher.checkout import PYTHON, ROOT, made_state_folder, state_folder
from launcher.problems import Lacking
from launcher.supervision import Service, Supervisor

FIRST_PORT = 8000
PORTS_TRIED = 50
LAST_PORT = 65535
# Only a demonstration is run as root, and its address is this machine's alone.
ROOT_WARNING = "ignore:You're running the worker with superuser privileges"
PATIENCE = 90.0

NO_ADDRESS = "an address still to be chosen"


class Record(TypedDict):
    """What a running `make run` leaves word of: its address and its processes' numbers."""

    address: str
    supervisor: int
    children: list[int]


_began = time.monotonic()


def run() -> int:
    """Bring everything up, stay until told to stop, and bring everything down again."""
    environment.require_owner()
    _first_port()
    folder = made_state_folder()
    with (folder / "run.lock").open("a") as lock:
        if not _take(lock):
            print(f"MaxHR already runs here, at {_record()['address']}. make stop ends it.")
            return 0
        _end_leftovers()
        _write_record(NO_ADDRESS, [])
        _say("Starting the servers" if not environment.has_database() else "Using DATABASE_URL")
        with servers.session() as variables:
            environment.apply(variables)
            return _with_servers()


def stop() -> int:
    """End a running `make run`, and whatever one that was killed left behind."""
    folder = state_folder()
    if not folder.exists():
        print("Nothing is running.")
        return 0
    with (folder / "run.lock").open("a") as lock:
        if not _take(lock):
            _tell_to_stop()
            _wait_for(lock)
        _end_leftovers()
        if servers.stop_unused():
            print("Stopped.")
        else:
            print("Stopped; the servers stay up, because another process is using them.")
    return 0


def _with_servers() -> int:
    roles.grant_runtime(
        owner=os.environ[environment.OWNER_DATABASE_URL],
        runtime=os.environ[environment.DATABASE_URL],
    )
    for what, arguments in (
        ("Migrating the database", ("migrate", "--verbosity", "0")),
        ("Looking at the demonstration department", ("demo", "--if-empty")),
    ):
        _say(what)
        status = subprocess.run([PYTHON, "manage.py", *arguments], cwd=ROOT, check=False).returncode
        if status:
            return status if status > 0 else 1
    # Static files come from where they are installed; whitenoise warns if nothing was collected.
    (ROOT / ".state" / "static").mkdir(parents=True, exist_ok=True)
    _say("Starting web, worker and beat")
    host = os.environ.get("HOST", "127.0.0.1")
    port = _free_port(host)
    address = f"http://{host}:{port}/"

    async def announce(children: list[int]) -> int:
        _write_record(address, children)
        users = asyncio.create_task(_users())
        if not await _answers(f"http://{host}:{port}/healthz"):
            print(f"{address}healthz did not answer within {PATIENCE:.0f} s.", file=sys.stderr)
            return 1
        table = await users
        _say("Ready")
        print(f"\n{table}\n\nMaxHR is at {address}  (Ctrl-C stops it)\n", flush=True)
        return 0

    status = Supervisor(services=_services(host, port), when_started=announce).run()
    (state_folder() / "running.json").unlink(missing_ok=True)
    return status


def _services(host: str, port: int) -> tuple[Service, ...]:
    python = str(PYTHON)
    celery = (python, "-W", ROOT_WARNING, "-m", "celery", "--quiet", "-A", "config")
    processors = os.cpu_count() or 2
    quiet = ("--loglevel", os.environ.get("MAXHR_LOG_LEVEL", "WARNING").upper())
    workers = ("--concurrency", str(max(2, min(4, processors))))
    schedule = ("--schedule", str(state_folder() / "beat"), "--pidfile=")
    web = ("--workers", "2", "--threads", "4", "--timeout", "60", "--log-level", "warning")
    return (
        Service(
            name="web",
            command=(
                *(python, "-m", "gunicorn", "config.wsgi"),
                *("--bind", f"{host}:{port}", *web),
            ),
        ),
        Service(name="worker", command=(*celery, "worker", *quiet, *workers)),
        Service(name="beat", command=(*celery, "beat", *quiet, *schedule)),
    )


def _say(text: str) -> None:
    print(f"[{time.monotonic() - _began:5.1f} s] {text}", flush=True)


def _take(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _tell_to_stop() -> None:
    process = processes.find(_record()["supervisor"], mentioning="launcher")
    if process is not None:
        process.send_signal(signal.SIGTERM)


def _wait_for(lock: IO[str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _take(lock):
        if time.monotonic() > deadline:
            raise Lacking("make run does not end.", mend=f"kill -9 {_record()['supervisor']}")
        time.sleep(0.1)


def _record() -> Record:
    try:
        record: Record = json.loads((state_folder() / "running.json").read_text())
    except (OSError, ValueError):
        return Record(address=NO_ADDRESS, supervisor=0, children=[])
    return record


def _write_record(address: str, children: list[int]) -> None:
    record = Record(address=address, supervisor=os.getpid(), children=children)
    (state_folder() / "running.json").write_text(json.dumps(record))


def _end_leftovers() -> None:
    """End the services of a supervisor that was killed; their children follow them."""
    found = [
        process
        for pid in _record()["children"]
        if (process := processes.find(pid, mentioning=str(PYTHON.parent)))
    ]
    for process in found:
        family: list[psutil.Process] = []
        with suppress(psutil.Error):
            family = process.children(recursive=True)
        processes.end(process)
        for member in family:
            with suppress(psutil.Error):
                member.kill()
    (state_folder() / "running.json").unlink(missing_ok=True)


def _first_port() -> int:
    wanted = os.environ.get("PORT") or str(FIRST_PORT)
    if not wanted.isdigit() or not 0 < int(wanted) <= LAST_PORT - PORTS_TRIED:
        raise Lacking(f"PORT={wanted} is no port number.", mend="PORT=8000 make run")
    return int(wanted)


def _free_port(host: str) -> int:
    first = _first_port()
    for port in range(first, first + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):  # taken, or a port only root may have
                probe.bind((host, port))
                return port
    raise Lacking(
        f"Every port of {host} from {first} to {first + PORTS_TRIED - 1} is taken.",
        mend="PORT=9000 make run, or any other port that is free",
    )


async def _answers(url: str) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if await asyncio.to_thread(_is_healthy, url):
            return True
        await asyncio.sleep(0.25)
    return False


def _is_healthy(url: str) -> bool:
    # Production settings send plain requests elsewhere, and answer only to their own hosts.
    headers = {"X-Forwarded-Proto": "https"}
    hosts = os.environ.get("MAXHR_HOSTS", "").split(",")
    if hosts[0]:
        headers["Host"] = hosts[0]
    request = urllib.request.Request(url, headers=headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


async def _users() -> str:
    process = await asyncio.create_subprocess_exec(
        *(str(PYTHON), "manage.py", "demo_users"), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate()
    return output.decode().rstrip()
