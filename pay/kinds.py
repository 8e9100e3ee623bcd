"""Kinds of pay actions, and their rank among those of one date (R39)."""

from __future__ import annotations

from enum import StrEnum

from governance.queries.policy import Policy


class Kind(StrEnum):
    """What a row of the ledger is."""

    STARTING_PAY = "starting_pay"
    BUY_IN = "buy_in"
    CONVERSION = "conversion"
    RELEASED = "denied_increase_released"
    MINIMUM_BY_DEFAULT = "minimum_by_default"
    RETURN_TO_DUTY = "return_to_duty"
    RANGE_INCREASE = "range_increase"
    RANGE_INCREASE_DENIED = "range_increase_denied"
    SUPPLEMENT_CHANGE = "supplement_change"
    SUPPLEMENT_INCREASE_DENIED = "supplement_increase_denied"
    PERFORMANCE_PAYOUT = "performance_payout"
    LUMP_SUM_PAYOUT = "lump_sum_payout"
    PROMOTION = "promotion"
    REASSIGNMENT = "reassignment"
    DEMOTION = "demotion"
    WITHIN_BAND_REDUCTION = "within_band_reduction"
    WITHIN_BAND_INCREASE = "within_band_increase"
    DEVELOPMENTAL = "developmental"
    CAREER_LADDER = "career_ladder_equivalent"
    BEFORE_GS_MOVE = "increase_before_gs_move"
    SPECIAL_PAYMENT = "special_payment"
    CAP_CHANGE = "cap_change"
    SEPARATION = "separation"
    CORRECTION = "correction"


#: R39. Appointments and changes of the cap set the ground, so they come before the day's steps; a
#: special payment changes none, so it comes after them.
_RANKS = {
    Kind.STARTING_PAY: 0,
    Kind.BUY_IN: 0,
    Kind.CONVERSION: 0,
    Kind.RELEASED: 0,
    Kind.MINIMUM_BY_DEFAULT: 0,
    # Back on duty, an employee takes part in what else happens that day.
    Kind.RETURN_TO_DUTY: 0,
    Kind.CAP_CHANGE: 0,
    Kind.RANGE_INCREASE: 1,
    Kind.RANGE_INCREASE_DENIED: 1,
    Kind.SUPPLEMENT_CHANGE: 2,
    Kind.SUPPLEMENT_INCREASE_DENIED: 2,
    Kind.PERFORMANCE_PAYOUT: 4,
    Kind.LUMP_SUM_PAYOUT: 4,
    Kind.DEVELOPMENTAL: 5,
    Kind.WITHIN_BAND_INCREASE: 5,
    Kind.CAREER_LADDER: 5,
    Kind.BEFORE_GS_MOVE: 5,
    Kind.PROMOTION: 6,
    Kind.REASSIGNMENT: 6,
    Kind.DEMOTION: 6,
    Kind.WITHIN_BAND_REDUCTION: 7,
    Kind.SPECIAL_PAYMENT: 8,
    Kind.SEPARATION: 9,
}
#: A move of the duty station or special category alone comes before the payout, one between bands
#: after it.
DUTY_STATION_RANK = 3
#: What begins or ends pay keeps its rank in any order.
_FIXED = (Kind.STARTING_PAY, Kind.BUY_IN, Kind.CONVERSION, Kind.SEPARATION)
#: Under parameter same_day.order "file" the day's steps keep the order in which they are taken.
_AS_TAKEN = 6


def step_of(kind: Kind, *, policy: Policy) -> int:
    """The rank of a kind among the actions of one date, by parameter same_day.order."""
    if policy["same_day.order"] == "file" and kind not in _FIXED:
        return _AS_TAKEN
    return _RANKS[kind]


def duty_station_step(*, policy: Policy) -> int:
    """The rank of a move of the duty station or special category alone."""
    return _AS_TAKEN if policy["same_day.order"] == "file" else DUTY_STATION_RANK
