"""The servers MaxHR needs: those the environment names, else embedded ones shared by all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from launcher import environment, postgres, valkey
from launcher.checkout import made_state_folder, state_folder
from launcher.leases import Lease, only_one

_held: list[Lease] = []


@contextmanager
def session() -> Iterator[dict[str, str]]:
    """Hold the servers up for as long as the block runs, and stop them if nobody else does.

    Yields the variables that lead to them. Raises Lacking when one does not start.
    """
    if environment.has_database() and environment.has_redis():
        yield environment.named()
        return
    folder = made_state_folder()
    with only_one(folder / "servers.lock"):
        lease = Lease(folder / "servers.lease")
        _start()
        variables = _addresses()
    try:
        yield variables
    finally:
        with only_one(folder / "servers.lock"):
            if lease.is_last():
                stop_servers()
            lease.release()


def ensure() -> dict[str, str]:
    """Start the servers if need be and keep a share in them until this process ends."""
    if environment.has_database() and environment.has_redis():
        return environment.named()
    folder = made_state_folder()
    with only_one(folder / "servers.lock"):
        _held.append(Lease(folder / "servers.lease"))
        _start()
        return _addresses()


def stop_all() -> None:
    """Stop the embedded servers whoever uses them; `make stop`."""
    if state_folder().exists():
        with only_one(state_folder() / "servers.lock"):
            stop_servers()


def stop_unused() -> bool:
    """Stop the embedded servers unless somebody holds a share; say whether they stopped."""
    folder = state_folder()
    with only_one(folder / "servers.lock"):
        lease = Lease(folder / "servers.lease")
        unused = lease.is_last()
        if unused:
            stop_servers()
        lease.release()
    return unused


def stop_servers() -> None:
    """Stop both servers; call it under the servers' lock."""
    valkey.stop()
    postgres.stop()


def _start() -> None:
    if not environment.has_database():
        postgres.start()
    if not environment.has_redis():
        valkey.start()


def _addresses() -> dict[str, str]:
    variables = environment.named()
    if not environment.has_database():
        variables |= postgres.addresses()
    if not environment.has_redis():
        variables |= valkey.addresses()
    return variables
