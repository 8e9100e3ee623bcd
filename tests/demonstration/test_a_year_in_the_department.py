"""The main job on the loaded department: a team is rated, ranges rise, and 90 days run out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from accounts.models import User
from casework.actor import Actor
from demonstration.clock import lazy_demonstration_clock
from demonstration.services.load_department import load_department
from demonstration.services.load_policy import CONVERTED_ON
from demonstration.services.move_clock import Stretch, ask_for_move, carry_out_move
from pay.models import DeniedIncrease, PayAction, PayRate, PayRun, PoolMembership, RateRange
from pay.queries.integrity import disagreements
from pay.services.runs.approval import approve_run
from pay.services.runs.drafting import draft_run
from pay.services.runs.execution import carry_on, start_run
from pay.services.runs.plans import Fund, PayoutPlan, PoolFunds, RangePlan
from pay.services.runs.preview import preview_run
from performance.models import Cycle, Plan, RatingOfRecord
from performance.services.approve_rating import approve_rating
from performance.services.draft_content import DraftContent, PartContent
from performance.services.issue_rating import issue_rating
from performance.services.start_rating import start_rating
from performance.services.submit_rating import submit_rating
from regulation import clock
from regulation.days import department_date
from workforce.models import Employee
from workforce.queries.relations import team_of

RATED_IN = date(2024, 9, 30)
RANGES_RISE_ON = date(2025, 1, 12)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def department() -> Iterator[None]:
    load_department(120, seed=4)
    with clock.use_clock(lazy_demonstration_clock()):
        yield


def actor(username: str) -> Actor:
    return Actor(User.objects.get(username=username))


def person(username: str) -> Employee:
    return Employee.objects.get(user__username=username)


def move(stretch: Stretch, *, times: int = 1) -> date:
    """Moves the date as an administrator would, and says where it stands."""
    for _ in range(times):
        with clock.use_clock(lazy_demonstration_clock()):
            asked = ask_for_move(stretch, by=User.objects.get(username="admin"))
        carry_out_move(asked.pk)
        reached = asked.to_date
    return reached


def rate(employee: Employee, *, level: str, on: date) -> RatingOfRecord:
    """One rating from draft to issued, by the log-ins of the demonstration."""
    cycle = Cycle.objects.get(ends=RATED_IN)
    plan = employee.plans.get(cycle=cycle)
    content = DraftContent(
        level=level,
        narrative="Written for the demonstration.",
        absence_is_no_factor=True,
        parts={
            part.pk: PartContent(level=level, basis="Seen in the work of the year.")
            for part in plan.expectations.all()
        },
    )
    rating = start_rating(employee, cycle=cycle, actor=actor("supervisor"), on=on)
    rating = submit_rating(
        rating, actor=actor("supervisor"), on=on, version=rating.version, content=content
    )
    rating = approve_rating(rating, actor=actor("reviewer"), on=on, version=rating.version)
    return issue_rating(
        rating, delivery="in person", actor=actor("supervisor"), on=on, version=rating.version
    )


def raise_ranges(*, on: date) -> PayRun:
    """Every range 2 percent up, drafted by one pay specialist and approved by the other."""
    ranges = {
        row.band.code: (row.minimum * 102 // 100, row.maximum * 102 // 100)
        for row in RateRange.objects.filter(period__contains=on).select_related("band")
    }
    run = draft_run(
        RangePlan(ranges=ranges),
        title="Ranges of 2025",
        effective=RANGES_RISE_ON,
        actor=actor("pay"),
        on=on,
    )
    return carry_through(run, on=on)


def carry_through(run: PayRun, *, on: date) -> PayRun:
    """A drafted run to its end: previewed, approved by the other specialist, carried out."""
    run = preview_run(run, actor=actor("pay"), on=on)
    run = approve_run(run, actor=actor("pay2"), on=on)
    start_run(run, actor=actor("pay"), on=on)
    carry_on(on=on)
    return PayRun.objects.get(pk=run.pk)


def test_the_seeded_plans_let_the_supervisor_rate_whoever_served_the_minimum_period() -> None:
    opening = date(2024, 10, 1)
    rated = 0
    for member in team_of(person("supervisor"), on=opening):
        if member.hired < date(2024, 6, 1):
            assert rate(member, level="ME", on=opening).state == "issued"
            rated += 1
    assert rated >= 6


def test_ninety_days_run_out_in_front_of_ones_eyes() -> None:
    minimum = person("minimum")
    before = PayRate.objects.get(employee=minimum)
    rate(minimum, level="U", on=date(2024, 10, 1))
    rate(person("employee"), level="EE", on=date(2024, 10, 1))

    assert move(Stretch.NINETY_DAYS) == date(2024, 12, 30)
    assert move(Stretch.DAY, times=13) == RANGES_RISE_ON
    run = raise_ranges(on=RANGES_RISE_ON)
    assert run.state == "verified", run.totals
    case = DeniedIncrease.objects.get(employee=minimum)
    assert (case.state, case.below_minimum, case.due_on) == ("open", True, date(2025, 4, 12))
    assert PayRate.objects.filter(employee=minimum).latest("starts").basic == before.basic

    assert move(Stretch.NINETY_DAYS) == date(2025, 4, 12)
    assert DeniedIncrease.objects.get(pk=case.pk).state == "open"
    assert move(Stretch.DAY) == date(2025, 4, 13)
    assert DeniedIncrease.objects.get(pk=case.pk).state == "defaulted"
    move(Stretch.PAY_PERIOD)

    now = PayRate.objects.filter(employee=minimum).latest("starts")
    assert now.band is not None
    assert now.starts == date(2025, 4, 20)
    assert now.basic == now.band.rate_ranges.get(period__contains=now.starts).minimum
    action = PayAction.objects.get(pk=now.action_id)
    assert department_date(action.recorded_at) == date(2025, 4, 20)
    assert disagreements(on=date(2025, 4, 27)) == []


def test_the_seeded_pools_are_paid_out_to_the_cent() -> None:
    rate(person("employee"), level="AE", on=date(2024, 10, 1))
    move(Stretch.NINETY_DAYS)
    move(Stretch.DAY, times=13)
    members = Counter(PoolMembership.objects.values_list("pool__code", flat=True))
    run = draft_run(
        PayoutPlan(
            period_end=RATED_IN,
            mode="share_dollar",
            since=CONVERTED_ON,
            pools={code: PoolFunds(Decimal(1_500 * count)) for code, count in members.items()},
            fund=Fund(
                amount=Decimal(1_500 * members.total()),
                official="Under Secretary for Management (demonstration)",
                within_grade=Decimal(1_100 * members.total()),
                promotions=Decimal(0),
                note="Invented for the demonstration.",
            ),
        ),
        title="Payout of 2025",
        effective=RANGES_RISE_ON,
        actor=actor("pay"),
        on=RANGES_RISE_ON,
    )
    run = carry_through(run, on=RANGES_RISE_ON)
    assert run.state == "verified", run.totals
    assert disagreements(on=RANGES_RISE_ON) == []


def test_teams_whose_supervisors_have_no_log_in_are_rated_when_ratings_fall_due() -> None:
    shown = {member.pk for member in team_of(person("supervisor"), on=date(2024, 10, 1))}
    this_year = RatingOfRecord.objects.filter(cycle__ends=RATED_IN)
    move(Stretch.PAY_PERIOD, times=2)
    assert not this_year.exists()
    assert move(Stretch.DAY) == date(2024, 10, 30)
    rated = set(this_year.values_list("employee_id", flat=True))
    assert len(rated) > 80
    assert not rated & shown
    assert {row.employee.supervised_by.get().supervisor.user for row in this_year} == {None}
    assert set(this_year.values_list("issued_on", "state", "source")) == {
        (date(2024, 10, 30), "issued", "demonstration")
    }
    for plan in Plan.objects.filter(cycle__ends=RATED_IN, employee__in=rated):
        assert plan.communicated_on is not None
        assert (RATED_IN - plan.communicated_on).days + 1 >= 90
    move(Stretch.DAY)
    assert set(this_year.values_list("employee_id", flat=True)) == rated
