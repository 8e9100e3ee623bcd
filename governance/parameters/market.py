"""What range and supplement adjustments leave to directives (5 CFR 9701.321-337)."""

from __future__ import annotations

from governance.parameters.parameter import Parameter

MARKET = (
    Parameter(
        "round.annual",
        "text",
        "half_up_dollar",
        "rounding",
        "9701.321(a)",
        "How an annual rate is rounded to whole dollars.",
        ("half_up_dollar",),
        coordinated="ranges",
    ),
    Parameter(
        "gate.additional_rating",
        "text",
        "supersedes",
        "policy",
        "9701.323",
        "Whether an additional rating after the period supersedes the annual one.",
        ("supersedes", "annual_only"),
    ),
    Parameter(
        "supp.retained_mode",
        "text",
        "full",
        "policy",
        "9701.331",
        "What supplement a retained rate gets.",
        ("full", "to_band_max", "none"),
        coordinated="supplements",
    ),
    Parameter(
        "supp.tie",
        "text",
        "locality",
        "policy",
        "9701.304",
        "Which supplement is paid where both percentages are equal.",
        ("locality", "special"),
        coordinated="supplements",
    ),
    Parameter(
        "below_min.withdrawn_action",
        "text",
        "prospective",
        "policy",
        "9701.325(b)",
        "What happens when a timely proposal is withdrawn after day 90.",
        ("prospective", "from_default_date"),
    ),
    Parameter(
        "denied.close_on_band_change",
        "true or false",
        True,
        "policy",
        "9701.324",
        "Whether a promotion or adverse demotion closes an open denied increase.",
    ),
)
