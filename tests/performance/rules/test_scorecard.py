"""A supervisor's scorecard counts what was his to do, and nobody whom he could not have rated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from performance.rules.absence import Away
from performance.rules.scorecard import Scorecard, Supervised, could_be_rated, scorecard

STARTS, ENDS, DUE = date(2006, 10, 1), date(2007, 9, 30), date(2007, 11, 14)
MANAGED = Supervised(
    covered=True,
    hired=date(2000, 1, 3),
    since=date(2004, 1, 4),
    communicated_on=date(2006, 10, 16),
    reviewed=True,
    issued_on=date(2007, 10, 20),
)


def card(*team: Supervised, on: date = date(2007, 12, 1), records: int = 0) -> Scorecard:
    return scorecard(
        team, starts=STARTS, ends=ENDS, minimum=90, due_on=DUE, on=on, records_opened=records
    )


@pytest.mark.paragraph("9701.405(b)(4)")
@pytest.mark.parametrize(
    ("one", "counts"),
    [
        (MANAGED, True),
        # He was never told, and this supervisor had the year to tell him.
        (replace(MANAGED, communicated_on=None), True),
        # Told too late, by his own supervisor of the whole year.
        (replace(MANAGED, communicated_on=date(2007, 8, 1)), True),
        # Hired with 91, 90 and 89 days of the period left.
        (replace(MANAGED, hired=date(2007, 7, 2), communicated_on=None), True),
        (replace(MANAGED, hired=date(2007, 7, 3), communicated_on=None), True),
        (replace(MANAGED, hired=date(2007, 7, 4), communicated_on=None), False),
        # Taken over late: told in time by the supervisor before, or by nobody.
        (replace(MANAGED, since=date(2007, 8, 1)), True),
        (replace(MANAGED, since=date(2007, 8, 1), communicated_on=None), False),
        # Away without pay but for 89 days, and for 90.
        (replace(MANAGED, not_performing=(Away(date(2006, 12, 29)),)), False),
        (replace(MANAGED, not_performing=(Away(date(2006, 12, 30)),)), True),
        (replace(MANAGED, covered=False), False),
    ],
)
def test_nobody_counts_who_cannot_be_rated_for_reasons_outside_the_supervisor(
    one: Supervised, counts: bool
) -> None:
    assert could_be_rated(one, starts=STARTS, ends=ENDS, minimum=90) is counts
    assert (card(one).people, card(one).left_out) == (int(counts), int(not counts))


@pytest.mark.paragraph("9701.405(b)(4)")
def test_each_duty_is_counted_by_itself() -> None:
    found = card(
        MANAGED,
        replace(MANAGED, communicated_on=None, issued_on=None),
        replace(MANAGED, reviewed=False, issued_on=date(2007, 11, 15)),
        replace(MANAGED, issued_on=DUE),
        replace(MANAGED, hired=date(2007, 9, 1), communicated_on=None, issued_on=None),
        records=2,
    )
    assert found == Scorecard(
        people=4,
        left_out=1,
        communicated=3,
        reviewed=3,
        to_rate=4,
        rated_on_time=2,
        rated_late=1,
        overdue=1,
        records_opened=2,
    )


@pytest.mark.parametrize(("on", "overdue"), [(DUE, 0), (date(2007, 11, 15), 1)])
def test_nothing_is_overdue_on_the_due_date_itself(on: date, overdue: int) -> None:
    assert card(replace(MANAGED, issued_on=None), on=on).overdue == overdue


def test_a_rating_that_somebody_else_owes_is_not_counted_against_the_supervisor() -> None:
    found = card(replace(MANAGED, issued_on=None, rated_by_other=True))
    assert (found.people, found.to_rate, found.overdue) == (1, 0, 0)
