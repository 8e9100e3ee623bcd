"""`make smoke`: a fresh clone, run by root and by a user, twice, and again after kill -9."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from launcher.checkout import ROOT, is_root
from launcher.problems import Lacking

FIRST_READY = 90.0
NEXT_READY = 10.0
# A loaded machine is no defect: past this the smoke fails, past the figures above it says so.
PATIENCE = 300.0
ADDRESS = re.compile(r"MaxHR is at (http://\S+)")


class Broken(Exception):
    """What a newcomer would have met."""


@dataclass(kw_only=True)
class Newcomer:
    """Somebody with a fresh clone: which user, which Python, and where the clone is."""

    name: str
    python: str
    folder: Path
    identity: dict[str, object] = field(default_factory=dict)

    @property
    def clone(self) -> Path:
        return self.folder / "clone"

    def environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL", "MAKEFLAGS"}
            and not name.startswith(("DJANGO_", "MAXHR_", "PYTHON", "VIRTUAL_ENV", "MAKE"))
        }
        if self.identity:
            kept |= {"HOME": str(self.folder), "USER": self.name, "LOGNAME": self.name}
            kept["PATH"] = os.pathsep.join(
                part for part in kept["PATH"].split(os.pathsep) if not part.startswith("/root")
            )
        return kept

    def start(self, target: str, log: Path) -> subprocess.Popen[bytes]:
        with log.open("ab") as output:
            return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
                ["make", target, f"PYTHON={self.python}"],
                cwd=self.clone,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **self.identity,
            )

    def make(self, target: str) -> None:
        log = self.folder / f"{target}.log"
        if self.start(target, log).wait(PATIENCE):
            raise Broken(f"make {target} failed:\n{log.read_text()[-3000:]}")


def run() -> int:
    """Return 0 when everything a newcomer does works, 1 when something does not."""
    try:
        for name in ("git", "make", "ps"):
            if shutil.which(name) is None:
                raise Lacking(f"There is no {name} here.", mend=f"install the package {name}")
        for number in range(2 if is_root() else 1):
            with _newcomer(as_nobody=number == 1) as newcomer:
                _try(newcomer)
    except (Broken, subprocess.SubprocessError) as broken:
        print(f"smoke: {broken}", file=sys.stderr)
        return 1
    print("smoke: all is well")
    return 0


@contextmanager
def _newcomer(*, as_nobody: bool) -> Iterator[Newcomer]:
    folder = Path(tempfile.mkdtemp(prefix="maxhr-smoke-"))
    identity: dict[str, object] = {}
    name = pwd.getpwuid(os.geteuid()).pw_name
    if as_nobody:
        entry = pwd.getpwnam("nobody")
        name = entry.pw_name
        identity = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    newcomer = Newcomer(name=name, python=_python(identity), folder=folder, identity=identity)
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", ROOT, newcomer.clone], check=True)
    if as_nobody:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, entry.pw_uid, entry.pw_gid, follow_symlinks=False)
    try:
        yield newcomer
    finally:
        # A newcomer's data lies outside the clone when root is the newcomer.
        with suppress(Broken, subprocess.SubprocessError):
            newcomer.make("reset")
        shutil.rmtree(folder, ignore_errors=True)


def _python(identity: dict[str, object]) -> str:
    """Return a Python 3.11 that this user can start and that can make an environment."""
    probe = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))"
    names = ("python3", "python3.14", "python3.13", "python3.12", "python3.11")
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    candidates = [sys.executable, *(f"{folder}/{name}" for folder in folders for name in names)]
    for candidate in candidates:
        with suppress(OSError):
            result = subprocess.run(  # type: ignore[call-overload]
                [candidate, "-c", probe], capture_output=True, check=False, cwd="/", **identity
            )
            if result.returncode == 0:
                return candidate
    raise Lacking(
        "An ordinary user finds no Python 3.11 with venv on this machine.",
        mend="sudo apt-get install python3-venv",
    )


def _try(newcomer: Newcomer) -> None:
    with _taken(8000):
        process = _up(newcomer, "first", limit=FIRST_READY)
    os.killpg(process.pid, signal.SIGINT)
    if process.wait(60) not in {0, 2, -signal.SIGINT, 130}:
        raise Broken(f"Ctrl-C ended make run with {process.returncode}")
    _expect_nothing_left(newcomer, after="Ctrl-C")
    process = _up(newcomer, "second", limit=NEXT_READY)
    for pid in _processes(newcomer):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait(30)
    process = _up(newcomer, "after kill -9", limit=NEXT_READY * 2)
    newcomer.make("stop")
    process.wait(60)
    _expect_nothing_left(newcomer, after="make stop")


@contextmanager
def _taken(port: int) -> Iterator[None]:
    """Occupy the usual port, unless somebody already does, so that the next one must do."""
    with socket.socket() as occupant:
        with suppress(OSError):
            occupant.bind(("127.0.0.1", port))
            occupant.listen()
        yield


def _up(newcomer: Newcomer, what: str, *, limit: float) -> subprocess.Popen[bytes]:
    """Start `make run` and return when its log-in page has answered."""
    log = newcomer.folder / f"run-{what.replace(' ', '-')}.log"
    began = time.monotonic()
    process = newcomer.start("run", log)
    while not (found := ADDRESS.search(log.read_text())):
        if process.poll() is not None:
            raise Broken(f"{what} run as {newcomer.name} ended:\n{log.read_text()[-3000:]}")
        if time.monotonic() - began > PATIENCE:
            raise Broken(f"{what} run as {newcomer.name} is not ready:\n{log.read_text()[-3000:]}")
        time.sleep(0.1)
    seconds = time.monotonic() - began
    for path in ("healthz", ""):
        with urllib.request.urlopen(found[1] + path, timeout=20) as answer:  # noqa: S310
            page = answer.read().decode()
    if "password" not in page:
        raise Broken(f"{found[1]} does not lead to a log-in page")
    late = f" (more than {limit:.0f} s)" if seconds > limit else ""
    print(f"smoke: {newcomer.name}, {what}: ready in {seconds:.1f} s{late}", flush=True)
    return process


def _expect_nothing_left(newcomer: Newcomer, *, after: str) -> None:
    deadline = time.monotonic() + 20
    while left := _processes(newcomer):
        if time.monotonic() > deadline:
            raise Broken(f"{after} left processes: {left}")
        time.sleep(0.2)


def _processes(newcomer: Newcomer) -> list[int]:
    """Return what runs from this clone: by its folder, or by the state folder named after it."""
    script = "from launcher.checkout import state_folder; print(state_folder())"
    state = subprocess.run(  # type: ignore[call-overload]
        [newcomer.python, "-c", script],
        cwd=newcomer.clone, capture_output=True, text=True, check=True, **newcomer.identity,
    ).stdout.strip()  # fmt: skip
    listing = subprocess.run(["ps", "-axww", "-o", "pid=,args="], capture_output=True, text=True)
    own = {os.getpid(), os.getppid()}
    return [
        int(line.split(None, 1)[0])
        for line in listing.stdout.splitlines()
        if (str(newcomer.clone) in line or state in line) and int(line.split(None, 1)[0]) not in own
    ]
