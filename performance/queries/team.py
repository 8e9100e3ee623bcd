"""My team: one row a person, from plan to rating; the queries do not grow with the team."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import CharField, DateField, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from performance.models import (
    VOID,
    Cycle,
    InterimReview,
    InterimReviewState,
    Plan,
    RatingKind,
    RatingOfRecord,
    RatingState,
)
from performance.queries.absences import NON_PAY, absences_of
from performance.queries.acts import Act, acts_of_rating_official, read_rating
from performance.queries.scoring import rating_policy
from performance.rules.minimum_period import Served, days_served
from workforce.models import Assignment, Employee
from workforce.queries.coverage import is_covered

UNDER_WAY = (RatingState.DRAFT, RatingState.SUBMITTED, RatingState.APPROVED)


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One person of the team in one period."""

    employee: Employee
    position: str
    communicated_on: date | None
    served: Served
    interim_review_on: date | None
    ratings: list[RatingOfRecord]
    due: str
    due_on: date | None
    late: bool
    acts: list[Act]


def cycles() -> list[Cycle]:
    """Appraisal periods, the latest first; one that several systems have stands there once."""
    return list(
        Cycle.objects.select_related("system").order_by("-ends", "pk").distinct("ends")[:10]
    )


def cycle_shown(known: list[Cycle], *, chosen: str, on: date) -> Cycle | None:
    """The period asked for; otherwise the one to be rated now, or else the one under way."""
    by_key = {str(cycle.pk): cycle for cycle in known}
    if chosen in by_key:
        return by_key[chosen]
    if chosen.isdecimal() and len(chosen) < 19:
        same = Cycle.objects.filter(pk=int(chosen)).values_list("ends", flat=True).first()
        if same is not None:
            return next((cycle for cycle in known if cycle.ends == same), None)
    ended = [cycle for cycle in known if cycle.ends < on]
    return ended[0] if ended else (known[0] if known else None)


def team_members(supervisor: Employee, *, on: date) -> QuerySet[Employee]:
    """Direct reports on the date, and others whose rating by the supervisor is under way."""
    return Employee.objects.filter(
        Q(supervised_by__supervisor=supervisor, supervised_by__period__contains=on)
        | Q(ratingofrecords__rater=supervisor, ratingofrecords__state__in=UNDER_WAY)
    ).distinct()


def team_rows(supervisor: Employee, *, cycle: Cycle, on: date) -> list[TeamRow]:
    """The rows, by name; four queries and one a category of coverage."""
    plans = Plan.objects.filter(employee=OuterRef("pk"), cycle__ends=cycle.ends)
    reviews = (
        InterimReview.objects.filter(employee=OuterRef("pk"), plan__cycle__ends=cycle.ends)
        .exclude(state=InterimReviewState.DRAFT)
        .order_by("-held_on")
    )
    positions = Assignment.objects.filter(employee=OuterRef("pk"), period__contains=on).order_by(
        "-kind"
    )
    members = list(
        team_members(supervisor, on=on)
        .annotate(
            plan=Subquery(plans.values("pk")[:1]),
            told=Subquery(plans.values("communicated_on")[:1], output_field=DateField()),
            reviewed=Subquery(reviews.values("held_on")[:1], output_field=DateField()),
            job=Subquery(positions.values("position__title")[:1], output_field=CharField()),
        )
        .order_by("family_name", "given_name", "number")
    )
    ids = [member.pk for member in members]
    ratings = _ratings(ids, cycle)
    away = absences_of(ids, kinds=NON_PAY)
    policy = rating_policy(cycle, on=on)
    minimum = policy["minimum_period_days"]
    due_on = cycle.ends + timedelta(days=policy["rating_due_days"])
    covered = {member.coverage_category: member for member in members}
    under_d = {
        category: is_covered(member, subpart="D", on=on) for category, member in covered.items()
    }
    rows = []
    for member in members:
        served = days_served(
            period_start=cycle.starts,
            period_end=cycle.ends,
            communicated_on=member.told,
            hired=member.hired,
            not_performing=away[member.pk],
            minimum=minimum,
            on=on,
        )
        rows.append(
            _row(
                member,
                supervisor=supervisor,
                cycle=cycle,
                on=on,
                served=served,
                ratings=ratings[member.pk],
                due_on=due_on,
                covered=under_d[member.coverage_category],
            )
        )
    return rows


