"""The evidence of a year by its dates: feedback, contributions, interim reviews, records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from performance.models import (
    Appraisal,
    AppraisalState,
    Contribution,
    Expectation,
    Feedback,
    InterimReview,
    InterimReviewState,
    Plan,
    PoorPerformanceRecord,
)
from regulation.days import department_date


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One thing on record: its day and person, what was said, and what it is about."""

    kind: str
    on: date
    by: str
    text: str
    about: tuple[str, ...] = ()
    how: str = ""
    #: The day of entry, where it is another.
    entered_on: date | None = None
    url: str = ""
    #: Its name as a part of a rating cites it, and the expectations it is about.
    key: str = ""
    about_ids: tuple[int, ...] = ()


def log_of(plan: Plan, *, first: date, last: date) -> list[EvidenceRow]:
    """Feedback and contributions dated in a time, both days included, the latest first."""
    feedback = (
        Feedback.objects.filter(plan=plan, given_on__range=(first, last))
        .select_related("given_by")
        .prefetch_related("about")
    )
    contributions = (
        Contribution.objects.filter(plan=plan, dated__range=(first, last))
        .select_related("noted_by")
        .prefetch_related("about")
    )
    rows = [
        EvidenceRow(
            kind="Feedback",
            on=each.given_on,
            by=each.given_by.name,
            text=each.text,
            about=_titles(each.about.all()),
            how=each.get_method_display(),
            entered_on=_entered(each, day=each.given_on),
            key=f"feedback:{each.pk}",
            about_ids=tuple(item.pk for item in each.about.all()),
        )
        for each in feedback
    ]
    rows += [
        EvidenceRow(
            kind="Contribution",
            on=note.dated,
            by=note.noted_by.name if note.noted_by else "",
            text=note.text,
            about=_titles(note.about.all()),
            entered_on=_entered(note, day=note.dated),
            key=f"contribution:{note.pk}",
            about_ids=tuple(item.pk for item in note.about.all()),
        )
        for note in contributions
    ]
    return sorted(rows, key=lambda row: row.on, reverse=True)


def evidence_of(plan: Plan, *, first: date, last: date) -> list[EvidenceRow]:
    """All evidence of a time for those who rate and review, the latest first; no draft of it."""
    rows = log_of(plan, first=first, last=last)
    rows += [_of_review(review) for review in held_reviews(plan, first=first, last=last)]
    rows += [
        EvidenceRow(
            kind="Poor performance",
            on=record.determined_on,
            by=record.determined_by.name,
            text=record.facts,
            how=record.get_state_display(),
            url=reverse("performance:poor_performance", args=[record.pk]),
            key=f"poor_performance:{record.pk}",
        )
        for record in records_of(plan, first=first, last=last)
    ]
    rows += [_of_appraisal(one) for one in appraisals_of(plan, first=first, last=last)]
    return sorted(rows, key=lambda row: row.on, reverse=True)


def held_reviews(plan: Plan, *, first: date, last: date) -> list[InterimReview]:
    """Interim reviews held in a time."""
    return list(
        InterimReview.objects.filter(plan=plan, held_on__range=(first, last))
        .exclude(state=InterimReviewState.DRAFT)
        .select_related("held_by")
        .prefetch_related("progress__expectation")
    )


def records_of(plan: Plan, *, first: date, last: date) -> list[PoorPerformanceRecord]:
    """Records of poor performance opened in a time (5 CFR 9701.408(b))."""
    return list(
        PoorPerformanceRecord.objects.filter(
            plan=plan, determined_on__range=(first, last)
        ).select_related("determined_by", "employee")
    )


def appraisals_of(plan: Plan, *, first: date, last: date) -> list[Appraisal]:
    """Appraisals given for a time, or part of it; inputs to a rating (5 CFR 9701.409(h))."""
    return list(
        Appraisal.objects.filter(
            employee=plan.employee_id,
            state=AppraisalState.GIVEN,
            covers_to__range=(first, last),
        )
        .select_related("prepared_by")
        .prefetch_related("items__expectation", "items__suggested")
    )


def _of_appraisal(appraisal: Appraisal) -> EvidenceRow:
    suggested = tuple(
        f"{item.expectation.title}: {item.suggested.title} suggested"
        for item in appraisal.items.all()
        if item.suggested is not None
    )
    return EvidenceRow(
        kind="Appraisal, not a rating of record",
        on=appraisal.covers_to,
        by=appraisal.prepared_by.name,
        text=appraisal.progress,
        about=suggested,
        how=appraisal.get_purpose_display(),
        url=reverse("performance:appraisal", args=[appraisal.pk]),
        key=f"appraisal:{appraisal.pk}",
        about_ids=tuple(item.expectation_id for item in appraisal.items.all()),
    )


def _of_review(review: InterimReview) -> EvidenceRow:
    progress = tuple(
        f"{each.expectation.title}: {each.get_progress_display().lower()}"
        for each in review.progress.all()
    )
    return EvidenceRow(
        kind="Interim review",
        on=review.held_on,
        by=review.held_by.name,
        text=review.note,
        about=progress,
        url=reverse("performance:interim_review", args=[review.pk]),
        key=f"interim_review:{review.pk}",
        about_ids=tuple(each.expectation_id for each in review.progress.all()),
    )


def _titles(expectations: Iterable[Expectation]) -> tuple[str, ...]:
    return tuple(each.title for each in expectations)


def _entered(row: Feedback | Contribution, *, day: date) -> date | None:
    entered = department_date(row.recorded_at)
    return entered if entered != day else None
