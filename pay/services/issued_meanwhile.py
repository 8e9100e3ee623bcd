"""A denial that is entered late, and the better rating that was issued meanwhile (R7, R39)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casework.models import Deadline, DeadlineState
from pay.deadlines import RELEASE
from pay.models import DeniedIncrease
from pay.services.releases import promise_release
from performance.models import RatingOfRecord, RatingState


def promise_issued_meanwhile(cases: Iterable[DeniedIncrease], *, on: date) -> None:
    """Promise what ratings release that were issued after a denial's date and by its entry.

    5 CFR 9701.324, 9701.325(a)(1): at its issue such a rating found nothing open yet. What a return
    from an absence credits is not among them: it counts from the return on.
    """
    late = [case for case in cases if case.adjusted_on < on and _of_its_own_date(case)]
    if not late:
        return
    ratings = RatingOfRecord.objects.filter(
        employee_id__in=[case.employee_id for case in late],
        issued_on__gt=min(case.adjusted_on for case in late),
        issued_on__lte=on,
        state__in=[RatingState.ISSUED, RatingState.SUPERSEDED],
        level__unacceptable=False,
    ).select_related("level")
    for rating in ratings.order_by("employee_id", "issued_on", "id"):
        promised = Deadline.objects.filter(
            kind=RELEASE, employee_key=rating.employee_id, state=DeadlineState.OPEN
        )
        if not promised.exists():
            promise_release(rating)


def _of_its_own_date(case: DeniedIncrease) -> bool:
    return case.action is not None and case.action.effective == case.adjusted_on
