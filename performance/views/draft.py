"""What the page of a draft shows: its parts as typed or saved, the score, and both versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from casework.files import documents_of
from performance.models import Expectation, RatingKind, RatingLevel, RatingOfRecord
from performance.queries.evidence import EvidenceRow
from performance.queries.rating_file import RatingFile, rating_file
from performance.queries.reviews import last_return
from performance.queries.scoring import is_illustrative
from performance.rules.summary_score import Score
from performance.services.draft_content import DraftContent, PartContent


@dataclass(frozen=True, slots=True)
class Choice:
    """One level to choose."""

    level: RatingLevel
    checked: bool
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class PartShown:
    """One expectation on the form."""

    expectation: Expectation
    choices: list[Choice]
    content: PartContent
    not_assessed: bool
    evidence: list[EvidenceChoice]


@dataclass(frozen=True, slots=True)
class EvidenceChoice:
    """One thing on record that a part's level may rest on."""

    row: EvidenceRow
    checked: bool
    about: bool


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One line of the arithmetic: what, the figure, its share and what comes of it."""

    what: str
    mean: Decimal | None
    share: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of which the saved and the typed version differ."""

    label: str
    saved: str
    typed: str


def saved_content(file: RatingFile) -> DraftContent:
    """The draft as it is saved."""
    rating = file.rating
    return DraftContent(
        level=rating.level.code if rating.level else "",
        level_reason=rating.level_reason,
        narrative=rating.narrative,
        absence_is_no_factor=rating.absence_is_no_factor,
        change_described=rating.change_described,
        evidence_dated=rating.evidence_dated,
        parts={
            pk: PartContent(
                level=element.level.code if element.level else "",
                basis=element.basis,
                not_assessed_reason=element.not_assessed_reason,
                work_dated=element.work_dated,
                evidence=tuple(element.evidence),
            )
            for pk, element in file.elements.items()
        },
    )


def rate_context(rating: RatingOfRecord, *, typed: DraftContent | None, on: date) -> dict[str, Any]:
    """The context of the rate page and of its score."""
    file = rating_file(rating, on=on)
    content = typed or saved_content(file)
    found = file.score()
    prior = file.prior
    return {
        "rating": rating,
        "file": file,
        "content": content,
        "goals": [_part(file, item, content) for item in file.goals()],
        "others": [_part(file, item, content) for item in file.others()],
        "choices": _choices(file.levels, content.level, proposed=found.level),
        "additional": rating.kind == RatingKind.ADDITIONAL,
        "returned": last_return(rating),
        "absences": file.absences_in_period(),
        "documents": documents_of(rating),
        "same_level": bool(
            rating.standing
            and rating.standing.level
            and rating.standing.level.code == content.level
        ),
        "prior": prior,
        **score_context(found, file.levels, chosen=content.level),
    }


def score_context(found: Score, levels: list[RatingLevel], *, chosen: str = "") -> dict[str, Any]:
    """The arithmetic, in lines, with the level that it proposes."""
    return {
        "score": found,
        "score_lines": [
            ScoreLine("Goals, by weight", found.goals, found.goal_share),
            ScoreLine("Competencies, on average", found.competencies, found.competency_share),
        ],
        "proposed": next((level for level in levels if level.code == found.level), None),
        "differs": bool(chosen and found.level and chosen != found.level),
        "illustrative": is_illustrative(),
    }


def both_versions(file: RatingFile, typed: DraftContent) -> list[Difference]:
    """Where the saved draft and the text that was typed differ, field by field."""
    saved = saved_content(file)
    rows = [
        ("Summary level", _title(file, saved.level), _title(file, typed.level)),
        ("Why it differs from the parts", saved.level_reason, typed.level_reason),
        ("Narrative", saved.narrative, typed.narrative),
        ("What changed", saved.change_described, typed.change_described),
        ("Date of the evidence", _date(saved.evidence_dated), _date(typed.evidence_dated)),
        ("Absence no factor", _yes(saved.absence_is_no_factor), _yes(typed.absence_is_no_factor)),
    ]
    for item in file.expectations:
        one = saved.parts.get(item.pk, PartContent())
        other = typed.parts.get(item.pk, PartContent())
        rows += [
            (f"{item.title}: level", _title(file, one.level), _title(file, other.level)),
            (f"{item.title}: basis", one.basis, other.basis),
            (f"{item.title}: not assessed", one.not_assessed_reason, other.not_assessed_reason),
            (f"{item.title}: earliest work", _date(one.work_dated), _date(other.work_dated)),
            (f"{item.title}: evidence", _cited(file, one), _cited(file, other)),
        ]
    return [
        Difference(label, before or "(empty)", after or "(empty)")
        for label, before, after in rows
        if _lines(before) != _lines(after)
    ]


def _part(file: RatingFile, item: Expectation, content: DraftContent) -> PartShown:
    part = content.parts.get(item.pk, PartContent())
    return PartShown(
        expectation=item,
        choices=_choices(file.levels, part.level),
        content=part,
        not_assessed=not part.level and bool(part.not_assessed_reason),
        evidence=sorted(
            (
                EvidenceChoice(row, row.key in part.evidence, item.pk in row.about_ids)
                for row in file.evidence
            ),
            key=lambda choice: not choice.about,
        ),
    )


def _choices(levels: list[RatingLevel], code: str, *, proposed: str | None = None) -> list[Choice]:
    return [
        Choice(level, checked=level.code == code, proposed=level.code == proposed)
        for level in levels
    ]


def _title(file: RatingFile, code: str) -> str:
    level = file.level(code)
    return level.title if level else code


def _cited(file: RatingFile, part: PartContent) -> str:
    return "; ".join(
        f"{row.kind} of {row.on.isoformat()}" for row in file.evidence if row.key in part.evidence
    )


def _date(value: date | None) -> str:
    return value.isoformat() if value else ""


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _lines(text: str) -> list[str]:
    """A text without the difference that forms make of line ends."""
    return text.strip().splitlines()
