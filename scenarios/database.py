"""The lab's database: a clone of an empty migrated one, for this process alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connections

from launcher import clones

PREFIX = "maxhr_lab"


def _migrate(name: str) -> None:
    owner = connections["owner"]
    owner.close()
    before = owner.settings_dict["NAME"]
    owner.settings_dict["NAME"] = name
    try:
        call_command("migrate", database="owner", verbosity=0, interactive=False)
    finally:
        owner.close()
        owner.settings_dict["NAME"] = before


@contextmanager
def lab_database() -> Iterator[None]:
    """Point this process at a database of its own, and back again afterwards."""
    owner_url, runtime_url = os.environ["OWNER_DATABASE_URL"], os.environ["DATABASE_URL"]
    template = clones.ensure_template(owner_url, runtime_url, prefix=PREFIX, migrate=_migrate)
    name = f"maxhrlab_{os.getpid()}"
    _drop_abandoned(owner_url)
    clones.clone(owner_url, template=template, name=name)
    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    # Ids kept by the process belong to the other database.
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        ContentType.objects.clear_cache()
        clones.drop(owner_url, name)


def _drop_abandoned(owner_url: str) -> None:
    """Drop the databases of processes that were killed."""
    with clones.maintenance(owner_url) as connection:
        names = connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'maxhrlab\\_%'"
        ).fetchall()
    for (name,) in names:
        pid = int(name.rpartition("_")[2])
        if not _runs(pid):
            clones.drop(owner_url, name)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
