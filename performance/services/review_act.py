"""What the acts on an interim review share (5 CFR 9701.407(b))."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from casework.actor import Actor
from casework.services.act import act
from performance.models import Expectation, InterimProgress, InterimReview, Progress
from performance.permissions import may_expect
from performance.rules.evidence import FEEDBACK
from performance.services.plan_content import rows_of
from regulation.refusals import Refused

ACKNOWLEDGE = "acknowledge_interim_review"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewContent:
    """What was said at a review; no level is among it, because it is no rating."""

    held_on: date
    #: How each expectation stands, and a note, by its id.
    progress: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    note: str = ""
    tools_adequate: bool | None = None
    tools_note: str = ""
    development: str = ""
    development_due: date | None = None


def act_on_review(
    review: InterimReview,
    *,
    name: str,
    do: Callable[[InterimReview], object],
    actor: Actor,
    on: date,
    version: int,
) -> InterimReview:
    """One act of the employee's supervisor of the day.

    Raises Refused `stale_form`, `recused`, `own_record`, `not_rating_official`,
    `invalid_transition`.
    """
    return act(
        review,
        name=name,
        actor=actor,
        on=on,
        do=do,
        may=lambda who, fresh: may_expect(who, fresh.employee, on=on),
        version=version,
        citation=FEEDBACK,
    )


def write_review(review: InterimReview, content: ReviewContent) -> list[Expectation]:
    """Put what was typed into the row; the expectations spoken of."""
    spoken = {pk: said for pk, said in content.progress.items() if said[0]}
    rows = rows_of(review.plan, spoken)
    if any(said not in Progress.values for said, _ in spoken.values()):
        raise Refused("invalid_input", FEEDBACK, "Say on track, at risk or not meeting.")
    review.held_on = content.held_on
    review.note = content.note.strip()
    review.tools_adequate = content.tools_adequate
    review.tools_note = content.tools_note.strip()
    review.development = content.development.strip()
    InterimProgress.objects.filter(review=review).delete()
    InterimProgress.objects.bulk_create(
        InterimProgress(review=review, expectation=row, progress=said, note=note.strip())
        for row in rows
        for said, note in (spoken[row.pk],)
    )
    return rows
