"""Everything that the checks and pages of one rating look at, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import F, Q

from governance.queries.policy import Policy
from performance.models import (
    Expectation,
    ExpectationForm,
    InterimReview,
    InterimReviewState,
    Plan,
    PoorPerformanceRecord,
    RatingElement,
    RatingKind,
    RatingLevel,
    RatingOfRecord,
    RatingState,
)
from performance.queries.absences import NON_PAY, absences_of
from performance.queries.evidence import EvidenceRow, evidence_of, records_of
from performance.queries.scoring import rating_policy, scoring_of, scoring_policy
from performance.rules.absence import Away
from performance.rules.equal_opportunity import CODE as EQUAL_OPPORTUNITY
from performance.rules.expectation_share import share_of_time
from performance.rules.minimum_period import Served, days_served
from performance.rules.summary_score import GoalResult, Score, score


@dataclass(frozen=True)
class RatingFile:
    """A rating with its plan, parts, levels, absences, reviews and the rating before it."""

    rating: RatingOfRecord
    policy: Policy
    #: What the score rests on: the values of the period's first day.
    scoring: Policy
    levels: list[RatingLevel]
    plan: Plan | None
    expectations: list[Expectation]
    elements: dict[int, RatingElement]
    interim_reviews: list[InterimReview]
    approved_absences: list[Away]
    served: Served
    prior: RatingOfRecord | None
    period_start: date
    period_end: date
    #: The last day that can be rated: the period's, or today before it.
    accountable_until: date
    #: Feedback, contributions, interim reviews and records of poor performance of the time rated.
    evidence: list[EvidenceRow]

    def level(self, code: str) -> RatingLevel | None:
        """The level of that code in the rating's system."""
        return next((level for level in self.levels if level.code == code), None)

    def code_of(self, expectation: Expectation) -> str | None:
        """The level given to an expectation, or None."""
        element = self.elements.get(expectation.pk)
        return element.level.code if element and element.level else None

    def goals(self) -> list[Expectation]:
        """Goals, which carry weights."""
        return [item for item in self.expectations if item.form == ExpectationForm.GOAL]

    def others(self) -> list[Expectation]:
        """Competencies and whatever else is expected, averaged without weights."""
        return [item for item in self.expectations if item.form != ExpectationForm.GOAL]

    def goals_at_end(self) -> list[Expectation]:
        """The goals that stand when the time rated ends; their weights make up 100 percent."""
        return [
            goal
            for goal in self.goals()
            if goal.ended_on is None or goal.ended_on > self.accountable_until
        ]

    def time_of(self, item: Expectation) -> Fraction:
        """The part of the time for which an expectation stood, among those it replaced."""
        told = item.communicated_on
        if told is None:
            return Fraction(1)
        by_pk = {each.pk: each for each in self.expectations}
        first, before = item, by_pk.get(item.replaces_id or 0)
        while before is not None:
            first, before = before, by_pk.get(before.replaces_id or 0)
        ends = item.ended_on is not None and item.ended_on <= self.accountable_until
        if first is item and not ends:
            return Fraction(1)
        return share_of_time(
            communicated_on=told,
            ended_on=item.ended_on,
            first_told=first.communicated_on or told,
            until=self.accountable_until,
        )

    def score(self) -> Score:
        """What the parts add up to. Raises Refused parameter_missing."""
        others = self.others()
        return score(
            [
                GoalResult((goal.weight or 0) * self.time_of(goal), self.code_of(goal))
                for goal in self.goals()
            ],
            [self.code_of(item) for item in others],
            scoring_policy(self.scoring, self.levels),
            times=[self.time_of(item) for item in others],
        )

    def cited(self, item: Expectation) -> list[EvidenceRow]:
        """The evidence that the level of a part rests on."""
        element = self.elements.get(item.pk)
        keys = set(element.evidence) if element else set()
        return [row for row in self.evidence if row.key in keys]

    def absences_in_period(self) -> list[Away]:
        """Approved absences that fall into the time rated."""
        return [
            away
            for away in self.approved_absences
            if away.overlaps(self.period_start, self.period_end)
        ]


