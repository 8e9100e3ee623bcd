"""The Department's procedures for reconsideration (5 CFR 9701.222(b))."""

from __future__ import annotations

from datetime import date

from governance.queries.policy import directive_carrying
from governance.services.coordination import require_coordination
from regulation.refusals import Refused

#: Issues not reviewable, representation, and the effective date of corrective action.
REQUIRED_PARAMETERS = (
    "reconsideration.nonreviewable_issues",
    "reconsideration.representation",
    "classification.retroactive",
)


def refuse_without_directive(*, on: date) -> None:
    """Raise Refused directive_required until a coordinated directive holds all three."""
    for key in REQUIRED_PARAMETERS:
        directive = directive_carrying(key, on=on)
        if directive is None:
            raise Refused(
                "directive_required",
                "9701.222(b)",
                f"No directive in force on {on} carries “{key}”; the review waits for it.",
            )
        try:
            require_coordination(directive.coordination, subject="reconsideration", on=on)
        except Refused as refusal:
            raise Refused(
                "directive_required",
                "9701.222(b)",
                f"Directive {directive.number} is not coordinated with OPM: {refusal.message}",
            ) from refusal