def _ratings(ids: list[int], cycle: Cycle) -> dict[int, list[RatingOfRecord]]:
    """Ratings of the period, and additional ones under way whatever their period."""
    found: dict[int, list[RatingOfRecord]] = defaultdict(list)
    for rating in (
        RatingOfRecord.objects.filter(employee_id__in=ids)
        .filter(Q(cycle__ends=cycle.ends) | Q(kind=RatingKind.ADDITIONAL, state__in=UNDER_WAY))
        .exclude(state__in=VOID)
        .select_related("level", "cycle")
        .order_by("id")
    ):
        found[rating.employee_id].append(rating)
    return found


def _row(
    member: Employee,
    *,
    supervisor: Employee,
    cycle: Cycle,
    on: date,
    served: Served,
    ratings: list[RatingOfRecord],
    due_on: date,
    covered: bool,
) -> TeamRow:
    annual = next((rating for rating in ratings if rating.kind == RatingKind.ANNUAL), None)
    acts = (
        _acts(
            member,
            supervisor=supervisor,
            cycle=cycle,
            on=on,
            ratings=ratings,
            annual=annual,
            served=served,
        )
        if covered
        else []
    )
    due, when = _due(
        covered=covered,
        annual=annual,
        served=served,
        member=member,
        supervisor=supervisor,
        cycle=cycle,
        due_on=due_on,
        on=on,
    )
    return TeamRow(
        employee=member,
        position=member.job or "",  # type: ignore[attr-defined]
        communicated_on=member.told,  # type: ignore[attr-defined]
        served=served,
        interim_review_on=member.reviewed,  # type: ignore[attr-defined]
        ratings=ratings,
        due=due,
        due_on=when,
        late=when is not None and when < on,
        acts=acts,
    )


def _acts(
    member: Employee,
    *,
    supervisor: Employee,
    cycle: Cycle,
    on: date,
    ratings: list[RatingOfRecord],
    annual: RatingOfRecord | None,
    served: Served,
) -> list[Act]:
    acts = [
        act
        for rating in ratings
        if rating.rater_id == supervisor.pk
        for act in acts_of_rating_official(rating)
    ]
    acts += [
        read_rating(rating)
        for rating in ratings
        if rating.rater_id != supervisor.pk and rating.issued_on is not None
    ]
    acts += _plan_acts(member, cycle=cycle)
    if annual is None:
        start = reverse("performance:start", args=[member.pk])
        acts.append(Act("start", "Start rating", start, main=True, post=True))
    under_way = any(rating.state in UNDER_WAY for rating in ratings)
    if not under_way and (annual is not None or (served.enough and on <= cycle.ends)):
        additional = reverse("performance:additional", args=[member.pk])
        acts.append(Act("additional", "Additional rating", additional))
    return acts


def _plan_acts(member: Employee, *, cycle: Cycle) -> list[Act]:
    plan = member.plan  # type: ignore[attr-defined]
    if plan is not None:
        return [
            Act("plan", "Plan", reverse("performance:plan", args=[plan])),
            Act("year", "Feedback and reviews", reverse("performance:year", args=[plan])),
        ]
    begin = reverse("performance:begin_plan", args=[member.pk])
    return [Act("begin_plan", "Begin the plan", begin, post=True)]


_NEXT = {
    RatingState.DRAFT: "Rate, and send to the reviewing official",
    RatingState.APPROVED: "Issue the rating",
}


def _due(
    *,
    covered: bool,
    annual: RatingOfRecord | None,
    served: Served,
    member: Employee,
    supervisor: Employee,
    cycle: Cycle,
    due_on: date,
    on: date,
) -> tuple[str, date | None]:
    """What is due of the supervisor for one person, and by when."""
    if not covered:
        return "Subpart D does not apply", None
    if annual is not None:
        words = _NEXT.get(RatingState(annual.state), "")
        if words and annual.rater_id != supervisor.pk:
            return "With another rating official", None
        return words, due_on if words else None
    ended = cycle.ends < on
    if served.from_day is None:
        if ended:
            return "Not ratable: no expectation was communicated in the period", None
        return "Communicate expectations", None
    if served.can_rate_from is None:
        return f"Not ratable: the period ends before {served.minimum} days are served", None
    if member.reviewed is None:  # type: ignore[attr-defined]
        if ended:
            return (
                "No interim review was held: start the rating and ask HR for an exception",
                due_on,
            )
        return "Hold an interim review", cycle.ends
    return "Prepare the rating", due_on
