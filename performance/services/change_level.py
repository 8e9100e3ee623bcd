"""The reviewing official changes the summary level; both levels stay on record.

The rating official is offered a reply before the change is final.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from casework.actor import Actor
from casework.services.act import act
from performance.models import RatingOfRecord
from performance.permissions import may_review
from performance.queries.rating_file import rating_file
from performance.rules.absence import check_attested
from performance.services.guards import (
    check_attestation,
    check_summary_of,
    level_named,
    refuse_quota,
    require,
)
from performance.services.offer_reply import offer_reply
from regulation.refusals import Refused


@transaction.atomic
def change_level(
    rating: RatingOfRecord,
    *,
    level_code: str,
    reason: str,
    absence_is_no_factor: bool,
    actor: Actor,
    on: date,
    version: int,
) -> RatingOfRecord:
    """Put another level in place of the rating official's, which is kept beside it.

    5 CFR 9701.404, .409(c), (d), (f). A lower level needs the attestation that absence was no
    factor. A level that goes back to the rating official's own needs no reply. Raises Refused
    stale_form, recused, rating_final, reviewer_same_as_rater, own_record, permission_denied,
    invalid_transition, reason_required, level_not_in_system, no_effect, unacceptable_mismatch,
    absence_attestation_missing, quota_not_allowed.
    """
    reason = require(reason, "the reason for the change of level")
    detail: dict[str, str] = {"reason": reason}

    def change(fresh: RatingOfRecord) -> None:
        level = level_named(fresh.cycle, level_code)
        before = fresh.level
        file = rating_file(fresh, on=on)
        refuse_quota(reason, file)
        if before is not None and before.pk == level.pk:
            raise Refused("no_effect", "9701.409(c)", f"The level is {level.title} already.")
        check_summary_of(file, level)
        check_attested(
            attested=absence_is_no_factor,
            rank=level.rank,
            prior_rank=before.rank if before else None,
            approved=(),
            period_start=file.period_start,
            period_end=file.period_end,
        )
        check_attestation(
            file, level=level, attested=absence_is_no_factor or fresh.absence_is_no_factor
        )
        detail.update(
            {
                "from": before.code if before else "",
                "to": level.code,
                "absence_is_no_factor": "yes" if absence_is_no_factor else "",
            }
        )
        fresh.change_level(level=level, reason=reason, on=on)

    rating = act(
        rating,
        name="change_level",
        actor=actor,
        on=on,
        do=change,
        may=may_review,
        version=version,
        citation="9701.409(c)",
        detail=detail,
    )
    offer_reply(rating, on=on)
    return rating
