"""The rating official signs and sends the rating to the reviewing official."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from casework.actor import Actor
from casework.services.act import act
from performance.models import RatingKind, RatingOfRecord
from performance.permissions import may_rate
from performance.queries.officials import reviewing_official_of
from performance.queries.rating_file import RatingFile, rating_file
from performance.queries.standing import standing_rating
from performance.rules.assessment import Part, check_assessment
from performance.rules.communication import check_accountable
from performance.rules.interim_review import check_interim_review
from performance.rules.minimum_period import check_minimum_period
from performance.rules.summary_score import check_weights
from performance.services.draft_content import DraftContent, write_content
from performance.services.guards import (
    check_attestation,
    check_change_shown,
    check_equal_opportunity,
    check_not_lowered,
    check_summary_of,
    require,
)
from performance.services.inbox import ask_reviewing_official
from regulation import clock


@transaction.atomic
def submit_rating(
    rating: RatingOfRecord,
    *,
    actor: Actor,
    on: date,
    version: int,
    content: DraftContent | None = None,
) -> RatingOfRecord:
    """Sign and send; `content` is first written into the draft.

    5 CFR 9701.404, .406(b)#2, .407(b)#2, .409(b), (c)#1, (f). Raises Refused stale_form, recused,
    rating_final, self_rating, not_rating_official, invalid_transition, level_not_in_system,
    min_period_not_met, interim_review_missing, weights_not_100, expectation_not_communicated,
    assessment_incomplete, eeo_not_assessed, unacceptable_mismatch, reason_required,
    absence_attestation_missing, absence_lowering, no_substantial_change.
    """

    def sign(fresh: RatingOfRecord) -> None:
        fresh.edit()
        if fresh.kind == RatingKind.ADDITIONAL:
            # Another rating may have been issued since this one was begun.
            fresh.standing = standing_rating(fresh.employee, on=on)
        if content is not None:
            write_content(fresh, content, rating_file(fresh, on=on))
        if fresh.reviewer_id is None and fresh.rater is not None:
            fresh.reviewer = reviewing_official_of(fresh.rater, on=on)
        check_ready(rating_file(fresh, on=on), on=on)
        fresh.submit(at=clock.now())

    rating = act(
        rating,
        name="submit_rating",
        actor=actor,
        on=on,
        do=sign,
        may=may_rate,
        version=version,
        citation="9701.409(c)",
    )
    ask_reviewing_official(rating, on=on)
    return rating


def check_ready(file: RatingFile, *, on: date) -> None:
    """Refuse a rating that is not ready to be signed by its rating official."""
    rating = file.rating
    annual = rating.kind == RatingKind.ANNUAL
    if annual or rating.standing is None:
        check_minimum_period(file.served)
    if annual:
        check_interim_review(
            [review.held_on for review in file.interim_reviews],
            period_start=file.period_start,
            period_end=file.period_end,
            exception=rating.interim_exception,
        )
    else:
        check_change_shown(rating, on=on)
    check_weights([goal.weight for goal in file.goals_at_end()])
    _check_parts(file)
    check_equal_opportunity(file)
    check_summary_of(file, rating.level)
    _check_difference_explained(file)
    check_attestation(file, level=rating.level, attested=rating.absence_is_no_factor)
    if not annual:
        check_not_lowered(rating.employee, level=rating.level, standing=rating.standing, on=on)


def _check_parts(file: RatingFile) -> None:
    parts = []
    for item in file.expectations:
        element = file.elements.get(item.pk)
        if element is not None:
            check_accountable(
                communicated_on=item.communicated_on,
                work_dated=element.work_dated,
                ended_on=item.ended_on,
            )
        parts.append(
            Part(
                title=item.title,
                level=file.code_of(item),
                basis=element.basis if element else "",
                not_assessed_reason=element.not_assessed_reason if element else "",
            )
        )
    level = file.rating.level
    check_assessment(parts, level=level.code if level else None, narrative=file.rating.narrative)


def _check_difference_explained(file: RatingFile) -> None:
    """The score proposes and the rating official confirms, or differs with a reason."""
    proposed = file.score().level
    level = file.rating.level
    if level is not None and proposed is not None and level.code != proposed:
        title = next((known.title for known in file.levels if known.code == proposed), proposed)
        require(
            file.rating.level_reason,
            f"the reason why the level is {level.title}, where the parts propose {title}",
        )
