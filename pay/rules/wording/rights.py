"""What rights follow from a step of pay, each with its paragraph."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Right:
    """One right, or one bound of it, in a plain sentence, with the paragraph that gives it."""

    text: str
    citation: str


GRIEVE_THE_RATING = Right(
    "The rating of record behind this may be grieved; it stays in force meanwhile.",
    "9701.409(g)",
)
NOT_AN_ADVERSE_ACTION = Right(
    "Not getting the increase is not an adverse action, so it cannot be appealed as one.",
    "9701.323(c)",
)
A_NEW_RATING_RELEASES = Right(
    "A new rating of record above unacceptable brings the withheld percentage, from the first pay "
    "period that begins on or after the day it is issued. There is no time limit and no back pay.",
    "9701.324",
)
SHOWN_WITHIN_90_DAYS = Right(
    "Acceptable performance shown within 90 days of the adjustment must be answered with a new "
    "rating of record; it brings the whole withheld percentage.",
    "9701.325(a)(1)",
)
ACT_WITHIN_90_DAYS = Right(
    "Otherwise the Department has those 90 days in which to propose a demotion or a removal.",
    "9701.325(a)(2)",
)
MINIMUM_IS_DUE = Right(
    "If it does neither, the minimum rate of the band is due from the first pay period that begins "
    "on or after day 90. Nobody can waive that.",
    "9701.325(b)",
)
MINIMUM_ADJUSTED_IS_DUE = Right(
    "If it does neither, the minimum adjusted rate of the band is due from the first pay period "
    "that begins on or after day 90. Nobody can waive that.",
    "9701.337(b)",
)
REST_OF_SUPPLEMENT = Right(
    "The rest of the withheld supplement is owed only if a rating, even one issued later, finds "
    "that acceptable performance was shown by day 90.",
    "9701.337(a)(1)",
)
REST_IS_NOT_OWED = Right(
    "The rest of the withheld percentage is owed only if a rating, even one issued later, finds "
    "that acceptable performance was shown by day 90.",
    "9701.325(a)(1)",
)
WRONG_RATING = Right(
    "If the rating is found to have been wrong, and not only to have improved, what it kept back "
    "is owed from its own date, with back pay.",
    "5 U.S.C. 5596",
)
PROSPECTIVE = Right(
    "The release counts from its own pay period on; nothing is paid for the time before.",
    "9701.324",
)
NOT_ABOVE_THE_MAXIMUM = Right(
    "Basic pay may not exceed the band’s maximum; what it cuts off a range increase is paid in no "
    "form.",
    "9701.357(b)",
)
RATING_OF_A_PAYOUT = Right(
    "The rating for the last completed period counts, or a more current one issued before the pool "
    "was certified. A better one issued later counts in the next payout.",
    "9701.342(a)(2)",
)
LUMP_SUM_IS_NOT_BASIC_PAY = Right(
    "A lump sum is not basic pay for any purpose: it raises no hourly rate and no supplement.",
    "9701.342(d)(3)",
)
AT_LEAST_8_PERCENT = Right(
    "A promotion raises basic pay by at least 8 percent, to no less than the new band’s minimum "
    "and no more than its maximum.",
    "9701.353(a)",
)
RECONSIDER_THE_BAND = Right(
    "The pay system, occupational cluster, series or band of the position may be reconsidered at "
    "any time, by the Department or by OPM, at the employee’s request.",
    "9701.222(a)",
)
RETAINED_RATE = Right(
    "A retained rate is kept while it is above the band’s maximum, and rises by half the "
    "percentage by which the band’s minimum rises.",
    "9701.356(c)",
)
LARGER_SUPPLEMENT = Right(
    "Of a locality and a special rate supplement only the larger is paid, never both.",
    "9701.332(a)",
)
CAP_RISES_WITH_THE_SCHEDULE = Right(
    "What the cap cuts off is kept on record: when the Executive Schedule rises, the rate rises on "
    "the same day, whatever the rating.",
    "9701.312(a)",
)
ADVERSE_ACTION = Right(
    "A reduction in pay or band for performance or conduct is an adverse action, with notice, an "
    "answer, a written decision and an appeal.",
    "9701.604(a)",
)
FROZEN_SUPPLEMENT = Right(
    "The published supplement is paid from the first pay period that begins on or after a new "
    "rating of record above unacceptable.",
    "9701.336",
)
NOBODY_IS_REDUCED = Right(
    "Conversion reduces nobody: the new total is at least the former one, with locality pay, a "
    "special rate or any supplement counted on both sides.",
    "9701.373(a)",
)
FULL_CREDIT_ON_RETURN = Right(
    "Uniformed service and injury compensation cost no increase: each one missed is in the rate "
    "from the day of return, and the next payout is not reduced for the absence. Nothing is paid "
    "for the time before.",
    "9701.342(f)",
)
NEVER_BASIC_PAY = Right(
    "It is not basic pay for any purpose. It may be lowered or ended at any time, without pay "
    "retention and without an adverse action.",
    "9701.361",
)
