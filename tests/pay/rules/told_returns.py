"""Rules of returns, programs and conversion, told: rows of `test_explain`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pay.rules.demotion import PermanentRate
from pay.rules.developmental import Pace
from pay.rules.missed_events import (
    MissedDevelopmental,
    MissedEvent,
    MissedPayout,
    MissedRangeAdjustment,
)
from pay.rules.range_change import RangeChange

FIRST = date(2007, 1, 7)
MISSED: list[MissedEvent] = [
    MissedPayout(FIRST, "fixed_percent", Decimal("1.25"), Decimal(2), Fraction(1), 71_750),
    MissedRangeAdjustment(FIRST, RangeChange(41_111, 70_000, 42_139, 71_750), False),
]

#: rule, arguments, some figures of the result, the lines.
TOLD_RETURNS: list[tuple[str, dict[str, Any], dict[str, Any], list[str]]] = [
    (
        "R20",
        {"basic": 69_800, "retained": False, "events": MISSED},
        {"basic": 71_750, "retained": False, "withheld": [], "not_paid": 1_584},
        [
            "The rate on departure was 69,800.",
            "2007-01-07: 69,800 × 42,139 ÷ 41,111 = 71,545.38, rounded half up to 71,545",
            "2007-01-07: 1.25% × 2 points × 71,545 = 1,788.62, rounded half up to 1,789",
            "2007-01-07: 71,545 + 205 = 71,750 basic pay, the band maximum being 71,750.",
            "2007-01-07: The 1,584 above the band maximum, 71,750, is not paid.",
            "From the day of return basic pay is 71,750; nothing is paid for the time before.",
        ],
    ),
    (
        "R20",
        {
            "basic": 43_000,
            "retained": False,
            "events": [
                MissedDevelopmental(FIRST, None, Decimal(6), 44_000),
                MissedDevelopmental(date(2007, 7, 8), 500, None, 45_500),
            ],
        },
        {"basic": 44_500, "not_paid": 1_580},
        [
            "The rate on departure was 43,000.",
            "2007-01-07: 43,000 × (1 + 6%) = 45,580",
            "2007-01-07: Basic pay stops at 44,000; 1,580 is not paid in any form.",
            "2007-07-08: 44,000 + 500 = 44,500",
            "From the day of return basic pay is 44,500; nothing is paid for the time before.",
        ],
    ),
    (
        "R23",
        {
            "basic": 34_000,
            "amount": None,
            "percent": Decimal(6),
            "points": ["interviewing"],
            "certified": ["interviewing", "report writing"],
            "maximum": 44_000,
            "entry_developmental": True,
            "unacceptable": False,
            "pace": Pace(15, 18, "learned fast"),
        },
        {"basic": 36_040, "lost": 0, "retained": False},
        [
            "Certified: interviewing.",
            "After 15 months instead of the standard 18: learned fast",
            "34,000 × (1 + 6%) = 36,040",
        ],
    ),
    (
        "R27",
        {
            "basic": 72_961,
            "basis": "temporary_promotion_ended",
            "proposed": None,
            "minimum": 42_139,
            "maximum": 71_750,
            "retention_eligible": False,
            "permanent": PermanentRate(75_000, True, MISSED[1:]),
        },
        {"basic": 75_938, "retained": True},
        [
            "Demotion (temporary promotion ended): basic pay goes from 72,961 to 75,938, the lower "
            "band's range being 42,139 to 71,750.",
            "It is the rate as if the employee had never been promoted, from 75,000 just before.",
            "2007-01-07: A retained rate rises by half the minimum's percentage: 75,000 + 75,000 "
            "× 1,028 ÷ 41,111 ÷ 2 = 75,937.70, rounded half up to 75,938",
            "2007-01-07: 75,938 is above the new maximum, 71,750: it is a retained rate.",
            "It is above the maximum and kept as a retained rate.",
        ],
    ),
]
