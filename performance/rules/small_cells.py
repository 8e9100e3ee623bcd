"""Tables of people in which nobody can be picked out of a small cell (5 CFR 9701.410(b)).

A cell that is left out by itself could be worked out from the sums, so others are left out with it:
every cell left out, the sums included, lies on a closed walk of cells left out, which is exactly
when no sum gives it away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

#: The sum over all rows or all columns.
ALL = ""
Cell: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by row and column with their sums under ALL; `hidden` are those not to be shown."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Mapping[Cell, int]
    hidden: frozenset[Cell]

    def shown(self, row: str, column: str) -> int | None:
        """A count, or None where it is not to be shown."""
        return None if (row, column) in self.hidden else self.counts[row, column]

    def row(self, row: str) -> list[int | None]:
        """The counts of a row by column, without its sum."""
        return [self.shown(row, column) for column in self.columns]


def table_of(
    counts: Mapping[Cell, int],
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    smallest: int,
    hidden: Iterable[Cell] = (),
) -> Table:
    """The table with its sums; cells of 1 to `smallest` - 1 people, and what tells them, hidden.

    `hidden` are cells that another table leaves out. A count of nobody is no small cell.
    """
    whole = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    whole |= {(row, ALL): sum(whole[row, column] for column in columns) for row in rows}
    whole |= {(ALL, column): sum(whole[row, column] for row in rows) for column in columns}
    whole[ALL, ALL] = sum(whole[row, ALL] for row in rows)
    left_out = {cell for cell, number in whole.items() if 0 < number < smallest} | set(hidden)
    while (weak := _weak_line(whole, left_out, smallest=smallest)) is not None:
        left_out.add(weak)
    return Table(tuple(rows), tuple(columns), whole, frozenset(left_out))


def _weak_line(whole: Mapping[Cell, int], left_out: set[Cell], *, smallest: int) -> Cell | None:
    """A further cell to leave out, or None where nothing gives away a cell that is left out."""
    for cell in sorted(left_out):
        for line in _lines_of(cell, whole):
            inner = [each for each in line if each in left_out and not _is_sum_of(each, line)]
            open_sum = any(_is_sum_of(each, line) and each not in left_out for each in line)
            few = open_sum and inner and sum(whole[each] for each in inner) < smallest
            if len([each for each in line if each in left_out]) < 2 or few:
                more = _next_smallest(line, whole, left_out)
                if more is not None:
                    return more
    for cell in sorted(left_out):
        if not _on_a_closed_walk(cell, left_out):
            for line in _lines_of(cell, whole):
                more = _next_smallest(line, whole, left_out)
                if more is not None:
                    return more
    return None


def _lines_of(cell: Cell, whole: Mapping[Cell, int]) -> tuple[list[Cell], list[Cell]]:
    row, column = cell
    return (
        [each for each in whole if each[0] == row],
        [each for each in whole if each[1] == column],
    )


def _is_sum_of(cell: Cell, line: list[Cell]) -> bool:
    """Whether the cell is the sum of the others of a line."""
    same_row = len({row for row, _ in line}) == 1
    return cell[1] == ALL if same_row else cell[0] == ALL


def _next_smallest(line: list[Cell], whole: Mapping[Cell, int], left_out: set[Cell]) -> Cell | None:
    """The least cell still shown: one with people before an empty one, a sum last."""
    shown = [cell for cell in line if cell not in left_out]
    return min(
        shown,
        key=lambda cell: (_is_sum_of(cell, line), whole[cell] == 0, whole[cell], cell),
        default=None,
    )


def _on_a_closed_walk(cell: Cell, left_out: set[Cell]) -> bool:
    """Whether a walk over other cells left out, along rows and columns in turn, leads back."""
    rows: dict[str, set[str]] = {}
    columns: dict[str, set[str]] = {}
    for row, column in left_out - {cell}:
        rows.setdefault(row, set()).add(column)
        columns.setdefault(column, set()).add(row)
    seen, waiting = {cell[0]}, [cell[0]]
    while waiting:
        for column in rows.get(waiting.pop(), ()):
            if column == cell[1]:
                return True
            for row in columns[column] - seen:
                seen.add(row)
                waiting.append(row)
    return False
