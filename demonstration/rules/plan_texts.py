"""What the demonstration's plans say; the texts are ours, the competencies those of MD 3181."""

from __future__ import annotations

from dataclasses import dataclass

GOAL_WEIGHTS = (50, 30, 20)
NO_CUSTOMER_SERVICE = frozenset({"1811", "1896"})

_GOALS: dict[str, tuple[tuple[str, str], ...]] = {
    "LE": (
        (
            "Cases and inspections",
            "Carry assigned inspections, patrols or investigations to a documented result; nine "
            "of ten reports complete within five workdays.",
        ),
        (
            "Lawful and safe work",
            "Follow use-of-force, evidence and detention policy in every encounter; no report "
            "returned for a missing element.",
        ),
        (
            "Work with partners",
            "Share information with partner agencies within the time their agreements set.",
        ),
    ),
    "ST": (
        (
            "Delivery of assigned systems or studies",
            "Deliver each assigned product on its agreed date, tested and documented.",
        ),
        (
            "Soundness of technical work",
            "Have every product reviewed by a peer; findings settled before release.",
        ),
        (
            "Advice to the mission",
            "Answer technical questions of field offices within three workdays.",
        ),
    ),
    "LA": (
        (
            "Decisions and filings",
            "Complete assigned decisions, briefs or filings by their dates; none late without an "
            "extension on record.",
        ),
        (
            "Legal sufficiency",
            "Cite the record and the law for each conclusion; fewer than one in twenty remanded "
            "for want of reasons.",
        ),
        ("Counsel", "Give clients written advice they can act on, within the time agreed."),
    ),
    "MP": (
        (
            "Program results",
            "Bring the assigned program's milestones to their planned state each quarter.",
        ),
        (
            "Analysis and reports",
            "Hand in accurate analyses with sources named; corrections in fewer than one of ten.",
        ),
        (
            "Stewardship",
            "Keep obligations within the allotment and the records ready for audit.",
        ),
    ),
    "AS": (
        ("Timely processing", "Process nine of ten requests within two workdays of receipt."),
        ("Accuracy", "Keep the error rate of records under two in a hundred."),
        ("Service to the office", "Keep calendars, mail and supplies so that no work waits."),
    ),
}

_COMPETENCIES = (
    (
        "Achieving results",
        "Sets priorities, uses time and resources well, and brings work to the result expected.",
    ),
    (
        "Technical proficiency",
        "Knows and applies what the occupation asks, and keeps that knowledge current.",
    ),
    (
        "Customer service",
        "Finds out what customers need and answers them courteously and in time.",
    ),
    ("Teamwork and cooperation", "Works with others toward a common end and helps where needed."),
    ("Communications", "Writes, speaks and listens clearly and with respect."),
    (
        "Representing the agency",
        "Acts for the Department in a way that earns it the trust of those it deals with.",
    ),
)

_SUPERVISORY_COMPETENCIES = (
    (
        "Assigning, monitoring and evaluating work",
        "Gives clear assignments, follows them, says early what is wrong, and rates fairly.",
    ),
    ("Leadership", "Gives direction, develops people, and answers for the team's results."),
)


@dataclass(frozen=True)
class PlannedExpectation:
    """One expectation of a plan; `weight` is a percent of the goals' share, None for the rest."""

    form: str
    title: str
    statement: str
    weight: int | None


def expectations_for(
    cluster: str, *, series: str, supervisory: bool
) -> tuple[PlannedExpectation, ...]:
    """Three weighted goals of the cluster and the core competencies of MD 3181.

    Customer service is not asked of series 1811 and 1896; supervisors have two more.
    """
    goals = [
        PlannedExpectation("goal", title, statement, weight)
        for (title, statement), weight in zip(_GOALS[cluster], GOAL_WEIGHTS, strict=True)
    ]
    competencies = [
        PlannedExpectation("competency", title, statement, None)
        for title, statement in _COMPETENCIES
        if title != "Customer service" or series not in NO_CUSTOMER_SERVICE
    ]
    leading = [
        PlannedExpectation("competency", title, statement, None)
        for title, statement in (_SUPERVISORY_COMPETENCIES if supervisory else ())
    ]
    return (*goals, *competencies, *leading)
