"""The tests' database: a clone of a migrated template, used as the runtime role.

A test that commits (`transaction=True`, the live server) gets a fresh clone afterwards: ledger and
history can be neither truncated nor deleted by the role that runs the program.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from launcher import clones

if TYPE_CHECKING:
    from tests.access_world import World

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

PREFIX = "maxhr_test_template"


def _urls() -> tuple[str, str]:
    return os.environ["OWNER_DATABASE_URL"], os.environ["DATABASE_URL"]


def _migrate(name: str) -> None:
    from django.core.management import call_command

    owner = connections["owner"]
    owner.close()
    owner.settings_dict["NAME"] = name
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    owner.close()


def use_database(name: str) -> None:
    """Point both connections of this process at a database."""
    for connection in connections.all():
        connection.close()
        connection.settings_dict["NAME"] = name


class Clones:
    """The template and the clone of this process."""

    def __init__(self) -> None:
        self.owner, runtime = _urls()
        self.template = clones.ensure_template(self.owner, runtime, prefix=PREFIX, migrate=_migrate)
        self.name = f"maxhr_test_{os.getpid()}"

    def fresh(self) -> None:
        for connection in connections.all():
            connection.close()
        clones.clone(self.owner, template=self.template, name=self.name)
        use_database(self.name)

    def drop(self) -> None:
        for connection in connections.all():
            connection.close()
        clones.drop(self.owner, self.name)


@pytest.fixture(scope="session")
def database_clones(django_db_blocker: pytest.FixtureRequest) -> Iterator[Clones]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        made = Clones()
        made.fresh()
    yield made
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        made.drop()


@pytest.fixture(scope="session")
def django_db_setup(database_clones: Clones) -> None:
    """Take the place of pytest-django's own test database."""


@pytest.fixture
def fresh_database(database_clones: Clones, django_db_blocker: object) -> Iterator[str]:
    """A clone of its own for a test that commits, with nothing left for the next."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield database_clones.name
        database_clones.fresh()


@pytest.fixture(scope="module")
def one_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The world of the access table, made once for all tests of a module."""
    from tests.access_world import living_world

    with django_db_blocker.unblock(), living_world() as made:
        yield made


@pytest.fixture
def world(one_world: World) -> Iterator[World]:
    """The world as it was made."""
    from tests.access_world import as_it_was

    with as_it_was(one_world):
        yield one_world
