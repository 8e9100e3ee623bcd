"""Final ratings of record, as pay and other apps read them (5 CFR 9701.409(b))."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, TextChoices

from performance.models import Cycle, RatingKind, RatingOfRecord, RatingState
from performance.models.system import STANDARD_SYSTEM
from performance.published import PublishedRating
from performance.rules.counting import rating_that_counts
from workforce.models import Employee


class RatingUse(TextChoices):
    """What a rating of record is a basis for (5 CFR 9701.409(b)(1)-(7))."""

    RELEASED_RANGE_INCREASE = "released_range_increase", "Increase under 9701.324"
    RELEASED_SUPPLEMENT_INCREASE = "released_supplement_increase", "Increase under 9701.336"
    PERFORMANCE_PAY = "performance_pay", "Performance pay increase under 9701.342(a)"
    WITHIN_GRADE_INCREASE = "within_grade_increase", "Within-grade increase before conversion"
    OTHER_PAY = "other_pay", "Other pay determination"
    AWARD = "award", "Award"
    PROMOTION = "promotion", "Eligibility for promotion"


#: A superseded rating was final until another took its place; as of an earlier date it counts.
FINAL = (RatingState.ISSUED, RatingState.SUPERSEDED)


def rating_facts(employee_ids: Iterable[int], *, on: date) -> dict[int, list[PublishedRating]]:
    """Every final, uncancelled rating issued on or before a date, oldest first; one query.

    5 CFR 9701.409(b)#3. Employees without one have an empty list.
    """
    ids = list(employee_ids)
    facts: dict[int, list[PublishedRating]] = {pk: [] for pk in ids}
    rows = (
        RatingOfRecord.objects.filter(employee_id__in=ids, state__in=FINAL, issued_on__lte=on)
        .order_by("employee_id", "issued_on", "id")
        .values_list(
            "employee_id",
            "id",
            "level__code",
            "level__unacceptable",
            "kind",
            "cycle__ends",
            "issued_on",
            "shown_by",
        )
    )
    for employee_id, pk, code, unacceptable, kind, ends, issued_on, shown_by in rows:
        if issued_on is None:  # the table's own constraint rules it out
            continue
        facts[employee_id].append(
            PublishedRating(
                employee_id=employee_id,
                rating_id=pk,
                level_code=code,
                unacceptable=unacceptable,
                kind="additional" if kind == RatingKind.ADDITIONAL else "annual",
                period_end=ends,
                issued_on=issued_on,
                shown_by=shown_by or issued_on,
            )
        )
    return facts


def latest_completed_period_end(on: date, *, system: str = STANDARD_SYSTEM) -> date | None:
    """Last day of the appraisal period completed most recently before a date, or None."""
    ends: date | None = Cycle.objects.filter(system__code=system, ends__lt=on).aggregate(
        last=Max("ends")
    )["last"]
    return ends


def rating_for(employee: Employee, purpose: RatingUse, on: date) -> PublishedRating | None:
    """The rating of record on which a determination of that date rests, or None.

    5 CFR 9701.409(b)(1)-(7): one issued on or before the date for the period completed most
    recently. Every purpose reads the same rating; a draft or an appraisal of 409(h) is never one.
    """
    RatingUse(purpose)
    return rating_that_counts(
        rating_facts([employee.pk], on=on)[employee.pk],
        on=on,
        period_end=latest_completed_period_end(on),
    )
