"""Whether the rating official is asked to reply to a change of level (5 CFR 9701.409(c))."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from casework.services.notices import notify
from casework.services.work_items import finish_work_item, open_work_item
from performance.models import RatingOfRecord
from performance.queries.replies import last_day_of_reply

REPLY = "reply_to_change"
CITATION = "9701.409(c)"


def offer_reply(rating: RatingOfRecord, *, on: date) -> None:
    """Ask for a reply to the change that stands, or for none where no change stands any more."""
    due_on = last_day_of_reply(rating, on=on)
    user = rating.rater.user if rating.rater else None
    if due_on is None or user is None:
        finish_work_item(rating, kind=REPLY, on=on)
        return
    url = reverse("performance:reply", args=[rating.pk])
    open_work_item(
        rating,
        kind=REPLY,
        title=f"Reply to the review of the rating of record of {rating.employee}",
        on=on,
        url=url,
        citation=CITATION,
        due_on=due_on,
        user=user,
    )
    notify(
        user,
        title=f"You are offered a reply on the rating of record of {rating.employee}",
        body=f"Reply, or say that you have nothing to add, by {due_on:%B} {due_on.day}, "
        f"{due_on.year}.",
        on=on,
        subject=rating.subject,
        citation=CITATION,
        url=url,
    )
