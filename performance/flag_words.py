"""Flags of the detection report in words; counts of fewer than the smallest group are not told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from performance.rules.detection.facts import Detector

TITLES = {
    Detector.ROUND_SHARE: "Round share",
    Detector.REPEAT: "Same counts again",
    Detector.REVIEW_SHIFT: "Lowered on review",
    Detector.LATE_SHIFT: "Late changes",
    Detector.UNDER_DISPERSION: "Too alike",
    Detector.SAME_TEXT: "Copied narratives",
    Detector.BULK_CHANGE: "Many changes at once",
}
KINDS = {
    "supervisor": "Supervisor",
    "reviewer": "Reviewing official",
    "organization": "Organization",
    "pay_pool": "Pay pool",
}
SPREADS = {
    "all": "All at one level",
    "most": "More than three quarters at one level",
    "half": "Half to three quarters at one level",
    "less": "Fewer than half at any level",
}


def words_of(
    detector: str, figures: Mapping[str, Any], *, titles: Mapping[str, str], smallest: int
) -> str:
    """One sentence with the figures of a flag."""

    def people(number: int) -> str:
        return f"{number:,}" if number >= smallest else f"fewer than {smallest}"

    kind = Detector(detector)
    if kind == Detector.ROUND_SHARE:
        return _round_share(figures, titles=titles, smallest=smallest)
    if kind == Detector.REPEAT:
        return f"The same number at every level as in the period before, of {figures['people']:,}."
    if kind == Detector.REVIEW_SHIFT:
        return (
            f"{people(figures['lowered'])} lowered and {people(figures['raised'])} raised between "
            f"submission and issue, and the same number at the top level with each of "
            f"{figures['teams']} supervisors."
        )
    if kind == Detector.LATE_SHIFT:
        return (
            f"Levels of {people(figures['changed'])} changed from {figures['from']} to "
            f"{figures['to']}, the last five days."
        )
    if kind == Detector.UNDER_DISPERSION:
        return (
            f"Shares of the levels differ less among {figures['teams']} supervisors "
            f"({figures['people']:,} ratings) than chance would have it: chi-square "
            f"{figures['statistic']} with {figures['degrees']} degrees of freedom, chance "
            f"{figures['chance']}."
        )
    if kind == Detector.SAME_TEXT:
        return f"Narratives of {people(figures['copied'])} of {figures['people']:,} are copies."
    return (
        f"Levels of {people(figures['changed'])} changed by one person within "
        f"{figures['minutes']} minutes."
    )


def _round_share(figures: Mapping[str, Any], *, titles: Mapping[str, str], smallest: int) -> str:
    level = titles.get(figures["level"], figures["level"])
    share = f"{figures['percent']}% at “{level}”"
    if figures["fewest"] < smallest:
        share = "The same round share at one level"
    if "teams" in figures:
        return f"{share} with {figures['teams']} of {figures['of']} supervisors."
    return f"{share} in this period and the one before."
