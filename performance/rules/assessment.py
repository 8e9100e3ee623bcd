"""A rating of record assesses performance against every expectation (5 CFR 9701.409(c)#1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regulation.refusals import Refused

CITATION = "9701.409(c)"


@dataclass(frozen=True, slots=True)
class Part:
    """One expectation as assessed: its level with a basis, or why it was not assessed."""

    title: str
    level: str | None
    basis: str = ""
    not_assessed_reason: str = ""


def check_assessment(parts: Sequence[Part], *, level: str | None, narrative: str) -> None:
    """Refuse a rating with an open part, without a summary level or a narrative.

    5 CFR 9701.409(c). Each expectation has a level and a short basis, or is marked not assessed
    with a reason; one at least is assessed. Raises Refused assessment_incomplete.
    """
    missing = [_missing(part) for part in parts]
    missing = [text for text in missing if text]
    if not parts or all(part.level is None for part in parts):
        missing.append("a level for at least one expectation")
    if level is None:
        missing.append("the summary level")
    if not narrative.strip():
        missing.append("the narrative")
    if missing:
        raise Refused(
            "assessment_incomplete",
            CITATION,
            f"Still missing: {'; '.join(missing)} (9701.409(c)).",
        )


def _missing(part: Part) -> str:
    if part.level is not None:
        return "" if part.basis.strip() else f"the basis for “{part.title}”"
    return "" if part.not_assessed_reason.strip() else f"a level for “{part.title}”"
