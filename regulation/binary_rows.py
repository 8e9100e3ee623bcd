"""Reading many rows at once, as tuples, in PostgreSQL's binary format.

For what a run reads of everybody: parameters are bound by the server, so that thousands of ids are
one array and not thousands of places in a statement.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connection


def binary_rows(statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Every row of a statement, in the transaction that is open."""
    connection.ensure_connection()
    raw = psycopg.Cursor[tuple[Any, ...]](connection.connection)
    raw.format = psycopg.pq.Format.BINARY
    # As `connection.cursor()` does, so that errors are Django's and counted queries are counted.
    made = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with made(raw) as cursor:  # type: ignore[arg-type]
        cursor.execute(statement, {name: _sent(value) for name, value in parameters.items()})
        return list(cursor.fetchall())


def _sent(value: Any) -> Any:
    """Thousands of ids as the text of one array, which psycopg would write id by id."""
    if isinstance(value, list) and value and type(value[0]) is int:
        return "{" + ",".join(map(str, value)) + "}"
    return value
