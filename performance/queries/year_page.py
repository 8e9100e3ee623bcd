"""The file of the year as a person reads it (5 CFR 9701.407, .408)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django_fsm import can_proceed

from accounts.models import User
from performance.models import (
    Expectation,
    ExpectationState,
    FollowUp,
    InterimReview,
    InterimReviewState,
    Plan,
    PoorPerformanceRecord,
)
from performance.queries.evidence import EvidenceRow, log_of
from performance.queries.owed import window_of
from performance.queries.scoring import rating_policy
from workforce.queries import relations


@dataclass(frozen=True, slots=True)
class Coming:
    """A date that is coming."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class YearPage:
    """One plan's year; `gives` and `notes` are what the reader may do now."""

    plan: Plan
    log: Sequence[EvidenceRow]
    reviews: Sequence[InterimReview]
    records: Sequence[PoorPerformanceRecord]
    follow_ups: Sequence[FollowUp]
    coming: Sequence[Coming]
    expectations: Sequence[Expectation]
    gives: bool
    notes: bool

    @property
    def not_meeting(self) -> frozenset[int]:
        """Ids of the expectations found not met at the latest review."""
        held = [each for each in self.reviews if each.state != InterimReviewState.DRAFT]
        if not held:
            return frozenset()
        return frozenset(
            each.expectation_id
            for each in held[-1].progress.all()
            if each.progress == "not_meeting"
        )


def year_page(plan: Plan, *, reader: User, on: date) -> YearPage:
    """What a reader sees of a plan's year; the queries do not grow with what is in it.

    5 CFR 9701.407(b), .408. Drafts of reviews are seen by the supervisor and HR alone.
    """
    supervises = relations.is_supervisor(reader, plan.employee, on)
    drafts = supervises or relations.is_hr(reader, plan.employee, on)
    open_plan = bool(can_proceed(plan.write))
    reviews = InterimReview.objects.filter(plan=plan).select_related("held_by")
    if not drafts:
        reviews = reviews.exclude(state=InterimReviewState.DRAFT)
    return YearPage(
        plan=plan,
        log=log_of(plan, first=plan.cycle.starts, last=plan.cycle.ends),
        reviews=list(reviews.prefetch_related("progress")),
        records=list(plan.poor_performance_records.select_related("determined_by")),
        follow_ups=list(plan.follow_ups.select_related("noted_by")),
        coming=coming(plan, on=on),
        expectations=communicated(plan),
        gives=open_plan and supervises,
        notes=open_plan and relations.is_self(reader, plan.employee, on),
    )


def communicated(plan: Plan) -> list[Expectation]:
    """Expectations that were communicated, those that ended included."""
    return list(
        Expectation.objects.filter(plan=plan, communicated_on__isnull=False).order_by("order", "id")
    )


def coming(plan: Plan, *, on: date) -> list[Coming]:
    """Dates of the plan's period that are still to come, the nearest first."""
    cycle = plan.cycle
    policy = rating_policy(cycle, on=on)
    window = window_of(cycle, policy=policy)
    rows = [
        Coming(window.opens, "Interim reviews begin"),
        Coming(window.closes, "Interim reviews are due"),
        Coming(cycle.ends, "Last day of the appraisal period"),
        Coming(cycle.ends + timedelta(days=policy["rating_due_days"]), "Ratings of record are due"),
    ]
    rows += [
        Coming(due, f"Due: {title}")
        for due, title in plan.expectations.filter(
            state=ExpectationState.COMMUNICATED, due_on__gte=on
        ).values_list("due_on", "title")
        if due is not None
    ]
    return sorted((row for row in rows if row.on >= on), key=lambda row: row.on)
