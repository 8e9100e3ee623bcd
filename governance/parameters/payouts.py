"""What pools and payouts leave to directives (5 CFR 9701.342(a)-(d))."""

from __future__ import annotations

from decimal import Decimal

from governance.parameters.parameter import Parameter

PAYOUTS = (
    Parameter(
        "modal.tie",
        "text",
        "highest",
        "policy",
        "9701.304",
        "Which rating is modal where several occur most often.",
        ("highest", "lowest", "nearest_fully_successful"),
    ),
    Parameter(
        "modal.no_ratings",
        "text",
        "block",
        "policy",
        "9701.342(a)(2)",
        "What happens in a pool in which nobody is rated.",
        ("block", "fully_successful", "parent_pool"),
    ),
    Parameter(
        "pool.snapshot",
        "text",
        "last_day_of_period",
        "policy",
        "9701.342(b)(2)",
        "On which day pool membership is read.",
        ("last_day_of_period",),
    ),
    Parameter(
        "pool.rating_cutoff",
        "text",
        "certification",
        "policy",
        "9701.342(a)(2)",
        "By when a rating must be issued to count in a payout.",
        ("certification",),
    ),
    Parameter(
        "pool.mode",
        "text",
        "share_dollar",
        "policy",
        "9701.342(d)(1)",
        "How a point is valued unless a run says otherwise.",
        ("share_dollar", "share_percent", "fixed_dollar", "fixed_percent"),
    ),
    Parameter(
        "pool.weight_by_proration",
        "true or false",
        True,
        "policy",
        "9701.342(e)",
        "Whether a prorated employee counts for less in the divisor.",
    ),
    Parameter(
        "payout.basis",
        "text",
        "after_range_adjustment",
        "policy",
        "9701.342(d)",
        "Which basic pay a payout starts from on the day of a range adjustment.",
        ("after_range_adjustment",),
    ),
    Parameter(
        "payout.rounding",
        "text",
        "down_in_share_modes",
        "rounding",
        "9701.342(d)",
        "How a payout is rounded to dollars.",
        ("down_in_share_modes",),
    ),
    Parameter(
        "payout.excess_lump",
        "text",
        "pay",
        "policy",
        "9701.342(d)(3)",
        "Whether what does not fit under the maximum is paid as a lump sum.",
        ("pay", "none"),
    ),
    Parameter(
        "retained.lump",
        "text or dollars",
        "equal_to_bound",
        "policy",
        "9701.342(d)(5)",
        "The lump sum of a retained rate: what its ceiling allows, or an amount under it.",
        ("equal_to_bound",),
        minimum=Decimal(0),
    ),
    Parameter(
        "correction.includes_payout",
        "true or false",
        True,
        "policy",
        "9701.323",
        "Whether a corrected rating also corrects payouts.",
    ),
)
