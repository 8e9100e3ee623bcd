"""Where this checkout keeps its virtual environment, its servers' data and its sockets."""

from __future__ import annotations

import hashlib
import os
import pwd
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from launcher.problems import Lacking

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

# The kernel takes 108 bytes on Linux and 104 on macOS, and PostgreSQL's own name needs its part.
LONGEST_SOCKET_FOLDER = 80


class ServerUser(NamedTuple):
    """The user that the embedded servers run as."""

    uid: int
    gid: int


def is_root() -> bool:
    return os.geteuid() == 0


def server_user() -> ServerUser:
    """Return ourselves, or `nobody` for root, because PostgreSQL refuses to run as root."""
    if not is_root():
        return ServerUser(os.geteuid(), os.getegid())
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return ServerUser(65534, 65534)
    # macOS reports -2 as an unsigned number, which setuid takes as it is.
    return ServerUser(entry.pw_uid, entry.pw_gid)


def fingerprint() -> str:
    """Return a short name that no other checkout on this machine has."""
    return hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]


def state_folder() -> Path:
    """Return the folder of everything that `make reset` drops, without making it."""
    if is_root():
        # `nobody` cannot enter root's home, where the checkout often is.
        return Path("/var/lib") / f"maxhr-{fingerprint()}"
    return ROOT / ".state"


def made_state_folder() -> Path:
    """Return the state folder, made if it was not there."""
    folder = state_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Root's servers run as `nobody`, who must be able to walk through.
        folder.chmod(0o755 if is_root() else 0o700)
    except OSError as error:
        raise Lacking(
            f"The state folder {folder} cannot be written ({error.strerror}).",
            mend=f"sudo chown -R $(id -u) {folder if folder.exists() else folder.parent}",
        ) from error
    return folder


def socket_folder() -> Path:
    """Return the folder of PostgreSQL's socket: in the state folder unless its path is too long."""
    folder = state_folder() / "run"
    if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
        return folder
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and len(runtime) < LONGEST_SOCKET_FOLDER - 24 and os.access(runtime, os.W_OK):
        return Path(runtime) / f"maxhr-{fingerprint()}"
    short = "/tmp" if sys.platform == "darwin" else tempfile.gettempdir()  # noqa: S108
    return Path(short) / f"maxhr-{os.geteuid()}-{fingerprint()}"


def private_folder(path: Path) -> Path:
    """Make a folder that only the servers' user may enter, refusing one somebody else prepared."""
    user = server_user()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if is_root():
        os.chown(path, user.uid, user.gid)
    status = path.lstat()
    if path.is_symlink() or status.st_uid != user.uid:
        raise Lacking(f"{path} belongs to somebody else.", mend=f"sudo rm -rf {path}")
    path.chmod(0o700)
    return path
