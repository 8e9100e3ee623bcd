"""Issuing a rating of record: final from then on (5 CFR 9701.409(b), (c)#2)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.urls import reverse

from casework.actor import Actor
from casework.services.act import act
from casework.services.notices import notify
from performance.models import RatingKind, RatingOfRecord
from performance.permissions import may_rate
from performance.queries.rating_file import records_behind
from performance.queries.standing import standing_rating
from performance.rules.finality import check_period_complete, check_signatures
from performance.services.guards import check_change_shown, check_not_lowered
from performance.services.inbox import ask_hr, tell_employee
from performance.services.supersede import supersede_standing
from performance.signals import rating_issued
from regulation import clock


@transaction.atomic
def issue_rating(
    rating: RatingOfRecord, *, delivery: str, actor: Actor, on: date, version: int
) -> RatingOfRecord:
    """Give the rating to the employee; it is final, and the apps above hear of it.

    5 CFR 9701.409(b)#1, (b)#2, (c)#2, (f); 9701.405(c)(4). Raises Refused stale_form, recused,
    rating_final, self_rating, not_rating_official, period_not_complete, signatures_incomplete,
    absence_lowering, no_substantial_change.
    """

    def issue(fresh: RatingOfRecord) -> None:
        annual = fresh.kind == RatingKind.ANNUAL
        if annual:
            check_period_complete(period_end=fresh.cycle.ends, on=on)
        check_signatures(
            rater_signed=fresh.rater_signed_at is not None,
            reviewer_signed=fresh.reviewer_signed_at is not None,
        )
        if not annual:
            # Another rating may have been issued since this one was begun.
            fresh.standing = standing_rating(fresh.employee, on=on)
            check_not_lowered(fresh.employee, level=fresh.level, standing=fresh.standing, on=on)
            check_change_shown(fresh, on=on)
        fresh.shown_by = fresh.cycle.ends if annual else fresh.evidence_dated or on
        fresh.issue(on=on, at=clock.now(), delivery=delivery)

    rating = act(
        rating,
        name="issue_rating",
        actor=actor,
        on=on,
        do=issue,
        may=may_rate,
        version=version,
        citation="9701.409(c)",
        detail={"delivery": delivery},
    )
    supersede_standing(rating, on=on)
    tell_employee(rating, on=on)
    if rating.level is not None and rating.level.unacceptable:
        _see_to_poor_performance(rating, on=on)
    rating_issued.send(sender=RatingOfRecord, rating=rating)
    return rating


def _see_to_poor_performance(rating: RatingOfRecord, *, on: date) -> None:
    """HR is asked, and the rating official warned, where no record stands behind the rating.

    5 CFR 9701.405(c)(4). The rating is valid all the same.
    """
    if records_behind(rating, on=on):
        return
    ask_hr(
        rating,
        kind="poor_performance_not_addressed",
        title=f"See that poor performance is addressed: {rating.employee}",
        citation="9701.405(c)(4)",
        page="rating",
        on=on,
    )
    notify(
        rating.rater.user if rating.rater else None,
        title=f"Something is missing behind the rating of {rating.employee.name}",
        body="No record of poor performance is on file for the time rated. Supervisors address "
        "poor performance. HR was asked to follow this up.",
        on=on,
        subject=rating.subject,
        citation="9701.405(c)(4)",
        url=reverse("performance:rating", args=[rating.pk]),
    )
