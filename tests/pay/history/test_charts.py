"""The geometry of the chart: where dates, rates and ranges fall."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pay.charts import RangePiece, RatePoint, pieces_of, rate_charts

FIRST, SECOND, LAST = date(2007, 1, 7), date(2008, 1, 6), date(2009, 1, 4)
RANGES = [
    (1, date(2000, 1, 1), SECOND, 41_111, 70_000),
    (1, SECOND, None, 42_139, 71_750),
    (2, date(2000, 1, 1), None, 64_500, 98_400),
]


def test_a_range_is_cut_to_the_time_in_which_its_band_was_held() -> None:
    held = [(FIRST, 1, "Full"), (date(2007, 6, 1), 1, "Full"), (date(2008, 7, 1), 2, "Expert")]

    assert pieces_of(held, RANGES, until=LAST) == [
        RangePiece(FIRST, SECOND, 41_111, 70_000, "Full"),
        RangePiece(SECOND, date(2008, 7, 1), 42_139, 71_750, "Full"),
        RangePiece(date(2008, 7, 1), LAST, 64_500, 98_400, "Expert"),
    ]


def test_without_a_band_there_is_no_range() -> None:
    assert pieces_of([(FIRST, None, "")], RANGES, until=LAST) == []


def test_without_a_rate_there_is_no_chart() -> None:
    assert rate_charts([], [], on=LAST) == ()
    assert rate_charts([RatePoint(FIRST, None)], [], on=LAST) == ()


def test_the_line_goes_in_steps_and_ends_with_the_employment() -> None:
    points = [RatePoint(FIRST, 55_000), RatePoint(SECOND, 56_375), RatePoint(LAST, None)]
    wide, narrow = rate_charts(points, [], on=date(2010, 1, 1))

    assert (wide.line.count("M"), wide.line.count("V")) == (1, 1)
    assert not wide.line.endswith(f"H{wide.right}")
    assert wide.last is None
    assert narrow.width <= 320


def test_a_higher_rate_stands_higher() -> None:
    points = [RatePoint(FIRST, 55_000, mark="other"), RatePoint(SECOND, 56_375, mark="up")]
    wide, _ = rate_charts(points, [], on=LAST)

    low, high = wide.marks
    assert low.x < high.x
    assert low.y > high.y
    assert wide.last is not None
    assert wide.last.label == "$56,375"


def test_neighbouring_areas_are_one_for_each_band() -> None:
    held = [(FIRST, 1, "Full"), (date(2008, 7, 1), 2, "Expert")]
    pieces = pieces_of(held, RANGES, until=LAST)
    wide, _ = rate_charts([RatePoint(FIRST, 55_000)], pieces, on=LAST)

    assert [area.label for area in wide.areas] == ["Full", "Expert"]


@given(
    rates=st.lists(st.integers(min_value=1, max_value=400_000), min_size=1, max_size=12),
    days=st.integers(min_value=0, max_value=20_000),
)
def test_everything_falls_inside_the_box(rates: list[int], days: int) -> None:
    points = [
        RatePoint(date.fromordinal(FIRST.toordinal() + place * 30), rate, mark="up")
        for place, rate in enumerate(rates)
    ]
    on = date.fromordinal(FIRST.toordinal() + days)
    for chart in rate_charts(points, [], on=on):
        assert len(chart.dollars) <= 12
        assert len(chart.dates) <= 10
        for mark in chart.marks:
            assert chart.left <= mark.x <= chart.right
            assert 0 <= mark.y <= chart.bottom
