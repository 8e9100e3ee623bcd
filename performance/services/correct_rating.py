"""Correcting a final rating that was wrong, on the decision that found so."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from casework.actor import Actor
from casework.services.act import act
from performance.models import RatingOfRecord, RatingState
from performance.permissions import may_correct
from performance.services.guards import level_named
from performance.signals import rating_corrected
from regulation.refusals import Refused
from workforce.models import Employee

#: A superseded rating still counts as of the dates before another took its place.
FINAL = (RatingState.ISSUED, RatingState.SUPERSEDED)
CITATION = "9701.409(g)"


@transaction.atomic
def correct_rating(
    rating: RatingOfRecord,
    *,
    corrected_level: str,
    reference: str,
    decided: date,
    actor: Actor,
    on: date,
    version: int | None = None,
    by_award: bool = False,
    would_have_given: bool = False,
) -> RatingOfRecord:
    """Put the right level in place of a wrong one; both, and the decision, stay in the history.

    5 CFR 9701.409(g), 9701.323 (preamble). For a rating that was wrong when it was issued; one that
    improved is an additional rating. An arbitrator's award needs the finding that management would
    have given the level (5 CFR 9701.521(g)(2)). Sends `rating_corrected` in the same transaction,
    so that what a receiver refuses undoes the correction too. Raises Refused
    award_reference_required, award_standard_not_met, invalid_input for a decision still to come,
    level_not_in_system, no_effect, invalid_transition, own_record, permission_denied, stale_form.
    """
    reference = check_decision(reference, decided=decided, on=on)
    if by_award and not would_have_given:
        raise Refused(
            "award_standard_not_met",
            CITATION,
            "An award changes a level only to the one that management would have given. Without "
            "that finding, cancel the rating and have it given again.",
        )
    level = level_named(rating.cycle, corrected_level)
    detail = {
        "reference": reference,
        "decided": decided.isoformat(),
        "to": level.code,
        "cause": "correction",
    } | ({"would_have_given": "yes"} if would_have_given else {})
    before: list[str] = []

    def correct(fresh: RatingOfRecord) -> None:
        wrong = fresh.level
        if wrong is not None and wrong.pk == level.pk:
            raise Refused("no_effect", CITATION, f"The level is {level.title} already.")
        before.append(wrong.code if wrong else "")
        detail["from"] = before[-1]
        fresh.correct(level=level)

    saved = act(
        rating,
        name="correct_rating",
        actor=actor,
        on=on,
        do=correct,
        may=lambda who, fresh: may_correct(who, fresh, on=on),
        version=version,
        citation=CITATION,
        detail=detail,
    )
    rating_corrected.send(
        sender=RatingOfRecord,
        rating=saved,
        level_before=before[0],
        reference=reference,
        decided=decided,
        actor=actor,
        on=on,
    )
    return saved


def check_decision(reference: str, *, decided: date, on: date) -> str:
    """The reference of a decision. Raises Refused award_reference_required, invalid_input."""
    reference = reference.strip()
    if not reference:
        message = "Give the reference of the award or decision that found the rating wrong."
        raise Refused("award_reference_required", CITATION, message)
    if decided > on:
        message = f"The decision is dated {decided}, which is after {on}."
        raise Refused("invalid_input", CITATION, message)
    return reference


def rating_to_correct(employee: Employee, *, period_end: date, on: date) -> RatingOfRecord:
    """The final rating of a period that a decision is about: the latest unacceptable, else latest.

    Raises Refused rating_not_final where none was issued by the date.
    """
    issued = list(
        RatingOfRecord.objects.filter(
            employee=employee, cycle__ends=period_end, state__in=FINAL, issued_on__lte=on
        )
        .select_related("level", "cycle")
        .order_by("issued_on", "id")
    )
    if not issued:
        raise Refused(
            "rating_not_final", CITATION, f"No rating of record was issued for {period_end}."
        )
    wrong = [each for each in issued if each.level is not None and each.level.unacceptable]
    return (wrong or issued)[-1]
