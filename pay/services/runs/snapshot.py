"""Reading the real workforce as it is at one moment, unable to write."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def read_only_snapshot() -> Iterator[None]:
    """A read-only transaction that sees one state of the database from beginning to end.

    Inside another transaction (a test, the lab) that one's isolation holds, and the block is still
    read-only: whatever writes in it is refused by PostgreSQL.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if outermost:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            else:
                cursor.execute("SET TRANSACTION READ ONLY")
        yield


@contextmanager
def uncollected() -> Iterator[None]:
    """Without cyclic garbage collection: reading many people makes many objects and hardly a
    cycle."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
