"""The classification of a position on a date."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from classification.models import ClassificationDecision, Position


def decisions_of(position: Position) -> QuerySet[ClassificationDecision]:
    """Every decision about a position, the latest made first."""
    return position.decisions.select_related(
        "series", "band__cluster", "decided_by", "directive"
    ).order_by("-id")


def classification_on(position: Position, *, on: date) -> ClassificationDecision | None:
    """The decision in force on a date: of those that count by then, the one made last.

    So a determination of OPM prevails over an earlier one with a later effective date
    (5 CFR 9701.222(d)).
    """
    return decisions_of(position).filter(effective__lte=on).first()
