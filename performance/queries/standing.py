"""The rating that stands for an employee."""

from __future__ import annotations

from datetime import date

from performance.models import RatingOfRecord, RatingState
from workforce.models import Employee


def standing_rating(employee: Employee, *, on: date) -> RatingOfRecord | None:
    """The rating of record issued most recently on or before a date, or None."""
    return (
        RatingOfRecord.objects.filter(
            employee=employee, state=RatingState.ISSUED, issued_on__lte=on
        )
        .select_related("level", "cycle")
        .order_by("-issued_on", "-id")
        .first()
    )
