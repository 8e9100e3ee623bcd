"""What the Compensation Committee's work leaves to directives (5 CFR 9701.313)."""

from __future__ import annotations

from decimal import Decimal

from governance.parameters.parameter import Parameter

COMMITTEE = (
    Parameter(
        "strike.first",
        "text",
        "DHS",
        "policy",
        "9701.313(d)",
        "Who strikes first from the facilitators' list.",
        ("DHS", "unions"),
    ),
    Parameter(
        "report.smallest_group",
        "whole number",
        5,
        "people",
        "9701.313",
        "Fewer people than this are not shown in summaries for the Compensation Committee.",
        minimum=Decimal(1),
    ),
)
