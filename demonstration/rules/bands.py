"""Clusters and bands of the demonstration's own making.

No directive of the Department ever published any; these are ours, and say so wherever they show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from demonstration.rules.figures import Rates, Series

Edge: TypeAlias = tuple[int, int]

CLUSTERS = {
    "LE": "Law enforcement and border",
    "ST": "Science, engineering and technology",
    "LA": "Legal and adjudication",
    "MP": "Management and program",
    "AS": "Administrative support",
}

LEVELS = {
    "ED": "entry_developmental",
    "FP": "full_performance",
    "SE": "senior_expert",
    "SUP": "supervisory",
}

LEVEL_TITLES = {
    "ED": "Entry/Developmental",
    "FP": "Full Performance",
    "SE": "Senior Expert",
    "SUP": "Supervisory",
}

_LAW_ENFORCEMENT = frozenset(["0083", "1801", "1802", "1811", "1881", "1895", "1896"])
_LEGAL = frozenset(["0905", "0930", "0950"])
_SCIENCE = ("04", "08", "13")
_TECHNOLOGY = frozenset(["1550", "2210"])

_PROFESSIONAL: dict[str, tuple[Edge, Edge]] = {
    "ED": ((5, 1), (9, 10)),
    "FP": ((10, 1), (13, 10)),
    "SE": ((14, 1), (15, 10)),
    "SUP": ((12, 1), (15, 10)),
}
_SUPPORT: dict[str, tuple[Edge, Edge]] = {
    "ED": ((1, 1), (4, 10)),
    "FP": ((5, 1), (9, 10)),
    "SUP": ((7, 1), (11, 10)),
}


@dataclass(frozen=True)
class Band:
    """A band of a cluster with its rank, low to high, and its rate range in whole dollars."""

    code: str
    cluster: str
    level: str
    title: str
    rank: int
    minimum: int
    maximum: int


def cluster_of(series: Series) -> str:
    """The cluster that holds a series."""
    code = series.code
    if code in _LAW_ENFORCEMENT:
        return "LE"
    if code.startswith(_SCIENCE) or code in _TECHNOLOGY:
        return "ST"
    if code in _LEGAL:
        return "LA"
    return "AS" if series.support else "MP"


def _edges(cluster: str) -> dict[str, tuple[Edge, Edge]]:
    return _SUPPORT if cluster == "AS" else _PROFESSIONAL


def bands_of(cluster: str, *, gs: Rates) -> tuple[Band, ...]:
    """The bands of a cluster, low to high, with ranges from the General Schedule base table."""
    return tuple(
        Band(
            code=f"{cluster}-{short}",
            cluster=cluster,
            level=LEVELS[short],
            title=LEVEL_TITLES[short],
            rank=rank,
            minimum=gs[low[0]][low[1] - 1],
            maximum=gs[high[0]][high[1] - 1],
        )
        for rank, (short, (low, high)) in enumerate(_edges(cluster).items(), start=1)
    )


def may_supervise(cluster: str, *, grade: int) -> bool:
    """Whether the supervisory band of the cluster holds the grade.

    Supervisors are drawn from these grades only: GS-12 and above, in support GS-7 to GS-11, so
    that nobody supervises from below the supervisory band.
    """
    (low, _), (high, _) = _edges(cluster)["SUP"]
    return low <= grade <= high


def band_of(cluster: str, *, grade: int, supervisory: bool) -> str:
    """The band whose range holds the grade, and the supervisory one by the flag.

    A grade below the lowest band (GS-3 and GS-4 trainees outside support) stands in the lowest,
    where pay is lifted to the minimum; one above the highest stands in the highest.
    """
    edges = _edges(cluster)
    if supervisory:
        return f"{cluster}-SUP"
    found = "ED"
    for short, ((low, _), _) in edges.items():
        if short != "SUP" and grade >= low:
            found = short
    return f"{cluster}-{found}"
