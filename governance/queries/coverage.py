"""Whether a subpart applies to a category of employees on a date (5 CFR 9701.102)."""

from __future__ import annotations

from datetime import date

from governance.models import Coverage
from governance.rules import coverage as rules


def is_covered(category: str, *, subpart: str, on: date) -> bool:
    """Whether the category is under the subpart on the date, by determination or by the text."""
    if subpart == "A":
        return rules.is_covered(category=category, subpart=subpart, spans=(), on=on)
    spans = [
        rules.Span(effective=effective, rescinded=rescinded)
        for effective, rescinded in Coverage.objects.filter(
            category=category, subpart=subpart
        ).values_list("effective", "rescinded")
    ]
    return rules.is_covered(category=category, subpart=subpart, spans=spans, on=on)
