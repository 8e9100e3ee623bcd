"""An interim review as a person reads it (5 CFR 9701.407(b))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django_fsm import can_proceed

from accounts.models import User
from performance.models import FollowUp, InterimProgress, InterimReview, InterimReviewState
from workforce.queries import relations


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One review, and what the reader may do with it now."""

    review: InterimReview
    progress: Sequence[InterimProgress]
    follow_ups: Sequence[FollowUp]
    not_meeting: bool
    own: bool
    reads: bool
    writes: bool
    acknowledges: bool
    notes_refusal: bool


def review_page(review: InterimReview, *, reader: User, on: date) -> ReviewPage:
    """A draft is read by the supervisor and HR; a review that was held by all who read the plan."""
    own = relations.is_self(reader, review.employee, on)
    supervises = relations.is_supervisor(reader, review.employee, on)
    draft = review.state == InterimReviewState.DRAFT
    progress = list(review.progress.select_related("expectation"))
    return ReviewPage(
        review=review,
        progress=progress,
        follow_ups=list(review.follow_ups.all()),
        not_meeting=supervises and any(each.progress == "not_meeting" for each in progress),
        own=own,
        reads=not draft or supervises or relations.is_hr(reader, review.employee, on),
        writes=supervises and draft,
        acknowledges=own and bool(can_proceed(review.acknowledge)),
        notes_refusal=supervises and bool(can_proceed(review.note_refusal)),
    )
