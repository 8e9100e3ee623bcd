"""What a rating asks of whom: one work item for each stage, and notices without its content."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse

from accounts.models import Role, User
from casework.models import WorkItem
from casework.services.notices import notify
from casework.services.work_items import finish_work_item, open_work_item
from performance.models import Plan, RatingKind, RatingOfRecord, RatingState
from performance.queries.scoring import rating_policy
from regulation import clock
from workforce.models import Employee
from workforce.queries.relations import organization_on

START, PREPARE, REVIEW, ISSUE, ACKNOWLEDGE = (
    "start_rating",
    "prepare_rating",
    "review_rating",
    "issue_rating",
    "acknowledge_rating",
)
NAME_REVIEWER = "name_reviewing_official"
RATE_AGAIN = "rate_again"


def plan_subject(plan_id: int) -> str:
    """What a rating that nobody has started is kept under: the plan that it will assess."""
    return f"plan:{plan_id}"


def finish_start(rating: RatingOfRecord, *, on: date) -> None:
    """The annual rating is started, so that it need not be asked for."""
    plan = Plan.objects.filter(employee=rating.employee, cycle=rating.cycle).first()
    if plan is not None:
        WorkItem.objects.filter(kind=START, subject=plan_subject(plan.pk), done_at=None).update(
            done_at=clock.now(), done_on=on
        )
    for remanded in RatingOfRecord.objects.filter(
        employee=rating.employee, cycle=rating.cycle, state=RatingState.CANCELLED_REMANDED
    ):
        finish_work_item(remanded, kind=RATE_AGAIN, on=on)


def ask_rating_official(rating: RatingOfRecord, *, on: date) -> None:
    """The rating is to be prepared, or prepared again after it was returned."""
    _ask(rating, PREPARE, rating.rater, "Prepare the rating of record of", "rate", on=on)


def ask_reviewing_official(rating: RatingOfRecord, *, on: date) -> None:
    """The rating is to be reviewed; where nobody is named, HR is asked to name somebody."""
    finish_work_item(rating, kind=PREPARE, on=on)
    if rating.reviewer is None:
        ask_hr(
            rating,
            kind=NAME_REVIEWER,
            title=f"Name a reviewing official for {rating.employee}",
            citation="9701.409(c)",
            page="officials",
            on=on,
        )
        return
    _ask(rating, REVIEW, rating.reviewer, "Review the rating of record of", "review", on=on)


def ask_to_issue(rating: RatingOfRecord, *, on: date) -> None:
    """Both have signed; the rating is to be given to the employee."""
    finish_work_item(rating, kind=REVIEW, on=on)
    _ask(rating, ISSUE, rating.rater, "Issue the rating of record of", "issue", on=on)


def tell_employee(rating: RatingOfRecord, *, on: date) -> None:
    """The rating was issued: the employee is told so, and not what it says."""
    finish_work_item(rating, kind=ISSUE, on=on)
    url = reverse("performance:rating", args=[rating.pk])
    user = rating.employee.user
    notify(
        user,
        title="Your rating of record was issued",
        on=on,
        subject=rating.subject,
        body="Open it to read it. It may affect increases of your pay. You may grieve it; HR tells "
        "you which procedure is yours.",
        citation="9701.409(c)",
        url=url,
    )
    open_work_item(
        rating,
        kind=ACKNOWLEDGE,
        title="Acknowledge that you received your rating of record",
        on=on,
        url=url,
        citation="9701.409(c)",
        user=user,
    )


def ask_to_rate_again(rating: RatingOfRecord, *, on: date) -> None:
    """The rating was cancelled to be given again: a new one of the same period is to be started."""
    user = rating.rater.user if rating.rater else None
    open_work_item(
        rating,
        kind=RATE_AGAIN,
        title=f"Rate {rating.employee} again for {rating.cycle}",
        on=on,
        url=f"{reverse('performance:team')}?cycle={rating.cycle_id}#person-{rating.employee_id}",
        citation="9701.409(g)",
        user=user,
    )


def ask_hr(
    rating: RatingOfRecord, *, kind: str, title: str, citation: str, page: str, on: date
) -> None:
    """One thing for HR of the employee's organization."""
    open_work_item(
        rating,
        kind=kind,
        title=title,
        on=on,
        url=reverse(f"performance:{page}", args=[rating.pk]),
        citation=citation,
        role=Role.HR_SPECIALIST,
        organization=organization_on(rating.employee, on=on),
    )


def finish(rating: RatingOfRecord, kind: str, *, on: date) -> None:
    """The thing is done."""
    finish_work_item(rating, kind=kind, on=on)


def _ask(
    rating: RatingOfRecord,
    kind: str,
    who: Employee | None,
    words: str,
    page: str,
    *,
    on: date,
) -> None:
    user: User | None = who.user if who else None
    open_work_item(
        rating,
        kind=kind,
        title=f"{words} {rating.employee}",
        on=on,
        url=reverse(f"performance:{page}", args=[rating.pk]),
        citation="9701.409(b)",
        due_on=_due_on(rating, on=on),
        user=user,
    )


def _due_on(rating: RatingOfRecord, *, on: date) -> date | None:
    """An annual rating is due some days after the period, an additional one when it is ready."""
    if rating.kind != RatingKind.ANNUAL:
        return None
    days: int = rating_policy(rating.cycle, on=on)["rating_due_days"]
    return rating.cycle.ends + timedelta(days=days)
