"""Detail, transfer and other special circumstances (5 CFR 9701.405(b)(6))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from regulation.refusals import Refused

CITATION = "9701.405(b)(6)"
#: Whose duty the rating is.
RATERS: Mapping[str, str] = {
    "supervisor_at_end": "The supervisor of the last day of the appraisal period",
    "supervisor_of_record": "The supervisor of the position of record",
}
#: Who owes the appraisal of the time that ends.
APPRAISERS: Mapping[str, str] = {
    "": "Nobody",
    "supervisor_before": "The supervisor of the day before it began",
    "supervisor_at_its_end": "The supervisor of the last day of it",
}


@dataclass(frozen=True, slots=True)
class SpecialRule:
    """What a system lays down for one kind: who rates, and who owes an appraisal of 409(h)."""

    rater: str
    appraiser: str = ""


def rule_of(rules: Mapping[str, Any], *, kind: str, title: str) -> SpecialRule:
    """The system's rule for a kind of circumstance. Raises Refused special_rule_missing."""
    found = rules.get(kind) or {}
    if found.get("rater", "") not in RATERS or found.get("appraiser", "") not in APPRAISERS:
        raise Refused(
            "special_rule_missing",
            CITATION,
            f"The performance system does not say who rates in case of “{title.lower()}” "
            "(9701.405(b)(6)).",
        )
    return SpecialRule(rater=found["rater"], appraiser=found.get("appraiser", ""))


def check_dates(starts: date, ends: date | None) -> None:
    """Refuse a circumstance that ends before it begins: invalid_range."""
    if ends is not None and ends < starts:
        raise Refused("invalid_range", CITATION, "It cannot end before it begins.")


def days_between(starts: date, ends: date | None, *, on: date) -> int:
    """Calendar days of a circumstance by the end of `on`, first and last day included."""
    last = min(ends or on, on)
    return max((last - starts).days + 1, 0)


def last_day_before(starts: date) -> date:
    """The last day under what was before."""
    return starts - timedelta(days=1)
