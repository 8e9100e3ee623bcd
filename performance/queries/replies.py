"""The rating official's reply to a change of level: until when it is waited for."""

from __future__ import annotations

from datetime import date

from performance.models import RatingOfRecord, RatingState
from performance.queries.scoring import rating_policy
from performance.rules.reply import reply_due


def reply_days(rating: RatingOfRecord, *, on: date) -> int:
    """Days that a rating official has for a reply. Raises Refused parameter_missing."""
    days: int = rating_policy(rating.cycle, on=on)["rater_reply_days"]
    return days


def last_day_of_reply(rating: RatingOfRecord, *, on: date) -> date | None:
    """The last day of a reply that is still waited for; None where none is."""
    if (
        rating.state != RatingState.SUBMITTED
        or rating.level_changed_on is None
        or rating.rater_replied_on is not None
    ):
        return None
    return reply_due(changed_on=rating.level_changed_on, days=reply_days(rating, on=on))
