"""Final ratings of record, as pay and other apps read them (5 CFR 9701.409(b))."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, TextChoices

from performance.models import Appraisal, Cycle, RatingOfRecord, RatingState
from performance.models.system import STANDARD_SYSTEM
from performance.published import PublishedRating
from performance.queries.completed_periods import completed_periods
from performance.queries.systems import band_levels
from performance.rules.appraisal import refuse_as_rating
from performance.rules.counting import rating_that_counts
from regulation.binary_rows import binary_rows
from regulation.refusals import Refused
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


_FINAL = [state.value for state in FINAL]
#: In the order of the fields of `PublishedRating`.
_RATINGS = """
SELECT r.employee_id, r.id, l.code, l.unacceptable,
       CASE r.kind WHEN 'additional' THEN 'additional' ELSE 'annual' END,
       c.ends, r.issued_on, coalesce(r.shown_by, r.issued_on)
  FROM performance_ratingofrecord r
  JOIN performance_ratinglevel l ON l.id = r.level_id
  JOIN performance_cycle c ON c.id = r.cycle_id
 WHERE r.employee_id = ANY(%(ids)s::bigint[]) AND r.state = ANY(%(final)s::text[])
   AND r.issued_on <= %(on)s::date
 ORDER BY r.employee_id, r.issued_on, r.id
"""


def rating_facts(employee_ids: Iterable[int], *, on: date) -> dict[int, list[PublishedRating]]:
    """Every final, uncancelled rating issued on or before a date, oldest first; one query.

    5 CFR 9701.409(b)#3. Employees without one have an empty list.
    """
    facts: dict[int, list[PublishedRating]] = {pk: [] for pk in employee_ids}
    rows = binary_rows(_RATINGS, {"ids": list(facts), "final": _FINAL, "on": on})
    for row in rows:
        facts[row[0]].append(PublishedRating._make(row))
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
        period_end=completed_periods(on).end_for(
            band_level=band_levels([employee.pk], on=on).get(employee.pk, ""),
            category=employee.coverage_category,
        ),
    )


def rating_cited(document: str, employee: Employee, *, on: date) -> RatingOfRecord:
    """The final rating that a reference such as "rating:12" names, for an award or another use.

    5 CFR 9701.409(b)(6), (h). Raises Refused not_a_rating_of_record for an appraisal,
    rating_not_final for what is no final rating of the employee on the date.
    """
    kind, _, number = document.strip().partition(":")
    if kind == Appraisal.subject_kind:
        raise refuse_as_rating(document.strip())
    found = None
    if kind == RatingOfRecord.subject_kind and number.isascii() and number.isdigit():
        found = RatingOfRecord.objects.filter(
            pk=int(number[:18]), employee=employee, state__in=FINAL, issued_on__lte=on
        ).first()
    if found is None:
        raise Refused(
            "rating_not_final",
            "9701.409(c)",
            f"“{document.strip()[:40]}” is no final rating of record of {employee.name}.",
        )
    return found
