"""What classification and its reconsideration leave to directives (5 CFR 9701.222)."""

from __future__ import annotations

from governance.parameters.parameter import Parameter

CLASSIFICATION = (
    Parameter(
        "classification.retroactive",
        "true or false",
        False,
        "policy",
        "9701.222(b)",
        "Whether a changed classification may take effect before it is decided.",
        coordinated="reconsideration",
    ),
    Parameter(
        "reconsideration.nonreviewable_issues",
        "list",
        (
            "title",
            "accuracy of the described duties",
            "qualification standards",
            "rate of pay",
            "a position held before or on detail",
            "another's position",
        ),
        "issues",
        "9701.222(b)",
        "Issues that the Department does not reconsider.",
        coordinated="reconsideration",
    ),
    Parameter(
        "reconsideration.representation",
        "text",
        "one representative of the employee's choice",
        "policy",
        "9701.222(b)",
        "Who may represent the employee in a reconsideration.",
        coordinated="reconsideration",
    ),
)
