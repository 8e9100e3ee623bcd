"""Which subparts a category may get, and whether it has one on a date (5 CFR 9701.102)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from regulation.refusals import Refused

SUBPARTS = "ABCDEFG"

#: 5 CFR 9701.102(b)(1): subpart A, for every eligible employee.
SUBPART_A_FROM = date(2005, 3, 3)
#: 5 CFR 9701.102(b)(2): E, F and G, at the latest, unless decided otherwise jointly.
LATEST_START = date(2005, 8, 1)
STARTS_BY_ITSELF = frozenset("EFG")

#: 5 CFR 9701.102(a): never under B or C.
NEVER_B_OR_C: dict[str, str] = {
    "TSA": "the Transportation Security Administration",
    "STAFFORD": "appointees under the Stafford Act",
    "USSS-UD": "the Secret Service Uniformed Division",
    "CGA-FACULTY": "the Coast Guard Academy's faculty",
    "CG-MILITARY": "members of the Coast Guard",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A subpart applied to a category from a date; on `rescinded` it no longer applies."""

    effective: date
    rescinded: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it applies on a date: the first day does, the day of rescission does not."""
        return self.effective <= on and (self.rescinded is None or on < self.rescinded)


def refuse_ineligible(*, category: str, subpart: str) -> None:
    """Refused not_eligible where the category can never get the subpart (5 CFR 9701.102(a))."""
    if subpart not in SUBPARTS:
        raise Refused("not_eligible", "9701.102(a)", f"There is no subpart {subpart}.")
    if subpart in "BC" and category in NEVER_B_OR_C:
        raise Refused(
            "not_eligible",
            "9701.102(a)",
            f"Subpart {subpart} cannot apply to {NEVER_B_OR_C[category]}.",
        )


def is_covered(*, category: str, subpart: str, spans: Iterable[Span], on: date) -> bool:
    """Whether a subpart applies to a category on a date (5 CFR 9701.102(b), (c)).

    `spans` are the determinations of this category and subpart. A starts by itself; E, F and G do
    on 1 August 2005 where nothing was determined; B, C and D only by determination.
    """
    if subpart == "A":
        return on >= SUBPART_A_FROM
    known = tuple(spans)
    if not known and subpart in STARTS_BY_ITSELF:
        return on >= LATEST_START
    return any(span.holds(on) for span in known)


def refuse_late_notice(*, notices: Iterable[date | None], before: date, citation: str) -> None:
    """Refused notice_required unless employees and unions were told before a day, not on it."""
    if any(notice is None or notice >= before for notice in notices):
        raise Refused(
            "notice_required",
            citation,
            f"Employees and labor organizations are told before {before}, each with its date.",
        )
