"""Equal opportunity on every supervisor's plan (5 CFR 9701.410(d), 29 CFR 1614.102(a)(5))."""

from __future__ import annotations

from regulation.refusals import Refused

CITATION = "9701.410(d)"
#: Its code among competencies; it is in no catalogue, so nobody chooses it or leaves it out.
CODE = "equal_opportunity"
TITLE = "Equal employment opportunity"
STATEMENT = (
    "Works for equal opportunity in the part of the Department that he or she supervises: fair "
    "treatment, reasonable accommodation, no discrimination, no reprisal."
)
ALIGNMENT = "29 CFR 1614.102(a)(5)"


def check_assessed(*, supervises: bool, assessed: bool) -> None:
    """Refuse a supervisor's rating that leaves equal opportunity out: eeo_not_assessed.

    `supervises` is true for whoever supervised on any day of the time rated.
    """
    if supervises and not assessed:
        raise Refused(
            "eeo_not_assessed",
            CITATION,
            f"Give a level for “{TITLE}”: every supervisor is rated on it (9701.410(d)).",
        )


def refuse_touching(competency: str) -> None:
    """Refuse to drop, replace or withdraw it: expectation_fixed."""
    if competency == CODE:
        raise Refused(
            "expectation_fixed",
            CITATION,
            f"“{TITLE}” stands on every supervisor's plan and stays as it is (9701.410(d)).",
        )
