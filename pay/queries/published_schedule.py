"""The published Executive Schedule, for a database to start with."""

from __future__ import annotations

import csv
from pathlib import Path

TABLE = Path(__file__).resolve().parent.parent / "figures" / "executive_schedule.csv"


def published_schedule(year: int) -> dict[str, int]:
    """Annual rates of levels II and III in a year, or in the nearest that the table has."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        rows = {int(row["year"]): row for row in csv.DictReader(table)}
    row = rows[min(rows, key=lambda known: abs(known - year))]
    return {"II": int(row["level_ii"]), "III": int(row["level_iii"])}
