"""Small cells, and whatever would give them away, are left out of tables of people."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.rules.small_cells import ALL, Cell, Table, table_of

COLUMNS = ("AE", "EE", "ME", "U")


def table(*rows: tuple[int, ...], smallest: int = 5) -> Table:
    names = [f"R{at}" for at in range(len(rows))]
    counts = {
        (name, column): number
        for name, row in zip(names, rows, strict=True)
        for column, number in zip(COLUMNS, row, strict=True)
    }
    return table_of(counts, rows=names, columns=COLUMNS, smallest=smallest)


def test_a_table_without_small_cells_is_shown_whole() -> None:
    whole = table((10, 20, 30, 0), (5, 6, 7, 0))
    assert whole.hidden == frozenset()
    assert whole.shown("R0", ALL) == 60
    assert whole.shown(ALL, "U") == 0


def test_a_small_cell_takes_the_next_smallest_of_its_row_and_column_with_it() -> None:
    whole = table((10, 20, 30, 3), (15, 16, 17, 8))
    assert whole.shown("R0", "U") is None
    assert whole.shown("R0", "AE") is None
    assert {("R1", "U"), ("R1", "AE")} <= whole.hidden
    assert whole.shown("R0", ALL) == 63


def test_what_is_left_out_of_a_sum_is_never_itself_fewer_than_the_smallest() -> None:
    whole = table((1, 1, 30, 40))
    hidden = [column for column in COLUMNS if ("R0", column) in whole.hidden]
    assert sum(whole.counts["R0", column] for column in hidden) >= 5


@pytest.mark.parametrize(("number", "hidden"), [(4, True), (5, False), (0, False)])
def test_the_boundary_is_five(number: int, hidden: bool) -> None:
    assert (("R0", "U") in table((10, 20, 30, number)).hidden) is hidden


def test_cells_left_out_elsewhere_are_left_out_here() -> None:
    counts = {("R0", column): 10 for column in COLUMNS}
    whole = table_of(counts, rows=["R0"], columns=COLUMNS, smallest=5, hidden=[(ALL, "AE")])
    assert whole.shown(ALL, "AE") is None
    assert whole.shown("R0", "AE") is None


def determined(whole: Table) -> set[Cell]:
    """Hidden cells that the sums fix, by elimination over the rationals."""
    unknown = sorted(whole.hidden)
    lines: list[list[Cell]] = [
        [(row, column) for column in (*whole.columns, ALL)] for row in (*whole.rows, ALL)
    ]
    lines += [[(row, column) for row in (*whole.rows, ALL)] for column in (*whole.columns, ALL)]
    matrix = []
    for at, line in enumerate(lines):
        by_row = at <= len(whole.rows)
        sign = {cell: -1 if cell[1 if by_row else 0] == ALL else 1 for cell in line}
        matrix.append([Fraction(sign.get(cell, 0)) for cell in unknown])
    pivots, at = [], 0
    for column in range(len(unknown)):
        pick = next((row for row in range(at, len(matrix)) if matrix[row][column]), None)
        if pick is None:
            continue
        matrix[at], matrix[pick] = matrix[pick], matrix[at]
        matrix[at] = [value / matrix[at][column] for value in matrix[at]]
        for row in range(len(matrix)):
            if row != at and matrix[row][column]:
                by = matrix[row][column]
                pairs = zip(matrix[row], matrix[at], strict=True)
                matrix[row] = [value - by * other for value, other in pairs]
        pivots.append(at)
        at += 1
    return {
        unknown[next(column for column, value in enumerate(matrix[row]) if value)]
        for row in pivots
        if sum(1 for value in matrix[row] if value) == 1
    }


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(*[st.sampled_from([0, 0, 1, 2, 4, 5, 6, 12, 40])] * 4), min_size=1, max_size=7
    )
)
def test_no_hidden_cell_can_be_worked_out_and_no_small_one_is_shown(
    rows: list[tuple[int, int, int, int]],
) -> None:
    whole = table(*rows)
    assert not [cell for cell, n in whole.counts.items() if 0 < n < 5 and cell not in whole.hidden]
    assert determined(whole) == set()
