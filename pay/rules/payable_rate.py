"""The last step of every pay setting: supplement, cap and hourly rate together (R9, R10, R1)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pay.rules.hourly import hourly_rate
from pay.rules.maximum_rate import check_basic, payable_adjusted
from pay.rules.supplement import uncapped_adjusted, uncapped_adjusted_of_retained
from regulation.money import half_up_dollar

RULE = "R9"
VERSION = 1
CITATION = "9701.331"


@dataclass(frozen=True, slots=True)
class PayableRate:
    """What a rate of basic pay comes to: dollars a year, and dollars and cents an hour."""

    uncapped: int
    adjusted: int
    supplement: int
    supplement_percent: Decimal

    @property
    def hourly(self) -> Decimal:
        """The hourly rate of what is paid (R1)."""
        return hourly_rate(self.adjusted)


def payable_rate(
    basic: int,
    *,
    percent: Decimal,
    retained: bool,
    retained_mode: str,
    maximum: int,
    cap: int,
    critical_pay: bool,
    kept_supplement: int = 0,
    least: int = 0,
    published: Decimal | None = None,
) -> PayableRate:
    """The uncapped, payable and hourly rate of basic pay with its supplement.

    5 CFR 9701.331, 9701.312, 9701.357(a), (c). Half up on the annual total and on the hourly cent.
    The supplement is at least `kept_supplement`, the uncapped rate at least `least`; where one of
    them decides, the percentage told is what the supplement comes to, `published` or to four
    places. Basic pay over the cap is refused, `above_executive_level`.
    """
    check_basic(basic, cap=cap, critical_pay=critical_pay)
    if retained:
        uncapped = uncapped_adjusted_of_retained(
            basic, percent=percent, maximum=maximum, mode=retained_mode
        )
    else:
        uncapped = uncapped_adjusted(basic, percent=percent)
    own = uncapped
    uncapped = max(own, basic + kept_supplement, least)
    # Critical pay under 5 U.S.C. 5377 is the one basic rate that may itself exceed the cap.
    adjusted = max(basic, payable_adjusted(uncapped, cap=cap))
    return PayableRate(
        uncapped=uncapped,
        adjusted=adjusted,
        supplement=adjusted - basic,
        supplement_percent=percent
        if uncapped == own
        else told_percent(basic, uncapped=uncapped, published=published),
    )


def told_percent(basic: int, *, uncapped: int, published: Decimal | None) -> Decimal:
    """What a supplement in dollars is in percent of basic pay.

    The published percentage where it comes to the same dollars, else half up to four places.
    """
    if published is not None and uncapped_adjusted(basic, percent=published) == uncapped:
        return published
    millionths = half_up_dollar(Fraction((uncapped - basic) * 1_000_000, basic))
    return Decimal(millionths).scaleb(-4)
