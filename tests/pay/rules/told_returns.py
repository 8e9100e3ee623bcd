"""Rules of returns, programs and conversion, told: rows of `test_explain`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pay.rules.back_pay import AmountDue, HourlyFrom, InterestRate, PeriodHours
from pay.rules.career_ladder import LadderStep
from pay.rules.conversion_day import FormerAction, FormerPay
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

FORMER = FormerPay(
    system="GS",
    basic=50_000,
    locality_percent=Decimal("12.5"),
    special_rate=None,
    step=5,
    next_step=51_600,
    days_served=400,
    retained=False,
    acceptable=True,
    same_day=[FormerAction("general_increase", 57_500)],
    temporary_total=90_000,
)
CONVERSION = {
    "percent": Decimal("12.5"),
    "minimum": 41_111,
    "maximum": 70_000,
    "retained_mode": "full",
    "cap": 150_000,
    "former_basic": None,
}
STEP = {
    "basic": 50_000,
    "system": "GS",
    "step": 5,
    "next_step": 51_600,
    "days_served": 400,
    "retained": False,
    "acceptable": True,
    "mode": "pro_rata_days",
}
LADDER = {
    "step": LadderStep(date(2007, 6, 10), 34_075, 38_824),
    "maximum": 44_000,
    "plan_effective": None,
    "eligible": True,
    "unacceptable": False,
}

TOLD_CONVERSION: list[tuple[str, dict[str, Any], dict[str, Any], list[str]]] = [
    (
        "R32",
        {"total": 66_000, **CONVERSION, "former_basic": 60_500},
        {"basic": 58_667, "retained": False, "total": 66_000, "basic_lowered": True},
        [
            "The former total is 66,000. With a supplement of 12.5% basic pay of 58,667 comes to "
            "66,000, which is no reduction.",
            "One dollar less of basic pay would not reach it.",
            "Basic pay was 60,500, but the special rate as a whole is kept: that is no reduction "
            "in pay.",
        ],
    ),
    (
        "R32",
        {"total": 80_000, **CONVERSION},
        {"basic": 71_111, "retained": True},
        [
            "The former total is 80,000. With a supplement of 12.5% basic pay of 71,111 comes to "
            "80,000, which is no reduction.",
            "It is above the band maximum, 70,000: it is a retained rate, and supplements count "
            "for it by “full”.",
        ],
    ),
    (
        "R32",
        {"total": 45_000, **CONVERSION},
        {"basic": 41_111, "total": 46_250},
        [
            "The former total is 45,000. With a supplement of 12.5% basic pay of 41,111 comes to "
            "46,250, which is no reduction.",
            "Basic pay may not be below the band minimum, 41,111.",
        ],
    ),
    (
        "R33",
        {"former": FORMER, "buy_in": "pro_rata_days"},
        {"total": 58_511, "buy_in": 879},
        [
            "The former system paid 50,000 in the position of record.",
            "A temporary promotion paid 90,000; it ends before conversion.",
            "1. General increase: 57,500.",
            "2. Return to position of record: 57,500.",
            "3. Buy in: 58,511.",
            "4. Conversion: 58,511.",
        ],
    ),
    (
        "R34",
        STEP,
        {"basic": 50_879, "amount": 879, "step_due": False},
        [
            "(51,600 - 50,000) × 400 ÷ 728 days = 879.12, rounded half up to 879",
            "50,000 + 879 = 50,879",
        ],
    ),
    (
        "R34",
        {**STEP, "days_served": 728},
        {"basic": 51_600, "amount": 0, "step_due": True},
        [
            "The 728 days served complete the waiting time of step 5: the step itself is due, "
            "51,600."
        ],
    ),
    (
        "R34",
        {**STEP, "next_step": None, "step": 10},
        {"basic": 50_000, "amount": 0},
        ["No time toward a within-grade increase is credited on 50,000."],
    ),
    (
        "R35",
        {"basic": 42_000, **LADDER},
        {"basic": 44_000, "lost": 3_853},
        [
            "The career ladder’s promotion of 2007-06-10: 42,000 × 38,824 ÷ 34,075 = 47,853.49, "
            "rounded half up to 47,853",
            "Basic pay stops at 44,000.",
        ],
    ),
]

PERIODS = [
    PeriodHours(FIRST, Decimal(80)),
    PeriodHours(date(2007, 1, 21), Decimal(80)),
    PeriodHours(date(2007, 2, 4), Decimal(72)),
]
OWED = {
    "right": [HourlyFrom(FIRST, Decimal("30.39"))],
    "paid": [HourlyFrom(FIRST, Decimal("29.65"))],
    "periods": PERIODS,
    "not_before": date(2001, 1, 1),
}
INTEREST = {
    "dues": [AmountDue(date(2007, 1, 26), Decimal("59.20"))],
    "rates": [InterestRate(date(2007, 1, 1), Decimal(8))],
    "until": date(2007, 5, 26),
    "paid_on": date(2007, 6, 1),
}

TOLD_PAYMENTS: list[tuple[str, dict[str, Any], dict[str, Any], list[str]]] = [
    (
        "R24N",
        {
            "hourly": Decimal("23.17"),
            "minimum": 41_111,
            "maximum": 45_000,
            "retention_allowed": True,
        },
        {"basic": 48_356, "retained": True},
        [
            "23.17 an hour × 2,087 hours = 48,355.79, rounded half up to 48,356",
            "It is above the band maximum, 45,000: a retained rate.",
        ],
    ),
    (
        "R24N",
        {
            "hourly": Decimal("19.00"),
            "minimum": 41_111,
            "maximum": 70_000,
            "retention_allowed": False,
        },
        {"basic": 41_111, "retained": False},
        [
            "19.00 an hour × 2,087 hours = 39,653",
            "Basic pay may not be below the band minimum, 41,111.",
        ],
    ),
    (
        "R31",
        {
            "amount": Decimal("3000.00"),
            "kind": "assignment",
            "schedule": "lump_sum",
            "basic": 62_000,
            "retained": False,
        },
        {"amount": "3000.00", "basic": 62_000, "retained": False},
        [
            "A special assignment payment of 3,000.00, once. It is not basic pay for any purpose: "
            "that stays 62,000."
        ],
    ),
    (
        "R37",
        OWED,
        {"amount": "171.68"},
        [
            "2007-01-07 through 2007-02-03: (30.39 - 29.65) × 80 hours = 59.20, 2 times",
            "2007-02-04 through 2007-02-17: (30.39 - 29.65) × 72 hours = 53.28",
            "Back pay: 171.68.",
        ],
    ),
    (
        "R37",
        {**OWED, "paid": OWED["right"]},
        {"amount": "0.00", "owed": []},
        ["In no pay period was less paid than was right: no back pay is owed."],
    ),
    (
        "R37I",
        INTEREST,
        {"interest": "1.58"},
        [
            "Interest on 59.20, each amount from its pay date to 2007-05-26, compounded daily at a "
            "year's 8% from 2007-01-01: 1.58"
        ],
    ),
    (
        "R37I",
        {**INTEREST, "until": date(2007, 2, 20), "paid_on": date(2007, 2, 25)},
        {"interest": "0.00"},
        ["No interest is due on 59.20 paid on 2007-02-25."],
    ),
    (
        "R38",
        {
            "basic": 69_500,
            "percent": Decimal(6),
            "maximum": 70_000,
            "target": "GS-0343-14",
        },
        {"basic": 70_000, "lost": 3_670},
        [
            "Before the move to GS-0343-14:",
            "69,500 × (1 + 6%) = 73,670",
            "Basic pay stops at 70,000; 3,670 is not paid in any form.",
        ],
    ),
]
