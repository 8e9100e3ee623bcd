"""What the performance system leaves to directives (5 CFR 9701.404-409)."""

from __future__ import annotations

from decimal import Decimal

from governance.parameters.parameter import Parameter

PERFORMANCE = (
    Parameter(
        "minimum_period_days",
        "whole number",
        90,
        "days",
        "9701.404",
        "Days an employee must perform before a rating of record.",
        minimum=Decimal(1),
        verified=True,
        source="MD 3181 (2006), opening page",
    ),
    Parameter(
        "goal_share",
        "whole number",
        60,
        "percent",
        "9701.405",
        "Share of the goals in the summary score.",
        minimum=Decimal(0),
        source="successor program, Coast Guard page",
        maximum=Decimal(100),
    ),
    Parameter(
        "competency_share",
        "whole number",
        40,
        "percent",
        "9701.405",
        "Share of the competencies in the summary score.",
        minimum=Decimal(0),
        source="successor program, Coast Guard page",
        maximum=Decimal(100),
    ),
    Parameter(
        "points",
        "mapping",
        {"AE": 5, "EE": 4, "ME": 3, "U": 1},
        "points",
        "9701.405",
        "Points of each level in the summary score.",
        source="illustrative value, not from the directive",
    ),
    Parameter(
        "cutoffs",
        "mapping",
        {"AE": "4.50", "EE": "3.50", "ME": "3.00"},
        "score",
        "9701.405",
        "Least score of each summary level.",
        source="illustrative value, not from the directive",
    ),
    Parameter(
        "plan_due_days",
        "whole number",
        30,
        "days",
        "9701.406",
        "Days after the period opens, or after entry on duty, by which a plan is communicated.",
        minimum=Decimal(0),
        source="successor program, Coast Guard page",
    ),
    Parameter(
        "rating_due_days",
        "whole number",
        30,
        "days",
        "9701.409(b)",
        "Days after the period's end by which ratings are due.",
        minimum=Decimal(0),
        source="successor program",
    ),
)
