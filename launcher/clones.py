"""Databases cloned from a migrated one: the tests' own, and the lab's (rule 10 of the design)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from launcher.roles import grant_runtime

CHECKOUT = Path(__file__).resolve().parent.parent


def migrations_hash() -> str:
    """A short name for the migrations as they are."""
    digest = hashlib.sha256()
    for path in sorted(CHECKOUT.glob("*/migrations/*.py")):
        digest.update(path.relative_to(CHECKOUT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


@contextmanager
def maintenance(owner_url: str) -> Iterator[psycopg.Connection]:
    """The owner's connection to the server's `postgres` database, outside any transaction."""
    with psycopg.connect(owner_url, dbname="postgres", autocommit=True) as connection:
        yield connection


#: How often a drop is tried while somebody is still in the database.
TRIES = 20


def drop(owner_url: str, name: str) -> None:
    """Drop a database, whoever is connected to it."""
    with maintenance(owner_url) as connection:
        _drop(connection, name)


def _drop(connection: psycopg.Connection, name: str) -> None:
    """End who is connected, then drop.

    `WITH (FORCE)` would fail while an autovacuum worker, which is not ours to end, is at work
    there; a plain drop waits for that one.
    """
    statement = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    for left in reversed(range(TRIES)):
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND backend_type = 'client backend'",
            [name],
        )
        try:
            connection.execute(statement)
        except psycopg.errors.ObjectInUse:
            if not left:
                raise
        else:
            return


def clone(owner_url: str, *, template: str, name: str) -> None:
    """Make a database as a copy of a template, in place of one of that name."""
    drop(owner_url, name)
    with maintenance(owner_url) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


def ensure_template(
    owner_url: str, runtime_url: str, *, prefix: str, migrate: Callable[[str], None]
) -> str:
    """The migrated and otherwise empty database of these migrations; made once, then kept.

    `migrate(name)` migrates the database of that name. Templates of other migrations are dropped.
    """
    name = f"{prefix}_{migrations_hash()}"
    with maintenance(owner_url) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [prefix])
        found = connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{prefix}\\_%"]
        ).fetchall()
        names = {row[0] for row in found}
        if name in names:
            return name
        for old in names:
            _drop(connection, old)
        making = f"{prefix}making"
        _drop(connection, making)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
        grant_runtime(
            owner=psycopg.conninfo.make_conninfo(owner_url, dbname=making), runtime=runtime_url
        )
        migrate(making)
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(making), sql.Identifier(name)
            )
        )
    return name
