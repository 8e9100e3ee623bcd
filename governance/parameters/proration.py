"""How a payout is prorated (5 CFR 9701.342(e))."""

from __future__ import annotations

from decimal import Decimal

from governance.parameters.parameter import Parameter

PRORATION = (
    Parameter(
        "proration.formula",
        "text",
        "calendar_days",
        "policy",
        "9701.342(e)",
        "How a payout is prorated.",
        ("calendar_days",),
    ),
    Parameter(
        "proration.lwop_threshold_days",
        "whole number",
        0,
        "days",
        "9701.342(e)(2)",
        "Days of leave without pay that do not yet prorate a payout.",
        minimum=Decimal(0),
    ),
)
