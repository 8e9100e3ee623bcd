"""Ratings above fully successful, of which supervisors say whether they considered an award."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django_fsm import can_proceed

from performance.models import RatingLevel, RatingOfRecord, RatingState


def above_fully_successful(rating: RatingOfRecord) -> bool:
    """Whether the level is above the one that is fully successful; rank 1 is the best."""
    level = rating.level
    if level is None or level.unacceptable:
        return False
    return RatingLevel.objects.filter(
        system_id=level.system_id, fully_successful=True, rank__gt=level.rank
    ).exists()


def award_unanswered(rating: RatingOfRecord) -> bool:
    """Whether the note on an award is offered and still open (5 CFR 9701.405(c)(3))."""
    return (
        bool(can_proceed(rating.note_award))
        and rating.award_considered is None
        and above_fully_successful(rating)
    )


def unanswered_awards() -> QuerySet[RatingOfRecord]:
    """Issued ratings above fully successful without a note on an award, the oldest first."""
    return (
        RatingOfRecord.objects.filter(
            state=RatingState.ISSUED, award_considered=None, level__unacceptable=False
        )
        .filter(
            Q(level__system__levels__fully_successful=True),
            level__system__levels__rank__gt=F("level__rank"),
        )
        .order_by("issued_on", "id")
        .distinct()
    )
