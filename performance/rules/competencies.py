"""The catalogue of competencies that the performance directive asks for (5 CFR 9701.406(c)(4)).

Source: CRS report RL32261 on the Department's performance directive (MD 3181, 2006); the codes are
ours. Six for all, customer service not of series 1811 and 1896, and two more for supervisors.
"""

from __future__ import annotations

from dataclasses import dataclass

CITATION = "9701.406(c)(4)"
#: Series whose work the directive does not rate on customer service.
WITHOUT_CUSTOMER_SERVICE = frozenset({"1811", "1896"})


@dataclass(frozen=True, slots=True)
class Competency:
    """One competency: a code, its name, and whether only supervisors carry it."""

    code: str
    title: str
    supervisory: bool = False


CATALOGUE: tuple[Competency, ...] = (
    Competency("results", "Achieving results"),
    Competency("technical", "Technical proficiency"),
    Competency("customer_service", "Customer service"),
    Competency("teamwork", "Teamwork and cooperation"),
    Competency("communications", "Communications"),
    Competency("representing", "Representing the agency"),
    Competency("assigning", "Assigning, monitoring and evaluating work", supervisory=True),
    Competency("leadership", "Leadership", supervisory=True),
)
BY_CODE = {competency.code: competency for competency in CATALOGUE}


def competencies_for(*, series: str, supervisory: bool) -> tuple[Competency, ...]:
    """Those asked of a position of that series; `supervisory` adds the two of supervisors."""
    return tuple(
        each
        for each in CATALOGUE
        if (supervisory or not each.supervisory)
        and not (each.code == "customer_service" and series in WITHOUT_CUSTOMER_SERVICE)
    )
