"""What waits for a reviewing official."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from performance.models import RatingOfRecord, RatingState
from workforce.models import Employee


def review_queue(reviewer: Employee) -> QuerySet[RatingOfRecord]:
    """Ratings sent to a reviewing official, the longest waiting first; one query."""
    return (
        RatingOfRecord.objects.filter(reviewer=reviewer, state=RatingState.SUBMITTED)
        .select_related("employee", "rater", "level", "rater_level", "cycle")
        .order_by("rater_signed_at", "id")
    )


def last_return(rating: RatingOfRecord) -> dict[str, str] | None:
    """Why a rating was returned last, while it is a draft again; None otherwise."""
    from casework.models import Entry

    entry = (
        Entry.objects.filter(subject=rating.subject, act__in=["return_rating", "submit_rating"])
        .order_by("-id")
        .first()
    )
    return entry.detail if entry is not None and entry.act == "return_rating" else None


def waiting_since(rating: RatingOfRecord) -> date | None:
    """The date on which the rating official signed."""
    from regulation.days import department_date

    return department_date(rating.rater_signed_at) if rating.rater_signed_at else None