def plan_of(rating: RatingOfRecord, *, on: date) -> Plan | None:
    """The plan that a rating assesses: the period's; for an additional rating the current one."""
    plans = Plan.objects.filter(employee_id=rating.employee_id).select_related("cycle")
    if rating.kind == RatingKind.ANNUAL:
        return plans.filter(cycle=rating.cycle_id).first()
    return (
        plans.filter(communicated_on__lt=on, cycle__starts__lte=on).order_by("-cycle__ends").first()
    )


def time_rated(rating: RatingOfRecord, *, plan: Plan | None, on: date) -> tuple[date, date]:
    """First and last day that a rating rates: the period; else the days since the standing one."""
    if rating.kind == RatingKind.ANNUAL:
        return rating.cycle.starts, rating.cycle.ends
    standing = rating.standing
    if standing is not None and standing.issued_on is not None:
        return standing.issued_on + timedelta(days=1), on
    return (plan.cycle if plan else rating.cycle).starts, on


def records_behind(rating: RatingOfRecord, *, on: date) -> list[PoorPerformanceRecord]:
    """Records of poor performance of the time that a rating rates (5 CFR 9701.405(c)(4))."""
    plan = plan_of(rating, on=on)
    if plan is None:
        return []
    first, last = time_rated(rating, plan=plan, on=on)
    return records_of(plan, first=first, last=last)


def rating_file(rating: RatingOfRecord, *, on: date) -> RatingFile:
    """Read a rating's file as of a date."""
    annual = rating.kind == RatingKind.ANNUAL
    plan = plan_of(rating, on=on)
    cycle = rating.cycle if annual or plan is None else plan.cycle
    policy = rating_policy(cycle, on=on)
    employee_id = rating.employee_id
    standing = rating.standing
    start, end = time_rated(rating, plan=plan, on=on)
    return RatingFile(
        rating=rating,
        policy=policy,
        scoring=scoring_of(rating.cycle, policy=policy),
        levels=list(RatingLevel.objects.filter(system_id=rating.cycle.system_id).order_by("rank")),
        plan=plan,
        expectations=_accountable(plan, since=start, by=min(on, cycle.ends)),
        elements={
            element.expectation_id: element
            for element in RatingElement.objects.filter(rating=rating).select_related("level")
        },
        interim_reviews=_held(plan),
        approved_absences=absences_of([employee_id])[employee_id],
        served=days_served(
            period_start=cycle.starts,
            period_end=cycle.ends,
            communicated_on=plan.communicated_on if plan else None,
            hired=rating.employee.hired,
            not_performing=absences_of([employee_id], kinds=NON_PAY)[employee_id],
            minimum=policy["minimum_period_days"],
            on=on,
        ),
        prior=standing or _rating_before(rating),
        period_start=start,
        period_end=end,
        accountable_until=min(on, cycle.ends),
        evidence=evidence_of(plan, first=start, last=end) if plan else [],
    )


def _accountable(plan: Plan | None, *, since: date, by: date) -> list[Expectation]:
    """What was communicated before the time rated ended, what ended in it too, for its own dates.

    5 CFR 9701.406(b)#2. What was replaced or withdrawn before the time rated, or on the day after
    it was told, was accountable on no day of it.
    """
    if plan is None:
        return []
    return list(
        Expectation.objects.filter(plan=plan)
        .filter(
            Q(communicated_on__lt=by)
            # The law expects it of every supervisor, whenever he was told (9701.410(d)).
            | Q(competency=EQUAL_OPPORTUNITY, communicated_on__isnull=False)
        )
        .filter(
            Q(ended_on=None)
            | Q(ended_on__gt=since) & Q(ended_on__gt=F("communicated_on") + timedelta(days=1))
        )
    )


def _held(plan: Plan | None) -> list[InterimReview]:
    if plan is None:
        return []
    return list(InterimReview.objects.filter(plan=plan).exclude(state=InterimReviewState.DRAFT))


def _rating_before(rating: RatingOfRecord) -> RatingOfRecord | None:
    return (
        RatingOfRecord.objects.filter(
            employee_id=rating.employee_id,
            state__in=[RatingState.ISSUED, RatingState.SUPERSEDED],
            cycle__ends__lt=rating.cycle.ends,
        )
        .select_related("level", "cycle")
        .order_by("-issued_on", "-id")
        .first()
    )
