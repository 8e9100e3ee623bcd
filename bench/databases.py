"""A database of the benchmark's own, cloned as often as it is needed and dropped at the end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connections

from launcher import clones

PREFIX = "maxhr_bench_template"


def use_database(name: str) -> None:
    """Point both connections of this process at a database."""
    for connection in connections.all():
        connection.close()
        connection.settings_dict["NAME"] = name


def _migrate(name: str) -> None:
    use_database(name)
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    connections["owner"].close()


@contextmanager
def databases(*names: str) -> Iterator[list[str]]:
    """An empty migrated database of each name."""
    owner, runtime = os.environ["OWNER_DATABASE_URL"], os.environ["DATABASE_URL"]
    template = clones.ensure_template(owner, runtime, prefix=PREFIX, migrate=_migrate)
    made = [f"maxhr_bench_{os.getpid()}_{name}" for name in names]
    try:
        for name in made:
            clones.clone(owner, template=template, name=name)
        yield made
    finally:
        for connection in connections.all():
            connection.close()
        for name in made:
            clones.drop(owner, name)


def copy_of(source: str, *, name: str) -> None:
    """A second database with the same content."""
    for connection in connections.all():
        connection.close()
    clones.clone(os.environ["OWNER_DATABASE_URL"], template=source, name=name)


@contextmanager
def dropped(name: str) -> Iterator[str]:
    """The name, of whose database nothing is left afterwards."""
    try:
        yield name
    finally:
        for connection in connections.all():
            connection.close()
        clones.drop(os.environ["OWNER_DATABASE_URL"], name)
