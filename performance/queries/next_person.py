"""Whom a rating official turns to when one rating is sent or issued, in the order of the team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from performance.models import VOID, Plan, RatingKind, RatingOfRecord, RatingState
from performance.queries.acts import Act
from performance.queries.team import team_members
from workforce.models import Employee

#: The state of the ratings that the next step is about, by the state of the one just left.
_SAME_WORK = {
    RatingState.DRAFT: RatingState.DRAFT,
    RatingState.SUBMITTED: RatingState.DRAFT,
    RatingState.ISSUED: RatingState.APPROVED,
}


@dataclass(frozen=True, slots=True)
class NextPerson:
    """Somebody of the team, with his rating of the period where there is one already."""

    employee: Employee
    rating: RatingOfRecord | None

    def act(self) -> Act:
        """The step that this person's rating waits for."""
        if self.rating is None:
            url = reverse("performance:start", args=[self.employee.pk])
            return Act("start", f"Next: rate {self.employee.name}", url, post=True)
        if self.rating.state == RatingState.APPROVED:
            url = reverse("performance:issue", args=[self.rating.pk])
            return Act("issue", f"Next: issue the rating of {self.employee.name}", url)
        url = reverse("performance:rate", args=[self.rating.pk])
        return Act("rate", f"Next: rate {self.employee.name}", url)


def next_person(rater: Employee, *, after: RatingOfRecord, on: date) -> NextPerson | None:
    """Who comes after a rating's employee, from the beginning again at the end; None if nobody.

    After a draft or a sent rating, who is still to be rated; after an issued one, whose rating is
    to be issued.
    """
    state = _SAME_WORK.get(RatingState(after.state))
    if state is None:
        return None
    plans = Plan.objects.filter(
        employee=OuterRef("pk"), cycle=after.cycle_id, communicated_on__isnull=False
    )
    team = list(
        team_members(rater, on=on)
        .annotate(planned=Exists(plans))
        .order_by("family_name", "given_name", "number")
    )
    ratings = {
        rating.employee_id: rating
        for rating in RatingOfRecord.objects.filter(
            employee__in=[one.pk for one in team], cycle=after.cycle_id, kind=RatingKind.ANNUAL
        ).exclude(state__in=VOID)
    }
    here = next((place for place, one in enumerate(team) if one.pk == after.employee_id), -1)
    for one in team[here + 1 :] + team[: max(here, 0)]:
        rating = ratings.get(one.pk)
        if rating is None and state == RatingState.DRAFT and one.planned:
            return NextPerson(one, None)
        if rating is not None and rating.rater_id == rater.pk and rating.state == state:
            return NextPerson(one, rating)
    return None
