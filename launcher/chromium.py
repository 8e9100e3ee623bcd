"""Finding, or installing, the Chromium that the browser tests drive."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from launcher.checkout import PYTHON, is_root
from launcher.problems import Lacking

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
DEBIAN = ("chromium", "libatomic1")


def find() -> Path | None:
    """Return the Chromium to drive: MAXHR_CHROMIUM, the system's, or Playwright's own."""
    named = os.environ.get("MAXHR_CHROMIUM")
    candidates = [named] if named else [*map(shutil.which, NAMES), *APPLICATIONS]
    for candidate in candidates:
        if candidate and _starts(candidate):
            return Path(candidate)
    return None if named else _playwrights()


def launch_options() -> dict[str, object]:
    """Return what `browser_type.launch` needs here. Raises Lacking where there is no Chromium."""
    found = find()
    if found is None:
        raise Lacking("There is no Chromium for the browser tests.", mend=_command())
    arguments = ["--disable-dev-shm-usage"]
    if is_root():
        # Chromium's sandbox refuses to be started by root.
        arguments.append("--no-sandbox")
    return {"executable_path": str(found), "args": arguments}


def provide() -> None:
    """See that there is a Chromium, installing one where this user may."""
    if _driver_starts() and find():
        return
    if is_root() and shutil.which("apt-get"):
        _say("Installing Chromium with apt-get…")
        _quietly("apt-get", "update")
        _quietly("apt-get", "install", "--yes", "--no-install-recommends", *DEBIAN)
    if _driver_starts() and not find():
        _say("Installing Playwright's Chromium…")
        _quietly(str(PYTHON), "-m", "playwright", "install", "chromium")
    if not _driver_starts() or find() is None:
        raise Lacking("There is no Chromium for the browser tests.", mend=_command())


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _quietly(*command: str) -> None:
    subprocess.run(
        command,
        check=False,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )


def _starts(program: str) -> bool:
    try:
        result = subprocess.run([program, "--version"], capture_output=True, check=False)
    except OSError:
        return False
    return result.returncode == 0


def _driver_starts() -> bool:
    command = [str(PYTHON), "-m", "playwright", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _playwrights() -> Path | None:
    script = (
        "from playwright.sync_api import sync_playwright as s\n"
        "with s() as p: print(p.chromium.executable_path)"
    )
    result = subprocess.run(
        [str(PYTHON), "-c", script], capture_output=True, text=True, check=False
    )
    path = Path(result.stdout.strip() or "/nonexistent")
    return path if path.is_file() and _starts(str(path)) else None


def _command() -> str:
    if sys.platform == "darwin":
        return "brew install --cask chromium"
    if shutil.which("apt-get"):
        return "sudo apt-get install --no-install-recommends " + " ".join(DEBIAN)
    if shutil.which("dnf"):
        return "sudo dnf install chromium"
    return "install Chromium, or set MAXHR_CHROMIUM to the path of one"
