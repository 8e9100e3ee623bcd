"""R4: the gate of range and supplement increases."""

from __future__ import annotations

from datetime import date

import pytest

from pay.rules.eligibility import (
    ABOVE_UNACCEPTABLE,
    NO_RATING,
    UNACCEPTABLE,
    RatingFact,
    market_gate,
)

ON = date(2007, 1, 7)
PERIOD = date(2006, 9, 30)


def rating(
    level: str, issued: date, *, period_end: date = PERIOD, additional: bool = False
) -> RatingFact:
    return RatingFact(
        level=level,
        unacceptable=level == "U",
        kind="additional" if additional else "annual",
        period_end=period_end,
        issued=issued,
    )


ANNUAL_U = rating("U", date(2006, 11, 15))
ANNUAL_ME = rating("ME", date(2006, 11, 15))
OLD_U = rating("U", date(2005, 11, 15), period_end=date(2005, 9, 30))


@pytest.mark.paragraph("9701.323(c)#1")
@pytest.mark.paragraph("9701.335(c)#1")
def test_an_unacceptable_rating_of_the_period_denies() -> None:
    result = market_gate([ANNUAL_U], on=ON, period_end=PERIOD)
    assert (result.denied, result.basis, result.rating) == (True, UNACCEPTABLE, ANNUAL_U)


@pytest.mark.paragraph("9701.323(a)#1")
def test_a_rating_above_unacceptable_passes() -> None:
    result = market_gate([ANNUAL_ME], on=ON, period_end=PERIOD)
    assert (result.denied, result.basis, result.rating) == (False, ABOVE_UNACCEPTABLE, ANNUAL_ME)


@pytest.mark.paragraph("9701.323(b)")
@pytest.mark.parametrize(
    ("ratings", "period_end"),
    [
        ([], PERIOD),
        ([], None),
        ([OLD_U], None),
        ([OLD_U], PERIOD),
        # One day late: the gate is decided once, on the date of the adjustment.
        ([rating("U", date(2007, 1, 8))], PERIOD),
        # An additional rating alone is no rating of the period.
        ([OLD_U, rating("U", date(2006, 12, 1), additional=True)], PERIOD),
    ],
)
def test_no_rating_for_the_most_recent_period_passes(
    ratings: list[RatingFact], period_end: date | None
) -> None:
    result = market_gate(ratings, on=ON, period_end=period_end)
    assert (result.denied, result.basis, result.rating) == (False, NO_RATING, None)


@pytest.mark.paragraph("9701.323(a)#1")
@pytest.mark.parametrize(
    ("annual", "additional", "issued", "denied"),
    [
        ("U", "ME", date(2007, 1, 7), False),
        ("U", "ME", date(2007, 1, 8), True),
        ("ME", "U", date(2007, 1, 7), True),
        ("ME", "U", date(2007, 1, 8), False),
        # Both on one day: the additional rating is the more current.
        ("U", "ME", date(2006, 11, 15), False),
        # Issued before the period ended: it belongs to an earlier rating.
        ("U", "ME", date(2006, 9, 30), True),
        ("U", "ME", date(2006, 10, 1), True),
    ],
)
def test_the_latest_rating_issued_by_the_date_governs(
    annual: str, additional: str, issued: date, denied: bool
) -> None:
    ratings = [
        rating(additional, issued, additional=True),
        rating(annual, date(2006, 11, 15)),
    ]
    assert market_gate(ratings, on=ON, period_end=PERIOD).denied is denied
