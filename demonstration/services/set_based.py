"""Loads many rows at once: ids from the table's sequence, rows by COPY."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection, models
from django.db.models import Model
from psycopg import sql
from psycopg.types.json import Jsonb
from psycopg.types.range import DateRange


def reserve_ids(model: type[Model], count: int) -> list[int]:
    """Takes `count` ids of a table; they are the caller's alone."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def copy_in(model: type[Model], *, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Copies rows in, the columns not named with the model's defaults; returns how many."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    defaults = [
        field for name, field in fields.items() if name not in columns and not field.primary_key
    ]
    constant = [_adapted(_default(field)) for field in defaults]
    names = [fields[name].column for name in columns] + [field.column for field in defaults]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(sql.Identifier(str(name)) for name in names),
    )
    count = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([*(_adapted(value) for value in row), *constant])
            count += 1
    return count


def _default(field: models.Field[Any, Any]) -> Any:
    if field.has_default() or not field.null:
        return field.get_default()
    return None


def _adapted(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, (dict, list)) else value


def since(first: date) -> DateRange:
    """A period from a date on, without an end."""
    return DateRange(first, None)
