"""R19: the part of the window between payouts that counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.proration import SPAN_KINDS, Span, proration
from regulation.refusals import Refused

START = date(2007, 1, 7)
END = date(2008, 1, 5)


def factor(
    *,
    hired: date | None = None,
    promoted: date | None = None,
    spans: Sequence[Span] = (),
    threshold_days: int = 0,
) -> Fraction:
    return proration(
        window_start=START,
        window_end=END,
        hired=hired,
        promoted=promoted,
        leave_without_pay=spans,
        threshold_days=threshold_days,
    )


@pytest.mark.paragraph("9701.342(e)(1)")
@pytest.mark.parametrize(
    ("hired", "promoted", "eligible"),
    [
        (None, None, 364),
        (date(2007, 4, 1), None, 280),
        (None, date(2007, 4, 1), 280),
        (date(2007, 4, 1), date(2007, 5, 1), 250),
        (date(2007, 1, 7), None, 364),
        (date(2007, 1, 8), None, 363),
        (date(1999, 1, 8), None, 364),
        (date(2008, 1, 5), None, 1),
        (date(2008, 1, 6), None, 0),
    ],
)
def test_days_before_hire_or_promotion_do_not_count(
    hired: date | None, promoted: date | None, eligible: int
) -> None:
    assert factor(hired=hired, promoted=promoted) == Fraction(eligible, 364)


ORDINARY_30 = Span(date(2007, 3, 1), date(2007, 3, 30), "leave_without_pay")
MOBILIZED_120 = Span(date(2007, 6, 1), date(2007, 9, 28), "uniformed_service")
INJURED = Span(date(2007, 6, 1), date(2007, 9, 28), "injury_compensation")


@pytest.mark.paragraph("9701.342(e)(2)")
@pytest.mark.paragraph("9701.342:preamble-lwop")
@pytest.mark.parametrize(
    ("spans", "threshold_days", "eligible"),
    [
        ([ORDINARY_30, MOBILIZED_120], 0, 334),
        ([MOBILIZED_120], 0, 364),
        ([INJURED], 0, 364),
        ([ORDINARY_30], 29, 334),
        ([ORDINARY_30], 30, 364),
        ([Span(date(2006, 12, 1), date(2007, 1, 10), "leave_without_pay")], 0, 360),
        ([Span(date(2006, 12, 1), date(2007, 1, 10), "leave_without_pay")], 4, 364),
        ([ORDINARY_30, ORDINARY_30], 0, 334),
        # A day that is protected is never dropped, whatever else the record says of it.
        ([Span(date(2007, 6, 1), date(2007, 6, 10), "leave_without_pay"), MOBILIZED_120], 0, 364),
    ],
)
def test_ordinary_leave_without_pay_is_dropped_and_protected_leave_never(
    spans: list[Span], threshold_days: int, eligible: int
) -> None:
    assert factor(spans=spans, threshold_days=threshold_days) == Fraction(eligible, 364)


@pytest.mark.paragraph("9701.342(e)(3)")
def test_no_day_is_dropped_twice() -> None:
    unpaid = Span(date(2007, 3, 25), date(2007, 4, 10), "leave_without_pay")
    assert factor(promoted=date(2007, 4, 1), spans=[unpaid]) == Fraction(270, 364)
    listed = Span(date(2007, 4, 5), date(2007, 4, 15), "directive_reason")
    assert factor(promoted=date(2007, 4, 1), spans=[unpaid, listed]) == Fraction(265, 364)


@pytest.mark.parametrize(
    "wrong",
    [
        {"window_end": START - timedelta(1)},
        {"leave_without_pay": [Span(END, START, "leave_without_pay")]},
        {"leave_without_pay": [Span(START, END, "vacation")]},  # type: ignore[arg-type]
    ],
)
def test_a_span_that_ends_before_it_begins_or_has_no_kind_is_refused(
    wrong: dict[str, Any],
) -> None:
    arguments: dict[str, Any] = {
        "window_start": START,
        "window_end": END,
        "hired": None,
        "promoted": None,
        "leave_without_pay": [],
        "threshold_days": 0,
    }
    with pytest.raises(Refused) as refused:
        proration(**(arguments | wrong))
    assert refused.value.code == "invalid_input"


days = st.dates(date(2006, 6, 1), date(2008, 6, 1))


@given(
    st.none() | days,
    st.none() | days,
    st.lists(st.tuples(days, st.integers(0, 200), st.sampled_from(SPAN_KINDS)), max_size=5),
    st.integers(0, 60),
)
def test_proration_lies_between_nothing_and_the_whole(
    hired: date | None,
    promoted: date | None,
    drawn: list[tuple[date, int, Any]],
    threshold_days: int,
) -> None:
    spans = [Span(start, start + timedelta(length), kind) for start, length, kind in drawn]
    with_spans = factor(hired=hired, promoted=promoted, spans=spans, threshold_days=threshold_days)
    assert 0 <= with_spans <= factor(hired=hired, promoted=promoted) <= 1
