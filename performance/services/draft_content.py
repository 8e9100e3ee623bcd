"""What a rating official writes into a draft, and putting it there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from performance.models import RatingElement, RatingKind, RatingLevel, RatingOfRecord
from performance.queries.rating_file import RatingFile
from performance.rules.communication import CITATION
from regulation.refusals import Refused


@dataclass(frozen=True, slots=True)
class PartContent:
    """What is written about one expectation."""

    level: str = ""
    basis: str = ""
    not_assessed_reason: str = ""
    work_dated: date | None = None
    #: Names of what is on record that the level rests on.
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftContent:
    """The whole form; parts by the id of their expectation."""

    level: str = ""
    level_reason: str = ""
    narrative: str = ""
    absence_is_no_factor: bool = False
    change_described: str = ""
    evidence_dated: date | None = None
    parts: Mapping[int, PartContent] = field(default_factory=dict)


def write_content(rating: RatingOfRecord, content: DraftContent, file: RatingFile) -> None:
    """Put a form's content into a locked draft; the rating itself is saved by the act.

    A draft may hold what is not finished. Raises Refused level_not_in_system, and
    expectation_not_communicated for a part that is not the employee's (5 CFR 9701.406(b)#2).
    """
    rating.level = _level(file, content.level)
    rating.level_reason = content.level_reason
    rating.narrative = content.narrative
    rating.absence_is_no_factor = content.absence_is_no_factor
    if rating.kind == RatingKind.ADDITIONAL:
        rating.change_described = content.change_described
        rating.evidence_dated = content.evidence_dated
    on_record = {row.key for row in file.evidence}
    communicated = {item.pk for item in file.expectations}
    for pk, part in content.parts.items():
        if pk not in communicated:
            raise Refused(
                "expectation_not_communicated",
                CITATION,
                "This expectation was not communicated to the employee (9701.406(b)).",
            )
        RatingElement.objects.update_or_create(
            rating=rating,
            expectation_id=pk,
            defaults={
                "level": _level(file, part.level),
                "basis": part.basis,
                "not_assessed_reason": "" if part.level else part.not_assessed_reason,
                "work_dated": part.work_dated,
                # Only what is in this employee's file; anything else is not his evidence.
                "evidence": [key for key in part.evidence if key in on_record],
            },
        )


def _level(file: RatingFile, code: str) -> RatingLevel | None:
    if not code:
        return None
    level = file.level(code)
    if level is None:
        raise Refused(
            "level_not_in_system", "9701.409(a)", f"“{code}” is no level of this rating’s system."
        )
    return level
