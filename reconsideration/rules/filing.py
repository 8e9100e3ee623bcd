"""Whether a request for reconsideration may be filed (5 CFR 9701.222)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from regulation.refusals import Refused

REVIEWABLE = ("pay_system", "cluster", "series", "band")

Stage: TypeAlias = Literal["open", "dhs_decided", "opm_decided", "closed"]


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier request about the same position: its stage, issues, and where its matter ends.

    `settled_by` is the id of the decision it left standing: what it made, or what it contested.
    """

    stage: Stage
    issues: frozenset[str]
    settled_by: int


def refuse_not_reviewable(issues: Collection[str]) -> None:
    """Refused not_reviewable for anything but the four issues of 5 CFR 9701.222(a), or none."""
    if not issues:
        raise Refused(
            "record_incomplete",
            "9701.222(a)",
            "A request names what is to be reconsidered: pay system, cluster, series or band.",
        )
    for issue in issues:
        if issue not in REVIEWABLE:
            raise Refused(
                "not_reviewable",
                "9701.222(a)",
                f"“{issue}” is not reconsidered: only pay system, cluster, series or band are.",
            )


def refuse_repeated(*, issues: Collection[str], in_force: int, earlier: Iterable[Earlier]) -> None:
    """Refused duplicate_open while one on the same issue is open, final_decision when decided.

    5 CFR 9701.222(c), (d). Decided is decided until a newer classification decision is in force;
    `in_force` is the id of the one that is. What was withdrawn or moot stands in nobody's way.
    """
    asked = frozenset(issues)
    for one in earlier:
        if not asked & one.issues:
            continue
        if one.stage == "open":
            raise Refused(
                "duplicate_open",
                "9701.222(a)",
                "A request on the same issue is open; one is enough, with DHS or with OPM.",
            )
        if in_force > one.settled_by:
            continue
        if one.stage == "dhs_decided":
            raise Refused(
                "final_decision",
                "9701.222(c)",
                "The Department has decided this. You may take its determination to OPM.",
            )
        if one.stage == "opm_decided":
            raise Refused(
                "final_decision",
                "9701.222(d)",
                "OPM has decided this; there is no further review or appeal.",
            )
